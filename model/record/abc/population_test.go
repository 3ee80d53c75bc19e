package abc

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/random"
)

// TestPackIsInjective: every field of an address comes back, at its widest too, and
// the domain stands above.
func TestPackIsInjective(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		domain := rapid.Uint64Range(0, 1<<(64-DomainBits)-1).Draw(t, "domain")
		g := rapid.IntRange(0, maxGenerations).Draw(t, "generation")
		i := rapid.IntRange(0, maxParticles-1).Draw(t, "particle")
		m := rapid.IntRange(0, maxMoves-1).Draw(t, "move")
		x := pack(domain<<DomainBits, g, i, m)
		if x>>DomainBits != domain || int(x>>30&1023) != g || int(x>>10&(1<<20-1)) != i || int(x&1023) != m {
			t.Fatalf("%x from %d, %d, %d, %d", x, domain, g, i, m)
		}
	})
	if x := pack((1<<(64-DomainBits)-1)<<DomainBits, maxGenerations, maxParticles-1, maxMoves-1); x != math.MaxUint64 {
		t.Errorf("the widest address is %x", x)
	}
}

// TestEverySimulationHasItsOwnReplicate: over a whole run no index is used twice,
// and all are in the domain.
func TestEverySimulationHasItsOwnReplicate(t *testing.T) {
	seen := map[uint64]bool{}
	p := normalMean(2, 0.3)
	inner := p.simulate
	p.simulate = func(rep *random.Replicate, z, s []float64) bool {
		bits := rep.Bits(dataKey, 7)
		if seen[bits] {
			t.Error("two simulations share their randomness")
		}
		seen[bits] = true
		return inner(rep, z, s)
	}
	r := run(t, p, []float64{0.4},
		Options{Particles: 50, Pilot: 90, MaxSimulations: 5000, Workers: 1, Domain: 3 << DomainBits})
	if len(seen) != r.Simulations {
		t.Errorf("%d replicates, %d simulations", len(seen), r.Simulations)
	}
}

// TestResampling: of n copies of k rows each row gets ⌊n/k⌋ or ⌈n/k⌉, whatever the
// uniform number, and kinship is handed on.
func TestResampling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, size := rapid.IntRange(1, 40).Draw(t, "n"), rapid.IntRange(1, 60).Draw(t, "from")
		from, p := newPopulation(size, 1, 1), newPopulation(n, 1, 1)
		var rows []int
		for i := range size {
			from.z[i], from.parent[i], from.origin[i] = float64(i), uint64(1000+i), uint64(2000+i)
			if len(rows) == 0 || rapid.Bool().Draw(t, "alive") {
				rows = append(rows, i)
			}
		}
		p.resample(from, rows, rapid.Float64Range(0, 1-1e-12).Draw(t, "u"))
		copies := map[int]int{}
		for i := range n {
			row := int(p.z[i])
			copies[row]++
			if p.parent[i] != uint64(row) || p.family[i] != uint64(1000+row) || p.origin[i] != uint64(2000+row) {
				t.Fatalf("copy %d of row %d: %+v", i, row, p)
			}
		}
		for _, row := range rows {
			if c := copies[row]; c < n/len(rows) || c > (n+len(rows)-1)/len(rows) {
				t.Fatalf("row %d has %d copies of %d among %d", row, c, n, len(rows))
			}
			delete(copies, row)
		}
		if len(copies) > 0 {
			t.Fatalf("rows outside were copied: %v", copies)
		}
	})
}

// TestResamplingIsUnbiased: over many uniform numbers each survivor is copied
// equally often on average (resolution 0.02 of a copy).
func TestResamplingIsUnbiased(t *testing.T) {
	from, p, copies := newPopulation(7, 1, 1), newPopulation(10, 1, 1), make([]float64, 7)
	const n = 7000
	for u := range n {
		p.resample(from, upTo(7), (float64(u)+0.5)/n)
		for _, row := range p.parent {
			copies[row] += 1.0 / n
		}
	}
	for row, c := range copies {
		if math.Abs(c-10.0/7) > 0.02 {
			t.Errorf("row %d: %.3f copies, want %.3f", row, c, 10.0/7)
		}
	}
}

func TestThreshold(t *testing.T) {
	inf := math.Inf(1)
	p := newPopulation(6, 1, 1)
	copy(p.distance, []float64{3, 1, inf, 2, 2, 5})
	for _, c := range []struct {
		want  int
		below float64
		eps   float64
		ok    bool
	}{{1, inf, 1, true}, {3, inf, 2, true}, {6, inf, 5, true}, {4, 3, 2, true}, {5, 2, 1, true}, {2, 1, 0, false},
		{1, 0, 0, false}} {
		eps, ok := p.threshold(c.want, c.below)
		if eps != c.eps || ok != c.ok {
			t.Errorf("%d below %v: %v, %v", c.want, c.below, eps, ok)
		}
	}
	if rows := p.within(2); !slices.Equal(rows, []int{1, 3, 4}) {
		t.Errorf("within 2: %v", rows)
	}
}

func TestDistinct(t *testing.T) {
	p := newPopulation(6, 1, 1)
	copy(p.origin, []uint64{9, 4, 9, 5, 4, 9})
	rows, count := p.distinct()
	if !slices.Equal(rows, []int{0, 1, 3}) || !slices.Equal(count, []float64{3, 2, 1}) {
		t.Errorf("rows %v, counts %v", rows, count)
	}
}

func TestClusterESSByHand(t *testing.T) {
	for _, c := range []struct {
		what   string
		x      []float64
		group  []int
		groups int
		want   float64
	}{
		{"copies", []float64{1, 1, 2, 2, 5, 5}, []int{0, 0, 1, 1, 2, 2}, 3, 3},
		{"no kin", []float64{1, 4, 2}, []int{0, 1, 2}, 3, 3},
		{"one family", []float64{1, 4, 2}, []int{0, 0, 0}, 1, 1},
		{"one value", []float64{4, 4, 4}, []int{0, 1, 1}, 2, 1},
		{"unlike kin", []float64{-1, 1, -2, 2}, []int{0, 0, 1, 1}, 2, 4},
		// mean squares 8 between and 2 within: ICC = 6 / 10
		{"alike", []float64{-3, -1, -1, 1, 1, 3}, []int{0, 0, 1, 1, 2, 2}, 3, 6 / 1.6},
		// families of 3 and 1: MSB = 12, MSW = 1, n0 = (4 − 10/4)/1 = 1.5, ICC = 11/12.5, m = 2.5
		{"unequal", []float64{-1, 0, 1, 4}, []int{0, 0, 0, 1}, 2, 4 / (1 + 1.5*11/12.5)},
	} {
		if got := clusterESS(c.x, c.group, c.groups); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
