package outcome

import "slices"

// Joint says which numbers of a replicate of two arms are added up together with their products,
// so that the noise of any weighted sum of some outcomes is known: what stands above and below
// their fraction bars, each number once.
type Joint struct {
	Outcomes []int    // in [All]
	Names    []string // of the numbers: missteps_baseline, missteps_treatment, …, common_cases
	At       [][4]int // by outcome: where its [Reading] stands among the numbers, −1 for what is 1

	from [][2]int // by number: an outcome, and a place in its reading
}

// KeyAnd are the key outcomes, and that of a headline where it is another, as places in [All].
func KeyAnd(headline string) (out []int) {
	for m := range All {
		if All[m].Key || All[m].ID == headline {
			out = append(out, m)
		}
	}
	return out
}

// JointOf lists the numbers of outcomes: what stands above the fraction bars, by outcome and arm,
// then what stands below.
func JointOf(outcomes []int) *Joint {
	j := &Joint{Outcomes: outcomes}
	for _, m := range outcomes {
		id := All[m].ID
		j.At = append(j.At, [4]int{j.number(id+"_baseline", m, 0), -1, j.number(id+"_treatment", m, 2), -1})
	}
	for k, m := range outcomes {
		if names := All[m].below(); names[0] != "" {
			j.At[k][1], j.At[k][3] = j.number(names[0], m, 1), j.number(names[1], m, 3)
		}
	}
	return j
}

// number is the place of a number, which is added where it is new.
func (j *Joint) number(name string, outcome, place int) int {
	if i := slices.Index(j.Names, name); i >= 0 {
		return i
	}
	j.Names, j.from = append(j.Names, name), append(j.from, [2]int{outcome, place})
	return len(j.Names) - 1
}

// below names what stands below the fraction bar in both arms, "" where that is 1.
func (o *Outcome) below() [2]string {
	switch {
	case o.Case == nil:
		return [2]string{}
	case o.OfBaseline:
		return [2]string{"baseline_cases", "baseline_cases"}
	case o.Of == nil:
		return [2]string{"common_cases", "common_cases"}
	}
	return [2]string{o.ID + "_of_baseline", o.ID + "_of_treatment"}
}

// Pick takes the numbers out of the readings of all outcomes.
func (j *Joint) Pick(readings []Reading, into []float64) {
	for i, f := range j.from {
		into[i] = readings[f[0]][f[1]]
	}
}
