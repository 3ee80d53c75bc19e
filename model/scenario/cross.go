package scenario

import (
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
)

// cross checks what no single place can tell: sums, bounds and names that must
// fit each other. A check stays silent about what was refused already.
func (c *checker) cross(v *Scenario) {
	if v == nil {
		return
	}
	c.crossScale(v)
	c.crossSources(v)
	c.crossOnset(v)
	c.crossHostile(v)
	c.crossVolume(v)
	c.crossConfusion(v)
	c.crossPairs(v)
	c.crossDates(v)
	c.crossIncidents(v)
	c.crossObservers(v)
	c.crossAnswers(v)
	c.crossMethod(v)
	c.crossHeadline(v)
	c.crossExpect(v)
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

func (c *checker) crossScale(v *Scenario) {
	if known := ladder.Names(); v.Scale != "" && !slices.Contains(known, v.Scale) {
		c.problemAt("scale", "unknown scale "+quote(v.Scale), didYouMean(v.Scale, known))
	}
}

// crossSources: a group cannot share its name with a state.
func (c *checker) crossSources(v *Scenario) {
	states, _ := c.known(roleState)
	for _, g := range v.Groups {
		for _, s := range states {
			if g.Name == s {
				c.problemAt("assumptions.groups."+g.Name, quote(g.Name)+" is a state as well", "call one of them differently")
			}
		}
	}
}

// crossConfusion: rows sum to 1 and name candidates only.
func (c *checker) crossConfusion(v *Scenario) {
	if v.nameless() {
		return
	}
	for _, s := range v.States {
		candidates := v.candidates(s.Name)
		for _, culprit := range sortedKeys(s.Confusion) {
			path := "assumptions.states." + s.Name + ".confusion." + culprit
			c.candidate(s.Name, culprit, path, candidates)
			sum, points := 0.0, true
			for _, share := range s.Confusion[culprit] {
				c.candidate(s.Name, share.Name, path+"."+share.Name, candidates)
				x, ok := v.median(share.Value)
				points = points && ok && v.Slots[share.Value].Dist.IsPoint()
				sum += x
			}
			if points && math.Abs(sum-1) > 1e-9 {
				c.problemAt(path, "the row sums to "+fmt.Sprintf("%.10g", sum)+", not 1", "change a share, also that of the culprit itself")
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

func (c *checker) candidate(victim, who, path string, candidates []string) {
	for _, x := range candidates {
		if x == who {
			return
		}
	}
	c.problemAt(path, quote(who)+" is no candidate culprit for "+victim+": no stream of assumptions.onset leads from one to the other", oneOf(candidates))
}

// crossAnswers: what is neither denied nor left unanswered is admitted, so the
// two cannot exceed 1.
func (c *checker) crossAnswers(v *Scenario) {
	pairs := [][2]param.ID{
		{param.ClarifyDenyGuilty, param.ClarifySilentGuilty},
		{param.ClarifyDenyInnocent, param.ClarifySilentInnocent},
		{param.ClarifyDenyGuiltyBelief, param.ClarifySilentGuiltyBelief},
		{param.ClarifyDenyInnocentBelief, param.ClarifySilentInnocentBelief},
	}
	entities := []string{""}
	channels, _ := c.known(roleChannel)
	for _, name := range channels {
		entities = append(entities, Channel{Name: name}.Entity())
	}
	for _, entity := range entities {
		for _, p := range pairs {
			deny, silent := v.Param(p[0], entity), v.Param(p[1], entity)
			x, _ := v.median(deny)
			y, _ := v.median(silent)
			if x+y <= 1+1e-9 {
				continue
			}
			path := v.Slots[deny].Path
			if c.at[v.Slots[silent].Path] != nil && c.at[path] == nil {
				path = v.Slots[silent].Path
			}
			c.problemAt(path, fmt.Sprintf("%s and %s are %s and %s at their medians, more than 1 together",
				param.Get(p[0]).Name, param.Get(p[1]).Name, shortly(x), shortly(y)), "what remains to 1 is admission; lower one of them")
		}
	}
}
