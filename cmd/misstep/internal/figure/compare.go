package figure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
	"github.com/misstep/misstep/model/summary"
)

// CompareInput is what the figure compare is made from: how the outcomes of runs differ
// from those of a reference run.
type CompareInput struct {
	Subtitle  []string // parts: scenario, arms, runs
	Rests     string   // what it rests on, for the source line; on assumptions where empty
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
	Leads   bool // the screen has it
}

// differs reports whether a change is shown to differ.
func (r *CompareRow) differs() bool {
	return slices.ContainsFunc(r.Changes, func(x CompareChange) bool { return x.Verdict == summary.Differs })
}

// CompareChange is run − reference [unit of its row].
type CompareChange struct {
	Known    bool // the run has the outcome
	Estimate summary.Estimate
	Verdict  summary.Verdict
}

// Compare is the changes as a forest plot: outcomes of one unit share a scale, one line stands for each run. A narrow
// page has those that lead and those that differ.
func Compare(in *CompareInput) Figure {
	return Figure{newCompare(in, false).alt, func(o Options) ([]File, error) {
		blank := newInput(&summary.Summary{}, nil).on(o)
		return newCompare(in, blank.page(nil, 0).Narrow()).files("compare", blank, o)
	}}
}

func newCompare(in *CompareInput, narrow bool) picture {
	method, thick := "unpaired: two separate runs", "error of the change"
	if in.Paired {
		method, thick = "paired, 95\u00a0% intervals", chart.OfSampling
	}
	w := wordsOf("How the difference between the arms changes from run to run", in.Subtitle, in.Rests, method)
	f := forest.Plot{Look: forest.OfChange, Uncertain: in.Uncertain, Narrow: narrow, Marked: narrow}
	step, all := 15.0, 0
	if narrow {
		step = 14
	}
	var parts []string
	for _, r := range in.Rows {
		for k, x := range r.Changes[:min(len(r.Changes), len(in.Runs))] {
			l := forest.Row{Label: r.Label, Unit: r.Unit, Verdict: x.Verdict, Again: k > 0,
				Span: spanOf(x.Estimate)}
			if !x.Known {
				l.Span = chart.Unknown
			}
			if len(in.Runs) > 1 {
				l.Mark = in.Runs[k]
			}
			if all++; !narrow || r.Leads || r.differs() {
				f.Rows = append(f.Rows, l)
			}
			if x.Verdict == summary.Differs && l.Span.Ok {
				parts = append(parts, fmt.Sprintf("%s in %s by %s %s", r.Label, in.Runs[k], chart.Interval(l.Span, true), r.Unit))
			}
		}
	}
	if all == 0 {
		return nothing(w, "Nothing to show: the runs have no outcome in common.")
	}
	run := "run"
	if len(in.Runs) == 1 {
		run = in.Runs[0]
	}
	w.lead = fmt.Sprintf("Difference between the arms, %s − %s: %d of %d changes shown to differ", run, in.Reference,
		len(parts), all)
	parts = append(parts, fmt.Sprintf("%d of %d changes are not shown", all-len(parts), all))
	w.alt = fmt.Sprintf("Forest plot of how outcomes differ from run %s: %s.", in.Reference, strings.Join(parts, "; ")) +
		chart.InParentheses
	return picture{words: w, rows: f.Table(step),
		key: f.Key([]summary.Verdict{summary.Differs, summary.Unclear}, thick)}
}
