package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decompose"
)

// split is an outcome in parts as the screen shows it: all numbers to the digit at which
// the error of the total begins.
type split struct {
	*decompose.Outcome
	scale
}

func splitOf(o *decompose.Outcome) split { return split{o, scaleOf(o.Unit, o.Total.MC)} }

// part names a part with its share.
func (o split) part(p decompose.Part) string {
	return say.Mechanism(p.Player) + "\u00a0(" + o.glued(p.Share) + ")"
}

// glued writes an effect that no line breaks.
func (o split) glued(e decompose.Effect) string {
	return strings.ReplaceAll(o.value(e.Estimate), " ", "\u00a0")
}

// leading are the parts whose share satisfies a test, the largest first.
func (o split) leading(want func(*decompose.Effect) bool) []decompose.Part {
	out := slices.DeleteFunc(slices.Clone(o.Parts), func(p decompose.Part) bool { return !want(&p.Share) })
	slices.SortStableFunc(out, func(a, b decompose.Part) int {
		return cmp.Compare(math.Abs(b.Share.Value), math.Abs(a.Share.Value))
	})
	return out
}

// named joins the first three of some parts.
func (o split) named(parts []decompose.Part) string {
	var out []string
	for _, p := range parts[:min(3, len(parts))] {
		out = append(out, o.part(p))
	}
	return say.And(out)
}

// worse reports whether an effect is bad, and above its noise.
func (o split) worse(e *decompose.Effect) bool {
	return e.AboveNoise() && e.Value*float64(o.Goodness) < 0
}

// beside are the outcomes shown beside the headline's: those that split and have a head
// for a narrow column.
func beside(r *decompose.Result) (out []split, heads []string) {
	for i := range outcome.All {
		b := &outcome.All[i]
		if o := r.Measure(b.ID); o != nil && b.ID != r.Outcome && b.Splits() && b.Words.Head != "" {
			out, heads = append(out, splitOf(o)), append(heads, b.Words.Head)
		}
	}
	return out, heads
}

// besideColumns is how many of them have room.
const besideColumns = 5

// whyScreen is what why prints, but for where it was written.
func whyScreen(j *run.Run, r *decompose.Result) []string {
	s := headed(j, r.Treatment, r.Baseline)
	s.Add(fmt.Sprintf("%s, %s", say.Counted(len(r.Players), "player"), r.Method), "")
	s.Table("lrllrr", headlineSplit(r)...)
	s.Add("")
	s.Table("l"+strings.Repeat("r", besideColumns), besideSplit(r)...)
	switch pairs := pairRows(r); {
	case len(pairs) > 1:
		s.Add("")
		s.Table("lr", pairs...)
	case len(r.Players) > 1:
		s.Add("", " No pair of mechanisms does more or less together than apart by more than Monte Carlo error.")
	}
	s.Add("")
	put := func(format string, args ...any) { s.Put(" ", "   ", format, args...) }
	put("%s", whatMoves(r))
	put("%s", whatSpeaksAgainst(r))
	s.Add("")
	put("The shares add up to the difference that misstep run shows for these inputs; each is the mean "+
		"over all orders in which the mechanisms could come in. Alone: if only this one acted. Left out: if all but this "+
		"one did.%s", undiscovered(r))
	if r.Uncertain {
		put("± Monte Carlo 95 %%, [ ] parameter uncertainty 95 %%, ~ where both together cover zero.")
	} else {
		put("± Monte Carlo 95 %%, ~ where it covers zero. Parameters are fixed.")
	}
	put("The record identifies the strength of no mechanism: the split shows what follows from the assumptions.")
	return s.Lines()
}

// headlineSplit is the table of the headline's outcome.
func headlineSplit(r *decompose.Result) [][]string {
	o := splitOf(&r.Outcomes[0])
	rows := [][]string{{say.Measure(o.ID) + ", " + say.Unit(o.Unit), "share", parametersHead(r.Uncertain), "", "alone",
		"left out"}}
	line := func(label string, e decompose.Effect, rest ...string) {
		rows = append(rows, append([]string{"  " + label, o.value(e.Estimate), o.parameters(e.Estimate, r.Uncertain),
			say.Mark(e.Verdict)}, rest...))
	}
	for _, p := range o.Parts {
		line(say.Mechanism(p.Player), p.Share, o.value(p.Alone.Estimate), o.value(p.Without.Estimate))
	}
	line("together", o.Total)
	return rows
}

