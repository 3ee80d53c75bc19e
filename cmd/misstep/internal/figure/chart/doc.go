// Package chart has what every figure is drawn with: a page with text and marks, rows of
// label, interval and number, axes, a key, bars, and numbers as people write them.
//
// A page draws on any canvas of gonum.org/v1/plot/vg. It is 576 points wide whatever the
// printed size, y grows downwards, and text on it has 11.5 points, 11 where rows are many,
// so that a page printed 12 cm wide has no letter under 6.5 points.
package chart
