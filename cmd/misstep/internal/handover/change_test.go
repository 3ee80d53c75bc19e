package handover

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// TestDeciding: the numbers that decide, none, or too few draws to tell.
func TestDeciding(t *testing.T) {
	w := inventedWriter()
	for _, c := range []struct {
		d    summary.Deciding
		want string
	}{
		{summary.Deciding{Draws: 3, Threshold: 1}, "which number decides it cannot be told from 3 sets of assumptions."},
		{summary.Deciding{Draws: 200, Candidates: 96, Threshold: .2},
			"that no single number decides, of 96 uncertain numbers, as far as 200 sets of assumptions can tell."},
		{summary.Deciding{Draws: 200, Candidates: 96, Threshold: .2,
			Numbers: []summary.Number{{Path: "assumptions.choice.price", Correlation: -.4},
				{Path: "strength.trust", Correlation: .3}}},
			"in 200 sets of assumptions, with price of a public step (the difference falls with it; rank correlation −0.40); " +
				"strength of “trust”"},
	} {
		if got := w.decidingText(&c.d).String(); !strings.Contains(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// withAnalyses is a writer whose run has a break-even and a sensitivity.
func withAnalyses() *pageWriter {
	w := inventedWriter()
	w.analyses = []analysisFolder{{name: "breakeven",
		report: []byte(`{"baseline": "a", "treatment": "b", "outcome": "missteps", "unit": "per 100 cases",
		"numbers": [{"path": "strength.clarify", "today": 0.5}], "effects": [{"values": [0.1], "value": 0.2, "low": 0.1, "high": 0.3}, {"values": [0.9], "value": -0.2, "low": -0.3, "high": -0.1}],
		"crossings": [{"value": 0.5, "low": null, "high": 0.7}], "sentence": "the forum lowers missteps"}`)},
		{name: "sensitivity", report: []byte(
			`{"groups": [{"label": "choice.audience", "numbers": 1}, {"label": "choice.price", "numbers": 1}, {"label": "3 others together", "numbers": 3}],
		"outputs": [{"outcome": "missteps", "quantity": "baseline"}, {"outcome": "missteps", "quantity": "effect", "steps": [{"resolved": true, "total": [{"value": 0.3, "low": 0.1, "high": 0.4}, {"value": 1.1, "low": 0.5, "high": 1.3}, {"value": 2, "low": 1, "high": 3}]}]}]}`)}}
	return w
}

// TestCrossing: the sentence has the crossing, what is assumed, and its hedge; the
// sentence of the command, which leaves that out, stands nowhere.
func TestCrossing(t *testing.T) {
	w := withAnalyses()
	want := "strength of “clarify” (an automatic question on a new case). Averaged over all else, the difference is " +
		"above zero while this is under 0.5 (95 %: below 0.1 to 0.7), and below zero beyond; assumed: median 0.5, range " +
		"0.05 to 0.95. In single sets of assumptions it can go either way."
	if got := strings.ReplaceAll(w.crossingText().String(), "\u00a0", " "); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	picture, alt := w.crossingPicture()
	if len(picture) == 0 || strings.Contains(alt, "the forum lowers") || strings.Contains(alt, "today") {
		t.Errorf("%d bytes, %q", len(picture), alt)
	}
	blocks := w.analysis(&analysisFolder{name: "breakeven", picture: []byte("<svg>the forum lowers</svg>")}, "Title",
		"Says.", "misstep breakeven")
	if f := blocks[0].(report.Figure); string(f.Picture) != string(picture) ||
		strings.ReplaceAll(f.Caption.String(), "\u00a0", " ") != "How one number moves the average: "+want {
		t.Errorf("%q", f.Caption)
	}
	w.Manifest.Parameters[2].Posterior = "0.2 to 0.6"
	if got := w.assumedOf("strength.clarify"); got != "after the record 0.2 to 0.6" {
		t.Error(got)
	}
	if got := w.assumedOf("choice.rationality") + w.assumedOf("none.such"); got != "30 per range of utility" {
		t.Error(got)
	}
	w.analyses[0].report = []byte(
		`{"numbers": [{"path": "strength.clarify"}], "effects": [{"values": [0.1], "value": 0.2, "low": null, "high": null}, {"values": [0.9], "value": 0.1, "low": 0, "high": 0.2}]}`)
	if got := w.crossingText().String(); !strings.HasPrefix(got, "strength of “clarify”") ||
		!strings.Contains(got, "the difference is +0.20 where it is low (0.1), and +0.10\u00a0(0.00\u00a0to\u00a0+0.20) "+
			"where it is high (0.9); nowhere between does it change its sign. The number itself: after the record 0.2 to 0.6.") {
		t.Error(got)
	}
	w.analyses[0].report = []byte(`{"numbers": [{"path": "a"}, {"path": "b"}]}`)
	if picture, _ := w.crossingPicture(); picture != nil || w.crossingText() != nil {
		t.Error("a crossing over two numbers")
	}
}

// TestLeading: the two largest shares that are clear of chance, none beyond all; the
// group of the others is no number.
func TestLeading(t *testing.T) {
	w := withAnalyses()
	paths, said := w.leading()
	if got := said.String(); !strings.Contains(got,
		"most of it goes with price of a public step (100 % of the spread; 50 % to 100 %), and with what public silence costs") || strings.Contains(got, "others") {
		t.Error(got)
	}
	if want := []string{"choice.price", "choice.audience"}; !slices.Equal(paths, want) {
		t.Error(paths)
	}
	text := blocksText(w.change()...)
	if !strings.Contains(text, "What was not computed for this run") ||
		strings.Index(text, "How one number moves the average") > strings.Index(text, "most of it goes with") ||
		!strings.Contains(text, "**What would settle it:** the states' own files") {
		t.Error(text)
	}
	w.analyses[1].report = []byte(strings.ReplaceAll(string(w.analyses[1].report), `"low": 0.`, `"low": -0.`))
	if _, got := w.leading(); !strings.HasPrefix(got.String(), "No single number has a share") {
		t.Error(got)
	}
	w.analyses[1].report = []byte(strings.ReplaceAll(string(w.analyses[1].report), `"resolved": true`,
		`"resolved": false`))
	if _, got := w.leading(); !strings.Contains(got.String(), "is not resolved") {
		t.Error(got)
	}
}

// TestEnded: an end that is open is the one that is given.
func TestEnded(t *testing.T) {
	open := sensitivity.End(math.NaN())
	want := figure.BreakevenEffect{Value: .5, Low: .2, High: 1}
	if got := ended(sensitivity.Index{Value: .5, Low: .2, High: open}, 0, 1); got != want {
		t.Errorf("%+v", got)
	}
	if got := ended(sensitivity.Index{Value: .5, Low: open, High: open}, math.NaN(), 1); !math.IsNaN(got.Low) {
		t.Errorf("%+v", got)
	}
}

// TestSettled: every group of the registry and every number of a scenario's structure
// that is uncertain has evidence that would narrow it; a kind is named once.
func TestSettled(t *testing.T) {
	for _, g := range param.Groups() {
		if settled([]string{paramOf(g)}) == "" {
			t.Errorf("nothing would settle a number of the group %s", g)
		}
	}
	for _, path := range []string{"prices.United Kingdom@2024-01-01.price", "thaws.United Kingdom&China@2026-01-20.level",
		"random_shocks.quarrel.breaks", "onset.China>United Kingdom.rate", "channels.cyber-dialogue.strength.trust",
		"groups.third-states.evidence.flag_rate"} {
		if settled([]string{path}) == "" {
			t.Errorf("nothing would settle %s", path)
		}
	}
	one := settled([]string{"choice.price"})
	if got := settled([]string{"choice.price", "choice.audience", "prices.China@2020-01-01.price"}); got != one {
		t.Errorf("a kind is named twice: %s", got)
	}
	if got := settled([]string{"strength.trust", "choice.price"}); !strings.HasSuffix(got, "; and "+one) ||
		len(got) <= len(one) {
		t.Error(got)
	}
}

// paramOf is the name of some parameter of a group.
func paramOf(group string) string {
	for _, p := range param.All() {
		if p.Group() == group {
			return p.Name
		}
	}
	return ""
}
