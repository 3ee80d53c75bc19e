package handover

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
)

// restingOnKeys is what the numbers of a run rest on: keys of the evidence, with what
// these rest on in turn, and who uses each.
type restingOnKeys struct {
	entries []evidence.Entry    // by kind and key
	below   map[string][]string // keys that a key rests on
	users   map[string][]int    // numbers that name a key, by index
	above   map[string][]string // keys that rest on a key
}

func newRestingOnKeys(parameters []runfolder.Parameter) *restingOnKeys {
	k := &restingOnKeys{below: map[string][]string{}, users: map[string][]int{}, above: map[string][]string{}}
	used := map[string]bool{}
	for i := range parameters {
		p := &parameters[i]
		for _, key := range append(mentioned(p.Source), p.InformedBy...) {
			if key = strings.Trim(key, "[]"); !evidence.Known(key) || slices.Contains(k.users[key], i) {
				continue
			}
			k.users[key] = append(k.users[key], i)
			used[key] = true
		}
	}
	for _, p := range parameters {
		for _, key := range append(mentioned(p.Source), p.InformedBy...) {
			k.descend(strings.Trim(key, "[]"), used)
		}
	}
	for _, e := range evidence.All() {
		if used[e.Key] {
			k.entries = append(k.entries, e)
		}
		for _, b := range k.below[e.Key] {
			k.above[b] = append(k.above[b], e.Key)
		}
	}
	return k
}

// descend notes what a key rests on, and what that rests on.
func (k *restingOnKeys) descend(key string, used map[string]bool) {
	e, known := evidence.Lookup(key)
	if !known || k.below[key] != nil {
		return
	}
	k.below[key] = []string{}
	switch e.Kind {
	case evidence.KindTarget, evidence.KindDelay:
		k.below[key] = say.KeysIn(e.Address)
	case evidence.KindAccusation:
		k.below[key] = eventsOf(e.Date)
	}
	for _, b := range k.below[key] {
		used[b] = true
		k.descend(b, used)
	}
}

// eventsOf lists the documented events of a day, which say where an accusation of that
// day can be read.
func eventsOf(day string) []string {
	var out []string
	for _, e := range evidence.Events() {
		if e.Date == day && e.Address != "" {
			out = append(out, e.ID)
		}
	}
	return out
}

// mentioned lists the keys in a source, those in the reason of an assumption too.
func mentioned(source string) []string {
	out := say.KeysIn(source)
	if _, reason, ok := strings.Cut(source, "assumption:"); ok {
		for _, key := range say.KeysIn(reason) {
			if !slices.Contains(out, key) {
				out = append(out, key)
			}
		}
	}
	return out
}

func keyID(key string) string { return "key-" + key }

// linked writes a source with a way to each key in it.
func (k *restingOnKeys) linked(source string) report.Text {
	var out report.Text
	at := 0
	for _, m := range say.KeyPart.FindAllStringIndex(source, -1) {
		for _, word := range splitRange(source[m[0]:m[1]], m[0]) {
			if !k.has(word.key) {
				continue
			}
			out = append(out, report.T(source[at:word.from])...)
			out = append(out, report.JumpTo(keyID(word.key), word.key))
			at = word.from + len(word.key)
		}
	}
	return append(out, report.T(source[at:])...)
}

func (k *restingOnKeys) has(key string) bool {
	return slices.ContainsFunc(k.entries, func(e evidence.Entry) bool { return e.Key == key })
}

type placed struct {
	key  string
	from int
}

// splitRange gives the keys that stand in a match: one, or the ends of a range.
func splitRange(match string, from int) []placed {
	if first, last, ok := strings.Cut(match, " to "); ok {
		return []placed{{first, from}, {last, from + len(match) - len(last)}}
	}
	return []placed{{match, from}}
}

// kindTitles are the headings of provenance, by kind.
var kindTitles = []struct {
	kind  evidence.Kind
	title string
}{
	{evidence.KindTarget, "Statistics of the record"}, {evidence.KindEvent, "Documented events"},
	{evidence.KindAccusation, "Public accusations"},
	{evidence.KindDelay, "Cases with known delays"}, {evidence.KindBelief, "Beliefs, wrong and right"},
	{evidence.KindChannel, "Channels between states"}, {evidence.KindStep, "Steps of other pairs"},
	{evidence.KindCovert, "Figures on covert answers"}, {evidence.KindPattern, "Patterns"},
	{evidence.KindReference, "Literature"},
}

