package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// drawnFit is a fit on a tape, at the height that it wants.
func drawnFit(in *FitInput) *tape {
	r := &tape{}
	fitOf(in).on(r)
	return r
}

// beside are the shapes on the line of a text, texts left out, between two columns.
func (t *tape) beside(tt *testing.T, text string, from, to float64) []shape {
	tt.Helper()
	y := t.one(tt, text).y - 4
	return t.only(func(s shape) bool {
		if s.kind == 't' {
			return false
		}
		at := s.center()
		return math.Abs(at.Y-y) < 4 && at.X >= from && at.X <= to
	})
}

// plot is the ground of the first row.
func (t *tape) plot() chart.Rect { return t.fills(chart.Pale)[0].bounds() }

// TestFitRowIsToScale catches: a box, a mark or a range that stands at another value
// than the others of its row, on a linear and a logarithmic scale.
func TestFitRowIsToScale(t *testing.T) {
	for _, log := range []bool{false, true} {
		row := target("T1", "C", "row", "d", 30, 20, 80, [3]float64{10, 40, 400}, [3]float64{15, 35, 60}, "")
		row.Log = log
		r := drawnFit(&FitInput{Targets: []FitTarget{row}})
		shapes := r.beside(t, "row", r.plot().X, r.plot().Right())
		var prior, box, mark, seen chart.Rect
		for _, s := range shapes {
			switch b := s.bounds(); {
			case s.flat() && s.color == priorGrey:
				prior = b
			case s.flat() && s.color == chart.Ink:
				seen = b
			case s.kind == 'f' && s.color == chart.Tint(chart.Blue, .38):
				box = b
			case s.kind == 'f' && s.color == chart.Ink:
				mark = b
			}
		}
		scale := ruler{reading{prior.X, 10}, reading{prior.Right(), 400}, log}
		scale.close(t, "the low end of the box", box.X+.6, 15)
		scale.close(t, "the high end of the box", box.Right()-.6, 60)
		scale.close(t, "the observed value", mark.X+mark.W/2, 30)
		scale.close(t, "the low end of the range", seen.X, 20)
		scale.close(t, "the high end of the range", seen.Right(), 80)
		median := r.only(func(s shape) bool { return s.upright() && s.color == chart.Blue && s.bounds().Y < 200 })
		scale.close(t, "the median", median[0].center().X, 35)
		if got := len(r.find("log")); (got == 1) != log {
			t.Errorf("log %v: said %d times", log, got)
		}
		if inner := prior.X - r.plot().X; !(inner > 3 && r.plot().Right()-prior.Right() > 3) {
			t.Errorf("the widest interval leaves %v pt at the ends of %v", inner, prior)
		}
	}
}

// TestFitLogNeedsPositive catches: the logarithm of zero.
func TestFitLogNeedsPositive(t *testing.T) {
	for low, want := range map[float64]bool{1: true, 0: false, -1: false, nan: true} {
		row := target("", "C", "", "", 3, low, 4, [3]float64{1, 2, 3}, [3]float64{1, 2, 3}, "")
		row.Log = true
		if got := row.onLog(); got != want {
			t.Errorf("a low end of %v: log is %v", low, got)
		}
	}
}

// TestFitStandings catches: a row outside that differs by its colour alone, a row
// that is red and inside, a reason without a row outside.
func TestFitStandings(t *testing.T) {
	q := [3]float64{1, 2, 3}
	for _, c := range []struct {
		observed   float64
		inside     bool
		why        string
		post       [3]float64
		shade, box color.NRGBA
		crosses    int
		mark       string
	}{
		{2, true, "", q, chart.Ink, chart.Blue, 0, "MCCCCZ"},
		{2, true, "a remark", q, chart.Ink, chart.Blue, 0, "MCCCCZ"},
		{9, false, "the reason", q, chart.Harm, chart.Harm, 1, "MLLLZ"},
		{9, false, "", q, chart.Harm, chart.Harm, 1, "MLLLZ"},
		{nan, false, "unknown", q, chart.Muted, chart.Unclear, 0, ""},
		{2, false, "unknown", [3]float64{nan, nan, nan}, chart.Muted, chart.Unclear, 0, "MCCCCZ"},
	} {
		row := target("T1", "C", "row", "", c.observed, nan, nan, q, c.post, "")
		row.Inside, row.Why = c.inside, c.why
		r := drawnFit(&FitInput{Targets: []FitTarget{row}})
		label := r.one(t, "row")
		if label.color != chart.Legible(c.shade) || label.bold != (c.shade == chart.Harm) {
			t.Errorf("%+v: the label is %v, bold %v", c, label.color, label.bold)
		}
		var boxes, crosses int
		mark := ""
		for _, s := range r.beside(t, "row", r.plot().X, chart.PageWidth) {
			switch {
			case s.kind == 'f' && s.color == chart.Tint(c.box, .38):
				boxes++
			case s.kind == 'f' && (s.color == c.shade || s.color == chart.White):
				mark = s.ops()
			}
		}
		for _, w := range r.words() {
			crosses += strings.Count(w, "× 1")
		}
		if want := map[bool]int{true: 1}[c.post == q]; boxes != want || crosses != c.crosses || mark != c.mark {
			t.Errorf("%+v: %d boxes, %d crosses, mark %q", c, boxes, crosses, mark)
		}
		if got := strings.Count(strings.Join(r.words(), "\n"), c.why); c.why != "" && (got == 1) != (c.shade == chart.Harm) {
			t.Errorf("%+v: the reason is said %d times", c, got)
		}
	}
}

