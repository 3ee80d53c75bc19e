package narrative

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// builder turns logs into a story.
type builder struct {
	plan    *experiment.Plan
	valid   *scenario.Scenario
	cell    experiment.Cell
	arms    []int
	model   *sim.Model // for names, which all arms share
	streams []Stream
	at      map[uint64]int // case by incident
	cases   []Case
}

func newBuilder(p *experiment.Plan, c experiment.Cell, a *sim.Arms) *builder {
	return &builder{plan: p, valid: p.Scenario, cell: c, arms: armsOf(p), model: a.Arms[0],
		streams: streamsOf(a.History), at: map[uint64]int{}}
}

func (b *builder) build(logs [][]sim.Event) *Story {
	v := b.valid
	s := &Story{Scenario: v.Name, Title: v.Title, Start: v.Start, Horizon: v.Horizon, Seed: b.plan.Seed,
		Draw: b.cell.Draw, Replicate: b.cell.Replicate, Types: b.types(logs)}
	marks := divergence(logs)
	for a, log := range logs {
		s.Arms = append(s.Arms, b.arm(a, log, marks[a]))
	}
	first := -1
	for i := range b.cases {
		c := &b.cases[i]
		c.Differs = len(logs) > 1 && !sameSteps(c.Tracks[0], c.Tracks[1])
		for _, t := range c.Tracks {
			if t != nil && slices.ContainsFunc(t.Entries, func(e Entry) bool { return e.Diverges }) {
				c.Differs, first = true, i
			}
		}
	}
	b.keep(s, first, marks, logs)
	return s
}

// keep numbers the cases that matter, in the order of their discovery.
func (b *builder) keep(s *Story, first int, marks []int, logs [][]sim.Event) {
	order := make([]int, len(b.cases))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		x, y := b.cases[i].found(), b.cases[j].found()
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	s.Cases = []Case{}
	for _, i := range order {
		c := b.cases[i]
		if !c.Differs && !c.Public && !c.Misstep {
			continue
		}
		c.Number = len(s.Cases) + 1
		if i == first {
			day := math.Inf(1)
			for a, m := range marks {
				if m >= 0 {
					day = math.Min(day, logs[a][m].Time)
				}
			}
			s.Diverges = &Divergence{Day: day, Date: date(s.Start, day), Case: c.Number}
		}
		s.Cases = append(s.Cases, c)
	}
}

// found is the day on which some arm discovered the case.
func (c *Case) found() float64 {
	day := math.Inf(1)
	for _, t := range c.Tracks {
		if t != nil {
			day = math.Min(day, t.Found)
		}
	}
	return day
}

// divergence returns, by arm, the place in its log of the first step that differs
// between two arms, −1 where the arm has none: its sequence ended before.
func divergence(logs [][]sim.Event) []int {
	out := []int{-1, -1}[:len(logs)]
	if len(logs) < 2 {
		return out
	}
	var steps [2][]int
	for a := range steps {
		for i := range logs[a] {
			if e := &logs[a][i]; e.Time >= 0 && (e.Kind == sim.EventAct || e.Kind == sim.EventReply) {
				steps[a] = append(steps[a], i)
			}
		}
	}
	for n := 0; n < len(steps[0]) || n < len(steps[1]); n++ {
		if n < len(steps[0]) && n < len(steps[1]) {
			x, y := &logs[0][steps[0][n]], &logs[1][steps[1][n]]
			if x.Entity == y.Entity && x.Actor == y.Actor && x.Rung == y.Rung {
				continue
			}
		}
		for a := range steps {
			if n < len(steps[a]) {
				out[a] = steps[a][n]
			}
		}
		// Of two steps that differ the earlier is where the futures part.
		if out[0] >= 0 && out[1] >= 0 {
			x, y := &logs[0][out[0]], &logs[1][out[1]]
			if x.Entity != y.Entity && x.Time < y.Time {
				out[1] = -1
			} else if x.Entity != y.Entity {
				out[0] = -1
			}
		}
		return out
	}
	return out
}

func (b *builder) arm(a int, log []sim.Event, mark int) Arm {
	arm := Arm{Name: b.valid.Arms[b.arms[a]].Name, Life: []Entry{}, Channels: []Span{}}
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
		case sim.EventSuspension, sim.EventLapse:
			arm.Channels = append(arm.Channels, b.span(e.Channel, up[e.Channel], e.Time))
			delete(up, e.Channel)
		}
	}
	for c := range b.model.Channels() {
		if from, still := up[int16(c)]; still {
			arm.Channels = append(arm.Channels, b.span(int16(c), from, b.valid.Horizon))
		}
	}
	for i := range b.cases {
		t := b.cases[i].Tracks[a]
		if t == nil {
			continue
		}
		t.carryBeliefs()
		public, misstep := t.verdict()
		arm.Discovered += count(t.Found >= 0)
		arm.Public += count(public)
		arm.Missteps += count(misstep)
		b.cases[i].Public = b.cases[i].Public || public
		b.cases[i].Misstep = b.cases[i].Misstep || misstep
	}
	return arm
}

func (b *builder) span(c int16, from, to float64) Span {
	return Span{Channel: b.model.ChannelName(int(c)), Forum: b.model.IsForum(int(c)), From: from, To: to}
}

// verdict says whether a track has a public step and a misstep since the start.
func (t *Track) verdict() (public, misstep bool) {
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Judged == nil || e.Day < 0 {
			continue
		}
		public = public || e.Rung >= ladder.Public
		misstep = misstep || e.Judged.Misstep
	}
	return
}

// carryBeliefs gives each entry the belief that it led to: the log states the one
// before it.
func (t *Track) carryBeliefs() {
	for i := range t.Entries[:max(0, len(t.Entries)-1)] {
		t.Entries[i].Belief = t.Entries[i+1].Belief
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
	steps := func(t *Track) (out []Entry) {
		if t != nil {
			for _, e := range t.Entries {
				if e.Judged != nil && e.Day >= 0 {
					out = append(out, e)
				}
			}
		}
		return out
	}
	return slices.EqualFunc(steps(x), steps(y), func(a, b Entry) bool {
		return a.Who == b.Who && a.Rung == b.Rung && a.Date == b.Date
	})
}
