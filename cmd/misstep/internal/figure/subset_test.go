package figure

import (
	"encoding/binary"
	"slices"
	"testing"

	"golang.org/x/image/font/sfnt"
)

// TestSubsetEqualsFont holds that every kept rune has the outline and the width that
// it has in the whole font, and that no other rune is left.
func TestSubsetEqualsFont(t *testing.T) {
	runes := []rune(" %0129ABMéàŁ–−→≥×½~{")
	slices.Sort(runes)
	for _, f := range []*face{regular(), bold()} {
		data := f.subset(runes)
		if len(data) > len(f.raw)/8 {
			t.Errorf("subset has %d of %d bytes", len(data), len(f.raw))
		}
		cut, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		g := &face{raw: data, font: cut, em: f.em}
		var buf sfnt.Buffer
		for _, r := range runes {
			if g.glyph(&buf, r) == 0 {
				t.Errorf("%c is lost", r)
			}
			if !slices.Equal(f.outline(&buf, string(r), 0, 0, 12), g.outline(&buf, string(r), 0, 0, 12)) {
				t.Errorf("%c has another outline", r)
			}
			if a, b := f.walk(&buf, string(r), nil), g.walk(&buf, string(r), nil); a != b {
				t.Errorf("%c is %v wide, was %v", r, b, a)
			}
		}
		for _, r := range "CDxyzö€" {
			if g.glyph(&buf, r) != 0 {
				t.Errorf("%c is still there", r)
			}
		}
	}
}

// TestSubsetChecksums holds the directory to the checksums of its tables.
func TestSubsetChecksums(t *testing.T) {
	data := regular().subset([]rune("0é"))
	last := ""
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		e := data[12+16*i:]
		tag := string(e[:4])
		from, size := binary.BigEndian.Uint32(e[8:]), binary.BigEndian.Uint32(e[12:])
		padded := (size + 3) / 4 * 4
		if got := checksum(data[from : from+padded]); got != binary.BigEndian.Uint32(e[4:]) {
			t.Errorf("table %s has checksum %x", tag, got)
		}
		if tag <= last {
			t.Errorf("table %s follows %s", tag, last)
		}
		last = tag
	}
}

func TestSubsetOfNothing(t *testing.T) {
	if _, err := sfnt.Parse(regular().subset(nil)); err != nil {
		t.Error(err)
	}
}
