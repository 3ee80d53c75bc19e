package sim

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// What a replicate does is counted, so that none goes on for ever. The unit is about
// 64 steps of the processor or 16 bytes: an event is one beside what it looks through,
// and so is a look at the calendar, an arrival that nobody finds, or an event that
// another has overtaken. An incident that will be found is as many as workPerEvent.
const (
	workPerEvent = scenario.WorkPerEvent // times max_events: the work of a replicate, with its past, in one arm
	workUnit     = 64                    // steps
	workPerPoll  = 4096                  // between two looks at whether the run is to end
)

// tallied is how many events of one kind there were, the work that went into them, and
// the last of them.
type tallied struct {
	events, work int
	id           int32
}

// did books the work since before to a kind of event.
func (w *world) did(k kind, id int32, before int) {
	t := &w.done[k]
	t.work += w.work - before
	t.id = id
	if w.work >= w.poll {
		w.look()
	}
}

// look ends the replicate where it has worked too much, or where the run is to end.
func (w *world) look() {
	limit := workPerEvent * w.m.method.maxEvents
	if w.work > limit || w.ended != nil && w.ended() {
		w.overflow = true
	}
	w.poll = min(limit+1, w.work+workPerPoll)
}

// burden is what most of the work went into; indices are −1 where they do not apply.
type burden struct {
	kind                           kind
	stream, victim, channel, shock int32
}

func (w *world) most() burden {
	c := burden{stream: -1, victim: -1, channel: -1, shock: -1}
	size := func(t *tallied) int { return t.work }
	if w.work <= workPerEvent*w.m.method.maxEvents {
		size = func(t *tallied) int { return t.events }
	}
	for k := range w.done {
		if size(&w.done[k]) > size(&w.done[c.kind]) {
			c.kind = kind(k)
		}
	}
	switch id := w.done[c.kind].id; c.kind {
	case kindArrival:
		c.of(w, id)
	case kindOpen, kindRestore, kindLapse, kindShut, kindMeeting:
		c.channel = id
	case kindShock:
		c.shock = id
	case kindSummit, kindPrice, kindThaw:
	case kindReply:
		c.of(w, w.cases[w.chains[id].inCase].stream)
	default:
		c.of(w, w.cases[id].stream)
	}
	return c
}

// of takes the victim of a case's stream, and the stream that has brought most incidents: whose
// evidence came last, and whose incidents made it.
func (c *burden) of(w *world, stream int32) {
	c.victim, c.stream = w.m.streams[stream].victim, stream
	for i := range w.onsets {
		if w.onsets[i].arrived > w.onsets[c.stream].arrived {
			c.stream = int32(i)
		}
	}
}

// OverflowError says that a replicate had more events, or more work, than the bound.
type OverflowError struct {
	Arm    string
	Limit  int
	Mostly string // what most of the work went into, "pieces of evidence"
	Remedy string // "raise assumptions.evidence.gap (0.001d)"
}

func (e *OverflowError) Error() string {
	return fmt.Sprintf("arm %s: a replicate passed %d events, or as much work; most are %s; %s, or raise "+
		"assumptions.model.max_events", e.Arm, e.Limit, e.Mostly, e.Remedy)
}

// Overflow explains why the outcome of an arm of a scenario is that of a replicate that
// was stopped. The model is that of the arm, at the parameters theta.
func Overflow(v *scenario.Scenario, theta []float64, arm string, m *Model, o *Outcome) *OverflowError {
	e := &OverflowError{Arm: arm, Limit: v.Model.MaxEvents, Mostly: mostly[o.most.kind],
		Remedy: "lower the rates of assumptions.onset, or take fewer states and channels"}
	worst := 0.1 // below it nothing stands out
	for _, s := range (&drivers{v, m, nil}).of(o.most) {
		if x := s.excess(theta[s.num]); x > worst {
			worst = x
			verb := map[bool]string{true: "lower", false: "raise"}[s.lower]
			slot := &v.Slots[s.num]
			e.Remedy = fmt.Sprintf("%s %s (%s)", verb, slot.Path, shown(theta[s.num], slot.Domain.Duration))
		}
	}
	return e
}

// shown writes a number in three digits.
func shown(x float64, duration bool) string {
	unit := ""
	if duration {
		unit = "d"
	}
	return fmt.Sprintf("%.3g%s", x, unit)
}

