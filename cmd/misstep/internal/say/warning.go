package say

import (
	_ "embed"
	"fmt"
	"math"
	"text/template"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/summary"
)

//go:embed warning.tmpl
var warningText string

// warningLines has three lines for every code: what, why it matters, and what to do.
var warningLines = template.Must(template.New("").Parse(warningText))

// warning is what the templates know of one.
type warning struct {
	*summary.Warning
	MC, Spread, Chains, Share, Few, Low, High string

	Even bool // the draws are all alike
}

// Warn writes the sentences of warnings.
func Warn(all []summary.Warning) {
	for i := range all {
		w := &all[i]
		two := func(x float64) string { return fmt.Sprintf("%.2g", x) }
		percent := func(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }
		v := &warning{Warning: w, MC: two(w.MC), Spread: two(w.Spread), Chains: two(w.Chains),
			Share: percent(w.Share), Few: percent(w.Few), Low: oneIn(w.Low), High: oneIn(w.High)}
		v.Even = v.Low == v.High
		lines := Lines(warningLines, w.ID, v)
		w.What, w.Why, w.Do = lines[0], lines[1], lines[2]
	}
}

// oneIn writes a small probability as odds, to two digits.
func oneIn(p float64) string {
	if p < 1e-7 {
		return "less than 1 in 10 million"
	}
	digit := elem.Pow(10, math.Floor(elem.Log10(1/p))-1)
	return fmt.Sprintf("1 in %.0f", math.Round(1/p/digit)*digit)
}
