package calibrate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/stat"
)

// Options say how thoroughly a calibration samples: of the sampler's, those that are no matter of the
// problem.
type Options = abc.Options

// The sizes of a calibration: the one that ships, and a quick look.
var (
	Thorough = Options{Particles: 2400, Pilot: 6000, MaxMoves: 8, MaxSimulations: 142000}
	Quick    = Options{Particles: 300, Pilot: 2000, MaxMoves: 3, MaxSimulations: 7000}
)

// Domains of random numbers, so that truths, particles and predictions share none.
const (
	particleDomain uint64 = 1 << abc.DomainBits
	priorDomain    uint64 = 2 << abc.DomainBits
	predictDomain  uint64 = 3 << abc.DomainBits
)

func (p *Problem) sampler(o Options) abc.Options {
	o.Domain, o.Keep, o.Adapt, o.MaxMoves, o.MinAcceptance = particleDomain, 0.5, 3, cmp.Or(o.MaxMoves, 5), minAcceptance
	o.Floor, o.Weights = p.Floors(), p.weights()
	return o
}

// minAcceptance ends the sampler: below it a smaller distance selects lucky histories rather than
// better parameters.
const minAcceptance = 0.06

// Run infers the parameters: [Sample], then [Problem.Correct] as the fit that ships.
func Run(ctx context.Context, p *Problem, o Options, state []byte) (*abc.Result, error) {
	r, err := Sample(ctx, p, o, state)
	if err != nil {
		return nil, err
	}
	return p.Correct(r, Ridged)
}

// Sample takes the particles. state continues an interrupted run, nil starts one.
func Sample(ctx context.Context, p *Problem, o Options, state []byte) (*abc.Result, error) {
	r, err := abc.Run(ctx, p, p.Target(), p.sampler(o), state)
	if err != nil {
		return nil, err
	}
	return r, p.canSimulate(r.Prior)
}

// Correction says how a sample is corrected for the distance that was accepted.
type Correction string

// The corrections. What ships is ridged: the record lies at the edge of what the model makes, where full slopes carry
// levels further than the particles can tell (decision 0025).
const (
	Ridged  Correction = "ridged"
	Full    Correction = "corrected"
	Sampled Correction = "sampled" // not at all
)

// ridge shrinks the slopes on all statistics but counts of incidents, which the record tells best.
const ridge = 0.3

// Correct corrects a sample: particles and weights are those after ([abc.Result.Adjust]), statistics those simulated
// before. One that is too small for it is left as it is, and says so.
func (p *Problem) Correct(r *abc.Result, c Correction) (*abc.Result, error) {
	if c == Sampled {
		return r, nil
	}
	shrink := p.each(func(n int) float64 {
		if c == Full || p.Statistics[n].Unridged {
			return 0
		}
		return ridge
	})
	adjusted, err := r.Adjust(p.Target(), shrink)
	if errors.Is(err, abc.ErrTooFew) {
		return r, nil
	}
	return adjusted, err
}

// Learned says what the record taught about one coordinate.
type Learned struct {
	Path        string
	Unit        string
	Prior       string
	Before      [5]float64 // 5, 25, 50, 75, 95 % of the prior
	After       [5]float64 // the same of the posterior
	Contraction float64    // 1 − sd after / sd before, on the prior's normal scores
	InformedBy  []string   // targets, the strongest first
	Record      bool       // a number of the observation model
}

var levels = [5]float64{0.05, 0.25, 0.5, 0.75, 0.95}

// Silent reports whether the record says nothing of the number.
func (l *Learned) Silent() bool { return l.Contraction < silent }

// silent is the contraction below which the record says nothing.
const silent = 0.1

// Learn compares prior and posterior, coordinate by coordinate.
func Learn(p *Problem, r *abc.Result) []Learned {
	out := make([]Learned, len(p.Space.Coordinates))
	values, ranks := p.values(r.Particles), newRanks(r.Prior, p)
	for n := range out {
		c := &p.Space.Coordinates[n]
		l := Learned{Path: c.Path, Unit: c.Unit, Prior: c.Dist.Text, Record: c.OfRecord()}
		for i, u := range levels {
			l.Before[i] = c.Dist.Quantile(u)
			l.After[i] = weighted(values[n], r.Weights, u)
		}
		if sd, ok := stat.Deviation(p.scores(n, values[n]), r.Weights); ok {
			l.Contraction = max(0, 1-sd)
		}
		if l.Contraction >= silent {
			l.InformedBy = p.targets(ranks.strongest(n))
		}
		out[n] = l
	}
	return out
}

// values are those of all coordinates, [coordinate][particle].
func (p *Problem) values(particles [][]float64) [][]float64 {
	out, row := make([][]float64, p.Dims()), make([]float64, p.Dims())
	for _, z := range particles {
		p.Space.Values(z, row)
		for n, x := range row {
			out[n] = append(out[n], x)
		}
	}
	return out
}

func (p *Problem) scores(n int, values []float64) []float64 {
	out := make([]float64, len(values))
	for i, x := range values {
		out[i] = p.Space.Score(n, x)
	}
	return out
}

// weighted is the quantile of a weighted sample. Unlike scenario.WeightedQuantile it takes sums of
// weights as they are rounded, which the numbers that ship rest on.
func weighted(x, w []float64, u float64) float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	sum := 0.0
	for _, i := range order {
		if sum += w[i]; sum >= u {
			return x[i]
		}
	}
	return x[order[len(order)-1]]
}

// ranks hold rank correlations of coordinates with statistics in simulations from the prior.
type ranks struct {
	coordinates [][]float64 // [coordinate][draw] normalised ranks
	statistics  [][]float64 // [used statistic][draw]
	used        []int
}

func newRanks(prior abc.Sample, p *Problem) *ranks {
	r := &ranks{used: p.used}
	for _, x := range p.values(prior.Particles) {
		r.coordinates = append(r.coordinates, normalRanks(x))
	}
	column := make([]float64, len(prior.Stats))
	for k := range p.used {
		for i := range prior.Stats {
			column[i] = prior.Stats[i][k]
		}
		r.statistics = append(r.statistics, normalRanks(column))
	}
	return r
}

// normalRanks are ranks with mean 0 and length 1; ties share theirs, NaN gets 0.
func normalRanks(x []float64) []float64 {
	out, length := stat.Ranks(x), 0.0
	for _, r := range out {
		length += float64(r * r)
	}
	for i := range out {
		if length > 0 {
			out[i] /= math.Sqrt(length)
		}
	}
	return out
}

// strongest lists the statistics that a coordinate moves most: at most four, with a rank correlation of
// 0.05 or more.
func (r *ranks) strongest(n int) []int {
	type link struct {
		statistic int
		strength  float64
	}
	var links []link
	for k := range r.statistics {
		rho := 0.0
		for i, x := range r.coordinates[n] {
			rho += float64(x * r.statistics[k][i])
		}
		if math.Abs(rho) >= 0.05 {
			links = append(links, link{r.used[k], math.Abs(rho)})
		}
	}
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(b.strength, a.strength) })
	var out []int
	for _, l := range links[:min(4, len(links))] {
		out = append(out, l.statistic)
	}
	return out
}
