package stat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// population makes pairs of rates per 100: what it adds, and what it removes. Near is the part of its shares
// that has to be near those of ten times the cases, and width the most that their intervals may have.
type population struct {
	name        string
	near, width float64
	draw        func(r *rand.Rand) (added, removed float64)
}

// populations are lumpy: in three quarters of the draws next to nothing differs, and the kurtosis
// of what they show is 14 to 31.
var populations = []population{
	{"lognormal with a point at zero", .85, .3, func(r *rand.Rand) (float64, float64) {
		if r.Float64() < .3 {
			return 0, 0
		}
		t, a, b := .05*math.Exp(1.35*r.NormFloat64()), gammaOf(r, 1), gammaOf(r, 2.5)
		return t * a / (a + b), t * b / (a + b)
	}},
	{"spikes", .85, .3, func(r *rand.Rand) (float64, float64) {
		switch u := r.Float64(); {
		case u < .72:
			return 0, 0
		case u < .86:
			return 0, .25
		case u < .92:
			return .12, .12
		case u < .955:
			return .3, .05
		case u < .99:
			return .05, .75
		}
		return .6, .5
	}},
	{"a common factor", .85, .3, func(r *rand.Rand) (float64, float64) {
		c := .03 * math.Exp(r.NormFloat64())
		return c * gammaOf(r, .6), 1.5 * c * gammaOf(r, .9)
	}},
	// As in the main scenario: where much is removed, about half as much is added.
	{"much of both", .7, .34, func(r *rand.Rand) (float64, float64) {
		t, a, b := .07*math.Exp(1.3*r.NormFloat64()), gammaOf(r, 8), gammaOf(r, 16)
		return t * a / (a + b), t * b / (a + b)
	}},
	{"gammas", .77, .3, func(r *rand.Rand) (float64, float64) { return .09 * gammaOf(r, .25), .22 * gammaOf(r, .25) }},
}

