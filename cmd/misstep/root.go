package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commands are the commands, in the order of the help. To add one: a file with a
// constructor, and a line here.
var commands = []func(*app) *cobra.Command{
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

// Exit statuses. Whatever is wrong is 1; an interrupt has the shell's number.
const (
	statusOK          = 0
	statusError       = 1
	statusInterrupted = 130
)

// errReported ends a command with status 1 when it has said why already.
var errReported = errors.New("reported")

// run is the whole program: arguments in, exit status out.
func run(args []string, in io.Reader, out, err io.Writer) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprint(err, bugReport(p))
			status = statusError
		}
	}()
	if e := elem.Check(); e != nil {
		fmt.Fprintf(err, "misstep: %v; its results could not be compared with any other machine's, so it stops\n", e)
		return statusError
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	a := &app{in: in, out: out, err: err}
	root := newRoot(a)
	root.SetArgs(args)
	return a.report(ctx, root.ExecuteContext(ctx))
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "misstep",
		Short: "How cyber operations between states escalate, and what a dialogue changes",
		Long: `misstep simulates how cyber operations between states escalate, how much of that is
miscalculation, and what a dialogue forum changes.`,
		Example: `  misstep run scenarios/uk-china-dialogue-2026.yaml
  misstep run uk-china-dialogue-2026 --set choice.rationality=30 --seed 2
  misstep plan scenarios/uk-china-dialogue-2026.yaml`,
		Args:          unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(unknownFlag)
	root.CompletionOptions.HiddenDefaultCmd = false
	root.PersistentFlags().StringVar(&a.flags.config, "config", "", "read settings from `FILE` (default config.yaml, if it is there)")
	root.PersistentFlags().BoolVar(&a.flags.quiet, "quiet", false, "no progress and no notes")
	for _, c := range commands {
		root.AddCommand(c(a))
	}
	return root
}

// unknownCommand refuses what is no command, with the nearest one.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return fmt.Errorf("unknown command %q; %s", args[0], nearest.Remedy(args[0], names))
}

// unknownFlag rewrites what the flag parser says; errors it has no types for pass.
func unknownFlag(cmd *cobra.Command, err error) error {
	var unknown interface {
		error
		GetSpecifiedName() string
		GetSpecifiedShortnames() string
	}
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%w; see misstep %s --help", err, cmd.Name())
	}
	if strings.Contains(err.Error(), "needs an argument") {
		return fmt.Errorf("--%s needs a value; see misstep %s --help", unknown.GetSpecifiedName(), cmd.Name())
	}
	if s := unknown.GetSpecifiedShortnames(); s != "" {
		return fmt.Errorf("unknown flag -%s; flags are written out, with two hyphens", s)
	}
	var known []string
	for _, f := range flagNames(cmd) {
		known = append(known, "--"+f)
	}
	return fmt.Errorf("unknown flag --%s for misstep %s; %s", unknown.GetSpecifiedName(), cmd.Name(),
		nearest.Remedy("--"+unknown.GetSpecifiedName(), known))
}

// exactly asks for n arguments and says which when they are missing.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < n:
			return fmt.Errorf("misstep %s needs %s", cmd.Name(), what)
		case len(args) > n && n == 0:
			return fmt.Errorf("misstep %s takes %s; what is %q?", cmd.Name(), what, args[0])
		case len(args) > n:
			return fmt.Errorf("misstep %s takes %s only; what is %q?", cmd.Name(), what, args[n])
		}
		return nil
	}
}

// report prints an error as the user should see it and turns it into a status.
func (a *app) report(ctx context.Context, err error) int {
	var problems scenario.Problems
	var setting *settings.Problem
	var sample posterior.Problems
	var rows evidence.Problems
	switch {
	case err == nil:
		return statusOK
	case errors.Is(err, errReported):
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(a.err, "misstep: interrupted, no result written")
		return statusInterrupted
	case errors.As(err, &problems), errors.As(err, &setting), errors.As(err, &sample), errors.As(err, &rows):
		fmt.Fprintln(a.err, err) // each line begins with its place
	default:
		fmt.Fprintln(a.err, "misstep:", err)
	}
	return statusError
}

// bugReport is what a user sees of a mistake of ours.
func bugReport(p any) string {
	where := ""
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(2, pc)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "github.com/misstep/") && !strings.Contains(f.Function, "bugReport") && !strings.Contains(f.Function, ".run.func") {
			where = fmt.Sprintf(" (%s, line %d)", strings.TrimPrefix(f.Function, "github.com/misstep/misstep/"), f.Line)
			break
		}
		if !more {
			break
		}
	}
	return fmt.Sprintf("misstep: internal error: %v%s\n"+
		"misstep: this is a mistake of the program, not of yours; please report it with the command at https://github.com/misstep/misstep/issues\n", p, where)
}

// flagNames lists the flags of a command, those of the root among them.
func flagNames(cmd *cobra.Command) []string {
	var out []string
	add := func(f *pflag.Flag) { out = append(out, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return out
}
