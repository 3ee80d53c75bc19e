package figure

import (
	"fmt"
	"image/color"
	"testing"
)

// recorder is a surface that keeps what is drawn.
type recorder struct {
	runs  []run
	paths []path
}

func (r *recorder) fill(p path, _ color.NRGBA)   { r.paths = append(r.paths, p) }
func (r *recorder) stroke(p path, _ stroke)      { r.paths = append(r.paths, p) }
func (r *recorder) text(t run)                   { r.runs = append(r.runs, t) }
func (r *recorder) finish(words) ([]byte, error) { return nil, nil }

// record draws every figure of a sample.
func record(t *testing.T, c sample, o Options) map[string]*recorder {
	t.Helper()
	o, err := o.complete()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*recorder{}
	in := newInput(c.s, c.h, o)
	for _, f := range figures {
		r := &recorder{}
		p := newPage(r, o)
		c := f.build(in)
		c.draw(p, p.frame(in, c.words()))
		out[f.name] = r
	}
	return out
}

// extent is the box that the ink of a text may fill.
func extent(p *page, r run) rect {
	w := p.width(r.s, style{size: r.size, bold: r.bold})
	return rect{r.left, r.y - .72*r.size, w, .72*r.size + 1.5}
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
				p := newPage(nil, Options{Width: 16, Height: 9})
				boxes := make([]rect, len(r.runs))
				for i, a := range r.runs {
					boxes[i] = extent(p, a)
					for j := range i {
						if overlap(boxes[i], boxes[j]) {
							t.Errorf("%s %s %s: %q runs into %q", name, shape, figure, a.s, r.runs[j].s)
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
				p := newPage(nil, o)
				for _, a := range r.runs {
					if e := extent(p, a); e.x < 6 || e.right() > pageWidth-4 || e.y < 0 || e.bottom() > p.h {
						t.Errorf("%s %s %s: %q leaves the page: %v", name, shape, figure, a.s, e)
					}
				}
				for _, q := range r.paths {
					checkInside(t, fmt.Sprint(name, " ", shape, " ", figure), q, p.h)
				}
			}
		}
	}
}

func checkInside(t *testing.T, what string, q path, height float64) {
	t.Helper()
	for _, o := range q {
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[o.kind]
		for _, pt := range o.pts[:n] {
			if !(pt.x >= 0 && pt.x <= pageWidth && pt.y >= 0 && pt.y <= height) {
				t.Errorf("%s: a path goes to (%v, %v)", what, pt.x, pt.y)
				return
			}
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
			for _, a := range r.runs {
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
		for _, a := range r.runs {
			all += a.s + "\n"
		}
		for _, want := range []string{"Two states and a cyber forum, 2026–2031", "arms: without forum and with forum", "seed 7", "model output, no forecast", "not calibrated"} {
			if !contains(all, want) {
				t.Errorf("%s does not say %q", figure, want)
			}
		}
	}
}
