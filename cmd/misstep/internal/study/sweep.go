package study

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

type sweepFlags struct {
	longFlags
	vary   []string
	points int
}

// NewSweep is the command misstep sweep.
func NewSweep(a *cli.App) *cobra.Command {
	cli.Printing[struct {
		Vary   []varied     `json:"vary"`
		Points []sweepPoint `json:"points"`
	}](a, "sweep") // as printJSON writes it
	var f sweepFlags
	cmd := &cobra.Command{Use: "sweep",
		Short: "Run a scenario at many values of some numbers",
		Long: `sweep plays a scenario at every combination of the values of some numbers, or at points
that fill their ranges evenly (--points, a Sobol' sequence). Each point is what run would
give with --set, over the same random numbers. A stop at any time leaves points spread
over the whole, and --resume goes on from there.`,
		Example: `  misstep sweep uk-china-dialogue-2026 --vary strength.clarify=0:1:5 --vary strength.fragility=0:1:5
  misstep sweep uk-china-dialogue-2026 --vary choice.rationality=15:120 --vary evidence.gap=60d:365d --points 64
  misstep sweep uk-china-dialogue-2026 --vary strength.delay=0:1:21 --draws 50 --resume`,
	}
	cmd.Flags().StringArrayVar(&f.vary, "vary", nil, "vary this number: `PATH=lo:hi:n`, with --points PATH=lo:hi; "+
		"repeatable")
	cmd.Flags().IntVar(&f.points, "points", 0, "play `N` points that fill the ranges, in place of a grid")
	f.declare(cmd)
	return command(a, shared(cmd), f.find)
}

type sweepInputs struct {
	Run    runfolder.Inputs `json:"run"`
	Vary   []varied         `json:"vary"`
	Points int              `json:"points"` // of a Sobol' sequence; 0: a grid
}

// sweeping is a sweep under way.
type sweeping struct {
	*scan
	inputs sweepInputs
}

// sweepPoint is what one point brings; a line of the stream.
type sweepPoint struct {
	Point     int             `json:"point"`
	Values    []float64       `json:"values"`
	Contrasts []sweepContrast `json:"contrasts"`
}

type sweepContrast struct {
	Baseline  string         `json:"baseline"`
	Treatment string         `json:"treatment"`
	Measures  []sweepMeasure `json:"outcomes"`
}

type sweepMeasure struct {
	ID         string           `json:"outcome"`
	Unit       string           `json:"unit"`
	Baseline   summary.Estimate `json:"baseline"`
	Treatment  summary.Estimate `json:"treatment"`
	Difference summary.Estimate `json:"difference"`
	Verdict    summary.Verdict  `json:"verdict"`
}

func (f *sweepFlags) find(ctx context.Context, a *cli.App, arg string) (*Analysis, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if len(f.vary) == 0 {
		return nil, errors.New("sweep needs a number to vary, as in --vary strength.clarify=0:1:5")
	}
	w := &sweeping{}
	if w.scan, err = openScan(j, "sweep", f.vary, ranges{scatter: f.points != 0}, f.points); err != nil {
		return nil, err
	}
	w.inputs = sweepInputs{Run: j.Inputs(), Vary: w.vary, Points: f.points}
	if !a.Apart() {
		if err = free(filepath.Join(j.Folder(), "sweep"), w.inputs); err != nil {
			return nil, err
		}
	}
	err = w.play(ctx, a, &f.longFlags, "sweep", w.inputs, func(at int, values []float64, sums *experiment.Sums) any {
		return sweepPointOf(at, values, summary.Of(sums))
	})
	if err != nil {
		return nil, err
	}
	return w.found()
}

// free makes sure that no results of other inputs stand in a folder.
func free(dir string, inputs sweepInputs) error {
	if !cli.Exists(dir) {
		return nil
	}
	old, err := runfolder.OpenWork(dir)
	if err == nil && old.Hash != runfolder.NewWork(run.Program(), "sweep", inputs).Hash {
		err = fmt.Errorf("%s: results of other inputs stand under this name; move the folder away or choose --out", dir)
	}
	return err
}

// found turns the stream into results, a point at a time.
func (w *sweeping) found() (*Analysis, error) {
	table, err := runfolder.NewStreamed("points.csv", w.writeTable)
	if err != nil {
		return nil, err
	}
	picture, err := w.picture()
	if err != nil {
		return nil, err
	}
	screen, err := w.screen()
	f := found(w.run, "sweep", w.inputs, screen)
	if picture != nil {
		f.Figures = []figure.Figure{figure.Breakeven(picture)}
	}
	f.Files, f.Report, f.kept = []runfolder.File{table}, w.printJSON, w.points
	return f, err
}

func sweepPointOf(at int, values []float64, s *summary.Summary) *sweepPoint {
	p := &sweepPoint{Point: at, Values: values}
	for _, c := range s.Contrasts {
		out := sweepContrast{Baseline: c.Baseline, Treatment: c.Treatment}
		for _, m := range c.Measures {
			out.Measures = append(out.Measures,
				sweepMeasure{m.ID, m.Unit, m.Baseline, m.Treatment, m.Difference, m.Verdict})
		}
		p.Contrasts = append(p.Contrasts, out)
	}
	return p
}

// each reads the points one at a time.
func (w *sweeping) each(do func(*sweepPoint) error) error {
	is := func(p *sweepPoint) bool {
		return p.Point >= 0 && p.Point < w.design.Points() && len(p.Contrasts) > 0 && len(p.Values) == len(w.vary)
	}
	return points.Each(w.points, is, do)
}

