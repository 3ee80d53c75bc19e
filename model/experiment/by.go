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
	place [][]int // of a group among those with a name, −1 for others; by grouping
	size  []int   // groups with a name, by grouping
	first []int   // cell, by grouping

	counted [][2]float64 // of the case that is read, by shown outcome and arm
}

func groupsOf(m *sim.Model) *groups {
	g := &groups{model: m, shown: outcome.Shown()}
	for i := range outcome.Groupings {
		var names []string
		var place []int
		for _, name := range outcome.Groupings[i].Names(m) {
			at := -1
			if name != "" {
				at, names = len(names), append(names, name)
			}
			place = append(place, at)
		}
		g.place, g.size, g.first = append(g.place, place), append(g.size, len(names)), append(g.first, len(g.cells))
		for _, shown := range g.shown {
			for _, name := range names {
				g.cells = append(g.cells, GroupCell{Grouping: i, Measure: shown, Name: name})
			}
		}
	}
	return g
}

// read reads the cases that two arms share into the cells, and adds what flips there.
func (g *groups) read(a, b *sim.Outcome, cases float64, into []outcome.Reading, flips []outcome.Flips) {
	clear(into)
	outcome.Common(a, b, func(ca, cb *sim.CaseOutcome) {
		for k, m := range g.shown {
			g.counted[k] = [2]float64{outcome.All[m].Own(ca), outcome.All[m].Own(cb)}
		}
		for i := range outcome.Groupings {
			if by := &outcome.Groupings[i]; by.Parts {
				g.readParts(i, by, ca, cb, into, flips)
			} else {
				at := g.first[i] + g.place[i][by.Of(g.model, nil, ca)]
				for k := range g.counted {
					flips[at+k*g.size[i]].Add(g.counted[k][0], g.counted[k][1])
					x := &into[at+k*g.size[i]]
					x[0], x[1], x[2], x[3] = x[0]+g.counted[k][0], x[1]+1, x[2]+g.counted[k][1], x[3]+1
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

// readParts adds what outcomes count of a case to the parts that it hit, and what flips there: a
// misstep that hits another state in the second arm is gone in one part and new in the other.
func (g *groups) readParts(i int, by *outcome.Grouping, ca, cb *sim.CaseOutcome, into []outcome.Reading,
	flips []outcome.Flips) {
	for k, m := range g.shown {
		var at [2]int
		for arm, c := range [2]*sim.CaseOutcome{ca, cb} {
			at[arm] = -1
			if x := g.counted[k][arm]; x != 0 {
				if part := by.Of(g.model, &outcome.All[m], c); part >= 0 {
					at[arm] = g.first[i] + k*g.size[i] + g.place[i][part]
					into[at[arm]][2*arm] += x
				}
			}
		}
		if at[0] == at[1] {
			continue
		}
		for arm, cell := range at {
			if cell >= 0 {
				flips[cell].Add(float64(1-arm), float64(arm))
			}
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
