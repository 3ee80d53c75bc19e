//go:build verify

package reference

// Effort multiplies the replicates of the comparison.
const Effort = 20
