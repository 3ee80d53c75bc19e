// Package scenario is what a user writes: a YAML file that says which states
// meet, what is assumed about them, what is decided, which arms are compared
// and what the record says happened.
//
// [Load] reads the bytes, applies settings from outside the file and checks
// everything; it returns either a [Scenario] or every problem found, each with its
// line, column, path and remedy. Only Load builds a Scenario, so what follows
// cannot fail.
package scenario
