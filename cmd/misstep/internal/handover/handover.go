// Package handover is the command misstep report: a page about a stored run to hand
// over.
package handover

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/spf13/cobra"
)

// reportFormats are the formats of a report: what its file ends in.
var reportFormats = map[string]func(*report.Page) ([]byte, error){
	"html": report.HTML,
	"md":   func(p *report.Page) ([]byte, error) { return report.Markdown(p), nil },
}

// New is the command misstep report.
func New(a *cli.App) *cobra.Command {
	var format, out string
	cmd := &cobra.Command{
		Use:   "report RUN",
		Short: "Write a page about a stored run to hand over",
		Long: `report writes one page about a stored run: the question, the answer with its uncertainty,
the figures with their numbers, two futures in full, every assumption with its source,
and how to repeat it. The page is one HTML file that needs no network and nothing beside
it, or Markdown. What why, breakeven and sensitivity have written into the run's folder is
part of it.

The same run gives the same bytes.`,
		Example: `  misstep report outputs/uk-china-dialogue-2026-3f9c1ab
  misstep report outputs/uk-china-dialogue-2026-3f9c1ab --out dialogue.html
  misstep report outputs/uk-china-dialogue-2026-3f9c1ab --format md`,
		Args:              cli.Exactly(1, "a run folder"),
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			return writeReport(cmd.Context(), a, args[0], format, out)
		},
	}
	cmd.Flags().StringVar(&format, "format", "html", "`FORMAT` of the page: html or md")
	cmd.Flags().StringVar(&out, "out", "", "write the page to this `FILE` (report.html or report.md in the run folder)")
	return cmd
}

// writeReport makes the page and puts it in its place, whole or not at all.
func writeReport(ctx context.Context, a *cli.App, arg, format, out string) error {
	began := time.Now()
	set, ok := reportFormats[format]
	if !ok {
		return fmt.Errorf("--format: unknown format %q; %s", format, nearest.Remedy(format, []string{"html", "md"}))
	}
	r, err := openReported(arg)
	if err != nil {
		return err
	}
	if err := r.replay(ctx); err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(r.Dir, "report."+format)
	}
	r.beside = wayBetween(filepath.Dir(out), r.Dir)
	page, err := r.page()
	if err != nil {
		return err
	}
	data, err := set(page)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(r.ownFiles(), func(name string) bool { return sameFile(filepath.Join(r.Dir, name), out) }) {
		return fmt.Errorf("--out %s: a file of the run itself; choose another name", out)
	}
	if err := replaceFile(out, data); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "wrote %s: %s, %s\n", out, say.Kilobytes(len(data)), say.Seconds(time.Since(began)))
	return err
}

// wayBetween is the way from one folder to another, "" where they are the same or
// none is known.
func wayBetween(from, to string) string {
	a, errA := filepath.Abs(from)
	b, errB := filepath.Abs(to)
	way, err := filepath.Rel(a, b)
	if errA != nil || errB != nil || err != nil || way == "." {
		return ""
	}
	return filepath.ToSlash(way)
}

// ownFiles are the names of the files that make the run.
func (r *reported) ownFiles() []string {
	names := []string{"manifest.json"}
	for _, f := range r.Manifest.Files {
		names = append(names, f.Name)
	}
	return names
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// replaceFile writes a report whole or not at all.
func replaceFile(path string, data []byte) error {
	if err := run.WriteWhole(path, data); err != nil {
		return fmt.Errorf("%w; choose another place with --out", err)
	}
	return nil
}
