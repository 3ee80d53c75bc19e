package experiment

import (
	"reflect"
	"slices"

	"github.com/misstep/misstep/model/scenario"
)

// PairOnly is the plan of the headline's two arms alone, which costs less to play and gives the same futures
// of both: or the plan as it is where another arm has a say in what the past holds, since a lever that the
// two share and the other does not is kept out of it. It is the plan as it is where the headline compares no two.
func (p *Plan) PairOnly() Plan {
	v := p.Scenario
	arms := p.HeadlineArms()
	if len(arms) < 2 {
		return *p
	}
	a, b := v.Arms[arms[0]], v.Arms[arms[1]]
	for _, third := range v.Arms {
		if heldApart(a.Levers.Channels, b.Levers.Channels, third.Levers.Channels,
			func(c scenario.Channel) bool { return c.Open }) ||
			heldApart(a.Levers.Coalitions, b.Levers.Coalitions, third.Levers.Coalitions,
				func(c scenario.Coalition) bool { return c.Open }) ||
			heldApart(a.Levers.Summits, b.Levers.Summits, third.Levers.Summits, func(s scenario.Summit) bool { return s.Open }) {
			return *p
		}
	}
	out, pair := *p, *v
	pair.Arms = []scenario.Arm{a, b}
	out.Scenario = &pair
	return out
}

// heldApart reports whether a lever that is open and the same in two arms is another
// one, or none, in a third.
func heldApart[T any](a, b, third []T, open func(T) bool) bool {
	in := func(list []T, x T) bool {
		return slices.ContainsFunc(list, func(y T) bool { return reflect.DeepEqual(x, y) })
	}
	return slices.ContainsFunc(a, func(x T) bool { return open(x) && in(b, x) && !in(third, x) })
}
