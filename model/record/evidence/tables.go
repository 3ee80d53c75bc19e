package evidence

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/misstep/misstep/internal/nearest"
)

// Tables is a body of evidence: what is shipped, perhaps with rows of a user's own.
// It is made by [Shipped] or [Read] and must not be changed.
type Tables struct {
	Events      []Event
	Accusations []Accusation
	Delays      []Delay
	Dialogues   []Dialogue
	Ruptures    []Rupture
	Targets     []Target
	Patterns    []Pattern
	References  []Reference

	entries []Entry
	byKey   map[string]int
	until   time.Time
}

//go:embed *.csv
var files embed.FS

// Shipped returns the evidence that comes with the program.
func Shipped() *Tables { return shipped() }

var shipped = sync.OnceValue(func() *Tables {
	t, problems := load(files, nil)
	if len(problems) > 0 {
		panic("evidence: the shipped tables are wrong:\n" + problems.Error()) // a mistake of ours
	}
	return t
})

// tableFile is a table: its file, its columns, and how its rows are taken in.
type tableFile struct {
	name, columns string
	take          func(*loader, []*row)
	own           bool // a user's folder may hold it
}

// tableFiles lists the tables. What is cited stands before what cites it.
var tableFiles = []tableFile{
	{"evidence.csv", eventColumns, (*loader).events, true},
	{"accusations.csv", accusationColumns, (*loader).accusations, true},
	{"delays.csv", delayColumns, (*loader).delays, true},
	{"dialogues.csv", dialogueColumns, (*loader).dialogues, true},
	{"ruptures.csv", ruptureColumns, (*loader).ruptures, true},
	{"targets.csv", targetColumns, (*loader).targets, false},
	{"patterns.csv", patternColumns, (*loader).patterns, false},
	{"references.csv", referenceColumns, (*loader).references, false},
}

// Read adds the tables of a folder to the shipped ones: evidence.csv,
// accusations.csv, delays.csv, dialogues.csv and ruptures.csv, any of them, each
// with the columns of the shipped file and keys that it does not have. The error is
// [Problems], with every mistake at its place, unless the folder cannot be read.
func Read(fsys fs.FS) (*Tables, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("the folder of evidence cannot be read: %w", err)
	}
	var own []string
	for _, f := range tableFiles {
		if f.own {
			own = append(own, f.name)
		}
	}
	var problems Problems
	found := 0
	for _, e := range entries {
		switch name := e.Name(); {
		case path.Ext(name) != ".csv":
		case slices.Contains(own, name):
			found++
		default:
			problems = append(problems,
				Problem{File: name, What: fmt.Sprintf("no table of that name is read; %s", nearest.Remedy(name, own))})
		}
	}
	if found == 0 && len(problems) == 0 {
		problems = append(problems,
			Problem{File: ".", What: "the folder holds no table; write one or more of " + strings.Join(own, ", ")})
	}
	t, more := load(fsys, Shipped())
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, problems.sorted()
	}
	return t, nil
}

// load reads the tables of a folder on top of others; nil is nothing.
func load(fsys fs.FS, base *Tables) (*Tables, Problems) {
	l := newLoader(base)
	for _, f := range tableFiles {
		if base != nil && !f.own {
			continue
		}
		data, err := readSmall(fsys, f.name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && base != nil:
			continue
		case err != nil:
			l.problems = append(l.problems, Problem{File: f.name, What: fmt.Sprintf("cannot be read: %v", err)})
			continue
		}
		l.file = f.name
		before := len(l.problems)
		rows := parse(f.name, strings.Split(f.columns, ","), data, &l.problems)
		l.lost = l.lost || len(l.problems) > before
		l.ahead = rows
		f.take(l, rows)
	}
	l.crossReferences()
	if len(l.problems) > 0 {
		return nil, l.problems.sorted()
	}
	return l.finish(), nil
}

// readSmall reads a file of at most maxTable bytes.
func readSmall(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("not a file")
	case info.Size() > maxTable:
		return nil, fmt.Errorf("larger than %d megabytes; split it or leave out what is no table", maxTable>>20)
	}
	return fs.ReadFile(fsys, name)
}
