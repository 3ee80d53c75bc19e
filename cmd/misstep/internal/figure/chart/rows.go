package chart

// Rows are lines of text and marks below each other: a label, an interval to a scale, a
// number. All pictures of rows are set in them.
type Rows struct {
	Page       *Page
	Step, Size float64 // distance of lines and size of text [pt]
	Top        float64 // of the next line [pt]
}

// LeastStep keeps the text of a line at 11 points or more.
const LeastStep = 11.8

// Rows has so many lines in a body, which stand so far apart at most.
func (p *Page) Rows(body Rect, lines int, most float64) *Rows {
	step := min(body.H/float64(max(lines, 1)), most)
	return &Rows{p, step, min(TextSize, step*.935), body.Y}
}

// Mid is the middle of the next line, Base the baseline of its text.
func (r *Rows) Mid() float64 { return RowMiddle(r.Top, r.Step, 0) }

// Base is the baseline of the text in the next line.
func (r *Rows) Base() float64 { return r.Mid() + float64(r.Size*.36) }

// Next goes on by so many lines.
func (r *Rows) Next(lines int) { r.Top += Multiple(lines, r.Step) }

// Cell writes a text between two positions of the next line, as far as it has room, and
// returns its right end.
func (r *Rows) Cell(from, to float64, s string, st Style) float64 {
	st.Size = r.Size
	x := []float64{from, (from + to) / 2, to}[st.Anchor]
	return r.Page.Text(x, r.Base(), r.Page.Shorten(s, to-from, st), st)
}

// Axis writes the ticks of a scale into the next line, and draws them behind so many lines
// below it.
func (r *Rows) Axis(s Scale, ticks []Tick, lines int) {
	top := r.Top + r.Step
	r.Page.Grid(s, ticks, r.Base(), top, top+Multiple(lines, r.Step), Style{Size: r.Size, Color: Muted})
}

// Around is a linear scale that holds all spans and zero, with some room at its ends. With
// zero in the middle, those of several rows stand in line.
func Around(spans []Span, centred bool, from, to float64) Scale {
	lo, hi := 0.0, 0.0
	for _, d := range spans {
		if d.Ok {
			lo, hi = min(lo, d.Low, d.MonteLow, d.Value), max(hi, d.High, d.MonteHigh, d.Value)
		}
	}
	if lo == hi {
		lo, hi = -1, 1
	}
	if centred {
		hi = max(hi, -lo)
		lo = -hi
	}
	pad := float64((hi - lo) * .06)
	return Scale{Lo: lo - pad, Hi: hi + pad, From: from, To: to}
}
