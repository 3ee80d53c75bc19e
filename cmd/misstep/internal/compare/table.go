package compare

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// row is an outcome as the tables and the figure show it, or a heading, which has no id.
type row struct {
	id, label, unit string
	factor          float64 // what its numbers are multiplied by
	digits          int     // at least
}

// perMillion is the level below which probabilities are compared per million futures.
const perMillion = 1e-3

// row describes an outcome that stands by itself: probabilities are of 100 futures, those
// of rare things of a million.
func (c *comparison) row(id string, digits int) row {
	r := row{id: id, digits: digits}
	level := 0.0 // the largest in any run and arm
	for _, v := range c.Others {
		for _, q := range summary.Quantities {
			x := v.change(id, q)
			if x == nil {
				continue
			}
			if r.unit == "" {
				r.label, r.unit = say.Visible(strings.TrimPrefix(x.Label, "… ")), x.Unit
			}
			if q != summary.OfDifference {
				level = max(level, x.Reference.Value, x.Other.Value)
			}
		}
	}
	if o, ok := outcome.Named(id); ok {
		r.label = o.Words.Name
	}
	r.factor = say.Factor(r.unit)
	if r.unit == outcome.Probability {
		r.unit = "of 100 futures"
		if level > 0 && level < perMillion {
			r.factor, r.digits, r.unit = 1e6, 0, "of a million futures"
		}
	}
	return r
}

// measures lists the outcomes of the comparisons in the order of the reference.
func (c *comparison) measures() []string {
	var out []string
	for _, m := range c.Runs[0].Summary.Contrasts[0].Measures {
		if slices.ContainsFunc(c.Others, func(v *versus) bool { return v.change(m.ID, summary.OfDifference) != nil }) {
			out = append(out, m.ID)
		}
	}
	return out
}

// rows arranges outcomes by what they are counted in, as the screen of a run does;
// outcomes that it does not know stand at the end.
func (c *comparison) rows(ids []string) []row {
	var out []row
	placed := map[string]bool{}
	put := func(heading string, digits int, section []string) {
		first := len(out)
		for _, id := range section {
			if slices.Contains(ids, id) && !placed[id] {
				placed[id] = true
				r := c.row(id, digits)
				if r.factor > 100 {
					r.label += ", of a million"
				}
				out = append(out, r)
			}
		}
		if len(out) > first {
			out = slices.Insert(out, first, row{label: heading})
		}
	}
	for _, s := range screen.Sections(say.Span(c.Runs[0].Summary.Run.HorizonDays)) {
		put(s.Heading, s.Digits, s.Measures)
	}
	put("other outcomes", 2, ids)
	return out
}

// cells writes a quantity of an outcome with equal digits in all runs: the digit at which
// the finest error of a change begins.
type cells struct {
	row
	q summary.Quantity
}

func (c *comparison) cells(r row, q summary.Quantity) cells {
	out := cells{r, q}
	for _, v := range c.Others {
		x := out.of(v)
		if x == nil {
			continue
		}
		if half := out.factor * x.Change.MC; half > 0 {
			out.digits = max(out.digits, say.Decimals(half))
		}
		for _, level := range []float64{x.Reference.Value, x.Other.Value} { // a level that is not zero is not written as zero
			for q != summary.OfDifference && level != 0 && out.digits < 3 &&
				strings.Trim(say.Number(out.factor*level, out.digits), "−0.") == "" {
				out.digits++
			}
		}
	}
	return out
}

// of is the quantity in a run, nil where it has none.
func (x cells) of(v *versus) *summary.Change { return v.change(x.id, x.q) }

// level is a run's own value with its Monte Carlo error.
func (x cells) level(e summary.Estimate) string {
	write := say.Number
	if x.q == summary.OfDifference {
		write = say.Signed
	}
	return write(x.factor*e.Value, x.digits) + " ±" + say.Number(x.factor*e.MC, x.digits)
}

func (x cells) interval(e summary.Estimate, write func(float64, int) string) string {
	i := screen.IntervalOf(e, x.factor, x.digits, write)
	return "[" + strings.TrimSuffix(i[0]+", "+i[1], ", ") + "]"
}

