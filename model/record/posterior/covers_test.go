package posterior

import (
	"slices"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// TestCovers: a sample is about a scenario that has a pair of its states, and about any where its
// numbers name none. Catches a group that is taken for a state of the pair, and a pair of one.
func TestCovers(t *testing.T) {
	p := &Posterior{Columns: []Column{{Path: "choice.price"}, {Path: "states.China.choice.price"},
		{Path: "prices.United Kingdom@2024-01-01.price"}, {Path: "onset.criminals>United States.rate"}}}
	if got := p.States(); !slices.Equal(got, []string{"China", "United Kingdom", "United States", "criminals"}) {
		t.Errorf("%v", got)
	}
	quoted := &Posterior{Columns: []Column{{Path: `prices."Korea, Republic of"@2024-01-01.price`},
		{Path: `onset."Virgin Islands (U.S.)">China.rate`}, {Path: `states."Trinidad & Tobago".choice.price`}}}
	if got := quoted.States(); !slices.Equal(got,
		[]string{"China", "Korea, Republic of", "Trinidad & Tobago", "Virgin Islands (U.S.)"}) {
		t.Errorf("%v", got)
	}
	of := func(names ...string) *scenario.Scenario {
		v := &scenario.Scenario{}
		for _, n := range names {
			v.States = append(v.States, scenario.State{Name: n})
		}
		return v
	}
	for _, c := range []struct {
		v    *scenario.Scenario
		want bool
	}{{of("China", "United States"), true}, {of("China", "India"), false}, {of("India", "Pakistan"), false},
		{of("China", "India", "United Kingdom"), true}} {
		if got := p.Covers(c.v); got != c.want {
			t.Errorf("%+v: %v", c.v.States, got)
		}
	}
	if !(&Posterior{Columns: []Column{{Path: "choice.price"}}}).Covers(of("India", "Pakistan")) {
		t.Error("numbers of nobody in particular hold for nobody")
	}
}
