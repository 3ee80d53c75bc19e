package narrative

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// builder turns logs into a story.
type builder struct {
	plan   *experiment.Plan
	arms   *sim.Arms
	story  *Story
	caseOf map[uint64]int // by incident
	cases  []Case
}

func newBuilder(p *experiment.Plan, c experiment.Cell, a *sim.Arms) *builder {
	v := p.Scenario
	s := &Story{Scenario: v.Name, Title: v.Title, Start: Date{v.Start}, Horizon: v.Horizon, Seed: p.Seed,
		Draw: c.Draw, Replicate: c.Replicate, Cases: []Case{}}
	return &builder{plan: p, arms: a, story: s, caseOf: map[uint64]int{}}
}

func (b *builder) build(logs [][]sim.Event) *Story {
	s := b.story
	s.Types = b.types(logs)
	names := b.plan.HeadlineArms()
	for a, mark := range divergence(logs) {
		s.Arms = append(s.Arms, b.arm(a, b.plan.Scenario.Arms[names[a]].Name, logs[a], mark))
	}
	found := func(t *Track) float64 { return t.Found }
	slices.SortStableFunc(b.cases, func(x, y Case) int { return cmp.Compare(x.first(found), y.first(found)) })
	for _, c := range b.cases {
		parts := c.first((*Track).parts)
		c.Differs = len(logs) > 1 && !sameSteps(c.Tracks[0], c.Tracks[1]) || !math.IsInf(parts, 1)
		if !c.Differs && !c.Public && !c.Misstep {
			continue
		}
		c.Number = len(s.Cases) + 1
		if !math.IsInf(parts, 1) {
			s.Diverges = &Divergence{Day: parts, Date: s.date(parts), Case: c.Number}
			s.Diverges.Sides, s.Diverges.Delay = c.sides()
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// first is the earliest of the days that the tracks of a case have.
func (c *Case) first(day func(*Track) float64) float64 {
	first := math.Inf(1)
	for _, t := range c.Tracks {
		if t != nil {
			first = min(first, day(t))
		}
	}
	return first
}

// parts is the day of the step at which the arms part, +∞ without one.
func (t *Track) parts() float64 {
	if i := slices.IndexFunc(t.Entries, func(e Entry) bool { return e.Diverges }); i >= 0 {
		return t.Entries[i].Day
	}
	return math.Inf(1)
}

// divergence returns, by arm, the place in its log of the first step that differs
// between two arms, −1 where the arm has none: its sequence ended before.
func divergence(logs [][]sim.Event) []int {
	out := []int{-1, -1}[:len(logs)]
	if len(logs) < 2 {
		return out
	}
	var steps [2][]sim.Step
	var places [2][]int
	for a, log := range logs {
		for i := range log {
			if e := &log[i]; isStep(e) && e.Time >= 0 {
				places[a] = append(places[a], i)
				steps[a] = append(steps[a], sim.Step{Time: e.Time, Entity: e.Entity, Actor: e.Actor, Rung: int8(e.Rung)})
			}
		}
	}
	n := experiment.Parting(steps[0], steps[1])
	for a := range steps {
		if n >= 0 && n < len(steps[a]) {
			out[a] = places[a][n]
		}
	}
	// Of steps in two cases the earlier is where the futures part.
	if out[0] >= 0 && out[1] >= 0 && steps[0][n].Entity != steps[1][n].Entity {
		later := 0
		if steps[0][n].Time < steps[1][n].Time {
			later = 1
		}
		out[later] = -1
	}
	return out
}

func isStep(e *sim.Event) bool { return e.Kind == sim.EventAct || e.Kind == sim.EventReply }

// arm reads the log of an arm, with the place of the step at which it parts.
func (b *builder) arm(a int, name string, log []sim.Event, mark int) Arm {
	arm := Arm{Name: name, Life: []Entry{}, Channels: []Span{}}
	up := map[int16]float64{}
	for i := range log {
		e := &log[i]
		if e.Entity != 0 {
			b.take(a, e, i == mark)
			b.together(a, log, i)
			continue
		}
		arm.Life = append(arm.Life, b.entry(e))
		switch e.Kind {
		case sim.EventOpening, sim.EventRestoration:
			up[e.Channel] = e.Time
		case sim.EventSuspension, sim.EventLapse, sim.EventShut:
			if from, was := up[e.Channel]; was {
				arm.Channels = append(arm.Channels, b.span(e.Channel, from, e.Time))
				delete(up, e.Channel)
			}
		}
	}
	for c := range int16(b.arms.History.Channels()) {
		if from, still := up[c]; still {
			arm.Channels = append(arm.Channels, b.span(c, from, b.story.Horizon))
		}
	}
	for i := range b.cases {
		c := &b.cases[i]
		t := c.Tracks[a]
		if t == nil {
			continue
		}
		t.carryBeliefs()
		public, misstep := t.verdict()
		arm.Discovered += count(t.Found >= 0)
		open, later := t.atEnd(b.story.Horizon)
		arm.Open += count(open && t.Found >= 0)
		arm.Later += count(later && t.Found >= 0)
		arm.Public += count(public)
		arm.Missteps += count(misstep)
		c.Public, c.Misstep = c.Public || public, c.Misstep || misstep
	}
	return arm
}

func (b *builder) span(c int16, from, to float64) Span {
	m := b.arms.History
	return Span{Channel: m.ChannelName(int(c)), Forum: m.IsForum(int(c)), From: from, To: to}
}

// steps are those of a track since the start.
func (t *Track) steps() []Entry {
	var out []Entry
	if t != nil {
		for _, e := range t.Entries {
			if e.Judged != nil && e.Day >= 0 {
				out = append(out, e)
			}
		}
	}
	return out
}

// Misstep reports whether a track has a misstep since the start.
func (t *Track) Misstep() bool {
	_, misstep := t.verdict()
	return misstep
}

// verdict says whether a track has a public step and a misstep since the start.
func (t *Track) verdict() (public, misstep bool) {
	for _, e := range t.steps() {
		public = public || e.Rung >= ladder.Public
		misstep = misstep || e.Judged.Misstep
	}
	return public, misstep
}

// atEnd says whether a case is open at the end of the window, and whether its first
// public step comes later.
func (t *Track) atEnd(horizon float64) (open, later bool) {
	for i := range t.Entries {
		open = open || t.Entries[i].Day > horizon
	}
	for _, e := range t.Entries {
		if e.Kind == sim.EventAct.String() && e.Rung >= ladder.Public {
			return open, e.Day > horizon
		}
	}
	return open, false
}

// carryBeliefs gives each entry the belief that it led to: the log states the one
// before it.
func (t *Track) carryBeliefs() {
	for i := 1; i < len(t.Entries); i++ {
		t.Entries[i-1].Belief = t.Entries[i].Belief
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sameSteps reports whether two tracks have the same acts on the same days.
func sameSteps(x, y *Track) bool {
	return slices.EqualFunc(x.steps(), y.steps(), sameStep)
}
