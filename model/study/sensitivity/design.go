package sensitivity

import "github.com/misstep/misstep/model/random"

// Design is the set of points of a variance-based analysis after [Saltelli2010]: rows of
// two independent points A and B of the unit cube, and for every group of columns the
// point A with these columns of B. Single columns that come first take the leading
// dimensions of the sequence; what is left once its dimensions are used up is random.
type Design struct {
	groups [][]int
	a, b   []int // by column: its dimensions
	seq    *Sequence
	rep    random.Replicate
}

// NewDesign lays out a design over so many columns, each of which is in one group.
func NewDesign(columns int, groups [][]int, rep random.Replicate) *Design {
	d := &Design{groups: groups, a: make([]int, columns), b: make([]int, columns), rep: rep,
		seq: NewSequence(min(2*columns, MaxDimensions), rep)}
	lead, next := 0, 0
	for lead < len(groups) && len(groups[lead]) == 1 {
		lead++
	}
	for n, g := range groups {
		for _, c := range g {
			if d.a[c], d.b[c] = next, lead+next; n >= lead {
				d.a[c], d.b[c] = lead+next, columns+next
			}
			next++
		}
	}
	return d
}

// Points is the number of points of a row: A, B, and one per group.
func (d *Design) Points() int { return 2 + len(d.groups) }

// Point fills x with a point of a row: 0 is A, 1 is B, 2 + i is A with the columns of
// group i from B.
func (d *Design) Point(row, which int, x []float64) {
	dimensions := d.a
	if which == 1 {
		dimensions = d.b
	}
	for c, at := range dimensions {
		x[c] = d.coordinate(row, at)
	}
	if which >= 2 {
		for _, c := range d.groups[which-2] {
			x[c] = d.coordinate(row, d.b[c])
		}
	}
}

func (d *Design) coordinate(row, dimension int) float64 {
	if dimension < d.seq.Dimensions() {
		return d.seq.At(row, dimension)
	}
	return d.rep.Uniform(random.Stream(random.Entity(random.NameHash("sobol.pad"), dimension), random.Parameter), row)
}
