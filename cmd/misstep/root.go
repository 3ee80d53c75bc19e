// Command misstep simulates how cyber operations between states escalate, how
// much of that is miscalculation, and what a dialogue forum changes.
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
	"github.com/misstep/misstep/cmd/misstep/internal/compare"
	"github.com/misstep/misstep/cmd/misstep/internal/explain"
	"github.com/misstep/misstep/cmd/misstep/internal/fit"
	"github.com/misstep/misstep/cmd/misstep/internal/gallery"
	"github.com/misstep/misstep/cmd/misstep/internal/params"
	"github.com/misstep/misstep/cmd/misstep/internal/record"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/study"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
	"github.com/spf13/cobra"
)

func main() { os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// commands are the commands, in the order of the help. To add one: a file with a
// constructor, and a line here.
var commands = []func(*cli.App) *cobra.Command{
	newRun,
	newPlan,
	newValidate,
	fit.NewCheck,
	explain.New,
	gallery.New,
	report.New,
	compare.New,
	study.NewWhy,
	study.NewMultiverse,
	study.NewSensitivity,
	study.NewBreakeven,
	study.NewSweep,
	params.New,
	fit.NewCalibrate,
	fit.NewBacktest,
	record.New,
	newSchema,
	newNew,
	newVersion,
}

// execute is the whole program: arguments in, exit status out.
func execute(args []string, in io.Reader, out, err io.Writer) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprint(err, bugReport(p))
			status = cli.StatusFailed
		}
	}()
	if e := elem.Check(); e != nil {
		fmt.Fprintf(err, "misstep: %v; its results could not be compared with any other machine's, so it stops\n", e)
		return cli.StatusFailed
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	a := &cli.App{In: in, Out: out, Err: err}
	root := cli.Root(a, commands)
	root.SetArgs(args)
	return a.Status(ctx, root.ExecuteContext(ctx))
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
