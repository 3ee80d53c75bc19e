package surface

import (
	"math"
	"testing"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
)

func TestFontHasTheLetters(t *testing.T) {
	var buf sfnt.Buffer
	for _, f := range []*sfnt.Font{regular(), bold()} {
		for _, r := range "–−±é→~≥≤×·…“”’‘↑↓←½¼éÉüßñçøŁőΩЖ€" {
			if glyph(f, &buf, r) == 0 {
				t.Errorf("no glyph for %c", r)
			}
		}
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"a\u00a0b": "a b", "a\nb\tc": "a b c", "x\x00y\u200bz": "xyz", "東京": "??", "🛰": "?", "é–−": "é–−",
		"\xff": "?",
	} {
		if got := Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestOutlinesFillTheirText catches: letters at another size, upside down, or all in
// one place.
func TestOutlinesFillTheirText(t *testing.T) {
	for _, isBold := range []bool{false, true} {
		for _, text := range []string{"H", "HHHH", "Imperium", "E  H"} {
			for _, size := range []float64{8, 11.5, 40} {
				f := Font(isBold, size)
				left, right, low, high := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
				for _, c := range outline(f, vg.Point{X: 100, Y: 200}, text) {
					if c.Type != vg.CloseComp {
						left, right = min(left, float64(c.Pos.X)), max(right, float64(c.Pos.X))
						low, high = min(low, float64(c.Pos.Y)), max(high, float64(c.Pos.Y))
					}
				}
				w := float64(f.Width(text))
				if left < 100 || right > 100+w || right-left < .7*w {
					t.Errorf("%q of %v goes from %v to %v, and is %v wide", text, size, left, right, w)
				}
				if text[0] == 'H' && (math.Abs(high-200-.688*size) > .02*size || math.Abs(low-200) > 1e-9) {
					t.Errorf("%q of %v goes from %v to %v in height", text, size, low, high)
				}
			}
		}
	}
}
