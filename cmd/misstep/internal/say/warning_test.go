package say

import (
	"testing"

	"github.com/misstep/misstep/model/summary"
)

// TestWarn: every code has its sentences, with its numbers as people read them. Catches a
// code without words, and a number that stands for another.
func TestWarn(t *testing.T) {
	type warning = summary.Warning
	const tail = " of the probability of R8 come from 5 % of the draws: the middle 90 % of them "
	for what, w := range map[string]warning{
		"12 parameter draws": {ID: "few-draws", Draws: 12},
		"the draws of the headline difference differ by no more than their Monte Carlo error": {ID: "unresolved"},
		"one replicate a draw tells no Monte Carlo error":                                     {ID: "one-replicate"},
		"the Monte Carlo error of the headline difference is ±0.35 beside a parameter half-width of 0.5": {
			ID: "coarse", MC: .351, Spread: .5},
		"parameters are drawn from their priors, not from a posterior": {ID: "not-calibrated"},
		"the posterior does not measurably narrow the ratio of the headline's arms": {ID: "not-calibrated",
			Conditioned: true},
		"the posterior narrows the ratio of the headline's arms by 9.9 %": {ID: "not-calibrated", Conditioned: true,
			Contraction: .099},
		"in arm x, 1.3 chains of replies a replicate were cut at the bound on moves": {ID: "cut-chains", Arm: "x",
			Chains: 1.26},
		"arm x discovered no incident": {ID: "no-cases", Arm: "x"},
		"67 %" + tail + "range from 1 in 98000 to 1 in 40": {
			ID: "tail", Share: .667, Few: .05, Low: 1 / 98012.0, High: .025},
		"50 %" + tail + "are all at less than 1 in 10 million": {
			ID: "tail", Share: .5, Few: .05},
	} {
		all := []warning{w}
		Warn(all)
		if got := all[0]; got.What != what || got.Why == "" || got.Do == "" {
			t.Errorf("%s: %+v, want %q", w.ID, got, what)
		}
	}
}

// Odds that are rounded to one digit, or that show zeros of a float, would show here.
func TestOneIn(t *testing.T) {
	for p, want := range map[float64]string{
		1: "1 in 1", 0.5: "1 in 2", 0.1: "1 in 10", 1.0 / 37: "1 in 37", 1.0 / 1234: "1 in 1200", 1.0 / 98765: "1 in 99000",
		1e-7: "1 in 10000000", 9e-8: "less than 1 in 10 million", 0: "less than 1 in 10 million",
	} {
		if have := oneIn(p); have != want {
			t.Errorf("oneIn(%v) = %q, want %q", p, have, want)
		}
	}
}
