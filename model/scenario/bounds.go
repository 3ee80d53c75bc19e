package scenario

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/model/param"
)

// WorkPerEvent is how much work an event of [Model.MaxEvents] stands for, in the unit of
// package sim: so many looks at the calendar, or incidents that nobody finds.
const WorkPerEvent = 80

// A bound says what a number may be so that every run ends, in the memory that there is.
// It is no domain: a domain cuts a distribution off, and would move its draws. Bounds are
// held against what is written, both ends of a range; a draw from the tail beyond is
// stopped, if need be, by max_events.
type bound struct {
	of        string // what it bounds, as the reference has it
	low, high float64
	duration  bool // in days; 0 is allowed where the domain has it
	why       string
	is        func(s *Slot, key string) bool // key is the last part of the path
}

const (
	minute    = 1.0 / (24 * 60)          // [d]
	longest   = 1000 * param.DaysPerYear // [d] of a duration
	farthest  = 100 * param.DaysPerYear  // [d] of a delay to discovery
	mostYear  = 10_000                   // events of a kind a year
	mostTimes = 1000                     // factor on an onset or a reply
	largest   = 1e300                    // of any other number
	whyClock  = "a computer's calendar has no use for less than a minute or more than a millennium"
	whyPast   = "what is found in the window began as far back as such delays reach, and all of it is played"
	whyRate   = "each is played"
	whySpread = "e to the 5th is a factor of 150 either way; wider delays reach beyond the age of writing"
)

var bounds = []bound{
	{"`discovery.stealthy`, `discovery.overt`", minute, farthest, true, whyPast,
		parameters(param.DiscoveryStealthy, param.DiscoveryOvert)},
	{"every other duration", minute, longest, true, whyClock,
		func(s *Slot, _ string) bool { return s.Domain.Duration }},
	{"rates a year: `rate`, `per_year`, `life.lapse`, `belief.reversion`", 0, mostYear, false, whyRate,
		func(s *Slot, key string) bool {
			return unit(s) == "1/y" || s.Param < 0 && (key == "rate" || key == "per_year")
		}},
	{"spreads of the logarithm of a duration", 0, 5, false, whySpread,
		func(s *Slot, _ string) bool { return unit(s) == "ln d" }},
	{"spreads of the logarithm of a severity", 0, 50, false, "severities end at 10 anyway",
		func(s *Slot, _ string) bool { return unit(s) == "ln" }},
	{"`onset.contagion`, `effect.moral_hazard`, `type.hostile_status_quo`, `type.hostile_revisionist`, " +
		"`type.reply_status_quo`, `type.reply_revisionist`, `reply.tension`", 0, mostTimes, false,
		"it multiplies how much happens",
		parameters(param.OnsetContagion, param.EffectMoralHazard, param.TypeHostileS, param.TypeHostileE, param.TypeReplyS,
			param.TypeReplyE, param.ReplyTension)},
	{"any other number, with its sign or without", 0, largest, false,
		"products of larger ones are none that a computer holds", func(*Slot, string) bool { return true }},
}

func parameters(ids ...param.ID) func(*Slot, string) bool {
	return func(s *Slot, _ string) bool {
		for _, id := range ids {
			if s.Param == id {
				return true
			}
		}
		return false
	}
}

// unit is the unit of a parameter; a number of the structure has none.
func unit(s *Slot) string {
	if s.Param < 0 {
		return ""
	}
	return param.Get(s.Param).Unit
}

// crossBounds: no number makes a run that does not end.
func (c *checker) crossBounds(v *Scenario) {
	for i := range v.Slots {
		s := &v.Slots[i]
		for _, x := range ends(s.Dist) {
			if c.bounded(boundOf(s), s.Path, x, s.Domain.Duration, s.Dist) {
				break
			}
		}
	}
	span := func(path string, days float64) bool { return c.bounded(&bounds[1], path, days, true, param.Dist{}) }
	span("horizon", v.Horizon)
	if v.Headline.Horizon != v.Horizon {
		span("headline.horizon", v.Headline.Horizon)
	}
	span("assumptions.model.quiet", v.Model.Quiet)
	for _, days := range v.Model.PieceTimes {
		if span("assumptions.model.piece_times", days) {
			break
		}
	}
}

// bounded reports one end of a number that lies outside of its bound, and whether it does.
func (c *checker) bounded(b *bound, path string, x float64, duration bool, d param.Dist) bool {
	what, why := b.outside(x, duration)
	if what == "" {
		return false
	}
	is := rounded(x, duration) + " is "
	if !d.IsPoint() {
		is = quote(d.Text) + " reaches " + rounded(x, duration) + ", "
	}
	c.problemAt(path, is+what, why)
	return true
}

func boundOf(s *Slot) *bound {
	key := s.Path[strings.LastIndexByte(s.Path, '.')+1:]
	for i := range bounds {
		if bounds[i].is(s, key) {
			return &bounds[i]
		}
	}
	panic("scenario: the last bound is for every number")
}

// outside says how a number lies outside of the bound, and why there is one; "" where it does
// not. What the domain refuses was refused.
func (b *bound) outside(x float64, duration bool) (what, why string) {
	const rounding = 1e-9 // of a quantile
	size := math.Abs(x)
	switch {
	case size > b.high*(1+rounding):
		return "more than " + rounded(b.high, duration), b.why
	case x != 0 && size < b.low:
		return "less than a minute", whyClock
	}
	return "", ""
}

// rounded writes a number in three digits, a duration in years where it has many.
func rounded(x float64, duration bool) string {
	switch {
	case duration && math.Abs(x) >= 10*param.DaysPerYear:
		return fmt.Sprintf("%.4gy", x/param.DaysPerYear)
	case duration:
		return shortly(x) + "d"
	}
	return fmt.Sprintf("%.5g", x)
}

// ends are those of what is written: of a range, of the middle 90 % of another distribution.
func ends(d param.Dist) []float64 {
	switch d.Family {
	case param.Point:
		return []float64{d.A}
	case param.Uniform:
		return []float64{d.A, d.B}
	}
	return []float64{d.Quantile(0.05), d.Quantile(0.95)}
}

// bounds writes the section of the reference.
func (w *writer) bounds() {
	w.line("\n## Bounds\n")
	w.line("So that every run ends, in the memory that there is, numbers have bounds beside their domains. Both ends of " +
		"a range are held against them, of another distribution those of its middle 90 %%. Priors are not cut off; what " +
		"a single draw exceeds is stopped by `max_events`, with the number to change.")
	w.line("\n| number | at least | at most | why |")
	w.line("|---|---|---|---|")
	for _, b := range bounds {
		low := "–"
		if b.low > 0 {
			low = "a minute, or 0 where the domain has it"
		}
		w.line("| %s | %s | %s | %s |", b.of, low, rounded(b.high, b.duration), b.why)
	}
	w.line("\nA replicate may have `max_events` events in an arm, and as much work as %d such events would be: looks "+
		"at the calendar (`choice.review`), incidents that nobody finds, events that others overtake. An incident that is "+
		"found counts as an event as soon as it begins.", WorkPerEvent)
}
