//go:build !verify

package calibrate

// grid is how many days lie between those of which the suite asks; the tag verify asks of every fourth.
const grid = 11
