package decompose

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// Player is one thing that two arms differ in: a mechanism of a channel, or [Other].
type Player scenario.Mechanism

// Other is all together that is no mechanism: summits, coalitions, and what else
// differs about a channel.
const Other = Player(scenario.NumMechanisms)

// String names the player: the mechanism's word in a mandate, or "other levers".
func (p Player) String() string {
	if p == Other {
		return "other levers"
	}
	return scenario.Mechanism(p).String()
}

// Split is the difference between the headline's two arms as a game.
type Split struct {
	Players []Player // mechanisms in their order, then other levers

	baseline, treatment scenario.Arm
	channels            []versions // by name
	adds                Set        // players that are mechanisms, which the treatment has more of and nowhere less
	end                 bool       // the treatment has every channel open that either arm has
}

// NewSplit finds the players of a scenario's headline. It fails where the scenario
// compares no two arms, or two that differ in nothing that could act.
func NewSplit(v *scenario.Scenario) (*Split, error) {
	a, b, err := pairOf(v)
	if err != nil {
		return nil, err
	}
	g := &Split{baseline: a, treatment: b, channels: pairChannels(a.Levers.Channels, b.Levers.Channels)}
	for m := range scenario.Mechanism(scenario.NumMechanisms) {
		if slices.ContainsFunc(g.channels, func(c versions) bool { return acts(c.a, m) != acts(c.b, m) }) {
			g.Players = append(g.Players, Player(m))
		}
	}
	if !reflect.DeepEqual(a.Levers.Coalitions, b.Levers.Coalitions) ||
		!reflect.DeepEqual(a.Levers.Summits, b.Levers.Summits) || slices.ContainsFunc(g.channels, versions.madeOtherwise) {
		g.Players = append(g.Players, Other)
	}
	if len(g.Players) == 0 {
		return nil, fmt.Errorf("arms %s and %s differ in no mechanism, coalition or summit, so there is nothing to split; "+
			"choose others with --contrast BASELINE,TREATMENT", a.Name, b.Name)
	}
	for k, p := range g.Players {
		if p != Other && !slices.ContainsFunc(g.channels, func(c versions) bool {
			return acts(c.a, scenario.Mechanism(p)) && !acts(c.b, scenario.Mechanism(p))
		}) {
			g.adds = g.adds.with(k)
		}
	}
	g.end = !slices.ContainsFunc(g.channels, func(c versions) bool {
		return c.a != nil && c.a.Open && (c.b == nil || !c.b.Open)
	})
	return g, nil
}

// idle reports whether players did nothing where all of them were: mechanisms that the baseline has not, and that
// are none of those that acted.
func (g *Split) idle(players Set, acted uint16) bool {
	for k, p := range g.Players {
		if players.has(k) && (!g.adds.has(k) || acted>>p&1 == 1) {
			return false
		}
	}
	return true
}

// pairOf finds the two arms that a headline compares.
func pairOf(v *scenario.Scenario) (baseline, treatment scenario.Arm, err error) {
	arms := (&experiment.Plan{Scenario: v}).HeadlineArms()
	if len(arms) < 2 {
		err = errors.New("there is no difference to explain: the headline compares no two arms; name them with " +
			"--contrast BASELINE,TREATMENT")
	}
	return v.Arms[arms[0]], v.Arms[arms[len(arms)-1]], err
}

// versions is one channel as the two arms have it, nil where an arm lacks it.
type versions struct{ a, b *scenario.Channel }

// pairChannels pairs the channels of two arms by name.
func pairChannels(a, b []scenario.Channel) []versions {
	in := func(list []scenario.Channel, name string) *scenario.Channel {
		if i := slices.IndexFunc(list, func(c scenario.Channel) bool { return c.Name == name }); i >= 0 {
			return &list[i]
		}
		return nil
	}
	names := map[string]bool{}
	for _, c := range slices.Concat(a, b) {
		names[c.Name] = true
	}
	var out []versions
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, versions{in(a, name), in(b, name)})
	}
	return out
}

// acts reports whether a mechanism acts in a version: a channel that is not open
// has none.
func acts(ch *scenario.Channel, m scenario.Mechanism) bool {
	return ch != nil && ch.Open && ch.Mandate[m]
}

// madeOtherwise reports whether both arms have the channel open, and it differs in
// more than its mandate.
func (c versions) madeOtherwise() bool {
	if c.a == nil || c.b == nil || !c.a.Open || !c.b.Open {
		return false
	}
	b := *c.b
	b.Mandate = c.a.Mandate
	return !reflect.DeepEqual(*c.a, b)
}

// Arm is the arm of a coalition: the treatment in what its members stand for, the
// baseline in all else. A channel that either arm has open is open, with the
// mandate of the coalition: one without a mechanism changes nothing (property 1 of
// docs/MODEL.md). So the empty coalition does what the baseline does, and the full
// one what the treatment does.
func (g *Split) Arm(s Set) scenario.Arm {
	var on [Other + 1]bool
	var names []string
	for k, p := range g.Players {
		if on[p] = s.has(k); on[p] {
			names = append(names, p.String())
		}
	}
	arm := g.baseline
	if on[Other] {
		arm = g.treatment
	}
	arm.Name, arm.Levers.Channels = strings.Join(names, " + "), nil
	for _, c := range g.channels {
		arm.Levers.Channels = append(arm.Levers.Channels, c.build(&on))
	}
	return arm
}

// build is the channel with the treatment's mechanisms where on, the baseline's
// elsewhere, and the treatment's make with [Other].
func (c versions) build(on *[Other + 1]bool) scenario.Channel {
	from, second := c.a, c.b
	if on[Other] {
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
