package draws

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/record/table"
)

// fixed are the columns that every table begins with.
var fixed = []string{"draw", "baseline", "treatment", "replicates"}

// columns are the names of all: the fixed ones, a column a number that varies, a sum a number of the
// joint, and after these the sum of the products of any two, first*second.
func (t *Table) columns() []string {
	out := slices.Concat(fixed, t.Numbers, t.Joint.Names)
	for i, a := range t.Joint.Names {
		for _, b := range t.Joint.Names[i:] {
			out = append(out, a+"*"+b)
		}
	}
	return out
}

// CSV is the table as comma-separated values. Numbers are written so that reading gives the same
// bits, whole ones without a point.
func (t *Table) CSV() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(t.columns()) // a buffer takes everything
	var cells []string
	for i := range t.Rows {
		r := &t.Rows[i]
		cells = append(cells[:0], strconv.Itoa(r.Draw), table.Cell(t.Baseline), table.Cell(r.Treatment), exact(r.Sums.N))
		for _, list := range [][]float64{r.Theta, r.Sums.Sum, r.Sums.Sq} {
			for _, x := range list {
				cells = append(cells, exact(x))
			}
		}
		_ = w.Write(cells)
		if i == sampled {
			w.Flush()
			b.Grow(b.Len() / sampled * (len(t.Rows) - sampled))
		}
	}
	w.Flush()
	return b.Bytes()
}

// sampled is the row by which the length of all is guessed, so that a large table is not copied as it grows.
const sampled = 16

func exact(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// Read reads what [Table.CSV] writes; file is how messages name it. The error is [table.Problems],
// with every mistake at its place: a name or a number of columns that no run has, a cell that is no
// number, draws out of order or without a contrast, sums of products that no numbers have.
func Read(file string, data []byte) (*Table, error) {
	text := &table.Text{File: file}
	head, _ := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))).Read()
	if twice := repeated(head); twice >= 0 { // before the columns are made out, which are the square of the outcomes
		text.Say(1, 1, "two columns are called %q; leave one", table.Clip(head[twice], 48))
		return nil, text.Problems
	}
	t := ofHead(head)
	columns := t.columns()
	for i, path := range t.Numbers {
		if strings.Contains(path, "*") {
			text.Say(1, 1, "column %d is %q, a product of numbers that no outcome of this program has; use the version of "+
				"misstep that wrote the run", len(fixed)+i+1, table.Clip(path, 80))
			return nil, text.Problems
		}
	}
	rows := text.CSV(columns, data)
	if len(rows) == 0 && len(text.Problems) == 0 {
		text.Say(0, 0, "holds no draw; repeat the run")
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, t.row(r, columns))
	}
	if len(text.Problems) == 0 {
		t.contrasts(rows)
	}
	if len(text.Problems) > 0 {
		return nil, text.Problems.Sorted()
	}
	return t, nil
}

// ofHead is a table of some columns, as far as they can be told: what varies stands up to the first
// number of an outcome, and each outcome has two.
func ofHead(head []string) *Table {
	t := &Table{}
	stem := func(i int, arm string) int {
		if i >= len(head) || !strings.HasSuffix(head[i], arm) {
			return -1
		}
		return outcome.Index(strings.TrimSuffix(head[i], arm))
	}
	at := len(fixed)
	for ; at < len(head) && stem(at, "_baseline") < 0; at++ {
		t.Numbers = append(t.Numbers, head[at])
	}
	var outcomes []int
	for ; stem(at, "_baseline") >= 0 && stem(at, "_baseline") == stem(at+1, "_treatment"); at += 2 {
		outcomes = append(outcomes, stem(at, "_baseline"))
	}
	t.Joint = outcome.JointOf(outcomes)
	return t
}

// repeated is the place of a name that stands before it, −1 where none does.
func repeated(names []string) int {
	seen := map[string]bool{}
	for i, name := range names {
		if seen[name] {
			return i
		}
		seen[name] = true
	}
	return -1
}

