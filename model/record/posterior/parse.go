package posterior

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/table"
	"github.com/misstep/misstep/model/scenario"
)

// MaxBytes bounds a file.
const MaxBytes = 8 << 20

// Problem is a mistake with its place.
type Problem = table.Problem

// Problems are all mistakes that were found, up to a bound, in order of their place.
type Problems = table.Problems

const maxKept = 20

// Parse reads a file; name is shown in messages. The error, if any, is [Problems]; of a file of another
// version of the model that one mistake alone.
func Parse(name string, data []byte) (*Posterior, error) { return parse(name, data, false) }

// parse reads a file. In one that is trusted it leaves out checks that take long.
func parse(name string, data []byte, trusted bool) (*Posterior, error) {
	r := &reader{Text: table.Text{File: name}, p: &Posterior{Name: name}, trusted: trusted}
	switch {
	case len(data) > MaxBytes:
		r.Say(0, 0, "%d bytes long, more than the %d that a posterior may have; is this the right file?", len(data), MaxBytes)
	case !utf8.Valid(data):
		r.Say(0, 0, "not UTF-8; is this the right file?")
	default:
		r.lines = strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n"), "\n")
		for _, read := range []func(){r.header, r.columns, r.rows, r.end, r.agree} {
			if len(r.Problems) == 0 {
				read()
			}
		}
	}
	if len(r.Problems) > 0 {
		return nil, r.Problems.Sorted()[:min(len(r.Problems), maxKept)]
	}
	return r.p, nil
}

type reader struct {
	table.Text
	p     *Posterior
	lines []string
	at    int          // index of the next line
	about []*table.Row // what is said of each column

	trusted bool // a test has found no mistake
}

func (r *reader) part() (lines []string, first int) {
	rest := r.lines[min(r.at, len(r.lines)):]
	n := slices.Index(append(rest[:len(rest):len(rest)], ""), "")
	first = min(r.at+1, len(r.lines))
	r.at += n + 1
	return rest[:n], first
}

func (r *reader) header() {
	fields, seen := r.p.Header.fields(), map[string]int{}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	lines, _ := r.part()
	for i, line := range lines {
		n := i + 1
		name, value, colon := strings.Cut(line, ":")
		k := slices.Index(names, name)
		switch {
		case !colon:
			r.Say(n, 1, "%q is not KEY: VALUE; an empty line ends the header", clip(line))
		case k < 0:
			r.Say(n, 1, "unknown key %q; %s", clip(name), nearest.Remedy(name, names))
		case seen[name] > 0:
			r.Say(n, 1, "key %q comes twice; first on line %d", name, seen[name])
		default:
			seen[name] = n
			if value = strings.TrimPrefix(value, " "); !fields[k].set(value) {
				r.Say(n, len(name)+3, "%s: %q is not %s", name, clip(value), fields[k].must)
			}
		}
	}
	if v := r.p.Header.Model; v != "" && v != experiment.ModelVersion {
		r.Problems = nil
		r.Say(seen["model"], len("model: ")+1, "%s", otherModel(v))
		return
	}
	for _, name := range names {
		if seen[name] == 0 {
			r.Say(min(len(lines)+1, len(r.lines)), 1, "key %q is missing; add it to the header", name)
		}
	}
}

func (r *reader) columns() {
	lines, first := r.part()
	r.about = r.Tabs(columnNames, lines, first)
	seen := map[string]int{}
	for _, row := range r.about {
		col := r.readColumn(row)
		if before := seen[col.Path]; before > 0 {
			row.Say("path", "parameter %q comes twice; first on line %d", clip(col.Path), before)
		}
		seen[col.Path] = row.Line()
		r.p.Columns = append(r.p.Columns, col)
	}
	if len(r.p.Columns) == 0 && len(r.Problems) == 0 {
		r.Say(first, 1, "no parameter in the table of the parameters")
	}
}

var targetKey = regexp.MustCompile(`^T[1-9][0-9]*$`)

