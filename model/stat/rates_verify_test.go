//go:build verify

package stat

import "testing"

// TestRatesVerify: see hold, at a size that tells 93 from 90 of 100.
func TestRatesVerify(t *testing.T) {
	for i := range populations {
		p := &populations[i]
		t.Run(p.name, func(t *testing.T) {
			const repetitions = 400
			r := p.try(repetitions, 200, 12)
			p.hold(t, &r, repetitions, .02)
		})
	}
}

// TestRatesFew: from two or four replicates a draw shares are not told, but the ends of parameter intervals are nearer
// to the truth than shrunk order statistics, over the populations.
func TestRatesFew(t *testing.T) {
	for _, size := range [][2]int{{200, 4}, {600, 4}, {600, 2}} {
		mixture, before := 0.0, 0.0
		for i := range populations {
			r := populations[i].try(100, size[0], size[1])
			t.Logf("%s, %d × %d: ends off by %.3f, shrunk ones by %.3f; shares held in %v of 100", populations[i].name,
				size[0], size[1], r.mixture, r.shrunk, r.cover)
			mixture, before = mixture+r.mixture, before+r.shrunk
		}
		if mixture > .8*before {
			t.Errorf("%d × %d: parameter intervals are off by %.3f, shrunk ones by %.3f", size[0], size[1], mixture, before)
		}
	}
}
