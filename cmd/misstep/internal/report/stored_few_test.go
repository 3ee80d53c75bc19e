//go:build !verify

package report

// mutantStep is which of the changed runs are tried: every so many.
const mutantStep = 61
