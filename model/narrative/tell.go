package narrative

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/ladder"
)

// Line is one event in words.
type Line struct {
	Date     string // 3 May 2028
	Text     string
	Notes    []string // what lies behind a step
	Diverges bool     // the first step that differs between the arms
	Misstep  bool
}

// Truth says what really happened, and when it was found.
func (s *Story) Truth(c *Case) string {
	var t *Track
	for _, x := range c.Tracks {
		if x != nil {
			t = x
			break
		}
	}
	return fmt.Sprintf("%s broke into %s on %s %s (severity %.1f of 10); found %s.", begin(The(c.Culprit)), The(c.Victim),
		s.Day(t.Start), intents[c.Intent], t.Severity, span(t.Found-t.Start))
}

// Parts tells a case: first what happens alike in all arms, then what is left in
// each; nil for an arm that does not discover the incident. Shared beliefs are
// those of the first arm; in the others they differ by less than alike allows.
func (s *Story) Parts(c *Case) (shared []Line, own [][]Line) {
	n := 0
	if len(c.Tracks) == 2 && c.Tracks[0] != nil && c.Tracks[1] != nil {
		a, b := c.Tracks[0].Entries, c.Tracks[1].Entries
		for n < len(a) && n < len(b) && alike(&a[n], &b[n]) {
			n++
		}
		shared = s.lines(c, a[:n], true)
	}
	for _, t := range c.Tracks {
		if t == nil {
			own = append(own, nil)
			continue
		}
		own = append(own, s.lines(c, t.Entries[n:], n == 0))
	}
	return shared, own
}

// closeBeliefs is how far beliefs may lie apart in events that are told once.
const closeBeliefs = 0.02

// alike reports whether two entries are the same event, told the same way.
func alike(a, b *Entry) bool {
	near := func(x, y float64) bool { return math.Abs(x-y) < closeBeliefs }
	same := a.Kind == b.Kind && a.Date == b.Date && a.Who == b.Who && a.Whom == b.Whom && a.Detail == b.Detail &&
		a.Signal == b.Signal && a.Rung == b.Rung && a.Joined == b.Joined && near(a.Belief, b.Belief) &&
		!a.Diverges && !b.Diverges && (a.Judged == nil) == (b.Judged == nil)
	if !same || a.Judged == nil {
		return same
	}
	x, y := a.Judged, b.Judged
	return x.Known == y.Known && x.Fair == y.Fair && x.Misstep == y.Misstep && x.Induced == y.Induced &&
		near(x.Held.Culprit, y.Held.Culprit) && near(x.Held.Hostile, y.Held.Hostile) && near(x.Held.Severity, y.Held.Severity)
}

// lines tells entries; fresh says that they begin with the discovery.
func (s *Story) lines(c *Case, entries []Entry, fresh bool) []Line {
	var out []Line
	for i := 0; i < len(entries); i++ {
		e := &entries[i]
		if e.Kind == "piece" {
			n := pieces(entries[i:])
			if fresh {
				n = 1 // the first comes with the discovery
			}
			out = append(out, s.evidence(c, entries[i:i+n], fresh))
			fresh = false
			i += n - 1
			continue
		}
		if l, ok := s.line(c, e); ok {
			out = append(out, l)
		}
	}
	return out
}

// pieces is the number of pieces of evidence in a row.
func pieces(entries []Entry) int {
	n := 0
	for n < len(entries) && entries[n].Kind == "piece" {
		n++
	}
	return n
}

// evidence tells one piece or several in a row.
func (s *Story) evidence(c *Case, row []Entry, fresh bool) Line {
	first, last := &row[0], &row[len(row)-1]
	l := Line{Date: s.Day(last.Day)}
	switch {
	case fresh:
		l.Text = fmt.Sprintf("%s finds it. The first trace points at %s%s.", begin(The(c.Victim)), The(first.Detail),
			looks(first.Signal))
	case len(row) == 1:
		l.Text = fmt.Sprintf("A new trace points at %s%s.", The(first.Detail), looks(first.Signal))
	default:
		l.Text = fmt.Sprintf("By now %d more traces%s.", len(row), pointing(row))
	}
	l.Text += " " + sure(c, last.Belief)
	return l
}

