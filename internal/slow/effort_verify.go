//go:build verify

package slow

// Effort multiplies the replicates of the comparison.
const Effort = 20
