package decompose

import (
	"math"
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/random"
)

// game lists the values of the coalitions of n players.
func game(n int, value func(Set) float64) []float64 {
	out := make([]float64, 1<<n)
	for s := range out {
		out[s] = value(Set(s))
	}
	return out
}

// anyGame is a game of n players with values of a wide range.
func anyGame(t *rapid.T, n int) []float64 {
	return game(n, func(Set) float64 { return rapid.Float64Range(-100, 100).Draw(t, "value") })
}

// orders visits all orders of n players.
func orders(n int, visit func([]int)) {
	var rest func(order []int, used Set)
	rest = func(order []int, used Set) {
		if len(order) == n {
			visit(order)
			return
		}
		for k := range n {
			if !used.has(k) {
				rest(append(order[:len(order):len(order)], k), used.with(k))
			}
		}
	}
	rest(nil, 0)
}

func closeTo(t interface {
	Helper()
	Errorf(string, ...any)
}, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestGloves: one left glove and two right ones; a pair is worth 1. The textbook
// has 2/3, 1/6, 1/6.
func TestGloves(t *testing.T) {
	got := Shapley(game(3, func(s Set) float64 { return outcome.One(s.has(0) && (s.has(1) || s.has(2))) }), 3)
	for k, want := range []float64{2.0 / 3, 1.0 / 6, 1.0 / 6} {
		closeTo(t, "gloves", got[k], want)
	}
}

// TestAirport: runways for planes of costs 1, 2 and 4; each stretch is shared by
// those who need it (Littlechild and Owen 1973).
func TestAirport(t *testing.T) {
	cost := []float64{1, 2, 4}
	got := Shapley(game(3, func(s Set) float64 {
		most := 0.0
		for k, c := range cost {
			if s.has(k) {
				most = max(most, c)
			}
		}
		return most
	}), 3)
	for k, want := range []float64{1.0 / 3, 1.0/3 + 1.0/2, 1.0/3 + 1.0/2 + 2} {
		closeTo(t, "airport", got[k], want)
	}
}

// TestAxioms: an additive game gives each player its own; equal players get the
// same; a player that changes nothing gets exactly nothing; shares add up.
//
// Mutation that it catches: weights of the size of the coalition with the player.
func TestAxioms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "players")
		value := anyGame(t, n)
		shares := Shapley(value, n)
		sum := 0.0
		for _, x := range shares {
			sum += x
		}
		closeTo(t, "efficiency", sum, value[everyone(n)]-value[0])

		own := rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, "own")
		additive := game(n, func(s Set) float64 {
			sum := 0.0
			for k, x := range own {
				if s.has(k) {
					sum += x
				}
			}
			return sum
		})
		for k, got := range Shapley(additive, n) {
			closeTo(t, "additive", got, own[k])
		}
		if n < 2 {
			return
		}
		dummy := game(n, func(s Set) float64 { return value[s.without(n-1)] })
		if got := Shapley(dummy, n)[n-1]; got != 0 {
			t.Errorf("a player that changes nothing has %v", got)
		}
		symmetric := Shapley(game(n, func(s Set) float64 { return value[bits.OnesCount32(uint32(s))] }), n)
		for k := range symmetric {
			closeTo(t, "symmetry", symmetric[k], symmetric[0])
		}
	})
}

// TestExactIsTheMeanOverAllOrders: shares and interactions read along orders have
// the exact ones as their mean, and their coalitions are among those played.
//
// Mutation that it catches: a wrong factor of neighbours, a neighbour's coalition
// that is not played.
func TestExactIsTheMeanOverAllOrders(t *testing.T) {
	for _, n := range []int{2, 3, 4, 5} {
		value := make([]float64, 1<<n)
		rep := random.NewSource(random.Philox, 3).Replicate(uint64(n))
		for s := range value {
			value[s] = rep.Uniform(orderKey, s)
		}
		meanShares, meanPairs, count := make([]float64, n), make([]float64, pairsOf(n)), 0.0
		orders(n, func(order []int) {
			count++
			known := make([]float64, len(value))
			for s := range known {
				known[s] = math.NaN()
			}
			for _, s := range coalitions(n, order, []Set{0, everyone(n)}) {
				known[s] = value[s]
			}
			shares, pairs := sharesAlong(known, order), interactionsAlong(known, order)
			sum := 0.0
			for k, x := range shares {
				sum += x
				meanShares[k] += x
			}
			closeTo(t, "efficiency along an order", sum, value[everyone(n)]-value[0])
			for k, x := range pairs {
				meanPairs[k] += x
			}
		})
		for k, want := range Shapley(value, n) {
			closeTo(t, "share", meanShares[k]/count, want)
		}
		for i := range n {
			for j := i + 1; j < n; j++ {
				closeTo(t, "interaction", meanPairs[pairIndex(n, i, j)]/count, Interaction(value, n, i, j))
				closeTo(t, "interaction turned round", Interaction(value, n, j, i), Interaction(value, n, i, j))
			}
		}
	}
}

// TestInteractionsByHand: what two do beyond their sum, in a game where the pair
// (0, 1) earns 3 more and nothing else interacts.
func TestInteractionsByHand(t *testing.T) {
	value := game(4, func(s Set) float64 {
		return float64(bits.OnesCount32(uint32(s))) +
			3*outcome.One(s.has(0) && s.has(1))
	})
	closeTo(t, "the pair", Interaction(value, 4, 0, 1), 3)
	for _, p := range [][2]int{{0, 2}, {1, 3}, {2, 3}} {
		closeTo(t, "another", Interaction(value, 4, p[0], p[1]), 0)
	}
}

// TestPairsAreNumbered: every pair has a number of its own, without a gap.
func TestPairsAreNumbered(t *testing.T) {
	for n := 2; n <= 11; n++ {
		next := 0
		for i := range n {
			for j := i + 1; j < n; j++ {
				if pairIndex(n, i, j) != next || pairIndex(n, j, i) != next {
					t.Fatalf("pair %d, %d of %d has number %d, want %d", i, j, n, pairIndex(n, i, j), next)
				}
				next++
			}
		}
		if pairsOf(n) != next {
			t.Errorf("%d pairs of %d", pairsOf(n), n)
		}
	}
}

// TestOrdersAreUniform: each of the 24 orders of four players comes equally often,
// by chi square with 23 degrees of freedom at level 1e-4 (bound 60.6).
//
// Mutation that it catches: a shuffle that draws its partner from all places.
func TestOrdersAreUniform(t *testing.T) {
	const n = 12000
	counts := map[[4]int]float64{}
	order := make([]int, 4)
	for r := range uint64(n) {
		rep := random.NewSource(random.Mix, 1).Replicate(r)
		shuffled(&rep, order)
		counts[[4]int(order)]++
	}
	chi := 0.0
	for _, c := range counts {
		chi += (c - n/24.0) * (c - n/24.0) / (n / 24.0)
	}
	if len(counts) != 24 || chi > 60.6 {
		t.Errorf("%d orders, chi square %v", len(counts), chi)
	}
}
