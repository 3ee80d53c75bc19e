package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

func load(t *testing.T, in Input) *Settings {
	t.Helper()
	if in.File == "" {
		in.File = "dir/config.yaml"
	}
	s, err := Load(in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func flag(key, text string) map[string]Option { return map[string]Option{key: {"--x", text}} }

func TestDefaults(t *testing.T) {
	want := &Settings{
		Run: Run{Seed: 1, Draws: 200, Replicates: 12, Delta: 0.05, Generator: random.Mix, Posterior: Shipped,
			Out: "outputs"},
		Plot:   Plot{Formats: []string{"svg", "png", "pdf"}, Width: 20, DPI: 200},
		Decide: Decide{[]Worth{{"missteps", []float64{1}}, {"missed", []float64{1}}, {"forgone", []float64{0, 0.5, 1}}}},
	}
	if diff := cmp.Diff(want, load(t, Input{})); diff != "" {
		t.Error(diff)
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, config string
		environ      []string
		flags        map[string]Option
		want         string
	}{
		{"unknown parameter", "model:\n  choice:\n    rationalty: 1\n", nil, nil,
			`c.yaml:3:5: unknown key "model.choice.rationalty"; did you mean "model.choice.rationality"?`},
		{"parameter without group", "model:\n  rationality: 1\n", nil, nil,
			`c.yaml:2:3: unknown key "model.rationality"; known: `},
		{"another case", "run:\n  Seed: 3\n", nil, nil, `c.yaml:2:3: unknown key "run.Seed"; did you mean "run.seed"?`},
		{"twice", "run:\n  seed: 1\n  seed: 2\n", nil, nil, `c.yaml`},
		{"not a mapping", "run: 3\n", nil, nil, `c.yaml:1:6: config.run is to be a mapping`},
		{"no value", "run:\n  seed:\n", nil, nil, `c.yaml:2:3: run.seed has no value; give one, or comment the line out`},
		{"not YAML", "run: [\n", nil, nil, `c.yaml:`},
		{"alias", "run: &a\n  seed: 1\n", nil, nil, `anchors, aliases and merge keys have no place here`},
		{"second document", "run:\n  seed: 1\n---\nrun:\n  seed: 2\n", nil, nil, `a second document begins here`},
		{"no number", "run:\n  draws: many\n", nil, nil, `c.yaml:2:3: run.draws: "many" is not a whole number, 1 to 10000`},
		{"no draws", "run:\n  draws: 0\n", nil, nil, `c.yaml:2:3: run.draws: "0" is not a whole number, 1 to 10000`},
		{"nan", "plot:\n  width: .nan\n", nil, nil, `c.yaml:2:3: plot.width: ".nan" is not a width in cm, 8 to 60`},
		{"format", "plot:\n  formats: [svg, gif]\n", nil, nil,
			`c.yaml:2:3: plot.formats: "[svg, gif]" is not one or more of svg, png, pdf, each once`},
		{"no format", "plot:\n  formats: []\n", nil, nil, `is not one or more of svg, png, pdf`},
		{"posterior", "", nil, flag("run.posterior", " "),
			`--x: run.posterior: " " is not shipped, none or the name of a file`},
		{"out", "", nil, flag("run.out", " "), `--x: run.out: " " is not the name of a folder`},
		{"unknown flag key", "", nil, flag("plot.dip", "3"), `--x: unknown setting "plot.dip"; did you mean "plot.dpi"?`},
		{"too long", strings.Repeat("#", MaxBytes+1), nil, nil, `c.yaml: 1048577 bytes long`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(Input{File: "c.yaml", Data: []byte(c.config), Environ: c.environ, Flags: c.flags})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

// TestAllProblems: one mistake does not hide another.
func TestAllProblems(t *testing.T) {
	_, err := Load(Input{File: "c.yaml", Data: []byte("run:\n  sed: 1\n  draws: x\n"), Environ: []string{"MISSTEP_X=1"}})
	for _, want := range []string{"run.sed", "run.draws", "MISSTEP_X"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nlacks %s", err, want)
		}
	}
}

func TestEmptyFiles(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing\n", "run:\n", "model:\n  choice:\n"} {
		if diff := cmp.Diff(load(t, Input{}), load(t, Input{Data: []byte(text)})); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// FuzzLoad: whatever a config file, a variable or a flag says, the answer is
// settings within their bounds or problems that name a place.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{"run:\n  seed: 1\n", "run: {draws: 2}",
		"model:\n  choice: {cost: {value: 1, source: T1}}\n", "plot:\n  formats: [svg, svg]\n",
		"&a [*a]", "? x\n: y\n", "run:\n  <<: {seed: 1}\n", "---\n---\n", "\x00", "run: !!binary x",
		"run:\n  seed: !!int 3\n", "\ufeffrun:\n  out: x\n"} {
		f.Add(s, "2", "3")
	}
	f.Fuzz(func(t *testing.T, file, env, flagged string) {
		s, err := Load(Input{File: "c.yaml", Data: []byte(file), Environ: []string{"MISSTEP_RUN_DRAWS=" + env},
			Flags: flag("run.replicates", flagged)})
		if err != nil {
			for _, line := range strings.Split(err.Error(), "\n") {
				if line == "" {
					t.Errorf("an empty line in %q", err)
				}
			}
			return
		}
		if r := s.Run; r.Draws < 1 || r.Replicates < 1 || r.Workers < 0 || r.Precision < 0 || r.Out == "" ||
			len(s.Plot.Formats) == 0 || s.Plot.DPI < 20 || !(s.Plot.Width >= 8) {
			t.Errorf("%+v", s)
		}
		for _, l := range s.Layers {
			if _, ok := param.ByName(l.Path); !ok || l.Where == "" {
				t.Errorf("%+v", l)
			}
		}
	})
}

// TestClip: a value that fills a page does not fill a message.
func TestClip(t *testing.T) {
	_, err := Load(Input{File: "c.yaml", Flags: flag("run.draws", strings.Repeat("x", 5000))})
	if err == nil || len(err.Error()) > 200 || !strings.Contains(err.Error(), "xxx…") {
		t.Errorf("%v", err)
	}
}

// TestEnvNames: every key has its variable, and no two share one.
func TestEnvNames(t *testing.T) {
	seen := map[string]string{}
	for _, k := range known() {
		name := EnvName(k)
		if other, twice := seen[name]; twice {
			t.Errorf("%s stands for %s and %s", name, k, other)
		}
		seen[name] = k
		if strings.ToUpper(name) != name || !strings.HasPrefix(name, "MISSTEP_") || strings.ContainsAny(name, ".- ") {
			t.Errorf("%s", name)
		}
	}
	for key, want := range map[string]string{"run.seed": "MISSTEP_RUN_SEED",
		"model.choice.rationality":        "MISSTEP_MODEL_CHOICE_RATIONALITY",
		"model.onset.deterrence_halflife": "MISSTEP_MODEL_ONSET_DETERRENCE_HALFLIFE"} {
		if got := EnvName(key); got != want {
			t.Errorf("%s: %s", key, got)
		}
	}
}

// TestKeysAreLowerCase: viper lowers the case of keys, so none may have another.
func TestKeysAreLowerCase(t *testing.T) {
	for _, k := range known() {
		if strings.ToLower(k) != k {
			t.Errorf("%s", k)
		}
	}
}
