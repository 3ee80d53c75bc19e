// Package random is the one door to chance. Every random number of misstep is a
// pure function of an address: (seed, replicate, entity, purpose, ordinal).
// Nothing is drawn in sequence, so a number never depends on what else was
// drawn, in which order, by which worker, or in which arm. Two arms that ask
// the same question get the same answer; their difference is the arms'.
//
// Entities enter by a hash of their name, so adding a state moves no number of
// another.
package random

import "github.com/misstep/misstep/model/elem"

// Generator turns an address into 64 random bits.
type Generator uint8

// The generators. Results agree within Monte Carlo error, bits do not.
const (
	Mix    Generator = iota // chained SplitMix64 finalisers [Steele2014], the default
	Philox                  // Philox4x32-10 [Salmon2011]
)

// ParseGenerator finds a generator by name: "mix" or "philox".
func ParseGenerator(name string) (Generator, bool) {
	switch name {
	case "mix":
		return Mix, true
	case "philox":
		return Philox, true
	}
	return 0, false
}

// Known reports whether g is one of the generators.
func (g Generator) Known() bool { return g <= Philox }

// String is the name of the generator, "unknown" where it is none.
func (g Generator) String() string {
	if !g.Known() {
		return "unknown"
	}
	return [...]string{"mix", "philox"}[g]
}

// Purpose says what a number is for. Values are part of the results: append,
// never reorder.
type Purpose uint8

// The purposes.
const (
	Parameter Purpose = iota
	Type
	Arrival
	World
	Severity
	Discovered
	DiscoveryDelay
	Disclosed
	DisclosureDelay
	Flag
	Frame
	SeverityNoise
	PieceGap
	PieceCulprit
	PieceIntent
	PieceFlagHit
	CaseLength
	Choice
	GumbelShock
	Reply
	ReplyShock
	ReplyDelay
	Denial
	Counter
	Join
	MeetingGap
	Lapse
	Restore
	SuspendByAct
	SuspendByShock
	RandomShock
	SummitRestore
	Contact
	Question
	Answer
	WaitForContact
	Leak
	RedLine
	Shuffle
	Recording
	Proposal
	Particle
	Future
	numPurposes
)

// Key is the address of a stream of numbers within a replicate: an entity and a
// purpose, hashed once at compile time.
type Key uint64

// NameHash hashes the name of an entity: FNV-1a, finished by a mixer.
func NameHash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return mix64(h)
}

// Stream returns the key of purpose p of the entity with the given hash.
func Stream(entity uint64, p Purpose) Key {
	return Key(mix64(entity + 0x9e3779b97f4a7c15*(uint64(p)+1)))
}

// Entity returns the hash of the n-th thing that belongs to an entity, such as
// incident n of a stream.
func Entity(parent uint64, n int) uint64 {
	return mix64((parent ^ 0x632be59bd9b4e019) + (uint64(n)+1)*0xd1342543de82ef95)
}

// Pair returns the hash of a pair of entities; the order matters.
func Pair(a, b uint64) uint64 { return mix64(a ^ mix64(b+0x8cb92ba72f3d8dd7)) }

// Source is the randomness of one run.
type Source struct {
	gen  Generator
	seed uint64
}

// NewSource returns the source of a seed.
func NewSource(gen Generator, seed uint64) Source { return Source{gen: gen, seed: seed} }

// Generator returns the generator in use.
func (s Source) Generator() Generator { return s.gen }

// Replicate is the randomness of one replicate, shared by all arms.
type Replicate struct {
	gen   Generator
	seed  uint64
	index uint64
	key   uint64
}

// Replicate returns the randomness of replicate r.
func (s Source) Replicate(r uint64) Replicate {
	return Replicate{gen: s.gen, seed: s.seed, index: r,
		key: mix64(mix64(s.seed+0xa0761d6478bd642f) ^ (r * 0xe7037ed1a0b428db))}
}

// Bits returns the 64 random bits at ordinal n of a stream.
func (r *Replicate) Bits(k Key, n int) uint64 {
	if r.gen == Philox {
		return philoxBits(r.seed, r.index, uint64(k), uint32(n))
	}
	return mix64((r.key ^ uint64(k)) + (uint64(n)+1)*0x9e3779b97f4a7c15)
}

// Uniform returns the number at ordinal n of a stream, uniform on (0, 1); the
// ends are never reached. Of the top 53 bits the last is set: an odd numerator is
// exact and neither 0 nor 2⁵³.
func (r *Replicate) Uniform(k Key, n int) float64 {
	return float64(r.Bits(k, n)>>11|1) * (1.0 / (1 << 53))
}

// Exponential returns a unit exponential.
func (r *Replicate) Exponential(k Key, n int) float64 { return -elem.Log(r.Uniform(k, n)) }

// Normal returns a standard normal, by inversion so that one address is one number.
func (r *Replicate) Normal(k Key, n int) float64 { return elem.NormalQuantile(r.Uniform(k, n)) }

// mix64 is the finaliser of SplitMix64, variant 13 of Stafford: a bijection.
func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
