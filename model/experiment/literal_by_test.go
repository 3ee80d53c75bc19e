package experiment

import (
	"fmt"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// counted says by its id whether an outcome that is shown by group counts a case, and whom
// that hit.
var counted = map[string]func(c sim.CaseOutcome) (bool, int16){
	"missteps":          func(c sim.CaseOutcome) (bool, int16) { return c.Missteps&1 == 1, c.MisstepOn },
	"who_or_why":        func(c sim.CaseOutcome) (bool, int16) { return c.WhoOrWhy, c.NamedOn },
	"false_accusations": func(c sim.CaseOutcome) (bool, int16) { return c.Falsely, c.FalselyOn },
	"missed":            func(c sim.CaseOutcome) (bool, int16) { return c.Missed, c.Source },
}

// literalBy computes the cells of a pair of arms in one draw, each by its name, and what flips in them.
func literalBy(all []played, d, base, other int, cells []GroupCell) (out []Moments, flips []outcome.Flips) {
	states := []string{"A", "B"}
	for _, cell := range cells {
		of := counted[outcome.All[cell.Measure].ID]
		grouping := outcome.Groupings[cell.Grouping].ID
		part := func(c sim.CaseOutcome) float64 {
			is, hit := of(c)
			return number(is && (grouping != "pair" || hit >= 0 && cell.Name == states[c.Victim]+" → "+states[hit]))
		}
		within := func(c sim.CaseOutcome) bool {
			switch grouping {
			case "year":
				return cell.Name == fmt.Sprintf("year %d", 1+int(c.Discovered/365.25))
			case "thaw":
				return (cell.Name == "in a thaw") == (c.Thaw > 0)
			}
			return true
		}
		only := func(from, to int) float64 {
			return total(all, d, func(arms []sim.Outcome) (n float64) {
				cases, twins := matched(&arms[from], &arms[to])
				for i, c := range cases {
					if in := map[bool]sim.CaseOutcome{true: c, false: twins[i]}[from == base]; within(in) {
						n += number(part(c) == 1 && part(twins[i]) == 0)
					}
				}
				return n
			})
		}
		flips = append(flips, outcome.Flips{Added: only(other, base), Removed: only(base, other)})
		out = append(out, momentsOf(each(all, d, func(arms []sim.Outcome) (x [4]float64) {
			cases, twins := matched(&arms[base], &arms[other])
			for i, c := range cases {
				if within(c) {
					x[0], x[1], x[2], x[3] = x[0]+part(c), x[1]+1, x[2]+part(twins[i]), x[3]+1
				}
			}
			return x
		})))
	}
	return out, flips
}

// TestGroupsAddUp: groups of cases hold all cases, parts all that is counted. Catches a case in
// two groups or in none, and a twin that is put into another group than the baseline's case.
func TestGroupsAddUp(t *testing.T) {
	s := run(t, plan(t, 4, 30), 2)
	total := s.Contrasts[0].Total()
	sum := map[string][4]float64{}
	for i, cell := range s.Cells {
		key := outcome.Groupings[cell.Grouping].ID + " " + outcome.All[cell.Measure].ID
		x := sum[key]
		for k, y := range total.By[i].Sum {
			if x[k] += y; outcome.Groupings[cell.Grouping].Parts && k%2 == 1 {
				x[k] = y
			}
		}
		sum[key] = x
	}
	if len(sum) != 3*len(counted) || len(outcome.Shown()) != len(counted) {
		t.Fatalf("groups of %v", sum)
	}
	for _, grouping := range outcome.Groupings {
		for _, m := range outcome.Shown() {
			id := outcome.All[m].ID
			if have, want := sum[grouping.ID+" "+id], total.Measures[m].Sum; have != want {
				t.Errorf("%s by %s: %v, in all %v", id, grouping.ID, have, want)
			}
		}
	}
	if total.Measures[outcome.Index("missteps")].Sum[0] == 0 || slices.Max(s.Arms[0].Total().Tension) == 0 {
		t.Error("too quiet to tell")
	}
}
