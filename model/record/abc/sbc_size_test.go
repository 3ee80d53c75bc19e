//go:build !verify

package abc

// sbcTruths is the number of truths of the ordinary suite.
const sbcTruths = 320
