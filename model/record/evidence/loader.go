package evidence

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/record/table"
)

// loader takes in rows, and keeps what can only be checked when all are there.
type loader struct {
	tables *Tables
	texts  []*table.Text
	kind   *kind        // of the rows that are being taken in
	rows   []*table.Row // these rows, whose keys are not free either
	later  []func()     // checks across tables
	looked int          // how often a free key was looked for
}

// mostLooked is how often a free key is looked for among all: a table can repeat a key many times.
const mostLooked = 20

// mostProblems is after how many mistakes a table is given up.
const mostProblems = 1000

// load reads the tables of a folder on top of others; nil is nothing.
func load(fsys fs.FS, base *Tables) (*Tables, Problems) {
	l := &loader{tables: &Tables{keys: map[string]string{}}}
	if base != nil {
		for _, k := range kinds {
			k.copies(base, l.tables)
		}
		for key := range base.keys {
			l.tables.keys[key] = "in the shipped table"
		}
	}
	lost := false // some row could not be cut into cells
	for i := range kinds {
		k := &kinds[i]
		if base != nil && !k.own {
			continue
		}
		data, err := readSmall(fsys, k.name)
		if errors.Is(err, fs.ErrNotExist) && base != nil {
			continue
		}
		text := &table.Text{File: k.name}
		l.texts = append(l.texts, text)
		if err != nil {
			text.Say(0, 0, "cannot be read: %v", err)
			continue
		}
		l.kind, l.rows = k, text.CSV(k.columns, data)
		lost = lost || len(text.Problems) > 0
		for _, r := range l.rows {
			if len(text.Problems) > mostProblems {
				text.Say(r.Line(), 1, "the rest is not looked at; mend what stands above first")
				lost = true
				break
			}
			k.take(l, &row{r, l})
		}
	}
	return l.finish(lost)
}

// finish checks what needs all rows, and indexes the tables. With rows lost it says nothing of what is
// named.
func (l *loader) finish(lost bool) (*Tables, Problems) {
	for _, check := range l.later {
		if !lost {
			check()
		}
		lost = lost || slices.ContainsFunc(l.texts, func(t *table.Text) bool { return len(t.Problems) > mostProblems })
	}
	var problems Problems
	for _, text := range l.texts {
		problems = append(problems, text.Problems.Sorted()[:min(len(text.Problems), mostProblems+2)]...)
	}
	if len(problems) > 0 {
		return nil, problems.Sorted()
	}
	t := l.tables
	t.entries, t.until, t.byKey = t.collect(), t.lastDay(), map[string]int{}
	for i, e := range t.entries {
		t.byKey[e.Key] = i
	}
	return t, nil
}

// unique notes a key that stands already, and reports whether it is new.
func (l *loader) unique(r *row) bool {
	id := strings.TrimSpace(r.Key())
	key := id
	if !l.kind.keyed {
		key = l.kind.name + " " + id
	}
	where, twice := l.tables.keys[key]
	if id == "" || !twice {
		l.tables.keys[key] = fmt.Sprintf("at %s:%d", l.kind.name, r.Line())
		return id != ""
	}
	free := ""
	if l.kind.keyed && numbered(id) && l.looked < mostLooked {
		l.looked++
		free = ", for example " + l.free(letters(id))
	}
	r.Say(l.kind.columns[0], "%q stands already %s, and a row replaces nothing; take a key that is free%s",
		id, where, free)
	return false
}

// free is the first key of some letters beyond all that stand, in the rows to come too.
func (l *loader) free(first string) string {
	largest, width := 0, 2
	keys := slices.Collect(maps.Keys(l.tables.keys))
	for _, r := range l.rows {
		keys = append(keys, r.Key())
	}
	for _, key := range keys {
		if numbered(key) && letters(key) == first {
			if n, err := strconv.Atoi(key[len(first):]); err == nil && n > largest {
				largest, width = n, len(key)-len(first)
			}
		}
	}
	return fmt.Sprintf("%s%0*d", first, width, largest+1)
}

type row struct {
	*table.Row
	loader *loader
}

