package sensitivity

import (
	"cmp"
	"slices"
	"sort"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// Input is an uncertain number of a scenario.
type Input struct {
	Slot    int    `json:"-"`
	Path    string `json:"path"`    // as people write it
	Unit    string `json:"unit"`    // empty for a number of the scenario's own structure
	Learned bool   `json:"learned"` // its marginal distribution is that of the joint sample

	dist  param.Dist
	value []float64 // of the sample, ascending
	upTo  []float64 // 0, then by value the weight up to and with it; the last is 1
}

// Space are the uncertain numbers of a scenario as coordinates of the unit cube: each
// by its own distribution. Numbers of a joint sample enter by their marginal
// distributions in it; how they hang together there is left out, since shares of a
// variance add up for independent inputs only.
type Space struct {
	Inputs []Input
	base   []float64 // by slot
}

// NewSpace lists the uncertain numbers of a scenario, in its order.
func NewSpace(v *scenario.Scenario) *Space {
	s := &Space{base: make([]float64, len(v.Slots))}
	for i := range v.Slots {
		slot := &v.Slots[i]
		if slot.Dist.IsPoint() {
			s.base[i] = slot.Dist.A
			continue
		}
		in := Input{Slot: i, Path: scenario.ShortPath(slot.Path), dist: slot.Dist, Learned: v.Learned(i) != nil}
		if slot.Param >= 0 {
			in.Unit = param.Get(slot.Param).Unit
		}
		if in.Learned {
			in.sample(v.Joint)
		}
		s.Inputs = append(s.Inputs, in)
	}
	return s
}

// sample reads the marginal distribution of the input off a joint sample.
func (in *Input) sample(j *scenario.Joint) {
	k, _ := slices.BinarySearch(j.Slots, in.Slot)
	order, weight := firstOf(len(j.Rows)), slices.Clone(j.Cumulative)
	for i := len(weight) - 1; i > 0; i-- {
		weight[i] -= weight[i-1]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(j.Rows[a][k], j.Rows[b][k]) })
	in.upTo = []float64{0}
	for n, i := range order {
		in.value, in.upTo = append(in.value, j.Rows[i][k]), append(in.upTo, in.upTo[n]+weight[i])
	}
}

// Quantile is the value below which the share u in (0, 1) of the input lies.
func (in *Input) Quantile(u float64) float64 {
	if !in.Learned {
		return in.dist.Quantile(u)
	}
	i := sort.SearchFloat64s(in.upTo[1:], u)
	return in.value[min(i, len(in.value)-1)]
}

// CDF is the share of the input at or below x.
func (in *Input) CDF(x float64) float64 {
	if !in.Learned {
		return in.dist.CDF(x)
	}
	return min(1, in.upTo[sort.Search(len(in.value), func(i int) bool { return in.value[i] > x })])
}

// Theta returns the values of all slots at a point of the unit cube, one coordinate in
// (0, 1) per input.
func (s *Space) Theta(u []float64) []float64 {
	theta := slices.Clone(s.base)
	for i := range s.Inputs {
		theta[s.Inputs[i].Slot] = s.Inputs[i].Quantile(u[i])
	}
	return theta
}
