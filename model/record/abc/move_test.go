package abc

import (
	"math"
	"testing"

	"github.com/misstep/misstep/internal/kolmogorov"
	"github.com/misstep/misstep/model/random"
)

// TestProposalIsReversible: from z ~ N(0, I) a proposal is N(0, I), and the pair has
// the law of the pair in reverse: z and z' are exchangeable, so E z²z' = E z z'² and
// P(z < 0.5 < z') = P(z' < 0.5 < z) (level 1e-6, resolution 0.02). √(1 − β) instead
// of √(1 − β²) fails.
func TestProposalIsReversible(t *testing.T) {
	const n = 60000
	x := make([]float64, n)
	z, to := make([]float64, 3), make([]float64, 3)
	skew, up := 0.0, 0.0
	for i := range n {
		rep := random.NewSource(random.Mix, 4).Replicate(uint64(i))
		drawPrior(&rep, z)
		propose(&rep, 0.6, z, to)
		x[i] = to[1]
		skew += z[1]*z[1]*to[1] - z[1]*to[1]*to[1]
		switch {
		case z[1] < 0.5 && to[1] > 0.5:
			up++
		case to[1] < 0.5 && z[1] > 0.5:
			up--
		}
	}
	if d := kolmogorov.Distance(x, nil, normalCDF); d > kolmogorov.Bound(n, level) {
		t.Errorf("proposals are %.4f from normal", d)
	}
	if math.Abs(skew/n) > 4.89*math.Sqrt(6.0/n) || math.Abs(up/n) > 4.89*math.Sqrt(0.5/n) {
		t.Errorf("the pair is not exchangeable: %.4f, %.4f", skew/n, up/n)
	}
}

// TestSubsets: each coordinate moves with the mean of the four shares, an empty
// subset gets one, and every pace occurs a third of the time (resolution 0.02).
func TestSubsets(t *testing.T) {
	const n, dims = 30000, 40
	z, to := make([]float64, dims), make([]float64, dims)
	var moved, all, single float64
	var pace [len(paces)]float64
	for i := range n {
		rep := random.NewSource(random.Mix, 8).Replicate(uint64(i))
		pace[propose(&rep, 0.3, z, to)]++
		k := 0
		for j := range to {
			if to[j] != z[j] {
				k++
			}
		}
		switch k {
		case 0:
			t.Fatal("nothing moved")
		case 1:
			single++
		case dims:
			all++
		}
		moved += float64(k) / dims
	}
	if math.Abs(moved/n-15.0/32) > 0.01 || math.Abs(all/n-0.25) > 0.02 || single == 0 {
		t.Errorf("%.3f of the coordinates move, all of them %.3f of the time, one of them %v times", moved/n, all/n, single)
	}
	for i := range pace {
		if math.Abs(pace[i]/n-1.0/3) > 0.02 {
			t.Errorf("pace %d: %.3f", i, pace[i]/n)
		}
	}
	z1, to1 := []float64{0}, []float64{0}
	for i := range 1000 {
		rep := random.NewSource(random.Mix, 8).Replicate(uint64(i))
		if propose(&rep, 0.3, z1, to1); to1[0] == 0 {
			t.Fatal("the only coordinate did not move")
		}
	}
}

// TestBetaAtTheEnds: β = 1 forgets where it was; √(1 − β²) never becomes NaN.
func TestBetaAtTheEnds(t *testing.T) {
	to, elsewhere := make([]float64, 5), make([]float64, 5)
	for i := range 200 {
		rep := random.NewSource(random.Mix, 8).Replicate(uint64(i))
		pace := propose(&rep, 1, []float64{9, 9, 9, 9, 9}, to)
		propose(&rep, 1, []float64{-9, 0, 0, 0, 0}, elsewhere)
		for j := range to {
			if math.IsNaN(to[j]) || pace > 0 && to[j] != 9 && to[j] != elsewhere[j] {
				t.Fatalf("%v from one place, %v from another", to, elsewhere)
			}
		}
	}
}

