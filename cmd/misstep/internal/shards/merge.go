package shards

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/spf13/cobra"
)

// NewMerge is the command misstep merge.
func NewMerge(a *cli.App) *cobra.Command {
	var out string
	var lacking bool
	cmd := &cobra.Command{
		Use:   "merge FOLDER",
		Short: "Join the shards of a command to what it gives on one machine",
		Long: `merge makes sure that all shards of the plan in a folder are there and whole, joins their
points in order, and goes on as the command does that has played all of them: to the same bytes.
Where shards are missing or damaged it names them as an engine takes them, 3,7-9, and joins
nothing. --json prints what the command prints.`,
		Example: `  misstep merge big
  misstep merge big --missing
  misstep merge big --out results --json`,
		Args:              cli.Exactly(1, "the folder of a plan"),
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			if lacking {
				return missingOf(a, args[0])
			}
			return merge(cmd.Context(), a, args[0], out)
		},
	}
	cmd.Flags().BoolVar(&lacking, "missing", false, "print the shards that are missing or damaged, a line for "+
		"each stage, and do nothing else")
	cmd.Flags().StringVar(&out, "out", "", "write the results below this `FOLDER` (outputs)")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	return cmd
}

func merge(ctx context.Context, a *cli.App, folder, out string) error {
	p, err := open(folder)
	if err != nil {
		return err
	}
	if err := p.lacks(p.count()); err != nil { // before a scenario is read
		return err
	}
	var more []string
	if out != "" {
		more = append(more, "--out", out)
	}
	if a.Flags.JSON {
		more = append(more, "--json")
	}
	part := p.part(p.points())
	part.Joins = true
	return p.play(ctx, a, part, more...)
}

// lacks says which of the first shards are not there and whole, nil where all are.
func (p *plan) lacks(first int) error {
	why := map[string][]int{}
	var all []int
	for k := 1; k <= first; k++ {
		s := p.look(k)
		if s.unread != nil {
			return s.unread
		}
		if s.whole() {
			continue
		}
		all = append(all, k)
		switch {
		case s.wrong != "":
			why[s.wrong] = append(why[s.wrong], k)
		case missing(p.file(k)):
			why["missing"] = append(why["missing"], k)
		default:
			why["unfinished"] = append(why["unfinished"], k)
		}
	}
	if len(all) == 0 {
		return nil
	}
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(why)) {
		parts = append(parts, array(why[what])+" "+what)
	}
	text := fmt.Sprintf("%s: %d of %s are not there or not whole: %s (%s)", p.folder, len(all),
		say.Counted(first, "shard"), array(all), strings.Join(parts, "; "))
	if first < p.count() {
		text += "; what comes after them depends on them"
	}
	return cli.Failed(errors.New(text + "; play them with misstep shard, then once more"))
}

// missingOf prints what would have to be played before a merge, a line for each stage that lacks some.
func missingOf(a *cli.App, folder string) error {
	p, err := open(folder)
	if err != nil {
		return err
	}
	k := 1
	for _, g := range p.Stages {
		var lacking []int
		for ; k <= p.upTo(g.To); k++ {
			s := p.look(k)
			if s.unread != nil {
				return s.unread
			}
			if !s.whole() {
				lacking = append(lacking, k)
			}
		}
		if len(lacking) == 0 {
			continue
		}
		if _, err := fmt.Fprintln(a.Out, array(lacking)); err != nil {
			return err
		}
	}
	return nil
}
