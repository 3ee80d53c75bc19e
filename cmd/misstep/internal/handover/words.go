package handover

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/summary"
)

// The sentences of a report. Each is made from numbers by a function, carries its
// hedge, and speaks of simulated futures: what a model brings, and never what is
// going to happen.

// reportRange writes a number with the range that the assumptions leave open, or with
// its sampling error where no range is resolved.
func reportRange(e summary.Estimate, factor float64, digits int, uncertain bool) string {
	if uncertain && reportResolved(e) {
		return fmt.Sprintf("%s\u00a0(%s\u00a0to\u00a0%s)", say.Number(factor*e.Value, digits),
			say.Number(factor*e.Low, digits), say.Number(factor*e.High, digits))
	}
	return fmt.Sprintf("%s\u00a0±%s", say.Number(factor*e.Value, digits), say.Number(factor*e.MC, digits))
}

// reportResolved reports whether draws differ by more than their sampling error.
func reportResolved(e summary.Estimate) bool {
	return e.Resolved && e.Low <= e.Value && e.Value <= e.High
}

// reportRare writes a rare probability with its range as odds.
func reportRare(e summary.Estimate, uncertain bool) string {
	if uncertain && reportResolved(e) {
		return fmt.Sprintf("%s (%s to %s)", reportOdds(e.Value), reportOdds(e.Low), reportOdds(e.High))
	}
	return fmt.Sprintf("%s (%s to %s)", reportOdds(e.Value), reportOdds(math.Max(0, e.Value-e.MC)),
		reportOdds(e.Value+e.MC))
}

// reportOdds writes a probability as odds, with all digits of a million.
func reportOdds(p float64) string {
	n := 1 / p
	if !(p > 0) || n < 1e6 || n >= 1e12 {
		return say.Odds(p)
	}
	unit := elem.Pow(10, math.Floor(elem.Log10(n))-1)
	return "1 in " + say.Thousands(int(math.Round(n/unit)*unit))
}

// reportLevel writes a measure in one arm with its range.
func reportLevel(m *summary.Measure, e summary.Estimate, digits int, uncertain bool) string {
	switch {
	case m.Unit == "probability" && screen.IsRare(m):
		return reportRare(e, uncertain)
	case m.Unit == "probability":
		return reportRange(e, 100, digits, uncertain)
	}
	return reportRange(e, 1, digits, uncertain)
}

// reportChange writes a difference with its unit and both uncertainties, "" where
// there is none to write.
func reportChange(m *summary.Measure, uncertain bool) string {
	r := screen.RowOf(m, screen.SectionDigits(m), uncertain)
	text := r.Change.Value
	if text == "" { // of two rare things whose ratio is not known
		return ""
	}
	if r.Change.MC != "" {
		text += "\u00a0" + r.Change.MC
	}
	if unit := reportUnit(m); unit != "" {
		text += " " + unit
	}
	switch {
	case r.Interval[0] == screen.Unresolved:
		text += " (range not resolved at this number of futures)"
	case r.Interval[0] != "":
		text += fmt.Sprintf(" (range %s\u00a0to\u00a0%s)", r.Interval[0], r.Interval[1])
	}
	return text
}

// uncounted are outcomes that are no number of things.
var uncounted = []string{"forgone", "regret", "misstep_share"}

// fewerOrMore is the best estimate of a number of things whose range is known, "" of
// another.
func fewerOrMore(c *summary.Contrast, m *summary.Measure, uncertain bool) string {
	if slices.Contains(uncounted, m.ID) || screen.IsRare(m) || !uncertain || !reportResolved(m.Difference) {
		return ""
	}
	factor, digits := 1.0, screen.SectionDigits(m)
	if m.Unit == "probability" {
		factor = 100
	}
	than := func(x float64) string {
		if x > 0 {
			return say.Number(factor*x, digits) + " more"
		}
		return say.Number(-factor*x, digits) + " fewer"
	}
	return fmt.Sprintf(" Against %s %s %s, the best estimate is %s; the assumptions leave open anything from %s to %s.",
		say.Number(factor*m.Baseline.Value, max(reportDigits(m), screen.SectionDigits(m)-1)), reportUnit(m),
		reportArm(c.Baseline), than(m.Difference.Value), than(m.Difference.Low), than(m.Difference.High))
}

// reportOutcome is the outcome as a noun.
func reportOutcome(m *summary.Measure) string {
	if o, ok := outcome.Named(m.ID); ok {
		return o.Words.InSentence()
	}
	return strings.ToLower(strings.TrimPrefix(m.Label, "… "))
}

