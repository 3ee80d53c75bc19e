package settings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// settable is a key with three values that differ, for the file, the environment
// and a flag, and how it is read off.
type settable struct {
	key            string
	file, env, opt string
	got            func(*Settings) any
}

var settables = []settable{
	{"run.seed", "2", "3", "4", func(s *Settings) any { return s.Run.Seed }},
	{"run.draws", "20", "30", "40", func(s *Settings) any { return s.Run.Draws }},
	{"run.replicates", "5", "6", "7", func(s *Settings) any { return s.Run.Replicates }},
	{"run.workers", "1", "2", "3", func(s *Settings) any { return s.Run.Workers }},
	{"run.precision", "0.1", "0.2", "0.3", func(s *Settings) any { return s.Run.Precision }},
	{"run.delta", "0.1", "0.2", "0.3", func(s *Settings) any { return s.Run.Delta }},
	{"run.generator", "philox", "mix", "philox", func(s *Settings) any { return s.Run.Generator }},
	{"run.posterior", "none", "x.txt", "shipped", func(s *Settings) any { return s.Run.Posterior }},
	{"run.out", "a", "b", "c", func(s *Settings) any { return s.Run.Out }},
	{"run.no_side_runs", "true", "false", "true", func(s *Settings) any { return s.Run.Alone }},
	{"run.bom", "true", "false", "true", func(s *Settings) any { return s.Run.BOM }},
	{"plot.formats", "[svg]", "[png]", "[pdf]", func(s *Settings) any { return s.Plot.Formats }},
	{"plot.width", "9", "12", "17cm", func(s *Settings) any { return s.Plot.Width }},
	{"plot.dpi", "100", "150", "300", func(s *Settings) any { return s.Plot.DPI }},
	{"plot.bare", "true", "false", "true", func(s *Settings) any { return s.Plot.Bare }},
	{"plot.grey", "true", "false", "true", func(s *Settings) any { return s.Plot.Grey }},
	{"plot.font", "serif", "sans", "serif", func(s *Settings) any { return s.Plot.Serif }},
	{"decide.weights", "[missteps=1, forgone=2]", "missed=1", "missteps=1,missed=0:1",
		func(s *Settings) any { return s.Decide.Weights }},
}

// layered is the input in which the layers of a subset set a key: 1 the file, 2 the
// environment, 4 a flag.
func layered(c settable, subset int) Input {
	in := Input{File: "config.yaml"}
	section, leaf, _ := strings.Cut(c.key, ".")
	if subset&1 != 0 {
		in.Data = []byte(section + ":\n  " + leaf + ": " + c.file + "\n")
	}
	if subset&2 != 0 {
		in.Environ = []string{EnvName(c.key) + "=" + c.env}
	}
	if subset&4 != 0 {
		in.Flags = flag(c.key, c.opt)
	}
	return in
}

// TestPrecedenceGrid: for every key and every subset of layers the last one wins.
// Catches two layers that are merged in the wrong order for one kind of value.
func TestPrecedenceGrid(t *testing.T) {
	if len(settables) != len(keys) {
		t.Errorf("%d keys in the table, %d settings", len(settables), len(keys))
	}
	for i, c := range settables {
		if c.key != keys[i].name {
			t.Errorf("row %d is %s, not %s", i, c.key, keys[i].name)
		}
		for subset := range 8 {
			winner := keys[i].def
			for bit, text := range []string{c.file, c.env, c.opt} {
				if subset&(1<<bit) != 0 {
					winner = text
				}
			}
			want := &Settings{}
			if must := keys[i].take(want, winner); must != "" {
				t.Fatalf("%s: %s", c.key, must)
			}
			if got := load(t, layered(c, subset)); fmt.Sprint(c.got(got)) != fmt.Sprint(c.got(want)) {
				t.Errorf("%s, layers %03b: %v, want %s", c.key, subset, c.got(got), winner)
			}
		}
	}
}

