//go:build verify

package calibrate

const grid = 4
