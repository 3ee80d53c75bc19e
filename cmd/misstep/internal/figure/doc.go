// Package figure draws the figures of a run: pictures that can be printed as they are, from the
// numbers of a summary and nothing else. The figures of a calibration and of the studies (fit,
// learned, backtest, why, compare, …) are made from inputs of their own.
//
// Read figure.go first, then one figure, such as why.go; escalation.go has its panels in course.go and
// level.go. A figure is a picture: words, the numbers that it draws as a CSV, a key, and a chart.Table of
// rows or a function that draws panels. The page is as tall as these want, and narrower where it prints
// narrower than 12 cm. Package forest has what effect, why, multiverse and compare share.
package figure
