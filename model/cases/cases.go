// Package cases writes every case of every future as a row of a CSV: what happened, what
// its victim believed and did, and what it would have done had it known.
//
// A row is a case that was discovered in the window, in one arm. The same case has the
// same draw, replicate, source, victim, intent and ordinal in every arm that has it.
package cases

import (
	"bytes"
	"context"
	"io"
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// row is a case in an arm. Times are in days from the start of the window.
type row struct {
	draw, replicate int
	arm             string
	model           *sim.Model

	opened  sim.Event // its discovery
	closed  sim.Event
	public  float64   // [d] when it became known by another hand than the victim's, NaN if never
	first   sim.Event // the victim's first step that is R3 or harder; Rung 0 without one
	accused sim.Event // its first in the public set

	*sim.CaseOutcome
}

// note keeps what a row needs of the log.
func (r *row) note(e *sim.Event) {
	switch e.Kind {
	case sim.EventDiscovery:
		r.opened = *e
	case sim.EventDisclosure:
		r.public = e.Time
	case sim.EventClose:
		r.closed = *e
	case sim.EventAct:
		if r.first.Rung == 0 && e.Chosen >= ladder.Public {
			r.first = *e
		}
		if r.accused.Rung == 0 && ladder.InPublicSet(e.Chosen) {
			r.accused = *e
		}
	}
}

type visitor struct {
	plan  *experiment.Plan
	block experiment.Block
	arms  *sim.Arms
	log   []map[uint64]*row // by arm and entity
	watch []sim.Observer
	text  []byte
}

func newVisitor(p *experiment.Plan) *visitor {
	v := &visitor{plan: p}
	for range p.Scenario.Arms {
		rows := map[uint64]*row{}
		v.log = append(v.log, rows)
		v.watch = append(v.watch, func(e *sim.Event) {
			if e.Kind == sim.EventDiscovery && e.Time >= 0 {
				rows[e.Entity] = &row{public: math.NaN()}
			}
			if r := rows[e.Entity]; r != nil {
				r.note(e)
			}
		})
	}
	return v
}

// Reset prepares for a block.
func (v *visitor) Reset(b experiment.Block, arms *sim.Arms) {
	v.block, v.arms, v.text = b, arms, v.text[:0]
	for _, rows := range v.log {
		clear(rows)
	}
}

// Observers watch every arm.
func (v *visitor) Observers() []sim.Observer { return v.watch }

// Visit writes the cases of a replicate.
func (v *visitor) Visit(replicate int, out []sim.Outcome) {
	for a := range out {
		for i := range out[a].Cases {
			c := &out[a].Cases[i]
			r := v.log[a][c.Entity]
			r.draw, r.replicate, r.arm = v.block.Draw, replicate, v.plan.Scenario.Arms[a].Name
			r.model, r.CaseOutcome = v.arms.Arms[a], c
			v.text = r.appendTo(v.text)
		}
		clear(v.log[a])
	}
}

// Writer writes the rows of the futures that a run plays beside its sums.
type Writer struct {
	Rows int   // written
	Err  error // of the writer: what ended it

	plan *experiment.Plan
	to   io.Writer
	stop context.CancelCauseFunc
}

// NewWriter writes the names of the columns, and the rows of a plan as its run goes on: whole lines at every call.
// Where to fails, stop is called with its error, so that nothing is played for nobody; it may be nil.
func NewWriter(p *experiment.Plan, to io.Writer, stop context.CancelCauseFunc) *Writer {
	w := &Writer{plan: p, to: to, stop: stop}
	w.write(header())
	return w
}

// Fresh and Take make it [experiment.Beside].
func (w *Writer) Fresh() experiment.Visitor { return newVisitor(w.plan) }

// Take writes the rows of a block.
func (w *Writer) Take(_ experiment.Block, v experiment.Visitor) {
	text := v.(*visitor).text
	w.write(text)
	w.Rows += bytes.Count(text, []byte{'\n'})
}

func (w *Writer) write(text []byte) {
	if w.Err == nil {
		if _, w.Err = w.to.Write(text); w.Err != nil && w.stop != nil {
			w.stop(w.Err)
		}
	}
}

// Write plays a plan and writes its rows as CSV, in the order of draws, replicates, arms and
// cases; bytes are equal for any number of workers, and memory does not grow with the
// plan. It fails as [experiment.Fold] does, or as the writer. It returns the number of rows.
func Write(
	ctx context.Context, p experiment.Plan, workers int, to io.Writer, progress experiment.Progress,
) (int, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	w, done := NewWriter(&p, to, stop), 0
	err := experiment.Fold(ctx, &p, p.Blocks(0, p.Replicates), workers, w.Fresh,
		func(b experiment.Block, v experiment.Visitor) {
			w.Take(b, v)
			if done += b.To - b.From; progress != nil {
				progress(done, p.Draws*p.Replicates)
			}
		})
	if w.Err != nil {
		err = w.Err
	}
	return w.Rows, err
}
