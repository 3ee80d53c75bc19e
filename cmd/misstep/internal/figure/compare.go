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
	c := newCompare(in)
	return drawAlone("compare", c, c.want(), o)
}

// CompareAlt is the text that stands for the figure where it cannot be seen.
func CompareAlt(in *CompareInput) string { return newCompare(in).words().alt }

// compare is the chart: a line for each outcome and run.
type compare struct {
	in    *CompareInput
	lines []compareLine
}

type compareLine struct {
	effectRow        // label, unit, verdict and the change as a span
	outcome   string // the label with its unit's place
	letter    string
	first     bool // of its outcome
}

func newCompare(in *CompareInput) *compare {
	if in == nil {
		in = &CompareInput{}
	}
	c := &compare{in: in}
	for _, r := range in.Rows {
		for k, x := range r.Changes {
			if k >= len(in.Runs) {
				break
			}
			e := x.Estimate
			l := compareLine{outcome: r.Label, letter: in.Runs[k], first: k == 0}
			l.Label, l.name, l.Unit, l.Verdict = r.Label, r.Label, r.Unit, x.Verdict
			l.difference = spanOf(summary.Estimate{Value: math.NaN()})
			if x.Known {
				l.difference = spanOf(summary.Estimate{Value: drawable(e.Value), MC: drawable(e.MC), Low: drawable(e.Low), High: drawable(e.High)})
			}
			c.lines = append(c.lines, l)
		}
	}
	return c
}

func (c *compare) words() words {
	w := words{title: "How the difference between the arms changes from run to run", detail: append([]string(nil), c.in.Subtitle...),
		source: c.in.Source}
	if w.source == "" {
		w.source = "Source: misstep, model output, no forecast; rests on assumptions."
	}
	method := "unpaired: two separate runs"
	if c.in.Paired {
		method = "paired, 95\u00a0% intervals"
	}
	w.detail = append(w.detail, method)
	if len(c.lines) == 0 {
		w.alt = "The runs have no outcome in common."
		return w
	}
	var parts []string
	for _, l := range c.lines {
		if l.Verdict == summary.Differs && l.difference.Ok {
			parts = append(parts, fmt.Sprintf("%s in %s by %s %s", l.outcome, l.letter, chart.Interval(l.difference, true), l.Unit))
		}
	}
	n := len(parts)
	parts = append(parts, fmt.Sprintf("%d of %d changes are not shown", len(c.lines)-n, len(c.lines)))
	w.alt = fmt.Sprintf("Forest plot of how outcomes differ from run %s: %s.", c.in.Reference, strings.Join(parts, "; ")) + chart.InParentheses
	return w
}

func (c *compare) table() table {
	t := newTable("reference", "run", "label", "unit", "change", "half_width", "parameter_low", "parameter_high", "verdict")
	for _, l := range c.lines {
		d := l.difference
		lo, hi := math.NaN(), math.NaN()
		if c.in.Uncertain {
			lo, hi = d.Low, d.High
		}
		t.add(c.in.Reference, l.letter, l.outcome, l.Unit, d.Value, d.MonteHigh-d.Value, lo, hi, string(l.Verdict))
	}
	return t
}

// compareGroup is the lines that share an axis.
type compareGroup struct {
	heading string
	lines   []compareLine
	own     bool // each line to its own scale
}

// groups arranges so many outcomes by unit in order of appearance. Units of a single
// line stand together, each to its own scale.
func (c *compare) groups(outcomes int) []compareGroup {
	var units []string
	of := map[string][]compareLine{}
	seen := 0
	for _, l := range c.lines {
		if l.first {
			seen++
		}
		if seen > outcomes {
			break
		}
		if of[l.Unit] == nil {
			units = append(units, l.Unit)
		}
		of[l.Unit] = append(of[l.Unit], l)
	}
	var out []compareGroup
	alone := compareGroup{heading: "Other units", own: true}
	for _, u := range units {
		if len(of[u]) > 1 || len(units) == 1 {
			out = append(out, compareGroup{heading: chart.Upper(u), lines: of[u]})
			continue
		}
		l := of[u][0]
		switch {
		case strings.HasPrefix(u, "%") && !strings.Contains(l.outcome, "%"):
			l.outcome += ", %"
		case u != "" && !strings.HasPrefix(u, "%") && !strings.Contains(l.outcome, u):
			l.outcome += ", " + u
		}
		alone.lines = append(alone.lines, l)
	}
	if len(alone.lines) > 0 {
		out = append(out, alone)
	}
	return out
}

// outcomes counts the outcomes.
func (c *compare) outcomes() int {
	n := 0
	for _, l := range c.lines {
		if l.first {
			n++
		}
	}
	return n
}

// lineCount counts the lines of some groups, headings included.
func lineCount(groups []compareGroup) int {
	n := len(groups)
	for _, g := range groups {
		n += len(g.lines)
	}
	return n
}

// want is the height that the lines want [pt].
func (c *compare) want() float64 {
	return math.Ceil(frameHeight + compareHead + compareFoot + chart.Multiple(lineCount(c.groups(c.outcomes())), compareStep))
}
