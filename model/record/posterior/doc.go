// Package posterior reads and writes what a calibration leaves behind: a weighted
// sample of parameter vectors, and for each parameter how far the record narrowed
// its prior. [Posterior.Condition] lets a scenario draw from it.
//
// The file is text, of three parts with an empty line between them:
//
//	format: 1                      one header line for each key, in any order
//	model: 1
//	…
//
//	path   prior   unit   …        a table of the parameters
//	choice.price   0.08 to 0.2   …
//
//	weight   choice.price   …      the sample, a row for each particle
//	0.0025   0.126   …
//
// Cells are separated by single tabs, since paths and priors hold blanks. Values
// are in the domain of their parameter, durations in days. Weights sum to 1. What
// the second part says of a parameter must be what the third gives.
package posterior
