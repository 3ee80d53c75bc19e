package random

import "testing"

// TestPhiloxKnownAnswers: the vectors of Random123 1.14.0, tests/kat_vectors,
// philox4x32 10.
func TestPhiloxKnownAnswers(t *testing.T) {
	for _, c := range []struct {
		counter [4]uint32
		key     [2]uint32
		want    [4]uint32
	}{
		{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox4x32(c.counter, c.key); got != c.want {
			t.Errorf("counter %x, key %x: %x, want %x", c.counter, c.key, got, c.want)
		}
	}
}

// TestPhiloxAddress: the seed is the key and the address the counter, as written.
func TestPhiloxAddress(t *testing.T) {
	if got := philoxBits(0, 0, 0, 0); got != 0xe169c58d6627e8d5 {
		t.Errorf("%x", got)
	}
	seed := uint64(0x299f31d0a4093822)
	if got := philoxBits(seed, 0x85a308d3, 0x0370734413198a2e, 0x243f6a88); got != 0x94fdccebd16cfe09 {
		t.Errorf("%x", got)
	}
}
