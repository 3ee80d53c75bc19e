package study

import (
	"bytes"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
)

// TestLong: how long something takes, up to years.
func TestLong(t *testing.T) {
	for s, want := range map[float64]string{1: "1.0 s", 100: "100 s", 5 * 3600: "5.0 h", 3 * 86400: "3 days",
		1e9: "32 years"} {
		if got := long(s); got != want {
			t.Errorf("%v s: %s, want %s", s, got, want)
		}
	}
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	if err := (&longFlags{}).affordable(a, 2*day, 7); err == nil ||
		!strings.Contains(err.Error(), "7 points would take about 2 days") {
		t.Error(err)
	}
	if err := (&longFlags{anyway: true}).affordable(a, 2*day, 7); err != nil ||
		!strings.Contains(a.Err.(*bytes.Buffer).String(), "misstep: 7 points, about 2 days") {
		t.Error(err, a.Err)
	}
}
