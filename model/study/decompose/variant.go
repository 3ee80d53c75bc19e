package decompose

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// Variant is another choice of method under which a difference is looked at.
type Variant struct {
	ID      string `json:"id"`      // "scale-even"
	Choice  string `json:"choice"`  // what is chosen: "ladder scale"
	Value   string `json:"value"`   // how: "even"
	Measure string `json:"outcome"` // that is read
}

// Universe is a variant with what is played for it.
type Universe struct {
	Variant
	Plan experiment.Plan
	Own  bool // it has to be played; else its numbers are those of the first
}

// Variants lists the scenario as it stands, then each other choice of method by
// itself: the class of misstep and what counts as one episode, the ladder scale, the
// coupling of choices, retraction, look-ahead, how the asked answer, and the
// rationality λ halved and doubled. All share the plan's draws and replicates.
func Variants(p experiment.Plan) ([]Universe, error) {
	v := p.Scenario
	out := []Universe{{Variant{"scenario", "the scenario as it stands", "", outcomeOf(v)}, p, true}}
	read := func(id, choice, value, measure string) {
		if measure != out[0].Measure {
			out = append(out, Universe{Variant: Variant{id, choice, value, measure}, Plan: p})
		}
	}
	read("class-r3", "misstep class", "R3, public", "missteps")
	read("class-r6", "misstep class", "R6, relations", "missteps_on_r6")
	read("pair-episodes", "counted once", "pair episode", "pair_missteps")
	play := func(id, choice, value string, change func(*scenario.Scenario)) {
		q := p
		q.Scenario = copied(v)
		change(q.Scenario)
		out = append(out, Universe{Variant{id, choice, value, out[0].Measure}, q, true})
	}
	for _, scale := range ladder.Names() {
		if scale != v.Scale {
			play("scale-"+scale, "ladder scale", scale, func(w *scenario.Scenario) { w.Scale = scale })
		}
	}
	coupling := other(v.Model.Coupling, "quantile", "gumbel")
	play("coupling-"+coupling, "coupling", coupling, func(w *scenario.Scenario) { w.Model.Coupling = coupling })
	retraction := "with"
	if v.Model.Retraction {
		retraction = "without"
	}
	play(retraction+"-retraction", "retraction", retraction,
		func(w *scenario.Scenario) { w.Model.Retraction = !v.Model.Retraction })
	ahead := 1 - min(v.Model.Lookahead, 1)
	play(fmt.Sprintf("lookahead-%d", ahead), "look-ahead", fmt.Sprintf("%d moves", ahead),
		func(w *scenario.Scenario) { w.Model.Lookahead = ahead })
	answers := other(v.Model.Answers, "fixed", "strategic")
	play("answers-"+answers, "answers", answers, func(w *scenario.Scenario) { w.Model.Answers = answers })
	play("all-deny", "answers", "all deny, δ = 1", allDeny)
	var err error
	for i, value := range []string{"halved", "doubled"} {
		play("rationality-"+value, "rationality λ", value, func(w *scenario.Scenario) {
			err = errors.Join(err, scale(w, param.ChoiceRationality, []float64{0.5, 2}[i]))
		})
	}
	return out, err
}

func other(now, a, b string) string {
	if now == a {
		return b
	}
	return a
}

// allDeny makes every answer a denial, and known to be: to be asked tells nothing.
func allDeny(w *scenario.Scenario) {
	always := []param.ID{param.ClarifyDenyGuilty, param.ClarifyDenyInnocent, param.ClarifyDenyGuiltyBelief,
		param.ClarifyDenyInnocentBelief}
	never := []param.ID{param.ClarifySilentGuilty, param.ClarifySilentInnocent, param.ClarifySilentGuiltyBelief,
		param.ClarifySilentInnocentBelief}
	for i := range w.Slots {
		for x, ids := range [][]param.ID{never, always} {
			if slices.Contains(ids, w.Slots[i].Param) {
				replace(w, i, param.Fixed(float64(x)), func(float64) float64 { return float64(x) })
			}
		}
	}
	w.Model.Answers = "fixed"
}

// scale multiplies every drawn value of a parameter, of whatever entity, by a
// factor > 0: the draw, not its prior, is what is halved or doubled.
func scale(w *scenario.Scenario, id param.ID, factor float64) error {
	for i := range w.Slots {
		if s := &w.Slots[i]; s.Param == id {
			d, err := times(s.Dist, factor)
			if err != nil {
				return fmt.Errorf("%s: %w", scenario.ShortPath(s.Path), err)
			}
			replace(w, i, d, func(x float64) float64 { return factor * x })
		}
	}
	return nil
}

// replace gives a slot another distribution, and what a joint sample has of it other
// values.
func replace(w *scenario.Scenario, slot int, d param.Dist, value func(float64) float64) {
	w.Slots[slot].Dist = d
	if w.Joint == nil {
		return
	}
	if k, drawn := slices.BinarySearch(w.Joint.Slots, slot); drawn {
		for _, row := range w.Joint.Rows {
			row[k] = value(row[k])
		}
	}
}

// copied is a scenario whose numbers may be changed.
func copied(v *scenario.Scenario) *scenario.Scenario {
	out := *v
	out.Slots = slices.Clone(v.Slots)
	if v.Joint != nil {
		joint := *v.Joint
		joint.Rows = make([][]float64, len(v.Joint.Rows))
		for r, row := range v.Joint.Rows {
			joint.Rows[r] = slices.Clone(row)
		}
		out.Joint = &joint
	}
	return &out
}

// times is the distribution of factor·x.
func times(d param.Dist, factor float64) (param.Dist, error) {
	switch d.Family {
	case param.Point:
		d.A *= factor
	case param.Uniform, param.Normal:
		d.A, d.B = d.A*factor, d.B*factor
	case param.LogNormal:
		d.A += elem.Log(factor)
	default:
		return d, fmt.Errorf("a %s distribution cannot be halved or doubled; write an interval such as 15 to 120", d.Family)
	}
	bounded := func(x float64) float64 { return math.Max(-math.MaxFloat64, math.Min(math.MaxFloat64, x*factor)) }
	d.Lo, d.Hi = bounded(d.Lo), bounded(d.Hi)
	return d, nil
}
