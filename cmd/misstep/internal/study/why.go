package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/spf13/cobra"
)

// NewWhy is the command misstep why.
func NewWhy(a *cli.App) *cobra.Command {
	cli.Printing[decompose.Result](a, "why")
	return command(a, &cobra.Command{Use: "why",
		Short: "Split the difference between arms among the forum's mechanisms",
		Long: `why says what each mechanism of the forum has to do with the headline difference, by Shapley
values over arms in which only some of them act, whose sum is the difference; beside them
what each would do alone, what is left without it, and what pairs do together. Up to six
mechanisms every combination is played, with more one random order a replicate.`,
		Example: `  misstep why uk-china-dialogue-2026
  misstep why outputs/uk-china-dialogue-2026-3f9c1ab
  misstep why uk-china-dialogue-2026 --contrast without-forum,with-crisis-line
  misstep why uk-china-dialogue-2026 --set headline.outcome=forgone`,
	}, Why)
}

// Why plays misstep why.
func Why(ctx context.Context, a *cli.App, arg string) (*Analysis, error) {
	j, sums, err := played(ctx, a, arg, playSplit)
	if err != nil {
		return nil, err
	}
	r := decompose.Of(sums)
	return found(j, "why", j.Inputs(), whyScreen(j, r), figure.Why(whyInput(j, r))).
		reporting(r, "parts.csv", whyCSV(r)), nil
}

// playSplit plays a split; one replicate a draw tells no error of its parts, and is refused.
func playSplit(ctx context.Context, p experiment.Plan, workers int, progress experiment.Progress) (*decompose.Sums,
	error) {
	if p.Replicates < 2 {
		return nil, errors.New("one replicate a draw tells no error of a share; run with --replicates 2 or more")
	}
	return decompose.Run(ctx, p, workers, progress)
}

// whyCSV has a row for every part of every outcome.
func whyCSV(r *decompose.Result) []byte {
	s := say.NewSheet(say.Exact, "outcome unit player part value mc_half_width parameter_low parameter_high verdict")
	add := func(o *decompose.Outcome, player, part string, e decompose.Effect) {
		s.Row(o.ID, o.Unit, player, part, e.Estimate, e.Verdict)
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		for _, p := range o.Parts {
			add(o, p.Player, "share", p.Share)
			add(o, p.Player, "alone", p.Alone)
			add(o, p.Player, "left_out", p.Without)
		}
		add(o, "", "total", o.Total)
	}
	for _, x := range r.Interactions {
		add(&r.Outcomes[0], x.Players[0]+" × "+x.Players[1], "interaction", x.Effect)
	}
	return s.CSV()
}

// whyInput is what the figure is drawn from.
func whyInput(j *run.Run, r *decompose.Result) *figure.WhyInput {
	o := &r.Outcomes[0]
	in := &figure.WhyInput{Title: "Which mechanisms make the difference",
		Subtitle: subtitle(j, figure.Played(j.Plan.Draws, j.Plan.Replicates)), Rests: rests(j),
		Outcome: say.Measure(o.ID), Unit: say.Unit(o.Unit), Uncertain: r.Uncertain}
	if lever := say.Lever(r.Treatment); lever != r.Treatment {
		in.Title = "Which mechanisms of " + lever + " make the difference"
	}
	add := func(label string, e decompose.Effect, total bool) {
		in.Rows = append(in.Rows, figure.WhyRow{Label: label, Estimate: say.Scaled(e.Estimate, say.Factor(o.Unit)),
			Verdict: e.Verdict, Total: total})
	}
	for _, p := range o.Parts {
		add(say.Mechanism(p.Player), p.Share, false)
	}
	add("together", o.Total, true)
	return in
}

// split is an outcome in parts as the screen shows it: all numbers to the digit at which
// the error of the total begins.
type split struct {
	*decompose.Outcome
	screen.Scale
}

func splitOf(o *decompose.Outcome) split { return split{o, scaleOf(o.Unit, o.Total.MC)} }

// glued writes an effect that no line breaks.
func (o split) glued(e decompose.Effect) string {
	return strings.ReplaceAll(o.Change(e.Estimate), " ", "\u00a0")
}

// leading are the parts whose share satisfies a test, the largest first.
func (o split) leading(want func(*decompose.Effect) bool) []decompose.Part {
	out := slices.DeleteFunc(slices.Clone(o.Parts), func(p decompose.Part) bool { return !want(&p.Share) })
	slices.SortStableFunc(out, func(a, b decompose.Part) int {
		return cmp.Compare(math.Abs(b.Share.Value), math.Abs(a.Share.Value))
	})
	return out
}

