package decompose

import (
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
)

// Moments are the sums over replicates of a numerator x and a denominator y.
type Moments struct{ N, X, Y, XX, XY, YY float64 }

func (m *Moments) add(x, y float64) {
	m.N++
	m.X += x
	m.Y += y
	m.XX += float64(x * x)
	m.XY += float64(x * y)
	m.YY += float64(y * y)
}

func (m *Moments) merge(o *Moments) {
	m.N += o.N
	m.X += o.X
	m.Y += o.Y
	m.XX += o.XX
	m.XY += o.XY
	m.YY += o.YY
}

// Sums is what a split folds into.
type Sums struct {
	Plan  experiment.Plan
	Split *Split
	Exact bool // every coalition was played; else one order of the players a replicate
	Draws []DrawSums
}

// DrawSums are the sums of one parameter draw.
type DrawSums struct {
	Readings []ReadingSums
	Pairs    []Moments // interactions in the headline's outcome, by pair of players
	Met      float64   // common cases × coalitions played between the two arms
	Missing  float64   // of these, not discovered in the coalition
}

// ReadingSums are the sums of one measure.
type ReadingSums struct {
	Total   PartSums // the difference
	Players []PlayerSums
}

// PlayerSums are what one player has to do with a difference: its share, its effect
// alone, and the difference without it.
type PlayerSums struct{ Share, Alone, Without PartSums }

// PartSums are the sums of a part of a difference. Flips are those between the coalitions of which it
// is the difference; of a mean over coalitions, their mean.
type PartSums struct {
	Moments
	Flips outcome.Flips
}

func (p *PartSums) merge(o *PartSums) {
	p.Moments.merge(&o.Moments)
	p.Flips.Merge(o.Flips)
}

func newDrawSums(players int) *DrawSums {
	d := &DrawSums{Readings: make([]ReadingSums, len(outcome.All)), Pairs: make([]Moments, pairsOf(players))}
	for m := range d.Readings {
		d.Readings[m].Players = make([]PlayerSums, players)
	}
	return d
}

func (d *DrawSums) merge(o *DrawSums) {
	for m := range d.Readings {
		a, b := &d.Readings[m], &o.Readings[m]
		a.Total.merge(&b.Total)
		for k := range a.Players {
			x, y := &a.Players[k], &b.Players[k]
			x.Share.merge(&y.Share)
			x.Alone.merge(&y.Alone)
			x.Without.merge(&y.Without)
		}
	}
	for p := range d.Pairs {
		d.Pairs[p].merge(&o.Pairs[p])
	}
	d.Met += o.Met
	d.Missing += o.Missing
}
