package decision

import (
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
	"github.com/misstep/misstep/scenarios"
)

func tableOf(t *testing.T, draw, replicates int) *draws.Table {
	t.Helper()
	s, err := experiment.Run(context.Background(), experiment.Plan{Scenario: small.Scenario(t), Seed: 7, Draws: draw,
		Replicates: replicates, BlockSize: replicates}, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return draws.Of(s)
}

var usual = []Weight{{"missteps", 1}, {"missed", 1}}

// TestNetBenefitIsThatOfTheRun: on the mean over draws it is the weighted difference of the run, and what
// chance within draws adds is the run's Monte Carlo error. Catches a sign, a covariance that is left out, an
// outcome that is taken for another.
func TestNetBenefitIsThatOfTheRun(t *testing.T) {
	table := tableOf(t, 60, 10)
	s := SampleOf(table, usual, "forgone")
	for c, treatment := range table.Treatments {
		for _, w := range []float64{0, 0.5, 1, 3} {
			weights := make(draws.Weights, len(table.Joint.Outcomes))
			for k, m := range table.Joint.Outcomes {
				by := map[string]float64{"missteps": 1, "missed": 1, "forgone": w}[outcome.All[m].ID]
				weights[k] = [2]float64{by, -by}
			}
			want, variance, ok := table.Pooled(treatment, weights)
			b := s.contrasts[c].under(w)
			n := float64(len(b.value))
			have, chance := average(b.value), summary.HalfWidth(1, average(b.noise)/n)
			half := summary.HalfWidth(1, variance)
			if !ok || math.Abs(have-want) > 1e-10 || math.Abs(chance/half-1) > 0.05 || b.half() < chance*0.7 {
				t.Errorf("%s, weight %v: %v ±%v of ±%v, want %v ±%v", treatment, w, have, chance, b.half(), want, half)
			}
		}
	}
}

// TestScaled: twice the weights are twice the benefits, regrets and values, and turn nothing.
func TestScaled(t *testing.T) {
	table := tableOf(t, 60, 10)
	one := Of(SampleOf(table, usual, "forgone"),
		Question{Weights: usual, Varied: "forgone", Over: []float64{0.5}, Delta: 0.05})
	double := []Weight{{"missteps", 2}, {"missed", 2}}
	two := Of(SampleOf(table, double, "forgone"),
		Question{Weights: double, Varied: "forgone", Over: []float64{1}, Delta: 0.1})
	a, b := one.At[0], two.At[0]
	near := func(x, y float64) bool { return math.Abs(x-y) < 1e-9 }
	for i := range a.Arms {
		x, y := a.Arms[i], b.Arms[i]
		if !near(2*x.Value, y.Value) || !near(2*x.Half, y.Half) || !near(2*x.Tau, y.Tau) ||
			!near(2*x.Regret.Worst, y.Regret.Worst) || !near(2*x.Best.High, y.Best.High) {
			t.Errorf("%+v, twice the weights %+v", x, y)
		}
	}
	if !near(2*a.Everything.Value, b.Everything.Value) || a.Choice != b.Choice || len(a.Numbers) != len(b.Numbers) ||
		!near(2*one.Turns[0].Value, two.Turns[0].Value) {
		t.Errorf("%+v, twice the weights %+v", a, b)
	}
}

// TestArmsAreTheirOwn: what a treatment brings does not hang on which others are in the table, nor on their order; a
// table without any is an empty sample.
func TestArmsAreTheirOwn(t *testing.T) {
	table := tableOf(t, 60, 10)
	n := len(table.Treatments)
	if n < 2 {
		t.Fatal("one treatment")
	}
	all := SampleOf(table, usual, "forgone")
	for c := range n {
		alone := *table
		alone.Treatments, alone.Rows = table.Treatments[c:c+1], nil
		for i := c; i < len(table.Rows); i += n {
			alone.Rows = append(alone.Rows, table.Rows[i])
		}
		one := SampleOf(&alone, usual, "forgone")
		if !reflect.DeepEqual(one.contrasts[0], all.contrasts[c]) {
			t.Errorf("%s is another by itself", table.Treatments[c])
		}
	}
	none := *table
	none.Treatments = nil
	if s := SampleOf(&none, nil, "missed"); len(s.contrasts) != 0 || s.Replicates != 0 {
		t.Errorf("of nothing: %+v", s)
	}
	if s := SampleOf(table, nil, "missed"); s.contrasts[0].cases != all.contrasts[0].cases {
		t.Errorf("%v hundreds of cases, %v of another weight", s.contrasts[0].cases, all.contrasts[0].cases)
	}
}

// TestSameAgain: the same table, the same result, so that what is simulated has addresses.
func TestSameAgain(t *testing.T) {
	table := tableOf(t, 40, 4)
	q := Question{Weights: usual, Varied: "forgone", Over: []float64{0, 1}, Delta: 0.05}
	a, b := Of(SampleOf(table, usual, "forgone"), q), Of(SampleOf(table, usual, "forgone"), q)
	if a.At[1].Arms[1] != b.At[1].Arms[1] && *a.At[1].Arms[1].Shares != *b.At[1].Arms[1].Shares ||
		!slices.Equal(a.At[1].Groups, b.At[1].Groups) || a.Turns[0] != b.Turns[0] {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// TestEveryNumberHasAGroup: in the shipped scenarios each group has members, and no section of a path is
// new; one that is has to be put somewhere.
func TestEveryNumberHasAGroup(t *testing.T) {
	sections := map[string]string{}
	for _, name := range scenarios.Names() {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			continue // of validation
		}
		v, err := scenario.Load(name, data, scenario.Options{UsePriors: true})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for i := range v.Slots {
			path := v.Slots[i].Path
			if v.Slots[i].Dist.IsPoint() {
				continue
			}
			seen[groupOf(path)] = true
			section := strings.Split(path, ".")[1]
			sections[section] = path
		}
		for _, g := range []string{Prices, Attribution, Forum, Incidents, Tension, Choice} {
			if !seen[g] {
				t.Errorf("%s: no number in %s", name, g)
			}
		}
	}
	known := strings.Fields("evidence belief disclosure channels effect life strength onset incidents discovery " +
		"tension thaws summits " +
		"shocks random_shocks type choice coalition reply states groups prices")
	for section, path := range sections {
		if !slices.Contains(known, section) {
			t.Errorf("%s: of which group?", path)
		}
	}
	for path, want := range map[string]string{"assumptions.prices.United Kingdom@2024-01-01.price": Prices,
		"assumptions.states.China.choice.price": Prices, "assumptions.reply.price": Prices,
		"assumptions.states.China.choice.covert": Choice, "assumptions.groups.criminals.evidence.flag_rate": Attribution,
		"assumptions.channels.talks.life.lapse": Forum, "assumptions.onset.A>B.rate": Incidents,
		"assumptions.thaws.A&B@2026-01-20.level": Tension, "assumptions.states.China.reply.counter": Choice} {
		if have := groupOf(path); have != want {
			t.Errorf("%s: %s, want %s", path, have, want)
		}
	}
}
