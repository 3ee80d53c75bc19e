package surface

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"gonum.org/v1/plot/vg"
)

// TestFewColours: frequent colours stay as they are, rare ones become the nearest of
// them, and equal pictures give equal palettes.
func TestFewColours(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 40, 40))
	for i := range 1600 {
		c := color.RGBA{uint8(i % 200), 0, 0, 255}
		if i >= 1200 {
			c = color.RGBA{0, uint8(i % 200), 7, 255} // 400 colours in all
		}
		m.SetRGBA(i%40, i/40, c)
	}
	out := fewColours(m)
	if len(out.Palette) != mostColours {
		t.Fatalf("%d colours", len(out.Palette))
	}
	worst := 0
	for i := range 1600 {
		was, is := m.RGBAAt(i%40, i/40), color.RGBAModel.Convert(out.At(i%40, i/40)).(color.RGBA)
		if i < 1200 && was != is {
			t.Fatalf("a frequent colour %v became %v", was, is)
		}
		worst = max(worst, int(was.G)-int(is.G), int(is.G)-int(was.G))
	}
	if worst == 0 || worst > 160 {
		t.Errorf("rare colours moved by up to %d", worst)
	}
	if again := fewColours(m); !bytes.Equal(again.Pix, out.Pix) {
		t.Error("another picture the second time")
	}
}

// TestShort catches: zeros that are left, a dot at the end, a minus zero.
func TestShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1: "1", 100: "100", .5: "0.5", .126: "0.13", -.001: "0",
		-2.5: "-2.5", 1e5: "100000", 99.999: "100", 10.10: "10.1"} {
		if got := short(v); got != want {
			t.Errorf("short(%v) = %q, want %q", v, got, want)
		}
	}
	if got := paint("fill", color.NRGBA{1, 0xab, 0xff, 0x80}); got != `fill="#01abff" fill-opacity="0.5"` {
		t.Error(got)
	}
}

// TestPNGIsUpright catches: a picture that is turned over, or in other colours.
func TestPNGIsUpright(t *testing.T) {
	s := New("png", Size{Width: 6, Height: 3.375, DPI: 72})
	vermillion, white := color.NRGBA{0xd5, 0x5e, 0, 0xff}, color.NRGBA{0xff, 0xff, 0xff, 0xff}
	s.SetColor(vermillion)
	s.Fill(vg.Rectangle{Min: vg.Point{X: 288, Y: 162}, Max: vg.Point{X: 576, Y: 324}}.Path()) // the upper right quarter
	data, err := s.Finish("", "")
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[[2]int]color.NRGBA{{324, 60}: vermillion, {108, 60}: white, {324, 180}: white,
		{108, 180}: white} {
		if got := color.NRGBAModel.Convert(img.At(at[0], at[1])); got != want {
			t.Errorf("pixel %v is %v, want %v", at, got, want)
		}
	}
}
