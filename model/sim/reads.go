package sim

import (
	"slices"

	"github.com/misstep/misstep/model/scenario"
)

// Reading compiles the common past and all arms at the parameters theta, and marks by arm the numbers that its
// outcomes hang on, one entry per slot: those of which it and the past are made. Where the marked numbers of an arm
// are the same at another theta, so are its model and that of the past, bit for bit, and therefore its outcomes in
// every replicate. The models hold no numbers of channels that are closed, nor of what an open one does not do: they
// bring what those of [Compile] bring.
func Reading(v *scenario.Scenario, theta []float64) (*Arms, [][]bool) {
	past := compiler{v: v, theta: theta, m: &Model{}, read: make([]bool, len(theta)), acting: true}
	a := &Arms{History: past.compile(History)}
	var read [][]bool
	for arm := range v.Arms {
		c := compiler{v: v, theta: theta, m: &Model{}, read: slices.Clone(past.read), acting: true}
		a.Arms, read = append(a.Arms, c.as(a.History, arm)), append(read, c.read)
	}
	return a, read
}
