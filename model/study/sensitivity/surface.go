package sensitivity

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
)

// Surface is an effect over a grid of two numbers.
type Surface struct {
	X, Y  []float64 // ascending, two at least each
	Draws []Draws   // row by row (Y), of each the columns (X)
}

// Segment is a piece of a line of zero effect: x and y of its ends in turn.
type Segment = [4]float64

// Sides finds the line of zero effect, and the share of points (x, y) at which the
// effect is above it, by bilinear interpolation; points outside of the grid count at
// its edge. Intervals come from resampling draws, the same at every point.
func (s *Surface) Sides(points [][2]float64, rep random.Replicate) Zeros {
	effects, intervals := resampled(s.Draws, rep)
	z := Zeros{Effect: intervals, Crossings: []Crossing{}, Contour: append([]Segment{}, s.contour(s.rows(effects[0]))...)}
	if points == nil {
		return z
	}
	above := indexOf(effects, func(v []float64) float64 {
		rows, share := s.rows(v), 0.0
		for _, p := range points {
			if s.between(rows, p[0], p[1]) > 0 {
				share += 1 / float64(len(points))
			}
		}
		return share
	})
	z.Above = &above
	return z
}

// rows are values by row and column.
func (s *Surface) rows(v []float64) [][]float64 { return slices.Collect(slices.Chunk(v, len(s.X))) }

// between interpolates v at (x, y).
func (s *Surface) between(v [][]float64, x, y float64) float64 {
	i, u := locate(s.X, x)
	j, w := locate(s.Y, y)
	return float64((1-w)*(float64((1-u)*v[j][i])+float64(u*v[j][i+1]))) +
		float64(w*(float64((1-u)*v[j+1][i])+float64(u*v[j+1][i+1])))
}

// locate finds the cell of a grid that holds x, and where in it, 0 to 1.
func locate(grid []float64, x float64) (int, float64) {
	i := 0
	for i < len(grid)-2 && x >= grid[i+1] {
		i++
	}
	return i, min(max((x-grid[i])/(grid[i+1]-grid[i]), 0), 1)
}

// contour follows the zero through every cell: marching squares, where a saddle is cut
// by the sign in its middle.
func (s *Surface) contour(v [][]float64) []Segment {
	var out []Segment
	for j := range len(s.Y) - 1 {
		for i := range len(s.X) - 1 {
			out = append(out, s.cell(v, i, j)...)
		}
	}
	return out
}

// cell cuts one cell. Corners go around: (i, j), (i+1, j), (i+1, j+1), (i, j+1).
func (s *Surface) cell(v [][]float64, i, j int) []Segment {
	x := [4]float64{s.X[i], s.X[i+1], s.X[i+1], s.X[i]}
	y := [4]float64{s.Y[j], s.Y[j], s.Y[j+1], s.Y[j+1]}
	z := [4]float64{v[j][i], v[j][i+1], v[j+1][i+1], v[j+1][i]}
	var cuts [][2]float64
	middle := 0.0
	for k := range z {
		if math.IsNaN(z[k]) {
			return nil
		}
		middle += float64(z[k] / 4)
		n := (k + 1) % 4
		if z[k] > 0 != (z[n] > 0) {
			t := z[k] / (z[k] - z[n])
			cuts = append(cuts, [2]float64{x[k] + float64(t*(x[n]-x[k])), y[k] + float64(t*(y[n]-y[k]))})
		}
	}
	join := func(a, b int) Segment { return Segment{cuts[a][0], cuts[a][1], cuts[b][0], cuts[b][1]} }
	switch len(cuts) {
	case 2:
		return []Segment{join(0, 1)}
	case 4:
		if middle > 0 == (z[0] > 0) { // the first corner reaches the middle
			return []Segment{join(0, 1), join(2, 3)}
		}
		return []Segment{join(3, 0), join(1, 2)}
	}
	return nil
}
