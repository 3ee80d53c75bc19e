package run

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// Simulate plays the plan, longer where a precision asks for it, and updates the plan to what was played.
func Simulate(ctx context.Context, a *cli.App, j *Run) (*experiment.Sums, *summary.Summary, error) {
	m := model.Model{Plan: j.Plan, Workers: j.Workers(), Alone: j.alone}
	if len(j.spooled) > 0 {
		m.Cases = toAll(j.spooled)
	}
	if j.Manifest == nil {
		m.Precision = j.Settings.Run.Precision
	}
	if m.Precision > 0 && len(j.Scenario.Arms) < 2 {
		return nil, nil, errors.New("--precision is about the headline difference, and with one arm there is none; " +
			"leave it out")
	}
	if a.Part != nil {
		kept, err := j.part(ctx, a, &m)
		if err != nil {
			return nil, nil, err
		}
		defer kept.Done()
	}
	bar := a.NewProgress()
	m.Progress = bar.Update
	r, err := m.Run(ctx)
	bar.Stop()
	if err != nil {
		return nil, nil, err
	}
	if r.Short {
		a.Note("--precision %v not reached: ±%.3g after %d replicates per draw, the bound; start from more --replicates",
			m.Precision, r.Summary.Headline.Difference.MC, r.Sums.Plan.Replicates)
	}
	j.Plan = r.Sums.Plan
	return r.Sums, r.Summary, nil
}

// Probed is what a short trial run took.
type Probed struct {
	Took       time.Duration
	Replicates int
	PerFuture  float64 // events of all arms in a replicate
}

// Probe plays a few blocks, more until it took long enough to tell.
func Probe(ctx context.Context, j *Run) (Probed, error) {
	const enough = 400 * time.Millisecond
	p := j.Plan
	p.BlockSize = min(4, p.Replicates)
	p.Replicates = p.BlockSize
	for p.Draws = min(p.Draws, j.Workers()); ; p.Draws = min(2*p.Draws, j.Plan.Draws) {
		began := time.Now()
		sums, err := experiment.Run(ctx, p, j.Workers(), nil)
		if err != nil {
			return Probed{}, err
		}
		out := Probed{Took: time.Since(began), Replicates: p.Draws * p.Replicates}
		for _, arm := range summary.Of(sums).Arms {
			out.PerFuture += arm.Counts[0].Mean
		}
		if out.Took >= enough || p.Draws >= j.Plan.Draws {
			return out, nil
		}
	}
}

// Expected is how long the whole plan takes.
func (p Probed) Expected(j *Run) time.Duration {
	return time.Duration(float64(p.Took) / float64(p.Replicates) * float64(j.Plan.Draws*j.Plan.Replicates))
}

// Events is how many events the whole plan has.
func (p Probed) Events(j *Run) float64 {
	return p.PerFuture * float64(j.Plan.Draws*j.Plan.Replicates)
}

// day is how long a command may take without being asked twice.
const day = 24 * time.Hour

// Affordable refuses what takes days, unless it is wanted anyway.
func Affordable(what, lower string, expected time.Duration, anyway bool) error {
	if expected <= day || anyway {
		return nil
	}
	return fmt.Errorf("%s would take about %s; lower %s, or add --anyway", what, say.Seconds(expected), lower)
}

// affordable plays a few futures of a large run first, to tell how long it takes.
func (j *Run) affordable(ctx context.Context, anyway bool) error {
	const large = 1 << 20 // futures; fewer take minutes to hours
	n := j.Plan.Draws * j.Plan.Replicates
	if n < large || anyway {
		return nil
	}
	trial, err := Probe(ctx, j)
	if err != nil {
		return err
	}
	return Affordable(say.Counted(n, "future"), "--draws or --replicates", trial.Expected(j), false)
}

type played struct {
	Summary  *summary.Summary
	Manifest *runfolder.Manifest
	Outcome  runfolder.Outcome
	Folder   string
	Figures  int
	Tables   []string // names of those that were written beside the results
}

