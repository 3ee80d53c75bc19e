package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/ladder"
)

// The players of the split of a misstep, in bits: the cell of the posterior (the
// culprit first, then the intent given the culprit), the severity, the rival's type.
const (
	byCell = 1 << iota
	bySeverity
	byType
)

// contributions splits a misstep among the false beliefs behind it: the Shapley
// values of 1[rung ≥ R3] as beliefs are replaced by the truth. They add up to 1,
// and the cell's part is split by correcting the culprit before the intent.
func (w *world) contributions(k *victimCase, held, onTruth *decide.Beliefs) {
	public := func(corrected int, culpritOnly bool) float64 {
		b := corrected3(held, onTruth, corrected, culpritOnly)
		if w.choose(k, &b, &k.snap, int32(k.target)).rung >= ladder.Public {
			return 1
		}
		return 0
	}
	var value [8]float64
	for set := range value {
		value[set] = public(set, false)
	}
	// Weights of a coalition of size 0, 1, 2 among three players.
	weight := [3]float64{1.0 / 3, 1.0 / 6, 1.0 / 3}
	size := [8]int{0, 1, 1, 2, 1, 2, 2, 3}
	var shares [4]float64
	for set := range value {
		if set&byCell == 0 {
			half := public(set|byCell, true)
			shares[0] += float64(weight[size[set]] * (value[set] - half))
			shares[1] += float64(weight[size[set]] * (half - value[set|byCell]))
		}
		if set&bySeverity == 0 {
			shares[2] += float64(weight[size[set]] * (value[set] - value[set|bySeverity]))
		}
		if set&byType == 0 {
			shares[3] += float64(weight[size[set]] * (value[set] - value[set|byType]))
		}
	}
	k.shares = shares
}

// corrected3 replaces the held beliefs in the set by the truth; with culpritOnly
// the cell's culprit and not its intent.
func corrected3(held, onTruth *decide.Beliefs, set int, culpritOnly bool) decide.Beliefs {
	b := *held
	if set&byCell != 0 {
		b.Culprit = onTruth.Culprit
		if !culpritOnly {
			b.Intent = onTruth.Intent
		}
	}
	if set&bySeverity != 0 {
		b.Severity = onTruth.Severity
	}
	if set&byType != 0 {
		b.StatusQuo = onTruth.StatusQuo
	}
	return b
}