func gammaOf(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gammaOf(r, shape+1) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1./3
	for c := 1 / math.Sqrt(9*d); ; {
		x := r.NormFloat64()
		v := math.Pow(1+c*x, 3)
		if v > 0 && math.Log(r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

func poissonOf(r *rand.Rand, mean float64) (k float64) {
	for t := r.ExpFloat64(); t <= mean; t += r.ExpFloat64() {
		k++
	}
	return k
}

// draws are n draws of some 55 cases in each of so many replicates, the same draws at ten times the cases, and their
// true effects.
func (p *population) draws(r *rand.Rand, n, replicates int) (few, many []Flips, effects []float64) {
	for range n {
		a, b := p.draw(r)
		of := math.Round(55 * float64(replicates) * math.Exp(.15*r.NormFloat64()))
		x, y := poissonOf(r, of*a/100), poissonOf(r, of*b/100)
		effects = append(effects, (a-b)/100)
		few = append(few, Flips{x, y, of})
		many = append(many, Flips{x + poissonOf(r, 9*of*a/100), y + poissonOf(r, 9*of*b/100), 10 * of})
	}
	return few, many, effects
}

const delta = .05 / 100

// sharesOf counts what is below, within and above delta.
func sharesOf(effects []float64) (out [3]float64) {
	for _, x := range effects {
		k := 1
		switch {
		case x > delta:
			k = 2
		case x < -delta:
			k = 0
		}
		out[k] += 1 / float64(len(effects))
	}
	return out
}

// trial is what a population gave, over repetitions.
type trial struct {
	near     int        // of three shares each: within .05 of what ten times the cases give
	cover    [3]int     // intervals that hold the population's share
	width    [3]float64 // of them, on the mean
	mixture  float64    // error of both ends of the parameter interval per 100, on the mean
	wide     float64    // its width, in that of the draws' true effects
	shrunk   float64    // that of shrunk order statistics
	kurtosis float64
}

func (p *population) try(repetitions, draws, replicates int) (t trial) {
	r := rand.New(rand.NewPCG(3, 4))
	_, _, all := p.draws(r, 100_000, 12)
	truth, n := sharesOf(all), float64(repetitions)
	for range repetitions {
		few, many, effects := p.draws(r, draws, replicates)
		at, _ := RatesOf(few, delta)
		ten, _ := RatesOf(many, delta)
		later := ten.Shares()
		for k, s := range at.Shares() {
			if math.Abs(s.Value-later[k].Value) <= .05 {
				t.near++
			}
			if s.Low <= truth[k] && truth[k] <= s.High {
				t.cover[k]++
			}
			t.width[k] += (s.High - s.Low) / n
		}
		low, high := Central95(effects)
		a, b := at.Central95()
		t.mixture += 100 * (math.Abs(a-low) + math.Abs(b-high)) / n
		t.wide += (b - a) / (high - low) / n
		a, b = shrunk(few)
		t.shrunk += 100 * (math.Abs(a-low) + math.Abs(b-high)) / n
		t.kurtosis += kurtosis(few) / n
	}
	return t
}

// shrunk is what a parameter interval was: order statistics of the draws' effects, drawn
// together until only the spread that is not noise is left.
func shrunk(draws []Flips) (low, high float64) {
	var x []float64
	mean, noise, variance, n := 0.0, 0.0, 0.0, float64(len(draws))
	for _, d := range draws {
		x = append(x, (d.Added-d.Removed)/d.Of)
		mean += x[len(x)-1] / n
		noise += (d.Added + d.Removed) / d.Of / d.Of / n
	}
	for _, e := range x {
		variance += (e - mean) * (e - mean) / (n - 1)
	}
	low, high = Central95(x)
	by := math.Sqrt(max(0, variance-noise) / variance)
	return mean + by*(low-mean), mean + by*(high-mean)
}

func kurtosis(draws []Flips) float64 {
	var m [5]float64
	for _, d := range draws {
		for k := range m {
			m[k] += math.Pow((d.Added-d.Removed)/d.Of, float64(k)) / float64(len(draws))
		}
	}
	v := m[2] - m[1]*m[1]
	return (m[4] - 4*m[3]*m[1] + 6*m[2]*m[1]*m[1] - 3*math.Pow(m[1], 4)) / v / v
}

// hold says what a population's trial must hold: shares near those of ten times the cases as often as it says,
// intervals that hold the truth in 93 of 100 and say something, and parameter intervals about as wide as the
// draws' effects lie. Allowed is what chance may take off, in parts of the repetitions.
func (p *population) hold(test *testing.T, t *trial, repetitions int, allowed float64) {
	n := float64(repetitions)
	near := float64(t.near) / 3 / n
	test.Logf("kurtosis %.0f, near in %.3f, intervals hold %v of %d at widths %.2f; "+
		"ends off by %.3f, shrunk ones by %.3f; width %.2f", t.kurtosis, near, t.cover,
		repetitions, t.width, t.mixture, t.shrunk, t.wide)
	if near < p.near-allowed {
		test.Errorf("near in %.3f", near)
	}
	if t.wide < .8 || t.wide > 1.3+2*allowed {
		test.Errorf("%.2f times as wide as the effects", t.wide)
	}
	for k := range t.cover {
		if float64(t.cover[k]) < n*(.93-allowed) || t.width[k] > p.width {
			test.Errorf("share %d: %d of %d at width %.2f", k, t.cover[k], repetitions, t.width[k])
		}
	}
}

// TestRates: see hold, at few repetitions, on all but the last population; and parameter intervals are nearer to
// the truth than shrunk order statistics.
func TestRates(t *testing.T) {
	mixture, before := 0.0, 0.0
	for i := range populations[:4] {
		p := &populations[i]
		t.Run(p.name, func(t *testing.T) {
			const repetitions = 20
			r := p.try(repetitions, 200, 12)
			p.hold(t, &r, repetitions, .12)
			mixture, before = mixture+r.mixture, before+r.shrunk
		})
	}
	if mixture > .85*before {
		t.Errorf("parameter intervals are off by %.3f, shrunk ones by %.3f", mixture, before)
	}
}

// TestRatesTurned: what is added and what is removed are treated alike, the order of draws
// does not matter but for the groups of the jackknife, and shares sum to 1.
func TestRatesTurned(t *testing.T) {
	few, _, _ := populations[0].draws(rand.New(rand.NewPCG(5, 6)), 100, 12)
	turned := slices.Clone(few)
	for i := range turned {
		turned[i].Added, turned[i].Removed = few[i].Removed, few[i].Added
	}
	a, _ := RatesOf(few, delta)
	b, _ := RatesOf(turned, delta)
	x, y, sum := a.Shares(), b.Shares(), 0.0
	for k := range x {
		if math.Abs(x[k].Value-y[2-k].Value) > 1e-9 || math.Abs(x[k].Low-y[2-k].Low) > 1e-9 {
			t.Errorf("%+v turned is %+v", x, y)
		}
		sum += x[k].Value
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("shares sum to %v", sum)
	}
	low, high := a.Central95()
	down, up := b.Central95()
	if math.Abs(low+up) > 1e-9 || math.Abs(high+down) > 1e-9 || low >= high {
		t.Errorf("[%v, %v] turned is [%v, %v]", low, high, down, up)
	}
}

// TestRatesKnown: where every draw shows hundreds of flips, shares are those of the draws
// and the interval is that of their effects; where none flips, no draw differs; and where
// nothing could flip there is no estimate.
func TestRatesKnown(t *testing.T) {
	var draws []Flips
	for i := range 200 {
		draws = append(draws, [4]Flips{{200, 0, 1e5}, {0, 400, 1e5}, {100, 0, 1e5}, {0, 0, 1e5}}[i%4])
	}
	r, ok := RatesOf(draws, .0015)
	if !ok {
		t.Fatal("no estimate")
	}
	for k, want := range [3]float64{.25, .5, .25} {
		if s := r.Shares()[k]; math.Abs(s.Value-want) > .02 || s.Low > want || s.High < want {
			t.Errorf("share %d: %+v, want %v", k, s, want)
		}
	}
	if low, high := r.Central95(); math.Abs(low+.004) > .0006 || math.Abs(high-.002) > .0003 {
		t.Errorf("[%v, %v], want about [-.004, .002]", low, high)
	}
	for i := range draws {
		draws[i] = Flips{Of: 1e5}
	}
	if r, _ = RatesOf(draws, .0015); r.Shares()[1].Value < .999 {
		t.Errorf("no flip, and %+v", r.Shares())
	}
	if _, ok := RatesOf([]Flips{{}, {}, {Of: 5}}, .1); ok {
		t.Error("an estimate from one draw")
	}
}

// TestRatesError: the half-width of a share is 1.96 standard errors by the jackknife, worked
// here from the parts, and Shape; and the parts are those of the draws without a group.
func TestRatesError(t *testing.T) {
	few, _, _ := populations[2].draws(rand.New(rand.NewPCG(7, 8)), 200, 12)
	r, _ := RatesOf(few, delta)
	all := r.shares(r.weight)
	for k, s := range r.Shares() {
		sum := 0.0
		for g := range 10 {
			sum += math.Pow(r.shares(r.without(g))[k]-all[k], 2)
		}
		half := 1.959964*math.Sqrt(sum*9/10) + .05
		if math.Abs(s.High-min(1, s.Value+half)) > 1e-6 || math.Abs(s.Low-max(0, s.Value-half)) > 1e-6 {
			t.Errorf("share %d: %+v, half-width %v", k, s, half)
		}
	}
	var without []Flips
	for i, d := range few {
		if i%10 != 3 {
			without = append(without, d)
		}
	}
	q, _ := RatesOf(without, delta)
	for k, x := range q.shares(q.weight) {
		if len(q.rate) == len(r.rate) && math.Abs(r.shares(r.without(3))[k]-x) > .01 {
			t.Errorf("share %d without a group: %v, anew %v", k, r.shares(r.without(3))[k], x)
		}
	}
}
