package study

import (
	"math"
	"strings"
	"testing"
)

// TestVary: what --vary means, by its path, its units and its ends.
func TestVary(t *testing.T) {
	j := tinyJob(t)
	grid, free, scatter := ranges{}, ranges{optional: true, values: 9}, ranges{scatter: true}
	for _, c := range []struct {
		text   string
		r      ranges
		path   string
		lo, hi float64
		values int
	}{
		{"strength.clarify=0:1:5", grid, "assumptions.strength.clarify", 0, 1, 5},
		{" assumptions.strength.clarify = 0 : .5 : 2 ", grid, "assumptions.strength.clarify", 0, .5, 2},
		{"model.choice.cost=0.1:0.2:3", grid, "assumptions.choice.cost", .1, .2, 3},
		{"evidence.gap=10d:1y:4", grid, "assumptions.evidence.gap", 10, 365.25, 4},
		{"onset.Borland>Aland.rate=1:2:3", grid, "assumptions.onset.Borland>Aland.rate", 1, 2, 3},
		{"Borland>Aland.rate=1:2:3", grid, "assumptions.onset.Borland>Aland.rate", 1, 2, 3},
		{"channels.forum.strength.clarify=0:1:3", grid, "assumptions.channels.forum.strength.clarify", 0, 1, 3},
		{"states.Aland.choice.price=0.1:1:3", grid, "assumptions.states.Aland.choice.price", .1, 1, 3},
		{"reply.max_moves=1:4:4", grid, "assumptions.reply.max_moves", 1, 4, 4},
		{"strength.delay", free, "assumptions.strength.delay", .025, .975, 9},
		{"strength.delay=0:1", free, "assumptions.strength.delay", 0, 1, 9},
		{"strength.delay=0:1:4", free, "assumptions.strength.delay", 0, 1, 4},
		{"effect.trust=−0.1:0.1", scatter, "assumptions.effect.trust", -.1, .1, 0},
	} {
		got, err := vary(j.Scenario, []string{c.text}, c.r)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if x := got[0]; x.Path != c.path || math.Abs(x.Lo-c.lo) > 1e-9 || math.Abs(x.Hi-c.hi) > 1e-9 || x.Values != c.values {
			t.Errorf("%s: %+v", c.text, x)
		}
		if _, err := moved(j, got, []float64{got[0].Hi}); err != nil {
			t.Errorf("%s cannot be set: %v", c.text, err)
		}
	}
}

// TestVaryRefuses: each mistake has its own words.
func TestVaryRefuses(t *testing.T) {
	j := tinyJob(t)
	for text, want := range map[string]string{
		"":                               "is not PATH=lo:hi:n",
		"=0:1:3":                         "is not PATH=lo:hi:n",
		"strength.clarify":               "is not PATH=lo:hi:n; for example --vary strength.clarify=0:1:9",
		"strength.clarify=0:1":           "is not PATH=lo:hi:n",
		"strength.clarify=0:1:2:3":       "is not PATH=lo:hi:n",
		"strength.clarify=0:1:1":         `"1" is no number of values; write a whole number, 2 or more`,
		"strength.clarify=0:1:many":      `"many" is no number of values`,
		"strength.clarify=a:1:3":         `"a" is no number`,
		"strength.clarify=0:NaN:3":       `"NaN" is no number`,
		"strength.clarify=-1:1:3":        "-1 is outside the domain: 0 to 1",
		"strength.clarify=1:1:3":         "the range 1 to 1 is empty",
		"strength.clarify=0:1:3,x":       "is no number of values",
		"strength.clarity=0:1:3":         `unknown number "strength.clarity"; did you mean "strength.clarify"?`,
		"evidence.gap=1:2:3":             `"1" is no duration; write days as 196d`,
		"reply.max_moves=1:2:3":          "there are 2 whole numbers from 1 to 2, not 3",
		"arms.with=0:1:3":                `unknown number "arms.with"`,
		"states.Aland=0:1:3":             `unknown number "states.Aland"`,
		"choice.cost=0.1:0.2:3 choice.x": "is no number of values",
	} {
		if _, err := vary(j.Scenario, []string{text}, ranges{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := vary(j.Scenario, []string{"strength.clarify=0:1:3", "assumptions.strength.clarify=0:1:3"},
		ranges{}); err == nil || !strings.Contains(err.Error(), "stands there twice") {
		t.Error(err)
	}
	if _, err := vary(j.Scenario, []string{"reply.delay"}, ranges{optional: true, values: 5}); err == nil ||
		!strings.Contains(err.Error(), "the number is fixed") {
		t.Error(err)
	}
	if got, err := vary(j.Scenario, []string{"states.Nowhere.choice.price=0.1:1:3"}, ranges{}); err != nil {
		t.Error(err)
	} else if _, err := moved(j, got, []float64{.5}); err == nil || !strings.Contains(err.Error(), "--vary") ||
		!strings.Contains(err.Error(), "Nowhere") {
		t.Errorf("a state that there is not: %v", err)
	}
}

// TestToday: what is assumed today is the median of a number, of one entity's the
// general one, of a fixed number its value.
func TestToday(t *testing.T) {
	j := tinyJob(t)
	for path, want := range map[string]float64{"strength.clarify": .5, "channels.forum.strength.clarify": .5,
		"reply.delay": 7} {
		x, err := findNumber(j.Scenario, path)
		if err != nil || math.Abs(x.number.Today-want) > 1e-9 || x.number.Fixed != (path == "reply.delay") {
			t.Errorf("%s: %+v, %v", path, x, err)
		}
	}
}

// FuzzVary: no text makes it panic, and what passes has a range in the domain.
func FuzzVary(f *testing.F) {
	for _, s := range []string{"strength.clarify=0:1:5", "evidence.gap=1d:2y:3", "a=b", "=::",
		"strength.clarify=0:1e308:9", "onset.Borland>Aland.rate=1:2:3"} {
		f.Add(s)
	}
	j := tinyJob(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := vary(j.Scenario, []string{text}, ranges{})
		if err != nil {
			return
		}
		if x := got[0]; !(x.Lo < x.Hi) || x.domain.Check(x.Lo) != nil || x.domain.Check(x.Hi) != nil || x.Values < 2 {
			t.Errorf("%q: %+v", text, x)
		}
	})
}