// row reads a row of the text.
func (t *Table) row(r *table.Row, columns []string) Row {
	number := func(i int) float64 {
		x, ok := r.Number(columns[i])
		if !ok {
			r.Need(columns[i])
		}
		return x
	}
	out := Row{Draw: r.Whole("draw", 0, math.MaxInt32, 0), Treatment: table.Plain(r.Get("treatment")),
		Sums: experiment.NewJointMoments(len(t.Joint.Names))}
	at := len(fixed)
	if out.Sums.N = number(3); out.Sums.N != math.Trunc(out.Sums.N) || out.Sums.N < 1 {
		r.Say("replicates", "%v is no number of futures", out.Sums.N)
		return out
	}
	for range t.Numbers {
		out.Theta, at = append(out.Theta, number(at)), at+1
	}
	for _, list := range [2][]float64{out.Sums.Sum, out.Sums.Sq} {
		for i := range list {
			list[i], at = number(at), at+1
		}
	}
	t.products(&out.Sums, r)
	return out
}

// products holds the sums of products against what numbers can have: no variance is below zero, and
// no covariance larger than the variances allow.
func (t *Table) products(s *experiment.JointMoments, r *table.Row) {
	const rounding = 1e-9
	for i, a := range t.Joint.Names {
		square := s.Product(i, i)
		if float64(s.Sum[i]*s.Sum[i]) > float64(square*s.N)*(1+rounding) {
			r.Say(a+"*"+a, "%v is too small for a sum of squares of %v numbers that add up to %v", square, s.N, s.Sum[i])
		}
		for k := i + 1; k < len(t.Joint.Names); k++ {
			x := s.Product(i, k)
			if b := t.Joint.Names[k]; float64(x*x) > float64(square*s.Product(k, k))*(1+rounding) {
				r.Say(a+"*"+b, "%v is too large for the sums of squares, %v and %v", x, square, s.Product(k, k))
			}
		}
	}
}

// contrasts makes out the contrasts from the first draw, and holds the others against it.
func (t *Table) contrasts(rows []*table.Row) {
	first := 0
	for ; first < len(t.Rows) && t.Rows[first].Draw == t.Rows[0].Draw; first++ {
		t.Treatments = append(t.Treatments, t.Rows[first].Treatment)
	}
	t.Baseline = table.Plain(rows[0].Get("baseline"))
	if at := repeated(t.Treatments); at >= 0 {
		rows[at].Say("treatment", "%q stands twice in a draw", t.Treatments[at])
	}
	for i := range t.Rows {
		r, same := &t.Rows[i], &t.Rows[i/first*first]
		switch {
		case r.Draw != i/first:
			rows[i].Say("draw", "%d where draw %d is due; each draw has the same %d rows", r.Draw, i/first, first)
		case r.Treatment != t.Treatments[i%first]:
			rows[i].Say("treatment", "%q where %q is due", r.Treatment, t.Treatments[i%first])
		case table.Plain(rows[i].Get("baseline")) != t.Baseline:
			rows[i].Say("baseline", "%q, and %q above", rows[i].Get("baseline"), t.Baseline)
		case (r.Treatment == "") != (len(t.Joint.Names) == 0):
			rows[i].Say("treatment", "%q: a run of one arm alone has neither a treatment nor sums", r.Treatment)
		case r.Sums.N != t.Rows[0].Sums.N:
			rows[i].Say("replicates", "%v, and %v above", r.Sums.N, t.Rows[0].Sums.N)
		case !slices.Equal(r.Theta, same.Theta):
			rows[i].Say("draw", "%d has other numbers than in its first row", r.Draw)
		}
	}
	if len(t.Rows)%first != 0 {
		rows[len(rows)-1].Say("draw", "the last draw has fewer than %d rows; the table is cut off", first)
	}
	if t.Treatments[0] == "" {
		t.Treatments = nil
	}
}
