package calibrate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/stat"
)

// Options say how thoroughly a calibration samples.
type Options struct {
	Generator      random.Generator
	Seed           uint64
	Particles      int
	Pilot          int
	MaxMoves       int // of a particle in a generation
	MaxSimulations int
	Workers        int
	Progress       func(abc.Progress)
	Checkpoint     func([]byte) error
}

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

func (o *Options) sampler(p *Problem) abc.Options {
	return abc.Options{
		Generator: o.Generator, Seed: o.Seed, Domain: particleDomain, Particles: o.Particles, Pilot: o.Pilot,
		Keep: 0.5, Adapt: 3, MaxMoves: cmp.Or(o.MaxMoves, 5), MinAcceptance: minAcceptance, MaxSimulations: o.MaxSimulations,
		Floor: p.Floors(), Weights: p.weights(), Workers: o.Workers, Progress: o.Progress, Checkpoint: o.Checkpoint,
	}
}

// minAcceptance ends the sampler: below it a smaller distance selects lucky
// histories rather than better parameters, and the regression does the rest.
const minAcceptance = 0.06

// Run infers the parameters. state continues an interrupted run, nil starts one. The
// particles and weights of the result are those after the correction for the
// accepted distance ([abc.Result.Adjust]); its statistics are those simulated before.
func Run(ctx context.Context, p *Problem, o Options, state []byte) (*abc.Result, error) {
	var r *abc.Result
	var err error
	if state != nil {
		r, err = abc.Resume(ctx, p, p.Target(), o.sampler(p), state)
	} else {
		r, err = abc.Run(ctx, p, p.Target(), o.sampler(p))
	}
	if err != nil {
		return nil, err
	}
	if err := p.canSimulate(r.Prior); err != nil {
		return nil, err
	}
	a, err := r.Adjust(p.Target())
	if errors.Is(err, abc.ErrTooFew) {
		return r, nil // a tiny sample is left as it is, and says so
	}
	if err != nil {
		return nil, err
	}
	r.Particles, r.Weights, r.ESS, r.Corrected = a.Particles, a.Weights, a.ESS, true
	return r, nil
}

// Learned says what the record taught about one coordinate.
type Learned struct {
	Path        string
	Unit        string
	Prior       string
	Prior90     [2]float64
	Before      [5]float64 // 5, 25, 50, 75, 95 % of the prior
	After       [5]float64 // the same of the posterior
	Contraction float64    // 1 − sd after / sd before, on the prior's normal scores
	InformedBy  []string   // targets, the strongest first
	Record      bool       // a number of the observation model
}

// levels are the quantiles that are shown.
var levels = [5]float64{0.05, 0.25, 0.5, 0.75, 0.95}

// Silent reports whether the record says nothing of the number: a contraction under
// one in ten.
func (l *Learned) Silent() bool { return l.Contraction < silent }

// silent is the contraction below which the record says nothing.
const silent = 0.1

// Learn compares prior and posterior, coordinate by coordinate.
func Learn(p *Problem, r *abc.Result) []Learned {
	out := make([]Learned, len(p.Space.Coordinates))
	scores, values := p.scores(r)
	ranks := newRanks(r.Prior, p)
	for n := range out {
		c := &p.Space.Coordinates[n]
		l := Learned{Path: c.Path, Unit: c.Unit, Prior: c.Dist.Text, Record: c.at == nil}
		l.Prior90 = [2]float64{c.Dist.Quantile(0.05), c.Dist.Quantile(0.95)}
		for i, u := range levels {
			l.Before[i] = c.Dist.Quantile(u)
			l.After[i] = weighted(values[n], r.Weights, u)
		}
		if sd, ok := stat.Deviation(scores[n], r.Weights); ok {
			l.Contraction = max(0, 1-sd)
		}
		if l.Contraction >= silent {
			l.InformedBy = p.targets(ranks.strongest(n))
		}
		out[n] = l
	}
	return out
}

// scores are the normal scores and values of all coordinates, [coordinate][particle].
func (p *Problem) scores(r *abc.Result) (scores, values [][]float64) {
	dims := p.Dims()
	scores, values = make([][]float64, dims), make([][]float64, dims)
	row := make([]float64, dims)
	for _, z := range r.Particles {
		p.Space.Values(z, row)
		for n, x := range row {
			scores[n] = append(scores[n], p.Space.Score(n, x))
			values[n] = append(values[n], x)
		}
	}
	return scores, values
}

// weighted is the quantile of a weighted sample.
func weighted(x, w []float64, u float64) float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	sum := 0.0
	for _, i := range order {
		sum += w[i]
		if sum >= u {
			return x[i]
		}
	}
	return x[order[len(order)-1]]
}

// ranks hold rank correlations between coordinates and statistics in simulations
// from the prior: what moves what, before anything is fitted.
type ranks struct {
	coordinates [][]float64 // [coordinate][draw] normalised ranks
	statistics  [][]float64 // [used statistic][draw]
	used        []int
}

func newRanks(prior abc.Sample, p *Problem) *ranks {
	r := &ranks{used: p.used}
	column := make([]float64, len(prior.Particles))
	row := make([]float64, p.Dims())
	values := make([][]float64, len(prior.Particles))
	for i, z := range prior.Particles {
		p.Space.Values(z, row)
		values[i] = slices.Clone(row)
	}
	for n := range p.Dims() {
		for i := range values {
			column[i] = values[i][n]
		}
		r.coordinates = append(r.coordinates, normalRanks(column))
	}
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

// strongest lists the statistics that a coordinate moves most in simulations from
// the prior: at most four, with a rank correlation of at least 0.05.
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
