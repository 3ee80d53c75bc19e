// Package gallery is the command misstep figures: those of a stored run, and a gallery
// of those of the shipped scenarios.
package gallery

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
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
	DecideDraws, DecideReplicates          int
	BreakevenDraws, BreakevenReplicates    int
	Along                                  int // values of each of the two numbers of breakeven
	Trajectories, Rows, PointReplicates    int
	FirstStrength, SecondStrength, Outcome string
}

var galleryAnalyses = gallerySize{WhyDraws: 100, WhyReplicates: 6, DecideDraws: 200, DecideReplicates: 12,
	BreakevenDraws: 120, BreakevenReplicates: 8,
	Along:        5,
	Trajectories: 12, Rows: 1024, PointReplicates: 16, FirstStrength: "strength.delay",
	SecondStrength: "strength.private_option", Outcome: "missteps"}

// galleryPlot is how the pictures of a gallery are drawn: 1040 pixels wide, which a
// page shows at half that and a screen of many dots in full.
var galleryPlot = figure.Options{Width: 8, DPI: 130, Formats: []string{"png"}, Small: true}

// drawGallery draws the figures of the shipped scenarios and of the shipped tables into a
// folder, with a page that shows them. The folder appears whole or not at all.
func drawGallery(ctx context.Context, a *cli.App, dir string) error {
	began := time.Now()
	parent, name := filepath.Split(filepath.Clean(dir))
	if err := galleryPlace(dir); err != nil {
		return err
	}
	if err := run.Writable(a, filepath.Clean(parent)); err != nil {
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
	files := g.files()
	shipped := "" // hash of the posterior
	if p, err := run.ShippedPosterior(); err == nil && p != nil {
		shipped = runfolder.Sum(p.Bytes())
	}
	in := say.Object{"model_version", experiment.ModelVersion, "runs", g.runs, "analyses", galleryAnalyses,
		"posterior", shipped, "fit", runfolder.Sum(posterior.FitTable()), "hindcast", runfolder.Sum(backtest.Hindcast)}
	outcome, err := runfolder.WriteWork(filepath.Clean(parent), name,
		runfolder.NewWork(run.Program(), "gallery", in), files, true)
	if err != nil {
		return err
	}
	bytes := 0
	for _, f := range files {
		bytes += len(f.Data)
	}
	_, err = fmt.Fprintf(a.Out, "%s %s: %s and README.md, %s, %s\n", outcome, dir,
		say.Counted(len(files)-1, "picture"), say.Kilobytes(bytes), say.Seconds(time.Since(began)))
	return err
}

// galleryPlace makes sure that a folder is a gallery or not there: what stands in its place is replaced.
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

// section is a part of the page: a scenario with its pictures.
type section struct {
	Title    string
	Pictures []picture
}

// picture is one of them; Made is the command that makes it.
type picture struct {
	kind
	Alt, File string
	Made      markdown.Code
	data      []byte
}

type kind struct{ id, Title, Says string }

// kinds are the kinds of figures in the order of the page, with their titles and how to read them.
var kinds = []kind{
	{"overview", "All scenarios at a glance", "Left: the headline's level in both versions. Right: its difference, with " +
		"its value at the mark. Grey and hollow: no clear difference."},
	{"escalation", "How likely a misstep becomes, and how much the versions differ",
		"Above: the difference between the versions over time; the band is chance in the simulation, whiskers are what the " +
			"assumptions leave open. Below: the share of futures in which such a thing has happened by a date."},
	{"effect", "What differs between the versions", "Each line is an outcome: first those that differ, then the main " +
		"ones. Grey and hollow: no clear difference. The table beside the picture has every outcome."},
	{"futures", "Of 100 paired futures", "Every future is played in both versions with the same chance. A square is " +
		"one of a hundred: a misstep happens in neither version, in both, or in one of them."},
	{"peak", "How far cases climb", "The highest rung of each case, on a scale of powers of ten. Above a dashed line " +
		"lie steps that no record has between these states."},
	{"beliefs", "Which false beliefs stand behind missteps", "Missteps by what the state had wrong, how many the same " +
		"evidence would have avoided, and beside them the responses that were missed."},
	{"why", "Which mechanism of the forum does what",
		"The difference split among the mechanisms; the parts add up to it."},
	{"decide", "Whether it pays, and on what that hangs", "Above: the net benefit over what one outcome counts, and " +
		"where it turns; the band is chance. Below: what the assumptions leave open of it."},
	{"breakeven", "Where the sign would change", "The effect over the strengths of two mechanisms. The cross is what " +
		"is assumed today; a line, where there is one, is where the effect is zero."},
	{"channel", "Whether the forum is there when needed", "Availability of the forum at the moments in which it would " +
		"help, by tension, and how much of the time each channel is up."},
	{"fit", "How the fit meets the record", "Each line is a statistic of the public record with what the model says of " +
		"it before and after the fit."},
	{"learned", "What the record teaches", "Each line is a number of the model: by how much the record narrows what " +
		"was assumed of it. Of the other numbers it says nothing."},
	{"backtest", "Years that a fit had not seen", "Bands: what a fit to the record up to a day said of the years after " +
		"it. Points: what came."},
	{"sensitivity", "Which assumptions matter", "How much of the spread of a result each uncertain number brings, " +
		"alone and together with others."},
	{"history", "One future in full", "One future in both versions: steps, replies, beliefs and the forum's life as " +
		"lanes of a timeline."},
}

//go:embed gallery.md.tmpl
var pageText embed.FS

var page = markdown.Templates(pageText, "gallery.md.tmpl")

// painted adds the picture of a figure, unless that failed, to the last section. What is about the record has no
// scenario.
func (g *painter) painted(id, scenario, made string, f figure.Figure, err error) error {
	if err != nil {
		return err
	}
	files, err := f.Draw(galleryPlot)
	if err != nil {
		return err
	}
	k := kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.id == id })]
	p := picture{kind: k, Alt: f.Alt, Made: markdown.Code(made), File: strings.TrimPrefix(scenario+"-"+id+".png", "-")}
	for _, f := range files {
		if filepath.Ext(f.Name) == ".png" {
			p.data = f.Data
		}
	}
	last := &g.sections[len(g.sections)-1]
	last.Pictures = append(last.Pictures, p)
	return nil
}

// files are the pictures, in the order of their kinds, and the page.
func (g *painter) files() []runfolder.File {
	var out []runfolder.File
	place := func(p picture) int { return slices.Index(kinds, p.kind) }
	for _, s := range g.sections {
		slices.SortStableFunc(s.Pictures, func(a, b picture) int { return cmp.Compare(place(a), place(b)) })
		for _, p := range s.Pictures {
			out = append(out, runfolder.NewFile(p.File, p.data, true))
		}
	}
	text, err := markdown.Write(page, "gallery.md.tmpl", g.sections)
	if err != nil {
		panic(err) // the template is part of the program
	}
	return append(out, runfolder.NewFile("README.md", []byte(text+"\n"), true))
}
