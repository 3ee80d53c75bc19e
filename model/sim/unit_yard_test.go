package sim

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// The states, the group and the channels of testdata/dyad.yaml by index.
const (
	aland, borland, cerland, gang = 0, 1, 2, 3
	embassy, forum, hotline       = 0, 1, 2
)

// yard is a world of the scenario dyad in which nothing has happened; the tests of
// single submodels set its parts by hand. Its model is its own and may be changed.
type yard struct {
	*world
	log []Event
}

func newYard(t testing.TB, sets ...set) *yard {
	t.Helper()
	m := *arms(t, read(t, "testdata/dyad.yaml"), sets...).Arms[1]
	m.streams, m.channels, m.states = slices.Clone(m.streams), slices.Clone(m.channels), slices.Clone(m.states)
	y := &yard{world: &world{out: &Outcome{}}}
	y.out.reset(&m)
	y.set(&m, replicate(0))
	for id := range y.onsets {
		y.onsets[id] = onset{factor: 1, target: math.Inf(1), next: math.Inf(-1)}
	}
	y.obs = func(e *Event) { y.log = append(y.log, *e) }
	return y
}

// happens lets an event of a kind happen now, unless it is stale.
func (y *yard) happens(what kind, e event) {
	e.kind, e.time = what, y.now
	y.handle(e)
}

// flow is the stream of a source toward a victim with an intent.
func (y *yard) flow(source, victim int32, intent scenario.Intent) int32 {
	return int32(slices.IndexFunc(y.m.streams, func(s stream) bool {
		return s.source == source && s.victim == victim && s.intent == intent
	}))
}

// bring puts channels up without the events of their lives.
func (y *yard) bring(channels ...int32) {
	for _, c := range channels {
		y.channels[c].status = up
	}
}

// opened opens a case of a stream by hand, without evidence.
func (y *yard) opened(id int32, severity float64) int32 {
	n := int32(len(y.cases))
	y.cases = append(y.cases, victimCase{
		incident: incident{entity: numbered(int(n)), stream: id, victim: y.m.streams[id].victim, severity: severity,
			start: y.now, discovered: y.now, frame: -1, named: -1},
		perceived: severity, estimate: severity, posteriorSeverity: severity, closeAt: y.now + 1000,
		uniform: 0.5, hi: 1, target: -1, against: -1, state: open, counted: true, dirty: true})
	y.openCases++
	y.setPrior(&y.cases[n])
	y.refresh(&y.cases[n])
	return n
}

// spied opens a case of Aland that is espionage by Borland.
func (y *yard) spied() int32 { return y.opened(y.flow(borland, aland, scenario.Espionage), 3) }

// numbered is an entity of its own for every n.
func numbered(n int) uint64 { return random.Entity(random.NameHash("yard"), n) }

// believe makes the posterior over streams of a case what it is told, for the
// receiver and for the ideal observer; streams left out have 0.
func (y *yard) believe(id int32, held, onIdeal map[int32]float64) {
	k := &y.cases[id]
	s := &y.m.states[y.victim(k)].sensor
	for i, stream := range s.cells {
		prior := y.prior[int(k.priorAt)+i]
		y.like[int(k.priorAt)+i] = held[stream] / prior
		from, to := s.hypothesesOf(i)
		clear(y.idealLike[int(k.idealAt)+from : int(k.idealAt)+to])
		y.idealLike[int(k.idealAt)+from] = onIdeal[stream] / prior
	}
	y.refresh(k)
}

// kinds lists what the log holds, in order.
func (y *yard) kinds() (out []EventKind) {
	for i := range y.log {
		out = append(out, y.log[i].Kind)
	}
	return out
}

// queued lists the times at which events of a kind are due, in order.
func (y *yard) queued(what kind) (out []float64) {
	y.queue.next() // fills the hole
	for _, e := range y.queue.heap {
		if e.kind == what {
			out = append(out, e.time)
		}
	}
	slices.Sort(out)
	return out
}

// near fails the test when two numbers differ by more than 1e-12 of their size.
func near(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*(1+math.Abs(want))) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// hits counts how often an addressed chance turns out true.
func hits(hit func(n int) bool) *share {
	var s share
	for n := range 20000 {
		s.add(hit(n))
	}
	return &s
}
