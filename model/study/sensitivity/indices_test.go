package sensitivity

import (
	"math"
	"testing"
)

// analyse runs a function through a design with one group a column.
func analyse(rows, columns int, groups [][]int, f func([]float64) Response) *Table {
	if groups == nil {
		for c := range columns {
			groups = append(groups, []int{c})
		}
	}
	d := NewDesign(columns, groups, source(11))
	x := make([]float64, columns)
	y := make([][]Response, rows)
	for n := range y {
		for k := range d.Points() {
			d.Point(n, k, x)
			y[n] = append(y[n], f(x))
		}
	}
	return NewTable(rows, len(groups), func(n, k int) Response { return y[n][k] })
}

// compare holds indices to known ones.
func compare(t *testing.T, what string, got []Index, want []float64, by float64) {
	t.Helper()
	for i, w := range want {
		g := got[i]
		if low, high := float64(g.Low), float64(g.High); math.Abs(g.Value-w) > by || !(low <= g.Value && g.Value <= high) ||
			low > w+by || high < w-by {
			t.Errorf("%s of input %d: %+v, want %v", what, i+1, g, w)
		}
	}
}

// TestIshigami: the published indices to 0.01 from 4096 rows. Catches estimators of
// another quantity: x₃ has no first-order share and a total one.
func TestIshigami(t *testing.T) {
	e := analyse(4096, 3, nil, exact(ishigami)).Estimate(4096, source(12))
	compare(t, "first order", e.First, ishigamiFirst, .01)
	compare(t, "total", e.Total, ishigamiTotal, .01)
	if math.Abs(e.Variance.Value/ishigamiVariance-1) > .01 || math.Abs(e.Mean-3.5) > .01 || e.Noise > 1e-9 || !e.Resolved {
		t.Errorf("%+v, want variance %v", e, ishigamiVariance)
	}
}

// TestGFunction: the closed form, eight inputs of falling weight.
func TestGFunction(t *testing.T) {
	first, total, variance := gIndices()
	e := analyse(4096, 8, nil, exact(gFunction)).Estimate(4096, source(12))
	compare(t, "first order", e.First, first, .01)
	compare(t, "total", e.Total, total, .01)
	if math.Abs(e.Variance.Value/variance-1) > .01 || math.Abs(e.Mean-1) > .001 {
		t.Errorf("%+v, want variance %v", e, variance)
	}
}

// TestGroups: the index of a group is that of its inputs together: for the g function
// the first-order share of {3 … 8} is the product form of its variance.
func TestGroups(t *testing.T) {
	_, _, variance := gIndices()
	inside := 1.0
	for _, a := range gCoefficients[2:] {
		inside *= 1 + 1/(3*(1+a)*(1+a))
	}
	e := analyse(2048, 8, [][]int{{0}, {1}, rest(2, 8)}, exact(gFunction)).Estimate(2048, source(12))
	compare(t, "first order of the group", e.First[2:], []float64{(inside - 1) / variance}, .01)
	outside := (1 + 1./3) * (1 + 1./12)
	compare(t, "total of the group", e.Total[2:], []float64{(inside - 1) * outside / variance}, .01)
}

// TestIndicesWithoutNoise: noise of the size of the function changes no index, whether
// points share it or not, and its part of the variance is stated. Without the
// correction the total index of x₃ would rise by half and more. Resolution: with 4096
// rows of 8 replicates the standard error of an index is below 0.02.
func TestIndicesWithoutNoise(t *testing.T) {
	const sd, replicates = 4.0, 8
	for _, shared := range []float64{0, .8} {
		n := &noise{sd: sd, shared: shared, replicates: replicates}
		e := analyse(4096, 3, nil, func(u []float64) Response { return n.respond(ishigami(u)) }).Estimate(4096, source(12))
		compare(t, "first order", e.First, ishigamiFirst, .06)
		compare(t, "total", e.Total, ishigamiTotal, .06)
		own := sd * sd / replicates * (1 - shared*shared) // what points do not share
		if math.Abs(e.Variance.Value/ishigamiVariance-1) > .05 || math.Abs(e.Noise/own-1) > .15 {
			t.Errorf("shared %v: variance %v, want %v; noise %v, want %v", shared, e.Variance, ishigamiVariance, e.Noise, own)
		}
	}
}

// TestUnresolved: of a function that does not vary, or varies less than noise hides,
// there are no indices. Catches shares of zero.
func TestUnresolved(t *testing.T) {
	for name, f := range map[string]func([]float64) Response{
		"constant":    exact(func([]float64) float64 { return 1e6 / 3 }),
		"only noise":  (&constant{}).respond,
		"with itself": func([]float64) Response { return Response{3, 4, 5} },
	} {
		e := analyse(64, 2, nil, f).Estimate(64, source(12))
		if e.Resolved || len(e.First)+len(e.Total) > 0 {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

type constant struct{ n noise }

func (c *constant) respond([]float64) Response {
	c.n.sd, c.n.replicates = 1, 4
	return c.n.respond(5)
}

// TestIntervalsCover: of the intervals of 60 analyses, nearly all hold the true index.
// They are wide on even points, so that fewer than 54 would be a mistake.
func TestIntervalsCover(t *testing.T) {
	const analyses, rows = 60, 128
	hold := [2]int{}
	for k := range analyses {
		d := NewDesign(3, [][]int{{0}, {1}, {2}}, source(uint64(100+k)))
		x := make([]float64, 3)
		e := NewTable(rows, 3, func(n,
			which int) Response {
			d.Point(n, which, x)
			return Response{ishigami(x)}
		}).Estimate(rows, source(uint64(k)))
		for i, index := range []Index{e.First[1], e.Total[0]} {
			if w := []float64{ishigamiFirst[1], ishigamiTotal[0]}[i]; float64(index.Low) <= w && w <= float64(index.High) {
				hold[i]++
			}
		}
	}
	if hold[0] < 54 || hold[1] < 54 {
		t.Errorf("%v of %d intervals hold", hold, analyses)
	}
}

// TestConvergence: parts of the rows are what a shorter analysis gives, and the last is
// the whole; intervals narrow.
func TestConvergence(t *testing.T) {
	table := analyse(512, 3, nil, exact(ishigami))
	steps := table.Convergence(source(12))
	if len(steps) != 4 || steps[0].Rows != 64 || steps[3].Rows != 512 {
		t.Fatalf("%d steps", len(steps))
	}
	short := analyse(64, 3, nil, exact(ishigami)).Estimate(64, source(12))
	for g := range 3 { // each table takes off a mean of its own
		if math.Abs(steps[0].First[g].Value-short.First[g].Value) > 1e-3 ||
			math.Abs(steps[0].Total[g].Value-short.Total[g].Value) > 1e-9 {
			t.Errorf("group %d: %+v and %+v", g, steps[0].First[g], short.First[g])
		}
	}
	if a, b := steps[0].Total[0], steps[3].Total[0]; b.High-b.Low > .6*(a.High-a.Low) {
		t.Errorf("the interval goes from %+v to %+v", a, b)
	}
	if few := analyse(3, 3, nil, exact(ishigami)).Convergence(source(12)); len(few) != 1 || few[0].Rows != 3 {
		t.Errorf("three rows have %d steps", len(few))
	}
}
