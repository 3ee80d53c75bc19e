package fit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/spf13/cobra"
)

// NewCheck is the command misstep check.
func NewCheck(a *cli.App) *cobra.Command {
	var questions, made string
	cmd := &cobra.Command{
		Use:   "check SCENARIO",
		Short: "Compare a scenario with the record",
		Long: `check plays a scenario and compares it with what is on record: each entry of expect with
the simulated distribution of the same number, and the patterns that any scenario should
show. The exit status is 3 when an expectation is missed, unless its known_miss says why.
A pattern that is missed is explained; it does not change the exit status.

--questions asks other things of it: the entries of a file, under expect: as in a scenario,
each a question that is answered yes where the number reaches observed. The probabilities
are written as model output of a forecast hub, with the hash of the run beside them; they
are not replaced. misstep score holds them against what comes.`,
		Example: `  misstep check uk-china-dialogue-2026
  misstep check my-scenario.yaml --replicates 100
  misstep check uk-china-dialogue-2026 --questions scenarios/questions/2027.yaml`,
		Args:              cli.Exactly(1, "a scenario: a file, or the name of a shipped one"),
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case questions != "":
				return runQuestions(cmd.Context(), a, args[0], questions, made)
			case a.Given("run.out"):
				return errors.New("--out is where --questions writes its answers; a check writes nothing, so leave it out")
			case made != "":
				return errors.New("--made is the date of a forecast; add --questions FILE, or leave it out")
			}
			return runCheck(cmd.Context(), a, args[0])
		},
	}
	cmd.Flags().StringArrayVar(&a.Flags.Set, "set", nil, "set any value of the scenario or a setting: `PATH=VALUE`; "+
		"repeatable")
	a.SampleFlags(cmd)
	a.PosteriorFlags(cmd)
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the result as JSON")
	cmd.Flags().StringVar(&questions, "questions", "", "answer the questions of this `FILE` in place of the check")
	cmd.Flags().StringVar(&made, "made", "", "the `DATE` that the answers bear (today)")
	a.SettingFlag(cmd, "run.out")
	cli.Printing[patterns.Result](a, "check")
	cli.Printing[questionsDocument](a, "check") // --questions
	return cmd
}

func runCheck(ctx context.Context, a *cli.App, arg string) error {
	j, err := run.Open(a, arg)
	if err != nil {
		return err
	}
	bar := a.NewProgress()
	r, err := patterns.Run(ctx, j.Plan, patterns.Shipped(), j.Workers(), bar.Update)
	bar.Stop()
	if err != nil {
		return err
	}
	err = a.Print(r, func() string { return checkText(r) + j.LearnedLines() })
	if err == nil && r.Misses() > 0 {
		return cli.ErrMissed
	}
	return err
}

func checkText(r *patterns.Result) string {
	s := &say.Screen{}
	s.Put("", "", "%s · against the record, %d draws × %d replicates, seed %d", r.Title, r.Draws, r.Replicates, r.Seed)
	s.Add("")
	if len(r.Expectations) == 0 {
		s.Add("The scenario expects nothing: it has no expect section.")
	} else {
		expectationLines(s, r.Expectations)
	}
	s.Add("")
	patternLines(s, r.Patterns)
	s.Add("", verdictLine(r))
	return s.String()
}

// expectationLines have a row for each expectation, and what it says below it.
func expectationLines(s *say.Screen, list []patterns.Expectation) {
	rows := [][]string{{"What is on record", "observed", "simulated (90 %)", "as extreme (limit)", "verdict"}}
	for i := range list {
		e := &list[i]
		simulated, tail := "arm "+e.Arm+" is not played", ""
		if e.Verdict != patterns.NotHere {
			err := 200 * e.TailSE
			simulated, tail = simulatedOf(e), fmt.Sprintf("%s ±%s (%s)", say.Percent(e.Tail),
				say.Number(err, min(1, say.Decimals(err))), say.Percent(e.Level))
		}
		rows = append(rows, []string{" " + say.Clipped(e.ID, 23), valueOf(e.Measure, e.Observed), simulated, tail,
			verdictOf(e.Verdict, e.Close)})
	}
	s.Rows("lllll", rows, func(i int) {
		e := &list[i]
		if e.Verdict == patterns.NotHere {
			return
		}
		s.Put("    ", "    ", "%s [%s]", e.Says, e.Source)
		if e.KnownMiss != "" {
			s.Put("    known miss: ", "    ", "%s", e.KnownMiss)
		}
		if e.Verdict == patterns.Surprise {
			s.Add("    It does not miss: the reason may have gone; remove known_miss, or tell why it stays.")
		}
	})
}

