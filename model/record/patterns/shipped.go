package patterns

import (
	_ "embed" // the thresholds
	"sync"

	"go.yaml.in/yaml/v4"
)

// thresholds is the file of the thresholds that ship, fixed before the first run.
//
//go:embed patterns.yaml
var thresholds []byte

// Shipped are the thresholds that ship. The slice must not be changed.
var Shipped = sync.OnceValue(func() []Threshold {
	var list []Threshold
	if err := yaml.Load(thresholds, &list, yaml.WithKnownFields()); err != nil {
		panic("patterns: " + err.Error()) // the file is part of the program
	}
	return list
})
