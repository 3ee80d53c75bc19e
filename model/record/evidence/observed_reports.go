package evidence

import (
	"slices"
	"time"
)

// report is a formal counter-accusation with the days on which it may have come.
type report struct {
	first, last time.Time
	rows        []string
}

// reports lists the formal counter-accusations that are seen: events of the type
// counter-report, and counter-reports coded with an accusation, once each. A coded
// day within the days of an event is that event.
func (v *view) reports() []report {
	var out []report
	for _, e := range v.t.Events {
		if at := e.When(); e.Type == "counter-report" && v.counts(e.Checked) && v.knows(at.Last()) {
			out = append(out, report{at.First(), at.Last(), []string{e.ID}})
		}
	}
	for _, a := range v.accusations(0, func(a Accusation) bool { return a.CounterDays >= 0 && v.came(a, a.CounterDays) }) {
		day := a.When().First().AddDate(0, 0, int(a.CounterDays))
		i := slices.IndexFunc(out, func(r report) bool { return !day.Before(r.first) && !day.After(r.last) })
		if i < 0 {
			i, out = len(out), append(out, report{first: day, last: day})
		}
		out[i].rows = append(out[i].rows, a.ID)
	}
	return out
}

// covertAnswers is T36: of either western state, how many covert operations in answer to China became known. Machines
// at home that are rid of an intruder's tools are none.
func covertAnswers(v *view) []Observed {
	known := func(part, state string) Observed {
		o := Observed{Part: part, Unit: "answers", Method: MethodPoisson, Coverage: level}
		for _, e := range v.t.Events {
			if e.Type == "counter-operation" && slices.Contains(list(e.Actors), state) &&
				slices.Contains(list(e.Target), "China") && v.counts(e.Checked) && v.knows(e.When().Last()) {
				o.Hits, o.Rows = o.Hits+1, append(o.Rows, e.ID)
			}
		}
		o.N, o.Value = o.Hits, float64(o.Hits)
		o.Low, o.High = poisson(o.Hits)
		return o
	}
	return []Observed{known("", UnitedStates), known(UnitedStates, UnitedStates), known(UnitedKingdom, UnitedKingdom)}
}

// reportRegimes are the periods in which counter-reports came at different rates.
var reportRegimes = []period{{2013, 2021}, {2022, 2023}, {2024, 2025}}

// reportsPerYear is T18. A report counts in the period of its last possible day.
func reportsPerYear(v *view) []Observed {
	reports := v.reports()
	rate := func(part string, p period) Observed {
		from, to := v.span(p)
		n := 0
		var rows []string
		for _, r := range reports {
			if !r.last.Before(from) && r.last.Before(to) {
				n++
				rows = append(rows, r.rows...)
			}
		}
		return ofRate(part, n, years(from, to), rows)
	}
	latest := v.latest(reportRegimes)
	out := []Observed{rate("", latest)}
	out[0].Statistic = "formal Chinese counter-accusations per year, " + latest.String()
	for _, p := range reportRegimes {
		out = append(out, rate(p.String(), p))
	}
	return out
}
