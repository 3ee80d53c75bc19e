package figure

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// record draws every figure of a sample.
func record(t *testing.T, c sample) map[string]*tape {
	t.Helper()
	out := map[string]*tape{}
	for _, name := range Names() {
		out[name] = play(t, name, c.s, c.h)
	}
	return out
}

// extent is the box that the ink of a text may fill.
func extent(r run) chart.Rect { return chart.Box(r.x, r.y-.72*r.size, r.right-r.x, .72*r.size+1.5) }

func overlap(a, b chart.Rect) bool {
	const touch = 0.75 // [pt] that boxes may share
	return a.X+touch < b.Right() && b.X+touch < a.Right() && a.Y+touch < b.Bottom() && b.Y+touch < a.Bottom()
}

// TestLayout catches, on any page of a run, wide and narrow: a text that runs into another or leaves the page,
// a path beyond the edge, a coordinate that is no number, text under 6.5 points in print.
func TestLayout(t *testing.T) {
	for name, c := range summaries() {
		for figure, r := range record(t, c) {
			checkLayout(t, name+" "+figure, r)
		}
	}
}

// TestNarrowLayout is TestLayout of pages that are printed 8 cm wide.
func TestNarrowLayout(t *testing.T) {
	for name, c := range summaries() {
		in := newInput(c.s, c.h).on(Options{Width: 8 / 2.54})
		for _, f := range figures {
			if f.name == "history" {
				continue
			}
			r := &tape{}
			r.drawn(f.build(in), in)
			checkLayout(t, name+" narrow "+f.name, r)
		}
	}
}

func checkLayout(t *testing.T, what string, r *tape) {
	t.Helper()
	const printed = 12 / 2.54 * 72 / chart.PageWidth
	if r.w == 0 {
		r.w = chart.PageWidth
	}
	texts := r.texts()
	for i, a := range texts {
		e := extent(a)
		if !(e.X >= 6 && e.Right() <= r.w-4 && e.Y >= 0 && e.Bottom() <= r.h) {
			t.Errorf("%s: %q leaves the page: %v", what, a.s, e)
		}
		if a.size*printed < 6.5 {
			t.Errorf("%s: %q has %.2f pt at 12 cm", what, a.s, a.size*printed)
		}
		for _, b := range texts[:i] {
			if overlap(e, extent(b)) {
				t.Errorf("%s: %q runs into %q", what, a.s, b.s)
			}
		}
	}
	for _, q := range r.shapes {
		checkInside(t, what, q, r.w, r.h)
	}
}

func checkInside(t *testing.T, what string, s shape, width, height float64) {
	t.Helper()
	for _, q := range s.ends() {
		if !(q.X >= -1e-9 && q.X <= width+1e-9 && q.Y >= -1e-9 && q.Y <= height+1e-9) {
			t.Errorf("%s: a path goes to (%v, %v)", what, q.X, q.Y)
			return
		}
	}
}

// TestEveryFigureNamesItself holds that title, scenario and source are on each page.
func TestEveryFigureNamesItself(t *testing.T) {
	c := sample{realistic(), oneFuture()}
	for figure, r := range record(t, c) {
		all := ""
		for _, a := range r.texts() {
			all += a.s + "\n"
		}
		for _, want := range []string{"Two states and a cyber forum, 2026–2031", "arms: without forum and with forum",
			"seed 7", "model output, no forecast", "not calibrated"} {
			if !contains(all, want) {
				t.Errorf("%s does not say %q", figure, want)
			}
		}
	}
}
