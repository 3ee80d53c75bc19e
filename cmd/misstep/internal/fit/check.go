package fit

import (
	"context"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/spf13/cobra"
)

// NewCheck is the command misstep check.
func NewCheck(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check SCENARIO",
		Short: "Compare a scenario with the record",
		Long: `check plays a scenario and compares it with what is on record: each entry of expect with
the simulated distribution of the same number, and the patterns that any scenario should
show. The exit status is 1 when an expectation is missed, unless its known_miss says why.
A pattern that is missed is explained; it does not change the exit status.`,
		Example: `  misstep check uk-china-dialogue-2026
  misstep check my-scenario.yaml --replicates 100`,
		Args:              cli.Exactly(1, "a scenario: a file, or the name of a shipped one"),
		ValidArgsFunction: run.CompleteScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return runCheck(cmd.Context(), a, args[0]) },
	}
	cmd.Flags().StringArrayVar(&a.Flags.Set, "set", nil, "set any value of the scenario or a setting: `PATH=VALUE`; "+
		"repeatable")
	a.SampleFlags(cmd)
	a.PosteriorFlags(cmd)
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the result as JSON")
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
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(r))
	} else {
		_, err = fmt.Fprint(a.Out, checkText(r)+j.LearnedLines())
	}
	if err == nil && r.Misses() > 0 {
		return cli.ErrReported
	}
	return err
}

// checkText is what check prints.
func checkText(r *patterns.Result) string {
	var b strings.Builder
	for _, l := range say.Wrapped("", "", fmt.Sprintf("%s · against the record, %d draws × %d replicates, seed %d",
		r.Title, r.Draws, r.Replicates, r.Seed)) {
		b.WriteString(l + "\n")
	}
	b.WriteString("\n")
	if len(r.Expectations) == 0 {
		b.WriteString("The scenario expects nothing: it has no expect section.\n")
	} else {
		expectationTable(&b, r)
	}
	b.WriteString("\n")
	patternTable(&b, r)
	b.WriteString("\n" + verdictLine(r) + "\n")
	return b.String()
}

