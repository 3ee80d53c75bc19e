package fit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/record/evidence"
)

// TestImportedRowsCountWhenAsked: rows that were imported move no target unless --imported is given, and then the
// command says which move; --imported without such rows is refused.
func TestImportedRowsCountWhenAsked(t *testing.T) {
	folder := t.TempDir()
	rows := evidence.AccusationTable([]evidence.Accusation{{ID: "G100001", Date: "2025-10-02", Lead: evidence.UnitedStates,
		Statement: "made up", States: 1, Kind: "statement", PenaltyDays: -1, CounterDays: -1, Source: "(made up)",
		Checked: evidence.Imported}})
	if err := os.WriteFile(filepath.Join(folder, "accusations.csv"), rows, 0o600); err != nil {
		t.Fatal(err)
	}
	tables, err := readTables(folder)
	if err != nil {
		t.Fatal(err)
	}
	until := evidence.Shipped().Until()
	for _, c := range []struct {
		imported bool
		want     string
		counted  int
	}{{false, "1 imported row left out of all targets; --imported counts them | --with changes no target", 0},
		{true, "1 imported row counted as if read at the source | --with changes T12 0.256 → 0.25 (n 39 → 40), " +
			"T26 11 → 11.5 (n 22 → 23)", 1}} {
		f := calibrateFlags{with: folder, imported: c.imported}
		says, fitted, err := f.added(tables, until)
		if err != nil || strings.Join(says, " | ") != c.want {
			t.Errorf("%q, %v", says, err)
		}
		if n := 1 - fitted.Imported(); n != c.counted {
			t.Errorf("imported %v: %d counted", c.imported, n)
		}
	}
	none := calibrateFlags{with: folder, imported: true}
	if _, _, err := none.added(evidence.Shipped(), until); err == nil ||
		!strings.Contains(err.Error(), "has no imported row") {
		t.Error(err)
	}
	none.with = ""
	if _, _, err := none.added(evidence.Shipped(), until); err == nil ||
		!strings.Contains(err.Error(), "name their folder") {
		t.Error(err)
	}
}
