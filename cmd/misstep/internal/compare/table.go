package compare

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/summary"
)

// compareWidth is the width that no line of this screen exceeds, but for a path.
const compareWidth = 100

// shownMark is the sign of a verdict in the tables of a comparison.
func shownMark(v summary.Verdict) string {
	switch v {
	case summary.Same:
		return "="
	case summary.Differs:
		return "≠"
	}
	return "~"
}

// changeLine is a row of a table: an outcome, or a heading.
type changeLine struct {
	label   string
	heading bool
	id      string
	digits  int
}

// changeLines arranges the outcomes by what they are counted in, as the screen of a run
// does; outcomes that it does not know stand at the end.
func (c *comparison) changeLines(want func(id string) bool) []changeLine {
	known := c.measures()
	placed := map[string]bool{}
	var out []changeLine
	put := func(heading string, digits int, ids []string) {
		first := len(out)
		for _, id := range ids {
			if placed[id] || !slices.Contains(known, id) {
				continue
			}
			placed[id] = true
			if want(id) {
				out = append(out, changeLine{label: c.lineLabel(id), id: id, digits: digits})
			}
		}
		if len(out) > first {
			out = slices.Insert(out, first, changeLine{label: heading, heading: true})
		}
	}
	for _, s := range screen.Sections(say.Span(c.runs[0].Summary.Run.HorizonDays)) {
		put(s.Heading, s.Digits, s.Measures)
	}
	put("other outcomes", 2, known)
	return out
}

// lineLabel is the label of an outcome in its section; what leans on a row above that
// may be left out is spelled out.
func (c *comparison) lineLabel(id string) string {
	for _, v := range c.others {
		if x := v.change(id, summary.OfDifference); x != nil {
			label := outcomeLabel(id, x.Label)
			if x.Unit == "probability" && changeFactor(x.Unit, c.levels(id)) != 100 {
				label += ", of a million"
			}
			return label
		}
	}
	return id
}

// cellsOf writes an outcome with equal digits in all runs: the digit at which the
// finest error of a change begins, and no coarser than the section's.
type cellsOf struct {
	c      *comparison
	line   changeLine
	q      summary.Quantity
	factor float64
	digits int
}

func (c *comparison) cells(l changeLine, q summary.Quantity) cellsOf {
	out := cellsOf{c: c, line: l, q: q, factor: 1, digits: l.digits}
	for _, v := range c.others {
		x := v.change(l.id, q)
		if x == nil {
			continue
		}
		out.factor = changeFactor(x.Unit, c.levels(l.id))
		if out.factor > 100 {
			out.digits = 0
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

// level is a run's own value, with its Monte Carlo error where there is room.
func (x cellsOf) level(e summary.Estimate, withError bool) string {
	text := say.Number(x.factor*e.Value, x.digits)
	if x.q == summary.OfDifference {
		text = say.Signed(x.factor*e.Value, x.digits)
	}
	if withError {
		text += " ±" + say.Number(x.factor*e.MC, x.digits)
	}
	return text
}

// reference is the level of the reference in whichever comparison has the outcome.
func (x cellsOf) reference(withError bool) string {
	for _, v := range x.c.others {
		if c := v.change(x.line.id, x.q); c != nil {
			return x.level(c.Reference, withError)
		}
	}
	return "–"
}

// change is the change with its error, and the verdict's sign.
func (x cellsOf) change(v *versus) (text, mark string) {
	c := v.change(x.line.id, x.q)
	if c == nil || !c.Defined {
		return "–", ""
	}
	return say.Signed(x.factor*c.Change.Value, x.digits) + " ±" + say.Number(x.factor*c.Change.MC, x.digits),
		shownMark(c.Verdict)
}

// parameters is the parameter interval of a change, where pairing tells one.
func (x cellsOf) parameters(v *versus) string {
	c := v.change(x.line.id, x.q)
	if c == nil || !c.Defined || c.Verdict == summary.Same {
		return ""
	}
	i := screen.IntervalOf(c.Change, x.factor, x.digits, say.Signed)
	return "[" + strings.TrimSuffix(i[0]+", "+i[1], ", ") + "]"
}

// own is a run's level with both of its intervals, for the page.
func (x cellsOf) own(e summary.Estimate, r *comparedRun) string {
	text := x.level(e, true)
	if uncertainRun(r) {
		i := screen.IntervalOf(e, x.factor, x.digits, say.Number)
		text += " [" + strings.TrimSuffix(i[0]+", "+i[1], ", ") + "]"
	}
	return text
}

func uncertainRun(r *comparedRun) bool { return r.Summary.Run.Draws > 1 && r.Summary.Run.Free > 0 }

// uncertain reports whether changes have a parameter interval to show.
func (c *comparison) uncertain() bool { return c.paired && slices.ContainsFunc(c.runs, uncertainRun) }

// screenTable are the lines of a table of changes: with one run beside the reference
// both levels, the change and its intervals; with more a column for each, in as many
// tables as it takes.
func (c *comparison) screenTable(q summary.Quantity, lines []changeLine) []string {
	var out []string
	for from := 0; from < len(c.others); {
		var table []string
		n := len(c.others) - from
		for ; ; n-- {
			if table = c.fitted(q, lines, c.others[from:from+n]); table != nil || n == 1 {
				break
			}
		}
		if from > 0 {
			out = append(out, "")
		}
		out = append(out, table...)
		from += n
	}
	return out
}

// fitted is a table with as much in it as the width allows, nil where it is too wide.
func (c *comparison) fitted(q summary.Quantity, lines []changeLine, others []*versus) []string {
	for _, try := range []struct {
		errors bool
		label  int
	}{{true, 44}, {true, 34}, {false, 34}, {false, 26}} {
		rows, how := c.grid(q, lines, others, try.errors, try.label)
		table := say.Aligned(rows, how)
		if !slices.ContainsFunc(table, func(s string) bool { return utf8.RuneCountInString(s) > compareWidth }) {
			return table
		}
		if len(others) == 1 && try.label == 26 { // nothing is left to leave out
			for i := range table {
				table[i] = say.Clipped(table[i], compareWidth)
			}
			return table
		}
	}
	return nil
}

// grid are the cells of a table, and how its columns stand.
func (c *comparison) grid(q summary.Quantity, lines []changeLine, others []*versus, errors bool,
	label int) (rows [][]string, how string) {
	a := c.runs[0].letter
	one := len(others) == 1 && len(c.others) == 1
	head, how := []string{"", a}, "lr"
	for _, v := range others {
		if one {
			head, how = append(head, v.run.letter), how+"r"
		}
		head, how = append(head, v.run.letter+" − "+a), how+"r"
		if one && c.uncertain() {
			head, how = append(head, "[parameters]"), how+"l"
		}
		head, how = append(head, ""), how+"l"
	}
	rows = append(rows, head)
	for _, l := range lines {
		row := make([]string, len(head))
		row[0] = l.label
		if !l.heading {
			x := c.cells(l, q)
			row = []string{"  " + say.Clipped(l.label, label), x.reference(errors)}
			for _, v := range others {
				if one {
					row = append(row, x.other(v, errors))
				}
				change, mark := x.change(v)
				row = append(row, change)
				if one && c.uncertain() {
					row = append(row, x.parameters(v))
				}
				row = append(row, mark)
			}
		}
		rows = append(rows, row)
	}
	return rows, how
}

// other is the level of the other run.
func (x cellsOf) other(v *versus, withError bool) string {
	if c := v.change(x.line.id, x.q); c != nil {
		return x.level(c.Other, withError)
	}
	return "–"
}
