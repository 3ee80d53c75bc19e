package figure

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

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
			was, is := color.GrayModel.Convert(pictures[0].At(x, y)).(color.Gray),
				color.GrayModel.Convert(pictures[1].At(x, y)).(color.Gray)
			d := float64(was.Y) - float64(is.Y)
			sum += d * d
		}
	}
	if mean := sum / float64(b.Dx()*b.Dy()); mean > 4 { // a standard deviation of two of 255 shades
		t.Errorf("mean square difference %v", mean)
	}
}