func verdictOf(v patterns.Verdict, close bool) string {
	if close {
		return string(v) + ", close"
	}
	return string(v)
}

// simulatedOf shows the simulated distribution: for a yes or no how often it is yes.
func simulatedOf(e *patterns.Expectation) string {
	if e.Measure == "any" {
		return "yes in " + say.Percent(e.Yes)
	}
	show := func(n patterns.Number) string { return valueOf(e.Measure, float64(n)) }
	return fmt.Sprintf("%s (%s to %s)", show(e.Median), show(e.Low), show(e.High))
}

func valueOf(measure string, x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "never"
	case measure == "any" && x >= 1:
		return "yes"
	case measure == "any":
		return "no"
	case measure == "first_day":
		return "day " + say.Number(x, 0)
	case measure == "max_rung":
		return "R" + say.Number(x, 0)
	case measure == "uptime":
		return say.Percent(x)
	}
	return say.Number(x, 0)
}

// patternLines have a row for each pattern, and what it says and means below it.
func patternLines(s *say.Screen, list []patterns.Pattern) {
	rows := [][]string{{"What any scenario should show", "simulated", "accepted", "verdict"}}
	for i := range list {
		p := &list[i]
		id, value := " "+p.ID, "–"
		if p.ByConstruction {
			id += " °"
		}
		if p.Value != nil {
			value = patternValue(p.Unit, *p.Value, p.SE)
		}
		rows = append(rows, []string{id, value, rangeOf(p), verdictOf(p.Verdict, p.Close)})
	}
	s.Rows("llll", rows, func(i int) {
		s.Put("    ", "    ", "%s", list[i].Says)
		s.Field("    ", "→ ", 2, list[i].Means)
	})
	s.Put("  ° ", "    ", "true by construction: such a pattern guards the program and says nothing for the model. "+
		"Scheduled "+
		"incidents are left out of the patterns. As extreme: how often the simulation gives a value like the observed one "+
		"or "+
		"beyond; below the limit it is a miss. ± is twice the Monte Carlo error; close: within it of a limit.")
}

// shown is what numbers of a unit are multiplied by, and what follows them.
func shown(unit string) (factor float64, suffix string) {
	switch {
	case strings.HasPrefix(unit, "share of"):
		return 100, " %"
	case unit == "d":
		return 1, " d"
	}
	return 1, ""
}

// patternValue writes a statistic with twice its Monte Carlo error, in its unit.
func patternValue(unit string, x float64, se *float64) string {
	factor, suffix := shown(unit)
	switch {
	case se == nil:
		return say.Number(factor*x, 2) + suffix
	case *se == 0:
		return say.Number(factor*x, 0) + suffix
	}
	err := 2 * factor * *se
	digits := say.Decimals(err)
	return say.Number(factor*x, digits) + " ±" + say.Number(err, digits) + suffix
}

// rangeOf writes the thresholds of a pattern in its unit, with two digits at most.
func rangeOf(p *patterns.Pattern) string {
	factor, suffix := shown(p.Unit)
	bound := func(x *float64) string {
		if x == nil {
			return "…"
		}
		return strings.TrimRight(strings.TrimRight(say.Number(factor**x, 2), "0"), ".")
	}
	return bound(p.Low) + " to " + bound(p.High) + suffix
}

func verdictLine(r *patterns.Result) string {
	expected, found := map[patterns.Verdict]int{}, map[patterns.Verdict]int{}
	for i := range r.Expectations {
		expected[r.Expectations[i].Verdict]++
	}
	for i := range r.Patterns {
		found[r.Patterns[i].Verdict]++
	}
	passed, known := expected[patterns.Pass]+expected[patterns.Surprise], expected[patterns.KnownMiss]
	held, judged := found[patterns.Pass], len(r.Patterns)-found[patterns.NotHere]
	out := fmt.Sprintf("%s held, %d missed", say.Counted(passed, "expectation"), r.Misses())
	if known > 0 {
		out += fmt.Sprintf(", %d missed as known", known)
	}
	return out + fmt.Sprintf("; %d of %s held", held, say.Counted(judged, "pattern"))
}
