package handover

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/summary"
)

// scaleOfIt says of how many cases, in how many years and whose, the shares are shares,
// "" where the run does not tell.
func (w *pageWriter) scaleOfIt() string {
	cases := w.contrast.Measure("cases")
	if cases == nil || cases.Baseline.Value <= 0 {
		return ""
	}
	r := &w.Summary.Run
	text := fmt.Sprintf("What the shares are shares of: a future has %s cases in %s",
		reportLevel(cases, cases.Baseline, 0, w.uncertain), say.Span(r.HorizonDays))
	if victims, sources := w.sides(); len(victims) > 0 {
		text += fmt.Sprintf(", discovered by %s; behind them stand %s", say.And(victims), say.And(sources))
	}
	return text + "."
}

// inYears says in how many years a misstep comes in the two versions, "" where a headline
// is another outcome or a run does not tell.
func (w *pageWriter) inYears() string {
	m := w.contrast.Measure("missteps_future")
	if m == nil || w.headline == nil || w.headline.ID != "missteps" || m.Baseline.Value <= 0 || m.Treatment.Value <= 0 {
		return ""
	}
	return fmt.Sprintf(" On average one misstep comes in %s %s, and in %s %s.", w.interval(m.Baseline),
		reportArm(w.contrast.Baseline), w.interval(m.Treatment), reportArm(w.contrast.Treatment))
}

// interval writes how many years lie between events of which a future has so many.
func (w *pageWriter) interval(e summary.Estimate) string {
	years := func(n float64) string {
		y := w.Summary.Run.HorizonDays / param.DaysPerYear / n
		if y < 10 {
			return say.Number(y, 1)
		}
		return say.Number(y, 0)
	}
	if !w.uncertain || !reportResolved(e) || e.Low <= 0 {
		return years(e.Value) + " years"
	}
	return fmt.Sprintf("%s years (%s to %s)", years(e.Value), years(e.High), years(e.Low))
}

// sides are the states that discover cases, and those who are behind them.
func (w *pageWriter) sides() (victims, sources []string) {
	if w.job == nil || w.job.Scenario == nil {
		return nil, nil
	}
	add := func(list []string, name string) []string {
		if name = say.State(name); slices.Contains(list, name) {
			return list
		}
		return append(list, name)
	}
	for _, o := range w.job.Scenario.Onset {
		if o.Arrivals {
			victims, sources = add(victims, o.Victim), add(sources, o.Source)
		}
	}
	return victims, sources
}

// instead gives the headline of every further version in a sentence.
func (w *pageWriter) instead() []string {
	var out []string
	for i := range w.Summary.Contrasts[1:] {
		c := &w.Summary.Contrasts[1+i]
		m := c.Measure(w.headline.ID)
		if m == nil || c.CommonCases == 0 {
			continue
		}
		out = append(out, fmt.Sprintf("%s instead, %s come to %s; the difference from the version %s is %s: %s.",
			say.Capital(reportArm(c.Treatment)), reportOutcome(m),
			reportLevel(m, m.Treatment, max(reportDigits(m), screen.SectionDigits(m)-1), w.uncertain), reportArm(c.Baseline),
			reportChange(m, w.uncertain), reportVerdict(m.Verdict)))
	}
	return out
}

// moved says what visibly does change: clear outcomes beside the headline's, and where
// cases end that stay out of the public eye.
func (w *pageWriter) moved() []report.Block {
	var l report.List
	for i := range w.contrast.Measures {
		m := &w.contrast.Measures[i]
		if !w.clear(m) {
			continue
		}
		l.Items = append(l.Items,
			report.T(say.Capital(w.fromTo(m))+w.glossed(m)+": "+reportChange(m, w.uncertain)+", "+reportVerdict(m.Verdict)+"."))
	}
	for _, text := range []string{w.answers(), w.parting(), w.quiet()} {
		if text != "" {
			l.Items = append(l.Items, report.T(text))
		}
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []report.Block{report.Paragraph{Text: report.T(report.Bold("What visibly changes"))}, l}
}

// clear reports whether an outcome beside the headline's differs clearly.
func (w *pageWriter) clear(m *summary.Measure) bool {
	return m != w.headline && !w.unprecedented(m) &&
		(m.Verdict == summary.Better || m.Verdict == summary.Worse || m.Verdict == summary.Differs)
}

// fromTo writes an outcome with its level in both versions.
func (w *pageWriter) fromTo(m *summary.Measure) string {
	digits, factor := max(reportDigits(m), screen.SectionDigits(m)-1), 1.0
	if m.Unit == "probability" {
		factor = 100
	}
	verb := "rise"
	if m.Difference.Value < 0 {
		verb = "fall"
	}
	if slices.Contains(uncounted, m.ID) {
		verb += "s"
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s from %s to %s %s", reportOutcome(m), verb,
		say.Number(factor*m.Baseline.Value, digits), say.Number(factor*m.Treatment.Value, digits),
		strings.TrimSuffix(reportUnit(m), " futures")))
}

