//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// playForEver is the program with one command, which says that it begins, and then is within a
// replicate that does not end by itself, or deaf to the end of its context.
func playForEver() {
	commands = []func(*cli.App) *cobra.Command{func(a *cli.App) *cobra.Command {
		return &cobra.Command{Use: "play", RunE: func(cmd *cobra.Command, args []string) error {
			fmt.Fprintln(a.Out, "begins")
			if len(args) > 0 {
				select {}
			}
			err := endlessReplicate(cmd.Context())
			fmt.Fprintln(a.Out, "ends")
			return err
		}}
	}}
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// endlessReplicate plays one replicate of a hundred thousand years of evidence.
func endlessReplicate(ctx context.Context) error {
	v, err := scenario.Load("tiny", small.YAML, scenario.Options{Layers: []scenario.Layer{
		{Path: "evidence.gap", Value: "0.001d"}, {Path: "evidence.case", Value: "1000y"}}})
	if err != nil {
		return err
	}
	v.Model.MaxEvents = math.MaxInt / scenario.WorkPerEvent / 2
	_, err = experiment.Run(ctx, experiment.Plan{Scenario: v, Draws: 1, Replicates: 1}, 1, nil)
	return err
}

// TestSignals: one signal ends a command, within a replicate and where the command does not listen,
// with the shell's status; a hang-up that was ignored at the start is none.
func TestSignals(t *testing.T) {
	for _, c := range []struct {
		name    string
		command string
		send    []os.Signal
		status  int
		listens bool
	}{
		{"interrupt", "exec misstep-endless play", []os.Signal{os.Interrupt}, 130, true},
		{"termination", "exec misstep-endless play", []os.Signal{syscall.SIGTERM}, 143, true},
		{"hang-up", "exec misstep-endless play", []os.Signal{syscall.SIGHUP}, 129, true},
		{"hang-up under nohup, then interrupt", "trap '' HUP; exec misstep-endless play",
			[]os.Signal{syscall.SIGHUP, os.Interrupt}, 130, true},
		{"deaf", "exec misstep-endless play deaf", []os.Signal{os.Interrupt}, 130, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			guard, cancel := context.WithTimeout(context.Background(), 2*time.Minute) // of a failure only
			defer cancel()
			cmd := exec.CommandContext(guard, "sh", "-c", c.command)
			var says strings.Builder
			cmd.Stderr = &says
			pipe, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err = cmd.Start(); err != nil {
				t.Fatal(err)
			}
			out := bufio.NewReader(pipe)
			if line, err := out.ReadString('\n'); line != "begins\n" {
				t.Fatalf("%q, %v", line, err)
			}
			for _, s := range c.send {
				if err := cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
			}
			rest, _ := io.ReadAll(out)
			var exit *exec.ExitError
			if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != c.status {
				t.Errorf("%v, not status %d", err, c.status)
			}
			if ended := string(rest) == "ends\n"; ended != c.listens || says.String() != cli.NothingWritten+"\n" {
				t.Errorf("then it says %q and %q", rest, says.String())
			}
		})
	}
}
