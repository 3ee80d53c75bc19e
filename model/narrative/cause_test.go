package narrative

import (
	"slices"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// TestOneMechanismIsItsOwnCause: where the treatment has one mechanism alone, every
// parting needs it, and it is enough; a wait is told where it is delay. Catches a replay
// with another chance, or a mechanism that is left on.
func TestOneMechanismIsItsOwnCause(t *testing.T) {
	for _, m := range []scenario.Mechanism{scenario.Delay, scenario.PrivateOption, scenario.Clarify} {
		p := shipped(t, "uk-china-dialogue-2026")
		v := *p.Scenario
		v.Arms = slices.Clone(v.Arms)
		at := p.HeadlineArms()[1]
		v.Arms[at].Levers.Channels = slices.Clone(v.Arms[at].Levers.Channels)
		channels := v.Arms[at].Levers.Channels
		i := slices.IndexFunc(channels, func(c scenario.Channel) bool { return c.Name == "cyber-dialogue" })
		channels[i].Mandate = [scenario.NumMechanisms]bool{}
		channels[i].Mandate[m] = true
		p.Scenario = &v
		parted := 0
		for d := range 10 {
			s, err := Tell(p, experiment.Cell{Draw: d})
			if err != nil {
				t.Fatal(err)
			}
			if s.Diverges == nil {
				continue
			}
			parted++
			want := []string{m.String()}
			if x := s.Diverges; !slices.Equal(x.Needed, want) || !slices.Equal(x.Enough, want) || x.Sides == [2]*Entry{} ||
				m != scenario.Delay && x.Delay != nil {
				t.Errorf("%v, draw %d: %+v", m, d, x)
			}
		}
		if parted == 0 {
			t.Errorf("%v parts nothing", m)
		}
	}
}

// TestLeftOutAgain: of two mechanisms the one whose strength is 0 is never named.
func TestLeftOutAgain(t *testing.T) {
	p := shipped(t, "us-china-storm-0558-2023")
	v := *p.Scenario
	v.Slots = slices.Clone(v.Slots)
	for i := range v.Slots {
		if v.Slots[i].Param == scenario.PrivateOption.StrengthParam() {
			v.Slots[i].Dist = param.Fixed(0)
		}
	}
	p.Scenario = &v
	for d := range 8 {
		s, err := Tell(p, experiment.Cell{Draw: d})
		if err != nil {
			t.Fatal(err)
		}
		if x := s.Diverges; x != nil && (slices.Contains(x.Needed, "private_option") ||
			slices.Contains(x.Enough, "private_option")) {
			t.Errorf("draw %d: %+v", d, x)
		}
	}
}

// TestWaits: how long the step waited, for whom, and a wait that brought none.
func TestWaits(t *testing.T) {
	wait := on(20, sim.EventWait, 7, nil)
	found := on(10, sim.EventDiscovery, 7, nil)
	piece := on(39, sim.EventPiece, 7, func(e *sim.Event) { e.Target, e.Indicated = -1, borland })
	met := channel(39, sim.EventMeeting, 0, 0)
	now := []sim.Event{found, step(20, 7, ladder.Public)}
	for name, c := range map[string]struct {
		with []sim.Event
		want *Wait
	}{
		"for a meeting":   {[]sim.Event{found, wait, met, step(39, 7, 5)}, &Wait{20, 19, false, "forum"}},
		"to the limit":    {[]sim.Event{found, wait, step(50, 7, 5)}, &Wait{20, 30, false, ""}},
		"in vain":         {[]sim.Event{found, wait}, &Wait{20, 0, true, ""}},
		"until evidence":  {[]sim.Event{found, wait, piece, step(39, 7, 5)}, &Wait{20, 0, true, ""}},
		"after its step":  {[]sim.Event{found, step(20, 7, 1), wait}, nil},
		"without waiting": {[]sim.Event{found, step(20, 7, 1)}, nil},
	} {
		s := told(t, slices.Clone(now), c.with)
		if s.Diverges == nil {
			t.Fatalf("%s: the arms do not part", name)
		}
		have := s.Diverges.Delay
		if (have == nil) != (c.want == nil) || have != nil && *have != *c.want {
			t.Errorf("%s: %+v, want %+v", name, have, c.want)
		}
		if x := s.Diverges.Sides; x[0] == nil || x[0].Rung != ladder.Public || (x[1] != nil) == (name == "in vain") {
			t.Errorf("%s: sides %+v", name, x)
		}
	}
}

// TestOpenAtTheEnd: a case that ends in the window is not open, one whose public step comes
// after it is made public later, and one found before the start is not counted.
func TestOpenAtTheEnd(t *testing.T) {
	found := func(day float64, entity uint64) sim.Event { return on(day, sim.EventDiscovery, entity, nil) }
	end := small(t).Scenario.Horizon
	s := told(t, []sim.Event{found(-5, 1), found(3, 2), found(4, 3), found(5, 4), on(9, sim.EventClose, 2, nil),
		step(10, 3, ladder.Public), step(end+1, 4, ladder.Public), step(end+2, 1, ladder.Public),
		on(end+9, sim.EventClose, 3, nil), on(end+9, sim.EventClose, 4, nil)})
	if a := s.Arms[0]; a.Discovered != 3 || a.Open != 2 || a.Later != 1 {
		t.Errorf("%d discovered, %d open, %d later; want 3, 2, 1", a.Discovered, a.Open, a.Later)
	}
}
