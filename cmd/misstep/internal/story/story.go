// Package story tells the cases of a narrative in words. What is said stands in
// event.tmpl; here is what the templates know.
package story

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/narrative"
)

//go:embed event.tmpl
var events string

// sentences has a template for every kind of event that is worth a line.
var sentences = template.Must(template.New("").Parse(events))

// Line is one event in words.
type Line struct {
	Date     string // 3 May 2028
	Text     string
	Notes    []string // what lies behind a step
	Diverges bool     // the first step that differs between the arms
	Day      float64  // from the start
	Misstep  bool
	Behind   string // what a misstep was wrong about, the most first: who did it (78 %); "" where that is not known
}

// Day writes a day of a story as people read it: 3 May 2028.
func Day(s *narrative.Story, day float64) string { return s.At(day).Format("2 Jan 2006") }

// Title names a case.
func Title(c *narrative.Case) string { return say.Text(sentences, "title", c) }

// Truth says what really happened in a case, and when it was found, and where that is another in the second arm.
func Truth(s *narrative.Story, c *narrative.Case) string {
	var parts, known []string
	for a, t := range c.Tracks {
		if t == nil {
			continue
		}
		e := newIncident(s, c, t)
		known = append(known, told("known", e)[0])
		switch {
		case parts == nil:
			parts = told("truth", e)
		case known[0] != known[1]:
			e.Arm = say.InArm(s.Arms[a].Name)
			parts = append(parts, told("otherwise", e)...)
		}
	}
	return strings.Join(parts, " ")
}

// newIncident is what an incident is in an arm.
func newIncident(s *narrative.Story, c *narrative.Case, t *narrative.Track) *event {
	e := newEvent(c, &narrative.Entry{})
	e.Began, e.Severity = Day(s, t.Start), oneDigit(t.Severity)
	switch days := t.Found - t.Start; {
	case days < 2:
		e.NextDay = days >= 1
	case days < 60:
		e.Days = fmt.Sprintf("%.0f", days)
	case days < 700:
		e.Months = fmt.Sprintf("%.0f", days/30.44)
	default:
		e.Years = oneDigit(days / 365.25)
	}
	return e
}

// Parts tells a case: first what happens alike in all arms, then what is left in
// each; nil for an arm that does not discover the incident.
func Parts(s *narrative.Story, c *narrative.Case) (shared []Line, own [][]Line) {
	n := c.Shared()
	for a, t := range c.Tracks {
		own = append(own, nil)
		if t == nil {
			continue
		}
		if a == 0 {
			shared = lines(s, c, t, 0, n)
		}
		own[a] = lines(s, c, t, n, len(t.Entries))
	}
	return shared, own
}

// lines tells the entries of a track from one on, up to another. The first piece of
// evidence comes with the discovery. Between what lies in the window and what follows
// stands a line of its own.
func lines(s *narrative.Story, c *narrative.Case, t *narrative.Track, from, to int) []Line {
	var out []Line
	fresh, late := from == 0, func(i int) bool { return t.Entries[i].Day > s.Horizon }
	for n := 0; from < to; from = n {
		if from > 0 && late(from) && !late(from-1) {
			out = append(out, Line{Date: Day(s, s.Horizon), Text: say.Text(sentences, "end", say.Span(s.Horizon)),
				Day: s.Horizon})
		}
		n = from + 1
		for !fresh && n < to && t.Entries[from].Kind == "piece" && t.Entries[n].Kind == "piece" && late(from) == late(n) {
			n++
		}
		last := &t.Entries[n-1]
		if sentences.Lookup(last.Kind) != nil {
			e := newEvent(c, last)
			if e.First = fresh; n > from+1 {
				e.count(t.Entries[from:n])
			}
			text := told(last.Kind, e)
			line := Line{Date: Day(s, last.Day), Text: text[0], Notes: text[1:], Diverges: last.Diverges, Day: last.Day}
			if line.Misstep = last.Judged != nil && last.Judged.Misstep; line.Misstep {
				line.Behind = e.Behind
			}
			out = append(out, line)
		}
		fresh = fresh && last.Kind != "piece"
	}
	return out
}

// begins finds where a sentence begins with a small letter, as names may.
var begins = regexp.MustCompile(`(^|\. )\p{Ll}`)

func told(name string, e any) []string {
	out := say.Lines(sentences, name, e)
	for i := range out {
		out[i] = begins.ReplaceAllStringFunc(out[i], strings.ToUpper)
	}
	return out
}

