package chart

// Point is a place on a page [pt], of which y grows downwards.
type Point struct{ X, Y float64 }

// Pt is the point (x, y).
func Pt(x, y float64) Point { return Point{x, y} }

// Rect is a box on the page, (x, y) its upper left corner.
type Rect struct{ X, Y, W, H float64 }

// Box is a box of a width and a height whose upper left corner is (x, y).
func Box(x, y, width, height float64) Rect { return Rect{x, y, width, height} }

// Right is the right edge.
func (r Rect) Right() float64 { return r.X + r.W }

// Bottom is the lower edge.
func (r Rect) Bottom() float64 { return r.Y + r.H }

// MiddleX is halfway across.
func (r Rect) MiddleX() float64 { return r.X + float64(r.W/2) }

// MiddleY is halfway down.
func (r Rect) MiddleY() float64 { return r.Y + float64(r.H/2) }

// corners are those of the box, in their order around it.
func (r Rect) corners() []Point {
	return []Point{{r.X, r.Y}, {r.Right(), r.Y}, {r.Right(), r.Bottom()}, {r.X, r.Bottom()}}
}

// Products that are added to something are converted, so that they are rounded first on
// every processor, and a figure has the same bytes everywhere.

// Multiple is n steps, as a product that is rounded.
func Multiple(n int, step float64) float64 { return float64(float64(n) * step) }

// Offset is how far the line i of n lies from their middle.
func Offset(i, n int, step float64) float64 {
	return float64((float64(i) - float64(float64(n-1)/2)) * step)
}

// Inset takes a margin off each side.
func (r Rect) Inset(left, top, right, bottom float64) Rect {
	return Rect{r.X + left, r.Y + top, max(r.W-left-right, 1), max(r.H-top-bottom, 1)}
}

// Cell is one of rows × cols equal parts with gaps between them.
func (r Rect) Cell(row, rows, col, cols int, gapX, gapY float64) Rect {
	w := (r.W - Multiple(cols-1, gapX)) / float64(cols)
	h := (r.H - Multiple(rows-1, gapY)) / float64(rows)
	return Rect{r.X + Multiple(col, w+gapX), r.Y + Multiple(row, h+gapY), w, h}
}
