// Package calibrate fits the parameters of the model to what is documented.
//
// A particle is a parameter vector with one simulated history of each pair of
// states ([Histories]). A history is censored as the record is: observed =
// occurred × discovered × disclosed × attributed × recorded ([Register]), and what
// is left is summed up in the same statistics as the documented events
// ([Statistics]). Package abc does the inference; nothing is ever compared with a
// latent truth, and no statistic observes a false belief.
//
// The strengths and coefficients of forum mechanisms are drawn afresh from their
// priors in every simulation: what no record identifies is not learned from one
// history by accident (a cut posterior).
package calibrate
