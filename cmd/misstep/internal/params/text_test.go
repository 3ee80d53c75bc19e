package params

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// slotOf is a number as a scenario holds it.
func slotOf(t *testing.T, name, value string, origin scenario.Origin) scenario.Slot {
	t.Helper()
	def, ok := param.ByName(name)
	if !ok {
		t.Fatalf("no parameter %s", name)
	}
	d, err := param.ParseDist(value, def.Domain)
	if err != nil {
		t.Fatal(err)
	}
	return scenario.Slot{Path: "assumptions." + name, Param: def.ID, Dist: d, Domain: def.Domain, Origin: origin,
		Source: "T5", Line: 12}
}

// TestParamOrigins: value, origin and source of a number, in a line and in full, by
// the layer that won. Catches an origin that is told as another.
func TestParamOrigins(t *testing.T) {
	for _, c := range []struct {
		origin     scenario.Origin
		value      string
		line, from string
	}{
		{scenario.FromDefault, "0.6", "0.6 U default T5", "the default: nobody says otherwise"},
		{scenario.FromPrior, "0.2 to 0.9", "0.2 to 0.9 U prior T5", "the prior: nobody says otherwise"},
		{scenario.FromScenario, "0.7", "0.7 U scenario T5", "the scenario, x.yaml:12"},
		{scenario.FromConfig, "uniform(0, 1)", "uniform(0, 1) U config T5", "the settings file"},
		{scenario.FromEnv, "0.8", "0.8 U environment T5", "the environment"},
		{scenario.FromFlag, "0.9", "0.9 U flag T5", "a flag"},
	} {
		s := slotOf(t, "choice.goal", c.value, c.origin)
		p := describeSlot(&s, true)
		if got := strings.Join(strings.Fields(paramRow(&p, false)), " "); got != "choice.goal "+c.line {
			t.Errorf("%q, want %q", got, c.line)
		}
		full := paramInFull([]parameter{p}, "x.yaml")
		for _, want := range []string{"choice.goal\n", "\n  value    " + c.value, "\n  from     " + c.from + "\n",
			"\n  unit     U\n", "\n  domain   ≥ 0\n", "\n  default  0.6\n",
			"\n  prior    none: the default is taken as exact\n",
			"\n  source   T5\n"} {
			if !strings.Contains(full, want) {
				t.Errorf("%s lacks %q:\n%s", c.origin, want, full)
			}
		}
		if strings.Contains(full, "median") != (p.before.median != "") || (p.before.median == "") != s.Dist.IsPoint() {
			t.Errorf("%s: median %q\n%s", c.value, p.before.median, full)
		}
	}
}

// TestParamRows: whatever a number is called and rests on, its line fits, its columns
// stand below each other, and a long name takes a line of its own. Catches a source
// that runs over the screen.
func TestParamRows(t *testing.T) {
	for _, c := range []struct{ path, source string }{
		{"choice.goal", strings.Repeat("why ", 60)}, {"assumptions.states.Aland.choice.goal", "T5"},
		{"assumptions.states." + strings.Repeat("United ", 5) + "choice.goal", strings.Repeat("é", 200)}, {"x", ""},
	} {
		s := slotOf(t, "choice.goal", "0.2 to 0.9", scenario.FromScenario)
		s.Path, s.Source = c.path, c.source
		for _, global := range []bool{true, false} {
			p := describeSlot(&s, global)
			lines := strings.Split(paramRow(&p, false), "\n")
			last := lines[len(lines)-1]
			if got := strings.Index(last, "0.2 to 0.9"); got != paramName+1 || len(lines) > 2 {
				t.Errorf("the value stands in column %d of %q", got, lines)
			}
			if w := utf8.RuneCountInString(last); w > say.Width {
				t.Errorf("%d columns: %s", w, last)
			}
		}
	}
}

// TestShortNumber: three significant digits, no idle zeros, a minus sign, days marked.
// Catches a large number that loses digits before the point.
func TestShortNumber(t *testing.T) {
	for _, c := range []struct {
		x        float64
		duration bool
		want     string
	}{
		{0, false, "0"}, {0, true, "0"}, {0.126, false, "0.126"}, {0.12345, false, "0.123"}, {1.5, false, "1.5"},
		{29.96, false, "30"}, {1234.56, false, "1235"},
		{-0.05, false, "−0.05"}, {365.25, true, "365d"}, {0.00001234, false, "0.000012"}, {7, true, "7d"},
		{99999, false, "99999"},
	} {
		if got := say.Short(c.x, c.duration); got != c.want {
			t.Errorf("%v: %q, want %q", c.x, got, c.want)
		}
	}
}

