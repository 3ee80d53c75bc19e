package study

import (
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// breakevenScreen is what breakeven prints, but for where it was written.
func breakevenScreen(t *testing.T, w *breakingEven, r *sensitivity.Breakeven) string {
	t.Helper()
	lines := w.screen(r).Lines()
	for _, l := range lines {
		if n := len([]rune(l)); n > say.Width {
			t.Errorf("%d columns: %q", n, l)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestBreakevenScreen: the effect at every value with its interval, to the digit at which
// the error begins, the crossing, the shares on either side, and the sentence.
func TestBreakevenScreen(t *testing.T) {
	w, r := crafted(t, []string{"strength.clarify=0:1:5"}, .02, func(x ...float64) float64 { return x[0] - .75 })
	text := breakevenScreen(t, w, r)
	for _, part := range []string{
		" missteps, with minus without, per 100 cases\n",
		"  −0.75 (−0.77 to −0.73)\n", "  +0.25 (+0.23 to +0.27)\n",
		" zero at 0.75 (0.73 to 0.77); 75 % (73 % to 77 %) of what is believed of it lies below\n",
		" On average over what else is assumed, with lowers missteps unless strength.clarify exceeds 0.75 (0.73 to\n" +
			" 0.77), 50 % above the assumed 0.5.\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("lacks %q:\n%s", part, text)
		}
	}
	if n := strings.Count(text, "("); n != 5+3 {
		t.Errorf("%d intervals:\n%s", n, text)
	}
}

// TestBreakevenScreenWithUnits: durations and rates carry their unit, a fixed number has
// no shares, two numbers have no list of effects.
func TestBreakevenScreenWithUnits(t *testing.T) {
	w, r := crafted(t, []string{"reply.delay=1d:9d:3"}, 0, func(x ...float64) float64 { return x[0] - 4 })
	text := breakevenScreen(t, w, r)
	if !strings.Contains(text, " zero at 4d (4d to 4d)\n") ||
		!strings.Contains(text, "On average over what else is assumed, with raises missteps unless reply.delay is below "+
			"4d (4d to 4d), 43 %\n below the assumed 7d.") {
		t.Error(text)
	}
	w, r = crafted(t, []string{"Borland>Aland.rate=1:5:3"}, 0, func(x ...float64) float64 { return 2 - x[0] })
	if text := breakevenScreen(t, w, r); !strings.Contains(text, "Borland>Aland.rate") ||
		strings.Contains(text, "onset.") {
		t.Error(text)
	}
	w, r = crafted(t, []string{"strength.clarify=0:1:3", "strength.delay=0:1:3"}, 0,
		func(x ...float64) float64 { return x[0] - .6 })
	if text := breakevenScreen(t, w, r); strings.Contains(text, "zero at") ||
		!strings.Contains(text, "On average over what else is assumed, with raises missteps over") {
		t.Error(text)
	}
}

// TestVariedWords: how a value and an interval are written.
func TestVariedWords(t *testing.T) {
	list, err := vary(tinyJob(t).Scenario, []string{"evidence.gap=60d:365d:3", "choice.rationality=15:120:3"}, ranges{})
	if err != nil {
		t.Fatal(err)
	}
	rationality := &list[1]
	if got := list[0].with(100.26) + ", " + rationality.with(30); got != "100d, 30 1/range" {
		t.Error(got)
	}
	open := sensitivity.End(math.NaN())
	for want, ends := range map[string][2]sensitivity.End{"(20 to 40)": {20, 40}, "(below 15 to 40)": {open, 40},
		"(20 to above 120)": {20, open}, "(below 15 to above 120)": {open, open}} {
		if got := rationality.between(sensitivity.Index{Value: 30, Low: ends[0], High: ends[1]}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestBreakevenPictureInWords: what a reader of the figure sees names no path, what a user of
// the program types stays on the screen and in the table. Catches a path that begins with
// another one, a sentence of the report that changes.
func TestBreakevenPictureInWords(t *testing.T) {
	w, r := crafted(t, []string{"strength.clarify=0:1:3", "evidence.gap=60d:365d:3"}, .02,
		func(x ...float64) float64 { return x[0] - .6 })
	said := r.Sentence
	in := w.picture(r)
	if in.Axes[0].Plain != say.NumberAt("strength.clarify") || in.Axes[0].Label != "strength.clarify" ||
		in.Axes[1].Plain != say.NumberAt("evidence.gap") {
		t.Errorf("%+v", in.Axes)
	}
	if !strings.Contains(in.Finding, "of the strength of “clarify” and “"+say.NumberAt("evidence.gap")+"”") ||
		strings.Contains(in.Finding, "strength.") || strings.Contains(in.Finding, "evidence.gap") {
		t.Error(in.Finding)
	}
	if r.Sentence != said || !strings.Contains(said, "strength.clarify and evidence.gap") {
		t.Error(r.Sentence)
	}
	if want := "at each point " + figure.Played(w.run.Plan.Draws, w.run.Plan.Replicates); in.Subtitle[2] != want {
		t.Errorf("%q, want %q", in.Subtitle, want)
	}
}

// TestNounOf: a number in a sentence, without its explanation.
func TestNounOf(t *testing.T) {
	for path, want := range map[string]string{
		"strength.private_option":                "the strength of “private option”",
		"prices.United Kingdom@2024-01-01.price": "“what it costs the United Kingdom to go public, since 2024”",
	} {
		if got := (&varied{Path: path}).noun(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
