package figure

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image/color"
	"slices"
	"strconv"
)

// svgSurface writes an SVG document: paths and real text, with the glyphs of the
// text as embedded fonts.
type svgSurface struct {
	o     Options
	body  bytes.Buffer
	runes [2][]rune // in regular and bold type
}

func newSVG(o Options) *svgSurface { return &svgSurface{o: o} }

// short writes a coordinate with two decimals at most.
func short(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
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

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func opacity(kind string, c color.NRGBA) string {
	if c.A == 0xff {
		return ""
	}
	return fmt.Sprintf(` %s-opacity="%s"`, kind, short(float64(c.A)/0xff))
}

func (s *svgSurface) d(p path) string {
	var b []byte
	for _, o := range p {
		b = append(b, o.kind)
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[o.kind]
		for i, q := range o.pts[:n] {
			if i > 0 {
				b = append(b, ' ')
			}
			b = append(b, short(q.x)...)
			b = append(b, ',')
			b = append(b, short(q.y)...)
		}
	}
	return string(b)
}

func (s *svgSurface) fill(p path, c color.NRGBA) {
	fmt.Fprintf(&s.body, "<path d=\"%s\" fill=\"%s\"%s/>\n", s.d(p), hex(c), opacity("fill", c))
}

func (s *svgSurface) stroke(p path, k stroke) {
	fmt.Fprintf(&s.body, "<path d=\"%s\" fill=\"none\" stroke=\"%s\"%s stroke-width=\"%s\"", s.d(p), hex(k.color), opacity("stroke", k.color), short(k.width))
	for i, d := range k.dash {
		if i == 0 {
			s.body.WriteString(` stroke-dasharray="`)
		} else {
			s.body.WriteByte(' ')
		}
		s.body.WriteString(short(d))
	}
	if len(k.dash) > 0 {
		s.body.WriteByte('"')
	}
	s.body.WriteString("/>\n")
}

func (s *svgSurface) text(r run) {
	weight, set := "", 0
	if r.bold {
		weight, set = ` font-weight="bold"`, 1
	}
	s.runes[set] = append(s.runes[set], []rune(r.s)...)
	anchor := [...]string{"", ` text-anchor="middle"`, ` text-anchor="end"`}[r.anchor]
	fmt.Fprintf(&s.body, "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s fill=\"%s\"%s>%s</text>\n",
		short(r.x), short(r.y), short(r.size), weight, hex(r.color), anchor, html.EscapeString(r.s))
}

func (s *svgSurface) finish(w words) ([]byte, error) {
	var out bytes.Buffer
	height := pageWidth * s.o.Height / s.o.Width
	fmt.Fprintf(&out, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="%sin" height="%sin" viewBox="0 0 %d %s" role="img" aria-labelledby="title desc">
<title id="title">%s</title>
<desc id="desc">%s</desc>
<style>
`, short(s.o.Width), short(s.o.Height), pageWidth, short(height), html.EscapeString(printable(w.title)), html.EscapeString(printable(w.alt)))
	for i, set := range s.runes {
		if len(set) == 0 {
			continue
		}
		slices.Sort(set)
		font := faceOf(i == 1).subset(slices.Compact(set))
		fmt.Fprintf(&out, "@font-face{font-family:\"Misstep Sans\";font-weight:%s;src:url(data:font/ttf;base64,%s) format(\"truetype\")}\n",
			[...]string{"normal", "bold"}[i], base64.StdEncoding.EncodeToString(font))
	}
	out.WriteString("</style>\n<g font-family=\"'Misstep Sans','Liberation Sans',Arial,Helvetica,sans-serif\">\n")
	fmt.Fprintf(&out, "<rect width=\"%d\" height=\"%s\" fill=\"#ffffff\"/>\n", pageWidth, short(height))
	out.Write(s.body.Bytes())
	out.WriteString("</g>\n</svg>\n")
	return out.Bytes(), nil
}
