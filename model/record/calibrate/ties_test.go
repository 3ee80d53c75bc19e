package calibrate

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
)

// TestThin: rows go by weights, evenly, and none is lost. Catches an offset that
// drops the last particle.
func TestThin(t *testing.T) {
	got := Thin([]float64{0.5, 0, 0.25, 0.25}, 8)
	want := []int{4, 0, 2, 2}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
	n := 0
	for _, k := range Thin([]float64{0.1, 0.2, 0.3, 0.4}, 7) {
		n += k
	}
	if n != 7 {
		t.Errorf("%d rows of 7", n)
	}
}

// TestStandardise: weighted mean 0, variance 1; a constant becomes 0.
func TestStandardise(t *testing.T) {
	x, w := []float64{1, 2, 6}, []float64{0.5, 0.25, 0.25}
	standardise(x, w)
	mean, variance := 0.0, 0.0
	for i := range x {
		mean += w[i] * x[i]
		variance += w[i] * x[i] * x[i]
	}
	if math.Abs(mean) > 1e-12 || math.Abs(variance-1) > 1e-12 {
		t.Errorf("mean %v, variance %v", mean, variance)
	}
	c := []float64{3, 3, 3}
	standardise(c, w)
	for _, v := range c {
		if v != 0 {
			t.Errorf("a constant became %v", c)
		}
	}
}

// TestTies: two coordinates that move together in the sample are tied, one that is
// alone is not, and only what learned something ties.
func TestTies(t *testing.T) {
	p := short()
	r := sampleOf(p, 400)
	for i := range r.Particles {
		r.Particles[i][1] = r.Particles[i][0]
	}
	learned := make([]Learned, p.Dims())
	learned[0].Contraction = 0.5
	ties := Ties(p, r, learned)
	if ties[1] < 0.99 || ties[0] != 0 || ties[2] > 0.25 {
		t.Errorf("ties %.2f", ties[:3])
	}
}

// sampleOf draws n equally weighted particles from the priors.
func sampleOf(p *Problem, n int) *abc.Result {
	r := &abc.Result{}
	for i := range n {
		rep := random.NewSource(random.Mix, 7).Replicate(uint64(i))
		z := make([]float64, p.Dims())
		fromPrior(&rep, z)
		r.Particles, r.Weights = append(r.Particles, z), append(r.Weights, 1/float64(n))
	}
	return r
}
