//go:build verify

package scenarios_test

// size multiplies the futures of the replications: with a hundred times as many the bounds are a tenth as wide.
const size = 100
