package decide

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/study/decision"
)

// invented is a decision between two arms: net benefits at three weights, each ±0.02.
func invented(turn decision.Turn, values ...float64) *Report {
	r := &Report{CasesPerYear: 10, Result: decision.Result{Baseline: "without-talks", Draws: 200, Replicates: 12,
		Weights: []decision.Weight{{Outcome: "missteps", Weight: 1}}, Varied: "forgone", Delta: 0.05, Tried: 90,
		Turns: []decision.Turn{turn}}}
	for i, v := range values {
		r.At = append(r.At, decision.At{Weight: float64(i) / 2, Told: true, Choice: "with-talks",
			Arms:       []decision.Arm{{Name: "without-talks"}, {Name: "with-talks", Value: v, Half: 0.02}},
			Everything: decision.Learning{Value: 0.03, Half: 0.01, Told: true}})
	}
	return r
}

// TestAnswer: each shape of Fieller's set, each pattern of signs, has its words; nothing is said of a
// turning weight that is not resolved.
func TestAnswer(t *testing.T) {
	resolved := decision.Turn{Value: 0.52, Low: 0.44, High: 0.61, Shape: decision.Bounded, PaysBelow: true, Resolved: true}
	wide := decision.Turn{Value: 0.5, Low: 0.1, High: 0.97, Shape: decision.Bounded, PaysBelow: true}
	above := resolved
	above.PaysBelow = false
	for name, c := range map[string]struct {
		turn   decision.Turn
		values []float64
		want   []string
		not    string
	}{
		"turns": {resolved, []float64{0.1, 0, -0.1}, []string{
			"The talks pay if accountability forgone counts less than 0.52 (0.44 to 0.61) of a misstep, and cost if more.",
			"The most that the talks bring or cost is 0.10 missteps per 100 incidents, one in 100 years."}, "resolved"},
		"turns the other way": {above, []float64{-0.1, 0, 0.1}, []string{"counts more than 0.52", "and cost if less."},
			"resolved"},
		"wide": {wide, []float64{0.1, 0, -0.1}, []string{
			"The talks pay where accountability forgone counts 0, and cost where it counts 1.",
			"Where it turns is not resolved at this size."}, "0.97"},
		"pays": {decision.Turn{Shape: decision.Bounded, Value: -2, Low: -3, High: -1}, []float64{0.1, 0.2, 0.3},
			[]string{"The talks pay at every weight that was tried."}, "turn"},
		"pays, partly told": {decision.Turn{Shape: decision.Rays, Value: 9, Low: -1, High: 2}, []float64{0.1, 0.03, 0.01},
			[]string{"The talks pay where accountability forgone counts 0 and 0.5; at 1 it cannot be told.",
				"It may turn anywhere but around 0.5: how accountability forgone changes cannot be told from not at all."},
			"resolved"},
		"costs": {decision.Turn{Shape: decision.Never}, []float64{-0.1, -0.2, -0.3},
			[]string{"The talks cost at every weight that was tried."}, "turn"},
		"costs, partly told": {decision.Turn{Shape: decision.All}, []float64{-0.1, 0.01, 0}, []string{
			"The talks cost where accountability forgone counts 0; at 0.5 and 1 it cannot be told. It may turn anywhere"},
			"but around"},
		"tie": {decision.Turn{Shape: decision.All}, []float64{0.01, 0, -0.01},
			[]string{"Nearly a tie: whether the talks pay cannot be told at any weight that was tried."}, "The most"},
	} {
		r := invented(c.turn, c.values...)
		have := strings.ReplaceAll(r.answer(), "\u00a0", " ")
		for _, want := range c.want {
			if !strings.Contains(have, want) {
				t.Errorf("%s: %s\nwant %s", name, have, want)
			}
		}
		if strings.Contains(have, c.not) {
			t.Errorf("%s: %s\nhas %q", name, have, c.not)
		}
	}
	r := invented(resolved, 0.1, 0, -0.1)
	r.At[1].Arms[1].Shares = &decision.Shares{Worse: decision.Share{Value: 0.392}, Better: decision.Share{Value: 0.281}}
	if have := r.answer(); !strings.Contains(have,
		"To choose the talks is wrong by more than 0.05 in 39 of 100 sets of assumptions, not to in 28, where "+
			"accountability forgone counts 0.5.") ||
		!strings.Contains(have,
			"To know all numbers first is worth 0.03 per 100 incidents; none of 90 alone stands out from chance.") {
		t.Error(have)
	}
	r.At[1].Groups = []decision.Learning{{Name: decision.Forum, Value: 0.012, Half: 0.005, Told: true},
		{Name: decision.Predictable, Value: 0.02, Half: 0.005, Told: true}}
	if have := r.answer(); !strings.Contains(have,
		"no single one of 90 stands out, how the channel works is worth 0.012 or more") {
		t.Error(have)
	}
	r.At[1].Numbers = []decision.Learning{{Name: "assumptions.strength.delay", Numbers: 1, Value: 0.02, Half: 0.005,
		Told: true}}
	if have := r.answer(); !strings.Contains(have, "alone, 0.020") {
		t.Error(have)
	}
}

// TestNeeded: half the width takes four times the draws, twice that to be likely; nothing is promised
// beyond what a run may have, nor where all is told.
func TestNeeded(t *testing.T) {
	wide := decision.Turn{Value: 0.5, Low: 0.2, High: 0.8, Shape: decision.Bounded}
	for want, r := range map[int]*Report{1600: invented(wide, 0.1, 0, -0.1),
		0:   invented(decision.Turn{Value: 0.5, Low: 0, High: 4, Shape: decision.Bounded}, 0.1, 0, -0.1),
		400: invented(decision.Turn{Shape: decision.All}, 0.1, 0.02, 0.001)} {
		if have := needed(&r.Result); have != want {
			t.Errorf("%d draws, want %d", have, want)
		}
	}
	if n := needed(&invented(decision.Turn{Resolved: true}, 0.1, 0, 0).Result); n != 0 {
		t.Errorf("%d draws where all is told", n)
	}
}
