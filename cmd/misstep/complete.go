package main

import "github.com/spf13/cobra"

// completeScenario offers shipped scenarios and YAML files.
func completeScenario(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return shippedNames(), cobra.ShellCompDirectiveDefault
}
