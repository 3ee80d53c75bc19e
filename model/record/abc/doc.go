// Package abc infers parameters from summary statistics by approximate Bayesian computation: a
// sequential Monte Carlo sampler with MCMC moves [DelMoral2012].
//
// Parameters are standard-normal coordinates, independent a priori; what they mean is the [Problem]'s
// affair. A particle is a pair (z, s): coordinates and the statistics of ONE data set simulated at z.
// The population of generation g has the law
//
//	π_g(z, s) ∝ φ(z) · f(s | z) · 1{s ∈ R_g},   R_1 ⊇ R_2 ⊇ …
//
// where R_g is the ball of radius ε_g about the observed statistics. A generation chooses ε so that a
// share of the population is inside, resamples those, and moves every particle by Metropolis–Hastings
// steps that leave π_g invariant: proposals leave φ invariant and simulate a new data set, so that the
// acceptance probability is 1{s' ∈ R_g} and no likelihood is needed.
//
// Read run.go for the loop, move.go for the step and distance.go for the region. Every simulation has
// its own replicate index, so a result depends on no number of workers and on no interruption.
package abc
