package params

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// learned is what a posterior says of a number.
type learned struct {
	Low         float64  `json:"low"` // central 90 %
	Median      float64  `json:"median"`
	High        float64  `json:"high"`
	Contraction float64  `json:"contraction"`
	Silent      bool     `json:"silent"`
	InformedBy  []string `json:"informed_by"`
	Before      string   `json:"before"` // the layer of the distribution that it updates

	low, median, high string
}

// learnedOf is what is learned of a number, nil where it is drawn on its own.
func learnedOf(v *scenario.Scenario, slot int) *learned {
	l := v.Learned(slot)
	if l == nil {
		return nil
	}
	out := &learned{Low: v.Quantile(slot, 0.05), Median: v.Quantile(slot, 0.5), High: v.Quantile(slot, 0.95),
		Contraction: l.Contraction, Silent: l.Silent, InformedBy: append([]string{}, l.InformedBy...),
		Before: string(l.Prior)}
	duration := v.Slots[slot].Domain.Duration
	out.low, out.median, out.high = say.Short(out.Low, duration), say.Short(out.Median, duration),
		say.Short(out.High, duration)
	return out
}

func (l *learned) interval() string { return l.low + " to " + l.high }

// inWords says how far the record narrows the prior, and by what.
func (l *learned) inWords() string {
	switch {
	case l == nil:
		return ""
	case l.Silent:
		return fmt.Sprintf("next to nothing: the spread narrows by %s", say.Percent(l.Contraction))
	case len(l.InformedBy) == 0:
		return fmt.Sprintf("the spread narrows by %s, by no single target", say.Percent(l.Contraction))
	}
	return fmt.Sprintf("the spread narrows by %s, informed by %s", say.Percent(l.Contraction), say.And(l.InformedBy))
}

// link is a key that a number rests on, with what that rests on in turn: parameter,
// target, event, source.
type link struct {
	Key     string `json:"key"`
	Kind    string `json:"kind"` // target, event, accusation, pattern, reference
	Text    string `json:"text"`
	Date    string `json:"date"`    // "" where there is none
	Address string `json:"address"` // or, of a target, its data sets
	Checked string `json:"checked"`
	RestsOn []link `json:"rests_on"`
}

// chainOf follows the targets that inform a number, then the keys in its source.
func chainOf(informed []string, source string) []link {
	out := []link{}
	for _, key := range append(slices.Clone(informed), say.KeysIn(source)...) {
		if slices.ContainsFunc(out, func(l link) bool { return l.Key == key }) {
			continue
		}
		e, known := evidence.Lookup(key)
		if !known {
			continue
		}
		l := linkOf(e)
		if e.Kind == evidence.KindTarget {
			for _, row := range say.KeysIn(e.Address) {
				if e, known := evidence.Lookup(row); known {
					l.RestsOn = append(l.RestsOn, linkOf(e))
				}
			}
		}
		out = append(out, l)
	}
	return out
}

func linkOf(e evidence.Entry) link {
	return link{Key: e.Key, Kind: e.Kind.String(), Text: e.Text, Date: e.Date, Address: e.Address, Checked: e.Checked,
		RestsOn: []link{}}
}

// shownRows is how many rows of a target are listed.
const shownRows = 6

// chainText writes a chain below a number, "" for none.
func chainText(chain []link) string {
	if len(chain) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("  rests on\n")
	entry := func(indent string, l *link) {
		text := l.Text
		if l.Date != "" {
			text = l.Date + ": " + text
		}
		if l.Checked != "" {
			text += " (checked: " + l.Checked + ")"
		}
		if l.Address != "" {
			text += " ← " + l.Address
		}
		for _, line := range say.Wrapped(indent+say.PadRight(l.Key, 6), indent+strings.Repeat(" ", 6), text) {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	for i := range chain {
		entry("    ", &chain[i])
		rows := chain[i].RestsOn
		for k := range rows[:min(len(rows), shownRows)] {
			entry("      ", &rows[k])
		}
		if more := len(rows) - shownRows; more > 0 {
			b.WriteString("      and " + say.Counted(more, "row") + " more (--json has all)\n")
		}
	}
	return b.String()
}
