package stat

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
)

// Flips are what differs in a draw between two versions of the same things: how many of
// them count in the second only, how many in the first only, of how many.
type Flips struct{ Added, Removed, Of float64 }

// Rates is how the rates of adding and of removing are distributed over draws. In a draw
// flips are Poisson counts, Added ~ P(λ₊·Of) and Removed ~ P(λ₋·Of), and the pairs (λ₊, λ₋)
// come from a mixture on a grid of them, even in their logarithms.
//
// Few flips a draw say little of the mixture. The estimate starts from a smooth one, the
// bivariate lognormal of the greatest likelihood (Aitchison & Ho 1989), and then lets the data
// have their say, in a few steps of EM towards the nonparametric maximum (Laird 1978).
type Rates struct {
	within float64   // differences up to this count as none
	logs   []float64 // grid of each of the two rates, ascending
	rate   []float64
	rows   []row
	rowOf  []int     // by draw
	weight []float64 // of each pair, λ₊ by λ₋
	smooth moments   // of the lognormal from which it comes
}

// row is what draws with the same flips say of each rate, but for a factor.
type row struct{ added, removed []float64 }

// What the grid and the estimate are like.
const (
	coarse  = 0.5 // most that two neighbours on the grid are apart, in logarithms
	fine    = 0.2 // and least
	errors  = 1.5 // between them, that is as many standard errors of the largest count
	below   = 4   // how far the grid reaches below Rates.within; its least rate stands for none
	alike   = 20  // classes per unit of ln Of: draws of a class are taken to have the same
	prior   = 10  // draws whose worth is known of the spread beforehand:
	spread  = 1.5 // it is this, in logarithms
	fitting = 25  // steps of EM to the lognormal
	again   = 6   // and those from there to that of a part of the draws
	towards = 2   // from the lognormal towards the nonparametric maximum
	groups  = 10  // of draws, of which the jackknife leaves out one after the other
)

// RatesOf estimates the rates of draws; false where fewer than two of them had anything to flip.
func RatesOf(draws []Flips, within float64) (*Rates, bool) {
	draws = slices.DeleteFunc(slices.Clone(draws), func(d Flips) bool { return d.Of <= 0 })
	if len(draws) < 2 {
		return nil, false
	}
	r := &Rates{within: within}
	r.grid(draws)
	r.group(draws)
	start := moments{[2]float64{elem.Log(within), elem.Log(within)}, spread * spread, 0, spread * spread}
	r.weight, r.smooth = r.fit(-1, start, fitting)
	return r, true
}

// grid lays rates evenly in their logarithms, within halfway between two of them.
func (r *Rates) grid(draws []Flips) {
	highest, most := r.within, 1.0
	for _, d := range draws {
		highest = max(highest, d.Added/d.Of, d.Removed/d.Of)
		most = max(most, d.Added, d.Removed)
	}
	apart := max(fine, min(coarse, errors/math.Sqrt(most)))
	for k := -math.Round(below / apart); len(r.rate) == 0 || r.rate[len(r.rate)-1] < 1.2*highest; k++ {
		x := elem.Log(r.within) + float64(apart*(k+0.5))
		r.logs, r.rate = append(r.logs, x), append(r.rate, elem.Exp(x))
	}
}

// group makes rows of draws with the same flips.
func (r *Rates) group(draws []Flips) {
	type key struct{ added, removed, class float64 }
	at := map[key]int{}
	for _, d := range draws {
		k := key{d.Added, d.Removed, math.Round(alike * elem.Log(d.Of))}
		if _, ok := at[k]; !ok {
			of := elem.Exp(k.class / alike)
			at[k] = len(r.rows)
			r.rows = append(r.rows, row{r.poisson(d.Added, of), r.poisson(d.Removed, of)})
		}
		r.rowOf = append(r.rowOf, at[k])
	}
}

// poisson is the likelihood of each rate where so many were counted, over its maximum.
func (r *Rates) poisson(count, of float64) []float64 {
	out := make([]float64, len(r.rate))
	for i, x := range r.rate {
		out[i] = float64(count*r.logs[i]) - float64(of*x)
	}
	most := slices.Max(out)
	for i, x := range out {
		out[i] = elem.Exp(x - most)
	}
	return out
}

// fit returns the weights and the moments of the lognormal that draws suggest, but for those
// of a group; −1 for all.
func (r *Rates) fit(without int, m moments, steps int) ([]float64, moments) {
	draws, all := make([]float64, len(r.rows)), 0.0
	for d, k := range r.rowOf {
		if d%groups != without {
			draws[k]++
			all++
		}
	}
	w, next := make([]float64, len(r.rate)*len(r.rate)), make([]float64, len(r.rate)*len(r.rate))
	known := float64(prior * spread * spread)
	for range steps {
		r.lognormal(m, w)
		r.improve(w, next, draws, all)
		m = r.moments(w)
		m.xx, m.yy = (float64(all*m.xx)+known)/(all+prior), (float64(all*m.yy)+known)/(all+prior)
		m.xy *= all / (all + prior)
	}
	r.lognormal(m, w)
	for range towards {
		r.improve(w, next, draws, all)
	}
	return w, m
}

