package say

import (
	"fmt"
	"math"
	"time"

	"github.com/misstep/misstep/model/param"
)

// Day writes a day as 2026-06-30.
func Day(t time.Time) string { return t.Format("2006-01-02") }

// Roughly writes a duration as people say it.
func Roughly(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 1.5:
		return "1 s"
	case s < 90:
		return fmt.Sprintf("%.0f s", s)
	case s < 90*60:
		return fmt.Sprintf("%.0f min", s/60)
	default:
		return fmt.Sprintf("%.1f h", s/3600)
	}
}

// Span writes a time span in years where that is exact or nearly so, else in days.
func Span(days float64) string {
	years := days / param.DaysPerYear
	if near := math.Round(years); near >= 1 && math.Abs(years-near)*param.DaysPerYear < 1.5 {
		return Counted(int(near), "year")
	}
	return Counted(int(math.Round(days)), "day")
}

// Seconds writes how long something took.
func Seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	case s < 120:
		return fmt.Sprintf("%.0f s", s)
	default:
		return fmt.Sprintf("%.1f min", s/60)
	}
}
