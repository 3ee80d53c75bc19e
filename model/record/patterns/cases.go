package patterns

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// followUp and linked are how long after the first public step a penalty belongs to it: T13.
const (
	followUp = 90
	linked   = 180
)

// pcase is what the patterns need of one case. Scheduled incidents are inputs, and left out.
type pcase struct {
	start, discovered float64
	severity          float64
	public            float64 // time of the first public step, +Inf without
	penalty           float64 // time of the first visible step at R5 or above, +Inf without
	highest           int     // of the victim's own steps, 0 without one
	top               int     // of steps and replies
	victim            int16
	denied            bool
	innocent          bool // a public step fell on an innocent
	group             bool // no state of the scenario did it
}

type pstep struct {
	time          float64
	actor, target int16
}

// caseBook gathers the cases of one replicate that were discovered in the window.
type caseBook struct {
	list  []pcase
	steps []pstep
	at    map[uint64]int
	group func(stream int32) bool // whether no state is behind a stream; nil: never
}

// read takes the cases of a log. Public is what the scale makes visible: a covert operation accuses
// nobody.
func (b *caseBook) read(r *recorder, horizon float64, scale *ladder.Scale) {
	visible := func(rung int) bool { return scale.Rungs[rung].Visibility > 0 }
	if b.at == nil {
		b.at = map[uint64]int{}
	}
	clear(b.at)
	b.list, b.steps = b.list[:0], b.steps[:0]
	for i := range r.log {
		e := &r.log[i]
		if e.Named >= 0 || e.Entity == 0 {
			continue
		}
		if e.Kind == sim.EventDiscovery && e.Time >= 0 && e.Time <= horizon {
			b.at[e.Entity] = len(b.list)
			b.list = append(b.list, pcase{start: e.Start, discovered: e.Time, severity: e.Severity, victim: e.Actor,
				public: math.Inf(1), penalty: math.Inf(1), group: b.group != nil && b.group(e.Stream)})
		}
		if e.Kind == sim.EventAct && visible(e.Rung) && !visible(e.Before) && e.Time >= 0 && e.Time < horizon {
			b.steps = append(b.steps, pstep{e.Time, e.Actor, e.Target})
		}
		if n, ok := b.at[e.Entity]; ok {
			b.list[n].note(e, visible)
		}
	}
}

func (c *pcase) note(e *sim.Event, visible func(int) bool) {
	switch e.Kind {
	case sim.EventAct:
		c.highest, c.top = max(c.highest, e.Rung), max(c.top, e.Rung)
		if visible(e.Rung) {
			c.public = math.Min(c.public, e.Time)
			c.innocent = c.innocent || e.OnTruth.Culprit == 0
		}
		if e.Rung >= ladder.Sanctions && visible(e.Rung) {
			c.penalty = math.Min(c.penalty, e.Time)
		}
	case sim.EventReply:
		c.top = max(c.top, e.Rung)
	case sim.EventDenial:
		c.denied = true
	}
}
