// Package decompose takes the difference between two arms apart.
//
// [Run] splits it among the mechanisms that the arms differ in, by Shapley values
// [Shapley1953] of the game whose players are the mechanisms and whose coalitions are
// arms in which only some of them act. [Multiverse] asks whether the difference
// keeps its sign under other choices of method.
package decompose
