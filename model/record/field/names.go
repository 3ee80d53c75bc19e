package field

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"iter"
	"strings"
	"sync"
)

// names.csv has an entry for each state (names, ISO 3166 codes, Correlates of War number) and for each known group,
// with the state that it is said to act for.
//
//go:embed names.csv
var namesText []byte

// known are the names of states and of groups, folded, with what each stands for.
var known = sync.OnceValue(func() (k struct{ states, groups map[string]string }) {
	rows, err := csv.NewReader(bytes.NewReader(namesText)).ReadAll()
	if err != nil {
		panic("field: names.csv: " + err.Error()) // a mistake of ours
	}
	k.states, k.groups = map[string]string{}, map[string]string{}
	for _, r := range rows[1:] {
		to := k.states
		if r[1] != "" {
			to = k.groups
		}
		for _, name := range append([]string{r[0], r[2], r[3], r[4]}, strings.Split(r[5], ";")...) {
			if name = folded(name); name != "" {
				to[name] = r[0]
			}
		}
	}
	return k
})

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// State is the state that a name, an ISO 3166 code of two or three letters or a number of the Correlates of War
// stands for.
func State(name string) (string, bool) {
	s, ok := known().states[folded(name)]
	return s, ok
}

// States are the states named in a cell, each once in the order of the cell. They are separated by semicolons, or by
// commas, which some names hold too; what is no state is passed over.
func States(cell string) []string {
	var out []string
	seen := map[string]bool{}
	for item := range strings.SplitSeq(cell, ";") {
		parts := strings.Split(item, ",")
		for i := 0; i < len(parts); {
			taken := 1
			for n := min(len(parts)-i, mostCommas+1); n > 0; n-- {
				if s, ok := State(strings.Join(parts[i:i+n], ",")); ok {
					if !seen[s] {
						seen[s], out = true, append(out, s)
					}
					taken = n
					break
				}
			}
			i += taken
		}
	}
	return out
}

func stateNames() iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, name := range known().states {
			if !seen[name] && !yield(name) {
				return
			}
			seen[name] = true
		}
	}
}

// mostCommas is how many commas a name of a state holds.
const mostCommas = 1

// Group is the name of a known group among those of a cell, "" if none is there.
func Group(cell string) string {
	for name := range strings.FieldsFuncSeq(strings.NewReplacer(" fka ", "/", " aka ", "/").Replace(cell),
		func(r rune) bool { return strings.ContainsRune("/;,()[]<>", r) }) {
		if g, ok := known().groups[folded(name)]; ok {
			return g
		}
	}
	return ""
}
