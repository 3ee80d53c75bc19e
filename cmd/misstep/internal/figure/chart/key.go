package chart

import (
	"fmt"
	"image/color"
)

// Key writes what marks and lines mean, one beside the other on a line.
type Key struct {
	p           *Page
	X, Y, right float64
	Down        bool // one below the other
}

// Key starts at the left of an area, on a baseline.
func (p *Page) Key(area Rect, y float64) *Key {
	return &Key{p: p, X: area.X, Y: y, right: area.Right()}
}

// Item is a sample of a width that draw draws from x on around the height y, and its words.
func (k *Key) Item(width float64, words string, draw func(x, y float64)) {
	draw(k.X, k.Y-4)
	if k.Down {
		k.p.Text(k.X+width+6, k.Y, k.p.Shorten(words, k.right-k.X-width-6, Plain), Plain)
		k.Y += LineStep + 2
		return
	}
	k.X = k.p.Text(k.X+width+4, k.Y, words, Quiet) + 9
}

// Words are what stands before the samples.
func (k *Key) Words(s string) { k.X = k.p.Text(k.X, k.Y, s, Quiet) + 8 }

// Mark is a mark in a colour.
func (k *Key) Mark(m Mark, c color.NRGBA, words string) {
	k.Item(7, words, func(x, y float64) { k.p.Point(x+4, y, 3.5, m, c) })
}

// Line is a line of a thickness in a colour.
func (k *Key) Line(thick float64, c color.NRGBA, words string, dash ...float64) {
	k.Item(16, words, func(x, y float64) { k.p.Line(x, y, x+16, y, thick, c, dash...) })
}

// Box is a field in a colour.
func (k *Key) Box(height float64, c color.NRGBA, words string) {
	k.Item(20, words, func(x, y float64) { k.p.Fill(Rect{x, y - float64(height/2), 20, height}, c) })
}

// InCSV says how many rows the CSV has alone.
func InCSV(n int) string { return fmt.Sprintf("+%d in the CSV", n) }

// Left counts at the right what the CSV has alone, or says another thing where there is none.
func (k *Key) Left(n int, otherwise string) {
	if n > 0 {
		otherwise = InCSV(n)
	}
	k.p.Text(k.right, k.Y, k.p.Shorten(otherwise, k.right-k.X, Quiet), Quiet.To(End))
}
