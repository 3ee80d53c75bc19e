package calibrate

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/sim"
)

// recordOptions compare what a record says, not where it keeps it.
var recordOptions = cmp.Options{
	cmpopts.IgnoreUnexported(Record{}), cmpopts.EquateEmpty(), cmp.AllowUnexported(Incident{}, Accusation{}, Covert{}),
	cmpopts.IgnoreFields(Dialogue{}, "down", "met", "ruptured"),
}

// westOf names the western state of a history and its dialogues.
func westOf(h int) (west string, dialogues []string) {
	if h == 0 {
		return america, wests[0].dialogues
	}
	return britain, wests[1].dialogues
}

// same compares in the manner of recordOptions, faster.
func same(a, b *Record) bool {
	lives := func(x, y Dialogue) bool {
		return x.Name == y.Name && x.Since == y.Since && x.Alive == y.Alive && x.Lapses == y.Lapses &&
			x.Suspensions == y.Suspensions &&
			slices.Equal(x.Ages, y.Ages) && slices.Equal(x.Recoveries, y.Recoveries) && slices.Equal(x.Gaps, y.Gaps)
	}
	return a.Until == b.Until && slices.Equal(a.Incidents, b.Incidents) && slices.Equal(a.Accusations, b.Accusations) &&
		slices.Equal(a.Reports, b.Reports) && slices.Equal(a.Covert, b.Covert) &&
		slices.EqualFunc(a.Dialogues, b.Dialogues, lives)
}

// observedRecord feeds a log to a record of its own.
func observedRecord(h int, x history, until float64) *Record {
	west, dialogues := westOf(h)
	r := newRecord(x.model, west, dialogues, until)
	feed(r, x.log)
	return r
}

func feed(r *Record, log []sim.Event) {
	r.Reset()
	for i := range log {
		r.Observe(&log[i])
	}
	r.Close()
}

// Breaks when any field of a record is read otherwise than by searching the log, at
// any cut-off: what lies after it must not be seen. The counts at the end say that
// the comparison saw every kind of thing.
func TestRecordEqualsSlowReading(t *testing.T) {
	seen := map[string]int{}
	for n := range 20 {
		early := []float64{-1, 0, 365, 997, 2191.5, 3000}[n%6]
		for h, x := range simulated(full(), n) {
			west, dialogues := westOf(h)
			for _, until := range []float64{early, x.v.Horizon} {
				got, want := observedRecord(h, x, until), naiveRecord(x, west, dialogues, until)
				if !same(want, got) {
					t.Fatalf("draw %d, %s, cut after %v days (− slow, + record):\n%s", n, x.v.Name, until,
						cmp.Diff(want, got, recordOptions))
				}
			}
			count(seen, observedRecord(h, x, x.v.Horizon))
		}
	}
	for _, what := range []string{"incidents", "accusations", "reports", "joined", "British", "covert", "penalties",
		"exposed", "cut", "denied",
		"countered", "lapses", "suspensions", "recoveries", "gaps", "unaccused", "undisclosed", "not Chinese"} {
		if seen[what] < 5 {
			t.Errorf("%d %s in all histories: nothing is compared", seen[what], what)
		}
	}
}

func count(seen map[string]int, r *Record) {
	add := func(what string, yes bool) {
		if yes {
			seen[what]++
		}
	}
	for _, k := range r.Incidents {
		add("incidents", true)
		add("penalties", k.Penalty <= r.Until)
		add("unaccused", math.IsInf(k.Accused, 1))
		add("undisclosed", math.IsInf(k.Disclosed, 1))
		add("not Chinese", !k.Chinese)
	}
	for _, a := range r.Accusations {
		add("accusations", true)
		add("joined", a.Partners > 0)
		add("British", a.British)
		add("exposed", a.Exposed)
		add("cut", a.Cut)
		add("denied", a.Denied)
		add("countered", a.Counter)
	}
	seen["reports"] += len(r.Reports)
	seen["covert"] += len(r.Covert)
	for _, d := range r.Dialogues {
		seen["lapses"] += d.Lapses
		seen["suspensions"] += d.Suspensions
		seen["recoveries"] += len(d.Recoveries)
		seen["gaps"] += len(d.Gaps)
	}
}

// Breaks when Reset leaves something of the history before.
func TestResetLeavesNoTrace(t *testing.T) {
	for h, x := range simulated(full(), 3) {
		other := simulated(full(), 4)[h]
		r := observedRecord(h, other, x.v.Horizon)
		feed(r, x.log)
		if d := cmp.Diff(observedRecord(h, x, x.v.Horizon), r, recordOptions); d != "" {
			t.Errorf("%s (− new, + reused):\n%s", x.v.Name, d)
		}
	}
}

