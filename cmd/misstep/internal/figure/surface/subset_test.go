package surface

import (
	"encoding/binary"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
)

// TestSubsetEqualsFont holds that every kept rune has the outline and the width that
// it has in the whole font, and that no other rune is left.
func TestSubsetEqualsFont(t *testing.T) {
	runes := []rune(" %0129ABMéàŁ–−→≥×½~{")
	slices.Sort(runes)
	for i := range faces {
		f := Font(i/2 == 1, i%2 == 1, 12)
		data := subset(faceOf(f), runes)
		if whole := faces[faceOf(f)].raw; faceOf(f) != i || len(data) > len(whole)/8 {
			t.Errorf("subset has %d of %d bytes", len(data), len(whole))
		}
		cut, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		g := font.Face{Font: f.Font, Face: cut}
		var buf sfnt.Buffer
		for _, r := range runes {
			if glyph(cut, &buf, r) == 0 {
				t.Errorf("%c is lost", r)
			}
			whole, err1 := f.Face.LoadGlyph(&buf, glyph(f.Face, &buf, r), 2048, nil)
			kept, err2 := cut.LoadGlyph(new(sfnt.Buffer), glyph(cut, &buf, r), 2048, nil)
			if err1 != nil || err2 != nil || !reflect.DeepEqual(whole, kept) {
				t.Errorf("%c has another outline", r)
			}
			if a, b := f.Width(string(r)), g.Width(string(r)); a != b {
				t.Errorf("%c is %v wide, was %v", r, b, a)
			}
		}
		for _, r := range "CDxyzö€" {
			if glyph(cut, &buf, r) != 0 {
				t.Errorf("%c is still there", r)
			}
		}
	}
}

// TestSubsetChecksums holds the directory to the checksums of its tables.
func TestSubsetChecksums(t *testing.T) {
	data := subset(0, []rune("0é"))
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
	if _, err := sfnt.Parse(subset(0, nil)); err != nil {
		t.Error(err)
	}
}
