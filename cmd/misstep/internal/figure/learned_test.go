package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// TestLearnedOrder catches: a list that is not by contraction, the limit on the
// wrong side, a contraction that is no number among those that taught.
func TestLearnedOrder(t *testing.T) {
	in := &LearnedInput{}
	for _, k := range []float64{.05, nan, .1, .8, .0999999, -.2, .3, inf, .3} {
		in.Parameters = append(in.Parameters, LearnedParameter{Name: fmt.Sprint("p", len(in.Parameters)), Contraction: k})
	}
	l := newLearned(in)
	names := func(list []LearnedParameter) string {
		var out []string
		for _, q := range list {
			out = append(out, q.Label)
		}
		return strings.Join(out, " ")
	}
	if got := names(l.taught); got != "p3 p6 p8 p2" {
		t.Errorf("taught: %s", got)
	}
	if got := names(l.silent); got != "p4 p0 p5 p1 p7" || l.unknown != 2 {
		t.Errorf("silent: %s, %d unknown", got, l.unknown)
	}
	if got := l.result(); got != "The record narrows 4 of these 9 numbers by 10\u00a0% or more" {
		t.Errorf("result: %q", got)
	}
}

// TestLearnedCountsWhatItHas catches: a share of numbers that were chosen because they
// learned, a title that promises what the record does not teach where nothing of it stands.
func TestLearnedCountsWhatItHas(t *testing.T) {
	for _, c := range []struct {
		in            *LearnedInput
		result, title string
	}{
		{&LearnedInput{Parameters: someParameters().Parameters[:2]},
			"2 numbers that the record narrows by 10\u00a0% or more, the most first",
			"What the record teaches about the numbers"},
		{&LearnedInput{Parameters: someParameters().Parameters[:1]}, "1 number that the record narrows by 10\u00a0% or more",
			"What the record teaches about the numbers"},
		{someParameters(), "The record narrows 13 of these 55 numbers by 10\u00a0% or more",
			"What the record teaches about the numbers, and what it does not"},
	} {
		l := newLearned(c.in)
		if got := l.result(); got != c.result {
			t.Errorf("result %q, want %q", got, c.result)
		}
		if w := l.words(); w.title != c.title || strings.Contains(w.title+w.alt, "arameter") {
			t.Errorf("title %q, text %q", w.title, w.alt)
		}
	}
}

// TestContractionText catches: a contraction under the limit that is rounded up to it.
func TestContractionText(t *testing.T) {
	for v, want := range map[float64]string{.62: "62 %", .1: "10 %", .0999: "< 10 %", .094: "9 %", 0: "0 %",
		-.05: "−5 %",
		1:    "100 %"} {
		if got := surface.Printable(contraction(v)); got != want {
			t.Errorf("%v reads %q, want %q", v, got, want)
		}
	}
	if got := contraction(math.NaN()); got != "n/a" {
		t.Errorf("no number reads %q", got)
	}
}

// TestLearnedBarsAreToScale catches: a bar that ends at another percentile, a prior
// band beside its labels.
func TestLearnedBarsAreToScale(t *testing.T) {
	q := LearnedParameter{Name: "choice.price", Contraction: .4, Percentile: [5]float64{.1, .3, .45, .5, .8},
		InformedBy: []string{"T26", "T12"}}
	r := &tape{}
	learnedOf(&LearnedInput{Parameters: []LearnedParameter{q}}).on(r, Options{})
	var marks []reading
	for _, w := range r.texts() {
		if v, err := strconv.ParseFloat(w.s, 64); err == nil {
			marks = append(marks, reading{w.middle(), v / 100})
		}
	}
	x := rulerOf(t, marks, false)
	bar := r.strokes(1.8, chart.Blue)[0].bounds() // the first: the other is in the key
	box := r.fills(chart.Blue)[0].bounds()
	median := r.fills(chart.White)[0].center()
	for i, at := range []float64{bar.X, box.X, median.X, box.Right(), bar.Right()} {
		x.close(t, fmt.Sprint("quantile ", i), at, q.Percentile[i])
	}
	wide, narrow := r.fills(priorWide)[0].bounds(), r.fills(priorNarrow)[0].bounds()
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
	learnedOf(in).on(r, Options{})
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
	learnedOf(taughtParameters(3)).on(r, Options{})
	if len(r.strokes(.9, chart.Frame)) != 0 || len(r.find("Record silent: under 10 %")) != 0 {
		t.Error("a limit without a silent parameter")
	}
}

// TestLearnedLayoutAddsUp catches: more lines than there are, a parameter that is
// neither drawn nor named nor counted.
func TestLearnedLayoutAddsUp(t *testing.T) {
	_, p := newTape()
	for name, in := range map[string]*LearnedInput{"some": someParameters(), "silent": silentParameters(30),
		"taught": taughtParameters(30), "few": fewParameters(16)} {
		l := newLearned(in)
		for most := range 70 {
			y := l.layout(p, most)
			if most > 2 && y.lines() > most {
				t.Errorf("%s: %d lines of %d", name, y.lines(), most)
			}
			if y.taught+y.left != len(l.taught) || y.left > 0 && y.silent > 0 {
				t.Errorf("%s, %d lines: %+v of %d that taught", name, most, y, len(l.taught))
			}
			if most > 4 && !l.namesAll(y) {
				t.Errorf("%s, %d lines: the list is %q", name, most, y.list)
			}
		}
	}
	y := newLearned(someParameters()).layout(p, 1000)
	if y.taught != 13 || y.silent != silentRows || len(y.list) < 5 || y.left != 0 {
		t.Errorf("with all the room: %+v", y)
	}
	if y := newLearned(silentParameters(240)).layout(p, 1000); len(y.list) != mostList {
		t.Errorf("a list of %d lines", len(y.list))
	}
}

