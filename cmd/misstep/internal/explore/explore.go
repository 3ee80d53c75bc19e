// Package explore is the command misstep explore: a page with the engine inside, in which assumptions and designs can
// be moved.
//
// Package session answers, in the command and in the page; engine is the session as a worker of the page, and assets
// the page itself.
package explore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/explore/assets"
	"github.com/misstep/misstep/cmd/misstep/internal/explore/session"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// shown is the scenario that is explored where nobody names one.
const shown = "uk-china-dialogue-2026"

// New is the command misstep explore.
func New(a *cli.App) *cobra.Command {
	var write string
	cmd := &cobra.Command{
		Use:   "explore [SCENARIO|RUN]",
		Short: "Move an assumption or a decision in a page, and see what follows",
		Long: `explore makes a page in which what is assumed and what is decided can be moved: the answer
follows, over the same futures, and the page gives the command whose results have the same
bytes. The engine is in the page; nothing leaves the machine.

It serves the page on this machine alone, at a port that is free, until Ctrl-C ends it. With
--write it writes the page instead, as one file that works from a disk and from any web
host, and can be mailed. A scenario that has not been run is played first, and not stored;
without an argument it is uk-china-dialogue-2026.

A program that was built without the engine builds it with the Go toolchain.`,
		Example: `  misstep explore uk-china-dialogue-2026
  misstep explore outputs/uk-china-dialogue-2026-3f9c1ab
  misstep explore uk-china-dialogue-2026 --write dialogue.html`,
		Args:              cli.AtMost(1, "a run or a scenario"),
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return explore(cmd.Context(), a, append(args, shown)[0], write)
		},
	}
	cmd.Flags().StringVar(&write, "write", "", "write the page to this `FILE`, and serve nothing")
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	return cmd
}

// Payload is what the page knows before its engine is ready.
type Payload struct {
	Source      session.Source       `json:"source"`
	Description *session.Description `json:"description"`
	Check       string               `json:"check"` // of the shipped draft's first piece, which its engine must bring
}

func explore(ctx context.Context, a *cli.App, arg, write string) error {
	began := time.Now()
	if write != "" {
		if err := writable(write); err != nil {
			return err
		}
	}
	j, s, err := open(a, arg)
	if err != nil {
		return err
	}
	module, exec, err := engine(ctx, a) // before minutes of play
	if err != nil {
		return err
	}
	if s == nil {
		if _, s, err = run.Simulate(ctx, a, j); err != nil {
			return err
		}
	}
	payload, err := payloadOf(ctx, a, j, s)
	if err != nil {
		return err
	}
	page, err := assets.Page(assets.Parts{Title: s.Run.Title, Payload: payload, Module: module, Exec: exec})
	if err != nil {
		return err
	}
	if write == "" {
		return serve(ctx, a, page)
	}
	if err := runfolder.WriteFile(write, page); err != nil {
		return fmt.Errorf("%w; choose another place with --write", err)
	}
	_, err = fmt.Fprintf(a.Out, "wrote %s: %s, %s\n", write, say.Kilobytes(len(page)), say.Seconds(time.Since(began)))
	return err
}

// writable refuses what is no place for a page, before anything is computed.
func writable(path string) error {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".html" && ext != ".htm" {
		return fmt.Errorf("--write %s: the page is HTML; name a file that ends in .html", path)
	}
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: there is no folder %s; choose another place with --write", path, dir)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s: not a file; choose another place with --write", path)
	}
	return nil
}

// open opens a stored run, or a scenario: with the run of it that is stored, without a summary where none is.
func open(a *cli.App, arg string) (*run.Run, *summary.Summary, error) {
	if path, ok := run.ManifestPath(arg); ok {
		if f := a.SampleGiven(); f != "" {
			return nil, nil, fmt.Errorf("%s is a stored run, which is shown as it is; leave %s out, or name the scenario file",
				arg, f)
		}
		return stored(a, path)
	}
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, nil, err
	}
	if err := comparable(len(j.Scenario.Arms)); err != nil {
		return nil, nil, err
	}
	if path := filepath.Join(j.Folder(), runfolder.Name); cli.Exists(path) {
		r, err := run.OpenStored("explore", path)
		if err != nil {
			return nil, nil, err
		}
		return j, r.Summary, nil
	}
	return j, nil, nil
}

func comparable(arms int) error {
	if arms < 2 {
		return errors.New("one arm has nothing to be compared with; explore needs two arms or more")
	}
	return nil
}

// stored opens a run folder.
func stored(a *cli.App, path string) (*run.Run, *summary.Summary, error) {
	r, err := run.OpenStored("explore", path)
	if err != nil {
		return nil, nil, err
	}
	if err := comparable(len(r.Summary.Run.Arms)); err != nil {
		return nil, nil, err
	}
	if err := r.Newer(); err != nil {
		return nil, nil, err
	}
	j, err := run.Reload(path, r.Manifest)
	if err != nil {
		return nil, nil, err
	}
	j.Settings, err = a.Settings()
	return j, r.Summary, err
}

// payloadOf is what the page knows: the stored answer, a hundred of its futures, and what its engine has to bring.
func payloadOf(ctx context.Context, a *cli.App, j *run.Run, stored *summary.Summary) (*Payload, error) {
	source, err := sourceOf(j, stored)
	if err != nil {
		return nil, err
	}
	s, err := session.Open(source)
	if err != nil {
		return nil, err
	}
	bar := a.NewProgress()
	fine, _, err := s.Play(ctx, s.Shipped(), session.Fine, nil, j.Workers(), bar.Update)
	bar.Stop()
	if err != nil {
		return nil, err
	}
	first, err := s.Piece(ctx, s.Shipped(), session.Draft, 0)
	if err != nil {
		return nil, err
	}
	source.Stored = session.StoredAnswer(stored, fine)
	description, err := s.Describe(s.Shipped())
	if err != nil {
		return nil, err
	}
	return &Payload{Source: source, Description: description, Check: session.Check([][]byte{first})}, nil
}

// sourceOf is a run as a session opens it.
func sourceOf(j *run.Run, stored *summary.Summary) (session.Source, error) {
	p, in := &j.Plan, j.Inputs()
	s := session.Source{Format: session.Format, Name: j.Name, File: fileOf(j), Text: string(j.Text), Layers: j.Layers,
		Generator: p.Generator.String(), Seed: p.Seed, Draws: p.Draws, Replicates: p.Replicates, BlockSize: p.BlockSize,
		Delta: p.NoDifference(), Levers: stored.Headline.Levers}
	if d := stored.Headline.Deciding; d != nil {
		for i := range d.Numbers {
			s.Deciding = append(s.Deciding, d.Numbers[i].Path)
		}
	}
	shipped, err := run.ShippedPosterior()
	if err != nil {
		return s, err
	}
	switch sample := j.Learned.Posterior; {
	case sample == nil || sample != shipped && in.Posterior == nil:
		s.Prior = true
	case sample != shipped:
		s.Posterior = in.Posterior.Text
	default:
		s.Asked = in.Posterior != nil && !sample.Covers(j.Scenario)
	}
	return s, nil
}

// fileOf is the scenario as a command names it, in its folder: the page goes to others, whom ours do not concern.
func fileOf(j *run.Run) string {
	if text, ok := run.Shipped(j.Name); ok && string(text) == string(j.Text) {
		return j.Name
	}
	if j.Manifest != nil {
		return j.Name + ".yaml"
	}
	return filepath.Base(j.File)
}
