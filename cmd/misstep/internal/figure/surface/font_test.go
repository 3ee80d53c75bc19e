package surface

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
)

func TestFontHasTheLetters(t *testing.T) {
	var buf sfnt.Buffer
	for _, f := range []*sfnt.Font{faces[0].font(), faces[1].font(), faces[2].font(), faces[3].font()} {
		for _, r := range "–−±é→~≥≤×·…“”’‘↑↓←½¼éÉüßñçøŁőΩЖ€" {
			if glyph(f, &buf, r) == 0 {
				t.Errorf("no glyph for %c", r)
			}
		}
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"a\u00a0b": "a b", "a\nb\tc": "a b c", "x\x00y\u200bz": "xyz", "東京": "東京", "🛰": "🛰", "é–−": "é–−",
		"\xff": "?",
	} {
		if got := Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestPNGSetsItsText catches: letters at another size or place, upside down, or all in one place.
func TestPNGSetsItsText(t *testing.T) {
	for _, width := range []float64{4, 8, 11} {
		size := Size{Width: width, Height: width * 9 / 16, DPI: 96}
		s := New("png", size)
		s.SetColor(color.NRGBA{A: 0xff})
		f := Font(false, true, 40)
		s.FillString(f, vg.Point{X: 100, Y: 100}, "HHHH")
		data, err := s.Finish("", "")
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		ink, b := image.Rectangle{}, img.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
					ink = ink.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		points := size.Across() / float64(b.Dx()) // to a pixel
		for what, c := range map[string][2]float64{
			"left":   {float64(ink.Min.X) * points, 100 + .07*40},
			"right":  {float64(ink.Max.X) * points, 100 + float64(f.Width("HHHH")) - .07*40},
			"bottom": {float64(ink.Max.Y) * points, size.Points() - 100},
			"top":    {float64(ink.Min.Y) * points, size.Points() - 100 - .688*40},
		} {
			if math.Abs(c[0]-c[1]) > 2.2 {
				t.Errorf("%v in: the %s is at %v, want %v", width, what, c[0], c[1])
			}
		}
	}
}
