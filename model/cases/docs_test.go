package cases

import (
	"os"
	"strings"
	"testing"
)

// TestColumnsAreDescribed: every column is named where the files of a run are described.
func TestColumnsAreDescribed(t *testing.T) {
	page, err := os.ReadFile("../../docs/INTERPRETING.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Columns() {
		if !strings.Contains(string(page), "`"+c.Name+"`") {
			t.Errorf("docs/INTERPRETING.md does not describe %s", c.Name)
		}
	}
}
