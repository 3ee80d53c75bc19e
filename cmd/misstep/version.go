package main

import (
	"fmt"
	"runtime"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/model/experiment"
	"github.com/spf13/cobra"
)

func newVersion(a *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of the program and of its model",
		Long: `version prints the version of the program, the Go release that built it, the platform,
and the version of the model, which changes whenever the same inputs would give other numbers.`,
		Args: cli.Exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			p := run.Program()
			_, err := fmt.Fprintf(a.Out, "misstep %s\n%s %s/%s\nmodel %s\n", p.Version, p.Go, runtime.GOOS, p.GOARCH,
				experiment.ModelVersion)
			return err
		},
	}
}
