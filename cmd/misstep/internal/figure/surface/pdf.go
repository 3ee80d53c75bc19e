package surface

import (
	"bytes"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdf writes one page of PDF.
type pdf struct {
	pens
	doc   *fpdf.Fpdf
	alpha float64
}

// undated is the date of every document: a figure says what it shows, not when it
// was drawn.
var undated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func newPDF(s Size) *pdf {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: s.Width * 72, Ht: s.Height * 72}})
	doc.SetCatalogSort(true)
	doc.SetCreationDate(undated)
	doc.SetModificationDate(undated)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetLang("en")
	doc.SetCreator("misstep", true)
	doc.AddUTF8FontFromBytes("liberation", "", raw(0))
	doc.AddUTF8FontFromBytes("liberation", "B", raw(1))
	doc.AddPage()
	k := s.printed()
	return &pdf{pens: newPens(s, matrix{k, 0, 0, -k, 0, s.Height * 72}), doc: doc, alpha: 1}
}

func (c *pdf) trace(path vg.Path) {
	for _, s := range c.steps(path) {
		x, y := float64(s.Pos.X), float64(s.Pos.Y)
		switch s.Type {
		case vg.MoveComp:
			c.doc.MoveTo(x, y)
		case vg.LineComp:
			c.doc.LineTo(x, y)
		case vg.CurveComp:
			a, b := s.Control[0], s.Control[1]
			c.doc.CurveBezierCubicTo(float64(a.X), float64(a.Y), float64(b.X), float64(b.Y), x, y)
		default:
			c.doc.ClosePath()
		}
	}
}

func (c *pdf) setAlpha() {
	if a := float64(c.color.A) / 0xff; a != c.alpha {
		c.doc.SetAlpha(a, "Normal")
		c.alpha = a
	}
}

func (c *pdf) Fill(path vg.Path) {
	if len(path) == 0 {
		return
	}
	c.setAlpha()
	c.doc.SetFillColor(int(c.color.R), int(c.color.G), int(c.color.B))
	c.trace(path)
	c.doc.DrawPath("F")
}

func (c *pdf) Stroke(path vg.Path) {
	if len(path) == 0 {
		return
	}
	c.setAlpha()
	c.doc.SetDrawColor(int(c.color.R), int(c.color.G), int(c.color.B))
	k := c.place.scale()
	c.doc.SetLineWidth(c.width * k)
	dash := make([]float64, len(c.dash))
	for i, d := range c.dash {
		dash[i] = d * k
	}
	c.doc.SetDashPattern(dash, c.offset*k)
	c.trace(path)
	c.doc.DrawPath("D")
}

func (c *pdf) FillString(f font.Face, at vg.Point, text string) {
	c.setAlpha()
	k, m := c.place.scale(), c.place
	c.doc.SetFont("liberation", []string{"", "B"}[heavy(f)], float64(f.Font.Size)*k)
	c.doc.SetTextColor(int(c.color.R), int(c.color.G), int(c.color.B))
	to := c.at(at)
	if m.b == 0 && m.c == 0 {
		c.doc.Text(float64(to.X), float64(to.Y), text)
		return
	}
	c.doc.TransformBegin() // turned about the place where the text starts, and PDF counts upwards
	turn := matrix{m.a / k, -m.b / k, -m.c / k, m.d / k, 0, 0}
	_, height := c.doc.GetPageSize()
	foot := matrix{1, 0, 0, 1, float64(to.X), height - float64(to.Y)}
	turn = foot.after(turn.after(matrix{1, 0, 0, -1, 0, 0})).after(matrix{1, 0, 0, 1, -foot.e, -foot.f})
	c.doc.Transform(fpdf.TransformMatrix{A: turn.a, B: turn.b, C: turn.c, D: turn.d, E: turn.e, F: turn.f})
	c.doc.Text(float64(to.X), float64(to.Y), text)
	c.doc.TransformEnd()
}

func (c *pdf) Finish(title, alt string) ([]byte, error) {
	c.doc.SetTitle(title, true)
	c.doc.SetSubject(alt, true)
	var out bytes.Buffer
	err := c.doc.Output(&out)
	return out.Bytes(), err
}
