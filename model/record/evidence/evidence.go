package evidence

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Kind says what stands behind a key.
type Kind uint8

// The kinds, in the order of their keys in [All].
const (
	KindEvent      Kind = iota // E001
	KindAccusation             // G01
	KindDelay                  // D01
	KindBelief                 // FB01, NM01, CT01
	KindChannel                // CH01
	KindStep                   // X001
	KindCovert                 // CV01
	KindTarget                 // T5
	KindPattern                // P3
	KindReference              // Buchanan2016
)

func (k Kind) String() string {
	return [...]string{"event", "accusation", "delay case", "belief", "channel", "step of a pair", "covert figure",
		"target", "pattern", "reference"}[k]
}

// MarshalText writes the word of a kind.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Entry is what a key stands for.
type Entry struct {
	Key     string `json:"key"` // without brackets
	Kind    Kind   `json:"kind"`
	Text    string `json:"text"`
	Date    string `json:"date"`    // of what has one: 2014-05-19, 2014-05 or 2014
	Address string `json:"address"` // where it can be read, several separated by " ; "; may be empty
	Checked string `json:"checked"` // how, see [Checks]; empty for targets, patterns and references
}

// Known reports whether a shipped key exists; references with or without brackets. It looks for its row first: to read
// all tables takes long.
func Known(key string) bool {
	if !strings.ContainsAny(key, ",\n") && strings.Contains(keyed(), "\n"+bare(key)+",") {
		return true
	}
	return Shipped().Known(key)
}

// keyed are the shipped tables whose rows begin with a key.
var keyed = sync.OnceValue(func() string {
	var b strings.Builder
	for _, name := range []string{"evidence", "accusations", "delays", "beliefs", "channels", "dyads", "covert", "targets",
		"patterns", "references"} {
		data, err := files.ReadFile(name + ".csv")
		if err != nil {
			panic(err) // a mistake of ours
		}
		_, rows, _ := strings.Cut(string(data), "\n")
		b.WriteString("\n" + rows)
	}
	return b.String()
})

// Lookup finds what a shipped key stands for; references with or without brackets.
func Lookup(key string) (Entry, bool) { return Shipped().Lookup(key) }

// All returns every shipped entry, by kind and key. The slice must not be changed.
func All() []Entry { return Shipped().All() }

// Known reports whether a key exists; references with or without brackets.
func (t *Tables) Known(key string) bool {
	_, ok := t.Lookup(key)
	return ok
}

// Lookup finds what a key stands for; references with or without brackets.
func (t *Tables) Lookup(key string) (Entry, bool) {
	i, ok := t.byKey[bare(key)]
	if !ok {
		return Entry{}, false
	}
	return t.entries[i], true
}

// All returns every entry, by kind and key. The slice must not be changed.
func (t *Tables) All() []Entry { return t.entries }

func bare(key string) string {
	if inner, ok := strings.CutPrefix(key, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); ok {
			return inner
		}
	}
	return key
}

func (t *Tables) collect() []Entry {
	var out []Entry
	for _, k := range kinds {
		out = append(out, k.entries(t)...)
	}
	size := func(e Entry) int { // so that T2 comes before T10
		if e.Kind == KindReference {
			return 0
		}
		return len(e.Key)
	}
	slices.SortStableFunc(out, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(size(a), size(b)), cmp.Compare(a.Key, b.Key))
	})
	return out
}

func (d *Delay) first() Date {
	for _, at := range []Date{d.Start, d.Detected, d.Disclosed} {
		if !at.IsZero() {
			return at
		}
	}
	return d.Attributed
}
