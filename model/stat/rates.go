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

// Rates is how the rates of flips are distributed over draws. In a draw flips are Poisson, P(λ·Of) of them, and
// each is an addition with probability p. The pairs (λ, p) come from a mixture on a grid, even in ln λ and in the
// logit of p.
//
// Few flips a draw say little of the mixture. The estimate starts from a smooth one, the likeliest lognormal of λ
// times betas of p, each as much as draws speak for it, and then lets the data have their say, in a few steps of
// EM towards the nonparametric maximum (Laird 1978), which may tie p to λ.
type Rates struct {
	within float64   // differences up to this count as none
	apart  float64   // two neighbours on the grid
	logs   []float64 // ln λ, ascending
	rate   []float64 // λ
	odds   []float64 // logits of p, ascending
	tilt   []float64 // 2p − 1: additions less removals, a flip
	betas  []beta
	rows   []row
	rowOf  []int     // by draw
	weight []float64 // of each pair, λ by p
	smooth lognormal
}

// row is what draws with the same flips say of λ and of p, but for a factor.
type row struct{ all, added []float64 }

// lognormal is told by mean and variance of the logarithm.
type lognormal struct{ mean, variance float64 }

// beta is one of those that p may come from: the weight of each p, the logarithm of what it is held for
// beforehand, and that of the likelihood of each row.
type beta struct {
	weight []float64
	before float64
	says   []float64
}

// What the grid and the estimate are like.
const (
	coarse  = 0.5 // most that two neighbours on the grid are apart, in logarithms
	fine    = 0.2 // and least
	errors  = 1.5 // between them, that is as many standard errors of the largest count
	below   = 4   // how far the grid of λ reaches below Rates.within
	beside  = 5   // and that of p to either side, in logits
	alike   = 20  // classes per unit of ln Of: draws of a class are taken to have the same
	prior   = 10  // draws whose worth is known of the spread of λ beforehand:
	spread  = 1.5 // it is this, in logarithms
	flat    = 3   // standard deviation of the logarithms of a beta's parameters, around 0, beforehand
	fitting = 25  // steps of EM to the lognormal
	again   = 6   // and those from there to that of a part of the draws
	towards = 2   // from the smooth mixture towards the nonparametric maximum
	groups  = 10  // of draws, of which the jackknife leaves out one after the other
)

// RatesOf estimates the rates of draws; false where fewer than two of them had anything to flip. Within is the rate,
// above 0 and finite, up to which a draw shows no difference; false of another.
func RatesOf(draws []Flips, within float64) (*Rates, bool) {
	if !(within > 0) || math.IsInf(within, 1) {
		return nil, false
	}
	draws = slices.DeleteFunc(slices.Clone(draws), func(d Flips) bool { return d.Of <= 0 })
	if len(draws) < 2 {
		return nil, false
	}
	r := &Rates{within: within}
	r.grid(draws)
	r.group(draws)
	r.spread()
	r.weight, r.smooth = r.fit(-1, lognormal{elem.Log(within), spread * spread}, fitting)
	return r, true
}

// grid lays out λ and p, each even in its logarithm or logit.
func (r *Rates) grid(draws []Flips) {
	highest, most := r.within, 1.0
	for _, d := range draws {
		highest = max(highest, (d.Added+d.Removed)/d.Of)
		most = max(most, d.Added+d.Removed)
	}
	r.apart = max(fine, min(coarse, errors/math.Sqrt(most)))
	for k := -math.Round(below / r.apart); len(r.rate) == 0 || r.rate[len(r.rate)-1] < 1.2*highest; k++ {
		x := elem.Log(r.within) + float64(r.apart*k)
		r.logs, r.rate = append(r.logs, x), append(r.rate, elem.Exp(x))
	}
	side := math.Ceil(beside / r.apart)
	for k := -side; k <= side; k++ {
		x := r.apart * k
		r.odds, r.tilt = append(r.odds, x), append(r.tilt, 1-2/(1+elem.Exp(x)))
	}
}

// spread lays out betas, even in the logarithms of their parameters, from 1/20 to 55.
func (r *Rates) spread() {
	for a := -3.0; a <= 4; a += 0.5 {
		for b := -3.0; b <= 4; b += 0.5 {
			x := beta{weight: shareOut(scaled(r.split(elem.Exp(a), elem.Exp(b)))),
				before: -(float64(a*a) + float64(b*b)) / (2 * flat * flat)}
			for _, d := range r.rows {
				x.says = append(x.says, elem.Log(dot(d.added, x.weight)+tiny))
			}
			r.betas = append(r.betas, x)
		}
	}
}

// group makes rows of draws with the same flips.
func (r *Rates) group(draws []Flips) {
	type key struct{ added, removed, class float64 }
	at := map[key]int{}
	for _, d := range draws {
		k := key{d.Added, d.Removed, math.Round(alike * elem.Log(d.Of))}
		if _, ok := at[k]; !ok {
			at[k] = len(r.rows)
			r.rows = append(r.rows, row{r.poisson(d.Added+d.Removed, elem.Exp(k.class/alike)),
				scaled(r.split(d.Added, d.Removed))})
		}
		r.rowOf = append(r.rowOf, at[k])
	}
}

// poisson is the likelihood of each λ where so many flips were counted, over its maximum.
func (r *Rates) poisson(count, of float64) []float64 {
	out := make([]float64, len(r.rate))
	for i, x := range r.rate {
		out[i] = float64(count*r.logs[i]) - float64(of*x)
	}
	return scaled(out)
}

