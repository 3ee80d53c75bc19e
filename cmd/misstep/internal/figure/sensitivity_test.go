package figure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// someIndices are three numbers and a group for two outputs.
func someIndices() *SensitivityInput {
	in := &SensitivityInput{Subtitle: []string{"Two states", "with against without", Played(712, 16), "seed 1"},
		Panels: []SensitivityPanel{
			{Label: "effect on missteps", Unit: "per 100 cases", Resolved: true, Noise: .57, Moved: .04},
			{Label: "missteps, without forum", Unit: "per 100 cases", Resolved: true, Noise: .12, Moved: -1},
		}}
	for i, label := range []string{"choice.price", "strength.clarify", "cyber-dialogue.effect.private_cut",
		"63 others together"} {
		v := .4 / float64(1+i)
		index := func(x float64) Ranged { return Ranged{x, x - .1, x + .15} }
		in.Rows = append(in.Rows,
			SensitivityRow{Label: label, Group: i == 3, First: []Ranged{index(v), index(v / 2)},
				Total: []Ranged{index(v + .2), index(v)}})
	}
	return in
}

// manyIndices are ten numbers and a group.
func manyIndices() *SensitivityInput {
	in := someIndices()
	for i := range 7 {
		r := in.Rows[i%3]
		r.Label = fmt.Sprint("evidence.number_", i)
		in.Rows = append(in.Rows, r)
	}
	return in
}

// screened is a screening of fifteen numbers.
func screened() *SensitivityInput {
	in := someIndices()
	in.Screening, in.Rows = true, nil
	for i := range 15 {
		v := Ranged{Value: float64(15 - i)}
		in.Rows = append(in.Rows, SensitivityRow{Label: fmt.Sprint("onset.number_", i), Total: []Ranged{v, v}})
	}
	return in
}

// unresolvedIndices has nothing to show in its first panel, and values that are none.
func unresolvedIndices() *SensitivityInput {
	in := someIndices()
	in.Panels[0].Resolved = false
	in.Rows[1].Total[1] = Ranged{nan, nan, inf}
	in.Rows[2].First[1] = Ranged{-.3, -.5, -.1}
	in.Rows[0].Label = strings.Repeat("very-long-name.", 9)
	return in
}

// alone are the charts of this file and of the figure breakeven, on their own height.
func aloneCharts() map[string]fitCase {
	out := map[string]fitCase{}
	for name, in := range map[string]*SensitivityInput{"sensitivity": someIndices(), "many": manyIndices(),
		"screened": screened(), "unresolved": unresolvedIndices()} {
		out["sensitivity "+name] = fitCase{chart: newSensitivity(in),
			files: Sensitivity(in).Draw}
	}
	for name, in := range breakevenInputs() {
		out["breakeven "+name] = fitCase{chart: newBreakeven(in),
			files: Breakeven(in).Draw}
	}
	for name, in := range decideInputs() {
		out["decide "+name] = fitCase{chart: newDecide(in), files: Decide(in).Draw}
	}
	return out
}

// TestSensitivityBars: bars end where their values are, on the axis of their panel, and
// the first-order bar lies inside the total one. Catches panels that share an axis.
func TestSensitivityBars(t *testing.T) {
	in := someIndices()
	r := &tape{}
	aloneCharts()["sensitivity sensitivity"].on(r)
	first, total := r.fills(chart.Blue), r.fills(chart.Tint(chart.Sky, .55))
	if len(first) != 9 || len(total) != 9 { // with the key
		t.Fatalf("%d first-order and %d total bars", len(first), len(total))
	}
	for k := range 2 {
		a, b := total[1+k].bounds(), in.Rows[0].Total[k].Value // the first is in the key
		for i, row := range in.Rows {
			f, w := first[1+2*i+k].bounds(), total[1+2*i+k].bounds()
			if scale := a.W / b; !near(w.W/scale, row.Total[k].Value) || !near(f.W/scale, row.First[k].Value) {
				t.Errorf("panel %d, row %d: bars of %v and %v", k, i, f.W/scale, w.W/scale)
			}
			if f.X != w.X || f.Y < w.Y || f.Bottom() > w.Bottom() {
				t.Errorf("panel %d, row %d: %v is not inside %v", k, i, f, w)
			}
		}
	}
	for _, row := range in.Rows {
		r.one(t, row.Label)
	}
	if text := strings.Join(r.words(), " "); !strings.Contains(text,
		"noise is 57 % of the spread; with half the points a share differs by up to 0.04") ||
		!strings.Contains(text, "noise is 12 % of the spread") || strings.Contains(text, "converged") {
		t.Error(text)
	}
}

// TestSensitivityUnresolved: an output without indices has a line in place of a panel, and the others are drawn;
// a value below zero has no bar, one that is no number neither.
func TestSensitivityUnresolved(t *testing.T) {
	r := &tape{}
	aloneCharts()["sensitivity unresolved"].on(r)
	if n, m := len(r.fills(chart.Blue)), len(r.fills(chart.Tint(chart.Sky, .55))); n != 4 || m != 4 {
		t.Errorf("%d and %d bars", n, m)
	}
	if all := strings.Join(r.words(), " "); !strings.Contains(all, "Effect on missteps: not resolved, ") ||
		!strings.Contains(all, "missteps, without forum: ") || len(r.find("Effect on missteps")) != 0 {
		t.Errorf("the page says %q", all)
	}
	in := unresolvedIndices()
	in.Panels[1].Resolved = false
	if c := newSensitivity(in); c.note == "" || len(c.numbers.rows) == 0 {
		t.Errorf("note %q, %d rows of numbers", c.note, len(c.numbers.rows))
	}
}