// reportArm is the place of an arm in a sentence: with the forum, in version “narrow”.
func reportArm(name string) string {
	for _, p := range []string{"without-", "with-"} {
		if rest, ok := strings.CutPrefix(name, p); ok && rest != "" {
			return strings.TrimSuffix(p, "-") + " the " + strings.ReplaceAll(rest, "-", " ")
		}
	}
	return "in version “" + strings.ReplaceAll(name, "-", " ") + "”"
}

// reportLever is what the second arm brings, as the subject of a sentence.
func reportLever(treatment string) string {
	if rest, ok := strings.CutPrefix(treatment, "with-"); ok && rest != "" {
		return "the " + strings.ReplaceAll(rest, "-", " ")
	}
	return "version “" + strings.ReplaceAll(treatment, "-", " ") + "”"
}

// verdictSentence is the answer in one sentence, with its numbers and its hedge.
func verdictSentence(c *summary.Contrast, m *summary.Measure, uncertain bool) string {
	switch {
	case c.CommonCases == 0:
		return "No case was discovered in both versions of any future: there is nothing to compare."
	case m == nil:
		return "This run compares two versions and names no outcome to judge them by."
	}
	text := "In this model " + verdictClause(c, m) + "."
	if m.Verdict != summary.Same {
		text += bestEstimate(c, m, uncertain)
	}
	return text
}

// bestEstimate is the difference with what is left open, in words; "" of two rare things
// whose ratio is not known.
func bestEstimate(c *summary.Contrast, m *summary.Measure, uncertain bool) string {
	r := screen.RowOf(m, screen.SectionDigits(m), uncertain)
	if r.Change.Value == "" {
		return ""
	}
	if text := fewerOrMore(c, m, uncertain); text != "" {
		return text
	}
	text := " The best estimate is a difference of " + strings.TrimSpace(r.Change.Value+" "+reportUnit(m))
	switch {
	case r.Interval[0] == screen.Unresolved:
		text += "; how far the assumptions could move it is not resolved at this number of futures"
	case r.Interval[0] != "":
		text += fmt.Sprintf("; the assumptions leave open anything from %s to %s", r.Interval[0], r.Interval[1])
	case r.Change.MC != "":
		text += ", known to " + r.Change.MC + " at fixed assumptions"
	}
	return text + "."
}

// reportUnit is the unit of an outcome in a sentence, "" for a ratio.
func reportUnit(m *summary.Measure) string {
	switch {
	case m.Unit == "probability" && screen.IsRare(m):
		return ""
	case m.Unit == "probability":
		return "of 100 futures"
	case m.Unit == "cases" || m.Unit == "episodes":
		return "per future"
	case m.ID == "regret":
		return "%"
	}
	return m.Unit
}

// reportGloss explains an outcome in passing, "" where its name does.
func reportGloss(m *summary.Measure) string {
	switch m.ID {
	case "missteps":
		return " (public or harder steps that a state would not take if it knew the truth)"
	case "missed":
		return " (hostile operations left unanswered that would be answered if the truth were known)"
	case "forgone":
		return " (public steps against the guilty that one version takes and the other does not)"
	case "unanswered":
		return " (operations that prepare damage or do it, and of which nothing harder than a private protest (R1) came; " +
			"a private démarche with a stated consequence (R2) is an answer)"
	case "regret":
		return " (how far steps fall short of the best in hindsight, in % of the way from the worst step to the best)"
	}
	return ""
}

// verdictClause says what a difference shows.
func verdictClause(c *summary.Contrast, m *summary.Measure) string {
	who, what := reportLever(c.Treatment), reportOutcome(m)
	verb := say.Does(who, "raise")
	if m.Difference.Value < 0 {
		verb = say.Does(who, "lower")
	}
	switch m.Verdict {
	case summary.Same:
		if c.Pairing.Identical {
			return "the two versions are identical in every simulated future"
		}
		return "no simulated future differs in " + what
	case summary.Better:
		return fmt.Sprintf("%s %s %s, for the better, with both uncertainties allowed for", who, verb, what)
	case summary.Worse:
		return fmt.Sprintf("%s %s %s, for the worse, with both uncertainties allowed for", who, verb, what)
	case summary.Differs:
		return fmt.Sprintf("%s %s %s, with both uncertainties allowed for; whether that is good is for the reader to judge",
			who, verb, what)
	}
	it := map[bool]string{true: "they", false: "it"}[say.Plural(who)]
	return fmt.Sprintf("%s %s no clear difference to %s: %s may lower or raise them, since the uncertainty covers zero",
		who, say.Does(who, "make"), what+reportGloss(m), it)
}

