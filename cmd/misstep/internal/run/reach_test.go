package run

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

func notes(t *testing.T, scenario string, flags ...string) string {
	t.Helper()
	a := clitest.Parsed(t, append([]string{"--draws", "2", "--replicates", "1", "--prior"}, flags...)...)
	var b strings.Builder
	a.Err = &b
	if _, err := Open(a, scenario); err != nil {
		t.Fatalf("%v: %v", flags, err)
	}
	return b.String()
}

// TestUnreached: a number for everyone where each has one of its own reaches nothing, where some have not all, and it
// is said what does.
func TestUnreached(t *testing.T) {
	Ships(t, nil, nil)
	const uk = "uk-china-dialogue-2026"
	for _, c := range []struct{ set, want string }{
		{"choice.price=0.1",
			`misstep: choice.price (--set) reaches nothing: whoever it is about has a number of their own; set ` +
				`states.China.choice.price and "prices.United Kingdom@2024-01-01.price" instead` + "\n"},
		{"choice.rationality=30", ""}, {"states.China.choice.price=0.1", ""},
		{"prices.United Kingdom@2024-01-01.price=0.1", ""},
		{"strength.clarify=0.2", "misstep: strength.clarify (--set) does not reach who has a number of their own: set " +
			"channels.embassies.strength.clarify, too, if they are meant\n"},
	} {
		if got := notes(t, uk, "--set", c.set); got != c.want {
			t.Errorf("%s: %q, want %q", c.set, got, c.want)
		}
	}
}

// TestWhatIsNotReadHasNoSay: over the shipped scenarios each parameter of the registry, set for everyone and not
// among the numbers that models are made of, gives the same future at another value. Catches a number that is read past
// the marks, and so said to reach nothing.
func TestWhatIsNotReadHasNoSay(t *testing.T) {
	unread := 0
	for _, name := range ShippedNames() {
		text, _ := Shipped(name)
		for _, def := range param.All() {
			v, err := scenario.Load(name, text, scenario.Options{Layers: []scenario.Layer{{Origin: scenario.FromFlag,
				Path: def.Name, Value: param.FormatNumber(def.Default, def.Domain.Duration), Where: "--set"}}})
			if err != nil {
				continue // a parameter of channels alone
			}
			p := experiment.Plan{Scenario: v, Seed: 1, Draws: 1, Replicates: 1}
			theta := p.Theta(0)
			read := sim.Reads(v, theta)
			at := slices.IndexFunc(v.Slots, func(s scenario.Slot) bool { return s.Origin == scenario.FromFlag })
			if at < 0 || read[at] {
				continue
			}
			unread++
			var futures [2][]sim.Outcome
			for k := range futures {
				theta[at] += float64(k) * (1 + theta[at])
				arms := &sim.Arms{History: sim.Compile(v, theta, sim.History)}
				for arm := range v.Arms {
					arms.Arms = append(arms.Arms, sim.Compile(v, theta, arm))
				}
				var r sim.Runner
				futures[k] = r.Run(arms, p.Replicate(0, 0), nil)
			}
			if !reflect.DeepEqual(futures[0], futures[1]) {
				t.Errorf("%s: %s is not read, and another value of it makes another future", name, def.Name)
			}
		}
	}
	if unread < 3 {
		t.Errorf("%d numbers are not read: nothing was tried", unread)
	}
}
