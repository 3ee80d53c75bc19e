package study

import (
	"bytes"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
)

// TestLong: what takes days is refused, unless it is wanted anyway.
func TestLong(t *testing.T) {
	const day = 24 * 60 * 60
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
