// Package clitest makes programs for tests of commands.
package clitest

import (
	"bytes"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/spf13/cobra"
)

// Parsed is an app after a command with every flag has read some arguments.
func Parsed(t *testing.T, args ...string) *cli.App {
	t.Helper()
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	cmd := &cobra.Command{Use: "x"}
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.precision")
	a.OutputFlags(cmd)
	cmd.Flags().StringVar(&a.Flags.Config, "config", "", "")
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return a
}

// InEmptyFolder keeps a config.yaml of the checkout out of a test.
func InEmptyFolder(t *testing.T) { t.Chdir(t.TempDir()) }
