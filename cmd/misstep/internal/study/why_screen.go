package study

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decompose"
)

// beside are the outcomes shown beside the headline's: those that split and have a head
// for a narrow column.
func beside() []*outcome.Outcome {
	var out []*outcome.Outcome
	for i := range outcome.All {
		if o := &outcome.All[i]; o.Splits() && o.Words.Head != "" {
			out = append(out, o)
		}
	}
	return out
}

// besideColumns is how many of them have room.
const besideColumns = 5

// whyLines are the screen of why, but for where it was written.
func whyLines(j *run.Run, r *decompose.Result) []string {
	out := analysisTitle(j, r.Treatment, r.Baseline)
	out = append(out, fmt.Sprintf("%s, %s", say.Counted(len(r.Players), "player"), r.Method), "")
	out = append(out, headlineSplit(r)...)
	out = append(append(out, ""), besideSplit(r)...)
	if lines := interactionLines(r); len(lines) > 0 {
		out = append(append(out, ""), lines...)
	}
	put := func(text string) { out = append(out, say.Wrapped(" ", "   ", text)...) }
	out = append(out, "")
	put(whatMoves(r))
	put(whatSpeaksAgainst(r))
	out = append(out, "")
	put(fmt.Sprintf("The shares add up to the difference that misstep run shows for these inputs; each is the mean "+
		"over all orders in which the mechanisms could come in. Alone: if only this one acted. Left out: if all but this "+
		"one did.%s", undiscovered(r)))
	if r.Uncertain {
		put("± Monte Carlo 95 %, [ ] parameter uncertainty 95 %, ~ where both together cover zero.")
	} else {
		put("± Monte Carlo 95 %, ~ where it covers zero. Parameters are fixed.")
	}
	put("The record identifies the strength of no mechanism: the split shows what follows from the assumptions.")
	return out
}

// analysisTitle says what is looked into.
func analysisTitle(j *run.Run, treatment, baseline string) []string {
	p := &j.Plan
	return []string{j.Scenario.Title, fmt.Sprintf("%s against %s · %s × %s · seed %d", treatment, baseline,
		say.Counted(p.Draws, "draw"), say.Counted(p.Replicates, "replicate"), p.Seed)}
}

// partDigits are the digits of an outcome's column: those at which the error of the
// total shows, two at least.
func partDigits(o *decompose.Outcome) int { return max(2, say.Decimals(o.Total.MC*say.Factor(o.Unit))) }

func withError(e *decompose.Effect, factor float64, digits int) string {
	return say.Signed(factor*e.Value, digits) + " ±" + say.Number(factor*e.MC, digits)
}

// headlineSplit is the table of the headline's outcome.
func headlineSplit(r *decompose.Result) []string {
	o := &r.Outcomes[0]
	digits, factor := partDigits(o), say.Factor(o.Unit)
	head := []string{say.Measure(o.ID) + ", " + say.Unit(o.Unit), "share", parametersHead(r.Uncertain), "", "alone",
		"left out"}
	rows := [][]string{head}
	line := func(label string, e *decompose.Effect, rest ...string) {
		rows = append(rows, append([]string{label, withError(e, factor, digits),
			inBrackets(e.Estimate, factor, digits, r.Uncertain), say.Mark(e.Verdict)}, rest...))
	}
	for k := range o.Parts {
		p := &o.Parts[k]
		line("  "+say.Mechanism(p.Player), &p.Share, withError(&p.Alone, factor, digits),
			withError(&p.Without, factor, digits))
	}
	line("  together", &o.Total, "", "")
	return say.Aligned(rows, "lrllrr")
}

// besideSplit is the table of the shares in other outcomes.
func besideSplit(r *decompose.Result) []string {
	var columns []*decompose.Outcome
	head := []string{"shares in other outcomes"}
	for _, b := range beside() {
		if o := r.Measure(b.ID); o != nil && b.ID != r.Outcome && len(columns) < besideColumns {
			columns = append(columns, o)
			head = append(head, b.Words.Head)
		}
	}
	rows := [][]string{head}
	for k, name := range r.Players {
		cells := []string{"  " + say.Mechanism(name)}
		for _, o := range columns {
			cells = append(cells, withError(&o.Parts[k].Share, say.Factor(o.Unit), partDigits(o)))
		}
		rows = append(rows, cells)
	}
	cells, verdicts := []string{"  together"}, []string{"  verdict"}
	for _, o := range columns {
		cells = append(cells, withError(&o.Total, say.Factor(o.Unit), partDigits(o)))
		verdicts = append(verdicts, say.Mark(o.Total.Verdict))
	}
	return say.Aligned(append(rows, cells, verdicts), "l"+strings.Repeat("r", len(columns)))
}

// mostInteractions is how many pairs the screen shows.
const mostInteractions = 5

