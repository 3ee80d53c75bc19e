package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/internal/small"
)

// tinyWith is the small scenario with one piece of its text replaced.
func tinyWith(t *testing.T, old, now string) string {
	t.Helper()
	data := small.YAML
	if !strings.Contains(string(data), old) {
		t.Fatalf("tiny.yaml has no %q", old)
	}
	return strings.Replace(string(data), old, now, 1)
}

// refused calls the program where it must fail, and says what stands on standard error.
func refused(t *testing.T, args ...string) string {
	t.Helper()
	return clitest.Refused(t, call, args...)
}

// mistake is a piece of tiny.yaml, what stands there instead, and the whole line
// that the program says of it, without the file name in front.
type mistake struct{ name, old, now, want string }

const onsetRate = "assumptions.onset.Borland>Aland.rate: "

var badKeys = []mistake{
	{"unknown key", "horizon: 2y", "horizont: 2y", `5:1: horizont: unknown key "horizont"; did you mean "horizon"?`},
	{"key that is missing", "horizon: 2y", "horizont: 2y",
		`2:1: key "horizon" is missing; add horizon: a duration > 0, at most 50y, as 196d or 5y`},
	{"unknown key of a state", "Aland: {}", "Aland: {tipe: {status_quo: 0.5}}",
		`9:13: assumptions.states.Aland.tipe: unknown key "tipe"; did you mean "type"?`},
	{"unknown key of the model", "record: 119", "recrod: 119",
		`7:11: assumptions.model.recrod: unknown key "recrod"; did you mean "record"?`},
	{"unknown key of a group", "crooks: {", "crooks: {fames: [], ",
		`12:14: assumptions.groups.crooks.fames: unknown key "fames"; did you mean "frames"?`},
	{"unknown key of a channel", "meets: false", "meets: false, membrs: []",
		`18:53: levers.channels.line.membrs: unknown key "membrs"; did you mean "members"?`},
	{"unknown intent", "mix: {crime: 1}", "mix: {krime: 1}",
		`15:95: assumptions.onset.crooks>Aland.mix.krime: unknown key "krime"; did you mean "crime"?`},
	{"key twice", "start: 2026-01-01", "start: 2026-01-01\nstart: 2026-01-02",
		`5:1: key "start" comes twice; first on line 4`},
	{"state twice", "Aland: {}\n", "Aland: {}\n    Aland: {}\n", `10:5: key "Aland" comes twice; first on line 9`},
	{"no version", "misstep: 1\n", "", `2:1: key "misstep" is missing; add misstep: 1`},
	{"version to come", "misstep: 1", "misstep: 9",
		`2:10: misstep: "9" is not a version of the format that this program reads; write misstep: 1`},
}

var badTypes = []mistake{
	{"list for text", `title: "Aland and Borland"`, "title: [a]", `3:8: title: text is needed, not a list`},
	{"empty text", `title: "Aland and Borland"`, `title: ""`,
		`3:8: title: the text is empty; write it, or remove the key`},
	{"list for mapping", "states:\n    Aland: {}\n    Borland: {}", "states: [Aland, Borland]",
		`8:11: assumptions.states: a mapping from state names is needed, not a list; write NAME: {…}`},
	{"null for mapping", "states:\n    Aland: {}\n    Borland: {}", "states:",
		`8:10: assumptions.states: at least 1 state is needed, 0 given`},
	{"word for number", "value: 1 to 3,", "value: lots,",
		`14:54: ` + onsetRate + `"lots" is no number, interval (2.5 to 6) or family (uniform(0, 1)); write 3.5, 2.5 to 6 ` +
			`or uniform(0, 1); it is ≥ 0`},
	{"not a number", "value: 1 to 3,", "value: .nan,",
		`14:54: ` + onsetRate + `".nan" is no number, interval (2.5 to 6) or family (uniform(0, 1)); write 3.5, 2.5 to 6 ` +
			`or uniform(0, 1); it is ≥ 0`},
	{"infinite", "value: 1 to 3,", "value: .inf,",
		`14:54: ` + onsetRate + `".inf" is no number, interval (2.5 to 6) or family (uniform(0, 1)); write 3.5, 2.5 to 6 ` +
			`or uniform(0, 1); it is ≥ 0`},
	{"interval upside down", "value: 1 to 3,", "value: 3 to 1,",
		`14:54: ` + onsetRate + `the interval 3 to 1 is empty; write 3.5, 2.5 to 6 or uniform(0, 1); it is ≥ 0`},
	{"unknown family", "value: 1 to 3,", `value: "unifrm(0, 1)",`,
		`14:54: ` + onsetRate + `unknown family "unifrm"; known: uniform, normal, lognormal, logitnormal, beta; write ` +
			`3.5, 2.5 to 6 or uniform(0, 1); it is ≥ 0`},
	{"duration without unit", "horizon: 2y", "horizon: 2",
		`5:10: horizon: "2" is no duration; write days as 196d, weeks as 26w or years as 5y`},
	{"no date", "start: 2026-01-01", "start: yesterday",
		`4:8: start: "yesterday" is no date; write year-month-day: 2026-02-01`},
	{"day that no month has", "start: 2026-01-01", "start: 2026-02-30",
		`4:8: start: "2026-02-30" is no date; write year-month-day: 2026-02-01`},
	{"binary tag", "record: 119", "record: !!binary aGVsbG8=",
		`7:19: tag !!binary; remove it; the format says what type each value has`},
}

