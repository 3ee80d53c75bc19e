package run

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/cases"
	"github.com/misstep/misstep/model/experiment"
)

// CasesCSV is the file of a run that has every case of every future.
const CasesCSV = "cases.csv"

// exports are what run can write beside its results.
var exports = []string{"cases"}

// CheckExport says what is wrong with the words of --export.
func CheckExport(words []string) error {
	for _, w := range words {
		if w != exports[0] {
			return fmt.Errorf("--export: unknown table %q; %s", w, nearest.Remedy(w, exports))
		}
	}
	return nil
}

// ExportCases plays a plan again and writes its cases into the folder of its run, whole
// or not at all. It returns the number of rows.
func ExportCases(ctx context.Context, a *cli.App, p experiment.Plan, workers int, folder string) (rows int, err error) {
	path := filepath.Join(folder, CasesCSV)
	f, err := os.CreateTemp(folder, ".misstep-cases-*")
	if err != nil {
		return 0, cli.Plainly(path, err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	bar := a.NewProgress()
	defer bar.Stop()
	to := bufio.NewWriterSize(f, 1<<20)
	rows, err = cases.Write(ctx, p, workers, to, bar.Update)
	if err = errors.Join(err, to.Flush(), f.Close()); err == nil {
		err = errors.Join(os.Chmod(f.Name(), 0o644), os.Rename(f.Name(), path))
	}
	if err != nil && ctx.Err() == nil {
		err = cli.Plainly(path, err)
	}
	return rows, err
}
