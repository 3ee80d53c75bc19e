// Command misstep simulates how cyber operations between states escalate, how
// much of that is miscalculation, and what a dialogue forum changes.
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/compare"
	"github.com/misstep/misstep/cmd/misstep/internal/decide"
	"github.com/misstep/misstep/cmd/misstep/internal/explain"
	"github.com/misstep/misstep/cmd/misstep/internal/explore"
	"github.com/misstep/misstep/cmd/misstep/internal/fit"
	"github.com/misstep/misstep/cmd/misstep/internal/gallery"
	"github.com/misstep/misstep/cmd/misstep/internal/intake"
	"github.com/misstep/misstep/cmd/misstep/internal/params"
	"github.com/misstep/misstep/cmd/misstep/internal/record"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/shards"
	"github.com/misstep/misstep/cmd/misstep/internal/study"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
	"github.com/spf13/cobra"
)

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// memory is from where on the program clears up more often than it would [bytes].
const memory = 800 << 20

// commands are the commands. To add one: a file with a constructor, a line here, and its name in a group.
var commands = []func(*cli.App) *cobra.Command{
	newRun,
	explain.New,
	study.NewWhy,
	decide.New,
	compare.New,
	report.New,
	explore.New,
	params.New,
	study.NewSensitivity,
	study.NewBreakeven,
	study.NewMultiverse,
	study.NewSweep,
	study.NewLevers,
	study.NewElicit,
	record.New,
	intake.New,
	fit.NewCheck,
	fit.NewCalibrate,
	fit.NewBacktest,
	fit.NewScore,
	fit.NewVerify,
	newNew,
	newValidate,
	newPlan,
	shards.NewShard,
	shards.NewMerge,
	shards.NewCluster,
	newSchema,
	gallery.New,
	newVersion,
}

// groups are the parts of the list that help shows, in their order.
var groups = []struct {
	title    string
	commands []string
}{
	{"Ask", []string{"run", "explain", "why", "decide", "levers", "compare", "report", "explore"}},
	{"Question the assumptions", []string{"params", "sensitivity", "breakeven", "multiverse", "sweep", "elicit"}},
	{"Evidence", []string{"evidence", "import", "check", "calibrate", "backtest", "score", "verify"}},
	{"Many machines", []string{"shard", "merge", "cluster"}},
	{"Files", []string{"new", "validate", "plan", "schema", "figures", "version"}},
}

func grouped(root *cobra.Command) *cobra.Command {
	cobra.EnableCommandSorting = false // of all roots: none here wants it
	for _, g := range groups {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, c := range root.Commands() {
			if slices.Contains(g.commands, c.Name()) {
				c.GroupID = g.title
			}
		}
	}
	return root
}

// execute is the whole program: arguments in, exit status out.
func execute(args []string, in io.Reader, out, err io.Writer) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprint(say.Guarded(err), bugReport(p))
			status = cli.StatusFailed
		}
	}()
	if e := elem.Check(); e != nil {
		fmt.Fprintf(err, "misstep: %v; its results could not be compared with any other machine's, so it stops\n", e)
		return cli.StatusFailed
	}
	ctx, stop := untilSignal(err)
	defer stop()
	a := &cli.App{In: cli.Until(ctx, in), Out: cli.NewOutput(out), Err: err}
	a.Root = func(a *cli.App) *cobra.Command { return grouped(cli.Root(a, commands)) }
	root := a.Root(a)
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
