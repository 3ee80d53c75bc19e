package scenario

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
)

// cross checks what no single place can tell: sums, bounds and names that must
// fit each other. A check stays silent about what was refused already.
func (c *checker) cross(v *Scenario) {
	if v == nil {
		return
	}
	for _, check := range []func(*Scenario){
		c.crossBounds, c.crossNames, c.crossOnset, c.crossHostile, c.crossVolume, c.crossConfusion, c.crossBeliefs,
		c.crossThaws, c.crossMenus, c.crossDates, c.crossTriggers, c.crossIncidents, c.crossObservers, c.crossAnswers,
		c.crossPieces, c.crossHeadline, c.crossExpect,
	} {
		check(v)
	}
}

// median is the middle of a number; ok is false when it was refused or absent.
func (v *Scenario) median(n Num) (x float64, ok bool) {
	if n < 0 {
		return 0, false
	}
	x = v.Slots[n].Dist.Median()
	return x, !math.IsNaN(x)
}

// paramMedian is the middle of a parameter as an entity has it.
func (v *Scenario) paramMedian(id param.ID, entity string) float64 {
	x, _ := v.median(v.Param(id, entity))
	return x
}

// shortly writes a number for a message.
func shortly(x float64) string { return fmt.Sprintf("%.3g", x) }

// missing reports a key that is needed because of what stands elsewhere.
func (c *checker) missing(path, key, why string) {
	c.problemAt(path, "key "+quote(key)+" is missing", why)
}

// crossNames: the ladder scale is shipped, and no group is called like a state.
func (c *checker) crossNames(v *Scenario) {
	if known := ladder.Names(); v.Scale != "" && !slices.Contains(known, v.Scale) {
		c.problemAt("scale", "unknown scale "+quote(v.Scale), nearest.Remedy(v.Scale, known))
	}
	states, _ := c.known(roleState)
	for _, g := range v.Groups {
		if slices.Contains(states, g.Name) {
			c.problemAt("assumptions.groups."+Quoted(g.Name), quote(g.Name)+" is a state as well",
				"call one of them differently")
		}
	}
}

// crossConfusion: rows sum to 1 and name candidates only.
func (c *checker) crossConfusion(v *Scenario) {
	if v.nameless() {
		return
	}
	for _, s := range v.States {
		for _, culprit := range slices.Sorted(maps.Keys(s.Confusion)) {
			path := "assumptions.states." + Quoted(s.Name) + ".confusion." + Quoted(culprit)
			c.candidate(v, s.Name, culprit, path)
			sum, points := 0.0, true
			for _, share := range s.Confusion[culprit] {
				c.candidate(v, s.Name, share.Name, path+"."+Quoted(share.Name))
				x, ok := v.median(share.Value)
				points = points && ok && v.Slots[share.Value].Dist.IsPoint()
				sum += x
			}
			if points && math.Abs(sum-1) > 1e-9 {
				c.problemAt(path, fmt.Sprintf("the row sums to %.10g, not 1", sum),
					"change a share, also that of the culprit itself")
			}
		}
	}
}

// nameless reports whether the source or victim of a stream was refused: then
// nobody knows the candidates.
func (v *Scenario) nameless() bool {
	return slices.ContainsFunc(v.Onset, func(o Onset) bool { return o.Source == "" || o.Victim == "" })
}

// candidates are the sources with a stream against a victim.
func (v *Scenario) candidates(victim string) []string {
	var out []string
	for _, o := range v.Onset {
		if o.Victim == victim {
			out = append(out, o.Source)
		}
	}
	return out
}

func (c *checker) candidate(v *Scenario, victim, who, path string) {
	if candidates := v.candidates(victim); !slices.Contains(candidates, who) {
		c.problemAt(path, quote(who)+" is no candidate culprit for "+victim+
			": no stream of assumptions.onset leads from one to the other", nearest.List(candidates))
	}
}

// crossAnswers: what is neither denied nor left unanswered is admitted, so the
// two cannot exceed 1.
func (c *checker) crossAnswers(v *Scenario) {
	channels, _ := c.known(roleChannel)
	entities := []string{""}
	for _, name := range channels {
		entities = append(entities, Channel{Name: name}.Entity())
	}
	for _, entity := range entities {
		c.answers(v, entity, param.ClarifyDenyGuilty, param.ClarifySilentGuilty)
		c.answers(v, entity, param.ClarifyDenyInnocent, param.ClarifySilentInnocent)
		c.answers(v, entity, param.ClarifyDenyGuiltyBelief, param.ClarifySilentGuiltyBelief)
		c.answers(v, entity, param.ClarifyDenyInnocentBelief, param.ClarifySilentInnocentBelief)
	}
}

func (c *checker) answers(v *Scenario, entity string, denial, silence param.ID) {
	x, y := v.paramMedian(denial, entity), v.paramMedian(silence, entity)
	if x+y <= 1+1e-9 {
		return
	}
	path, other := v.Slots[v.Param(denial, entity)].Path, v.Slots[v.Param(silence, entity)].Path
	if c.at[other] != nil && c.at[path] == nil {
		path = other
	}
	c.problemAt(path, fmt.Sprintf("%s and %s are %s and %s at their medians, more than 1 together",
		param.Get(denial).Name, param.Get(silence).Name, shortly(x), shortly(y)),
		"what remains to 1 is admission; lower one of them")
}
