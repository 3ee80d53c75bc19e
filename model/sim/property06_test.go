package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// TestProperty06Posteriors: after every event the weights of every open case are
// finite, not negative and normalise; the marginal of each suspect adds up to one
// over the suspects; beliefs about rivals are finite.
//
// Mutation that it catches: rescale dividing only some of the weights, or the cell
// loop of held skipping a group.
func TestProperty06Posteriors(t *testing.T) {
	all := texts(t)
	for _, name := range names(all) {
		v := load(t, all[name])
		for _, theta := range [][]float64{medians(v), drawn(v, 1), drawn(v, 2)} {
			a := compile(v, theta)
			for n := range 4 {
				w := play(a, replicate(n), 1%len(a.Arms), func(w *world) { checkPosteriors(t, w) })
				checkPosteriors(t, w)
			}
		}
	}
}

func checkPosteriors(t *testing.T, w *world) {
	t.Helper()
	for i := range w.relations {
		if r := &w.relations[i]; math.IsNaN(r.trust) || r.tension.value < 0 || r.tension.value > 1 {
			t.Fatalf("day %v: trust %v, tension %v", w.now, r.trust, r.tension.value)
		}
	}
	for id := range w.cases {
		k := &w.cases[id]
		if k.state != open || k.target < 0 {
			continue
		}
		s := &w.m.states[w.victim(k)].sensor
		sum := 0.0
		for at := range s.suspects {
			sum += w.heldAgainst(k, int16(at))
		}
		held, onIdeal := w.held(k), w.onIdeal(k)
		if math.Abs(sum-1) > 1e-12 {
			t.Fatalf("day %v: the suspects of a case have %v together", w.now, sum)
		}
		for _, b := range []struct {
			culprit float64
			intent  [4]float64
		}{{held.Culprit, held.Intent}, {onIdeal.Culprit, onIdeal.Intent}} {
			intents := b.intent[0] + b.intent[1] + b.intent[2] + b.intent[3]
			if !(b.culprit >= 0 && b.culprit <= 1+1e-15) || math.Abs(intents-1) > 1e-12 {
				t.Fatalf("day %v: culprit %v, intents %v", w.now, b.culprit, b.intent)
			}
		}
	}
}

// heldAgainst is the marginal of a suspect, groups included.
func (w *world) heldAgainst(k *victimCase, suspect int16) float64 {
	s := &w.m.states[w.victim(k)].sensor
	sum, total := 0.0, 0.0
	for i := range s.cells {
		p := w.prior[int(k.priorAt)+i] * w.like[int(k.priorAt)+i]
		total += p
		if s.cellSuspect[i] == suspect {
			sum += p
		}
	}
	return sum / total
}

// play plays one arm of a replicate event by event, as a runner does, and calls
// step before each event of the future.
func play(a *Arms, rep random.Replicate, arm int, step func(*world)) *world {
	r := Runner{out: make([]Outcome, len(a.Arms))}
	r.playPast(a.History, rep, nil)
	w, m := &r.future, a.Arms[arm]
	w.m, w.out = m, &r.out[arm]
	w.out.reset(m)
	w.copyFrom(&r.past)
	w.scheduleOpenings(true, 0)
	w.scheduleSummits(0, math.Inf(1))
	for w.queue.len() > 0 && w.queue.next().time <= m.horizon && !w.overflow {
		step(w)
		e := w.queue.pop()
		if e.kind == kindArrival && e.version != w.onsets[e.id].version {
			continue
		}
		w.now = e.time
		schedule[e.kind](w, e)
	}
	w.settle()
	w.finish()
	return w
}

// ledger follows a log entry by entry.
type ledger struct {
	m                                *Model
	open, closed                     map[uint64]bool
	up, shut                         []bool
	meetings, suspensions, discovers int
	answers, waits, replies, denials int
	counters, retractions            int
	counted, cases                   int
}

