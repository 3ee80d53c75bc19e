package scenario

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/misstep/misstep/model/param"
)

// Joint is a weighted sample of parameter vectors: some slots are drawn from it
// together, a row at a time, in place of their own distributions. Those stay in
// the slots, as the prior that the sample updates.
type Joint struct {
	Hash       uint64      // of rows and weights
	Slots      []int       // indices into [Scenario.Slots], ascending
	Rows       [][]float64 // rows × slots, in the domains of the slots
	Cumulative []float64   // by row: the weight up to and with it, ascending, the last 1
	Learned    []Learned   // by slot
}

// Free counts the numbers that have a distribution.
func (v *Scenario) Free() int {
	n := 0
	for i := range v.Slots {
		if !v.Slots[i].Dist.IsPoint() {
			n++
		}
	}
	return n
}

// Learned says what a sample tells of one slot.
type Learned struct {
	Contraction float64  // 1 − sd after / sd before, on the prior's normal scores; [0, 1]
	Silent      bool     // the record says next to nothing
	InformedBy  []string // keys of targets
	Prior       Origin   // the layer that the distribution before is from
}

// NewJoint makes a joint of rows × slots with weights > 0, which it scales to sum
// to 1, and what was learned by slot. Rows are put in an order of their own, so
// that nothing depends on the order in which they come; slots must ascend.
func NewJoint(slots []int, rows [][]float64, weights []float64, learned []Learned) *Joint {
	if len(rows) != len(weights) || len(rows) == 0 || len(slots) != len(learned) || !slices.IsSorted(slots) {
		panic(fmt.Sprintf("scenario: a joint of %d rows, %d weights, %d slots, %d learned", len(rows), len(weights),
			len(slots), len(learned)))
	}
	order := ordered(len(rows), func(a, b int) int {
		return cmp.Or(slices.Compare(rows[a], rows[b]), cmp.Compare(weights[a], weights[b]))
	})
	j := &Joint{Slots: slots, Learned: learned}
	h := fnv.New64a()
	put := func(x float64) {
		h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x)))
	}
	sum := 0.0
	for _, i := range order {
		put(weights[i])
		for _, x := range rows[i] {
			put(x)
		}
		sum += weights[i]
		j.Rows = append(j.Rows, rows[i])
		j.Cumulative = append(j.Cumulative, sum)
	}
	for i := range j.Cumulative {
		j.Cumulative[i] /= sum
	}
	j.Hash = h.Sum64()
	return j
}

// ordered are the indices below n in an order.
func ordered(n int, by func(a, b int) int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, by)
	return out
}

// Row returns the values by slot of the row at u in (0, 1): the first whose
// cumulative weight reaches u.
func (j *Joint) Row(u float64) []float64 {
	i := sort.SearchFloat64s(j.Cumulative, u)
	return j.Rows[min(i, len(j.Rows)-1)]
}

// Without is the joint without a slot, with its rows in the same order, so that a draw takes
// the same row.
func (j *Joint) Without(slot int) *Joint {
	k, drawn := slices.BinarySearch(j.Slots, slot)
	if !drawn {
		return j
	}
	out := &Joint{Hash: j.Hash, Cumulative: j.Cumulative, Slots: slices.Delete(slices.Clone(j.Slots), k, k+1),
		Learned: slices.Delete(slices.Clone(j.Learned), k, k+1)}
	for _, row := range j.Rows {
		out.Rows = append(out.Rows, slices.Delete(slices.Clone(row), k, k+1))
	}
	return out
}

// Learned returns what the joint tells of a slot, nil if it is drawn on its own.
func (v *Scenario) Learned(slot int) *Learned {
	if v.Joint == nil {
		return nil
	}
	if k, ok := slices.BinarySearch(v.Joint.Slots, slot); ok {
		return &v.Joint.Learned[k]
	}
	return nil
}

// Quantile returns the value below which the share u in (0, 1) of a slot's draws
// lies: of its weighted sample where the slot has one, else of its distribution.
func (v *Scenario) Quantile(slot int, u float64) float64 {
	j := v.Joint
	if v.Learned(slot) == nil {
		return v.Slots[slot].Dist.Quantile(u)
	}
	k, _ := slices.BinarySearch(j.Slots, slot)
	values, weights := make([]float64, len(j.Rows)), make([]float64, len(j.Rows))
	before := 0.0
	for i, row := range j.Rows {
		values[i], weights[i], before = row[k], j.Cumulative[i]-before, j.Cumulative[i]
	}
	return WeightedQuantile(values, weights, u)
}

// WeightedQuantile returns the lowest value up to which at least the share u in
// (0, 1) of the weights lies. Weights are ≥ 0 and need not sum to 1; there is at
// least one value.
func WeightedQuantile(values, weights []float64, u float64) float64 {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	order := ordered(len(values), func(a, b int) int {
		return cmp.Or(cmp.Compare(values[a], values[b]), cmp.Compare(weights[a], weights[b]))
	})
	// What rounding leaves of a sum must not reach one value further.
	const rounding = 1e-12
	sum := 0.0
	for _, i := range order {
		if sum += weights[i]; sum >= (u-rounding)*total {
			return values[i]
		}
	}
	return values[order[len(order)-1]]
}

// ShortPath is the path of a number as people write it, without the leading
// "assumptions.": choice.price, states.China.choice.price.
func ShortPath(path string) string { return strings.TrimPrefix(path, "assumptions.") }

// DomainOf returns the domain of the number that a path leads to, as in
// choice.price, states.China.choice.price or onset.China>Japan.rate; the names of
// states, groups and channels may be any. It is false where no number can stand.
func DomainOf(path string) (param.Domain, bool) {
	at, ok := shapeAt(fullPath(path)).(number)
	return at.domain, ok
}

// shapeAt is what stands at the end of a path from the root, nil where nothing can.
func shapeAt(parts []string) shape {
	var s shape = format
	for _, part := range parts {
		at, ok := s.(composite)
		if !ok {
			return nil
		}
		f, ok := at.below(part)
		if m, is := s.(mapping); is && !ok && m.inner != "" { // the name of one of its items
			f, _ = m.below(m.inner)
			f, ok = f.shape.(list).below(part)
		}
		if !ok {
			return nil
		}
		s = f.shape
	}
	return s
}
