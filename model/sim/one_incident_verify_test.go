//go:build verify

package sim

import (
	"strconv"
	"testing"
)

// TestOneIncidentVerify: a hundred inputs; a bias of 0.01 in any of
// the probabilities is seen.
func TestOneIncidentVerify(t *testing.T) {
	for n := range uint64(100) {
		in := randomInputs(1000 + n)
		t.Run(strconv.FormatUint(n, 10), func(t *testing.T) {
			t.Parallel()
			compareWithEnumerator(t, oneIncidentArms(t, &in), &in, 184000, 0.01)
		})
	}
}
