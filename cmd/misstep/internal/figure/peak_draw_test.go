package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/ladder"
)

// rungLines are the heights of the ten rungs, by the codes at the left.
func rungLines(t *testing.T, r *tape) (y [ladder.Rungs]float64) {
	t.Helper()
	for i := range y {
		y[i] = r.one(t, standard.Rungs[i].Code).y - chart.Ascent/2
	}
	return
}

// unbounded has no bound from history, so that the table has every rung.
func unbounded(arms int) *peak {
	c := newPeak(newInput(armsOf(arms), nil, Options{})).(*peak)
	c.bound = 0
	return c
}

// TestPeaksReadOffThePage catches: a linear axis, marks of another rung or arm, bars
// of half the error.
func TestPeaksReadOffThePage(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		c := unbounded(arms)
		r, p := newTape()
		c.draw(p, chart.Box(chart.Margin, 60, 548, 240))
		axis := rulerOf(t, r.ticks(true, quantity), true)
		lines := rungLines(t, r)
		for i, a := range c.arms {
			dy := (float64(i) - float64(len(c.arms)-1)/2) * min(4.5, 9/float64(len(c.arms)))
			for rung := range unprecedented {
				y := lines[rung] + dy
				at := func(s shape) bool { return s.kind != 't' && math.Abs(s.center().Y-y) < 1e-6 }
				marks := r.only(func(s shape) bool { return s.kind == 'f' && s.color == a.Color && at(s) })
				if len(marks) != 1 {
					t.Fatalf("%d arms: %d marks of %s on rung %d", arms, len(marks), a.Name, rung)
				}
				axis.close(t, "a share", marks[0].center().X, a.share[rung])
				errors := r.only(func(s shape) bool {
					return s.flat() && s.width == 2 && s.color == chart.Tint(a.Color, .6) &&
						at(s)
				})
				if len(errors) != 1 {
					t.Fatalf("%d arms: %d bars of %s on rung %d", arms, len(errors), a.Name, rung)
				}
				axis.close(t, "the low end", errors[0].bounds().X, a.share[rung]-a.mc[rung])
				axis.close(t, "the high end", errors[0].bounds().Right(), a.share[rung]+a.mc[rung])
			}
		}
	}
}

// TestFirebreaksLieBetweenRungs catches: a firebreak one rung too low or too high.
func TestFirebreaksLieBetweenRungs(t *testing.T) {
	r := play(t, "peak", realistic(), nil)
	lines := rungLines(t, r)
	breaks := r.strokes(1.1, chart.Vermillion)
	if len(breaks) != 2 {
		t.Fatalf("%d firebreaks", len(breaks))
	}
	for i, name := range []string{"firebreak A", "firebreak B"} {
		y := breaks[i].center().Y
		above, below := lines[7+i], lines[8+i]
		if !near(y, (above+below)/2) || len(breaks[i].dash) == 0 {
			t.Errorf("%s lies at %v, between %v and %v", name, y, above, below)
		}
		if at := r.one(t, name).y; math.Abs(at-y) > chart.Ascent {
			t.Errorf("%s is written at %v, drawn at %v", name, at, y)
		}
	}
}

// TestWithoutPrecedentThereIsNoNumber catches: a mark, a number or a bound on a rung that no
// pair of states has reached, a grid that asks to read one off, a text that gives it away.
func TestWithoutPrecedentThereIsNoNumber(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		s := armsOf(arms)
		for i := range s.Arms {
			s.Arms[i].Peaks[8], s.Arms[i].Peaks[9] = .31, .32
		}
		r := play(t, "peak", s, nil)
		lines := rungLines(t, r)
		says := r.find(noNumber)
		if len(says) != 2 || !near(says[0].y-chart.Ascent/2, lines[8]) || !near(says[1].y-chart.Ascent/2, lines[9]) {
			t.Fatalf("%d arms: said at %+v, rungs at %v", arms, says, lines[8:])
		}
		foot := lines[7] + (lines[8]-lines[7])/2
		low := r.only(func(s shape) bool { return s.kind != 't' && s.bounds().Bottom() > foot+1e-6 })
		for _, q := range low { // the firebreak below R8, its label's ground, and what joins them
			if b := q.bounds(); b.W < 40 || q.upright() {
				t.Errorf("%d arms: something is drawn at %v, below %v", arms, b, foot)
			}
		}
		c := newPeak(newInput(s, nil, Options{})).(*peak)
		alt := c.words().alt
		if strings.Contains(alt, "31\u00a0%") || strings.Contains(alt, "32\u00a0%") ||
			!strings.Contains(alt, "R8 and R9: "+noNumber+".") {
			t.Errorf("the text is %q", alt)
		}
		for _, text := range r.words() {
			if strings.Contains(text, "ollow") || strings.Contains(text, "bound") {
				t.Errorf("%q is said of nothing", text)
			}
		}
		if rows := c.table().rows; rows[8*arms][3] != "0.31" {
			t.Errorf("the table has %q", rows[8*arms])
		}
	}
}