// besideSplit is the table of the shares in other outcomes.
func besideSplit(r *decompose.Result) [][]string {
	list, heads := beside(r)
	rows := [][]string{{"shares in other outcomes"}}
	for _, name := range r.Players {
		rows = append(rows, []string{"  " + say.Mechanism(name)})
	}
	rows = append(rows, []string{"  together"}, []string{"  verdict"})
	for c, o := range list[:min(besideColumns, len(list))] {
		column := []string{heads[c]}
		for _, p := range o.Parts {
			column = append(column, o.value(p.Share.Estimate))
		}
		for i, cell := range append(column, o.value(o.Total.Estimate), say.Mark(o.Total.Verdict)) {
			rows[i] = append(rows[i], cell)
		}
	}
	return rows
}

// mostInteractions is how many pairs the screen shows.
const mostInteractions = 5

// pairRows are the pairs whose interaction is above its noise, below a head.
func pairRows(r *decompose.Result) [][]string {
	o := splitOf(&r.Outcomes[0])
	rows := [][]string{{"pairs, beyond the sum of the two"}}
	for _, x := range r.Interactions {
		if x.AboveNoise() {
			rows = append(rows, []string{"  " + say.Mechanism(x.Players[0]) + " × " + say.Mechanism(x.Players[1]),
				o.value(x.Estimate)})
		}
	}
	if left := len(rows) - 1 - mostInteractions; left > 0 {
		rows = append(rows[:1+mostInteractions], []string{fmt.Sprintf("  and %d more (parts.csv)", left)})
	}
	return rows
}

// whatMoves says which mechanisms lower the headline's outcome most.
func whatMoves(r *decompose.Result) string {
	o := splitOf(&r.Outcomes[0])
	lowering := o.leading(func(e *decompose.Effect) bool { return e.AboveNoise() && e.Value < 0 })
	if len(lowering) == 0 {
		return fmt.Sprintf("No mechanism lowers %s by more than Monte Carlo error.", say.Measure(o.ID))
	}
	mean := map[bool]string{true: ", on the mean over the draws"}[r.Uncertain]
	return fmt.Sprintf("What lowers %s most%s: %s.", say.Measure(o.ID), mean, o.named(lowering))
}

// whatSpeaksAgainst gathers what the treatment makes worse: mechanisms in the
// headline's outcome, and other outcomes with the mechanism most to blame.
func whatSpeaksAgainst(r *decompose.Result) string {
	var parts []string
	o := splitOf(&r.Outcomes[0])
	if bad := o.leading(o.worse); len(bad) > 0 {
		verb := map[bool]string{true: "raise", false: "lower"}[o.Goodness < 0]
		if len(bad) == 1 {
			verb += "s"
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", o.named(bad), verb, say.Measure(o.ID)))
	}
	others, _ := beside(r)
	for _, x := range others {
		if !x.worse(&x.Total) {
			continue
		}
		text := fmt.Sprintf("%s %s by %s\u00a0±%s", say.Measure(x.ID),
			map[bool]string{true: "rises", false: "falls"}[x.Total.Value > 0],
			say.Number(math.Abs(x.factor*x.Total.Value), x.digits), say.Number(x.factor*x.Total.MC, x.digits))
		if most := x.leading(x.worse); len(most) > 0 {
			text += " (" + say.Mechanism(most[0].Player) + "\u00a0" + x.glued(most[0].Share) + ")"
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return fmt.Sprintf("Nothing in these outcomes speaks against %s by more than Monte Carlo error.", r.Treatment)
	}
	return fmt.Sprintf("Against %s: %s.", r.Treatment, strings.Join(parts, "; "))
}

// undiscovered says how many cases have no counterpart in some coalition.
func undiscovered(r *decompose.Result) string {
	if r.Undiscovered == 0 {
		return ""
	}
	return fmt.Sprintf(" Of the cases that both arms discovered, %s were not discovered in the coalitions between; "+
		"there they count as in %s.", strings.ReplaceAll(say.Probability(r.Undiscovered), " ", "\u00a0"), r.Baseline)
}
