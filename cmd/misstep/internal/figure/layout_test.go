package figure

import (
	"fmt"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// record draws every figure of a sample.
func record(t *testing.T, c sample, o Options) map[string]*tape {
	t.Helper()
	o, err := o.complete()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*tape{}
	in := newInput(c.s, c.h, o)
	for _, f := range figures {
		r := &tape{}
		p := r.page(o)
		c := f.build(in)
		c.draw(p, frameOf(p, in, c.words()))
		out[f.name] = r
	}
	return out
}

// extent is the box that the ink of a text may fill.
func extent(r run) chart.Rect { return chart.Box(r.x, r.y-.72*r.size, r.right-r.x, .72*r.size+1.5) }

func overlap(a, b chart.Rect) bool {
	const touch = 0.75 // [pt] that boxes may share
	return a.X+touch < b.Right() && b.X+touch < a.Right() && a.Y+touch < b.Bottom() && b.Y+touch < a.Bottom()
}

// shapes of page that figures are drawn on.
var shapes = map[string]Options{"16:9": {}, "4:3": {Width: 8, Height: 6}, "small": {Width: 4},
	"tall": {Width: 6, Height: 6}}

func TestNoTextOverlaps(t *testing.T) {
	for name, c := range summaries() {
		for shape, o := range shapes {
			for figure, r := range record(t, c, o) {
				boxes := make([]chart.Rect, len(r.texts()))
				for i, a := range r.texts() {
					boxes[i] = extent(a)
					for j := range i {
						if overlap(boxes[i], boxes[j]) {
							t.Errorf("%s %s %s: %q runs into %q", name, shape, figure, a.s, r.texts()[j].s)
						}
					}
				}
			}
		}
	}
}

func TestEverythingIsOnThePage(t *testing.T) {
	for name, c := range summaries() {
		for shape, o := range shapes {
			o, _ = o.complete()
			for figure, r := range record(t, c, o) {
				p := (&tape{}).page(o)
				for _, a := range r.texts() {
					if e := extent(a); e.X < 6 || e.Right() > chart.PageWidth-4 || e.Y < 0 || e.Bottom() > p.H {
						t.Errorf("%s %s %s: %q leaves the page: %v", name, shape, figure, a.s, e)
					}
				}
				for _, q := range r.shapes {
					checkInside(t, fmt.Sprint(name, " ", shape, " ", figure), q, p.H)
				}
			}
		}
	}
}

func checkInside(t *testing.T, what string, s shape, height float64) {
	t.Helper()
	for _, q := range s.ends() {
		if !(q.X >= -1e-9 && q.X <= chart.PageWidth+1e-9 && q.Y >= -1e-9 && q.Y <= height+1e-9) {
			t.Errorf("%s: a path goes to (%v, %v)", what, q.X, q.Y)
			return
		}
	}
}

// TestTextIsLegible holds the smallest text to 6.5 points on a page printed 12 cm
// wide, and nearly all of it to 6.8.
func TestTextIsLegible(t *testing.T) {
	const printed = 12 / 2.54 * 72 / chart.PageWidth
	for name, c := range summaries() {
		for figure, r := range record(t, c, Options{}) {
			small := 0
			for _, a := range r.texts() {
				if a.size*printed < 6.5 {
					t.Errorf("%s %s: %q has %.2f pt at 12 cm", name, figure, a.s, a.size*printed)
				}
				if a.size < chart.TextSize {
					small++
				}
			}
			if small > 0 && figure != "effect" && figure != "history" {
				t.Errorf("%s %s: %d texts below %v pt", name, figure, small, chart.TextSize)
			}
		}
	}
}

// TestEveryFigureNamesItself holds that title, scenario and source are on each page.
func TestEveryFigureNamesItself(t *testing.T) {
	c := sample{realistic(), oneFuture()}
	for figure, r := range record(t, c, Options{}) {
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
