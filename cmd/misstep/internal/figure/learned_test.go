package figure

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// TestContractionText catches: a contraction under the limit that is rounded up to it.
func TestContractionText(t *testing.T) {
	for v, want := range map[float64]string{.62: "62 %", .1: "10 %", .0999: "< 10 %", .094: "9 %", 0: "0 %",
		-.05: "−5 %",
		1:    "100 %"} {
		if got := surface.Printable(contraction(v)); got != want {
			t.Errorf("%v reads %q, want %q", v, got, want)
		}
	}
}

// TestLearnedBarsAreToScale catches: a bar that ends at another percentile, a prior
// band beside its labels.
func TestLearnedBarsAreToScale(t *testing.T) {
	q := LearnedParameter{Name: "choice.price", Contraction: .4, Percentile: [5]float64{.1, .3, .45, .5, .8},
		InformedBy: []string{"T26", "T12"}}
	r := &tape{}
	learnedOf(&LearnedInput{Parameters: []LearnedParameter{q}}).on(r)
	var marks []reading
	for _, w := range r.texts() {
		if v, err := strconv.ParseFloat(w.s, 64); err == nil {
			marks = append(marks, reading{w.middle(), v / 100})
		}
	}
	x := rulerOf(t, marks, false)
	bar := r.strokes(1.8, chart.Blue)[1].bounds() // the first is in the key
	box := r.fills(chart.Blue)[1].bounds()
	median := r.fills(chart.White)[1].center()
	for i, at := range []float64{bar.X, box.X, median.X, box.Right(), bar.Right()} {
		x.close(t, fmt.Sprint("quantile ", i), at, q.Percentile[i])
	}
	wide, narrow := r.fills(priorWide)[1].bounds(), r.fills(priorNarrow)[1].bounds()
	for want, at := range map[float64]float64{.05: wide.X, .95: wide.Right(), .25: narrow.X, .75: narrow.Right()} {
		x.close(t, "the prior", at, want)
	}
	if !(wide.Y < bar.Y && wide.Bottom() > bar.Y) {
		t.Errorf("the prior from %v to %v is not behind the bar at %v", wide.Y, wide.Bottom(), bar.Y)
	}
	y := r.one(t, "choice.price").y
	for _, text := range []string{"40 %", "T26, T12"} {
		if r.one(t, text).y != y {
			t.Errorf("%q is on another line", text)
		}
	}
}

// TestLearnedSilentIsGrey catches: a silent parameter that looks like a result, a
// line of the limit that is missing.
func TestLearnedSilentIsGrey(t *testing.T) {
	in := fewParameters(2)
	in.Parameters[0].Contraction, in.Parameters[1].Contraction = .5, .05
	r := &tape{}
	learnedOf(in).on(r)
	first, second := r.one(t, in.Parameters[0].Name), r.one(t, in.Parameters[1].Name)
	if first.color != chart.Ink || second.color != chart.Muted {
		t.Errorf("names in %v and %v", first.color, second.color)
	}
	if n := len(r.fills(chart.Unclear)); n != 1 {
		t.Errorf("%d grey bars, want 1", n)
	}
	limit := r.strokes(.9, chart.Frame)
	head := r.one(t, "Record silent: under 10 %")
	if len(limit) != 1 || !(first.y < limit[0].center().Y && limit[0].center().Y < head.y && head.y < second.y) {
		t.Errorf("the limit at %v does not stand between %v and %v", limit, first.y, second.y)
	}
	if by := strings.Join(in.Parameters[1].InformedBy, ", "); len(r.find(by)) != 0 {
		t.Errorf("a silent parameter is informed by %s", by)
	}
	r = &tape{}
	learnedOf(taughtParameters(3)).on(r)
	if len(r.strokes(.9, chart.Frame)) != 0 || len(r.find("Record silent: under 10 %")) != 0 {
		t.Error("a limit without a silent parameter")
	}
}

// TestLearnedAlt catches: a text that names no parameter, or hides how many are silent.
func TestLearnedAlt(t *testing.T) {
	alt := Learned(someParameters()).Alt
	for _, part := range []string{"The record narrows 13 of these 55 numbers",
		"choice.price by 62\u00a0% (T26, T12, T11, T1)", "the record is silent on 42"} {
		if !contains(alt, part) {
			t.Errorf("the text does not say %q: %s", part, alt)
		}
	}
	if got := Learned(&LearnedInput{}).Alt; got != "No number: the fit was given nothing to learn about." {
		t.Errorf("nothing is described as %q", got)
	}
}

// TestLearnedOrder catches: a list that is not by contraction, the limit on the wrong side, a share of
// numbers that were chosen because they learned, a title that promises what is not there.
func TestLearnedOrder(t *testing.T) {
	in := &LearnedInput{}
	for _, k := range []float64{.05, .1, .8, .0999999, -.2, .3, .3} {
		in.Parameters = append(in.Parameters, LearnedParameter{Name: fmt.Sprint("p", len(in.Parameters)), Contraction: k})
	}
	list, taught := byContraction(in.Parameters)
	names := ""
	for _, q := range list {
		names += q.Label + " "
	}
	if names != "p2 p5 p6 p1 p3 p0 p4 " || taught != 4 || in.Parameters[0].Name != "p0" {
		t.Errorf("%s, %d of them taught", names, taught)
	}
	for _, c := range []struct {
		in          *LearnedInput
		lead, title string
	}{
		{in, "The record narrows 4 of these 7 numbers by 10\u00a0% or more",
			"What the record teaches about the numbers, and what it does not"},
		{&LearnedInput{Parameters: list[:2]}, "2 numbers that the record narrows by 10\u00a0% or more, the most first",
			"What the record teaches about the numbers"},
		{&LearnedInput{Parameters: list[:1]}, "1 number that the record narrows by 10\u00a0% or more",
			"What the record teaches about the numbers"},
	} {
		if l := newLearned(c.in); l.lead != c.lead || l.title != c.title {
			t.Errorf("%q, titled %q", l.lead, l.title)
		}
	}
}
