package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// CompleteFolder offers folders.
func CompleteFolder(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
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

// Exactly asks for n arguments and says which when they are missing.
func Exactly(n int, what string) cobra.PositionalArgs {
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

// flagNames lists the flags of a command, those of the root among them.
func flagNames(cmd *cobra.Command) []string {
	var out []string
	add := func(f *pflag.Flag) { out = append(out, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return out
}
