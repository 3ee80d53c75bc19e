package sensitivity

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// TestEvaluatorIsARun: the outputs at a point are those of a run of the two arms with
// all numbers fixed there, and their Monte Carlo error is that of the summary. Catches
// arms that are swapped, a factor that is lost, replicates with other addresses.
func TestEvaluatorIsARun(t *testing.T) {
	evaluatorIsARun(t, smallPlan(t, 5, 8))
	// What the two share and the third has not is kept out of the past.
	const talks = "    talks: {members: [A, B], mandate: [clarify, delay, private_option, fragility]}\n"
	third := strings.NewReplacer("arms:\n", talks+"arms:\n", "third: {",
		"third: {channels.talks.open: false, ").Replace(small)
	v, err := scenario.Load("third", []byte(third), scenario.Options{File: "third.yaml", UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	p := smallPlan(t, 5, 8)
	p.Scenario = v
	evaluatorIsARun(t, p)
}

func evaluatorIsARun(t *testing.T, p experiment.Plan) {
	t.Helper()
	const replicates = 30
	e, err := NewEvaluator(p, replicates, measures())
	if err != nil {
		t.Fatal(err)
	}
	theta := NewSpace(p.Scenario).Theta(slices.Repeat([]float64{.7}, len(NewSpace(p.Scenario).Inputs)))
	got, err := e.At(context.Background(), theta, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := *p.Scenario
	v.Slots = slices.Clone(v.Slots)
	for i := range v.Slots {
		v.Slots[i].Dist = param.Fixed(theta[i])
	}
	p.Scenario, p.Draws, p.Replicates = &v, 1, replicates
	sums, err := experiment.Run(context.Background(), p, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := summary.Of(sums).Contrasts[0]
	if c.Baseline != "without" || c.Treatment != "with" {
		t.Fatal(c.Baseline, c.Treatment)
	}
	for k, o := range e.Outputs {
		m := c.Measures[o.Measure]
		want := map[Quantity]summary.Estimate{Baseline: m.Baseline, Treatment: m.Treatment, Paired: m.Difference}[o.Quantity]
		mc := 1.959963984540054 * math.Sqrt(noiseOf(got[k]))
		if math.Abs(got[k].Mean()-want.Value) > 1e-9 || math.Abs(mc-want.MC) > 1e-6*(1+want.MC) || want.MC == 0 ||
			len(got[k]) != replicates {
			t.Errorf("%s of %s: %v ± %v, want %v ± %v", o.Quantity, m.ID, got[k].Mean(), mc, want.Value, want.MC)
		}
	}
}

// TestPointsShareReplicates: two evaluations of a point are equal, and the number of a
// mechanism that is not in use changes nothing at all. Catches noise between points.
func TestPointsShareReplicates(t *testing.T) {
	p := smallPlan(t, 2, 2)
	e, _ := NewEvaluator(p, 4, measures())
	s := NewSpace(p.Scenario)
	u := slices.Repeat([]float64{.4}, len(s.Inputs))
	first, err := e.At(context.Background(), s.Theta(u), nil)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(s.Inputs, func(in Input) bool { return strings.HasSuffix(in.Path, "strength.leaks") })
	if at < 0 {
		t.Fatal("no strength of leaks")
	}
	u[at] = .9
	again, _ := e.At(context.Background(), s.Theta(u), nil)
	if fmt.Sprint(first) != fmt.Sprint(again) {
		t.Errorf("%v and %v", first, again)
	}
}

// TestEvaluatorNeedsAContrast: without two arms there is no effect.
func TestEvaluatorNeedsAContrast(t *testing.T) {
	p := smallPlan(t, 2, 2)
	v := *p.Scenario
	v.Headline.Treatment = ""
	p.Scenario = &v
	if _, err := NewEvaluator(p, 2, measures()); err == nil || !strings.Contains(err.Error(), "--contrast") {
		t.Error(err)
	}
}

// TestOverflowIsAnError: a replicate with too many events ends a study with a message.
func TestOverflowIsAnError(t *testing.T) {
	p := smallPlan(t, 2, 2, scenario.Layer{Path: "assumptions.model.max_events", Value: "320", Where: "test"})
	s, err := NewStudy(p, Options{Replicates: 2, Trajectories: 1, Leading: 1, Measures: measures()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(context.Background(), 2, nil, func([]Response) error { return nil }); err == nil ||
		!strings.Contains(err.Error(), "max_events") {
		t.Error(err)
	}
}
