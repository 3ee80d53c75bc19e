package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
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
It looks at the files alone: settings and flags are left out.`,
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
		file, text, err := run.ReadScenario(arg)
		var v *scenario.Scenario
		if err == nil {
			v, err = scenario.Load(run.NameOf(file), text, model.LoadOptions(file, nil, true))
		}
		if err != nil {
			bad++
			a.Status(context.Background(), err)
			continue
		}
		fmt.Fprintf(a.Out, "ok  %s: %s\n", file, sizeOf(v))
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

func newNew(a *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "new NAME",
		Short: "Write a commented scenario to start from",
		Long: `new writes NAME.yaml into the current folder: two states, a forum, two arms, with comments.
It never overwrites a file.`,
		Example: "  misstep new my-scenario",
		Args:    cli.Exactly(1, "a name for the scenario, such as my-scenario"),
		RunE:    func(_ *cobra.Command, args []string) error { return create(a, args[0]) },
	}
}

func create(a *cli.App, arg string) error {
	name := strings.TrimSuffix(arg, ".yaml")
	if strings.ContainsAny(name, `/\`) {
		return fmt.Errorf("%q is a path; new writes into the current folder, so give a name such as my-scenario", arg)
	}
	// The file that is written must load under this name.
	if _, err := scenario.Load(name, scenario.Starter(), scenario.Options{}); err != nil {
		return fmt.Errorf("%q cannot be the name of a scenario; "+
			"use lower-case letters, digits and hyphens, as in my-scenario", arg)
	}
	path := name + ".yaml"
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; choose another name, or move it away", path)
	}
	if err != nil {
		return cli.Plainly(path, err)
	}
	_, err = f.Write(scenario.Starter())
	if err = errors.Join(err, f.Close()); err != nil {
		return cli.Plainly(path, errors.Join(err, os.Remove(path)))
	}
	_, err = fmt.Fprintf(a.Out, "%s\n", path)
	a.Note("edit it, then: misstep run %s", path)
	return err
}

func newSchema(a *cli.App) *cobra.Command {
	schemas := map[string][]byte{"scenario": scenario.Schema(), "summary": run.SummarySchema}
	names := slices.Sorted(maps.Keys(schemas))
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print the JSON Schema of a scenario, or of summary.json",
		Long: `schema prints a JSON Schema (draft 2020-12). An editor that knows it completes keys and
marks mistakes while you write. Known: ` + say.And(names) + `; scenario is the default.`,
		Example: `  misstep schema > scenario.schema.json
  # then put this line on top of a scenario, for the YAML language server:
  # yaml-language-server: $schema=scenario.schema.json`,
		ValidArgs: names,
		Args:      cli.AtMost(1, "one name"),
		RunE: func(_ *cobra.Command, args []string) error {
			name := cmp.Or(strings.Join(args, ""), "scenario")
			if text, ok := schemas[name]; ok {
				_, err := a.Out.Write(text)
				return err
			}
			return fmt.Errorf("unknown schema %q; %s", name, nearest.Remedy(name, names))
		},
	}
}
