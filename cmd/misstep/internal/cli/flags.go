package cli

import (
	"slices"

	"github.com/spf13/cobra"
)

// textFlag is the text of a flag that package settings will read, and whether it
// was given.
type textFlag struct {
	name, placeholder string
	text              string
	given             bool
}

func (f *textFlag) String() string { return f.text }

func (f *textFlag) Type() string { return f.placeholder }

func (f *textFlag) Set(s string) error { f.text, f.given = s, true; return nil }

// settingFlags are the flags that override a setting.
var settingFlags = []struct{ key, name, placeholder, doc string }{
	{"run.seed", "seed", "N", "where chance starts (1)"},
	{"run.draws", "draws", "N", "parameter draws (200)"},
	{"run.replicates", "replicates", "N", "replicates per draw (12)"},
	{"run.generator", "generator", "NAME", "random number generator, mix or philox (mix)"},
	{"run.precision", "precision", "X", "add replicates until the 95 % Monte Carlo half-width of the headline " +
		"difference is below X"},
	{"run.workers", "workers", "N", "parallel workers (all processors); never changes a result"},
	{"run.posterior", "posterior", "FILE",
		"draw uncertain numbers from this posterior: a file, shipped or none (shipped)"},
	{"run.out", "out", "DIR", "folder under which run folders are written (outputs)"},
}

// SettingFlag declares the flags of some settings.
func (a *App) SettingFlag(cmd *cobra.Command, keys ...string) {
	if a.Flags.settings == nil {
		a.Flags.settings = map[string]*textFlag{}
	}
	for _, f := range settingFlags {
		if slices.Contains(keys, f.key) {
			if a.Flags.settings[f.key] == nil {
				a.Flags.settings[f.key] = &textFlag{name: f.name, placeholder: f.placeholder}
			}
			cmd.Flags().Var(a.Flags.settings[f.key], f.name, f.doc)
		}
	}
}

// ScenarioFlags declares what changes the scenario: --set, --arm, --contrast, and
// the posterior.
func (a *App) ScenarioFlags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&a.Flags.Set, "set", nil, "set any value of the scenario or a setting: `PATH=VALUE`; "+
		"repeatable")
	cmd.Flags().StringArrayVar(&a.Flags.Arms, "arm", nil, "play this `ARM` only; repeatable (all arms)")
	cmd.Flags().StringVar(&a.Flags.Contrast, "contrast", "", "compare these arms: `BASELINE,TREATMENT` (the scenario's "+
		"headline)")
	a.PosteriorFlags(cmd)
}

// PosteriorFlags declares --posterior and --prior.
func (a *App) PosteriorFlags(cmd *cobra.Command) {
	a.SettingFlag(cmd, "run.posterior")
	cmd.Flags().BoolVar(&a.Flags.Prior, "prior", false, "draw from the priors alone, as with --posterior none")
	cmd.MarkFlagsMutuallyExclusive("prior", "posterior")
}

// SampleFlags declares what changes the sample: --seed, --draws, --replicates,
// --generator, --workers.
func (a *App) SampleFlags(cmd *cobra.Command) {
	a.SettingFlag(cmd, "run.seed", "run.draws", "run.replicates", "run.generator", "run.workers")
}

// OutputFlags declares --out.
func (a *App) OutputFlags(cmd *cobra.Command) { a.SettingFlag(cmd, "run.out") }

// AnalysisFlags are the flags of a command that looks further into a run.
func (a *App) AnalysisFlags(cmd *cobra.Command) {
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.OutputFlags(cmd)
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figures")
}
