package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/random"
)

// Options are the size of a study.
type Options struct {
	Trajectories int   `json:"trajectories"`     // of the screening, each of as many points as there are inputs and one
	Levels       int   `json:"levels"`           // of the screening: [Levels]
	Rows         int   `json:"rows"`             // of the analysis of variance; 0 for the screening alone
	Leading      int   `json:"leading"`          // inputs that have indices of their own; the others form a group
	Replicates   int   `json:"point_replicates"` // two at least: one could not tell noise
	Measures     []int `json:"-"`                // in outcome.All
}

// designDomain keeps the points of studies apart from replicates and parameter draws.
const designDomain = 1 << 57

// Study screens the uncertain numbers of a scenario and splits the variance of its
// outputs among the most important ones. It is a list of points, in an order in which
// any part of it is balanced; the second half depends on the results of the first.
type Study struct {
	Space     *Space
	Evaluator *Evaluator
	Options   Options
	rep       random.Replicate
	screening *Trajectories
}

// NewStudy prepares a study of the headline arms of a plan. The scenario needs two arms
// and an uncertain number.
func NewStudy(p experiment.Plan, o Options) (*Study, error) {
	s := &Study{Space: NewSpace(p.Scenario), Options: o,
		rep: random.NewSource(p.Generator, p.Seed).Replicate(designDomain)}
	if len(s.Space.Inputs) == 0 {
		return nil, fmt.Errorf("no number of the scenario is uncertain: there is nothing to be sensitive to; give one an " +
			"interval, as in --set \"evidence.gap=20d to 40d\"")
	}
	if o.Replicates < 2 || o.Trajectories < 1 || o.Leading < 1 || o.Rows < 0 || o.Rows == 1 {
		return nil, fmt.Errorf("%d replicates, %d trajectories, %d rows, %d leading inputs; there must be two replicates, "+
			"one trajectory, two rows (or none) and one input at least", o.Replicates, o.Trajectories, o.Rows, o.Leading)
	}
	s.screening = NewTrajectories(len(s.Space.Inputs), o.Trajectories, s.rep)
	var err error
	s.Evaluator, err = NewEvaluator(p, o.Replicates, o.Measures)
	return s, err
}

// Result is what a study says.
type Result struct {
	Effects [][]Effect  // by output and input
	Order   []int       // inputs, the most important first
	Groups  [][]int     // the leading inputs, each alone, then all others; nil without rows
	Indices [][]Indices // by output, on growing parts of the rows, the last all of them; nil without rows
}

// screened is the number of points of the screening.
func (s *Study) screened() int { return s.Options.Trajectories * s.screening.Steps() }

// Points is the number of points of the study.
func (s *Study) Points() int {
	return s.screened() + s.Options.Rows*(2+min(s.Options.Leading+1, len(s.Space.Inputs)))
}

// groups are the leading inputs of an order one by one, then the rest together.
func (s *Study) groups(order []int) [][]int {
	lead := min(s.Options.Leading, len(order))
	out := slices.Collect(slices.Chunk(order[:lead], 1))
	if lead < len(order) {
		out = append(out, slices.Sorted(slices.Values(order[lead:])))
	}
	return out
}

// Stages are the numbers of the last points of the screening and, with rows, of these.
func (s *Study) Stages() []int {
	if s.Options.Rows == 0 {
		return []int{s.screened()}
	}
	return []int{s.screened(), s.Points()}
}

// Run plays the points with so many workers, after those whose responses are known
// from an earlier run, and hands the responses of each to keep, in order. They are
// given by output.
func (s *Study) Run(ctx context.Context, workers int, known [][]Response,
	keep func(responses []Response) error) (*Result, error) {
	all := known
	take := func(r []Response) error {
		all = append(all, r)
		return keep(r)
	}
	first := s.screened()
	if err := s.Play(ctx, workers, nil, len(all), first, take); err != nil {
		return nil, err
	}
	out := &Result{Effects: s.effects(all)}
	out.Order = s.rank(out.Effects)
	if s.Options.Rows == 0 {
		return out, nil
	}
	out.Groups = s.groups(out.Order)
	if err := s.Play(ctx, workers, all, len(all), s.Points(), take); err != nil {
		return nil, err
	}
	per := len(out.Groups) + 2
	for o := range s.Evaluator.Outputs {
		t := NewTable(s.Options.Rows, len(out.Groups), func(n, k int) Response { return all[first+n*per+k][o] })
		out.Indices = append(out.Indices, t.Convergence(s.rep))
	}
	return out, nil
}

// Play plays the points of one stage from one up to another, both counted from 0, as [Study.Run] does. The rows, which
// are points behind the screening, depend on its responses.
func (s *Study) Play(ctx context.Context, workers int, screening [][]Response, from, until int,
	keep func(responses []Response) error) error {
	if from >= until {
		return nil
	}
	begin, row, point := 0, s.screening.Steps(), s.screening.Point
	if first := s.screened(); from >= first {
		d := NewDesign(len(s.Space.Inputs), s.groups(s.rank(s.effects(screening))), s.rep)
		begin, row, point = first, d.Points(), d.Point
	}
	memos := newMemos(row, until-begin)
	do := func(ctx context.Context, job int) ([]Response, error) {
		u, n := make([]float64, len(s.Space.Inputs)), from+job-begin
		point(n/row, n%row, u)
		return s.Evaluator.At(ctx, s.Space.Theta(u), memos.of(n))
	}
	return ordered.Map(ctx, until-from, workers, func(int) ordered.Worker[[]Response] { return do },
		func(job int, r []Response) error {
			memos.taken(from + job - begin)
			return keep(r)
		})
}

// effects are those of every input on every output, from the responses at the points of the screening.
func (s *Study) effects(all [][]Response) (out [][]Effect) {
	steps := s.screening.Steps()
	for o := range s.Evaluator.Outputs {
		out = append(out, s.screening.Effects(func(n, step int) Response { return all[n*steps+step][o] }))
	}
	return out
}

// rank orders the inputs by the largest part that they have in the screening variance
// (the mean squared effects, without noise) of any output; equals by their order.
func (s *Study) rank(effects [][]Effect) []int {
	weight := make([]float64, len(s.Space.Inputs))
	for _, of := range effects {
		sum := 0.0
		for _, e := range of {
			sum += float64(e.RMS * e.RMS)
		}
		for i, e := range of {
			if sum > 0 {
				weight[i] = math.Max(weight[i], e.RMS*e.RMS/sum)
			}
		}
	}
	order := firstOf(len(weight))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	return order
}
