package posterior

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// cell is one entry of a table, with the column at which it begins.
type cell struct {
	text string
	line int
	at   int
}

// cells splits a line at its tabs.
func cells(line string, number int) []cell {
	var out []cell
	at := 1
	for part := range strings.SplitSeq(line, "\t") {
		out = append(out, cell{part, number, at})
		at += utf8.RuneCountInString(part) + 1
	}
	return out
}

func (r *reader) bad(c cell, format string, args ...any) { r.problem(c.line, c.at, format, args...) }

// heading reads the first line of a table, which must name the columns.
func (r *reader) heading(what string, want []string) bool {
	line, n, ok := r.next()
	if !ok {
		r.problem(n, 1, "the table of the %s is missing; it begins with a line of %s", what, clip(strings.Join(want, ", ")))
		return false
	}
	have := cells(line, n)
	for i, c := range have {
		if i >= len(want) || c.text != want[i] {
			known := "nothing more"
			if i < len(want) {
				known = strconv.Quote(want[i])
			}
			r.bad(c, "%q in the heading of the %s, where %s is to stand; cells are separated by single tabs", clip(c.text),
				what, known)
			return false
		}
	}
	if len(have) < len(want) {
		r.bad(have[len(have)-1], "the heading of the %s ends before %q; cells are separated by single tabs", what,
			want[len(have)])
		return false
	}
	return true
}

// split reads a line of a table with a number of cells.
func (r *reader) split(line string, n, want int) ([]cell, bool) {
	out := cells(line, n)
	if len(out) != want {
		r.problem(n, 1, "%d cells in place of %d; they are separated by single tabs", len(out), want)
		return nil, false
	}
	return out, true
}

// columns reads the table of the parameters.
func (r *reader) columns() {
	if !r.heading("parameters", columnNames) {
		return
	}
	seen := map[string]int{}
	line, n, ok := r.next()
	for ; ok; line, n, ok = r.next() {
		c, ok := r.split(line, n, len(columnNames))
		if !ok {
			continue
		}
		col := r.column(c)
		if first := seen[col.Path]; first > 0 {
			r.bad(c[0], "parameter %q comes twice; first on line %d", clip(col.Path), first)
		}
		seen[col.Path] = n
		r.p.Columns = append(r.p.Columns, col)
		r.places = append(r.places, n)
	}
	if len(r.p.Columns) == 0 && r.sound() {
		r.problem(n, 1, "no parameter in the table of the parameters")
	}
}

var targetKey = regexp.MustCompile(`^T[1-9][0-9]*$`)

// column reads one parameter.
func (r *reader) column(c []cell) Column {
	col := Column{Path: scenario.ShortPath(c[0].text), Prior: c[1].text, Unit: c[2].text}
	if err := col.findDomain(); err != nil {
		r.bad(c[0], "%q: %s", clip(c[0].text), err)
	} else if err := col.readPrior(); err != nil {
		r.bad(c[1], "%s", err)
	}
	if col.Unit == "" || strings.ContainsFunc(col.Unit, unicode.IsControl) {
		r.bad(c[2], "a unit is needed, such as 1/y, or – for none")
	}
	col.Prior90 = r.interval(c[3], col.domain.Duration)
	col.Posterior90 = r.interval(c[4], col.domain.Duration)
	x, err := strconv.ParseFloat(c[5].text, 64)
	if err != nil || !(x >= 0 && x <= 1) {
		r.bad(c[5], "contraction %q is not a number, 0 to 1", clip(c[5].text))
	}
	col.Contraction = x
	if col.Silent = c[6].text == "yes"; c[6].text != "yes" && c[6].text != "no" {
		r.bad(c[6], "silent %q is not yes or no", clip(c[6].text))
	} else if col.Silent != (x < SilentBelow) {
		r.bad(c[6], "silent %s with a contraction of %s; it is yes below %v", c[6].text, clip(c[5].text), SilentBelow)
	}
	if c[7].text == empty {
		return col
	}
	for key := range strings.SplitSeq(c[7].text, ", ") {
		if e, known := evidence.Lookup(key); !targetKey.MatchString(key) || !known || e.Kind != evidence.KindTarget {
			r.bad(c[7], "unknown target %q; targets are T1, T2 and so on, separated by a comma and a blank, or %s for none",
				clip(key), empty)
		} else if slices.Contains(col.InformedBy, key) {
			r.bad(c[7], "target %s comes twice", key)
		}
		col.InformedBy = append(col.InformedBy, key)
	}
	return col
}