// improve is a step of EM: a pair's weight becomes its mean share in the draws.
func (r *Rates) improve(w, by, draws []float64, all float64) {
	n := len(r.rate)
	clear(by)
	for k, d := range r.rows {
		if draws[k] == 0 {
			continue
		}
		p := math.SmallestNonzeroFloat64 * 0x1p100 // what is next to impossible is no division by 0
		for i, a := range d.added {
			sum := 0.0
			for j, x := range w[i*n : (i+1)*n] {
				sum += float64(x * d.removed[j])
			}
			p += float64(a * sum)
		}
		for i, a := range d.added {
			c, to := draws[k]/all/p*a, by[i*n:(i+1)*n]
			for j, b := range d.removed {
				to[j] += float64(c * b)
			}
		}
	}
	for k := range w {
		w[k] *= by[k]
	}
}

// moments are those of the logarithms of the two rates.
type moments struct {
	mean       [2]float64
	xx, xy, yy float64
}

// each visits the pairs with the logarithms of their rates.
func (r *Rates) each(visit func(k int, x, y float64)) {
	for i, x := range r.logs {
		for j, y := range r.logs {
			visit(i*len(r.logs)+j, x, y)
		}
	}
}

func (r *Rates) moments(w []float64) (m moments) {
	r.each(func(k int, x, y float64) {
		m.mean[0] += float64(w[k] * x)
		m.mean[1] += float64(w[k] * y)
	})
	r.each(func(k int, x, y float64) {
		a, b := x-m.mean[0], y-m.mean[1]
		m.xx += float64(w[k] * a * a)
		m.xy += float64(w[k] * a * b)
		m.yy += float64(w[k] * b * b)
	})
	return m
}

// lognormal makes weights those of the lognormal with these moments.
func (r *Rates) lognormal(m moments, w []float64) {
	sum, by := 0.0, -0.5/(float64(m.xx*m.yy)-float64(m.xy*m.xy))
	r.each(func(k int, x, y float64) {
		a, b := x-m.mean[0], y-m.mean[1]
		w[k] = elem.Exp(by * (float64(a*a*m.yy) - float64(2*a*b*m.xy) + float64(b*b*m.xx)))
		sum += w[k]
	})
	for k := range w {
		w[k] /= sum
	}
}

// Shape is what a share may be off by, beside chance, since few flips do not show the
// shape of the mixture: by so much is its interval wider to either side.
const Shape = 0.05

// Shares are the estimated shares of draws of which the difference λ₊ − λ₋ is below −within,
// within, and above, each with its 95 % interval: 1.96 standard errors, by the jackknife
// over draws, and [Shape].
func (r *Rates) Shares() (shares [3]Share) {
	all := r.shares(r.weight)
	var variance [3]float64
	n := float64(min(groups, len(r.rowOf)))
	for g := range int(n) {
		for k, x := range r.shares(r.without(g)) {
			variance[k] += float64((x - all[k]) * (x - all[k]) * (n - 1) / n)
		}
	}
	for k, x := range all {
		half := float64(Z95*math.Sqrt(variance[k])) + Shape
		shares[k] = Share{x, max(0, x-half), min(1, x+half)}
	}
	return shares
}

// Groups are those of draws, by their place modulo so many, of which a jackknife leaves out one.
const Groups = groups

// Without are the rates of the draws but for those of a group.
func (r *Rates) Without(group int) *Rates {
	out := *r
	out.weight = r.without(group)
	return &out
}

// without is the weight of each pair from the draws but for those of a group.
func (r *Rates) without(group int) []float64 {
	w, _ := r.fit(group, r.smooth, again)
	return w
}

// Share is a share with its 95 % interval.
type Share struct{ Value, Low, High float64 }

func (r *Rates) shares(w []float64) (out [3]float64) {
	for i, a := range r.rate {
		for j, b := range r.rate {
			side := 1
			switch {
			case a-b > r.within:
				side = 2
			case b-a > r.within:
				side = 0
			}
			out[side] += w[i*len(r.rate)+j]
		}
	}
	return out
}

// Central95 are the quantiles of the difference over draws at 2.5 and 97.5 %.
func (r *Rates) Central95() (low, high float64) {
	q := r.Quantiles(0.025, 0.975)
	return q[0], q[1]
}

// Quantiles are those of the difference over draws at ascending shares.
func (r *Rates) Quantiles(shares ...float64) []float64 {
	type atom struct{ x, w float64 }
	var atoms []atom
	for i, a := range r.rate {
		for j, b := range r.rate {
			atoms = append(atoms, atom{a - b, r.weight[i*len(r.rate)+j]})
		}
	}
	slices.SortFunc(atoms, func(a, b atom) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.w, b.w)) })
	out := make([]float64, 0, len(shares))
	x, before, sum := atoms[0].x, 0.0, 0.0
	for _, a := range atoms { // half of an atom lies below it
		middle := sum + float64(a.w/2)
		for len(out) < len(shares) && middle >= shares[len(out)] && middle > before {
			out = append(out, x+float64((a.x-x)*(shares[len(out)]-before)/(middle-before)))
		}
		x, before, sum = a.x, middle, sum+a.w
	}
	for len(out) < len(shares) {
		out = append(out, x)
	}
	return out
}
