package sim

import (
	"slices"
	"testing"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
)

// What counts, by hand. A state takes the rung whose level is nearest to what it wants: its
// belief in the culprit times severity times .02 for espionage, .1 for disruption. So what it
// wants is R1 from .02 on, R2 from .06, R3 from .115, R5 from .185, R6 from .285, R7 from .375.
func nearest() []set {
	out := []set{{"choice.rationality", "1e100"}, {"choice.desire_espionage", "0.02"}, {"choice.desire_disruption", "0.1"},
		{"coalition.join", "0"}}
	for _, weight := range []string{"innocence", "lookahead", "cost", "thaw", "tension", "covert", "audience",
		"private_cost", "operation", "firebreak_a", "firebreak_b"} {
		out = append(out, set{"choice." + weight, "0"})
	}
	return append(out, set{"assumptions.states.Aland.choice.price", "0"})
}

// countedCase is a case of Aland in which everything is fixed: who did it and what for, and what
// Aland holds.
type countedCase struct {
	*yard
	id int32
}

func newCounted(t *testing.T, source int32, intent scenario.Intent, severity float64) *countedCase {
	t.Helper()
	y := newYard(t, nearest()...)
	y.now = 10
	c := &countedCase{y, y.opened(y.flow(source, aland, intent), severity)}
	k := &y.cases[c.id]
	k.misstepOn, k.namedOn, k.falselyOn = -1, -1, -1
	return c
}

// holds lets Aland be sure of a culprit and an intent, with an estimate of the severity, and
// carries out the step that follows, or another rung where one is given.
func (c *countedCase) holds(source int32, intent scenario.Intent, estimate float64, instead ...int) *CaseOutcome {
	flow := map[int32]float64{c.flow(source, aland, intent): 1}
	c.believe(c.id, flow, flow)
	k := &c.cases[c.id]
	k.estimate = estimate
	held := c.held(k)
	rung := c.choose(k, &held, &k.snap, int32(k.target)).rung
	if len(instead) > 0 {
		rung = instead[0]
	}
	c.act(c.id, &held, rung)
	out := c.caseOutcome(&c.cases[c.id])
	return &out
}

