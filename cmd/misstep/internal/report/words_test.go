package report

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/summary"
	"pgregory.net/rapid"
)

// writing is a writer of an invented run, uncertain or not.
func writing(uncertain bool) *writer {
	return &writer{reported: invented(), Data: &Data{Uncertain: uncertain}}
}

// TestOutcomeNumbers: levels and differences with their ranges, what is not resolved, and
// rare things as odds.
func TestOutcomeNumbers(t *testing.T) {
	for _, c := range []struct {
		name           string
		unit           string
		e              summary.Estimate
		uncertain      bool
		level          string
		change, within string
		unresolved     bool
	}{
		{"a range", small.PerCases, small.Est(3.16, .06, .54, 9.73), true, "3.16 (0.54 to 9.73)", "+3.16 ±0.06",
			"+0.54 to +9.73", false},
		{"no spread asked for", small.PerCases, small.Est(3.16, .06, .54, 9.73), false, "3.16 ±0.06", "+3.16 ±0.06",
			"", false},
		{"not resolved", small.PerCases, small.Est(3.16, .06, 3.16, 3.16), true, "3.16 ±0.06", "+3.16 ±0.06", "",
			true},
		{"a value outside of its range", small.PerCases, small.Est(1, .1, 2, 3), true, "1.00 ±0.10", "+1.00 ±0.10",
			"+2.00 to +3.00", false},
		{"a share", "probability", small.Est(.85, .01, .11, .98), true, "85.0 (11.0 to 98.0)", "+85.0 ±1.0",
			"+11.0 to +98.0", false},
		{"a rare one", "probability", small.Est(1.0/140, .001, 1.0/4100, 1.0/19), true, "1 in 140 (1 in 4,100 to 1 in 19)",
			"×0.90 ±0.10", "0.50 to 1.50", false},
	} {
		o := writing(c.uncertain).outcome(&summary.Measure{ID: "missteps", Unit: c.unit, Baseline: c.e, Treatment: c.e,
			Difference: c.e, Ratio: small.Est(.9, .1, .5, 1.5), Verdict: summary.Unclear})
		if plainly(o.Baseline) != c.level || plainly(o.Change) != c.change ||
			plainly(o.Range) != c.within || o.Unresolved != c.unresolved || o.Treatment != o.Baseline {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
	rare := &summary.Measure{ID: "reach_r8", Unit: "probability", Baseline: small.Est(.001, .001, 0, .01)}
	if o := writing(true).outcome(rare); o.Change != "" || o.Unit != "" {
		t.Errorf("a difference without a ratio: %+v", o)
	}
}

// TestEveryOutcomeHasAName: each outcome of the model can be the headline and has a noun
// for sentences, which is no label of a table; what the page explains has a place there.
func TestEveryOutcomeHasAName(t *testing.T) {
	page := pageOf(t, invented(), false)
	for i := range outcome.All {
		known := &outcome.All[i]
		o := writing(true).outcome(&summary.Measure{ID: known.ID, Label: known.Words.Name, Unit: known.Unit})
		if o.Name != strings.ToLower(o.Name) || strings.Contains(o.Name, "…") || !strings.EqualFold(o.Name, o.Title) {
			t.Errorf("%s is called %q, %q", known.ID, o.Name, o.Title)
		}
		if o.Unit == "" || o.Unit == "probability" {
			t.Errorf("%s has unit %q", known.ID, o.Unit)
		}
		if to := words[known.ID]; to != "" {
			has(t, page, `<a id="word-`+to+`">`)
		}
	}
	for _, v := range []summary.Verdict{summary.Unclear, summary.Same, summary.Better, summary.Worse, summary.Differs} {
		if verdicts[v] == "" {
			t.Errorf("no words for %s", v)
		}
	}
}

// TestSide: the words of the brief are those of the screen, and it says what not to conclude.
func TestSide(t *testing.T) {
	for _, c := range []struct {
		verdict summary.Verdict
		wants   []string
	}{
		{summary.Unclear, []string{"**No clear difference.** Of 100 incidents discovered, 4.12 end in",
			"> **Do not conclude** that nothing changes with the forum, or that a fall or a rise is proved"}},
		{summary.Better, []string{"**Clearly better.** Of", "**Do not conclude** that this is so between real states"}},
		{summary.Worse, []string{"**Clearly worse.** Of"}},
		{summary.Differs, []string{"**A clear difference.** Of"}},
		{summary.Unknown, []string{"**No verdict.** Of", "take --replicates 2 or more"}},
		{summary.Same, []string{"**No difference in these futures.** Of", "it did not in these futures"}},
	} {
		r := invented()
		r.Summary.Contrasts[0].Measure("missteps").Verdict = c.verdict
		has(t, strings.ReplaceAll(pageOf(t, r, false), "\\-", "-"), c.wants...)
	}
	r := invented()
	r.Summary.Contrasts[0].Pairing.Identical = true
	has(t, pageOf(t, r, false), "The two arms are identical in every future.")
}

// TestBriefIsOneSide: 250 words at most, whatever fails and decides, and nothing of the longer page.
func TestBriefIsOneSide(t *testing.T) {
	r := invented()
	r.brief = true
	end := func(level, effect float64) summary.LeverEnd {
		return summary.LeverEnd{Baseline: small.Est(level, .1, 0, 9), Difference: small.Est(effect, .1, -1, 1)}
	}
	r.Summary.Headline.Levers = []summary.Lever{
		{Path: "assumptions.prices.United Kingdom@2024-01-01.price", Low: end(4, 0), High: end(.5, 0)},
		{Path: "assumptions.strength.private_option", Low: end(1, 0), High: end(1, -.4)}}
	for range 3 {
		r.Summary.Expectations = append(r.Summary.Expectations, patterns.Expectation{Verdict: patterns.Miss, Tail: .04,
			Says: "Within four months of the opening Britain leads a public statement that names Chinese networks."})
	}
	r.Summary.Contrasts[0].By = []summary.By{{Grouping: "pair", Measure: "missteps", Group: "United Kingdom → China",
		Baseline: small.Est(1, 0, 1, 1)}}
	text := pageOf(t, r, false)
	has(t, text, "**Should we keep it?**", "**Who errs.**", "**What would change it.**",
		"**What speaks against it.** 3 of the", "**What it rests on.**", "**Do not conclude**")
	hasNot(t, text, `id="limits"`, `id="assumptions"`, "Worse by more")
	words, markup := 0, regexp.MustCompile(`(?s)<head>.*</head>|<script.*</script>|<[^>]*>`)
	for word := range strings.FieldsSeq(markup.ReplaceAllString(pageOf(t, r, true), " ")) {
		if regexp.MustCompile(`\pL`).MatchString(word) {
			words++
		}
	}
	if words > 250 {
		t.Errorf("%d words:\n%s", words, text)
	}
}

// TestShares: in how many sets of assumptions a change is for the worse, for the better and
// too small to be seen, where they are known, and that they are not where they are not.
func TestShares(t *testing.T) {
	for _, c := range []struct {
		shares *summary.Shares
		want   string
	}{
		{small.Shared(.17, .53, .3),
			"Of the sets of assumptions that were drawn it is for the worse by more than 0.05 in 17 % " +
				"(11 % to 23 %), for the better in 30 % (24 % to 36 %); in the other 53 % (47 % to 59 %) nobody could see a " +
				"difference."},
		{nil, "In how many sets of assumptions the change is for the worse cannot be told from so few futures of each."},
	} {
		r := invented()
		r.Summary.Contrasts[0].Measure("missteps").Shares = c.shares
		has(t, pageOf(t, r, false), c.want)
	}
}

// TestAgainst: what is worse is named first, what leans that way has its interval, and
// what is better is left out.
func TestAgainst(t *testing.T) {
	r := invented()
	has(t, pageOf(t, r, false), "Clearly worse: missed responses and accountability forgone.\n",
		"+0.30 ±0.03 per 100 cases (range +0.10 to +0.80), worse. Worse by more than 0.05 in 12 % (6 % to 18 %) of the "+
			"sets of assumptions.",
		"The channel is often not there: it is up on 48 (20 to 80) of 100 days, and meets 4.6 times in 5 years.")
	for _, id := range []string{"missed", "forgone"} {
		m := r.Summary.Contrasts[0].Measure(id)
		m.Verdict, m.Shares = summary.Unclear, nil
	}
	r.Summary.Arms[1].Forum.Uptime.Value = .9
	page := pageOf(t, r, false)
	has(t, page, "Nothing is clearly worse. What leans that way, or could:", "The channel is up on 90")
	hasNot(t, page, "Worse by more")
	for _, id := range []string{"missed", "forgone"} {
		r.Summary.Contrasts[0].Measure(id).Difference.Value = -1
	}
	r.Summary.Arms[1].Forum = summary.Forum{}
	_, text, _ := strings.Cut(pageOf(t, r, false), "<summary>What changes, and what could be worse</summary>\n\n")
	if !strings.Contains(text, "Nothing is clearly worse.\n\n</details>") {
		t.Errorf("%.200s", text)
	}
}

// TestScale: of how many cases, in how many years and whose the shares are shares.
func TestScale(t *testing.T) {
	r := opened(t, reportCopy(t))
	d := dataOf(t, r)
	if d.Victims != "Aland" || d.Sources != "Borland and crooks" {
		t.Errorf("%s, %s", d.Victims, d.Sources)
	}
}

// TestVersions: names of arms in a sentence, and the channels that every version has or
// some.
func TestVersions(t *testing.T) {
	for name, want := range map[string]string{"with-forum": "with the forum", "narrow": "in version “narrow”",
		"without-crisis-line": "without the crisis line", "with-": "in version “with ”",
		"talks-only": "in version “talks only”"} {
		if got := version(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	r := invented()
	for i := range r.Summary.Arms {
		up := func(in ...int) summary.Estimate {
			return summary.Estimate{Value: map[bool]float64{true: .4}[slices.Contains(in, i)]}
		}
		r.Summary.Arms[i].Channels = []summary.ChannelUptime{{Name: "embassies", Uptime: up(0, 1, 2)},
			{Name: "cyber-dialogue", Forum: true, Uptime: up(1)}, {Name: "crisis-line", Forum: true, Uptime: up(2)}}
	}
	slices.Reverse(r.Summary.Arms) // the order of the page is its own
	has(t, pageOf(t, r, false), "States can talk by the embassies in every version. Added with the forum: the cyber "+
		"dialogue. Added with the crisis line: the crisis line.")
	d := dataOf(t, r)
	if names := []string{d.Versions[0].Name, d.Versions[1].Name, d.Versions[2].Name}; !slices.Equal(names,
		[]string{"without the forum", "with the forum", "with the crisis line"}) {
		t.Errorf("%q", names)
	}
}

// TestTension: availability where it is calmest and where it is tensest of what is known
// well enough; of too few moments nothing is told.
func TestTension(t *testing.T) {
	bin := func(from, n, up, mc float64) summary.NeedBin {
		return summary.NeedBin{From: from, To: from + .2, Moments: n, Available: up, MC: mc}
	}
	for _, c := range []struct {
		bins []summary.NeedBin
		want string
	}{
		{[]summary.NeedBin{bin(0, 12000, .43, .01), bin(.2, 1620, .17, .08), bin(.4, 208, .08, .2), bin(.6, 1, 0, .5)},
			"The channel is down more often when it is needed most: when relations are tense (tension above 0.2 of 1) it is " +
				"up at 17 (9 to 25) of 100 moments of need, when they are calm at 43 (42 to 44)."},
		{[]summary.NeedBin{bin(0, 9, .4, .01), bin(.2, 9, .5, .01)},
			"The channel is up more often when it is needed most: when relations are tense (tension above 0.2 of 1) it is up " +
				"at 50 (49 to 51)"},
		{[]summary.NeedBin{bin(0, 9, .4, .1), bin(.2, 9, .5, .1)}, "The channel is up as often when it is needed most: when"},
		{[]summary.NeedBin{bin(0, 9, .4, .01), bin(.2, 9, .5, .3)}, "At moments of need it is up at 40 (39 to 41) of 100."},
		{[]summary.NeedBin{bin(0, 0, 0, 0), bin(.2, 2, .5, .3)}, ""},
	} {
		r := invented()
		r.Summary.Arms[1].Forum.ByTension = c.bins
		page := pageOf(t, r, false)
		if has(t, page, c.want); c.want == "" {
			hasNot(t, page, "when it is needed most", "At moments of need it")
		}
	}
}

// TestAvailabilityEndsWhereItCan: no share of days or of moments goes beyond 100.
func TestAvailabilityEndsWhereItCan(t *testing.T) {
	c := writing(true).channel(&summary.Forum{AtNeed: small.Est(.05, .01, -.02, .4),
		Uptime: small.Est(.97, .01, .6, 1.04)})
	few := writing(true).channel(&summary.Forum{AtNeed: small.Est(.04, .09, .04, .04),
		Uptime: small.Est(.5, .1, .5, .5)})
	if plainly(few.Need) != "4 (0 to 13)" || plainly(few.Days) != "50 (40 to 60)" {
		t.Errorf("%+v", few)
	}
	if plainly(c.Need) != "5 (0 to 40)" || plainly(c.Days) != "97 (60 to 100)" || c.Meetings+c.Suspensions != "" {
		t.Errorf("%+v", c)
	}
}

// TestNoPrecedent: what has no precedent has its number where the draws resolve it, said to be no finding, and none
// else; history's bound is said where there is a record, and not else; covert operations are told apart.
func TestNoPrecedent(t *testing.T) {
	r := invented()
	r.Summary.Arms[0].Peaks = []float64{.7, .1, .1, .05, .03, 0, .01, .01, 0, 0}
	page := pageOf(t, r, false)
	has(t, page, "| the tail of a formula, no finding |", "with a chance of",
		"History excludes only more than 75 % over 5 years.", "50 % end with a covert operation (R7)")
	hasNot(t, page, "reach\\_r8", "| R8 | disruptive operation | with")
	r.Summary.Contrasts[0].Measure("reach_r8").Baseline.Resolved = false
	page = pageOf(t, r, false)
	has(t, page, "| no precedent | no precedent |", "no number is given")
	hasNot(t, page, "with a chance of")
	r.Summary.Arms[0].Curve("R8", "any").Bound = 0
	r.Summary.Arms[0].Peaks = make([]float64, 10)
	hasNot(t, pageOf(t, r, false), "History excludes", "no precedent, history excludes", "end with a covert operation")
}

// TestLadder: all ten rungs with who sees them, of the scale of the run.
func TestLadder(t *testing.T) {
	r := opened(t, reportCopy(t))
	for _, name := range append(ladder.Names(), "") {
		r.job.Scenario.Scale = name
		page := pageOf(t, r, false)
		rows := regexp.MustCompile(`(?m)^\| R[0-9] \| [^|]+ \| (the|in|nobody)`).FindAllString(page, -1)
		if len(rows) != ladder.Rungs {
			t.Errorf("%q: %d rungs", name, len(rows))
		}
		has(t, page, "| R0 | absorb | nobody |")
	}
	r.job.Scenario.Scale = "none such"
	if _, err := r.data(false); err == nil {
		t.Error("a scale that there is not")
	}
}

// TestStanding: what the public record has to do with a result, in every case.
func TestStanding(t *testing.T) {
	r := invented()
	h := &r.Summary.Headline
	has(t, pageOf(t, r, false),
		"The record informs 1 of 3 uncertain numbers; none of them is about what a forum does. "+
			"Before the record the difference was −0.50 (−1.40 to +0.50), with it −0.41 (−1.03 to +0.31). The record has a "+
			"say by way of the states: what it says of how they act moved missteps without the forum from "+
			"4.50 (0.90 to 10.00) to 4.12 "+
			"(1.10 to 8.90), and a forum",
		"**Another method.** With chance shared out between the two versions in the other common way "+
			"the difference is −0.30 ±0.10.")
	h.Measure = "any_misstep"
	has(t, pageOf(t, r, false), "the difference is −30.0 ±10.0.")
	h.Measure = "missteps"
	p := &r.Manifest.Parameters[2]
	name := p.Name
	p.Posterior, p.Name = "0.1 to 0.4", "life.lapse"
	has(t, pageOf(t, r, false), "; about how long a channel lasts: 1, about what it does while it is up: none.")
	p.Name = name
	has(t, pageOf(t, r, false), "; about what a forum does: 1.")
	r.Manifest.Learned, h.Prior, h.Coupling = nil, nil, ""
	page := pageOf(t, r, false)
	has(t, page, "Some of the numbers are drawn from what the public record left of their ranges.")
	hasNot(t, page, "Before the record", "Another method", "What the record narrows")
	h.Calibrated = false
	has(t, pageOf(t, r, false), "Not calibrated: in this run no data narrowed")
}

// TestSentencesHedge: whatever the numbers, no sentence of a page says what is going to
// happen, and none has a number that is none.
func TestSentencesHedge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-5, 5)
		e := func(name string) summary.Estimate {
			v := x.Draw(t, name)
			return summary.Estimate{Value: v, MC: math.Abs(x.Draw(t, name+" error")), Low: v - math.Abs(x.Draw(t, name+" low")),
				High: v + math.Abs(x.Draw(t, name+" high"))}
		}
		r := invented()
		r.Summary.Headline.Measure = rapid.SampledFrom([]string{"missteps", "missed", "cases"}).Draw(t, "id")
		m := r.Summary.Contrasts[0].Measure(r.Summary.Headline.Measure)
		m.Unit = rapid.SampledFrom([]string{small.PerCases, "probability", "cases"}).Draw(t, "unit")
		m.Goodness, m.Baseline, m.Treatment = rapid.IntRange(-1, 1).Draw(t, "goodness"), e("baseline"), e("treatment")
		m.Difference, m.Verdict = e("difference"), rapid.SampledFrom([]summary.Verdict{summary.Better, summary.Worse,
			summary.Unclear, summary.Differs, summary.Same}).Draw(t, "verdict")
		w := &writer{reported: r, rests: newRestingOnKeys(nil), Data: &Data{Uncertain: true, Rungs: newTable("l", "x"),
			Manifest: r.Manifest}}
		w.versions()
		w.comparisons()
		w.standing()
		w.numbers()
		w.changes()
		sections, err := write(w.Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sections {
			if at := will.FindString(s.Text) + regexp.MustCompile(`NaN|\bInf\b|%!|<no value>`).FindString(s.Text); at != "" {
				t.Fatalf("%q in %s", at, s.Text)
			}
		}
	})
}
