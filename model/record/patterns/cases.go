package patterns

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// followUp and linked are how long after the first public step a penalty belongs
// to it: T13 counts those within 90 days, and looks at 180 days at most.
const (
	followUp = 90
	linked   = 180
)

// pcase is what the patterns need of one case. Scheduled incidents are inputs, so
// the patterns leave them out.
type pcase struct {
	start, discovered float64
	severity          float64
	public            float64 // time of the first public step, +Inf without
	penalty           float64 // time of the first visible step at R5 or above, +Inf without
	highest           int8    // of the victim's own steps, 0 without one
	top               int8    // of steps and replies
	victim            int16
	denied            bool
	innocent          bool // a public step fell on an innocent
}

// pstep is a first public step of a case.
type pstep struct {
	time          float64
	actor, target int16
}

// caseBook gathers the cases of one replicate: those discovered in the window,
// followed to their closure.
type caseBook struct {
	list  []pcase
	steps []pstep
	at    map[uint64]int
}

// read takes the cases of a log. Public is what the scale makes visible: a covert
// operation is harder than an accusation, and accuses nobody.
func (b *caseBook) read(r *recorder, horizon float64, scale *ladder.Scale) {
	visible := func(rung int8) bool { return scale.Rungs[rung].Visibility > 0 }
	if b.at == nil {
		b.at = map[uint64]int{}
	}
	clear(b.at)
	b.list, b.steps = b.list[:0], b.steps[:0]
	for i := range r.log {
		e := &r.log[i]
		if e.named >= 0 || e.entity == 0 {
			continue
		}
		if e.kind == sim.EventDiscovery && e.time >= 0 && e.time <= horizon {
			b.at[e.entity] = len(b.list)
			b.list = append(b.list, pcase{start: e.start, discovered: e.time, severity: e.severity, victim: e.actor,
				public: math.Inf(1), penalty: math.Inf(1)})
		}
		if e.kind == sim.EventAct && visible(e.rung) && !visible(e.before) && e.time >= 0 && e.time < horizon {
			b.steps = append(b.steps, pstep{e.time, e.actor, e.target})
		}
		if n, ok := b.at[e.entity]; ok {
			b.list[n].note(e, visible)
		}
	}
}

func (c *pcase) note(e *entry, visible func(int8) bool) {
	switch e.kind {
	case sim.EventAct:
		c.highest, c.top = max(c.highest, e.rung), max(c.top, e.rung)
		if visible(e.rung) {
			c.public = math.Min(c.public, e.time)
			c.innocent = c.innocent || e.innocent
		}
		if e.rung >= ladder.Sanctions && visible(e.rung) {
			c.penalty = math.Min(c.penalty, e.time)
		}
	case sim.EventReply:
		c.top = max(c.top, e.rung)
	case sim.EventDenial:
		c.denied = true
	}
}
