package figure

import (
	"cmp"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// foot is the height of the source line [pt].
const foot = 25

// frameOf writes title, subtitle, lead and source, and returns the area between them.
func frameOf(p *chart.Page, in *input, w words) chart.Rect {
	area := chart.Box(chart.Margin, 0, chart.PageWidth-2*chart.Margin, p.H-foot)
	title := chart.Style{Size: chart.TitleSize, Bold: true}
	p.Text(area.X, 24, p.Shorten(w.title, area.W, title), title)
	y := p.Lines(area.X, 41, p.Join(in.subtitle(w), area.W, chart.Quiet), chart.Quiet)
	if w.lead != "" {
		y = p.Lines(area.X, y+4, p.WrapTo(3, w.lead, area.W, chart.Plain.Heavy()), chart.Plain.Heavy())
	}
	base := p.H - 9
	p.Line(area.X, base-12.5, area.Right(), base-12.5, .6, chart.Grid)
	source, scenario := cmp.Or(w.source, in.source()), in.s.Run.Scenario
	if full := source + " Scenario: " + scenario; scenario != "" && p.Width(full, chart.Quiet) <= area.W {
		source = full
	}
	p.Text(area.X, base, p.Shorten(source, area.W, chart.Quiet), chart.Quiet)
	return area.Inset(0, y-4, 0, 4)
}
