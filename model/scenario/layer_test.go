package scenario

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
)

func set(path, value string) Layer {
	return Layer{Origin: FromFlag, Path: path, Value: value, Where: "--set"}
}

// TestLayersReach sets one thing of each kind from outside.
func TestLayersReach(t *testing.T) {
	number := func(path string, want float64) func(*testing.T, *Scenario) {
		return func(t *testing.T, v *Scenario) {
			t.Helper()
			if s := slot(t, v, path); s.Dist.A != want || s.Origin != FromFlag || s.Source != "--set" || s.Line != 0 {
				t.Errorf("%+v", s)
			}
		}
	}
	holds := func(ok func(*Scenario) bool) func(*testing.T, *Scenario) {
		return func(t *testing.T, v *Scenario) {
			t.Helper()
			if !ok(v) {
				t.Errorf("not set: %+v", v)
			}
		}
	}
	for _, c := range []struct {
		path, value string
		check       func(*testing.T, *Scenario)
	}{
		{"choice.rationality", "33", number("assumptions.choice.rationality", 33)},
		{"assumptions.choice.rationality", "33", number("assumptions.choice.rationality", 33)},
		{"stakes.gain", "2", number("assumptions.stakes.gain", 2)},
		{"evidence.gap", "90d", number("assumptions.evidence.gap", 90)},
		{"onset.contagion", "0.1", number("assumptions.onset.contagion", 0.1)},
		{"assumptions.states.China.type.status_quo", "0.4", number("assumptions.states.China.type.status_quo", 0.4)},
		{"assumptions.states.Russia.evidence.gap", "30d", number("assumptions.states.Russia.evidence.gap", 30)},
		{"assumptions.groups.criminals.evidence.flag_hit", "0.5",
			number("assumptions.groups.criminals.evidence.flag_hit", 0.5)},
		{"assumptions.onset.China>United Kingdom.rate", "3", number("assumptions.onset.China>United Kingdom.rate", 3)},
		{"assumptions.onset[0].rate", "3", number("assumptions.onset.criminals>United Kingdom.rate", 3)},
		{"assumptions.onset.streams[0].rate", "3", number("assumptions.onset.criminals>United Kingdom.rate", 3)},
		{"onset.China>United Kingdom.mix.crime", "0.1", number("assumptions.onset.China>United Kingdom.mix.crime", 0.1)},
		{"onset.China>United Kingdom.discovery.share", "0.6",
			number("assumptions.onset.China>United Kingdom.discovery.share", 0.6)},
		{"assumptions.channels.dialogue.strength.trust", "1", number("assumptions.channels.dialogue.strength.trust", 1)},
		{"assumptions.channels.hotline.strength.trust", "1", number("assumptions.channels.hotline.strength.trust", 1)},
		{"assumptions.shocks.balloon.breaks", "1", number("assumptions.shocks.balloon.breaks", 1)},
		{"assumptions.prices.United Kingdom@2024-03-25.price", "1",
			number("assumptions.prices.United Kingdom@2024-03-25.price", 1)},
		{"assumptions.beliefs[0].tension", "0.9", number("assumptions.beliefs.United Kingdom>Russia.tension", 0.9)},
		{"levers.coalitions.allies.partners.Australia", "0.7", number("levers.coalitions.allies.partners.Australia", 0.7)},
		{"levers.summits.top.relief", "0.9", number("levers.summits.top.relief", 0.9)},
		{"horizon", "3y", holds(func(v *Scenario) bool { return v.Horizon == 2*param.DaysPerYear })},
		{"headline.horizon", "1y", holds(func(v *Scenario) bool { return v.Horizon == param.DaysPerYear })},
		{"headline.treatment", "narrow", holds(func(v *Scenario) bool { return v.Headline.Treatment == "narrow" })},
		{"assumptions.model.rule", "ladder", holds(func(v *Scenario) bool { return v.Model.Rule == "ladder" })},
		{"assumptions.states.Japan", "{observer: false}", holds(func(v *Scenario) bool { return !v.States[1].Observer })},
		{"levers.channels.dialogue.open", "false",
			holds(func(v *Scenario) bool { return !v.Arms[1].Levers.Channels[0].Open })},
		{"levers.channels.dialogue.mandate", "[leaks]",
			holds(func(v *Scenario) bool { return v.Arms[1].Levers.Channels[0].Mandate[Leaks] })},
		{"arms.with-forum.channels.dialogue.open", "false",
			holds(func(v *Scenario) bool { return !v.Arms[1].Levers.Channels[0].Open })},
		{"arms.narrow.channels.dialogue.mandate", "[leaks]",
			holds(func(v *Scenario) bool { return v.Arms[2].Levers.Channels[0].Mandate[Leaks] })},
		{"expect.X1.observed", "0.25", holds(func(v *Scenario) bool { return v.Expect[0].Observed == 0.25 })},
		{"card.limits", "Other limits", holds(func(v *Scenario) bool { return v.Card.Limits == "Other limits" })},
	} {
		t.Run(c.path, func(t *testing.T) { c.check(t, mustLoad(t, full(t), set(c.path, c.value))) })
	}
}

// TestLayersAsInterval: a value is written as in a file, with its own source.
func TestLayersAsInterval(t *testing.T) {
	for _, c := range []struct{ value, source string }{
		{"20 to 40", "--set"},
		{"uniform(20, 40)", "--set"},
		{"{value: 20 to 40, source: T5}", "T5"},
	} {
		s := slot(t, mustLoad(t, tiny, set("choice.rationality", c.value)), "assumptions.choice.rationality")
		if s.Dist.IsPoint() || s.Source != c.source || s.Origin != FromFlag {
			t.Errorf("%s: %+v", c.value, s)
		}
	}
}