// headline is the measure that the scenario's headline is about.
func (w *sweeping) headline() *outcome.Outcome {
	return &outcome.All[outcome.Index(headlineOutcome(w.run))]
}

// eachHeadline reads the headline difference of every point.
func (w *sweeping) eachHeadline(do func(*sweepPoint, summary.Estimate)) error {
	id := w.headline().ID
	return w.each(func(p *sweepPoint) error {
		for _, m := range p.Contrasts[0].Measures {
			if m.ID == id {
				do(p, m.Difference)
				return nil
			}
		}
		return fmt.Errorf("no %s at point %d", id, p.Point)
	})
}

// writeTable writes a row for every point, contrast and measure.
func (w *sweeping) writeTable(to io.Writer) error {
	head := []string{"point"}
	for i := range w.vary {
		head = append(head, scenario.ShortPath(w.vary[i].Path))
	}
	head = append(head, "baseline", "treatment", "outcome", "unit", "baseline_value", "treatment_value", "difference",
		"mc_half_width", "parameter_low", "parameter_high", "verdict")
	if _, err := to.Write(say.CSV([][]string{head})); err != nil {
		return err
	}
	return w.each(func(p *sweepPoint) error {
		var rows [][]string
		for _, c := range p.Contrasts {
			for _, m := range c.Measures {
				rows = append(rows, say.Cells(p.Point, p.Values, c.Baseline, c.Treatment, m.ID, m.Unit, m.Baseline.Value,
					m.Treatment.Value, m.Difference, m.Verdict))
			}
		}
		_, err := to.Write(say.CSV(rows))
		return err
	})
}

func (w *sweeping) printJSON(to io.Writer) error {
	if _, err := fmt.Fprintf(to, "{\n  \"vary\": %s,\n  \"points\": [", points.Inline(w.vary)); err != nil {
		return err
	}
	between := "\n    "
	err := w.each(func(p *sweepPoint) error {
		_, err := fmt.Fprintf(to, "%s%s", between, points.Inline(p))
		between = ",\n    "
		return err
	})
	if err == nil {
		_, err = fmt.Fprint(to, "\n  ]\n}\n")
	}
	return err
}

// mostDrawn is how many points a figure of a sweep has at most.
const mostDrawn = 2500

// picture is that of a grid over one number or two; anything else is no picture.
func (w *sweeping) picture() (*figure.BreakevenInput, error) {
	if w.inputs.Points != 0 || len(w.vary) > 2 || w.design.Points() > mostDrawn {
		return nil, nil
	}
	effects, inner := make([]figure.Ranged, w.design.Points()), w.design.Points()/w.vary[0].Values
	err := w.eachHeadline(func(p *sweepPoint, d summary.Estimate) {
		at := p.Point%inner*w.vary[0].Values + p.Point/inner // the last number runs first
		effects[at] = figure.Ranged{Value: d.Value, Low: d.Value - d.MC, High: d.Value + d.MC}
		if d.NoError {
			effects[at].Low, effects[at].High = nan, nan
		}
	})
	in := w.gridPicture(w.headline(), effects)
	if in.Name = "sweep"; w.run.Plan.Replicates == 1 {
		in.Intervals = "an error that one replicate a draw does not tell"
	}
	return in, err
}

// shownPoints is how many points the screen lists.
const shownPoints = 12

// screen shows the headline difference at some points, and where it is least and
// largest. It keeps no more than it shows.
func (w *sweeping) screen() (*say.Screen, error) {
	h, m := &w.run.Scenario.Headline, w.headline()
	s := &say.Screen{}
	s.Put("", "", "%s", w.run.Scenario.Title)
	s.Put(" ", " ", "%s, %s against %s, %s, at %s", m.Words.Name, h.Treatment, h.Baseline,
		m.Unit, say.Counted(w.design.Points(), "point"))
	s.Add("")
	text := func(p *sweepPoint, d summary.Estimate) string {
		digits := say.Decimals(d.MC)
		mc := strings.Replace(say.PlusMinus(d, 1, digits), "±", " ± ", 1)
		return fmt.Sprintf("%s%s  at %s", say.Signed(d.Value, digits), mc, w.place(p.Values))
	}
	var least, most struct {
		value float64
		text  string
	}
	below, above, unknown := 0, 0, 0
	err := w.eachHeadline(func(p *sweepPoint, d summary.Estimate) {
		if w.design.Points() <= shownPoints {
			s.Field("   ", "", 10, text(p, d))
		}
		if least.text == "" || d.Value < least.value {
			least.value, least.text = d.Value, text(p, d)
		}
		if most.text == "" || d.Value > most.value {
			most.value, most.text = d.Value, text(p, d)
		}
		switch {
		case d.NoError:
			unknown++
		case d.Value-d.MC > 0:
			above++
		case d.Value+d.MC < 0:
			below++
		}
	})
	if w.design.Points() <= shownPoints {
		s.Add("")
	}
	s.Field("   ", "lowest", 10, least.text)
	s.Field("   ", "highest", 10, most.text)
	if unknown > 0 {
		s.Add(" one replicate a draw tells no Monte Carlo error, and so the sign at no point; use more --replicates")
	} else {
		s.Add(fmt.Sprintf(" below zero at %s, above at %s, within the Monte Carlo error of zero at %s",
			say.Counted(below, "point"), say.Thousands(above), say.Thousands(w.design.Points()-below-above)))
	}
	return s, err
}
