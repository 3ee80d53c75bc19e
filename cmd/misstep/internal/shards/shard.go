package shards

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/spf13/cobra"
)

// NewShard is the command misstep shard.
func NewShard(a *cli.App) *cobra.Command {
	var workers int
	cmd := &cobra.Command{
		Use:   "shard FOLDER K",
		Short: "Play a shard of a command that misstep plan shared out",
		Long: `shard plays shard K of the plan in a folder, and keeps its points in FOLDER/shards. Once
they are there it does nothing; after an interruption it goes on with what there is. It refuses
the plan of another version, and a machine that computes other numbers than the one that made
the plan.`,
		Example: `  misstep plan --write big sweep uk-china-dialogue-2026 --vary strength.delay=0:1:101
  misstep shard big 1
  misstep merge big`,
		Args:              cli.Exactly(2, "the folder of a plan and the number of a shard"),
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := strconv.Atoi(args[1])
			if err != nil {
				return fmt.Errorf("%q is no number of a shard", args[1])
			}
			return shard(cmd.Context(), a, args[0], k, workers)
		},
	}
	cmd.Flags().IntVar(&workers, "workers", 0, "play with `N` workers at once (one for every processor)")
	return cmd
}

func shard(ctx context.Context, a *cli.App, folder string, k, workers int) error {
	p, err := open(folder)
	if err != nil {
		return err
	}
	at, err := p.shard(k)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("shard %d of %d: points %s to %s of %s in %s", k, p.count(), say.Thousands(at.From+1),
		say.Thousands(at.To), say.Thousands(p.points()), p.file(k))
	if p.look(k).whole() {
		runfolder.TidyLog(p.file(k))
		_, err = fmt.Fprintln(a.Out, "unchanged", what)
		return err
	}
	if err := p.lacks(p.upTo(at.Needs)); err != nil { // before a scenario is read
		return err
	}
	part := p.part(at.Needs)
	part.Log, part.Head, part.From, part.To = p.file(k), p.head(k), at.From, at.To
	if err := p.heal(k); err != nil {
		return err
	}
	if err = p.play(ctx, a, part, "--workers", strconv.Itoa(workers)); errors.Is(err, cli.ErrParted) {
		_, err = fmt.Fprintln(a.Out, "wrote", what)
	}
	if ctx.Err() != nil {
		a.Note("shard %d: %s of %s are kept; the same command goes on", k, say.Thousands(p.look(k).have),
			say.Counted(at.To-at.From, "point"))
	}
	return err
}

// part says what is played of the command once the points up to a number are there, none where all are.
func (p *plan) part(needs int) *cli.Part {
	return &cli.Part{Manifest: p.run, Begin: p.is, Earlier: func(do func([]byte) error) error {
		for k := 1; k <= p.upTo(needs); k++ {
			if err := p.each(k, do); err != nil {
				return err
			}
		}
		return nil
	}}
}

func (p *plan) play(ctx context.Context, a *cli.App, part *cli.Part, more ...string) error {
	if err := sharable(a, []string{p.Command}); err != nil {
		return err
	}
	args := []string{p.Command}
	if p.run != "" {
		args = append(args, p.run)
	}
	args = append(append(args, p.Args...), more...)
	_, err := inner(ctx, a, part, settings.None, args) // the plan has all settings
	return err
}

// state is what there is of a shard.
type state struct {
	have, want int
	wrong      string // why what is there is no part of the plan; "" where it is
	unread     error  // what keeps from reading it at the moment, which says nothing of what is there
}

func (s state) whole() bool { return s.unread == nil && s.wrong == "" && s.have == s.want }

// look looks at a shard that somebody may be at work on.
func (p *plan) look(k int) state {
	log, s := p.read(k)
	if log != nil {
		log.Close()
	}
	return s
}

// read opens a shard, where there is one that can be read, and says what there is of it.
func (p *plan) read(k int) (*runfolder.Log, state) {
	at, _ := p.shard(k)
	s := state{want: at.To - at.From}
	log, err := runfolder.ReadLog(p.file(k))
	if cause := syscall.Errno(0); errors.As(err, &cause) { // of the disk or the machine, not of the file
		s.unread = cli.Failed(err)
		return nil, s
	}
	if err != nil {
		s.wrong = damaged
		return nil, s
	}
	if log.Head() == nil {
		return log, s
	}
	var is shardHead
	_ = json.Unmarshal(log.Head(), &is) // another head is of another plan
	switch s.have = log.Have; {
	case is.Plan != p.hash:
		s.wrong = foreign
	case is.Shard != k:
		s.wrong = fmt.Sprintf("a copy of shard %d", is.Shard)
	case log.Damaged() || s.have > s.want || s.have == s.want && !log.Whole():
		s.wrong = damaged
	}
	return log, s
}

// What can be wrong with a shard.
const (
	damaged = "damaged"
	foreign = "of another plan"
)

// heal removes what stands in the place of a shard and is none; what can be believed of one that is damaged stays.
func (p *plan) heal(k int) error {
	switch s := p.look(k); {
	case s.unread != nil:
		return s.unread
	case s.wrong == "", s.wrong == damaged && s.have > 0 && s.have < s.want:
		return nil
	case s.wrong == foreign:
		return cli.Failed(fmt.Errorf("%s: a shard of another plan; move it to where it belongs", p.file(k)))
	}
	if err := runfolder.RemoveLog(p.file(k)); err != nil {
		return cli.Failed(err)
	}
	return nil
}

// each reads the points of a shard, in order.
func (p *plan) each(k int, do func(line []byte) error) error {
	log, s := p.read(k)
	if log != nil {
		defer log.Close()
	}
	if s.unread != nil {
		return s.unread
	}
	if !s.whole() {
		return fmt.Errorf("%s: changed meanwhile; merge again", p.file(k))
	}
	return log.Each(func(_ int, line []byte) error { return do(line) })
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func numbers(first, last int) []int {
	out := make([]int, 0, max(0, last-first+1))
	for n := first; n <= last; n++ {
		out = append(out, n)
	}
	return out
}

// missing reports whether a file is not there.
func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}
