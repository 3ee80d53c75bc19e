package figure

import (
	"image/color"
	"slices"
	"strings"

	"golang.org/x/image/font/sfnt"
)

// page is a surface with a size and the means to measure text.
type page struct {
	s   surface
	h   float64 // [pt]
	buf sfnt.Buffer
}

func newPage(s surface, o Options) *page {
	return &page{s: s, h: pageWidth * o.Height / o.Width}
}

// width measures a text in points.
func (p *page) width(s string, st style) float64 {
	st = st.complete()
	return faceOf(st.bold).walk(&p.buf, printable(s), nil) * st.size
}

// text writes a line of text with its baseline at y, and returns its right end.
func (p *page) text(x, y float64, s string, st style) float64 {
	st = st.complete()
	s = printable(s)
	w := p.width(s, st)
	left := x - multiple(int(st.anchor), w/2)
	if s != "" {
		p.s.text(run{x: x, left: left, y: y, anchor: st.anchor, size: st.size, bold: st.bold, color: legible(st.color), s: s})
	}
	return left + w
}

// lines writes lines of text from the baseline y on, and returns the next baseline.
func (p *page) lines(x, y float64, lines []string, st style) float64 {
	for _, s := range lines {
		p.text(x, y, s, st)
		y += lineStep
	}
	return y
}

func (p *page) line(x1, y1, x2, y2, width float64, c color.NRGBA, dash ...float64) {
	p.s.stroke(polyline([]point{{x1, y1}, {x2, y2}}, false), stroke{c, width, dash})
}

func (p *page) fill(r rect, c color.NRGBA) { p.s.fill(box(r), c) }

func (p *page) outline(r rect, width float64, c color.NRGBA) {
	p.s.stroke(box(r), stroke{color: c, width: width})
}

// point draws a mark of radius r.
func (p *page) point(x, y, r float64, m mark, c color.NRGBA) {
	switch m {
	case disc:
		p.s.fill(circle(x, y, r), c)
	case square:
		p.s.fill(box(rect{x - float64(.9*r), y - float64(.9*r), float64(1.8 * r), float64(1.8 * r)}), c)
	case diamond:
		p.s.fill(polygon(x, y, 1.25*r, 4, 0), c)
	case triangle:
		p.s.fill(polygon(x, y+float64(.2*r), 1.3*r, 3, -quarter), c)
	case ring:
		p.s.fill(circle(x, y, r), white)
		p.s.stroke(circle(x, y, .85*r), stroke{color: c, width: .35 * r})
	case bar:
		p.s.fill(box(rect{x - float64(.35*r), y - float64(1.2*r), float64(.7 * r), float64(2.4 * r)}), c)
	}
}

// cross draws a ×.
func (p *page) cross(x, y, r float64, c color.NRGBA) {
	p.line(x-r, y-r, x+r, y+r, 1.6, c)
	p.line(x-r, y+r, x+r, y-r, 1.6, c)
}

const quarter = .25 // of a turn

// whisker draws the two uncertainties of a value along x: the parameter interval
// thin, the Monte Carlo interval thick. Positions are on the page.
func (p *page) whisker(y, low, high, monteLow, monteHigh float64, c color.NRGBA) {
	if high > low {
		p.line(low, y, high, y, 1.1, c)
		p.line(low, y-2.2, low, y+2.2, 1.1, c)
		p.line(high, y-2.2, high, y+2.2, 1.1, c)
	}
	if monteHigh > monteLow {
		p.line(monteLow, y, monteHigh, y, 3.4, c)
	}
}

// frame writes title, subtitle and source, and returns the area between them.
func (p *page) frame(in *input, w words) rect {
	width := pageWidth - 2*margin
	p.text(margin, 24, p.shorten(w.title, width, style{size: titleSize, bold: true}), style{size: titleSize, bold: true})
	y := p.lines(margin, 41, p.subtitle(in, w, width), quiet)
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
func (p *page) subtitle(in *input, w words, width float64) []string {
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

// join sets parts with dots between them and breaks lines between parts only.
func (p *page) join(parts []string, width float64, st style) []string {
	var lines []string
	for _, part := range parts {
		if n := len(lines); n > 0 {
			if longer := lines[n-1] + " · " + part; p.width(longer, st) <= width {
				lines[n-1] = longer
				continue
			}
		}
		lines = append(lines, part)
	}
	return lines
}

// note says in the middle of an area why there is nothing to draw.
func (p *page) note(area rect, text string) {
	dx, dy := float64(area.w*.12), float64(area.h*.28)
	r := area.inset(dx, dy, dx, dy)
	p.fill(r, pale)
	lines := p.wrap(text, r.w-30, plain)
	y := r.middleY() - multiple(len(lines), lineStep/2) + ascent + 2
	p.lines(r.middleX(), y, lines, plain.to(middle))
}
