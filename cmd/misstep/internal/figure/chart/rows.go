package chart

import "slices"

// Table is texts and plots in lines below each other; all pictures of rows are tables. A column
// of texts is as wide as they want, and plots share what is left. Where that is too little, columns that can be
// spared go, the last first, and then the widest gives way.
type Table struct {
	Columns []Column
	Rows    []Row
	Step    float64 // from line to line [pt]
}

// Column holds texts, or marks to a scale.
type Column struct {
	Head  string
	Plot  bool
	To    Anchor
	Most  float64 // width [pt]; 0 for as wide as texts want
	Least float64 // width [pt], for what a row draws itself
	Spare bool    // goes where texts would not stand whole; a column of texts, whose plot says the same
}

// Row is a part of a table.
type Row struct {
	Cells  []Cell
	Across bool                     // texts run over the columns, the first one to the last
	Ruled  bool                     // a line is drawn below it
	Lines  int                      // that a text may take; one where 0
	Draw   func(p *Page, at []Rect) // draws what else there is, into the row's place in each column
}

// Cell is a text of a row.
type Cell struct {
	Text string
	Style
}

// Texts are cells of one style.
func Texts(st Style, texts ...string) (out []Cell) {
	for _, s := range texts {
		out = append(out, Cell{s, st})
	}
	return out
}

// Heading is a row of one text, and of another at the end.
func Heading(st Style, texts ...string) Row { return Row{Cells: Texts(st, texts...), Across: true} }

// Between columns, and the least width of a plot [pt].
const (
	columnGap = 9
	leastPlot = 76
)

func (r Row) lines() int { return max(r.Lines, 1) }

// Lines counts those of all rows.
func (t *Table) Lines() (n int) {
	for _, r := range t.Rows {
		n += r.lines()
	}
	return n
}

// head is the height of the line above the rows.
func (t *Table) head() float64 {
	for _, c := range t.Columns {
		if c.Head != "" {
			return LineStep + 4
		}
	}
	return 0
}

// Height is what all rows want.
func (t *Table) Height() float64 { return t.head() + Multiple(t.Lines(), t.Step) }

// Whole is the table with as many lines for a text that runs over the columns as it takes at a width.
func (t *Table) Whole(p *Page, width float64) *Table {
	out := *t
	out.Rows = slices.Clone(t.Rows)
	for i, r := range t.Rows {
		if r.Across && len(r.Cells) == 1 {
			out.Rows[i].Lines = max(r.Lines, len(p.Wrap(r.Cells[0].Text, width, r.Cells[0].Style)))
		}
	}
	return &out
}

// wants is the width of a column of texts.
func (t *Table) wants(p *Page, k int) float64 {
	c := t.Columns[k]
	w := max(c.Least, p.Width(c.Head, Quiet))
	for _, r := range t.Rows {
		if k < len(r.Cells) && !r.Across {
			w = max(w, p.Width(r.Cells[k].Text, r.Cells[k].Style)+.1)
		}
	}
	if c.Most > 0 {
		return min(w, c.Most)
	}
	return w
}

// places are the columns, in an area; one that was spared has no width.
func (t *Table) places(p *Page, area Rect) []Rect {
	out := make([]Rect, len(t.Columns))
	left, plots := area.W-Multiple(len(t.Columns)-1, columnGap), 0
	for k, c := range t.Columns {
		if c.Plot {
			plots++
			continue
		}
		out[k].W = t.wants(p, k)
		left -= out[k].W
	}
	need := Multiple(plots, leastPlot)
	for k := len(out) - 1; k >= 0 && left < need; k-- {
		if t.Columns[k].Spare {
			left += out[k].W + columnGap
			out[k].W = 0
		}
	}
	for ; left < need; left++ { // the widest gives way
		k := 0
		for i := range out {
			if out[i].W > out[k].W {
				k = i
			}
		}
		out[k].W--
	}
	x := area.X
	for k, c := range t.Columns {
		if c.Plot {
			out[k].W = left / float64(plots)
		}
		out[k].X, out[k].Y = x, area.Y
		if !t.spared(k, out) {
			x += out[k].W + columnGap
		}
	}
	return out
}

// spared reports whether a column went.
func (t *Table) spared(k int, at []Rect) bool { return t.Columns[k].Spare && at[k].W == 0 }

// Draw sets the table into an area; rows stand farther apart where it has room.
func (t *Table) Draw(p *Page, area Rect) {
	at := t.places(p, area)
	for k, c := range t.Columns {
		if t.spared(k, at) {
			continue
		}
		box := at[k]
		if c.Plot && !slices.ContainsFunc(t.Columns[k+1:], func(c Column) bool { return c.Head != "" }) {
			box.W = area.Right() - box.X // nothing stands beside it
		}
		p.in(box, area.Y+Ascent+1, Cell{c.Head, Quiet.To(c.To)}, 1)
	}
	step := min((area.H-t.head())/float64(max(t.Lines(), 1)), t.Step*1.35)
	y := area.Y + t.head()
	for _, r := range t.Rows {
		for k := range at {
			at[k].Y, at[k].H = y, Multiple(r.lines(), step)
		}
		if r.Draw != nil {
			r.Draw(p, at)
		}
		if r.Ruled {
			p.Line(area.X, at[0].Bottom(), area.Right(), at[0].Bottom(), .9, Frame)
		}
		for k, c := range r.Cells {
			if !r.Across && t.spared(k, at) {
				continue
			}
			box := at[k]
			if c.Anchor = t.Columns[k].To; r.Across {
				box, c.Anchor = Box(area.X, y, area.W, box.H), []Anchor{Start, End}[min(k, 1)]
				if k == 0 { // what stands behind it is not read with it
					p.Fill(Box(box.X-1, y+1, min(p.Width(c.Text, c.Style), box.W)+2, box.H-2), White)
				}
			}
			p.in(box, box.MiddleY()+Ascent/2, c, r.lines())
		}
		y += Multiple(r.lines(), step)
	}
}

// in writes a text into a box in so many lines at most, around a baseline.
func (p *Page) in(r Rect, base float64, c Cell, most int) {
	lines := p.WrapTo(most, c.Text, r.W, c.Style)
	x := []float64{r.X, r.MiddleX(), r.Right()}[c.Anchor]
	p.Lines(x, base-Multiple(len(lines)-1, LineStep/2), lines, c.Style)
}
