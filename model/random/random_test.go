package random

import (
	"fmt"
	"math"
	"math/bits"
	"testing"
)

const seed = 20261121

// both runs a test under each generator.
func both(t *testing.T, f func(*testing.T, Replicate)) {
	for _, g := range []Generator{Mix, Philox} {
		t.Run(g.String(), func(t *testing.T) { f(t, NewSource(g, seed).Replicate(3)) })
	}
}

// chiSquareBound is exceeded by a chi-square of k degrees of freedom with
// probability below 1e-6: Laurent and Massart, P(X ≥ k + 2√(kx) + 2x) ≤ e^−x.
func chiSquareBound(k float64) float64 {
	x := math.Log(1e6)
	return k + 2*math.Sqrt(k*x) + 2*x
}

// TestAddressed: a number depends on its address and on nothing else, and every
// part of the address counts.
func TestAddressed(t *testing.T) {
	for _, g := range []Generator{Mix, Philox} {
		a, b := NewSource(g, seed).Replicate(7), NewSource(g, seed).Replicate(7)
		k := Stream(NameHash("Aland"), Severity)
		for n := range 100 {
			b.Bits(Stream(NameHash("Borland"), Type), n)
			if a.Bits(k, n) != b.Bits(k, n) {
				t.Fatalf("%v: ordinal %d depends on what else was drawn", g, n)
			}
		}
		base := a.Bits(k, 0)
		seedAway, replicateAway := NewSource(g, seed+1).Replicate(7), NewSource(g, seed).Replicate(8)
		far := NewSource(g, seed).Replicate(7 + 1<<32)
		for what, x := range map[string]uint64{"seed": seedAway.Bits(k, 0), "replicate": replicateAway.Bits(k, 0),
			"replicate above 2³²": far.Bits(k, 0),
			"purpose":             a.Bits(Stream(NameHash("Aland"), Severity+1), 0),
			"name":                a.Bits(Stream(NameHash("Alamd"), Severity), 0),
			"ordinal":             a.Bits(k, 1)} {
			if x == base {
				t.Errorf("%v: another %s gives the same number", g, what)
			}
		}
	}
	if Pair(1, 2) == Pair(2, 1) {
		t.Error("the order of a pair does not matter")
	}
}

// TestUniform: 2²⁰ numbers along each direction of the address fill 1024 bins
// evenly, in their high and in their low bits (level 1e-6 each).
func TestUniform(t *testing.T) {
	const bins, n = 1024, 1 << 18
	for _, g := range []Generator{Mix, Philox} {
		source := NewSource(g, seed)
		fixed := source.Replicate(0)
		directions := map[string]func(int) uint64{
			"ordinals": func(i int) uint64 { return fixed.Bits(Stream(NameHash("x"), Severity), i) },
			"replicates": func(i int) uint64 {
				r := source.Replicate(uint64(i))
				return r.Bits(Stream(NameHash("x"), Severity), 0)
			},
			"entities": func(i int) uint64 { return fixed.Bits(Stream(Entity(NameHash("x"), i), Severity), 0) },
			"purposes": func(i int) uint64 {
				return fixed.Bits(Stream(Entity(NameHash("x"), i/int(numPurposes)), Purpose(i%int(numPurposes))), 0)
			},
			"seeds": func(i int) uint64 {
				r := NewSource(g, uint64(i)).Replicate(0)
				return r.Bits(Stream(NameHash("x"), Severity), 0)
			},
			"pairs": func(i int) uint64 { return fixed.Bits(Stream(Pair(NameHash("x"), uint64(i)), Join), 0) },
		}
		for name, f := range directions {
			var high, low, step [bins]float64
			last := uint64(0)
			for i := range n {
				x := f(i)
				high[x>>54]++
				low[x%bins]++
				step[(x-last)>>54]++
				last = x
			}
			for part, counts := range map[string][bins]float64{"high bits": high, "low bits": low, "differences": step} {
				chi := 0.0
				for _, c := range counts {
					chi += (c - n/bins) * (c - n/bins) / (n / bins)
				}
				if chi > chiSquareBound(bins-1) {
					t.Errorf("%v, %s, %s: chi-square %.0f for %d bins", g, name, part, chi, bins)
				}
			}
		}
	}
}

