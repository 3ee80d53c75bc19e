package forest_test

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
)

// TestGroups catches: a unit in two groups, sections that mix.
func TestGroups(t *testing.T) {
	row := func(section, name, unit string) forest.Row {
		return forest.Row{Section: section, Label: name, Unit: unit}
	}
	for _, c := range []struct {
		rows []forest.Row
		want string
	}{
		{[]forest.Row{row("", "a", "cases")}, "/cases: a"},
		{[]forest.Row{row("", "a", "cases"), row("", "b", "days"), row("", "c", "cases")}, "/cases: a, c | /days: b"},
		{[]forest.Row{row("s", "a", "x"), row("r", "b", "x"), row("s", "c", "y")}, "s/x: a | s/y: c | r/x: b"},
		{nil, ""},
	} {
		var out []string
		for _, g := range (&forest.Plot{Rows: c.rows}).Groups() {
			var labels []string
			for _, r := range g.Rows {
				labels = append(labels, r.Label)
			}
			out = append(out, g.Section+"/"+g.Unit+": "+strings.Join(labels, ", "))
		}
		if got := strings.Join(out, " | "); got != c.want {
			t.Errorf("arranged as %q, want %q", got, c.want)
		}
	}
}
