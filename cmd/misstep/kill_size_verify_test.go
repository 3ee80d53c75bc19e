//go:build verify

package main

// killsAnytime is how many kills at random times each command meets at full size.
const killsAnytime = 20

// killedBefore are all operations.
func killedBefore(operations int) (all []int) {
	for n := range operations {
		all = append(all, n)
	}
	return all
}