// Breaks when a warm record allocates.
func TestObserveAllocatesNothing(t *testing.T) {
	x := simulated(full(), 3)[0]
	r := observedRecord(0, x, x.v.Horizon)
	if n := testing.AllocsPerRun(5, func() { feed(r, x.log) }); n != 0 {
		t.Errorf("%v allocations for %d entries", n, len(x.log))
	}
}

// stageOf is a tiny log for one model, written by hand.
type stageOf struct {
	r       *Record
	stream  int32 // of China against the United States
	back    int32 // of the United States against China
	channel int16
	west    int16
	east    int16
}

func newStage(t *testing.T, until float64) *stageOf {
	m := simulated(short(), 0)[0].model
	s := &stageOf{r: newRecord(m, america, wests[0].dialogues, until), stream: -1, back: -1}
	for i := range m.States() {
		switch m.StateName(i) {
		case america:
			s.west = int16(i)
		case china:
			s.east = int16(i)
		}
	}
	for i := range m.Streams() {
		switch source, victim, _ := m.Stream(i); {
		case source == int(s.east) && victim == int(s.west) && s.stream < 0:
			s.stream = int32(i)
		case source == int(s.west) && victim == int(s.east) && s.back < 0:
			s.back = int32(i)
		}
	}
	for c := range m.Channels() {
		if m.ChannelName(c) == "cyber-dialogue" {
			s.channel = int16(c)
		}
	}
	if s.stream < 0 || s.back < 0 {
		t.Fatal("streams are missing")
	}
	return s
}

func (s *stageOf) own(kind sim.EventKind, at float64, entity uint64) {
	s.r.Observe(&sim.Event{Kind: kind, Time: at, Entity: entity, Stream: s.stream, Channel: -1, Actor: s.west, Target: -1,
		Start: at - 1, Belief: at / 1000})
}

func (s *stageOf) step(at float64, entity uint64, rung int) {
	s.r.Observe(&sim.Event{Kind: sim.EventAct, Time: at, Entity: entity, Stream: s.stream, Channel: -1, Actor: s.west,
		Target: s.east, Rung: rung})
}

func (s *stageOf) answer(kind sim.EventKind, at float64, entity uint64, rung int) {
	s.r.Observe(&sim.Event{Kind: kind, Time: at, Entity: entity, Stream: s.stream, Channel: -1, Actor: s.east,
		Target: s.west, Rung: rung})
}

func (s *stageOf) life(kind sim.EventKind, at float64, cause sim.SuspensionCause) {
	s.r.Observe(&sim.Event{Kind: kind, Time: at, Stream: -1, Channel: s.channel, Actor: -1, Target: -1, Cause: cause})
}

// Breaks when a rung outside of R3 to R6 becomes an accusation, or one inside does not.
func TestWhichRungsAccuse(t *testing.T) {
	for rung := range ladder.Rungs {
		s := newStage(t, 1000)
		s.own(sim.EventDiscovery, 10, 1)
		s.step(20, 1, rung)
		want := 0
		if rung >= 3 && rung <= 6 {
			want = 1
		}
		if len(s.r.Accusations) != want || (want == 1) != (s.r.Incidents[0].Disclosed == 20) {
			t.Errorf("R%d: %d accusations, disclosed on day %v", rung, len(s.r.Accusations), s.r.Incidents[0].Disclosed)
		}
		if penal := rung == 5 || rung == 6; penal != (s.r.Incidents[0].Penalty == 20) {
			t.Errorf("R%d: penalty on day %v", rung, s.r.Incidents[0].Penalty)
		}
	}
}

// Breaks when a window is a day longer or shorter: denials and counter-accusations
// within 7 days, trade measures and suspensions within 30, penalties whenever.
func TestWindowsAfterAnAccusation(t *testing.T) {
	for _, late := range []float64{0, 1e-9} {
		s := newStage(t, 1000)
		s.life(sim.EventOpening, 5, 0)
		s.own(sim.EventDiscovery, 10, 1)
		s.step(100, 1, ladder.Public)
		s.answer(sim.EventDenial, 107+late, 1, 0)
		s.answer(sim.EventCounter, 107+late, 1, 0)
		s.answer(sim.EventReply, 130+late, 1, ladder.ReduceRelations)
		s.life(sim.EventSuspension, 130+late, sim.CauseAccusation)
		s.step(300, 1, ladder.Sanctions)
		in := late == 0
		want := Accusation{At: 100, Exposed: true, Denied: in, Counter: in, Trade: in, Cut: in, entity: 1}
		if len(s.r.Accusations) != 1 || s.r.Accusations[0] != want {
			t.Errorf("late by %v: %+v, want %+v", late, s.r.Accusations, want)
		}
		if k := s.r.Incidents[0]; k.Accused != 100 || k.Penalty != 300 {
			t.Errorf("accused on day %v, penalty on day %v", k.Accused, k.Penalty)
		}
	}
}

