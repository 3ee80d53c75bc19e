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

// comparison is runs held against the first one, the reference, and the content of
// --json. In an unpaired change low and high are the value: stored totals do not tell its
// parameter interval.
type comparison struct {
	Format int            `json:"format"` // version of this layout: 1
	Method string         `json:"method"` // paired or unpaired
	Runs   []*comparedRun `json:"runs"`
	Others []*versus      `json:"comparisons"`

	settings *settings.Settings
	figures  bool
	inputs   inputs
}

// versus is one run held against the reference.
type versus struct {
	run           *comparedRun
	Letter        string            `json:"letter"`
	WhyNotPaired  string            `json:"why_not_paired"` // empty where the runs can be paired
	SameResults   bool              `json:"same_results"`   // the stored results are the same bytes
	Inputs        []inputDifference `json:"inputs"`
	Scenario      []string          `json:"scenario_diff"`     // unified
	OnlyReference []string          `json:"only_in_reference"` // outcomes
	OnlyRun       []string          `json:"only_in_run"`
	Contrasts     []contrast        `json:"contrasts"` // the headline's first
}

type contrast struct {
	summary.Match
	Changes []summary.Change `json:"changes"`
}

// inputs are what a comparison depends on: the stored results as well as the inputs of
// the runs, since a change of the code can give other results from equal inputs.
type inputs struct {
	Runs    []runInputs `json:"runs"`
	Paired  bool        `json:"paired"`
	Picture string      `json:"picture"` // that the page shows, "" for none
}

type runInputs struct {
	Run     string            `json:"run"`
	Hash    string            `json:"hash"`
	Results string            `json:"results"` // sha256 of summary.json
	Program runfolder.Program `json:"program"`
	Numbers string            `json:"numbers"` // sha256 of the resolved parameters
}

func runCompare(ctx context.Context, a *cli.App, args []string, paired bool) error {
	began := time.Now()
	c, err := openComparison(a, args, paired)
	if err != nil {
		return err
	}
	if err := c.compute(ctx, a); err != nil {
		return err
	}
	files, err := c.files()
	if err != nil {
		return err
	}
	work, out := runfolder.NewWork(run.Program(), "compare", c.inputs), c.settings.Run.Out
	outcome, err := runfolder.WriteWork(out, work.Folder(), work, files, false)
	if err != nil {
		return err
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(c))
		return err
	}
	lines := append(c.screen(), run.WroteWork(outcome, filepath.Join(out, work.Folder()), files, time.Since(began))...)
	_, err = fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// openComparison opens the runs, lists what differs in their inputs, and makes sure
// that they can be compared as asked before anything is computed.
func openComparison(a *cli.App, args []string, paired bool) (*comparison, error) {
	c := &comparison{Format: 1, figures: !a.Flags.NoFigures}
	var err error
	if c.settings, err = a.Settings(); err != nil {
		return nil, err
	}
	if c.Runs, err = openRuns(args); err != nil {
		return nil, err
	}
	c.hold(paired)
	for _, v := range c.Others {
		if paired && v.WhyNotPaired != "" {
			return nil, fmt.Errorf("--paired: %s cannot be paired with %s: %s; leave --paired out", v.run.Dir, c.Runs[0].Dir,
				v.WhyNotPaired)
		}
	}
	if c.figures {
		c.inputs.Picture = pictureName(c.settings.Plot.Formats)
	}
	return c, run.Writable(c.settings.Run.Out)
}

// hold holds the runs against the first of them.
func (c *comparison) hold(paired bool) {
	c.Method, c.inputs.Paired = "unpaired", paired
	if paired {
		c.Method = "paired"
	}
	a := c.Runs[0]
	for i, r := range c.Runs {
		m := r.Manifest
		c.inputs.Runs = append(c.inputs.Runs, runInputs{Run: r.Name, Hash: m.Hash, Results: r.Results, Program: m.Program,
			Numbers: runfolder.Sum(say.JSON(m.Parameters))})
		if i == 0 {
			continue
		}
		v := &versus{run: r, Letter: r.Letter, WhyNotPaired: whyUnpaired(a, r), SameResults: r.Results == a.Results,
			Inputs: inputDifferences(a.Manifest, m), Scenario: []string{}}
		if x, y := &a.Manifest.Inputs, &m.Inputs; x.SHA256 != y.SHA256 {
			v.Scenario = unified(scenarioEdits(x, y))
		}
		for _, match := range summary.MatchContrasts(a.Summary, r.Summary) {
			v.Contrasts = append(v.Contrasts, contrast{Match: match})
		}
		first := &v.Contrasts[0].Match
		x, y := &a.Summary.Contrasts[first.Reference], &r.Summary.Contrasts[first.Other]
		v.OnlyReference = append([]string{}, summary.Unshared(x, y)...)
		v.OnlyRun = append([]string{}, summary.Unshared(y, x)...)
		c.Others = append(c.Others, v)
	}
}

// compute compares the runs future by future, or by their stored totals.
func (c *comparison) compute(ctx context.Context, a *cli.App) error {
	if c.inputs.Paired {
		return replay(ctx, a, c)
	}
	for _, v := range c.Others {
		sample := sameSample(&c.Runs[0].Manifest.Inputs, &v.run.Manifest.Inputs)
		for k := range v.Contrasts {
			x := &v.Contrasts[k]
			x.Changes = append([]summary.Change{}, summary.Unpaired(c.Runs[0].Summary, v.run.Summary, x.Match, sample)...)
		}
	}
	return nil
}

// change finds a quantity of an outcome in the headline's contrast, nil where the
// run does not have it.
func (v *versus) change(measure string, q summary.Quantity) *summary.Change {
	for i := range v.Contrasts[0].Changes {
		if c := &v.Contrasts[0].Changes[i]; c.Measure == measure && c.Quantity == q {
			return c
		}
	}
	return nil
}
