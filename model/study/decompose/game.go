package decompose

import "math/bits"

// Set is a coalition of players: bit k stands for player k.
type Set uint32

// everyone is the coalition of n players.
func everyone(n int) Set { return Set(1)<<n - 1 }

func (s Set) has(player int) bool    { return s>>player&1 == 1 }
func (s Set) with(player int) Set    { return s | 1<<player }
func (s Set) without(player int) Set { return s &^ (1 << player) }

// Shapley returns the Shapley value of each of n ≥ 1 players from the values of all
// 2ⁿ coalitions, indexed by their bits: the mean over all orders of the players of
// what a player changes when it joins those before it [Shapley1953].
func Shapley(value []float64, n int) []float64 {
	shares := make([]float64, n)
	weight := joinWeights(n)
	for s := range value {
		for k := range shares {
			if !Set(s).has(k) {
				shares[k] += float64(weight[bits.OnesCount(uint(s))] * (value[Set(s).with(k)] - value[s]))
			}
		}
	}
	return shares
}

// joinWeights are the shares of the orders of n players in which one given player
// joins one given coalition, by the size of the coalition: s!(n − s − 1)!/n!.
func joinWeights(n int) []float64 {
	w := make([]float64, n)
	for s := range w {
		w[s] = 1 / (float64(n) * choose(n-1, s))
	}
	return w
}

// choose is the binomial coefficient.
func choose(n, k int) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}

// Interaction returns the Shapley interaction index of two players (Grabisch and
// Roubens [GrabischRoubens1999]): the mean, over the orders in which the two are one, of what
// they change together beyond what each changes alone. Where the value is a gain, it
// is below 0 for two that do the same work and above 0 for two that need each other.
func Interaction(value []float64, n, i, j int) float64 {
	weight := joinWeights(n - 1) // the pair is one player
	sum := 0.0
	for s := range value {
		if s := Set(s); !s.has(i) && !s.has(j) {
			sum += float64(weight[bits.OnesCount32(uint32(s))] * beyond(value, s, i, j))
		}
	}
	return sum
}

// interactions are those of all pairs of n players, by pairIndex.
func interactions(value []float64, n int) []float64 {
	var out []float64
	for i := range n {
		for j := i + 1; j < n; j++ {
			out = append(out, Interaction(value, n, i, j))
		}
	}
	return out
}

// beyond is what i and j change together on top of s, less what each changes alone.
func beyond(value []float64, s Set, i, j int) float64 {
	return (value[s.with(i).with(j)] - value[s.with(i)]) - (value[s.with(j)] - value[s])
}

func pairsOf(n int) int { return n * (n - 1) / 2 }

// pairIndex numbers the pairs of n players: (0, 1), (0, 2), …, (1, 2), ….
func pairIndex(n, i, j int) int {
	if i > j {
		i, j = j, i
	}
	return i*(2*n-i-1)/2 + j - i - 1
}
