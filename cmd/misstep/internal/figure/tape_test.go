package figure

import (
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/summary"
)

// tape is a canvas that keeps everything that is drawn, in order and in the page's
// coordinates.
type tape struct {
	w, h   float64 // [pt]
	shapes []shape
	pen    shape
}

// shape is one fill, stroke or text.
type shape struct {
	kind  byte // 'f', 's' or 't'
	path  []step
	color color.NRGBA
	width float64
	dash  []float64
	run   run
}

// step is one of a path: move, line, curve, close.
type step struct {
	kind byte // 'M', 'L', 'C', 'Z'
	pts  []chart.Point
}

// run is a line of text; it stands between x and right.
type run struct {
	x, y, right float64
	size        float64
	bold        bool
	color       color.NRGBA
	s           string
}

func (r run) middle() float64 { return (r.x + r.right) / 2 }

func (t *tape) at(q vg.Point) chart.Point { return chart.Pt(float64(q.X), t.h-float64(q.Y)) }

func (t *tape) SetColor(c color.Color)   { t.pen.color = c.(color.NRGBA) }
func (t *tape) SetLineWidth(w vg.Length) { t.pen.width = float64(w) }
func (t *tape) Fill(p vg.Path)           { t.keep('f', p) }
func (t *tape) Stroke(p vg.Path)         { t.keep('s', p) }

func (t *tape) SetLineDash(dash []vg.Length, _ vg.Length) {
	t.pen.dash = nil
	for _, d := range dash {
		t.pen.dash = append(t.pen.dash, float64(d))
	}
}

func (t *tape) keep(kind byte, p vg.Path) {
	s := t.pen
	s.kind = kind
	if kind == 'f' {
		s.width, s.dash = 0, nil
	}
	for _, c := range p {
		if c.Type == vg.CloseComp {
			s.path = append(s.path, step{'Z', nil})
			continue
		}
		s.path = append(s.path, step{map[int]byte{vg.MoveComp: 'M', vg.LineComp: 'L', vg.CurveComp: 'C'}[c.Type],
			[]chart.Point{t.at(c.Pos)}})
	}
	t.shapes = append(t.shapes, s)
}

func (t *tape) FillString(f font.Face, q vg.Point, s string) {
	at := t.at(q)
	r := run{x: at.X, y: at.Y, right: at.X + float64(f.Width(s)), size: float64(f.Font.Size),
		bold: f.Font.Weight == xfont.WeightBold, color: t.pen.color, s: s}
	t.shapes = append(t.shapes, shape{kind: 't', run: r, color: r.color})
}

// newTape is a tape and a 16:9 page that draws on it.
func newTape() (*tape, *chart.Page) {
	t := &tape{h: 324}
	return t, chart.NewPage(t, t.h)
}

// drawn draws a figure on a page of its height.
func (t *tape) drawn(c picture, in *input) *chart.Page {
	t.h = c.size(in)
	p := in.page(t, t.h)
	t.w = p.W
	c.on(p, in)
	return p
}

// play draws a whole figure of a run on a tape.
func play(t *testing.T, name string, s *summary.Summary, h *History) *tape {
	t.Helper()
	r, in := &tape{}, newInput(s, h)
	c, err := named(name, in)
	if err != nil {
		t.Fatal(err)
	}
	r.drawn(c, in)
	return r
}

// ends are the points that a path goes through.
func (s shape) ends() (out []chart.Point) {
	for _, o := range s.path {
		out = append(out, o.pts...)
	}
	return
}

// ops are the kinds of a path's steps: a box is MLLLZ, a circle MCCCCZ.
func (s shape) ops() string {
	var b strings.Builder
	for _, o := range s.path {
		b.WriteByte(o.kind)
	}
	return b.String()
}

func (s shape) bounds() chart.Rect {
	lo, hi := chart.Pt(math.Inf(1), math.Inf(1)), chart.Pt(math.Inf(-1), math.Inf(-1))
	for _, q := range s.ends() {
		lo = chart.Pt(min(lo.X, q.X), min(lo.Y, q.Y))
		hi = chart.Pt(max(hi.X, q.X), max(hi.Y, q.Y))
	}
	return chart.Box(lo.X, lo.Y, hi.X-lo.X, hi.Y-lo.Y)
}

func (s shape) center() chart.Point {
	b := s.bounds()
	return chart.Pt(b.X+b.W/2, b.Y+b.H/2)
}

func (s shape) flat() bool    { return s.kind == 's' && s.ops() == "ML" && s.bounds().H < 1e-9 }
func (s shape) upright() bool { return s.kind == 's' && s.ops() == "ML" && s.bounds().W < 1e-9 }

func (t *tape) only(keep func(shape) bool) (out []shape) {
	for _, s := range t.shapes {
		if keep(s) {
			out = append(out, s)
		}
	}
	return
}

func (t *tape) fills(c color.NRGBA) []shape {
	return t.only(func(s shape) bool { return s.kind == 'f' && s.color == c })
}

