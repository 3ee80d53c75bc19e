package chart

import (
	"image/color"
	"slices"
)

// Key says what marks and lines mean, one beside the other, in as many lines as they take.
type Key struct {
	Down  bool // one below the other
	items []item
}

// Sample draws what a word stands for from x on around the height y.
type Sample func(p *Page, x, y float64)

type item struct {
	width  float64
	words  Cell
	sample Sample
}

// Item is a sample of a width, and its words.
func (k *Key) Item(width float64, words string, sample Sample) {
	k.items = append(k.items, item{width, Cell{words, Quiet}, sample})
}

// Arm is an arm beside a sample of it.
func (k *Key) Arm(a Arm, width float64, sample Sample) {
	k.items = append(k.items, item{width, Cell{a.Label, Plain.Heavy().In(a.Color)}, sample})
}

// Marks are arms beside their marks.
func (k *Key) Marks(arms []Arm) {
	for _, a := range arms {
		k.Arm(a, 8, func(p *Page, x, y float64) { p.Point(x+4, y, 3.4, a.Mark, a.Color) })
	}
}

// Words stand without a sample.
func (k *Key) Words(s string) { k.Item(0, s, func(*Page, float64, float64) {}) }

// Mark is a mark in a colour.
func (k *Key) Mark(m Mark, c color.NRGBA, words string) {
	k.Item(8, words, func(p *Page, x, y float64) { p.Point(x+4, y, 3.5, m, c) })
}

// Line is a line of a thickness in a colour.
func (k *Key) Line(thick float64, c color.NRGBA, words string, dash ...float64) {
	k.Item(16, words, func(p *Page, x, y float64) { p.Line(x, y, x+16, y, thick, c, dash...) })
}

// Intervals are the lines of the two intervals of spans, in groups that share a scale, each if one of them has it;
// thick names that of chance, which a mark can hide.
func (k *Key) Intervals(thick string, groups ...[]Span) {
	ranged, chancy := false, false
	for _, spans := range groups {
		least, most := 0.0, 0.0
		for _, s := range spans {
			if s.Ok {
				least, most = min(least, s.Low, s.MonteLow), max(most, s.High, s.MonteHigh)
				ranged = ranged || s.Low < s.High
			}
		}
		chancy = chancy || slices.ContainsFunc(spans, func(s Span) bool {
			return s.Chancy() && s.MonteHigh-s.MonteLow > ofMark*(most-least)
		})
	}
	if ranged {
		k.Line(1.1, Muted, OverAssumptions)
	}
	if chancy {
		k.Line(3.4, Muted, thick)
	}
}

// ofMark is about how much of a scale a mark is wide.
const ofMark = 0.03

// Box is a field in a colour.
func (k *Key) Box(height float64, c color.NRGBA, words string) {
	k.Item(20, words, func(p *Page, x, y float64) { p.Fill(Rect{x, y - float64(height/2), 20, height}, c) })
}

// Top draws the key into the first lines of an area, and returns the rest.
func (k *Key) Top(p *Page, area Rect) Rect {
	if len(k.items) == 0 {
		return area
	}
	x, y := area.X, area.Y+Ascent+1
	for _, i := range k.items {
		words := p.Shorten(i.words.Text, area.W-i.width-5, i.words.Style)
		if x > area.X && (k.Down || x+i.width+5+p.Width(words, i.words.Style) > area.Right()) {
			x, y = area.X, y+LineStep
		}
		i.sample(p, x, y-4)
		x = p.Text(x+i.width+min(i.width, 5), y, words, i.words.Style) + 11
	}
	return area.Inset(0, y-area.Y+6, 0, 0)
}

// Height is what the key takes of an area of a width on a page.
func (k *Key) Height(p *Page, width float64) float64 { return k.Top(p.blank(), Box(0, 0, width, 0)).Y }

// Bottom draws the key into the last lines of an area, and returns the rest.
func (k *Key) Bottom(p *Page, area Rect) Rect {
	height := k.Height(p, area.W)
	k.Top(p, Box(area.X, area.Bottom()-height+4, area.W, height))
	return area.Inset(0, 0, 0, height)
}
