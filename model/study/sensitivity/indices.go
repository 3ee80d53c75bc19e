package sensitivity

import (
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/stat"
)

// Indices are the variance-based indices of one output.
type Indices struct {
	Rows     int     `json:"rows"`
	Mean     float64 `json:"mean"`
	Variance Index   `json:"variance"` // of the output over the inputs, without Monte Carlo noise
	Noise    float64 `json:"noise"`    // what noise adds to the variance between points
	Resolved bool    `json:"resolved"` // the interval of the variance lies above 0; else there are no indices
	First    []Index `json:"first"`    // by group: the share of the variance that goes once the group is known
	Total    []Index `json:"total"`    // by group: the share that is left once all else is known
}

// rowSums are what one row of a design brings: terms whose means are the estimates.
type rowSums struct {
	square       float64  // of A and B, noise removed
	raw          float64  // the same with noise
	mean         Response // of A and B, by replicate
	first, total []float64
}

// Table holds the rows of a design for one output.
type Table struct {
	rows   []rowSums
	groups int
	centre float64 // taken off every response: products of large numbers lose digits
}

// NewTable reads the responses of a design, by row and point.
func NewTable(rows, groups int, at func(row, which int) Response) *Table {
	t := &Table{groups: groups}
	for n := range rows {
		t.centre += (at(n, 0).Mean() + at(n, 1).Mean()) / float64(2*rows)
	}
	for n := range rows {
		t.rows = append(t.rows, t.row(func(which int) Response { return at(n, which) }))
	}
	return t
}

func (t *Table) row(at func(which int) Response) rowSums {
	a, b := t.centred(at(0)), t.centred(at(1))
	s := rowSums{square: (product(a, a) + product(b, b)) / 2, mean: make(Response, len(a))}
	ma, mb := a.Mean(), b.Mean()
	s.raw = (float64(ma*ma) + float64(mb*mb)) / 2
	for k := range a {
		s.mean[k] = (a[k] + b[k]) / 2
	}
	for i := range t.groups {
		moved := t.centred(at(2 + i)).minus(a)
		s.first = append(s.first, product(b, moved))       // [Saltelli2010], table 2(b)
		s.total = append(s.total, product(moved, moved)/2) // [Jansen1999]
	}
	return s
}

func (t *Table) centred(r Response) Response {
	out := make(Response, len(r))
	for i := range r {
		out[i] = r[i] - t.centre
	}
	return out
}

// point is what the estimators give on some rows.
type point struct {
	mean, variance, noise float64
	first, total          []float64 // shares
}

// over evaluates the estimators on rows that may repeat.
func (t *Table) over(rows []int) point {
	p := point{first: make([]float64, t.groups), total: make([]float64, t.groups)}
	mean := make(Response, len(t.rows[0].mean))
	n := float64(len(rows))
	square, raw := 0.0, 0.0
	for _, i := range rows {
		s := &t.rows[i]
		square += s.square / n
		raw += s.raw / n
		for k := range mean {
			mean[k] += s.mean[k] / n
		}
		for g := range p.first {
			p.first[g] += s.first[g] / n
			p.total[g] += s.total[g] / n
		}
	}
	m := mean.Mean()
	p.mean = t.centre + m
	p.variance = square - product(mean, mean)
	p.noise = raw - float64(m*m) - p.variance
	for g := range p.first {
		p.first[g] /= p.variance
		p.total[g] /= p.variance
	}
	return p
}

// bootstraps is the number of resamples behind an interval.
const bootstraps = 400

// Estimate computes the indices on the first rows of the table. Rows are resampled
// with replacement for the intervals; on points that fill the cube evenly they are on
// the wide side. It needs two rows at least.
func (t *Table) Estimate(rows int, rep random.Replicate) Indices {
	all := make([]int, rows)
	for i := range all {
		all[i] = i
	}
	p := t.over(all)
	samples := make([]point, bootstraps)
	key := random.Stream(random.NameHash("sobol.bootstrap"), random.Shuffle)
	picked := make([]int, rows)
	for b := range samples {
		for i := range picked {
			picked[i] = int(rep.Uniform(key, b*rows+i) * float64(rows))
		}
		samples[b] = t.over(picked)
	}
	out := Indices{Rows: rows, Mean: p.mean, Noise: max(0, p.noise), First: []Index{}, Total: []Index{}}
	out.Variance = spread(p.variance, samples, func(p *point) float64 { return p.variance })
	out.Resolved = out.Variance.Low > 0 && p.variance > vanishing*(p.mean*p.mean)
	for g := range t.groups {
		if out.Resolved {
			out.First = append(out.First, spread(p.first[g], samples, func(p *point) float64 { return p.first[g] }))
			out.Total = append(out.Total, spread(p.total[g], samples, func(p *point) float64 { return p.total[g] }))
		}
	}
	return out
}

// vanishing is the variance, in squares of the mean, that rounding leaves of none.
const vanishing = 1e-14

// spread is a value with the central 95 % of its resamples.
func spread(value float64, samples []point, of func(*point) float64) Index {
	x := make([]float64, len(samples))
	for i := range samples {
		x[i] = of(&samples[i])
	}
	low, high := stat.Central95(x)
	return Index{value, End(low), End(high)}
}

// Convergence estimates the indices on growing parts of the rows: an eighth, a
// quarter, a half, all; parts under two rows are left out.
func (t *Table) Convergence(rep random.Replicate) []Indices {
	var out []Indices
	for _, part := range []int{8, 4, 2, 1} {
		if n := len(t.rows) / part; n >= 2 {
			out = append(out, t.Estimate(n, rep))
		}
	}
	return out
}
