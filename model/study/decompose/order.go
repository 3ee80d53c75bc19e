package decompose

import (
	"math/bits"

	"github.com/misstep/misstep/model/random"
)

// exactPlayers is the largest number of players for which every coalition is played.
// Above it a replicate plays the coalitions along one order of the players.
const exactPlayers = 6

// The place of the orders among random numbers.
var orderKey = random.Stream(random.NameHash("order of the mechanisms"), random.Shuffle)

// shuffled fills order with a random order of the players at the replicate's
// address: each is equally likely (Fisher and Yates).
func shuffled(rep *random.Replicate, order []int) {
	for k := range order {
		order[k] = k
	}
	for k := len(order) - 1; k > 0; k-- {
		j := int(rep.Uniform(orderKey, k) * float64(k+1))
		order[k], order[j] = order[j], order[k]
	}
}

// coalitions appends the coalitions that a replicate plays between the empty and
// the full one. Without an order that is all of them; with one, each player alone,
// each left out, those along the order, and those in which two neighbours of the
// order have changed places, from which interactions follow.
func coalitions(n int, order []int, into []Set) []Set {
	if order == nil {
		for s := Set(1); s < everyone(n); s++ {
			into = append(into, s)
		}
		return into
	}
	for k := range n {
		into = append(into, Set(1)<<k)
	}
	for k := range n {
		into = append(into, everyone(n).without(k))
	}
	before := Set(0)
	for place, k := range order {
		if place >= 1 && place <= n-3 { // smaller and larger ones are above
			into = append(into, before.with(k), before.with(order[place+1]))
		}
		before = before.with(k)
	}
	return into
}

// joins visits the coalitions that a player joins, with the share of the orders in which it does: along
// one order, or along all where it is nil.
func joins(n int, order []int, visit func(player int, s Set, weight float64)) {
	before := Set(0)
	for _, k := range order {
		visit(k, before, 1)
		before = before.with(k)
	}
	if order != nil {
		return
	}
	weight := joinWeights(n)
	for s := range everyone(n) + 1 {
		for k := range n {
			if !s.has(k) {
				visit(k, s, weight[bits.OnesCount32(uint32(s))])
			}
		}
	}
}

// sharesAlong are what each player changes when it joins in the order.
func sharesAlong(value []float64, order []int) []float64 {
	shares := make([]float64, len(order))
	before := Set(0)
	for _, k := range order {
		shares[k] = value[before.with(k)] - value[before]
		before = before.with(k)
	}
	return shares
}

// interactionsAlong are, by pairIndex, an unbiased reading of every Shapley
// interaction from one random order: two players stand next to each other in 2 of n
// orders, and then those before them are a coalition of the right law.
func interactionsAlong(value []float64, order []int) []float64 {
	n := len(order)
	out := make([]float64, pairsOf(n))
	before := Set(0)
	for place := 0; place+1 < n; place++ {
		i, j := order[place], order[place+1]
		out[pairIndex(n, i, j)] = float64(n) / 2 * beyond(value, before, i, j)
		before = before.with(i)
	}
	return out
}
