package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

func newValidate(a *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "validate FILE…",
		Short: "Check scenario files and list every problem",
		Long: `validate reads scenario files, lists every problem of each as
file:line:column: path: what; hint, and says ok where there is none.
It looks at the files alone: settings and flags are left out. - is standard input.`,
		Example:           "  misstep validate scenarios/*.yaml",
		ValidArgsFunction: run.CompleteScenario,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("misstep validate needs one or more scenario files")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runValidate(a, args) },
	}
}

func runValidate(a *cli.App, args []string) error {
	bad := 0
	for _, arg := range args {
		t, err := run.ReadScenario(a, arg)
		var v *scenario.Scenario
		if err == nil {
			v, err = scenario.Load(t.Name, t.Bytes, model.LoadOptions(t.File, nil, true))
		}
		if err != nil {
			bad++
			a.Status(context.Background(), err)
			continue
		}
		fmt.Fprintf(a.Out, "ok  %s: %s\n", t.File, sizeOf(v))
		run.NoteTwins(a, v)
	}
	switch {
	case bad == 0:
		return nil
	case len(args) > 1:
		fmt.Fprintf(a.Err, "misstep: %d of %d files have problems\n", bad, len(args))
	}
	return cli.ErrReported
}

// sizeOf says in a line how much there is in a scenario.
func sizeOf(v *scenario.Scenario) string {
	return fmt.Sprintf("%s, %s, %s, %d numbers of which %d uncertain",
		say.Counted(len(v.States), "state"), say.Counted(len(v.Onset), "onset entry", "onset entries"),
		say.Counted(len(v.Arms), "arm"), len(v.Slots), v.Free())
}

func newSchema(a *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print the JSON Schema of a scenario, or of what --json prints",
		Long: `schema prints a JSON Schema (draft 2020-12): of a scenario (the default), so that an editor
completes keys and marks mistakes while you write; of summary.json; or, by the name of a
command, of what it prints with --json.`,
		Example: `  misstep schema > scenario.schema.json
  # then put this line on top of a scenario, for the YAML language server:
  # yaml-language-server: $schema=scenario.schema.json
  misstep schema check`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return slices.Sorted(maps.Keys(schemas(a))), cobra.ShellCompDirectiveNoFileComp
		},
		Args: cli.AtMost(1, "one name"),
		RunE: func(_ *cobra.Command, args []string) error {
			name, all := cmp.Or(strings.Join(args, ""), "scenario"), schemas(a)
			text, ok := all[name]
			if !ok {
				return fmt.Errorf("unknown schema %q; %s", name, nearest.Remedy(name, slices.Sorted(maps.Keys(all))))
			}
			_, err := a.Out.Write(text())
			return err
		},
	}
}

// schemas are all of them by name; those of results come from the types that commands declare.
func schemas(a *cli.App) map[string]func() []byte {
	summary := func() []byte { return run.SummarySchema }
	out := map[string]func() []byte{"scenario": scenario.Schema, "summary": summary, "run": summary}
	for command, types := range a.Prints {
		out[command] = func() []byte {
			return say.JSON(schema.Of(command, "what misstep "+command+" --json prints", types...))
		}
	}
	return out
}
