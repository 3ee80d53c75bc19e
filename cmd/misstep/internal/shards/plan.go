// Package shards shares out a long command among machines: a folder holds what it plays and how that is cut, each shard
// of its points is played apart, and their points together give what the command gives on one machine.
package shards

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
)

// plan is how a command is shared out: all of it stands in the manifest of its folder, under inputs, so that nobody can
// change it unnoticed. Nothing in it is of the machine that made it.
type plan struct {
	Version string   `json:"version"` // of the program
	Model   string   `json:"model_version"`
	Command string   `json:"command"`
	Args    []string `json:"args"`   // but for the run that it looks into
	Head    string   `json:"head"`   // sha256 of the command and all that its points depend on
	Proof   string   `json:"proof"`  // hash of a little that the program computes
	Stages  []stage  `json:"stages"` // each depends on the ones before

	folder string
	hash   string // of all of this
	run    string // the manifest of the run that the command looks into; "" for none
}

// stage is a part of the points: those from where the stage before ends up to To, in shards of so many.
type stage struct {
	To   int `json:"to"`
	Each int `json:"each"`
}

// runFile is the manifest of the run that a command looks into, as a file of the plan.
const runFile = "run.json"

// planCommand is under which name the folder of a plan is stored.
const planCommand = "plan"

// stretch is the points of a shard, From+1 to To, which depend on those up to Needs.
type stretch struct{ From, To, Needs int }

// shards are those of a stage that begins behind a point.
func (g stage) shards(from int) int { return (g.To - from + g.Each - 1) / g.Each }

// count is how many shards there are; upTo is how many of them hold the points up to a stage's end.
func (p *plan) count() int { return p.upTo(math.MaxInt) }

func (p *plan) upTo(point int) (n int) {
	from := 0
	for _, g := range p.Stages {
		if g.To > point {
			break
		}
		n += g.shards(from)
		from = g.To
	}
	return n
}

// points is how many there are.
func (p *plan) points() int { return p.Stages[len(p.Stages)-1].To }

// shard is the k-th, from 1.
func (p *plan) shard(k int) (stretch, error) {
	from, left := 0, k-1
	for _, g := range p.Stages {
		if n := g.shards(from); left >= n && left >= 0 {
			left, from = left-n, g.To
			continue
		}
		if left < 0 {
			break
		}
		at := from + left*g.Each
		return stretch{at, min(at+g.Each, g.To), from}, nil
	}
	return stretch{}, fmt.Errorf("%s has shards 1 to %d; there is no %d", p.folder, p.count(), k)
}

func (p *plan) file(k int) string {
	return filepath.Join(p.folder, "shards", strconv.Itoa(k)+".points")
}

// shardHead is the first line of a shard: without it a shard could be taken for another.
type shardHead struct {
	Plan  string `json:"plan"` // its hash
	Shard int    `json:"shard"`
}

func (p *plan) head(k int) []byte {
	head, _ := json.Marshal(shardHead{p.hash, k}) // of a text and a number
	return head
}

// is refuses a program that plays something else than the one that made the plan, or computes other numbers.
func (p *plan) is(points *cli.Points) error {
	if points.Command != p.Command || runfolder.Sum(points.Head) != p.Head || !slices.Equal(points.Ends, p.ends()) {
		return cli.Failed(fmt.Errorf("%s: this program reads the plan otherwise than the one that made it; use that one, or "+
			"make the plan anew", p.folder))
	}
	proof, err := points.Proof()
	if err == nil && proof != p.Proof {
		err = cli.Failed(fmt.Errorf("%s: this machine computes other numbers than the one that made the plan; nothing is "+
			"played, since both could not be joined", p.folder))
	}
	return err
}

func (p *plan) ends() (out []int) {
	for _, g := range p.Stages {
		out = append(out, g.To)
	}
	return out
}

// open reads a plan, and refuses one of another version of the program.
func open(folder string) (*plan, error) {
	folder = filepath.Clean(folder)
	if _, err := os.Stat(filepath.Join(folder, runfolder.Name)); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no plan; misstep plan --write %s COMMAND makes one", folder, folder)
	}
	w, err := runfolder.OpenWork(folder)
	if err != nil {
		return nil, cli.Failed(err)
	}
	p := &plan{folder: folder, hash: w.Hash}
	if w.Command != planCommand {
		return nil, fmt.Errorf("%s: results of misstep %s, not a plan", folder, say.Visible(w.Command))
	}
	d := json.NewDecoder(bytes.NewReader(w.Inputs))
	d.DisallowUnknownFields()
	if err := cmp.Or(d.Decode(p), p.check(w)); err != nil {
		return nil, cli.Failed(fmt.Errorf("%s: %w; make the plan anew", filepath.Join(folder, runfolder.Name), err))
	}
	if is := run.Program().Version; p.Version != is || p.Model != experiment.ModelVersion {
		return nil, cli.Failed(fmt.Errorf("%s: made by misstep %s with model %s; this is %s with model %s, and both could "+
			"not be joined: use one version", folder, say.Visible(p.Version), say.Visible(p.Model), is, experiment.ModelVersion))
	}
	if slices.ContainsFunc(w.Files, func(f runfolder.File) bool { return f.Name == runFile }) {
		p.run = filepath.Join(folder, runFile)
	}
	return p, nil
}

// check holds a plan against what every plan has.
func (p *plan) check(w *runfolder.Work) error {
	if again := runfolder.NewWork(w.Program, planCommand, p); again.Hash != w.Hash {
		return errors.New("the plan was changed after it was written: its hash is another")
	}
	from := 0
	for _, g := range p.Stages {
		if g.To <= from || g.Each < 1 {
			return fmt.Errorf("a stage up to point %d behind point %d, in shards of %d, is none", g.To, from, g.Each)
		}
		from = g.To
	}
	if from == 0 {
		return errors.New("a plan without points")
	}
	for _, arg := range p.Args { // may come from anywhere
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		if strings.HasPrefix(arg, "--") && slices.Contains(slices.Concat(ofMerge, ofMoment, ofManifest), name) &&
			!slices.Contains(ofFits, name) {
			return fmt.Errorf("--%s is no part of a plan", name)
		}
	}
	return p.few()
}

// few bounds how many shards there are, each of which is a file.
func (p *plan) few() error {
	const most = 1000000
	if n := p.count(); n > most {
		return fmt.Errorf("%s shards are more than %s; make them larger with --length or --each", say.Thousands(n),
			say.Thousands(most))
	}
	return nil
}

// array writes numbers as engines take them: 3,7-9.
func array(numbers []int) string {
	var out []byte
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if len(out) > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(numbers[i]), 10)
		if j > i {
			out = strconv.AppendInt(append(out, '-'), int64(numbers[j]), 10)
		}
		i = j + 1
	}
	return string(out)
}
