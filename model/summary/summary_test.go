package summary

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
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
  again: {channels.forum.open: false}
headline: {outcome: missteps, baseline: without, treatment: with}
`

func summarise(t *testing.T, text string, priors bool, draws, replicates int) *Summary {
	t.Helper()
	v, err := scenario.Load("small", []byte(text), scenario.Options{File: "small.yaml", UsePriors: priors})
	if err != nil {
		t.Fatal(err)
	}
	s, err := experiment.Run(context.Background(),
		experiment.Plan{Scenario: v, Seed: 3, Draws: draws, Replicates: replicates, BlockSize: 20}, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Of(s)
}

func TestSharesSumToOne(t *testing.T) {
	s := summarise(t, small, true, 20, 20)
	for _, c := range s.Contrasts {
		for name, f := range map[string]Table{"break": c.Futures.Break, "public": c.Futures.Public} {
			if sum := f.Neither + f.OnlyBaseline + f.OnlyTreatment + f.Both; math.Abs(sum-1) > 1e-12 {
				t.Errorf("%s: futures %s sum to %v", c.Treatment, name, sum)
			}
		}
	}
	for _, a := range s.Arms {
		sum := 0.0
		for _, p := range a.Peaks {
			sum += p
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: peaks sum to %v", a.Name, sum)
		}
	}
}

func TestMisstepsSplitAmongBeliefs(t *testing.T) {
	for _, a := range summarise(t, small, true, 20, 40).Arms {
		b := a.Beliefs
		split := b.Culprit.Value + b.Intent.Value + b.Severity.Value + b.Rival.Value
		if whole := b.Avoidable.Value + b.Irreducible.Value; split > whole+1e-9 || whole == 0 {
			t.Errorf("%s: beliefs explain %v of %v missteps per 100 cases", a.Name, split, whole)
		}
	}
}

func TestAnEqualArmIsIdentical(t *testing.T) {
	s := summarise(t, small, true, 10, 20)
	c := s.Contrasts[1]
	if c.Treatment != "again" || !c.Pairing.Identical {
		t.Fatalf("contrast %s → %s is not identical", c.Baseline, c.Treatment)
	}
	for _, m := range c.Measures {
		if m.Difference != (Estimate{Resolved: true}) || m.Verdict != Same {
			t.Errorf("%s: difference %+v, %s", m.ID, m.Difference, m.Verdict)
		}
	}
}

func TestFixedParametersHaveNoParameterInterval(t *testing.T) {
	text := strings.Replace(small, "1 to 4", "2", 1)
	s := summarise(t, text, false, 10, 20)
	if s.Run.Free != 0 {
		t.Fatalf("%d free numbers", s.Run.Free)
	}
	for _, m := range s.Contrasts[0].Measures {
		if m.Difference != open(m.Difference.Value, m.Difference.MC) {
			t.Errorf("%s: parameter interval %v to %v around %v", m.ID, m.Difference.Low, m.Difference.High, m.Difference.Value)
		}
	}
}

func TestOneArmHasNoContrast(t *testing.T) {
	head, _, _ := strings.Cut(small, "arms:")
	text := head + "arms:\n  only: {}\n"
	s := summarise(t, text, true, 10, 10)
	if len(s.Contrasts) != 0 || len(s.Arms) != 1 || s.Run.Treatment != "" {
		t.Errorf("%d contrasts, %d arms, treatment %q", len(s.Contrasts), len(s.Arms), s.Run.Treatment)
	}
	if _, err := json.Marshal(s); err != nil {
		t.Errorf("not representable as JSON: %v", err)
	}
}

func TestWarnings(t *testing.T) {
	ids := func(s *Summary) string {
		var out []string
		for _, w := range s.Warnings {
			out = append(out, w.ID)
		}
		return strings.Join(out, " ")
	}
	if got := ids(summarise(t, small, true, 8, 10)); !strings.Contains(got, "few-draws") ||
		!strings.Contains(got, "not-calibrated") {
		t.Errorf("warnings %q miss few-draws or not-calibrated", got)
	}
	if got := ids(summarise(t, strings.Replace(small, "1 to 4", "2", 1), false, 4, 10)); strings.Contains(got,
		"few-draws") {
		t.Errorf("fixed parameters warn of few draws: %q", got)
	}
	empty := strings.NewReplacer("1 to 4", "0", "rate: 1,", "rate: 0,").Replace(small)
	still := summarise(t, empty, true, 4, 4)
	if got := ids(still); !strings.Contains(got, "no-cases") {
		t.Errorf("a world without incidents warns of %q", got)
	}
	if _, err := json.Marshal(still); err != nil {
		t.Errorf("a world without incidents is not representable: %v", err)
	}
}