func checkRow(b *strings.Builder, first string, cells ...string) {
	line := say.PadRight(first, 26)
	for i, c := range cells {
		width := [...]int{11, 26, 24, 0}[i]
		line += say.PadRight(c, width)
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

func expectationTable(b *strings.Builder, r *patterns.Result) {
	checkRow(b, "What is on record", "observed", "simulated (90 %)", "as extreme (limit)", "verdict")
	for i := range r.Expectations {
		e := &r.Expectations[i]
		if e.Verdict == patterns.NotHere {
			checkRow(b, "  "+say.Clipped(e.ID, 23), valueOf(e.Measure, e.Observed), "arm "+e.Arm+" is not played", "",
				string(e.Verdict))
			continue
		}
		err := 200 * e.TailSE
		tail := fmt.Sprintf("%s ±%s (%s)", say.Percent(e.Tail), say.Number(err, min(1, say.Decimals(err))),
			say.Percent(e.Level))
		verdict := string(e.Verdict)
		if e.Close {
			verdict += ", close"
		}
		checkRow(b, "  "+say.Clipped(e.ID, 23), valueOf(e.Measure, e.Observed), simulatedOf(e), tail, verdict)
		for _, l := range say.Wrapped("    ", "    ", e.Says+" ["+e.Source+"]") {
			b.WriteString(l + "\n")
		}
		if e.KnownMiss != "" {
			for _, l := range say.Wrapped("    known miss: ", "    ", e.KnownMiss) {
				b.WriteString(l + "\n")
			}
		}
		if e.Verdict == patterns.Surprise {
			b.WriteString("    It does not miss: the reason may have gone; remove known_miss, or tell why it stays.\n")
		}
	}
}

// simulatedOf shows the simulated distribution: for a yes or no how often it is yes.
func simulatedOf(e *patterns.Expectation) string {
	if e.Measure == "any" {
		return "yes in " + say.Percent(e.Yes)
	}
	show := func(n patterns.Number) string { return valueOf(e.Measure, float64(n)) }
	return fmt.Sprintf("%s (%s to %s)", show(e.Median), show(e.Low), show(e.High))
}

// valueOf writes a statistic as people read it.
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

func patternTable(b *strings.Builder, r *patterns.Result) {
	b.WriteString(say.PadRight("What any scenario should show", 60) + say.PadRight("simulated", 18) +
		say.PadRight("accepted", 18) + "verdict\n")
	for i := range r.Patterns {
		p := &r.Patterns[i]
		mark := " "
		if p.ByConstruction {
			mark = "°"
		}
		value := "–"
		if p.Value != nil {
			value = patternValue(p.Unit, *p.Value, p.SE)
		}
		verdict := string(p.Verdict)
		if p.Close {
			verdict += ", close"
		}
		head := fmt.Sprintf("  %s%s", say.PadRight(p.ID, 4), mark+" ")
		lines := say.Folded(58, head, strings.Repeat(" ", utf8.RuneCountInString(head)), p.Says)
		lines[0] = say.PadRight(lines[0], 60) + say.PadRight(value, 18) + say.PadRight(rangeOf(p), 18) + verdict
		for _, l := range lines {
			b.WriteString(strings.TrimRight(l, " ") + "\n")
		}
		if p.Means != "" {
			for _, l := range say.Wrapped("        → ", "          ", p.Means) {
				b.WriteString(l + "\n")
			}
		}
	}
	for _, l := range say.Wrapped("  ° ", "    ", "true by construction: such a pattern guards the program and says "+
		"nothing for the model. "+
		"Scheduled incidents are left out of the patterns. As extreme: how often the simulation gives a value like the "+
		"observed "+
		"one or beyond; below the limit it is a miss. ± is twice the Monte Carlo error; close: within it of a limit.") {
		b.WriteString(l + "\n")
	}
}

// patternValue writes a statistic with twice its Monte Carlo error, in its unit.
func patternValue(unit string, x float64, se *float64) string {
	factor, suffix := 1.0, ""
	switch {
	case strings.HasPrefix(unit, "share of"):
		factor, suffix = 100, " %"
	case unit == "d":
		suffix = " d"
	}
	if se == nil {
		return say.Number(factor*x, 2) + suffix
	}
	err := 2 * factor * *se
	digits := say.Decimals(err)
	if err == 0 {
		digits = 0
		return say.Number(factor*x, digits) + suffix
	}
	return say.Number(factor*x, digits) + " ±" + say.Number(err, digits) + suffix
}

// rangeOf writes the thresholds of a pattern in its unit.
func rangeOf(p *patterns.Pattern) string {
	bound := func(x *float64) string {
		switch {
		case x == nil:
			return "…"
		case strings.HasPrefix(p.Unit, "share of"):
			return say.Number(100**x, decimalsOf(100**x))
		}
		return say.Number(*x, decimalsOf(*x))
	}
	suffix := ""
	switch {
	case strings.HasPrefix(p.Unit, "share of"):
		suffix = " %"
	case p.Unit == "d":
		suffix = " d"
	}
	return bound(p.Low) + " to " + bound(p.High) + suffix
}

// decimalsOf is the number of digits that a threshold was given with, at most two.
func decimalsOf(x float64) int {
	for d := range 2 {
		if scaled := float64(x * elem.Pow(10, float64(d))); math.Abs(scaled-math.Round(scaled)) < 1e-9 {
			return d
		}
	}
	return 2
}

func verdictLine(r *patterns.Result) string {
	missed, known, passed := r.Misses(), 0, 0
	for i := range r.Expectations {
		switch r.Expectations[i].Verdict {
		case patterns.KnownMiss:
			known++
		case patterns.Pass, patterns.Surprise:
			passed++
		}
	}
	held, judged := 0, 0
	for i := range r.Patterns {
		if v := r.Patterns[i].Verdict; v != patterns.NotHere {
			judged++
			held += map[bool]int{true: 1}[v == patterns.Pass]
		}
	}
	out := fmt.Sprintf("%s held, %d missed", say.Counted(passed, "expectation"), missed)
	if known > 0 {
		out += fmt.Sprintf(", %d missed as known", known)
	}
	return out + fmt.Sprintf("; %d of %s held", held, say.Counted(judged, "pattern"))
}
