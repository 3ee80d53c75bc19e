package figure

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// yearsFrom are years from one on, with their counts, bands and simple forecasts.
func yearsFrom(first int, observed []int, bands [][5]float64, simple ...[2]float64) (out []BacktestYear) {
	for i, n := range observed {
		y := BacktestYear{Year: first + i, Observed: n, Band: bands[i], Baselines: [2]float64{nan, nan}}
		if i < len(simple) {
			y.Baselines = simple[i]
		}
		out = append(out, y)
	}
	return out
}

// noBand stands where no fit has foreseen anything.
var noBand = [5]float64{nan, nan, nan, nan, nan}

// onePanel is a panel of the years 2020 to 2025 that has seen two of them.
func onePanel() BacktestPanel {
	none, simple := [2]float64{nan, nan}, [2]float64{1.5, 1}
	return BacktestPanel{Cutoff: "31 Dec 2021", Seen: 2021, Text: "log score +0.20",
		Years: yearsFrom(2020, []int{4, 1, 2, 9, -1, 0},
			[][5]float64{noBand, noBand, {0, 1, 2, 3, 5}, {1, 2, 3, 4, 6}, {1, 2, 4, 5, 7}, {2, 3, 4, 6, 8}},
			none, none, simple, simple, simple, simple)}
}

func drawnBacktest(panels ...BacktestPanel) *tape {
	r := &tape{}
	backtestOf(&BacktestInput{Quantity: "steps", Panels: panels, Baselines: []string{"mean", "last year"}}).on(r)
	return r
}

// TestBacktestCompares catches: a year before the cut-off that counts, an end of the
// band that counts as outside, a year without a count.
func TestBacktestCompares(t *testing.T) {
	compared := func(q BacktestPanel) string {
		in, of := seenBy(q).compared()
		return fmt.Sprint(in, of)
	}
	if got := compared(onePanel()); got != "1 3" {
		t.Errorf("%s inside, want 1 3", got)
	}
	for observed, want := range map[int]string{0: "0 1", 1: "1 1", 3: "1 1", 6: "1 1", 7: "0 1", -1: "0 0"} {
		q := BacktestPanel{Seen: 2020, Years: yearsFrom(2021, []int{observed}, [][5]float64{{1, 2, 3, 4, 6}})}
		if got := compared(q); got != want {
			t.Errorf("%d: %s, want %s", observed, got, want)
		}
		if q.Seen = 2021; compared(q) != "0 0" {
			t.Errorf("a year that was seen is compared")
		}
	}
}

// TestBaselinesInTheKey catches: a third simple forecast, a name that is cut although
// the line has room.
func TestBaselinesInTheKey(t *testing.T) {
	in := somePanels()
	r := &tape{}
	backtestOf(in).on(r)
	for _, name := range in.Baselines {
		r.one(t, name)
	}
	in.Baselines = append(in.Baselines, "a third")
	r = &tape{}
	backtestOf(in).on(r)
	if len(r.find("a third")) != 0 {
		t.Error("a third simple forecast is named")
	}
}

// rulers read the axes of the first panel: the counts by their labels, the years by
// theirs, which stand in the middle of a year.
func (t *tape) rulers(tt *testing.T) (count, year ruler) {
	tt.Helper()
	var marks []reading
	for _, w := range t.texts() {
		if y, err := strconv.Atoi(w.s); err == nil && y >= 1900 && w.y > 0 {
			marks = append(marks, reading{w.middle(), float64(y) + .5})
		}
	}
	return rulerOf(tt, t.ticks(false, quantity), false), rulerOf(tt, marks[:len(marks)-1], false)
}

// TestBacktestIsToScale catches: a band, a median, a point or a simple forecast at
// another count or in another year.
func TestBacktestIsToScale(t *testing.T) {
	q := onePanel()
	r := drawnBacktest(q)
	count, year := r.rulers(t)
	for k, c := range []struct {
		share  float64
		lo, hi int
	}{{wideTint, 0, 4}, {narrowTint, 1, 3}} {
		fans := r.only(func(s shape) bool {
			return s.kind == 'f' && s.color == chart.Tint(chart.Blue, c.share) && len(s.path) > 6
		})
		if len(fans) != 1 {
			t.Fatalf("band %d is %d shapes, want 1", k, len(fans))
		}
		at := fans[0].ends() // the upper edge from left to right, the lower one back
		for i := range 4 {
			band, low := q.Years[2+i].Band, at[len(at)-1-2*i]
			year.close(t, "the start of a year", at[2*i].X, float64(2022+i))
			year.close(t, "the end of a year", at[2*i+1].X, float64(2023+i))
			count.close(t, "the upper edge", at[2*i].Y, band[c.hi])
			count.close(t, "the lower edge", low.Y, band[c.lo])
		}
	}
	medians := r.strokes(2, chart.Blue)[1:] // the first is in the key
	for i := range 4 {
		count.close(t, "a median", medians[i].center().Y, q.Years[2+i].Band[2])
		year.close(t, "the year of a median", medians[i].center().X, float64(2022+i)+.5)
	}
	simple := r.strokes(1.3, chart.Ink)[1:]
	for i := range 4 {
		count.close(t, "a simple forecast", simple[i].center().Y, 1.5)
		year.close(t, "its year", simple[i].center().X, float64(2022+i)+.5)
	}
	cut := r.only(func(s shape) bool { return s.upright() && s.color == chart.Muted && len(s.dash) > 0 })
	year.close(t, "the cut-off", cut[1].center().X, 2022)
}

