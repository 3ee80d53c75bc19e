// Package patterns compares what a scenario simulates with what is on record: its expectations, each a
// number in the record against the distribution of the same number over draws and replicates, and the
// patterns, which every scenario is held to.
//
// Read check.go first: [Run] plays a plan, records the log of one replicate at a time (record.go),
// computes each statistic from it (statistic.go, cases.go), and folds the results block by block, equal
// for any number of workers. A statistic is a fixed set of counts and histograms: memory does not grow
// with replicates.
package patterns
