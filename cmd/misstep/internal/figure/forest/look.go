package forest

import (
	"image/color"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// Chosen stands in place of a verdict on what was chosen as the best of many: it is where it is because it was chosen.
const Chosen summary.Verdict = "chosen"

// Differences are verdicts on a difference that every reader looks for.
var Differences = []summary.Verdict{summary.Better, summary.Worse, summary.Unclear}

// Look is how a verdict is drawn and called; the marks differ without colour.
type Look struct {
	Mark  chart.Mark
	Color color.NRGBA
	Words string
}

// OfDifference is how a verdict on a difference between two arms is drawn.
func OfDifference(v summary.Verdict) Look {
	switch v {
	case summary.Better:
		return Look{chart.Disc, chart.Help, "better"}
	case summary.Worse:
		return Look{chart.Diamond, chart.Harm, "worse"}
	case summary.Differs:
		return Look{chart.Square, chart.Muted, "differs"}
	case summary.Same:
		return Look{chart.Bar, chart.Unclear, "identical"}
	case Chosen:
		return Look{chart.Triangle, chart.Muted, "where it was chosen: no verdict"}
	case summary.Unknown:
		return Untold
	default:
		return Look{chart.Ring, chart.Unclear, "no clear difference"}
	}
}

// OfChange is how a verdict on a change is drawn. A change of an assumption makes nothing
// better or worse: what is shown has one colour.
func OfChange(v summary.Verdict) Look {
	switch v {
	case summary.Unclear, "":
		return Look{chart.Ring, chart.Unclear, "not shown to differ"}
	case summary.Unknown:
		return Untold
	case summary.Same:
		return Look{chart.Bar, chart.Unclear, "identical"}
	}
	return Look{chart.Disc, chart.Ink, "shown to differ"}
}

// Untold is that of what one replicate a draw does not tell.
var Untold = Look{chart.Ring, chart.Unclear, "not told by one replicate"}
