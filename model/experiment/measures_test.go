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

// handMade are two arms with two common cases, and one of its own in each.
func handMade() (a, b *sim.Outcome) {
	a = quiet(
		sim.CaseOutcome{Stream: 0, Ordinal: 0, Peak: 3, Missteps: 0b111, Avoidable: 0b011, Falsely: true, Regret: 0.5, Withdrawn: true},
		sim.CaseOutcome{Stream: 0, Ordinal: 4, Peak: 7, Missed: true, Unmet: true, Missteps: 0b100},
		sim.CaseOutcome{Stream: 2, Ordinal: 1, Peak: 5, Missteps: 0b001, Missed: true, Rightly: true, Regret: 9},
	)
	b = quiet(
		sim.CaseOutcome{Stream: 0, Ordinal: 0, Peak: 2, Rightly: true, Regret: 0.25},
		sim.CaseOutcome{Stream: 0, Ordinal: 4, Peak: 3, Missteps: 0b001, Avoidable: 0b001, Rightly: true, Withdrawn: true},
		sim.CaseOutcome{Stream: 1, Ordinal: 1, Missteps: 0b001, Missed: true, Falsely: true, Unmet: true},
	)
	a.First[0][sim.AnyCause], a.First[0][sim.Misstep], a.First[2][sim.Misstep] = 3, 3, 4
	b.First[1][sim.AnyCause], b.First[2][sim.AnyCause], b.First[0][sim.Induced] = 5, 0, 6
	a.Expected[3][0], a.Expected[3][59], b.Expected[4][7] = 0.25, 0.5, 1
	a.PairMissteps, a.PairEpisodes, a.Discovered = 1, 2, 3
	b.PairEpisodes, b.Discovered = 5, 3
	return a, b
}

// A measure that reads a case without a twin, another bit, another class or another
// denominator would show here.
func TestEachMeasureOnHandMadeOutcomes(t *testing.T) {
	a, b := handMade()
	ta, tb := pair(a, b)
	for id, want := range map[string][4]float64{
		"missteps":          {1, 2, 1, 2},
		"avoidable":         {1, 2, 1, 2},
		"misstep_share":     {1, 2, 1, 1},
		"missteps_r6":       {2, 2, 0, 2},
		"missed":            {1, 2, 0, 2},
		"unanswered":        {1, 2, 0, 2},
		"forgone":           {2, 2, 0, 2},
		"false_accusations": {1, 2, 0, 2},
		"hard":              {2, 2, 1, 2},
		"public":            {1, 2, 2, 2},
		"regret":            {0.5, 2, 0.25, 2},
		"withdrawn":         {1, 2, 1, 2},
		"reach_r3":          {1, 1, 0, 1},
		"reach_r5":          {0, 1, 1, 1},
		"reach_r6":          {0, 1, 1, 1},
		"reach_r8":          {0.75, 1, 0, 1},
		"any_misstep":       {1, 1, 0, 1},
		"any_misstep_r6":    {1, 1, 0, 1},
		"any_induced":       {0, 1, 1, 1},
		"missteps_future":   {2, 1, 2, 1},
		"missed_future":     {2, 1, 1, 1},
		"pair_missteps":     {1, 1, 0, 1},
		"pair_episodes":     {2, 1, 5, 1},
		"cases":             {3, 1, 3, 1},
	} {
		i := MeasureIndex(id)
		if i < 0 {
			t.Errorf("there is no measure %s", id)
			continue
		}
		an, ad := Measures[i].of(&ta)
		bn, bd := Measures[i].of(&tb)
		if have := [4]float64{an, ad, bn, bd}; have != want {
			t.Errorf("%s: %v, want %v", id, have, want)
		}
	}
}

// A paired measure with a factor of 1, or a count with one of 100, would show here.
func TestUnitsAndFactorsGoTogether(t *testing.T) {
	for _, m := range Measures {
		wantFactor := 1.0
		if m.Paired {
			wantFactor = 100
		}
		if m.Factor != wantFactor || m.Label == "" || m.Unit == "" || m.Goodness < -1 || m.Goodness > 1 {
			t.Errorf("%+v", m)
		}
	}
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

// Cases that are matched by position, or by stream alone, would show here.
func TestPairingWalksBothLists(t *testing.T) {
	list := func(keys ...caseKey) *sim.Outcome {
		o := quiet()
		for _, k := range keys {
			o.Cases = append(o.Cases, sim.CaseOutcome{Stream: k.stream, Ordinal: k.ordinal})
		}
		return o
	}
	for _, c := range []struct {
		a, b *sim.Outcome
		want float64
	}{
		{list(), list(), 0},
		{list(caseKey{0, 1}), list(), 0},
		{list(caseKey{0, 1}), list(caseKey{1, 1}), 0},
		{list(caseKey{0, 1}, caseKey{0, 2}), list(caseKey{0, 2}), 1},
		{list(caseKey{0, 1}, caseKey{2, 0}), list(caseKey{0, 1}, caseKey{1, 5}, caseKey{2, 0}), 2},
		{list(caseKey{3, 9}), list(caseKey{0, 0}, caseKey{1, 0}, caseKey{3, 8}, caseKey{3, 9}), 1},
	} {
		ta, tb := pair(c.a, c.b)
		if ta.cases != c.want || tb.cases != c.want {
			t.Errorf("%v and %v: %v and %v common, want %v", c.a.Cases, c.b.Cases, ta.cases, tb.cases, c.want)
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
	var s ArmSums
	s.addCases(quiet(
		sim.CaseOutcome{HasTarget: true, Guilty: true, Belief: 1},
		sim.CaseOutcome{HasTarget: true, Belief: 0.95},
		sim.CaseOutcome{HasTarget: true, Guilty: true, Belief: 0.25, Peak: 9},
		sim.CaseOutcome{Guilty: true, Belief: 0.5},
	))
	brier := 0.95*0.95 + 0.75*0.75
	if s.Suspects != 3 || math.Abs(s.Brier-brier) > 1e-12 || s.Cases != 4 {
		t.Errorf("%v suspects of %v cases, Brier %v, want 3 of 4, %v", s.Suspects, s.Cases, s.Brier, brier)
	}
	want := [10][3]float64{2: {0.25, 1, 1}, 9: {1.95, 1, 2}}
	same(t, "bins", want, s.Bins)
	if s.Peaks[9].Sum != [4]float64{1, 4} || s.Peaks[0].Sum != [4]float64{3, 4} {
		t.Errorf("peaks %+v", s.Peaks)
	}
}
