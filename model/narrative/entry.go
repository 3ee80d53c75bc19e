package narrative

import (
	"slices"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
)

// take adds an event to its case.
func (b *builder) take(a int, e *sim.Event, mark bool) {
	i, known := b.at[e.Entity]
	if !known {
		i = len(b.cases)
		b.at[e.Entity] = i
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
	if e.Kind != sim.EventAct && e.Kind != sim.EventReply {
		return
	}
	t := b.cases[b.at[e.Entity]].Tracks[a]
	for n := i - 1; n >= 0 && log[n].Time == e.Time; n-- {
		if log[n].Kind == sim.EventMeeting {
			t.Entries = slices.Insert(t.Entries, len(t.Entries)-1, b.entry(&log[n]))
		}
	}
	for n := i + 1; n < len(log) && log[n].Time == e.Time && log[n].Kind != sim.EventAct; n++ {
		if log[n].Kind == sim.EventSuspension && log[n].Cause == sim.CauseAccusation {
			s := b.entry(&log[n])
			s.Belief = e.Belief
			t.Entries = append(t.Entries, s)
		}
	}
	if n := len(t.Entries); n > 1 && t.Entries[n-2].Kind == sim.EventMeeting.String() {
		t.Entries[n-2].Belief = e.Belief
	}
}

func (b *builder) newCase(e *sim.Event) Case {
	st := b.streams[e.Stream]
	c := Case{Victim: st.Victim, Culprit: st.Source, Intent: st.Intent.String(), Tracks: make([]*Track, len(b.arms))}
	if e.Named >= 0 {
		c.Name = b.valid.Incidents[e.Named].Name
	}
	states := map[string]bool{}
	for i := range b.valid.States {
		states[b.valid.States[i].Name] = true
	}
	c.Group = !states[c.Culprit]
	rivals := 0
	for i, s := range b.streams {
		if s.Victim == c.Victim && states[s.Source] && !slices.ContainsFunc(b.streams[:i], func(o Stream) bool {
			return o.Victim == s.Victim && o.Source == s.Source
		}) {
			rivals++
			c.onlyRival = s.Source
		}
	}
	if rivals != 1 {
		c.onlyRival = ""
	}
	return c
}

// entry reads an event.
func (b *builder) entry(e *sim.Event) Entry {
	out := Entry{Day: e.Time, Date: date(b.valid.Start, e.Time), Kind: e.Kind.String(), Belief: e.Belief,
		Who: b.state(e.Actor), Whom: b.state(e.Target)}
	switch e.Kind {
	case sim.EventAct, sim.EventReply:
		out.Rung, out.Before, out.Joined = e.Rung, e.Before, e.Joined
		out.Judged = judged(e)
	case sim.EventPiece:
		out.Detail = b.model.SourceName(e.Indicated)
		switch e.Signal {
		case 0:
			out.Signal = "not hostile"
		case 1:
			out.Signal = "hostile"
		}
	case sim.EventAnswer:
		out.Detail = [...]string{"denial", "silence", "admission"}[e.Answer]
	case sim.EventClose:
		out.Rung = e.Rung
	case sim.EventSuspension, sim.EventLapse, sim.EventOpening, sim.EventRestoration, sim.EventMeeting:
		out.Detail = b.model.ChannelName(int(e.Channel))
		out.Cause = e.Cause.String()
	}
	return out
}

func (b *builder) state(i int16) string {
	if i < 0 {
		return ""
	}
	return b.model.StateName(int(i))
}

// types reads the kinds of rivals off the truths of the log: whoever was acted
// against in some arm.
func (b *builder) types(logs [][]sim.Event) []Type {
	out := []Type{}
	for _, log := range logs {
		for i := range log {
			e := &log[i]
			if e.Kind != sim.EventAct && e.Kind != sim.EventReply {
				continue
			}
			name := b.state(e.Target)
			if !slices.ContainsFunc(out, func(t Type) bool { return t.State == name }) {
				out = append(out, Type{name, e.OnTruth.StatusQuo == 1})
			}
		}
	}
	slices.SortFunc(out, func(x, y Type) int {
		if x.State < y.State {
			return -1
		}
		return 1
	})
	return out
}
