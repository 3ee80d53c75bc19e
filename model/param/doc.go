// Package param declares every parameter of the model once: name, unit, domain,
// default, prior, scope and source. Configuration keys, `misstep params`, the JSON
// Schema and the documentation table are all made from this one list.
//
// A number in a scenario is a [Dist]: a point, or a distribution that says how
// uncertain the number is. A distribution is sampled by its quantile at one
// addressed uniform per parameter and draw, so that adding or removing a
// parameter never moves the value of another.
package param
