package screen

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// neutrality says in how many draws the treatment does harm, in the headline's outcome and in others,
// and what decides it.
func (v *View) neutrality(c *summary.Contrast) []string {
	h := &v.Summary.Headline
	m := c.Measure(h.Measure)
	if m == nil || !v.uncertain() || c.Pairing.Identical {
		return nil
	}
	here := harmLine(c.Treatment, m)
	if h.Prior != nil && m.Goodness != 0 {
		here += " Before the data: " + harmShare(&h.Prior.Harm) + "."
	}
	return []string{here, harmElsewhere(c, h.Measure), decidedBy(h.Deciding, m.Goodness)}
}

// harmLine is the share of draws in which a treatment makes an outcome worse.
func harmLine(treatment string, m *summary.Measure) string {
	what := strings.ToLower(say.Measure(m.ID))
	switch {
	case m.Goodness == 0:
		return fmt.Sprintf("More %s is neither better nor worse: no draw counts as harm.", what)
	case m.Harm.Resolved:
		return fmt.Sprintf("In %s of parameter draws %s makes %s worse.", harmShare(&m.Harm), treatment, what)
	case m.Harm.Low == m.Harm.High:
		return fmt.Sprintf("In %s of parameter draws %s makes %s worse.", say.Percent(m.Harm.Low), treatment, what)
	}
	return fmt.Sprintf("In how many parameter draws %s makes %s worse is %s: "+
		"the noise of the replicates hides the spread.", treatment, what, harmShare(&m.Harm))
}

// harmShare writes a share with its interval; what is known alone where noise hides it.
func harmShare(h *summary.Harm) string {
	interval := bracketed([2]string{say.Number(100*h.Low, 0), say.Number(100*h.High, 0)})
	if h.Resolved {
		return unbroken(say.Percent(h.Share)) + "\u00a0" + interval
	}
	if interval == "[0,\u00a0100]" {
		return "not known"
	}
	return "known to " + strings.TrimSuffix(interval, "]") + "\u00a0%] only"
}

// harmElsewhere is the share in other outcomes; "" where there is none to tell.
func harmElsewhere(c *summary.Contrast, headline string) string {
	var told, hidden []string
	for i := range outcome.All {
		o := &outcome.All[i]
		if !o.Key || !o.Paired() {
			continue
		}
		m := c.Measure(o.ID)
		switch {
		case o.ID == headline || m == nil || m.Goodness == 0 || m.Verdict == summary.Same:
		case m.Harm.Resolved:
			told = append(told, say.Measure(m.ID)+"\u00a0"+harmShare(&m.Harm))
		default:
			hidden = append(hidden, say.Measure(m.ID))
		}
	}
	var text []string
	if len(told) > 0 {
		text = append(text, "worse in "+strings.Join(told, ", ")+" of draws")
	}
	if len(hidden) > 0 {
		text = append(text, "not resolved in "+say.And(hidden))
	}
	if text == nil {
		return ""
	}
	return say.Capital(strings.Join(text, "; ")) + "."
}

// MostDeciding is how many deciding numbers the screen names.
const MostDeciding = 3

// decidedBy says which numbers the effect of a draw goes along with, "" where it was not looked at.
func decidedBy(d *summary.Deciding, goodness int) string {
	switch {
	case d == nil:
		return ""
	case d.Threshold >= 1:
		return fmt.Sprintf("What decides it cannot be told from %s.", say.Counted(d.Draws, "draw"))
	}
	among := fmt.Sprintf("among %s at a family-wise level of %s", say.Counted(d.Candidates, "number"),
		unbroken(say.Percent(d.Level)))
	if len(d.Numbers) == 0 {
		return fmt.Sprintf("No single number decides it, %s: in %s a rank correlation with the effect below %s does not "+
			"show.",
			among, say.Counted(d.Draws, "draw"), say.Number(d.Threshold, 2))
	}
	var named []string
	for _, n := range d.Numbers[:min(MostDeciding, len(d.Numbers))] {
		strength := "rank correlation " + say.Signed(n.Correlation, 2)
		if n.Corrected != 0 {
			strength = "rank correlation " + say.Signed(n.Corrected, 2) + " without noise"
		}
		named = append(named, fmt.Sprintf("%s (%s)", deciding(&n, goodness), unbroken(strength)))
	}
	text := "What decides it: " + strings.Join(named, "; ")
	if more := len(d.Numbers) - len(named); more > 0 {
		text += fmt.Sprintf("; and %d more (summary.json)", more)
	}
	return text + "; " + among + "."
}

// deciding says where the effect is for the worse, or higher where no side is worse.
func deciding(n *summary.Number, goodness int) string {
	at, harm := n.Worse, "more harm"
	if goodness == 0 {
		at, harm = "high", "a higher effect"
		if n.Correlation < 0 {
			at = "low"
		}
	}
	return fmt.Sprintf("%s where “%s”\u00a0(%s) is %s", harm, say.NumberAt(n.Path),
		unbroken(say.ShortPath(scenario.ShortPath(n.Path))), at)
}
