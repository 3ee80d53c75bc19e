package abc

import (
	"slices"

	"github.com/misstep/misstep/model/random"
)

type population struct {
	dims, perRow int
	z            []float64 // [particle × dims]
	stats        []float64 // [particle × perRow]
	distance     []float64 // [particle] in the metric last measured
	origin       []uint64  // [particle] replicate index of the simulation that made it: equal for copies
	parent       []uint64  // [particle] its ancestor's row at the last resampling
	family       []uint64  // [particle] its ancestor's row at the resampling before
}

func newPopulation(n, dims, perRow int) *population {
	return &population{dims: dims, perRow: perRow, z: make([]float64, n*dims), stats: make([]float64, n*perRow),
		distance: make([]float64, n), origin: make([]uint64, n), parent: make([]uint64, n), family: make([]uint64, n)}
}

func (p *population) len() int                { return len(p.origin) }
func (p *population) zAt(i int) []float64     { return p.z[i*p.dims : (i+1)*p.dims] }
func (p *population) statsAt(i int) []float64 { return p.stats[i*p.perRow : (i+1)*p.perRow] }

func (p *population) copyRow(i int, from *population, row int) {
	copy(p.zAt(i), from.zAt(row))
	copy(p.statsAt(i), from.statsAt(row))
	p.distance[i], p.origin[i] = from.distance[row], from.origin[row]
}

func (p *population) measure(m *metric) {
	for i := range p.distance {
		p.distance[i] = m.distance(p.statsAt(i))
	}
}

// threshold returns the distance within which so many particles lie, or the largest below the limit if
// that is smaller; false: there is none.
func (p *population) threshold(want int, below float64) (float64, bool) {
	d := slices.Clone(p.distance)
	slices.Sort(d)
	n, _ := slices.BinarySearch(d, below) // distances below the limit
	n = min(n, want)
	if n == 0 {
		return 0, false
	}
	return d[n-1], true
}

func (p *population) within(eps float64) []int {
	var rows []int
	for i, d := range p.distance {
		if d <= eps {
			rows = append(rows, i)
		}
	}
	return rows
}

// resample fills p with rows of another population, equally often up to one: systematic resampling with
// a uniform u [DelMoral2012].
func (p *population) resample(from *population, rows []int, u float64) {
	n := p.len()
	for i := range n {
		row := rows[min(len(rows)-1, int((float64(i)+u)*float64(len(rows))/float64(n)))]
		p.copyRow(i, from, row)
		p.parent[i], p.family[i] = uint64(row), from.parent[row]
	}
}

func drawPrior(rep *random.Replicate, z []float64) {
	for j := range z {
		z[j] = rep.Normal(priorKey, j)
	}
}

// distinct lists the rows without copies, in order, and how often each occurs.
func (p *population) distinct() (rows []int, count []float64) {
	seen := make(map[uint64]int, p.len())
	for i, id := range p.origin {
		at, known := seen[id]
		if !known {
			at = len(rows)
			seen[id] = at
			rows, count = append(rows, i), append(count, 0)
		}
		count[at]++
	}
	return rows, count
}

func take(table []float64, width int, rows []int) [][]float64 {
	flat := make([]float64, len(rows)*width)
	out := make([][]float64, len(rows))
	for i, row := range rows {
		out[i] = flat[i*width : (i+1)*width : (i+1)*width]
		copy(out[i], table[row*width:(row+1)*width])
	}
	return out
}
