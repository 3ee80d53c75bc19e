package sensitivity

import "github.com/misstep/misstep/model/random"

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

// Table holds the rows of a design for one output: of each the terms whose means are
// the estimates. They are the square of A and B with noise removed, the same with noise,
// by group the terms of the first-order and of the total index, and by replicate the
// mean of A and B.
type Table struct {
	rows   [][]float64
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

func (t *Table) row(at func(which int) Response) []float64 {
	a, b := t.centred(at(0)), t.centred(at(1))
	ma, mb := a.Mean(), b.Mean()
	terms := []float64{(product(a, a) + product(b, b)) / 2, (float64(ma*ma) + float64(mb*mb)) / 2}
	var total []float64
	for i := range t.groups {
		moved := t.centred(at(2 + i)).minus(a)
		terms = append(terms, product(b, moved))       // [Saltelli2010], table 2(b)
		total = append(total, product(moved, moved)/2) // [Jansen1999]
	}
	terms = append(terms, total...)
	for k := range a {
		terms = append(terms, (a[k]+b[k])/2)
	}
	return terms
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
	terms := make([]float64, len(t.rows[0]))
	for _, i := range rows {
		for k, x := range t.rows[i] {
			terms[k] += x / float64(len(rows))
		}
	}
	square, raw, shares, mean := terms[0], terms[1], terms[2:2+2*t.groups], Response(terms[2+2*t.groups:])
	m := mean.Mean()
	p := point{mean: t.centre + m, variance: square - product(mean, mean), first: shares[:t.groups],
		total: shares[t.groups:]}
	p.noise = raw - float64(m*m) - p.variance
	for g := range shares {
		shares[g] /= p.variance
	}
	return p
}

// Estimate computes the indices on the first rows of the table. Rows are resampled
// with replacement for the intervals; on points that fill the cube evenly they are on
// the wide side. It needs two rows at least.
func (t *Table) Estimate(rows int, rep random.Replicate) Indices {
	picked := firstOf(rows)
	p := t.over(picked)
	samples := []point{p}
	for b := range bootstraps {
		resample(picked, rep, "sobol.bootstrap", b)
		samples = append(samples, t.over(picked))
	}
	out := Indices{Rows: rows, Mean: p.mean, Noise: max(0, p.noise), First: []Index{}, Total: []Index{}}
	out.Variance = indexOf(samples, func(p point) float64 { return p.variance })
	out.Resolved = out.Variance.Low > 0 && p.variance > vanishing*(p.mean*p.mean)
	for g := range t.groups {
		if out.Resolved {
			out.First = append(out.First, indexOf(samples, func(p point) float64 { return p.first[g] }))
			out.Total = append(out.Total, indexOf(samples, func(p point) float64 { return p.total[g] }))
		}
	}
	return out
}

// vanishing is the variance, in squares of the mean, that rounding leaves of none.
const vanishing = 1e-14

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
