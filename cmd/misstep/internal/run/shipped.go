package run

import (
	"github.com/misstep/misstep/scenarios"
	"github.com/spf13/cobra"
)

// CompleteScenario offers shipped scenarios and YAML files.
func CompleteScenario(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return ShippedNames(), cobra.ShellCompDirectiveDefault
}

// Shipped returns a scenario that comes with the program.
func Shipped(name string) ([]byte, bool) {
	for _, folder := range [2]string{"", "validation/"} {
		if data, err := scenarios.Files.ReadFile(folder + name + ".yaml"); err == nil {
			return data, true
		}
	}
	return nil, false
}

// ShippedNames lists the scenarios that come with the program.
func ShippedNames() []string { return scenarios.Names() }
