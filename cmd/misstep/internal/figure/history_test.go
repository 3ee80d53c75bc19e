package figure

import (
	"testing"
)

// TestLooksDiffer holds that arms differ in greyscale: by lightness, line or mark.
func TestLooksDiffer(t *testing.T) {
	for i, a := range looks {
		for _, b := range looks[:i] {
			if a.Mark == b.Mark || a.Color == b.Color || len(a.Dash) == len(b.Dash) && len(a.Dash) > 0 &&
				a.Dash[0] == b.Dash[0] {
				t.Errorf("arms %v and %v look alike", a, b)
			}
		}
	}
	if len(looks) < mostLines {
		t.Errorf("%d looks for %d lines", len(looks), mostLines)
	}
}
