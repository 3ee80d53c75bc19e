// Package cli is what commands share: streams, flags, progress, and how a command ends.
package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/cheggaaa/pb/v3/termutil"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
)

// App is what commands share: the streams and the flags. A command declares the
// flags that it has (ScenarioFlags, SampleFlags, OutputFlags) and opens its argument
// with run.Open, which reads settings, applies flags and loads the scenario.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Flags    Flags
}

// Flags are the values of the flags. Those that are settings too are in settings.
type Flags struct {
	Config    string
	Quiet     bool
	Set       []string
	Arms      []string
	Contrast  string
	JSON      bool
	NoFigures bool
	Prior     bool
	settings  map[string]*textFlag // by key: run.seed
}

// Note tells the user something beside the result, unless --quiet.
func (a *App) Note(format string, args ...any) {
	if !a.Flags.Quiet {
		fmt.Fprintf(a.Err, "misstep: "+format+"\n", args...)
	}
}

// defaultConfig is read when it is there and no --config was given.
const defaultConfig = "config.yaml"

// Settings reads config.yaml, the environment and the flags.
func (a *App) Settings() (*settings.Settings, error) {
	in := settings.Input{File: a.Flags.Config, Environ: os.Environ(), Flags: map[string]settings.Option{}}
	if in.File == "" {
		in.File = defaultConfig
	}
	var err error
	if in.Data, err = ReadSmall(in.File, settings.MaxBytes); err != nil &&
		(a.Flags.Config != "" || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	for key, f := range a.Flags.settings {
		if f.given {
			in.Flags[key] = settings.Option{Flag: "--" + f.name, Text: f.text}
		}
	}
	if a.Flags.Prior {
		in.Flags["run.posterior"] = settings.Option{Flag: "--prior", Text: settings.None}
	}
	for _, s := range a.Flags.Set {
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

// Layers are the parts of the scenario that flags set.
func (a *App) Layers() ([]scenario.Layer, error) {
	var out []scenario.Layer
	for _, s := range a.Flags.Set {
		path, value, ok := strings.Cut(s, "=")
		if path = strings.TrimSpace(path); !ok || path == "" || value == "" {
			return nil, fmt.Errorf("--set %q is not PATH=VALUE; for example --set choice.rationality=30", s)
		}
		if isSetting(path) {
			continue
		}
		out = append(out, scenario.Layer{Origin: scenario.FromFlag, Path: strings.TrimPrefix(path, "model."), Value: value,
			Where: "--set"})
	}
	if a.Flags.Contrast != "" {
		baseline, treatment, ok := strings.Cut(a.Flags.Contrast, ",")
		if !ok {
			return nil, fmt.Errorf("--contrast %q is not BASELINE,TREATMENT; for example --contrast without-forum,with-forum",
				a.Flags.Contrast)
		}
		for i, name := range [2]string{baseline, treatment} {
			out = append(out, scenario.Layer{Origin: scenario.FromFlag,
				Path:  [2]string{"headline.baseline", "headline.treatment"}[i],
				Value: strconv.Quote(strings.TrimSpace(name)), Where: "--contrast"})
		}
	}
	return out, nil
}

// SampleGiven lists the flags in use that would change what is run.
func (a *App) SampleGiven() []string {
	var out []string
	for _, key := range []string{"run.seed", "run.draws", "run.replicates", "run.generator", "run.precision",
		"run.posterior"} {
		if f := a.Flags.settings[key]; f != nil && f.given {
			out = append(out, "--"+f.name)
		}
	}
	if a.Flags.Prior {
		out = append(out, "--prior")
	}
	if len(a.Flags.Set) > 0 {
		out = append(out, "--set")
	}
	if len(a.Flags.Arms) > 0 {
		out = append(out, "--arm")
	}
	if a.Flags.Contrast != "" {
		out = append(out, "--contrast")
	}
	return out
}

// Columns is the width of the output: COLUMNS, the terminal's, or the screen's.
func (a *App) Columns() int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 {
		return min(n, 200)
	}
	if f, ok := a.Out.(*os.File); ok && isTerminal(f) {
		if n, err := termutil.TerminalWidth(); err == nil && n >= 40 {
			return min(n, 200)
		}
	}
	return say.Width
}

// Inside is the program for what a command runs of other commands: with the settings of
// the user, silent, and with results in a folder that goes away.
func (a *App) Inside(scratch string) *App {
	out := &App{In: a.In, Out: io.Discard, Err: a.Err, Flags: Flags{Config: a.Flags.Config, Quiet: a.Flags.Quiet,
		settings: map[string]*textFlag{}}}
	out.Give("run.out", "out", scratch)
	return out
}

// Give sets the flag of a setting, as if it had been given.
func (a *App) Give(key, name, text string) {
	a.Flags.settings[key] = &textFlag{name: name, text: text, given: true}
}
