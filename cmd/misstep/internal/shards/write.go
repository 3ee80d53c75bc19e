package shards

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// DefaultLength is how long a shard takes where nothing is said [s of one processor].
const DefaultLength = 60

// Size is how large a shard is: of so many points, or, where that is 0, as many as take so long [s of one processor],
// of one at least.
type Size struct {
	Length float64
	Each   int
}

func (z Size) check() error {
	switch {
	case z.Length <= 0 || math.IsInf(z.Length, 0) || math.IsNaN(z.Length):
		return fmt.Errorf("--length %v is no time; give the seconds that a shard shall take", z.Length)
	case z.Each < 0:
		return fmt.Errorf("--each %d is no number of points", z.Each)
	}
	return nil
}

// Write shares out a command: a folder holds it, its inputs and how its points are cut.
func Write(ctx context.Context, a *cli.App, folder string, size Size, command []string) error {
	if err := size.check(); err != nil {
		return err
	}
	if err := sharable(a, command); err != nil {
		return err
	}
	var of *cli.Points
	part := &cli.Part{Begin: func(p *cli.Points) error {
		of = p
		return cli.ErrParted
	}}
	cmd, err := inner(ctx, a, part, a.Flags.Config, append(slices.Clone(command), "--workers", "1"))
	if err == nil {
		err = errors.New("the command has ended, with nothing to share out")
	}
	if !errors.Is(err, cli.ErrParted) {
		return err
	}
	p := &plan{Version: run.Program().Version, Model: experiment.ModelVersion, Command: of.Command,
		Head: runfolder.Sum(of.Head), folder: filepath.Clean(folder)}
	if p.Args, err = arguments(cmd, of.Manifest != nil); err != nil {
		return err
	}
	p.Args = append(p.Args, of.Args...)
	if p.Proof, err = of.Proof(); err != nil {
		return err
	}
	each, err := p.cut(of, size)
	if err != nil {
		return err
	}
	if err := p.few(); err != nil {
		return err
	}
	var files []runfolder.File
	if of.Manifest != nil {
		files = append(files, runfolder.NewFile(runFile, of.Manifest(), false))
	}
	w := runfolder.NewWork(run.Program(), planCommand, p)
	if cli.Exists(p.folder) {
		if old, err := runfolder.OpenWork(p.folder); err != nil || old.Hash != w.Hash {
			return fmt.Errorf("%s: stands already, and is not this plan; choose another folder, or move it away", p.folder)
		}
	}
	outcome, err := runfolder.WriteWork(filepath.Dir(p.folder), filepath.Base(p.folder), w, files, false)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.Out, p.screen(outcome, each))
	return err
}

// cut cuts the points into shards, and says how long one takes [s], 0 where that was not asked for.
func (p *plan) cut(of *cli.Points, size Size) (each float64, err error) {
	n := float64(size.Each)
	if size.Each == 0 {
		if each, err = of.Each(); err != nil {
			return 0, err
		}
		n = math.Ceil(size.Length / each)
	}
	for _, to := range of.Ends {
		p.Stages = append(p.Stages, stage{to, int(max(1, min(float64(to), n)))})
	}
	return each, nil
}

// sharable makes sure that there is a command, and that its points can be shared out.
func sharable(a *cli.App, command []string) error {
	root := a.Root(a.Inner(nil))
	var names []string
	for _, c := range root.Commands() {
		if c.Annotations[cli.SharesOut] != "" {
			names = append(names, c.Name())
		}
	}
	list := say.And(names)
	if len(command) == 0 {
		return fmt.Errorf("misstep plan --write needs a command with its arguments: one of %s", list)
	}
	cmd, _, err := root.Find(command)
	switch {
	case err != nil || cmd == root:
		return fmt.Errorf("unknown command %q; what can be shared out is %s", command[0], list)
	case cmd.Annotations[cli.SharesOut] == "":
		return fmt.Errorf("misstep %s is not shared out: no part of it stands by itself; what is are %s", cmd.Name(), list)
	}
	return nil
}

// inner runs a command in the program once more, with the settings of a file, or of the one that it finds.
func inner(ctx context.Context, a *cli.App, part *cli.Part, config string, args []string) (*cobra.Command, error) {
	if a.Flags.Quiet {
		args = append(args, "--quiet")
	}
	if config != "" {
		args = append([]string{"--config", config}, args...)
	}
	root := a.Root(a.Inner(part))
	root.SetArgs(args)
	return root.ExecuteContextC(ctx)
}

// Flags of a command that are none of its plan: what is of the machine and of the moment, and, where there is a
// manifest, what that holds.
var (
	ofMerge    = []string{"json", "out", "resume"}
	ofMoment   = []string{"config", "quiet", "workers", "anyway"}
	ofManifest = []string{"set", "arm", "contrast", "posterior", "prior", "seed", "draws", "replicates", "generator",
		"bom", "from", "no-side-runs"}
	ofFits = []string{"seed", "generator"} // which have no manifest
)

// arguments are those that make the command elsewhere what it is here.
func arguments(cmd *cobra.Command, manifest bool) (out []string, err error) {
	if !manifest {
		out = append(out, cmd.Flags().Args()...)
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		list, several := f.Value.(pflag.SliceValue)
		switch {
		case slices.Contains(ofMerge, f.Name):
			err = fmt.Errorf("--%s: leave it out of a plan; misstep merge takes --json and --out", f.Name)
		case slices.Contains(ofMoment, f.Name) || manifest && slices.Contains(ofManifest, f.Name):
		case several:
			for _, text := range list.GetSlice() {
				out = append(out, "--"+f.Name+"="+text)
			}
		default:
			out = append(out, "--"+f.Name+"="+f.Value.String())
		}
	})
	return out, err
}

// screen says what a plan is, and what to do with it.
func (p *plan) screen(outcome runfolder.Outcome, each float64) *say.Screen {
	s := &say.Screen{}
	put := func(label, format string, args ...any) { s.Field(" ", label, 11, fmt.Sprintf(format, args...)) }
	took := func(points int) string {
		if each == 0 {
			return ""
		}
		return ", about " + say.Seconds(seconds(each*float64(points))) + " of one processor"
	}
	last := p.Stages[len(p.Stages)-1]
	s.Put("", "", "misstep %s in %s of %s at most%s", p.Command, say.Counted(p.count(), "shard"),
		say.Counted(last.Each, "point"), took(last.Each))
	put("points", "%s%s", say.Thousands(p.points()), took(p.points()))
	first := 1
	for i, g := range p.Stages {
		last := p.upTo(g.To)
		if len(p.Stages) > 1 {
			put(fmt.Sprintf("stage %d", i+1), "shards %s%s", array(numbers(first, last)),
				map[bool]string{true: ", once all before are there"}[i > 0])
		}
		first = last + 1
	}
	put("plan", "%s %s", outcome, p.folder)
	put("play", "misstep shard %s K, for K from 1 to %d", p.folder, p.count())
	put("join", "misstep merge %s", p.folder)
	put("engines", "misstep cluster %s %s writes the files of one", strings.Join(engineNames(), "|"), p.folder)
	return s
}
