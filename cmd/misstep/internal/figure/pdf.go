package figure

import (
	"bytes"
	"image/color"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// pdfSurface writes one page of PDF. It stands in for gonum's PDF canvas, which
// knows the letters of one code page only (no −, → or ≥) and dates its documents.
type pdfSurface struct {
	doc   *fpdf.Fpdf
	scale float64
	alpha float64
}

// undated is the date of every document: a figure says what it shows, not when it
// was drawn.
var undated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func newPDF(o Options) *pdfSurface {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: o.Width * 72, Ht: o.Height * 72}})
	doc.SetCatalogSort(true)
	doc.SetCreationDate(undated)
	doc.SetModificationDate(undated)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetLang("en")
	doc.SetCreator("misstep", true)
	doc.AddUTF8FontFromBytes("liberation", "", regular().raw)
	doc.AddUTF8FontFromBytes("liberation", "B", bold().raw)
	doc.AddPage()
	return &pdfSurface{doc: doc, scale: o.Width * 72 / pageWidth, alpha: 1}
}

func (s *pdfSurface) path(p path) {
	for i := range p {
		o := &p[i]
		var x, y [3]float64
		for j, q := range o.pts {
			x[j], y[j] = q.x*s.scale, q.y*s.scale
		}
		switch o.kind {
		case 'M':
			s.doc.MoveTo(x[0], y[0])
		case 'L':
			s.doc.LineTo(x[0], y[0])
		case 'C':
			s.doc.CurveBezierCubicTo(x[0], y[0], x[1], y[1], x[2], y[2])
		default:
			s.doc.ClosePath()
		}
	}
}

func (s *pdfSurface) setAlpha(c color.NRGBA) {
	if a := float64(c.A) / 0xff; a != s.alpha {
		s.doc.SetAlpha(a, "Normal")
		s.alpha = a
	}
}

func (s *pdfSurface) fill(p path, c color.NRGBA) {
	if len(p) == 0 {
		return
	}
	s.setAlpha(c)
	s.doc.SetFillColor(int(c.R), int(c.G), int(c.B))
	s.path(p)
	s.doc.DrawPath("F")
}

func (s *pdfSurface) stroke(p path, k stroke) {
	if len(p) == 0 {
		return
	}
	s.setAlpha(k.color)
	s.doc.SetDrawColor(int(k.color.R), int(k.color.G), int(k.color.B))
	s.doc.SetLineWidth(k.width * s.scale)
	dash := make([]float64, len(k.dash))
	for i, d := range k.dash {
		dash[i] = d * s.scale
	}
	s.doc.SetDashPattern(dash, 0)
	s.path(p)
	s.doc.DrawPath("D")
}

func (s *pdfSurface) text(r run) {
	style := ""
	if r.bold {
		style = "B"
	}
	s.setAlpha(r.color)
	s.doc.SetFont("liberation", style, r.size*s.scale)
	s.doc.SetTextColor(int(r.color.R), int(r.color.G), int(r.color.B))
	s.doc.Text(r.left*s.scale, r.y*s.scale, r.s)
}

func (s *pdfSurface) finish(w words) ([]byte, error) {
	s.doc.SetTitle(w.title, true)
	s.doc.SetSubject(w.alt, true)
	var out bytes.Buffer
	err := s.doc.Output(&out)
	return out.Bytes(), err
}
