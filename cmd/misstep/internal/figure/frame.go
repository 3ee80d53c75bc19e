package figure

import (
	"cmp"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// frameOf writes title, subtitle and source, and returns the area between them.
func frameOf(p *chart.Page, in *input, w words) chart.Rect {
	width := chart.PageWidth - 2*chart.Margin
	title := chart.Style{Size: chart.TitleSize, Bold: true}
	p.Text(chart.Margin, 24, p.Shorten(w.title, width, title), title)
	y := p.Lines(chart.Margin, 41, subtitleOf(p, in, w, width), chart.Quiet)
	foot := p.H - 9
	p.Line(chart.Margin, foot-12.5, chart.PageWidth-chart.Margin, foot-12.5, .6, chart.Grid)
	source, scenario := cmp.Or(w.source, in.source()), in.s.Run.Scenario
	if full := source + " Scenario: " + scenario; scenario != "" && p.Width(full, chart.Quiet) <= width {
		source = full
	}
	p.Text(chart.Margin, foot, p.Shorten(source, width, chart.Quiet), chart.Quiet)
	top := y - 4
	return chart.Box(chart.Margin, top, width, foot-16-top)
}

// subtitleOf says what was compared, how often and from which seed, in two lines at most:
// what the counts are made of gives way first, then the title of the scenario, then the
// names of the arms.
func subtitleOf(p *chart.Page, in *input, w words, width float64) []string {
	wide := func(s string) bool { return p.Width(s, chart.Quiet) > width }
	fit := func(lines []string) bool { return len(lines) <= 2 && !slices.ContainsFunc(lines, wide) }
	if lines := p.Join(in.subtitle(w, 120, true), width, chart.Quiet); fit(lines) {
		return lines
	}
	if parts := in.subtitle(w, 120, false); len(parts) > 2 { // the second, long one may fit below the others
		lines := p.Join(slices.Concat(parts[:1], parts[2:], parts[1:2]), width, chart.Quiet)
		if fit(lines) && !fit(p.Join(parts, width, chart.Quiet)) {
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
