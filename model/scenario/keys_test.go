package scenario

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// place is one key of the format at one place of full.yaml.
type place struct {
	path  string // as settings from outside write it
	in    mapping
	field field
}

// firstOf is an entity of full.yaml for each table, by what its keys name.
var firstOf = map[string]string{"state": "United Kingdom", "group": "criminals", "channel": "dialogue",
	"coalition": "allies"}

// places lists every key of every mapping, parameters apart.
func places() []place {
	var out []place
	var walk func(s shape, path string)
	walk = func(s shape, path string) {
		switch s := s.(type) {
		case mapping:
			for _, f := range s.fields {
				if f.param {
					continue
				}
				out = append(out, place{join(path, f.key), s, f})
				walk(f.shape, join(path, f.key))
			}
		case list:
			walk(s.item, path+"[0]")
		case table:
			if name, ok := firstOf[s.what]; ok {
				walk(s.item, join(path, name))
			}
		}
	}
	walk(format, "")
	return out
}

// others are values of a shape, at least one of which differs from what
// full.yaml has there.
func others(s shape) []string {
	switch s := s.(type) {
	case number:
		return numbersIn(s.domain.Duration, s.domain.Integer)
	case scalar:
		if known, ok := s.json["enum"].([]any); ok {
			return wordsOf(known)
		}
		for says, values := range map[string][]string{"text": {"Other text"}, slug.says: {"standard"},
			yesNo.says: {"true", "false"}, rung.says: {"R4", "R5"}, date.says: {"2026-08-01"}, source.says: {"E009"},
			name(roleNew).says: {"Other"}, name(roleState).says: {"Russia"}, name(roleActor).says: {"Russia"},
			name(roleSource).says: {"criminals", "Russia"}, name(roleSource, drawn).says: {"criminals", "Russia"},
			name(roleIncident).says: {"grid"}, name(roleChannel).says: {"hotline"}, name(roleArm).says: {"narrow"}} {
			if s.says == says || says == "text" && strings.HasPrefix(s.says, "text, ") {
				return values
			}
		}
		if s.json["type"] == "integer" || s.json["type"] == "number" || strings.Contains(s.says, "196d") {
			return numbersIn(s.json["type"] == nil, s.json["type"] == "integer")
		}
	}
	return nil
}

// wordsOf are the words of a closed list.
func wordsOf(values []any) (out []string) {
	for _, v := range values {
		if w, ok := v.(string); ok {
			out = append(out, w)
		}
	}
	return out
}

func numbersIn(duration, integer bool) []string {
	switch {
	case duration:
		return []string{"4y", "33d"}
	case integer:
		return []string{"7", "9000"}
	}
	return []string{"0.11", "0.5"}
}

// composites are values for keys that hold a mapping or a list.
var composites = map[string]string{
	"card": "{question: Other}", "card.try": "[other]", "card.sources": "[E002]", "assumptions": "",
	"assumptions.model":             "{backlog: 5y}",
	"assumptions.model.piece_times": "[1d, 2d]", "assumptions.states": "",
	"assumptions.states.United Kingdom.menu":      "[R0, R2]",
	"assumptions.states.United Kingdom.confusion": "{China: {China: 1}}", "assumptions.groups": "{criminals: {}}",
	"assumptions.groups.criminals.frames": "[China]", "assumptions.onset": "", "assumptions.onset.streams": "",
	"assumptions.onset.streams[0].mix": "{crime: 1, espionage: 1}", "assumptions.beliefs": "[]",
	"assumptions.channels": "{}",
	"assumptions.prices":   "[]", "assumptions.thaws": "[]", "assumptions.thaws[0].between": "[China, Russia]",
	"assumptions.shocks":            "[]",
	"assumptions.shocks[0].between": "[China, Russia]", "assumptions.random_shocks": "[]",
	"assumptions.random_shocks[0].between": "[China, Russia]",
	"assumptions.incidents":                "", "levers": "", "levers.channels": "",
	"levers.channels.dialogue.members": "[China, Russia]",
	"levers.channels.dialogue.mandate": "[leaks]", "levers.coalitions": "",
	"levers.coalitions.allies.partners": "{Canada: 0.9}",
	"levers.summits":                    "", "levers.summits[0].between": "[China, Russia]", "arms": "",
	"headline": "{baseline: narrow, treatment: with-forum}",
	"expect":   "[]", "expect[0].statistic": "{measure: count, event: reply}",
}