// TestMoments: uniforms lie inside (0, 1) with mean 1/2; exponentials and normals
// have their moments; neighbours are uncorrelated. Resolution 0.02.
func TestMoments(t *testing.T) {
	both(t, func(t *testing.T, r Replicate) {
		const n = 1 << 18
		k := Stream(NameHash("moments"), Choice)
		var u, e, z, z2, z4, lag float64
		for i := range n {
			x := r.Uniform(k, i)
			if !(x > 0 && x < 1) {
				t.Fatalf("uniform %v", x)
			}
			y := r.Normal(k, i)
			u, e, z, z2, z4 = u+x, e+r.Exponential(k, i), z+y, z2+y*y, z4+y*y*y*y
			lag += (x - 0.5) * (r.Uniform(k, i+1) - 0.5) * 12
		}
		for _, c := range []struct {
			what              string
			sum, want, spread float64
		}{{"uniform", u, 0.5, math.Sqrt(1.0 / 12)}, {"exponential", e, 1, 1}, {"normal", z, 0, 1},
			{"normal²", z2, 1, math.Sqrt2},
			{"normal⁴", z4, 3, math.Sqrt(96)}, {"neighbours", lag, 0, 1}} {
			se := c.spread / math.Sqrt(n)
			if d := c.sum/n - c.want; math.Abs(d) > 4.89*se {
				t.Errorf("%s: %v, want %v (%.1f standard errors)", c.what, c.sum/n, c.want, d/se)
			}
		}
	})
}

// TestAvalanche: one bit changed in any part of the address changes every bit of
// the number with probability one half; a bias of 0.05 in any bit is seen.
func TestAvalanche(t *testing.T) {
	const n = 6400
	for _, g := range []Generator{Mix, Philox} {
		for _, part := range []string{"seed", "replicate", "stream", "ordinal"} {
			var flips [64]float64
			for i := range n {
				s, rep, k, ord := uint64(seed+i), uint64(i%97), uint64(Stream(uint64(i), Severity)), i%31
				source := NewSource(g, s).Replicate(rep)
				base := source.Bits(Key(k), ord)
				switch part {
				case "seed":
					s ^= 1 << (i % 64)
				case "replicate":
					rep ^= 1 << (i % 32)
				case "stream":
					k ^= 1 << (i % 64)
				case "ordinal":
					ord ^= 1 << (i % 20)
				}
				other := NewSource(g, s).Replicate(rep)
				d := base ^ other.Bits(Key(k), ord)
				for b := range flips {
					flips[b] += float64(d >> b & 1)
				}
			}
			for b, c := range flips {
				if math.Abs(c/n-0.5) > 4.89*0.5/math.Sqrt(n)+0.005 {
					t.Errorf("%v: a bit of the %s changes bit %d with probability %.3f", g, part, b, c/n)
				}
			}
		}
	}
}

// TestStrictIndependence: numbers at two addresses that differ in one part are
// independent: a 32 × 32 table of their leading bits is even (level 1e-6).
func TestStrictIndependence(t *testing.T) {
	const n, side = 1 << 17, 32
	for _, g := range []Generator{Mix, Philox} {
		source := NewSource(g, seed)
		pairs := map[string]func(int) (uint64, uint64){
			"purposes": func(i int) (uint64, uint64) {
				r := source.Replicate(uint64(i))
				return r.Bits(Stream(NameHash("a"), Severity), 0), r.Bits(Stream(NameHash("a"), SeverityNoise), 0)
			},
			"names": func(i int) (uint64, uint64) {
				r := source.Replicate(uint64(i))
				return r.Bits(Stream(NameHash("Aland"), Type), 0), r.Bits(Stream(NameHash("Bland"), Type), 0)
			},
			"ordinals": func(i int) (uint64, uint64) {
				r := source.Replicate(uint64(i))
				k := Stream(NameHash("a"), PieceCulprit)
				return r.Bits(k, 0), r.Bits(k, 1)
			},
			"replicates": func(i int) (uint64, uint64) {
				r, s := source.Replicate(uint64(2*i)), source.Replicate(uint64(2*i+1))
				k := Stream(NameHash("a"), PieceCulprit)
				return r.Bits(k, 0), s.Bits(k, 0)
			},
			"incidents": func(i int) (uint64, uint64) {
				r := source.Replicate(9)
				return r.Bits(Stream(Entity(NameHash("a"), i), Choice), 0), r.Bits(Stream(Entity(NameHash("a"), i+1), Choice), 0)
			},
		}
		for name, f := range pairs {
			var table [side][side]float64
			for i := range n {
				x, y := f(i)
				table[x>>59][y>>59]++
			}
			chi, want := 0.0, float64(n)/(side*side)
			for _, row := range table {
				for _, c := range row {
					chi += (c - want) * (c - want) / want
				}
			}
			if chi > chiSquareBound(side*side-1) {
				t.Errorf("%v, %s: chi-square %.0f", g, name, chi)
			}
		}
	}
}

