// Package sensitivity asks which uncertain numbers move an outcome, and where the
// sign of an effect turns.
//
// Read [Sequence] first (points that fill a cube evenly), then [Trajectories]
// (screening after Morris) and [Design] with [Estimate] (variance-based indices after
// Sobol' [Sobol2001], Saltelli and Jansen). They know nothing of the model: a model is anything
// that gives a [Response] at a point of the unit cube. [Space] turns such a point into
// the numbers of a scenario, and [Evaluator] plays it. [Crossing] and [Surface] find
// the zeros of an effect along one number or two.
//
// A response is one value per replicate. Estimators multiply different replicates
// only, so Monte Carlo noise has no share in a variance, whether or not the points
// share their random numbers.
package sensitivity
