package scenario

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/param"
)

// dayOf is the date some days after the start of the scenarios of the tests.
func dayOf(day int) string {
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format(dateLayout)
}

// loaded draws a sketch and loads it.
func loaded(t *testing.T, r *rapid.T) (sketch, string, *Scenario) {
	t.Helper()
	s := sketches(r)
	data := s.yaml()
	v, err := Load("test", []byte(data), world)
	if err != nil {
		r.Fatalf("%v\n%s", err, data)
	}
	return s, data, v
}

// same fails where what was loaded is not what was meant.
func same(r *rapid.T, what string, want, got any) {
	if diff := cmp.Diff(want, got); diff != "" {
		r.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func sorted[T string | int](in []T) []T {
	out := slices.Clone(in)
	slices.Sort(out)
	return out
}

// TestRoundTripActors catches a name, menu or frame that is lost, doubled or
// given to another actor.
func TestRoundTripActors(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, _, v := loaded(t, r)
		var states, groups []string
		for _, state := range v.States {
			states = append(states, state.Name)
			same(r, "menu of "+state.Name, sorted(s.menus[state.Name]), state.Menu)
			same(r, "observer "+state.Name, state.Name == s.observer, state.Observer)
		}
		for _, g := range v.Groups {
			groups = append(groups, g.Name)
			same(r, "frames of "+g.Name, sorted(s.states), g.Frames)
		}
		want := slices.Clone(s.states)
		if s.observer != "" {
			want = append(want, s.observer)
		}
		same(r, "states", sorted(want), states)
		same(r, "groups", len(s.groups), len(groups))
		same(r, "horizon", float64(s.horizon)*param.DaysPerYear, v.Horizon)
		for name, text := range s.priors {
			p, _ := param.ByName(name)
			same(r, name, text, v.Slots[v.Param(p.ID, "")].Dist.Text)
		}
	})
}

// TestRoundTripStreams catches weights of intents in the wrong order, an absent
// weight taken for 0, and numbers of one stream or pair given to another.
func TestRoundTripStreams(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, _, v := loaded(t, r)
		same(r, "streams", len(s.streams), len(v.Onset))
		for _, st := range s.streams {
			i := slices.IndexFunc(v.Onset, func(o Onset) bool { return o.Source == st.source && o.Victim == st.victim })
			o := v.Onset[i]
			same(r, "rate of "+o.Entity(), st.rate, v.Slots[o.Rate].Dist.Text)
			same(r, "counted", st.counted, o.Counted)
			same(r, "arrivals", st.arrivals, o.Arrivals)
			for k, w := range st.mix {
				if got := o.Mix[k]; (got < 0) != (w == 0) || w > 0 && v.Slots[got].Dist.A != float64(w) {
					r.Fatalf("%s: weight of %s is number %d, want %d", o.Entity(), IntentNames[k], got, w)
				}
			}
		}
		for i, pair := range s.beliefs {
			k := slices.IndexFunc(v.Beliefs, func(b Belief) bool { return b.State == pair[0] && b.About == pair[1] })
			if b := v.Beliefs[k]; b.StatusQuo != -1 || v.Slots[b.Tension].Dist.A != float64(i)/100 {
				r.Fatalf("belief %v: %+v", pair, b)
			}
		}
		for _, k := range s.shocks {
			at := slices.IndexFunc(v.Shocks, func(x Shock) bool { return x.Name == k.name })
			x := v.Shocks[at]
			same(r, k.name, []any{float64(k.day), k.tension, sorted(k.between[:])},
				[]any{x.At, v.Slots[x.Tension].Dist.Text, x.Between[:]})
		}
	})
}

// TestRoundTripLevers catches a mechanism mistaken for its neighbour, an arm out
// of order, and a channel that one arm closes in another.
func TestRoundTripLevers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, _, v := loaded(t, r)
		same(r, "arms", len(s.arms), len(v.Arms))
		for i, arm := range v.Arms {
			same(r, "arm", s.arms[i], arm.Name)
			same(r, "channels", len(s.channels), len(arm.Levers.Channels))
			for k, want := range s.channels {
				c := Channel{Name: want.name, Members: sorted(want.members), Open: !slices.Contains(s.closed[arm.Name], want.name),
					Opens: -v.Model.Backlog, Track: want.track, Meets: want.meets, Question: want.question}
				for m, word := range MechanismNames {
					c.Mandate[m] = slices.Contains(want.mandate, word)
				}
				same(r, arm.Name+" "+want.name, c, arm.Levers.Channels[k])
			}
		}
		want := Headline{Outcome: "missteps", Baseline: s.arms[0], Horizon: v.Horizon}
		if len(s.arms) > 1 {
			want.Treatment = s.arms[len(s.arms)-1]
		}
		same(r, "headline", want, v.Headline)
	})
}

// TestGeneratedPermutation catches a list whose order in the file decides
// anything: shuffled in all mappings and lists, a scenario stays equal.
func TestGeneratedPermutation(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, data, v := loaded(t, r)
		seed := rapid.Uint64().Draw(r, "seed")
		again, err := Load("test", []byte(shuffle(t, data, rand.New(rand.NewPCG(seed, 3)))), world)
		if err != nil {
			r.Fatalf("%v\n%s", err, data)
		}
		if diff := cmp.Diff(v, again, sameBut); diff != "" {
			r.Fatalf("%d arms (-want +got):\n%s", len(s.arms), diff)
		}
	})
}

// TestGeneratedSchema catches a schema that refuses a scenario which loads.
func TestGeneratedSchema(t *testing.T) {
	compiled := compiledSchema(t)
	rapid.Check(t, func(r *rapid.T) {
		_, data, v := loaded(t, r)
		if err := compiled.Validate(asJSON(t, []byte(data))); err != nil {
			r.Fatalf("%v\n%s", err, data)
		}
		if !slices.IsSortedFunc(v.Slots, func(a, b Slot) int { return strings.Compare(a.Path, b.Path) }) {
			r.Fatal("numbers out of order")
		}
		sound(t, v)
	})
}
