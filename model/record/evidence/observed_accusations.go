package evidence

import (
	"slices"
	"time"
)

// Windows of the coding, in days.
const (
	weekDays    = 7
	tradeDays   = 30
	penaltyDays = 90
)

// accusations lists those that count, match, and have been followed for some days at
// the cut; without a cut the coding is taken as complete.
func (v *view) accusations(followed int, match func(Accusation) bool) []Accusation {
	return slices.DeleteFunc(slices.Clone(v.t.Accusations), func(a Accusation) bool {
		return !a.Formal() || !v.counts(a.Checked) || !v.came(a, float64(followed)) || !match(a)
	})
}

// share is a share of the accusations that match and have been followed for some days at the cut.
type share struct {
	part     string
	followed int
	of, hit  func(Accusation) bool
}

// shares computes a target, and its parts or other views of it, as shares of accusations.
func shares(list ...share) func(*view) []Observed {
	return func(v *view) []Observed {
		var out []Observed
		for _, s := range list {
			out = append(out, shareOf(s.part, v.accusations(s.followed, s.of), s.hit))
		}
		return out
	}
}

func shareOf(part string, list []Accusation, hit func(Accusation) bool) Observed {
	hits := 0
	var rows []string
	for _, a := range list {
		rows = append(rows, a.ID)
		if hit(a) {
			hits++
		}
	}
	return ofShare(part, hits, len(list), rows)
}

// after is the median of the days after which something came that is known to have come.
func (v *view) after(part string, match func(Accusation) bool, days func(Accusation) float64) Observed {
	var all []lifetime
	for _, a := range v.accusations(0, func(a Accusation) bool { return match(a) && v.came(a, days(a)) }) {
		all = append(all, lifetime{days(a), true, []string{a.ID}})
	}
	return ofMedian(part, all)
}

// What is asked of an accusation.
func joint(a Accusation) bool      { return a.Joint() }
func followed(a Accusation) bool   { return a.Followed() }
func penalised(a Accusation) bool  { return a.PenaltyWithin(penaltyDays) }
func statement(a Accusation) bool  { return a.PenaltySame == No }
func atOnce(a Accusation) bool     { return a.PenaltySame == Yes }
func asked(a Accusation) bool      { return a.Denial != NotCoded }
func denied(a Accusation) bool     { return a.Denial == Yes }
func countered(a Accusation) bool  { return a.Counter == Yes }
func traded(a Accusation) bool     { return a.Trade == Yes }
func mayTrade(a Accusation) bool   { return a.Trade != No }
func tradeCoded(a Accusation) bool { return a.Trade != NotCoded }
func tradeSure(a Accusation) bool  { return a.Trade == Yes || a.Trade == No }
func reported(a Accusation) bool   { return a.CounterDays >= 0 && a.CounterDays <= penaltyDays }

// counterCoded matches accusations with a lead of which is coded whether they were countered.
func counterCoded(leads ...string) func(Accusation) bool {
	return func(a Accusation) bool { return a.Counter != NotCoded && LedBy(leads...)(a) }
}

// penaltyDelays is T14.
func penaltyDelays(v *view) []Observed {
	return []Observed{v.after("", func(a Accusation) bool { return a.PenaltyDays > 0 },
		func(a Accusation) float64 { return a.PenaltyDays })}
}

// came reports whether what followed an accusation after some days is known.
func (v *view) came(a Accusation, days float64) bool {
	return v.knows(a.When().First().AddDate(0, 0, int(days)))
}

// counterReports is T17: since 2022, when such reports begin.
func counterReports(v *view) []Observed {
	since := func(a Accusation) bool {
		return a.Followed() && a.Lead == UnitedStates && !a.When().First().Before(newYear(2022))
	}
	return append(shares(share{"", penaltyDays, since, reported})(v), v.after("delay of the report, where one came",
		func(a Accusation) bool { return since(a) && a.CounterDays >= 0 },
		func(a Accusation) float64 { return a.CounterDays }))
}

// regimes are the periods in which accusations came at different rates.
var regimes = []period{{2014, 2019}, {2020, 2023}, {2024, 2025}}

// latest is the last period that has begun at the end of what is seen.
func (v *view) latest(periods []period) period {
	out := periods[0]
	for _, p := range periods {
		if !newYear(p.first).After(v.end()) {
			out = p
		}
	}
	return out
}

// span cuts a period at the end of what is seen; empty when it has not begun.
func (v *view) span(p period) (from, to time.Time) {
	from, to = newYear(p.first), newYear(p.last+1)
	if end := v.end().AddDate(0, 0, 1); to.After(end) {
		to = end
	}
	if to.Before(from) {
		to = from
	}
	return from, to
}

func (v *view) rateOf(part string, match func(Accusation) bool, p period) Observed {
	from, to := v.span(p)
	c := v.t.Count(match, from, to, Options{Memory: v.memory})
	return ofRate(part, c.N, c.Years, c.Rows)
}

// accusationsPerYear is T26: the last regime, each regime, then each year, by lead
// and with British part.
func accusationsPerYear(v *view) []Observed {
	latest := v.latest(regimes)
	out := []Observed{v.rateOf("", AnyAccusation, latest)}
	out[0].Statistic = "government accusations of China per year, " + latest.String()
	for _, p := range regimes {
		out = append(out, v.rateOf(p.String(), AnyAccusation, p))
	}
	for _, who := range []struct {
		name  string
		match func(Accusation) bool
	}{{"", AnyAccusation}, {", led by the United States", LedBy(UnitedStates)},
		{", led by the United Kingdom", LedBy(UnitedKingdom)}, {", led by others", LedBy(European, AnotherState)},
		{", with British part", BritishPart}} {
		for y := regimes[0].first; y <= v.t.Until().Year(); y++ {
			out = append(out, v.rateOf(period{y, y}.String()+" alone"+who.name, who.match, period{y, y}))
		}
	}
	return out
}

// britishSince is when the United Kingdom began to take part.
var britishSince = time.Date(2018, 12, 1, 0, 0, 0, 0, time.UTC)

// britishPerYear is T34.
func britishPerYear(v *view) []Observed {
	to := v.end().AddDate(0, 0, 1)
	if !to.After(britishSince) {
		return []Observed{ofRate("", 0, 0, nil)}
	}
	c := v.t.Count(BritishPart, britishSince, to, Options{Memory: v.memory})
	return []Observed{ofRate("", c.N, c.Years, c.Rows)}
}
