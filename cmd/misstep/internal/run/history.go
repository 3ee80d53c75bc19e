package run

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/narrative"
)

// HistoryOf plays an instructive replicate once more, else the lowest-numbered in which the headline arms differ, for
// the history figure, and keeps it as a file. Without such a replicate there is no history.
func HistoryOf(_ context.Context, j *Run, sums *experiment.Sums) (*figure.History, []runfolder.File, error) {
	if len(sums.Others) == 0 || sums.Lowest.Draw < 0 {
		return nil, nil, nil
	}
	s, err := narrative.Choose(&j.Plan, append(slices.Clone(sums.Instructive), sums.Lowest)[:max(1, len(sums.Instructive))])
	if err != nil {
		return nil, nil, err
	}
	h := Pictured(s)
	return h, []runfolder.File{runfolder.NewFile(historyJSON, say.JSON(h), false)}, nil
}

// Pictured turns a story into the lanes of a timeline: in each arm the steps and
// replies of every state, what the busiest one believed, and the forum's life.
func Pictured(s *narrative.Story) *figure.History {
	h := &figure.History{Draw: s.Draw, Replicate: s.Replicate, HorizonDays: s.Horizon}
	if s.Diverges != nil {
		h.Diverges = s.Diverges.Day
	}
	acting, busiest := actors(s, "act")
	replying, _ := actors(s, "reply")
	forums := forumsOf(s)
	for a := range s.Arms {
		arm := figure.HistoryArm{Name: s.Arms[a].Name}
		for _, name := range acting {
			arm.Lanes = append(arm.Lanes, lane(s, a, name, "act", figure.Acts, name))
		}
		for _, name := range replying {
			arm.Lanes = append(arm.Lanes, lane(s, a, name, "reply", figure.Replies, name+" replies"))
		}
		if busiest != "" {
			arm.Lanes = append(arm.Lanes, beliefs(s, a, busiest))
		}
		for _, f := range forums {
			arm.Lanes = append(arm.Lanes, life(s, a, f))
		}
		h.Arms = append(h.Arms, arm)
	}
	return h
}

// actors lists the states with steps of a kind in the story, and the one with most.
func actors(s *narrative.Story, kind string) (names []string, busiest string) {
	count := map[string]int{}
	for _, e := range entries(s, -1) {
		if e.Kind == kind && e.Rung > ladder.Absorb {
			if count[e.Who]++; count[e.Who] == 1 {
				names = append(names, e.Who)
			}
		}
	}
	for _, n := range names {
		if busiest == "" || count[n] > count[busiest] {
			busiest = n
		}
	}
	return names, busiest
}

// entries are what happens in cases from the start on; arm −1 is all.
func entries(s *narrative.Story, arm int) iter.Seq2[*narrative.Case, *narrative.Entry] {
	return func(yield func(*narrative.Case, *narrative.Entry) bool) {
		for i := range s.Cases {
			c := &s.Cases[i]
			for a, t := range c.Tracks {
				if t == nil || arm >= 0 && a != arm {
					continue
				}
				for n := range t.Entries {
					if t.Entries[n].Day >= 0 && !yield(c, &t.Entries[n]) {
						return
					}
				}
			}
		}
	}
}

// lane holds the steps, or the replies that are any, of one state.
func lane(s *narrative.Story, arm int, who, kind string, as figure.LaneKind, name string) figure.Lane {
	l := figure.Lane{Name: name, Kind: as}
	for _, e := range entries(s, arm) {
		if e.Kind == kind && e.Who == who && e.Rung != ladder.Absorb {
			l.Events = append(l.Events, figure.Event{Day: e.Day, Kind: kind, Actor: e.Who, Target: e.Whom, Rung: e.Rung,
				Belief: e.Judged.Held.Culprit, Misstep: e.Judged.Misstep, Avoidable: e.Judged.Avoidable, Induced: e.Judged.Induced})
		}
	}
	return byDay(l)
}

// beliefs holds how sure a victim was of its suspect, at each piece of evidence and answer.
func beliefs(s *narrative.Story, arm int, victim string) figure.Lane {
	l := figure.Lane{Name: "belief in guilt", Kind: figure.Beliefs}
	for c, e := range entries(s, arm) {
		if c.Victim == victim && (e.Kind == "piece" || e.Kind == "answer") {
			l.Events = append(l.Events, figure.Event{Day: e.Day, Kind: e.Kind, Actor: victim, Rung: -1, Belief: e.Belief})
		}
	}
	return byDay(l)
}

// life is when a forum was up, met and broke.
func life(s *narrative.Story, arm int, name string) figure.Lane {
	l := figure.Lane{Name: say.State(name), Kind: figure.Channel}
	for _, c := range s.Arms[arm].Channels {
		if c.Channel == name && c.To > 0 {
			l.Up = append(l.Up, figure.Interval{From: max(0, c.From), To: c.To})
		}
	}
	for i := range s.Arms[arm].Life {
		if e := &s.Arms[arm].Life[i]; e.Detail == name && e.Day >= 0 && e.Day <= s.Horizon {
			l.Events = append(l.Events, figure.Event{Day: e.Day, Kind: e.Kind, Rung: -1})
		}
	}
	return l
}

// forumsOf lists the channels that some arm of the story lacks.
func forumsOf(s *narrative.Story) []string {
	var out []string
	for a := range s.Arms {
		for _, c := range s.Arms[a].Channels {
			if c.Forum && !slices.Contains(out, c.Channel) {
				out = append(out, c.Channel)
			}
		}
	}
	return out
}

// byDay sorts the events of a lane: cases overlap in time.
func byDay(l figure.Lane) figure.Lane {
	slices.SortStableFunc(l.Events, func(a, b figure.Event) int { return cmp.Compare(a.Day, b.Day) })
	return l
}
