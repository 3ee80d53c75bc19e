package figure

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// ownHeight are the options with which a figure has the height that it wants, as
// drawAlone has it.
func (c fitCase) ownHeight(o Options) Options {
	free := o.Height == 0
	o, _ = o.complete()
	if free {
		o.Height = o.Width * min(max(c.chart.want()/chart.PageWidth, 9.0/16), tallest)
	}
	return o
}

// on draws a figure on a surface.
func (c fitCase) on(s *tape, o Options) *chart.Page {
	o = c.ownHeight(o)
	p := s.page(o)
	c.chart.draw(p, frameOf(p, newInput(nil, nil, o), c.chart.words()))
	return p
}

// fitShapes are the pages that the three figures are drawn on: the height that they
// want, and heights that are too small or too large.
var fitShapes = map[string]Options{"own": {}, "16:9": {Width: 8, Height: 4.5}, "flat": {Width: 8, Height: 4},
	"square": {Width: 3, Height: 3}, "tower": {Width: 4, Height: 8}}

// TestFitHeights catches: a figure that is taller than a page, one that is not taller
// where it has more rows, a height that was asked for and is not kept.
func TestFitHeights(t *testing.T) {
	height := func(c fitCase, o Options) float64 { return c.ownHeight(o).Height }
	few, many, most := fitOf(&FitInput{}), fitOf(someTargets()), fitOf(manyTargets(200))
	if a, b, c := height(few, Options{}), height(many, Options{}),
		height(most, Options{}); a != 4.5 || b <= 6 || b >= c || c != 8*tallest {
		t.Errorf("heights %v, %v and %v in", a, b, c)
	}
	for _, o := range []Options{{}, {Width: 4}, {Width: 4, Height: 3}} {
		o.Formats = []string{"svg"}
		for _, c := range []fitCase{few, many, most} {
			files, err := c.files(o)
			if err != nil {
				t.Fatal(err)
			}
			if root := elements(t, files[0].Data)[0]; !says2(strings.TrimSuffix(root.attr["height"], "in"), height(c, o)) {
				t.Errorf("%+v: the page is %s high, want %v", o, root.attr["height"], height(c, o))
			}
		}
	}
}

// TestFitInputsAreLeftAlone catches: a sort or a cut in the caller's lists.
func TestFitInputsAreLeftAlone(t *testing.T) {
	o := Options{Formats: []string{"svg"}}
	check := func(what string, draw func() error, in, again any) {
		if err := draw(); err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprintf("%+v", reflect.ValueOf(in).Elem()),
			fmt.Sprintf("%+v", reflect.ValueOf(again).Elem()); got != want {
			t.Errorf("%s: the input changed", what)
		}
	}
	a, b, c := someTargets(), someParameters(), somePanels()
	slices.Reverse(b.Parameters)
	unsorted := someParameters()
	slices.Reverse(unsorted.Parameters)
	a.Subtitle, c.Subtitle = a.Subtitle[:1:3], c.Subtitle[:1:2]
	x, z := someTargets(), somePanels()
	check("fit", func() error { _, err := Fit(a, o); return err }, a,
		func() any { x.Subtitle = x.Subtitle[:1]; return x }())
	check("learned", func() error { _, err := Learned(b, o); return err }, b, unsorted)
	check("backtest", func() error { _, err := Backtest(c, o); return err }, c,
		func() any { z.Subtitle = z.Subtitle[:1]; return z }())
	if got := a.Subtitle[:3][1]; got != someTargets().Subtitle[1] {
		t.Errorf("the subtitle's array now holds %q", got)
	}
}

// TestFitCSVIsTheTable catches: a row of another length, a number that is rounded, a
// header that differs from what is documented.
func TestFitCSVIsTheTable(t *testing.T) {
	heads := map[string]string{
		"fit": "id,label,use,unit,observed,low,high,one_sided,prior_p5,prior_p50,prior_p95,posterior_p5," +
			"posterior_p50,posterior_p95,standing,why,log_scale",
		"learned": "parameter,label,unit,contraction,silent,informed_by,prior_p5,prior_p50,prior_p95,posterior_p5," +
			"posterior_p25,posterior_p50,posterior_p75,posterior_p95,percentile_p5,percentile_p25,percentile_p50," +
			"percentile_p75,percentile_p95",
		"backtest": "cutoff,year,after_cutoff,observed,p5,p25,p50,p75,p95,inside_90,mean of the last five years,last year " +
			"again",
	}
	for name, c := range fitCharts() {
		tab := c.chart.table()
		data, err := tab.csv()
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil || len(rows) != len(tab.rows)+1 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		for i, row := range tab.rows {
			if !slices.Equal(rows[i+1], row) || len(row) != len(tab.head) {
				t.Errorf("%s: row %q, want %q", name, rows[i+1], row)
			}
		}
		if want, ok := heads[name]; ok && strings.Join(rows[0], ",") != want {
			t.Errorf("%s: header %q", name, rows[0])
		}
	}
}

// TestFitsNameThemselves catches: a title, a part of the subtitle or a source that is
// lost, or a standard one in the place of the caller's.
func TestFitsNameThemselves(t *testing.T) {
	standard := map[string][]string{
		"fit": {"What the record says, and what the fitted model says", "90\u00a0% predictive intervals",
			"Source: observed: the public record"},
		"learned": {"What the record teaches about the numbers", "50 and 90\u00a0% intervals",
			"Source: misstep, model output, no forecast"},
		"backtest": {"Accusations a year, as the fit foresees them", "a forecast under the model’s assumptions",
			"Source: observed: the public record; bands"},
	}
	words := func(c fitCase) string {
		tape := &tape{}
		c.on(tape, Options{})
		return strings.Join(tape.words(), "\n")
	}
	for name, parts := range standard {
		text := words(fitCharts()[name+" nil"])
		for _, part := range parts {
			if !contains(text, surface.Printable(part)) {
				t.Errorf("%s does not say %q: %s", name, part, text)
			}
		}
	}
	for name, c := range map[string]fitCase{
		"fit": fitOf(&FitInput{Title: "My title", Subtitle: []string{"part one", "part two"}, Source: "My source."}),
		"learned": learnedOf(&LearnedInput{Title: "My title", Subtitle: []string{"part one", "part two"},
			Source: "My source."}),
		"backtest": backtestOf(&BacktestInput{Title: "My title", Subtitle: []string{"part one", "part two"},
			Source: "My source."}),
	} {
		text := words(c)
		for _, part := range []string{"My title\n", "part one · part two · ", "\nMy source."} {
			if !contains(text, part) {
				t.Errorf("%s does not say %q: %s", name, part, text)
			}
		}
		if contains(text, standard[name][0]) || contains(text, standard[name][2]) {
			t.Errorf("%s has its standard words too: %s", name, text)
		}
	}
}
