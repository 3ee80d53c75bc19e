package main

import (
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/scenarios"
)

// shipped returns a scenario that comes with the program.
func shipped(name string) ([]byte, bool) {
	for _, folder := range [2]string{"", "validation/"} {
		if name+".yaml" == scenarios.Patterns {
			break
		}
		if data, err := scenarios.Files.ReadFile(folder + name + ".yaml"); err == nil {
			return data, true
		}
	}
	return nil, false
}

func shippedNames() []string { return scenarios.Names() }

// knownSource reports whether an event, target or reference exists.
func knownSource(key string) bool { return evidence.Known(key) }
