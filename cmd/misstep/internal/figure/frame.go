package figure

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// frame writes title, subtitle and source, and returns the area between them.
func frameOf(p *chart.Page, in *input, w words) chart.Rect {
	width := chart.PageWidth - 2*chart.Margin
	p.Text(chart.Margin, 24, p.Shorten(w.title, width, chart.Style{Size: chart.TitleSize, Bold: true}), chart.Style{Size: chart.TitleSize, Bold: true})
	y := p.Lines(chart.Margin, 41, subtitleOf(p, in, w, width), chart.Quiet)
	foot := p.H - 9
	p.Line(chart.Margin, foot-12.5, chart.PageWidth-chart.Margin, foot-12.5, .6, chart.Grid)
	source := in.source()
	if w.source != "" {
		source = w.source
	}
	if full := source + " Scenario: " + in.s.Run.Scenario; in.s.Run.Scenario != "" && p.Width(full, chart.Quiet) <= width {
		source = full
	}
	p.Text(chart.Margin, foot, p.Shorten(source, width, chart.Quiet), chart.Quiet)
	top := y - 4
	return chart.Box(chart.Margin, top, width, foot-16-top)
}

// subtitle says what was compared, how often and from which seed, in two lines at
// most: what the counts are made of gives way first, then the title of the scenario, then the names of
// the arms.
func subtitleOf(p *chart.Page, in *input, w words, width float64) []string {
	fit := func(lines []string) bool {
		return len(lines) <= 2 && !slices.ContainsFunc(lines, func(s string) bool { return p.Width(s, chart.Quiet) > width })
	}
	if lines := p.Join(in.subtitle(w, 120, true), width, chart.Quiet); fit(lines) {
		return lines
	}
	if parts := in.subtitle(w, 120, false); len(parts) > 2 { // the second, long one may fit below the others
		if lines := p.Join(append(slices.Delete(slices.Clone(parts), 1, 2), parts[1]), width, chart.Quiet); fit(lines) && !fit(p.Join(parts, width, chart.Quiet)) {
			return lines
		}
	}
	for room := 120; ; room -= 6 {
		lines := p.Join(in.subtitle(w, max(room, 12), false), width, chart.Quiet)
		if fit(lines) {
			return lines
		}
		if room < 12 {
			return p.WrapTo(2, strings.Join(lines, " · "), width, chart.Quiet)
		}
	}
}
