package study

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decompose"
	"github.com/misstep/misstep/model/summary"
)

// part is an effect with ± .02 and, unless low is high, a parameter interval.
func part(value, low, high float64, v summary.Verdict) decompose.Effect {
	return decompose.Effect{Estimate: summary.Estimate{Value: value, MC: .02, Low: low, High: high, Resolved: low < high},
		Verdict: v}
}

// inventedSplit is a forum of three mechanisms that lowers missteps and costs
// accountability.
func inventedSplit() *decompose.Result {
	r := &decompose.Result{Format: 1, Baseline: "without", Treatment: "with", Outcome: "missteps", Method: decompose.Exact,
		Draws: 200, Replicates: 12, Uncertain: true,
		Players: []string{"delay", "private_option", "leaks"}, Undiscovered: 0.004}
	shares := map[string][3]float64{"missteps": {-.3, -.01, .05}, "avoidable": {-.2, 0, .01}, "missed": {0, 0, 0},
		"forgone": {.04, .5, -.1}, "false_accusations": {-.1, .01, 0}, "regret": {.01, .06, 0}}
	for i := range outcome.All {
		m := &outcome.All[i]
		x, ok := shares[m.ID]
		if !ok {
			continue
		}
		o := decompose.Outcome{ID: m.ID, Label: m.Words.Name, Unit: m.Unit, Goodness: m.Direction,
			Total: part(x[0]+x[1]+x[2], -.6, .1, summary.Unclear)}
		for k, name := range r.Players {
			o.Parts = append(o.Parts,
				decompose.Part{Player: name, Share: part(x[k], x[k]-.2, x[k]+.25, summary.Unclear),
					Alone: part(x[k]/2, 0, 0, summary.Unclear), Without: part(-x[k], 0, 0, summary.Unclear)})
		}
		r.Outcomes = append(r.Outcomes, o)
	}
	r.Outcomes[0].Parts[0].Share = part(-.3, -.5, -.1, summary.Better)
	r.Interactions = []decompose.Interacting{{Players: [2]string{"delay", "private_option"},
		Effect: part(.08, 0, 0, summary.Unclear)},
		{Players: [2]string{"delay", "leaks"}, Effect: part(.01, 0, 0, summary.Unclear)}}
	return r
}

// TestWhyScreen: what a reader sees of a split, within the width of a screen.
func TestWhyScreen(t *testing.T) {
	lines := whyScreen(runtest.Small(t), inventedSplit()).Lines()
	clitest.Golden(t, "why.txt", strings.Join(lines, "\n")+"\n")
	for _, l := range lines {
		if utf8.RuneCountInString(l) > say.TableWidth {
			t.Errorf("%d columns: %s", utf8.RuneCountInString(l), l)
		}
	}
}

// TestWhyScreenFixed: without a spread of parameters no interval is claimed.
func TestWhyScreenFixed(t *testing.T) {
	r := inventedSplit()
	r.Uncertain, r.Undiscovered = false, 0
	text := strings.Join(whyScreen(runtest.Small(t), r).Lines(), "\n")
	for _, not := range []string{"[", "mean over the draws", "were not discovered"} {
		if strings.Contains(text, not) {
			t.Errorf("it says %q:\n%s", not, text)
		}
	}
	if !strings.Contains(text, "Parameters are fixed.") {
		t.Error(text)
	}
}

