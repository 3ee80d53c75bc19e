package backtest

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
)

// Known returns the evidence as it stood at the end of a day. Rows dated later are
// gone, and so is what rows from before tell of later days: a penalty that had not
// come yet, an answer whose window was still open, the end of a dialogue. Targets
// that the rows give are computed from those that are left; of the others only those
// stay whose data set was closed by then. A date of a month or a year counts from its
// last day. Start and detection of a case are taken as known since it became public.
func Known(t *evidence.Tables, until time.Time) *evidence.Tables {
	out := *t
	out.Events = nil
	for _, e := range t.Events {
		if !e.When().Last().After(until) {
			out.Events = append(out.Events, e)
		}
	}
	out.Accusations = nil
	for _, a := range t.Accusations {
		if !a.When().First().After(until) {
			out.Accusations = append(out.Accusations, knownOf(a, until))
		}
	}
	out.Delays = nil
	for _, d := range t.Delays {
		if when := d.Public(); !when.IsZero() && !when.Last().After(until) {
			if !d.Attributed.IsZero() && d.Attributed.Last().After(until) {
				d.Attributed = evidence.Date{}
			}
			out.Delays = append(out.Delays, d)
		}
	}
	dated := func(key string) bool {
		return slices.ContainsFunc(out.Events, func(e evidence.Event) bool { return e.ID == key })
	}
	out.Dialogues = knownDialogues(t.Dialogues, dated)
	out.Ruptures = nil
	for _, r := range t.Ruptures {
		if !dated(r.Event) {
			continue
		}
		for _, key := range []*string{&r.Agreement, &r.Meeting} {
			if !dated(*key) {
				*key = ""
			}
		}
		out.Ruptures = append(out.Ruptures, r)
	}
	out.Targets = knownTargets(t, until)
	return &out
}

// The windows of the coded answers, in days.
const (
	answerWindow = 7
	trackWindow  = 30
)

// notFound stands for a penalty or report that did not come.
const notFound = -1

// knownOf is an accusation without what later days told.
func knownOf(a evidence.Accusation, until time.Time) evidence.Accusation {
	passed := func(days float64) bool { return !a.When().First().AddDate(0, 0, int(days)).After(until) }
	if a.PenaltyDays >= 0 && !passed(a.PenaltyDays) {
		a.PenaltyDays = notFound
	}
	if a.CounterDays >= 0 && !passed(a.CounterDays) {
		a.CounterDays = notFound
	}
	if !passed(answerWindow) {
		a.Denial, a.Counter = evidence.NotCoded, evidence.NotCoded
	}
	if !passed(trackWindow) {
		a.Trade, a.Suspended = evidence.NotCoded, evidence.NotCoded
	}
	return a
}

// knownDialogues lists the dialogues that had been set up. One whose last event was
// still to come was alive, as far as its last meeting told.
func knownDialogues(list []evidence.Dialogue, dated func(string) bool) []evidence.Dialogue {
	var out []evidence.Dialogue
	for _, d := range list {
		if !dated(d.Opened) {
			continue
		}
		d.Meetings = slices.DeleteFunc(slices.Clone(d.Meetings), func(key string) bool { return !dated(key) })
		if !dated(d.Last) {
			d.Last, d.Ending = d.Opened, evidence.Alive
			if n := len(d.Meetings); n > 0 {
				d.Last = d.Meetings[n-1]
			}
		}
		out = append(out, d)
	}
	return out
}

// closedIn is the year on whose first day a cited target's data set was closed.
var closedIn = map[string]int{"T1": calibrate.EuRepoC.Closed, "T2": calibrate.EuRepoC.Closed,
	"T3": calibrate.DCID.Closed, "T4": calibrate.DCID.Closed, "T5": calibrate.DCID.Closed, "T6": calibrate.DCID.Closed,
	"T11": calibrate.EuRepoC.Closed}

// citable reports whether a data set was closed by a day.
func citable(year int, until time.Time) bool { return !until.AddDate(0, 0, 1).Before(newYear(year)) }

func knownTargets(t *evidence.Tables, until time.Time) []evidence.Target {
	var out []evidence.Target
	now := map[string]evidence.Observed{}
	for _, o := range t.Compute(until) {
		if o.Part == "" && o.Dated {
			now[o.ID] = o
		}
	}
	for _, x := range t.Targets {
		if o, ok := now[x.ID]; ok {
			if !math.IsNaN(o.Value) {
				x.Value, x.Low, x.High, x.HasHigh, x.N = o.Value, o.Low, o.High, true, o.N
				out = append(out, x)
			}
			continue
		}
		if year, ok := closedIn[x.ID]; ok && citable(year, until) {
			out = append(out, x)
		}
	}
	return out
}

// compared reports whether a statistic's documented value was known on a day: those
// that count what a data set holds wait until it was closed. What rests on rows or on
// a target is left to [Known].
func compared(s *calibrate.Statistic, until time.Time) bool {
	if s.ID == "T1.dcid" {
		return citable(calibrate.DCID.Closed, until)
	}
	year, ok := closedIn[s.Target]
	return !ok || citable(year, until)
}
