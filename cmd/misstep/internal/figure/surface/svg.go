package surface

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image/color"
	"slices"
	"strconv"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// svg writes an SVG document: paths and real text, with the glyphs of the
// text as embedded fonts.
type svg struct {
	pens
	body  bytes.Buffer
	runes [2][]rune // in regular and bold type
}

func newSVG(s Size) *svg { return &svg{pens: newPens(s, matrix{1, 0, 0, -1, 0, s.Points()})} }

// short writes a coordinate with two decimals at most.
func short[T ~float64](v T) string {
	s := strconv.FormatFloat(float64(v), 'f', 2, 64)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// paint is a colour as an attribute.
func paint(kind string, c color.NRGBA) string {
	s := fmt.Sprintf(`%s="#%02x%02x%02x"`, kind, c.R, c.G, c.B)
	if c.A < 0xff {
		s += fmt.Sprintf(` %s-opacity="%s"`, kind, short(float64(c.A)/0xff))
	}
	return s
}

// trace is a path as SVG writes it.
func (c *svg) trace(path vg.Path) string {
	var b []byte
	letter := map[int]byte{vg.MoveComp: 'M', vg.LineComp: 'L', vg.CurveComp: 'C', vg.CloseComp: 'Z'}
	for _, s := range c.steps(path) {
		b = append(b, letter[s.Type])
		if s.Type == vg.CloseComp {
			continue
		}
		for i, q := range append(slices.Clip(s.Control), s.Pos) {
			if i > 0 {
				b = append(b, ' ')
			}
			b = append(b, short(q.X)+","+short(q.Y)...)
		}
	}
	return string(b)
}

func (c *svg) Fill(path vg.Path) {
	fmt.Fprintf(&c.body, "<path d=\"%s\" %s/>\n", c.trace(path), paint("fill", c.color))
}

func (c *svg) Stroke(path vg.Path) {
	k := c.place.scale()
	fmt.Fprintf(&c.body, `<path d="%s" fill="none" %s stroke-width="%s"`,
		c.trace(path), paint("stroke", c.color), short(c.width*k))
	for i, d := range c.dash {
		c.body.WriteString([]string{` stroke-dasharray="`, " "}[min(i, 1)] + short(d*k))
	}
	if len(c.dash) > 0 {
		c.body.WriteByte('"')
	}
	if c.offset != 0 {
		fmt.Fprintf(&c.body, ` stroke-dashoffset="%s"`, short(c.offset*k))
	}
	c.body.WriteString("/>\n")
}

func (c *svg) FillString(f font.Face, at vg.Point, text string) {
	set, weight, turn := heavy(f), "", ""
	if set == 1 {
		weight = ` font-weight="bold"`
	}
	c.runes[set] = append(c.runes[set], []rune(text)...)
	q, k, m := c.at(at), c.place.scale(), c.place
	if m.b != 0 || m.c != 0 { // letters are upright in the format, and y grows downwards
		turn = fmt.Sprintf(` transform="translate(%s %s) matrix(%.4f %.4f %.4f %.4f 0 0) translate(%s %s)"`,
			short(q.X), short(q.Y), m.a/k, m.b/k, -m.c/k, -m.d/k, short(-q.X), short(-q.Y))
	}
	fmt.Fprintf(&c.body, "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s %s%s>%s</text>\n", short(q.X), short(q.Y),
		short(float64(f.Font.Size)*k), weight, paint("fill", c.color), turn, html.EscapeString(text))
}

func (c *svg) Finish(title, alt string) ([]byte, error) {
	var out bytes.Buffer
	height := short(c.size.Points())
	fmt.Fprintf(&out, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="%sin" height="%sin" viewBox="0 0 %d %s" `+
		`role="img" aria-labelledby="title desc">
<title id="title">%s</title>
<desc id="desc">%s</desc>
<style>
`, short(c.size.Width), short(c.size.Height), Width, height,
		html.EscapeString(Printable(title)), html.EscapeString(Printable(alt)))
	for i, set := range c.runes {
		if len(set) == 0 {
			continue
		}
		slices.Sort(set)
		fmt.Fprintf(&out, `@font-face{font-family:"Misstep Sans";font-weight:%s;`+
			"src:url(data:font/ttf;base64,%s) format(\"truetype\")}\n",
			[]string{"normal", "bold"}[i], base64.StdEncoding.EncodeToString(subset(i, slices.Compact(set))))
	}
	out.WriteString("</style>\n<g font-family=\"'Misstep Sans','Liberation Sans',Arial,Helvetica,sans-serif\">\n")
	fmt.Fprintf(&out, "<rect width=\"%d\" height=\"%s\" fill=\"#ffffff\"/>\n", Width, height)
	out.Write(c.body.Bytes())
	out.WriteString("</g>\n</svg>\n")
	return out.Bytes(), nil
}