// TestWhatSpeaks: the two sentences, where something helps and harms, where nothing
// does, and in an outcome that is neither good nor bad.
func TestWhatSpeaks(t *testing.T) {
	plain := func(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
	said := func(r *decompose.Result, n int) string { return sentences("why", findingOf(r))[n] }
	r := inventedSplit()
	if got := plain(said(r, 0)); got != "What lowers missteps most, on the mean over the draws: delay (−0.30 ±0.02)." {
		t.Error(got)
	}
	if got := plain(said(r, 1)); got != "Against with: leaks (+0.05 ±0.02) raises missteps; regret "+
		"rises by 0.07 ±0.02 (private option +0.06 ±0.02); accountability forgone rises by 0.44 ±0.02 (private "+
		"option +0.50 ±0.02)." {
		t.Error(got)
	}
	r.Outcomes[0].Parts[1].Share = part(.3, 0, 0, summary.Worse)
	if got := plain(said(r, 1)); !strings.HasPrefix(got,
		"Against with: private option (+0.30 ±0.02) and leaks (+0.05 ±0.02) raise missteps; ") {
		t.Error(got)
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		o.Total = part(0, 0, 0, summary.Unclear)
		for k := range o.Parts {
			o.Parts[k].Share = part(.02, 0, 0, summary.Unclear)
		}
	}
	if got := said(r, 1); got != "Nothing in these outcomes speaks against with by more than Monte Carlo error." {
		t.Error(got)
	}
	if got := said(r, 0); got != "No mechanism lowers missteps by more than Monte Carlo error." {
		t.Error(got)
	}
	r.Outcomes[0].Goodness = 0
	r.Outcomes[0].Parts[0].Share = part(.3, 0, 0, summary.Differs)
	if got := said(r, 1); strings.Contains(got, "delay") {
		t.Errorf("an outcome without a better side: %s", got)
	}
}

// TestPairs: pairs above their noise, at most so many, and a word where there is none.
func TestPairs(t *testing.T) {
	r := inventedSplit()
	if got := pairRows(r); len(got) != 2 || !strings.Contains(got[1][0], "delay × private option") {
		t.Errorf("%q", got)
	}
	for range 9 {
		r.Interactions = append(r.Interactions, r.Interactions[0])
	}
	if got := pairRows(r); len(got) != 1+mostInteractions+1 || !strings.Contains(got[6][0], "and 5 more") {
		t.Errorf("%q", got)
	}
	r.Interactions = nil
	for players, want := range []bool{1: false, 2: true} {
		r.Players = r.Players[:players]
		for i := range r.Outcomes {
			r.Outcomes[i].Parts = r.Outcomes[i].Parts[:players]
		}
		if got := strings.Contains(strings.Join(whyScreen(runtest.Small(t), r).Lines(), "\n"), "No pair"); got != want {
			t.Errorf("%d players: %v", players, got)
		}
	}
}

// TestWhyCSV: a row for every number of a split.
func TestWhyCSV(t *testing.T) {
	r := inventedSplit()
	rows := strings.Split(strings.TrimSpace(string(whyCSV(r))), "\n")
	if want := 1 + len(r.Outcomes)*(3*len(r.Players)+1) + len(r.Interactions); len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	for _, want := range []string{"missteps,per 100 cases,delay,share,-0.3,0.02,-0.5,-0.1,better",
		"missteps,per 100 cases,delay × leaks,interaction,0.01,0.02,,,unclear"} {
		if !strings.Contains(strings.Join(rows, "\n"), want) {
			t.Errorf("no row %q in\n%s", want, strings.Join(rows, "\n"))
		}
	}
}

// TestWhyInput: probabilities are drawn in percentage points, the total last.
func TestWhyInput(t *testing.T) {
	r := inventedSplit()
	r.Outcomes[0].ID, r.Outcomes[0].Unit = "any_misstep", "probability"
	in := whyInput(runtest.Small(t), r)
	if in.Unit != "percentage points" || in.Outcome != "futures with a misstep" || in.Rows[0].Estimate.Value != -30 ||
		!in.Rows[3].Total || in.Rows[1].Label != "private option" || in.Title != "Which mechanisms make the difference" {
		t.Errorf("%+v", in)
	}
}

// TestWroteWork names the files and the figure.
func TestWroteWork(t *testing.T) {
	files := []runfolder.File{{Name: "why.json"}, {Name: "why.svg", Figure: true}, {Name: "why.csv", Figure: true}}
	if got := run.WroteWork(runfolder.Redrawn, "a/why", files,
		0); got[0] != " figures redrawn in a/why: why.json, figure why; 0.0 s" {
		t.Errorf("%q", got)
	}
}
