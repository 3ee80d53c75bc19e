package report

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// TestDecidesAsTheCurve: where a break-even along the number that decides is on the page, the sentence has the ends of
// its curve; a curve along another number, of another outcome or over another range leaves it as the run has it.
func TestDecidesAsTheCurve(t *testing.T) {
	end := func(at, effect float64) summary.LeverEnd {
		return summary.LeverEnd{At: at, Baseline: small.Est(4, .1, 0, 9), Difference: small.Est(effect, .02, -1, 1)}
	}
	point := func(at, effect float64) sensitivity.PointEffect {
		return sensitivity.PointEffect{Values: []float64{at}, Index: sensitivity.Index{Value: effect,
			Low: sensitivity.End(effect - .01), High: sensitivity.End(effect + .01)}}
	}
	const path = "strength.clarify"
	short, curve := "−0.06", "−0.03"
	for _, c := range []struct {
		change func(*sensitivity.Breakeven)
		want   string
	}{
		{func(*sensitivity.Breakeven) {}, curve},
		{func(b *sensitivity.Breakeven) { b.Numbers[0].Path = "strength.delay" }, short},
		{func(b *sensitivity.Breakeven) { b.Outcome = "missed" }, short},
		{func(b *sensitivity.Breakeven) { b.Effects[0].Values[0] = .2 }, short},
	} {
		r := invented()
		h := &r.Summary.Headline
		h.Levers = []summary.Lever{{Path: "assumptions.choice.price", Low: end(.1, -.1), High: end(.2, -.28)},
			{Path: "assumptions." + path, Low: end(.05, -.06), High: end(.95, -.27)}}
		b := &sensitivity.Breakeven{Baseline: r.Summary.Run.Baseline, Treatment: r.Summary.Run.Treatment, Outcome: h.Measure,
			Numbers: []sensitivity.Moved{{Path: path}},
			Effects: []sensitivity.PointEffect{point(.05, -.03), point(.5, -.1), point(.95, -.16)}}
		c.change(b)
		r.further = map[string]*analysis{"breakeven": {Figure: Figure{ID: "breakeven"}, json: say.JSON(b)}}
		has(t, plainly(dataOf(t, r).Side.Decides), " "+c.want+" ")
	}
}