// TestCountedClauses: each clause of what counts as an error.
func TestCountedClauses(t *testing.T) {
	const why, innocent = scenario.Disruption, -1
	for name, c := range map[string]struct {
		source           int32
		intent           scenario.Intent
		severity         float64
		held             int32
		as               scenario.Intent
		estimate         float64
		rung             int
		misstep          int8 // rung
		whoOrWhy, who    bool
		named, falselyOn int16
	}{
		// Wants .1 · 1.6 and gets R3; with the true intent .02 · 1.6, R1; with the true severity too .02 · 8, R3.
		"two errors that cancel": {borland, scenario.Espionage, 8, borland, why, 1.6, 3, 0, true, false, borland, -1},
		// The same with the true severity at 2: R1, and a misstep.
		"an error about why": {borland, scenario.Espionage, 2, borland, why, 1.6, 3, 3, true, false, borland, -1},
		// Takes a severity of 2 for 8: with the true intent still R3.
		"an error about severity alone": {borland, scenario.Espionage, 2, borland, scenario.Espionage, 8, 3, 3, false, false,
			borland, -1},
		"an error about who": {cerland, scenario.Espionage, 2, borland, why, 1.6, 3, 3, true, true, borland, borland},
		"no error":           {borland, why, 1.6, borland, why, 1.6, 3, 0, false, false, borland, -1},
		// Wants .4, R7: covert, so neither who nor who or why; a misstep since .02 · 4 is R2.
		"a covert error": {borland, scenario.Espionage, 4, borland, why, 4, 7, 7, false, false, innocent, -1},
		// Wants .04, R1: no step that counts.
		"a private error": {cerland, scenario.Espionage, 0.1, borland, scenario.Espionage, 2, 1, 0,
			false, false, innocent, -1},
	} {
		x := newCounted(t, c.source, c.intent, c.severity)
		out := x.holds(c.held, c.as, c.estimate)
		misstepOn := int16(-1)
		if c.misstep > 0 {
			misstepOn = int16(c.held)
		}
		if int(out.Peak) != c.rung || out.MisstepAt != c.misstep || out.WhoOrWhy != c.whoOrWhy || out.Falsely != c.who ||
			out.NamedOn != c.named || out.FalselyOn != c.falselyOn || out.MisstepOn != misstepOn ||
			out.Erred != map[bool]uint16{true: 1 << c.misstep}[c.misstep > 0] {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

// TestCountedCovertThenPublic: the first step in the public set is judged, whatever came in
// secret before; a covert step accuses nobody in public.
func TestCountedCovertThenPublic(t *testing.T) {
	c := newCounted(t, borland, scenario.Espionage, 2)
	if out := c.holds(borland, scenario.Disruption, 4); out.Peak != 7 || out.NamedOn != -1 || out.WhoOrWhy || out.Rightly {
		t.Errorf("covert: %+v", out)
	}
	if out := c.holds(borland, scenario.Disruption, 1.6, ladder.Public); !out.WhoOrWhy || out.NamedOn != borland ||
		!out.Rightly || out.MisstepAt != 7 {
		t.Errorf("then public: %+v", out)
	}
}

// TestCountedRightThenWrong: a right R3, then R5 against another state. Who or why is about the
// first, who about any; a case whose R3 was right is no misstep of class R3.
func TestCountedRightThenWrong(t *testing.T) {
	c := newCounted(t, borland, scenario.Disruption, 1.6)
	c.holds(borland, scenario.Disruption, 1.6)
	out := c.holds(cerland, scenario.Disruption, 2)
	if out.WhoOrWhy || out.NamedOn != borland || !out.Rightly || !out.Falsely || out.FalselyOn != cerland ||
		out.MisstepAt != 0 || out.Missteps != 0b10 || out.Erred != 1<<5 || !out.Unmet {
		t.Errorf("%+v", out)
	}
}

// TestCountedJoined: partners change no count: a joined R5 is one step, and the but-for of a
// joined step is that of a step alone.
func TestCountedJoined(t *testing.T) {
	for _, estimate := range []float64{1.6, 2} { // R3 and R5
		var outs []*CaseOutcome
		for _, partners := range [][]partner{nil, {{hash: 1, join: 1}, {hash: 2, join: 1}}} {
			c := newCounted(t, borland, scenario.Espionage, 2)
			c.m.partners = slices.Clone(c.m.partners)
			c.m.partners[aland] = partners
			outs = append(outs, c.holds(borland, scenario.Disruption, estimate))
			if len(c.out.Steps) != 1 || c.out.Joint != len(partners)/2 {
				t.Errorf("%d steps, %d joint", len(c.out.Steps), c.out.Joint)
			}
		}
		alone, joined := *outs[0], *outs[1]
		if alone.Peak == 3 {
			alone.Peak = 4 // as it shows
		}
		if alone != joined {
			t.Errorf("alone %+v\njoined %+v", alone, joined)
		}
	}
}

// TestCountedAfterTheEnd: a case that was discovered in the window counts with all of its
// steps; what happened in the window does not hold them.
func TestCountedAfterTheEnd(t *testing.T) {
	c := newCounted(t, cerland, scenario.Espionage, 2)
	c.now = c.m.horizon + 5
	out := c.holds(borland, scenario.Disruption, 1.6)
	if out.MisstepAt != 3 || !out.WhoOrWhy || !out.Falsely || out.Discovered != 10 ||
		c.out.Stood != 0 || c.out.Erred != 0 {
		t.Errorf("%+v, stood %b", out, c.out.Stood)
	}
}

// TestCountedByTheLog: what cases hold is what the log of their own acts says, and replies
// stand apart. Catches a reply among a case's missteps, and one that is counted in another case.
func TestCountedByTheLog(t *testing.T) {
	a, seen, replies := arms(t, read(t, "testdata/dyad.yaml"), set{"choice.price", "0"}), 0, 0
	var r Runner
	for n := range 60 {
		log, out := events(&r, a, replicate(n), 1)
		for _, c := range out.Cases {
			want := CaseOutcome{MisstepOn: -1, NamedOn: -1, FalselyOn: -1}
			for _, e := range log {
				switch {
				case e.Entity != c.Entity:
				case e.Kind == EventReply && e.Misstep:
					want.Replies++
				case e.Kind == EventAct:
					counted(&want, &e, c.Source)
				}
			}
			if c.MisstepOn != want.MisstepOn || c.NamedOn != want.NamedOn || c.FalselyOn != want.FalselyOn ||
				c.Erred != want.Erred || c.Replies != want.Replies {
				t.Fatalf("%+v, by the log %+v", c, want)
			}
			seen += int(c.Erred)
			replies += int(c.Replies)
		}
	}
	if seen == 0 || replies == 0 {
		t.Errorf("%d, %d: too quiet to tell", seen, replies)
	}
}

// counted adds an act of a case that a source caused.
func counted(to *CaseOutcome, e *Event, source int16) {
	if e.Misstep {
		to.Erred |= 1 << e.Chosen
	}
	if e.Chosen >= 3 && e.Before < 3 && e.RungOnTruth < 3 {
		to.MisstepOn = e.Target
	}
	if ladder.InPublicSet(e.Chosen) && to.NamedOn < 0 {
		to.NamedOn = e.Target
	}
	if seen := ladder.InPublicSet(e.Chosen) || e.Chosen > 7; seen && e.Target != source && to.FalselyOn < 0 {
		to.FalselyOn = e.Target
	}
}
