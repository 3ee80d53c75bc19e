// Package forest draws forest plots: a row is a label, an interval on a scale that rows of its
// unit share, and a number. The figures effect, compare, why and multiverse are forests.
//
// Read [Plot] first, then [Look]: a verdict's mark, colour and words.
package forest
