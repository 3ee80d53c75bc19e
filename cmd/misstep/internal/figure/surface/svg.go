package surface

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// svg writes an SVG document: paths and real text, with the glyphs of the text as embedded fonts.
type svg struct {
	pen
	body  bytes.Buffer
	runes [len(faces)][]rune
	other bool // letters that the shipped fonts lack were used
}

// otherFamilies are fonts that programs find on common systems for letters that the shipped ones lack.
const otherFamilies = ",'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK JP'," +
	"'Hiragino Sans','Noto Sans CJK KR','Malgun Gothic','Noto Sans Arabic','Geeza Pro','Noto Sans Hebrew'," +
	"'Noto Sans Georgian','Noto Sans Devanagari','Kohinoor Devanagari','Segoe UI','Arial Unicode MS'"

func newSVG(s Size) *svg { return &svg{pen: pen{size: s, units: 1}} }

// short writes a coordinate with two decimals at most.
func short(v float64) string {
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
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
	var b strings.Builder
	letter := map[int]byte{vg.MoveComp: 'M', vg.LineComp: 'L', vg.CurveComp: 'C', vg.CloseComp: 'Z'}
	for _, s := range path {
		b.WriteByte(letter[s.Type])
		if s.Type == vg.CloseComp {
			continue
		}
		for i, q := range append(slices.Clip(s.Control), s.Pos) {
			if i > 0 {
				b.WriteByte(' ')
			}
			x, y := c.at(q)
			b.WriteString(short(x) + "," + short(y))
		}
	}
	return b.String()
}

func (c *svg) Fill(path vg.Path) {
	fmt.Fprintf(&c.body, "<path d=\"%s\" %s/>\n", c.trace(path), paint("fill", c.color))
}

func (c *svg) Stroke(path vg.Path) {
	var dashes []string
	for _, d := range c.dashes {
		dashes = append(dashes, short(d))
	}
	fmt.Fprintf(&c.body, `<path d="%s" fill="none" %s stroke-width="%s"`, c.trace(path), paint("stroke", c.color),
		short(c.width))
	if len(dashes) > 0 {
		fmt.Fprintf(&c.body, ` stroke-dasharray="%s"`, strings.Join(dashes, " "))
	}
	c.body.WriteString("/>\n")
}

func (c *svg) FillString(f font.Face, at vg.Point, text string) {
	set := faceOf(f)
	for _, r := range text {
		if shippedHave(r) {
			c.runes[set] = append(c.runes[set], r)
		}
	}
	x, y := c.at(at)
	length := ""
	if !plain(text) { // whatever fonts the reader has, it takes the room that it was given
		c.other = true
		length = fmt.Sprintf(` textLength="%s" lengthAdjust="spacingAndGlyphs"`, short(guessed(f, text)))
	}
	fmt.Fprintf(&c.body, "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s %s>%s</text>\n", short(x), short(y),
		short(float64(f.Font.Size)), []string{"", ` font-weight="bold"`}[set%2], length, paint("fill", c.color),
		html.EscapeString(directed(text)))
}

func (c *svg) Finish(title, alt string) ([]byte, error) {
	var out bytes.Buffer
	height := short(c.size.Points())
	fmt.Fprintf(&out, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="%sin" height="%sin" viewBox="0 0 %s %s" `+
		`role="img" aria-labelledby="title desc">
<title id="title">%s</title>
<desc id="desc">%s</desc>
<style>
`, short(c.size.Width), short(c.size.Height), short(c.size.Across()), height,
		html.EscapeString(Printable(title)), html.EscapeString(Printable(alt)))
	for i, set := range c.runes {
		if len(set) == 0 {
			continue
		}
		slices.Sort(set)
		fmt.Fprintf(&out, `@font-face{font-family:"Misstep %s";font-weight:%s;`+
			"src:url(data:font/ttf;base64,%s) format(\"truetype\")}\n",
			[]string{"Sans", "Serif"}[i/2], []string{"normal", "bold"}[i%2],
			base64.StdEncoding.EncodeToString(subset(i, slices.Compact(set))))
	}
	family := "'Misstep Sans','Liberation Sans',Arial,Helvetica,sans-serif"
	if c.size.Serif {
		family = "'Misstep Serif','Liberation Serif','Times New Roman',Times,serif"
	}
	if c.other {
		family += otherFamilies
	}
	fmt.Fprintf(&out, "</style>\n<g font-family=\"%s\">\n", family)
	fmt.Fprintf(&out, "<rect width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n", short(c.size.Across()), height)
	out.Write(c.body.Bytes())
	out.WriteString("</g>\n</svg>\n")
	return out.Bytes(), nil
}
