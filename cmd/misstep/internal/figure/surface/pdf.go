package surface

import (
	"bytes"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

type pdf struct {
	pen
	doc   *fpdf.Fpdf
	alpha float64
}

// undated is the date of every document: a figure says what it shows, not when it was drawn.
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
	first := 0
	if s.Serif {
		first = 2
	}
	doc.AddUTF8FontFromBytes("liberation", "", faces[first].raw)
	doc.AddUTF8FontFromBytes("liberation", "B", faces[first+1].raw)
	doc.AddPage()
	return &pdf{pen: pen{size: s, units: s.printed()}, doc: doc, alpha: 1}
}

func (c *pdf) trace(path vg.Path) {
	for _, s := range path {
		x, y := c.at(s.Pos)
		switch s.Type {
		case vg.MoveComp:
			c.doc.MoveTo(x, y)
		case vg.LineComp:
			c.doc.LineTo(x, y)
		case vg.CurveComp:
			ax, ay := c.at(s.Control[0])
			bx, by := c.at(s.Control[1])
			c.doc.CurveBezierCubicTo(ax, ay, bx, by, x, y)
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
	c.setAlpha()
	c.doc.SetFillColor(int(c.color.R), int(c.color.G), int(c.color.B))
	c.trace(path)
	c.doc.DrawPath("F")
}

func (c *pdf) Stroke(path vg.Path) {
	c.setAlpha()
	c.doc.SetDrawColor(int(c.color.R), int(c.color.G), int(c.color.B))
	c.doc.SetLineWidth(c.width)
	c.doc.SetDashPattern(c.dashes, 0)
	c.trace(path)
	c.doc.DrawPath("D")
}

func (c *pdf) FillString(f font.Face, at vg.Point, text string) {
	c.setAlpha()
	c.doc.SetFont("liberation", []string{"", "B"}[faceOf(f)%2], float64(f.Font.Size)*c.units)
	c.doc.SetTextColor(int(c.color.R), int(c.color.G), int(c.color.B))
	x, y := c.at(at)
	c.doc.Text(x, y, text)
}

func (c *pdf) Finish(title, alt string) ([]byte, error) {
	c.doc.SetTitle(title, true)
	c.doc.SetSubject(alt, true)
	var out bytes.Buffer
	err := c.doc.Output(&out)
	return out.Bytes(), err
}
