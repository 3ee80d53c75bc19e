package abc

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// linear has two coordinates, of which the first is observed with noise by `n`
// statistics s_k = z_0 + σ ε_k; the second is silent.
type linear struct {
	n     int
	sigma float64
}

func (l linear) Dims() int               { return 2 }
func (l linear) Stats() int              { return l.n }
func (l linear) NewSimulator() Simulator { return l }

func (l linear) Simulate(rep random.Replicate, z, stats []float64) bool {
	key := random.Stream(random.NameHash("linear"), random.Recording)
	for k := range stats {
		stats[k] = z[0] + l.sigma*rep.Normal(key, k)
	}
	return true
}

// TestAdjustIsExactForLinearNormal: with n statistics of noise σ and a standard
// normal prior the posterior is normal with variance 1/(1 + n/σ²) about
// n·ȳ/σ² times it. A threshold that accepts much gives a far wider sample, which the
// correction makes right: mean and deviation within 0.05 (2000 particles: four
// standard errors of a mean are 0.04), the silent coordinate stays standard normal.
// Catches a slope of the wrong sign and a correction that is left out.
func TestAdjustIsExactForLinearNormal(t *testing.T) {
	p := linear{n: 12, sigma: 2}
	observed := []float64{1.5, 0.5, 2.5, 1, 1.2, 0.8, 1.9, 0.1, 1.4, 0.6, 2, 0}
	r, err := Run(context.Background(), p, observed,
		Options{Seed: 3, Particles: 2000, Pilot: 4000, MaxMoves: 4, MinAcceptance: 0.3, Workers: 2}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.Adjust(observed, nil)
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for _, y := range observed {
		mean += y
	}
	variance := 1 / (1 + float64(p.n)/(p.sigma*p.sigma))
	mean *= variance / (p.sigma * p.sigma)
	raw, rawSD := moments(r.Particles, r.Weights, 0)
	got, sd := moments(a.Particles, a.Weights, 0)
	if math.Abs(got-mean) > 0.05 || math.Abs(sd-math.Sqrt(variance)) > 0.05 {
		t.Errorf("adjusted %.3f ± %.3f, exact %.3f ± %.3f (unadjusted %.3f ± %.3f)", got, sd, mean, math.Sqrt(variance), raw,
			rawSD)
	}
	if rawSD < math.Sqrt(variance)+0.1 {
		t.Errorf("the threshold leaves nothing to correct: deviation %.3f", rawSD)
	}
	if m, s := moments(a.Particles, a.Weights, 1); math.Abs(m) > 0.12 || math.Abs(s-1) > 0.08 {
		t.Errorf("the silent coordinate is %.3f ± %.3f", m, s)
	}
	if a.ESS > float64(len(r.Particles)) || a.ESS < 500 {
		t.Errorf("effective size %.0f of %d", a.ESS, len(r.Particles))
	}
}

func moments(z [][]float64, w []float64, j int) (mean, sd float64) {
	for i := range z {
		mean += w[i] * z[i][j]
	}
	for i := range z {
		sd += w[i] * (z[i][j] - mean) * (z[i][j] - mean)
	}
	return mean, math.Sqrt(sd)
}

// TestAdjustEdges: statistics that are not observed, constant or undefined take no
// part or stand at their mean, and what cannot be regressed is an error.
func TestAdjustEdges(t *testing.T) {
	n := 40
	r := &Result{Epsilon: 2, Scales: []float64{1, 1, 1, 1}}
	for i := range n {
		x := float64(i)/20 - 1
		r.Particles = append(r.Particles, []float64{x, float64(i % 2)})
		s := []float64{x, 7, math.NaN(), x}
		if i == 3 {
			s[0] = math.NaN()
		}
		r.Stats = append(r.Stats, s)
		r.Distances = append(r.Distances, math.Abs(x))
		r.Weights = append(r.Weights, 1/float64(n))
	}
	a, err := r.Adjust([]float64{0.25, 7, 0, math.NaN()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, z := range a.Particles {
		if i != 3 && math.Abs(z[0]-0.25) > 0.1 {
			t.Errorf("particle %d: %v, want about 0.25", i, z[0])
		}
	}
	if s := a.Weights; math.Abs(sum(s)-1) > 1e-12 || slices.Min(s) <= 0 {
		t.Errorf("weights sum to %v, least %v", sum(s), slices.Min(s))
	}
	if _, err := (&Result{Particles: r.Particles[:5], Stats: r.Stats[:5], Distances: r.Distances[:5],
		Weights: r.Weights[:5], Epsilon: 2, Scales: r.Scales}).Adjust([]float64{0, 0, 0, 0}, nil); err == nil {
		t.Error("five particles were regressed")
	}
}

// noise is a result of n particles about a plane, z = slope·s_0 + ε, and a truth at
// the origin of its statistics, which are standard normal; coordinate 1 is silent.
func noise(n, stats int, slope float64, rep random.Replicate) (r *Result, truth [2]float64) {
	normal := func(row, k int) float64 { return rep.Normal(random.Stream(uint64(row), random.Future), k) }
	r = &Result{Epsilon: 100, Scales: slices.Repeat([]float64{1}, stats)}
	for i := range n {
		row := make([]float64, stats)
		for k := range row {
			row[k] = normal(i, k)
		}
		r.Stats = append(r.Stats, row)
		r.Particles = append(r.Particles, []float64{slope*row[0] + normal(i, stats), normal(i, stats+1)})
		r.Distances, r.Weights = append(r.Distances, 1), append(r.Weights, 1/float64(n))
	}
	return r, [2]float64{normal(n, 0), normal(n, 1)}
}

// TestAdjustHoldsTheTruth: a small sample corrected on many statistics must still hold
// 90 % of truths in its central 90 %, for a coordinate that depends on one of them
// and for one on none. 2,000 samples of 60 on 16 statistics, of which residuals left
// as they are hold 82 %; four standard errors are .027.
func TestAdjustHoldsTheTruth(t *testing.T) {
	const times, n, stats = 2000, 60, 16
	source := random.NewSource(random.Mix, 11)
	held := [2]float64{}
	for i := range times {
		r, truth := noise(n, stats, 2, source.Replicate(uint64(i)))
		a, err := r.Adjust(make([]float64, stats), nil)
		if err != nil {
			t.Fatal(err)
		}
		for j := range held {
			below := 0.0
			for i, z := range a.Particles {
				if z[j] < truth[j] {
					below += a.Weights[i]
				}
			}
			if below > 0.05 && below < 0.95 {
				held[j] += 1. / times
			}
		}
	}
	for j, share := range held {
		if math.Abs(share-0.9) > 0.027 {
			t.Errorf("coordinate %d: %.3f of the intervals hold the truth", j, share)
		}
	}
}

// TestRidgeShrinksTheSlope: with independent statistics of mean square one about the record, a ridge of ρ divides the
// slope on its statistic, and so the move, by 1 + ρ, and leaves those on others. One sample of 200,000: the error of a
// slope is .002. Catches a ridge on the wrong statistic, on none, and one of another size.
func TestRidgeShrinksTheSlope(t *testing.T) {
	const n, ridge = 200000, 0.3
	rep := random.NewSource(random.Mix, 3).Replicate(0)
	r, _ := noise(n, 3, 2, rep)
	for i := range r.Particles {
		r.Particles[i][1] += r.Stats[i][2]
	}
	at := []float64{0, math.NaN(), 0} // the second statistic is not observed
	for _, c := range []struct {
		ridge  []float64
		slopes [2]float64
	}{{nil, [2]float64{2, 1}}, {[]float64{ridge, 9, 0}, [2]float64{2 / (1 + ridge), 1}},
		{[]float64{0, 9, ridge}, [2]float64{2, 1 / (1 + ridge)}}} {
		a, err := r.Adjust(at, c.ridge)
		if err != nil {
			t.Fatal(err)
		}
		for j, k := range [2]int{0, 2} {
			moved, square := 0.0, 0.0
			for i := range r.Particles {
				moved += (r.Particles[i][j] - a.Particles[i][j]) * r.Stats[i][k]
				square += r.Stats[i][k] * r.Stats[i][k]
			}
			if got := moved / square; math.Abs(got-c.slopes[j]) > 0.01 {
				t.Errorf("ridge %v, coordinate %d: slope %.4f, want %.4f", c.ridge, j, got, c.slopes[j])
			}
		}
	}
}

// TestAdjustAsksForParticles: with fewer than three a statistic there is no correction.
func TestAdjustAsksForParticles(t *testing.T) {
	const stats = 8
	rep := random.NewSource(random.Mix, 11).Replicate(0)
	observed := make([]float64, stats)
	r, _ := noise(perPredictor*(stats+1)-1, stats, 1, rep)
	if _, err := r.Adjust(observed, nil); !errors.Is(err, ErrTooFew) {
		t.Errorf("too few particles for %d statistics and a constant: %v", stats, err)
	}
	r, _ = noise(perPredictor*(stats+1)+1, stats, 1, rep)
	if _, err := r.Adjust(observed, nil); err != nil {
		t.Error(err)
	}
}

func sum(x []float64) (s float64) {
	for _, v := range x {
		s += v
	}
	return s
}

// TestAdjustWeighsNearOnes: a particle counts by multiplicity × Epanechnikov's kernel of its
// distance, which all particles alike, or distance unsquared, are not.
func TestAdjustWeighsNearOnes(t *testing.T) {
	r := &Result{Weights: []float64{1, 1, 1, 2}, Distances: []float64{0, 1, 1.6, 1}, Epsilon: 2}
	sum := 1 + .75 + .36 + 1.5
	for i, want := range []float64{1, .75, .36, 1.5} {
		if got := r.kernel()[i]; math.Abs(got-want/sum) > 1e-12 {
			t.Errorf("particle %d weighs %v, want %v", i, got, want/sum)
		}
	}
	p, observed := linear{n: 2, sigma: 1}, []float64{.5, .2}
	run, err := Run(context.Background(), p, observed, Options{Seed: 3, Particles: 60, Pilot: 120, MaxMoves: 2,
		MinAcceptance: 0.3, Workers: 2}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := run.Adjust(observed, nil)
	if err != nil || !slices.Equal(a.Weights, run.kernel()) {
		t.Errorf("a corrected result weighs %v (%v), want the kernel", a.Weights, err)
	}
}

// TestPredictorsByHand: differences from the observed values in scales; what a data set does not define stands at the
// mean of the others. Catches an undefined statistic taken for 0.
func TestPredictorsByHand(t *testing.T) {
	r := &Result{Particles: make([][]float64, 3), Scales: []float64{2, 1},
		Stats: [][]float64{{1, 7}, {math.NaN(), 7}, {5, 7}}}
	x, used := r.predictors([]float64{2, 7})
	if !slices.Equal(used, []int{0}) {
		t.Fatalf("statistics %v, want the one that varies", used)
	}
	for i, want := range []float64{-0.5, 0.5, 1.5} {
		if !slices.Equal(x[i], []float64{1, want}) {
			t.Errorf("particle %d: %v, want 1 and %v", i, x[i], want)
		}
	}
}

// TestStretchesByHand: about a weighted mean the residual of particle i has the share 1 − 2w_i + Σw² of the variance,
// and a new value 1 + Σw². Catches residuals that follow their own particle, and a prediction without its own noise.
func TestStretchesByHand(t *testing.T) {
	w := []float64{0.5, 0.3, 0.2}
	f, x := newFactor(1, 0), [][]float64{{1}, {1}, {1}}
	for i := range w {
		f.add([]float64{math.Sqrt(w[i])}, nil)
	}
	squares := 0.25 + 0.09 + 0.04
	for i, got := range f.stretches(x, w) {
		if want := math.Sqrt((1 + squares) / (1 - 2*w[i] + squares)); math.Abs(got-want) > 1e-12 {
			t.Errorf("particle %d: %v, want %v", i, got, want)
		}
	}
}
