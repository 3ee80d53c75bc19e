package figure

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// fitCase is a figure that is made from no summary, with an input.
type fitCase struct {
	chart alone
	files func(Options) ([]File, error)
}

func fitOf(in *FitInput) fitCase {
	return fitCase{newFit(in), func(o Options) ([]File, error) { return Fit(in, o) }}
}

func learnedOf(in *LearnedInput) fitCase {
	return fitCase{newLearned(in), func(o Options) ([]File, error) { return Learned(in, o) }}
}

func backtestOf(in *BacktestInput) fitCase {
	return fitCase{newBacktest(in), func(o Options) ([]File, error) { return Backtest(in, o) }}
}

// fitCharts are the ordinary inputs and those that a figure must survive.
func fitCharts() map[string]fitCase {
	out := map[string]fitCase{
		"fit": fitOf(someTargets()), "learned": learnedOf(someParameters()), "backtest": backtestOf(somePanels()),
		"forecast": backtestOf(aForecast()),
		"fit nil":  fitOf(nil), "learned nil": learnedOf(nil), "backtest nil": backtestOf(nil),
		"fit empty":      fitOf(&FitInput{Targets: make([]FitTarget, 1)}),
		"learned empty":  learnedOf(&LearnedInput{Parameters: make([]LearnedParameter, 1)}),
		"backtest empty": backtestOf(&BacktestInput{Panels: make([]BacktestPanel, 1)}),
		"fit 60":         fitOf(manyTargets(60)), "fit long": fitOf(longTargets()),
		"learned long":  learnedOf(longParameters()),
		"backtest long": backtestOf(longPanels()), "learned taught": learnedOf(taughtParameters(60)),
		"learned few":    learnedOf(fewParameters(3)),
		"learned silent": learnedOf(silentParameters(240)), "backtest ragged": backtestOf(raggedPanels()),
		"backtest wide": backtestOf(widePanels()), "backtest century": backtestOf(centuryPanels()),
	}
	for n := 1; n <= 8; n++ {
		in := somePanels()
		for len(in.Panels) < n {
			in.Panels = append(in.Panels, in.Panels[len(in.Panels)-4])
		}
		in.Panels = in.Panels[:n]
		out[fmt.Sprint("backtest ", n)] = backtestOf(in)
	}
	for name, v := range map[string]float64{"nan": nan, "infinite": inf, "zero": 0, "one": 1, "negative": -3,
		"huge": 1e300, "largest": math.MaxFloat64, "tiny": 5e-324} {
		a, b, c := someTargets(), someParameters(), somePanels()
		for _, x := range []any{a, b, c} {
			overwriteAll(reflect.ValueOf(x), v)
		}
		out["fit "+name], out["learned "+name], out["backtest "+name] = fitOf(a), learnedOf(b), backtestOf(c)
	}
	return out
}

// overwriteAll puts v into every number of a structure, arrays included.
func overwriteAll(x reflect.Value, v float64) {
	switch x.Kind() {
	case reflect.Array:
		for i := range x.Len() {
			overwriteAll(x.Index(i), v)
		}
	case reflect.Slice:
		for i := range x.Len() {
			overwriteAll(x.Index(i), v)
		}
	case reflect.Struct:
		for i := range x.NumField() {
			overwriteAll(x.Field(i), v)
		}
	case reflect.Pointer:
		overwriteAll(x.Elem(), v)
	default:
		overwrite(x, v)
	}
}

const longLabel = "the share of publicly known operations that a government attributes – “by name”, ±1, " +
	"Ελλάς " +
	"Москва 東京 🛰 – with two partners or more"

func manyTargets(n int) *FitInput {
	in := someTargets()
	for i := 0; len(in.Targets) < n; i++ {
		in.Targets = append(in.Targets, in.Targets[i])
	}
	return in
}

func longTargets() *FitInput {
	in := manyTargets(40)
	in.Title, in.Source = strings.Repeat(longLabel+" ", 2), strings.Repeat(longLabel+" ", 2)
	in.Subtitle = append(in.Subtitle, longLabel, strings.Repeat("w", 300))
	for i := range in.Targets {
		t := &in.Targets[i]
		t.ID, t.Label, t.Unit, t.Log = "TARGET-10000"+t.ID, longLabel, "incidents per year and pair of states", true
		t.Observed *= 123456789
		if i%3 == 0 {
			t.Inside, t.Why = false, strings.Repeat(longLabel+" ", 3)
		}
		if i%5 == 0 {
			t.OneSided, t.Low, t.Use = true, nan, "Q"
		}
	}
	return in
}

func longParameters() *LearnedInput {
	in := someParameters()
	in.Title, in.Subtitle, in.Source = longLabel, []string{strings.Repeat(longLabel+" ", 3)},
		strings.Repeat(longLabel+" ", 2)
	for i := range in.Parameters {
		q := &in.Parameters[i]
		q.Label, q.InformedBy = longLabel+" "+q.Name, strings.Fields(longLabel)
	}
	return in
}

func taughtParameters(n int) *LearnedInput {
	in := someParameters()
	for i := 0; len(in.Parameters) < n; i++ {
		in.Parameters = append(in.Parameters, in.Parameters[i])
	}
	for i := range in.Parameters {
		in.Parameters[i].Contraction = .1 + float64(i)/100
	}
	return in
}

func fewParameters(n int) *LearnedInput {
	in := someParameters()
	in.Parameters = in.Parameters[:n]
	return in
}

func silentParameters(n int) *LearnedInput {
	in := taughtParameters(n)
	for i := range in.Parameters {
		in.Parameters[i].Contraction = -float64(i) / 100
	}
	return in
}

func longPanels() *BacktestInput {
	in := somePanels()
	in.Title, in.Quantity, in.Source = longLabel, longLabel, strings.Repeat(longLabel+" ", 2)
	in.Subtitle, in.Baselines = []string{longLabel, longLabel}, []string{longLabel, longLabel, longLabel}
	for i := range in.Panels {
		in.Panels[i].Cutoff, in.Panels[i].Text = longLabel, longLabel
	}
	return in
}

// raggedPanels have lists of other lengths than their years, bands out of order and
// years that are none.
func raggedPanels() *BacktestInput {
	in := somePanels()
	in.Panels[0].Observed, in.Panels[1].Bands, in.Panels[2].Baselines = in.Panels[0].Observed[:3],
		in.Panels[1].Bands[:9], nil
	in.Panels[2].Bands[11] = [5]float64{5, 4, 3, 2, 1}
	in.Panels[3].Years[2], in.Panels[3].Years[3] = math.MinInt, math.MaxInt
	in.Panels[3].Seen = math.MaxInt
	return in
}

// widePanels have a band that would flatten all others.
func widePanels() *BacktestInput {
	in := somePanels()
	in.Panels[0].Bands[13][4] = 4e6
	in.Panels[1].Observed[12] = 31
	return in
}

// centuryPanels have more years than an axis has labels.
func centuryPanels() *BacktestInput {
	q := BacktestPanel{Cutoff: "31 Dec 1990", Seen: 1990}
	for y := 1900; y <= 2200; y++ {
		q.Years, q.Observed = append(q.Years, y), append(q.Observed, y%7)
		q.Bands = append(q.Bands, [5]float64{1, 2, 3, 4, 5})
	}
	return &BacktestInput{Panels: []BacktestPanel{q, q, q}}
}
