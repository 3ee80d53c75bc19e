package calibrate

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

func problemOf(t *testing.T, a, b *scenario.Scenario, tables *evidence.Tables) *Problem {
	t.Helper()
	h, err := NewHistories(a, b, date(2026, 6, 30))
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewProblem(h, tables)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Breaks when something that moves a result is not in the hash of the inputs.
func TestInputsChange(t *testing.T) {
	base := full().Inputs()
	seen := map[string]string{base: "the shipped inputs"}
	differs := func(what string, p *Problem) {
		t.Helper()
		if other := seen[p.Inputs()]; other != "" {
			t.Errorf("the inputs with %s hash like %s", what, other)
		}
		seen[p.Inputs()] = what
	}
	differs("another prior",
		problemOf(t, edited(t, "us-china-history", americanText(), "rate: {value: 1 to 20,", "rate: {value: 1 to 21,"),
			britishPast(), evidence.Shipped()))
	differs("another point",
		problemOf(t, american(), edited(t, "uk-china-history", britishText(), "model: {record: 119}", "model: {record: 118}"),
			evidence.Shipped()))
	differs("another date", problemOf(t,
		edited(t, "us-china-history", americanText(), "opens: 2013-04-13", "opens: 2013-04-14"), britishPast(),
		evidence.Shipped()))
	differs("another cut-off", mustProblem(date(2026, 6, 29)))
	tables := *evidence.Shipped()
	tables.Accusations = slices.Clone(tables.Accusations)
	tables.Accusations[0].PenaltyDays = 200
	differs("another row", problemOf(t, american(), britishPast(), &tables))
	for what, change := range map[string]func(*Statistic){
		"another use": func(s *Statistic) { s.Use = Echo }, "another kind": func(s *Statistic) { s.Kind = Plain },
		"another floor": func(s *Statistic) { s.Floor /= 2 }, "another judgement": func(s *Statistic) { s.Judged = 0.01 },
		"another side": func(s *Statistic) { s.Low = !s.Low }, "another statistic": func(s *Statistic) { s.ID = "T0" },
	} {
		p := *full()
		p.Statistics = slices.Clone(p.Statistics)
		change(&p.Statistics[3])
		differs(what, &p)
	}
	shown := *full()
	shown.Statistics = slices.Clone(shown.Statistics)
	for i := range shown.Statistics {
		if s := &shown.Statistics[i]; s.Use == Plausibility {
			s.Floor++
		}
	}
	if shown.Inputs() != base {
		t.Error("what is only shown is an input")
	}
	p := *full()
	p.Statistics, p.Observed = p.Statistics[1:], p.Observed[1:]
	differs("one statistic fewer", &p)
	p, space := *full(), *full().Space
	space.Coordinates = slices.Clone(space.Coordinates)
	space.Coordinates[len(space.Coordinates)-1].Dist.A += 1e-12
	p.Space = &space
	differs("another prior of the record", &p)
}

// Breaks when words or lines that move no result enter the hash.
func TestInputsStay(t *testing.T) {
	base := full().Inputs()
	if again := mustProblem(date(2026, 6, 30)).Inputs(); again != base || len(base) != 64 {
		t.Errorf("%s, and the second time %s", base, again)
	}
	for what, text := range map[string]string{
		"comments and lines": "# A remark.\n\n\n" + americanText(),
		"another source":     strings.Replace(americanText(), "calibration narrows it by T1\"", "T1 narrows it\"", 1),
		"another question": strings.Replace(americanText(), "question: Which parameters", "question: Say which parameters",
			1),
		"another way of writing":  strings.Replace(americanText(), "value: 1 to 20,", "value: 1.0 to 20.0,", 1),
		"a blank line at the end": americanText() + "\n",
	} {
		if text == americanText() {
			t.Fatalf("%s: nothing was replaced", what)
		}
		if got := problemOf(t, mustParse("us-china-history", text), britishPast(), evidence.Shipped()).Inputs(); got != base {
			t.Errorf("%s: other inputs", what)
		}
	}
	p := mustProblem(date(2026, 6, 30))
	p.Statistics[0].Label = "in other words"
	if p.Inputs() != base {
		t.Error("another label: other inputs")
	}
}

// Breaks when the vectors of the distance do not follow the statistics in use, or a
// statistic is used before its day or without a documented value.
func TestProblemSelects(t *testing.T) {
	for _, p := range []*Problem{full(), short()} {
		target, floors := p.Target(), p.Floors()
		if len(target) != p.Stats() || len(floors) != p.Stats() || p.Dims() != len(p.Space.Coordinates) ||
			!slices.Equal(p.Used(), p.used) {
			t.Fatalf("%d, %d and %d numbers for %d statistics", len(target), len(floors), len(p.used), p.Stats())
		}
		for i, n := range p.used {
			s := &p.Statistics[n]
			if s.Use != Calibrate || target[i] != s.Compared(p.Observed[n].Value) || floors[i] != s.Floor ||
				math.IsNaN(target[i]) {
				t.Errorf("%s, used as %s: target %v, floor %v", s.ID, s.Use, target[i], floors[i])
			}
		}
		for i, w := range p.weights() {
			if noisy := p.Statistics[p.used[i]].Noisy; noisy && w != 0.25 || !noisy && w != 1 {
				t.Errorf("%s, noisy: %v, has the weight %v", p.Statistics[p.used[i]].ID, noisy, w)
			}
		}
		for i := range p.Statistics {
			s := &p.Statistics[i]
			if p.Histories.Until.AddDate(0, 0, 1).Before(s.Needs) || (s.Use == Calibrate) != slices.Contains(p.used, i) {
				t.Errorf("by %s: %s, from %s on, used as %s", p.Histories.Until, s.ID, s.Needs, s.Use)
			}
			if s.bound != s.Compared(p.Observed[i].Value) {
				t.Errorf("%s has the bound %v", s.ID, s.bound)
			}
		}
	}
	if len(full().Statistics) != 46 || len(full().used) != 36 {
		t.Errorf("%d statistics, %d used", len(full().Statistics), len(full().used))
	}
}

// Breaks when a target that is left out still pulls, is no longer predicted, or takes
// another with it; when leaving out changes no hash, or an unknown target passes.
func TestTargetsLeftOut(t *testing.T) {
	h := full().Histories
	p, err := NewProblem(h, evidence.Shipped(), "T26", "T4")
	if err != nil {
		t.Fatal(err)
	}
	// ten counts of T26, one statistic of T4
	if len(p.Statistics) != len(full().Statistics) || p.Stats() != full().Stats()-11 {
		t.Errorf("%d statistics, %d used", len(p.Statistics), p.Stats())
	}
	for i := range p.Statistics {
		s, was := &p.Statistics[i], full().Statistics[i].Use
		out := (s.Target == "T26" || s.Target == "T4") && was == Calibrate
		if out != (s.Use == LeftOut) || !out && s.Use != was || out && slices.Contains(p.used, i) {
			t.Errorf("%s, used as %s before, is used as %s", s.ID, was, s.Use)
		}
	}
	if p.Inputs() == full().Inputs() {
		t.Error("the same inputs as with all targets")
	}
	for _, without := range [][]string{{"T5"}, {"T99"}, {""}, {"T26.uk.2015"}, {"T4", "t26"}} {
		bad := without[len(without)-1]
		want := strconv.Quote(bad) + " is no target that calibrates; those are " + strings.Join(Targets(), " ")
		if _, err := NewProblem(h, evidence.Shipped(), without...); err == nil || err.Error() != want {
			t.Errorf("%q: %v", without, err)
		}
	}
	if _, err := NewProblem(h, evidence.Shipped(), Targets()...); err == nil ||
		err.Error() != "no target is left to compare; leave out fewer" {
		t.Errorf("without any: %v", err)
	}
}

// Breaks when a target that no history defines passes, or its name is not told.
func TestCanSimulate(t *testing.T) {
	p := short()
	prior := abc.Sample{}
	for range 3 {
		prior.Stats = append(prior.Stats, slices.Repeat([]float64{math.NaN()}, p.Stats()))
	}
	for i := range p.used {
		prior.Stats[i%3][i] = 1
	}
	if err := p.canSimulate(prior); err != nil {
		t.Errorf("all are defined somewhere: %v", err)
	}
	prior.Stats[4%3][4] = math.NaN()
	s := &p.Statistics[p.used[4]]
	want := "target " + s.ID + " (" + s.Label +
		") is undefined in all of 3 histories simulated from the priors: the priors cannot produce it; widen them or " +
		"leave the target out"
	if err := p.canSimulate(prior); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// Breaks when a target is taken for another whose name ends alike, or named twice.
func TestTargetsBehind(t *testing.T) {
	p := &Problem{}
	for _, id := range []string{"T12", "T2", "T1", "T12", "T33", "T3"} {
		p.Statistics = append(p.Statistics, Statistic{Target: id})
	}
	if got := p.targets([]int{0, 1, 2, 3, 4, 5}); !slices.Equal(got, []string{"T12", "T2", "T1", "T33", "T3"}) {
		t.Errorf("targets %v", got)
	}
}
