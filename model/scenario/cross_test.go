package scenario

import (
	"fmt"
	"strings"
	"testing"
)

// with puts lines into the assumptions of the tiny scenario.
func with(lines string) string { return strings.Replace(tiny, "arms:", lines+"\narms:", 1) }

// stream replaces the one stream of the tiny scenario.
func stream(s string) string {
	return strings.Replace(tiny, "{source: B, victim: A, rate: 1, mix: {espionage: 1}}", s, 1)
}

// loadsOr checks that a scenario loads, or the first problem when want is not "".
func loadsOr(t *testing.T, data, want string) {
	t.Helper()
	if want == "" {
		mustLoad(t, data)
		return
	}
	if got := firstProblem(t, data); !strings.Contains(got.Error(), want) {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestHostileShare: the bound is exact, heeds crime, and a type that cannot occur
// does not count.
func TestHostileShare(t *testing.T) {
	const typed = "  states: {A: {}, B: {type: {hostile_revisionist: %v, hostile_status_quo: %v, status_quo: %v}}}"
	for _, c := range []struct {
		mix            string
		high, low      float64
		statusQuo      any
		want           string
		replaceSources string
	}{
		{"{espionage: 1, disruption: 1}", 2, 1, 0.5, "", ""},
		{"{espionage: 1, disruption: 1}", 2.001, 1, 0.5, "type.hostile_revisionist 2 times", ""},
		{"{espionage: 1, disruption: 1, crime: 1}", 2, 1, 0.5, "", ""},
		{"{espionage: 1, disruption: 1, crime: 1}", 2.1, 1, 0.5,
			"type.hostile_revisionist 2.1 times a hostile share of 0.333", ""},
		{"{prepositioning: 1, disruption: 1}", 1, 1, 0.5, "", ""},
		{"{disruption: 1}", 1, 1.2, 0.5, "type.hostile_status_quo", ""},
		{"{disruption: 1}", 2, 1, 1, "", ""},
		{"{disruption: 1}", 1, 2, 0, "", ""},
	} {
		data := strings.Replace(stream("{source: B, victim: A, rate: 1, mix: "+c.mix+"}"), "  states: {A: {}, B: {}}",
			fmt.Sprintf(typed, c.high, c.low, c.statusQuo), 1)
		loadsOr(t, data, c.want)
	}
}

// TestHostileShareOfGroups: groups have no type.
func TestHostileShareOfGroups(t *testing.T) {
	data := strings.Replace(stream("{source: gang, victim: A, rate: 1, mix: {disruption: 1}}"), "  onset",
		"  groups: {gang: {}}\n  onset", 1)
	mustLoad(t, data)
}

// TestVolume: known incidents stand for more that are started; streams without
// arrivals bring none.
func TestVolume(t *testing.T) {
	for _, c := range []struct{ stream, want string }{
		{"{source: B, victim: A, rate: 1400, counted: started, mix: {espionage: 1}}", ""},
		{"{source: B, victim: A, rate: 1430, counted: started, mix: {espionage: 1}}",
			"50050 incidents are expected in 35 years"},
		{"{source: B, victim: A, rate: 560, mix: {espionage: 1}}", ""},
		{"{source: B, victim: A, rate: 580, mix: {espionage: 1}}", "50750 incidents"},
		{"{source: B, victim: A, rate: 580, mix: {espionage: 1}, discovery: {share: 0.9}}", ""},
		{"{source: B, victim: A, rate: 1e4, arrivals: false, mix: {espionage: 1}}", ""},
		{"{source: B, victim: A, rate: 1e308, mix: {espionage: 1}}", "1e+308 is more than 10000"},
		{"{source: B, victim: A, rate: 100 to 9000, counted: started, mix: {espionage: 1}}", "315000 incidents"},
	} {
		loadsOr(t, stream(c.stream), c.want)
	}
	loadsOr(t, with("  model: {max_events: 100}"), "")
	loadsOr(t, with("  model: {max_events: 80}"), "more than the 80 events")
}

// TestConfusionRows: points must sum to 1, rows with a distribution are
// normalised later.
func TestConfusionRows(t *testing.T) {
	row := func(r string) string {
		return strings.Replace(tiny, "A: {}", "A: {confusion: {B: "+r+"}}", 1)
	}
	loadsOr(t, row("{B: 1}"), "")
	loadsOr(t, row("{B: 0.9999999999}"), "")
	loadsOr(t, row("{B: 0.99999999}"), "the row sums to 0.99999999")
	loadsOr(t, row("{B: 0.7 to 0.9}"), "")
	loadsOr(t, row("{}"), "at least 1 indicated culprit is needed")
	loadsOr(t, row("{C: 1}"), `unknown state or group "C"`)
}

func TestAnswers(t *testing.T) {
	forum := "levers: {channels: {forum: {members: [A, B]}}}\n"
	loadsOr(t, with("  clarify: {deny_guilty: 0.9}"), "")
	loadsOr(t, with("  clarify: {deny_guilty: 0.91}"), "clarify.deny_guilty and clarify.silent_guilty")
	loadsOr(t, with("  clarify: {silent_innocent_belief: 0.1}"),
		"assumptions.clarify.silent_innocent_belief: clarify.deny_innocent_belief")
	loadsOr(t, with("  channels: {forum: {clarify: {deny_guilty: 0.95}}}")+forum,
		"assumptions.channels.forum.clarify.deny_guilty")
	loadsOr(t, with("  clarify: {silent_guilty: 0}\n  channels: {forum: {clarify: {deny_guilty: 1}}}")+forum, "")
}

// TestWindow: the first and the last day belong to it.
func TestWindow(t *testing.T) {
	at := func(day string) string {
		return with("  shocks: [{name: s, at: " + day + ", between: [A, B], tension: 0, breaks: 0}]")
	}
	loadsOr(t, at("2022-01-01"), "")
	loadsOr(t, at("2021-12-31"), "before states begin to act, on 2022-01-01")
	loadsOr(t, at("2031-01-01"), "")
	loadsOr(t, at("2031-01-02"), "after the horizon ends, on 2031-01-01")
	loadsOr(t, strings.Replace(at("2021-12-31"), "  shocks", "  model: {backlog: 5y}\n  shocks", 1), "")
}

func TestIncidents(t *testing.T) {
	incident := func(s string) string { return with("  incidents: [{name: hack, victim: A, at: 2026-03-01" + s + "}]") }
	loadsOr(t, incident(""), "")
	loadsOr(t, incident(", source: drawn"), "")
	loadsOr(t, incident(", source: B, intent: espionage"), "")
	loadsOr(t, incident(", source: drawn, intent: espionage"), "")
	loadsOr(t, incident(", intent: crime"), "no stream toward A has weight for crime")
	loadsOr(t, incident(", burst: 3, burst_gap: 0.25d"), "")
	loadsOr(t, incident(", burst: 0.5"), "a whole number, 0 to 64")
	loadsOr(t, incident(", source: B"), `key "intent" is missing`)
	loadsOr(t, incident(", source: B, intent: theft"), `"theft" is not known here`)
	loadsOr(t, incident(", source: C, intent: crime"), `unknown state or group "C"; did you mean "A"?`)
}

func TestPieceTimes(t *testing.T) {
	for times, n := range map[string]int{"[]": 0, "[15d]": 1, "[0, 15d, 15d]": 3} {
		v := mustLoad(t, with("  model: {piece_times: "+times+"}"))
		if v.Model.PieceTimes == nil || len(v.Model.PieceTimes) != n {
			t.Errorf("%s: %v", times, v.Model.PieceTimes)
		}
	}
	if v := mustLoad(t, tiny); v.Model.PieceTimes != nil {
		t.Errorf("absent: %v", v.Model.PieceTimes)
	}
}

// TestObserverMayWatch: an observer is harmless where it takes no part.
func TestObserverMayWatch(t *testing.T) {
	watched := strings.Replace(tiny, "B: {}}", "B: {}, C: {observer: true}}", 1)
	mustLoad(t, watched)
	mustLoad(t, watched+"levers: {coalitions: {allies: {lead: A, partners: {C: {}}}}}\n")
	loadsOr(t, watched+"levers: {channels: {forum: {members: [A, B], open: true}}}\n", "")
	data := strings.Replace(watched, "arms: {one: {}}", "arms: {one: {}, two: {channels.forum.members: [A, C]}}", 1) +
		"levers: {channels: {forum: {members: [A, B]}}}\nheadline: {baseline: one, treatment: two}\n"
	loadsOr(t, data, "arms.two.channels.forum.members: C is an observer")
}