var badValues = []mistake{
	{"horizon 0", "horizon: 2y", "horizon: 0", `5:10: horizon: 0d is outside the domain: a duration > 0, at most 50y`},
	{"horizon below 0", "horizon: 2y", "horizon: -1y",
		`5:10: horizon: -1y is outside the domain: a duration > 0, at most 50y`},
	{"horizon of ages", "horizon: 2y", "horizon: 9000y",
		`5:10: horizon: 9000y is outside the domain: a duration > 0, at most 50y`},
	{"negative rate", "value: 1 to 3,", "value: -1,", `14:54: ` + onsetRate + `-1 is outside the domain: ≥ 0`},
	{"explosion", "{value: 1 to 3,", "{value: 1e4,",
		`14:46: ` + onsetRate + `800160 incidents are expected in 32 years, more than the 50000 events of ` +
			`assumptions.model.max_events; lower the rates in assumptions.onset, or raise max_events`},
	{"below the domain", "record: 119", "record: -1",
		`7:19: assumptions.model.record: -1 is outside the domain: a whole number ≥ 0`},
	{"beyond whole numbers", "record: 119", "record: 99999999999999999999999",
		`7:19: assumptions.model.record: 1e+23 is outside the domain: a whole number ≥ 0`},
	{"negative weight", "mix: {crime: 1}", "mix: {crime: -1}",
		`15:102: assumptions.onset.crooks>Aland.mix.crime: -1 is outside the domain: ≥ 0`},
	{"no weight", "mix: {crime: 1}", "mix: {}",
		`15:94: assumptions.onset.crooks>Aland.mix: no intent has a weight above 0; give a weight to one of espionage, ` +
			`prepositioning, disruption, crime`},
	{"unknown rule", "record: 119", "record: 119, rule: dice",
		`7:30: assumptions.model.rule: "dice" is not known here; known: ladder, stakes`},
	{"unknown evidence", `"assumption: invented"}, mix: {crime`, `"T77"}, mix: {crime`,
		`15:64: assumptions.onset.crooks>Aland.rate.source: unknown source "T77"; use a documented event, target or ` +
			`reference, or write "assumption: why"`},
	{"unknown reference", `"assumption: invented"}, mix: {crime`, `"[Fearon1995]"}, mix: {crime`,
		`15:64: assumptions.onset.crooks>Aland.rate.source: unknown source "[Fearon1995]"; use a documented event, target ` +
			`or reference, or write "assumption: why"`},
}

var badNames = []mistake{
	{"unknown source", "source: Borland, victim", "source: Borlnd, victim",
		`14:16: assumptions.onset.Borlnd>Aland.source: unknown state or group "Borlnd"; did you mean "Borland"?`},
	{"unknown victim", "victim: Aland, rate: {value: 1 to", "victim: Alund, rate: {value: 1 to",
		`14:33: assumptions.onset.Borland>Alund.victim: unknown state "Alund"; did you mean "Aland"?`},
	{"source is victim", "source: Borland, victim: Aland", "source: Aland, victim: Aland",
		`14:7: assumptions.onset.Aland>Aland: "Aland" is source and victim; name another victim`},
	{"unknown framed state", "frames: [Borland]", "frames: [Borlan]",
		`12:23: assumptions.groups.crooks.frames[0]: unknown state "Borlan"; did you mean "Borland"?`},
	{"unknown member", "line: {members: [Aland, Borland]", "line: {members: [Aland, Brland]",
		`18:29: levers.channels.line.members[1]: unknown state "Brland"; did you mean "Borland"?`},
	{"unknown mechanism", "mandate: [clarify]}\n    forum", "mandate: [clarfy]}\n    forum",
		`18:63: levers.channels.line.mandate[0]: "clarfy" is not known here; did you mean "clarify"?`},
	{"unknown channel", "channels.forum.open", "channels.form.open",
		`21:13: arms.without.channels.form.open: unknown channel "form"; did you mean "forum"?`},
	{"arm removes what is not there", "narrow: {channels.forum.mandate: [clarify]}", "narrow: {channels.hotline: null}",
		`23:12: arms.narrow.channels.hotline: unknown channel "hotline"; known: line, forum`},
	{"arm sets an assumption", "narrow: {channels.forum.mandate: [clarify]}", "narrow: {choice.rationality: 3}",
		`23:12: arms.narrow.choice.rationality: parameters of group choice cannot be set here; set them under ` +
			`assumptions.choice`},
	{"unknown arm", "baseline: without,", "baseline: wihout,",
		`24:22: headline.baseline: unknown arm "wihout"; did you mean "without"?`},
	{"arm against itself", "treatment: with}", "treatment: without}",
		`24:42: headline.treatment: baseline and treatment are the same arm; name two arms`},
	{"state with a path", "Aland: {}", `"../x": {}`,
		`9:5: assumptions.states."../x": name "../x" begins with "."; ` +
			`use 1 to 60 letters, digits, spaces and - ' . , ( ) & / + _`},
	{"arm with a path", "  with: {}", "  ../with: {}",
		`22:3: arms."../with": name "../with" begins with "."; use 1 to 60 letters, digits, spaces and - ' . , ( ) & / + _`},
	{"unknown event", "headline:",
		"expect:\n  - {id: x, says: y, source: T1, arm: with, statistic: {measure: any, event: discoverry}, observed: 1, " +
			"tail: high}\nheadline:",
		`25:78: expect.x.statistic.event: "discoverry" is not known here; did you mean "discovery"?`},
}