// event is what the templates know of an event: itself, names and numbers as a
// sentence has them, and what holds of it.
type event struct {
	Entry *narrative.Entry
	step
	Victim, Culprit, Suspect, Who, Detail, Belief string // no suspect where there are several

	Began, Severity, Days, Months, Years string // of the incident, and until it is found
	NextDay                              bool
	Arm                                  string // in which it is another than in the first

	First, Agree bool   // of traces: the first, all at one
	Row          int    // how many in a row, 0 for one
	Pointing     string // of several

	Held, Sound                                    beliefs
	OnTruth, OnSound                               step
	Weighed, Further, Uncounted, Innocent, Content bool
	Behind, Against                                string // false beliefs
	Several                                        bool
}

// step is a step that was taken, or that would have been.
type step struct {
	Is                map[string]bool // its rung, and other words that the templates ask for
	Rung              int
	Whom, Partners, S string // the S of a verb that says what was done
}

func newStep(rung int, whom string) step {
	is := map[string]bool{fmt.Sprintf("R%d", rung): true, "public": rung >= ladder.Public}
	return step{Is: is, Rung: rung, Whom: say.State(whom)}
}

// instead is the step that another belief would have led to.
func instead(e *narrative.Entry, rung int) step {
	s := newStep(max(rung, e.Before), e.Whom)
	s.Is["before"] = e.Before > 0 && rung <= e.Before
	return s
}

// beliefs are those that a step rests on.
type beliefs struct{ Culprit, Hostile, Severity, StatusQuo string }

func newBeliefs(b *narrative.Beliefs) beliefs {
	return beliefs{surely(b.Culprit), surely(b.Hostile), oneDigit(b.Severity), surely(b.StatusQuo)}
}

func newEvent(c *narrative.Case, e *narrative.Entry) *event {
	v := &event{Entry: e, step: newStep(e.Rung, e.Whom), Victim: say.State(c.Victim), Culprit: say.State(c.Culprit),
		Suspect: say.State(c.Suspect), Who: say.State(e.Who), Detail: say.State(e.Detail), Belief: surely(e.Belief)}
	v.Is[c.Intent], v.Is[e.Detail], v.Is[e.Signal] = true, true, true
	v.S = "s"
	if e.Joined > 0 {
		v.Partners = say.Counted(e.Joined, "partner")
	}
	if j := e.Judged; j != nil {
		v.Held, v.Sound, v.Severity = newBeliefs(&j.Held), newBeliefs(&j.Justified), oneDigit(j.Truth.Severity)
		v.OnTruth, v.OnSound = instead(e, j.Known), instead(e, j.Fair)
		v.Innocent, v.Content = c.Culprit != e.Whom, j.Truth.StatusQuo == 1
		v.Weighed = j.Misstep || v.Is["public"]
		v.Further = j.Known > e.Rung && !(e.Rung == ladder.Coordinated && j.Known == ladder.Public)
		v.Uncounted = j.Known < e.Rung && j.Known <= e.Before
		v.blame(j.Behind)
	}
	return v
}

// Many reports whether the name of a channel is a plural, as talks are.
func (v *event) Many() bool { return say.Plural("the " + v.Detail) }

// blame names the errors behind a misstep, the greatest first, and those that worked
// the other way.
func (v *event) blame(parts []narrative.Behind) {
	var behind, against []string
	descending := func(a, b narrative.Behind) int { return cmp.Compare(b.Share, a.Share) }
	for _, p := range slices.SortedStableFunc(slices.Values(parts), descending) {
		words := fmt.Sprintf("%s (%s)", say.Text(sentences, p.Belief, nil), say.Percent(p.Share))
		if p.Share > 0.005 {
			behind = append(behind, words)
		} else if p.Share < -0.005 {
			against = append(against, words)
		}
	}
	v.Behind, v.Against, v.Several = say.And(behind), say.And(against), len(behind) > 1
}

// count says how many traces of a row point at whom.
func (v *event) count(row []narrative.Entry) {
	var parts []string
	counts := map[string]int{}
	for _, e := range row {
		counts[e.Detail]++
	}
	for _, e := range row {
		if n := counts[e.Detail]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d at %s", n, say.State(e.Detail)))
			counts[e.Detail] = 0
		}
	}
	v.Row, v.Agree, v.Pointing = len(row), len(parts) == 1, say.And(parts)
}

func oneDigit(x float64) string { return fmt.Sprintf("%.1f", x) }

// surely writes a belief, which is never certain though a float may be.
func surely(p float64) string {
	switch x := 100 * p; {
	case x < 1:
		return "under 1 %"
	case x > 99:
		return "over 99 %"
	default:
		return fmt.Sprintf("%.0f %%", x)
	}
}
