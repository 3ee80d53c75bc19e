package evidence_test

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/record/evidence"
)

// TestCount: half-open periods, rows and rate by hand. Catches a last day that counts
// twice, in its period and in the next.
func TestCount(t *testing.T) {
	tables := withMemory(t) // G90 of May 2024 and G91 of March 2022
	for _, c := range []struct {
		name         string
		match        func(evidence.Accusation) bool
		from, to     string
		memory       bool
		n, left      int
		rows         []string
		years, tolow float64
	}{
		{"all of 2024", evidence.AnyAccusation, "2024-01-01", "2025-01-01", true, 13, 1, nil, 1, 6.922},
		{"checked of 2024", evidence.AnyAccusation, "2024-01-01", "2025-01-01", false, 12, 1,
			[]string{"G35", "G36", "G13", "G14", "G15", "G16", "G17", "G18", "G37", "G38", "G19", "G20"}, 1, 6.2006},
		{"first day", evidence.AnyAccusation, "2014-05-19", "2014-05-20", false, 1, 0, []string{"G01"}, 1.0 / 365,
			0.0253 * 365},
		{"before the first day", evidence.AnyAccusation, "2014-01-01", "2014-05-19", false, 0, 0, nil, 138.0 / 365, 0},
		{"the silence of the pact", evidence.AnyAccusation, "2014-05-20", "2018-10-30", true, 0, 0, nil, 4 + 163.0/365, 0},
		{"British", evidence.BritishPart, "2018-12-01", "2026-07-01", true, 11, 1,
			[]string{"G04", "G09", "G11", "G13", "G14", "G15", "G17", "G24", "G25", "G27", "G90"}, 7 + 212.0/365, 0},
		{"British-led", evidence.LedBy(evidence.UnitedKingdom), "2014-01-01", "2026-07-01", false, 2, 0,
			[]string{"G25", "G27"}, 12 + 181.0/365, 0},
		{"others", evidence.LedBy(evidence.European, evidence.AnotherState), "2020-01-01", "2023-01-01", true, 4, 1,
			[]string{"G07", "G31", "G10", "G91"}, 3, 0},
	} {
		k := tables.Count(c.match, day(c.from), day(c.to), evidence.Options{Memory: c.memory})
		if k.N != c.n || k.NMemory != c.left || c.rows != nil && !slices.Equal(k.Rows, c.rows) || len(k.Rows) != k.N ||
			math.Abs(k.Years-c.years) > 1e-12 {
			t.Errorf("%s: %+v", c.name, k)
		}
		if k.Rate != float64(k.N)/k.Years || k.Low > k.Rate || k.High < k.Rate || c.tolow > 0 &&
			math.Abs(k.Low-c.tolow) > 0.02 {
			t.Errorf("%s: rate %v [%v, %v]", c.name, k.Rate, k.Low, k.High)
		}
	}
}

// TestUntil: the record is complete to the end of June 2026.
func TestUntil(t *testing.T) {
	if at := evidence.Shipped().Until(); !at.Equal(day("2026-06-30")) {
		t.Errorf("until %s", at)
	}
}
