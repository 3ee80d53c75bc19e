package main

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// schemas are the JSON Schemas that can be printed, by name.
var schemas = []struct {
	name string
	text func() []byte
}{
	{"scenario", scenario.Schema},
	{"summary", func() []byte { return run.SummarySchema }},
}

func newSchema(a *cli.App) *cobra.Command {
	var names []string
	for _, s := range schemas {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print the JSON Schema of a scenario, or of summary.json",
		Long: `schema prints a JSON Schema (draft 2020-12). An editor that knows it completes keys and
marks mistakes while you write. Known: ` + say.And(names) + `; scenario is the default.`,
		Example: `  misstep schema > scenario.schema.json
  # then put this line on top of a scenario, for the YAML language server:
  # yaml-language-server: $schema=scenario.schema.json`,
		ValidArgs: names,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("misstep schema takes one name only; what is %q?", args[1])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			name := schemas[0].name
			if len(args) > 0 {
				name = args[0]
			}
			for _, s := range schemas {
				if s.name == name {
					_, err := a.Out.Write(s.text())
					return err
				}
			}
			return fmt.Errorf("unknown schema %q; %s", name, nearest.Remedy(name, names))
		},
	}
}
