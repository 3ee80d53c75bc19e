package handover

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/story"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// inventedReport is a stored run whose numbers nobody computed.
func inventedReport() *reported {
	s := small.Invented()
	for i := range s.Arms {
		a := &s.Arms[i]
		shift := .02 * float64(i)
		for _, c := range chartPanels {
			a.Curves = append(a.Curves,
				summary.Curve{Class: c.class, Cause: c.cause, Days: []float64{913, 1826.25},
					Value: []float64{.3 - shift, .6 - shift},
					MCLow: []float64{.28, .58}, MCHigh: []float64{.32, .62}, Low: []float64{.1, .2}, High: []float64{.5, .9}})
		}
		a.Peaks, a.PeaksMC = []float64{.7, .1, .1, .05, .03, .01, .01, 0, 0, 0}, make([]float64, 10)
		a.Beliefs = summary.Beliefs{Culprit: small.Est(1.3, .05, .1, 5), Intent: small.Est(.5, .03, .1, 2),
			Severity: small.Est(1.2, .05, -.1, 3), Rival: small.Est(.06, .01, .06, .06), Avoidable: small.Est(1.2, .05, .1, 4),
			Irreducible: small.Est(1.9, .05, .4, 8)}
		if a.Forum.Exists {
			a.Forum.Uptime, a.Forum.Meetings, a.Forum.Suspensions = small.Est(.48, .01, .2, .8), 4.6, .8
		}
	}
	narrower := .25
	s.Headline.Calibrated, s.Headline.Contraction, s.Headline.Coupling, s.Headline.Other = true, .05, "quantile",
		small.Est(-.3, .1, 0, 0)
	s.Headline.Prior = &summary.Prior{Replicates: 16, Baseline: small.Est(4.5, .1, .9, 10),
		Treatment: small.Est(4, .1, .9, 9), Difference: small.Est(-.5, .05, -1.4, .5), BaselineContraction: .3,
		BaselineResolved: true, Resolved: true}
	m := &runfolder.Manifest{Format: 1,
		Program: runfolder.Program{Name: "misstep", Version: "v9.9.9", Go: "go1.26.0", GOARCH: "amd64"},
		Hash:    strings.Repeat("0123456789abcdef", 4),
		Inputs: runfolder.Inputs{ModelVersion: "0", Name: "invented", SHA256: strings.Repeat("f", 64),
			Scenario: "title: x\n", Arms: s.Run.Arms, Seed: 1, Generator: "mix", Draws: 200, Replicates: 50, BlockSize: 20},
		Learned: &runfolder.Learned{Uncertain: 3, Conditioned: 1, Informed: 1},
		Parameters: []runfolder.Parameter{
			{Path: "assumptions.choice.rationality", Name: "choice.rationality", Value: "30", Unit: "1/range", Origin: "flag",
				Source: "--set"},
			{Path: "assumptions.choice.price", Name: "choice.price", Value: "0.08 to 0.2", Unit: "U", Origin: "posterior",
				Source: "T26; assumption: a policy", Posterior: "0.1 to 0.15", Contraction: &narrower, InformedBy: []string{"T26"}},
			{Path: "assumptions.strength.clarify", Name: "strength.clarify", Value: "uniform(0, 1)", Unit: "–",
				Origin: "prior",
				Source: "assumption: not identified"},
		},
		Files: []runfolder.File{{Name: "effect.svg"}, {Name: "peak.png"}}}
	return &reported{Stored: &run.Stored{Dir: "run", Manifest: m, Summary: s}, obstacle: "it was invented"}
}

func inventedWriter() *pageWriter {
	r := inventedReport()
	return &pageWriter{reported: r, contrast: &r.Summary.Contrasts[0],
		headline: r.Summary.Contrasts[0].Measure("missteps"), uncertain: true, rests: newRestingOnKeys(r.Manifest.Parameters)}
}

// TestReportText: the whole text of a report. Read it when it changes.
func TestReportText(t *testing.T) {
	r := inventedReport()
	for i := range r.Manifest.Parameters { // the evidence has tests of its own
		p := &r.Manifest.Parameters[i]
		p.Source, p.InformedBy = strings.TrimPrefix(p.Source, "T26; "), nil
	}
	p, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	clitest.Golden(t, "report.md", string(report.Markdown(p)))
}

