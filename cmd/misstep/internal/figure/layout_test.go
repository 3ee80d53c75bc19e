package figure

import (
	"fmt"
	"testing"
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
func extent(p *page, r run) rect {
	w := p.width(r.s, style{size: r.size, bold: r.bold})
	return rect{r.x, r.y - .72*r.size, w, .72*r.size + 1.5}
}

func overlap(a, b rect) bool {
	const touch = 0.75 // [pt] that boxes may share
	return a.x+touch < b.right() && b.x+touch < a.right() && a.y+touch < b.bottom() && b.y+touch < a.bottom()
}

// shapes of page that figures are drawn on.
var shapes = map[string]Options{"16:9": {}, "4:3": {Width: 8, Height: 6}, "small": {Width: 4}, "tall": {Width: 6, Height: 6}}

func TestNoTextOverlaps(t *testing.T) {
	for name, c := range summaries() {
		for shape, o := range shapes {
			for figure, r := range record(t, c, o) {
				p := newPage(nil, 0)
				boxes := make([]rect, len(r.texts()))
				for i, a := range r.texts() {
					boxes[i] = extent(p, a)
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
					if e := extent(p, a); e.x < 6 || e.right() > pageWidth-4 || e.y < 0 || e.bottom() > p.h {
						t.Errorf("%s %s %s: %q leaves the page: %v", name, shape, figure, a.s, e)
					}
				}
				for _, q := range r.shapes {
					checkInside(t, fmt.Sprint(name, " ", shape, " ", figure), q, p.h)
				}
			}
		}
	}
}

func checkInside(t *testing.T, what string, s shape, height float64) {
	t.Helper()
	for _, q := range s.ends() {
		if !(q.x >= -1e-9 && q.x <= pageWidth+1e-9 && q.y >= -1e-9 && q.y <= height+1e-9) {
			t.Errorf("%s: a path goes to (%v, %v)", what, q.x, q.y)
			return
		}
	}
}

// TestTextIsLegible holds the smallest text to 6.5 points on a page printed 12 cm
// wide, and nearly all of it to 6.8.
func TestTextIsLegible(t *testing.T) {
	const printed = 12 / 2.54 * 72 / pageWidth
	for name, c := range summaries() {
		for figure, r := range record(t, c, Options{}) {
			small := 0
			for _, a := range r.texts() {
				if a.size*printed < 6.5 {
					t.Errorf("%s %s: %q has %.2f pt at 12 cm", name, figure, a.s, a.size*printed)
				}
				if a.size < textSize {
					small++
				}
			}
			if small > 0 && figure != "effect" && figure != "history" {
				t.Errorf("%s %s: %d texts below %v pt", name, figure, small, textSize)
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
		for _, want := range []string{"Two states and a cyber forum, 2026–2031", "arms: without forum and with forum", "seed 7", "model output, no forecast", "not calibrated"} {
			if !contains(all, want) {
				t.Errorf("%s does not say %q", figure, want)
			}
		}
	}
}
