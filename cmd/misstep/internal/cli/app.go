// Package cli is what commands share: streams, flags, progress, and how a command ends.
package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/cheggaaa/pb/v3/termutil"
	"github.com/misstep/misstep/cmd/misstep/internal/readfile"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// App is what commands share: the streams and the flags. A command declares the
// flags that it has (ScenarioFlags, SampleFlags, SettingFlag) and opens its argument
// with run.Open, which reads settings, applies flags and loads the scenario.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Flags    Flags

	// Prints are the types that the commands print with --json, by command.
	Prints map[string][]reflect.Type

	Root func(*App) *cobra.Command // makes all commands
	Part *Part                     // of the points of a command; nil for all

	begun bool // something was played
	outer *App // that this one is inside of
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
		fmt.Fprintln(a.Err, "misstep:", say.Brief(fmt.Sprintf(format, args...)))
	}
}

// Printing declares a type that a command prints with --json, for misstep schema.
func Printing[T any](a *App, command string) {
	if a.Prints == nil {
		a.Prints = map[string][]reflect.Type{}
	}
	a.Prints[command] = append(a.Prints[command], reflect.TypeFor[T]())
}

// Print prints a result: as JSON where it was asked for, else in words.
func (a *App) Print(v any, words func() string) error {
	if write, long := v.(func(io.Writer) error); long && a.Flags.JSON {
		return write(a.Out)
	}
	if a.Flags.JSON {
		_, err := a.Out.Write(say.JSON(v))
		return err
	}
	_, err := fmt.Fprint(a.Out, words())
	return err
}

// Settings reads config.yaml, where it is there or another is named, the environment and the flags.
func (a *App) Settings() (*settings.Settings, error) {
	in := settings.Input{File: cmp.Or(a.Flags.Config, "config.yaml"), Environ: os.Environ(),
		Flags: map[string]settings.Option{}}
	if in.File != settings.None && in.File != os.DevNull {
		var err error
		switch in.Data, err = ReadSmall(in.File, settings.MaxBytes); {
		case err == nil, a.Flags.Config == "" && errors.Is(err, fs.ErrNotExist):
		case a.Flags.Config == "" && Exists(in.File):
			return nil, fmt.Errorf("%w; "+settings.Without, err)
		default:
			return nil, err
		}
	}
	for key, f := range a.Flags.settings {
		if f.given {
			in.Flags[key] = settings.Option{Flag: "--" + flagOf(key), Text: f.text}
		}
	}
	if a.Flags.Prior {
		in.Flags["run.posterior"] = settings.Option{Flag: "--prior", Text: settings.None}
	}
	for _, s := range a.Flags.Set {
		if path, value, ok := scenario.Cut(s, '='); ok && isSetting(path) {
			in.Flags[path] = settings.Option{Flag: "--set", Text: value}
		}
	}
	return settings.Load(in)
}

// isSetting reports whether a --set path means a setting and not the scenario.
func isSetting(path string) bool {
	return strings.HasPrefix(path, "run.") || strings.HasPrefix(path, "plot.") || strings.HasPrefix(path, "decide.")
}

// Layers are the parts of the scenario that flags set.
func (a *App) Layers() ([]scenario.Layer, error) {
	var out []scenario.Layer
	add := func(path, value, flag string) {
		out = append(out, scenario.Layer{Origin: scenario.FromFlag, Path: path, Value: value, Where: flag})
	}
	for _, s := range a.Flags.Set {
		path, value, ok := scenario.Cut(s, '=')
		if path = strings.TrimSpace(path); !ok || path == "" || value == "" {
			return nil, fmt.Errorf("--set %q is not PATH=VALUE; for example --set choice.rationality=30", s)
		}
		if !isSetting(path) {
			add(strings.TrimPrefix(path, "model."), value, "--set")
		}
	}
	if a.Flags.Contrast != "" {
		baseline, treatment, ok := scenario.Cut(a.Flags.Contrast, ',')
		if !ok {
			return nil, fmt.Errorf("--contrast %q is not BASELINE,TREATMENT; for example --contrast without-forum,with-forum",
				a.Flags.Contrast)
		}
		add("headline.baseline", strconv.Quote(scenario.Unquoted(baseline)), "--contrast")
		add("headline.treatment", strconv.Quote(scenario.Unquoted(treatment)), "--contrast")
	}
	return out, nil
}

