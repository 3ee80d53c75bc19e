package run

import (
	"fmt"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/nearest"
)

// CasesCSV is the file of a run that has every case of every future.
const CasesCSV = "cases.csv"

// exports are what run can write beside its results.
var exports = []string{"cases"}

// Export asks for tables beside the results, by the words of --export. A run that is repeated
// writes again what it wrote.
func (j *Run) Export(words []string) error {
	for _, w := range words {
		if !slices.Contains(exports, w) {
			return fmt.Errorf("--export: unknown table %q; %s", w, nearest.Remedy(w, exports))
		}
	}
	had := func(f runfolder.File) bool { return f.Name == CasesCSV }
	j.cases = len(words) > 0 || j.Manifest != nil && slices.ContainsFunc(j.Manifest.Files, had)
	return nil
}