// TestNoCollisions: a hundred thousand entities under every purpose have keys of
// their own, and so have incidents, pairs and names that look alike.
func TestNoCollisions(t *testing.T) {
	seen := make(map[uint64]string, 5000000)
	put := func(h uint64, what string) {
		if have, taken := seen[h]; taken {
			t.Fatalf("%s and %s share %x", what, have, h)
		}
		seen[h] = what
	}
	var hashes []uint64
	for i := range 1000 {
		name := fmt.Sprintf("State %d", i)
		hashes = append(hashes, NameHash(name))
		put(NameHash(name), "name")
		put(NameHash(fmt.Sprintf("%d etatS", i)), "name")
	}
	for i := range 60 {
		for j := range 60 {
			put(Pair(hashes[i], hashes[j]), "pair")
		}
		for n := range 500 {
			e := Entity(hashes[i], n)
			put(e, "incident")
			for p := range numPurposes {
				put(uint64(Stream(e, p)), "stream of an incident")
			}
		}
	}
	for _, h := range hashes {
		for p := range numPurposes {
			put(uint64(Stream(h, p)), "stream")
		}
	}
}

// unmix64 is the inverse of mix64, which makes it a bijection.
func unmix64(z uint64) uint64 {
	unshift := func(z uint64, n uint) uint64 {
		x := z
		for range 64 / n {
			x = z ^ x>>n
		}
		return x
	}
	inverse := func(odd uint64) uint64 {
		x := odd
		for range 6 {
			x *= 2 - odd*x
		}
		return x
	}
	z = unshift(z, 31) * inverse(0x94d049bb133111eb)
	z = unshift(z, 27) * inverse(0xbf58476d1ce4e5b9)
	return unshift(z, 30)
}

func TestMixIsBijection(t *testing.T) {
	for i := range uint64(10000) {
		x := i * 0x9e3779b97f4a7c15
		if unmix64(mix64(x)) != x {
			t.Fatalf("%x", x)
		}
	}
}

// at returns a key at which the generator mix gives the wanted bits at ordinal 0.
func at(r Replicate, want uint64) Key {
	return Key(r.key ^ (unmix64(want) - 0x9e3779b97f4a7c15))
}

// TestUniformEnds: at the extremes of the bits the uniform stays inside (0, 1), so
// that quantiles stay finite.
func TestUniformEnds(t *testing.T) {
	r := NewSource(Mix, seed).Replicate(1)
	for _, want := range []uint64{0, 1, math.MaxUint64, math.MaxUint64 - 1<<11, 1 << 63} {
		k := at(r, want)
		if r.Bits(k, 0) != want {
			t.Fatalf("bits %x, want %x", r.Bits(k, 0), want)
		}
		u, z, e := r.Uniform(k, 0), r.Normal(k, 0), r.Exponential(k, 0)
		if !(u > 0 && u < 1) || math.IsInf(z, 0) || !(e > 0) {
			t.Errorf("bits %x: uniform %v, normal %v, exponential %v", want, u, z, e)
		}
	}
}

func TestParseGenerator(t *testing.T) {
	for _, g := range []Generator{Mix, Philox} {
		if got, ok := ParseGenerator(g.String()); !ok || got != g || NewSource(g, 1).Generator() != g {
			t.Errorf("%v does not round-trip", g)
		}
	}
	if _, ok := ParseGenerator("mersenne"); ok {
		t.Error("an unknown generator was found")
	}
	if bits.OnesCount64(NameHash("")) == 0 {
		t.Error("the empty name hashes to 0")
	}
}
