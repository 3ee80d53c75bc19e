package figure

import (
	"fmt"

	"github.com/misstep/misstep/model/summary"
)

// Bounds of a history that is read from a file: a day [d], a lane's events with a label of their own.
const (
	mostDays   = 1e6
	mostLabels = 100
)

// Check holds a history that was read from a file against what every history has: days that are some,
// intervals in order, rungs of the ladder, beliefs from 0 to 1. The error has the path inside the file.
func (h *History) Check() error {
	bad := func(what, format string, args ...any) error {
		if what == "" {
			return nil
		}
		return fmt.Errorf(format+": %s", append(args, what)...)
	}
	for _, t := range [2]string{h.Finding, h.Typical} {
		if err := bad(summary.BadText(t), "Finding, Typical"); err != nil {
			return err
		}
	}
	if h.Draw < 0 || h.Replicate < 0 || !day(h.HorizonDays) || !day(h.Diverges) {
		return fmt.Errorf("draw %d, replicate %d, a window of %v days and a parting on day %v are those of no future",
			h.Draw, h.Replicate, h.HorizonDays, h.Diverges)
	}
	for a := range h.Arms {
		if err := bad(summary.BadText(h.Arms[a].Name), "Arms[%d].Name", a); err != nil {
			return err
		}
		for l := range h.Arms[a].Lanes {
			if err := h.Arms[a].Lanes[l].check(); err != nil {
				return fmt.Errorf("Arms[%d].Lanes[%d]%w", a, l, err)
			}
		}
	}
	return nil
}

// day reports whether a number can be a day from the start on.
func day(x float64) bool { return x >= 0 && x <= mostDays }

func (l *Lane) check() error {
	if what := summary.BadText(l.Name); what != "" {
		return fmt.Errorf(".Name: %s", what)
	}
	if l.Kind < Acts || l.Kind > Channel {
		return fmt.Errorf(".Kind: %d is none of %d to %d", l.Kind, Acts, Channel)
	}
	for i, u := range l.Up {
		if !day(u.From) || !day(u.To) { // one that begins after the window ends before it begins
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
	case !day(e.Day):
		return fmt.Sprintf("day %v is none of a window", e.Day)
	case e.Rung < -1 || e.Rung >= len(standard.Rungs):
		return fmt.Sprintf("rung %d is none of the ladder", e.Rung)
	case !(e.Belief >= 0 && e.Belief <= 1):
		return fmt.Sprintf("a belief of %v is not within 0 and 1", e.Belief)
	}
	return ""
}
