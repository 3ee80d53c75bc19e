package figure

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// Distinctions that must not hang on a colour.

// TestCellsSayTheirSign: over two numbers each cell has its effect in figures where there
// is room, the one below the cross of today excepted, and none where some cell has none.
func TestCellsSayTheirSign(t *testing.T) {
	drawn := func(in *BreakevenInput) string {
		r, p := newTape()
		newBreakeven(in).drawPlane(p, chart.Box(chart.Margin, 60, 548, 240))
		key := false
		var cells []string
		for _, s := range r.words() {
			if key = key || strings.HasPrefix(s, "effect on"); !key && strings.ContainsAny(s, "+−.") {
				cells = append(cells, s)
			}
		}
		return strings.Join(cells, " ")
	}
	few := field()
	few.Axes[0].Values, few.Axes[1].Values = []float64{0, .5, 1}, []float64{0, 3, 6}
	few.Axes[0].Today, few.Axes[1].Today = .5, 3
	few.Effects = nil
	for _, row := range [][]float64{{-.2, -.1, .3}, {.1, 0.02, .01}, {.2, .25, .31}} {
		var e []BreakevenEffect
		for _, v := range row {
			e = append(e, BreakevenEffect{v, v, v})
		}
		few.Effects = append(few.Effects, e)
	}
	if got := drawn(few); !strings.Contains(got, "−0.20 −0.10 +0.30 +0.10 +0.01 +0.20 +0.25 +0.31") {
		t.Errorf("cells %q", got)
	}
	many := field()
	many.Axes[0].Values, many.Effects = nil, nil
	for i := range 30 {
		many.Axes[0].Values = append(many.Axes[0].Values, float64(i)/29)
	}
	for range many.Axes[1].Values {
		row := make([]BreakevenEffect, 30)
		for i := range row {
			row[i].Value = .125
		}
		many.Effects = append(many.Effects, row)
	}
	if got := drawn(many); strings.Contains(got, "+0.1") {
		t.Errorf("thirty columns: %q", got)
	}
}

// TestPartsHaveMarks: a part of a difference that is better, worse or neither has a mark
// of its own at the end of its bar.
func TestPartsHaveMarks(t *testing.T) {
	marks := map[string]summary.Verdict{}
	for _, v := range []summary.Verdict{summary.Better, summary.Worse, summary.Unclear, summary.Same} {
		r, rows := rowsOn(1)
		f := aForest()
		f.bars = true
		span := chart.Span{Value: .5, Low: .5, High: .5, MonteLow: .5, MonteHigh: .5, Ok: true}
		f.row(rows, chart.Scale{Lo: -1, Hi: 1, From: 200, To: 300}, forestRow{label: "x", verdict: v, span: span})
		ops := ""
		for _, s := range r.only(func(s shape) bool { return s.kind != 't' }) {
			ops += s.ops() + " "
		}
		if other, ok := marks[ops]; ok && v != summary.Same { // a bar is a narrow box, as long as no other
			t.Errorf("%s looks like %s: %s", v, other, ops)
		}
		marks[ops] = v
	}
}

// TestNumbersOfPartsFit: no interval of a part is cut, however far apart its ends are.
func TestNumbersOfPartsFit(t *testing.T) {
	in := someParts()
	in.Rows = in.Rows[:2]
	in.Rows[0].Estimate = summary.Estimate{Value: -.014, MC: .001, Low: -.108, High: -.011}
	in.Rows[1].Estimate = summary.Estimate{Value: -.046, MC: .001, Low: -.439, High: .197}
	r := &tape{}
	whyOf(in).on(r, Options{})
	if got := strings.Join(r.words(), "\n"); !strings.Contains(got, "−0.05 (−0.44 to 0.20)") ||
		strings.Contains(got, chart.Ellipsis) {
		t.Error(got)
	}
}

// TestArmsHaveOneKey: with two forums, bars differ by their edges, and what belongs to
// the first alone bears its mark.
func TestArmsHaveOneKey(t *testing.T) {
	s := armsOf(3)
	r := play(t, "channel", s, nil)
	for _, a := range newInput(s, nil, Options{}).first(3) {
		r.one(t, a.Label)
	}
	edges := map[string]bool{}
	for _, f := range newChannel(newInput(s, nil, Options{})).(*channel).forums {
		for _, k := range r.strokes(.9, f.Color) {
			edges[strings.TrimSpace(f.Name+strings.Repeat("-", len(k.dash)))] = true
		}
	}
	if len(edges) != 2 {
		t.Errorf("edges %v", edges)
	}
	if one := needMarks(s); one != 3 {
		t.Errorf("%d marks of the first forum, want 3: two levels and the counts", one)
	}
	if none := needMarks(armsOf(2)); none != 0 {
		t.Errorf("%d marks with one forum", none)
	}
}

// needMarks counts the discs of the panel of moments.
func needMarks(s *summary.Summary) int {
	r, _ := needOf(s)
	return len(r.only(func(k shape) bool { return k.kind == 'f' && k.ops() == "MCCCCZ" }))
}
