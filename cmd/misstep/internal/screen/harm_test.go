package screen

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// TestNeutrality: the share is told, with what is known of it, wherever there are draws.
// Catches a share that is left out because noise hides it, or told for an outcome that
// has no worse side.
func TestNeutrality(t *testing.T) {
	for name, c := range map[string]struct {
		change func(v *View)
		want   string
		not    string
	}{
		"resolved": {func(*View) {}, "In 12 % [8, 18] of parameter draws with-forum makes missteps worse.", "not known"},
		"hidden": {func(v *View) { v.Summary.Contrasts[0].Measures[0].Harm = summary.Harm{High: 1} },
			"In how many parameter draws with-forum makes missteps worse is not known: the noise of the replicates hides the " +
				"spread.", ""},
		"one side": {func(v *View) { v.Summary.Contrasts[0].Measures[0].Harm = summary.Harm{High: .3} },
			"worse is known to [0, 30 %] only: the noise", "not known"},
		"nothing differs": {func(v *View) { v.Summary.Contrasts[0].Measures[0].Harm = summary.Harm{} },
			"In 0 % of parameter draws with-forum makes missteps worse.", "noise of the replicates"},
		"no worse side": {func(v *View) { v.Summary.Headline.Measure = "cases" },
			"More cases discovered is neither better nor worse: no draw counts as harm.", "parameter draws with-forum makes"},
		"before the data": {func(v *View) {
			v.Summary.Headline.Prior = &summary.Prior{Harm: summary.Harm{Resolved: true, Share: .4, Low: .1, High: .8}}
		}, "makes missteps worse. Before the data: 40 % [10, 80].", ""},
		"elsewhere": {func(v *View) { v.Summary.Contrasts[0].Measures[3].Harm = summary.Harm{High: 1} },
			"Worse in avoidable missteps 12 % [8, 18], missed responses 12 % [8, 18] of draws; not resolved in " +
				"accountability forgone.", ""},
		"identical": {func(v *View) { v.Summary.Contrasts[0].Pairing.Identical = true }, "Pairing: no future differs",
			"parameter draws"},
		"fixed": {func(v *View) { v.Summary.Run.Free = 0 }, "Parameters are fixed", "decides it"},
	} {
		v := inventedView()
		c.change(v)
		got := strings.Join(strings.Fields(strings.Join(linesOf(func(s *say.Screen) { v.readings(s, &v.Summary.Contrasts[0]) }), " ")), " ")
		if !strings.Contains(got, c.want) || c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestDecidedBy: the numbers by name and meaning, their direction in words, the level,
// and that nothing decides where nothing does.
func TestDecidedBy(t *testing.T) {
	price := summary.Number{Path: "assumptions.states.United Kingdom.choice.price", Correlation: .41, Corrected: .62,
		Worse: "high"}
	rate := summary.Number{Path: "assumptions.onset.China>United Kingdom.rate", Correlation: -.3, Worse: "low"}
	with := func(n ...summary.Number) *summary.Deciding {
		return &summary.Deciding{Level: .05, Draws: 200, Candidates: 96, Threshold: .24, Numbers: n}
	}
	for name, c := range map[string]struct {
		d        *summary.Deciding
		goodness int
		want     string
	}{
		"one": {with(price), -1,
			"What decides it: more harm where “United Kingdom: price of a public step” (UK.choice.price) is high " +
				"(rank correlation +0.62 without noise); among 96 numbers at a family-wise level of 5 %."},
		"two": {with(price, rate), -1, "; more harm where “yearly number of operations of China against the United Kingdom” " +
			"(China>UK.rate) is low (rank correlation −0.30); among 96"},
		"many": {with(price, rate, price, price, rate), -1, "; and 2 more (summary.json); among"},
		"none": {with(), -1,
			"No single number decides it, among 96 numbers at a family-wise level of 5 %: in 200 draws a rank correlation " +
				"with the effect below 0.24 does not show."},
		"few": {&summary.Deciding{Draws: 3, Threshold: 1}, -1, "What decides it cannot be told from 3 draws."},
		"no worse side": {with(rate), 0, "a higher effect where “yearly number of operations of China against the " +
			"United Kingdom” (China>UK.rate) is low"},
		"not looked at": {nil, -1, ""},
	} {
		got := strings.ReplaceAll(decidedBy(c.d, c.goodness), "\u00a0", " ")
		if !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestOtherCouplingOfOneReplicate: an error of 0 that nobody measured is not shown as one.
func TestOtherCouplingOfOneReplicate(t *testing.T) {
	v := inventedView()
	v.Summary.Headline.Coupling, v.Summary.Headline.Other = "quantile", small.Est(-.13, 0, 0, 0)
	got := strings.Join(strings.Fields(strings.Join(linesOf(func(s *say.Screen) { v.readings(s, &v.Summary.Contrasts[0]) }), " ")), " ")
	if strings.Contains(got, "±0.00") || !strings.Contains(got, "−0.13, with an error that one replicate") {
		t.Error(got)
	}
}
