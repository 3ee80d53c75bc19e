package backtest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// Input is what a backtest rests on: the histories to the end of the record, and the
// evidence.
type Input struct {
	American, British *scenario.Scenario
	Tables            *evidence.Tables
}

// Options say how thoroughly to calibrate and to predict.
type Options struct {
	Calibrate calibrate.Options // particles, pilot and limit of each cut-off; generator, seed and workers of all
	Futures   int               // of each cut-off, ≥ 2
	Progress  func(Progress)    // called now and then, one call at a time
}

// The sizes of a backtest: five cut-offs in about ten minutes on two processors, and a tenth of it.
var (
	Thorough = Options{Calibrate: calibrate.Options{Particles: 600, Pilot: 4000, MaxMoves: 8, MaxSimulations: 26000},
		Futures: 1200}
	Quick = Options{Calibrate: calibrate.Options{Particles: 100, Pilot: 400, MaxSimulations: 1500}, Futures: 120}
)

// Progress says how far a backtest is.
type Progress struct {
	Cutoff, Cutoffs int // from 1
	Until           time.Time
	Simulations     int // of this cut-off, about
	Most            int // that this cut-off may take, futures included
}

// DefaultCutoffs are the rolling cut-offs.
func DefaultCutoffs() []time.Time {
	var out []time.Time
	for _, y := range []int{2016, 2018, 2020, 2022, 2023} {
		out = append(out, newYear(y+1).AddDate(0, 0, -1))
	}
	return out
}

// firstYear is the first of the record that the baselines count.
const firstYear = 2013

const earliest = 2015

// Backtest is a prepared backtest.
type Backtest struct {
	Input
	cutoffs []*prepared
}

type prepared struct {
	until   time.Time
	problem *calibrate.Problem
	player  player
	dropped []string
}

// Prepare checks the cut-offs, in any order, and builds what is inferred at each. An error names the
// one that is too early, too late, or given twice.
func Prepare(in Input, cutoffs []time.Time) (*Backtest, error) {
	b := &Backtest{Input: in}
	cutoffs = slices.Clone(cutoffs)
	slices.SortFunc(cutoffs, time.Time.Compare)
	end := in.Tables.Until()
	for i, until := range cutoffs {
		day := until.Format(time.DateOnly)
		switch {
		case until.Before(newYear(earliest)):
			return nil, fmt.Errorf("the cut-off %s lies before %d, when there is hardly a record to fit; take a later one", day,
				earliest)
		case !until.Before(end):
			return nil, fmt.Errorf("the cut-off %s leaves nothing to predict: the evidence ends on %s; take an earlier one", day,
				end.Format(time.DateOnly))
		case i > 0 && until.Equal(cutoffs[i-1]):
			return nil, fmt.Errorf("the cut-off %s is given twice; give each once", day)
		}
		p, err := prepare(in, until)
		if err != nil {
			return nil, err
		}
		p.player.windows = windows(until, end)
		b.cutoffs = append(b.cutoffs, p)
	}
	return b, nil
}

// prepare builds the inference at a cut-off from what was known then.
func prepare(in Input, until time.Time) (*prepared, error) {
	h, err := calibrate.NewHistories(in.American, in.British, until)
	if err != nil {
		return nil, err
	}
	h.American, h.British = Cut(h.American, until), Cut(h.British, until)
	problem, err := calibrate.NewProblem(h, undecided(in.Tables, until))
	if err != nil {
		return nil, err
	}
	p := &prepared{until: until, problem: problem}
	for _, s := range calibrate.Statistics() {
		has := slices.ContainsFunc(problem.Statistics, func(k calibrate.Statistic) bool { return k.ID == s.ID })
		if s.Use == calibrate.Calibrate && !has {
			p.dropped = append(p.dropped, s.ID)
		}
	}
	p.player = player{problem: problem, outlooks: newOutlooks(h, in.Tables)}
	return p, nil
}

// undecided returns the evidence with dialogues alive, as far as their last meeting told, whose last
// event was still to come. A calibration leaves out everything else that came later.
func undecided(t *evidence.Tables, until time.Time) *evidence.Tables {
	dated := func(key string) bool {
		e, ok := t.Event(key)
		return ok && !e.When().Last().After(until)
	}
	out := *t
	out.Dialogues = slices.Clone(t.Dialogues)
	for i := range out.Dialogues {
		if d := &out.Dialogues[i]; !dated(d.Last) {
			d.Last, d.Ending = d.Opened, evidence.Alive
			for _, key := range d.Meetings {
				if dated(key) {
					d.Last = key
				}
			}
		}
	}
	return &out
}

