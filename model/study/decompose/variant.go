package decompose

import (
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
	ID      string // "scale-even"
	Choice  string // what is chosen: "ladder scale"
	Value   string // how: "even"
	Measure string // the measure that is read
	Plan    experiment.Plan
	Own     bool // Plan differs from the scenario's: it has to be played
}

// Variants lists the scenario as it stands, then each other choice of method by
// itself: the class of misstep and what counts as one episode, the ladder scale, the
// coupling of choices, retraction, look-ahead, how the asked answer, and the
// rationality λ halved and doubled. All share the plan's draws and replicates.
func Variants(p experiment.Plan) ([]Variant, error) {
	v := p.Scenario
	out := []Variant{{ID: "scenario", Choice: "the scenario as it stands", Measure: outcomeOf(v), Plan: p}}
	read := func(id, choice, value, measure string) {
		if measure != out[0].Measure {
			out = append(out, Variant{ID: id, Choice: choice, Value: value, Measure: measure, Plan: p})
		}
	}
	read("class-r3", "misstep class", "R3, public", "missteps")
	read("class-r6", "misstep class", "R6, relations", "missteps_r6")
	read("pair-episodes", "counted once", "pair episode", "pair_missteps")
	play := func(id, choice, value string, change func(*scenario.Scenario)) {
		w := *v
		change(&w)
		q := p
		q.Scenario = &w
		out = append(out, Variant{ID: id, Choice: choice, Value: value, Measure: out[0].Measure, Plan: q, Own: true})
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
	for _, f := range []struct {
		id, value string
		factor    float64
	}{{"rationality-halved", "halved", 0.5}, {"rationality-doubled", "doubled", 2}} {
		scaled, err := scaleParam(v, param.ChoiceRationality, f.factor)
		if err != nil {
			return nil, err
		}
		play(f.id, "rationality λ", f.value, func(w *scenario.Scenario) { *w = *scaled })
	}
	return out, nil
}

func other(now, a, b string) string {
	if now == a {
		return b
	}
	return a
}

// allDeny makes every answer a denial, and known to be: to be asked tells nothing.
func allDeny(w *scenario.Scenario) {
	one := []param.ID{param.ClarifyDenyGuilty, param.ClarifyDenyInnocent, param.ClarifyDenyGuiltyBelief,
		param.ClarifyDenyInnocentBelief}
	none := []param.ID{param.ClarifySilentGuilty, param.ClarifySilentInnocent, param.ClarifySilentGuiltyBelief,
		param.ClarifySilentInnocentBelief}
	fixed := map[int]bool{}
	w.Slots = slices.Clone(w.Slots)
	for i := range w.Slots {
		s := &w.Slots[i]
		switch {
		case slices.Contains(one, s.Param):
			s.Dist, fixed[i] = param.Fixed(1), true
		case slices.Contains(none, s.Param):
			s.Dist, fixed[i] = param.Fixed(0), true
		}
	}
	w.Model.Answers = "fixed"
	if w.Joint != nil {
		w.Joint = dropped(w.Joint, fixed)
	}
}

// dropped is a joint sample without some slots; nil where none is left.
func dropped(j *scenario.Joint, fixed map[int]bool) *scenario.Joint {
	if !slices.ContainsFunc(j.Slots, func(i int) bool { return fixed[i] }) {
		return j
	}
	out := *j
	out.Slots, out.Learned, out.Rows = nil, nil, make([][]float64, len(j.Rows))
	for k, slot := range j.Slots {
		if fixed[slot] {
			continue
		}
		out.Slots, out.Learned = append(out.Slots, slot), append(out.Learned, j.Learned[k])
		for r := range j.Rows {
			out.Rows[r] = append(out.Rows[r], j.Rows[r][k])
		}
	}
	if len(out.Slots) == 0 {
		return nil
	}
	return &out
}

// scaleParam multiplies every drawn value of a parameter, of whatever entity, by a
// factor > 0: the draw, not its prior, is what is halved or doubled.
func scaleParam(v *scenario.Scenario, id param.ID, factor float64) (*scenario.Scenario, error) {
	out := *v
	out.Slots = slices.Clone(v.Slots)
	scaled := map[int]bool{}
	for i := range out.Slots {
		s := &out.Slots[i]
		if s.Param != id {
			continue
		}
		var err error
		if s.Dist, err = times(s.Dist, factor); err != nil {
			return nil, fmt.Errorf("%s: %w", scenario.ShortPath(s.Path), err)
		}
		scaled[i] = true
	}
	if j := v.Joint; j != nil {
		joint := *j
		joint.Rows = make([][]float64, len(j.Rows))
		for r := range j.Rows {
			joint.Rows[r] = slices.Clone(j.Rows[r])
			for k, slot := range j.Slots {
				if scaled[slot] {
					joint.Rows[r][k] *= factor
				}
			}
		}
		out.Joint = &joint
	}
	return &out, nil
}

// times is the distribution of factor·x.
func times(d param.Dist, factor float64) (param.Dist, error) {
	switch d.Family {
	case param.Point, param.Uniform, param.Normal:
		d.A *= factor
		if d.Family != param.Point {
			d.B *= factor
		}
	case param.LogNormal:
		d.A += elem.Log(factor)
	default:
		return d, fmt.Errorf("a %s distribution cannot be halved or doubled; write an interval such as 15 to 120", d.Family)
	}
	bounded := func(x float64) float64 { return math.Max(-math.MaxFloat64, math.Min(math.MaxFloat64, x*factor)) }
	d.Lo, d.Hi = bounded(d.Lo), bounded(d.Hi)
	return d, nil
}
