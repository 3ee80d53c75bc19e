package surface

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"math"
	"slices"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// raster is gonum's image canvas, scaled to the page. Letters are filled outlines, which
// places them at fractions of a pixel.
type raster struct {
	*vgimg.Canvas
	size Size
}

func newPNG(s Size) *raster {
	w, h := vg.Length(s.Width)*vg.Inch, vg.Length(s.Height)*vg.Inch
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(s.DPI))
	c.Scale(s.printed(), s.printed())
	return &raster{c, s}
}

// The image canvas scales places, not widths.

func (c *raster) SetLineWidth(w vg.Length) { c.Canvas.SetLineWidth(w * vg.Length(c.size.printed())) }

func (c *raster) SetLineDash(dash []vg.Length, offset vg.Length) {
	dash = slices.Clone(dash)
	for i := range dash {
		dash[i] *= vg.Length(c.size.printed())
	}
	c.Canvas.SetLineDash(dash, offset)
}

func (c *raster) FillString(f font.Face, at vg.Point, text string) {
	k := c.size.printed()
	c.Push()
	defer c.Pop()
	c.Scale(1/k, 1/k)
	f.Font.Size *= vg.Length(k)
	c.Canvas.FillString(f, at.Scale(vg.Length(k)), text)
}

func (c *raster) Finish(_, _ string) ([]byte, error) {
	var out bytes.Buffer
	var picture image.Image = c.Image()
	encoder := png.Encoder{}
	if c.size.Small {
		picture, encoder.CompressionLevel = fewColours(picture), png.BestCompression
	}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, err
	}
	return withResolution(out.Bytes(), c.size.DPI), nil
}

// withResolution inserts the chunk that says how large a pixel is, so that the
// picture has its printed size in a document.
func withResolution(data []byte, dpi int) []byte {
	const afterHeader = 8 + 25 // signature and IHDR
	perMetre := uint32(math.Round(float64(dpi) / 0.0254))
	chunk := append([]byte{0, 0, 0, 9}, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(binary.BigEndian.AppendUint32(chunk, perMetre), 1)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return slices.Concat(data[:afterHeader], chunk, data[afterHeader:])
}
