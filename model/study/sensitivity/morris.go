package sensitivity

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
)

// Trajectories is the design of a screening after [Morris1991]: each trajectory
// starts at a point of a grid and moves every input once, in random order, by half
// the range. Start levels and directions are balanced: over every four trajectories
// an input makes each of its possible moves once.
type Trajectories struct {
	inputs, count int
	order         [][]int                 // by trajectory: the input that each step moves
	start         [][]int                 // by trajectory and input: the level before the move
	grid          func(level int) float64 // where a level lies on the unit interval
}

// Levels is the number of levels of an input, as Morris had it.
const Levels = 4

// NewTrajectories lays out so many trajectories over the inputs, one of each at least.
func NewTrajectories(inputs, count int, rep random.Replicate) *Trajectories {
	t := &Trajectories{inputs: inputs, count: count, grid: inside}
	root := random.NameHash("morris")
	for n := range count {
		t.order = append(t.order, shuffled(inputs, rep, random.Entity(root, n)))
		t.start = append(t.start, make([]int, inputs))
	}
	for i := range inputs {
		for block := 0; block*Levels < count; block++ {
			for k, level := range shuffled(Levels, rep, random.Entity(random.Entity(root, -1-i), block)) {
				if n := block*Levels + k; n < count {
					t.start[n][i] = level
				}
			}
		}
	}
	return t
}

func shuffled(n int, rep random.Replicate, entity uint64) []int {
	out, keys := make([]int, n), make([]uint64, n)
	for i := range out {
		out[i], keys[i] = i, rep.Bits(random.Stream(entity, random.Shuffle), i)
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), a-b) })
	return out
}

// Steps is the number of points of a trajectory, one more than there are inputs.
func (t *Trajectories) Steps() int { return t.inputs + 1 }

// inside puts levels in the middle of equal parts: ⅛, ⅜, ⅝ and ⅞. No quantile there is
// infinite.
func inside(level int) float64 { return (float64(level) + 0.5) / Levels }

// after is the level of an input once it has moved: half of the levels away.
func after(level int) int { return (level + Levels/2) % Levels }

// Point fills x, one coordinate in [0, 1] per input, with a point of a trajectory;
// step 0 is its start.
func (t *Trajectories) Point(trajectory, step int, x []float64) {
	for i, level := range t.start[trajectory] {
		x[i] = t.grid(level)
	}
	for _, i := range t.order[trajectory][:step] {
		x[i] = t.grid(after(t.start[trajectory][i]))
	}
}

// Effect is what screening says of one input. An elementary effect is the change of
// the output over that of the input, on the unit interval.
type Effect struct {
	Mean    float64 `json:"mu"`      // μ: mean of the elementary effects
	MeanAbs float64 `json:"mu_star"` // μ*: mean of their sizes, Monte Carlo noise included
	SD      float64 `json:"sigma"`   // σ: their spread without noise: curvature and interactions
	RMS     float64 `json:"rms"`     // root of their mean square without noise: what inputs are ranked by
	Noise   float64 `json:"noise"`   // the μ* that noise alone would give
}

// Effects computes the elementary effects of every input. The responses are given by
// trajectory and step.
func (t *Trajectories) Effects(at func(trajectory, step int) Response) []Effect {
	out := make([]Effect, t.inputs)
	square, mean := make([]float64, t.inputs), make([]Response, t.inputs)
	r := float64(t.count)
	for n := range t.count {
		before := at(n, 0)
		for step, i := range t.order[n] {
			now := at(n, step+1)
			level := t.start[n][i]
			delta := t.grid(after(level)) - t.grid(level)
			d := now.minus(before)
			if mean[i] == nil {
				mean[i] = make(Response, len(d))
			}
			for k := range d {
				d[k] /= delta
				mean[i][k] += d[k] / r
			}
			e := &out[i]
			e.MeanAbs += math.Abs(d.Mean()) / r
			e.Noise += math.Sqrt(2/math.Pi*noiseOf(d)) / r
			square[i] += product(d, d) / r
			before = now
		}
	}
	for i := range out {
		e := &out[i]
		e.Mean, e.RMS = mean[i].Mean(), math.Sqrt(max(0, square[i]))
		if t.count > 1 {
			e.SD = math.Sqrt(max(0, (square[i]-product(mean[i], mean[i]))*r/(r-1)))
		}
	}
	return out
}
