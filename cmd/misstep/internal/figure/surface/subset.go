package surface

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
	"unicode/utf16"

	"golang.org/x/image/font/sfnt"
)

// subset returns one of faces with the given runes only, as a TrueType font. Glyph numbers
// stay as they are, so that composite glyphs need no rewriting; the outlines of unused glyphs are
// dropped, and tables past the last used glyph are cut. In the shipped fonts offsets are long, every
// glyph has a metric of its own, and no part of a glyph is scaled.
func subset(face int, runes []rune) []byte {
	f := faces[face].font()
	src := tables(faces[face].raw)
	glyphs := glyphsOf(f, runes, src)
	last := slices.Max(glyphs)
	loca, glyf := cutOutlines(src, glyphs, last)
	head := slices.Clone(src["head"])
	binary.BigEndian.PutUint32(head[8:], 0) // checkSumAdjustment, of which nobody asks
	hhea, maxp := slices.Clone(src["hhea"]), slices.Clone(src["maxp"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(last+1)) // metrics
	binary.BigEndian.PutUint16(maxp[4:], uint16(last+1))  // glyphs
	post := append([]byte{0, 3, 0, 0}, src["post"][4:32]...)
	return assemble(map[string][]byte{
		"OS/2": src["OS/2"], "cmap": charmap(f, runes), "glyf": glyf, "head": head, "hhea": hhea,
		"hmtx": src["hmtx"][:4*(last+1)], "loca": loca, "maxp": maxp, "name": nameTable(), "post": post,
	})
}

// tables splits a font file into its tables.
func tables(raw []byte) map[string][]byte {
	out := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		e := raw[12+16*i:]
		from, size := binary.BigEndian.Uint32(e[8:]), binary.BigEndian.Uint32(e[12:])
		out[string(e[:4])] = raw[from : from+size]
	}
	return out
}

// outlineOf returns the bytes of a glyph.
func outlineOf(src map[string][]byte, g int) []byte {
	loca, glyf := src["loca"], src["glyf"]
	return glyf[binary.BigEndian.Uint32(loca[4*g:]):binary.BigEndian.Uint32(loca[4*g+4:])]
}

// glyphsOf lists the glyphs of the runes, glyph 0, and all that these are made of.
func glyphsOf(f *sfnt.Font, runes []rune, src map[string][]byte) []int {
	glyphs := []int{0}
	for _, r := range runes {
		glyphs = append(glyphs, int(glyph(f, nil, r)))
	}
	for i := 0; i < len(glyphs); i++ {
		for _, part := range parts(outlineOf(src, glyphs[i])) {
			if !slices.Contains(glyphs, part) {
				glyphs = append(glyphs, part)
			}
		}
	}
	slices.Sort(glyphs)
	return slices.Compact(glyphs)
}

// parts lists the glyphs of which a composite glyph is made.
func parts(outline []byte) []int {
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	var out []int
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(outline[at:])
		out = append(out, int(binary.BigEndian.Uint16(outline[at+2:])))
		at += 6
		if flags&0x0001 != 0 { // offsets are words
			at += 2
		}
		if flags&0x0020 == 0 { // no more parts
			return out
		}
	}
}

// cutOutlines keeps the outlines of the listed glyphs.
func cutOutlines(src map[string][]byte, glyphs []int, last int) (loca, glyf []byte) {
	for g := range last + 1 {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if _, used := slices.BinarySearch(glyphs, g); used {
			glyf = append(glyf, outlineOf(src, g)...)
			for len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
		}
	}
	return binary.BigEndian.AppendUint32(loca, uint32(len(glyf))), glyf
}

// charmap maps the runes, which are sorted and of the basic plane, to their glyphs:
// format 4, a segment for each run of equal distance.
func charmap(f *sfnt.Font, runes []rune) []byte {
	var first, last, delta []uint16
	for _, r := range runes {
		c, to := uint16(r), uint16(glyph(f, nil, r))-uint16(r)
		if n := len(last); n > 0 && last[n-1]+1 == c && delta[n-1] == to {
			last[n-1] = c
			continue
		}
		first, last, delta = append(first, c), append(last, c), append(delta, to)
	}
	first, last, delta = append(first, 0xffff), append(last, 0xffff), append(delta, 1)
	n := uint16(len(last))
	power, exponent := powerBelow(n)
	head := []uint16{0, 1, 3, 1, 0, 12, 4, 16 + 8*n, 0, 2 * n, 2 * power, exponent, 2*n - 2*power}
	return appendWords(nil, slices.Concat(head, last, []uint16{0}, first, delta, make([]uint16, n)))
}

// powerBelow is the largest power of two up to n, and its exponent: what a search by halves starts with.
func powerBelow(n uint16) (power, exponent uint16) {
	exponent = uint16(bits.Len16(n) - 1)
	return 1 << exponent, exponent
}

// nameTable names the family only, and so that it never meets an installed one.
func nameTable() []byte {
	const family = "Liberation subset"
	text := appendWords(nil, utf16.Encode([]rune(family)))
	head := appendWords(nil, []uint16{0, 1, 18, 3, 1, 0x409, 1, uint16(len(text)), 0})
	return append(head, text...)
}

func appendWords(b []byte, words []uint16) []byte {
	for _, w := range words {
		b = binary.BigEndian.AppendUint16(b, w)
	}
	return b
}

// assemble writes a font file: directory, then tables in order of their tags.
func assemble(parts map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(parts))
	n := uint16(len(tags))
	power, exponent := powerBelow(n)
	out := appendWords([]byte{0, 1, 0, 0}, []uint16{n, 16 * power, exponent, 16 * (n - power)})
	start := 12 + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		data, at := parts[tag], len(body)
		body = append(body, data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
		out = append(out, tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(body[at:]))
		out = binary.BigEndian.AppendUint32(out, uint32(start+at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	}
	return append(out, body...)
}

// checksum adds the words of a table, whose length is a multiple of four.
func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}
