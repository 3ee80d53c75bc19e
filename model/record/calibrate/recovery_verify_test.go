//go:build verify

package calibrate

import (
	"context"
	"math"
	"testing"
)

// truths are histories with known coordinates, each documented and calibrated on.
const truths = 20

// learnable are coordinates that the record informs at any size of calibration.
var learnable = []string{"states.United States.choice.price", "onset.China>United States.rate",
	"onset.China>United Kingdom.rate", "discovery.stealthy", "disclosure.delay", "coalition.join", "life.lapse",
	"life.suspend"}

// recovered calibrates on a simulated history and returns the share of the posterior
// that lies below the true value, by coordinate.
func recovered(t *testing.T, n int) []float64 {
	t.Helper()
	o := Options{Seed: seed, Particles: 400, Pilot: 1200, MaxSimulations: 9200, Workers: 2}
	r, err := Recover(context.Background(), mustProblem(date(2026, 6, 30)), n, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Corrected {
		t.Errorf("fit %d is not corrected for its distance, so it tests another method than the one that ships", n)
	}
	return r.Below
}

// Breaks when calibration is biased: over truths drawn from the prior, the posterior's
// central 90 % intervals must hold the true value in about nine cases of ten. An
// approximate posterior is too wide rather than too narrow, a small population too
// narrow by what its kinship costs, so the pooled share may lie in .84 to .97. Of one
// coordinate at least 12 of 20 must be held: 11 or fewer have probability 6·10⁻⁵ each
// where intervals cover by .9, and one in two where they cover by .55.
func TestIntervalsHoldTheTruth(t *testing.T) {
	p := full()
	index := map[string]int{}
	for j := range p.Space.Coordinates {
		index[p.Space.Coordinates[j].Path] = j
	}
	inside, low, all := 0.0, 0.0, 0.0
	hits := make([]int, len(learnable))
	for n := range truths {
		below := recovered(t, n)
		for _, u := range below {
			all++
			if u >= 0.05 && u <= 0.95 {
				inside++
			}
			low += u
		}
		for i, path := range learnable {
			if u := below[index[path]]; u >= 0.05 && u <= 0.95 {
				hits[i]++
			}
		}
	}
	if share := inside / all; share < 0.84 || share > 0.97 {
		t.Errorf("%.3f of all intervals hold the truth", share)
	}
	if share := low / all; math.Abs(share-0.5) > 0.05 {
		t.Errorf("truths stand at the share %.3f of the posterior on average, want .5", share)
	}
	for i, path := range learnable {
		t.Logf("%s: %d of %d", path, hits[i], truths)
		if hits[i] < 12 {
			t.Errorf("%s: %d of %d intervals hold the truth", path, hits[i], truths)
		}
	}
	t.Logf("%.3f of all intervals hold the truth, which stands at %.3f", inside/all, low/all)
}