// Store simulates a run and writes its folder, whole or not at all. One that takes days has to be wanted anyway.
func Store(ctx context.Context, a *cli.App, j *Run, anyway bool) (*played, error) {
	if !a.Apart() {
		if err := Writable(a, j.Settings.Run.Out); err != nil {
			return nil, err
		}
	}
	if err := j.affordable(ctx, anyway || a.Part != nil); err != nil {
		return nil, err
	}
	if len(j.tables) > 0 && a.Part != nil {
		return nil, errors.New("--export: a table of all futures is not shared out; leave it out")
	}
	var err error
	j.spooled, err = j.spools()
	defer func() { _ = removed(j.spooled) }()
	if err != nil {
		return nil, err
	}
	sums, s, err := Simulate(ctx, a, j)
	if err != nil {
		return nil, err
	}
	plot := plotOf(a, j)
	files := append(resultFiles(s), drawsFile(sums))
	tables, err := written(j.spooled)
	if err != nil {
		return nil, err
	}
	files = append(files, tables...)
	history, historyFile, err := HistoryOf(ctx, j, sums)
	if err != nil {
		return nil, err
	}
	files = append(files, historyFile...)
	figures, err := DrawFigures(a, s, history, plot)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if files, err = marked(j.Settings, append(files, figures...)); err != nil {
		return nil, err
	}
	m := j.Describe(s.Warnings, plot)
	outcome, err := runfolder.Write(j.Settings.Run.Out, m, files)
	if err != nil {
		return nil, err
	}
	return &played{Summary: s, Manifest: m, Outcome: outcome, Folder: filepath.Join(j.Settings.Run.Out, m.Folder()),
		Figures: CountFigures(figures), Tables: j.tables}, nil
}

// marked begins the tables of a run with a byte-order mark where it asks for one.
func marked(s *settings.Settings, files []runfolder.File) ([]runfolder.File, error) {
	if !s.Run.BOM {
		return files, nil
	}
	return runfolder.Marked(files, say.ByteOrderMark)
}

// Writable makes sure, before anything is computed, that results can be kept. It leaves nothing.
func Writable(a *cli.App, parent string) error {
	locks, err := runfolder.Writable(parent)
	if err != nil {
		return fmt.Errorf("%w; choose another folder with --out", cli.Plainly(parent, err))
	}
	if !locks {
		a.Note("%s: this file system has no locks; let no two commands write there at once", parent)
	}
	return nil
}

// The files of a run beside its figures.
const (
	SummaryJSON = "summary.json"
	SummaryCSV  = "summary.csv"
	curvesCSV   = "curves.csv"
	groupsCSV   = "groups.csv"
	historyJSON = "history.json"
)

// SummarySchema is the JSON Schema of summary.json.
//
//go:embed summary.schema.json
var SummarySchema []byte

func resultFiles(s *summary.Summary) []runfolder.File {
	say.Warn(s.Warnings)
	return []runfolder.File{
		runfolder.NewFile(SummaryJSON, say.JSON(s), false),
		runfolder.NewFile(SummaryCSV, answer.Table(s), false),
		runfolder.NewFile(curvesCSV, curvesTable(s), false),
		runfolder.NewFile(groupsCSV, groupsTable(s), false),
	}
}

func curvesTable(s *summary.Summary) []byte {
	sheet := say.NewSheet(say.Exact, "arm class cause days value mc_low mc_high low high")
	for i := range s.Arms {
		for k := range s.Arms[i].Curves {
			c := &s.Arms[i].Curves[k]
			for t := range c.Days {
				sheet.Row(s.Arms[i].Name, c.Class, c.Cause, c.Days[t], c.Value[t], c.MCLow.At(t), c.MCHigh.At(t),
					c.Low.At(t), c.High.At(t))
			}
		}
	}
	return sheet.CSV()
}

