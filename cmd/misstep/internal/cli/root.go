package cli

import "github.com/spf13/cobra"

// Root is the command misstep with some commands below it, in the order of the help.
func Root(a *App, commands []func(*App) *cobra.Command) *cobra.Command {
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
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(unknownFlag)
	root.CompletionOptions.HiddenDefaultCmd = false
	root.PersistentFlags().StringVar(&a.Flags.Config, "config", "",
		"read settings from `FILE` (default config.yaml, if it is there)")
	root.PersistentFlags().BoolVar(&a.Flags.Quiet, "quiet", false, "no progress and no notes")
	for _, c := range commands {
		root.AddCommand(c(a))
	}
	return root
}
