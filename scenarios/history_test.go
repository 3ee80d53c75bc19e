package scenarios_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

func histories(t *testing.T) []*scenario.Scenario {
	t.Helper()
	files, err := scenarios.Files.ReadDir("history")
	if err != nil {
		t.Fatal(err)
	}
	var out []*scenario.Scenario
	for _, f := range files {
		name := "history/" + strings.TrimSuffix(f.Name(), path.Ext(f.Name()))
		out = append(out, load(t, name, shipped(t, name)))
	}
	return out
}

// TestHistories: each has one arm, ends with the record, and names the source of
// every number.
func TestHistories(t *testing.T) {
	all := histories(t)
	if len(all) != 2 {
		t.Fatalf("%d histories, want 2", len(all))
	}
	for _, v := range all {
		if len(v.Arms) != 1 || v.Start.AddDate(0, 0, int(v.Horizon)).Format("2006-01-02") != "2026-06-30" {
			t.Errorf("%s: %d arms, to %s", v.Name, len(v.Arms), v.Start.AddDate(0, 0, int(v.Horizon)))
		}
		for _, s := range v.Slots {
			if s.Source == "" && s.Origin == scenario.FromScenario && !soleWeight(s.Path) {
				t.Errorf("%s: %s has no source", v.Name, s.Path)
			}
		}
	}
}

// TestScenariosShareThePriorsOfTheirHistory: what a scenario says of its pair's
// rates, costs and prices is, word for word, what the history of the pair says;
// else the posterior would not apply to it. What a scenario says on purpose
// differently is listed. Catches a prior that is widened in one place only.
func TestScenariosShareThePriorsOfTheirHistory(t *testing.T) {
	dists := map[string]param.Dist{}
	for _, v := range histories(t) {
		for _, s := range v.Slots {
			dists[v.States[1].Name+" "+s.Path] = s.Dist
		}
	}
	own := []string{ // path suffixes that scenarios set for themselves
		"coalition.join",              // partners of 2021 were victims themselves
		"summits.mar-a-lago.restores", // an input to the history
	}
	shared := 0
	for _, name := range scenarios.Names() {
		v := load(t, name, shipped(t, name))
		pair := v.States[1].Name
		for _, s := range v.Slots {
			d, ok := dists[pair+" "+s.Path]
			if !ok || s.Dist.IsPoint() || mechanismPath(s.Path) {
				continue
			}
			if d != s.Dist && !slices.ContainsFunc(own, func(x string) bool { return strings.HasSuffix(s.Path, x) }) {
				t.Errorf("%s: %s is %s, in the history %s", name, s.Path, s.Dist.Text, d.Text)
			}
			shared++
		}
	}
	if shared < 200 {
		t.Errorf("%d numbers are shared, want 200 or more", shared)
	}
}

// mechanismPath reports whether a path is a forum mechanism's, which no history
// informs.
func mechanismPath(p string) bool {
	return strings.Contains(p, "strength.") || strings.Contains(p, "effect.")
}
