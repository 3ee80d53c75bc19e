package figure

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func textPage() *page { return newPage(nil, 0) }

// TestWidths compares with the advance widths of Helvetica, which Liberation Sans
// shares: 556 units of 1000 for a digit, 278 for a space (Adobe Core 14 AFM).
func TestWidths(t *testing.T) {
	p := textPage()
	for s, want := range map[string]float64{"0123456789": 5.56, " ": .278, "M": .833, "": 0} {
		if got := p.width(s, style{size: 1}); got < want-.003 || got > want+.003 {
			t.Errorf("width of %q = %v em, want %v", s, got, want)
		}
	}
	if p.width("forum", plain.heavy()) <= p.width("forum", plain) {
		t.Error("bold type is no wider")
	}
}

func TestShortenFits(t *testing.T) {
	p := textPage()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		room := rapid.Float64Range(15, 300).Draw(t, "room")
		got := p.shorten(s, room, plain)
		if w := p.width(got, plain); w > room {
			t.Fatalf("%q is %v wide, room %v", got, w, room)
		}
		if p.width(s, plain) <= room && got != s {
			t.Fatalf("%q was changed to %q though it fits", s, got)
		}
	})
}

func TestWrapKeepsWords(t *testing.T) {
	p := textPage()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zé]{1,9}`)).Draw(t, "words")
		room := rapid.Float64Range(80, 300).Draw(t, "room")
		lines := p.wrap(strings.Join(words, " "), room, plain)
		if got := strings.Join(lines, " "); got != strings.Join(words, " ") {
			t.Fatalf("words were lost: %q", got)
		}
		for i, l := range lines {
			if p.width(l, plain) > room {
				t.Fatalf("line %q is wider than %v", l, room)
			}
			if i > 0 && p.width(lines[i-1]+" "+strings.Fields(l)[0], plain) <= room {
				t.Fatalf("line %q had room for the next word", lines[i-1])
			}
		}
	})
}

func TestWrapKeepsNumbersTogether(t *testing.T) {
	for _, l := range textPage().wrap("it happens 1\u00a0in\u00a02,500 futures", 70, plain) {
		if strings.HasSuffix(l, "1") || strings.HasPrefix(l, "in") {
			t.Errorf("a number was broken: %q", l)
		}
	}
}

func TestWrapTo(t *testing.T) {
	p := textPage()
	got := p.wrapTo(2, strings.Repeat("many words ", 20), 100, plain)
	if len(got) != 2 || !strings.HasSuffix(got[1], ellipsis) {
		t.Errorf("wrapTo: %q", got)
	}
	if got := p.wrapTo(2, "few words", 100, plain); len(got) != 1 || got[0] != "few words" {
		t.Errorf("wrapTo: %q", got)
	}
}

func TestSubtitleHasTwoLines(t *testing.T) {
	for name, c := range summaries() {
		in := newInput(c.s, c.h, Options{})
		p := textPage()
		lines := subtitleOf(p, in, words{}, pageWidth-2*margin)
		if len(lines) > 2 {
			t.Errorf("%s: %d lines", name, len(lines))
		}
		for _, l := range lines {
			if p.width(l, quiet) > pageWidth-2*margin {
				t.Errorf("%s: %q is too wide", name, l)
			}
		}
	}
}

// TestAnchors holds that left, middle and right are where the anchor says.
func TestAnchors(t *testing.T) {
	r, p := newTape()
	w := p.width("forum", plain)
	for i, a := range []anchor{start, middle, end} {
		right := p.text(100, 50, "forum", plain.to(a))
		want := 100 - float64(i)*w/2
		if got := r.texts()[i].x; got != want || right != want+w {
			t.Errorf("anchor %d: from %v to %v, want %v to %v", a, got, right, want, want+w)
		}
	}
	if p.text(5, 5, "", plain) != 5 || len(r.shapes) != 3 {
		t.Error("an empty text was drawn")
	}
}
