package scenario

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/param"
)

// peopled is a scenario with one entity of each kind; %s stands where each may
// hold a parameter of its own.
const peopled = `misstep: 1
title: Peopled
start: 2026-01-01
horizon: 5y
assumptions:
  %[1]s
  states:
    A: {%[2]s}
    B: {}
  groups:
    gang: {%[3]s}
  onset:
    streams:
      - {source: B, victim: A, rate: 1, mix: {espionage: 1}, %[4]s}
    %[6]s
  channels:
    forum: {%[5]s}
levers: {channels: {forum: {members: [A, B]}}}
arms: {one: {}}
`

// homes are the entities, and which scopes may be set there.
var homes = []struct {
	entity string
	slot   int // of the %s above
	line   int
	scopes []param.Scope
}{
	{"", 0, 6, []param.Scope{param.Global, param.State, param.Source, param.Stream, param.Channel}},
	{"states.A", 1, 8, []param.Scope{param.State, param.Source}},
	{"groups.gang", 2, 11, []param.Scope{param.Source}},
	{"onset.B>A", 3, 14, []param.Scope{param.Stream}},
	{"channels.forum", 4, 17, []param.Scope{param.Channel}},
}

// inhabited fills one of the gaps.
func inhabited(slot int, text string) string {
	gaps := make([]any, 6)
	for i := range gaps {
		gaps[i] = ""
	}
	gaps[0] = "model: {}"
	gaps[slot] = text
	return strings.Replace(strings.Replace(fmt.Sprintf(peopled, gaps...), ", }", "}", 1), "\n    \n",
		"\n    # nothing\n", 1)
}

// valueFor is a value of a parameter that differs from its default.
func valueFor(p param.Param) string {
	for _, f := range []float64{0.03, 0.5, 2} {
		if f != p.Default && p.Domain.Contains(f) {
			return param.FormatNumber(f, p.Domain.Duration)
		}
	}
	return ""
}

// writtenAt is the file in which one entity holds a parameter.
func writtenAt(p param.Param, home int, value string) string {
	text := fmt.Sprintf("%s: {%s: %s}", p.Group(), p.Short(), value)
	if p.Group() == "onset" && homes[home].entity == "" {
		return inhabited(5, p.Short()+": "+value)
	}
	return inhabited(homes[home].slot, text)
}

// TestEveryParameterEverywhere catches a parameter that is dropped, goes to
// another entity, or is accepted where its scope does not reach; in the file and
// from outside.
func TestEveryParameterEverywhere(t *testing.T) {
	for _, p := range param.All() {
		value := valueFor(p)
		want, err := param.ParseDist(value, p.Domain)
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		for i, home := range homes {
			path := strings.ReplaceAll("assumptions."+home.entity+"."+p.Name, "..", ".")
			line := home.line
			if p.Group() == "onset" && home.entity == "" {
				line = 15
			}
			file, layer := writtenAt(p, i, value), set(path, value)
			if !slices.Contains(home.scopes, p.Scope) {
				refusedBoth(t, p, path, problemsOf(t, file), problemsOf(t, inhabited(0, "model: {}"), layer))
				continue
			}
			for _, c := range []struct {
				v    *Scenario
				want Slot
			}{
				{mustLoad(t, file), Slot{path, want, p.Domain, p.ID, "", FromScenario, line}},
				{mustLoad(t, inhabited(0, "model: {}"), layer), Slot{path, want, p.Domain, p.ID, "--set", FromFlag, 0}},
			} {
				heldBy(t, c.v, p, home.entity, c.want)
			}
		}
	}
}

// refusedBoth checks that a parameter is refused with its right place.
func refusedBoth(t *testing.T, p param.Param, path string, file, layer Problems) {
	t.Helper()
	for _, ps := range []Problems{file, layer} {
		if len(ps) != 1 || !strings.Contains(ps[0].What, "cannot be set here") ||
			!strings.Contains(ps[0].Hint, "assumptions."+p.Group()) {
			t.Errorf("%s: %v", path, ps)
		}
	}
	if len(layer) == 1 && (layer[0].Path != clip(path) || layer[0].File != "--set") {
		t.Errorf("%s from outside: %v", path, layer)
	}
}

// heldBy checks the slot of a parameter at an entity and that others keep theirs.
func heldBy(t *testing.T, v *Scenario, p param.Param, entity string, want Slot) {
	t.Helper()
	if got := v.Slots[v.Param(p.ID, entity)]; got != want {
		t.Errorf("%s: %+v, want %+v", want.Path, got, want)
	}
	for _, home := range homes {
		if got := v.Slots[v.Param(p.ID, home.entity)]; home.entity != entity && entity != "" && got.Origin != FromDefault {
			t.Errorf("%s leaks to %q: %+v", want.Path, home.entity, got)
		} else if entity == "" && got != want {
			t.Errorf("%s does not hold for %q: %+v", want.Path, home.entity, got)
		}
	}
	set := 0
	for _, s := range v.Slots {
		if s.Param != structural && s.Origin != FromDefault {
			set++
		}
	}
	if set != 1 {
		t.Errorf("%s: %d parameters are set", want.Path, set)
	}
}

