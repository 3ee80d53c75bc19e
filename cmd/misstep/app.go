package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// app is what commands share: the streams and the flags. A command declares the
// flags that it has (scenarioFlags, sampleFlags, outputFlags) and opens its
// argument with open, which reads settings, applies flags and loads the scenario.
type app struct {
	in       io.Reader
	out, err io.Writer
	flags    flags
}

// flags are the values of the flags. Those that are settings too are in settings.
type flags struct {
	config    string
	quiet     bool
	set       []string
	arms      []string
	contrast  string
	json      bool
	noFigures bool
	prior     bool
	settings  map[string]*textFlag // by key: run.seed
}

// textFlag is the text of a flag that package settings will read, and whether it
// was given.
type textFlag struct {
	name, placeholder string
	text              string
	given             bool
}

func (f *textFlag) String() string     { return f.text }
func (f *textFlag) Type() string       { return f.placeholder }
func (f *textFlag) Set(s string) error { f.text, f.given = s, true; return nil }

// settingFlags are the flags that override a setting.
var settingFlags = []struct{ key, name, placeholder, doc string }{
	{"run.seed", "seed", "N", "where chance starts (1)"},
	{"run.draws", "draws", "N", "parameter draws (200)"},
	{"run.replicates", "replicates", "N", "replicates per draw (12)"},
	{"run.generator", "generator", "NAME", "random number generator, mix or philox (mix)"},
	{"run.precision", "precision", "X", "add replicates until the 95 % Monte Carlo half-width of the headline difference is below X"},
	{"run.workers", "workers", "N", "parallel workers (all processors); never changes a result"},
	{"run.posterior", "posterior", "FILE", "draw uncertain numbers from this posterior: a file, shipped or none (shipped)"},
	{"run.out", "out", "DIR", "folder under which run folders are written (outputs)"},
}

// settingFlag declares the flags of some settings.
func (a *app) settingFlag(cmd *cobra.Command, keys ...string) {
	if a.flags.settings == nil {
		a.flags.settings = map[string]*textFlag{}
	}
	for _, f := range settingFlags {
		if slices.Contains(keys, f.key) {
			if a.flags.settings[f.key] == nil {
				a.flags.settings[f.key] = &textFlag{name: f.name, placeholder: f.placeholder}
			}
			cmd.Flags().Var(a.flags.settings[f.key], f.name, f.doc)
		}
	}
}

// scenarioFlags declares what changes the scenario: --set, --arm, --contrast, and
// the posterior.
func (a *app) scenarioFlags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&a.flags.set, "set", nil, "set any value of the scenario or a setting: `PATH=VALUE`; repeatable")
	cmd.Flags().StringArrayVar(&a.flags.arms, "arm", nil, "play this `ARM` only; repeatable (all arms)")
	cmd.Flags().StringVar(&a.flags.contrast, "contrast", "", "compare these arms: `BASELINE,TREATMENT` (the scenario's headline)")
	a.posteriorFlags(cmd)
}

// posteriorFlags declares --posterior and --prior.
func (a *app) posteriorFlags(cmd *cobra.Command) {
	a.settingFlag(cmd, "run.posterior")
	cmd.Flags().BoolVar(&a.flags.prior, "prior", false, "draw from the priors alone, as with --posterior none")
	cmd.MarkFlagsMutuallyExclusive("prior", "posterior")
}

// sampleFlags declares what changes the sample: --seed, --draws, --replicates,
// --generator, --workers.
func (a *app) sampleFlags(cmd *cobra.Command) {
	a.settingFlag(cmd, "run.seed", "run.draws", "run.replicates", "run.generator", "run.workers")
}

// outputFlags declares --out.
func (a *app) outputFlags(cmd *cobra.Command) { a.settingFlag(cmd, "run.out") }

// note tells the user something beside the result, unless --quiet.
func (a *app) note(format string, args ...any) {
	if !a.flags.quiet {
		fmt.Fprintf(a.err, "misstep: "+format+"\n", args...)
	}
}

// defaultConfig is read when it is there and no --config was given.
const defaultConfig = "config.yaml"