// interval reads LOW to HIGH.
func (r *reader) interval(c cell, duration bool) (out [2]float64) {
	low, high, ok := strings.Cut(c.text, " to ")
	var errs [2]error
	out[0], errs[0] = param.ParseNumber(low, duration)
	out[1], errs[1] = param.ParseNumber(high, duration)
	if !ok || errs[0] != nil || errs[1] != nil || out[0] > out[1] {
		example := "0.1 to 0.4"
		if duration {
			example = "20d to 60d"
		}
		r.bad(c, "%q is not an interval such as %s", clip(c.text), example)
	}
	return out
}

// weightTolerance is how far the weights may sum from 1: what six digits each lose.
const weightTolerance = 1e-5

// rows reads the sample.
func (r *reader) rows() {
	p := r.p
	head := []string{"weight"}
	for i := range p.Columns {
		head = append(head, p.Columns[i].Path)
	}
	if !r.heading("sample", head) {
		return
	}
	first, sum := r.at, 0.0
	line, n, ok := r.next()
	for ; ok; line, n, ok = r.next() {
		if c, ok := r.split(line, n, len(head)); ok {
			sum += r.row(c)
		}
	}
	for ; r.at < len(r.lines) && r.sound(); r.at++ {
		if r.lines[r.at] != "" {
			r.problem(r.at+1, 1, "%q after the end of the sample; remove it, or the empty line above", clip(r.lines[r.at]))
		}
	}
	if !r.sound() {
		return
	}
	switch {
	case len(p.Rows) < 2:
		r.problem(first, 1, "%d rows in the sample; two or more are needed", len(p.Rows))
	case math.Abs(sum-1) > weightTolerance:
		r.problem(first, 1, "the weights sum to %s, not to 1", exact(round(sum, 6)))
	case len(p.Rows) > p.Header.Particles:
		r.problem(first, 1, "%d rows of a population of %d particles", len(p.Rows), p.Header.Particles)
	}
}

// row reads one row and returns its weight.
func (r *reader) row(c []cell) float64 {
	number := func(c cell) float64 {
		x, err := strconv.ParseFloat(c.text, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || strings.ContainsAny(c.text, "xXpP_") {
			r.bad(c, "%q is not a number", clip(c.text))
			return math.NaN()
		}
		return x
	}
	w := number(c[0])
	if w <= 0 || w > 1 {
		r.bad(c[0], "weight %s is not above 0 and at most 1", c[0].text)
	}
	row := make([]float64, len(c)-1)
	for k := range row {
		row[k] = number(c[k+1])
		if math.IsNaN(row[k]) {
			continue
		}
		col := &r.p.Columns[k]
		if err := col.holds(row[k]); err != nil {
			r.bad(c[k+1], "%s: %s", clip(col.Path), err)
		}
	}
	r.p.Weights, r.p.Rows = append(r.p.Weights, w), append(r.p.Rows, row)
	return w
}

// agree holds what is said of each parameter against the sample.
func (r *reader) agree() {
	for k := range r.p.Columns {
		said := r.p.Columns[k]
		r.p.describe(k)
		have := r.p.Columns[k]
		r.p.Columns[k] = said
		line := r.lines[r.places[k]-1]
		c := cells(line, r.places[k])
		width := have.Prior90[1] - have.Prior90[0]
		near := func(a, b [2]float64) bool {
			return math.Abs(a[0]-b[0]) <= 0.01*width && math.Abs(a[1]-b[1]) <= 0.01*width
		}
		switch {
		case !near(said.Prior90, have.Prior90):
			r.bad(c[3], "the prior %s has %s as its central 90 %%", said.Prior, said.interval(have.Prior90))
		case !near(said.Posterior90, have.Posterior90):
			r.bad(c[4], "the sample has %s as its central 90 %%", said.interval(have.Posterior90))
		case math.Abs(said.Contraction-have.Contraction) > 0.0021:
			r.bad(c[5], "the sample has a contraction of %s", exact(have.Contraction))
		}
	}
}
