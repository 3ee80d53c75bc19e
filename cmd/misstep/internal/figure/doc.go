// Package figure draws the figures of a run: pictures that can be printed as they
// are, from the numbers of a summary and nothing else. The figures of a calibration and
// of the studies (fit, learned, backtest, why, compare, …) are made from inputs of their own.
//
// Read figure.go first, then one figure, such as peak.go. A figure is a picture: a
// constructor that copies the numbers it draws out of the summary and drops what
// is not finite, a table of exactly these numbers, and a draw function that works
// on a page of package chart, which draws on a canvas of package surface. Figures that are
// rows of label, interval and number are set in chart.Rows; forest.go has what four of them
// share.
package figure