// interactionLines are the pairs whose interaction is above its noise.
func interactionLines(r *decompose.Result) []string {
	o := &r.Outcomes[0]
	digits, factor := partDigits(o), say.Factor(o.Unit)
	rows, left := [][]string{{"pairs, beyond the sum of the two", ""}}, 0
	for i := range r.Interactions {
		x := &r.Interactions[i]
		switch {
		case !x.AboveNoise():
		case len(rows) > mostInteractions:
			left++
		default:
			rows = append(rows, []string{"  " + say.Mechanism(x.Players[0]) + " × " + say.Mechanism(x.Players[1]),
				withError(&x.Effect, factor, digits)})
		}
	}
	if len(rows) == 1 {
		if len(r.Players) < 2 {
			return nil
		}
		return []string{" No pair of mechanisms does more or less together than apart by more than Monte Carlo error."}
	}
	if left > 0 {
		rows = append(rows, []string{fmt.Sprintf("  and %d more (parts.csv)", left), ""})
	}
	return say.Aligned(rows, "lr")
}

// whatMoves says which mechanisms lower the headline's outcome most.
func whatMoves(r *decompose.Result) string {
	o := &r.Outcomes[0]
	what := "What lowers " + say.Measure(o.ID) + " most" +
		map[bool]string{true: ", on the mean over the draws"}[r.Uncertain] + ": "
	var named []string
	for _, k := range bySize(o, func(e *decompose.Effect) bool { return e.AboveNoise() && e.Value < 0 }) {
		named = append(named, namedPart(o, k))
	}
	if len(named) == 0 {
		return fmt.Sprintf("No mechanism lowers %s by more than Monte Carlo error.", say.Measure(o.ID))
	}
	return what + say.And(named[:min(3, len(named))]) + "."
}

// whatSpeaksAgainst gathers what the treatment makes worse: mechanisms in the
// headline's outcome, and other outcomes with the mechanism most to blame.
func whatSpeaksAgainst(r *decompose.Result) string {
	var parts []string
	o := &r.Outcomes[0]
	worse := func(o *decompose.Outcome) func(*decompose.Effect) bool {
		return func(e *decompose.Effect) bool { return e.AboveNoise() && e.Value*float64(o.Goodness) < 0 }
	}
	if bad := bySize(o, worse(o)); len(bad) > 0 {
		var named []string
		for _, k := range bad[:min(3, len(bad))] {
			named = append(named, namedPart(o, k))
		}
		verb := map[bool]string{true: "raise", false: "lower"}[o.Goodness < 0]
		if len(named) == 1 {
			verb += "s"
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", say.And(named), verb, say.Measure(o.ID)))
	}
	for _, b := range beside() {
		x := r.Measure(b.ID)
		if x == nil || x.ID == r.Outcome || !worse(x)(&x.Total) {
			continue
		}
		f, digits := say.Factor(x.Unit), partDigits(x)
		text := fmt.Sprintf("%s %s by %s\u00a0±%s", say.Measure(x.ID),
			map[bool]string{true: "rises", false: "falls"}[x.Total.Value > 0],
			say.Number(math.Abs(f*x.Total.Value), digits), say.Number(f*x.Total.MC, digits))
		if most := bySize(x, worse(x)); len(most) > 0 {
			e := &x.Parts[most[0]].Share
			text += " (" + say.Mechanism(x.Parts[most[0]].Player) + "\u00a0" +
				strings.ReplaceAll(withError(e, f, digits), " ", "\u00a0") + ")"
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return fmt.Sprintf("Nothing in these outcomes speaks against %s by more than Monte Carlo error.", r.Treatment)
	}
	return fmt.Sprintf("Against %s: %s.", r.Treatment, strings.Join(parts, "; "))
}

// bySize lists the players whose share satisfies a test, the largest first.
func bySize(o *decompose.Outcome, want func(*decompose.Effect) bool) []int {
	var out []int
	for k := range o.Parts {
		if !want(&o.Parts[k].Share) {
			continue
		}
		at := len(out)
		for at > 0 && math.Abs(o.Parts[out[at-1]].Share.Value) < math.Abs(o.Parts[k].Share.Value) {
			at--
		}
		out = append(out[:at], append([]int{k}, out[at:]...)...)
	}
	return out
}

func namedPart(o *decompose.Outcome, k int) string {
	return say.Mechanism(o.Parts[k].Player) + "\u00a0(" +
		strings.ReplaceAll(withError(&o.Parts[k].Share, say.Factor(o.Unit), partDigits(o)), " ", "\u00a0") + ")"
}

// undiscovered says how many cases have no counterpart in some coalition.
func undiscovered(r *decompose.Result) string {
	if r.Undiscovered == 0 {
		return ""
	}
	return fmt.Sprintf(" Of the cases that both arms discovered, %s were not discovered in the coalitions between; "+
		"there they count as in %s.",
		strings.ReplaceAll(say.Probability(r.Undiscovered), " ", "\u00a0"), r.Baseline)
}