// reportVerdict says in a clause what a difference shows.
func reportVerdict(v summary.Verdict) string {
	switch v {
	case summary.Unclear:
		return "no clear difference"
	case summary.Same:
		return "identical"
	case summary.Differs:
		return "a clear difference; whether it is good is for the reader"
	case summary.Better:
		return "better"
	}
	return string(v)
}

// reportComparison writes an outcome in both arms and their difference.
func reportComparison(c *summary.Contrast, m *summary.Measure, uncertain bool) string {
	digits, unit := reportDigits(m), reportUnit(m)
	if unit == "" {
		unit = "as odds"
	}
	text := fmt.Sprintf("%s %s: %s %s and %s %s", say.Capital(reportOutcome(m)), unit,
		reportLevel(m, m.Baseline, digits, uncertain), reportArm(c.Baseline), reportLevel(m, m.Treatment, digits, uncertain),
		reportArm(c.Treatment))
	if change := reportChange(m, uncertain); change != "" {
		text += "; difference " + change
	}
	return text
}

// reportDigits are the digits of a level in a sentence: two where both are small, or
// look the same with one.
func reportDigits(m *summary.Measure) int {
	a, b := m.Baseline.Value, m.Treatment.Value
	if m.Unit == "probability" {
		return 0
	}
	if a < 1 && b < 1 || say.Number(a, 1) == say.Number(b, 1) && a != b {
		return 2
	}
	return 1
}

// samplingSentence explains ± and says how large it is for the headline.
func samplingSentence(m *summary.Measure, futures int) string {
	factor, digits := 1.0, 2
	if m.Unit == "probability" {
		factor, digits = 100, 1
	}
	return fmt.Sprintf("From %[2]s the difference is known to ±%[1]s. This sampling error shrinks when more are "+
		"simulated.",
		say.Number(factor*m.Difference.MC, max(digits, say.Decimals(factor*m.Difference.MC))), say.Counted(futures, "future"))
}

// assumptionSentence explains the range of the headline difference.
func assumptionSentence(m *summary.Measure, free int) string {
	factor, digits := 1.0, 2
	if m.Unit == "probability" {
		factor, digits = 100, 1
	}
	if !reportResolved(m.Difference) {
		return fmt.Sprintf("%s are uncertain, and were drawn anew again and again. How far the difference varies with "+
			"them is not resolved at this number of futures, which is not the same as not at all.",
			say.Counted(free, "number"))
	}
	return fmt.Sprintf("%s are uncertain. Over what they may be, 95\u00a0%% of the differences lie between %s and %s. "+
		"This range shrinks only when more becomes known.",
		say.Counted(free, "number"), say.Signed(factor*m.Difference.Low, digits),
		say.Signed(factor*m.Difference.High, digits))
}

// harmSentence says in how many draws the effect is for the worse, or that this is not
// known; "" where no side is worse.
func harmSentence(c *summary.Contrast, m *summary.Measure) string {
	if m.Goodness == 0 {
		return ""
	}
	who := reportLever(c.Treatment)
	if !toldHarm(&m.Harm) {
		return fmt.Sprintf("Whether %s %s or %s %s in a single set of assumptions cannot be told: the noise of single "+
			"futures hides it.", who, say.Does(who, "raise"), say.Does(who, "lower"), reportOutcome(m))
	}
	verb := say.Does(who, "raise")
	if m.Goodness > 0 {
		verb = say.Does(who, "lower")
	}
	return fmt.Sprintf("In %s of the sets of assumptions that were drawn, %s %s %s; in the others it does not.",
		harmRange(&m.Harm), who, verb, reportOutcome(m))
}

// couplingSentence gives the headline difference under the other coupling, "" where
// there is none.
func couplingSentence(h *summary.Headline, identical bool) string {
	if h.Coupling == "" || identical {
		return ""
	}
	return fmt.Sprintf("With chance shared out between the two versions in the other common way the difference is "+
		"%s\u00a0±%s.",
		say.Signed(h.Other.Value, 2), say.Number(h.Other.MC, 2))
}

// reportWindow says from when to when futures run.
func reportWindow(r *summary.Run) string {
	start, err := time.Parse(time.DateOnly, r.Start)
	if err != nil {
		return say.Span(r.HorizonDays)
	}
	end := start.Add(time.Duration(r.HorizonDays*24) * time.Hour)
	return fmt.Sprintf("%s, from %s to %s", say.Span(r.HorizonDays), start.Format("January 2006"),
		end.Format("January 2006"))
}

// meaningOf says what a parameter means, "" for numbers of a scenario's structure.
func meaningOf(name string) string {
	p, ok := param.ByName(name)
	if !ok {
		return ""
	}
	return say.Capital(strings.TrimSuffix(p.Doc, "."))
}