// named joins the first three of some parts with their shares.
func (o split) named(parts []decompose.Part) string {
	var out []string
	for _, p := range parts[:min(3, len(parts))] {
		out = append(out, say.Mechanism(p.Player)+"\u00a0("+o.glued(p.Share)+")")
	}
	return say.And(out)
}

// worse reports whether an effect is bad, and above its noise.
func (o split) worse(e *decompose.Effect) bool {
	return e.AboveNoise() && e.Value*float64(o.Goodness) < 0
}

// besideColumns is how many other outcomes have room.
const besideColumns = 6

// beside are the outcomes shown beside the headline's: those that have a head for a narrow
// column.
func beside(r *decompose.Result) (out []split, heads []string) {
	for i := range r.Outcomes[1:] {
		o := &r.Outcomes[i+1]
		if known, ok := outcome.Named(o.ID); ok && known.Words.Short != "" {
			out, heads = append(out, splitOf(o)), append(heads, known.Words.Short)
		}
	}
	return out, heads
}

// whyScreen is what why prints, but for where it was written.
func whyScreen(j *run.Run, r *decompose.Result) *say.Screen {
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
	put(s, "why", findingOf(r))
	return s
}

func headlineSplit(r *decompose.Result) [][]string {
	o := splitOf(&r.Outcomes[0])
	rows := [][]string{{say.Measure(o.ID) + ", " + say.Unit(o.Unit), "share", parametersHead(r.Uncertain), "", "alone",
		"left out"}}
	line := func(label string, e decompose.Effect, rest ...string) {
		rows = append(rows, append([]string{"  " + label, o.Change(e.Estimate), parameters(o.Scale, e.Estimate, r.Uncertain),
			say.Mark(e.Verdict)}, rest...))
	}
	for _, p := range o.Parts {
		line(say.Mechanism(p.Player), p.Share, o.Change(p.Alone.Estimate), o.Change(p.Without.Estimate))
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
			column = append(column, o.Change(p.Share.Estimate))
		}
		for i, cell := range append(column, o.Change(o.Total.Estimate), say.Mark(o.Total.Verdict)) {
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
		if x.Effect.AboveNoise() {
			rows = append(rows, []string{"  " + say.Mechanism(x.Players[0]) + " × " + say.Mechanism(x.Players[1]),
				o.Change(x.Effect.Estimate)})
		}
	}
	if left := len(rows) - 1 - mostInteractions; left > 0 {
		rows = append(rows[:1+mostInteractions], []string{fmt.Sprintf("  and %d more (parts.csv)", left)})
	}
	return rows
}

// whyFinding is what the sentences about a split are made of.
type whyFinding struct {
	Outcome, Baseline, Treatment string
	Uncertain                    bool
	Lowering, Against            string // mechanisms that lower the outcome; what the treatment makes worse
	Undiscovered                 string // share of cases that have no counterpart in some coalition
}

func findingOf(r *decompose.Result) *whyFinding {
	o := splitOf(&r.Outcomes[0])
	f := &whyFinding{Outcome: say.Measure(o.ID), Baseline: r.Baseline, Treatment: r.Treatment, Uncertain: r.Uncertain,
		Against: strings.Join(against(r), "; ")}
	f.Lowering = o.named(o.leading(func(e *decompose.Effect) bool { return e.AboveNoise() && e.Value < 0 }))
	if r.Undiscovered > 0 {
		f.Undiscovered = strings.ReplaceAll(say.Probability(r.Undiscovered), " ", "\u00a0")
	}
	return f
}

// against gathers what the treatment makes worse: mechanisms in the headline's outcome, and
// other outcomes with the mechanism most to blame.
func against(r *decompose.Result) (out []string) {
	o := splitOf(&r.Outcomes[0])
	if bad := o.leading(o.worse); len(bad) > 0 {
		verb := map[bool]string{true: "raise", false: "lower"}[o.Goodness < 0]
		if len(bad) == 1 {
			verb += "s"
		}
		out = append(out, o.named(bad)+" "+verb+" "+say.Measure(o.ID))
	}
	others, _ := beside(r)
	for _, x := range others {
		if !x.worse(&x.Total) {
			continue
		}
		text := fmt.Sprintf("%s %s by %s\u00a0±%s", say.Measure(x.ID),
			map[bool]string{true: "rises", false: "falls"}[x.Total.Value > 0],
			say.Number(math.Abs(x.Factor*x.Total.Value), x.Digits), say.Number(x.Factor*x.Total.MC, x.Digits))
		if most := x.leading(x.worse); len(most) > 0 {
			text += " (" + say.Mechanism(most[0].Player) + "\u00a0" + x.glued(most[0].Share) + ")"
		}
		out = append(out, text)
	}
	return out
}