// blocksText writes blocks as text.
func blocksText(blocks ...report.Block) string {
	return strings.ReplaceAll(string(report.Markdown(&report.Page{Title: "t",
		Sections: []report.Section{{ID: "s", Title: "s", Blocks: blocks}}})), "\u00a0", " ")
}

// TestBoundSentence: what history allows is said where there is a record, and not
// else.
func TestBoundSentence(t *testing.T) {
	w := inventedWriter()
	if got := strings.ReplaceAll(w.bound(), "\u00a0", " "); !strings.Contains(got,
		"History excludes only more than 75 % over 5 years. (Of n incidents on record none was answered so;") {
		t.Error(got)
	}
	w.Summary.Arms[0].Curve("R8", "any").Bound = 0
	if got := w.bound(); got != "" {
		t.Error(got)
	}
}

// TestSharesError: the largest error of a share, by the normal approximation.
func TestSharesError(t *testing.T) {
	for n, want := range map[int]float64{2401: 2, 9604: 1, 0: 98, 1: 98} {
		if got := sharesError(n); math.Abs(got-want) > .001 {
			t.Errorf("%d futures: %v, want %v", n, got, want)
		}
	}
}

// TestChartOfReport: arms in the order of their looks, a band for the two that are
// compared, values as they are, and the file of the numbers with every point.
func TestChartOfReport(t *testing.T) {
	w := inventedWriter()
	c := w.chart()
	if len(c.Panels) != len(chartPanels) ||
		strings.Join(c.Arms, ", ") != "without the forum, with the forum, with the crisis line" {
		t.Fatalf("%d panels of %q", len(c.Panels), c.Arms)
	}
	for i, l := range c.Panels[0].Lines {
		if l.Arm != i || l.Banded != (i < 2) || math.Abs(l.Value[1]-(.6-.02*float64(i))) > 1e-12 || l.Low[1] != .2 ||
			l.High[1] != .9 {
			t.Errorf("line %d: %+v", i, l)
		}
	}
	if got := strings.ReplaceAll(c.Panels[1].Alt, "\u00a0",
		" "); got != "Line chart: futures with a misstep (R3 or harder) within 5 years. Without the forum: 60 % (20 % to "+
		"90 %). With the forum: 58 % (20 % to 90 %). With the crisis line: 56 % (20 % to 90 %)." {
		t.Error(got)
	}
	if lines := bytes.Count(c.Source.CSV, []byte("\n")); lines != 1+4*3*2 ||
		!bytes.Contains(c.Source.CSV,
			[]byte("reduced relations or harder (R6 or harder),with-forum,913,0.27999999999999997,0.1,0.5")) {
		t.Errorf("%d lines:\n%s", lines, c.Source.CSV)
	}
	w.uncertain = false
	if l := w.chart().Panels[0].Lines[0]; l.Low[1] != .58 || l.High[1] != .62 {
		t.Errorf("without a spread: %+v", l)
	}
	w.Summary.Arms = w.Summary.Arms[:1]
	w.Summary.Arms[0].Curves = nil
	if s, err := w.escalation(); err != nil || len(s.Blocks) != 0 {
		t.Errorf("a picture of nothing: %+v, %v", s, err)
	}
}

// TestTryList: a number of its own is found before the common one, a common one where
// there is none, and a decision is said to be one.
func TestTryList(t *testing.T) {
	w := inventedWriter()
	w.job = &run.Run{Scenario: &scenario.Scenario{Card: scenario.Card{Try: []string{"assumptions.choice.price",
		"assumptions.channels.forum.strength.clarify", "arms.with.channels.forum.open", "assumptions.nothing.here"}}}}
	var got []string
	for _, item := range w.toTry().Items {
		got = append(got, strings.ReplaceAll(item.String(), "\u00a0", " "))
	}
	for i, want := range []string{"Price of a public step: 0.08 to 0.2 of the range of utility. choice.price",
		"Forum: strength of “clarify” (an automatic question on a new case): anything from 0 to 1. " +
			"channels.forum.strength.clarify", "arms.with.channels.forum.open: a decision, not a number", "nothing.here"} {
		if !strings.HasPrefix(got[i], want) {
			t.Errorf("%q, want %q", got[i], want)
		}
	}
}

