package evidence

import (
	"math"
	"slices"
	"time"
)

// Life is the life of a dialogue as it is seen at a cut.
type Life struct {
	Dialogue
	From, To time.Time // To is its end, or the last day on which it was seen alive
	Seen     []Event   // meetings, of those that are seen
	Final    string    // the event that dates To
}

// Lives lists the dialogues that had opened by a day, as they stood then: one whose end was
// still to come was alive. Events from memory do not count.
func (t *Tables) Lives(until time.Time) []Life { return (&view{t: t, cut: until}).lives(LapseAfter) }

func (l *Life) days() float64 { return daysBetween(l.From, l.To) }

func (v *view) event(key string) (Event, bool) {
	e, ok := v.t.Event(key)
	return e, ok && v.counts(e.Checked) && v.knows(e.When().Last())
}

// lives lists the dialogues that have opened. A lapse is dated lapseAfter days after
// the last meeting that is seen, or after the opening where none is; an end after the
// cut is not known, and the dialogue is alive at the cut. A dialogue that paused for
// longer and then met again counts as lapsed in a record cut within the pause, as it
// would have then.
func (v *view) lives(lapseAfter int) []Life {
	var out []Life
	for _, d := range v.t.Dialogues {
		opened, ok := v.event(d.Opened)
		if !ok {
			continue
		}
		l := Life{Dialogue: d, From: opened.When().Middle(), Final: d.Opened}
		l.To = l.From
		for _, key := range d.Meetings {
			if m, ok := v.event(key); ok {
				l.Seen, l.Final = append(l.Seen, m), key
				l.To = m.When().Middle()
			}
		}
		last, seen := v.event(d.Last)
		if !seen {
			l.Last = ""
		}
		switch {
		case d.Ending == Lapsed:
			if l.To = l.To.AddDate(0, 0, lapseAfter); !v.knows(l.To) {
				l.Ending, l.To = Alive, v.cut
			}
		case seen:
			l.To, l.Final = last.When().Middle(), d.Last
		case !v.cut.IsZero():
			l.Ending, l.To = Alive, v.cut
		default:
			l.Ending = Alive
		}
		out = append(out, l)
	}
	return out
}

// rows are the keys that a life rests on.
func (l *Life) rows() []string {
	out := []string{l.Opened}
	for _, m := range l.Seen {
		out = append(out, m.ID)
	}
	if l.Last != "" && !slices.Contains(out, l.Last) {
		out = append(out, l.Last)
	}
	return out
}

// hazards is T21: silent lapses, and suspensions, per year in which a dialogue lived.
func hazards(v *view) []Observed {
	lapses, broken, exposure := 0, 0, 0.0
	var rows []string
	for _, l := range v.lives(LapseAfter) {
		exposure += l.days() / yearDays
		rows = append(rows, l.rows()...)
		switch l.Ending {
		case Lapsed:
			lapses++
		case Suspended:
			broken++
		}
	}
	return []Observed{ofRate("", lapses, exposure, rows), ofRate("suspensions", broken, exposure, rows), v.channelLapses(),
		v.channelReturns()}
}

// channelLapses counts silent lapses of the official channels of any pair from which a rate may be computed
// ([Channel.MayCount]). A lapse without a day is dated as in dialogues.csv.
func (v *view) channelLapses() Observed {
	lapses, exposure := 0, 0.0
	var rows []string
	v.counted(func(c *Channel, from, to time.Time, ended bool) {
		exposure += daysBetween(from, to) / yearDays
		rows = append(rows, c.ID)
		if ended && c.Ending == "lapsed" {
			lapses++
		}
	})
	return ofRate("lapses of official channels of all pairs", lapses, exposure, rows)
}

// channelReturns counts, of the same channels, how often one that was down came up again, per year down. What has not
// come back by the end of the record is censored.
func (v *view) channelReturns() Observed {
	returns, down := 0, 0.0
	var rows []string
	v.counted(func(c *Channel, _, to time.Time, ended bool) {
		if !ended || c.Ending == "merged" {
			return
		}
		back := v.end()
		if n := len(c.Ends); n > 0 && !c.Ends[n-1].Restored.IsZero() && v.knows(c.Ends[n-1].Restored.Middle()) {
			back = c.Ends[n-1].Restored.Middle()
			returns++
		}
		down += max(0, daysBetween(to, back)) / yearDays
		rows = append(rows, c.ID)
	})
	return ofRate("returns of these, per year down", returns, down, rows)
}

// counted shows the channels that count, with the life of each that is seen, and whether it has ended by then. One of
// which nothing says how it stands is seen to its last known meeting.
func (v *view) counted(show func(c *Channel, from, to time.Time, ended bool)) {
	for i := range v.t.Channels {
		c := &v.t.Channels[i]
		if began := c.Began(); !c.Counts || !v.counts(c.Checked) || began.IsZero() || !v.knows(began.Last()) {
			continue
		}
		from, to := c.Began().Middle(), v.end()
		last := from
		if !c.Last.IsZero() && v.knows(c.Last.Last()) {
			last = c.Last.Middle()
		}
		switch {
		case len(c.Ends) > 0:
			to = c.Ends[0].On.Middle()
		case c.Ending == "lapsed":
			to = last.AddDate(0, 0, LapseAfter)
		case c.Ending == "unknown":
			to = last
		}
		if end := v.end(); to.After(end) {
			show(c, from, end, false)
		} else {
			show(c, from, to, c.Ending != "unknown" && c.Ending != "alive")
		}
	}
}

