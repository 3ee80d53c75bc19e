package study

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/spf13/cobra"
)

// NewMultiverse is the command misstep multiverse.
func NewMultiverse(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "multiverse SCENARIO|RUN",
		Short: "Show whether the difference between two arms survives other choices of method",
		Long: `multiverse plays the headline difference again under other choices of method, one at a time
and over the same random numbers: the ladder scale, the coupling of choices, the class of
misstep, what counts as one episode, retraction, look-ahead, the answers of those who are
asked, and the rationality of states halved and doubled. It flags where the sign changes.

It writes the folder multiverse in that of the run, or where that of the run would be.`,
		Example: `  misstep multiverse uk-china-dialogue-2026
  misstep multiverse outputs/uk-china-dialogue-2026-3f9c1ab --json`,
		Args:              cli.Exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder"),
		ValidArgsFunction: run.CompleteScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return runMultiverse(cmd.Context(), a, args[0]) },
	}
	a.AnalysisFlags(cmd)
	return cmd
}

func runMultiverse(ctx context.Context, a *cli.App, arg string) error {
	began := time.Now()
	j, u, err := playAnalysis(ctx, a, arg, decompose.Multiverse)
	if err != nil {
		return err
	}
	return conclude(a, &analysis{run: j, began: began, work: runfolder.NewWork(run.Program(), "multiverse", j.Inputs()),
		report:  u,
		tables:  []runfolder.File{runfolder.NewFile("variants.csv", multiverseCSV(u), false)},
		picture: func(o figure.Options) ([]figure.File, error) { return figure.Multiverse(multiverseInput(j, u), o) },
		screen:  multiverseLines(j, u)})
}

// multiverseCSV has a row for every variant.
func multiverseCSV(u *decompose.Universes) []byte {
	rows := [][]string{{"variant", "choice", "value", "measure", "unit", "difference", "mc_half_width", "parameter_low",
		"parameter_high", "verdict", "sign"}}
	for _, r := range u.Rows {
		rows = append(rows, slices.Concat([]string{r.ID, r.Choice, r.Value, r.Measure, r.Unit},
			say.EstimateCells(r.Difference), []string{string(r.Verdict), string(r.Sign)}))
	}
	return say.CSV(rows)
}

// multiverseInput is what the figure is drawn from: the rows that share the unit of
// the first.
func multiverseInput(j *run.Run, u *decompose.Universes) *figure.WhyInput {
	first := &u.Rows[0]
	in := &figure.WhyInput{Subtitle: analysisParts(j, u.Treatment, u.Baseline), Source: sourceLine(j),
		Outcome: say.Measure(first.Measure), Unit: say.Unit(first.Unit), Uncertain: u.Uncertain}
	for i := range u.Rows {
		if r := &u.Rows[i]; r.Unit == first.Unit {
			in.Rows = append(in.Rows, figure.WhyRow{Label: variantLabel(r),
				Estimate: say.Scaled(r.Difference, say.Factor(r.Unit)), Verdict: r.Verdict})
		}
	}
	return in
}

// variantLabel says what is chosen, and how.
func variantLabel(r *decompose.Row) string {
	if r.Value == "" {
		return r.Choice
	}
	return r.Choice + ": " + r.Value
}

// multiverseLines are the screen of multiverse, but for where it was written.
func multiverseLines(j *run.Run, u *decompose.Universes) []string {
	out := analysisTitle(j, u.Treatment, u.Baseline)
	out = append(out, say.Counted(len(u.Rows)-1, "other choice")+" of method, one at a time, over the same random numbers",
		"")
	first := &u.Rows[0]
	rows := [][]string{{say.Measure(first.Measure) + ", " + countedIn(first.Unit), "", "difference",
		parametersHead(u.Uncertain), "", ""}}
	var others []string
	for i := range u.Rows {
		r := &u.Rows[i]
		digits, factor := max(2, say.Decimals(r.Difference.MC*say.Factor(r.Unit))), say.Factor(r.Unit)
		value := r.Value
		if r.Measure != first.Measure {
			value += " *"
			others = append(others, say.Measure(r.Measure)+", "+countedIn(r.Unit))
		}
		e := decompose.Effect{Estimate: r.Difference}
		rows = append(rows, []string{"  " + r.Choice, value, withError(&e, factor, digits),
			inBrackets(r.Difference, factor, digits, u.Uncertain), say.Mark(r.Verdict), signMark(r, i)})
	}
	out = append(out, say.Aligned(rows, "llrlll")...)
	if len(others) > 0 {
		out = append(out, say.Wrapped(" * ", "   ", "another measure: "+strings.Join(others, "; ")+".")...)
	}
	out = append(out, "")
	for _, text := range []string{signSentence(u), scaleSentence(u),
		"A sign is told by the mean over the draws and its Monte Carlo error alone; ± is that error at 95 %, [ ] " +
			"parameter uncertainty 95 %, ~ where both together cover zero."} {
		out = append(out, say.Wrapped(" ", "   ", text)...)
	}
	return out
}

func signMark(r *decompose.Row, i int) string {
	switch {
	case i == 0:
		return ""
	case r.Sign == decompose.Changes:
		return "SIGN CHANGES"
	case r.Sign == decompose.Open:
		return "sign open"
	}
	return "same sign"
}

// signSentence counts the variants by what becomes of the sign.
func signSentence(u *decompose.Universes) string {
	var keeps, open int
	var changes []string
	for i := range u.Rows[1:] {
		switch r := &u.Rows[i+1]; r.Sign {
		case decompose.Changes:
			changes = append(changes, variantLabel(r))
		case decompose.Open:
			open++
		default:
			keeps++
		}
	}
	n := len(u.Rows) - 1
	rest := fmt.Sprintf("it is the same under %d, and under %d it is not told from zero.", keeps, open)
	if first := &u.Rows[0].Difference; !(&decompose.Effect{Estimate: *first}).AboveNoise() {
		return fmt.Sprintf("The scenario as it stands does not tell the sign from zero, so no choice can be said to "+
			"change it; of %d choices none is compared. Use more --replicates.", n)
	}
	if len(changes) == 0 {
		return fmt.Sprintf("The sign of the difference changes under none of %d other choices: %s", n, rest)
	}
	return fmt.Sprintf("The sign of the difference changes under %d of %d other choices (%s): %s", len(changes), n,
		say.And(changes), rest)
}

// scaleSentence says whether the finding hangs on the scale of the ladder.
func scaleSentence(u *decompose.Universes) string {
	for i := range u.Rows {
		r := &u.Rows[i]
		if !strings.HasPrefix(r.ID, "scale-") {
			continue
		}
		switch r.Sign {
		case decompose.Changes:
			return fmt.Sprintf("The finding hangs on the ladder's scale: under %s its sign is another than under %s.", r.Value,
				u.Scale)
		case decompose.Open:
			return fmt.Sprintf("Whether the sign hangs on the ladder's scale is open: under %s or %s it is not told from zero.",
				r.Value, u.Scale)
		}
		return fmt.Sprintf("The sign does not hang on the ladder's scale: it is the same under %s as under %s.", r.Value,
			u.Scale)
	}
	return "There is one ladder scale only."
}

// countedIn is the unit of a measure by itself: episodes are counted per future.
func countedIn(unit string) string {
	if unit == "episodes" || unit == "cases" {
		return "per future"
	}
	return say.Unit(unit)
}
