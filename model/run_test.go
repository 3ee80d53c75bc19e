package model

import (
	"testing"

	"github.com/misstep/misstep/model/summary"
)

// TestNextLength: whole blocks, at least one, and no step that more than quadruples.
func TestNextLength(t *testing.T) {
	for _, c := range []struct {
		have         int
		half, target float64
		want         int
	}{
		{20, .11, .1, 40}, // one block at least
		{20, 5, .1, 80},   // no step more than quadruples
		{100, .1001, .1, 120},
	} {
		got := nextLength(c.have, c.half, c.target)
		if got != c.want || got%BlockSize != 0 {
			t.Errorf("nextLength(%d, %v, %v) = %d, want %d", c.have, c.half, c.target, got, c.want)
		}
	}
}

// TestReached: an error of zero is no knowledge while nothing has differed.
func TestReached(t *testing.T) {
	s := func(mc float64, identical bool) *summary.Summary {
		return &summary.Summary{Headline: summary.Headline{Difference: summary.Estimate{MC: mc}},
			Contrasts: []summary.Contrast{{Pairing: summary.Pairing{Identical: identical}}}}
	}
	for _, c := range []struct {
		mc        float64
		identical bool
		want      bool
	}{{.2, false, false}, {.1, false, false}, {.09, false, true}, {0, false, false}, {0, true, true}} {
		if got := reached(s(c.mc, c.identical), .1); got != c.want {
			t.Errorf("±%v, identical %v: %v", c.mc, c.identical, got)
		}
	}
	if got := nextLength(20, 0, .1); got != 80 {
		t.Errorf("nothing known: %d", got)
	}
}
