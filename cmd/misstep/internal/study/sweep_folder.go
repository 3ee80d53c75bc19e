package study

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

const pointsCSV = "points.csv"

// finishSweep turns the stream into the folder of the sweep, a point at a time.
func finishSweep(a *cli.App, w *sweeping) error {
	dir := filepath.Join(w.parent, "sweep")
	if err := os.MkdirAll(w.parent, 0o755); err != nil {
		return cli.Plainly(w.parent, err)
	}
	staged, err := os.MkdirTemp(w.parent, ".misstep-sweep-*")
	if err != nil {
		return cli.Plainly(w.parent, err)
	}
	defer func() { _ = os.RemoveAll(staged) }()
	outcome, err := w.store(a, dir, staged)
	if err != nil {
		return err
	}
	if a.Flags.JSON {
		err = w.printJSON(a.Out)
	} else {
		err = showSweep(a, w, outcome, dir)
	}
	if err == nil {
		w.stream.done()
	}
	return err
}

// store fills the staged folder and puts it in its place.
func (w *sweeping) store(a *cli.App, dir, staged string) (runfolder.Outcome, error) {
	table, err := w.writeTable(filepath.Join(staged, pointsCSV))
	if err != nil {
		return 0, cli.Plainly(filepath.Join(dir, pointsCSV), err)
	}
	w.work.Files = []runfolder.File{table}
	figures, err := w.figures(a)
	if err != nil {
		return 0, err
	}
	for _, f := range figures {
		if err := os.WriteFile(filepath.Join(staged, f.Name), f.Data, 0o644); err != nil {
			return 0, cli.Plainly(filepath.Join(dir, f.Name), err)
		}
		w.work.Files = append(w.work.Files, runfolder.NewFile(f.Name, f.Data, true))
	}
	if err := os.WriteFile(filepath.Join(staged, runfolder.Name), say.JSON(w.work), 0o644); err != nil {
		return 0, cli.Plainly(filepath.Join(dir, runfolder.Name), err)
	}
	if err := os.Chmod(staged, 0o755); err != nil {
		return 0, cli.Plainly(staged, err)
	}
	outcome := runfolder.Written
	if cli.Exists(dir) { // of the same inputs, or the sweep would not have begun
		old, err := runfolder.OpenWork(dir)
		if err != nil {
			return 0, err
		}
		if old.Files[0].SHA256 != table.SHA256 {
			return 0, fmt.Errorf("%s: differs from what the same inputs give now; move the folder away or choose --out",
				filepath.Join(dir, pointsCSV))
		}
		if outcome = runfolder.Unchanged; a.Flags.NoFigures || sameSums(old.Files, w.work.Files) {
			return outcome, nil
		}
		outcome = runfolder.Redrawn
		if err := os.RemoveAll(dir); err != nil {
			return 0, cli.Plainly(dir, err)
		}
	}
	if err := os.Rename(staged, dir); err != nil {
		return 0, cli.Plainly(dir, err)
	}
	return outcome, nil
}

func sameSums(a, b []runfolder.File) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].SHA256 != b[i].SHA256 {
			return false
		}
	}
	return true
}

// counter hashes and counts what passes.
type counter struct {
	sum hash.Hash
	n   int
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return c.sum.Write(p)
}

// writeTable writes a row for every point, contrast and measure.
func (w *sweeping) writeTable(path string) (file runfolder.File, err error) {
	f, err := os.Create(path)
	if err != nil {
		return file, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c := &counter{sum: sha256.New()}
	out := csv.NewWriter(io.MultiWriter(f, c))
	head := []string{"point"}
	for i := range w.vary {
		head = append(head, scenario.ShortPath(w.vary[i].Path))
	}
	head = append(head, "baseline", "treatment", "measure", "unit", "baseline_value", "treatment_value", "difference",
		"mc_half_width", "parameter_low", "parameter_high", "verdict")
	if err := out.Write(head); err != nil {
		return file, err
	}
	err = w.eachPoint(func(p *sweepPoint) error {
		row := []string{strconv.Itoa(p.Point)}
		for _, x := range p.Values {
			row = append(row, say.Exact(x))
		}
		for _, k := range p.Contrasts {
			for _, m := range k.Measures {
				if err := out.Write(slices.Concat(row, []string{k.Baseline, k.Treatment, m.ID, m.Unit,
					say.Exact(m.Baseline.Value), say.Exact(m.Treatment.Value)}, say.EstimateCells(m.Difference),
					[]string{string(m.Verdict)})); err != nil {
					return err
				}
			}
		}
		return nil
	})
	out.Flush()
	file = runfolder.File{Name: pointsCSV, Bytes: c.n, SHA256: hex.EncodeToString(c.sum.Sum(nil))}
	return file, errors.Join(err, out.Error())
}

// printJSON prints the points as one JSON document.
func (w *sweeping) printJSON(to io.Writer) error {
	if _, err := fmt.Fprintf(to, "{\n  \"vary\": %s,\n  \"points\": [", inline(w.vary)); err != nil {
		return err
	}
	between := "\n    "
	err := w.stream.each(func(line []byte) error {
		_, err := fmt.Fprintf(to, "%s%s", between, line[:len(line)-1])
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

// figures draws a grid over one number or two; anything else is no picture.
func (w *sweeping) figures(a *cli.App) ([]figure.File, error) {
	if a.Flags.NoFigures || w.flags.points != 0 || len(w.vary) > 2 || w.design.Points() > mostDrawn {
		return nil, nil
	}
	in := breakevenFigure(w.run, w.vary)
	in.Title = ""
	in.Name = "sweep"
	effects := make([]figure.BreakevenEffect, w.design.Points())
	known := true
	err := w.eachPoint(func(p *sweepPoint) error {
		m := p.headline(headlineOutcome(w.run))
		if known = known && m != nil && p.Point < len(effects); known {
			effects[p.Point] = sweepEffect(m.Difference)
		}
		return nil
	})
	if err != nil || !known {
		return nil, err
	}
	in.grid(w.vary, effects)
	return figure.Breakeven(&in.BreakevenInput, run.FigureOptions(w.run.Settings.Plot))
}

func sweepEffect(d summary.Estimate) figure.BreakevenEffect {
	return figure.BreakevenEffect{Value: d.Value, Low: d.Value - d.MC, High: d.Value + d.MC}
}
