package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/ladder"
)

// History is one replicate in its arms, as lanes of a timeline: plain data, which
// whoever observed the replicate fills in.
type History struct {
	Draw, Replicate int
	HorizonDays     float64 // length of the axis; the summary's window where 0
	Diverges        float64 // [d] the first step that differs between the arms; 0 without one
	Arms            []HistoryArm
}

// HistoryArm is what happened in one arm.
type HistoryArm struct {
	Name  string
	Lanes []Lane
}

// Lane is one swim lane, such as the victim's acts or one channel.
type Lane struct {
	Name   string
	Kind   LaneKind
	Events []Event
	Up     []Interval // times in which a channel is up
}

// LaneKind says how a lane is drawn.
type LaneKind int

// The kinds of lanes.
const (
	Acts    LaneKind = iota // marks labelled with their rung
	Replies                 // the same, of the accused
	Beliefs                 // small marks, higher where the belief is stronger
	Channel                 // bars where the channel is up
)

// String is the kind as the CSV has it.
func (k LaneKind) String() string {
	if k < Acts || k > Channel {
		return "lane"
	}
	return [...]string{"acts", "replies", "beliefs", "channel"}[k]
}

// Event is something that happened in a lane.
type Event struct {
	Day       float64 // since the scenario's start
	Kind      string  // "act", "reply", "piece", "answer", "meeting", "suspension", …
	Actor     string
	Target    string
	Rung      int    // of an act or a reply; −1 without one
	Label     string // in place of the rung's code
	Belief    float64
	Misstep   bool
	Avoidable bool
	Induced   bool
}

// Interval is a stretch of days.
type Interval struct{ From, To float64 }

type history struct {
	in      *input
	h       *History
	arms    []HistoryArm // with finite days inside the window only
	horizon float64
}

func newHistory(in *input) picture {
	c := &history{in: in, h: in.h, horizon: in.horizon()}
	if c.h == nil {
		return c
	}
	if h := c.h.HorizonDays; h > 0 && chart.Finite(h) {
		c.horizon = h
	}
	for _, a := range c.h.Arms[:min(len(c.h.Arms), 2)] {
		kept := HistoryArm{Name: a.Name}
		for _, l := range a.Lanes {
			kept.Lanes = append(kept.Lanes, c.inside(l))
		}
		c.arms = append(c.arms, kept)
	}
	return c
}

// inside keeps what lies in the window.
func (c *history) inside(l Lane) Lane {
	out := Lane{Name: l.Name, Kind: l.Kind}
	for _, e := range l.Events {
		if chart.Finite(e.Day) && e.Day >= 0 && e.Day <= c.horizon {
			if !chart.Finite(e.Belief) {
				e.Belief = 0
			}
			out.Events = append(out.Events, e)
		}
	}
	slices.SortStableFunc(out.Events, func(a, b Event) int { return cmp.Compare(a.Day, b.Day) })
	for _, u := range l.Up {
		if chart.Finite(u.From) && !(u.To < 0) && u.From < c.horizon {
			u.From = max(u.From, 0)
			if !(u.To < c.horizon) { // still up, or not known to have ended
				u.To = c.horizon
			}
			if u.To > u.From {
				out.Up = append(out.Up, u)
			}
		}
	}
	return out
}

func (c *history) words() words {
	w := words{title: "One future, played twice from the same chance"}
	if len(c.arms) == 0 {
		w.alt = "No history was kept in this run."
		w.detail = []string{"no history"}
		return w
	}
	w.detail = []string{fmt.Sprintf("one replicate: draw %d, replicate %d", c.h.Draw, c.h.Replicate),
		fmt.Sprintf("seed %d", c.in.s.Run.Seed)}
	var parts []string
	for _, a := range c.arms {
		w.arms = append(w.arms, c.in.lookOf(a.Name))
		acts, missteps := 0, 0
		for _, l := range a.Lanes {
			for _, e := range l.Events {
				if l.Kind == Acts || l.Kind == Replies {
					acts++
					if e.Misstep {
						missteps++
					}
				}
			}
		}
		parts = append(parts, fmt.Sprintf("%s: %d steps, %d of them missteps", readable(a.Name), acts, missteps))
	}
	w.alt = "Timeline of one replicate. " + strings.Join(parts, "; ") + "."
	return w
}

func (c *history) table() table {
	t := newTable("arm", "lane", "lane_kind", "day", "day_to", "kind", "actor", "target", "rung", "label", "belief",
		"misstep", "avoidable", "induced")
	for _, a := range c.arms {
		for _, l := range a.Lanes {
			for _, u := range l.Up {
				t.add(a.Name, l.Name, l.Kind.String(), u.From, u.To, "up", "", "", "", "", "", "", "", "")
			}
			for _, e := range l.Events {
				rung := ""
				if e.Rung >= 0 && e.Rung < ladder.Rungs {
					rung = standard.Rungs[e.Rung].Code
				}
				t.add(a.Name, l.Name, l.Kind.String(), e.Day, "", e.Kind, e.Actor, e.Target, rung, e.Label, e.Belief,
					e.Misstep, e.Avoidable, e.Induced)
			}
		}
	}
	return t
}
