package gallery

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/posterior"
)

// galleryMain is the scenario of which the gallery has every figure.
const galleryMain = "uk-china-dialogue-2026"

// gallerySize is how large the analyses of a gallery are: a minute each, and not what
// their commands take. Tests have smaller ones.
type gallerySize struct {
	WhyDraws, WhyReplicates                int
	BreakevenDraws, BreakevenReplicates    int
	Along                                  int // values of each of the two numbers of breakeven
	Trajectories, Rows, PointReplicates    int
	FirstStrength, SecondStrength, Outcome string
}

var galleryAnalyses = gallerySize{WhyDraws: 100, WhyReplicates: 6, BreakevenDraws: 120, BreakevenReplicates: 8,
	Along:        5,
	Trajectories: 12, Rows: 1024, PointReplicates: 16, FirstStrength: "strength.delay",
	SecondStrength: "strength.private_option", Outcome: "missteps"}

// galleryPlot is how the pictures of a gallery are drawn: 1040 pixels wide, which a
// page shows at half that and a screen of many dots in full.
var galleryPlot = figure.Options{Width: 8, DPI: 130, Formats: []string{"png"}, Small: true}

// painter is a gallery under way.
type painter struct {
	app      *cli.App
	scratch  string // folder of what the analyses keep while they run
	runs     map[string]string
	pictures []galleryPicture
}

// galleryPicture is one picture of it.
type galleryPicture struct {
	scenario, title string // empty for what is about the record
	kind, made, alt string
	data            []byte
}

// galleryInputs are what a gallery depends on.
type galleryInputs struct {
	Model     string            `json:"model_version"`
	Runs      map[string]string `json:"runs"` // hash of the inputs, by scenario
	Analyses  gallerySize       `json:"analyses"`
	Posterior string            `json:"posterior"` // SHA-256 of the tables that ship
	Fit       string            `json:"fit"`
	Hindcast  string            `json:"hindcast"`
}

// drawGallery draws the figures of the shipped scenarios and of the shipped tables into a
// folder, with a page that shows them. The folder appears whole or not at all.
func drawGallery(ctx context.Context, a *cli.App, dir string) error {
	began := time.Now()
	parent, name := filepath.Split(filepath.Clean(dir))
	if err := galleryPlace(dir); err != nil {
		return err
	}
	if err := run.Writable(filepath.Clean(parent)); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "misstep-gallery-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	g := &painter{app: a.Inside(scratch), scratch: scratch, runs: map[string]string{}}
	if err := g.paint(ctx); err != nil {
		return err
	}
	files, err := g.files()
	if err != nil {
		return err
	}
	in := galleryInputs{Model: experiment.ModelVersion, Runs: g.runs, Analyses: galleryAnalyses,
		Fit: runfolder.Sum(posterior.FitTable()), Hindcast: runfolder.Sum(backtest.Hindcast)}
	if p, err := run.ShippedPosterior(); err == nil && p != nil {
		in.Posterior = runfolder.Sum(p.Bytes())
	}
	outcome, err := runfolder.WriteWork(filepath.Clean(parent), name, runfolder.NewWork(run.Program(), "gallery", in),
		files,
		true)
	if err != nil {
		return err
	}
	bytes := 0
	for _, f := range files {
		bytes += len(f.Data)
	}
	word := map[runfolder.Outcome]string{runfolder.Written: "wrote", runfolder.Redrawn: "redrawn",
		runfolder.Unchanged: "unchanged"}[outcome]
	_, err = fmt.Fprintf(a.Out, "%s %s: %s and README.md, %s, %s\n", word, dir, say.Counted(len(g.pictures), "picture"),
		say.Kilobytes(bytes), say.Seconds(time.Since(began)))
	return err
}

// galleryPlace makes sure that a folder is a gallery or not there: what stands in its
// place is replaced.
func galleryPlace(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return cli.Plainly(dir, err)
	case len(entries) == 0:
		return nil
	}
	w, err := runfolder.OpenWork(dir)
	if err == nil && w.Command != "gallery" {
		err = fmt.Errorf("%s: holds results of misstep %s and no gallery; choose another folder", dir, w.Command)
	}
	return err
}

// sized is the program at another size.
func (g *painter) sized(draws, replicates int) *cli.App {
	a := g.app.Inside(g.scratch)
	a.Give("run.draws", "draws", strconv.Itoa(draws))
	a.Give("run.replicates", "replicates", strconv.Itoa(replicates))
	return a
}

// paint makes every picture, those of the main scenario first.
func (g *painter) paint(ctx context.Context) error {
	if err := g.scenario(ctx, galleryMain, figure.Names()); err != nil {
		return err
	}
	for _, analysis := range []func(context.Context) error{g.why, g.breakeven, g.sensitivity} {
		if err := analysis(ctx); err != nil {
			return err
		}
	}
	if err := g.record(); err != nil {
		return err
	}
	for _, name := range run.ShippedNames() {
		if name == galleryMain {
			continue
		}
		if err := g.scenario(ctx, name, []string{"escalation", "effect"}); err != nil {
			return err
		}
	}
	return nil
}

// add keeps the picture among the files of a figure.
func (g *painter) add(p galleryPicture, files []figure.File, err error) error {
	if err != nil {
		return err
	}
	for _, f := range files {
		if filepath.Ext(f.Name) == ".png" {
			p.data = f.Data
		}
	}
	g.pictures = append(g.pictures, p)
	return nil
}

// scenario plays a shipped scenario and draws some of its figures.
func (g *painter) scenario(ctx context.Context, name string, kinds []string) error {
	g.app.Note("gallery: %s", name)
	j, err := run.Open(g.app, name)
	if err != nil {
		return err
	}
	sums, s, err := run.Simulate(ctx, g.app, j)
	if err != nil {
		return err
	}
	h, _, err := run.HistoryOf(ctx, j, sums)
	if err != nil {
		return err
	}
	g.runs[name] = j.Describe(nil, nil).Hash
	for _, kind := range kinds {
		alt, err := figure.Alt(kind, s, h)
		if err != nil {
			return err
		}
		files, err := figure.One(kind, s, h, galleryPlot)
		p := galleryPicture{scenario: name, title: j.Scenario.Title, kind: kind, made: "misstep run " + name, alt: alt}
		if err := g.add(p, files, err); err != nil {
			return err
		}
	}
	return nil
}
