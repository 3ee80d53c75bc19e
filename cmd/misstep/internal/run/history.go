package run

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/story"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/narrative"
)

// HistoryOf plays an instructive replicate once more, else the lowest-numbered in which the headline arms differ, for
// the history figure, and keeps it as a file. Without such a replicate there is no history.
func HistoryOf(ctx context.Context, j *Run, sums *experiment.Sums) (*figure.History, []runfolder.File, error) {
	if len(sums.Others) == 0 || sums.Lowest.Draw < 0 {
		return nil, nil, nil
	}
	cells := append(slices.Clone(sums.Instructive), sums.Lowest)[:max(1, len(sums.Instructive))]
	s, err := narrative.Choose(ctx, &j.Plan, cells)
	if err != nil {
		return nil, nil, err
	}
	h, total := Pictured(s), sums.Contrasts[0].Total()
	n := float64(sums.Plan.Draws * sums.Plan.Replicates)
	h.Typical = fmt.Sprintf("of 100 futures %.0f differ in some step, %.0f in whether there is a misstep",
		100*total.Divergent/n, 100*(total.Public[1]+total.Public[2])/n)
	return h, []runfolder.File{runfolder.NewFile(historyJSON, say.JSON(h), false)}, nil
}

// Pictured turns a story into the lanes of a timeline. In each arm stand the steps of the case over which the two part
// and what its victim believed in it, the steps of all other cases, and the forum's life.
func Pictured(s *narrative.Story) *figure.History {
	h := &figure.History{Draw: s.Draw, Replicate: s.Replicate, HorizonDays: s.Horizon, Finding: story.Finding(s)}
	var parting *narrative.Case
	if s.Diverges != nil {
		h.Diverges = s.Diverges.Day
		parting = &s.Cases[s.Diverges.Case-1]
	} else if len(s.Arms) > 1 {
		return h
	}
	forums := forumsOf(s)
	for a := range s.Arms {
		arm := figure.HistoryArm{Name: s.Arms[a].Name}
		if parting != nil {
			title, own := fmt.Sprintf("steps in case %d", parting.Number), func(c *narrative.Case) bool { return c == parting }
			arm.Lanes = append(arm.Lanes, beliefs(s, a, parting), steps(s, a, title, own))
		}
		arm.Lanes = append(arm.Lanes, steps(s, a, "all other cases", func(c *narrative.Case) bool { return c != parting }))
		for _, f := range forums {
			arm.Lanes = append(arm.Lanes, life(s, a, f))
		}
		h.Arms = append(h.Arms, arm)
	}
	return h
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

// steps holds the steps of some cases, and the replies that are any.
func steps(s *narrative.Story, arm int, name string, of func(*narrative.Case) bool) timeline.Lane {
	l := timeline.Lane{Name: name, Kind: timeline.Acts}
	for c, e := range entries(s, arm) {
		if e.Judged != nil && e.Rung != ladder.Absorb && of(c) {
			l.Events = append(l.Events, timeline.Event{Day: e.Day, Kind: e.Kind, Actor: e.Who, Target: e.Whom, Rung: e.Rung,
				Belief: e.Judged.Held.Culprit, Misstep: e.Judged.Misstep, Avoidable: e.Judged.Avoidable, Induced: e.Judged.Induced})
		}
	}
	return byDay(l)
}

// beliefs holds how sure the victim of a case was of its suspect, at each piece of evidence and answer.
func beliefs(s *narrative.Story, arm int, of *narrative.Case) timeline.Lane {
	l := timeline.Lane{Name: fmt.Sprintf("guilt in case %d", of.Number), Kind: timeline.Beliefs}
	for c, e := range entries(s, arm) {
		if c == of && (e.Kind == "piece" || e.Kind == "answer") {
			l.Events = append(l.Events, timeline.Event{Day: e.Day, Kind: e.Kind, Actor: c.Victim, Rung: -1, Belief: e.Belief})
		}
	}
	return byDay(l)
}

// life is when a forum was up, met and broke.
func life(s *narrative.Story, arm int, name string) timeline.Lane {
	l := timeline.Lane{Name: say.State(name), Kind: timeline.Channel}
	for _, c := range s.Arms[arm].Channels {
		if c.Channel == name && c.To > 0 {
			l.Up = append(l.Up, timeline.Interval{From: max(0, c.From), To: c.To})
		}
	}
	for i := range s.Arms[arm].Life {
		if e := &s.Arms[arm].Life[i]; e.Detail == name && e.Day >= 0 && e.Day <= s.Horizon {
			l.Events = append(l.Events, timeline.Event{Day: e.Day, Kind: e.Kind, Rung: -1})
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
func byDay(l timeline.Lane) timeline.Lane {
	slices.SortStableFunc(l.Events, func(a, b timeline.Event) int { return cmp.Compare(a.Day, b.Day) })
	return l
}
