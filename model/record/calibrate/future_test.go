package calibrate

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// Breaks when a continuation of the histories as they are leaves another record than
// the histories, or extend is not given the slots of its own history.
func TestContinuationOfNothing(t *testing.T) {
	p := short()
	c := p.NewContinuation()
	for n := range 4 {
		rep := replicate(n)
		values := make([]float64, p.Dims())
		p.Space.Values(drawn(p, rep), values)
		got, ok := c.Play(rep, values, func(h int, _ *random.Replicate, theta []float64) (*scenario.Scenario, []float64) {
			v := p.Histories.pair()[h]
			if len(theta) != len(v.Slots) {
				t.Errorf("%d values for %d slots of %s", len(theta), len(v.Slots), v.Name)
			}
			return v, theta
		})
		if !ok {
			t.Fatal("too many events")
		}
		for h, x := range simulated(p, n) {
			west, dialogues := westOf(h)
			if !same(got[h], naiveRecord(x, west, dialogues, x.v.Horizon)) {
				t.Errorf("draw %d, %s: another record", n, x.v.Name)
			}
		}
	}
}

// Breaks when hits are counted for another use, or an undefined width is a width.
func TestScoreOf(t *testing.T) {
	one := func(use Use, id string, inside bool, narrowed, tail float64) Prediction {
		return Prediction{Statistic: &Statistic{ID: id, Use: use}, Inside: inside, Narrowed: narrowed, Width: narrowed / 2,
			Tail: tail}
	}
	got := ScoreOf([]Prediction{
		one(Calibrate, "a", true, 0.5, 0.5), one(Calibrate, "b", false, 0.7, 0.009),
		one(Calibrate, "c", true, math.NaN(), 0.01),
		one(Calibrate, "d", true, math.Inf(1), 1), one(Echo, "e", true, 9, 0.001), one(Echo, "f", false, 9, 1),
		one(Plausibility, "g", true, 9, 0),
		one(LeftOut, "h", true, 9, 1), one(LeftOut, "i", false, 9, 1), one(LeftOut, "j", true, 9, 0.001),
	})
	if got.Used != 4 || got.Inside != 3 || got.Echoes != 2 || got.EchoInside != 1 || !near(got.Narrowed, 0.6) ||
		!near(got.Width, 0.3) ||
		got.LeftOut != 3 || got.LeftInside != 2 || !slices.Equal(got.Conflicts, []string{"b", "e", "j"}) {
		t.Errorf("%+v", got)
	}
	if none := ScoreOf(nil); none.Width != 0 || none.Narrowed != 0 || none.Conflicts == nil {
		t.Errorf("the score of nothing is %+v", none)
	}
}

// Breaks when a value at the edge of the central 90 % is outside, or one under a
// lower bound is inside.
func TestCompareByHand(t *testing.T) {
	p := &Problem{Statistics: []Statistic{{ID: "x", Kind: Plain}, {ID: "y", Kind: Plain, Low: true}}}
	prior, post := make([]float64, 0, 21), make([]float64, 0, 21)
	for i := range 21 {
		prior, post = append(prior, float64(20-i)*10), append(post, float64(i))
	}
	post = append(post, math.NaN())
	for _, x := range []struct {
		k      int
		y      float64
		inside bool
		tail   float64
	}{{0, 1, true, 2.0 / 21}, {0, 19, true, 4.0 / 21}, {0, 0.9, false, 2.0 / 21}, {0, 19.1, false, 4.0 / 21},
		{1, 0, true, 1}, {1, 19.1, false, 19.0 / 21}} {
		p.Observed = []Observation{{Value: x.y}, {Value: x.y}}
		got := p.compare(x.k, prior, post)
		if got.Inside != x.inside || !near(got.Tail, x.tail) || got.Prior != [3]float64{10, 100, 190} ||
			got.Posterior != [3]float64{1, 10, 19} || !near(got.Narrowed, 0.1) || !near(got.Undefined, 1.0/22) {
			t.Errorf("%s = %v: %+v", p.Statistics[x.k].ID, x.y, got)
		}
	}
}

// Breaks when the numbers of the record are not told apart, or the parties are others.
func TestParties(t *testing.T) {
	west, east := Parties()
	if west != [2]string{evidence.UnitedStates, evidence.UnitedKingdom} || east != "China" {
		t.Errorf("%v accuse %s", west, east)
	}
	n := 0
	for i := range full().Space.Coordinates {
		if full().Space.Coordinates[i].OfRecord() {
			n++
		}
	}
	if n != 5 { // two data sets, their lag, errors and covert answers that come out
		t.Errorf("%d numbers of the record, want 5", n)
	}
}