// TestLayersTouchNothingElse: a key that is set leaves the others at their default.
// Catches a setter that stores into the field of its neighbour.
func TestLayersTouchNothingElse(t *testing.T) {
	untouched := load(t, Input{})
	for _, c := range settables {
		for _, subset := range []int{1, 2, 4} {
			got := load(t, layered(c, subset))
			for _, other := range settables {
				if other.key != c.key && fmt.Sprint(other.got(got)) != fmt.Sprint(other.got(untouched)) {
					t.Errorf("%s by layer %d changes %s to %v", c.key, subset, other.key, other.got(got))
				}
			}
		}
	}
}

// TestWrongValueNamesTheWinner: a wrong value is told with the place that won, and
// one that lost is not told. Catches a check of values that nobody uses.
func TestWrongValueNamesTheWinner(t *testing.T) {
	for subset := 1; subset < 8; subset++ {
		c := settable{key: "run.draws", file: "none", env: "no", opt: "nil"}
		_, err := Load(layered(c, subset))
		must := " is not " + keys[1].take(&Settings{}, "x")
		want := `--x: run.draws: "nil"` + must
		switch {
		case subset < 2:
			want = `config.yaml:2:3: run.draws: "none"` + must
		case subset < 4:
			want = `MISSTEP_RUN_DRAWS: run.draws: "no"` + must
		}
		if err == nil || err.Error() != want {
			t.Errorf("layers %03b: %v", subset, err)
		}
		c.opt = "9"
		if s, err := Load(layered(c, subset|4)); err != nil || s.Run.Draws != 9 {
			t.Errorf("layers %03b: a flag does not mend what it overrides: %v", subset|4, err)
		}
	}
}

// TestEveryParameterByFileAndVariable: each parameter of the registry can be set in
// config.yaml and by its variable. Catches a group or an underscore that the names lose.
func TestEveryParameterByFileAndVariable(t *testing.T) {
	for _, p := range param.All() {
		value := param.FormatNumber(p.Default, p.Domain.Duration)
		in := Input{File: "dir/c.yaml", Data: []byte("model:\n  " + p.Group() + ":\n    " + p.Short() + ": " + value + "\n"),
			Environ: []string{EnvName(modelPrefix+p.Name) + "=" + value}}
		want := []scenario.Layer{
			{Origin: scenario.FromConfig, Path: p.Name, Value: value, Where: "c.yaml:3"},
			{Origin: scenario.FromEnv, Path: p.Name, Value: value,
				Where: "MISSTEP_MODEL_" + strings.ToUpper(strings.ReplaceAll(p.Name, ".", "_"))},
		}
		if got := load(t, in).Layers; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", p.Name, got, want)
		}
	}
}

// TestEnvironmentOrder: parameters of the environment come in the order of the
// registry, however the environment is sorted. Catches layers in the order of a map.
func TestEnvironmentOrder(t *testing.T) {
	var environ, want []string
	for _, p := range param.All() {
		environ = append(environ, EnvName(modelPrefix+p.Name)+"=1")
		want = append(want, p.Name)
	}
	for range 3 {
		slices.Reverse(environ)
		environ = append(environ[7:], environ[:7]...)
		var got []string
		for _, l := range load(t, Input{Environ: environ}).Layers {
			got = append(got, l.Path)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v", got)
		}
	}
}

