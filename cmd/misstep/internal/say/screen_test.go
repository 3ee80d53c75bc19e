package say

import (
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/summary"
)

// TestAligned: columns by hand.
func TestAligned(t *testing.T) {
	got := strings.Join(Aligned([][]string{{"a", "1", ""}, {"long", "−10", ""}, {"é"}}, "lrl"), "\n")
	if want := " a       1\n long  −10\n é"; got != want {
		t.Errorf("%q", got)
	}
}

// TestCells: every kind of value, numbers to the bit.
func TestCells(t *testing.T) {
	got := Cells("a", 7, .1, []float64{1, 1e30}, []string{"b"},
		summary.Estimate{Value: 1, MC: 2, Low: 3, High: 4, Resolved: true}, summary.Same)
	if want := []string{"a", "7", "0.1", "1", "1e+30", "b", "1", "2", "3", "4", string(summary.Same)}; !slices.Equal(got,
		want) {
		t.Errorf("%q", got)
	}
}
