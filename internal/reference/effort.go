//go:build !verify

package reference

// Effort multiplies the replicates of the comparison: 1, and more under the build
// tag verify.
const Effort = 1
