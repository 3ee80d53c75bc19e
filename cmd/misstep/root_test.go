package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// call runs the program in this process.
func call(args ...string) (status int, out, err string) {
	var o, e bytes.Buffer
	status = execute(args, strings.NewReader(""), &o, &e)
	return status, o.String(), e.String()
}

// TestPanicIsOurs: a panic ends as a short message that asks for a report.
func TestPanicIsOurs(t *testing.T) {
	defer func(was []func(*cli.App) *cobra.Command) { commands = was }(commands)
	commands = append(commands, func(*cli.App) *cobra.Command {
		return &cobra.Command{Use: "burst", RunE: func(*cobra.Command, []string) error {
			var v *scenario.Scenario
			_ = v.Name
			return nil
		}}
	})
	status, out, err := call("burst")
	if status != 1 || out != "" {
		t.Errorf("status %d, %q", status, out)
	}
	for _, want := range []string{"misstep: internal error: runtime error: invalid memory address", "cmd/misstep", "line ",
		"please report it", "https://github.com/misstep/misstep/issues"} {
		if !strings.Contains(err, want) {
			t.Errorf("lacks %q: %s", want, err)
		}
	}
	if strings.Contains(err, "goroutine") || strings.Count(err, "\n") != 2 {
		t.Errorf("not short: %s", err)
	}
}

// TestHelpEverywhere: every command has help with an example or words of its own,
// its flags have descriptions, and none begins with a capital or ends with a stop.
func TestHelpEverywhere(t *testing.T) {
	root := cli.Root(&cli.App{}, commands)
	for _, c := range root.Commands() {
		if c.Short == "" || c.Long == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: %q", c.Name(), c.Short)
		}
		for _, line := range strings.Split(c.Long, "\n") {
			if len([]rune(line)) > 100 {
				t.Errorf("%s: a line of %d letters", c.Name(), len([]rune(line)))
			}
		}
		if status, out, err := call(c.Name(), "--help"); status != 0 || err != "" || !strings.Contains(out, "Usage:") {
			t.Errorf("%s --help: %d, %s", c.Name(), status, err)
		}
		for _, name := range flagNames(c) {
			if f := c.Flag(name); f.Usage == "" {
				t.Errorf("%s --%s has no description", c.Name(), name)
			}
		}
	}
}

// TestHelpInGroups: every command stands in one group, and the list fits a terminal. Catches a
// command that was added and left out, or whose line breaks.
func TestHelpInGroups(t *testing.T) {
	for _, c := range grouped(cli.Root(&cli.App{}, commands)).Commands() {
		in := 0
		for _, g := range groups {
			for _, name := range g.commands {
				if name == c.Name() {
					in++
				}
			}
		}
		if c.Name() != "help" && in != 1 {
			t.Errorf("%s stands in %d groups", c.Name(), in)
		}
	}
	_, out, _ := call()
	at := 0
	for _, want := range []string{"\nAsk\n  run ", "\nQuestion the assumptions\n  params ", "\nEvidence\n  evidence ",
		"\nFiles\n  new ", "\n  version "} {
		i := strings.Index(out[at:], want)
		if i < 0 {
			t.Fatalf("no %q after letter %d of\n%s", want, at, out)
		}
		at += i
	}
	for line := range strings.Lines(out) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestUnknown: whatever is unknown is refused on standard error alone.
func TestUnknown(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"rum"}, `unknown command "rum"; did you mean "run"?`},
		{[]string{"--verbose"}, "unknown flag --verbose for misstep;"},
		{[]string{"plan", "x", "--worker", "3"}, `did you mean "--workers"?`},
		{[]string{"validate", "--json", "x"}, "unknown flag --json for misstep validate"},
		{[]string{"run", "-j", "x"}, "unknown flag -j; flags are written out"},
		{[]string{"run", "x", "--out"}, "--out needs a value"},
		{[]string{"run", "x", "--quiet=perhaps"}, `invalid argument "perhaps"`},
		{[]string{"help", "nothing"}, `unknown command "nothing"; known: backtest, `},
		{[]string{"help", "rum"}, `unknown command "rum"; did you mean "run"?`},
	} {
		status, out, err := call(c.args...)
		if c.want != "" && (status != 2 || out != "") {
			t.Errorf("%v: status %d, out %q", c.args, status, out)
		}
		if !strings.Contains(err+out, c.want) || strings.Contains(err, "Usage:") && c.want != "" {
			t.Errorf("%v: %s", c.args, err)
		}
	}
}

// flagNames lists the flags of a command, those of the root among them.
func flagNames(cmd *cobra.Command) []string {
	var out []string
	add := func(f *pflag.Flag) { out = append(out, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return out
}
