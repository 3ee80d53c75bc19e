package figure

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
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

// TestSmall: the small picture is two fifths shorter at least, of the same size, and looks
// the same to within what an eye sees.
func TestSmall(t *testing.T) {
	var pictures [2]image.Image
	var length [2]int
	for i := range pictures {
		files, err := One("escalation", realistic(), nil, Options{DPI: 60, Formats: []string{"png"}, Small: i == 1})
		if err != nil {
			t.Fatal(err)
		}
		length[i] = len(files[0].Data)
		if pictures[i], err = png.Decode(bytes.NewReader(files[0].Data)); err != nil {
			t.Fatal(err)
		}
	}
	if 10*length[1] > 6*length[0] {
		t.Errorf("%d bytes, of %d", length[1], length[0])
	}
	b := pictures[0].Bounds()
	if pictures[1].Bounds() != b {
		t.Fatalf("%v, want %v", pictures[1].Bounds(), b)
	}
	sum := 0.0
	for y := range b.Dy() {
		for x := range b.Dx() {
			was, is := color.GrayModel.Convert(pictures[0].At(x, y)).(color.Gray), color.GrayModel.Convert(pictures[1].At(x, y)).(color.Gray)
			d := float64(was.Y) - float64(is.Y)
			sum += d * d
		}
	}
	if mean := sum / float64(b.Dx()*b.Dy()); mean > 4 { // a standard deviation of two of 255 shades
		t.Errorf("mean square difference %v", mean)
	}
}
