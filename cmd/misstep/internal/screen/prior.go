package screen

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// before says what the headline difference was on the priors alone, and how far the
// record narrows it, and false where there is nothing to say.
func (v *View) before() (string, bool) {
	h := &v.Summary.Headline
	if h.Prior == nil || len(v.Summary.Contrasts) == 0 {
		return "", false
	}
	m := v.Summary.Contrasts[0].Measure(h.Measure)
	if m == nil || v.Summary.Contrasts[0].Pairing.Identical {
		return "", false
	}
	factor, digits, d := 1.0, SectionDigits(m), h.Prior.Difference
	if m.Unit == "probability" {
		factor = 100
		digits = max(digits, say.Decimals(100*math.Min(d.MC, h.Difference.MC)))
	}
	interval := IntervalOf(d, factor, digits, say.Signed)
	text := interval[0]
	if text != Unresolved {
		text += ",\u00a0" + interval[1]
	}
	return fmt.Sprintf("Before the data, from %s a draw: %s\u00a0±%s\u00a0[%s]; the data narrow %s.",
		say.Counted(h.Prior.Replicates, "replicate"), say.Signed(factor*d.Value, digits), say.Number(factor*d.MC, digits),
		text, bothNarrowed(h)), true
}

// bothNarrowed says by how much the intervals of baseline and difference are narrower.
func bothNarrowed(h *summary.Headline) string {
	base, diff := narrowed(h.Prior.BaselineContraction, h.Prior.BaselineResolved),
		narrowed(h.Contraction, h.Prior.Resolved)
	if base == diff && !strings.HasPrefix(base, "by") {
		return "neither the baseline nor the difference" + strings.TrimPrefix(base, "not")
	}
	return "the baseline " + base + ", the difference " + diff
}

// narrowed says by how much an interval is narrower.
func narrowed(contraction float64, resolved bool) string {
	switch {
	case !resolved:
		return "not measurably"
	case contraction <= 0:
		return "not at all"
	}
	return "by\u00a0" + strings.ReplaceAll(say.Percent(contraction), " ", "\u00a0")
}

// standing says whether the record speaks to the difference at all.
func (v *View) standing() string {
	switch h := &v.Summary.Headline; {
	case h.Prior == nil:
		return ""
	case h.Informed():
		return "Calibrated: "
	}
	return "Not calibrated: the difference rests on assumptions. "
}
