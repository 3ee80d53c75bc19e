package figure

import (
	"cmp"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// frameOf writes title, subtitle, lead and source, and returns the area between them. A bare page
// has the lead alone.
func frameOf(p *chart.Page, in *input, w words) chart.Rect {
	area, y, foot := p.Body(), 14.0, 4.0
	if !in.bare {
		y, foot = heading(p, in, w), source(p, in, w)
	}
	if w.lead != "" {
		y = p.Lines(area.X, y+4, p.WrapTo(3, w.lead, area.W, chart.Plain.Heavy()), chart.Plain.Heavy())
	}
	return area.Inset(0, y-4, 0, 4+foot)
}

func heading(p *chart.Page, in *input, w words) float64 {
	area, y := p.Body(), 24.0
	title := chart.Style{Size: chart.TitleSize, Bold: true}
	for i, s := range once(p, w.title, title) {
		y = 24 + chart.Multiple(i, 18)
		p.Text(area.X, y, s, title)
	}
	return p.Lines(area.X, y+17, p.Join(in.subtitle(w), area.W, chart.Quiet), chart.Quiet)
}

func source(p *chart.Page, in *input, w words) float64 {
	area := p.Body()
	text, scenario := cmp.Or(w.source, in.source()), in.s.Run.Scenario
	if full := text + " Scenario: " + scenario; scenario != "" && p.Width(full, chart.Quiet) <= area.W {
		text = full
	}
	lines := once(p, text, chart.Quiet)
	foot := 25 + chart.Multiple(len(lines)-1, chart.LineStep)
	p.Line(area.X, p.H-foot+3.5, area.Right(), p.H-foot+3.5, .6, chart.Grid)
	p.Lines(area.X, p.H-foot+16, lines, chart.Quiet)
	return foot
}

// once is a text in one line, or in three at most on a narrow page.
func once(p *chart.Page, s string, st chart.Style) []string {
	width := p.Body().W
	if p.Narrow() {
		return p.WrapTo(3, s, width, st)
	}
	return []string{p.Shorten(s, width, st)}
}
