package sim

import (
	"slices"

	"github.com/misstep/misstep/model/scenario"
)

// Reading compiles the common past and all arms at the parameters theta, and marks by arm the numbers that its
// outcomes hang on, one entry per slot: those of which it and the past are made. Where the marked numbers of an arm
// are the same at another theta, so are its model and that of the past, and therefore its outcomes in every
// replicate. A channel that is closed in an arm does nothing, whatever its numbers are.
func Reading(v *scenario.Scenario, theta []float64) (*Arms, [][]bool) {
	past := compiler{v: v, theta: theta, m: &Model{}, read: make([]bool, len(theta)), acting: true}
	a := &Arms{History: past.compile(History)}
	var read [][]bool
	for arm := range v.Arms {
		c := compiler{v: v, theta: theta, m: &Model{}, like: a.History, read: slices.Clone(past.read), acting: true}
		a.Arms, read = append(a.Arms, c.compile(arm)), append(read, c.read)
	}
	return a, read
}

// idle stops the marking of numbers where they have no say in what a channel does, and returns what goes on with it.
func (c *compiler) idle(open bool) (resume func()) {
	read := c.read
	if c.acting && !open {
		c.read = nil
	}
	return func() { c.read = read }
}
