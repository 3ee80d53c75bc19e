package chart

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestScaleInverse catches: a scale that is not linear, or not logarithmic.
// near is equal to a millionth of the value.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(math.Abs(b), 1e-6) }

func TestScaleInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Scale{Log: rapid.Bool().Draw(t, "log")}
		s.Lo = rapid.Float64Range(1e-6, 10).Draw(t, "lo")
		s.Hi = s.Lo * rapid.Float64Range(1.01, 1e6).Draw(t, "factor")
		s.From, s.To = rapid.Float64Range(0, 500).Draw(t, "from"), rapid.Float64Range(0, 500).Draw(t, "to")
		if math.Abs(s.From-s.To) < 1 {
			return
		}
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		v := s.Lo + share*(s.Hi-s.Lo)
		along := (s.At(v) - s.From) / (s.To - s.From)
		got := s.Lo + along*(s.Hi-s.Lo)
		if s.Log {
			got = s.Lo * math.Pow(s.Hi/s.Lo, along)
		}
		if math.Abs(got-v) > 1e-6*s.Hi {
			t.Fatalf("%+v: %v is read as %v", s, v, got)
		}
		if a, b := s.At(v), s.At(min(v*1.1, s.Hi)); (b-a)*(s.To-s.From) < -1e-9 {
			t.Fatalf("%+v: a higher value stands before %v", s, v)
		}
	})
}

// TestUpToHolds catches: an axis that ends below its value, or far above.
func TestUpToHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		v := float64(rapid.IntRange(1, 9999).Draw(t, "figures")) * math.Pow10(rapid.IntRange(-8, 8).Draw(t, "power"))
		s := UpTo(v, n, 10, 20)
		if s.Hi < v*(1-1e-8) || s.Hi-v > niceStep(v, n) || s.Lo != 0 || s.From != 10 || s.To != 20 {
			t.Fatalf("up to %v in %d: %+v", v, n, s)
		}
		if got := Steps(0, s.Hi, n); !near(got[len(got)-1], s.Hi) {
			t.Fatalf("up to %v in %d: the last of %v is not the end %v", v, n, got, s.Hi)
		}
	})
}

// TestTicksAreDates catches: a leap year that shifts later ticks, a month of 30 days.
func TestTicksAreDates(t *testing.T) {
	for _, begin := range []string{"2026-02-01", "2023-12-31", "1999-03-15", "2024-02-29"} {
		start, _ := time.Parse(time.DateOnly, begin)
		for _, horizon := range []float64{30, 180, 400, 549, 550, 1826, 7300} {
			s, ticks := Years(start, horizon, 100, 500)
			if len(ticks) == 0 {
				t.Errorf("%s for %v days: no tick", begin, horizon)
			}
			for _, k := range ticks {
				day := start.Add(time.Duration(math.Round(k.V*24)) * time.Hour)
				if k.V > 0 && (day.Day() != 1 || horizon >= 550 && day.Month() != 1) {
					t.Errorf("%s for %v days: a tick on %s", begin, horizon, day)
				}
				if label := map[bool]string{true: "2006", false: "Jan 06"}[horizon >= 550]; k.Label != "" && k.V > 0 &&
					k.Label != day.Format(label) {
					t.Errorf("%s for %v days: %q on %s", begin, horizon, k.Label, day)
				}
				if at := s.At(k.V); !near(at, 100+min(k.V, horizon)/horizon*400) {
					t.Errorf("%s for %v days: %q at %v", begin, horizon, k.Label, at)
				}
			}
		}
	}
}
