package narrative

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// take adds an event to its case.
func (b *builder) take(a int, e *sim.Event, mark bool) {
	i, known := b.caseOf[e.Entity]
	if !known {
		i = len(b.cases)
		b.caseOf[e.Entity] = i
		b.cases = append(b.cases, b.newCase(e))
	}
	c := &b.cases[i]
	if c.Tracks[a] == nil {
		c.Tracks[a] = &Track{Start: e.Start, Found: e.Time, Severity: e.Severity, Perceived: e.Perceived}
	}
	entry := b.entry(e)
	entry.Diverges = mark
	if e.Kind == sim.EventClose && entry.Rung == ladder.Public && c.Tracks[a].coordinated() {
		entry.Rung = ladder.Coordinated // partners made it the harder step, which its entry tells
	}
	c.Tracks[a].Entries = append(c.Tracks[a].Entries, entry)
}

// coordinated reports whether partners joined a public step of the case.
func (t *Track) coordinated() bool {
	return slices.ContainsFunc(t.Entries,
		func(e Entry) bool { return e.Kind == sim.EventAct.String() && e.Rung == ladder.Coordinated })
}

// together adds to a step's case what happened to a channel at that moment: the
// meeting for which the step waited, the suspension that it brought.
func (b *builder) together(a int, log []sim.Event, i int) {
	e := &log[i]
	if !isStep(e) {
		return
	}
	t := b.cases[b.caseOf[e.Entity]].Tracks[a]
	add := func(at int, beside *sim.Event) {
		entry := b.entry(beside)
		entry.Belief = e.Belief
		t.Entries = slices.Insert(t.Entries, at, entry)
	}
	for n := i - 1; n >= 0 && log[n].Time == e.Time; n-- {
		if log[n].Kind == sim.EventMeeting {
			add(len(t.Entries)-1, &log[n])
		}
	}
	for n := i + 1; n < len(log) && log[n].Time == e.Time && log[n].Kind != sim.EventAct; n++ {
		if log[n].Kind == sim.EventSuspension && log[n].Cause == sim.CauseAccusation {
			add(len(t.Entries), &log[n])
		}
	}
}

// newCase is the case of an event's incident, before anything happened in it.
func (b *builder) newCase(e *sim.Event) Case {
	m := b.arms.History
	source, victim, intent := m.Stream(int(e.Stream))
	c := Case{Victim: m.StateName(victim), Culprit: m.SourceName(source), Group: source >= m.States(),
		Intent: intent.String(), Tracks: make([]*Track, len(b.arms.Arms))}
	if e.Named >= 0 {
		c.Name = b.plan.Scenario.Incidents[e.Named].Name
	}
	rivals := map[int]bool{}
	for i := range m.Streams() {
		if source, hit, _ := m.Stream(i); hit == victim && source < m.States() {
			rivals[source] = true
			c.Suspect = m.StateName(source)
		}
	}
	if len(rivals) != 1 {
		c.Suspect = ""
	}
	return c
}

// entry reads an event.
func (b *builder) entry(e *sim.Event) Entry {
	m := b.arms.History
	out := Entry{Day: e.Time, Date: b.story.date(e.Time), Kind: e.Kind.String(), Belief: e.Belief,
		Who: b.state(e.Actor), Whom: b.state(e.Target)}
	switch e.Kind {
	case sim.EventAct, sim.EventReply:
		out.Rung, out.Before, out.Joined = e.Rung, e.Before, e.Joined
		out.Judged = judged(e)
	case sim.EventPiece:
		out.Detail = m.SourceName(e.Indicated)
		out.Signal = [...]string{"", "not hostile", "hostile"}[1+e.Signal]
	case sim.EventAnswer:
		out.Detail = [...]string{"denial", "silence", "admission"}[e.Answer]
	case sim.EventClose:
		out.Rung = e.Rung
	case sim.EventSuspension, sim.EventLapse, sim.EventOpening, sim.EventRestoration, sim.EventMeeting, sim.EventTrigger,
		sim.EventShut:
		out.Detail = m.ChannelName(int(e.Channel))
		out.Cause = e.Cause.String()
	}
	return out
}

func (b *builder) state(i int16) string {
	if i < 0 {
		return ""
	}
	return b.arms.History.StateName(int(i))
}

// types reads the kinds of rivals off the truths of the log: whoever was acted
// against in some arm.
func (b *builder) types(logs [][]sim.Event) []Type {
	out := []Type{}
	for _, log := range logs {
		for i := range log {
			name := b.state(log[i].Target)
			if isStep(&log[i]) && !slices.ContainsFunc(out, func(t Type) bool { return t.State == name }) {
				out = append(out, Type{name, log[i].OnTruth.StatusQuo == 1})
			}
		}
	}
	slices.SortFunc(out, func(x, y Type) int { return strings.Compare(x.State, y.State) })
	return out
}