// TestFitOneSided catches: a range that ends where the record has a bound only, an
// arrow where an end is not known.
func TestFitOneSided(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		oneSided  bool
		arrows    int
		text      string
		right     bool
	}{
		{1, nan, true, 1, "2 (≥\u00a01)", true}, {nan, 3, true, 1, "2 (≤\u00a03)", false},
		{1, nan, false, 0, "2 (≥\u00a01)", false},
		{1, 3, true, 0, "2 (1–3)", false}, {nan, nan, true, 0, "2", false},
	} {
		row := target("T1", "C", "row", "", 2, c.low, c.high, [3]float64{1, 2, 4}, [3]float64{1, 2, 3}, "")
		row.OneSided = c.oneSided
		r := drawnFit(&FitInput{Targets: []FitTarget{row}})
		r.one(t, c.text)
		var tips []chart.Point
		for _, s := range r.beside(t, "row", r.plot().X, r.plot().Right()) {
			if s.kind == 'f' && s.ops() == "MLLZ" {
				tips = append(tips, s.ends()[0])
			}
		}
		if len(tips) != c.arrows || c.arrows == 1 && (tips[0].X > r.plot().MiddleX()) != c.right {
			t.Errorf("%+v: arrows at %v", c, tips)
		}
	}
}

// TestFitNumbers catches: a unit that is lost or doubled, a minus that reads as a
// dash between numbers.
func TestFitNumbers(t *testing.T) {
	for _, c := range []struct {
		unit                string
		observed, low, high float64
		seen, predicted     string
	}{
		{"d", 340, 60, 600, "340\u00a0d (60–600)", "1–3\u00a0d"},
		{"1/y", 6.5, 3.5, 11.1, "6.5/y (3.5–11)", "1–3/y"},
		{"–", .33, .18, .52, "0.33 (0.18–0.52)", "1–3"},
		{"", .017, -.017, .048, "0.017 (−0.017 to 0.048)", "1–3"},
		{" ln d ", 1, nan, nan, "1\u00a0ln d", "1–3\u00a0ln d"},
		{"d", nan, 1, 2, "n/a", "1–3\u00a0d"},
		{"d", 1156, 700, 1500, "1,156\u00a0d (700–1,500)", "1–3\u00a0d"},
	} {
		r := target("", "C", "", c.unit, c.observed, c.low, c.high, [3]float64{}, [3]float64{1, 2, 3}, "")
		if r.seen() != c.seen || r.predicted() != c.predicted {
			t.Errorf("%+v: %q and %q", c, r.seen(), r.predicted())
		}
	}
}

// TestFitAlt catches: a text that hides what disagrees.
func TestFitAlt(t *testing.T) {
	alt := Fit(someTargets()).Alt
	for _, part := range []string{"14 of 15 used targets inside", "echoed inputs: 5 of 5 inside",
		"plausibility checks: 7 of 8 inside",
		"T14 Attribution to penalty: observed 84\u00a0d (10–350), predicted 0–62\u00a0d, outside",
		"T4 Variation of the gaps"} {
		if !contains(alt, part) {
			t.Errorf("the text does not say %q: %s", part, alt)
		}
	}
	if got := Fit(&FitInput{}).Alt; got != "No target: the fit was given nothing that the record and the model could be "+
		"compared in." {
		t.Errorf("nothing is described as %q", got)
	}
}

// TestFitCounts catches: unknown targets that count as outside, groups that are
// mixed, echoed inputs that flatter the result.
func TestFitCounts(t *testing.T) {
	q := [3]float64{1, 2, 3}
	in := &FitInput{}
	for i, use := range strings.Fields("C C C E E P L L") {
		observed := 2.0
		if i == 1 {
			observed = nan
		}
		why := ""
		if i == 2 || i == 5 {
			why = "reason"
		}
		in.Targets = append(in.Targets,
			target(fmt.Sprint("T", i), use, fmt.Sprint("row ", i), "", observed, nan, nan, q, q, why))
	}
	r := drawnFit(in)
	var got []string
	for _, w := range r.texts() {
		if w.bold && (strings.Contains(w.s, "inside") || w.color == chart.Muted) {
			got = append(got, w.s)
		}
	}
	want := []string{"1 of 2 used targets inside the model’s 90 % interval; 1 not known", "Used to calibrate",
		"Left out of the fit, predicted by the rest", "2 of 2 inside",
		"Inputs echoed back, no test of the model", "2 of 2 inside",
		"Plausibility only, not fitted", "0 of 1 inside"}
	got = slices.DeleteFunc(got, func(s string) bool { return s == "" || s == "T1" })
	if !slices.Equal(got, want) {
		t.Errorf("headings %q, want %q", got, want)
	}
	if s := newFit(&FitInput{Targets: in.Targets[3:]}).lead; s != "No target was used to calibrate" {
		t.Errorf("without a used target: %q", s)
	}
}
