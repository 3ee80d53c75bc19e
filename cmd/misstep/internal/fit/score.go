package fit

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/hub"
	"github.com/spf13/cobra"
)

// NewScore is the command misstep score.
func NewScore(a *cli.App) *cobra.Command {
	var outcomes, baseline string
	cmd := &cobra.Command{
		Use:   "score MODEL-OUTPUT",
		Short: "Score any hubverse forecast against what came",
		Long: `score reads a model output of a forecast hub (hubverse, CSV), anybody's, and holds it against
what came: probabilities (pmf) by log score, Brier score and ranked probability score,
quantiles by weighted interval score and by what their central intervals hold. Rows of
other types are counted and not scored.

Outcomes are oracle output: a column oracle_value, the task ids that tell outcomes apart,
and output_type with output_type_id, by which 1 marks the category that came. Without these
two oracle_value is the category or the number itself.

The baseline is another model output with the same tasks; without one equal probabilities
of all categories, and none for quantiles. Nothing is written.`,
		Example: `  misstep score 2026-11-30-ours.csv --outcomes oracle-output.csv
  misstep score 2026-11-30-ours.csv --outcomes oracle-output.csv --baseline 2026-11-30-base.csv --json`,
		Args: cli.Exactly(1, "a model output, as a CSV file"),
		RunE: func(_ *cobra.Command, args []string) error { return runScore(a, args[0], outcomes, baseline) },
	}
	cmd.Flags().StringVar(&outcomes, "outcomes", "", "what came, as oracle output: a CSV `FILE`; required")
	cmd.Flags().StringVar(&baseline, "baseline", "", "compare with this model output `FILE`")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the scores as JSON")
	cli.Printing[scoringDocument](a, "score")
	return cmd
}

// equalBaseline names the baseline where no file is one.
const equalBaseline = "equal probabilities"

// maxOutput bounds a model output and the outcomes [bytes].
const maxOutput = 32 << 20

func runScore(a *cli.App, path, outcomes, baseline string) error {
	if outcomes == "" {
		return errors.New("a forecast is scored against what came; add --outcomes FILE")
	}
	out, err := readOutput(path)
	if err != nil {
		return err
	}
	data, err := cli.ReadSmall(outcomes, maxOutput)
	if err != nil {
		return err
	}
	came, err := hub.ReadOutcomes(outcomes, data)
	if err != nil {
		return cli.Failed(err)
	}
	var base *hub.Output
	if baseline != "" {
		if base, err = readOutput(baseline); err != nil {
			return err
		}
	}
	scored, missing, err := hub.Score(out, came, base)
	if err != nil {
		return cli.Failed(err)
	}
	if len(scored) == 0 {
		return cli.Failed(fmt.Errorf("%s: none of the %d predictions of %s has an outcome here; the values of the task ids "+
			"have to be the same", outcomes, len(out.Predictions), path))
	}
	d := scoringOf(out, scored)
	d.Output, d.Outcomes, d.Baseline = path, outcomes, cmp.Or(baseline, equalBaseline)
	d.Predictions, d.Scored, d.Missing, d.Skipped = len(out.Predictions), len(scored), missing, out.Skipped
	return a.Print(d, func() string { return scoreScreen(d).String() })
}

func readOutput(path string) (*hub.Output, error) {
	data, err := cli.ReadSmall(path, maxOutput)
	if err != nil {
		return nil, err
	}
	out, err := hub.Read(path, data)
	if err != nil {
		return nil, cli.Failed(err)
	}
	return out, nil
}

// scoringDocument is what score prints with --json.
type scoringDocument struct {
	Output      string       `json:"model_output"`
	Outcomes    string       `json:"outcomes"`
	Baseline    string       `json:"baseline"` // a file, or "equal probabilities"
	Predictions int          `json:"predictions"`
	Scored      int          `json:"scored"`
	Missing     int          `json:"without_outcome"`
	Skipped     int          `json:"rows_of_other_types"`
	Means       []meanScores `json:"means"`
	Tasks       []taskScores `json:"tasks"`
}

// meanScores are means over the tasks of a target in a type; those of the other type are null.
type meanScores struct {
	Target   string              `json:"target"`
	Type     string              `json:"output_type"`
	N        int                 `json:"n"`
	Scores   hubScores           `json:"scores"`
	Inside   map[string]heldOnes `json:"outcomes_inside"` // by central interval, such as "90 %"
	Compared int                 `json:"compared"`        // tasks of which the baseline says something
	Same     hubScores           `json:"of_those_compared"`
	Baseline hubScores           `json:"of_baseline"`
	levels   []hub.Interval      // in order
	versus   [2]hub.Scores       // of those compared, and the baseline's
	means    hub.Scores
}

// heldOnes is how many outcomes an interval holds, of those of tasks that have it.
type heldOnes struct {
	Holds int `json:"holds"`
	Of    int `json:"of"`
}

type taskScores struct {
	Task     map[string]string `json:"task"`
	Type     string            `json:"output_type"`
	Came     string            `json:"came"`
	Scores   hubScores         `json:"scores"`
	Baseline *hubScores        `json:"of_baseline"`
}