// yearDays is the mean length of a year, for exposures that are no calendar years.
const yearDays = 365.25

// ages is T22: of those that ended; and with those still alive, censored.
func ages(v *view) []Observed {
	var all []lifetime
	for _, l := range v.lives(LapseAfter) {
		all = append(all, lifetime{l.days(), l.Ending != Alive, l.rows()})
	}
	return []Observed{ofMedian("", all), ofSurvival("with those still alive, censored", all)}
}

// gaps is T24: from one meeting of a dialogue to the next; and with the setting-up
// counted as a meeting.
func gaps(v *view) []Observed {
	collect := func(part string, setUp bool) Observed {
		var all []lifetime
		for _, l := range v.lives(LapseAfter) {
			stops := l.Seen
			if opened, ok := v.event(l.Opened); ok && setUp {
				stops = append([]Event{opened}, stops...)
			}
			for i := 1; i < len(stops); i++ {
				all = append(all, between(stops[i-1], stops[i]))
			}
		}
		o := ofMedian(part, all)
		o.Rows = slices.Compact(slices.Sorted(slices.Values(o.Rows)))
		return o
	}
	return []Observed{collect("", false), collect("the setting-up counted as a meeting", true)}
}

// between is the time from one event to another.
func between(a, b Event) lifetime {
	return lifetime{days(a.When(), b.When()), true, []string{a.ID, b.ID}}
}

// suspensions is T20: accusations led by a party of a dialogue that was alive on that
// day, or with British part where the United Kingdom is a party. The coding of the
// accusation says whether a suspension followed within 30 days.
func suspensions(v *view) []Observed {
	lives := v.lives(LapseAfter)
	exposed := v.accusations(tradeDays, func(a Accusation) bool {
		day := a.When().First()
		return a.Suspended != NotCoded && slices.ContainsFunc(lives, func(l Life) bool {
			party := slices.Contains(l.Parties, a.Lead) || a.British && slices.Contains(l.Parties, UnitedKingdom)
			return party && !day.Before(l.From) && !day.After(l.To)
		})
	})
	return []Observed{shareOf("", exposed, func(a Accusation) bool { return a.Suspended == Yes })}
}

// recordFrom is the first year of the record of dialogues.
const recordFrom = 2013

// dialogueShare is T33: of 2013 to the end of the record, the share in which the United
// States and China had a formal dialogue about cyberspace. Its range is judged: the
// low end counts from first meeting to last, the high end dates a lapse a year after
// the last meeting.
func dialogueShare(v *view) []Observed {
	total := daysBetween(newYear(recordFrom), v.end().AddDate(0, 0, 1))
	up := func(lapseAfter int, meetingsOnly bool) (days float64, rows []string, n int) {
		for _, l := range v.lives(lapseAfter) {
			if !slices.Contains(l.Parties, UnitedStates) || meetingsOnly && len(l.Seen) == 0 {
				continue
			}
			if meetingsOnly {
				l.From = l.Seen[0].When().Middle()
			}
			days += l.days()
			rows = append(rows, l.rows()...)
			n++
		}
		return days, rows, n
	}
	o := Observed{Method: MethodJudged}
	value, rows, n := up(LapseAfter, false)
	low, _, _ := up(0, true)
	high, _, _ := up(yearAfter, false)
	o.Value, o.Low, o.High, o.Rows, o.N = value/total, low/total, high/total, rows, n
	if total <= 0 {
		o.Value, o.Low, o.High = math.NaN(), math.NaN(), math.NaN()
	}
	return []Observed{o}
}

// yearAfter is the latest day at which a lapse is dated, in days after the last meeting.
const yearAfter = 365

// recoveries is T23: from a rupture to the agreement that ends it, and to the first
// event in which the channel works again.
func recoveries(v *view) []Observed {
	var agreed, met []lifetime
	for _, r := range v.t.Ruptures {
		broken, ok := v.event(r.Event)
		if back, also := v.event(r.Agreement); ok && also {
			agreed = append(agreed, between(broken, back))
		}
		if back, also := v.event(r.Meeting); ok && also {
			met = append(met, between(broken, back))
		}
	}
	return []Observed{ofMedian("", agreed), ofMedian("to the first meeting", met)}
}

// otherRuptures is T30: ruptures between the United States and China without a cause
// in cyberspace, per year since 2013.
func otherRuptures(v *view) []Observed {
	n := 0
	var rows []string
	for _, r := range v.t.Ruptures {
		if e, ok := v.event(r.Event); ok && r.Cause == "other" && slices.Contains(r.Between, UnitedStates) {
			n++
			rows = append(rows, e.ID)
		}
	}
	return []Observed{ofRate("", n, years(newYear(recordFrom), v.end().AddDate(0, 0, 1)), rows)}
}
