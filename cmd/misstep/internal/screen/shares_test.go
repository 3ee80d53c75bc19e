package screen

import (
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/outcome"
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
		"told": {func(*View) {},
			"In 12 % [6, 18] of parameter draws with-forum makes missteps worse by more than 0.05 per 100 " +
				"cases, in 20 % [14, 26] better; in the other 68 % [62, 74] nobody could see a difference.", "replicates or more"},
		"too few": {func(v *View) { v.Summary.Contrasts[0].Measures[0].Shares, v.Summary.Run.Replicates = nil, 4 },
			"In how many parameter draws with-forum makes missteps worse is told with --replicates 10 or more.", "nobody could"},
		"enough, and of an older version": {func(v *View) { v.Summary.Contrasts[0].Measures[0].Shares = nil },
			"Worse and better in avoidable", "parameter draws with-forum"},
		"no count": {func(v *View) {
			v.Summary.Contrasts[0].Measures[0].ID, v.Summary.Headline.Measure = "regret", "regret"
			v.Summary.Contrasts[0].Measures[0].Shares = nil
		}, "Worse and better", "parameter draws with-forum"},
		"no worse side": {func(v *View) { v.Summary.Headline.Measure = "cases" },
			"More cases discovered is neither better nor worse: no draw counts as harm.", "parameter draws with-forum makes"},
		"futures": {func(v *View) {
			v.Summary.Headline.Measure = "any_misstep"
			v.Summary.Contrasts[0].Measure("any_misstep").Shares.Delta = .0275
		}, "worse by more than 2.75 of 100 futures,", ""},
		"elsewhere": {func(v *View) { v.Summary.Contrasts[0].Measures[3].Shares = nil },
			"Worse and better in avoidable missteps 12 % and 20 %, missed responses 12 % and 20 % of draws.", "forgone 12"},
		"identical": {func(v *View) { v.Summary.Contrasts[0].Pairing.Identical = true }, "Pairing: no future differs",
			"parameter draws"},
		"fixed": {func(v *View) { v.Summary.Run.Free = 0 }, "Parameters are fixed", "decides it"},
	} {
		v := inventedView()
		c.change(v)
		got := readingOf(v)
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
			"What decides it: less good where “United Kingdom: price of a public step” (UK.choice.price) is high " +
				"(rank correlation +0.62 without noise); among 96 numbers at a family-wise level of 5 %."},
		"two": {with(price, rate), -1,
			"; less good where “yearly number of operations of China against the United Kingdom” " +
				"(China>UK.rate) is low (rank correlation −0.30); among 96"},
		"many": {with(price, rate, price, price, rate), -1, "; and 2 more (summary.json); among"},
		"none": {with(), -1,
			"No number is seen to decide it, among 96 numbers at a family-wise level of 5 %: in 200 draws a rank correlation " +
				"with the effect below 0.24 does not show."},
		"ties": {&summary.Deciding{Draws: 200, Candidates: 96, Threshold: .24, Ties: .72}, -1,
			"What decides it this size does " +
				"not resolve: 72 % of the draws show no difference at all. Ask misstep sensitivity, or take --replicates 500."},
		"few": {&summary.Deciding{Draws: 3, Threshold: 1}, -1, "What decides it cannot be told from 3 draws."},
		"no worse side": {with(rate), 0, "a higher effect where “yearly number of operations of China against the " +
			"United Kingdom” (China>UK.rate) is low"},
		"not looked at": {nil, -1, ""},
	} {
		got := strings.ReplaceAll(strings.Join(inventedView().decidedBy(c.d, c.goodness), " "), "\u00a0", " ")
		if !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestOtherCouplingOfOneReplicate: an error of 0 that nobody measured is not shown as one.
func TestOtherCouplingOfOneReplicate(t *testing.T) {
	v := inventedView()
	v.Summary.Headline.Coupling, v.Summary.Headline.Other = "quantile", small.Est(-.13, 0, 0, 0)
	v.Summary.Headline.Other.NoError = true
	got := readingOf(v)
	if strings.Contains(got, "±0.00") || !strings.Contains(got, "−0.13, with an error that one replicate") {
		t.Error(got)
	}
}

// TestOtherCoupling: the difference has the unit of the table, the error that was measured, be it 0, and the replicates
// that it is from.
func TestOtherCoupling(t *testing.T) {
	v := inventedView()
	h, r := &v.Summary.Headline, &v.Summary.Run
	h.Coupling, h.Other, r.Replicates = "quantile", small.Est(0, 0, 0, 0), 10
	if got := readingOf(v); !strings.Contains(got, "the headline difference is 0.00 ±0.00, from 2 of 10 replicates.") {
		t.Error(got)
	}
	h.Measure, h.Other, r.Replicates = "any_misstep", small.Est(-.02, .083, 0, 0), 4
	if got := readingOf(v); !strings.Contains(got, "the headline difference is −2.0 ±8.3, from 1 of 4 replicates.") {
		t.Error(got)
	}
}

// TestLevelsOfOneReplicate: a level that is not compared has no error either.
func TestLevelsOfOneReplicate(t *testing.T) {
	v := inventedView()
	c := &v.Summary.Contrasts[0]
	for i := range v.Summary.Arms {
		v.Summary.Arms[i].Levels = []summary.Level{{Measure: outcome.Levels[0].ID, Value: summary.Estimate{Value: 6.8,
			NoError: true}}}
	}
	rows := v.mainRows(c)
	at := slices.IndexFunc(rows, func(r answer.Row) bool { return r.Label == outcome.Levels[0].Words.Name })
	if at < 0 || rows[at].Baseline != (answer.Cell{Value: "6.8"}) {
		t.Errorf("%+v", rows)
	}
}

// TestOneReplicate: no number has an error, no row a verdict, and it is said why.
func TestOneReplicate(t *testing.T) {
	v := inventedView()
	v.Summary.Run.Replicates = 1
	for i := range v.Summary.Contrasts {
		for k := range v.Summary.Contrasts[i].Measures {
			m := &v.Summary.Contrasts[i].Measures[k]
			for _, e := range []*summary.Estimate{&m.Baseline, &m.Treatment, &m.Difference, &m.Ratio} {
				*e = summary.Estimate{Value: e.Value, Low: e.Value, High: e.Value, NoError: true}
			}
			m.Verdict, m.Shares = summary.Unknown, nil
		}
	}
	c := &v.Summary.Contrasts[0]
	got := strings.Join(linesOf(func(s *say.Screen) {
		s.Put("", "", "%s", strings.Join(append(answer.Of(v.Summary).Says, answer.Of(v.Summary).Shares), " "))
		s.Add(render(rowsOf(c, Sections("5 years"), true), c.Baseline, c.Treatment)...)
		v.readings(s, c)
	}), " ")
	got = strings.Join(strings.Fields(got), " ")
	for _, want := range []string{"One future in each set of assumptions tells no chance error: take --replicates 2 or " +
		"more.",
		"4.12 3.71 −0.41 [not resolved] ?", "? one replicate a draw tells no Monte Carlo error"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q: %s", want, got)
		}
	}
	if strings.Contains(got, "±0") || strings.Contains(got, "better") {
		t.Error(got)
	}
}
