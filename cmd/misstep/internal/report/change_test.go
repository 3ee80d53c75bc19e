package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// TestSettled: every group of the registry and every number of a scenario's structure
// that is uncertain has evidence that would narrow it.
func TestSettled(t *testing.T) {
	var paths []string
	for _, p := range param.All() {
		paths = append(paths, p.Name)
	}
	for _, path := range append(paths, "prices.United Kingdom@2024-01-01.price",
		"thaws.United Kingdom&China@2026-01-20.level", "random_shocks.quarrel.breaks", "onset.China>United Kingdom.rate",
		"channels.cyber-dialogue.strength.trust", "groups.third-states.evidence.flag_rate") {
		if len(settled([]string{path})) != 1 {
			t.Errorf("%s: %v", path, settled([]string{path}))
		}
	}
	if got := settled([]string{"choice.price", "choice.audience", "strength.trust"}); len(got) != 2 ||
		settled(nil) != nil {
		t.Errorf("%v", got)
	}
	for kind := range settlers {
		r := invented()
		group := settlers[kind][0]
		i := slices.IndexFunc(paths, func(p string) bool { return strings.HasPrefix(p, group+".") })
		r.Summary.Headline.Levers = []summary.Lever{{Path: "assumptions." + paths[i]}}
		_, text, ok := strings.Cut(pageOf(t, r, false), "**What would settle it:**")
		if line, _, _ := strings.Cut(strings.TrimSpace(text), "\n"); !ok || len(line) < 30 || !strings.HasPrefix(line, "- ") {
			t.Errorf("%s: %q", kind, line)
		}
	}
}

// TestSpread: the two largest shares that are clear of chance, none beyond all; the group
// of the others is no number, and what settles the leading numbers comes first.
func TestSpread(t *testing.T) {
	const found = `{"groups": [{"label": "choice.audience", "numbers": 1}, {"label": "strength.clarify", "numbers": 1},
		{"label": "3 others together", "numbers": 3}], "outputs": [{"outcome": "missteps", "quantity": "baseline"},
		{"outcome": "missteps", "quantity": "effect", "steps": [{"resolved": true, "total": [{"value": 0.3, "low": 0.1,
		"high": 0.4}, {"value": 1.1, "low": 0.5, "high": 1.3}, {"value": 2, "low": 1, "high": 3}]}]}]}`
	r := invented()
	of := func(json string) string {
		r.further = map[string]*analysis{"sensitivity": {Figure: Figure{ID: "sensitivity"}, json: []byte(json)}}
		return pageOf(t, r, false)
	}
	page := of(found)
	has(t, page, "**What the range comes from:** [strength of “clarify” (an automatic question on a new "+
		"case)](#number-3), 100 % (50 % to 100 %) of the spread; what public silence costs", "parts overlap",
		"**What would settle it:**\n\n- the states' own files", "\n- records of what was said over such channels")
	hasNot(t, page, "others together")
	has(t, of(strings.ReplaceAll(found, `"low": 0.`, `"low": -0.`)), "no single number has a share in the spread")
	has(t, of(strings.ReplaceAll(found, `true`, `false`)), "not resolved at this number of futures.\n")
	hasNot(t, of(`{}`), "What the range comes from")
}

// TestSetOutside: numbers that were set are counted and marked, every origin has words.
func TestSetOutside(t *testing.T) {
	for origin, outside := range map[scenario.Origin]bool{scenario.FromConfig: true, scenario.FromEnv: true,
		scenario.FromFlag: true, scenario.FromScenario: false, scenario.FromPrior: false, scenario.FromPosterior: false,
		scenario.FromDefault: false} {
		r := invented()
		r.Manifest.Parameters[0].Origin = string(origin)
		page := pageOf(t, r, false)
		marked := "**" + origins[origin] + "**"
		if strings.Contains(page, marked) != outside || strings.Contains(page, "1 number was set") != outside ||
			!strings.Contains(page, origins[origin]) || origins[origin] == "" {
			t.Errorf("%s: %q", origin, marked)
		}
	}
}
