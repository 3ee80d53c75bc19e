package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
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
		if at := r.one(t, "beyond "+name+": no precedent").y; !near(at-chart.Ascent/2, below) {
			t.Errorf("%s is written at %v, not above it at %v", name, at, below)
		}
	}
}

// TestPeaksReadOffThePage catches: a linear axis, marks of another rung or arm, bars of half the
// error, a mark or a number on a rung that no pair of states has reached.
func TestPeaksReadOffThePage(t *testing.T) {
	for arms := 1; arms <= 3; arms++ {
		s := armsOf(arms)
		in := newInput(s, nil)
		r := play(t, "peak", s, nil)
		lines := rungLines(t, r)
		axis := r.axis(t, lines[0], 150, 560, true)
		for i, a := range in.first(3) {
			dy := (float64(i) - float64(arms-1)/2) * min(4.5, 9/float64(arms))
			data := in.armOf(a.Name)
			for rung := range ladder.Rungs {
				at := func(s shape) bool { return s.kind != 't' && math.Abs(s.center().Y-lines[rung]-dy) < 1e-6 }
				marks := r.only(func(s shape) bool { return s.kind == 'f' && s.color == a.Color && at(s) })
				errors := r.only(func(s shape) bool { return s.flat() && s.width == 2 && at(s) })
				if rung >= unprecedented {
					if len(marks)+len(errors) != 0 {
						t.Errorf("%d marks on R%d", len(marks), rung)
					}
					continue
				}
				if len(marks) != 1 || len(errors) != 1 {
					t.Fatalf("%d arms: %d marks of %s on rung %d", arms, len(marks), a.Name, rung)
				}
				axis.close(t, "a share", marks[0].center().X, data.Peaks[rung])
				axis.close(t, "the low end", errors[0].bounds().X, data.Peaks[rung]-data.PeaksMC[rung])
				axis.close(t, "the high end", errors[0].bounds().Right(), data.Peaks[rung]+data.PeaksMC[rung])
				var beside []float64
				for _, b := range in.first(3) {
					beside = append(beside, in.armOf(b.Name).Peaks[rung])
				}
				number := chart.Alike(beside...)(data.Peaks[rung])
				if !slices.ContainsFunc(r.find(number), func(w run) bool {
					return near(w.y-chart.Ascent/2, lines[rung]) && w.color == chart.Legible(a.Color)
				}) {
					t.Errorf("R%d lacks %q", rung, number)
				}
			}
		}
		if alt := newPeak(in).alt; !strings.Contains(alt, "R8 and R9: "+noPrecedent+".") {
			t.Errorf("no word on what has no precedent: %s", alt)
		}
	}
}

// TestBoundReplacesTheLastRung catches: the lowest bound of the arms, a table that gives
// the last rung a share beside it.
func TestBoundReplacesTheLastRung(t *testing.T) {
	s := realistic()
	for i, bound := range []float64{.02, .04} {
		s.Arms[i].Curves[5].Bound = bound
	}
	rows := newPeak(newInput(s, nil)).numbers.rows
	if last := rows[len(rows)-1]; len(rows) != 19 || last[0] != "R9" || last[3] != "" || last[5] != "0.04" {
		t.Errorf("%d rows, the last %q", len(rows), last)
	}
}
