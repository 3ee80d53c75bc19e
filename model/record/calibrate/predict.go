package calibrate

import (
	"context"
	"math"
	"slices"
	"sort"

	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
)

// Prediction compares a documented value with what prior and posterior predict.
type Prediction struct {
	Statistic *Statistic
	Observed  Observation
	Prior     [3]float64 // 5, 50, 95 % of fresh histories, in the statistic's unit
	Posterior [3]float64
	Inside    bool    // the documented value lies in the posterior's central 90 %
	Narrowed  float64 // width of the posterior's interval over the prior's, on the scale of comparison
	Width     float64 // the same in the unit of the statistic
	Tail      float64 // probability, under the prior, of a value as far out on its side, doubled
	Undefined float64 // share of the posterior's histories that do not define it
	AsLow     float64 // share of the others with the documented value or less
	AsHigh    float64 // the same with it or more
}

// Predict simulates fresh histories, as many from the prior as from the posterior, and compares every
// statistic with its documented value. Judged values carry their error, since it is they that are
// predicted. The standing is that of the record among the histories of the posterior, by all statistics of the
// distance at once.
func Predict(ctx context.Context, p *Problem, r *abc.Result, o Options) ([]Prediction, abc.Standing, error) {
	n := o.Particles
	prior, err := p.predictive(ctx, n, o, priorDomain,
		func(_ int, rep *random.Replicate, z []float64) { fromPrior(rep, z) })
	if err != nil {
		return nil, abc.Standing{}, err
	}
	pick := Systematic(r.Weights, n)
	post, err := p.predictive(ctx, n, o, predictDomain,
		func(i int, _ *random.Replicate, z []float64) { copy(z, r.Particles[pick[i]]) })
	if err != nil {
		return nil, abc.Standing{}, err
	}
	out := make([]Prediction, len(p.Statistics))
	for k := range out {
		out[k] = p.compare(k, prior[k], post[k])
	}
	return out, p.standing(post), nil
}

// standing compares the record with histories, [statistic][history]. What reaches the bound of a one-sided statistic
// stands at it.
func (p *Problem) standing(histories [][]float64) abc.Standing {
	sets := make([][]float64, len(histories[0]))
	for _, k := range p.used {
		s := &p.Statistics[k]
		for i, x := range histories[k] {
			if s.Low {
				x = math.Min(x, s.bound)
			}
			sets[i] = append(sets[i], x)
		}
	}
	return abc.StandingOf(p.Target(), sets)
}

// predictive simulates n histories and returns their statistics on the scale of
// comparison, [statistic][history].
func (p *Problem) predictive(ctx context.Context, n int, o Options, domain uint64,
	start func(i int, rep *random.Replicate, z []float64)) ([][]float64, error) {
	out := make([][]float64, len(p.Statistics))
	for k := range out {
		out[k] = make([]float64, n)
	}
	source := random.NewSource(o.Generator, o.Seed)
	err := ordered.Map(ctx, n, o.Workers, func(int) ordered.Worker[[]float64] {
		s := p.newSimulator()
		z := make([]float64, p.Dims())
		return func(_ context.Context, i int) ([]float64, error) {
			rep := source.Replicate(domain + uint64(i))
			start(i, &rep, z)
			row := slices.Repeat([]float64{math.NaN()}, len(out))
			if world, ok := s.Play(rep, z); ok {
				for k := range row {
					row[k] = p.Statistics[k].predicted(world, &rep)
				}
			}
			return row, nil
		}
	}, func(i int, row []float64) error {
		for k, x := range row {
			out[k][i] = x
		}
		return nil
	})
	return out, err
}

// predicted is the simulated value as it would be documented: with the error of a judgement, without
// the bound of a one-sided one.
func (s *Statistic) predicted(w *World, rep *random.Replicate) float64 {
	free := *s
	free.Low = false
	return free.compare(w, rep)
}

func (p *Problem) compare(k int, prior, post []float64) Prediction {
	s := &p.Statistics[k]
	out := Prediction{Statistic: s, Observed: p.Observed[k]}
	y := s.Compared(p.Observed[k].Value)
	before, after := defined(prior), defined(post)
	out.Undefined = 1 - float64(len(after))/float64(len(post))
	var a, b [3]float64
	for i, u := range [3]float64{0.05, 0.5, 0.95} {
		a[i], b[i] = quantile(before, u), quantile(after, u)
		out.Prior[i], out.Posterior[i] = s.Natural(a[i]), s.Natural(b[i])
	}
	const hair = 1e-9
	out.Inside = y >= b[0]-hair && y <= b[2]+hair
	if s.Low {
		out.Inside = y <= b[2]+hair
	}
	out.Narrowed = (b[2] - b[0]) / (a[2] - a[0])
	out.Width = (out.Posterior[2] - out.Posterior[0]) / (out.Prior[2] - out.Prior[0])
	out.Tail = tail(before, y, s.Low)
	below, above := beyond(after, y)
	out.AsLow, out.AsHigh = float64(below)/float64(len(after)), float64(above)/float64(len(after))
	return out
}

// tail is twice the smaller share of a sorted sample at or beyond y; of a lower bound the share that
// reaches it.
func tail(sorted []float64, y float64, low bool) float64 {
	if len(sorted) == 0 {
		return 0
	}
	below, above := beyond(sorted, y)
	n := float64(len(sorted))
	if low {
		return float64(above) / n
	}
	return min(1, 2*float64(min(below, above))/n)
}

// beyond counts, in a sorted sample, what is at most y and what is at least y.
func beyond(sorted []float64, y float64) (below, above int) {
	const hair = 1e-9
	return sort.Search(len(sorted), func(i int) bool { return sorted[i] > y+hair }),
		len(sorted) - sort.SearchFloat64s(sorted, y-hair)
}

func defined(x []float64) []float64 {
	out := slices.DeleteFunc(slices.Clone(x), math.IsNaN)
	slices.Sort(out)
	return out
}

// Systematic picks n of weighted particles, evenly spaced: each as often as its weight says, to one.
// Weights are ≥ 0 and sum to 1.
func Systematic(weights []float64, n int) []int {
	out := make([]int, n)
	i, sum := 0, weights[0]
	for k := range out {
		at := (float64(k) + 0.5) / float64(n)
		for sum < at && i+1 < len(weights) {
			i++
			sum += weights[i]
		}
		out[k] = i
	}
	return out
}

func fromPrior(rep *random.Replicate, z []float64) {
	key := random.Stream(random.NameHash("prior of a calibration"), random.Future)
	for j := range z {
		z[j] = rep.Normal(key, j)
	}
}
