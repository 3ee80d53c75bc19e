package figure

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// on draws a figure on a tape.
func (c fitCase) on(s *tape) *chart.Page { return s.drawn(c.chart, newInput(&summary.Summary{}, nil)) }

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
	check("fit", func() error { _, err := Fit(a).Draw(o); return err }, a,
		func() any { x.Subtitle = x.Subtitle[:1]; return x }())
	check("learned", func() error { _, err := Learned(b).Draw(o); return err }, b, unsorted)
	check("backtest", func() error { _, err := Backtest(c).Draw(o); return err }, c,
		func() any { z.Subtitle = z.Subtitle[:1]; return z }())
	if got := a.Subtitle[:3][1]; got != someTargets().Subtitle[1] {
		t.Errorf("the subtitle's array now holds %q", got)
	}
}

// TestFitStandsWholeInAColumn catches: on a page of 8 cm a label, a reason or an observed range that is cut, and
// columns that are spared where there is room.
func TestFitStandsWholeInAColumn(t *testing.T) {
	for _, page := range []struct {
		cm    float64
		spare bool
	}{{8, true}, {12, false}} {
		r := &tape{}
		in := someTargets()
		in.Targets = slices.DeleteFunc(in.Targets, func(t FitTarget) bool { return t.ID == "T7" }) // −0.017 to 0.048
		for i := range in.Targets {
			in.Targets[i].Label = in.Targets[i].Label[:min(20, len(in.Targets[i].Label))]
		}
		r.drawn(newFit(in), newInput(&summary.Summary{}, nil).on(Options{Width: page.cm / 2.54}))
		if text := strings.Join(r.words(), "\n"); strings.Contains(text, chart.Ellipsis) {
			t.Errorf("%g cm: something is cut:\n%s", page.cm, text)
		}
		if spared := !slices.Contains(r.words(), "T26"); spared != page.spare {
			t.Errorf("%g cm: spared %t, want %t", page.cm, spared, page.spare)
		}
	}
}
