//go:build verify

package scenarios_test

// size multiplies the futures of the replications: with eight times as many the bounds are a third as wide.
const size = 8
