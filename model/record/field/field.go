// Package field takes over what data sets of others document about a pair of states, as rows of the evidence:
// incidents as events, and accusations of China by governments as coded accusations, all of the status imported,
// so that nothing rests on them unless asked.
//
// The data sets are EuRepoC (global 1.3 and attribution 1.3, CSV or XLSX) and DCID 2.0 (XLSX). Their files are read
// and never shipped. What a row of theirs cannot say is left uncoded; what is not taken over is listed with the reason.
package field

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/record/evidence"
)

// File is a file as a project publishes it.
type File struct {
	Name string
	Data []byte
}

// Source is a table that was read.
type Source struct {
	File   string `json:"file"`
	Table  string `json:"table"` // with its version
	SHA256 string `json:"sha256"`
	Rows   int    `json:"rows"` // below the one that names the columns
}

// Origin says which rows of a source became a row of the evidence.
type Origin struct {
	Key  string `json:"key"`
	File string `json:"file"`
	Rows []int  `json:"rows"` // the row that names the columns is 1
}

// Dropped are rows that were not taken over for one reason.
type Dropped struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Rows   []int  `json:"rows"`
}

// Import is what was taken over, and what was not.
type Import struct {
	Pair        [2]string             `json:"pair"`
	Sources     []Source              `json:"sources"`
	Events      []evidence.Event      `json:"-"`
	Accusations []evidence.Accusation `json:"-"`
	Origins     []Origin              `json:"origins"`
	Dropped     []Dropped             `json:"dropped"` // by file, in the order in which a reason first came up
}

// Pair reads the names of two states. The error says what is wrong with it.
func Pair(text string) ([2]string, error) {
	const as = `write two states, as in "China,United Kingdom"`
	names := strings.Split(text, ",")
	if len(names) > 2 {
		if both := States(text); len(both) == 2 {
			return [2]string(both), nil
		}
	}
	if len(names) != 2 {
		return [2]string{}, fmt.Errorf("%q names %d; %s", text, len(names), as)
	}
	var out [2]string
	for i, name := range names {
		s, ok := State(name)
		if !ok {
			return out, fmt.Errorf("%q is no state that is known; %s", strings.TrimSpace(name),
				nearest.Remedy(strings.TrimSpace(name), slices.Sorted(stateNames())))
		}
		out[i] = s
	}
	if out[0] == out[1] {
		return out, fmt.Errorf("%q is the same state twice; %s", text, as)
	}
	return out, nil
}

type importer struct {
	out     *Import
	source  Source            // being read
	keys    map[string]string // of rows taken over, with where each came from
	shipped *evidence.Tables
	dropped map[string]int // by file and reason, its place in out
}

// Read takes over what files of a data set, one of [Sets], document about a pair of states. What shipped holds
// already is not taken over again. An error names a file, and the row and column that stopped the import.
func Read(set string, files []File, pair [2]string, shipped *evidence.Tables) (*Import, error) {
	b := &importer{out: &Import{Pair: pair, Origins: []Origin{}, Dropped: []Dropped{}}, keys: map[string]string{},
		shipped: shipped, dropped: map[string]int{}}
	for _, f := range files {
		all, err := sheets(f)
		if err != nil {
			return nil, err
		}
		s, l, err := pick(set, f, all)
		if err != nil {
			return nil, err
		}
		for _, x := range b.out.Sources {
			if x.Table == l.name {
				return nil, fmt.Errorf("%s: %s is %s already; give each table once", f.Name, x.File, l.name)
			}
		}
		if err := s.index(l.columns); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(f.Data)
		b.source = Source{f.Name, l.name, hex.EncodeToString(sum[:]), len(s.rows)}
		b.out.Sources = append(b.out.Sources, b.source)
		if err := l.take(b, s); err != nil {
			return nil, err
		}
	}
	return b.out, nil
}

// pick finds the sheet of a file that is a table of the set.
func pick(set string, f File, all []*sheet) (*sheet, *layout, error) {
	var first error
	for _, s := range all {
		l, err := layoutOf(set, s)
		if err == nil {
			return s, l, nil
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = fmt.Errorf("%s: the workbook has no sheet", f.Name)
	}
	return nil, nil, first
}

// drop notes a row that is not taken over.
func (b *importer) drop(r *row, reason string, args ...any) {
	reason = fmt.Sprintf(reason, args...)
	key := b.source.File + "\n" + reason
	i, ok := b.dropped[key]
	if !ok {
		i = len(b.out.Dropped)
		b.dropped[key] = i
		b.out.Dropped = append(b.out.Dropped, Dropped{File: b.source.File, Reason: reason})
	}
	b.out.Dropped[i].Rows = append(b.out.Dropped[i].Rows, r.n)
}

// came notes where a row of the evidence comes from.
func (b *importer) came(key string, rows ...int) {
	b.out.Origins = append(b.out.Origins, Origin{key, b.source.File, rows})
}

// from says in a source where a row comes from.
func (b *importer) from(what string, r *row) string {
	return fmt.Sprintf("%s, %s (%s, row %d, sha256 %s)", b.source.Table, what, text(b.source.File), r.n,
		b.source.SHA256[:12])
}

// sides are the initiator and the target where one of the pair is among the initiators and the other among the targets.
func (b *importer) sides(initiators, targets []string) (from, to string, why string) {
	p := b.out.Pair
	there := slices.Contains(initiators, p[0]) && slices.Contains(targets, p[1])
	back := slices.Contains(initiators, p[1]) && slices.Contains(targets, p[0])
	switch {
	case there && back:
		return "", "", "each of the pair is on both sides"
	case there:
		return p[0], p[1], ""
	case back:
		return p[1], p[0], ""
	case len(initiators) == 0:
		return "", "", "no state is named as its initiator"
	case len(targets) == 0:
		return "", "", "no state is named as its target"
	}
	return "", "", "is about another pair"
}

// most of the characters of a text that is taken over.
const mostTaken = 300

// text is what a cell of another says, in one line of plain text.
func text(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)), " ")
	return shorter(s, mostTaken)
}

func shorter(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// clip is a cell as messages quote it.
func clip(s string) string { return shorter(s, 48) }

// addresses are the first few addresses of a cell, in which they are separated by semicolons that may stand inside one
// too.
func addresses(cell string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, ";") {
		switch part = strings.TrimSpace(part); {
		case strings.HasPrefix(part, "http://"), strings.HasPrefix(part, "https://"):
			out = append(out, part)
		case len(out) > 0 && part != "" && !strings.Contains(part, " "):
			out[len(out)-1] += ";" + part
		}
	}
	out = slices.DeleteFunc(out, func(a string) bool { return len(a) > mostAddress || strings.ContainsAny(a, " \t\r\n") })
	return out[:min(len(out), mostAddresses)]
}

// What is kept of addresses.
const mostAddresses, mostAddress = 3, 500