// TestLayersRefused: what does not exist is not made up.
func TestLayersRefused(t *testing.T) {
	for _, c := range []struct{ path, value, want string }{
		{"choice.rationalty", "30", `--set: choice.rationalty: unknown key "rationalty"; did you mean "rationality"?`},
		{"choise.rationality", "30", `--set: choise.rationality: unknown key "choise"; did you mean "assumptions.choice"?`},
		{"zzz.rationality", "30",
			`--set: zzz.rationality: unknown key "zzz"; known: misstep, title, start, horizon, scale, card, ` +
				`assumptions, levers, arms, headline, expect`},
		{"choice.rationality", "-1", `--set: assumptions.choice.rationality: -1 is outside the domain: ≥ 0`},
		{"choice.rationality", "",
			`--set: choice.rationality: value "": empty; write it as in a scenario: 30, 25 to 75, true, [R0, R1]`},
		{"choice.rationality", "[",
			`--set: choice.rationality: value "[": not YAML: while parsing a flow node: did not find expected node content; ` +
				`write it as in a scenario: 30, 25 to 75, true, [R0, R1]`},
		{"choice.rationality", "&a 3",
			`--set: choice.rationality: value "&a 3": anchor &a; write it as in a scenario: 30, 25 to 75, true, [R0, R1]`},
		{"choice.rationality.value", "3",
			`--set: choice.rationality.value: "value" lies inside a single value; rationality is: number, ≥ 0`},
		{"states.China.nothing", "true", `--set: states.China.nothing: unknown key "states"; write assumptions.states`},
		{"China.choice.price", "1",
			`--set: China.choice.price: unknown key "China"; did you mean states.China.choice.price?`},
		{`"United Kingdom".choice.price`, "1",
			`--set: "United Kingdom".choice.price: unknown key "United Kingdom"; did you mean states.United ` +
				`Kingdom.choice.price?`},
		{"dialogue.strength.clarify", "1",
			`--set: dialogue.strength.clarify: unknown key "dialogue"; did you mean channels.dialogue.strength.clarify?`},
		{"assumptions.states.Chnia.observer", "true",
			`--set: assumptions.states.Chnia.observer: unknown state "Chnia"; did you mean "China"?`},
		{"assumptions.states.France", "{}",
			`--set: assumptions.states.France: unknown state "France"; known: United Kingdom, China, Russia, Japan`},
		{"assumptions.states.China.belief.initial", "0.3",
			`--set: assumptions.states.China.belief.initial: parameters of group belief cannot be set here; set them under ` +
				`assumptions.belief`},
		{"assumptions.onset[9].rate", "3",
			`--set: assumptions.onset[9].rate: no item "[9]" in a list of 4; known: criminals>United Kingdom, China>United ` +
				`Kingdom, Russia>United Kingdom, United Kingdom>China`},
		{"assumptions.onset.Chin>United Kingdom.rate", "3",
			`--set: assumptions.onset.Chin>United Kingdom.rate: no item "Chin>United Kingdom" in a list of 4; did you mean ` +
				`"China>United Kingdom"?`},
		{"assumptions.channels.forum.strength.trust", "1",
			`--set: assumptions.channels.forum.strength.trust: unknown channel "forum"; known: dialogue, hotline`},
		{"levers.channels.dialogue.opne", "true",
			`--set: levers.channels.dialogue.opne: unknown key "opne"; did you mean "open"?`},
		{"levers.channels.dialogue.open", "maybe",
			`--set: levers.channels.dialogue.open: true or false is needed, not "maybe"`},
		{"arms.with-forum.channels.dialogue.track", "2",
			`--set: arms.with-forum.channels.dialogue.track: an arm cannot set "channels.dialogue.track"`},
		{"arms.other.channels.dialogue.open", "false",
			`--set: arms.other.channels.dialogue.open: unknown arm "other"; known: without-forum, with-forum, narrow`},
		{"horizon.days", "3",
			`--set: horizon.days: "days" lies inside a single value; horizon is: a duration > 0, at most 50y, as 196d or 5y`},
		{"", "3", `--set: unknown key ""; known: misstep`},
		{"..", "3", `--set: ..: unknown key ""; known: misstep`},
		{"headline.treatment", "without-forum",
			`--set: headline.treatment: baseline and treatment are the same arm; name two arms`},
		{"horizon", "1y", `--set: assumptions.shocks`},
	} {
		t.Run(c.path, func(t *testing.T) {
			got := firstProblem(t, full(t), set(c.path, c.value))
			if c.path == "horizon" { // what a shorter horizon leaves behind stands in the file
				if !strings.Contains(got.What, "after the horizon ends") || got.Line == 0 {
					t.Errorf("got %v", got)
				}
				return
			}
			if !strings.HasPrefix(got.Error(), c.want) || got.Line != 0 {
				t.Errorf("\n got %v\nwant %v", got, c.want)
			}
		})
	}
}

// TestLayerRepairs: a layer replaces a value of the file before it is checked.
func TestLayerRepairs(t *testing.T) {
	broken := strings.Replace(tiny, "horizon: 5y", "horizon: forever", 1)
	firstProblem(t, broken)
	mustLoad(t, broken, set("horizon", "5y"))
}
