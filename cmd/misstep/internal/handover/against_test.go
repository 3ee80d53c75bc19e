package handover

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// TestAgainst: what is worse is named first, what leans that way has its interval, and
// what is better is left out.
func TestAgainst(t *testing.T) {
	w := inventedWriter()
	text := blocksText(w.against()...)
	for _, want := range []string{"Clearly worse: missed responses and accountability forgone.\n",
		"+0.30 ±0.03 per 100 cases (range +0.10 to +0.80), worse. Worse in 12 % (8 % to 18 %) of the sets of assumptions."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for _, id := range []string{"missed", "forgone"} {
		m := w.contrast.Measure(id)
		m.Verdict, m.Harm = summary.Unclear, summary.Harm{Resolved: true, High: 1}
	}
	if text = blocksText(w.against()...); !strings.Contains(text,
		"Nothing is clearly worse. What leans that way, or could (zero lies within each range):") ||
		strings.Contains(text, "Worse in") {
		t.Error(text)
	}
	for _, id := range []string{"missed", "forgone"} {
		w.contrast.Measure(id).Difference.Value = -1
	}
	w.Summary.Arms[1].Forum = summary.Forum{}
	if text = blocksText(w.against()...); !strings.Contains(text, "Nothing is clearly worse.\n") ||
		strings.Contains(text, "- ") {
		t.Error(text)
	}
}

// TestTensionSentence: availability where it is calmest and where it is tensest of what
// is known well enough; of too few moments nothing is told.
func TestTensionSentence(t *testing.T) {
	bin := func(from, n, up, mc float64) summary.NeedBin {
		return summary.NeedBin{From: from, To: from + .2, Moments: n, Available: up, MC: mc}
	}
	for _, c := range []struct {
		bins []summary.NeedBin
		want string
	}{
		{[]summary.NeedBin{bin(0, 12000, .43, .01), bin(.2, 1620, .17, .08), bin(.4, 208, .08, .2), bin(.6, 1, 0, .5)},
			"The channel is down more often when it is needed most: when relations are tense (tension above 0.2 of 1) it is " +
				"up at 17 ±8 of 100 moments of need, when they are calm at 43 ±1 of 100."},
		{[]summary.NeedBin{bin(0, 9, .4, .01), bin(.2, 9, .5, .01)},
			"The channel is up as often when it is needed most: at 50 ±1 of 100 moments of need when relations are tense"},
		{[]summary.NeedBin{bin(0, 9, .4, .01), bin(.2, 9, .5, .3)}, "At moments of need the channel is up at 40 ±1 of 100."},
		{[]summary.NeedBin{bin(0, 0, 0, 0), bin(.2, 2, .5, .3)}, ""},
	} {
		if got := strings.ReplaceAll(tensionSentence(&summary.Forum{ByTension: c.bins}), "\u00a0",
			" "); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestDoNotConclude: each verdict has what a reader must not take from it.
func TestDoNotConclude(t *testing.T) {
	w := inventedWriter()
	for v, want := range map[summary.Verdict]string{summary.Unclear: "**Do not conclude** that the forum does nothing " +
		"to missteps, or", summary.Same: "that the forum changes nothing",
		summary.Better: "did so, or would, between real states", summary.Worse: "did so, or would",
		summary.Differs: "did so, or would"} {
		w.headline.Verdict = v
		if text := blocksText(w.doNotConclude()); !strings.Contains(text, want) {
			t.Errorf("%s: %s", v, text)
		}
	}
	w.headline.Verdict, w.contrast.Treatment = summary.Unclear, "with-talks"
	if text := blocksText(w.doNotConclude()); !strings.Contains(text,
		"that the talks do nothing to missteps, or that they are proved") {
		t.Error(text)
	}
}

// TestScale: of how many cases, in how many years and whose the shares are shares.
func TestScale(t *testing.T) {
	w := inventedWriter()
	w.contrast.Measures = append(w.contrast.Measures,
		summary.Measure{ID: "missteps_future", Baseline: small.Est(.5, .01, .05, 2), Treatment: small.Est(.25, .01, 0, 1)})
	w.job = &run.Run{Scenario: &scenario.Scenario{Onset: []scenario.Onset{{Source: "China", Victim: "United Kingdom",
		Arrivals: true}, {Source: "third-states", Victim: "United Kingdom", Arrivals: true}, {Source: "x", Victim: "y"}}}}
	want := "a future has 1,255 (1,100 to 1,300) cases in 5 years, discovered by the United Kingdom; behind them stand " +
		"China and third states."
	if got := strings.ReplaceAll(w.scaleOfIt(), "\u00a0", " "); !strings.HasSuffix(got, want) {
		t.Error(got)
	}
	if got := w.inYears(); got != " On average one misstep comes in 10 years (2.5 to 100) without the forum, and in 20 "+
		"years with the forum." {
		t.Error(got)
	}
	w.contrast.Measures = w.contrast.Measures[:1]
	if got := w.scaleOfIt(); got != "" {
		t.Error(got)
	}
}

// TestMoved: what has no precedent is no change that shows, the headline stands above,
// and silence and private words are told of both versions.
func TestMoved(t *testing.T) {
	w := inventedWriter()
	w.contrast.Measure("reach_r8").Verdict = summary.Worse
	w.headline.Verdict = summary.Better
	w.Summary.Arms[1].Peaks = []float64{.65, .15, .1, .1, 0, 0, 0, 0, 0, 0}
	w.Summary.Arms[1].PeaksMC = []float64{.01, .003, .004, 0, 0, 0, 0, 0, 0, 0}
	text := blocksText(w.moved()...)
	if !strings.Contains(text,
		"Of 100 cases, 70.0 ±0.0 end in silence without the forum and 65.0 ±1.0 with the forum; private words (R1, R2) "+
			"are the hardest step in 20.0 ±0.0 and 25.0 ±0.5.") ||
		strings.Contains(text, "isruptive") || strings.Contains(text, "- Missteps:") ||
		!strings.Contains(text, "- Missed responses rise from 1.8 to 2.1 per 100 cases: +0.30 ±0.03") ||
		!strings.Contains(text, "Accountability forgone rises from") {
		t.Error(text)
	}
	w.contrast.Measures, w.Summary.Arms[1].Peaks = nil, nil
	if got := w.moved(); got != nil {
		t.Errorf("%+v", got)
	}
}

// TestClearly: the answer names what differs clearly beside the headline, two outcomes at
// most, and no other.
func TestClearly(t *testing.T) {
	w := inventedWriter()
	want := " What changes clearly: avoidable missteps fall from 2.6 to 2.2 per 100 cases, for the better; missed " +
		"responses rise from 1.8 to 2.1 per 100 cases, for the worse."
	if got := w.clearly(); got != want {
		t.Errorf("%q", got)
	}
	for i := range w.contrast.Measures {
		w.contrast.Measures[i].Verdict = summary.Unclear
	}
	if got := w.clearly(); got != "" {
		t.Error(got)
	}
	m := w.contrast.Measure("any_misstep")
	m.Verdict = summary.Differs
	if got := w.clearly(); got != " What changes clearly: futures with a misstep fall from 69 to 64 of 100, which is "+
		"for the reader to judge." {
		t.Error(got)
	}
}

// TestAnswers: what fewer unanswered operations are answered with is told only where
// harder steps do not rise.
func TestAnswers(t *testing.T) {
	w := inventedWriter()
	w.contrast.Measures = append(w.contrast.Measures,
		summary.Measure{ID: "unanswered", Verdict: summary.Differs, Unit: small.PerCases, Baseline: small.Est(3.5, 0, 0, 0),
			Treatment: small.Est(3.3, 0, 0, 0), Difference: small.Est(-.2, .03, -.4, -.1)},
		summary.Measure{ID: "hard", Baseline: small.Est(2.07, 0, 0, 0), Treatment: small.Est(2.04, 0, 0, 0),
			Difference: small.Est(-.03, .1, -.3, .2)})
	w.Summary.Arms[0].Peaks, w.Summary.Arms[1].Peaks = []float64{.9, .05, .046, .004}, []float64{.87, .05, .069, .004}
	if got, want := w.answers(),
		"The added answers are private, as a channel that makes private words easier brings them nearly by itself: "+
			"démarches (R2) rise from 4.6 to 6.9 of 100 cases, public or harder steps do not (2.1 and 2.0). Of 2.3 more "+
			"démarches at most 0.2 answer"; !strings.HasPrefix(got, want) {
		t.Errorf("%q", got)
	}
	w.contrast.Measure("avoidable").Verdict, w.contrast.Measure("missed").Verdict = summary.Unclear, summary.Unclear
	w.contrast.Measure("forgone").Verdict, w.contrast.Measure("any_misstep").Verdict = summary.Unclear, summary.Unclear
	if got := w.clearly(); !strings.HasSuffix(got,
		"hostile operations unanswered fall from 3.5 to 3.3 per 100 cases, by private démarches, as a channel that makes "+
			"them easier brings nearly by itself; whether that is good is for the reader to judge.") {
		t.Error(got)
	}
	w.armNamed(w.Summary.Run.Treatment).Forum.Exists = false
	if got := w.answers(); got != "" {
		t.Errorf("without a channel: %s", got)
	}
	w.armNamed(w.Summary.Run.Treatment).Forum.Exists = true
	w.contrast.Measure("hard").Difference.Value = .1
	if got := w.answers(); got != "" {
		t.Error(got)
	}
}

// TestAway: a channel of the second version is said to be up for its share of days; none
// says nothing.
func TestAway(t *testing.T) {
	w := inventedWriter()
	if got := w.away(); !strings.HasPrefix(got,
		"The channel is often not there: it is up on 48 of 100 days, and meets 4.6 times in 5 years.") {
		t.Error(got)
	}
	w.armNamed(w.Summary.Run.Treatment).Forum.Uptime.Value = .9
	if got := w.away(); !strings.HasPrefix(got, "The channel is up on 90 of 100 days") {
		t.Error(got)
	}
	w.armNamed(w.Summary.Run.Treatment).Forum.Exists = false
	if got := w.away(); got != "" {
		t.Error(got)
	}
}

// TestParting: the sentence stands only where fewer operations go unanswered and more
// responses are missed.
func TestParting(t *testing.T) {
	w := inventedWriter()
	if got := w.parting(); got != "" {
		t.Error("without the wider outcome: " + got)
	}
	w.contrast.Measures = append(w.contrast.Measures,
		summary.Measure{ID: "unanswered", Difference: small.Est(-.3, .1, -.5, -.1)})
	if got := w.parting(); !strings.Contains(got, "Missed responses do not fall with it") {
		t.Error(got)
	}
	w.contrast.Measure("missed").Difference.Value = -.2
	if got := w.parting(); got != "" {
		t.Error("both fall: " + got)
	}
}

// TestInstead: the headline of the third version, against the first.
func TestInstead(t *testing.T) {
	got := inventedWriter().instead()
	want := "With the crisis line instead, missteps come to 3.7 (1.2 to 8.1); the difference from the version without " +
		"the forum is −0.41 ±0.04 per 100 cases (range −1.03 to +0.31): no clear difference."
	if len(got) != 1 || strings.ReplaceAll(got[0], "\u00a0", " ") != want {
		t.Errorf("%q", got)
	}
}

// TestStanding: what the record has to do with a result, in every case.
func TestStanding(t *testing.T) {
	w := inventedWriter()
	h := &w.Summary.Headline
	moved := " It moved the estimate of the difference from −0.50 (−1.40 to +0.50) to " +
		w.differenceIn(h.Difference) + "." +
		" It did so by way of the states: what it says of how they act moved missteps without the forum from " +
		reportLevel(w.headline, h.Prior.Baseline, 1, true) + " to " + reportLevel(w.headline, h.Baseline, 1, true) +
		", and a forum can change only what is there."
	if got, want := w.standing(),
		"The record informs 1 of 3 uncertain numbers; none of them is about what a forum does."+moved; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	name := w.Manifest.Parameters[2].Name
	w.Manifest.Parameters[2].Posterior, w.Manifest.Parameters[2].Name = "0.1 to 0.4", "life.lapse"
	if got := w.standing(); !strings.Contains(got,
		"; 1 of them is about how long a channel lasts, and none about what it does while it is up.") {
		t.Error(got)
	}
	w.Manifest.Parameters[2].Name = name
	if got := w.standing(); !strings.Contains(got, "; 1 of them are about what a forum does.") {
		t.Error(got)
	}
	w.Manifest.Learned, h.Prior = nil, nil
	if got := w.standing(); got != "Some of the numbers are drawn from what the public record left of their ranges." {
		t.Error(got)
	}
	h.Calibrated = false
	if got := w.standing(); !strings.HasPrefix(got, "Not calibrated: in this run no data narrowed") {
		t.Error(got)
	}
	if got := strings.ReplaceAll(w.differenceIn(small.Est(-.5, .1, -.5, -.5)), "\u00a0", " "); got != "−0.50 ±0.10" {
		t.Error(got)
	}
}

// TestTailIsLeftToTheFile: rows of what has no precedent are in the file, not in the
// page.
func TestTailIsLeftToTheFile(t *testing.T) {
	const csv = "a,b,measure,x\nu,v,reach_r6,1\nu,v,reach_r8,4.45\n"
	if got := string(withoutTail([]byte(csv))); got != "a,b,measure,x\nu,v,reach_r6,1\n" {
		t.Errorf("%q", got)
	}
	if got := string(withoutTail([]byte("rung,name\nR7,x\nR8,y\nR9,z\n"))); got != "rung,name\nR7,x\n" {
		t.Errorf("%q", got)
	}
}

// TestCovert: how many of the cases at R6 or harder nobody sees.
func TestCovert(t *testing.T) {
	w := inventedWriter()
	w.Summary.Arms[0].Peaks = []float64{.7, .1, .1, .05, .03, 0, .01, .01, 0, 0}
	if got := w.covert(); !strings.Contains(got, "50 % end with a covert operation (R7)") {
		t.Error(got)
	}
	w.Summary.Arms[0].Peaks = make([]float64, 10)
	if got := w.covert(); got != "" {
		t.Error(got)
	}
}

// TestReportOdds: all digits of a million, as small as they come.
func TestReportOdds(t *testing.T) {
	for p, want := range map[float64]string{1 / 7.5e6: "1 in 7,500,000", 1 / 4.26e6: "1 in 4,300,000", .005: "1 in 200",
		0: "0", 1e-13: "< 1 in 10¹²"} {
		if got := reportOdds(p); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
	}
}