// provenance lists what the numbers rest on, with ways there and back.
func (w *pageWriter) provenance() (report.Section, error) {
	s := report.Section{ID: "provenance", Title: "Where the numbers come from"}
	if len(w.rests.entries) == 0 {
		return s, nil
	}
	s.Blocks = append(s.Blocks,
		report.Paragraph{Text: report.T(
			"From a number of the table above the source leads here: to a statistic of the public record, from there to the "+
				"events it is counted from, and from these to where they can be read. ",
			"“From memory” marks what nobody has checked at a source; no number rests on that alone.")})
	for _, kind := range kindTitles {
		var t report.Terms
		for _, e := range w.rests.entries {
			if e.Kind == kind.kind {
				t.Items = append(t.Items, w.entry(e))
			}
		}
		if len(t.Items) > 0 {
			s.Blocks = append(s.Blocks,
				report.Details{Title: fmt.Sprintf("%s (%d)", kind.title, len(t.Items)), Blocks: []report.Block{t}})
		}
	}
	return s, nil
}

// entry tells all about a key.
func (w *pageWriter) entry(e evidence.Entry) report.Meaning {
	word := e.Key
	if e.Date != "" {
		word += ", " + e.Date
	}
	m := report.Meaning{ID: keyID(e.Key), Word: report.T(word),
		Says: []report.Text{report.T(say.Capital(strings.TrimSuffix(e.Text, ".")) + ".")}}
	below := w.rests.below[e.Key]
	switch e.Kind {
	case evidence.KindTarget:
		m.Says = append(m.Says, report.T(targetValue(e.Key)))
		if len(below) > 0 {
			m.Says = append(m.Says, w.ways("Counted from ", below))
		} else if e.Address != "" {
			m.Says = append(m.Says, report.T("Source: "+e.Address+"."))
		}
	case evidence.KindDelay, evidence.KindBelief, evidence.KindChannel, evidence.KindStep, evidence.KindCovert:
		if e.Address != "" {
			m.Says = append(m.Says, append(report.T("Source: "), w.rests.linked(e.Address)...))
		}
	case evidence.KindAccusation:
		if len(below) > 0 {
			m.Says = append(m.Says, w.ways("Documented by the event of that day: ", below))
		}
	default:
		if a := addresses(e); len(a) > 0 {
			m.Says = append(m.Says, a)
		}
	}
	if text, ok := checkedWords[e.Checked]; ok {
		m.Says = append(m.Says, report.T(text))
	}
	if above := w.rests.above[e.Key]; len(above) > 0 {
		m.Says = append(m.Says, w.ways("Stands behind ", above))
	}
	if users := w.rests.users[e.Key]; len(users) > 0 {
		m.Says = append(m.Says, w.usedBy(users))
	}
	return m
}

// checkedWords say how a row of the evidence was checked.
var checkedWords = map[string]string{
	"source": "Checked: read at its source.", "document": "Checked: stated in a press text that the scenarios start from.",
	"memory": "From memory: not yet checked at a source.",
}

// ways links to keys.
func (w *pageWriter) ways(head string, keys []string) report.Text {
	t := report.T(head)
	for i, k := range keys {
		if i > 0 {
			t = append(t, report.T(", ")...)
		}
		t = append(t, report.JumpTo(keyID(k), k))
	}
	return append(t, report.T(".")...)
}

// mostUsers is how many numbers are listed under a key.
const mostUsers = 8

// usedBy links back to the numbers that name a key.
func (w *pageWriter) usedBy(users []int) report.Text {
	t := report.T("Used by ")
	for n, i := range users[:min(len(users), mostUsers)] {
		if n > 0 {
			t = append(t, report.T(", ")...)
		}
		t = append(t, report.JumpTo(numberID(i), strings.TrimPrefix(w.Manifest.Parameters[i].Path, "assumptions.")))
	}
	if more := len(users) - mostUsers; more > 0 {
		t = append(t, report.T(fmt.Sprintf(" and %d more", more))...)
	}
	return append(t, report.T(".")...)
}

// addresses links to where an entry can be read.
func addresses(e evidence.Entry) report.Text {
	var t report.Text
	for _, a := range strings.Split(e.Address, " ; ") {
		if a == "" {
			continue
		}
		if len(t) > 0 {
			t = append(t, report.T("; ")...)
		}
		t = append(t, report.LinkTo(a, a))
	}
	return t
}

// targetValue writes the value of a statistic of the record with its range.
func targetValue(key string) string {
	for _, t := range evidence.Targets() {
		if t.ID != key || math.IsNaN(t.Value) {
			continue
		}
		short := func(x float64) string { return say.Minus(fmt.Sprintf("%.4g", x)) }
		text := "Value " + short(t.Value)
		switch {
		case t.HasHigh:
			text += fmt.Sprintf(" (range %s to %s)", short(t.Low), short(t.High))
		case t.Low > 0:
			text += fmt.Sprintf(" (at least %s)", short(t.Low))
		}
		if u := strings.ReplaceAll(t.Unit, "–", ""); u != "" {
			text += ", " + u
		}
		if t.N > 0 {
			text += ", from " + say.Counted(t.N, "case")
		}
		if t.From > 0 && t.To > 0 {
			text += fmt.Sprintf(", %d to %d", t.From, t.To)
		}
		return text + "."
	}
	return ""
}
