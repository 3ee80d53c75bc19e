package experiment

import (
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// GroupCell is one number by group: a grouping, an outcome and a group.
type GroupCell struct {
	Grouping int // in [outcome.Groupings]
	Measure  int // in [outcome.All]
	Name     string
}

// groups say where in [ContrastSums.By] the cells of a grouping and an outcome begin.
type groups struct {
	model *sim.Model // for names and places of states
	shown []int      // outcomes
	cells []GroupCell
	size  []int // groups, by grouping
	first []int // cell, by grouping
}

func groupsOf(m *sim.Model) *groups {
	g := &groups{model: m, shown: outcome.Shown()}
	for i := range outcome.Groupings {
		names := outcome.Groupings[i].Names(m)
		g.size, g.first = append(g.size, len(names)), append(g.first, len(g.cells))
		for _, shown := range g.shown {
			for _, name := range names {
				g.cells = append(g.cells, GroupCell{Grouping: i, Measure: shown, Name: name})
			}
		}
	}
	return g
}

// read reads the cases that two arms share into the cells.
func (g *groups) read(a, b *sim.Outcome, cases float64, into []outcome.Reading) {
	clear(into)
	outcome.Common(a, b, func(ca, cb *sim.CaseOutcome) {
		for i := range outcome.Groupings {
			by := &outcome.Groupings[i]
			for k, m := range g.shown {
				o, at := &outcome.All[m], g.first[i]+k*g.size[i]
				xa, xb := o.Own(ca), o.Own(cb)
				if !by.Parts {
					x := &into[at+by.Of(g.model, o, ca)]
					x[0], x[1], x[2], x[3] = x[0]+xa, x[1]+1, x[2]+xb, x[3]+1
					continue
				}
				if part := by.Of(g.model, o, ca); xa != 0 && part >= 0 {
					into[at+part][0] += xa
				}
				if part := by.Of(g.model, o, cb); xb != 0 && part >= 0 {
					into[at+part][2] += xb
				}
			}
		}
	})
	for c := range g.cells {
		if outcome.Groupings[g.cells[c].Grouping].Parts {
			into[c][1], into[c][3] = cases, cases
		}
	}
}

// byTension counts the cases of an arm by tension, and those that each of the outcomes counts.
func (s *ArmSums) byTension(c *sim.CaseOutcome) {
	const size = outcome.TensionBins + 1
	bin := outcome.TensionBin(c)
	s.Tension[bin]++
	for k, m := range s.shown {
		s.Tension[(k+1)*size+bin] += outcome.All[m].Own(c)
	}
}