// mostClearly is how many clear outcomes the answer names.
const mostClearly = 2

// clearly says in the answer what does differ beside the headline, "" where nothing does.
func (w *pageWriter) clearly() string {
	var found []string
	for i := range w.contrast.Measures {
		if m := &w.contrast.Measures[i]; w.clear(m) && !screen.IsRare(m) && len(found) < mostClearly {
			word := map[summary.Verdict]string{summary.Better: "for the better", summary.Worse: "for the worse"}[m.Verdict]
			switch {
			case m.ID == "unanswered" && w.answers() != "":
				word = "by private démarches, as a channel that makes them easier brings nearly by itself; whether that is good " +
					"is for the reader to judge"
			case word == "":
				word = "which is for the reader to judge"
			}
			found = append(found, w.fromTo(m)+", "+word)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return " What changes clearly: " + strings.Join(found, "; ") + "."
}

// answers says what fewer unanswered operations are answered with, "" where harder steps
// rise too, where the second version has no channel, or where a run does not tell.
func (w *pageWriter) answers() string {
	a, b := w.armNamed(w.contrast.Baseline), w.armNamed(w.contrast.Treatment)
	whole, hard := w.contrast.Measure("unanswered"), w.contrast.Measure("hard")
	if !b.Forum.Exists || whole == nil || hard == nil || min(len(a.Peaks), len(b.Peaks)) < 3 ||
		whole.Difference.Value >= 0 || hard.Difference.Value > 0 || b.Peaks[2] <= a.Peaks[2] {
		return ""
	}
	added := 100 * (b.Peaks[2] - a.Peaks[2])
	return fmt.Sprintf("The added answers are private, as a channel that makes private words easier brings them nearly "+
		"by itself: démarches (R2) rise from %s to %s of 100 cases, public or harder steps do not (%s and %s). Of %s more "+
		"démarches at most %s answer a hostile operation that would have gone unanswered; the others are about spying or "+
		"crime, go to the wrong side, or take the place of another step.",
		say.Number(100*a.Peaks[2], 1), say.Number(100*b.Peaks[2], 1), say.Number(hard.Baseline.Value, 1),
		say.Number(hard.Treatment.Value, 1), say.Number(added, 1), say.Number(min(added, -whole.Difference.Value), 1))
}

// parting says why fewer operations can go unanswered while more responses are missed, ""
// where they do not part so.
func (w *pageWriter) parting() string {
	whole, part := w.contrast.Measure("unanswered"), w.contrast.Measure("missed")
	if whole == nil || part == nil || whole.Difference.Value >= 0 || part.Difference.Value < whole.Difference.Value/2 {
		return ""
	}
	return "Missed responses do not fall with it: missed are only those unanswered operations which a state that knew " +
		"the truth would have answered, and where answering is easier it would have answered more of them. " +
		"Whether fewer unanswered is good is left to the reader, since silence can be right."
}

// quiet says how silence and private words move between the two versions, "" where a run
// does not tell.
func (w *pageWriter) quiet() string {
	a, b := w.armNamed(w.contrast.Baseline), w.armNamed(w.contrast.Treatment)
	if min(len(a.Peaks), len(b.Peaks), len(a.PeaksMC), len(b.PeaksMC)) < 3 {
		return ""
	}
	share := func(x *summary.Arm, from, to int) string {
		sum, square := 0.0, 0.0
		for k := from; k <= to; k++ {
			sum += float64(100 * x.Peaks[k])
			square += float64(1e4 * x.PeaksMC[k] * x.PeaksMC[k])
		}
		return fmt.Sprintf("%s\u00a0±%s", say.Number(sum, 1), say.Number(math.Sqrt(square), 1))
	}
	return fmt.Sprintf("Of 100 cases, %s end in silence %s and %s %s; private words (R1, R2) are the hardest step in "+
		"%s and %s.",
		share(a, 0, 0), reportArm(w.contrast.Baseline), share(b, 0, 0), reportArm(w.contrast.Treatment), share(a, 1, 2),
		share(b, 1, 2))
}

// unprecedented reports whether an outcome has no precedent on record, so that no number
// of it is worth showing.
func (w *pageWriter) unprecedented(m *summary.Measure) bool {
	return m.ID == "reach_r8" || m.ID == "reach_r9"
}