// TestScopeAndUnit: the words of a scope, and a unit unless the value says it. Catches
// days that are said twice.
func TestScopeAndUnit(t *testing.T) {
	for scope, want := range map[string]string{"": "", "global": "one value for everyone",
		"onset": "an entry of onset may hold its own value",
		"state": "a state may hold its own value", "channel": "a channel may hold its own value"} {
		if got := scopeInFull(scope); got != want {
			t.Errorf("%s: %q", scope, got)
		}
	}
	for _, c := range []struct{ value, unit, want string }{{"30", "U", "30 U"}, {"0.5", "–", "0.5"}, {"90d", "d", "90d"},
		{"2", "", "2"}, {"1 to 3", "1/y", "1 to 3 1/y"}} {
		if got := valueWithUnit(&parameter{Value: c.value, Unit: c.unit}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestSplitParamsArgs: a name and a scenario in either order, once each. Catches a
// scenario that is taken for a name because it comes first.
func TestSplitParamsArgs(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, c := range []struct{ args, file, name, fails string }{
		{"", "", "", ""}, {"choice", "", "choice", ""}, {"choice.goal", "", "choice.goal", ""}, {"x.yaml", "x.yaml", "", ""},
		{"choice one-incident", "one-incident", "choice", ""}, {"one-incident choice", "one-incident", "choice", ""},
		{"states.A.choice.goal x.yaml", "x.yaml", "states.A.choice.goal", ""},
		{"choice x.yaml more", "", "", `what is "more"?`}, {"choise", "", "", `did you mean "choice"?`},
		{"one-incidents", "", "", "is no parameter, group or scenario"},
		{"choice goal", "", "", `"goal" is no scenario, and "choice" is a name already`},
		{"x.yaml y.yaml", "x.yaml", "y.yaml", ""},
	} {
		file, name, err := splitParamsArgs(strings.Fields(c.args))
		if c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) || c.fails == "" &&
			(err != nil || file != c.file || name != c.name) {
			t.Errorf("%q: %q, %q, %v", c.args, file, name, err)
		}
	}
}

// TestCalled: a number answers to its name, its group and its path, and to no part of
// them. Catches a prefix that takes the neighbours too.
func TestCalled(t *testing.T) {
	p := parameter{Name: "choice.goal", Path: "assumptions.states.A.choice.goal"}
	own := parameter{Path: "assumptions.onset.B>A.rate"}
	for name, want := range map[string][2]bool{
		"choice.goal": {true, false}, "choice": {true, false}, "states.A.choice.goal": {true, false},
		"assumptions.states.A.choice.goal": {true, false},
		"onset.B>A.rate":                   {false, true}, "goal": {false, false}, "choice.": {false, false},
		"assumptions": {false, false},
		"cho":         {false, false},
	} {
		if got := [2]bool{p.called(name), own.called(name)}; got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// TestInUse: which numbers can move a headline, by what is open in its arms. Catches a
// mechanism that counts although no arm of the headline has it.
func TestInUse(t *testing.T) {
	arm := func(name string, open bool, mandate ...scenario.Mechanism) scenario.Arm {
		c := scenario.Channel{Name: "forum", Open: open, Meets: true}
		for _, m := range mandate {
			c.Mandate[m] = true
		}
		return scenario.Arm{Name: name, Levers: scenario.Levers{Channels: []scenario.Channel{c}}}
	}
	v := &scenario.Scenario{Headline: scenario.Headline{Baseline: "a", Treatment: "b"},
		Arms: []scenario.Arm{arm("a", false, scenario.Leaks), arm("b", true, scenario.Clarify, scenario.Trust),
			arm("c", true, scenario.MoralHazard)}}
	v.Model.Rule = "ladder"
	u := usedBy(v)
	for name, want := range map[string]bool{
		"choice.rationality": true, "strength.clarify": true, "strength.trust": true, "effect.trust": true,
		"clarify.deny_guilty": true,
		"life.gap":            true, "life.restore": true, "strength.leaks": false, "effect.leak": false,
		"strength.moral_hazard": false,
		"effect.moral_hazard":   false,
		"life.suspend":          false, "stakes.gain": false, "coalition.join": false, "choice.climbdown": false,
		"clarify.rationality": false,
	} {
		if got := u.holds(v, &parameter{Name: name, Path: "assumptions." + name}); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	v.Model.Rule, v.Model.Retraction, v.Model.Answers = "stakes", true, "strategic"
	v.Arms[0].Levers.Coalitions = []scenario.Coalition{{Open: true}}
	u = usedBy(v)
	for _, name := range []string{"stakes.gain", "coalition.join", "choice.climbdown", "clarify.rationality"} {
		if !u.holds(v, &parameter{Name: name, Path: "assumptions." + name}) {
			t.Errorf("%s is in use now", name)
		}
	}
	v.Arms = v.Arms[:1]
	v.Headline.Treatment = ""
	u = usedBy(v)
	for name, path := range map[string]string{"life.restore": "assumptions.life.restore",
		"": "assumptions.channels.forum.first"} {
		if u.holds(v, &parameter{Name: name, Path: path}) {
			t.Errorf("%s counts, though the one channel is closed", path)
		}
	}
}

// TestNoNumberLeft: filters that leave nothing say so. Catches an empty table.
func TestNoNumberLeft(t *testing.T) {
	if got := paramsText(nil, paramFilter{}, ""); got != "No number is left by these filters.\n" {
		t.Errorf("%q", got)
	}
}

// TestReasonsInFull: with reasons, a row is followed by its whole source, and no
// line ends in blanks. Catches: a clipped source, a source left out.
func TestReasonsInFull(t *testing.T) {
	p := parameter{Name: "evidence.skill", global: true, Origin: "prior",
		Source: "assumption: " + strings.Repeat("why ", 60) + "so"}
	got := paramRow(&p, true)
	if strings.Contains(got, "…") ||
		strings.Join(strings.Fields(got[strings.Index(got, "assumption"):]), " ") != p.Source {
		t.Errorf("the source is not whole:\n%s", got)
	}
	for line := range strings.SplitSeq(got, "\n") {
		if strings.TrimRight(line, " ") != line || len([]rune(line)) > say.Width {
			t.Errorf("line %q", line)
		}
	}
}

// TestFamilyOf: what the format page promises of intervals and families. Catches a truncation that nobody is told of.
func TestFamilyOf(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain param.Domain
		want   string
	}{
		{"3", param.NonNegative, ""},
		{"0 to 5", param.NonNegative, "normal, mean 2.5, standard deviation 1.52; truncated to its domain, ≥ 0"},
		{"2 to 5", param.NonNegative, "lognormal, median 3.16, spread of the logarithm 0.279"},
		{"normal(0, 1)", param.NonNegative, "normal, mean 0, standard deviation 1; truncated to its domain, ≥ 0"},
		{"normal(0, 1)", param.Real, "normal, mean 0, standard deviation 1"},
		{"0.2 to 0.5", param.Probability, "logit-normal, median 0.333, spread of the logit 0.421"},
		{"lognormal(2, 0.5)", param.SeverityUnit,
			"lognormal, median 2, spread of the logarithm 0.5; truncated to its domain, 0 to 10"},
		{"uniform(0, 1)", param.Probability, "uniform, 0 to 1"}, {"beta(2, 3)", param.Probability, "beta, shapes 2 and 3"},
		{"60d to 1y", param.Span, "lognormal, median 148d, spread of the logarithm 0.549"},
		{"normal(10d, 20d)", param.Span,
			"normal, mean 10d, standard deviation 20d; truncated to its domain, a duration > 0"},
	} {
		d, err := param.ParseDist(c.text, c.domain)
		if got := familyOf(d, c.domain); err != nil || got != c.want {
			t.Errorf("%s on %s: %q, %v", c.text, c.domain.Text, got, err)
		}
	}
	d, _ := param.ParseDist("0 to 5", param.NonNegative)
	if b := beliefOf(d.Quantile, false); b.low != "0.53" || b.high != "5.04" {
		t.Errorf("the format page gives 0.53 to 5.04, it is %s to %s", b.low, b.high)
	}
}
