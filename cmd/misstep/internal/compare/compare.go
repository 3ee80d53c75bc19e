// Package compare is the command misstep compare: what differs between stored runs.
package compare

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// New is the command misstep compare.
func New(a *cli.App) *cobra.Command {
	paired := false
	cmd := &cobra.Command{
		Use:   "compare RUN RUN…",
		Short: "Show what differs between stored runs, in inputs and outcomes",
		Long: `compare holds stored runs against the first one: what differs in scenario, settings, numbers,
posterior, sample and program, and outcome by outcome how much the results differ.

As it stands it reads stored totals, which are those of separate runs; a run of another
model version can be compared too. With --paired, runs of one seed and sample are played
again and compared future by future, which takes as long as the runs took: what a change
of an assumption does then stands apart from chance.

It writes outputs/compare-HASH with compare.csv, a page, compare.md, and a figure.`,
		Example: `  misstep compare outputs/uk-china-dialogue-2026-3f9c1ab outputs/uk-china-dialogue-2026-77d0e42
  misstep compare outputs/uk-china-dialogue-2026-* --paired
  misstep compare old/new-case-5a1c0d2 new/new-case-5a1c0d2 --json`,
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCompare(cmd.Context(), a, args, paired)
		},
	}
	cmd.Flags().BoolVar(&paired, "paired", false, "play the runs again and compare them future by future")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figure")
	a.SettingFlag(cmd, "run.workers", "run.out")
	return cmd
}

// versus is one run held against the reference.
type versus struct {
	run         *comparedRun
	differences []inputDifference
	diff        []string // of the scenario, unified
	unpairable  string   // why the two cannot be paired, "" where they can
	matches     []summary.Match
	changes     [][]summary.Change // by match
	unshared    [2][]string        // outcomes that only the reference, or only the run, has
}

// comparison is a command's work: runs, the first of which is the reference.
type comparison struct {
	runs     []*comparedRun
	others   []*versus
	paired   bool
	settings *settings.Settings
	work     *runfolder.Work
	figures  bool
	picture  string // the figure that the page shows, "" for none
	began    time.Time
}

// compareInputs are what a comparison depends on: the stored results as well as the
// inputs of the runs, since a change of the code can give other results from equal
// inputs.
type compareInputs struct {
	Runs    []compareInput `json:"runs"`
	Paired  bool           `json:"paired"`
	Picture string         `json:"picture"` // on the page
}

type compareInput struct {
	Run     string            `json:"run"`
	Hash    string            `json:"hash"`
	Results string            `json:"results"` // sha256 of summary.json
	Program runfolder.Program `json:"program"`
	Numbers string            `json:"numbers"` // sha256 of the resolved parameters
}

func runCompare(ctx context.Context, a *cli.App, args []string, paired bool) error {
	c, err := openComparison(a, args, paired)
	if err != nil {
		return err
	}
	if c.paired {
		err = replay(ctx, a, c)
	} else {
		c.unpaired()
	}
	if err != nil {
		return err
	}
	files, err := c.files()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	out := c.settings.Run.Out
	outcome, err := runfolder.WriteWork(out, c.work.Folder(), c.work, files, false)
	if err != nil {
		return err
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(c.report()))
		return err
	}
	lines := append(c.screen(), run.WroteWork(outcome, filepath.Join(out, c.work.Folder()), files, time.Since(c.began))...)
	_, err = fmt.Fprintln(a.Out, strings.Join(compareWrapped(lines), "\n"))
	return err
}

// openComparison opens the runs, lists what differs in their inputs, and makes sure
// that they can be compared as asked before anything is computed.
func openComparison(a *cli.App, args []string, paired bool) (*comparison, error) {
	c := &comparison{paired: paired, began: time.Now()}
	var err error
	if c.settings, err = a.Settings(); err != nil {
		return nil, err
	}
	if c.runs, err = openRuns(args); err != nil {
		return nil, err
	}
	in := compareInputs{Paired: paired}
	for _, r := range c.runs {
		in.Runs = append(in.Runs, compareInput{Run: r.name, Hash: r.Manifest.Hash, Results: r.Results,
			Program: r.Manifest.Program,
			Numbers: runfolder.Sum(say.JSON(r.Manifest.Parameters))})
	}
	reference := c.runs[0]
	for _, r := range c.runs[1:] {
		v := &versus{run: r, differences: inputDifferences(reference.Manifest, r.Manifest),
			unpairable: whyUnpaired(reference, r)}
		if paired && v.unpairable != "" {
			return nil, fmt.Errorf("--paired: %s cannot be paired with %s: %s; leave --paired out", r.Dir, reference.Dir,
				v.unpairable)
		}
		if x, y := &reference.Manifest.Inputs, &r.Manifest.Inputs; x.SHA256 != y.SHA256 {
			v.diff = unified(scenarioEdits(x, y))
		}
		v.matches = summary.MatchContrasts(reference.Summary, r.Summary)
		first, second := &reference.Summary.Contrasts[v.matches[0].Reference], &r.Summary.Contrasts[v.matches[0].Other]
		v.unshared = [2][]string{summary.Unshared(first, second), summary.Unshared(second, first)}
		c.others = append(c.others, v)
	}
	if err := run.Writable(c.settings.Run.Out); err != nil {
		return nil, err
	}
	if c.figures = !a.Flags.NoFigures; c.figures {
		c.picture = pictureName(c.settings.Plot.Formats)
		in.Picture = c.picture
	}
	c.work = runfolder.NewWork(run.Program(), "compare", in)
	return c, nil
}

// unpaired compares the runs by their stored totals.
func (c *comparison) unpaired() {
	for _, v := range c.others {
		sample := sameSample(&c.runs[0].Manifest.Inputs, &v.run.Manifest.Inputs)
		for _, m := range v.matches {
			v.changes = append(v.changes, summary.Unpaired(c.runs[0].Summary, v.run.Summary, m, sample))
		}
	}
}

// change finds a quantity of an outcome in the headline's contrast, nil where the
// run does not have it.
func (v *versus) change(measure string, q summary.Quantity) *summary.Change {
	for i := range v.changes[0] {
		if c := &v.changes[0][i]; c.Measure == measure && c.Quantity == q {
			return c
		}
	}
	return nil
}
