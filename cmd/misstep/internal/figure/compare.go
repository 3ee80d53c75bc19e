package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// CompareInput is what the figure compare is made from: how the outcomes of runs differ
// from those of a reference run.
type CompareInput struct {
	Subtitle  []string // parts: scenario, arms, runs
	Source    string   // the source line; a standard one where empty
	Reference string   // the letter of the reference
	Runs      []string // the letters of the others
	Paired    bool     // changes are of pairs of futures; else of separate runs
	Uncertain bool     // changes have a parameter interval, resolved or not
	Rows      []CompareRow
}

// CompareRow is one outcome, with a change for each of Runs.
type CompareRow struct {
	Label   string
	Unit    string
	Changes []CompareChange
}

// CompareChange is run − reference [unit of its row].
type CompareChange struct {
	Known    bool // the run has the outcome
	Estimate summary.Estimate
	Verdict  summary.Verdict
}

// Compare draws the changes as a forest plot: outcomes of one unit share a scale, one
// line stands for each run. The files are compare.svg, compare.png and compare.pdf, as
// the options ask, and compare.csv. It fails on options that cannot be drawn.
func Compare(in *CompareInput, o Options) ([]File, error) {
	return drawAlone("compare", newCompare(in), o)
}

// CompareAlt is the text that stands for the figure where it cannot be seen.
func CompareAlt(in *CompareInput) string { return newCompare(in).words().alt }

// compare is a line for each outcome and run.
type compare struct {
	in    *CompareInput
	lines []forestRow
}

func newCompare(in *CompareInput) *compare {
	c := &compare{in: orEmpty(in)}
	for _, r := range c.in.Rows {
		for k, x := range r.Changes[:min(len(r.Changes), len(c.in.Runs))] {
			l := forestRow{label: r.Label, name: r.Label, unit: r.Unit, verdict: x.Verdict, letter: c.in.Runs[k], again: k > 0}
			if l.span = spanOf(summary.Estimate{Value: math.NaN()}); x.Known {
				l.span = drawableSpan(x.Estimate)
			}
			if x.Verdict == summary.Same {
				l.number = "identical"
			}
			c.lines = append(c.lines, l)
		}
	}
	return c
}

// compareLook is how a verdict on a change is drawn. A change of an assumption makes nothing
// better or worse: what is shown has one colour.
func compareLook(v summary.Verdict) look {
	switch v {
	case summary.Unclear, "":
		return look{chart.Ring, chart.Unclear, "not shown"}
	case summary.Same:
		return look{chart.Bar, chart.Unclear, "identical"}
	}
	return look{chart.Disc, chart.Help, "shown to differ"}
}

func (c *compare) words() words {
	method := "unpaired: two separate runs"
	if c.in.Paired {
		method = "paired, 95\u00a0% intervals"
	}
	w := wordsOf("", c.in.Subtitle, c.in.Source, method)
	w.title = "How the difference between the arms changes from run to run"
	if len(c.lines) == 0 {
		w.alt = "The runs have no outcome in common."
		return w
	}
	var parts []string
	for _, l := range c.lines {
		if l.verdict == summary.Differs && l.span.Ok {
			parts = append(parts, fmt.Sprintf("%s in %s by %s %s", l.name, l.letter, chart.Interval(l.span, true), l.unit))
		}
	}
	parts = append(parts, fmt.Sprintf("%d of %d changes are not shown", len(c.lines)-len(parts), len(c.lines)))
	w.alt = fmt.Sprintf("Forest plot of how outcomes differ from run %s: %s.", c.in.Reference,
		strings.Join(parts, "; ")) + chart.InParentheses
	return w
}

func (c *compare) table() table {
	t := newTable("reference", "run", "label", "unit", "change", "half_width", "parameter_low", "parameter_high",
		"verdict")
	for _, l := range c.lines {
		d := l.span
		lo, hi := math.NaN(), math.NaN()
		if c.in.Uncertain {
			lo, hi = d.Low, d.High
		}
		t.add(c.in.Reference, l.letter, l.name, l.unit, d.Value, d.MonteHigh-d.Value, lo, hi, string(l.verdict))
	}
	return t
}

// first are the lines of so many outcomes.
func (c *compare) first(outcomes int) []forestRow {
	for i, l := range c.lines {
		if !l.again {
			if outcomes--; outcomes < 0 {
				return c.lines[:i]
			}
		}
	}
	return c.lines
}

// outcomes counts the outcomes.
func (c *compare) outcomes() (n int) {
	for _, l := range c.lines {
		if !l.again {
			n++
		}
	}
	return n
}

const compareEnds = chart.LineStep + 4 // [pt] above the lines, and below

// want is the height that the lines want [pt].
func (c *compare) want() float64 { return rowsHeight(2*compareEnds, forestLines(byUnit(c.lines)), 15) }

func (c *compare) draw(p *chart.Page, area chart.Rect) {
	if len(c.lines) == 0 {
		p.Note(area, "Nothing to show: the runs have no outcome in common.")
		return
	}
	x := area.X
	f := forest{label: x, labelEnd: x + 182, plot: x + 206, plotEnd: x + 398, number: x + 410, end: area.Right(),
		uncertain: c.in.Uncertain, look: compareLook}
	head := "Change: run − " + c.in.Reference
	if len(c.in.Runs) == 1 {
		head = "Change: " + c.in.Runs[0] + " − " + c.in.Reference
	} else {
		f.more = func(rows *chart.Rows, r forestRow) { rows.Cell(x+192, x+204, r.letter, chart.Plain) }
	}
	p.Text(x, area.Y+chart.Ascent+1, p.Shorten(head, f.plot-x-12, chart.Plain.Heavy()), chart.Plain.Heavy())
	body := area.Inset(0, compareEnds, 0, compareEnds)
	shown := c.outcomes()
	for shown > 0 && float64(forestLines(byUnit(c.first(shown))))*chart.LeastStep > body.H {
		shown--
	}
	groups := byUnit(c.first(shown))
	rows := p.Rows(body, forestLines(groups), 19)
	for _, g := range groups {
		f.group(rows, g, 5)
	}
	key := forestKey{[]summary.Verdict{summary.Differs, summary.Unclear}, "", "error of the change", c.outcomes() - shown}
	if c.in.Paired {
		key.thick = chart.OfSampling
	}
	if c.in.Uncertain {
		key.thin = chart.OverAssumptions
	}
	f.key(p, area, c.first(shown), key)
}