// Breaks when a suspension by a shock is blamed on an accusation, or an accusation
// after the end counts as exposed.
func TestWhatCutsADialogue(t *testing.T) {
	s := newStage(t, 1000)
	s.life(sim.EventOpening, 0, 0)
	s.own(sim.EventDiscovery, 10, 1)
	s.own(sim.EventDiscovery, 11, 2)
	s.step(20, 1, ladder.Public)
	s.life(sim.EventSuspension, 21, sim.CauseShock)
	s.step(22, 2, ladder.Public)
	d, a := s.r.Dialogues[0], s.r.Accusations
	if d.Suspensions != 0 || len(d.Ages) != 1 || d.Ages[0] != 21 || a[0].Cut || !a[0].Exposed || a[1].Exposed {
		t.Errorf("dialogue %+v, accusations %+v", d, a)
	}
}

// Breaks when the past is booked: an accusation before the start is none, its
// incident stays accused; a channel that ended before the start was alive for no day;
// what comes back from a lapse recovered from no rupture.
func TestThePastIsNotBooked(t *testing.T) {
	s := newStage(t, 100)
	s.life(sim.EventOpening, -400, 0)
	s.own(sim.EventDiscovery, -300, 1)
	s.step(-250, 1, ladder.Public)
	s.life(sim.EventSuspension, -200, sim.CauseShock)
	s.life(sim.EventRestoration, -50, 0)
	s.life(sim.EventMeeting, -20, 0)
	s.life(sim.EventMeeting, 30, 0)
	s.life(sim.EventLapse, 40, 0)
	s.life(sim.EventRestoration, 60, 0)
	s.r.Close()
	d := s.r.Dialogues[0]
	if len(s.r.Accusations) != 0 || s.r.Incidents[0].Accused != -250 {
		t.Errorf("accusations %+v of %+v", s.r.Accusations, s.r.Incidents)
	}
	if d.Alive != 40+40 || fmt.Sprint(d.Ages, d.Recoveries, d.Gaps) != "[200 90] [150] [50]" {
		t.Errorf("alive for %v days, ages %v, recoveries %v, gaps %v", d.Alive, d.Ages, d.Recoveries, d.Gaps)
	}
}

// Breaks when the days before the start count.
func TestAliveFromBeforeTheStart(t *testing.T) {
	s := newStage(t, 100)
	s.life(sim.EventOpening, -400, 0)
	s.r.Close()
	if d := s.r.Dialogues[0]; d.Alive != 100 || d.Since != -400 || len(d.Ages) != 0 {
		t.Errorf("alive for %v days since day %v", d.Alive, d.Since)
	}
}

// Breaks when anything but China's first public step against the United States in a
// case of its own is a report.
func TestWhatIsAReport(t *testing.T) {
	s := newStage(t, 100)
	report := func(at float64, actor, target int16, before, rung int) {
		s.r.Observe(&sim.Event{Kind: sim.EventAct, Time: at, Entity: random.Entity(7, int(at)), Stream: s.back, Channel: -1,
			Actor: actor, Target: target, Before: before, Rung: rung})
	}
	report(10, s.east, s.west, 0, ladder.Public)
	report(11, s.east, s.west, ladder.PrivateDemarche, ladder.Sanctions)
	report(12, s.east, s.west, ladder.Public, ladder.Sanctions) // the second public step of a case
	report(13, s.east, s.west, 0, ladder.PrivateDemarche)
	report(14, s.east, s.east, 0, ladder.Public)
	report(-1, s.east, s.west, 0, ladder.Public)
	report(101, s.east, s.west, 0, ladder.Public)
	if fmt.Sprint(s.r.Reports) != "[10 11]" || len(s.r.Incidents) != 0 {
		t.Errorf("reports on days %v, incidents %v", s.r.Reports, s.r.Incidents)
	}
}
