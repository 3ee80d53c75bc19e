package evidence_test

import (
	"math"
	"testing"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// TestIntervals: the interval of each computed target and part, from tables of the
// exact distributions. Catches a rate whose interval is that of another count, or is
// not divided by its years.
func TestIntervals(t *testing.T) {
	all := evidence.Shipped().Compute(time.Time{})
	for _, c := range []struct {
		id, part  string
		low, high float64
		within    float64
	}{
		{"T12", "", 0.1304, 0.4213, 5e-5},                                       // 10 of 39
		{"T13", "", 0.3009, 0.6282, 5e-5},                                       // 18 of 39
		{"T13", "of those that begin as statements", 0.0278, 0.3359, 5e-5},      // 3 of 23
		{"T13", "the same day", 0.2336, 0.5538, 5e-5},                           // 15 of 39
		{"T15", "", 0.8878, 1, 5e-5},                                            // 31 of 31: .025^(1/31)
		{"T16", "", 0.5435, 0.9595, 5e-5},                                       // 13 of 16
		{"T16", "if all that is not coded were no", 0.2993, 0.7007, 5e-5},       // 13 of 26
		{"T16", "after European and British accusations", 0, 0.4096, 5e-5},      // 0 of 7: 1 − .025^(1/7)
		{"T16", "after accusations led by another state", 0.0063, 0.8059, 5e-5}, // 1 of 4
		{"T17", "", 0.6356, 0.9854, 5e-5},                                       // 15 of 17
		{"T19", "", 0, 0.0903, 5e-5},                                            // 0 of 39: 1 − .025^(1/39)
		{"T20", "", 0.0126, 0.9874, 5e-5},                                       // 1 of 2
		{"T18", "2013–2021", 0, 3.689 / 9, 1e-3}, {"T18", "2022–2023", 1.623 / 2, 11.668 / 2, 1e-3},
		{"T18", "2024–2025", 4.115 / 2, 17.085 / 2, 1e-3},
		{"T21", "", 0.2422 / 5.8891, 7.2247 / 5.8891, 1e-3}, {"T21", "suspensions", 0.02532 / 5.8891, 5.5716 / 5.8891, 1e-3},
		// 22, 3, 12
		{"T26", "", 13.787 / 2, 33.308 / 2, 1e-3}, {"T26", "2014–2019", 0.619 / 6, 8.767 / 6, 1e-3},
		{"T26", "2020–2023", 6.201 / 4, 20.962 / 4, 1e-3},
		{"T26", "2024 alone", 6.201, 20.962, 1e-3}, {"T26", "2015 alone", 0, 3.689, 1e-3}, // 12, 0
		{"T30", "", 0.6187 / 13.4959, 8.7673 / 13.4959, 1e-3}, // 3
		{"T34", "", 4.795 / 7.5808, 18.390 / 7.5808, 1e-3},    // 10
		{"T9", "", 19, 837, 0}, {"T10", "", 22, 954, 0}, {"T32", "", 25, 98, 0},
		{"T17", "delay of the report, where one came", 15, 63, 0},
		{"T14", "", 18, 107, 0}, {"T22", "", 401, 936, 0}, {"T23", "", 135, 494, 0}, {"T24", "", 176, 301, 0},
		{"T22", "with those still alive, censored", 401, math.Inf(1), 0},
	} {
		o := part(t, all, c.id, c.part)
		high := math.Abs(o.High-c.high) <= c.within || math.IsInf(c.high, 1) && math.IsInf(o.High, 1)
		if math.Abs(o.Low-c.low) > c.within || !high {
			t.Errorf("%s %q: %v to %v, want %v to %v", c.id, c.part, o.Low, o.High, c.low, c.high)
		}
	}
}

// TestPeriodsOfCuts: the period that a rate is about moves with the cut, ends with it,
// and is named. Catches a rate over days that had not come.
func TestPeriodsOfCuts(t *testing.T) {
	for _, c := range []struct {
		until, id, says string
		hits            int
		years           float64
	}{
		{"2015-12-31", "T26", "government accusations of China per year, 2014–2019", 1, 2},
		{"2021-12-31", "T26", "government accusations of China per year, 2020–2023", 8, 2},
		{"2024-06-30", "T26", "government accusations of China per year, 2024–2025", 4, 182.0 / 366},
		{"2023-12-31", "T18", "formal Chinese counter-accusations per year, 2022–2023", 5, 2},
		{"2021-12-31", "T18", "formal Chinese counter-accusations per year, 2013–2021", 0, 9},
		{"2018-12-31", "T34", "government accusations of China with British part per year since December 2018", 1,
			31.0 / 365},
		{"2017-12-31", "T34", "government accusations of China with British part per year since December 2018", 0, 0},
	} {
		o := part(t, evidence.Shipped().Compute(day(c.until)), c.id, "")
		if o.Statistic != c.says || o.Hits != c.hits || math.Abs(o.Years-c.years) > 1e-12 {
			t.Errorf("%s: %s, %d in %v years; want %s, %d in %v", c.until, o.Statistic, o.Hits, o.Years, c.says, c.hits, c.years)
		}
		if math.IsNaN(o.Value) != (c.years == 0) {
			t.Errorf("%s %s: %v", c.until, c.id, o.Value)
		}
	}
}

// TestRowsFromOutside: rows of one's own move what they should: a gap between meetings,
// a lapse, a rupture, a counter-report, a case. Catches a computation that looks at the
// shipped tables alone.
func TestRowsFromOutside(t *testing.T) {
	event := func(id, date, kind string) string {
		return id + "," + date + ",day,Norway,China," + kind + ",drawn,(a remark),source\n"
	}
	tables, err := evidence.Read(folder(map[string]string{
		"evidence.csv": eventHead + event("E201", "2020-01-01", "dialogue-opened") +
			event("E202", "2020-04-01", "dialogue-meeting") +
			event("E203", "2020-06-01", "dialogue-meeting") + event("E204", "2021-05-05", "dialogue-broken") +
			event("E205", "2021-06-04", "dialogue-resumed") +
			event("E206", "2025-12-24", "counter-report"),
		"dialogues.csv": dialogueHead + "norway,Talks,Norway; China,E201,E202; E203,E203,lapsed\n",
		"ruptures.csv":  ruptureHead + "norway,E204,other,United States; China,E205,E205\n",
		"delays.csv": delayHead +
			"D20,A harbour,Norway,2020-01-01,,2020-01-11,,2020-01-12,,2020-01-13,,,espionage,E201,source\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	before, after := evidence.Shipped().Compute(time.Time{}), tables.Compute(time.Time{})
	for _, c := range []struct {
		id, part string
		value    float64
		n        int
	}{
		{"T24", "", 196, 5},                         // 61 176 | 196 | 249 301
		{"T22", "", 541, 4},                         // 348 401 681 936: 152 days to the last meeting, and 196
		{"T21", "", 3 / ((2151 + 348) / 365.25), 3}, // and the lapse
		{"T23", "", 301, 4},                         // 30 135 467 494
		{"T30", "", 4 / (13 + 181.0/365), 4},
		{"T18", "", 5, 10},
		{"T9", "", 210, 10}, // 2 10 19 32 77 | 343 426 775 837 1516
		{"T32", "", 50, 13}, // 1 before the others
	} {
		o := part(t, after, c.id, c.part)
		if math.Abs(o.Value-c.value) > 1e-9 || o.N != c.n {
			t.Errorf("%s: %v of %d, want %v of %d", c.id, o.Value, o.N, c.value, c.n)
		}
		if was := part(t, before, c.id, c.part); was.N != c.n-1 {
			t.Errorf("%s: %d before, %d after", c.id, was.N, c.n)
		}
	}
}