// hubScores are [hub.Scores]; what is not defined is null, and so is a log score of what was called impossible.
type hubScores struct {
	Log        say.Maybe `json:"log_score"`
	Impossible int       `json:"impossible"` // outcomes of probability 0
	Brier      say.Maybe `json:"brier"`
	RPS        say.Maybe `json:"rps"`
	WIS        say.Maybe `json:"wis"`
}

func hubScoresOf(s hub.Scores) hubScores {
	return hubScores{say.Maybe(s.Log), s.Impossible, say.Maybe(s.Brier), say.Maybe(s.RPS), say.Maybe(s.WIS)}
}

func scoringOf(out *hub.Output, scored []hub.Scored) *scoringDocument {
	d := &scoringDocument{}
	for _, m := range hub.Means(out, scored) {
		inside := map[string]heldOnes{}
		for _, i := range m.Inside {
			inside[i.Level] = heldOnes{i.Holds, i.Of}
		}
		d.Means = append(d.Means, meanScores{Target: m.Target, Type: m.Type, N: m.N, Scores: hubScoresOf(m.Scores),
			Inside: inside, Compared: m.Compared, Same: hubScoresOf(m.Versus[0]), Baseline: hubScoresOf(m.Versus[1]),
			levels: m.Inside, versus: m.Versus, means: m.Scores})
	}
	for i := range scored {
		x := &scored[i]
		t := taskScores{Task: map[string]string{}, Type: x.Type, Came: x.Came, Scores: hubScoresOf(x.Scores)}
		for k, c := range out.Tasks {
			t.Task[c] = x.Task[k]
		}
		if x.Base != nil {
			b := hubScoresOf(*x.Base)
			t.Baseline = &b
		}
		d.Tasks = append(d.Tasks, t)
	}
	return d
}

func scoreScreen(d *scoringDocument) *say.Screen {
	s := &say.Screen{Columns: say.NarrowWidth}
	put := func(format string, args ...any) { s.Put(" ", " ", format, args...) }
	s.Put("", "", "%s: %s, %d with an outcome", d.Output, say.Counted(d.Predictions, "prediction"), d.Scored)
	scoreTable(s, d, hub.PMF, []string{"log score", "Brier", "RPS"}, func(x hub.Scores) []string {
		log := say.Number(x.Log, 3)
		if x.Impossible > 0 {
			log = "−∞"
		}
		return []string{log, say.Number(x.Brier, 3), say.Number(x.RPS, 3)}
	})
	scoreTable(s, d, hub.Quantile, []string{"WIS"}, func(x hub.Scores) []string { return []string{say.Number(x.WIS, 3)} })
	s.Add("")
	put("Means over tasks. Log score: higher is better, 0 the best; the others: lower is better. Baseline: %s.",
		d.Baseline)
	compared := 0
	for i := range d.Means {
		compared += d.Means[i].Compared
	}
	if compared < d.Scored && d.Baseline != equalBaseline {
		put("%d of %s compared: the baseline says nothing of the others.", compared, say.Counted(d.Scored, "task"))
	}
	if d.Missing > 0 {
		put("%s without an outcome.", say.Counted(d.Missing, "prediction"))
	}
	if d.Skipped > 0 {
		put("%s of other output types, not scored.", say.Counted(d.Skipped, "row"))
	}
	if d.Scored < 20 {
		put("Fewer than 20 tasks say little about who is better, and no interval is given.")
	}
	return s
}

// scoreTable shows the means of an output type, and below them what its intervals hold and what was called impossible.
func scoreTable(s *say.Screen, d *scoringDocument, kind string, names []string, values func(hub.Scores) []string) {
	rows := [][]string{append([]string{"  " + kind, "tasks"}, names...)}
	var notes []string
	for i := range d.Means {
		m, label := &d.Means[i], cmp.Or(d.Means[i].Target, "all")
		if m.Type != kind {
			continue
		}
		row := func(label string, n int, x hub.Scores) {
			rows = append(rows, append([]string{"  " + say.Clipped(label, 34), fmt.Sprint(n)}, values(x)...))
		}
		row(label, m.N, m.means)
		if m.Compared > 0 && m.Compared < m.N {
			row("  of those compared", m.Compared, m.versus[0])
		}
		if m.Compared > 0 {
			row("  baseline", m.Compared, m.versus[1])
		}
		if n := m.means.Impossible; n > 0 {
			notes = append(notes, fmt.Sprintf("%s: %s called impossible.", label, say.Counted(n, "outcome")))
		}
		if len(m.levels) > 0 {
			held := say.Each(m.levels, func(v hub.Interval) string {
				if v.Of < m.N {
					return fmt.Sprintf("%s %d of %d", v.Level, v.Holds, v.Of)
				}
				return fmt.Sprintf("%s %d", v.Level, v.Holds)
			})
			notes = append(notes, fmt.Sprintf("%s: of %s the central intervals hold: %s.", label,
				say.Counted(m.N, "outcome"), strings.Join(held, ", ")))
		}
	}
	if len(rows) > 1 {
		s.Add("")
		s.Table("lrrrr"[:len(rows[0])], rows...)
		for _, n := range notes {
			s.Put(" ", " ", "%s", n)
		}
	}
}