// Run calibrates at every cut-off and predicts the years after it, the same for any number of workers.
func (b *Backtest) Run(ctx context.Context, o Options) (*Result, error) {
	var cutoffs []Cutoff
	for n := range b.cutoffs {
		c, err := b.One(ctx, n, o)
		if err != nil {
			return nil, err
		}
		cutoffs = append(cutoffs, *c)
	}
	return Together(cutoffs), nil
}

// One is a cut-off of [Backtest.Run], the n-th from 0.
func (b *Backtest) One(ctx context.Context, n int, o Options) (*Cutoff, error) {
	return b.cutoffs[n].run(ctx, b.Tables, o, n+1, len(b.cutoffs))
}

// Together is the result of all cut-offs, in their order.
func Together(cutoffs []Cutoff) *Result {
	out := &Result{Cutoffs: cutoffs}
	for q := range out.Pooled {
		out.Pooled[q] = pool(out.Cutoffs, q)
	}
	return out
}

// Trial is that of the first cut-off's fit, see [calibrate.Problem.Trial].
func (b *Backtest) Trial(histories int) [][]float64 { return b.cutoffs[0].problem.Trial(histories) }

func (p *prepared) run(ctx context.Context, tables *evidence.Tables, o Options, number, of int) (*Cutoff, error) {
	report := func(simulations int) {
		if o.Progress != nil {
			o.Progress(Progress{Cutoff: number, Cutoffs: of, Until: p.until, Simulations: simulations,
				Most: o.Calibrate.MaxSimulations + o.Futures})
		}
	}
	fit := o.Calibrate
	fit.Progress = func(g abc.Progress) { report(g.Simulations + g.Done*max(1, g.Moves)) }
	r, err := calibrate.Run(ctx, p.problem, fit, nil)
	if err != nil {
		return nil, err
	}
	play := p.player
	play.source = random.NewSource(fit.Generator, fit.Seed)
	play.values = fromParticles(p.problem, r.Particles, r.Weights, o.Futures)
	futures, err := play.play(ctx, o.Futures, fit.Workers, func(done int) { report(o.Calibrate.MaxSimulations + done) })
	if err != nil {
		return nil, fmt.Errorf("cut-off %s: %w", p.until.Format(time.DateOnly), err)
	}
	c := &Cutoff{Until: p.until, Dropped: p.dropped, Futures: len(futures), Overflow: o.Futures - len(futures),
		Fit: Fit{r.ESS, r.Simulations, r.Corrected}}
	for _, n := range p.problem.Used() {
		c.Statistics = append(c.Statistics, p.problem.Statistics[n].ID)
	}
	c.score(tables, play.windows, futures)
	return c, nil
}

func (c *Cutoff) score(tables *evidence.Tables, list []Window, futures []future) {
	for q := range Quantities {
		c.Training[q] = trainingOf(tables, q, c.Until)
		for w := range list {
			observed := 0
			for _, a := range calibrate.Documented(tables, list[w].From, list[w].To) {
				if Quantities[q].of(a) {
					observed++
				}
			}
			c.Years[q] = append(c.Years[q], scoreYear(list[w], countsOf(futures, q, w), observed, c.Training[q]))
		}
	}
	for s := range Shares {
		var observed Part
		for _, a := range calibrate.Documented(tables, list[0].From, list[len(list)-1].To) {
			observed.add(Shares[s].Documented(a, tables, tables.Until()))
		}
		parts := make([]Part, len(futures))
		for i := range futures {
			parts[i] = futures[i].parts[s]
		}
		c.Shares[s] = scoreShare(observed, parts)
	}
}

func trainingOf(tables *evidence.Tables, q int, until time.Time) Training {
	start := newYear(firstYear)
	t := Training{Years: yearsBetween(start, until.AddDate(0, 0, 1))}
	whole := until.AddDate(0, 0, 1).Year() - 1
	for _, a := range calibrate.Documented(tables, start, until) {
		if !Quantities[q].of(a) {
			continue
		}
		t.Events++
		if a.When().First().Year() == whole {
			t.Last++
		}
	}
	return t
}
