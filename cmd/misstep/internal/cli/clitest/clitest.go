// Package clitest makes programs for tests of commands.
package clitest

import (
	"bytes"
	"os"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/record/posterior"
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

// InSmallFolder is InEmptyFolder with tiny.yaml and the posterior for it, which it returns.
func InSmallFolder(t *testing.T) *posterior.Posterior {
	t.Helper()
	data := small.YAML
	p := small.Posterior(t)
	InEmptyFolder(t)
	for name, text := range map[string][]byte{"tiny.yaml": data, "learned.txt": p.Bytes()} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p
}
