//go:build !verify

package main

// killsAnytime is how many kills at random times each command meets in the ordinary suite.
const killsAnytime = 1

// killedBefore are the operations before which a command is killed: the first one after a probe, and one of those that
// put what is whole in its place.
func killedBefore(operations int) []int { return []int{1, operations * 3 / 4} }
