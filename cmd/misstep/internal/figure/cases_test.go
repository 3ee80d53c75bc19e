package figure

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// allCases are the figures that are made from no summary, ordinary, empty and nasty.
func allCases() map[string]fitCase {
	out := map[string]fitCase{}
	maps.Copy(out, fitCharts())
	maps.Copy(out, aloneCharts())
	maps.Copy(out, whyCharts())
	for name, c := range compareCharts() {
		out["compare "+name] = c
	}
	return out
}

// TestSampleFits writes these figures to look at: go test -run SampleFits
// -samples FOLDER.
func TestSampleFits(t *testing.T) {
	if *samples == "" {
		t.Skip("no folder given")
	}
	for name, c := range allCases() {
		files, err := c.files(Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.MkdirAll(filepath.Join(*samples, name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(*samples, name, f.Name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
