package calibrate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Coordinate is an uncertain number that calibration moves, of which the sampler's standard normal is
// the score.
type Coordinate struct {
	Path  string // as in a scenario, without "assumptions."
	Dist  param.Dist
	Unit  string
	Param param.ID // −1 for a number of a scenario's structure or of the record
	walk  int      // the coordinate before it in a random walk, −1 without one
	share float64  // correlation with that one
	at    []place
}

type place struct{ history, slot int }

// Space is the set of coordinates over all histories, and what is drawn afresh.
type Space struct {
	Coordinates []Coordinate
	histories   []*scenario.Scenario
	fresh       [][]int        // by history: slots redrawn in every simulation
	keys        [][]random.Key // their addresses
	walks       []int          // coordinates of random walks, each after the one before it
	base        [][]float64    // by history: all slots, points at their value
	observation map[string]int // coordinates of the record, by path
}

// walkPrefix begins the paths of the steps of a price of publishing, a random walk from the state's
// first price on.
const walkPrefix = "prices."

// NewSpace lists the coordinates of some histories: every number with a distribution but those of forum
// mechanisms, then the numbers of the record. A path that two histories hold with different
// distributions belongs to the first; the second draws its own afresh.
func NewSpace(histories []*scenario.Scenario) (*Space, error) {
	s := &Space{histories: histories, fresh: make([][]int, len(histories)), keys: make([][]random.Key, len(histories)),
		observation: map[string]int{}}
	at := map[string]int{}
	for h, v := range histories {
		s.base = append(s.base, make([]float64, len(v.Slots)))
		for i := range v.Slots {
			s.place(h, i, at)
		}
	}
	for _, o := range observationNumbers() {
		s.observation[o.Path] = len(s.Coordinates)
		s.Coordinates = append(s.Coordinates, o)
	}
	if len(s.Coordinates) > maxCoordinates {
		return nil, fmt.Errorf("the histories have %d uncertain numbers, more than the %d that can be calibrated; fix "+
			"some of them", len(s.Coordinates), maxCoordinates)
	}
	return s, s.link(at)
}

const maxCoordinates = 256

func (s *Space) place(h, slot int, at map[string]int) {
	x := &s.histories[h].Slots[slot]
	if x.Dist.IsPoint() {
		s.base[h][slot] = x.Dist.A
		return
	}
	path := strings.TrimPrefix(x.Path, "assumptions.")
	n, known := at[path]
	same := known && s.Coordinates[n].Dist.Same(x.Dist)
	switch {
	case mechanism(x.Param) || known && !same:
		s.fresh[h] = append(s.fresh[h], slot)
		s.keys[h] = append(s.keys[h], random.Stream(random.NameHash(x.Path), random.Parameter))
	case known:
		s.Coordinates[n].at = append(s.Coordinates[n].at, place{h, slot})
	default:
		at[path] = len(s.Coordinates)
		s.Coordinates = append(s.Coordinates,
			Coordinate{Path: path, Dist: x.Dist, Unit: unitOf(path, x), Param: x.Param, walk: -1, at: []place{{h, slot}}})
	}
}

// unitOf is the unit of a slot; a scenario's own numbers have none in the registry.
func unitOf(path string, x *scenario.Slot) string {
	switch {
	case x.Param >= 0:
		return param.Get(x.Param).Unit
	case x.Domain.Duration:
		return "d"
	case strings.HasSuffix(path, ".rate"), strings.HasSuffix(path, ".per_year"):
		return "1/y"
	case strings.HasSuffix(path, ".price"):
		return "U"
	}
	return "–"
}

// mechanism reports whether a parameter is a strength or a coefficient of a forum mechanism.
func mechanism(id param.ID) bool {
	return id >= param.StrengthClarify && id <= param.EffectMoralHazard
}

// link makes random walks of the price paths: the logarithm of a step's price is that of the one before
// plus an independent increment, so two steps correlate with the ratio of their standard deviations.
func (s *Space) link(at map[string]int) error {
	steps := map[string][]int{}
	for n := range s.Coordinates {
		if rest, ok := strings.CutPrefix(s.Coordinates[n].Path, walkPrefix); ok {
			state, _, _ := strings.Cut(rest, "@")
			steps[state] = append(steps[state], n)
		}
	}
	for state, list := range steps {
		slices.SortFunc(list, func(a, b int) int { return cmp.Compare(s.Coordinates[a].Path, s.Coordinates[b].Path) })
		before, ok := at["states."+state+".choice.price"]
		if !ok {
			return fmt.Errorf("the prices of %s have no first value: set assumptions.states.%s.choice.price", state, state)
		}
		for _, n := range list {
			a, b := &s.Coordinates[before], &s.Coordinates[n]
			if a.Dist.Family != param.LogNormal || b.Dist.Family != param.LogNormal || b.Dist.B < a.Dist.B {
				return fmt.Errorf("%s and %s are no random walk: both must be lognormal, and the later one at least as wide",
					a.Path, b.Path)
			}
			b.walk, b.share = before, a.Dist.B/b.Dist.B
			s.walks = append(s.walks, n)
			before = n
		}
	}
	return nil
}

// Values turns standard normals into the numbers of all coordinates. Every marginal is the prior, in a
// walk too.
func (s *Space) Values(z, out []float64) {
	var scores [maxCoordinates]float64
	copy(scores[:], z)
	for _, n := range s.walks {
		c := &s.Coordinates[n]
		scores[n] = float64(c.share*scores[c.walk]) + float64(math.Sqrt(1-float64(c.share*c.share))*z[n])
	}
	for n := range s.Coordinates {
		out[n] = s.Coordinates[n].Dist.Quantile(min(max(elem.NormalCDF(scores[n]), edge), 1-edge))
	}
}

// Score is the standard-normal score of a value under the prior of a coordinate.
func (s *Space) Score(n int, value float64) float64 {
	u := s.Coordinates[n].Dist.CDF(value)
	return elem.NormalQuantile(min(max(u, 1e-12), 1-1e-12))
}

// Theta fills the parameter vector of a history: points, the coordinates' values, and what is drawn
// afresh.
func (s *Space) Theta(history int, values []float64, rep *random.Replicate, theta []float64) {
	copy(theta, s.base[history])
	for n := range s.Coordinates {
		for _, p := range s.Coordinates[n].at {
			if p.history == history {
				theta[p.slot] = values[n]
			}
		}
	}
	slots := s.histories[history].Slots
	for i, slot := range s.fresh[history] {
		theta[slot] = slots[slot].Dist.Quantile(rep.Uniform(s.keys[history][i], 0))
	}
}

// edge keeps shares of a prior off 0 and 1, where quantiles may be infinite; no score within 7.9 is
// touched.
const edge = 1e-15
