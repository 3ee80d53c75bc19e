package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/cheggaaa/pb/v3"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Root is the command misstep with some commands below it, in the order of the help.
func Root(a *App, commands []func(*App) *cobra.Command) *cobra.Command {
	out := say.Guarded(a.Out)
	a.Out, a.Err = out, say.Guarded(a.Err)
	out.Styled = a.Colour()
	root := &cobra.Command{
		Use:   "misstep",
		Short: "How cyber operations between states escalate, and what a dialogue changes",
		Long: `misstep simulates how cyber operations between states escalate, how much of
that is miscalculation, and what a dialogue forum changes.

` + ExitStatuses,
		Example: `  misstep run scenarios/uk-china-dialogue-2026.yaml
  misstep run uk-china-dialogue-2026 --set choice.rationality=30 --seed 2
  misstep plan scenarios/uk-china-dialogue-2026.yaml`,
		Args:          unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(unknownFlag)
	root.CompletionOptions.HiddenDefaultCmd = false
	root.PersistentFlags().StringVar(&a.Flags.Config, "config", "",
		"read settings from `FILE`, none for no file (config.yaml)")
	root.PersistentFlags().BoolVar(&a.Flags.Quiet, "quiet", false, "no progress and no notes")
	for _, c := range commands {
		root.AddCommand(c(a))
	}
	root.SetHelpCommand(help(root))
	return root
}

// help is the command misstep help, which refuses what is no command.
func help(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show the help of a command",
		Long:  "help shows what --help does.",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return names(root), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(c, rest)
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

// CompleteFolder offers folders.
func CompleteFolder(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("unknown command %q; %s", args[0], nearest.Remedy(args[0], names(cmd)))
}

func names(cmd *cobra.Command) (out []string) {
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			out = append(out, c.Name())
		}
	}
	return out
}

// unknownFlag rewrites what the flag parser says; errors it has no types for pass.
func unknownFlag(cmd *cobra.Command, err error) error {
	var unknown interface {
		error
		GetSpecifiedName() string
		GetSpecifiedShortnames() string
	}
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	}
	if strings.Contains(err.Error(), "needs an argument") {
		return fmt.Errorf("--%s needs a value; see %s --help", unknown.GetSpecifiedName(), cmd.CommandPath())
	}
	if s := unknown.GetSpecifiedShortnames(); strings.Contains(s, ".") {
		return fmt.Errorf("unknown flag -%s; a file whose name begins with a hyphen is ./-%s", s, s)
	} else if s != "" {
		return fmt.Errorf("unknown flag -%s; flags are written out, with two hyphens", s)
	}
	var known []string
	add := func(f *pflag.Flag) { known = append(known, "--"+f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return fmt.Errorf("unknown flag --%s for %s; %s", unknown.GetSpecifiedName(), cmd.CommandPath(),
		nearest.Remedy("--"+unknown.GetSpecifiedName(), known))
}

// Exactly asks for n arguments and says which when they are missing.
func Exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < n:
			return fmt.Errorf("misstep %s needs %s", cmd.Name(), what)
		case len(args) > n && n == 0:
			return fmt.Errorf("misstep %s takes %s; what is %q?", cmd.Name(), what, args[0])
		}
		return AtMost(n, what)(cmd, args)
	}
}

// AtMost allows for up to n arguments.
func AtMost(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("misstep %s takes %s only; what is %q?", cmd.Name(), what, args[n])
		}
		return nil
	}
}

// Between two lines of progress where there is no terminal.
const lineEvery = 3 * time.Second

// Progress shows how far a simulation is: a bar on a terminal, a line every few
// seconds elsewhere, nothing with --quiet.
type Progress struct {
	app   *App // nil: of no command
	out   io.Writer
	quiet bool
	bar   *pb.ProgressBar
	began time.Time
	last  time.Time
	now   func() time.Time
}

const barWidth = 80

const barTemplate = `{{counters . }} replicates {{bar . "[" "=" ">" " " "]"}} ` +
	`{{percent . "%.0f %%"}} {{rtime . "%s left" "%s" "?"}}`

// NewProgress is the progress of one simulation.
func (a *App) NewProgress() *Progress {
	p := ProgressTo(a.Err, a.Flags.Quiet, time.Now)
	p.app = a
	if f, ok := terminal(a.Err); ok && !p.quiet {
		p.bar = newBar(f)
	}
	return p
}

// ProgressTo is progress without a bar, by a clock.
func ProgressTo(out io.Writer, quiet bool, now func() time.Time) *Progress {
	at := now()
	return &Progress{out: out, quiet: quiet, now: now, began: at, last: at}
}

// newBar is a bar that goes away when it is done.
func newBar(w io.Writer) *pb.ProgressBar {
	bar := pb.ProgressBarTemplate(barTemplate).New(0).SetWriter(w)
	bar.SetRefreshRate(100 * time.Millisecond).SetWidth(barWidth)
	bar.Set(pb.CleanOnFinish, true)
	return bar.Set(pb.Terminal, true)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// Update takes the number of replicates done. It is called from several goroutines, one at a time.
func (p *Progress) Update(done, total int) {
	p.app.begin()
	switch {
	case p.quiet:
	case p.bar != nil:
		p.bar.SetTotal(int64(total)).SetCurrent(int64(done))
		if !p.bar.IsStarted() {
			p.bar.Start()
		}
	case done < total:
		left := time.Duration(float64(p.now().Sub(p.began)) / float64(done) * float64(total-done))
		p.Line(false, "%s of %s replicates, about %s left", say.Thousands(done), say.Thousands(total), say.Seconds(left))
	}
}

// Line tells how far something is, unless a line came a moment ago; the last one of a part always.
func (p *Progress) Line(last bool, format string, args ...any) {
	p.app.begin()
	now := p.now()
	if p.quiet || now.Sub(p.last) < lineEvery && !last {
		return
	}
	p.last = now
	fmt.Fprintf(p.out, "misstep: "+format+"\n", args...)
}

// Stop removes the bar.
func (p *Progress) Stop() {
	if p.bar != nil && p.bar.IsStarted() {
		p.bar.Finish()
	}
}

// together is what the library says of two flags of which only one may be given.
var together = regexp.MustCompile(`^if any flags in the group \[(\S+) (\S+)\] are set none of the others can be;.*`)

// apart says it as the other messages do.
func apart(text string) string {
	return together.ReplaceAllString(text, "--$1 and --$2 exclude each other; leave one of them out")
}
