// Package story tells the cases of a narrative in words. What is said stands in
// event.tmpl; here is what the templates know.
package story

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
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
}

// Day writes a day of a story as people read it: 3 May 2028.
func Day(s *narrative.Story, day float64) string { return s.At(day).Format("2 Jan 2006") }

// Title names a case.
func Title(c *narrative.Case) string {
	if c.Name != "" {
		return fmt.Sprintf("Case %d, %s", c.Number, c.Name)
	}
	return fmt.Sprintf("Case %d", c.Number)
}

// Truth says what really happened in a case, and when it was found.
func Truth(s *narrative.Story, c *narrative.Case) string {
	t := c.Tracks[slices.IndexFunc(c.Tracks, func(t *narrative.Track) bool { return t != nil })]
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
	return told("truth", e)[0]
}

// Parts tells a case: first what happens alike in all arms, then what is left in
// each; nil for an arm that does not discover the incident.
func Parts(s *narrative.Story, c *narrative.Case) (shared []Line, own [][]Line) {
	n := c.Shared()
	for _, t := range c.Tracks {
		if t == nil {
			own = append(own, nil)
			continue
		}
		if len(own) == 0 {
			shared = lines(s, c, t.Entries[:n], true)
		}
		own = append(own, lines(s, c, t.Entries[n:], n == 0))
	}
	return shared, own
}

// lines tells entries; fresh says that they begin with the discovery, with which the
// first piece of evidence comes.
func lines(s *narrative.Story, c *narrative.Case, entries []narrative.Entry, fresh bool) []Line {
	var out []Line
	for len(entries) > 0 {
		n := 1
		for !fresh && n < len(entries) && entries[0].Kind == "piece" && entries[n].Kind == "piece" {
			n++
		}
		last := &entries[n-1]
		if sentences.Lookup(last.Kind) != nil {
			e := newEvent(c, last)
			if last.Kind == "piece" {
				e.First, fresh = fresh, false
				e.count(entries[:n])
			}
			text := told(last.Kind, e)
			out = append(out, Line{Day(s, last.Day), text[0], text[1:], last.Diverges})
		}
		entries = entries[n:]
	}
	return out
}

// begins finds where a sentence begins with a small letter, as names may.
var begins = regexp.MustCompile(`(^|\. )\p{Ll}`)

func told(name string, e *event) []string {
	out := say.Lines(sentences, name, e)
	for i := range out {
		out[i] = begins.ReplaceAllStringFunc(out[i], strings.ToUpper)
	}
	return out
}

// event is what the templates know of an event: names and numbers as a sentence has
// them, and what holds of it.
type event struct {
	step
	Victim, Culprit, Suspect, Who, Detail string // no suspect where there are several

	Began, Severity, Days, Months, Years string // of the incident, and until it is found
	NextDay                              bool

	Belief             string
	Hostile, Harmless  bool // what a trace looks like
	First, Agree       bool
	Pieces             int
	Pointing           string // of several traces
	Private            bool   // of a closed case
	Held, Sound        beliefs
	OnTruth, OnSound   step
	Weighed, Misstep   bool // weighed: worth a judgement
	Avoidable, Induced bool
	Further, Uncounted bool // of a step that is no misstep
	Innocent, Content  bool // whom it is aimed at, in truth
	Behind, Against    string
	Several            bool // errors behind it
}

// step is a step that was taken, or that would have been.
type step struct {
	Is                   map[string]bool // its rung, and the words of the event that the templates ask for
	Rung, Whom, Partners string
	Stays                bool // at what was done before
}

// beliefs are those that a step rests on.
type beliefs struct{ Culprit, Hostile, Severity, StatusQuo string }

func newBeliefs(b *narrative.Beliefs) beliefs {
	return beliefs{surely(b.Culprit), surely(b.Hostile), oneDigit(b.Severity), surely(b.StatusQuo)}
}

func newStep(rung int, whom string, words ...string) step {
	s := step{Is: map[string]bool{}, Rung: fmt.Sprintf("R%d", rung), Whom: say.State(whom)}
	for _, w := range append(words, s.Rung) {
		s.Is[w] = true
	}
	return s
}

// instead is the step that another belief would have led to.
func instead(e *narrative.Entry, rung int) step {
	s := newStep(max(rung, e.Before), e.Whom)
	s.Stays = e.Before > 0 && rung <= e.Before
	return s
}

func newEvent(c *narrative.Case, e *narrative.Entry) *event {
	v := &event{step: newStep(e.Rung, e.Whom, c.Intent, e.Detail), Victim: say.State(c.Victim),
		Culprit: say.State(c.Culprit), Suspect: say.State(c.Suspect), Who: say.State(e.Who), Detail: say.State(e.Detail),
		Belief: surely(e.Belief), Hostile: e.Signal == "hostile", Harmless: e.Signal == "not hostile",
		Private: e.Rung < ladder.Public, Innocent: c.Culprit != e.Whom}
	if e.Joined > 0 {
		v.Partners = say.Counted(e.Joined, "partner")
	}
	if j := e.Judged; j != nil {
		v.Held, v.Sound, v.Severity = newBeliefs(&j.Held), newBeliefs(&j.Justified), oneDigit(j.Truth.Severity)
		v.OnTruth, v.OnSound, v.Content = instead(e, j.Known), instead(e, j.Fair), j.Truth.StatusQuo == 1
		v.Misstep, v.Avoidable, v.Induced, v.Weighed = j.Misstep, j.Avoidable, j.Induced, j.Misstep || !v.Private
		v.Further = j.Known > e.Rung && !(e.Rung == ladder.Coordinated && j.Known == ladder.Public)
		v.Uncounted = j.Known < e.Rung && j.Known <= e.Before
		v.blame(j.Behind)
	}
	return v
}

// blame names the errors behind a misstep, the greatest first, and those that worked
// the other way.
func (v *event) blame(parts []narrative.Behind) {
	var behind, against []string
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b narrative.Behind) int { return cmp.Compare(b.Share, a.Share) })
	for _, p := range parts {
		words := say.Text(sentences, "error", struct {
			Is    map[string]bool
			Share string
		}{map[string]bool{p.Belief: true}, say.Percent(p.Share)})
		switch {
		case math.Abs(p.Share) <= 0.005:
		case p.Share > 0:
			behind = append(behind, words)
		default:
			against = append(against, words)
		}
	}
	v.Behind, v.Against, v.Several = say.And(behind), say.And(against), len(behind) > 1
}

// count says how many traces of a row point at whom.
func (v *event) count(row []narrative.Entry) {
	if v.Pieces = len(row); v.Pieces == 1 {
		return
	}
	var names, parts []string
	counts := map[string]int{}
	for _, e := range row {
		if counts[e.Detail]++; counts[e.Detail] == 1 {
			names = append(names, e.Detail)
		}
	}
	for _, n := range names {
		parts = append(parts, fmt.Sprintf("%d at %s", counts[n], say.State(n)))
	}
	v.Pointing, v.Agree = say.And(parts), len(names) == 1
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
