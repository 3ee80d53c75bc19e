package random

import "math/bits"

// Constants of Philox4x32 [Salmon2011, table 2].
const (
	philoxM0 = 0xD2511F53
	philoxM1 = 0xCD9E8D57
	philoxW0 = 0x9E3779B9
	philoxW1 = 0xBB67AE85
)

// philox4x32 is Philox4x32-10: ten rounds on a 128-bit counter under a 64-bit key.
func philox4x32(counter [4]uint32, key [2]uint32) [4]uint32 {
	for round := 0; round < 10; round++ {
		hi0, lo0 := bits.Mul32(philoxM0, counter[0])
		hi1, lo1 := bits.Mul32(philoxM1, counter[2])
		counter = [4]uint32{hi1 ^ counter[1] ^ key[0], lo1, hi0 ^ counter[3] ^ key[1], lo0}
		key[0] += philoxW0
		key[1] += philoxW1
	}
	return counter
}

// philoxBits evaluates Philox at an address: the seed is the key, replicate,
// stream and ordinal are the counter, so equal counters mean equal addresses.
// Replicates above 2³² move into the key.
func philoxBits(seed, replicate, stream uint64, ordinal uint32) uint64 {
	seed ^= mix64(replicate >> 32)
	out := philox4x32(
		[4]uint32{ordinal, uint32(replicate), uint32(stream), uint32(stream >> 32)},
		[2]uint32{uint32(seed), uint32(seed >> 32)})
	return uint64(out[1])<<32 | uint64(out[0])
}