// pointing counts at whom the pieces of a row point.
func pointing(row []Entry) string {
	var names, parts []string
	counts := map[string]int{}
	for _, e := range row {
		if counts[e.Detail]++; counts[e.Detail] == 1 {
			names = append(names, e.Detail)
		}
	}
	if len(names) == 1 {
		return ", all pointing at " + The(names[0])
	}
	for _, n := range names {
		parts = append(parts, fmt.Sprintf("%d at %s", counts[n], The(n)))
	}
	return ", pointing " + list(parts)
}

func looks(signal string) string {
	switch signal {
	case "hostile":
		return " and looks like more than spying"
	case "not hostile":
		return " and looks like mere spying"
	}
	return ""
}

// sure says how sure the victim is of its suspect.
func sure(c *Case, belief float64) string {
	suspect := The(c.onlyRival)
	if suspect == "" {
		suspect = "its chief suspect"
	}
	return fmt.Sprintf("%s is %s sure that it was %s.", begin(The(c.Victim)), surely(belief), suspect)
}

// line tells an event that is no piece of evidence; not all are worth a line.
func (s *Story) line(c *Case, e *Entry) (Line, bool) {
	l := Line{Date: s.Day(e.Day), Diverges: e.Diverges}
	switch e.Kind {
	case "act", "reply":
		return s.step(c, e), true
	case "answer":
		said := map[string]string{"denial": "denies", "silence": "gives no answer", "admission": "admits it"}[e.Detail]
		l.Text = fmt.Sprintf("%s asks %s, which %s. %s", begin(The(e.Whom)), The(e.Who), said, sure(c, e.Belief))
	case "disclosure":
		l.Text = "The incident becomes public through others."
	case "leak":
		l.Text = "The private contact leaks, and with it the incident."
	case "wait":
		l.Text = fmt.Sprintf("%s is about to act, and waits until it has been in touch with %s.", begin(The(e.Who)),
			The(e.Whom))
	case "denial":
		l.Text = begin(The(e.Who)) + " denies it in public."
	case "counter":
		l.Text = fmt.Sprintf("%s accuses %s in turn.", begin(The(e.Who)), The(e.Whom))
	case "retraction":
		l.Text = begin(The(e.Who)) + " withdraws what it said."
	case "meeting":
		l.Text = "The " + The(e.Detail) + " meets."
	case "suspension":
		l.Text = "The " + The(e.Detail) + " is suspended over it."
	case "close":
		l.Text = fmt.Sprintf("%s closes the case, %s sure that it was %s; %s.", begin(The(e.Who)), surely(e.Belief),
			The(e.Whom), highest(e.Rung))
	default:
		return l, false
	}
	return l, true
}

func highest(rung int) string {
	switch {
	case rung == 0:
		return "no step taken"
	case rung < ladder.Public:
		return "nothing said in public"
	}
	return fmt.Sprintf("highest step R%d", rung)
}

// step tells an act or a reply, with what lies behind it.
func (s *Story) step(c *Case, e *Entry) Line {
	j := e.Judged
	l := Line{Date: s.Day(e.Day), Diverges: e.Diverges, Misstep: j.Misstep}
	what := rung(&does, e.Rung, e.Whom)
	if e.Joined > 0 {
		with := fmt.Sprintf(", joined by %d partners", e.Joined)
		if e.Joined == 1 {
			with = ", joined by 1 partner"
		}
		if e.Rung == ladder.Coordinated {
			what = fmt.Sprintf("names %s in public%s (R4)", The(e.Whom), with)
		} else {
			what += with
		}
	}
	l.Text = begin(The(e.Who)) + " " + what + "."
	if e.Kind == "reply" {
		l.Text = "In reply " + The(e.Who) + " " + what + "."
		l.Notes = replyNotes(e)
		return l
	}
	l.Notes = stepNotes(c, e)
	return l
}

