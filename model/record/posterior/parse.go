package posterior

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/evidence"
)

// MaxBytes bounds a file.
const MaxBytes = 8 << 20

// Problem is a mistake with its place.
type Problem = evidence.Problem

// Problems are all mistakes that were found, up to a bound, in order of their place.
type Problems = evidence.Problems

// maxKept bounds how many mistakes are listed.
const maxKept = 20

// Parse reads a file; name is shown in messages. The error, if any, is [Problems].
// A file of another version of the model has that one mistake alone.
func Parse(name string, data []byte) (*Posterior, error) {
	r := &reader{p: &Posterior{Name: name}}
	switch {
	case len(data) > MaxBytes:
		r.problem(0, 0, "%d bytes long, more than the %d that a posterior may have; is this the right file?", len(data),
			MaxBytes)
	case !utf8.Valid(data):
		r.problem(0, 0, "not UTF-8; is this the right file?")
	default:
		r.lines = strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n"), "\n")
		r.header()
		if r.sound() {
			r.columns()
		}
		if r.sound() {
			r.rows()
		}
		if r.sound() {
			r.agree()
		}
	}
	if !r.sound() {
		return nil, r.problems
	}
	return r.p, nil
}

// reader walks through the lines of a file.
type reader struct {
	p        *Posterior
	lines    []string
	at       int   // index of the next line
	places   []int // line of each column
	problems Problems
}

func (r *reader) sound() bool { return len(r.problems) == 0 }

func (r *reader) problem(line, column int, format string, args ...any) {
	if len(r.problems) < maxKept {
		r.problems = append(r.problems,
			Problem{File: r.p.Name, Line: line, Column: column, What: fmt.Sprintf(format, args...)})
	}
}

// next returns the next line and its number; an empty one ends a part.
func (r *reader) next() (line string, number int, ok bool) {
	if r.at >= len(r.lines) {
		return "", len(r.lines), false
	}
	r.at++
	line = r.lines[r.at-1]
	return line, r.at, line != ""
}

// header reads the lines up to the first empty one.
func (r *reader) header() {
	seen := map[string]int{}
	names := make([]string, len(headerKeys))
	for i, k := range headerKeys {
		names[i] = k.name
	}
	line, n, ok := r.next()
	for ; ok; line, n, ok = r.next() {
		name, value, colon := strings.Cut(line, ":")
		i := slices.Index(names, name)
		switch {
		case !colon:
			r.problem(n, 1, "%q is not KEY: VALUE; an empty line ends the header", clip(line))
		case i < 0:
			r.problem(n, 1, "unknown key %q; %s", clip(name), nearest.Remedy(name, names))
		case seen[name] > 0:
			r.problem(n, 1, "key %q comes twice; first on line %d", name, seen[name])
		default:
			seen[name] = n
			value = strings.TrimPrefix(value, " ")
			if must := headerKeys[i].set(&r.p.Header, value); must != "" {
				r.problem(n, len(name)+3, "%s: %q is not %s", name, clip(value), must)
			}
		}
	}
	if v := r.p.Header.Model; v != "" && v != experiment.ModelVersion {
		r.problems = nil
		r.problem(seen["model"], len("model: ")+1, "%s", otherModel(v))
		return
	}
	for _, name := range names {
		if seen[name] == 0 {
			r.problem(n, 1, "key %q is missing; add it to the header", name)
		}
	}
}

// clip keeps what is quoted short.
func clip(s string) string {
	if r := []rune(s); len(r) > 48 {
		return string(r[:47]) + "…"
	}
	return s
}