// SampleGiven is the first flag in use that would change what is run or its tables, "" for none.
func (a *App) SampleGiven() string {
	f := &a.Flags
	given := map[string]bool{"--prior": f.Prior, "--set": len(f.Set) > 0, "--arm": len(f.Arms) > 0,
		"--contrast": f.Contrast != ""}
	for key, x := range f.settings {
		given["--"+flagOf(key)] = x.given
	}
	for _, name := range []string{"--seed", "--draws", "--replicates", "--generator", "--precision", "--posterior",
		"--prior", "--set", "--arm", "--contrast", "--no-side-runs", "--bom"} {
		if given[name] {
			return name
		}
	}
	return ""
}

// Columns is the width of the output: COLUMNS, the terminal's, or the screen's.
func (a *App) Columns() int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 {
		return min(n, 200)
	}
	if _, ok := terminal(a.Out); ok {
		if n, err := termutil.TerminalWidth(); err == nil && n >= 40 {
			return min(n, 200)
		}
	}
	return say.Width
}

// Colour reports whether the output shows colours: a terminal does, unless NO_COLOR is set.
func (a *App) Colour() bool {
	_, ok := terminal(a.Out)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Inside is the program for what a command runs of other commands: with the settings of
// the user, silent, and with results in a folder that goes away.
func (a *App) Inside(scratch string) *App {
	out := &App{In: a.In, Out: io.Discard, Err: a.Err, outer: a, Flags: Flags{Config: a.Flags.Config, Quiet: a.Flags.Quiet,
		settings: map[string]*textFlag{}}}
	out.Give("run.out", scratch)
	return out
}

// Given reports whether the flag of a setting was given, or --set names it.
func (a *App) Given(key string) bool {
	f := a.Flags.settings[key]
	named := func(s string) bool { return strings.HasPrefix(s, key+"=") }
	return f != nil && f.given || slices.ContainsFunc(a.Flags.Set, named)
}

// Give sets the flag of a setting, as if it had been given.
func (a *App) Give(key, text string) {
	a.Flags.settings[key] = &textFlag{text: text, given: true}
}

// textFlag is the text of a flag that package settings will read, and whether it was given.
type textFlag struct {
	metavar, text string
	given         bool
}

func (f *textFlag) String() string { return f.text }

func (f *textFlag) Type() string { return f.metavar }

func (f *textFlag) Set(s string) error { f.text, f.given = s, true; return nil }

// flagOf is the flag of a setting, without hyphens before it: of run.no_side_runs, no-side-runs.
func flagOf(key string) string {
	return strings.ReplaceAll(key[strings.Index(key, ".")+1:], "_", "-")
}

// SettingFlag declares the flags of some settings: of run.seed, --seed.
func (a *App) SettingFlag(cmd *cobra.Command, keys ...string) {
	if a.Flags.settings == nil {
		a.Flags.settings = map[string]*textFlag{}
	}
	for _, key := range keys {
		metavar, doc := settings.Flag(key)
		if a.Flags.settings[key] == nil {
			a.Flags.settings[key] = &textFlag{metavar: metavar}
		}
		cmd.Flags().Var(a.Flags.settings[key], flagOf(key), doc)
	}
}

// ScenarioFlags declares what changes the scenario: --set, --arm, --contrast, and the posterior.
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

// AnalysisFlags are the flags of a command that looks further into a run.
func (a *App) AnalysisFlags(cmd *cobra.Command) {
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.out")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figures")
}

// ReadSmall reads a file that no sensible input exceeds.
func ReadSmall(path string, limit int64) ([]byte, error) {
	data, err := readfile.All(path, limit)
	if errors.Is(err, readfile.ErrKind) {
		err = fmt.Errorf("%w; name a scenario file, or a run folder", err)
	}
	return data, err
}

// Plainly says in words why a file or folder cannot be used, its path in front.
func Plainly(path string, err error) error { return readfile.Plainly(path, err) }

// Unused makes sure that --write names a path at which there is nothing; missing says what it names.
func Unused(path, missing string) error {
	switch {
	case path == "":
		return fmt.Errorf("--write is missing; name the %s", missing)
	case Exists(path):
		return Unwritten(path, fs.ErrExist)
	}
	return nil
}

// Unwritten is the error of writing at the path that --write names.
func Unwritten(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("--write %s: there is something already; choose another name", path)
	}
	return err
}

// Exists reports whether there is a file or folder.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
