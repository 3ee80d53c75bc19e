package backtest

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// Rate is what is known of the rate of a Poisson process: so many events in so many years. With the
// prior Gamma(½, 1 y), worth one year, the posterior is Gamma(½ + Events, 1 y + Years).
type Rate struct {
	Events int
	Years  float64
}

// The prior of every rate of the world outside of cyberspace.
const (
	rateShape = 0.5
	rateYears = 1.0
)

// draw returns a rate per year from the posterior at u in (0, 1).
func (r Rate) draw(u float64) float64 {
	return elem.GammaPInverse(rateShape+float64(r.Events), u) / (rateYears + r.Years)
}

// Outlook is what had happened outside of cyberspace between two states by the cut-off.
type Outlook struct {
	West, East string
	End        float64   // [d] first moment after the cut-off, from the history's start
	Start      time.Time // of the history

	Shocks   Rate // ruptures without a cause in cyberspace
	Meetings Rate // of leaders
	Openings Rate // of formal dialogues, other than by such a meeting
	Thawing  Rate // thaws that began, per year without one
	Freezing Rate // thaws that ended, per year of thaw; both states' pairs pooled

	UnderWay int // thaw under way at the cut-off, an index into the thaws of the cut history; −1 without
	marks    *marks
}

// marks are what events did before the cut-off, between any of the states; one that is drawn does as
// one of them.
type marks struct {
	shocks   []effect // tension, breaks
	meetings []effect // relief, restores
	thaws    []param.Dist
}

// effect is a pair of numbers as a scenario states them.
type effect [2]param.Dist

// sameEvent is how near, in days, a rupture of the evidence and a shock of a history
// must lie to be the same event; and an opening and a leaders' meeting.
const sameEvent = 3

// newOutlooks fits the models of what comes from outside, from cut histories and the evidence up to the
// cut-off.
func newOutlooks(h *calibrate.Histories, t *evidence.Tables) [2]*Outlook {
	west, east := calibrate.Parties()
	m := &marks{}
	var out [2]*Outlook
	var thawing, freezing Rate
	for i, v := range [2]*scenario.Scenario{h.American, h.British} {
		o := &Outlook{West: west[i], East: east, Start: v.Start, End: endOf(v, h.Until), UnderWay: -1, marks: m}
		m.add(v)
		years := o.End / param.DaysPerYear
		o.Shocks = Rate{o.countShocks(v, t), years}
		o.Meetings = Rate{len(v.Arms[0].Levers.Summits), years}
		o.Openings = Rate{o.countOpenings(v, t), years}
		a, b := o.thaws(v)
		thawing, freezing = thawing.plus(a), freezing.plus(b)
		out[i] = o
	}
	for _, o := range out {
		o.Thawing, o.Freezing = thawing, freezing
	}
	return out
}

func (r Rate) plus(o Rate) Rate { return Rate{r.Events + o.Events, r.Years + o.Years} }

func (m *marks) add(v *scenario.Scenario) {
	dist := func(n scenario.Num) param.Dist { return v.Slots[n].Dist }
	for i := range v.Shocks {
		m.shocks = append(m.shocks, effect{dist(v.Shocks[i].Tension), dist(v.Shocks[i].Breaks)})
	}
	for _, s := range v.Arms[0].Levers.Summits {
		m.meetings = append(m.meetings, effect{dist(s.Relief), dist(s.Restores)})
	}
	for i := range v.Thaws {
		m.thaws = append(m.thaws, dist(v.Thaws[i].Level))
	}
}

// countShocks counts the shocks of a history, and the ruptures between its states that only the
// evidence has.
func (o *Outlook) countShocks(v *scenario.Scenario, t *evidence.Tables) int {
	n := len(v.Shocks)
	for _, r := range t.Ruptures {
		at, ok := o.day(t, r.Event)
		if ok && r.Cause == "other" && slices.Contains(r.Between, o.West) && slices.Contains(r.Between, o.East) &&
			!slices.ContainsFunc(v.Shocks, func(s scenario.Shock) bool { return math.Abs(s.At-at) <= sameEvent }) {
			n++
		}
	}
	return n
}

// countOpenings counts the formal dialogues that were set up other than by a leaders'
// meeting that is in the history.
func (o *Outlook) countOpenings(v *scenario.Scenario, t *evidence.Tables) int {
	n := 0
	for _, d := range t.Dialogues {
		at, ok := o.day(t, d.Opened)
		if ok && slices.Contains(d.Parties, o.West) && slices.Contains(d.Parties, o.East) &&
			!slices.ContainsFunc(v.Arms[0].Levers.Summits,
				func(s scenario.Summit) bool { return math.Abs(s.At-at) <= sameEvent }) {
			n++
		}
	}
	return n
}

// day is when an event happened, in days from the history's start; false for one that is not known at
// the cut-off, rests on memory, or lies before the start.
func (o *Outlook) day(t *evidence.Tables, key string) (float64, bool) {
	e, ok := t.Event(key)
	if !ok || !evidence.Counts(e.Checked) || e.When().Last().Sub(o.Start).Hours()/24 >= o.End {
		return 0, false
	}
	at := e.When().Middle().Sub(o.Start).Hours() / 24
	return at, at >= 0
}

// thaws counts beginnings per time without a thaw and ends per time with one; one under way has not
// ended.
func (o *Outlook) thaws(v *scenario.Scenario) (thawing, freezing Rate) {
	on := 0.0
	for i := range v.Thaws {
		t := &v.Thaws[i]
		on += (t.Until - max(0, t.From)) / param.DaysPerYear
		if t.From >= 0 {
			thawing.Events++
		}
		if t.Until >= o.End {
			o.UnderWay = i
		} else {
			freezing.Events++
		}
	}
	freezing.Years = on
	thawing.Years = max(0, o.End/param.DaysPerYear-on)
	return thawing, freezing
}

func (o *Outlook) key(what string) uint64 {
	return random.Pair(random.NameHash("future "+what), random.NameHash(o.West))
}
