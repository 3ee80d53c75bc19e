package experiment

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

const small = `
misstep: 1
title: Two states and a channel
start: 2026-01-01
horizon: 3y
assumptions:
  states: {A: {}, B: {}}
  groups: {others: {frames: [B]}}
  onset:
    - {source: B, victim: A, rate: 1 to 4, mix: {espionage: 4, prepositioning: 1}}
    - {source: others, victim: A, rate: 1, mix: {crime: 1}}
levers:
  channels:
    forum: {members: [A, B], open: true, mandate: [clarify, delay, private_option, fragility]}
arms:
  without: {channels.forum.open: false}
  with: {}
headline: {outcome: missteps, baseline: without, treatment: with}
`

func load(t testing.TB, text string, layers ...scenario.Layer) *scenario.Scenario {
	t.Helper()
	v, err := scenario.Load("small", []byte(text), scenario.Options{File: "small.yaml", UsePriors: true, Layers: layers})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func plan(t testing.TB, draws, replicates int) Plan {
	return Plan{Scenario: load(t, small), Seed: 7, Draws: draws, Replicates: replicates, BlockSize: 10}
}

func run(t *testing.T, p Plan, workers int) *Sums {
	t.Helper()
	s, err := Run(context.Background(), p, workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asText writes sums with every bit of every float.
func asText(t *testing.T, s *Sums) string {
	t.Helper()
	var out strings.Builder
	write := func(part any) {
		b, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	c := *s
	c.Plan.Scenario = nil
	write(c)
	for _, arm := range s.Arms {
		for _, x := range arm.All() {
			write(x)
		}
	}
	for _, contrast := range s.Contrasts {
		for _, x := range contrast.All() {
			write(x)
		}
	}
	return out.String()
}

func TestBytesAreEqualForAnyNumberOfWorkers(t *testing.T) {
	want := asText(t, run(t, plan(t, 6, 30), 1))
	for _, workers := range []int{2, 3, 8} {
		if got := asText(t, run(t, plan(t, 6, 30), workers)); got != want {
			t.Errorf("%d workers: sums differ from those of one", workers)
		}
	}
}

func TestExtendingEqualsRunningAtOnce(t *testing.T) {
	s := NewSums(plan(t, 4, 0))
	for from := 0; from < 40; from += 10 {
		if err := s.Extend(context.Background(), from, from+10, 2, nil); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(asText(t, run(t, plan(t, 4, 40), 2)), asText(t, s)); diff != "" {
		t.Errorf("extended sums differ: %s", diff)
	}
}

func TestOneParameterMoreMovesNoOther(t *testing.T) {
	p := plan(t, 3, 1)
	q := p
	q.Scenario = load(t, strings.Replace(small, "states: {A: {}, B: {}}",
		"states: {A: {choice: {cost: 0.2 to 0.3}}, B: {}}", 1))
	a, b := values(p, 2), values(q, 2)
	for path, x := range a {
		if y, ok := b[path]; ok && x != y {
			t.Errorf("%s moved from %v to %v", path, x, y)
		}
	}
	if len(b) != len(a)+1 {
		t.Errorf("%d slots beside %d, want one more", len(b), len(a))
	}
}

func values(p Plan, d int) map[string]float64 {
	theta := p.Theta(d)
	out := map[string]float64{}
	for i, s := range p.Scenario.Slots {
		out[s.Path] = theta[i]
	}
	return out
}

func TestThetaFollowsItsDistributions(t *testing.T) {
	p := plan(t, 1, 1)
	const n = 4000
	// The mean of F(x) is 1/2 with standard deviation 1/√(12 n); level 1e-6 allows
	// 4.89 of them, and a shift of 0.04 in probability would be seen.
	below := make([]float64, len(p.Scenario.Slots))
	for d := range n {
		for i, x := range p.Theta(d) {
			below[i] += p.Scenario.Slots[i].Dist.CDF(x) / n
		}
	}
	for i, s := range p.Scenario.Slots {
		if !s.Dist.IsPoint() && math.Abs(below[i]-0.5) > 4.89/math.Sqrt(12*n) {
			t.Errorf("%s: mean of F(x) is %v over %d draws", s.Path, below[i], n)
		}
	}
}

func TestReplicatesOfDrawsHaveTheirOwnAddresses(t *testing.T) {
	p := plan(t, 2, 2)
	k := random.Stream(random.NameHash("x"), random.Choice)
	seen := map[float64]Cell{}
	for d := range 50 {
		for r := range 50 {
			rep := p.Replicate(d, r)
			u := rep.Uniform(k, 0)
			if c, dup := seen[u]; dup {
				t.Fatalf("%v and %v share a number", c, Cell{d, r})
			}
			seen[u] = Cell{d, r}
		}
	}
}

func TestAnExplosionNamesTheParameters(t *testing.T) {
	text := strings.Replace(small, "assumptions:", "assumptions:\n  model: {max_events: 400}\n  evidence: {gap: 3d}", 1)
	p := plan(t, 2, 20)
	p.Scenario = load(t, text)
	_, err := Run(context.Background(), p, 2, nil)
	var over *sim.OverflowError
	if !errors.As(err, &over) {
		t.Fatalf("error %v is no overflow", err)
	}
	for _, want := range []string{"400 events", "pieces of evidence", "raise assumptions.evidence.gap (3d)",
		"max_events"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %s", err, want)
		}
	}
}

func TestProgressEndsAtTheTotal(t *testing.T) {
	last, total := 0, 0
	if _, err := Run(context.Background(), plan(t, 3, 25), 2, func(d, n int) {
		if d <= last {
			t.Errorf("progress went from %d to %d", last, d)
		}
		last, total = d, n
	}); err != nil {
		t.Fatal(err)
	}
	if last != 75 || total != 75 {
		t.Errorf("progress ended at %d of %d, want 75 of 75", last, total)
	}
}

func TestParting(t *testing.T) {
	s := func(at float64, entity uint64, rung int8) sim.Step {
		return sim.Step{Time: at, Entity: entity, Rung: rung}
	}
	for name, c := range map[string]struct {
		a, b    []sim.Step
		at      float64
		differs bool
	}{
		"empty":      {},
		"equal":      {a: []sim.Step{s(1, 1, 3)}, b: []sim.Step{s(1, 1, 3)}},
		"later only": {a: []sim.Step{s(1, 1, 3)}, b: []sim.Step{s(9, 1, 3)}},
		"other rung": {a: []sim.Step{s(1, 1, 3), s(5, 2, 3)}, b: []sim.Step{s(1, 1, 3), s(4, 2, 5)}, at: 4, differs: true},
		"one more":   {a: []sim.Step{s(1, 1, 3)}, b: []sim.Step{s(1, 1, 3), s(8, 2, 1)}, at: 8, differs: true},
	} {
		n := Parting(c.a, c.b)
		if n >= 0 != c.differs || n >= 0 && partingTime(c.a, c.b, n) != c.at {
			t.Errorf("%s: at step %d, want %v on day %v", name, n, c.differs, c.at)
		}
	}
}

func TestMomentsCovariance(t *testing.T) {
	var m, other Moments
	xs := [][4]float64{{1, 2, 3, 4}, {2, 1, 0, 4}, {5, 3, 1, 4}, {0, 0, 7, 4}}
	for i, x := range xs {
		if i < 2 {
			m.add(x)
		} else {
			other.add(x)
		}
	}
	m.Merge(&other)
	mean := func(i int) float64 {
		s := 0.0
		for _, x := range xs {
			s += x[i] / 4
		}
		return s
	}
	for i := range 4 {
		for j := range 4 {
			want := 0.0
			for _, x := range xs {
				want += (x[i] - mean(i)) * (x[j] - mean(j)) / 3
			}
			if got := m.Cov(i, j); math.Abs(got-want) > 1e-12 {
				t.Errorf("cov(%d, %d) = %v, want %v", i, j, got, want)
			}
		}
	}
}

func TestFingerprintSeesInputsAndNothingElse(t *testing.T) {
	base := plan(t, 4, 10)
	want := base.Fingerprint()
	again := plan(t, 4, 10)
	again.Scenario.Slots[0].Source, again.Scenario.Slots[0].Line = "elsewhere", 99
	if again.Fingerprint() != want {
		t.Error("a source text changed the fingerprint")
	}
	for name, change := range map[string]func(*Plan){
		"seed":       func(p *Plan) { p.Seed++ },
		"draws":      func(p *Plan) { p.Draws++ },
		"replicates": func(p *Plan) { p.Replicates++ },
		"generator":  func(p *Plan) { p.Generator = random.Philox },
		"value":      func(p *Plan) { p.Scenario.Slots[3].Dist = param.Fixed(0.123) },
		"lever":      func(p *Plan) { p.Scenario.Arms[1].Levers.Channels[0].Mandate[scenario.Delay] = false },
	} {
		p := plan(t, 4, 10)
		change(&p)
		if p.Fingerprint() == want {
			t.Errorf("%s does not change the fingerprint", name)
		}
	}
}

// TestOtherCoupling: the plan differs in the coupling and the count, and the
// scenario it came from is left alone. Catches: a shared scenario that is changed.
func TestOtherCoupling(t *testing.T) {
	p := plan(t, 4, 15)
	q := p.OtherCoupling()
	if q.Scenario.Model.Coupling != "gumbel" || p.Scenario.Model.Coupling != "quantile" || q.Replicates != 3 {
		t.Errorf("%q from %q, %d replicates", q.Scenario.Model.Coupling, p.Scenario.Model.Coupling, q.Replicates)
	}
	back := q.OtherCoupling()
	if back.Scenario.Model.Coupling != "quantile" || back.Replicates != 1 {
		t.Errorf("back to %q with %d replicates", back.Scenario.Model.Coupling, back.Replicates)
	}
	a, b := q.Theta(2), p.Theta(2)
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("slot %d moved", i)
		}
	}
}