// TestEntries: an event tells where it can be read and how it was checked, a target
// its value and what it is counted from, and both who uses them.
func TestEntries(t *testing.T) {
	w := inventedWriter()
	if len(w.rests.below["T26"]) == 0 {
		t.Skip("T26 rests on nothing any more; take another for this test")
	}
	text := func(key string) string {
		e, ok := evidence.Lookup(key)
		if !ok {
			t.Fatal(key)
		}
		m := w.entry(e)
		out := m.ID + "|" + m.Word.String()
		for _, s := range m.Says {
			out += "|" + s.String()
		}
		return out
	}
	if got := text("T26"); !strings.HasPrefix(got, "key-T26|T26|") || !strings.Contains(got, "|Value ") ||
		!strings.Contains(got, "|Counted from ") || !strings.HasSuffix(got, "|Used by choice.price.") {
		t.Error(got)
	}
	below := w.rests.below["T26"][0]
	if got := text(below); !strings.Contains(got, "Stands behind T26") {
		t.Error(got)
	}
	link := addresses(evidence.Entry{Address: "https://a.example/x ; javascript:1 ; a book"})
	if len(link) != 5 || link[0].Look != report.Link || link[2].Look != report.Plain ||
		link.String() != "https://a.example/x; javascript:1; a book" {
		t.Errorf("%+v", link)
	}
	if got := targetValue("T999"); got != "" {
		t.Error(got)
	}
	users := make([]int, mostUsers+2)
	if got := w.usedBy(users).String(); !strings.HasSuffix(got, " and 2 more.") {
		t.Error(got)
	}
}

// TestChainReachesAddresses: from a number that rests on a target the ways lead to
// events with addresses, and every key on the way has an entry.
func TestChainReachesAddresses(t *testing.T) {
	k := newRestingOnKeys([]runfolder.Parameter{{Source: "T26"}, {Source: "T9"}})
	addresses := 0
	for _, e := range k.entries {
		for _, b := range k.below[e.Key] {
			if !k.has(b) {
				t.Errorf("%s rests on %s, which has no entry", e.Key, b)
			}
		}
		if e.Kind == evidence.KindEvent && strings.Contains(e.Address, "http") {
			addresses++
		}
	}
	if addresses == 0 {
		t.Error("no way leads to an address")
	}
	if got := eventsOf("1900-01-01"); got != nil {
		t.Errorf("%q", got)
	}
}

// TestEveryTargetHasAValue: no target is shown as a number that is none.
func TestEveryTargetHasAValue(t *testing.T) {
	for _, x := range evidence.Targets() {
		if got := targetValue(x.ID); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") ||
			strings.Contains(got, ", ,") || got != "" && !strings.HasSuffix(got, ".") {
			t.Errorf("%s: %q", x.ID, got)
		}
	}
}

// TestWarningTexts: alike warnings stand once, each with what to do.
func TestWarningTexts(t *testing.T) {
	got := inventedWriter().warningTexts()
	if len(got) != 1 || got[0] != "parameters are drawn from their priors; x. What to do: y." {
		t.Errorf("%q", got)
	}
}

// TestFromScenario: the command that makes a run again from a shipped scenario, with
// everything that was set, and none where it would make another.
func TestFromScenario(t *testing.T) {
	const name = "uk-china-dialogue-2026"
	text, ok := run.Shipped(name)
	if !ok {
		t.Fatal(name)
	}
	w := inventedWriter()
	w.Manifest.Inputs = runfolder.Inputs{Name: name, Scenario: string(text), Seed: 3, Generator: "philox", Draws: 4,
		Replicates: 30, BlockSize: 20,
		Layers:    []runfolder.Layer{{Path: "evidence.gap", Value: "20d to 40d"}},
		Posterior: &runfolder.Posterior{Name: "shipped.txt"}}
	want := "misstep run " + name +
		" --draws 4 --replicates 30 --seed 3 --generator philox --set 'evidence.gap=20d to 40d'"
	if got, ok := w.fromScenario(); !ok || got != want {
		t.Errorf("%q, %v", got, ok)
	}
	in := &w.Manifest.Inputs
	in.Posterior = nil
	if got, _ := w.fromScenario(); got != want+" --prior" {
		t.Error(got)
	}
	in.Posterior = &runfolder.Posterior{Name: "my own.txt", Text: "x"}
	if got, _ := w.fromScenario(); got != want+" --posterior 'my own.txt'" {
		t.Error(got)
	}
	for _, change := range []func(){func() { in.BlockSize = 7 }, func() { in.BlockSize = 20; in.Scenario += "#" },
		func() { in.Scenario = string(text); in.Name = "other" }} {
		change()
		if got, ok := w.fromScenario(); ok {
			t.Errorf("%q makes another run", got)
		}
	}
}