var mostly = [numKinds]string{
	kindOpen: "openings of channels", kindShock: "shocks", kindSummit: "summits", kindRestore: "restorations of channels",
	kindLapse: "lapses of channels", kindShut: "ends of channels", kindMeeting: "meetings",
	kindPrice: "changes of a price", kindThaw: "thaws",
	kindArrival: "incidents", kindDiscovery: "discoveries", kindDisclosure: "disclosures",
	kindPiece: "pieces of evidence", kindReview: "looks at the calendar", kindDue: "acts that waited",
	kindReply: "replies", kindClose: "closures of cases",
}

// driver is a number that may be to blame for a burden: how it compares with what is usual, and
// whether lowering or raising it helps.
type driver struct {
	num   scenario.Num
	usual float64
	lower bool
	exp   bool // the number is a spread of a logarithm
}

// excess is the logarithm of how much more work the number makes than the usual one.
func (s *driver) excess(x float64) float64 {
	if s.exp {
		return 2 * (x - s.usual)
	}
	ratio := elem.Log(max(x, math.SmallestNonzeroFloat64) / s.usual)
	if !s.lower {
		return -ratio
	}
	return ratio
}

type drivers struct {
	v   *scenario.Scenario
	m   *Model
	all []driver
}

// of lists the numbers that drive a kind of work.
func (s *drivers) of(c burden) []driver {
	switch {
	case c.channel >= 0:
		e := "channels." + s.m.channels[c.channel].name
		s.raise(e, param.LifeGap, param.LifeFirst, param.LifeRestore)
		s.lower(e, param.LifeLapse)
		s.spread(e, param.LifeGapSpread)
	case c.shock >= 0:
		for _, r := range s.v.Randoms {
			if r.Name == s.m.shocks[c.shock].name {
				s.all = append(s.all, driver{num: r.Rate, usual: 1, lower: true})
			}
		}
	case c.stream >= 0:
		s.incident(c)
	}
	return s.all
}

func (s *drivers) incident(c burden) {
	st := &s.m.streams[c.stream]
	source, victim := s.m.sources[st.source], "states."+s.m.states[c.victim].name
	e := "onset." + source.name + ">" + s.m.states[st.victim].name
	for i := range s.v.Onset {
		o := &s.v.Onset[i]
		if o.Entity() != e {
			continue
		}
		s.all = append(s.all, driver{num: o.Rate, usual: 5, lower: true})
		if o.Counted == "known" {
			s.raise(e, param.DiscoveryShare, param.DisclosureShare)
		}
	}
	if source.state {
		s.lower("states."+source.name, param.OnsetContagion)
	}
	switch c.kind {
	case kindArrival, kindDiscovery:
		delay, spread := param.DiscoveryStealthy, param.DiscoveryStealthySpread
		if !stealthy(st.intent) {
			delay, spread = param.DiscoveryOvert, param.DiscoveryOvertSpread
		}
		s.lower(e, delay)
		s.spread(e, spread)
	case kindPiece:
		s.raise(victim, param.EvidenceGap)
		s.lower(victim, param.EvidenceCase)
		s.lower(e, param.EvidenceBurst)
	case kindReview:
		s.raise(victim, param.ChoiceReview)
		s.lower(victim, param.EvidenceCase)
	case kindReply:
		s.lower(victim, param.TypeReplyS, param.TypeReplyE)
		s.lower("", param.ReplyMaxMoves)
	}
}

// usual is the default of a parameter, or what is usual where that is none.
func usual(id param.ID) float64 {
	switch id {
	case param.ChoiceReview:
		return 30
	case param.EvidenceBurst:
		return 8
	}
	return param.Get(id).Default
}

func (s *drivers) add(entity string, lower, exp bool, ids []param.ID) {
	for _, id := range ids {
		s.all = append(s.all, driver{s.v.Param(id, entity), usual(id), lower, exp})
	}
}

func (s *drivers) lower(entity string, ids ...param.ID) { s.add(entity, true, false, ids) }

func (s *drivers) raise(entity string, ids ...param.ID) { s.add(entity, false, false, ids) }

func (s *drivers) spread(entity string, ids ...param.ID) { s.add(entity, true, true, ids) }
