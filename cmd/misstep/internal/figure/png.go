package figure

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// pngSurface draws on a raster through gonum's image canvas. Letters are filled
// outlines, which places them at fractions of a pixel.
type pngSurface struct {
	o      Options
	c      *vgimg.Canvas
	scale  float64 // points of the canvas to a point of the page
	height float64 // [pt] of the page
	buf    sfnt.Buffer
}

func newPNG(o Options) *pngSurface {
	w, h := vg.Length(o.Width)*vg.Inch, vg.Length(o.Height)*vg.Inch
	return &pngSurface{
		o:      o,
		c:      vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(o.DPI)),
		scale:  o.Width * 72 / pageWidth,
		height: pageWidth * o.Height / o.Width,
	}
}

func (s *pngSurface) path(p path) vg.Path {
	at := func(q point) vg.Point {
		return vg.Point{X: vg.Length(q.x * s.scale), Y: vg.Length((s.height - q.y) * s.scale)}
	}
	out := make(vg.Path, 0, len(p))
	for i := range p {
		switch o := &p[i]; o.kind {
		case 'M':
			out.Move(at(o.pts[0]))
		case 'L':
			out.Line(at(o.pts[0]))
		case 'C':
			out.CubeTo(at(o.pts[0]), at(o.pts[1]), at(o.pts[2]))
		default:
			out.Close()
		}
	}
	return out
}

func (s *pngSurface) fill(p path, c color.NRGBA) {
	s.c.SetColor(c)
	s.c.Fill(s.path(p))
}

func (s *pngSurface) stroke(p path, k stroke) {
	s.c.SetColor(k.color)
	s.c.SetLineWidth(vg.Length(k.width * s.scale))
	dash := make([]vg.Length, len(k.dash))
	for i, d := range k.dash {
		dash[i] = vg.Length(d * s.scale)
	}
	s.c.SetLineDash(dash, 0)
	s.c.Stroke(s.path(p))
}

func (s *pngSurface) text(r run) {
	s.fill(faceOf(r.bold).outline(&s.buf, r.s, r.left, r.y, r.size), r.color)
}

func (s *pngSurface) finish(words) ([]byte, error) {
	var out bytes.Buffer
	var picture image.Image = s.c.Image()
	encoder := png.Encoder{}
	if s.o.Small {
		picture, encoder.CompressionLevel = fewColours(picture), png.BestCompression
	}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, err
	}
	return withResolution(out.Bytes(), s.o.DPI), nil
}

// withResolution inserts the chunk that says how large a pixel is, so that the
// picture has its printed size in a document.
func withResolution(data []byte, dpi int) []byte {
	const afterHeader = 8 + 25 // signature and IHDR
	perMetre := uint32(math.Round(float64(dpi) / 0.0254))
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	out := make([]byte, 0, len(data)+len(chunk))
	out = append(out, data[:afterHeader]...)
	out = append(out, chunk...)
	return append(out, data[afterHeader:]...)
}