// TestStoryBlocks: missteps are told first, only so many cases, and what is private is
// left out.
func TestStoryBlocks(t *testing.T) {
	s := &narrative.Story{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Arms: []narrative.Arm{{Name: "without-forum", Discovered: 12, Public: 9},
			{Name: "with-forum", Discovered: 12, Public: 9, Missteps: 1}}}
	for n := range 9 {
		s.Cases = append(s.Cases,
			narrative.Case{Number: n + 1, Victim: "Aland", Culprit: "Borland", Intent: "espionage", Public: n > 0,
				Misstep: n == 8,
				Tracks:  []*narrative.Track{{Severity: 3, Found: 5}, nil}})
	}
	text := blocksText(storyBlocks(s)...)
	first, second := strings.Index(text, "### Case 9"), strings.Index(text, "### Case 2")
	if first < 0 || second < first || strings.Contains(text, "### Case 1\n") ||
		strings.Count(text, "### Case ") != mostCases ||
		!strings.Contains(text, "2 further public cases are not told here.") {
		t.Errorf("%s", text)
	}
	if !strings.Contains(text, "With the forum, the incident is not discovered.") ||
		!strings.Contains(text, "Without the forum: 12 cases discovered; 9 made public, none with a misstep.") {
		t.Errorf("%s", text)
	}
	s.Cases = s.Cases[:1]
	if text := blocksText(storyBlocks(s)...); !strings.Contains(text, "No step becomes public in it.") {
		t.Errorf("%s", text)
	}
	if got := lineText(story.Line{Date: "3 May 2028", Text: "It acts.",
		Notes: []string{"One.", "Two."}}).String(); got != "3 May 2028 It acts. One. Two." {
		t.Error(got)
	}
}

// TestHeadlineArms: the arms that futures are judged by are the headline's.
func TestHeadlineArms(t *testing.T) {
	r := &reported{Stored: &run.Stored{Summary: &summary.Summary{Run: summary.Run{Baseline: "b", Treatment: "c"}}},
		job: &run.Run{Plan: experiment.Plan{Scenario: &scenario.Scenario{Arms: []scenario.Arm{{Name: "a"}, {Name: "b"},
			{Name: "c"}}}}}}
	if got := fmt.Sprint(r.headlineArms()); got != "[1 2]" {
		t.Error(got)
	}
	r.Summary.Run.Treatment = ""
	if got := fmt.Sprint(r.headlineArms()); got != "[1]" {
		t.Error(got)
	}
}

// TestWayBetween: the way from a page to its figures.
func TestWayBetween(t *testing.T) {
	for _, c := range [][3]string{{"a", "a", ""}, {".", "a/b", "a/b"}, {"x/y", "x", ".."}, {"/a/b", "/a/c", "../c"},
		{"a/./b/..", "a", ""}} {
		if got := wayBetween(c[0], c[1]); got != c[2] {
			t.Errorf("from %s to %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
	r := inventedReport()
	r.beside = "../runs/one"
	if got := (&pageWriter{reported: r}).fileOf("effect"); got != "../runs/one/effect.svg" {
		t.Error(got)
	}
	if got := (&pageWriter{reported: r}).fileOf("futures"); got != "" {
		t.Errorf("%q of a run without it", got)
	}
}

// TestVariedBy: break-even is asked for along a number that there is.
func TestVariedBy(t *testing.T) {
	w := inventedWriter()
	if got := w.variedBy("why") + w.variedBy("breakeven"); got != " --vary strength.clarify" {
		t.Error(got)
	}
	w.job = &run.Run{Scenario: &scenario.Scenario{Card: scenario.Card{Try: []string{"arms.with.open",
		"assumptions.choice.price"}}}}
	if got := w.variedBy("breakeven"); got != " --vary choice.price" {
		t.Error(got)
	}
}

// TestStructureOf: the fingerprint is found in the inputs of a command, or there is
// none.
func TestStructureOf(t *testing.T) {
	for in, want := range map[string]string{`{"structure": "ab"}`: "ab", `{"run": {"structure": "cd"}}`: "cd",
		`{"seed": 1}`: "", `[1]`: "", `nonsense`: ""} {
		if got := structureOf([]byte(in)); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
