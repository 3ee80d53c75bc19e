package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/misstep/misstep/model/cases"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/summary"
)

// Result is a played model.
type Result struct {
	Sums    *experiment.Sums // of the main run; Sums.Plan is what was played
	Summary *summary.Summary // with the side runs, unless they were left out

	// Short reports that the precision asked for was not reached within [MaxExtension].
	Short bool
}

// MaxExtension bounds Options.Precision: replicates per draw, as a multiple of those
// that were asked for.
const MaxExtension = 50

// Run plays the model: all arms over the same futures, longer where a precision asks
// for it, then the headline under the other coupling of the choice and, where a
// posterior conditions the scenario, on the priors.
func (m *Model) Run(ctx context.Context) (*Result, error) {
	p, target := m.Plan, m.Precision
	if err := p.Check(); err != nil {
		return nil, err
	}
	if p.Replicates < 1 {
		return nil, errors.New("a run of no replicates says nothing; take at least one a draw")
	}
	if !(target >= 0) || math.IsInf(target, 1) {
		return nil, fmt.Errorf("a precision of %v cannot be; take a number above 0, or 0 for none", target)
	}
	if target > 0 {
		if len(p.Scenario.Arms) < 2 {
			return nil, errors.New("a precision is about the headline difference, and with one arm there is none; leave it out")
		}
		// Whole blocks, so that the result equals that of a run of this length.
		p.BlockSize = BlockSize
		p.Replicates = wholeBlocks(p.Replicates)
	}
	sums, watch := experiment.NewSums(p), patterns.Watch(&p)
	if watch != nil && !m.Alone {
		sums.Beside = append(sums.Beside, watch)
	}
	if err := m.play(ctx, sums); err != nil {
		return nil, err
	}
	r := &Result{Sums: sums, Summary: summary.Of(sums)}
	if target > 0 {
		if err := m.extend(ctx, r, target); err != nil {
			return nil, err
		}
	}
	sums.Beside = nil
	if watch != nil && !m.Alone {
		r.Summary.Expectations = watch.Expectations()
	}
	if target > 0 && m.Cases != nil { // a longer run is another: the rows of a draw stand together
		if _, err := cases.Write(ctx, r.Sums.Plan, m.workers(), m.Cases, nil); err != nil {
			return nil, err
		}
	}
	if r.Summary.Run.Alone = m.Alone; m.Alone || len(r.Summary.Contrasts) == 0 {
		return r, nil
	}
	return r, m.aside(ctx, r)
}

func (m *Model) play(ctx context.Context, s *experiment.Sums) error {
	n := s.Plan.Replicates
	if m.Taking != nil {
		return m.taken(s)
	}
	if m.Cases == nil || m.Precision > 0 {
		return s.Extend(ctx, 0, n, m.workers(), m.Progress)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	w := cases.NewWriter(&s.Plan, m.Cases, stop)
	s.Beside = append(s.Beside, w)
	if err := s.Extend(ctx, 0, n, m.workers(), m.Progress); err != nil {
		return cmp.Or(w.Err, err)
	}
	return w.Err
}

// aside adds the headline difference under the other coupling of the choice, the headline
// with single numbers held at their ends and, to a conditioned run, the headline before the
// record.
func (m *Model) aside(ctx context.Context, r *Result) error {
	p := r.Sums.Plan.PairOnly()
	other, err := m.side(ctx, p.OtherCoupling())
	if err != nil {
		return err
	}
	r.Summary.Headline.Other = other.Headline.Difference
	if err := m.levers(ctx, r); err != nil {
		return err
	}
	if p.Scenario.Joint == nil {
		return nil
	}
	before, err := m.side(ctx, p.OnPriors())
	if err == nil {
		r.Summary.SetPrior(before)
	}
	return err
}

func (m *Model) headline(ctx context.Context, p experiment.Plan) (*summary.Summary, error) {
	sums, err := experiment.Run(ctx, p, m.workers(), nil)
	if err != nil {
		return nil, err
	}
	return summary.HeadlineOf(sums), nil
}

// levers adds the headline with single numbers held at their ends.
func (m *Model) levers(ctx context.Context, r *Result) error {
	slots, plans := summary.LeverPlans(r.Sums)
	var runs []*summary.Summary
	for _, p := range plans {
		s, err := m.headline(ctx, p)
		if err != nil {
			return err
		}
		runs = append(runs, s)
	}
	r.Summary.SetLevers(r.Sums.Plan.Scenario, slots, runs)
	return nil
}

func wholeBlocks(n int) int { return (n + BlockSize - 1) / BlockSize * BlockSize }

// extend adds whole blocks of every draw until the Monte Carlo half-width of the
// headline difference is below target, or a bound is reached.
func (m *Model) extend(ctx context.Context, r *Result, target float64) error {
	have := &r.Sums.Plan
	limit := min(MaxExtension*have.Replicates, max(have.Replicates, MaxFutures/have.Draws), experiment.MaxReplicates)
	for !reached(r.Summary, target) {
		have := r.Sums.Plan.Replicates
		if r.Short = have >= limit; r.Short {
			return nil
		}
		next := min(limit, nextLength(have, r.Summary.Headline.Difference.MC, target))
		if err := r.Sums.Extend(ctx, have, next, m.workers(), m.Progress); err != nil {
			return err
		}
		r.Summary = summary.Of(r.Sums)
	}
	return nil
}

// reached reports whether the headline difference is known to the target. An error
// of zero is knowledge only where the arms never part: else no future has shown yet
// how far the outcome can differ.
func reached(s *summary.Summary, target float64) bool {
	mc := s.Headline.Difference.MC
	return mc < target && (mc > 0 || s.Contrasts[0].Pairing.Identical)
}

// nextLength guesses how many replicates a precision takes: an error falls with
// the root of their number. A tenth is added so that the guess seldom falls short
// by a hair; no step more than quadruples the run, because early errors are rough.
func nextLength(have int, half, target float64) int {
	if half == 0 { // or not known yet
		half = math.Inf(1)
	}
	want := 1.1 * float64(have) * (half / target) * (half / target)
	want = math.Min(want, 4*float64(have))
	return max(have+BlockSize, wholeBlocks(int(want)))
}