// TestValuesAsWritten: what a person may write for a parameter reaches the scenario
// as a flag would say it. Catches a value that YAML turns into another text.
func TestValuesAsWritten(t *testing.T) {
	for written, want := range map[string]string{
		"30":                                   "30",
		"0.30":                                 "0.30",
		"1e3":                                  "1e3",
		"-0.5":                                 "-0.5",
		"0d":                                   "0d",
		"1.5y":                                 "1.5y",
		"20d to 40d":                           "20d to 40d",
		"0.05 to 1.36 at 95%":                  "0.05 to 1.36 at 95%",
		`"uniform(0, 1)"`:                      "uniform(0, 1)",
		"normal(0.1, 0.15)":                    "normal(0.1, 0.15)",
		"'25 to 75'":                           "25 to 75",
		"30 # a guess":                         "30",
		"{value: 30, source: T11}":             "{value: 30, source: T11}",
		"{value: 1 to 3, source: \"T7, T19\"}": "{value: 1 to 3, source: 'T7, T19'}",
		"true":                                 "true",
		".nan":                                 ".nan",
	} {
		layers := load(t, Input{Data: []byte("model:\n  choice:\n    cost: " + written + "\n")}).Layers
		if len(layers) != 1 || strings.ReplaceAll(layers[0].Value, `"`, "'") != strings.ReplaceAll(want, `"`, "'") {
			t.Errorf("%s: %q, want %q", written, layers, want)
		}
	}
	long := load(t, Input{Data: []byte(
		"model:\n  choice:\n    cost:\n      # why\n      value: 30 # how\n      source: T11\n")}).Layers
	if len(long) != 1 || long[0].Value != "{value: 30, source: T11}" || long[0].Where != "config.yaml:3" {
		t.Errorf("over several lines: %+v", long)
	}
}

// TestUnknownAtEachLevel: a wrong key is found at any depth, beside right ones, with
// what the level knows. Catches a walk that stops at the first level or mistake.
func TestUnknownAtEachLevel(t *testing.T) {
	text := "ran: 1\nrun:\n  sede: 1\n  seed: 4\nplot:\n  colour: red\nmodel:\n  choices: {}\n  choice:\n    gaol: 1\n " +
		"   goal: 2\n  life: 3\n"
	_, err := Load(Input{File: "c.yaml", Data: []byte(text)})
	want := []string{
		`c.yaml:1:1: unknown key "ran"; did you mean "run"?`,
		`c.yaml:3:3: unknown key "run.sede"; did you mean "run.seed"?`,
		`c.yaml:6:3: unknown key "plot.colour"; known: formats, width, dpi, bare, grey, font`,
		`c.yaml:8:3: unknown key "model.choices"; did you mean "model.choice"?`,
		`c.yaml:10:5: unknown key "model.choice.gaol"; did you mean "model.choice.goal"?`,
		`c.yaml:12:9: config.model.life is to be a mapping`,
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
}

// TestBadVariables: a variable of the program that is none, or says nothing right,
// is named; those of others are let alone. Catches a prefix that is matched loosely.
func TestBadVariables(t *testing.T) {
	for pair, want := range map[string]string{
		"MISSTEP_RUN_SED=1": `MISSTEP_RUN_SED: unknown environment variable; did you mean ` +
			`"MISSTEP_RUN_SEED"?`,
		"MISSTEP_MODEL_CHOICE_RATIONALTY=1": `MISSTEP_MODEL_CHOICE_RATIONALTY: unknown environment variable; did you mean ` +
			`"MISSTEP_MODEL_CHOICE_RATIONALITY"?`,
		"MISSTEP_=1":               `MISSTEP_: unknown environment variable; `,
		"MISSTEP_run_seed=1":       `MISSTEP_run_seed: unknown environment variable; did you mean "MISSTEP_RUN_SEED"?`,
		"MISSTEP_RUN_SEED=1.5":     `MISSTEP_RUN_SEED: run.seed: "1.5" is not a whole number, 0 to 18446744073709551615`,
		"MISSTEP_RUN_WORKERS=1025": `MISSTEP_RUN_WORKERS: run.workers: "1025" is not a whole number, 0 to 1024`,
		"MISSTEP_RUN_PRECISION=-0.1": `MISSTEP_RUN_PRECISION: run.precision: "-0.1" is not a number that a computer can ` +
			`hold, 0 or more`,
		"MISSTEP_RUN_PRECISION=NaN": `MISSTEP_RUN_PRECISION: run.precision: "NaN" is not a number that a computer can ` +
			`hold, 0 or more`,
		"MISSTEP_PLOT_WIDTH=0.5": `MISSTEP_PLOT_WIDTH: plot.width: "0.5" is not a width in cm, 8 to 60`,
		"MISSTEP_PLOT_DPI=1201":  `MISSTEP_PLOT_DPI: plot.dpi: "1201" is not a whole number, 20 to 1200`,
		"MISSTEP_PLOT_FORMATS=svg svg": `MISSTEP_PLOT_FORMATS: plot.formats: "svg svg" is not one or more of svg, png, ` +
			`pdf, each once`,
		"MISSTEP_RUN_GENERATOR=Mix": `MISSTEP_RUN_GENERATOR: run.generator: "Mix" is not mix or philox`,
	} {
		_, err := Load(Input{Environ: []string{pair}})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", pair, err)
		}
	}
	load(t, Input{Environ: []string{"MISSTEPS_RUN_SEED=x", "XMISSTEP_RUN_SEED=x", "misstep_run_seed=x",
		"MISSTEP_RUN_SEED=", "MISSTEP_NOTHING="}})
}

