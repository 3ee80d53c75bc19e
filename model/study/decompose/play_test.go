package decompose

import (
	"context"
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// waiting has a line that opens once the talks break off, so that its mechanisms act in some futures alone.
const waiting = `misstep: 1
title: T
start: 2026-01-01
horizon: 5y
assumptions:
  states: {A: {}, B: {}}
  onset: [{source: B, victim: A, rate: 2, mix: {espionage: 0.7, disruption: 0.3}}]
  random_shocks: [{name: quarrel, between: [A, B], per_year: 0.2, tension: 0.3, breaks: 0.5}]
levers:
  channels:
    talks: {members: [A, B], mandate: [clarify, trust]}
    line: {members: [A, B], meets: false, mandate: [clarify, delay, leaks], opens: {after: suspension, channel: talks}}
arms: {talks: {channels.line.open: false}, line: {}}
headline: {baseline: talks, treatment: line}
`

// TestACoalitionThatIsKnown: in every shipped scenario, and in one with a condition, between any two of its arms, the
// sums are the same, bit for bit, whether every coalition is played or those that bring what a larger one brought are
// not. Catches a mechanism that makes a difference where nobody notes it.
func TestACoalitionThatIsKnown(t *testing.T) {
	texts := map[string][]byte{"waiting": []byte(waiting)}
	for _, name := range scenarios.Names() {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = data
	}
	for name, data := range texts {
		v, err := scenario.Load(name, data, scenario.Options{File: name + ".yaml", UsePriors: true})
		if err != nil {
			t.Fatal(err)
		}
		known, asked := 0, 0
		for _, a := range v.Arms {
			for _, b := range v.Arms {
				w := *v
				w.Headline.Baseline, w.Headline.Treatment = a.Name, b.Name
				if a.Name == b.Name {
					continue
				}
				game, err := NewSplit(&w)
				if err != nil {
					continue // nothing to split
				}
				p := experiment.Plan{Scenario: &w, Seed: 5, Draws: 6, Replicates: 2, BlockSize: 2}
				some, all := newStage(game, &p), newStage(game, &p)
				all.all = true
				for _, block := range p.Blocks(0, p.Replicates) {
					got, err := some.block(context.Background(), block)
					if err != nil {
						t.Fatal(err)
					}
					want, err := all.block(context.Background(), block)
					if err != nil {
						t.Fatal(err)
					}
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%s, %s against %s, draw %d: other sums", name, b.Name, a.Name, block.Draw)
					}
				}
				known, asked = known+some.asked-some.played, asked+some.asked
				if all.played != all.asked {
					t.Errorf("%s: %d of %d coalitions are played", name, all.played, all.asked)
				}
			}
		}
		if known == 0 {
			t.Errorf("%s: none of %d coalitions is known from another", name, asked)
		}
		t.Logf("%s: %d of %d coalitions are known from another", name, known, asked)
	}
}