// groupsTable has outcomes by group: those of contrasts with their difference, then what is read in
// each arm alone, which has no treatment.
func groupsTable(s *summary.Summary) []byte {
	columns := "grouping outcome group unit baseline treatment cases"
	for _, part := range []string{"baseline", "treatment", "difference"} {
		for _, number := range []string{"value", "mc", "low", "high"} {
			columns += " " + part + "_" + number
		}
	}
	sheet := say.NewSheet(say.Exact, columns+" verdict")
	for i := range s.Contrasts {
		c := &s.Contrasts[i]
		for k := range c.By {
			b := &c.By[k]
			sheet.Row(b.Grouping, b.Measure, b.Group, b.Unit, c.Baseline, c.Treatment, b.Cases, b.Baseline, b.Treatment,
				b.Difference, b.Verdict)
		}
	}
	for i := range s.Arms {
		for _, l := range s.Arms[i].Levels {
			grouping := "tension"
			if l.Group == "" {
				grouping = "all"
			}
			sheet.Row(grouping, l.Measure, l.Group, l.Unit, s.Arms[i].Name, "", l.Cases, l.Value, make([]string, 9))
		}
	}
	return sheet.CSV()
}

// Results are what a command has found: files in a folder of their own, and a screen.
type Results struct {
	Work     *runfolder.Work // the command, and what the results depend on
	Settings *settings.Settings
	Began    time.Time
	Folder   string // where they are kept; "" for a folder of its own under --out
	Files    []runfolder.File
	Figures  []figure.Figure
	Replace  bool        // results of other inputs, too
	Stored   func()      // is called when they are kept, before they are shown; may be nil
	Report   any         // of --json
	Screen   *say.Screen // but for where they are kept
}

// Conclude draws, stores and shows.
func (r *Results) Conclude(a *cli.App) error {
	within := r.Folder != "" // that of a run, with its mark
	if !within {
		r.Folder = filepath.Join(r.Settings.Run.Out, r.Work.Folder())
	}
	if !a.Flags.NoFigures {
		if err := r.draw(a); err != nil {
			return err
		}
	}
	if within {
		var err error
		if r.Files, err = marked(r.Settings, r.Files); err != nil {
			return err
		}
	}
	outcome, err := runfolder.WriteWork(filepath.Dir(r.Folder), filepath.Base(r.Folder), r.Work, r.Files, r.Replace)
	if err != nil {
		return err
	}
	if r.Stored != nil {
		r.Stored()
	}
	return a.Print(r.Report, func() string {
		r.Screen.Add(WroteWork(outcome, r.Folder, r.Files, time.Since(r.Began))...)
		return r.Screen.String()
	})
}

// draw adds the figures, but for their numbers where a table of the results has them already.
func (r *Results) draw(a *cli.App) error {
	o, err := FigureOptions(r.Settings.Plot)
	if err != nil {
		return err
	}
	results := r.Files
	for _, f := range r.Figures {
		pictures, err := f.Draw(o)
		if err != nil {
			return err
		}
		for _, p := range pictures {
			if !slices.ContainsFunc(results, func(f runfolder.File) bool { return f.Name == p.Name }) {
				r.Files = append(r.Files, runfolder.NewFile(p.Name, p.Data, true))
			}
		}
	}
	NoteLost(a, o)
	return nil
}

// WroteWork says where the results of a command are.
func WroteWork(outcome runfolder.Outcome, folder string, files []runfolder.File, took time.Duration) []string {
	var names []string
	for _, f := range files {
		name := f.Name
		if f.Figure {
			stem, _, _ := strings.Cut(name, ".")
			name = "figure " + stem
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return say.Wrapped(" ", "   ", fmt.Sprintf("%s %s: %s; %s", outcome, filepath.Clean(folder), strings.Join(names, ", "),
		strings.ReplaceAll(say.Seconds(took), " ", "\u00a0")))
}