// TestEveryParameterKeepsItsDomain catches a parameter that is checked against
// the domain of another.
func TestEveryParameterKeepsItsDomain(t *testing.T) {
	for _, p := range param.All() {
		for _, outside := range []float64{p.Domain.Lo - 1, p.Domain.Hi + 1} {
			if p.Domain.Contains(outside) || outside < -1e300 || outside > 1e300 {
				continue
			}
			text := param.FormatNumber(outside, p.Domain.Duration)
			ps := problemsOf(t, tiny, set(p.Name, text))
			if len(ps) != 1 || ps[0].Path != "assumptions."+p.Name ||
				ps[0].What != text+" is outside the domain: "+p.Domain.Text {
				t.Errorf("%s: %s: %v", p.Name, text, ps)
			}
		}
	}
}

// TestPriorsAreUsed catches a default where a prior is asked for, at the file's
// own value too: what is set is never replaced by its prior.
func TestPriorsAreUsed(t *testing.T) {
	for _, p := range param.All() {
		opts := world
		opts.UsePriors = true
		opts.Layers = []Layer{set(p.Name, valueFor(p))}
		v, err := Load("test", []byte(tiny), opts)
		if err != nil {
			t.Fatal(err)
		}
		if s := v.Slots[v.Param(p.ID, "")]; s.Origin != FromFlag || s.Dist.Text != valueFor(p) {
			t.Errorf("%s: %+v", p.Name, s)
		}
		other := param.Get((p.ID + 1) % param.ID(param.Count()))
		s := v.Slots[v.Param(other.ID, "")]
		if s.Dist != other.PriorDist() || (s.Origin == FromPrior) != (other.Prior != "") || s.Source != other.Source {
			t.Errorf("%s: %+v", other.Name, s)
		}
	}
}

// TestLayerOrder catches a precedence that follows the kind of a layer, or the
// length of its path, and not the order in which layers come: the last wins.
func TestLayerOrder(t *testing.T) {
	kinds := []Origin{FromConfig, FromEnv, FromFlag}
	rapid.Check(t, func(r *rapid.T) {
		var layers []Layer
		want := map[string]Layer{}
		for i := range rapid.IntRange(1, 8).Draw(r, "layers") {
			path := rapid.SampledFrom([]string{"choice.goal", "assumptions.choice.goal", "choice.price",
				"assumptions.states.A.choice.goal"}).Draw(r, "path")
			l := Layer{rapid.SampledFrom(kinds).Draw(r, "origin"), path, fmt.Sprint(i + 2), fmt.Sprintf("place:%d", i)}
			layers = append(layers, l)
			want["assumptions."+strings.TrimPrefix(path, "assumptions.")] = l
		}
		v := mustLoad(t, strings.Replace(tiny, "  states", "  choice: {goal: 0.1, price: 0.2}\n  states", 1), layers...)
		for path, l := range want {
			if s := slot(t, v, path); s.Dist.Text != l.Value || s.Origin != l.Origin || s.Source != l.Where || s.Line != 0 {
				r.Fatalf("%s: %+v, want that of %+v", path, s, l)
			}
		}
	})
}

// TestLayersOfWholeAndPart catches a part that survives the replacement of its
// whole, and a whole that is lost when a part is set after it.
func TestLayersOfWholeAndPart(t *testing.T) {
	whole, part := set("choice", "{goal: 0.1, price: 0.2}"), set("choice.goal", "0.9")
	for _, c := range []struct {
		layers             []Layer
		goal, price, audit string
	}{
		{[]Layer{whole}, "0.1", "0.2", "0.13"}, {[]Layer{whole, part}, "0.9", "0.2", "0.13"},
		{[]Layer{part, whole}, "0.1", "0.2", "0.13"},
		{[]Layer{part}, "0.9", "0.12", "0.7"}, {[]Layer{part, whole, part, set("choice", "{}")}, "0.6", "0.12", "0.13"},
	} {
		v := mustLoad(t, strings.Replace(tiny, "  states", "  choice: {audience: 0.7}\n  states", 1), c.layers...)
		for path, want := range map[string]string{"goal": c.goal, "price": c.price, "audience": c.audit} {
			if s := slot(t, v, "assumptions.choice."+path); s.Dist.Text != want {
				t.Errorf("%v: %s is %s, want %s", c.layers, path, s.Dist.Text, want)
			}
		}
	}
}
