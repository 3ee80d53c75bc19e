package compare

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
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
	if x := c.anyChange(id, summary.OfDifference); x != nil {
		r.label, r.unit = say.MeasureOr(id, say.Visible(x.Label)), x.Unit
	}
	r.factor = say.Factor(r.unit)
	if r.unit == outcome.Probability {
		level := 0.0 // the largest in any run and arm
		for _, v := range c.Others {
			for _, q := range []summary.Quantity{summary.OfBaseline, summary.OfTreatment} {
				if x := v.change(id, q); x != nil {
					level = max(level, x.Reference.Value, x.Other.Value)
				}
			}
		}
		r.unit = "of 100 futures"
		if level > 0 && level < perMillion {
			r.factor, r.digits, r.unit = 1e6, 0, "of a million futures"
		}
	}
	return r
}

// anyChange finds a quantity of an outcome in whichever comparison has it.
func (c *comparison) anyChange(measure string, q summary.Quantity) *summary.Change {
	for _, v := range c.Others {
		if x := v.change(measure, q); x != nil {
			return x
		}
	}
	return nil
}

// measures lists the outcomes of the comparisons in the order of the reference.
func (c *comparison) measures() []string {
	var out []string
	for _, m := range c.Runs[0].Summary.Contrasts[0].Measures {
		if c.anyChange(m.ID, summary.OfDifference) != nil {
			out = append(out, m.ID)
		}
	}
	return out
}

// shown are the outcomes of the screen.
func (c *comparison) shown() []string {
	if c.full {
		return c.measures()
	}
	return c.leading()
}

// leading are the outcomes that lead the screen of a run.
func (c *comparison) leading() []string {
	all, first := c.measures(), &c.Runs[0].Summary.Contrasts[0]
	return slices.DeleteFunc(answer.Leading(first, c.Runs[0].Summary.Headline.Measure), func(id string) bool {
		return !slices.Contains(all, id)
	})
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

// scale shows a quantity of an outcome with equal digits in all runs: the digit at which
// the finest error of a change begins.
func (c *comparison) scale(r row, q summary.Quantity) screen.Scale {
	s := screen.Scale{Factor: r.factor, Digits: r.digits}
	for _, v := range c.Others {
		x := v.change(r.id, q)
		if x == nil {
			continue
		}
		if half := s.Factor * x.Change.MC; half > 0 {
			s.Digits = max(s.Digits, say.Decimals(half))
		}
		for _, level := range []float64{x.Reference.Value, x.Other.Value} { // a level that is not zero is not written as zero
			for q != summary.OfDifference && level != 0 && s.Digits < 3 &&
				strings.Trim(say.Number(s.Factor*level, s.Digits), "−0.") == "" {
				s.Digits++
			}
		}
	}
	return s
}

// column is a column of a table of changes: what it shows of a run, one letter of how it
// stands, left or right, and what stands there where the run does not have the outcome, or,
// but for a level, where the change is not defined.
type column struct {
	of               *versus // nil for the reference
	head, how, blank string
	level            bool
	cell             func(screen.Scale, *summary.Change) string
}

// uncertain reports whether changes have a parameter interval to show.
func (c *comparison) uncertain() bool {
	return c.inputs.Paired && slices.ContainsFunc(c.Runs, func(r *comparedRun) bool { return r.Summary.Run.Uncertain() })
}

// columns are those of some runs beside the reference: for one alone both levels, the
// change and its intervals; with more a change for each. Levels can have their intervals.
func (c *comparison) columns(others []*versus, alone, intervals bool) []column {
	level := func(r *comparedRun, of *versus, own func(*summary.Change) summary.Estimate) column {
		return column{of, r.Letter, "r", "–", true, func(s screen.Scale, x *summary.Change) string {
			text := s.Level(own(x))
			if x.Quantity == summary.OfDifference {
				text = s.Change(own(x))
			}
			if intervals && r.Summary.Run.Uncertain() {
				text += " " + s.Interval(own(x), say.Number)
			}
			return text
		}}
	}
	a := c.Runs[0]
	out := []column{level(a, nil, func(x *summary.Change) summary.Estimate { return x.Reference })}
	for _, v := range others {
		if alone {
			out = append(out, level(v.run, v, func(x *summary.Change) summary.Estimate { return x.Other }))
		}
		out = append(out, column{v, v.Letter + " − " + a.Letter, "r", "–", false,
			func(s screen.Scale, x *summary.Change) string { return s.Change(x.Change) }})
		if alone && c.uncertain() {
			out = append(out, column{v, "[parameters]", "l", "", false, parametersText})
		}
		out = append(out, column{v, "", "l", "", false, mark})
	}
	return out
}

// parametersText is the parameter interval of a change, where pairing tells one.
func parametersText(s screen.Scale, x *summary.Change) string {
	if x.Verdict == summary.Same {
		return ""
	}
	return s.Interval(x.Change, say.Signed)
}

func mark(_ screen.Scale, x *summary.Change) string {
	if x.Verdict == summary.Differs {
		return "≠"
	}
	return say.Mark(x.Verdict)
}

// table are the cells of a table, the head first, and how its columns stand.
func (c *comparison) table(q summary.Quantity, rows []row, columns []column) (out [][]string, how string) {
	head, how := []string{""}, "l"
	for _, k := range columns {
		head, how = append(head, k.head), how+k.how
	}
	out = append(out, head)
	for _, r := range rows {
		line, s := make([]string, len(head)), c.scale(r, q)
		line[0] = r.label
		for i, k := range columns {
			if r.id == "" {
				continue
			}
			x := c.anyChange(r.id, q)
			if k.of != nil {
				x = k.of.change(r.id, q)
			}
			if line[i+1] = k.blank; x != nil && (x.Defined || k.level) {
				line[i+1] = k.cell(s, x)
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
	cells, how := c.table(q, rows, c.columns(others, len(c.Others) == 1, false))
	for i, r := range rows {
		if r.id != "" {
			cells[i+1][0] = "  " + say.Clipped(r.label, labelWidth)
		}
	}
	return say.Aligned(cells, how)
}

func widest(lines []string) (n int) {
	for _, l := range lines {
		n = max(n, say.Columns(l))
	}
	return n
}