// TestLearnedListIsFull catches: a list that is cut although another name has room.
func TestLearnedListIsFull(t *testing.T) {
	_, p := newTape()
	l := newLearned(silentParameters(60))
	last := 0
	for most := 1; most <= mostList; most++ {
		text := strings.ReplaceAll(strings.Join(l.list(p, 0, most), " "), "\u00a0", " ")
		left := 0
		if at := strings.LastIndex(text, "and "); at >= 0 {
			fmt.Sscanf(text[at:], "and %d in the CSV", &left)
		}
		lead := "60: record silent: "
		names := make([]string, 0, 60)
		for _, q := range l.silent[:60-left] {
			names = append(names, q.Label)
		}
		if left > 0 { // the next name would take a line more
			more := append(names, l.silent[60-left].Label, fmt.Sprintf("and\u00a0%d\u00a0in\u00a0the\u00a0CSV", left-1))
			if n := len(p.Wrap(lead+strings.Join(more, ", "), chart.PageWidth-2*chart.Margin, chart.Quiet)); n <= most {
				t.Errorf("%d lines: %d names although another has room", most, len(names))
			}
		}
		if len(names) < last {
			t.Errorf("%d lines hold %d names, one line less %d", most, len(names), last)
		}
		last = len(names)
	}
	if last < 40 {
		t.Errorf("%d lines hold %d names", mostList, last)
	}
}

// namesAll reports whether the list names or counts every silent parameter that has
// no row.
func (l *learned) namesAll(y learnedLayout) bool {
	text := strings.ReplaceAll(strings.Join(y.list, " "), "\u00a0", " ")
	rest := l.silent[y.silent:]
	if len(rest) == 0 {
		return text == ""
	}
	lead := fmt.Sprintf("%d more: record silent: ", len(rest))
	if y.silent == 0 {
		lead = fmt.Sprintf("%d: record silent: ", len(rest))
	}
	text, ok := strings.CutPrefix(text, lead)
	named := strings.Split(text, ", ")
	counted := 0
	if n, _ := fmt.Sscanf(named[len(named)-1], "and %d in the CSV", &counted); n == 1 {
		named = named[:len(named)-1]
	}
	for i, name := range named {
		ok = ok && i < len(rest) && name == rest[i].Label
	}
	return ok && len(named)+counted == len(rest)
}

// TestLearnedTable catches: a parameter that is lost, percentiles and values exchanged.
func TestLearnedTable(t *testing.T) {
	in := someParameters()
	rows := newLearned(in).table().rows
	if len(rows) != len(in.Parameters) {
		t.Fatalf("%d rows of %d", len(rows), len(in.Parameters))
	}
	slices.SortFunc(in.Parameters, func(a, b LearnedParameter) int { return cmp.Compare(b.Contraction, a.Contraction) })
	for i, q := range in.Parameters {
		row := rows[i]
		want := []string{q.Name, q.Name, "U", strconv.FormatFloat(q.Contraction, 'g', -1, 64), fmt.Sprint(q.Contraction < .1),
			strings.Join(q.InformedBy, " "),
			"0.05", "0.12", "0.2", "0.07", "0.1", "0.11", "0.13", "0.16"}
		if !slices.Equal(row[:14], want) || row[18] != strconv.FormatFloat(q.Percentile[4], 'g', -1, 64) {
			t.Errorf("row %q, want %q", row, want)
		}
	}
}

// TestLearnedPercentiles catches: a percentile outside 0 to 1, one that is out of order
// and drawn.
func TestLearnedPercentiles(t *testing.T) {
	for _, c := range []struct{ in, want [5]float64 }{
		{[5]float64{.1, .2, .3, .4, .5}, [5]float64{.1, .2, .3, .4, .5}},
		{[5]float64{-1e-9, .2, .3, .4, 1.5}, [5]float64{0, .2, .3, .4, 1}},
		{[5]float64{.3, .2, .3, .4, .5}, [5]float64{nan, nan, nan, nan, nan}},
		{[5]float64{.1, .2, .3, .4, nan}, [5]float64{nan, nan, nan, nan, nan}},
		{[5]float64{.1, .2, inf, inf, inf}, [5]float64{nan, nan, nan, nan, nan}},
	} {
		got := newLearned(&LearnedInput{Parameters: []LearnedParameter{{Contraction: .5,
			Percentile: c.in}}}).taught[0].Percentile
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%v becomes %v, want %v", c.in, got, c.want)
		}
	}
}

// TestLearnedAlt catches: a text that names no parameter, or hides how many are silent.
func TestLearnedAlt(t *testing.T) {
	alt := LearnedAlt(someParameters())
	for _, part := range []string{"The record narrows 13 of these 55 numbers",
		"choice.price by 62\u00a0% (T26, T12, T11, T1)", "the record is silent on 42"} {
		if !contains(alt, part) {
			t.Errorf("the text does not say %q: %s", part, alt)
		}
	}
	if got := LearnedAlt(nil); got != "No number in this fit." {
		t.Errorf("nothing is described as %q", got)
	}
}
