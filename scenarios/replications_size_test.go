//go:build !verify

package scenarios_test

// size multiplies the futures of the replications.
const size = 1
