package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
)

// restingOnKeys is what the numbers of a run rest on: keys of the evidence, with what
// these rest on in turn, and who uses each.
type restingOnKeys struct {
	used  map[string]bool
	below map[string][]string // keys that a key rests on
	above map[string][]string // keys that rest on a key
	users map[string][]int    // numbers that name a key, by index
}

func newRestingOnKeys(parameters []runfolder.Parameter) *restingOnKeys {
	k := &restingOnKeys{map[string]bool{}, map[string][]string{}, map[string][]string{}, map[string][]int{}}
	for i := range parameters {
		p := &parameters[i]
		for _, key := range append(mentioned(p.Source), p.InformedBy...) {
			key = strings.Trim(key, "[]")
			if evidence.Known(key) && !slices.Contains(k.users[key], i) {
				k.users[key] = append(k.users[key], i)
				k.descend(key)
			}
		}
	}
	return k
}

func (k *restingOnKeys) descend(key string) {
	e, known := evidence.Lookup(key)
	if !known || k.used[key] {
		return
	}
	k.used[key] = true
	if e.Kind != evidence.KindEvent { // whose address is no source that names keys
		k.below[key] = say.KeysIn(e.Address)
	}
	for _, b := range k.below[key] {
		k.above[b] = append(k.above[b], key)
		k.descend(b)
	}
}

// mentioned lists the keys in a source, those in the reason of an assumption too.
func mentioned(source string) []string {
	out := say.KeysIn(source)
	_, reason, _ := strings.Cut(source, "assumption:")
	for _, key := range say.KeysIn(reason) {
		out = once(out, key)
	}
	return out
}

// linked writes a source with a way to each key in it; of a range, to its ends.
func (k *restingOnKeys) linked(source string) markdown.Text {
	var out markdown.Text
	at := 0
	for _, m := range say.KeyPart.FindAllStringIndex(source, -1) {
		from := m[0]
		for word := range strings.SplitSeq(source[m[0]:m[1]], " to ") {
			if k.used[word] {
				out += markdown.Inside(source[at:from]) + markdown.Jump("key-"+word, word)
				at = from + len(word)
			}
			from += len(word) + len(" to ")
		}
	}
	return out + markdown.Inside(source[at:])
}

// Kind is a kind of evidence with its entries.
type Kind struct {
	Title   string
	Entries []Entry
}

// Entry is a key with all that is known of it.
type Entry struct {
	evidence.Entry
	Statistic *Statistic // of a target; nil without a value

	RestsOn, Source, Addresses markdown.Text // keys, a text, places to read it

	Behind, Users markdown.Text // what rests on it; numbers, the first of them
	MoreUsers     int

	AtSource, AtDocument, FromMemory bool // how it was checked
}

// Statistic is the value of a target of the record.
type Statistic struct {
	evidence.Target
	Value, Low, High, Unit string
	AtLeast                bool // the low end is a bound
}

// kinds are those of the evidence, in the order of the page.
var kinds = []struct {
	kind  evidence.Kind
	title string
}{
	{evidence.KindTarget, "Statistics of the record"}, {evidence.KindEvent, "Documented events"},
	{evidence.KindAccusation, "Public accusations"}, {evidence.KindDelay, "Cases with known delays"},
	{evidence.KindBelief, "Beliefs, wrong and right"}, {evidence.KindChannel, "Channels between states"},
	{evidence.KindStep, "Steps of other pairs"}, {evidence.KindCovert, "Figures on covert answers"},
	{evidence.KindPattern, "Patterns"}, {evidence.KindReference, "Literature"},
}

// provenance lists what the numbers rest on, with ways there and back.
func (w *writer) provenance() {
	for _, kind := range kinds {
		k := Kind{Title: kind.title}
		for _, e := range evidence.All() {
			if e.Kind == kind.kind && w.rests.used[e.Key] {
				k.Entries = append(k.Entries, w.entry(e))
			}
		}
		if len(k.Entries) > 0 {
			w.Sourced = append(w.Sourced, k)
		}
	}
}

// mostUsers is how many numbers are listed under a key.
const mostUsers = 8

// entry tells all about a key.
func (w *writer) entry(e evidence.Entry) Entry {
	e.Text = say.Capital(strings.TrimSuffix(e.Text, "."))
	out := Entry{Entry: e, RestsOn: ways(w.rests.below[e.Key]), Behind: ways(w.rests.above[e.Key]),
		AtSource: e.Checked == "source", AtDocument: e.Checked == "document", FromMemory: e.Checked == "memory"}
	switch e.Kind {
	case evidence.KindTarget:
		out.Statistic = statistic(e.Key)
		if out.RestsOn == "" {
			out.Source = markdown.Escape(e.Address)
		}
	case evidence.KindAccusation, evidence.KindDelay, evidence.KindBelief, evidence.KindChannel, evidence.KindStep,
		evidence.KindCovert:
		out.RestsOn, out.Source = "", w.rests.linked(e.Address)
	default:
		for address := range strings.SplitSeq(e.Address, " ; ") {
			if out.Addresses != "" {
				out.Addresses += "; "
			}
			out.Addresses += markdown.Link(address)
		}
	}
	users := w.rests.users[e.Key]
	for i, user := range users[:min(len(users), mostUsers)] {
		if i > 0 {
			out.Users += ", "
		}
		out.Users += markdown.Jump(numberID(user), strings.TrimPrefix(w.Manifest.Parameters[user].Path, "assumptions."))
	}
	out.MoreUsers = max(0, len(users)-mostUsers)
	return out
}

func ways(keys []string) (out markdown.Text) {
	for i, k := range keys {
		if i > 0 {
			out += ", "
		}
		out += markdown.Jump("key-"+k, k)
	}
	return out
}

// statistic is the value of a target of the record with its range.
func statistic(key string) *Statistic {
	short := func(x float64) string { return say.Minus(strconv.FormatFloat(x, 'g', 4, 64)) }
	for _, t := range evidence.Targets() {
		if t.ID == key && !math.IsNaN(t.Value) {
			return &Statistic{t, short(t.Value), short(t.Low), short(t.High), strings.ReplaceAll(t.Unit, "–", ""),
				!t.HasHigh && t.Low > 0}
		}
	}
	return nil
}
