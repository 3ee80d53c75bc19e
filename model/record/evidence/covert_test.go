package evidence_test

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/record/evidence"
)

// TestCovertAnswers: an operation in answer to China counts for the western state that told of it, once it is told.
// Catches one by or against another state, a clean-up at home, one from memory, and one that is not known yet.
func TestCovertAnswers(t *testing.T) {
	const us, uk = evidence.UnitedStates, evidence.UnitedKingdom
	tables, err := evidence.Read(folder(map[string]string{"evidence.csv": eventHead +
		"E501,2024-05-02,day,United States,China,counter-operation,drawn,(a remark),source\n" +
		"E502,2024-05-03,day,United States; United Kingdom,China; Russia,counter-operation,drawn,(a remark),source\n" +
		"E503,2024-05-04,day,France,China,counter-operation,drawn,(a remark),source\n" +
		"E504,2024-05-05,day,United States,Russia,counter-operation,drawn,(a remark),source\n" +
		"E505,2024-05-06,day,China,United States,counter-operation,drawn,(a remark),source\n" +
		"E506,2024-05-07,day,United States,China,clean-up,drawn,(a remark),source\n" +
		"E507,2024-05-08,day,United Kingdom,China,counter-operation,drawn,,memory\n"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		until, part string
		rows        []string
		nMemory     int
	}{
		{"2024-05-01", "", nil, 0}, {"2024-05-02", "", []string{"E501"}, 0}, {"2024-05-02", uk, nil, 0},
		{"2026-06-30", "", []string{"E501", "E502"}, 0}, {"2026-06-30", us, []string{"E501", "E502"}, 0},
		{"2026-06-30", uk, []string{"E502"}, 1},
	} {
		o := part(t, tables.Compute(day(c.until)), "T36", c.part)
		n := len(c.rows)
		if !slices.Equal(o.Rows, c.rows) || o.Value != float64(n) || o.N != n || o.Hits != n || o.NMemory != c.nMemory {
			t.Errorf("%s %q: %+v", c.until, c.part, o)
		}
	}
	// Exact Poisson: at the low end one or more have a chance of 2.5 %, at the high end one or fewer.
	one := part(t, tables.Compute(day("2026-06-30")), "T36", uk)
	if low, high := -math.Log(0.975), math.Exp(-one.High)*(1+one.High); math.Abs(one.Low-low) > 1e-9 ||
		math.Abs(high-0.025) > 1e-9 {
		t.Errorf("%v to %v", one.Low, one.High)
	}
	if o := part(t, evidence.Shipped().Compute(day("2026-06-30")), "T36", ""); o.N != 0 || o.Low != 0 ||
		math.Abs(o.High+math.Log(0.025)) > 1e-9 {
		t.Errorf("shipped: %+v", o)
	}
}
