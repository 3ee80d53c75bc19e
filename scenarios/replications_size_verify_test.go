//go:build verify

package scenarios_test

// size multiplies the futures of the replications: with 25 times as many the bounds are a fifth as wide.
const size = 25