// settings reads config.yaml, the environment and the flags.
func (a *app) settings() (*settings.Settings, error) {
	in := settings.Input{File: a.flags.config, Environ: os.Environ(), Flags: map[string]settings.Option{}}
	if in.File == "" {
		in.File = defaultConfig
	}
	var err error
	if in.Data, err = readSmall(in.File, settings.MaxBytes); err != nil && (a.flags.config != "" || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	for key, f := range a.flags.settings {
		if f.given {
			in.Flags[key] = settings.Option{Flag: "--" + f.name, Text: f.text}
		}
	}
	if a.flags.prior {
		in.Flags["run.posterior"] = settings.Option{Flag: "--prior", Text: settings.None}
	}
	for _, s := range a.flags.set {
		if path, value, ok := strings.Cut(s, "="); ok && isSetting(path) {
			in.Flags[path] = settings.Option{Flag: "--set", Text: value}
		}
	}
	return settings.Load(in)
}

// isSetting reports whether a --set path means a setting and not the scenario.
func isSetting(path string) bool {
	return strings.HasPrefix(path, "run.") || strings.HasPrefix(path, "plot.")
}

// flagLayers are the parts of the scenario that flags set.
func (a *app) flagLayers() ([]scenario.Layer, error) {
	var out []scenario.Layer
	for _, s := range a.flags.set {
		path, value, ok := strings.Cut(s, "=")
		if path = strings.TrimSpace(path); !ok || path == "" || value == "" {
			return nil, fmt.Errorf("--set %q is not PATH=VALUE; for example --set choice.rationality=30", s)
		}
		if isSetting(path) {
			continue
		}
		out = append(out, scenario.Layer{Origin: scenario.FromFlag, Path: strings.TrimPrefix(path, "model."), Value: value, Where: "--set"})
	}
	if a.flags.contrast != "" {
		baseline, treatment, ok := strings.Cut(a.flags.contrast, ",")
		if !ok {
			return nil, fmt.Errorf("--contrast %q is not BASELINE,TREATMENT; for example --contrast without-forum,with-forum", a.flags.contrast)
		}
		for i, name := range [2]string{baseline, treatment} {
			out = append(out, scenario.Layer{Origin: scenario.FromFlag, Path: [2]string{"headline.baseline", "headline.treatment"}[i],
				Value: strconv.Quote(strings.TrimSpace(name)), Where: "--contrast"})
		}
	}
	return out, nil
}

// keepArms restricts a scenario to some arms. The headline keeps its meaning: its
// arms must be among them, unless one is left, which is compared with nothing.
func keepArms(v *scenario.Scenario, names []string) (*scenario.Scenario, error) {
	if len(names) == 0 {
		return v, nil
	}
	var known []string
	for i := range v.Arms {
		known = append(known, v.Arms[i].Name)
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("--arm: unknown arm %q; %s", n, nearest.Remedy(n, known))
		}
	}
	out := *v
	out.Arms = nil
	for _, arm := range v.Arms {
		if slices.Contains(names, arm.Name) {
			out.Arms = append(out.Arms, arm)
		}
	}
	if len(out.Arms) == len(v.Arms) {
		return v, nil
	}
	if len(out.Arms) == 1 {
		out.Headline.Baseline, out.Headline.Treatment = out.Arms[0].Name, ""
		return &out, nil
	}
	for _, n := range [2]string{v.Headline.Baseline, v.Headline.Treatment} {
		if !slices.Contains(names, n) {
			return nil, fmt.Errorf("--arm leaves out %q, which the headline compares; add --arm %q, or choose with --contrast", n, n)
		}
	}
	return &out, nil
}

// readSmall reads a file that no sensible input exceeds.
func readSmall(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, plainly(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a file; name a scenario file, or a run folder", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, plainly(path, err)
	}
	defer func() { _ = f.Close() }()
	if info.Size() > limit {
		return nil, fmt.Errorf("%s: %d bytes long, more than the %d that it may have; is this the right file?", path, info.Size(), limit)
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, plainly(path, err)
	}
	return data, nil
}

// plainly says in words why a file or folder cannot be used, its path in front.
func plainly(path string, err error) error {
	var inner *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{path, "no such file", err}
	case errors.As(err, &inner):
		return &fileError{path, inner.Err.Error(), err}
	}
	return &fileError{path, err.Error(), err}
}

type fileError struct {
	path, what string
	cause      error
}

func (e *fileError) Error() string { return e.path + ": " + e.what }
func (e *fileError) Unwrap() error { return e.cause }
