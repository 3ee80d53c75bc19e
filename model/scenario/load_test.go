package scenario

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/param"
)

// tiny is the smallest scenario that loads.
const tiny = `misstep: 1
title: Tiny
start: 2026-01-01
horizon: 5y
assumptions:
  states: {A: {}, B: {}}
  onset: [{source: B, victim: A, rate: 1, mix: {espionage: 1}}]
arms: {one: {}}
`

func mustLoad(t *testing.T, data string, layers ...Layer) *Scenario {
	t.Helper()
	opts := world
	opts.Layers = layers
	v, err := Load("test", []byte(data), opts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// firstProblem loads what cannot load.
func firstProblem(t *testing.T, data string, layers ...Layer) Problem {
	t.Helper()
	opts := world
	opts.Layers = layers
	_, err := Load("test", []byte(data), opts)
	var ps Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		t.Fatalf("want Problems, got %v", err)
	}
	return ps[0]
}

func full(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// slot returns the number that stands at a path.
func slot(t *testing.T, v *Scenario, path string) Slot {
	t.Helper()
	for _, s := range v.Slots {
		if s.Path == path {
			return s
		}
	}
	t.Fatalf("no slot %q", path)
	return Slot{}
}

func TestStarterLoads(t *testing.T) {
	v, err := Load("starter", Starter(), Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Arms) != 2 || v.Headline.Baseline != "without-forum" || v.Headline.Treatment != "with-forum" {
		t.Errorf("arms %d, headline %+v", len(v.Arms), v.Headline)
	}
	if v.Arms[0].Levers.Channels[0].Open || !v.Arms[1].Levers.Channels[0].Open {
		t.Error("the arms do not differ in the forum")
	}
}

func TestTinyDefaults(t *testing.T) {
	v := mustLoad(t, tiny)
	want := Model{Rule: "ladder", StakesRung: 3, Coupling: "quantile", Severity: "posterior", Lookahead: 1,
		Answers: "fixed", WaitsFrom: 3,
		Decisions: "each", PieceSignal: "all", Quiet: 180, Backlog: 4 * param.DaysPerYear, MaxEvents: 50000}
	if diff := cmp.Diff(want, v.Model); diff != "" {
		t.Errorf("model (-want +got):\n%s", diff)
	}
	if v.Horizon != 5*param.DaysPerYear || v.Scale != "standard" || v.Name != "test" {
		t.Errorf("horizon %v, scale %q, name %q", v.Horizon, v.Scale, v.Name)
	}
	if v.Headline != (Headline{Outcome: "missteps", Baseline: "one", Horizon: v.Horizon}) {
		t.Errorf("headline %+v", v.Headline)
	}
	o := v.Onset[0]
	if !o.Arrivals || o.Counted != "known" || o.Mix[Crime] != -1 || o.Mix[Espionage] < 0 {
		t.Errorf("onset %+v", o)
	}
}

// TestFullParts looks at each part of a scenario that uses every key.
func TestFullParts(t *testing.T) {
	v := mustLoad(t, full(t))
	num := func(path string) Num {
		for i, s := range v.Slots {
			if s.Path == path {
				return Num(i)
			}
		}
		t.Fatalf("no slot %q", path)
		return -1
	}
	checks := []struct {
		what      string
		got, want any
	}{
		{"card", v.Card.Try, []string{"change one", "change: another"}},
		{"model", v.Model, Model{"stakes", 5, "gumbel", "raw", 0, "strategic", "once", true, 3, []float64{15, 30}, "first",
			90, 3 * param.DaysPerYear, 20000, 0}},
		{"states", []string{v.States[0].Name, v.States[1].Name, v.States[2].Name, v.States[3].Name},
			[]string{"China", "Japan", "Russia", "United Kingdom"}},
		{"menu", v.States[3].Menu, []int{0, 1, 5}},
		{"no menu", v.States[0].Menu, []int(nil)},
		{"observer", v.States[1].Observer, true},
		{"confusion", v.States[3].Confusion["criminals"], []Share{
			{"China", num("assumptions.states.United Kingdom.confusion.criminals.China")},
			{"criminals", num("assumptions.states.United Kingdom.confusion.criminals.criminals")}}},
		{"group", v.Groups, []Group{{"criminals", []string{"China", "Russia"}}}},
		{"stream", v.Onset[1], Onset{"Russia", "United Kingdom", num("assumptions.onset.Russia>United Kingdom.rate"),
			"started",
			[4]Num{num("assumptions.onset.Russia>United Kingdom.mix.espionage"), -1,
				num("assumptions.onset.Russia>United Kingdom.mix.disruption"), -1}, false}},
		{"beliefs", v.Beliefs, []Belief{
			{"China", "United Kingdom", -1, num("assumptions.beliefs.China>United Kingdom.tension")},
			{"United Kingdom", "Russia", num("assumptions.beliefs.United Kingdom>Russia.status_quo"), -1}}},
		{"price before the start", v.Prices[0].From, -678.0},
		{"thaw", v.Thaws, []Thaw{{[2]string{"China", "United Kingdom"}, 28, 212,
			num("assumptions.thaws.China&United Kingdom@2026-03-01.level")}}},
		{"shocks", []string{v.Shocks[0].Name, v.Shocks[1].Name}, []string{"balloon", "strait"}},
		{"random shock", v.Randoms[0].Rate, num("assumptions.random_shocks.crisis.per_year")},
		{"drawn incident", v.Incidents[0], Incident{"grid", "United Kingdom", "", Espionage, true, -62, -1, -1, -1, -1, -1}},
		{"incident", v.Incidents[1].Discovered, num("assumptions.incidents.ministry.discovered")},
		{"arms", []string{v.Arms[0].Name, v.Arms[1].Name, v.Arms[2].Name}, []string{"without-forum", "with-forum", "narrow"}},
		{"channel", v.Arms[1].Levers.Channels[0],
			Channel{Name: "dialogue", Members: []string{"China", "United Kingdom"}, Open: true, Opens: 120, Track: "1.5",
				Meets: true, Question: "culprit-and-intent", Mandate: [NumMechanisms]bool{Clarify: true, Trust: true}}},
		{"hotline", v.Arms[1].Levers.Channels[1],
			Channel{Name: "hotline", Members: []string{"China", "Russia"}, Open: true, Opens: -3 * param.DaysPerYear,
				Track: "1", Question: "culprit"}},
		{"removed", len(v.Arms[2].Levers.Channels), 1},
		{"narrow", v.Arms[2].Levers.Channels[0].Mandate, [NumMechanisms]bool{Clarify: true}},
		{"closed", v.Arms[2].Levers.Coalitions[0].Open, false},
		{"partners", v.Arms[0].Levers.Coalitions[0].Partners,
			[]Partner{{"Australia", -1}, {"Canada", num("levers.coalitions.allies.partners.Canada")}, {"Japan", -1}}},
		{"summit", v.Arms[0].Levers.Summits[0].Open, false},
		{"headline", v.Headline, Headline{"missteps", "without-forum", "with-forum", 2 * param.DaysPerYear}},
		{"expectation", v.Expect[1].Statistic,
			Statistic{"any", "act", "United Kingdom", "China", "ministry", "", "", 3, 5, 120, 485, true}},
		{"known miss", v.Expect[1].KnownMiss, "made up"},
		{"window", []float64{v.Expect[0].Statistic.After, v.Expect[0].Statistic.Before}, []float64{0, v.Horizon}},
	}
	for _, c := range checks {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

// TestParamFallsBack: an entity's own value, else the global one.
func TestParamFallsBack(t *testing.T) {
	v := mustLoad(t, full(t))
	for _, c := range []struct {
		id     param.ID
		entity string
		path   string
	}{
		{param.ChoiceRationality, "states.United Kingdom", "assumptions.states.United Kingdom.choice.rationality"},
		{param.ChoiceRationality, "states.China", "assumptions.choice.rationality"},
		{param.ChoiceRationality, "", "assumptions.choice.rationality"},
		{param.TypeStatusQuo, "states.China", "assumptions.states.China.type.status_quo"},
		{param.EvidenceFlagRate, "groups.criminals", "assumptions.groups.criminals.evidence.flag_rate"},
		{param.EvidenceFlagRate, "states.Russia", "assumptions.evidence.flag_rate"},
		{param.DiscoveryShare, v.Onset[2].Entity(), "assumptions.discovery.share"},
		{param.DiscoveryShare, "onset.criminals>United Kingdom",
			"assumptions.onset.criminals>United Kingdom.discovery.share"},
		{param.OnsetContagion, "states.China", "assumptions.onset.contagion"},
		{param.StrengthClarify, v.Arms[1].Levers.Channels[0].Entity(), "assumptions.channels.dialogue.strength.clarify"},
		{param.StrengthClarify, "channels.hotline", "assumptions.strength.clarify"},
	} {
		if got := v.Slots[v.Param(c.id, c.entity)]; got.Path != c.path || got.Param != c.id {
			t.Errorf("%s of %q is %s, want %s", param.Get(c.id).Name, c.entity, got.Path, c.path)
		}
	}
}

// TestSlots: one for each parameter, sorted, with its origin.
func TestSlots(t *testing.T) {
	for _, priors := range []bool{false, true} {
		opts := world
		opts.UsePriors = priors
		v, err := Load("test", []byte(full(t)), opts)
		if err != nil {
			t.Fatal(err)
		}
		global := 0
		for i, s := range v.Slots {
			if i > 0 && v.Slots[i-1].Path >= s.Path {
				t.Fatalf("%q stands before %q", v.Slots[i-1].Path, s.Path)
			}
			if !s.Domain.Contains(s.Dist.Median()) {
				t.Errorf("%s: median %v outside %s", s.Path, s.Dist.Median(), s.Domain.Text)
			}
			if s.Param < 0 || s.Path != globalPath(param.Get(s.Param)) {
				continue
			}
			global++
			p := param.Get(s.Param)
			if got := v.global[s.Param]; got != Num(i) {
				t.Errorf("%s is number %d, not %d", p.Name, got, i)
			}
			switch {
			case s.Origin == FromScenario && s.Line > 0:
			case s.Origin == FromPrior && priors && p.Prior != "" && s.Source == p.Source:
			case s.Origin == FromDefault && (!priors || p.Prior == "") && s.Dist.IsPoint() && s.Dist.A == p.Default:
			default:
				t.Errorf("priors %v: %s has %+v", priors, p.Name, s)
			}
		}
		if global != param.Count() {
			t.Errorf("%d global parameters, want %d", global, param.Count())
		}
	}
	if s := slot(t, mustLoad(t, full(t)),
		"assumptions.choice.cost"); s.Source != "T5, [Fearon1994]; assumption: rounded" || s.Line != 28 {
		t.Errorf("%+v", s)
	}
}

// TestDefaultKeepsPath: writing a default out moves no other number.
func TestDefaultKeepsPath(t *testing.T) {
	a := mustLoad(t, tiny)
	b := mustLoad(t, strings.Replace(tiny, "  states", "  choice: {rationality: 50}\n  states", 1))
	if len(a.Slots) != len(b.Slots) {
		t.Fatalf("%d and %d slots", len(a.Slots), len(b.Slots))
	}
	for i := range a.Slots {
		if a.Slots[i].Path != b.Slots[i].Path {
			t.Errorf("%s became %s", a.Slots[i].Path, b.Slots[i].Path)
		}
	}
}

func TestNameOfScenario(t *testing.T) {
	for name, ok := range map[string]bool{"uk-china": true, "a1": true, "2026": true, "": false, "-a": false, "UK": false,
		"a b":  false,
		"../a": false, "a.yaml": false, strings.Repeat("a", 81): false} {
		if _, err := Load(name, []byte(tiny), Options{}); (err == nil) != ok {
			t.Errorf("name %q: %v", name, err)
		}
	}
}
