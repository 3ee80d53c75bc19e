package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

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
