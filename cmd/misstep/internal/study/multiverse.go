package study

import (
	"context"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/spf13/cobra"
)

// NewMultiverse is the command misstep multiverse.
func NewMultiverse(a *cli.App) *cobra.Command {
	cli.Printing[decompose.Universes](a, "multiverse")
	return command(a, &cobra.Command{Use: "multiverse",
		Short: "Show whether the difference survives other choices of method",
		Long: `multiverse plays the headline difference under other choices of method, one at a time and
over the same random numbers: ladder scale, coupling, class of misstep, what counts as one
episode, retraction, look-ahead, answers, rationality. It flags where the sign changes.`,
		Example: `  misstep multiverse uk-china-dialogue-2026
  misstep multiverse outputs/uk-china-dialogue-2026-3f9c1ab --json`,
	}, multiverse)
}

func multiverse(ctx context.Context, a *cli.App, arg string) (*Analysis, error) {
	j, u, err := played(ctx, a, arg, decompose.Multiverse)
	if err != nil {
		return nil, err
	}
	return found(j, "multiverse", j.Inputs(), multiverseScreen(j, u), figure.Multiverse(multiverseInput(j, u))).
		reporting(u, "variants.csv", multiverseCSV(u)), nil
}

func multiverseCSV(u *decompose.Universes) []byte {
	s := say.NewSheet(say.Exact, "variant choice value outcome unit difference mc_half_width parameter_low "+
		"parameter_high verdict sign")
	for _, r := range u.Rows {
		s.Row(r.ID, r.Choice, r.Value, r.Measure, r.Unit, r.Difference, r.Verdict, r.Sign)
	}
	return s.CSV()
}

// multiverseInput is what the figure is drawn from: the rows that share the unit of
// the first.
func multiverseInput(j *run.Run, u *decompose.Universes) *figure.WhyInput {
	first := &u.Rows[0]
	in := &figure.WhyInput{Subtitle: subtitle(j, figure.Played(j.Plan.Draws, j.Plan.Replicates)), Rests: rests(j),
		Outcome: say.Measure(first.Measure), Unit: say.Unit(first.Unit), Uncertain: u.Uncertain}
	for _, r := range u.Rows {
		if r.Unit == first.Unit {
			in.Rows = append(in.Rows, figure.WhyRow{Label: variantLabel(r),
				Estimate: say.Scaled(r.Difference, say.Factor(r.Unit)), Verdict: r.Verdict})
		}
	}
	return in
}

// variantLabel says what is chosen, and how.
func variantLabel(r decompose.Row) string { return strings.TrimSuffix(r.Choice+": "+r.Value, ": ") }

// multiverseScreen is what multiverse prints, but for where it was written.
func multiverseScreen(j *run.Run, u *decompose.Universes) *say.Screen {
	s := headed(j, u.Treatment, u.Baseline)
	s.Add(say.Counted(len(u.Rows)-1, "other choice")+" of method, one at a time, over the same random numbers", "")
	first := &u.Rows[0]
	rows := [][]string{{say.Measure(first.Measure) + ", " + countedIn(first.Unit), "", "difference",
		parametersHead(u.Uncertain)}}
	var others []string
	for i, r := range u.Rows {
		shown, value := scaleOf(r.Unit, r.Difference.MC), r.Value
		if r.Measure != first.Measure {
			value += " *"
			others = append(others, say.Measure(r.Measure)+", "+countedIn(r.Unit))
		}
		sign := ""
		if i > 0 {
			sign = map[decompose.Sign]string{decompose.Changes: "SIGN CHANGES", decompose.Open: "sign open",
				decompose.Keeps: "same sign"}[r.Sign]
		}
		rows = append(rows, []string{"  " + r.Choice, value, shown.Change(r.Difference),
			parameters(shown, r.Difference, u.Uncertain), say.Mark(r.Verdict), sign})
	}
	s.Table("llrlll", rows...)
	if len(others) > 0 {
		s.Put(" * ", "   ", "another measure: %s.", strings.Join(others, "; "))
	}
	s.Add("")
	put(s, "multiverse", signsOf(u))
	return s
}

// signs are what becomes of the sign under other choices; Scale is what becomes of it
// under the other scale of the ladder.
type signs struct {
	Told, NoError                 bool // of the scenario as it stands
	Others, Changing, Keeps, Open int  // choices
	Changes                       string
	OneScale                      bool
	ScaleChanges, ScaleOpen       bool
	OtherScale, Scale             string
}

func signsOf(u *decompose.Universes) signs {
	first := u.Rows[0].Difference
	out := signs{Told: first.AboveNoise(), NoError: first.NoError, Others: len(u.Rows) - 1, OneScale: true,
		Scale: u.Scale}
	var changes []string
	for _, r := range u.Rows[1:] {
		switch r.Sign {
		case decompose.Changes:
			changes = append(changes, variantLabel(r))
		case decompose.Open:
			out.Open++
		default:
			out.Keeps++
		}
		if out.OneScale && strings.HasPrefix(r.ID, "scale-") {
			out.OneScale, out.OtherScale = false, r.Value
			out.ScaleChanges, out.ScaleOpen = r.Sign == decompose.Changes, r.Sign == decompose.Open
		}
	}
	out.Changing, out.Changes = len(changes), say.And(changes)
	return out
}

// countedIn is the unit of a measure by itself: episodes are counted per future.
func countedIn(unit string) string {
	if unit == "episodes" || unit == "cases" {
		return "per future"
	}
	return say.Unit(unit)
}
