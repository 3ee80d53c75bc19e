//go:build verify

package abc

// sbcTruths is the number of truths at full size.
const sbcTruths = 3000
