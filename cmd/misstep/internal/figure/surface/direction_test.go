package surface

import (
	"math"
	"slices"
	"testing"

	"github.com/go-text/typesetting/di"
	"gonum.org/v1/plot/vg"
)

// TestStretches catches: a list in which a number between two Hebrew names goes over to the other name.
func TestStretches(t *testing.T) {
	for in, want := range map[string][]string{
		"97 % בלי, 98 % עם פורום (2026)": {"97 % ", "<בלי", ", 98 % ", "<עם פורום", " (2026)"},
		"דו-שיח 2 סייבר 2026":            {"<דו-שיח 2 סייבר", " 2026"},
		"בלי":                            {"<בלי"},
		"plain, 2":                       {"plain, 2"},
		"":                               nil,
	} {
		var got []string
		for _, s := range stretches(in) {
			got = append(got, map[bool]string{true: "<"}[s.direction == di.DirectionRTL]+s.text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got, want := directed("2 בלי, 3"), "2 \u200eבלי\u200e, 3"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestShapeOrder catches: Hebrew from left to right, and a stretch that is lost or stands twice.
func TestShapeOrder(t *testing.T) {
	both, first, second := outlinesOf("אב"), outlinesOf("א"), outlinesOf("ב")
	if len(both) != 2 || both[0] != second[0] || math.Abs(both[1].long-first[0].long) > 1e-9 ||
		both[1].left <= second[0].left+second[0].long {
		t.Errorf("אב is at %v; ב alone at %v, א at %v", both, second, first)
	}
	if n := len(outlinesOf("a אב 2 ג b")); n != 6 {
		t.Errorf("%d outlines", n)
	}
	w := Letters{}.Width("אב", false, 100)
	if sum := (Letters{}).Width("א", false, 100) + (Letters{}).Width("ב", false, 100); math.Abs(w-sum) > .1 {
		t.Errorf("width %v, its letters %v", w, sum)
	}
}

// box is where an outline begins, and how long it is.
type box struct{ left, long float64 }

// outliner keeps where outlines are filled.
type outliner struct {
	Canvas
	boxes []box
}

func (o *outliner) Fill(path vg.Path) {
	left, right := math.Inf(1), math.Inf(-1)
	for _, c := range path {
		if c.Type != vg.CloseComp {
			left, right = min(left, float64(c.Pos.X)), max(right, float64(c.Pos.X))
		}
	}
	o.boxes = append(o.boxes, box{left, right - left})
}

// outlinesOf is where the letters of a text stand, in the order in which they are drawn.
func outlinesOf(s string) []box {
	var o outliner
	Letters{}.Set(&o, vg.Point{}, s, false, 100)
	return o.boxes
}
