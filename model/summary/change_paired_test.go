package summary

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// smallPlan is a plan of the small scenario, with a text replaced.
func smallPlan(t *testing.T, old, text string, replicates int) experiment.Plan {
	t.Helper()
	if !strings.Contains(small, old) {
		t.Fatalf("no %q in the scenario", old)
	}
	v, err := scenario.Load("small", []byte(strings.Replace(small, old, text, 1)),
		scenario.Options{File: "small.yaml", UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return experiment.Plan{Scenario: v, Seed: 3, Draws: 6, Replicates: replicates, BlockSize: 4}
}

func ran(t *testing.T, p experiment.Plan) *experiment.Sums {
	t.Helper()
	s, err := experiment.Run(context.Background(), p, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read plays one replicate of every draw.
func read(t *testing.T, p experiment.Plan, r, workers int) readings {
	t.Helper()
	s := experiment.NewSums(p)
	if err := s.Extend(context.Background(), r, r+1, workers, nil); err != nil {
		t.Fatal(err)
	}
	out, err := readingsOf(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pairUp compares two plans replicate by replicate; progress rises to all of both.
func pairUp(t *testing.T, a, b experiment.Plan, workers int) *Paired {
	t.Helper()
	last, all := 0, 2*a.Draws*a.Replicates
	pairs, err := Replay(context.Background(), []experiment.Plan{a, b}, []*Summary{Of(ran(t, a)), Of(ran(t, b))}, workers,
		func(done, total int) {
			if done <= last || total != all {
				t.Errorf("%d of %d done after %d", done, total, last)
			}
			last = done
		})
	if err != nil || last != all {
		t.Fatal(last, err)
	}
	return pairs[0]
}

// TestPairedWithItself: a run against itself is identical in all that can be compared.
func TestPairedWithItself(t *testing.T) {
	a := smallPlan(t, "rate: 1,", "rate: 1,", 5)
	p := pairUp(t, a, a, 2)
	if len(p.Matches()) != 2 {
		t.Fatalf("%d contrasts", len(p.Matches()))
	}
	for k := range p.Matches() {
		changes, err := p.Changes(k)
		if err != nil || len(changes) != len(Quantities())*len(outcome.All) {
			t.Fatalf("%d changes, %v", len(changes), err)
		}
		for _, c := range changes {
			if c.Defined && (c.Verdict != Same || c.Change != (Estimate{Resolved: true})) || c.Reference != c.Other {
				t.Errorf("%+v", c)
			}
		}
	}
}

// TestPairedEqualsTotals: the value of a paired change is that of the stored totals, its
// error is smaller, and the number of workers changes no bit. Catches readings of
// another replicate, contrast or measure, and pairs that share nothing.
func TestPairedEqualsTotals(t *testing.T) {
	a, b := smallPlan(t, "rate: 1,", "rate: 1,", 6), smallPlan(t, "rate: 1,", "rate: 1.5,", 6)
	p := pairUp(t, a, b, 1)
	one, err := p.Changes(0)
	if err != nil {
		t.Fatal(err)
	}
	two := Unpaired(p.reference, p.other, p.matches[0], true)
	differ, finer := 0, 0
	for i, c := range one {
		u := two[i]
		if c.Measure != u.Measure || c.Quantity != u.Quantity || c.Defined != u.Defined ||
			!near(c.Change.Value, u.Change.Value) {
			t.Errorf("%+v\n%+v", c, u)
		}
		if c.Change.Value != 0 {
			differ++
			if c.Change.MC < u.Change.MC {
				finer++
			}
		}
	}
	if differ < 20 || finer < differ*9/10 {
		t.Errorf("%d of %d changes are finer when paired", finer, differ)
	}
	again, err := pairUp(t, a, b, 3).Changes(0)
	if diff := cmp.Diff(one, again); diff != "" || err != nil {
		t.Errorf("three workers: %v %s", err, diff)
	}
}

// TestPairedOfArms: the baseline against the treatment of one run, made to look like two runs, is the run's own
// difference, to the bit of its verdict. What counts has its interval from flips, which a run has and two runs
// have not, though a difference that is none brings too few of them for shares. Catches another rule for errors
// or intervals than that of a run.
func TestPairedOfArms(t *testing.T) {
	a := smallPlan(t, "rate: 1,", "rate: 1,", 6)
	b := a
	other := *a.Scenario
	other.Headline.Baseline, other.Headline.Treatment = "with", "without"
	b.Scenario = &other
	p := pairUp(t, a, b, 2)
	want, checked, others := ran(t, a), 0, 0
	changes, err := p.Changes(0) // headline against headline
	if err != nil || p.matches[0].Named() {
		t.Fatal(err, p.matches)
	}
	for _, c := range changes {
		own := Of(want).Contrasts[0].Measure(c.Measure)
		if c.Quantity != OfBaseline || c.Measure == "forgone" || !c.Defined {
			continue
		}
		checked++
		if !near(c.Change.Value, own.Difference.Value) || !near(c.Change.MC, own.Difference.MC) ||
			c.Change.Resolved != own.Difference.Resolved {
			t.Errorf("%s: %+v, the run has %+v", c.Measure, c.Change, own.Difference)
		}
		if at := outcome.Index(c.Measure); outcome.All[at].Flag {
			c.Change = fromFlips(want, at, c.Change)
			c.Verdict = verdict(c.Change, 0, own.Verdict == Same)
		} else {
			others++
		}
		if own.Difference.Resolved &&
			(!near(c.Change.Low, own.Difference.Low) || !near(c.Change.High, own.Difference.High)) {
			t.Errorf("%s: %+v, the run has %+v", c.Measure, c.Change, own.Difference)
		}
		shown := own.Verdict
		if shown == Better || shown == Worse {
			shown = Differs
		}
		if c.Verdict != shown || own.Shares != nil {
			t.Errorf("%s: %s, the run says %s, with shares %v", c.Measure, c.Verdict, own.Verdict, own.Shares)
		}
	}
	if checked < 15 || others < 5 {
		t.Errorf("%d outcomes compared, of %d the interval", checked, others)
	}
}

// fromFlips gives an estimate of an outcome of the first contrast the interval of its flips.
func fromFlips(s *experiment.Sums, at int, e Estimate) Estimate {
	def, total := &outcome.All[at], s.Contrasts[0].Total()
	var flips []stat.Flips
	for _, x := range s.Contrasts[0].All() {
		flips = append(flips, Flips(def, x.Flips[at], x.Measures[at].Sum[1], s.Horizon))
	}
	within := Within(def, s.Plan.NoDifference(), total.Common/total.Measures[0].N, s.Horizon)
	return Counted(e, Rates(flips, within/def.Factor), def.Factor)
}

// TestPairedByName: a run whose headline is another arm has its contrasts in another
// order; arms of one name are still compared with each other, and are identical.
func TestPairedByName(t *testing.T) {
	a := smallPlan(t, "rate: 1,", "rate: 1,", 4)
	b, other := a, *a.Scenario
	other.Headline.Treatment = "again"
	b.Scenario = &other
	p := pairUp(t, a, b, 2)
	if m := p.Matches(); len(m) != 2 || m[0].Reference != 0 || m[0].Other != 1 || m[1].Other != 0 {
		t.Fatalf("%+v", p.Matches())
	}
	for k := range p.Matches() {
		changes, err := p.Changes(k)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			if c.Defined && (c.Verdict != Same || c.Change != (Estimate{Resolved: true})) {
				t.Errorf("%+v", c)
			}
		}
	}
}

// TestReplayMustBeTheRun: what the replay does not reproduce is no comparison.
func TestReplayMustBeTheRun(t *testing.T) {
	a := smallPlan(t, "rate: 1,", "rate: 1,", 3)
	for i, want := range []string{"the replay of the reference gives", "the replay of the other run gives"} {
		p := pairUp(t, a, a, 1)
		p.reference, p.other = Of(ran(t, a)), Of(ran(t, a))
		s := [2]*Summary{p.reference, p.other}[i]
		s.Contrasts[0].Measure("cases").Treatment.Value *= 1 + 1e-8
		if _, err := p.Changes(0); err == nil || !strings.Contains(err.Error(), "cases: "+want) {
			t.Errorf("%v", err)
		}
		if _, err := p.Changes(1); err != nil {
			t.Errorf("the other contrast: %v", err)
		}
	}
}

// TestReadingsRefuse: sums of several replicates, runs of other draws or contrasts.
func TestReadingsRefuse(t *testing.T) {
	a := smallPlan(t, "rate: 1,", "rate: 1,", 2)
	if _, err := readingsOf(ran(t, a)); err == nil ||
		!strings.Contains(err.Error(), "2 replicates, and a reading is of one") {
		t.Error(err)
	}
	b := a
	b.Draws = 5
	p := newPaired(Of(ran(t, a)), Of(ran(t, a)))
	if err := p.add(read(t, a, 0, 1), read(t, b, 0, 1)); err == nil || !strings.Contains(err.Error(), "6 and 5 draws") {
		t.Error(err)
	}
	v := *a.Scenario
	v.Arms = v.Arms[:2]
	b = a
	b.Scenario = &v
	if err := p.add(read(t, a, 0, 1), read(t, b, 0, 1)); err == nil ||
		!strings.Contains(err.Error(), "no contrast of again against without") {
		t.Error(err)
	}
}

// TestPairedSingleReplicate: without an error nothing is shown.
func TestPairedSingleReplicate(t *testing.T) {
	p := pairUp(t, smallPlan(t, "rate: 1,", "rate: 1,", 1), smallPlan(t, "rate: 1,", "rate: 9,", 1), 1)
	changes, err := p.Changes(0)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for _, c := range changes {
		if c.Verdict == Differs {
			t.Errorf("%+v", c)
		}
		if c.Change.Value != 0 {
			moved++
		}
	}
	if moved == 0 {
		t.Error("nothing moved: the test shows nothing")
	}
}