// TestNumbersOfPeaks catches: numbers in the column of another arm, or in its colour.
func TestNumbersOfPeaks(t *testing.T) {
	c := unbounded(3)
	r, p := newTape()
	c.draw(p, chart.Box(chart.Margin, 60, 548, 240))
	lines := rungLines(t, r)
	right := 0.0
	for i, a := range c.arms {
		var column []run
		for _, x := range r.texts() {
			if x.color == chart.Legible(a.Color) && !x.bold && x.x > 300 {
				column = append(column, x)
			}
		}
		if len(column) != unprecedented || !(column[0].right > right) {
			t.Fatalf("arm %d has %d numbers at %v", i, len(column), right)
		}
		right = column[0].right
		for rung, x := range column {
			if x.s != surface.Printable(chart.Chance(a.share[rung])) || !near(x.right, right) ||
				!near(x.y-chart.Ascent/2, lines[rung]) {
				t.Errorf("arm %d, rung %d: %q at %v, %v", i, rung, x.s, x.x, x.y)
			}
		}
	}
}

// TestPeakScale catches: an axis that ends above the rarest share, or at 0.
func TestPeakScale(t *testing.T) {
	for _, c := range []struct {
		share float64
		want  float64
	}{{.5, 1e-2}, {.2, 1e-2}, {.02, 1e-2}, {.012, 1e-3}, {.0021, 1e-3}, {6e-7, 1e-7}, {1e-40, 1e-9}, {0, 1e-2},
		{nan, 1e-2}} {
		p := &peak{arms: []peakArm{{share: [ladder.Rungs]float64{c.share}}}}
		s := p.scaleOf(10, 90)
		if !near(s.Lo, c.want) || s.Hi != 1 || s.From != 10 || s.To != 90 || !s.Log {
			t.Errorf("share %v: scale %+v, want from %v", c.share, s, c.want)
		}
		if c.share > s.Lo && !(s.At(c.share) > 10) {
			t.Errorf("share %v stands on the edge", c.share)
		}
	}
}

// TestPeakAxisLabels catches: labels that run into each other on a long axis.
func TestPeakAxisLabels(t *testing.T) {
	for lo := 1e-1; lo > 1e-10; lo /= 10 {
		r, p := newTape()
		new(peak).axis(p, chart.Scale{Lo: lo, Hi: 1, From: 182, To: 300, Log: true}, chart.Box(14, 60, 500, 200))
		left := math.Inf(1)
		for _, a := range r.texts() {
			w := p.Width(a.s, chart.Quiet)
			if a.x+w > left-5.9 {
				t.Errorf("from %v: %q is too close to its neighbour", lo, a.s)
			}
			left = a.x
		}
		if lines := len(r.strokes(.6, chart.Grid)); lines < 2 || len(r.texts()) < 2 || r.texts()[0].s != "100 %" {
			t.Errorf("from %v: %d lines, %q", lo, lines, r.words())
		}
	}
}

// TestPeakData catches: a share above one, an unknown share that is drawn as 0, an
// error that is negative.
func TestPeakData(t *testing.T) {
	s := realistic()
	s.Arms[0].Peaks = []float64{1.5, -1, nan, .3}
	s.Arms[0].PeaksMC = []float64{-.1, nan}
	s.Arms[1].Peaks = nil
	c := newPeak(newInput(s, nil, Options{})).(*peak)
	if len(c.arms) != 1 {
		t.Fatalf("%d arms with peaks, want 1", len(c.arms))
	}
	a := c.arms[0]
	if a.share[0] != 1 || a.share[1] != 0 || chart.Finite(a.share[2]) || a.share[3] != .3 || chart.Finite(a.share[9]) ||
		a.mc != [ladder.Rungs]float64{.1} {
		t.Errorf("shares %v, errors %v", a.share, a.mc)
	}
	r, p := newTape()
	c.draw(p, chart.Box(chart.Margin, 60, 548, 240))
	var numbers []string
	for _, x := range r.texts() {
		if x.x > 300 && x.color == chart.Legible(a.Color) && !x.bold {
			numbers = append(numbers, x.s)
		}
	}
	if want := "100 %,none,n/a,30 %,n/a,n/a,n/a,n/a"; strings.Join(numbers, ",") != want {
		t.Errorf("numbers %q, want %q", numbers, want)
	}
	if marks := r.fills(a.Color); len(marks) != 3 { // R0, R3 and the heading
		t.Errorf("%d marks, want 3", len(marks))
	}
}

// TestBoundReplacesTheLastRung catches: the lowest bound of the arms, a table that gives
// the last rung a share beside it.
func TestBoundReplacesTheLastRung(t *testing.T) {
	s := realistic()
	for i, bound := range []float64{.02, .04} {
		s.Arms[i].Curves[5].Bound = bound
	}
	c := newPeak(newInput(s, nil, Options{})).(*peak)
	if c.bound != .04 || c.rungs() != 9 {
		t.Errorf("bound %v, %d rungs", c.bound, c.rungs())
	}
	rows := c.table().rows
	if last := rows[len(rows)-1]; len(rows) != 19 || last[0] != "R9" || last[3] != "" || last[5] != "0.04" {
		t.Errorf("%d rows, the last %q", len(rows), last)
	}
	r := play(t, "peak", s, nil)
	for _, text := range []string{chart.Chance(.04), chart.Chance(6e-7)} {
		if slices.Contains(r.words(), text) {
			t.Errorf("%q is drawn", text)
		}
	}
}
