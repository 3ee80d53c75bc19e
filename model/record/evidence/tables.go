package evidence

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/record/table"
)

// Tables is a body of evidence: what is shipped, perhaps with rows of a user's own.
// It is made by [Shipped] or [Read] and must not be changed.
type Tables struct {
	Events      []Event
	Accusations []Accusation
	Delays      []Delay
	Dialogues   []Dialogue
	Ruptures    []Rupture
	Beliefs     []Belief
	Channels    []Channel
	Steps       []Step
	Covert      []Covert
	Targets     []Target
	Patterns    []Pattern
	References  []Reference

	entries []Entry
	byKey   map[string]int
	keys    map[string]string // of all tables, with where each stands
	until   time.Time
}

// Problem is one mistake in a file of the record.
type Problem = table.Problem

// Problems are all mistakes, by file and place.
type Problems = table.Problems

// kind is a table: its file, its columns, and what becomes of its rows.
type kind struct {
	name    string
	columns []string
	own     bool // a user's folder may hold it
	copies  func(from, to *Tables)
	take    func(*loader, *row)
	entries func(*Tables) []Entry
	keyed   bool // its keys may be cited; otherwise they are names within the table
}

// kinds lists the tables. What is cited stands before what cites it.
var kinds = []kind{
	kindOf("evidence.csv", eventColumns, true, func(t *Tables) *[]Event { return &t.Events }, readEvent,
		func(e *Event) Entry {
			return Entry{e.ID, KindEvent, e.Text, e.Date, e.Address, e.Checked}
		}),
	kindOf("accusations.csv", accusationColumns, true, func(t *Tables) *[]Accusation { return &t.Accusations },
		readAccusation, func(a *Accusation) Entry {
			return Entry{a.ID, KindAccusation, a.Statement, a.Date, a.Source, a.Checked}
		}),
	kindOf("delays.csv", delayColumns, true, func(t *Tables) *[]Delay { return &t.Delays }, readDelay,
		func(d *Delay) Entry {
			return Entry{d.ID, KindDelay, d.Case, d.first().Text, d.Source, d.Checked}
		}),
	kindOf("dialogues.csv", dialogueColumns, true, func(t *Tables) *[]Dialogue { return &t.Dialogues }, readDialogue, nil),
	kindOf("ruptures.csv", ruptureColumns, true, func(t *Tables) *[]Rupture { return &t.Ruptures }, readRupture, nil),
	kindOf("beliefs.csv", beliefColumns, false, func(t *Tables) *[]Belief { return &t.Beliefs }, readBelief,
		func(b *Belief) Entry { return Entry{b.ID, KindBelief, b.Incident, b.Date.Text, b.Source, b.Checked} }),
	kindOf("channels.csv", channelColumns, false, func(t *Tables) *[]Channel { return &t.Channels }, readChannel,
		func(c *Channel) Entry { return Entry{c.ID, KindChannel, c.Name, c.Began().Text, c.Source, c.Checked} }),
	kindOf("dyads.csv", stepColumns, false, func(t *Tables) *[]Step { return &t.Steps }, readStep,
		func(x *Step) Entry { return Entry{x.ID, KindStep, x.Text, x.Date, x.Source, x.Checked} }),
	kindOf("covert.csv", covertColumns, false, func(t *Tables) *[]Covert { return &t.Covert }, readCovert,
		func(c *Covert) Entry {
			return Entry{Key: c.ID, Kind: KindCovert, Text: c.Statistic, Address: c.Source, Checked: c.Checked}
		}),
	kindOf("targets.csv", targetColumns, false, func(t *Tables) *[]Target { return &t.Targets }, readTarget,
		func(x *Target) Entry { return Entry{Key: x.ID, Kind: KindTarget, Text: x.Statistic, Address: x.Source} }),
	kindOf("patterns.csv", "id,says", false, func(t *Tables) *[]Pattern { return &t.Patterns },
		func(r *row) Pattern { return Pattern{r.id("P"), r.Need("says")} },
		func(p *Pattern) Entry { return Entry{Key: p.ID, Kind: KindPattern, Text: p.Says} }),
	kindOf("references.csv", "key,citation,about", false, func(t *Tables) *[]Reference { return &t.References },
		func(r *row) Reference { return Reference{r.Need("key"), r.Need("citation"), r.Need("about")} },
		func(x *Reference) Entry { return Entry{Key: x.Key, Kind: KindReference, Text: x.Citation} }),
}

// kindOf describes a table with rows of a type: where they are kept, how one is read, and as what
// [Tables.Lookup] finds it; nil where its key is a name within the table.
func kindOf[T any](name, columns string, own bool, in func(*Tables) *[]T, read func(*row) T,
	entry func(*T) Entry) kind {
	return kind{
		name: name, columns: strings.Split(columns, ","), own: own, keyed: entry != nil,
		copies: func(from, to *Tables) { *in(to) = slices.Clone(*in(from)) },
		take: func(l *loader, r *row) {
			if x := read(r); l.unique(r) {
				*in(l.tables) = append(*in(l.tables), x)
			}
		},
		entries: func(t *Tables) (out []Entry) {
			list := *in(t)
			for i := range list {
				if entry != nil {
					out = append(out, entry(&list[i]))
				}
			}
			return out
		},
	}
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
	for _, k := range kinds {
		if k.own {
			own = append(own, k.name)
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
		return nil, problems.Sorted()
	}
	return t, nil
}

// maxTable is the largest table that is read, in bytes.
const maxTable = 4 << 20

// readSmall reads a file of at most maxTable bytes. It is looked at before it is opened, since a pipe
// would wait, and again after, since another may stand there then.
func readSmall(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err == nil {
		err = acceptable(info)
	}
	if err != nil {
		return nil, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if info, err = f.Stat(); err == nil {
		err = acceptable(info)
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxTable+1))
	if len(data) > maxTable {
		err = errTooLarge
	}
	return data, err
}

var errTooLarge = fmt.Errorf("larger than %d megabytes; split it or leave out what is no table", maxTable>>20)

func acceptable(info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return errors.New("not a file")
	case info.Size() > maxTable:
		return errTooLarge
	}
	return nil
}
