package surface

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"maps"
	"slices"
)

// mostColours is what a picture with a palette can hold.
const mostColours = 256

// fewColours draws a picture in its most frequent colours. A figure has few of them;
// the rest are the edges of letters and lines, of which the nearest shade will do.
func fewColours(m image.Image) *image.Paletted {
	b := m.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(m.At(x, y)).(color.RGBA) }
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int { // a file needs an order
		return cmp.Or(count[b]-count[a], cmp.Compare(packed(a), packed(b)))
	})
	var palette color.Palette
	for _, c := range colours[:min(len(colours), mostColours)] {
		palette = append(palette, c)
	}
	out := image.NewPaletted(b, palette)
	draw.Draw(out, b, m, b.Min, draw.Src)
	return out
}

func packed(c color.RGBA) uint32 {
	return uint32(c.R)<<24 | uint32(c.G)<<16 | uint32(c.B)<<8 | uint32(c.A)
}