func (r *reader) readColumn(row *table.Row) Column {
	path := row.Get("path")
	col := Column{Path: scenario.ShortPath(path), Prior: row.Get("prior"), Unit: row.Need("unit")}
	if err := col.findDomain(); err != nil {
		row.Say("path", "%q: %s", clip(path), err)
	} else if err := col.readPrior(); err != nil {
		row.Say("prior", "%s", err)
	}
	col.Prior90 = interval(row, "prior_90", col.domain.Duration)
	col.Posterior90 = interval(row, "posterior_90", col.domain.Duration)
	x := number(row, "contraction")
	if x < 0 || x > 1 {
		row.Say("contraction", "is not a number, 0 to 1")
	}
	col.Contraction, col.Silent = x, row.Word("silent", "yes", "no") == "yes"
	if col.Silent != (x < SilentBelow) {
		row.Say("silent", "does not fit a contraction of %s; it is yes below %v", exact(x), SilentBelow)
	}
	informed := row.Get("informed_by")
	if informed == empty {
		return col
	}
	for key := range strings.SplitSeq(informed, ", ") {
		if r.trusted {
			col.InformedBy = append(col.InformedBy, key)
			continue
		}
		if e, known := evidence.Lookup(key); !targetKey.MatchString(key) || !known || e.Kind != evidence.KindTarget {
			row.Say("informed_by", "unknown target %q; targets are T1, T2 and so on, separated by a comma and a blank, or %s "+
				"for none", clip(key), empty)
		} else if slices.Contains(col.InformedBy, key) {
			row.Say("informed_by", "target %s comes twice", key)
		}
		col.InformedBy = append(col.InformedBy, key)
	}
	return col
}

func interval(row *table.Row, column string, duration bool) (out [2]float64) {
	text := row.Get(column)
	low, high, ok := strings.Cut(text, " to ")
	var errs [2]error
	out[0], errs[0] = param.ParseNumber(low, duration)
	out[1], errs[1] = param.ParseNumber(high, duration)
	if !ok || errs[0] != nil || errs[1] != nil || out[0] > out[1] {
		example := "0.1 to 0.4"
		if duration {
			example = "20d to 60d"
		}
		row.Say(column, "%q is not an interval such as %s", clip(text), example)
	}
	return out
}

// weightTolerance is how far the weights may sum from 1: what six digits each lose.
const weightTolerance = 1e-5

func (r *reader) rows() {
	p := r.p
	head := p.head()
	lines, first := r.part()
	sum := 0.0
	for _, row := range r.Tabs(head, lines, first) {
		w := number(row, "weight")
		if w <= 0 || w > 1 {
			row.Say("weight", "%v is not above 0 and at most 1", w)
		}
		values := make([]float64, len(p.Columns))
		for k := range values {
			if r.trusted {
				values[k], _ = strconv.ParseFloat(row.Cell(k+1), 64)
				continue
			}
			values[k] = number(row, head[k+1])
			if err := p.Columns[k].holds(values[k]); err != nil && !math.IsNaN(values[k]) {
				row.Say(head[k+1], "%s", err)
			}
		}
		p.Weights, p.Rows = append(p.Weights, w), append(p.Rows, values)
		sum += w
	}
	if len(r.Problems) > 0 {
		return
	}
	switch {
	case len(p.Rows) < 2:
		r.Say(first, 1, "%d rows in the sample; two or more are needed", len(p.Rows))
	case math.Abs(sum-1) > weightTolerance:
		r.Say(first, 1, "the weights sum to %s, not to 1", exact(round(sum, 6)))
	case len(p.Rows) > p.Header.Particles:
		r.Say(first, 1, "%d rows of a population of %d particles", len(p.Rows), p.Header.Particles)
	}
}

// number reads a cell that must hold a number, NaN where it does not.
func number(row *table.Row, column string) float64 {
	if row.Need(column) != "" {
		if x, ok := row.Number(column); ok {
			return x
		}
	}
	return math.NaN()
}

func (r *reader) end() {
	for n, line := range r.lines[min(r.at, len(r.lines)):] {
		if line != "" {
			r.Say(r.at+n+1, 1, "%q after the end of the sample; remove it, or the empty line above", clip(line))
			return
		}
	}
}

// agree holds what is said of each parameter against the sample.
func (r *reader) agree() {
	if r.trusted {
		return
	}
	for k := range r.p.Columns {
		said := r.p.Columns[k]
		r.p.describe(k)
		have := r.p.Columns[k]
		r.p.Columns[k] = said
		width := have.Prior90[1] - have.Prior90[0]
		near := func(a, b [2]float64) bool {
			return math.Abs(a[0]-b[0]) <= 0.01*width && math.Abs(a[1]-b[1]) <= 0.01*width
		}
		switch row := r.about[k]; {
		case !near(said.Prior90, have.Prior90):
			row.Say("prior_90", "the prior %s has %s as its central 90 %%", said.Prior, said.interval(have.Prior90))
		case !near(said.Posterior90, have.Posterior90):
			row.Say("posterior_90", "the sample has %s as its central 90 %%", said.interval(have.Posterior90))
		case math.Abs(said.Contraction-have.Contraction) > 0.0021:
			row.Say("contraction", "the sample has a contraction of %s", exact(have.Contraction))
		}
	}
}

func clip(s string) string { return table.Clip(s, 48) }
