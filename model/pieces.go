package model

import (
	"context"
	"errors"
	"fmt"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/summary"
)

// Pieces are the parts of [Model.Run] that stand by themselves, block by block: the main run, then the runs for the
// headline under the other coupling and on the priors.
type Pieces struct {
	sums   []*experiment.Sums
	blocks []block
}

type block struct {
	of int
	experiment.Block
}

// Pieces prepares them. What a run of a precision or with cases plays is not known before, or no piece; that is an
// error.
func (m *Model) Pieces() (*Pieces, error) {
	p := m.Plan
	if err := p.Check(); err != nil {
		return nil, err
	}
	if m.Precision > 0 || m.Cases != nil {
		return nil, errors.New("a run of a precision has no pieces that are known before, and one that writes its cases " +
			"none at all; ask for --replicates in place of --precision")
	}
	out := &Pieces{}
	add := func(p experiment.Plan) *experiment.Sums {
		for _, b := range p.Blocks(0, p.Replicates) {
			out.blocks = append(out.blocks, block{len(out.sums), b})
		}
		out.sums = append(out.sums, experiment.NewSums(p))
		return out.sums[len(out.sums)-1]
	}
	main := add(p)
	if watch := patterns.Watch(&p); watch != nil && !m.Alone {
		main.Beside = append(main.Beside, watch)
	}
	if m.Alone || len(main.Others) == 0 {
		return out, nil
	}
	pair := p.PairOnly()
	add(pair.OtherCoupling())
	if p.Scenario.Joint != nil {
		add(pair.OnPriors())
	}
	return out, nil
}

// Count is how many pieces there are.
func (p *Pieces) Count() int { return len(p.blocks) }

// Play plays piece n, from 0, for [Model.Taking]; several may be played at once.
func (p *Pieces) Play(ctx context.Context, n int) ([]byte, error) {
	if n < 0 || n >= len(p.blocks) {
		return nil, fmt.Errorf("there is no piece %d of %d", n, len(p.blocks))
	}
	b := p.blocks[n]
	return p.sums[b.of].Piece(ctx, b.Block)
}

// taken folds the next pieces, those of all blocks of a plan.
func (m *Model) taken(s *experiment.Sums) error {
	for _, b := range s.Plan.Blocks(0, s.Plan.Replicates) {
		piece, err := m.Taking()
		if err == nil {
			err = s.Take(b, piece)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// side is [Model.headline] of a plan that [Model.Pieces] has.
func (m *Model) side(ctx context.Context, p experiment.Plan) (*summary.Summary, error) {
	if m.Taking == nil {
		return m.headline(ctx, p)
	}
	sums := experiment.NewSums(p)
	if err := m.taken(sums); err != nil {
		return nil, err
	}
	return summary.HeadlineOf(sums), nil
}
