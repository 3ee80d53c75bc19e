package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Kind says what stands behind a key.
type Kind uint8

// The kinds, in the order of their keys in [All].
const (
	KindEvent      Kind = iota // E001
	KindAccusation             // G01
	KindTarget                 // T5
	KindPattern                // P3
	KindReference              // Buchanan2016
)

func (k Kind) String() string {
	return [...]string{"event", "accusation", "target", "pattern", "reference"}[k]
}

// Entry is what a key stands for.
type Entry struct {
	Key     string // without brackets
	Kind    Kind
	Text    string
	Date    string // of events and accusations: 2014-05-19, 2014-05 or 2014
	Address string // where it can be read, several separated by " ; "; may be empty
	Checked string // of events and accusations: how, see [Checks]
}

var (
	entries = collect()
	byKey   = index(entries)
)

// Known reports whether a key exists; references with or without brackets.
func Known(key string) bool {
	_, ok := Lookup(key)
	return ok
}

// Lookup finds what a key stands for; references with or without brackets.
func Lookup(key string) (Entry, bool) {
	i, ok := byKey[bare(key)]
	if !ok {
		return Entry{}, false
	}
	return entries[i], true
}

// All returns every entry, by kind and key. The slice must not be changed.
func All() []Entry { return entries }

// bare removes the brackets of a reference.
func bare(key string) string {
	if inner, ok := strings.CutPrefix(key, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); ok {
			return inner
		}
	}
	return key
}

func collect() []Entry {
	var out []Entry
	for _, e := range events {
		out = append(out, Entry{Key: e.ID, Kind: KindEvent, Text: e.Text, Date: e.Date, Address: e.Address, Checked: e.Checked})
	}
	for _, a := range accusations {
		out = append(out, Entry{Key: a.ID, Kind: KindAccusation, Text: a.Statement, Date: a.Date, Checked: a.Checked})
	}
	for _, t := range targets {
		out = append(out, Entry{Key: t.ID, Kind: KindTarget, Text: t.Statistic, Address: t.Source})
	}
	for _, p := range patterns {
		out = append(out, Entry{Key: p.ID, Kind: KindPattern, Text: p.Says})
	}
	for _, r := range references {
		out = append(out, Entry{Key: r.Key, Kind: KindReference, Text: r.Citation})
	}
	slices.SortStableFunc(out, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(len(digits(a)), len(digits(b))), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// digits is the number of a numbered key, so that T2 comes before T10.
func digits(e Entry) string {
	if e.Kind == KindReference {
		return ""
	}
	return strings.TrimLeft(e.Key, "EGTP")
}

func index(all []Entry) map[string]int {
	out := make(map[string]int, len(all))
	for i, e := range all {
		if _, twice := out[e.Key]; twice {
			panic(fmt.Sprintf("evidence: key %s stands twice", e.Key))
		}
		out[e.Key] = i
	}
	return out
}
