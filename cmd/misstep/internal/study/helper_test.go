package study

import (
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/spf13/cobra"
)

// commands are those that the tests call.
var commands = []func(*cli.App) *cobra.Command{runtest.Command, NewWhy, NewMultiverse, NewBreakeven, NewSensitivity,
	NewSweep}

// call runs a program that has these commands.
func call(args ...string) (status int, out, err string) { return clitest.Call(commands, args...) }