// stepNotes say what a case's own step rests on, and judge it.
func stepNotes(c *Case, e *Entry) []string {
	j := e.Judged
	notes := []string{fmt.Sprintf("It believed: %s did it, %s; with hostile intent, %s; severity %.1f of 10.",
		The(e.Whom), surely(j.Held.Culprit), surely(j.Held.Hostile), j.Held.Severity)}
	if e.Rung < ladder.Public && !j.Misstep {
		return notes
	}
	notes = append(notes,
		fmt.Sprintf("The same evidence, soundly read: %s; with hostile intent, %s; severity %.1f.",
			surely(j.Justified.Culprit), surely(j.Justified.Hostile), j.Justified.Severity),
		"The truth: "+truthOf(c, e)+".")
	if !j.Misstep {
		return append(notes, known(e))
	}
	notes = append(notes, fmt.Sprintf("MISSTEP: knowing the truth, it would have %s.", instead(e, j.Known)))
	if j.Avoidable {
		notes = append(notes, fmt.Sprintf("Avoidable: had it read its own evidence soundly, it would have %s.",
			instead(e, j.Fair)))
	} else {
		notes = append(notes, "Not avoidable: soundly read, the same evidence led as far; only better evidence would have "+
			"helped.")
	}
	if b := behind(j.Behind); b != "" {
		notes = append(notes, b)
	}
	return notes
}

// truthOf says what was true of the one acted against.
func truthOf(c *Case, e *Entry) string {
	who := fmt.Sprintf("%s did it, %s", The(c.Culprit), intents[c.Intent])
	if c.Culprit != e.Whom {
		who += ", and " + The(e.Whom) + " is innocent"
	}
	return fmt.Sprintf("%s; severity %.1f", who, e.Judged.Truth.Severity)
}

// known says of a step that is no misstep what the truth would have changed.
func known(e *Entry) string {
	switch k := e.Judged.Known; {
	case k > e.Rung && !(e.Rung == ladder.Coordinated && k == ladder.Public):
		return fmt.Sprintf("No misstep: knowing the truth, it would have gone further (R%d).", k)
	case k < e.Rung && k <= e.Before:
		return "No misstep by the count, which is of steps to R3, R5, R6, R8 and R9."
	}
	return "No misstep: knowing the truth, it would have done the same."
}

// instead says what would have been done in place of a step.
func instead(e *Entry, r int) string {
	if r <= e.Before {
		if e.Before == 0 {
			return "let it pass (R0)"
		}
		return fmt.Sprintf("left it at what it had done before (R%d)", e.Before)
	}
	return rung(&wouldHave, r, e.Whom)
}

// behind names the false beliefs behind a misstep, the greatest first.
func behind(parts []Behind) string {
	words := map[string]string{"culprit": "who did it", "intent": "what it was for", "severity": "how grave it was",
		"rival": "what kind of rival it faced"}
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b Behind) int {
		switch {
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return 0
	})
	var for_, against []string
	for _, p := range sorted {
		switch {
		case p.Share > 0.005:
			for_ = append(for_, fmt.Sprintf("%s (%s)", words[p.Belief], percent(p.Share)))
		case p.Share < -0.005:
			against = append(against, fmt.Sprintf("%s (%s)", words[p.Belief], signed(p.Share)))
		}
	}
	if len(for_) == 0 {
		return ""
	}
	out := "The false belief behind it: " + list(for_) + "."
	if len(for_) > 1 {
		out = strings.Replace(out, "belief", "beliefs", 1)
	}
	if len(against) > 0 {
		out += " Its error about " + list(against) + " worked the other way."
	}
	return out
}

// replyNotes judge a reply, which rests on what kind of rival the other is.
func replyNotes(e *Entry) []string {
	j := e.Judged
	if e.Rung < ladder.Public && !j.Misstep {
		return nil
	}
	notes := []string{fmt.Sprintf("It held %s to be content with the status quo by %s; in truth %s is %s.",
		The(e.Whom), surely(j.Held.StatusQuo), The(e.Whom), kind(j.Truth.StatusQuo == 1))}
	switch {
	case j.Misstep:
		notes = append(notes, fmt.Sprintf("MISSTEP: knowing that, it would have %s.", instead(e, j.Known)))
	case j.Induced:
		notes = append(notes, "Induced: it answers a misstep, and would have done less without it.")
	default:
		notes = append(notes, "Deliberate: knowing the truth, it would have gone as far.")
	}
	return notes
}
