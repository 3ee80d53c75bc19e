package decompose

import (
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

func variants(t *testing.T, p experiment.Plan) map[string]Universe {
	t.Helper()
	list, err := Variants(p)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Universe{}
	for _, v := range list {
		if _, twice := out[v.ID]; twice {
			t.Errorf("two variants are called %s", v.ID)
		}
		out[v.ID] = v
	}
	return out
}

// TestVariants: every choice of method that the issue of a multiverse names is
// there, in either direction.
func TestVariants(t *testing.T) {
	names := func(layers ...scenario.Layer) string {
		list, err := Variants(plan(t, small, 2, 2, layers...))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, v := range list {
			out = append(out, v.ID)
		}
		return strings.Join(out, " ")
	}
	if got, want := names(),
		"scenario class-r6 pair-episodes scale-even coupling-gumbel with-retraction lookahead-0 answers-strategic "+
			"all-deny rationality-halved rationality-doubled"; got != want {
		t.Errorf("from the defaults: %s", cmp.Diff(want, got))
	}
	turned := names(set("assumptions.model.coupling", "gumbel"), set("assumptions.model.retraction", "true"),
		set("assumptions.model.lookahead", "0"),
		set("assumptions.model.answers", "strategic"), set("scale", "even"), set("headline.outcome", "missteps_on_r6"))
	if want := "scenario class-r3 pair-episodes scale-standard coupling-quantile without-retraction lookahead-1 " +
		"answers-fixed all-deny rationality-halved rationality-doubled"; turned != want {
		t.Errorf("turned round: %s", cmp.Diff(want, turned))
	}
}

// TestAVariantChangesOneThing: a variant that is played differs from the plan in what
// it names and in nothing else, and leaves the plan as it was.
func TestAVariantChangesOneThing(t *testing.T) {
	p := plan(t, small, 2, 2)
	was := p.Fingerprint()
	seen := map[uint64]string{}
	for id, v := range variants(t, p) {
		if !v.Own || id == "scenario" {
			if v.Plan.Fingerprint() != was {
				t.Errorf("%s is the scenario and differs", id)
			}
			continue
		}
		if other, twice := seen[v.Plan.Fingerprint()]; twice || v.Plan.Fingerprint() == was {
			t.Errorf("%s is the same as %q", id, other)
		}
		seen[v.Plan.Fingerprint()] = id
	}
	if p.Fingerprint() != was {
		t.Error("the plan's scenario has changed")
	}
	ahead := variants(t, p)["lookahead-0"].Plan
	ahead.Scenario.Model.Lookahead = 1
	if ahead.Fingerprint() != was {
		t.Error("without look-ahead something else differs")
	}
}

// conditioned gives the plan a joint sample of rationality and one deny odds.
func conditioned(t *testing.T, p experiment.Plan) experiment.Plan {
	t.Helper()
	v := *p.Scenario
	slots := []int{int(v.Param(param.ChoiceRationality, "")), int(v.Param(param.ClarifyDenyGuilty, ""))}
	if !slices.IsSorted(slots) {
		t.Fatal("slots are not sorted")
	}
	v.Joint = scenario.NewJoint(slots, [][]float64{{20, 0.5}, {40, 0.6}, {80, 0.7}}, []float64{1, 2, 1},
		make([]scenario.Learned, 2))
	p.Scenario = &v
	return p
}

// TestRationalityIsScaledAndNothingElse: every draw's λ, of all states, is half or
// twice what the plan draws, from prior, point and posterior alike; all other
// numbers keep their bits.
//
// Mutation that it catches: scale the prior's interval on another scale, or the
// global value and not a state's own.
func TestRationalityIsScaledAndNothingElse(t *testing.T) {
	own := plan(t, edited(small, "states: {A: {}, B: {}}",
		"states: {A: {choice: {rationality: 30}}, B: {choice: {rationality: \"uniform(5, 9)\"}}}"), 6, 2)
	for name, p := range map[string]experiment.Plan{"prior": own,
		"normal":    plan(t, small, 6, 2, set("choice.rationality", "normal(40, 30)")),
		"posterior": conditioned(t, plan(t, small, 6, 2))} {
		for id, factor := range map[string]float64{"rationality-halved": 0.5, "rationality-doubled": 2} {
			q := variants(t, p)[id].Plan
			scaled := 0
			for d := range p.Draws {
				a, b := p.Theta(d), q.Theta(d)
				for i := range a {
					want, slack := a[i], 0.0
					if p.Scenario.Slots[i].Param == param.ChoiceRationality {
						want, slack = factor*a[i], 1e-12*a[i]
						scaled++
					}
					if math.Abs(b[i]-want) > slack {
						t.Errorf("%s, %s: draw %d, %s is %v, was %v", name, id, d, p.Scenario.Slots[i].Path, b[i], a[i])
					}
				}
			}
			if want := map[string]int{"prior": 3, "normal": 1, "posterior": 1}[name] * p.Draws; scaled != want {
				t.Errorf("%s: %d values of λ, want %d", name, scaled, want)
			}
		}
	}
	if _, err := Variants(plan(t, small, 2, 2, set("choice.rationality", `"beta(2, 3)"`))); err == nil ||
		!strings.Contains(err.Error(), "choice.rationality: a beta distribution") {
		t.Errorf("a beta: %v", err)
	}
}

// TestAllDeny: with δ = 1 to ask tells nothing, so by property 2 of docs/MODEL.md
// clarify has no share in any replicate; also where a posterior holds the odds.
//
// Mutation that it catches: leave what the victim believes of the answers.
func TestAllDeny(t *testing.T) {
	quiet := edited(small, "[clarify, delay, private_option, fragility]", "[clarify, delay]")
	regret := func(d DrawSums) float64 { return d.Readings[splitIndex("regret")].Players[0].Share.XX }
	for name, p := range map[string]experiment.Plan{"plain": plan(t, quiet, 2, 16),
		"posterior": conditioned(t, plan(t, quiet, 2, 16)),
		"strategic": plan(t, quiet, 2, 16, set("assumptions.model.answers", "strategic"))} {
		if d := split(t, p, 2).Draws; regret(d[0]) == 0 && regret(d[1]) == 0 {
			t.Errorf("%s: clarify has no share before, so the test says nothing", name)
		}
		q := variants(t, p)["all-deny"].Plan
		for d, sums := range split(t, q, 2).Draws {
			for m := range readings {
				if x := sums.Readings[m].Players[0].Share; x.XX != 0 {
					t.Errorf("%s: draw %d, clarify has a share in %s", name, d, outcome.All[m].ID)
				}
			}
		}
		if name == "posterior" && (!slices.Equal(q.Scenario.Joint.Rows[0], []float64{20, 1}) ||
			!slices.Equal(p.Scenario.Joint.Rows[0], []float64{20, 0.5})) {
			t.Errorf("the posterior keeps %v of %v", q.Scenario.Joint.Rows[0], p.Scenario.Joint.Rows[0])
		}
	}
}

func multiverse(t *testing.T, p experiment.Plan, workers int) *Universes {
	t.Helper()
	u, err := Multiverse(context.Background(), p, workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestMultiverse: the first row is the run's headline, each other row that of a run
// of its variant, and the workers change nothing.
func TestMultiverse(t *testing.T) {
	p := plan(t, small, 4, 6)
	u := multiverse(t, p, 1)
	if diff := cmp.Diff(u, multiverse(t, p, 3)); diff != "" {
		t.Error(diff)
	}
	byID := variants(t, p)
	for _, r := range u.Rows {
		sums, err := experiment.Run(context.Background(), byID[r.ID].Plan, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := summary.Of(sums).Contrasts[0].Measure(r.Measure)
		if m.Difference != r.Difference || m.Verdict != r.Verdict {
			t.Errorf("%s: %+v, its run has %+v", r.ID, r.Difference, m.Difference)
		}
	}
	if u.Rows[0].Sign != Keeps || len(u.Rows) != len(byID) {
		t.Errorf("%d rows, the first %+v", len(u.Rows), u.Rows[0])
	}
	q := p
	v := *p.Scenario
	v.Headline.Treatment = ""
	q.Scenario = &v
	if _, err := Multiverse(context.Background(), q, 1, nil); err == nil || !strings.Contains(err.Error(), "--contrast") {
		t.Errorf("without a contrast: %v", err)
	}
}

// TestSigns: a sign is compared only where both are told from zero, which one replicate a draw does not tell.
func TestSigns(t *testing.T) {
	at := func(value, mc float64) summary.Estimate { return summary.Estimate{Value: value, MC: mc} }
	blind := func(value float64) summary.Estimate { return summary.Estimate{Value: value, NoError: true} }
	for want, pair := range map[Sign][][2]summary.Estimate{
		Keeps:   {{at(-2, 1), at(-5, 1)}, {at(2, 0), at(0.1, 0)}},
		Changes: {{at(-2, 1), at(2, 1)}, {at(3, 1), at(-0.2, 0.1)}},
		Open: {{at(-2, 1), at(2, 3)}, {at(1, 1), at(-2, 1)}, {at(0, 0), at(0, 0)}, {at(1, 0), at(0, 0)},
			{blind(1), blind(2)}, {at(1, 0), blind(2)}},
	} {
		for _, p := range pair {
			if got := signOf([]Row{{Difference: p[0]}}, p[1]); got != want {
				t.Errorf("%v and %v: %s, want %s", p[0], p[1], got, want)
			}
		}
	}
}

// TestTwoArmsWillDo: leaving out the other arms changes no number of the contrast,
// and they stay where they decide what the common past holds.
func TestTwoArmsWillDo(t *testing.T) {
	contrast := func(p experiment.Plan) summary.Contrast {
		sums, err := experiment.Run(context.Background(), p, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		return summary.Of(sums).Contrasts[0]
	}
	p := plan(t, edited(small, "  with: {}\n", "  with: {}\n  third: {channels.forum.mandate: [delay]}\n"), 2, 6)
	q := p.PairOnly()
	if len(q.Scenario.Arms) != 2 || len(p.Scenario.Arms) != 3 {
		t.Fatalf("%d and %d arms", len(q.Scenario.Arms), len(p.Scenario.Arms))
	}
	if a, b := contrast(p), contrast(q); !reflect.DeepEqual(a, b) {
		t.Error(cmp.Diff(a, b))
	}
	silent := plan(t, edited(small, "  with: {}\n", "  with: {}\n  silent: {channels.embassy.open: false}\n"), 2, 6)
	if silent.PairOnly().Scenario != silent.Scenario {
		t.Error("an arm without the embassy is left out, though it keeps the embassy out of the past")
	}
}
