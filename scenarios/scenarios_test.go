package scenarios_test

import (
	"bytes"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

func options() scenario.Options {
	return scenario.Options{KnownSource: evidence.Known, UsePriors: true}
}

func shipped(t *testing.T, name string) []byte {
	t.Helper()
	data, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func load(t *testing.T, name string, data []byte, layers ...scenario.Layer) *scenario.Scenario {
	t.Helper()
	opts := options()
	opts.Layers = layers
	v, err := scenario.Load(path.Base(name), data, opts)
	if err != nil {
		t.Fatalf("%s:\n%v", name, err)
	}
	return v
}

// TestShipped: the five scenarios load, with known sources, and say what they are
// for; those under validation load too.
func TestShipped(t *testing.T) {
	want := []string{"exchange-coalition-2021", "uk-china-dialogue-2026", "us-china-ministerial-2015",
		"us-china-storm-0558-2023", "us-china-working-group-2013"}
	if have := scenarios.Names(); !slices.Equal(have, want) {
		t.Fatalf("shipped: %v, want %v", have, want)
	}
	for _, name := range want {
		v := load(t, name, shipped(t, name))
		c := v.Card
		if c.Question == "" || c.Shows == "" || c.Limits == "" || len(c.Try) < 3 || len(c.Sources) < 3 {
			t.Errorf("%s: the card is incomplete: %+v", name, c)
		}
		if n := len(v.Expect); n < 3 || n > 6 {
			t.Errorf("%s: %d expectations, want 3 to 6", name, n)
		}
	}
	files, err := scenarios.Files.ReadDir("validation")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".yaml")
		data, err := scenarios.Files.ReadFile("validation/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		load(t, name, data)
	}
}

// TestMainScenario: the arms and the headline that everything else is built on.
func TestMainScenario(t *testing.T) {
	v := load(t, "uk-china-dialogue-2026", shipped(t, "uk-china-dialogue-2026"))
	var arms []string
	for _, a := range v.Arms {
		arms = append(arms, a.Name)
	}
	if want := []string{"without-forum", "with-forum", "with-crisis-line"}; !slices.Equal(arms, want) {
		t.Errorf("arms %v, want %v", arms, want)
	}
	if h := v.Headline; h.Outcome != "missteps" || h.Baseline != "without-forum" || h.Treatment != "with-forum" ||
		h.Horizon != v.Horizon {
		t.Errorf("headline %+v", h)
	}
}

// TestSources: every number that a scenario sets, and every expectation, names
// where it comes from; that it is known is checked as the scenario is read.
func TestSources(t *testing.T) {
	for _, name := range scenarios.Names() {
		v := load(t, name, shipped(t, name))
		for _, s := range v.Slots {
			if s.Origin == scenario.FromScenario && s.Source == "" && !soleWeight(s.Path) {
				t.Errorf("%s: %s has no source", name, s.Path)
			}
		}
		for _, e := range v.Expect {
			if e.Source == "" {
				t.Errorf("%s: expect.%s has no source", name, e.ID)
			}
		}
	}
}

// soleWeight: the only weight of a mix is no number, it names the intent.
func soleWeight(path string) bool { return strings.HasSuffix(path, ".mix.crime") }

// TestBaselineIsNotSilent: what exists without the forum is open in every arm,
// unchanged, and the treatment opens something that the baseline lacks.
func TestBaselineIsNotSilent(t *testing.T) {
	for _, name := range scenarios.Names() {
		v := load(t, name, shipped(t, name))
		base := v.Arms[slices.IndexFunc(v.Arms, func(a scenario.Arm) bool { return a.Name == v.Headline.Baseline })]
		treated := v.Arms[slices.IndexFunc(v.Arms, func(a scenario.Arm) bool { return a.Name == v.Headline.Treatment })]
		var open []string
		for i, c := range base.Levers.Channels {
			if !c.Open {
				continue
			}
			open = append(open, c.Name)
			for _, a := range v.Arms {
				if !reflect.DeepEqual(a.Levers.Channels[i], c) {
					t.Errorf("%s: channel %s differs in arm %s", name, c.Name, a.Name)
				}
			}
		}
		if !slices.Contains(open, "embassies") {
			t.Errorf("%s: no embassies in the baseline, only %v", name, open)
		}
		if slices.EqualFunc(base.Levers.Channels, treated.Levers.Channels,
			func(a, b scenario.Channel) bool { return a.Open == b.Open }) {
			t.Errorf("%s: baseline and treatment open the same channels", name)
		}
	}
}

// TestTry: the settings that a card suggests can be set.
func TestTry(t *testing.T) {
	for _, name := range scenarios.Names() {
		data := shipped(t, name)
		v := load(t, name, data)
		number := map[string]string{}
		for _, s := range v.Slots {
			number[s.Path] = s.Dist.Text
		}
		for _, p := range v.Card.Try {
			value, known := number[p]
			switch {
			case strings.HasSuffix(p, ".open"):
				value = "true"
			case strings.HasSuffix(p, ".mandate"):
				value = "[clarify]"
			case strings.HasSuffix(p, ".life.restore"):
				value = "300d"
			case !known:
				value = "0.5"
			}
			t.Run(name+"/"+p, func(t *testing.T) {
				load(t, name, data, scenario.Layer{Origin: scenario.FromFlag, Path: p, Value: value, Where: "--set"})
			})
		}
	}
}

// mustMiss is an entry of testdata/must-miss.yaml.
type mustMiss struct {
	Scenario string   `yaml:"scenario"`
	Path     string   `yaml:"path"`
	Value    string   `yaml:"value"`
	MustMiss []string `yaml:"must_miss"`
}

// TestTwins: each scenario has a twin that differs from it in one number, and the
// expectations that must miss exist and are not excused.
func TestTwins(t *testing.T) {
	var list []mustMiss
	strictly(t, "testdata/must-miss.yaml", &list)
	var names []string
	for _, m := range list {
		names = append(names, m.Scenario)
		data, err := os.ReadFile("testdata/twins/" + m.Scenario + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		original := load(t, m.Scenario, shipped(t, m.Scenario))
		twin := load(t, "twins/"+m.Scenario, data)
		changed := load(t, m.Scenario, shipped(t, m.Scenario),
			scenario.Layer{Origin: scenario.FromFlag, Path: m.Path, Value: m.Value, Where: "test"})
		if have, want := numbers(twin), numbers(changed); !reflect.DeepEqual(have, want) {
			t.Errorf("%s: the twin is not the scenario with %s = %s", m.Scenario, m.Path, m.Value)
		}
		if reflect.DeepEqual(numbers(twin), numbers(original)) {
			t.Errorf("%s: the twin equals the scenario", m.Scenario)
		}
		if !reflect.DeepEqual(withoutLines(twin.Expect), withoutLines(original.Expect)) ||
			!reflect.DeepEqual(twin.Arms, changed.Arms) || !reflect.DeepEqual(twin.Model, original.Model) {
			t.Errorf("%s: the twin differs in more than a number", m.Scenario)
		}
		if len(m.MustMiss) == 0 {
			t.Errorf("%s: nothing must miss", m.Scenario)
		}
		for _, id := range m.MustMiss {
			i := slices.IndexFunc(original.Expect, func(e scenario.Expectation) bool { return e.ID == id })
			if i < 0 || original.Expect[i].KnownMiss != "" {
				t.Errorf("%s: %s is no expectation without excuse", m.Scenario, id)
			}
		}
	}
	slices.Sort(names)
	if want := scenarios.Names(); !slices.Equal(names, want) {
		t.Errorf("twins of %v, want of %v", names, want)
	}
}

func numbers(v *scenario.Scenario) map[string]string {
	out := map[string]string{}
	for _, s := range v.Slots {
		out[s.Path] = s.Dist.Text
	}
	return out
}

func withoutLines(expect []scenario.Expectation) []scenario.Expectation {
	out := slices.Clone(expect)
	for i := range out {
		out[i].Line = 0
	}
	return out
}

// strictly decodes a file and refuses unknown keys.
func strictly(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
