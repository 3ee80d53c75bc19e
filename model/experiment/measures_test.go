package experiment

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/sim"
)

// quiet is an outcome in which nothing was reached.
func quiet(cases ...sim.CaseOutcome) *sim.Outcome {
	o := &sim.Outcome{Cases: cases}
	for c := range o.First {
		for k := range o.First[c] {
			o.First[c][k] = math.Inf(1)
		}
		o.FirstCut[c] = math.Inf(1)
	}
	return o
}

// with changes an outcome.
func with(o *sim.Outcome, change func(*sim.Outcome)) *sim.Outcome {
	change(o)
	return o
}

// A table whose columns are swapped, or that counts any step for a misstep, would
// show here.
func TestFuturesTable(t *testing.T) {
	misstep := func(class int) *sim.Outcome {
		return with(quiet(), func(o *sim.Outcome) { o.First[class][sim.Misstep] = 0 })
	}
	other := with(quiet(), func(o *sim.Outcome) { o.First[2][sim.AnyCause], o.First[2][sim.Induced] = 1, 1 })
	for _, c := range []struct {
		a, b *sim.Outcome
		want [2]int // R6, R3
	}{
		{quiet(), quiet(), [2]int{0, 0}},
		{misstep(2), quiet(), [2]int{1, 0}},
		{quiet(), misstep(2), [2]int{2, 0}},
		{misstep(2), misstep(2), [2]int{3, 0}},
		{misstep(0), misstep(2), [2]int{2, 1}},
		{other, misstep(0), [2]int{0, 2}},
		{misstep(1), misstep(4), [2]int{0, 0}},
	} {
		have := [2]int{future(c.a, c.b, sim.ClassBreak), future(c.a, c.b, sim.ClassPublic)}
		if have != c.want {
			t.Errorf("%v, want %v", have, c.want)
		}
	}
}

// A covariance that divides by n, reads the lower triangle, or is not 0 for a single
// replicate would show here.
func TestCovarianceOfFewReplicates(t *testing.T) {
	var m Moments
	if m.Cov(0, 0) != 0 {
		t.Error("nothing varies")
	}
	m.add([4]float64{3, 1, 0, 2})
	if m.Cov(0, 0) != 0 {
		t.Error("one replicate varies")
	}
	m.add([4]float64{5, 1, 4, 2})
	for _, c := range []struct {
		i, j int
		want float64
	}{{0, 0, 2}, {0, 2, 4}, {2, 0, 4}, {2, 2, 8}, {1, 1, 0}, {3, 0, 0}} {
		if have := m.Cov(c.i, c.j); have != c.want {
			t.Errorf("cov(%d, %d) = %v, want %v", c.i, c.j, have, c.want)
		}
	}
}

// A belief of 1 that falls beyond the last bin, or a closed case without a suspect
// that is scored, would show here.
func TestAttributionBinsOfCases(t *testing.T) {
	s := newArmSums(0, nil)
	s.addCases(quiet(
		sim.CaseOutcome{HasTarget: true, Guilty: true, Belief: 1},
		sim.CaseOutcome{HasTarget: true, Belief: 0.95},
		sim.CaseOutcome{HasTarget: true, Guilty: true, Belief: 0.25, Peak: 9},
		sim.CaseOutcome{Guilty: true, Belief: 0.5},
	))
	brier := 0.95*0.95 + 0.75*0.75
	if s.Suspects != 3 || math.Abs(s.Brier-brier) > 1e-12 || s.Peaks[0].Sum[1] != 4 {
		t.Errorf("%v suspects of %v cases, Brier %v, want 3 of 4, %v", s.Suspects, s.Peaks[0].Sum[1], s.Brier, brier)
	}
	want := [10][3]float64{2: {0.25, 1, 1}, 9: {1.95, 1, 2}}
	same(t, "bins", want, s.Bins)
	if s.Peaks[9].Sum != [4]float64{1, 4} || s.Peaks[0].Sum != [4]float64{3, 4} {
		t.Errorf("peaks %+v", s.Peaks)
	}
}