var badYAML = []mistake{
	{"second document", "headline:", "---\nheadline:",
		`24:1: a second document begins here; one file holds one scenario; remove the line ---`},
	{"anchor", "Aland: {}", "Aland: &a {}", `9:12: anchor &a; write the value out; a scenario has no anchors`},
	{"merge key", "Borland: {}", "Borland: {<<: {}}", `10:15: merge key <<; write the keys out`},
	{"tab", "    Aland: {}", "\tAland: {}", `9:1: a tab in the indentation; indent with spaces`},
	{"unclosed", "frames: [Borland]}", "frames: [Borland",
		`13:8: not YAML: while parsing a flow sequence: did not find expected ',' or ']'; indent with spaces, put a space ` +
			`after each colon, and quote text with special signs`},
}

// TestBadScenarios: each mistake in a scenario is told with file, line, column, path
// and remedy. Catches a check that is dropped or that loses the place of a node.
func TestBadScenarios(t *testing.T) {
	for part, list := range map[string][]mistake{"keys": badKeys, "types": badTypes, "values": badValues,
		"names": badNames, "yaml": badYAML} {
		for _, m := range list {
			text := tinyWith(t, m.old, m.now)
			t.Run(part+"/"+m.name, func(t *testing.T) {
				clitest.InEmptyFolder(t)
				if err := os.WriteFile("bad.yaml", []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				got := refused(t, "run", "bad.yaml", "--draws", "1", "--replicates", "1")
				if !slices.Contains(strings.Split(got, "\n"), "bad.yaml:"+m.want) {
					t.Errorf("%s\nlacks bad.yaml:%s", got, m.want)
				}
			})
		}
	}
}

// TestBadScenarioEverywhere: every command that reads a scenario refuses a bad one
// in the same words. Catches a command that reads scenarios by a way of its own.
func TestBadScenarioEverywhere(t *testing.T) {
	text := tinyWith(t, "horizon: 2y", "horizon: 0d")
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("bad.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	const want = "bad.yaml:5:10: horizon: 0d is outside the domain: a duration > 0, at most 50y\n"
	for _, command := range []string{"run", "plan", "validate", "check", "explain", "params"} {
		if got := refused(t, command, "bad.yaml"); got != want {
			t.Errorf("%s: %s", command, got)
		}
	}
}

// TestBadValuesBySet: what is wrong in a file is wrong in a flag too, with the flag
// as its place. Catches a flag whose value goes past the checks of a scenario.
func TestBadValuesBySet(t *testing.T) {
	text := tinyWith(t, "misstep: 1", "misstep: 1")
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("tiny.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for set, want := range map[string]string{
		"horizon=0d":                            "horizon: 0d is outside the domain: a duration > 0, at most 50y",
		"horizon=-3":                            `horizon: "-3" is no duration; write days as 196d, weeks as 26w or `,
		"onset[0].rate=-2":                      onsetRate + "-2 is outside the domain: ≥ 0",
		"assumptions.onset.Borland>Aland.rate=": `--set "assumptions.onset.Borland>Aland.rate=" is not PATH=VALUE`,
		"onset[0].rate=1e4":                     onsetRate + "800160 incidents are expected in 32 years",
		"channels.form.open=true":               `channels.form.open: unknown channel "form"; did you mean "forum"?`,
		"levers.channels.form.open=true":        `levers.channels.form.open: unknown channel "form"; did you mean "forum"?`,
		"plot.dpi=5000":                         `plot.dpi: "5000" is not a whole number, 20 to 1200`,
	} {
		if got := refused(t, "run", "tiny.yaml", "--draws", "1", "--set", set); !strings.Contains(got, want) ||
			!strings.Contains(got, "--set") {
			t.Errorf("--set %s: %s", set, got)
		}
	}
}
