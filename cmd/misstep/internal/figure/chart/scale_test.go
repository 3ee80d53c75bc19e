package chart

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNiceSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e6, 1e6).Draw(t, "lo")
		span := rapid.Float64Range(1e-3, 1e6).Draw(t, "span")
		n := rapid.IntRange(1, 9).Draw(t, "n")
		got := Steps(lo, lo+span, n)
		if len(got) > n+1 {
			t.Fatalf("%d steps, asked for %d", len(got), n)
		}
		for i, v := range got {
			if v < lo-1e-6*span || v > lo+span*(1+1e-6) {
				t.Fatalf("step %v outside", v)
			}
			if i > 0 && !(v > got[i-1]) {
				t.Fatalf("steps do not rise: %v", got)
			}
		}
	})
	for _, c := range []struct {
		v    float64
		want float64
	}{{.45, .6}, {.92, 1}, {7, 7.5}, {1, 1}, {0, 1}, {math.NaN(), 1}, {math.Inf(1), 1}} {
		if got := UpTo(c.v, 3, 0, 1).Hi; math.Abs(got-c.want) > 1e-12 {
			t.Errorf("upTo(%v) ends at %v, want %v", c.v, got, c.want)
		}
	}
}

func TestDecades(t *testing.T) {
	if got := Decades(1e-4, 1, 10); len(got) != 5 || math.Abs(got[0]-1e-4) > 1e-12 || got[4] != 1 {
		t.Errorf("decades: %v", got)
	}
	if got := Decades(1e-9, 1, 4); len(got) > 4 {
		t.Errorf("decades were not thinned: %v", got)
	}
}

func labelsOf(ticks []Tick) (out []string) {
	for _, t := range ticks {
		if t.Label != "" {
			out = append(out, t.Label)
		}
	}
	return
}

func TestYears(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		begin   time.Time
		horizon float64
		first   string
		n       int
	}{
		{day(2026, 1, 1), 1826, "2026", 6},  // 2026 to 2031, both ends a first of January
		{day(2026, 2, 1), 1826, "2027", 5},  // starts past the first of January
		{day(2026, 2, 1), 180, "Feb 26", 6}, // 31 July: February to July
		{day(2026, 2, 1), math.NaN(), "Feb 26", 13},
		{day(1990, 1, 1), 36525, "1990", 101},
		{time.Time{}, 1826, "0 y", 3}, // 0, 2 and 4 years
		{day(2026, 1, 1), 1e9, "0 y", 3},
	} {
		_, ticks := Years(c.begin, c.horizon, 0, 500)
		got := labelsOf(ticks)
		if len(got) != c.n || got[0] != c.first {
			t.Errorf("from %v for %v days: %v", c.begin, c.horizon, got)
		}
	}
}

// TestYearsStandOnTheFirst holds that the tick of a year is its first of January.
func TestYearsStandOnTheFirst(t *testing.T) {
	s, ticks := Years(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), 1826, 0, 1826)
	if ticks[0].Label != "2027" || s.At(ticks[0].V) != 334 { // 365 − 31
		t.Errorf("%v stands at day %v, want 334", ticks[0], s.At(ticks[0].V))
	}
}
