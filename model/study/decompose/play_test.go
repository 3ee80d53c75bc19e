package decompose

import (
	"context"
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// TestACoalitionThatIsKnown: in every shipped scenario, between any two of its arms, the sums are the same, bit for
// bit, whether every coalition is played or those that bring what a larger one brought are not. Catches a mechanism
// that makes a difference where nobody notes it.
func TestACoalitionThatIsKnown(t *testing.T) {
	for _, name := range scenarios.Names() {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
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