func TestMovesFor(t *testing.T) {
	for _, c := range []struct {
		acceptance float64
		most, want int
	}{{0, 20, 20}, {1, 20, 1}, {0.995, 20, 1}, {0.5, 20, 7}, {0.25, 50, 17}, {0.25, 10, 10}, {1e-9, 1024, 1024}} {
		if got := movesFor(c.acceptance, c.most); got != c.want {
			t.Errorf("acceptance %v, at most %d: %d moves, want %d", c.acceptance, c.most, got, c.want)
		}
		if n := movesFor(c.acceptance, 1<<40); c.acceptance > 0 && math.Pow(1-c.acceptance, float64(n)) > unmoved*(1+1e-6) {
			t.Errorf("acceptance %v: %d moves leave too many where they were", c.acceptance, n)
		}
	}
}

// TestNextBeta: towards the target, within bounds, and not down where noise rejects.
func TestNextBeta(t *testing.T) {
	at := func(small, medium, large int) *counts {
		return &counts{tried: [3]int{100, 100, 100}, accepted: [3]int{small, medium, large}}
	}
	for _, c := range []struct {
		what string
		beta float64
		c    *counts
		ok   func(float64) bool
	}{
		{"many accepted", 0.3, at(80, 70, 60), func(b float64) bool { return b > 0.3 }},
		{"on target", 0.3, &counts{tried: [3]int{1000}, accepted: [3]int{234}},
			func(b float64) bool { return math.Abs(b-0.3) < 1e-12 }},
		{"few, and smaller steps help", 0.3, at(20, 10, 2), func(b float64) bool { return b < 0.3 }},
		{"few, and smaller steps do not help", 0.3, at(5, 5, 4), func(b float64) bool { return b == 0.3 }},
		{"none", 0.3, at(0, 0, 0), func(b float64) bool { return b < 0.3 }},
		{"at the top", 1, at(100, 100, 100), func(b float64) bool { return b == 1 }},
		{"at the bottom", lowestBeta, at(0, 0, 0), func(b float64) bool { return b == lowestBeta }},
	} {
		if b := nextBeta(c.beta, c.c); !c.ok(b) {
			t.Errorf("%s: %v after %v", c.what, b, c.beta)
		}
	}
}

// cheap is a problem whose simulation costs and allocates nothing to speak of.
type cheap struct{ dims, stats int }

func (p cheap) Dims() int               { return p.dims }
func (p cheap) Stats() int              { return p.stats }
func (p cheap) NewSimulator() Simulator { return p }
func (p cheap) Simulate(rep random.Replicate, z, s []float64) bool {
	for k := range s {
		s[k] = z[k] + rep.Normal(dataKey, k)
	}
	return true
}

// stepper returns a function that makes one step, for allocations and speed.
func stepper(tb testing.TB) func(n int) {
	p := cheap{60, 30}
	s, err := newSampler(p, make([]float64, 30), Options{Particles: 50, Schedule: []float64{6}, Workers: 1})
	if err != nil {
		tb.Fatal(err)
	}
	if err := s.pilot(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	var r region
	for eps := 9.0; eps > 6; eps-- { // earlier balls at other scales, so that all are looked at
		scales := ones(30)
		scales[int(eps)] = 0.5
		r = append(r, ball{Scales: scales, Eps: eps, metrics: newMetric(s.observed, scales, nil)})
	}
	return func(n int) {
		index := pack(0, 1, n%50, n%1000)
		s.workers[0].step(s.source.Replicate(index), index, 0.2, r, s.current, n%50)
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	step := stepper(t)
	n := 0
	if a := testing.AllocsPerRun(500, func() { step(n); n++ }); a != 0 {
		t.Errorf("%v allocations per step", a)
	}
}

// BenchmarkStep is the sampler's own cost of a simulation: 60 coordinates, 30
// statistics of one normal each.
func BenchmarkStep(b *testing.B) {
	step := stepper(b)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		step(n)
	}
}
