//go:build verify

package stat

import "testing"

// TestRatesVerify: see hold, at a size that tells 93 from 90 of 100.
func TestRatesVerify(t *testing.T) {
	for i := range populations {
		p := &populations[i]
		t.Run(p.name, func(t *testing.T) {
			const repetitions = 400
			r := p.try(repetitions)
			p.hold(t, &r, repetitions, .02)
		})
	}
}