// split is a ln p + b ln(1 − p) for each p: the likelihood of so many additions and removals, and with
// parameters of a beta its density in the logit of p.
func (r *Rates) split(a, b float64) []float64 {
	out := make([]float64, len(r.odds))
	for j, x := range r.odds {
		more := elem.Log(1 + elem.Exp(-math.Abs(x))) // −ln of the greater of p and 1 − p
		out[j] = -float64(a*(more+max(0, -x))) - float64(b*(more+max(0, x)))
	}
	return out
}

// scaled makes logarithms of a likelihood a likelihood over its maximum, in place.
func scaled(x []float64) []float64 {
	most := slices.Max(x)
	for i := range x {
		x[i] = elem.Exp(x[i] - most)
	}
	return x
}

// shareOut scales weights so that they sum to 1, in place.
func shareOut(w []float64) []float64 {
	sum := 0.0
	for _, x := range w {
		sum += x
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

// fit returns the weights that draws suggest and the lognormal from which they come, but for the draws of a
// group; −1 for all.
func (r *Rates) fit(without int, m lognormal, steps int) ([]float64, lognormal) {
	draws, all := make([]float64, len(r.rows)), 0.0
	for d, k := range r.rowOf {
		if d%groups != without {
			draws[k]++
			all++
		}
	}
	for range steps {
		m = r.likelier(m, draws, all)
	}
	w, next := make([]float64, 0, len(r.rate)*len(r.odds)), make([]float64, len(r.rate)*len(r.odds))
	p := r.additions(draws)
	for _, x := range r.lognormal(m) {
		for _, y := range p {
			w = append(w, x*y)
		}
	}
	for range towards {
		r.improve(w, next, draws, all)
	}
	return w, m
}

// tiny is added to what draws have of likelihood: what is next to impossible is no division by 0.
const tiny = math.SmallestNonzeroFloat64 * 0x1p100

// likelier is a step of EM of the lognormal, from all flips of each draw.
func (r *Rates) likelier(m lognormal, draws []float64, all float64) lognormal {
	w := r.lognormal(m)
	by := make([]float64, len(w))
	for k, d := range r.rows {
		if c := draws[k] / all / (dot(d.all, w) + tiny); c > 0 {
			for i, x := range d.all {
				by[i] += float64(c * x)
			}
		}
	}
	for i := range w {
		w[i] *= by[i]
	}
	m = lognormal{mean: dot(w, r.logs)}
	for i, x := range r.logs {
		m.variance += float64(w[i] * (x - m.mean) * (x - m.mean))
	}
	m.variance = (float64(all*m.variance) + prior*spread*spread) / (all + prior)
	return m
}

func dot(a, b []float64) (sum float64) {
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

// lognormal is the weight of each λ.
func (r *Rates) lognormal(m lognormal) []float64 {
	w := make([]float64, len(r.logs))
	for i, x := range r.logs {
		w[i] = -(x - m.mean) * (x - m.mean) / (2 * m.variance)
	}
	return shareOut(scaled(w))
}

// additions are the weight of each p: betas, each by its likelihood.
func (r *Rates) additions(draws []float64) []float64 {
	likely := make([]float64, len(r.betas))
	for i := range r.betas {
		likely[i] = r.betas[i].before + dot(draws, r.betas[i].says)
	}
	p := make([]float64, len(r.odds))
	for i, x := range shareOut(scaled(likely)) {
		for j, y := range r.betas[i].weight {
			p[j] += float64(x * y)
		}
	}
	return p
}

// improve is a step of EM: a pair's weight becomes its mean share in the draws.
func (r *Rates) improve(w, by, draws []float64, all float64) {
	n := len(r.odds)
	clear(by)
	for k, d := range r.rows {
		if draws[k] == 0 {
			continue
		}
		p := tiny
		for i, a := range d.all {
			p += float64(a * dot(d.added, w[i*n:(i+1)*n]))
		}
		for i, a := range d.all {
			c, to := draws[k]/all/p*a, by[i*n:(i+1)*n]
			for j, b := range d.added {
				to[j] += float64(c * b)
			}
		}
	}
	for k := range w {
		w[k] *= by[k]
	}
}

// Shape is what a share may be off by, beside chance, since few flips do not show the
// shape of the mixture: by so much is its interval wider to either side.
const Shape = 0.05

// Shares are the estimated shares of draws of which the difference λ(2p − 1) is below −within,
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

// shares takes a rate for spread evenly, in its logarithm, halfway to its neighbours.
func (r *Rates) shares(w []float64) (out [3]float64) {
	for j, tilt := range r.tilt {
		side := 0
		if tilt > 0 {
			side = 2
		}
		from := r.logs[len(r.logs)-1] + r.apart // ln λ beyond which the difference is more than within
		if tilt != 0 {
			from = elem.Log(r.within / math.Abs(tilt))
		}
		for i, x := range r.logs {
			weight := w[i*len(r.tilt)+j]
			beyond := float64(weight * max(0, min(1, 0.5+(x-from)/r.apart)))
			out[side] += beyond
			out[1] += weight - beyond
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
	for i, rate := range r.rate {
		for j, tilt := range r.tilt {
			atoms = append(atoms, atom{rate * tilt, r.weight[i*len(r.tilt)+j]})
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
