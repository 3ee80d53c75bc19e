package handover

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// sectionText is the text of a section.
func sectionText(t *testing.T, of func() (report.Section, error)) string {
	t.Helper()
	s, err := of()
	if err != nil {
		t.Fatal(err)
	}
	return blocksText(s.Blocks...)
}

// TestEveryOutcomeHasAName: each outcome of the model can be the headline and has a
// noun for sentences, which is no label of a table.
func TestEveryOutcomeHasAName(t *testing.T) {
	for i := range outcome.All {
		m := &summary.Measure{ID: outcome.All[i].ID, Label: outcome.All[i].Words.Labelled(), Unit: outcome.All[i].Unit}
		if name := reportOutcome(m); name != strings.ToLower(name) || strings.Contains(name, "…") {
			t.Errorf("%s is called %q", m.ID, name)
		}
		if unit := reportUnit(m); unit == "" || unit == "probability" {
			t.Errorf("%s has unit %q", m.ID, unit)
		}
	}
	if got := reportOutcome(&summary.Measure{ID: "new", Label: "… Of something"}); got != "of something" {
		t.Error(got)
	}
}

// TestReportDigits: two digits where both levels are small or would look the same.
func TestReportDigits(t *testing.T) {
	for _, c := range []struct {
		a, b float64
		unit string
		want int
	}{{4.1, 3.7, small.PerCases, 1}, {.7, .6, small.PerCases, 2}, {3.16, 3.18, small.PerCases, 2},
		{3.1, 3.1, small.PerCases, 1}, {.9, 1.2, small.PerCases, 1}, {.5, .6, "probability", 0}} {
		if got := reportDigits(&summary.Measure{Unit: c.unit, Baseline: small.Est(c.a, 0, 0, 0),
			Treatment: small.Est(c.b, 0, 0, 0)}); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

// TestVerdictWords: the readings of a table.
func TestVerdictWords(t *testing.T) {
	for v, want := range map[summary.Verdict]string{summary.Unclear: "no clear difference", summary.Same: "identical",
		summary.Better: "better", summary.Worse: "worse",
		summary.Differs: "a clear difference; whether it is good is for the reader"} {
		if got := reportVerdict(v); got != want {
			t.Errorf("%s: %q", v, got)
		}
	}
}

// TestReportWindow: from when to when futures run, and a start that is no date.
func TestReportWindow(t *testing.T) {
	for _, c := range []struct {
		start string
		days  float64
		want  string
	}{{"2026-02-01", 1826.25, "5 years, from February 2026 to February 2031"},
		{"2026-12-15", 40, "40 days, from December 2026 to January 2027"}, {"soon", 365.25, "1 year"}} {
		if got := reportWindow(&summary.Run{Start: c.start, HorizonDays: c.days}); got != c.want {
			t.Errorf("%s: %q", c.start, got)
		}
	}
}

// TestMeanings: every parameter of the registry has a meaning that begins like a
// sentence and needs no full stop in a table.
func TestMeanings(t *testing.T) {
	for _, p := range param.All() {
		m := meaningOf(p.Name)
		if m == "" || strings.HasSuffix(m, ".") || m[:1] != strings.ToUpper(m[:1]) {
			t.Errorf("%s: %q", p.Name, m)
		}
	}
	if meaningOf("none.such") != "" || meaningOf("") != "" {
		t.Error("a meaning of nothing")
	}
}

// TestBriefCases: the four answers where there is nothing to compare, no case, or
// fixed numbers.
func TestBriefCases(t *testing.T) {
	w := inventedWriter()
	w.uncertain = false
	if text := sectionText(t, w.brief); !strings.Contains(text, "Every number is fixed in this run.") ||
		strings.Contains(text, "sets of assumptions that were drawn") {
		t.Errorf("fixed: %s", text)
	}
	w = inventedWriter()
	w.contrast.CommonCases = 0
	if text := sectionText(t, w.brief); !strings.Contains(text,
		"**No case was discovered in both versions of any future: there is nothing to compare.**") ||
		strings.Contains(text, "Missteps per 100 cases |") {
		t.Errorf("no case: %s", text)
	}
	w = inventedWriter()
	w.contrast, w.headline = nil, nil
	w.Summary.Arms = w.Summary.Arms[:1]
	w.Summary.Arms[0].Curves = []summary.Curve{{Class: "R3", Cause: "any", Days: []float64{9}, Value: []float64{.6},
		MCLow: []float64{.5}, MCHigh: []float64{.7}, Low: []float64{.2}, High: []float64{.9}}}
	text := sectionText(t, w.brief)
	if !strings.Contains(text,
		"**In this model a public or harder step comes within 5 years in 60 % (20 % to 90 %) of the futures. There is one "+
			"version, and so no comparison.**") || !strings.Contains(text, "compared with nothing") {
		t.Errorf("one arm: %s", text)
	}
	w.Summary.Arms[0].Curves = nil
	if got := w.answer(); got != "This run has one version, and so no comparison." {
		t.Error(got)
	}
	w = inventedWriter()
	w.headline = w.contrast.Measure("missed")
	if text := sectionText(t, w.brief); strings.Count(text, "| Missed responses per 100 cases |") != 1 {
		t.Errorf("a counter-risk that is the headline stands %d times",
			strings.Count(text, "| Missed responses per 100 cases |"))
	}
}

// TestTalks: the channels that every version has are named once, and the others where they are up.
func TestTalks(t *testing.T) {
	w := inventedWriter()
	for i := range w.Summary.Arms {
		up := func(in ...int) summary.Estimate {
			return summary.Estimate{Value: map[bool]float64{true: .4}[slices.Contains(in, i)]}
		}
		w.Summary.Arms[i].Channels = []summary.ChannelUptime{{Name: "embassies", Uptime: up(0, 1, 2)},
			{Name: "cyber-dialogue", Forum: true, Uptime: up(1)}, {Name: "crisis-line", Forum: true, Uptime: up(2)}}
	}
	want := "In every version the states can talk by the embassies. Added to these: with the forum, the cyber " +
		"dialogue; with the crisis line, the crisis line. Every"
	if text := blocksText(w.asked()...); !strings.Contains(text, want) {
		t.Error(text)
	}
	for i := range w.Summary.Arms {
		w.Summary.Arms[i].Channels = w.Summary.Arms[i].Channels[1:2]
	}
	if text := blocksText(w.asked()...); !strings.Contains(text,
		"The states can talk by no channel but: with the forum, the cyber dialogue. Every") {
		t.Error(text)
	}
}

// TestQuestionFirst: the question of the scenario stands before the answer, and the
// picture of the answer before everything else.
func TestQuestionFirst(t *testing.T) {
	w := inventedWriter()
	w.job = &run.Run{Scenario: &scenario.Scenario{Card: scenario.Card{Question: "Does it help?"}}}
	s, err := w.brief()
	if err != nil {
		t.Fatal(err)
	}
	text := blocksText(s.Blocks...)
	asked, answered := strings.Index(text, "**The question.** Does it help?"), strings.Index(text, "In this model")
	if asked < 0 || answered < asked || strings.Count(text, "Does it help?") != 1 {
		t.Errorf("question at %d, answer at %d", asked, answered)
	}
	if f, ok := s.Blocks[3].(report.Figure); !ok || f.ID != "figure-futures" ||
		!strings.Contains(blocksText(s.Blocks[2]), "What changes clearly: ") {
		t.Errorf("%T stands third, %T fourth", s.Blocks[2], s.Blocks[3])
	}
}

// TestCounts: numbers with an assumption only, and those that were set.
func TestCounts(t *testing.T) {
	w := inventedWriter()
	if total, assumed, changed := w.counts(); total != 3 || assumed != 1 || changed != 1 {
		t.Errorf("%d, %d, %d", total, assumed, changed)
	}
	for origin, outside := range map[scenario.Origin]bool{scenario.FromConfig: true, scenario.FromEnv: true,
		scenario.FromFlag: true, scenario.FromScenario: false, scenario.FromPrior: false, scenario.FromPosterior: false,
		scenario.FromDefault: false} {
		if got := setOutside(&runfolder.Parameter{Origin: string(origin)}); got != outside {
			t.Errorf("%s: %v", origin, got)
		}
		if originWords[string(origin)] == "" {
			t.Errorf("%s has no words", origin)
		}
	}
}

// TestEffectTable: a row of a rare thing as odds, of a share out of a hundred, and of
// a count; the reading is that of the verdict.
func TestEffectTable(t *testing.T) {
	w := inventedWriter()
	table := w.effectTable(w.contrast)
	rows := map[string][]string{}
	for _, g := range table.Groups {
		if strings.Contains(g.Title, "arms") {
			t.Errorf("heading %q", g.Title)
		}
		for _, r := range g.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, strings.ReplaceAll(c.Text.String(), "\u00a0", " "))
			}
			rows[cells[0]] = cells[1:]
		}
	}
	for label, want := range map[string][]string{
		"missteps (needless, R3 or harder)": {"4.12 [1.10, 8.90]", "3.71 [1.20, 8.10]", "−0.41 ±0.04", "[−1.03, +0.31]",
			"no clear difference"},
		"at least one misstep": {"69.00 [30.00, 90.00]", "64.00 [30.00, 90.00]", "−0.04 ±0.01",
			"[−0.06, −0.02]", "better"},
		"R8 disruptive operation, or harder": {"no precedent", "no precedent", "", "",
			"no number is given. History excludes only more than 75 %."},
		"cases discovered": {"1,254.80 [1,100.00, 1,300.00]", "1,254.80 [1,100.00, 1,300.00]", "0.00 ±0.00",
			"[0.00, 0.00]", "identical"},
	} {
		got := rows[label]
		if label == "at least one misstep" && len(got) == 5 { // the digits of its levels are those of the table
			got[0], got[1], want[0], want[1] = "", "", "", ""
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	if _, ok := rows["public steps withdrawn"]; ok {
		t.Error("what never happens has a row")
	}
}

// TestLadderTable: all ten rungs with who sees them, of the scale of the run.
func TestLadderTable(t *testing.T) {
	w := inventedWriter()
	for _, name := range append(ladder.Names(), "") {
		w.job = &run.Run{Scenario: &scenario.Scenario{Scale: name}}
		text := sectionText(t, w.words)
		if n := len(regexp.MustCompile(`(?m)^\| R[0-9] \|`).FindAllString(text, -1)); n != ladder.Rungs {
			t.Errorf("%q: %d rungs", name, n)
		}
		if !strings.Contains(text, "| R0 | absorb | nobody |") {
			t.Errorf("%q: %s", name, text)
		}
	}
	w.job.Scenario.Scale = "none such"
	if _, err := w.words(); err == nil {
		t.Error("a scale that there is not")
	}
}

// TestSectionsWithoutContrast: what compares is left out where nothing is compared,
// and the channel where there is none.
func TestSectionsWithoutContrast(t *testing.T) {
	w := inventedWriter()
	w.contrast, w.headline = nil, nil
	for name, of := range map[string]func() (report.Section, error){"effect": w.effect, "why": w.why} {
		if s, err := of(); err != nil || len(s.Blocks) > 0 {
			t.Errorf("%s: %+v, %v", name, s.Blocks, err)
		}
	}
	for i := range w.Summary.Arms {
		w.Summary.Arms[i].Forum.Exists = false
	}
	if s, err := w.availability(); err != nil || len(s.Blocks) > 0 {
		t.Errorf("%+v, %v", s.Blocks, err)
	}
}

// TestStoredOnly: without a replay the run's own history stands in, with the reason;
// without one there is no section.
func TestStoredOnly(t *testing.T) {
	w := inventedWriter()
	if s, err := w.histories(); err != nil || len(s.Blocks) > 0 {
		t.Errorf("a history of nothing: %+v, %v", s.Blocks, err)
	}
	w.stored = &figure.History{HorizonDays: 100, Arms: []figure.HistoryArm{{Name: "without-forum"}, {Name: "with-forum"}}}
	w.drawn = map[string]figure.File{"history.svg": {Data: []byte("<svg/>")}, "history.csv": {Data: []byte("a\n1\n")}}
	text := sectionText(t, w.histories)
	if !strings.Contains(text, "A typical and a worst future are not shown: it was invented.") ||
		!strings.Contains(text, "One future, played twice") {
		t.Error(text)
	}
}

// TestCaseBlocks: what both versions share stands once, what is their own under their
// names; with one arm there are no names.
func TestCaseBlocks(t *testing.T) {
	entry := func(day float64, kind string) narrative.Entry {
		return narrative.Entry{Day: day, Date: fmt.Sprint(day), Kind: kind, Who: "Borland", Whom: "Aland"}
	}
	c := &narrative.Case{Number: 3, Name: "breach", Victim: "Aland", Culprit: "Borland", Intent: "espionage",
		Tracks: []*narrative.Track{{Severity: 3, Found: 5,
			Entries: []narrative.Entry{entry(6, "disclosure"), entry(7, "denial")}},
			{Severity: 3, Found: 5, Entries: []narrative.Entry{entry(6, "disclosure"), entry(8, "counter")}}}}
	s := &narrative.Story{Arms: []narrative.Arm{{Name: "without-forum"}, {Name: "with-forum"}},
		Cases: []narrative.Case{*c}}
	text := blocksText(caseBlocks(s, c)...)
	if !strings.Contains(text, "### Case 3, breach\n") ||
		strings.Count(text, "The incident becomes public through others.") != 1 ||
		strings.Index(text, "**Without the forum**") > strings.Index(text, "denies it in public") ||
		strings.Index(text, "**With the forum**") > strings.Index(text, "accuses Aland in turn") {
		t.Error(text)
	}
	c.Tracks = c.Tracks[:1]
	s.Arms = s.Arms[:1]
	if text := blocksText(caseBlocks(s, c)...); strings.Contains(text, "**Without the forum**") ||
		!strings.Contains(text, "denies it in public") {
		t.Error(text)
	}
}

// TestKeysInSources: keys in the reason of an assumption count, a range gives its
// ends, and what is no key does not.
func TestKeysInSources(t *testing.T) {
	if got := mentioned("T16, G01 to G03; assumption: as in (E029), and T16"); !slices.Equal(got,
		[]string{"T16", "G01", "G02", "G03", "E029"}) {
		t.Errorf("%q", got)
	}
	if got := mentioned("assumption: nothing"); len(got) != 0 {
		t.Errorf("%q", got)
	}
	if got := splitRange("G01 to G27", 4); !slices.Equal(got, []placed{{"G01", 4}, {"G27", 11}}) {
		t.Errorf("%v", got)
	}
	if got := splitRange("T2", 1); !slices.Equal(got, []placed{{"T2", 1}}) {
		t.Errorf("%v", got)
	}
}

// TestNarrowed: numbers of a calibrated run have their range before and after.
func TestNarrowed(t *testing.T) {
	w := inventedWriter()
	table := w.narrowedTable()
	if len(table.Groups[0].Rows) != 1 {
		t.Fatalf("%d rows", len(table.Groups[0].Rows))
	}
	var cells []string
	for _, c := range table.Groups[0].Rows[0].Cells {
		cells = append(cells, strings.ReplaceAll(c.Text.String(), "\u00a0", " "))
	}
	if want := []string{"price of a public step choice.price", "0.08 to 0.2 of the range of utility", "0.1 to 0.15",
		"25 %", "T26"}; !slices.Equal(cells, want) {
		t.Errorf("%q", cells)
	}
	if sort := table.Groups[0].Rows[0].Cells[3].Sort; sort != "0.2500" {
		t.Errorf("sorted by %q", sort)
	}
	all := w.numbers()
	if len(all.Columns) != 6 || all.Groups[0].Rows[0].Cells[3].Sort != "-1" {
		t.Errorf("%+v", all.Columns)
	}
	w.Manifest.Learned = nil
	if n := len(w.numbers().Columns); n != 4 {
		t.Errorf("%d columns without a posterior", n)
	}
}
