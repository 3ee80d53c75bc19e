package calibrate

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/record/abc"
)

// TestCorrect: of two statistics on which a number depends alike, the count of incidents explains it all; of the other
// a ridge leaves .3/1.3, but in a full correction, and a sample without one is left as it is. Catches a ridge on counts
// of incidents, on nothing, or in the full correction.
func TestCorrect(t *testing.T) {
	p := &Problem{Statistics: []Statistic{{Unridged: true}, {}}, Observed: make([]Observation, 2), used: []int{0, 1}}
	r := &abc.Result{Epsilon: 1, Scales: []float64{1, 1}}
	for i := range 40 {
		a, b := float64(i%2)*2-1, float64(i/2%2)*2-1
		r.Particles, r.Stats = append(r.Particles, []float64{a + b}), append(r.Stats, []float64{a, b})
		r.Distances, r.Weights = append(r.Distances, 0), append(r.Weights, 1.0/40)
	}
	for c, want := range map[Correction][2]float64{Ridged: {0, 2 * 0.3 / 1.3}, Full: {0, 0}, Sampled: {2, 2}} {
		got, err := p.Correct(r, c)
		if err != nil {
			t.Fatal(err)
		}
		z := got.Particles
		for k, d := range [2]float64{z[1][0] - z[0][0], z[2][0] - z[0][0]} { // by the first statistic, and by the second
			if math.Abs(d-want[k]) > 0.05 {
				t.Errorf("%s: statistic %d moves the number by %v, want %v", c, k, d, want[k])
			}
		}
	}
}

// TestCompareAsFar: of four histories one has the documented value or less, and all have it or more. Catches the two
// exchanged, and undefined histories counted.
func TestCompareAsFar(t *testing.T) {
	p := &Problem{Statistics: []Statistic{{ID: "x", Kind: Plain}}, Observed: []Observation{{Value: 1}}}
	got := p.compare(0, []float64{0, 1, 2}, []float64{3, 1, math.NaN(), 2, 4})
	if got.AsLow != 0.25 || got.AsHigh != 1 {
		t.Errorf("as low %v, as high %v", got.AsLow, got.AsHigh)
	}
}
