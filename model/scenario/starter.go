package scenario

import (
	_ "embed"
	"slices"
)

//go:embed starter.yaml
var starter []byte

// Starter is a commented scenario to begin with. It loads without problems.
func Starter() []byte { return slices.Clone(starter) }
