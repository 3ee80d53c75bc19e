package sensitivity

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
)

// Breakeven is what moving one number or two says of the sign of an effect: the content
// of breakeven.json.
type Breakeven struct {
	Baseline  string        `json:"baseline"`
	Treatment string        `json:"treatment"`
	Outcome   string        `json:"outcome"`
	Unit      string        `json:"unit"`
	Numbers   []Moved       `json:"numbers"`
	Effects   []PointEffect `json:"effects"` // over two numbers, the first runs first
	Zeros
	Sentence string `json:"sentence"`
}

// Moved is a number that is moved.
type Moved struct {
	Path  string  `json:"path"`
	Unit  string  `json:"unit"`
	Today float64 `json:"today"` // the median of what is believed, or the fixed value
	Fixed bool    `json:"fixed"` // nothing but today's value is believed
	Prior *Input  `json:"-"`     // what is believed; nil for a fixed number
}

// PointEffect is the effect at one point.
type PointEffect struct {
	Values []float64 `json:"values"` // by number
	Index
}

// Find finds the sign changes of an effect from the draws at every point of a grid, in
// their order. Effects are multiplied by a factor.
func (b *Breakeven) Find(grid []Axis, draws []Draws, factor float64, rep random.Replicate) {
	x, y := grid[0].values(), []float64{0}
	if len(b.Numbers) == 1 {
		b.Zeros = (&Curve{X: x, Draws: draws}).Zeros(rep)
		for k, c := range b.Crossings {
			b.Crossings[k] = c.among(b.Numbers[0].Prior)
		}
	} else {
		y = grid[1].values()
		s := Surface{X: x, Y: y}
		for k := range y {
			for i := range x {
				s.Draws = append(s.Draws, draws[i*len(y)+k])
			}
		}
		b.Zeros = s.Sides(b.believed(), rep)
	}
	for n, e := range b.Effect {
		values := []float64{x[n%len(x)], y[n/len(x)]}
		b.Effects = append(b.Effects, PointEffect{values[:len(b.Numbers)], e.times(factor)})
	}
}

// massGrid is the number of quantiles of each of two numbers at which the sign is read.
const massGrid = 40

// believed are points that stand for what is believed of two numbers, none where one of
// them is fixed.
func (b *Breakeven) believed() [][2]float64 {
	x, y := b.Numbers[0].Prior, b.Numbers[1].Prior
	if x == nil || y == nil {
		return nil
	}
	var points [][2]float64
	for i := range massGrid {
		for k := range massGrid {
			points = append(points, [2]float64{x.Quantile((float64(i) + 0.5) / massGrid),
				y.Quantile((float64(k) + 0.5) / massGrid)})
		}
	}
	return points
}

// among adds how much of what is believed of the number lies below a crossing.
func (c Crossing) among(prior *Input) Crossing {
	below := func(x float64) float64 {
		if prior == nil {
			return math.NaN()
		}
		return prior.CDF(x)
	}
	c.NoPrior = prior == nil
	c.Below = Index{below(c.Value), End(below(float64(c.Low))), End(below(float64(c.High)))}.times(1)
	return c
}

// Anywhere reports whether a crossing may lie on either side of the range.
func (c *Crossing) Anywhere() bool { return c.Low.Open() && c.High.Open() }

// Main is the crossing that is nearest to the assumed value; nil where there is none.
func (b *Breakeven) Main() *Crossing {
	if len(b.Crossings) == 0 {
		return nil
	}
	far := func(c Crossing) float64 { return math.Abs(c.Value - b.Numbers[0].Today) }
	c := slices.MinFunc(b.Crossings, func(x, y Crossing) int { return cmp.Compare(far(x), far(y)) })
	return &c
}

// Signs counts the points with an effect below and above zero, and those at which zero
// is outside the interval.
func (b *Breakeven) Signs() (below, above, clear int) {
	for i := range b.Effects {
		e := &b.Effects[i]
		switch {
		case e.Value < 0:
			below++
		case e.Value > 0:
			above++
		}
		if e.Sign() != 0 {
			clear++
		}
	}
	return
}

// Extremes are the lowest and the highest effect.
func (b *Breakeven) Extremes() (lowest, highest Index) {
	byValue := func(x, y PointEffect) int { return cmp.Compare(x.Value, y.Value) }
	return slices.MinFunc(b.Effects, byValue).Index, slices.MaxFunc(b.Effects, byValue).Index
}
