// Package timeline draws one future as lanes: the steps of a state, what it believes, when a channel is up.
//
// Read lane.go first: plain data, which whoever observed a future fills in.
package timeline