// TestBounds: the ends of a range are in it and the next number is not. Catches a
// bound that is off by one, or strict where it may be met.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		key       string
		good, bad []string
	}{
		{"run.seed", []string{"0", "18446744073709551615"}, []string{"-1", "18446744073709551616", "1e3", "", " 1"}},
		{"run.draws", []string{"1", "10000"}, []string{"0", "10001", "2.0", "0x10"}},
		{"run.replicates", []string{"1", "1000000"}, []string{"0", "1000001", "-5"}},
		{"run.workers", []string{"0", "1024"}, []string{"-1", "1025"}},
		{"run.precision", []string{"0", "1e300", "0.001"}, []string{"-0.001", "Inf", "nan", "x", "1e-400"}},
		{"run.delta", []string{"0.001", "100"}, []string{"0", "100.1", "-1", "nan"}},
		{"plot.width", []string{"8", "60", "9.25", "12cm", "12 cm"},
			[]string{"7.99", "60.01", "Inf", "nan", "3", "8in", "cm"}},
		{"plot.bare", []string{"true", "false"}, []string{"", "yes please", "2"}},
		{"plot.grey", []string{"true", "false"}, []string{"", "gray"}},
		{"plot.font", []string{"sans", "serif"}, []string{"", "Arial", "Serif"}},
		{"plot.dpi", []string{"20", "762"}, []string{"19", "763", "1201", "200.5"}},
		{"plot.formats", []string{"svg", "svg,png", "[pdf, png, svg]", "pdf png"},
			[]string{"", "[]", "gif", "svg,svg", "SVG"}},
		{"run.posterior", []string{"shipped", "none", "a b.txt", "../x"}, []string{"", " ", "a\x00"}},
		{"decide.weights", []string{"missteps=1", "[missteps=0.5, missed=2]", "forgone=1:0:0.25", "missteps_covert=1"},
			[]string{"", "[]", "missteps", "missteps=", "missteps=-1", "missteps=x", "missteps=nan", "missteps=1e7",
				"mistakes=1", "regret=1", "missteps=1, missteps=2", "missteps=1:1", "missteps=1:2:3:4:5:6", "any_misstep=1"}},
		{"run.out", []string{"a", "a b", "../x", "/abs"}, []string{"", "  ", "a\x00"}},
	} {
		for _, text := range c.good {
			if _, err := Load(Input{Flags: flag(c.key, text)}); err != nil {
				t.Errorf("%s=%q: %v", c.key, text, err)
			}
		}
		for _, text := range c.bad {
			if _, err := Load(Input{Flags: flag(c.key, text)}); err == nil ||
				!strings.HasPrefix(err.Error(), "--x: "+c.key+": ") {
				t.Errorf("%s=%q: %v", c.key, text, err)
			}
		}
	}
}
