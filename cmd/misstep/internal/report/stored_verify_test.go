//go:build verify

package report

// mutantStep is which of the changed runs are tried: all.
const mutantStep = 1
