package decompose

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
	"github.com/misstep/misstep/model/summary"
)

// Result is a split in numbers: the content of why.json.
type Result struct {
	Format       int           `json:"format"` // version of this layout: 1
	Baseline     string        `json:"baseline"`
	Treatment    string        `json:"treatment"`
	Outcome      string        `json:"outcome"` // id of the headline's
	Method       Method        `json:"method"`
	Draws        int           `json:"draws"`
	Replicates   int           `json:"replicates"` // per draw
	Uncertain    bool          `json:"uncertain"`  // draws can differ
	Players      []string      `json:"players"`
	Outcomes     []Outcome     `json:"outcomes"`           // the headline's first
	Interactions []Interacting `json:"interactions"`       // in the headline's outcome, by size
	Undiscovered float64       `json:"undiscovered_share"` // of the common cases, in the coalitions between the two arms
}

// Method says how the orders of the players were covered.
type Method string

// The methods.
const (
	Exact  Method = "all coalitions"
	Orders Method = "one random order per replicate"
)

// Outcome is the split of one measure. The shares add up to the total.
type Outcome struct {
	ID       string `json:"outcome"`
	Label    string `json:"label"`
	Unit     string `json:"unit"`
	Goodness int    `json:"goodness"` // −1 lower is better, +1 higher is better, 0 neither
	Total    Effect `json:"total"`    // treatment − baseline
	Parts    []Part `json:"parts"`    // by player
}

// Part is what one player has to do with a difference.
type Part struct {
	Player  string `json:"player"`
	Share   Effect `json:"share"`    // its Shapley value
	Alone   Effect `json:"alone"`    // the difference if it alone acted
	Without Effect `json:"left_out"` // the difference if all but it acted
}

// Interacting is the Shapley interaction index of two players: below 0 in an
// outcome that both lower, they strengthen each other; above, they do the same work.
type Interacting struct {
	Players [2]string `json:"players"`
	Effect  Effect    `json:"effect"`
}

// Of computes the numbers of a split. It is a pure function of the sums.
func Of(s *Sums) *Result {
	v := s.Plan.Scenario
	out := &Result{Format: 1, Baseline: v.Headline.Baseline, Treatment: v.Headline.Treatment, Outcome: outcomeOf(v),
		Method: Orders, Draws: s.Plan.Draws, Replicates: s.Plan.Replicates, Uncertain: s.Plan.Uncertain()}
	if s.Exact {
		out.Method = Exact
	}
	for _, p := range s.Split.Players {
		out.Players = append(out.Players, p.String())
	}
	first := splitIndex(out.Outcome)
	out.Outcomes = append(out.Outcomes, s.outcome(first, out))
	for m := range readings {
		if m != first {
			out.Outcomes = append(out.Outcomes, s.outcome(m, out))
		}
	}
	out.Interactions = s.interactions(first, out)
	met, missing := 0.0, 0.0
	for d := range s.Draws {
		met += s.Draws[d].Met
		missing += s.Draws[d].Missing
	}
	if met > 0 {
		out.Undiscovered = missing / met
	}
	return out
}

// part gathers one kind of sums over the draws and estimates from them.
func (s *Sums) part(m int, of func(*DrawSums) *PartSums) Effect {
	def, free := &outcome.All[m], s.Plan.Uncertain()
	var draws []*Moments
	var flips []stat.Flips
	for d := range s.Draws {
		x := of(&s.Draws[d])
		draws = append(draws, &x.Moments)
		flips = append(flips, summary.Flips(def, x.Flips, x.Y, s.Plan.Scenario.Horizon))
	}
	return estimate(draws, def.Factor, def.Direction, free, func(e summary.Estimate) summary.Estimate {
		if !def.Flag || !free {
			return e
		}
		within := summary.Within(def, s.Plan.NoDifference(), s.common(), s.Plan.Scenario.Horizon) / def.Factor
		return summary.Counted(e, summary.Rates(flips, within), def.Factor)
	})
}

// common is how many cases both arms discover in a future.
func (s *Sums) common() float64 {
	var cases Moments
	for d := range s.Draws {
		cases.merge(&s.Draws[d].Readings[outcome.Index(outcome.Default)].Total.Moments)
	}
	return cases.Y / cases.N
}

func (s *Sums) outcome(m int, r *Result) Outcome {
	def := &outcome.All[m]
	out := Outcome{ID: def.ID, Label: def.Words.Name, Unit: def.Unit, Goodness: def.Direction,
		Total: s.part(m, func(d *DrawSums) *PartSums { return &d.Readings[m].Total })}
	sum := 0.0
	for k, name := range r.Players {
		of := func(part func(*PlayerSums) *PartSums) Effect {
			return s.part(m, func(d *DrawSums) *PartSums { return part(&d.Readings[m].Players[k]) })
		}
		p := Part{Player: name, Share: of(func(x *PlayerSums) *PartSums { return &x.Share }),
			Alone:   of(func(x *PlayerSums) *PartSums { return &x.Alone }),
			Without: of(func(x *PlayerSums) *PartSums { return &x.Without })}
		if p.Share.Verdict == summary.Same && s.acts(m, k) {
			if p.Share.Verdict = summary.Unclear; p.Share.NoError {
				p.Share.Verdict = summary.Unknown
			}
		}
		sum += p.Share.Value
		out.Parts = append(out.Parts, p)
	}
	t := &out.Total // less what rounding keeps it from the sum of its shares
	t.Value, t.Low, t.High = sum, t.Low+(sum-t.Value), t.High+(sum-t.Value)
	return out
}

// acts reports whether a player was seen to change a measure, alone or last: then a
// share of 0 in the orders that were drawn is no proof that it changes nothing.
func (s *Sums) acts(m, k int) bool {
	for d := range s.Draws {
		if r := &s.Draws[d].Readings[m]; r.Players[k].Alone.XX != 0 || r.Players[k].Without != r.Total {
			return true
		}
	}
	return false
}

// interactions lists the pairs, the largest first.
func (s *Sums) interactions(m int, r *Result) []Interacting {
	n := len(r.Players)
	out := []Interacting{}
	for i := range n {
		for j := i + 1; j < n; j++ {
			k := pairIndex(n, i, j)
			out = append(out, Interacting{Players: [2]string{r.Players[i], r.Players[j]},
				Effect: s.pair(m, k)})
		}
	}
	slices.SortStableFunc(out, func(a, b Interacting) int {
		return cmp.Compare(math.Abs(b.Effect.Value), math.Abs(a.Effect.Value))
	})
	return out
}

// pair estimates an interaction: a difference of differences, which has no flips.
func (s *Sums) pair(m, k int) Effect {
	var draws []*Moments
	for d := range s.Draws {
		draws = append(draws, &s.Draws[d].Pairs[k])
	}
	def := &outcome.All[m]
	return estimate(draws, def.Factor, def.Direction, s.Plan.Uncertain(),
		func(e summary.Estimate) summary.Estimate { return e })
}
