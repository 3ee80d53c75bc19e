package timeline

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/summary"
)

// Lane is one swim lane, such as the victim's acts or one channel.
type Lane struct {
	Name   string
	Kind   Kind
	Events []Event
	Up     []Interval // times in which a channel is up
	later  []Event    // beyond the window
}

// Kind says how a lane is drawn.
type Kind int

// The kinds of lanes.
const (
	Acts    Kind = iota // marks labelled with their rung
	Replies             // the same, of the accused
	Beliefs             // small marks, higher where the belief is stronger
	Channel             // bars where the channel is up
)

// String is the kind as the CSV has it.
func (k Kind) String() string { return [...]string{"acts", "replies", "beliefs", "channel"}[k] }

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

// Inside is what lies in a window of so many days, in order of time, with the steps that come later.
func (l Lane) Inside(window float64) Lane {
	out := Lane{Name: l.Name, Kind: l.Kind}
	for _, e := range l.Events {
		if e.Day >= 0 && e.Day <= window {
			out.Events = append(out.Events, e)
		} else if e.Day > window && (l.Kind == Acts || l.Kind == Replies) {
			out.later = append(out.later, e)
		}
	}
	slices.SortStableFunc(out.Events, func(a, b Event) int { return cmp.Compare(a.Day, b.Day) })
	for _, u := range l.Up {
		if u.From, u.To = max(u.From, 0), min(u.To, window); u.To > u.From {
			out.Up = append(out.Up, u)
		}
	}
	return out
}

// Steps is what a lane has in the window and beyond it.
func (l Lane) Steps() []Event { return slices.Concat(l.Events, l.later) }

// Bounds of a lane that is read from a file: a day [d], a lane's events with a label of their own.
const (
	mostDays   = 1e6
	mostLabels = 100
)

// IsDay reports whether a number can be a day from the start on.
func IsDay(x float64) bool { return x >= 0 && x <= mostDays }

// Check holds a lane that was read from a file against what every lane has. The error has the path inside the lane.
func (l *Lane) Check() error {
	if what := summary.BadText(l.Name); what != "" {
		return fmt.Errorf(".Name: %s", what)
	}
	if l.Kind < Acts || l.Kind > Channel {
		return fmt.Errorf(".Kind: %d is none of %d to %d", l.Kind, Acts, Channel)
	}
	for i, u := range l.Up {
		if !IsDay(u.From) || !IsDay(u.To) { // one that begins after the window ends before it begins
			return fmt.Errorf(".Up[%d]: from day %v to day %v is no stretch of time", i, u.From, u.To)
		}
	}
	labels := 0
	for i := range l.Events {
		if l.Events[i].Label != "" {
			labels++
		}
		if what := l.Events[i].wrong(); what != "" {
			return fmt.Errorf(".Events[%d]: %s", i, what)
		}
	}
	if labels > mostLabels {
		return fmt.Errorf(".Events: %d have a label of their own, more than %d", labels, mostLabels)
	}
	return nil
}

// wrong says what no event has.
func (e *Event) wrong() string {
	for _, t := range []string{e.Kind, e.Actor, e.Target, e.Label} {
		if what := summary.BadText(t); what != "" {
			return what
		}
	}
	switch {
	case !IsDay(e.Day):
		return fmt.Sprintf("day %v is none of a window", e.Day)
	case e.Rung < -1 || e.Rung >= ladder.Rungs:
		return fmt.Sprintf("rung %d is none of the ladder", e.Rung)
	case !(e.Belief >= 0 && e.Belief <= 1):
		return fmt.Sprintf("a belief of %v is not within 0 and 1", e.Belief)
	}
	return ""
}