// special are keys whose other value needs more than itself.
var special = map[string][]Layer{
	"misstep":                      nil, // there is one version
	"horizon":                      nil, // the headline of the file ends earlier
	"assumptions.beliefs[0].state": {set("assumptions.beliefs[0].state", "Japan")},
	"assumptions.beliefs[0].about": {set("assumptions.beliefs[0].about", "China")},
	"scale":                        {set("scale", "standard")},
	"headline.outcome":             {set("headline.outcome", "missed")},
	"expect[0].observed":           {set("expect[0].observed", "1")},
	"expect[0].statistic.cause": {set("expect[0].statistic.event", "suspension"),
		set("expect[0].statistic.cause", "shock")},
	"expect[0].statistic.channel":                {set("expect[0].statistic.channel", "hotline")},
	"assumptions.incidents[0].name":              {set("assumptions.incidents[1].name", "Other")},
	"assumptions.incidents[0].victim":            {set("assumptions.incidents[1].victim", "China")},
	"assumptions.incidents[0].source":            {set("assumptions.incidents[0].source", "Russia")},
	"assumptions.incidents[0].intent":            {set("assumptions.incidents[0].intent", "disruption")},
	"assumptions.onset.streams[0].source":        {set("assumptions.onset.streams[3].source", "Russia")},
	"assumptions.onset.streams[0].victim":        {set("assumptions.onset.streams[3].victim", "Russia")},
	"assumptions.states.United Kingdom.observer": {set("assumptions.states.Japan.observer", "false")},
	"levers.summits[0].name": {set("levers.summits[0].name", "other"),
		set("arms.without-forum", "{channels.dialogue.open: false}")},
	"levers.coalitions.allies.core": {set("levers.coalitions.allies.core", "Canada")},
	"levers.channels.dialogue.open": {set("levers.channels.dialogue.open", "false")},
}

// changes are the settings that give a key another value, one after the other.
func changes(p place) [][]Layer {
	if layers, ok := special[p.path]; ok {
		if layers == nil {
			return nil
		}
		return [][]Layer{layers}
	}
	values := others(p.field.shape)
	if v := composites[p.path]; v != "" {
		values = []string{v}
	}
	var out [][]Layer
	for _, v := range values {
		out = append(out, []Layer{set(p.path, v)})
	}
	return out
}

// plainly compares what a scenario says, without where it says so.
var plainly = cmp.Options{cmp.AllowUnexported(Scenario{}, override{}),
	cmpopts.IgnoreFields(Slot{}, "Line", "Origin", "Source"), cmpopts.IgnoreFields(Expectation{}, "Line")}

// TestEveryKeyReachesValid catches a key that is checked and then dropped: each,
// given another value, changes the scenario.
func TestEveryKeyReachesValid(t *testing.T) {
	base := mustLoad(t, full(t))
	seen := 0
	for _, p := range places() {
		moved, refused := false, ""
		tries := changes(p)
		for _, layers := range tries {
			opts := world
			opts.Layers = layers
			v, err := Load("test", []byte(full(t)), opts)
			if err != nil {
				refused = err.Error()
				continue
			}
			moved = moved || !cmp.Equal(base, v, plainly)
		}
		if len(tries) > 0 && !moved {
			t.Errorf("%s: no other value changes anything; %s", p.path, refused)
		}
		if len(tries) > 0 {
			seen++
		}
	}
	if seen < 95 {
		t.Errorf("only %d keys were tried", seen)
	}
}

// TestEveryKeyRefusesNonsense catches a key whose shape accepts anything, and a
// mapping that accepts a key nobody knows, from outside as in the file.
func TestEveryKeyRefusesNonsense(t *testing.T) {
	for _, p := range places() {
		if ps := problemsOf(t, full(t), set(p.path, "[[[0]]]")); len(ps) == 0 {
			t.Errorf("%s accepts nonsense", p.path)
		}
		neighbour := strings.TrimSuffix(p.path, p.field.key) + "no-such-key"
		ps := problemsOf(t, full(t), set(neighbour, "1"))
		if p.in.inner == "" && (len(ps) != 1 || ps[0].File != "--set" || ps[0].Path != neighbour ||
			!strings.Contains(ps[0].What, "no-such-key")) {
			t.Errorf("%s: %v", neighbour, ps)
		}
	}
}

// TestRequiredKeys catches a key that is required in the reference only, or
// there by default and reported as missing.
func TestRequiredKeys(t *testing.T) {
	everyMapping(func(m mapping) {
		_, ps := checked(t, m, "{}")
		var want []string
		for _, f := range m.fields {
			if f.required {
				want = append(want, "key "+quote(f.key)+" is missing")
			}
		}
		var got []string
		for _, p := range ps {
			got = append(got, p.What)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", m.what, diff)
		}
	})
}

// TestReferenceRows catches a row that shows another value, default or meaning
// than the table that is checked.
func TestReferenceRows(t *testing.T) {
	ref := Reference()
	for _, p := range places() {
		shown := "none"
		switch {
		case p.field.required:
			shown = "required"
		case p.field.def != "" && p.field.def != "{}" && p.field.def != "[]":
			shown = "`" + p.field.def + "`"
		}
		row := fmt.Sprintf("| `%s` | %s | %s | %s |\n", p.field.key, p.field.shownShape(), shown, p.field.doc)
		section, _, _ := strings.Cut(ref[strings.Index(ref, "## "+capital(p.in.what)+"\n")+3:], "\n## ")
		if !strings.Contains(section, row) {
			t.Errorf("%s: no row %s", p.path, row)
		}
	}
}