// read checks one entry against what came before.
func (l *ledger) read(t *testing.T, e *Event) {
	t.Helper()
	if !l.open[e.Entity] && (e.Kind >= EventPiece && e.Kind <= EventAct || e.Kind == EventRetraction) {
		t.Fatalf("day %v: %s in a case that is not open", e.Time, e.Kind)
	}
	switch e.Kind {
	case EventDiscovery:
		if l.open[e.Entity] || l.closed[e.Entity] {
			t.Fatalf("day %v: discovered twice", e.Time)
		}
		l.open[e.Entity] = true
		l.discovers++
		if e.Time >= 0 {
			l.counted++
		}
	case EventClose:
		l.closed[e.Entity] = true
		delete(l.open, e.Entity)
		l.cases++
	case EventAnswer, EventWait:
		if !l.reaches(e.Actor, e.Target) {
			t.Fatalf("day %v: %s although no channel is up between the two", e.Time, e.Kind)
		}
	}
	l.channelLife(t, e)
	if e.Time >= 0 && e.Time <= l.m.horizon {
		l.count(e)
	}
}

func (l *ledger) reaches(a, b int16) bool {
	for c, up := range l.up {
		if ch := &l.m.channels[c]; up && ch.member[a] && ch.member[b] &&
			(ch.on[scenario.Clarify] > 0 || ch.on[scenario.Delay] > 0) {
			return true
		}
	}
	return false
}

// channelLife checks the order of openings, meetings and ends.
func (l *ledger) channelLife(t *testing.T, e *Event) {
	if !e.Kind.Channel() {
		return
	}
	was := l.up[e.Channel]
	switch e.Kind {
	case EventOpening, EventRestoration:
		l.up[e.Channel] = true
		was = !was
	case EventSuspension, EventLapse:
		l.up[e.Channel] = false
	case EventTrigger: // of a channel that is up, or is not yet
		was = true
	case EventShut: // for good, also of one that is down
		l.up[e.Channel], was = false, !l.shut[e.Channel]
		l.shut[e.Channel] = true
	}
	if l.shut[e.Channel] && e.Kind != EventShut {
		was = false
	}
	if !was {
		t.Fatalf("day %v: %s of channel %s out of order", e.Time, e.Kind, l.m.ChannelName(int(e.Channel)))
	}
}

// count books an entry of the window.
func (l *ledger) count(e *Event) {
	switch e.Kind {
	case EventAnswer:
		l.answers++
	case EventWait:
		l.waits++
	case EventReply:
		l.replies++
	case EventDenial:
		l.denials++
	case EventCounter:
		l.counters++
	case EventRetraction:
		l.retractions++
	case EventMeeting:
		if l.m.IsForum(int(e.Channel)) {
			l.meetings++
		}
	case EventSuspension:
		if l.m.IsForum(int(e.Channel)) {
			l.suspensions++
		}
	}
}

// TestProperty06Books: a closed case takes no evidence and a channel that is down
// carries no message; every opened case closes; counters equal the log.
//
// Mutations that it catches: schedulePiece without its bound while evidence does not
// look at the state of the case; links without the status; a meeting that goes on after a suspension (stale).
func TestProperty06Books(t *testing.T) {
	t.Parallel()
	all := texts(t)
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			a := arms(t, all[name], set{"assumptions.model.retraction", "true"})
			var r Runner
			for n := range 20 {
				for arm, m := range a.Arms {
					log, out := events(&r, a, replicate(n), arm)
					l := ledger{m: m, open: map[uint64]bool{}, closed: map[uint64]bool{}, up: make([]bool, m.Channels()),
						shut: make([]bool, m.Channels())}
					for i := range log {
						l.read(t, &log[i])
					}
					l.balance(t, out)
				}
			}
		})
	}
}

func (l *ledger) balance(t *testing.T, o *Outcome) {
	t.Helper()
	if o.Overflow {
		return
	}
	if len(l.open) > 0 || l.discovers != l.cases {
		t.Fatalf("%d cases discovered, %d closed, %d still open", l.discovers, l.cases, len(l.open))
	}
	for _, c := range []struct {
		what      string
		log, book int
	}{
		{"answers and questions", l.answers, o.Questions},
		{"answers by kind", o.Answers[0] + o.Answers[1] + o.Answers[2], o.Questions},
		{"discoveries", l.counted, o.Discovered}, {"cases", l.counted, len(o.Cases)}, {"waits", l.waits, o.Waits},
		{"replies", l.replies, o.Replies}, {"denials", l.denials, o.Denials}, {"counter-accusations", l.counters, o.Counters},
		{"meetings", l.meetings, o.Meetings}, {"suspensions", l.suspensions, o.Suspensions},
		{"withdrawals", l.retractions, o.Withdrawn},
	} {
		if c.log != c.book {
			t.Fatalf("%s: %d in the log, %d in the books", c.what, c.log, c.book)
		}
	}
}
