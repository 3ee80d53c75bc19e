// Package report is the command misstep report: a page about a stored run to hand over.
//
// Read data.go first: [Data] is all that a page says, numbers as people read them and
// conditions by name. The sentences stand in templates, one a section, which give
// Markdown (sections.go); the HTML page is made of the same Markdown (html.go).
package report

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/spf13/cobra"
)

// New is the command misstep report.
func New(a *cli.App) *cobra.Command {
	var format, out string
	var brief, full bool
	cmd := &cobra.Command{
		Use:   "report RUN",
		Short: "Write a page about a stored run to hand over",
		Long: `report writes one page about a stored run: the question, the answer with its uncertainty,
the figures with their numbers, two futures in full, every assumption with its source,
and how to repeat it. The page is one HTML file that needs no network and nothing beside
it, or Markdown. What why, breakeven and sensitivity have written into the run's folder is
part of it; where the run has no breakeven of the number that matters most it is played
and stored first, and with --full so are why and a coarse sensitivity. With --brief it is
one side of A4.

The same run gives the same bytes.`,
		Example: `  misstep report outputs/uk-china-dialogue-2026-3f9c1ab
  misstep report outputs/uk-china-dialogue-2026-3f9c1ab --out dialogue.html
  misstep report outputs/uk-china-dialogue-2026-3f9c1ab --format md`,
		Args:              cli.Exactly(1, "a run folder"),
		ValidArgsFunction: cli.CompleteFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			return writeReport(cmd.Context(), a, args[0], format, out, brief, full)
		},
	}
	cmd.Flags().StringVar(&format, "format", "html", "`FORMAT` of the page: html or md")
	cmd.Flags().StringVar(&out, "out", "", "write the page to this `FILE` (report.html or report.md in the run folder)")
	cmd.Flags().BoolVar(&full, "full", false, "compute why and a coarse sensitivity, too, where the run has none")
	cmd.Flags().BoolVar(&brief, "brief", false, "write one side of A4 (brief.html or brief.md)")
	cmd.MarkFlagsMutuallyExclusive("brief", "full")
	return cmd
}

// writeReport makes the page and puts it in its place, whole or not at all.
func writeReport(ctx context.Context, a *cli.App, arg, format, out string, brief, full bool) error {
	began := time.Now()
	if formats := []string{"html", "md"}; !slices.Contains(formats, format) {
		return fmt.Errorf("--format: unknown format %q; %s", format, nearest.Remedy(format, formats))
	}
	r, err := openReported(arg)
	if err != nil {
		return err
	}
	name := "report."
	if r.brief = brief; brief {
		name = "brief."
	} else if err := errors.Join(r.complete(ctx, a, full), r.replay(ctx)); err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(r.Dir, name+format)
	}
	r.beside = wayBetween(filepath.Dir(out), r.Dir)
	data, err := r.page(format == "html")
	if err != nil {
		return err
	}
	if r.owns(out) {
		return fmt.Errorf("--out %s: a file of the run itself; choose another name", out)
	}
	if err := runfolder.WriteFile(out, data); err != nil {
		return fmt.Errorf("%w; choose another place with --out", err)
	}
	_, err = fmt.Fprintf(a.Out, "wrote %s: %s, %s\n", out, say.Kilobytes(len(data)), say.Seconds(time.Since(began)))
	return err
}

func (r *reported) page(web bool) ([]byte, error) {
	d, err := r.data(web)
	if err != nil {
		return nil, err
	}
	sections, err := write(d)
	if err != nil {
		return nil, err
	}
	if web {
		return asHTML(d, sections)
	}
	return asMarkdown(sections), nil
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

// owns reports whether a file is one of those that make the run.
func (r *reported) owns(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, f := range append(r.Manifest.Files, runfolder.File{Name: runfolder.Name}) {
		if own, err := os.Stat(filepath.Join(r.Dir, f.Name)); err == nil && os.SameFile(own, info) {
			return true
		}
	}
	return false
}
