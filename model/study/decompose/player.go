package decompose

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/scenario"
)

// Player is one thing that two arms differ in: a mechanism of a channel, or all
// that is no mechanism together.
type Player struct {
	Mechanism scenario.Mechanism // meaningless where Other is set
	Other     bool
}

// otherLevers is the name of the player that is no mechanism: summits, coalitions,
// and what else differs about a channel.
const otherLevers = "other levers"

// String names the player: the mechanism's word in a mandate, or [otherLevers].
func (p Player) String() string {
	if p.Other {
		return otherLevers
	}
	return p.Mechanism.String()
}

// Split is the difference between the headline's two arms as a game.
type Split struct {
	Players []Player // mechanisms in their order, then other levers

	scenario            *scenario.Scenario
	baseline, treatment int // arms
}

// NewSplit finds the players of a scenario's headline. It fails where the scenario
// compares no two arms, or two that differ in nothing that could act.
func NewSplit(v *scenario.Scenario) (*Split, error) {
	g := &Split{scenario: v, baseline: armIndex(v, v.Headline.Baseline), treatment: armIndex(v, v.Headline.Treatment)}
	if g.baseline < 0 || g.treatment < 0 || g.baseline == g.treatment {
		return nil, fmt.Errorf("there is no difference to explain: the headline compares no two arms; name them with " +
			"--contrast BASELINE,TREATMENT")
	}
	for m := range scenario.Mechanism(scenario.NumMechanisms) {
		if slices.ContainsFunc(g.channels(), func(c versions) bool { return acts(c.a, m) != acts(c.b, m) }) {
			g.Players = append(g.Players, Player{Mechanism: m})
		}
	}
	if g.otherwiseDifferent() {
		g.Players = append(g.Players, Player{Other: true})
	}
	if len(g.Players) == 0 {
		return nil, fmt.Errorf("arms %s and %s differ in no mechanism, coalition or summit, so there is nothing to split; "+
			"choose others with --contrast BASELINE,TREATMENT",
			v.Headline.Baseline, v.Headline.Treatment)
	}
	return g, nil
}

func armIndex(v *scenario.Scenario, name string) int {
	return slices.IndexFunc(v.Arms, func(a scenario.Arm) bool { return a.Name == name })
}

// versions is one channel as the two arms have it, nil where an arm lacks it.
type versions struct{ a, b *scenario.Channel }

// acts reports whether a mechanism acts in a version: a channel that is not open
// has none.
func acts(ch *scenario.Channel, m scenario.Mechanism) bool {
	return ch != nil && ch.Open && ch.Mandate[m]
}

// channels pairs the channels of the two arms, by name.
func (g *Split) channels() []versions {
	a, b := g.levers(g.baseline).Channels, g.levers(g.treatment).Channels
	var out []versions
	for i, j := 0, 0; i < len(a) || j < len(b); {
		order := 0
		switch {
		case i == len(a):
			order = 1
		case j == len(b):
			order = -1
		default:
			order = strings.Compare(a[i].Name, b[j].Name)
		}
		var v versions
		if order <= 0 {
			v.a = &a[i]
			i++
		}
		if order >= 0 {
			v.b = &b[j]
			j++
		}
		out = append(out, v)
	}
	return out
}

func (g *Split) levers(arm int) *scenario.Levers { return &g.scenario.Arms[arm].Levers }

// otherwiseDifferent reports whether the arms differ in what is no mechanism and
// can still act: coalitions, summits, or how a channel that both have open is made.
func (g *Split) otherwiseDifferent() bool {
	a, b := g.levers(g.baseline), g.levers(g.treatment)
	return !reflect.DeepEqual(a.Coalitions, b.Coalitions) || !reflect.DeepEqual(a.Summits, b.Summits) ||
		slices.ContainsFunc(g.channels(), func(c versions) bool {
			return c.a != nil && c.b != nil && c.a.Open && c.b.Open && !sameBuild(*c.a, *c.b)
		})
}

// sameBuild compares two channels but for their mandates.
func sameBuild(a, b scenario.Channel) bool {
	a.Mandate, b.Mandate = [scenario.NumMechanisms]bool{}, [scenario.NumMechanisms]bool{}
	return reflect.DeepEqual(a, b)
}

// Arm is the arm of a coalition: the treatment in what its members stand for, the
// baseline in all else. A channel that either arm has open is open, with the
// mandate of the coalition: one without a mechanism changes nothing (property 1 of
// docs/MODEL.md). So the empty coalition does what the baseline does, and the full
// one what the treatment does.
func (g *Split) Arm(s Set) scenario.Arm {
	var on [scenario.NumMechanisms]bool
	other := false
	for k, p := range g.Players {
		switch {
		case p.Other:
			other = s.has(k)
		default:
			on[p.Mechanism] = s.has(k)
		}
	}
	from := g.levers(g.baseline)
	if other {
		from = g.levers(g.treatment)
	}
	arm := scenario.Arm{Name: g.name(s), Levers: scenario.Levers{Coalitions: from.Coalitions, Summits: from.Summits}}
	for _, c := range g.channels() {
		arm.Levers.Channels = append(arm.Levers.Channels, c.build(&on, other))
	}
	return arm
}

// name says what an arm of a coalition holds, for messages.
func (g *Split) name(s Set) string {
	var in []string
	for k, p := range g.Players {
		if s.has(k) {
			in = append(in, p.String())
		}
	}
	if len(in) == 0 {
		return "no mechanism"
	}
	return strings.Join(in, " + ")
}

// build is the channel with the treatment's mechanisms where on, the baseline's
// elsewhere, and the treatment's make where other is set.
func (c versions) build(on *[scenario.NumMechanisms]bool, other bool) scenario.Channel {
	from, second := c.a, c.b
	if other {
		from, second = c.b, c.a
	}
	if from == nil || !from.Open && second != nil && second.Open {
		from = second
	}
	ch := *from
	if !ch.Open {
		return ch
	}
	for m := range scenario.Mechanism(scenario.NumMechanisms) {
		ch.Mandate[m] = acts(c.a, m)
		if on[m] {
			ch.Mandate[m] = acts(c.b, m)
		}
	}
	return ch
}
