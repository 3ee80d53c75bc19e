package handover

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/summary"
)

// standing says what the public record has to do with the result.
func (w *pageWriter) standing() string {
	h := &w.Summary.Headline
	if !h.Calibrated {
		return "Not calibrated: in this run no data narrowed the assumptions. The levels, and more so the difference, " +
			"rest on documented ranges and on stated assumptions."
	}
	text := "Some of the numbers are drawn from what the public record left of their ranges."
	if l := w.Manifest.Learned; l != nil {
		text = fmt.Sprintf("The record informs %d of %d uncertain numbers; %s.", l.Informed, l.Uncertain, w.aboutForums())
	}
	if h.Prior == nil || w.headline == nil || w.contrast.Pairing.Identical {
		return text
	}
	text = fmt.Sprintf("%s It moved the estimate of the difference from %s to %s.", text,
		w.differenceIn(h.Prior.Difference), w.differenceIn(h.Difference))
	if w.forumNumbers() > 0 {
		return text
	}
	digits := max(reportDigits(w.headline), screen.SectionDigits(w.headline)-1)
	return fmt.Sprintf("%s It did so by way of the states: what it says of how they act moved %s %s from %s to %s, and "+
		"a forum can change only what is there.", text,
		reportOutcome(w.headline), reportArm(w.contrast.Baseline),
		reportLevel(w.headline, h.Prior.Baseline, digits, w.uncertain),
		reportLevel(w.headline, h.Baseline, digits, w.uncertain))
}

// forumNumbers counts the numbers about what a forum does that the record informs.
func (w *pageWriter) forumNumbers() int {
	n := 0
	for i := range w.Manifest.Parameters {
		p := &w.Manifest.Parameters[i]
		group, _, _ := strings.Cut(p.Name, ".")
		if p.Posterior != "" && (group == "strength" || group == "effect" || group == "clarify") {
			n++
		}
	}
	return n
}

// aboutForums says how many of the numbers that the record informs are about what a forum
// does.
func (w *pageWriter) aboutForums() string {
	n := w.forumNumbers()
	lives := 0
	for i := range w.Manifest.Parameters {
		if p := &w.Manifest.Parameters[i]; p.Posterior != "" && strings.HasPrefix(p.Name, "life.") {
			lives++
		}
	}
	switch {
	case n == 0 && lives > 0:
		return fmt.Sprintf("%d of them %s about how long a channel lasts, and none about what it does while it is up", lives,
			map[bool]string{true: "is", false: "are"}[lives == 1])
	case n == 0:
		return "none of them is about what a forum does"
	}
	return fmt.Sprintf("%d of them are about what a forum does", n)
}

// differenceIn writes a headline difference with its range.
func (w *pageWriter) differenceIn(e summary.Estimate) string {
	factor, digits := 1.0, screen.SectionDigits(w.headline)
	if w.headline.Unit == "probability" {
		factor = 100
	}
	if !reportResolved(e) {
		return fmt.Sprintf("%s\u00a0±%s", say.Signed(factor*e.Value, digits), say.Number(factor*e.MC, digits))
	}
	return fmt.Sprintf("%s (%s to %s)", say.Signed(factor*e.Value, digits), say.Signed(factor*e.Low, digits),
		say.Signed(factor*e.High, digits))
}