func (r *row) later(check func()) { r.loader.later = append(r.loader.later, check) }

func (r *row) id(first ...string) string {
	s := r.Need("id")
	if s != "" && !(numbered(s) && slices.Contains(first, letters(s))) {
		r.Say("id", "%q is no key of this table; write %s and a number", s, strings.Join(first, " or "))
	}
	return s
}

func oneOf[M any](r *row, column string, known Words[M]) string {
	return r.Word(column, known.All()...)
}

// cites reads words among which keys are named, all of which must be there.
func (r *row) cites(column string) string {
	s := r.Need(column)
	r.later(func() {
		for _, key := range cited(s) {
			if _, ok := r.loader.tables.keys[key]; !ok {
				r.Say(column, "nothing has the key %q; name a row that is there, or write a remark in parentheses", key)
			}
		}
	})
	return s
}

// events checks that a cell names events, separated by semicolons, and returns it.
func (r *row) events(column, cell string) string {
	r.later(func() {
		for _, key := range list(cell) {
			if _, ok := r.loader.tables.Event(key); !ok {
				var known []string
				for _, e := range r.loader.tables.Events {
					known = append(known, e.ID)
				}
				r.Say(column, "no event has the key %q; %s", key, nearest.Remedy(key, known))
			}
		}
	})
	return cell
}

// follow checks that events, as far as they are known, come in order of time.
func (r *row) follow(keys ...string) {
	r.later(func() {
		last := Date{}
		for _, key := range keys {
			e, ok := r.loader.tables.Event(key)
			at := e.When()
			if !ok || at.check() != nil {
				continue
			}
			if !last.IsZero() && at.Last().Before(last.First()) {
				r.Say("id", "%s lies before what should come earlier; put the events in order of time", key)
			}
			last = at
		}
	})
}

func (r *row) date(column, precision string) Date {
	d := Date{r.Get(column), precision}
	if d.Text == "" {
		r.Say(column, "is empty; write a date")
	} else if err := d.check(); err != nil {
		r.Say(column, "%s", err)
	}
	return d
}

// dates reads dates that may be missing, each as precise as it is written, back to oldYear; where
// one is wrong all count as missing.
func (r *row) dates(column string) []Date {
	var out []Date
	for _, cell := range list(r.Get(column)) {
		d, err := dateSince(cell, oldYear)
		if err != nil {
			r.Say(column, "%s", err)
			return nil
		}
		out = append(out, d)
	}
	return out
}

// when reads one date that may be missing.
func (r *row) when(column string) Date {
	d := append(r.dates(column), Date{})
	if len(d) > 2 {
		r.Say(column, "holds %d dates; write one", len(d)-1)
	}
	return d[0]
}

// after notes a date that lies before one which must come first.
func (r *row) after(column string, at Date, first string, start Date) {
	if !at.IsZero() && !start.IsZero() && at.Last().Before(start.First()) {
		r.Say(column, "%s lies before %s, %s; correct one of the two", at.Text, first, start.Text)
	}
}

// backed reads how a row was checked and its source, which only a row from memory may lack.
func (r *row) backed() (checked, source string) {
	checked = oneOf(r, "checked", Checks)
	if checked == Memory && r.Get("source") == "" {
		return checked, ""
	}
	return checked, r.cites("source")
}

func list(cell string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// numberedKey is a key of a numbered table: E001, G01, D01, FB01, CH01, X001, CV01, T5, P3.
const numberedKey = `(?:[EGDXTP]|FB|NM|CT|CH|CV)[0-9]{1,6}`

var wholeKey = regexp.MustCompile(`^` + numberedKey + `$`)

func numbered(s string) bool { return wholeKey.MatchString(s) }

// letters is what a numbered key begins with.
func letters(key string) string { return strings.TrimRight(key, "0123456789") }

var notKey = regexp.MustCompile(`\([^()]*\)|https?://\S+`)

// keyLike matches what is meant as a key of a numbered table.
var keyLike = regexp.MustCompile(`\b` + numberedKey + `\b`)

func cited(source string) []string {
	return keyLike.FindAllString(notKey.ReplaceAllString(source, " "), -1)
}