// strokes are the lines of a width, and of a colour where one is given.
func (t *tape) strokes(width float64, c ...color.NRGBA) []shape {
	return t.only(func(s shape) bool {
		return s.kind == 's' && s.width == width && (len(c) == 0 || slices.Contains(c, s.color))
	})
}

func (t *tape) texts() (out []run) {
	for _, s := range t.shapes {
		if s.kind == 't' {
			out = append(out, s.run)
		}
	}
	return
}

// find returns the texts that read so.
func (t *tape) find(text string) (out []run) {
	for _, r := range t.texts() {
		if r.s == surface.Printable(text) {
			out = append(out, r)
		}
	}
	return
}

// one returns the text that reads so, of which there must be one.
func (t *tape) one(tt *testing.T, text string) run {
	tt.Helper()
	got := t.find(text)
	if len(got) != 1 {
		tt.Fatalf("%d texts read %q, want 1; there are %q", len(got), text, t.words())
	}
	return got[0]
}

func (t *tape) words() (out []string) {
	for _, r := range t.texts() {
		out = append(out, r.s)
	}
	return
}

// reading is a position on the page and the value that the label there claims.
type reading struct{ at, value float64 }

// ticks are the labelled lines of an axis, as a reader sees them: a thin line with a label at
// its end. across reads the axis of x.
func (t *tape) ticks(across bool, parse func(string) (float64, bool)) (out []reading) {
	lines := t.only(func(s shape) bool { return s.color == chart.Grid || s.color == chart.Frame })
	for _, w := range t.texts() {
		v, ok := parse(w.s)
		for _, s := range lines {
			b := s.bounds()
			beside := across && s.upright() && math.Abs(w.middle()-b.X) < .01 && w.y > b.Y-16 && w.y < b.Bottom()+16 ||
				!across && s.flat() && math.Abs(b.Y-w.y+chart.Ascent/2-.5) < .01 && w.right < b.X
			if ok && beside {
				out = append(out, reading{map[bool]float64{true: b.X, false: b.Y}[across], v})
				break
			}
		}
	}
	return
}

// axis reads the labels above the lines that run through a height, between two positions.
func (t *tape) axis(tt *testing.T, y, from, to float64, log bool) ruler {
	tt.Helper()
	var marks []reading
	for _, s := range t.strokes(.7, chart.Grid, chart.Frame) {
		b := s.bounds()
		if b.Y > y+1 || b.Bottom() < y-1 || b.X < from || b.X > to {
			continue
		}
		for _, w := range t.texts() {
			if v, ok := quantity(w.s); ok && math.Abs(w.middle()-b.X) < .01 && w.y < b.Y && w.y > b.Y-16 {
				marks = append(marks, reading{b.X, v})
			}
		}
	}
	return rulerOf(tt, marks, log)
}

// quantity reads a label as a number: 40 % · 1 in 2,500 · −0.5 · ½.
func quantity(label string) (float64, bool) {
	s := strings.NewReplacer("\u00a0", " ", ",", "", "−", "-", "¼", "0.25", "½", "0.5").Replace(label)
	factor, odds := 1.0, false
	if cut, ok := strings.CutSuffix(s, " %"); ok {
		s, factor = cut, 0.01
	}
	s, odds = strings.CutPrefix(s, "1 in ")
	v, err := strconv.ParseFloat(s, 64)
	if odds {
		v = 1 / v
	}
	return v * factor, err == nil
}

// daysSince reads a label that is a year as days since a date.
func daysSince(begin time.Time) func(string) (float64, bool) {
	return func(label string) (float64, bool) {
		t, err := time.Parse("2006", label)
		return t.Sub(begin).Hours() / 24, err == nil
	}
}

// ruler turns positions back into values by the labels of an axis.
type ruler struct {
	a, b reading
	log  bool
}

// rulerOf holds that all labels of an axis agree on one scale, and returns it.
func rulerOf(t *testing.T, ticks []reading, log bool) ruler {
	t.Helper()
	if len(ticks) < 2 {
		t.Fatalf("an axis has %d labels", len(ticks))
	}
	r := ruler{ticks[0], ticks[len(ticks)-1], log}
	for _, k := range ticks {
		if got := r.value(k.at); math.Abs(got-k.value) > 1e-9+1e-6*math.Abs(k.value) {
			t.Fatalf("the tick of %v stands where %v belongs", k.value, got)
		}
	}
	return r
}

func (r ruler) value(at float64) float64 {
	share := (at - r.a.at) / (r.b.at - r.a.at)
	if r.log {
		return math.Exp(math.Log(r.a.value) + share*math.Log(r.b.value/r.a.value))
	}
	return r.a.value + share*(r.b.value-r.a.value)
}

// close holds that a value read off the page is the one in the data.
func (r ruler) close(t *testing.T, what string, at, want float64) {
	t.Helper()
	if got := r.value(at); !near(got, want) {
		t.Errorf("%s reads %v, want %v", what, got, want)
	}
}

// near is equal to a millionth of the value.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(math.Abs(b), 1e-6) }
