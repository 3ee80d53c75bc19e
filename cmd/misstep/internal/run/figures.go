package run

import (
	"cmp"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/summary"
)

// plotOf is how figures are drawn, nil for none.
func plotOf(a *cli.App, j *Run) *settings.Plot {
	if a.Flags.NoFigures || j.Manifest != nil && j.Manifest.Plot == nil {
		return nil
	}
	return &j.Settings.Plot
}

// DrawFigures draws the figures as files of a run.
func DrawFigures(s *summary.Summary, h *figure.History, plot *settings.Plot) ([]runfolder.File, error) {
	if plot == nil {
		return nil, nil
	}
	pictures, err := figure.All(s, h, FigureOptions(*plot))
	if err != nil {
		return nil, err
	}
	var out []runfolder.File
	for _, f := range pictures {
		out = append(out, runfolder.NewFile(f.Name, f.Data, true))
	}
	return out, nil
}

// FigureOptions are the options of figures that the settings ask for.
func FigureOptions(p settings.Plot) figure.Options {
	return figure.Options{Width: cmp.Or(p.Width/2.54, p.Inches), DPI: p.DPI, Formats: p.Formats, Bare: p.Bare,
		Grey: p.Grey, Serif: p.Serif}
}

// CountFigures counts figures, of which each has a CSV file of its numbers.
func CountFigures(files []runfolder.File) int {
	n := 0
	for _, f := range files {
		if filepath.Ext(f.Name) == ".csv" {
			n++
		}
	}
	return n
}
