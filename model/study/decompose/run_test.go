package decompose

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/summary"
)

// TestBytesAreEqualForAnyNumberOfWorkers holds every bit of the sums.
func TestBytesAreEqualForAnyNumberOfWorkers(t *testing.T) {
	for name, text := range map[string]string{"exact": small, "orders": many} {
		bytes := func(workers int) string {
			return asText(t, split(t, plan(t, text, 3, 10), workers).Draws)
		}
		want := bytes(1)
		for _, workers := range []int{2, 5} {
			if bytes(workers) != want {
				t.Errorf("%s: %d workers give other sums than one", name, workers)
			}
		}
	}
}

// TestSharesAddUp: in every outcome the shares sum to the total, exactly in the
// result and up to rounding in each draw.
func TestSharesAddUp(t *testing.T) {
	for name, text := range map[string]string{"exact": small, "orders": many} {
		s := split(t, plan(t, text, 3, 8), 2)
		for _, o := range Of(s).Outcomes {
			sum := 0.0
			for _, p := range o.Parts {
				sum += p.Share.Value
			}
			if sum != o.Total.Value {
				t.Errorf("%s: the shares of %s sum to %v, the total is %v", name, o.ID, sum, o.Total.Value)
			}
		}
		for d := range s.Draws {
			for m := range readings {
				r, sum := &s.Draws[d].Readings[m], 0.0
				for k := range r.Players {
					sum += r.Players[k].Share.X
				}
				closeTo(t, name+" "+outcome.All[m].ID, sum, r.Total.X)
			}
		}
	}
}

// TestAMechanismThatIsOffHasNoShare: at strength 0 the share is exactly 0 in every
// replicate, for every outcome, though the mechanism is in the mandate; and the
// others have one.
//
// Mutation that it catches: leave the mechanism's coefficient in when its strength
// is 0.
func TestAMechanismThatIsOffHasNoShare(t *testing.T) {
	for name, text := range map[string]string{"exact": small, "orders": many} {
		s := split(t, plan(t, text, 2, 10, set("assumptions.channels.forum.strength.delay", "0")), 2)
		const delay = 1
		if got := s.Split.Players[delay].String(); got != "delay" {
			t.Fatalf("player %d is %s", delay, got)
		}
		others := 0.0
		for d := range s.Draws {
			for m := range readings {
				r := &s.Draws[d].Readings[m]
				if x := r.Players[delay].Share; x.X != 0 || x.XX != 0 {
					t.Errorf("%s: delay has a share of %s: %+v", name, outcome.All[m].ID, x)
				}
				if x := r.Players[delay].Alone; x.X != 0 || x.XX != 0 {
					t.Errorf("%s: delay alone changes %s: %+v", name, outcome.All[m].ID, x)
				}
				if r.Players[delay].Without != r.Total {
					t.Errorf("%s: without delay %s is another", name, outcome.All[m].ID)
				}
				for k := range r.Players {
					others += r.Players[k].Share.XX
				}
			}
			for j := range s.Split.Players {
				if x := s.Draws[d].Pairs; j != delay && x[pairIndex(len(s.Split.Players), delay, j)].XX != 0 {
					t.Errorf("%s: delay interacts with %s", name, s.Split.Players[j])
				}
			}
		}
		if others == 0 {
			t.Errorf("%s: no mechanism has a share, so the test says nothing", name)
		}
		if e := Of(s).Outcomes[0].Parts[delay].Share; e.Verdict != summary.Same {
			t.Errorf("%s: the verdict is %s", name, e.Verdict)
		}
	}
}

// TestTheOrderOfTheFileIsNoMatter: channels, mechanisms and arms in another order
// give the same result, bit for bit.
func TestTheOrderOfTheFileIsNoMatter(t *testing.T) {
	turned := edited(small, "    embassy: {members: [A, B], meets: false, mandate: [clarify]}\n", "")
	turned = edited(turned, "[clarify, delay, private_option, fragility]}\n",
		"[fragility, private_option, delay, clarify]}\n    embassy: {members: [B, A], meets: false, mandate: [clarify]}\n")
	turned = edited(turned, "  without: {channels.forum.open: false}\n  with: {}",
		"  with: {}\n  without: {channels.forum.open: false}")
	want, got := Of(split(t, plan(t, small, 3, 6), 2)), Of(split(t, plan(t, turned, 3, 6), 2))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want.Outcomes[0].Total.Value == 0 {
		t.Error("the arms do not differ, so the test says nothing")
	}
}

