package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/model/elem"
	"github.com/spf13/cobra"
)

// commands are the commands, in the order of the help. To add one: a file with a
// constructor, and a line here.
var commands = []func(*cli.App) *cobra.Command{
	newRun,
	newPlan,
	newValidate,
	newCheck,
	newExplain,
	newFigures,
	newReport,
	newCompare,
	newWhy,
	newMultiverse,
	newSensitivity,
	newBreakeven,
	newSweep,
	newParams,
	newCalibrate,
	newBacktest,
	newEvidence,
	newSchema,
	newNew,
	newVersion,
}

// execute is the whole program: arguments in, exit status out.
func execute(args []string, in io.Reader, out, err io.Writer) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprint(err, bugReport(p))
			status = cli.StatusError
		}
	}()
	if e := elem.Check(); e != nil {
		fmt.Fprintf(err, "misstep: %v; its results could not be compared with any other machine's, so it stops\n", e)
		return cli.StatusError
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	a := &cli.App{In: in, Out: out, Err: err}
	root := newRoot(a)
	root.SetArgs(args)
	return a.Status(ctx, root.ExecuteContext(ctx))
}

func newRoot(a *cli.App) *cobra.Command {
	root := &cobra.Command{
		Use:   "misstep",
		Short: "How cyber operations between states escalate, and what a dialogue changes",
		Long: `misstep simulates how cyber operations between states escalate, how much of that is
miscalculation, and what a dialogue forum changes.`,
		Example: `  misstep run scenarios/uk-china-dialogue-2026.yaml
  misstep run uk-china-dialogue-2026 --set choice.rationality=30 --seed 2
  misstep plan scenarios/uk-china-dialogue-2026.yaml`,
		Args:          cli.UnknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(cli.UnknownFlag)
	root.CompletionOptions.HiddenDefaultCmd = false
	root.PersistentFlags().StringVar(&a.Flags.Config, "config", "",
		"read settings from `FILE` (default config.yaml, if it is there)")
	root.PersistentFlags().BoolVar(&a.Flags.Quiet, "quiet", false, "no progress and no notes")
	for _, c := range commands {
		root.AddCommand(c(a))
	}
	return root
}

// bugReport is what a user sees of a mistake of ours.
func bugReport(p any) string {
	where := ""
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(2, pc)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "github.com/misstep/") && !strings.Contains(f.Function, "bugReport") &&
			!strings.Contains(f.Function, ".execute.func") {
			where = fmt.Sprintf(" (%s, line %d)", strings.TrimPrefix(f.Function, "github.com/misstep/misstep/"), f.Line)
			break
		}
		if !more {
			break
		}
	}
	return fmt.Sprintf("misstep: internal error: %v%s\n"+
		"misstep: this is a mistake of the program, not of yours; please report it with the command at "+
		"https://github.com/misstep/misstep/issues\n", p, where)
}
