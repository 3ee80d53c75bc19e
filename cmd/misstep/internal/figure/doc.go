// Package figure draws the figures of a run: pictures that can be printed as they
// are, from the numbers of a summary and nothing else. The figures of a calibration
// (fit, learned, backtest) are made from inputs of their own.
//
// Read figure.go first, then one figure, such as peak.go. A figure is a chart: a
// constructor that copies the numbers it draws out of the summary and drops what
// is not finite, a table of exactly these numbers, and a draw function that works
// on a page. A page is 576 points wide whatever the printed size, y grows
// downwards, and text on it has 11.5 points, 11 where rows are many, so that a page
// printed 12 cm wide has no letter under 6.5 points.
//
// A page draws on a surface, of which there is one for each format. Text stays
// text: SVG carries the glyphs it uses as an embedded font, PDF too; PNG fills
// their outlines. No format carries a clock, a host name or a random id, so equal
// summaries give equal bytes.
package figure
