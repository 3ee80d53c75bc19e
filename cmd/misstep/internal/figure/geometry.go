package figure

// point is a place on a page [pt], of which y grows downwards.
type point struct{ x, y float64 }

// rect is a box on the page, (x, y) its upper left corner.
type rect struct{ x, y, w, h float64 }

func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }

func (r rect) middleX() float64 { return r.x + float64(r.w/2) }
func (r rect) middleY() float64 { return r.y + float64(r.h/2) }

// corners are those of the box, in their order around it.
func (r rect) corners() []point {
	return []point{{r.x, r.y}, {r.right(), r.y}, {r.right(), r.bottom()}, {r.x, r.bottom()}}
}

// Products that are added to something are converted, so that they are rounded first on
// every processor, and a figure has the same bytes everywhere.

// multiple is n steps, as a product that is rounded.
func multiple(n int, step float64) float64 { return float64(float64(n) * step) }

// rowMiddle is the middle of the row i of those from top on.
func rowMiddle(top, height float64, i int) float64 { return top + float64(height*(float64(i)+.5)) }

// offset is how far the line i of n lies from their middle.
func offset(i, n int, step float64) float64 {
	return float64((float64(i) - float64(float64(n-1)/2)) * step)
}

// inset takes a margin off each side.
func (r rect) inset(left, top, right, bottom float64) rect {
	return rect{r.x + left, r.y + top, max(r.w-left-right, 1), max(r.h-top-bottom, 1)}
}

// cell is one of rows × cols equal parts with gaps between them.
func (r rect) cell(row, rows, col, cols int, gapX, gapY float64) rect {
	w := (r.w - multiple(cols-1, gapX)) / float64(cols)
	h := (r.h - multiple(rows-1, gapY)) / float64(rows)
	return rect{r.x + multiple(col, w+gapX), r.y + multiple(row, h+gapY), w, h}
}
