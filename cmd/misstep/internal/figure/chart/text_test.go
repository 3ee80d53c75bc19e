package chart

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func textPage() *Page { return NewPage(nil, 0) }

// TestWidths compares with the advance widths of Helvetica, which Liberation Sans
// shares: 556 units of 1000 for a digit, 278 for a space (Adobe Core 14 AFM).
func TestWidths(t *testing.T) {
	p := textPage()
	for s, want := range map[string]float64{"0123456789": 5.56, " ": .278, "M": .833, "": 0} {
		if got := p.Width(s, Style{Size: 1}); got < want-.003 || got > want+.003 {
			t.Errorf("width of %q = %v em, want %v", s, got, want)
		}
	}
	if p.Width("forum", Plain.Heavy()) <= p.Width("forum", Plain) {
		t.Error("bold type is no wider")
	}
}

func TestShortenFits(t *testing.T) {
	p := textPage()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		room := rapid.Float64Range(15, 300).Draw(t, "room")
		got := p.Shorten(s, room, Plain)
		if w := p.Width(got, Plain); w > room {
			t.Fatalf("%q is %v wide, room %v", got, w, room)
		}
		if p.Width(s, Plain) <= room && got != s {
			t.Fatalf("%q was changed to %q though it fits", s, got)
		}
	})
}

func TestWrapKeepsWords(t *testing.T) {
	p := textPage()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zé]{1,9}`)).Draw(t, "words")
		room := rapid.Float64Range(80, 300).Draw(t, "room")
		lines := p.Wrap(strings.Join(words, " "), room, Plain)
		if got := strings.Join(lines, " "); got != strings.Join(words, " ") {
			t.Fatalf("words were lost: %q", got)
		}
		for i, l := range lines {
			if p.Width(l, Plain) > room {
				t.Fatalf("line %q is wider than %v", l, room)
			}
			if i > 0 && p.Width(lines[i-1]+" "+strings.Fields(l)[0], Plain) <= room {
				t.Fatalf("line %q had room for the next word", lines[i-1])
			}
		}
	})
}

func TestWrapKeepsNumbersTogether(t *testing.T) {
	for _, l := range textPage().Wrap("it happens 1\u00a0in\u00a02,500 futures", 70, Plain) {
		if strings.HasSuffix(l, "1") || strings.HasPrefix(l, "in") {
			t.Errorf("a number was broken: %q", l)
		}
	}
}

func TestWrapTo(t *testing.T) {
	p := textPage()
	got := p.WrapTo(2, strings.Repeat("many words ", 20), 100, Plain)
	if len(got) != 2 || !strings.HasSuffix(got[1], Ellipsis) {
		t.Errorf("wrapTo: %q", got)
	}
	if got := p.WrapTo(2, "few words", 100, Plain); len(got) != 1 || got[0] != "few words" {
		t.Errorf("wrapTo: %q", got)
	}
}
