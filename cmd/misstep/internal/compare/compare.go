// Package compare is the command misstep compare: what differs between stored runs.
package compare

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// New is the command misstep compare.
func New(a *cli.App) *cobra.Command {
	var paired, full bool
	cmd := &cobra.Command{
		Use:   "compare RUN RUN…",
		Short: "Show what differs between stored runs, in inputs and outcomes",
		Long: `compare holds stored runs against the first one: what differs in their inputs, and outcome by
outcome how much the results differ. It reads stored totals, also of another model
version. With --paired, runs of one seed and sample are played again, which takes as long
as they took: what a change of an assumption does then stands apart from chance.

It writes outputs/compare-HASH with compare.csv, a page, compare.md, and a figure.`,
		Example: `  misstep compare outputs/uk-china-dialogue-2026-3f9c1ab outputs/uk-china-dialogue-2026-77d0e42
  misstep compare outputs/uk-china-dialogue-2026-* --paired
  misstep compare old/new-case-5a1c0d2 new/new-case-5a1c0d2 --json`,
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCompare(cmd.Context(), a, args, paired, full)
		},
	}
	cmd.Flags().BoolVar(&paired, "paired", false, "play the runs again and compare them future by future")
	cmd.Flags().BoolVar(&full, "full", false, "print all outcomes in place of those that lead")
	cli.Printing[comparison](a, "compare")
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
	inputs   inputs
	full     bool // the screen shows every outcome
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

func runCompare(ctx context.Context, a *cli.App, args []string, paired, full bool) error {
	began := time.Now()
	c, err := openComparison(a, args, paired)
	if err != nil {
		return err
	}
	c.full = full
	if err := c.compute(ctx, a); err != nil {
		return err
	}
	picture := figure.Compare(c.figureInput())
	page, err := c.page(picture.Alt)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return err
	}
	r := &run.Results{Work: runfolder.NewWork(run.Program(), "compare", c.inputs), Settings: c.settings, Began: began,
		Files: []runfolder.File{runfolder.NewFile("compare.csv", c.csv(), false),
			runfolder.NewFile("compare.md", []byte(page), false)},
		Figures: []figure.Figure{picture}, Report: c, Screen: c.screen()}
	return r.Conclude(a)
}

