package backtest

import (
	"testing"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

func at(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

// TestBaselines: the three distributions by hand, and the floor where nothing was seen.
func TestBaselines(t *testing.T) {
	got := Training{Events: 6, Years: 8, Last: 2}.Baselines(0.5)
	if got[0] != (negativeBinomial{6.5, 17}) || got[1] != Poisson(0.375) || got[2] != Poisson(1) {
		t.Errorf("%v", got)
	}
	near(t, "mean of the negative binomial", 6.5/17, got[0].(negativeBinomial).Shape/got[0].(negativeBinomial).Rate, 0)
	got = Training{Years: 4}.Baselines(1)
	if got[0] != (negativeBinomial{0.5, 4.5}) || got[1] != Poisson(0.5) || got[2] != Poisson(0.5) {
		t.Errorf("without an event: %v", got)
	}
}

// TestTraining: events count by the cut-off, the last year is the last whole one.
func TestTraining(t *testing.T) {
	tables := &evidence.Tables{}
	// Three in 2019 and two by the middle of 2020. Catches: a last year that is not over.
	for _, day := range []string{"2012-12-31", "2013-01-01", "2019-03-01", "2019-06-01", "2019-12-31", "2020-05-01",
		"2020-06-30", "2020-07-01"} {
		tables.Accusations = append(tables.Accusations, evidence.Accusation{Date: day, Lead: evidence.UnitedStates,
			Kind: "statement"})
	}
	if got := trainingOf(tables, 0, at("2019-12-31")); got != (Training{4, 7, 3}) {
		t.Errorf("to the end of 2019: %+v", got)
	}
	got := trainingOf(tables, 0, at("2020-06-30"))
	if got.Events != 6 || got.Last != 3 {
		t.Errorf("to the middle of 2020: %+v", got)
	}
	near(t, "years", got.Years, 7+182.0/366, 1e-12)
	if got := trainingOf(tables, 0, at("2020-12-31")); got != (Training{7, 8, 3}) {
		t.Errorf("to the end of 2020: %+v", got)
	}
}

// TestYearsBetween: whole years count 1, leap years too; parts add up.
func TestYearsBetween(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     float64
	}{
		{"2013-01-01", "2021-01-01", 8}, {"2020-01-01", "2021-01-01", 1}, {"2026-01-01", "2026-07-01", 181.0 / 365},
		{"2019-07-02", "2020-01-01", 183.0 / 365}, {"2020-03-01", "2020-03-01", 0},
	} {
		near(t, c.from+" to "+c.to, yearsBetween(at(c.from), at(c.to)), c.want, 1e-12)
	}
	near(t, "in two parts", yearsBetween(at("2015-03-04"), at("2018-11-30"))+yearsBetween(at("2018-11-30"),
		at("2024-02-29")), yearsBetween(at("2015-03-04"), at("2024-02-29")), 1e-12)
}

// TestWindows: calendar years after the cut-off, without a gap, the first and the last
// with their share.
func TestWindows(t *testing.T) {
	got := windows(at("2023-10-01"), at("2026-06-30"))
	want := []Window{
		{2023, at("2023-10-02"), at("2023-12-31"), 91.0 / 365}, {2024, at("2024-01-01"), at("2024-12-31"), 1},
		{2025, at("2025-01-01"), at("2025-12-31"), 1}, {2026, at("2026-01-01"), at("2026-06-30"), 181.0 / 365},
	}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range got {
		if got[i].Year != want[i].Year || !got[i].From.Equal(want[i].From) || !got[i].To.Equal(want[i].To) {
			t.Errorf("%v, want %v", got[i], want[i])
		}
		near(t, "exposure", got[i].Years, want[i].Years, 1e-12)
	}
	if len(windows(at("2026-06-30"), at("2026-06-30"))) != 0 {
		t.Error("there is a window after the end")
	}
	w := got[0]
	start := at("2023-01-01")
	for day, in := range map[float64]bool{273.999: false, 274: true, 364.999: true, 365: false} {
		if w.holds(start, day) != in {
			t.Errorf("day %v of 2023 in %v: %v", day, w, !in)
		}
	}
}