// TestBacktestPoints catches: a year that the fit has seen among those that came
// after, a count outside the band that looks like one inside, a count that is not
// known and drawn as one.
func TestBacktestPoints(t *testing.T) {
	q := onePanel()
	r := drawnBacktest(q)
	count, year := r.rulers(t)
	looks := map[int]struct {
		ops   string
		color color.NRGBA
	}{2020: {"MCCCCZ", chart.White}, 2021: {"MCCCCZ", chart.White}, 2022: {"MCCCCZ", chart.Ink},
		2023: {"MLLLZ", chart.Harm}, 2025: {"MLLLZ", chart.Harm}}
	floor := count.a.at
	found := 0
	for _, s := range r.shapes {
		at := s.center()
		if s.kind != 'f' || s.bounds().W > 9 || at.Y > floor+4 {
			continue // no point, or in the key
		}
		y := int(math.Floor(year.value(at.X)))
		want, ok := looks[y]
		if !ok || s.ops() != want.ops || s.color != want.color {
			t.Errorf("in %d stands a %s in %v", y, s.ops(), s.color)
			continue
		}
		count.close(t, fmt.Sprint("the count of ", y), at.Y, float64(q.Years[y-2020].Observed))
		found++
	}
	if found != len(looks) {
		t.Errorf("%d points, want %d", found, len(looks))
	}
}

// TestBacktestSeams catches: a band that is drawn year by year, one that bridges a gap
// or the cut-off.
func TestBacktestSeams(t *testing.T) {
	band, none := [5]float64{1, 2, 3, 4, 5}, noBand
	for _, c := range []struct {
		years []int
		bands [][5]float64
		seen  int
		want  string
	}{
		{[]int{2020, 2021, 2022}, [][5]float64{band, band, band}, 2000, "3"},
		{[]int{2020, 2021, 2022}, [][5]float64{band, none, band}, 2000, "1 1"},
		{[]int{2020, 2022, 2023}, [][5]float64{band, band, band}, 2000, "1 2"},
		{[]int{2020, 2021, 2022}, [][5]float64{band, band, band}, 2021, "2 1"},
		{[]int{2020, 2021, 2022}, [][5]float64{none, none, none}, 2021, ""},
	} {
		var got []string
		q := BacktestPanel{Seen: c.seen, Years: yearsFrom(0, make([]int, len(c.years)), c.bands)}
		for i, y := range c.years {
			q.Years[i].Year, q.Years[i].ahead = y, y > c.seen
		}
		for _, run := range q.runs() {
			got = append(got, fmt.Sprint(len(run)))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: runs of %v, want %s", c.years, got, c.want)
		}
	}
}

// TestBacktestSaysHindcast catches: a hindcast that is sold as a forecast, a forecast
// that is called a hindcast.
func TestBacktestSaysHindcast(t *testing.T) {
	for want, in := range map[string]*BacktestInput{
		"a hindcast: whoever designed the model knew these years": somePanels(),
		"a forecast under the model’s assumptions":                aForecast(),
	} {
		r := &tape{}
		backtestOf(in).on(r)
		text := strings.Join(r.words(), "\n")
		if !contains(text, want) || contains(text, "hindcast") && contains(text, "a forecast under") {
			t.Errorf("it does not say %q: %s", want, text)
		}
		if contains(text, "came after") != contains(want, "hindcast") {
			t.Errorf("the key of %q: %s", want, text)
		}
	}
	in := somePanels()
	in.Quantity = "penalties a year"
	if got := newBacktest(in).title; got != "Penalties a year, as earlier fits would have foreseen them" {
		t.Errorf("the title is %q", got)
	}
}

// TestBacktestCeiling catches: an axis that cuts a count, one wild band that flattens
// all others, a cut that is not said.
func TestBacktestCeiling(t *testing.T) {
	panel := func(observed int, median, top float64) BacktestPanel {
		return BacktestPanel{Seen: 2020, Years: yearsFrom(2021, []int{observed}, [][5]float64{{0, 0, median, top, top}})}
	}
	for _, c := range []struct {
		observed    int
		median, top float64
		want        float64
		cut         bool
	}{
		{8, 2, 5, 8 * 1.08, false}, {2, 8, 8, 8 * 1.08, false}, {2, 2, 5, 5 * 1.03, false}, {2, 2, 6, 6, false},
		{2, 2, 1000, 6, true}, {0, 0, 0, 1.08, false},
	} {
		in := &BacktestInput{Quantity: "steps", Panels: []BacktestPanel{panel(c.observed, c.median, c.top)}}
		b := &backtest{in: in, panels: in.Panels}
		if cut := b.scales(); !near(b.y.Hi, c.want) || cut != c.cut {
			t.Errorf("%+v: the axis ends at %v, cut %v", c, b.y.Hi, cut)
		}
		if said := strings.HasSuffix(newBacktest(in).lead, "; bands end at the edge"); said != c.cut {
			t.Errorf("%+v: a cut is said: %v", c, said)
		}
	}
}
