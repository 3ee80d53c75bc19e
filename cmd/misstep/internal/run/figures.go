package run

import (
	"cmp"
	"fmt"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
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
func DrawFigures(a *cli.App, s *summary.Summary, h *figure.History, plot *settings.Plot) ([]runfolder.File, error) {
	if plot == nil {
		return nil, nil
	}
	o, err := FigureOptions(*plot)
	if err != nil {
		return nil, err
	}
	pictures, err := figure.All(s, h, o)
	if err != nil {
		return nil, err
	}
	NoteLost(a, o)
	var out []runfolder.File
	for _, f := range pictures {
		out = append(out, runfolder.NewFile(f.Name, f.Data, true))
	}
	return out, nil
}

// maxFont bounds what is read of a font [B].
const maxFont = 64 << 20

// FigureOptions are the options of figures that the settings ask for.
func FigureOptions(p settings.Plot) (figure.Options, error) {
	o := figure.Options{Width: cmp.Or(p.Width/2.54, p.Inches), DPI: p.DPI, Formats: p.Formats, Bare: p.Bare,
		Grey: p.Grey, Serif: p.Serif, Lost: &figure.Lost{}}
	if p.Font == "" {
		return o, nil
	}
	data, err := cli.ReadSmall(p.Font, maxFont)
	if err == nil {
		if o.Font, err = figure.ParseFont(data); err != nil {
			err = fmt.Errorf("%s: %w", p.Font, err)
		}
	}
	if err != nil {
		return o, fmt.Errorf("plot.font: %w", err)
	}
	return o, nil
}

// NoteLost tells what figures in PNG and PDF could not show as it was written.
func NoteLost(a *cli.App, o figure.Options) {
	if lost := o.Lost.String(); lost != "" {
		a.Note("figures: no font has all letters, so PNG and PDF write %s; name a font that has them, as in --set "+
			"plot.font=FILE.ttf", say.Visible(lost))
	}
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
