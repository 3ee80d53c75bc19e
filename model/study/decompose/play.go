package decompose

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// stage plays the coalitions of a split, replicate by replicate. One per worker.
type stage struct {
	game     *Split
	plan     *experiment.Plan
	headline int // reading

	runner   sim.Runner
	draw     int // compiled
	theta    []float64
	history  *sim.Model
	models   map[Set]*sim.Model
	sets     []Set
	order    []int // of the players; nil where every coalition is played
	values   *values
	outcomes []sim.Outcome     // by place in sets, of those that are played
	at       []int             // by place in sets: the place of the outcome that it has
	places   []int             // in sets, the larger sets first
	all      bool              // play every coalition, though what one brings is known from another
	asked    int               // coalitions so far
	played   int               // of these
	scenario scenario.Scenario // with one more arm, that of a coalition
}

func newStage(game *Split, plan *experiment.Plan) *stage {
	n := len(game.Players)
	p := &stage{game: game, plan: plan, headline: splitIndex(outcomeOf(plan.Scenario)), draw: -1,
		values: newValues(n), scenario: *plan.Scenario}
	p.scenario.Arms = slices.Concat(plan.Scenario.Arms, []scenario.Arm{{}})
	if n > exactPlayers {
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
	p.runner.Ended = func() bool { return ctx.Err() != nil }
	sums := newDrawSums(len(p.game.Players))
	for r := b.From; r < b.To; r++ {
		rep := p.plan.Replicate(b.Draw, r)
		err := p.play(rep)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
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
	all := everyone(len(p.game.Players))
	p.sets = coalitions(len(p.game.Players), p.order, append(p.sets[:0], 0, all))
	if err := p.playSets(rep); err != nil {
		return err
	}
	out := func(a int) *sim.Outcome { return &p.outcomes[p.at[a]] }
	p.values.start(out(0), out(1), all)
	for a := 2; a < len(p.sets); a++ {
		p.values.add(p.sets[a], out(a))
	}
	return nil
}

// playSets plays the coalitions, the larger ones first, but those that bring what a larger one brought.
func (p *stage) playSets(rep random.Replicate) error {
	p.runner.Past(p.history, rep)
	n := len(p.sets)
	p.outcomes, p.at = slices.Grow(p.outcomes[:0], n)[:n], slices.Grow(p.at[:0], n)[:n]
	p.places, p.asked = p.places[:0], p.asked+n
	for a := range p.sets {
		p.places = append(p.places, a)
	}
	slices.SortStableFunc(p.places, func(a, b int) int {
		return bits.OnesCount32(uint32(p.sets[b])) - bits.OnesCount32(uint32(p.sets[a]))
	})
	for n, a := range p.places {
		if p.at[a] = p.known(a, p.places[:n]); p.at[a] >= 0 {
			continue
		}
		m, out := p.model(p.sets[a]), &p.outcomes[a]
		p.runner.Future(m, out)
		p.played++
		if p.at[a] = a; out.Overflow {
			return sim.Overflow(&p.scenario, p.theta, p.arm(p.sets[a]).Name, m, out)
		}
	}
	return nil
}

// known is the place of a played coalition that brought what another would, −1 where there is none: one that has all
// that the other has, and more that did nothing. The baseline, and a treatment without a channel that the coalitions
// have, stand for themselves.
func (p *stage) known(a int, places []int) int {
	s, all := p.sets[a], everyone(len(p.game.Players))
	if p.all || s == 0 {
		return -1
	}
	for _, b := range places {
		larger := p.sets[b]
		switch {
		case p.at[b] != b, s&^larger != 0, larger == all && !p.game.end:
		case p.game.idle(larger&^s, p.outcomes[b].Acted):
			return b
		}
	}
	return -1
}

// model compiles the arm of a coalition once a draw.
func (p *stage) model(s Set) *sim.Model {
	m := p.models[s]
	if m == nil {
		last := len(p.scenario.Arms) - 1
		p.scenario.Arms[last] = p.arm(s)
		m = p.history.Arm(&p.scenario, p.theta, last)
		p.models[s] = m
	}
	return m
}

// arm is the arm of a coalition. The two ends are the arms of the scenario themselves,
// so that the shares add up to its headline.
func (p *stage) arm(s Set) scenario.Arm {
	switch s {
	case 0:
		return p.game.baseline
	case everyone(len(p.game.Players)):
		return p.game.treatment
	}
	return p.game.Arm(s)
}

// book adds the replicate to the sums.
func (p *stage) book(sums *DrawSums) {
	n := len(p.game.Players)
	all := everyone(n)
	shares := func(v []float64) []float64 { return Shapley(v, n) }
	pairs := func(v []float64) []float64 { return interactions(v, n) }
	if p.order != nil {
		shares = func(v []float64) []float64 { return sharesAlong(v, p.order) }
		pairs = func(v []float64) []float64 { return interactionsAlong(v, p.order) }
	}
	for m := range readings {
		v, y, to := p.values.of[m], p.values.denominator(m), &sums.Readings[m]
		between := func(part *PartSums, a, b Set) {
			part.add(v[b]-v[a], y)
			part.Flips.Merge(p.values.flips(m, a, b))
		}
		between(&to.Total, 0, all)
		for k, share := range shares(v) {
			to.Players[k].Share.add(share, y)
			between(&to.Players[k].Alone, 0, Set(1)<<k)
			between(&to.Players[k].Without, 0, all.without(k))
		}
		joins(n, p.order, func(k int, s Set, weight float64) {
			f := p.values.flips(m, s, s.with(k))
			to.Players[k].Share.Flips.Merge(outcome.Flips{Added: weight * f.Added, Removed: weight * f.Removed})
		})
	}
	y := p.values.denominator(p.headline)
	for k, x := range pairs(p.values.of[p.headline]) {
		sums.Pairs[k].add(x, y)
	}
	sums.Met += float64((len(p.sets) - 2) * len(p.values.common))
	sums.Missing += float64(p.values.missing)
}
