package evidence

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
)

// loader takes in rows, and keeps what can only be checked when all are there.
type loader struct {
	tables   *Tables
	problems Problems
	file     string // of the rows that are being taken in
	lost     bool   // some row could not be cut into cells
	seen     map[string]place
	ahead    []*row     // rows that are being taken in, whose keys are not free either
	cites    []citation // cells that name keys among other words
	pointers []pointer  // cells that are keys of events
	lives    []life     // events that must follow each other
}

type place struct {
	file string
	line int
}

type citation struct {
	row          *row
	column, cell string
}

type pointer struct {
	row    *row
	column string
}

type life struct {
	row  *row
	keys []string
}

// newLoader starts from other tables, which are copied and not changed.
func newLoader(base *Tables) *loader {
	l := &loader{tables: &Tables{}, seen: map[string]place{}}
	if base == nil {
		return l
	}
	*l.tables = Tables{
		Events: slices.Clone(base.Events), Accusations: slices.Clone(base.Accusations), Delays: slices.Clone(base.Delays),
		Dialogues: slices.Clone(base.Dialogues), Ruptures: slices.Clone(base.Ruptures),
		Targets: base.Targets, Patterns: base.Patterns, References: base.References,
	}
	for _, e := range base.entries {
		l.seen[e.Key] = place{"", 0}
	}
	for _, d := range base.Dialogues {
		l.seen["dialogues.csv "+d.ID] = place{"", 0}
	}
	for _, r := range base.Ruptures {
		l.seen["ruptures.csv "+r.ID] = place{"", 0}
	}
	return l
}

// unique notes a key that stands already, and reports whether it is new.
func (l *loader) unique(r *row, column, id string) bool {
	if id == "" {
		return false
	}
	key := id
	if l.file == "dialogues.csv" || l.file == "ruptures.csv" {
		key = l.file + " " + id // names within their file, no keys
	}
	before, twice := l.seen[key]
	if !twice {
		l.seen[key] = place{l.file, r.at[0].line}
		return true
	}
	where := "in the shipped table"
	if before.line > 0 {
		where = fmt.Sprintf("at %s:%d", before.file, before.line)
	}
	free := ""
	if m := numbered.FindStringSubmatch(id); m != nil {
		free = ", for example " + l.free(m[1])
	}
	r.say(column, "%q stands already %s, and a row replaces nothing; take a key that is free%s", id, where, free)
	return false
}

// free is the first key of a letter beyond all that stand, in the rows to come too.
func (l *loader) free(letter string) string {
	largest, width := 0, 2
	taken := func(key string) {
		var n int
		if rest, ok := strings.CutPrefix(key, letter); ok && numbered.MatchString(key) {
			if _, err := fmt.Sscanf(rest, "%d", &n); err == nil && n > largest {
				largest, width = n, len(rest)
			}
		}
	}
	for key := range l.seen {
		taken(key)
	}
	for _, r := range l.ahead {
		taken(r.cells[0])
	}
	return fmt.Sprintf("%s%0*d", letter, width, largest+1)
}

// points remembers a cell that names events.
func (l *loader) points(r *row, column string) { l.pointers = append(l.pointers, pointer{r, column}) }

// crossReferences checks that what is named exists, and that lives go forward. With
// rows lost it says nothing, since what is named may be among them.
func (l *loader) crossReferences() {
	if l.lost {
		return
	}
	dates := make(map[string]Date, len(l.tables.Events))
	keys := make([]string, 0, len(l.seen))
	for _, e := range l.tables.Events {
		dates[e.ID] = e.When()
		keys = append(keys, e.ID)
	}
	for _, p := range l.pointers {
		for _, key := range list(p.row.get(p.column)) {
			if _, ok := dates[key]; !ok {
				p.row.say(p.column, "no event has the key %q; %s", key, nearest.Remedy(key, keys))
			}
		}
	}
	for _, c := range l.cites {
		for _, key := range cited(c.cell) {
			if _, ok := l.seen[key]; !ok {
				c.row.say(c.column, "nothing has the key %q; name a row that is there, or write a remark in parentheses", key)
			}
		}
	}
	for _, x := range l.lives {
		last := Date{}
		for _, key := range x.keys {
			at, ok := dates[key]
			if !ok || at.check() != nil {
				continue
			}
			if !last.IsZero() && at.Last().Before(last.First()) {
				x.row.say("id", "%s lies before what should come earlier; put the events in order of time", key)
			}
			last = at
		}
	}
}

var notKey = regexp.MustCompile(`\([^()]*\)|https?://\S+`)

// keyLike matches what is meant as a key of a numbered table.
var keyLike = regexp.MustCompile(`\b[EGDTP][0-9]{1,6}\b`)

// cited lists the keys in a source, remarks and addresses left out.
func cited(source string) []string {
	return keyLike.FindAllString(notKey.ReplaceAllString(source, " "), -1)
}

// finish indexes the tables and dates their end.
func (l *loader) finish() *Tables {
	l.tables.entries, l.tables.until = l.tables.collect(), l.tables.lastDay()
	l.tables.byKey = make(map[string]int, len(l.tables.entries))
	for i, e := range l.tables.entries {
		l.tables.byKey[e.Key] = i
	}
	return l.tables
}
