package figure

import (
	"slices"
	"strings"
)

// frame writes title, subtitle and source, and returns the area between them.
func frameOf(p *page, in *input, w words) rect {
	width := pageWidth - 2*margin
	p.text(margin, 24, p.shorten(w.title, width, style{size: titleSize, bold: true}), style{size: titleSize, bold: true})
	y := p.lines(margin, 41, subtitleOf(p, in, w, width), quiet)
	foot := p.h - 9
	p.line(margin, foot-12.5, pageWidth-margin, foot-12.5, .6, grid)
	source := in.source()
	if w.source != "" {
		source = w.source
	}
	if full := source + " Scenario: " + in.s.Run.Scenario; in.s.Run.Scenario != "" && p.width(full, quiet) <= width {
		source = full
	}
	p.text(margin, foot, p.shorten(source, width, quiet), quiet)
	top := y - 4
	return rect{margin, top, width, foot - 16 - top}
}

// subtitle says what was compared, how often and from which seed, in two lines at
// most: what the counts are made of gives way first, then the title of the scenario, then the names of
// the arms.
func subtitleOf(p *page, in *input, w words, width float64) []string {
	fit := func(lines []string) bool {
		return len(lines) <= 2 && !slices.ContainsFunc(lines, func(s string) bool { return p.width(s, quiet) > width })
	}
	if lines := p.join(in.subtitle(w, 120, true), width, quiet); fit(lines) {
		return lines
	}
	if parts := in.subtitle(w, 120, false); len(parts) > 2 { // the second, long one may fit below the others
		if lines := p.join(append(slices.Delete(slices.Clone(parts), 1, 2), parts[1]), width, quiet); fit(lines) && !fit(p.join(parts, width, quiet)) {
			return lines
		}
	}
	for room := 120; ; room -= 6 {
		lines := p.join(in.subtitle(w, max(room, 12), false), width, quiet)
		if fit(lines) {
			return lines
		}
		if room < 12 {
			return p.wrapTo(2, strings.Join(lines, " · "), width, quiet)
		}
	}
}