// TestAnotherArmDoesNotMatter: an arm beside the headline's changes nothing.
func TestAnotherArmDoesNotMatter(t *testing.T) {
	third := edited(small, "  with: {}\n", "  with: {}\n  third: {channels.forum.mandate: [delay]}\n")
	if diff := cmp.Diff(Of(split(t, plan(t, small, 2, 6), 2)), Of(split(t, plan(t, third, 2, 6), 2))); diff != "" {
		t.Error(diff)
	}
}

// TestOrdersAgreeWithAllCoalitions: over the same replicates, shares and
// interactions read along one random order each meet the exact ones. Their
// differences, at 6000 replicates of the one-incident reduction, stay below 4.5
// standard errors: one of 6 would pass that by chance with probability 4e-5; a
// factor of 1.2 on any reading is seen.
func TestOrdersAgreeWithAllCoalitions(t *testing.T) {
	p := experiment.Plan{Scenario: load(t, read(t, "../../../scenarios/validation/one-incident.yaml"),
		set("headline.outcome", "public")),
		Generator: random.Philox, Seed: 12, Draws: 1, Replicates: 6000}
	g, err := NewSplit(p.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	exact, along := newStage(g, &p), newStage(g, &p)
	along.order = make([]int, len(g.Players))
	b := experiment.Block{To: p.Replicates}
	a, err := exact.block(context.Background(), b)
	if err != nil {
		t.Fatal(err)
	}
	o, err := along.block(context.Background(), b)
	if err != nil {
		t.Fatal(err)
	}
	m := splitIndex("public")
	hold := func(what string, x, y Moments) {
		if se := math.Sqrt((y.XX - x.XX) / y.N / y.N); math.Abs(x.X-y.X)/y.N > 4.5*se+1e-12 {
			t.Errorf("%s: %v along orders, exactly %v, standard error %v", what, y.X/y.N, x.X/x.N, se)
		}
	}
	for k := range g.Players {
		hold(g.Players[k].String(), a.Readings[m].Players[k].Share.Moments, o.Readings[m].Players[k].Share.Moments)
		x, y := a.Readings[m].Players[k], o.Readings[m].Players[k]
		if x.Alone != y.Alone || x.Without != y.Without {
			t.Errorf("%s alone or left out is another along orders", g.Players[k])
		}
	}
	for _, sums := range []*DrawSums{a, o} {
		flipsAddUp(t, sums)
	}
	for k := range a.Pairs {
		hold("a pair", a.Pairs[k], o.Pairs[k])
	}
}

// flipsAddUp holds what flips in each part against the part: of cases, and of futures, what is added
// less what is removed is the difference.
func flipsAddUp(t *testing.T, sums *DrawSums) {
	t.Helper()
	seen := 0.0
	for m, def := range readings {
		if !def.Flag || def.Each != nil {
			continue
		}
		r := &sums.Readings[m]
		parts := []PartSums{r.Total}
		for _, p := range r.Players {
			parts = append(parts, p.Share, p.Alone, p.Without)
		}
		for i, p := range parts {
			seen += p.Flips.Added
			if math.Abs(p.Flips.Added-p.Flips.Removed-p.X) > 1e-9 {
				t.Errorf("%s, part %d: %+v, and the difference is %v", def.ID, i, p.Flips, p.X)
			}
		}
	}
	if seen == 0 {
		t.Error("nothing flips")
	}
}

// TestSameIsNotClaimedLightly: a share of 0 in every order that was drawn is called
// identical only where the player changes nothing alone and nothing when left out, and
// of one replicate a draw nothing is called unclear.
func TestSameIsNotClaimedLightly(t *testing.T) {
	for n, moved := range map[float64]summary.Verdict{1: summary.Unknown, 2: summary.Unclear} {
		sameOf(t, n, moved)
	}
}

// sameOf is that of a draw of n replicates, where what moves a case has a verdict.
func sameOf(t *testing.T, n float64, moved summary.Verdict) {
	t.Helper()
	s := split(t, plan(t, small, 1, 1), 1)
	m := splitIndex("missteps")
	r := &s.Draws[0].Readings[m]
	still := PartSums{Moments: Moments{N: n, Y: 3 * n, YY: 9 * n}}
	r.Total = still
	for k := range r.Players {
		r.Players[k].Share, r.Players[k].Alone, r.Players[k].Without = still, still, still
	}
	r.Players[1].Alone.XX, r.Players[2].Without.X = 1, 1
	for k, want := range []summary.Verdict{summary.Same, moved, moved, summary.Same} {
		if got := Of(s).Outcomes[0].Parts[k].Share.Verdict; got != want {
			t.Errorf("player %d is %s, want %s", k, got, want)
		}
	}
	if e := Of(s).Outcomes[0].Parts[1].Alone; e.NoError != (n == 1) || e.NoError && (e.Resolved || e.AboveNoise()) {
		t.Errorf("of %v replicates: %+v", n, e)
	}
}

// TestWhatCannotBeSplit: errors say what to do.
func TestWhatCannotBeSplit(t *testing.T) {
	for text, want := range map[string]string{
		edited(small, "outcome: missteps",
			"outcome: misstep_share"): "--set headline.outcome=missteps",
		edited(small, "  without: {channels.forum.open: false}\n  with: {}", "  without: {}\n  with: {}"):    "--contrast",
		edited(small, "assumptions:\n", "assumptions:\n  model: {max_events: 330}\n  evidence: {gap: 1d}\n"): "max_events",
	} {
		if _, err := Run(context.Background(), plan(t, text, 1, 4), 2, nil); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestStops: the context ends a split with its error.
func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, plan(t, small, 4, 20), 2, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("ended: %v", err)
	}
}

// TestProgressCounts: every replicate is counted once.
func TestProgressCounts(t *testing.T) {
	last, calls := 0, 0
	if _, err := Run(context.Background(), plan(t, small, 2, 6), 2, func(done, total int) {
		if done <= last || total != 12 {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
		calls++
	}); err != nil || last != 12 || calls != 4 {
		t.Errorf("%d replicates in %d calls, %v", last, calls, err)
	}
}

// TestACaseThatIsNotMet: a case of both arms that a coalition did not discover
// counts as in the baseline, and is counted as missing.
//
// Mutation that it catches: count it as no misstep.
func TestACaseThatIsNotMet(t *testing.T) {
	outcome := func(missteps ...uint8) *sim.Outcome {
		o := &sim.Outcome{Discovered: len(missteps), Horizon: 3652.5}
		for n, m := range missteps {
			if m != 9 {
				o.Cases = append(o.Cases, sim.CaseOutcome{Ordinal: int32(n), Missteps: m})
			}
		}
		return o
	}
	v := newValues(2)
	v.start(outcome(1, 1, 0, 1), outcome(0, 1, 0, 9), everyone(2)) // the last is not common
	v.add(1, outcome(9, 0, 1, 1))
	v.add(2, outcome(0, 9, 9, 0))
	m := splitIndex("missteps")
	if got, want := v.of[m], []float64{2, 1 + 0 + 1, 0 + 1 + 0, 1}; cmp.Diff(got, want) != "" {
		t.Errorf("values %v, want %v", got, want)
	}
	if v.missing != 3 || v.denominator(m) != 3 {
		t.Errorf("%d missing of %v cases", v.missing, v.denominator(m))
	}
	if all := splitIndex("missteps_decade"); v.of[all][1] != 2 || v.denominator(all) != 1 {
		t.Errorf("per ten years: %v", v.of[all])
	}
}
