package sensitivity

import (
	"fmt"
	"iter"
	"math"
	"math/bits"

	"github.com/misstep/misstep/model/random"
)

// Axis is a number that a sweep varies, from Lo to Hi; on a grid in so many equal
// steps.
type Axis struct {
	Lo     float64 `json:"lo"`
	Hi     float64 `json:"hi"`
	Values int     `json:"values"` // on a grid, two at least; 0 for points that fill the range
	Whole  bool    `json:"-"`      // round to whole numbers
}

// At is value i of the axis on a grid; the ends are exact.
func (a Axis) At(i int) float64 {
	if i == a.Values-1 {
		return a.Hi
	}
	return a.round(a.Lo + (a.Hi-a.Lo)*float64(i)/float64(a.Values-1))
}

func (a Axis) values() []float64 {
	out := make([]float64, a.Values)
	for i := range out {
		out[i] = a.At(i)
	}
	return out
}

func (a Axis) round(x float64) float64 {
	if a.Whole {
		return math.Round(x)
	}
	return x
}

// mostPoints bounds a sweep.
const mostPoints = 10_000_000

// Sweep is a list of points over some axes.
type Sweep struct {
	Axes   []Axis
	points int
	seq    *Sequence // nil: a grid
}

// NewGrid is every combination of the values of the axes, each of two at least. More
// points than [mostPoints] are an error.
func NewGrid(axes []Axis) (*Sweep, error) {
	s := &Sweep{Axes: axes, points: 1}
	for _, a := range axes {
		if a.Values < 2 {
			return nil, fmt.Errorf("%d values of an axis make no grid; take two or more", a.Values)
		}
		if s.points > mostPoints/a.Values {
			return nil, fmt.Errorf("more than %d points; vary fewer numbers, or with fewer values", mostPoints)
		}
		s.points *= a.Values
	}
	return s, nil
}

// NewScatter is so many points that fill the box of the axes evenly: a shifted Sobol'
// sequence. More axes or points than there are is an error.
func NewScatter(axes []Axis, points int, rep random.Replicate) (*Sweep, error) {
	if points < 1 || points > mostPoints || len(axes) > MaxDimensions {
		return nil, fmt.Errorf("%d points over %d numbers; there must be 1 to %d, over %d numbers at most", points, len(axes),
			mostPoints, MaxDimensions)
	}
	return &Sweep{Axes: axes, points: points, seq: NewSequence(len(axes), rep)}, nil
}

// Points is their number.
func (s *Sweep) Points() int { return s.points }

// At returns the values of a point, one per axis. On a grid the last axis runs first.
func (s *Sweep) At(point int) []float64 {
	x := make([]float64, len(s.Axes))
	for k := len(s.Axes) - 1; k >= 0; k-- {
		a := s.Axes[k]
		if s.seq != nil {
			x[k] = a.round(a.Lo + float64((a.Hi-a.Lo)*s.seq.At(point, k)))
			continue
		}
		x[k] = a.At(point % a.Values)
		point /= a.Values
	}
	return x
}

// Moves are points that show which numbers leave something alone: on a grid the first point with one number at the
// end of its axis, for each, else the last point.
func (s *Sweep) Moves() (out [][]float64) {
	if s.seq != nil {
		return [][]float64{s.At(s.points - 1)}
	}
	for k, a := range s.Axes {
		x := s.At(0)
		x[k] = a.Hi
		out = append(out, x)
	}
	return out
}

// Order visits every point once, such that the points up to any stop are spread over
// the whole: on a grid by their number with its bits reversed, else as they come.
func (s *Sweep) Order() iter.Seq[int] {
	return func(yield func(int) bool) {
		width := bits.Len(uint(s.points - 1))
		for n := range 1 << width {
			at := n
			if s.seq == nil {
				at = int(bits.Reverse64(uint64(n)) >> (64 - width))
			}
			if at < s.points && !yield(at) {
				return
			}
		}
	}
}
