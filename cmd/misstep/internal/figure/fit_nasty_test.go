package figure

import (
	"fmt"
	"reflect"
	"strings"
)

// fitCase is a figure that is made from no summary, with an input.
type fitCase struct {
	chart picture
	files func(Options) ([]File, error)
}

func fitOf(in *FitInput) fitCase {
	return fitCase{newFit(in), Fit(in).Draw}
}

func learnedOf(in *LearnedInput) fitCase {
	return fitCase{newLearned(in), Learned(in).Draw}
}

func backtestOf(in *BacktestInput) fitCase {
	return fitCase{newBacktest(in), Backtest(in).Draw}
}

// fitCharts are the ordinary inputs and those that a figure must survive.
func fitCharts() map[string]fitCase {
	out := map[string]fitCase{
		"fit": fitOf(someTargets()), "learned": learnedOf(someParameters()), "backtest": backtestOf(somePanels()),
		"forecast":      backtestOf(aForecast()),
		"fit empty":     fitOf(&FitInput{Targets: make([]FitTarget, 1)}),
		"learned empty": learnedOf(&LearnedInput{Parameters: make([]LearnedParameter, 1)}),

		"fit 60": fitOf(manyTargets(60)), "fit long": fitOf(longTargets()),
		"learned long":  learnedOf(longParameters()),
		"backtest long": backtestOf(longPanels()), "learned taught": learnedOf(taughtParameters(60)),
		"learned few":    learnedOf(fewParameters(3)),
		"learned silent": learnedOf(silentParameters(240)),
		"backtest wide":  backtestOf(widePanels()),
	}
	for n := 1; n <= 8; n++ {
		in := somePanels()
		for len(in.Panels) < n {
			in.Panels = append(in.Panels, in.Panels[len(in.Panels)-4])
		}
		in.Panels = in.Panels[:n]
		out[fmt.Sprint("backtest ", n)] = backtestOf(in)
	}
	for name, v := range map[string]float64{"zero": 0, "one": 1, "negative": -3, "huge": 1e12} {
		a, b, c := someTargets(), someParameters(), somePanels()
		for _, x := range []any{a, b, c} {
			overwriteAll(reflect.ValueOf(x), v)
		}
		out["fit "+name], out["backtest "+name] = fitOf(a), backtestOf(c)
		if v == 0 || v == 1 { // a percentile is no other
			out["learned "+name] = learnedOf(b)
		}
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
	in.Subtitle = append(in.Subtitle, longLabel, strings.Repeat("w", 300))
	for i := range in.Targets {
		t := &in.Targets[i]
		t.ID, t.Label, t.Unit, t.Log = "TARGET-10000"+t.ID, longLabel, "incidents per year and pair of states", true
		t.Observed *= 123456789
		if i%3 == 0 {
			t.Inside, t.Why = false, strings.Repeat(longLabel+" ", 3)
		}
		if i%5 == 0 {
			t.OneSided, t.Low, t.Use = true, nan, "L"
		}
	}
	return in
}

func longParameters() *LearnedInput {
	in := someParameters()
	in.Subtitle = []string{strings.Repeat(longLabel+" ", 3)}
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
	in.Quantity = longLabel
	in.Subtitle, in.Baselines = []string{longLabel, longLabel}, []string{longLabel, longLabel, longLabel}
	for i := range in.Panels {
		in.Panels[i].Cutoff, in.Panels[i].Text = longLabel, longLabel
	}
	return in
}

// widePanels have a band that would flatten all others.
func widePanels() *BacktestInput {
	in := somePanels()
	in.Panels[0].Years[13].Band[4] = 4e6
	in.Panels[1].Years[12].Observed = 31
	return in
}
