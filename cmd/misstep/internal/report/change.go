package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// Change is which assumption decides over the result, and what evidence would settle it:
// questions that need not have one answer.
type Change struct {
	Spread *Movers // what the range comes from; nil where that was not computed
	Settle map[string]bool
}

// Movers are the numbers that the difference of a set of assumptions goes along with, by
// more than chance.
type Movers struct {
	Unknown bool // it cannot be told from the run
	Numbers []Mover

	paths []string
}

// Mover is one of them with its share in the spread.
type Mover struct {
	Number markdown.Text
	Part   string
}

// changes says what would change the result.
func (w *writer) changes() {
	if w.Comparison == nil || w.Comparison.Headline == nil {
		return
	}
	c := &Change{Spread: w.spread()}
	var leading []string
	if c.Spread != nil {
		leading = c.Spread.paths
	}
	if levers := w.Summary.Headline.Levers; len(leading) == 0 {
		for i := range levers {
			leading = append(leading, levers[i].Path)
		}
	}
	if c.Settle = settled(leading); c.Spread != nil || c.Settle != nil {
		w.Change = c
	}
}

// called writes a number in words, as a way to its row in the table of assumptions.
func (w *writer) called(path string) markdown.Text {
	if i := w.numberOf("assumptions." + scenario.ShortPath(path)); i >= 0 {
		return markdown.Jump(numberID(i), say.NumberAt(path))
	}
	return markdown.Escape(say.NumberAt(path)) + " " + markdown.Escape(markdown.Code(scenario.ShortPath(path)))
}

// mostShares is how many numbers are named that the spread comes from.
const mostShares = 2

// spread reads a sensitivity: the numbers with the largest shares in the spread of the
// difference that are clear of chance; nil where that was not computed.
func (w *writer) spread() *Movers {
	var r sensitivity.Report
	if !w.decoded("sensitivity", &r) {
		return nil
	}
	for k := range r.Outputs {
		o := &r.Outputs[k]
		if o.Outcome != w.Summary.Headline.Measure || o.Quantity != sensitivity.Paired {
			continue
		}
		out, last := &Movers{}, o.Last()
		if out.Unknown = last == nil || !last.Resolved; out.Unknown {
			return out
		}
		var best []int
		for g := range min(len(r.Groups), len(last.Total)) {
			if x := &last.Total[g]; r.Groups[g].Numbers == 1 && x.Sign() > 0 && !x.High.Open() {
				best = append(best, g)
			}
		}
		slices.SortStableFunc(best, func(a, b int) int { return cmp.Compare(last.Total[b].Value, last.Total[a].Value) })
		for _, g := range best[:min(mostShares, len(best))] {
			x := &last.Total[g]
			path := r.Groups[g].Label
			out.Numbers = append(out.Numbers, Mover{w.called(path), percent(min(1, x.Value)) + " (" + percent(float64(x.Low)) +
				" to " + percent(min(1, float64(x.High))) + ")"})
			out.paths = append(out.paths, path)
		}
		return out
	}
	return nil
}

// settlers say, for a kind of evidence, the numbers that it would narrow.
var settlers = map[string][]string{
	"files":          {"choice", "prices", "reply", "belief", "stakes", "tension", "thaws"},
	"talks":          {"strength", "effect", "clarify"},
	"channels":       {"life", "random_shocks"},
	"investigations": {"evidence", "severity", "type", "groups"},
	"discoveries":    {"onset", "discovery", "disclosure"},
	"statements":     {"coalition"},
}

// settled are the kinds of evidence that would narrow the numbers at these paths; nil for
// none.
func settled(paths []string) map[string]bool {
	var out map[string]bool
	for kind, groups := range settlers {
		for _, path := range paths {
			if slices.Contains(groups, numberGroup(path)) {
				if out == nil {
					out = map[string]bool{}
				}
				out[kind] = true
			}
		}
	}
	return out
}

// numberGroup is the group of the registry that a number belongs to; of one that belongs
// to the structure of a scenario, the part of the scenario.
func numberGroup(path string) string {
	parts := strings.Split(scenario.ShortPath(path), ".")
	last := parts[max(0, len(parts)-2):]
	if _, ok := param.ByName(strings.Join(last, ".")); ok {
		return last[0]
	}
	return parts[0]
}
