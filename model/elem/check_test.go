package elem

import "testing"

// TestCheck: this build gives the bits that every build has to.
func TestCheck(t *testing.T) {
	if err := Check(); err != nil {
		t.Error(err)
	}
}

// BenchmarkCheck: a run begins with it; it is to take less than 100 µs.
func BenchmarkCheck(b *testing.B) {
	for range b.N {
		if err := Check(); err != nil {
			b.Fatal(err)
		}
	}
}