// change is the change with its error.
func (x cells) change(v *versus) string {
	c := x.of(v)
	if c == nil || !c.Defined {
		return "–"
	}
	return say.Signed(x.factor*c.Change.Value, x.digits) + " ±" + say.Number(x.factor*c.Change.MC, x.digits)
}

// mark is the sign of the verdict on a change.
func (x cells) mark(v *versus) string {
	c := x.of(v)
	switch {
	case c == nil || !c.Defined:
		return ""
	case c.Verdict == summary.Differs:
		return "≠"
	}
	return say.Mark(c.Verdict)
}

// parameters is the parameter interval of a change, where pairing tells one.
func (x cells) parameters(v *versus) string {
	c := x.of(v)
	if c == nil || !c.Defined || c.Verdict == summary.Same {
		return ""
	}
	return x.interval(c.Change, say.Signed)
}

func uncertainRun(r *comparedRun) bool { return r.Summary.Run.Draws > 1 && r.Summary.Run.Free > 0 }

// uncertain reports whether changes have a parameter interval to show.
func (c *comparison) uncertain() bool {
	return c.inputs.Paired && slices.ContainsFunc(c.Runs, uncertainRun)
}

// column is a column of a table of changes, one letter of how it stands: left or right.
type column struct {
	head, how string
	cell      func(cells) string
}

// columns are those of some runs beside the reference: for one alone both levels, the
// change and its intervals; with more a change for each.
func (c *comparison) columns(others []*versus, alone bool,
	level func(cells, summary.Estimate, *comparedRun) string) []column {
	a := c.Runs[0]
	out := []column{{a.Letter, "r", func(x cells) string {
		for _, v := range c.Others {
			if k := x.of(v); k != nil {
				return level(x, k.Reference, a)
			}
		}
		return "–"
	}}}
	for _, v := range others {
		if alone {
			out = append(out, column{v.Letter, "r", func(x cells) string {
				if k := x.of(v); k != nil {
					return level(x, k.Other, v.run)
				}
				return "–"
			}})
		}
		out = append(out, column{v.Letter + " − " + a.Letter, "r", func(x cells) string { return x.change(v) }})
		if alone && c.uncertain() {
			out = append(out, column{"[parameters]", "l", func(x cells) string { return x.parameters(v) }})
		}
		out = append(out, column{"", "l", func(x cells) string { return x.mark(v) }})
	}
	return out
}

// table are the cells of a table, the head first, and how its columns stand.
func (c *comparison) table(q summary.Quantity, rows []row, columns []column) (out [][]string, how string) {
	head, how := []string{""}, "l"
	for _, k := range columns {
		head, how = append(head, k.head), how+k.how
	}
	out = append(out, head)
	for _, r := range rows {
		line, x := make([]string, len(head)), c.cells(r, q)
		line[0] = r.label
		for i, k := range columns {
			if r.id != "" {
				line[i+1] = k.cell(x)
			}
		}
		out = append(out, line)
	}
	return out, how
}

// labelWidth is how wide the screen shows the label of an outcome.
const labelWidth = 40

// screenTable sets changes in as many tables as the width of a screen takes; a line that
// is too wide for one run alone is cut.
func (c *comparison) screenTable(q summary.Quantity, rows []row) (out []string) {
	for rest := c.Others; len(rest) > 0; {
		n := len(rest)
		table := c.aligned(q, rows, rest)
		for ; n > 1 && widest(table) > say.Width; table = c.aligned(q, rows, rest[:n]) {
			n--
		}
		if len(out) > 0 {
			out = append(out, "")
		}
		for _, line := range table {
			out = append(out, say.Clipped(line, say.Width))
		}
		rest = rest[n:]
	}
	return out
}

func (c *comparison) aligned(q summary.Quantity, rows []row, others []*versus) []string {
	level := func(x cells, e summary.Estimate, _ *comparedRun) string { return x.level(e) }
	cells, how := c.table(q, rows, c.columns(others, len(c.Others) == 1, level))
	for i, r := range rows {
		if r.id != "" {
			cells[i+1][0] = "  " + say.Clipped(r.label, labelWidth)
		}
	}
	return say.Aligned(cells, how)
}

func widest(lines []string) (n int) {
	for _, l := range lines {
		n = max(n, utf8.RuneCountInString(l))
	}
	return n
}
