package decompose

import (
	"context"
	"fmt"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// stage plays the coalitions of a split, replicate by replicate. One per worker.
type stage struct {
	split    *Split
	plan     *experiment.Plan
	headline int  // reading
	exact    bool // all coalitions

	runner   sim.Runner
	draw     int // compiled
	theta    []float64
	history  *sim.Model
	models   map[Set]*sim.Model
	arms     sim.Arms
	sets     []Set
	order    []int
	values   *values
	shares   []float64
	pairs    []float64
	scenario scenario.Scenario // with one more arm, that of a coalition
}

func newStage(split *Split, plan *experiment.Plan) *stage {
	n := len(split.Players)
	p := &stage{split: split, plan: plan, headline: splitIndex(outcomeOf(plan.Scenario)), exact: n <= exactPlayers,
		draw:   -1,
		values: newValues(n), shares: make([]float64, n), pairs: make([]float64, pairsOf(n)), scenario: *plan.Scenario}
	p.scenario.Arms = slices.Concat(plan.Scenario.Arms, []scenario.Arm{{}})
	if !p.exact {
		p.order = make([]int, n)
	}
	return p
}

// block plays replicates [From, To) of a draw.
func (p *stage) block(ctx context.Context, b experiment.Block) (*DrawSums, error) {
	if p.draw != b.Draw {
		p.draw, p.theta, p.models = b.Draw, p.plan.Theta(b.Draw), map[Set]*sim.Model{}
		p.history = sim.Compile(p.plan.Scenario, p.theta, sim.History)
	}
	sums := newDrawSums(len(p.split.Players))
	for r := b.From; r < b.To; r++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		rep := p.plan.Replicate(b.Draw, r)
		if err := p.play(rep); err != nil {
			return nil, fmt.Errorf("draw %d, replicate %d: %w", b.Draw, r, err)
		}
		p.book(sums)
	}
	return sums, nil
}

// play plays one replicate in the two arms of the contrast and in the coalitions
// between them.
func (p *stage) play(rep random.Replicate) error {
	if p.order != nil {
		shuffled(&rep, p.order)
	}
	all := everyone(len(p.split.Players))
	p.sets = coalitions(len(p.split.Players), p.order, append(p.sets[:0], 0, all))
	p.arms.History, p.arms.Arms = p.history, p.arms.Arms[:0]
	for _, s := range p.sets {
		p.arms.Arms = append(p.arms.Arms, p.model(s, all))
	}
	out := p.runner.Run(&p.arms, rep, nil)
	for a := range out {
		if out[a].Overflow {
			return &sim.OverflowError{Arm: p.armName(p.sets[a], all), Limit: p.plan.Scenario.Model.MaxEvents}
		}
	}
	p.values.start(&out[0], &out[1], all)
	for a := 2; a < len(out); a++ {
		p.values.add(p.sets[a], &out[a])
	}
	return nil
}

// model compiles the arm of a coalition once a draw. The two ends are the arms of
// the scenario themselves, so that the shares add up to its headline.
func (p *stage) model(s, all Set) *sim.Model {
	m := p.models[s]
	if m != nil {
		return m
	}
	switch s {
	case 0:
		m = sim.Compile(p.plan.Scenario, p.theta, p.split.baseline)
	case all:
		m = sim.Compile(p.plan.Scenario, p.theta, p.split.treatment)
	default:
		last := len(p.scenario.Arms) - 1
		p.scenario.Arms[last] = p.split.Arm(s)
		m = sim.Compile(&p.scenario, p.theta, last)
	}
	p.models[s] = m
	return m
}

func (p *stage) armName(s, all Set) string {
	switch s {
	case 0:
		return p.plan.Scenario.Headline.Baseline
	case all:
		return p.plan.Scenario.Headline.Treatment
	}
	return p.split.name(s)
}

// book adds the replicate to the sums.
func (p *stage) book(sums *DrawSums) {
	n := len(p.split.Players)
	all := everyone(n)
	for m := range outcome.All {
		if !outcome.All[m].Splits() {
			continue
		}
		v, y, to := p.values.of[m], p.values.denominator(m), &sums.Readings[m]
		if p.exact {
			copy(p.shares, Shapley(v, n))
		} else {
			sharesAlong(v, p.order, p.shares)
		}
		to.Total.add(v[all]-v[0], y)
		for k := range n {
			to.Share[k].add(p.shares[k], y)
			to.Alone[k].add(v[Set(1)<<k]-v[0], y)
			to.Without[k].add(v[all.without(k)]-v[0], y)
		}
	}
	p.interact()
	y := p.values.denominator(p.headline)
	for k := range sums.Pairs {
		sums.Pairs[k].add(p.pairs[k], y)
	}
	between := len(p.sets) - 2
	sums.Met += float64(between * len(p.values.cases))
	sums.Missing += float64(p.values.missing)
}

// interact reads the interactions in the headline's outcome.
func (p *stage) interact() {
	n, v := len(p.split.Players), p.values.of[p.headline]
	if !p.exact {
		interactionsAlong(v, p.order, p.pairs)
		return
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			p.pairs[pairIndex(n, i, j)] = Interaction(v, n, i, j)
		}
	}
}
