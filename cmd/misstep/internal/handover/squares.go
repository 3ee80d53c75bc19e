package handover

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/ladder"
)

// squares shows paired futures as a hundred squares: the picture of the answer.
func (w *pageWriter) squares() (report.Figure, error) {
	r, t := &w.Summary.Run, &w.contrast.Futures.Public
	caption := fmt.Sprintf("Each future is played in both versions with the same luck; a square is one of a hundred. "+
		"Shares are known to ±%s of 100 or better from %s.",
		say.Number(sharesError(r.Draws*r.Replicates), 1), say.Counted(r.Draws*r.Replicates, "future"))
	if t.OnlyBaseline+t.OnlyTreatment+t.Both+t.Neither > 0 {
		n := figure.Squares([4]float64{t.OnlyBaseline, t.OnlyTreatment, t.Both, t.Neither})
		caption = fmt.Sprintf("Of 100 futures, each of %s, a misstep happens in about %d only %s, in %d only %s, in %d in "+
			"both and in %d in neither. ",
			say.Span(r.HorizonDays), n[0], reportArm(w.contrast.Baseline), n[1], reportArm(w.contrast.Treatment), n[2],
			n[3]) + caption
	}
	if text := w.covert(); text != "" {
		caption += " " + text
	}
	return w.pictured("futures", "Of 100 futures", report.T(caption))
}

// sharesError is the largest 95 % sampling error that a share among n futures has, in
// per cent.
func sharesError(n int) float64 { return 100 * 1.96 * math.Sqrt(.25/float64(max(n, 1))) }

// covert says how many of the cases that go beyond sanctions the public does not see, "" where none
// does.
func (w *pageWriter) covert() string {
	p := w.armNamed(w.Summary.Run.Baseline).Peaks
	if len(p) <= ladder.Rungs-1 {
		return ""
	}
	harder := 0.0
	for _, x := range p[6:] {
		harder += x
	}
	if harder <= 0 || p[7] <= 0 {
		return ""
	}
	text := fmt.Sprintf("Of the cases that come to R6 or harder, %s end with a covert operation (R7), which the public "+
		"does not see.", say.Percent(p[7]/harder))
	if w.contrast == nil {
		return text
	}
	if all, some := w.contrast.Measure("missteps"), w.contrast.Measure("missteps_r6"); all != nil && some != nil {
		text = fmt.Sprintf("%s of %s missteps per 100 cases %s are at R6 or harder. %s", say.Number(some.Baseline.Value, 2),
			say.Number(all.Baseline.Value, 2), reportArm(w.contrast.Baseline), text)
	}
	return text
}