// openComparison opens the runs, lists what differs in their inputs, and makes sure
// that they can be compared as asked before anything is computed.
func openComparison(a *cli.App, args []string, paired bool) (*comparison, error) {
	c := &comparison{Format: 1}
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
	if !a.Flags.NoFigures {
		c.inputs.Picture = pictureName(c.settings.Plot.Formats)
	}
	return c, run.Writable(a, c.settings.Run.Out)
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

// comparedRun is a stored run with the letter that tables call it by.
type comparedRun struct {
	*run.Stored  `json:"-"`
	Letter       string `json:"letter"`
	Name         string `json:"run"` // scenario and hash: the name that its folder was written under
	Title        string `json:"title"`
	ModelVersion string `json:"model_version"`
	Baseline     string `json:"baseline"`
	Treatment    string `json:"treatment"`
	Seed         uint64 `json:"seed"`
	Draws        int    `json:"draws"`
	Replicates   int    `json:"replicates"`
}

func comparedAs(r *run.Stored, letter string) *comparedRun {
	s := &r.Summary.Run
	return &comparedRun{Stored: r, Letter: letter, Name: say.Visible(r.Manifest.Folder()), Title: s.Title,
		ModelVersion: r.Manifest.Inputs.ModelVersion, Baseline: s.Baseline, Treatment: s.Treatment, Seed: s.Seed,
		Draws: s.Draws, Replicates: s.Replicates}
}

// mostCompared is how many runs have a letter.
const mostCompared = 26

// openRuns opens and verifies the folders, of which the first is the reference.
func openRuns(args []string) ([]*comparedRun, error) {
	switch {
	case len(args) == 0:
		return nil, errors.New("misstep compare needs two or more stored runs: run folders, such as those under outputs")
	case len(args) == 1:
		return nil, fmt.Errorf("misstep compare needs two or more stored runs; what is %q to be compared with?", args[0])
	case len(args) > mostCompared:
		return nil, fmt.Errorf("misstep compare takes at most %d runs, not %d; compare some of them", mostCompared, len(args))
	}
	var out []*comparedRun
	for i, arg := range args {
		r, err := run.OpenStored("compare", arg)
		if err != nil {
			return nil, err
		}
		if len(r.Summary.Contrasts) == 0 {
			return nil, fmt.Errorf("%s: a run of one arm, which has no difference to compare; run the scenario with two arms "+
				"or more", r.Dir)
		}
		for k, other := range out {
			if sameFolder(other.Dir, r.Dir) {
				return nil, fmt.Errorf("%s and %s are the same run; name runs that differ", args[k], arg)
			}
		}
		out = append(out, comparedAs(r, string(rune('A'+i))))
	}
	return out, nil
}

// sameFolder reports whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// sameSample reports whether two runs have the same seed, generator and counts.
func sameSample(a, b *runfolder.Inputs) bool {
	return a.Seed == b.Seed && a.Generator == b.Generator && a.Draws == b.Draws && a.Replicates == b.Replicates &&
		a.BlockSize == b.BlockSize
}

// whyUnpaired says in a clause why two runs cannot be compared future by future, ""
// where they can. Runs of one seed, generator and sample share chance; to be paired
// they are played again, which takes the model that computed them.
func whyUnpaired(a, b *comparedRun) string {
	x, y := &a.Manifest.Inputs, &b.Manifest.Inputs
	switch {
	case x.Seed != y.Seed:
		return fmt.Sprintf("their seeds differ, %d and %d", x.Seed, y.Seed)
	case x.Generator != y.Generator:
		return fmt.Sprintf("their generators differ, %s and %s", say.Visible(x.Generator), say.Visible(y.Generator))
	case !sameSample(x, y):
		return fmt.Sprintf("their samples differ, %d × %d in blocks of %d and %d × %d in blocks of %d",
			x.Draws, x.Replicates, x.BlockSize, y.Draws, y.Replicates, y.BlockSize)
	}
	for _, r := range []*comparedRun{a, b} {
		if v := r.Manifest.Inputs.ModelVersion; v != experiment.ModelVersion {
			return fmt.Sprintf("%s was computed by model %s, and this program, which would play it again, has model %s",
				r.Letter, say.Visible(v), experiment.ModelVersion)
		}
	}
	if x.HashInputs() == y.HashInputs() && a.Results != b.Results {
		return "their inputs are equal and their results are not, so that this program computes one of them at most"
	}
	return ""
}

// replay compares the runs future by future, from their manifests, as run --from plays
// them. The levels must come out as they are stored.
func replay(ctx context.Context, a *cli.App, c *comparison) error {
	var plans []experiment.Plan
	var stored []*summary.Summary
	workers := 0
	for _, r := range c.Runs {
		j, err := run.Repeat(a, filepath.Join(r.Dir, runfolder.Name))
		if err != nil {
			return err
		}
		plans, stored, workers = append(plans, j.Plan), append(stored, r.Summary), j.Workers()
	}
	bar := a.NewProgress()
	defer bar.Stop()
	pairs, err := summary.Replay(ctx, plans, stored, workers, bar.Update)
	if err != nil {
		return err
	}
	for i, v := range c.Others {
		for k := range v.Contrasts {
			changes, err := pairs[i].Changes(k)
			if err != nil {
				return fmt.Errorf("--paired: %s and %s: %w; the program has changed since; leave --paired out", c.Runs[0].Dir,
					v.run.Dir, err)
			}
			v.Contrasts[k].Changes = append([]summary.Change{}, changes...)
		}
	}
	return nil
}
