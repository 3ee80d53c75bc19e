package fit

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
)

// hindcastNote says what every backtest of this model is.
const hindcastNote = "a hindcast: the design knew these years"

// screen is the result in words and tables.
func (h *hindcast) screen() []string {
	out := []string{fmt.Sprintf("Backtest with %s, each fit with %d particles and predicted with %s futures; seed %d",
		say.Counted(len(h.result.Cutoffs), "cut-off"), h.inputs.Particles, say.Thousands(h.inputs.Futures), h.inputs.Seed)}
	out = append(out, say.Narrow(" ", "It is "+hindcastNote+". Nothing real from after a cut-off is an input; what "+
		"happens outside of cyberspace "+
		"is drawn from what had happened before it.")...)
	for q := range backtest.Quantities {
		out = append(append(out, ""), h.yearLines(q)...)
	}
	out = append(append(out, ""), h.shareLines()...)
	for q := range backtest.Quantities {
		out = append(append(out, ""), h.pooledLines(q)...)
	}
	out = append(append(out, ""), h.verdict()...)
	var rough []string
	for i := range h.result.Cutoffs {
		if c := &h.result.Cutoffs[i]; !c.Fit.Corrected {
			rough = append(rough, say.Day(c.Until))
		}
	}
	if len(rough) > 0 {
		out = append(out, say.Narrow(" ", "Too few particles to correct for the accepted distance, so nearer to the priors: "+
			say.And(rough)+".")...)
	}
	if h.flags.quick {
		out = append(out, say.Narrow(" ", "A quick look: too few particles and futures to rely on.")...)
	}
	return out
}

// yearLines are the predictions of a quantity: by cut-off and year.
func (h *hindcast) yearLines(q int) []string {
	out := []string{" " + backtest.Quantities[q].Label, "   " + say.PadRight("", 36) + "log score of"}
	head := "   " + say.PadRight("cut-off", 11) + say.PadRight("year", 6) + say.PadLeft("came", 5) + "  " +
		say.PadRight("predicted", 12) + say.PadLeft("model", 8)
	for _, name := range backtest.BaselineNames {
		head += say.PadLeft(name, 15)
	}
	out = append(out, head+say.PadLeft("CRPS", 7))
	part := ""
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		for n := range c.Years[q] {
			y := &c.Years[q][n]
			first, year := "", fmt.Sprint(y.Window.Year)
			if n == 0 {
				first = say.Day(c.Until)
			}
			if y.Window.Years < 1 {
				year += "*"
				part = fmt.Sprintf("   * part of the year only, to %s at the most: counted and predicted on the same days",
					say.Day(y.Window.To))
			}
			line := "   " + say.PadRight(first, 11) + say.PadRight(year, 6) + say.PadLeft(fmt.Sprint(y.Observed), 5) + "  " +
				say.PadRight(fmt.Sprintf("%d [%d, %d]", y.Quantiles[2], y.Quantiles[0], y.Quantiles[4]), 12) +
				say.PadLeft(say.Number(y.Model.Log, 2), 8)
			for _, s := range y.Baselines {
				line += say.PadLeft(say.Number(s.Log, 2), 15)
			}
			out = append(out, line+say.PadLeft(say.Number(y.Model.CRPS, 2), 7))
		}
	}
	if part != "" {
		out = append(out, part)
	}
	return out
}

// shareLines are the predictions of shares.
func (h *hindcast) shareLines() []string {
	out := []string{" of the accusations after a cut-off, the share", "   " + say.PadRight("cut-off", 11) +
		say.PadRight("", 46) + say.PadLeft("came", 10) + "  predicted, 90 %"}
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		for s := range c.Shares {
			p, first := &c.Shares[s], ""
			if s == 0 {
				first = say.Day(c.Until)
			}
			predicted := "no future has one"
			if !math.IsNaN(p.Quantiles[2]) {
				predicted = fmt.Sprintf("%s [%s, %s]", say.Number(p.Quantiles[2], 2), say.Number(p.Quantiles[0], 2),
					say.Number(p.Quantiles[4], 2))
			}
			label := say.Clipped(backtest.Shares[s].Label, 45)
			out = append(out, "   "+say.PadRight(first, 11)+say.PadRight(label, 46)+
				say.PadLeft(fmt.Sprintf("%d of %d", p.Observed.Hits, p.Observed.Of), 10)+"  "+predicted)
		}
	}
	return out
}

// pooledLines compare a quantity by test year, over the cut-offs before it.
func (h *hindcast) pooledLines(q int) []string {
	p := &h.result.Pooled[q]
	head := "   " + say.PadRight("", 28)
	for _, name := range backtest.BaselineNames {
		head += say.PadLeft(name, 15)
	}
	out := append(say.Narrow(" ", "log score of the model less that of … ("+backtest.Quantities[q].Label+
		"; above 0 the model is better)"), head)
	row := func(label string, of func(b int) string) {
		line := "   " + say.PadRight(label, 28)
		for b := range backtest.BaselineNames {
			line += say.PadLeft(of(b), 15)
		}
		out = append(out, line)
	}
	for i := range p.Years {
		y := &p.Years[i]
		row(fmt.Sprintf("%d, %s", y.Year, say.Counted(y.Cutoffs, "cut-off")),
			func(b int) string { return say.Signed(y.Versus[b].Log, 2) })
	}
	row("all years, each once", func(b int) string { return say.Signed(p.Versus[b].Log, 2) })
	if len(p.Years) > 1 {
		row(fmt.Sprintf("… without %d", p.Largest), func(b int) string { return say.Signed(p.Without[b], 2) })
	}
	row("CRPS, below 0 is better", func(b int) string { return say.Signed(p.Versus[b].CRPS, 2) })
	return out
}

// verdict says where the model loses, what its intervals hold, and on how much that
// rests.
func (h *hindcast) verdict() []string {
	var out []string
	for q := range h.result.Pooled {
		out = append(out, say.Narrow(" ", h.losses(q))...)
	}
	p := &h.result.Pooled[0]
	basis := fmt.Sprintf("%s in %s of cut-off and year.", say.Counted(p.Distinct, "distinct test year"),
		say.Counted(p.Pairs, "pair"))
	if math.IsNaN(p.Half[0]) {
		basis += " Fewer than 20 distinct years carry no interval of skill, and none is given."
	}
	return append(out, say.Narrow(" ", basis)...)
}

// losses says of a quantity which baselines beat the model.
func (h *hindcast) losses(q int) string {
	p := &h.result.Pooled[q]
	var on, by []string
	for b, name := range backtest.BaselineNames {
		if d := p.Versus[b]; d.Log < 0 {
			on = append(on, fmt.Sprintf("%s (%s a year)", name, say.Signed(d.Log, 2)))
		}
		var years []string
		for _, y := range p.Years {
			if y.Versus[b].Log < 0 {
				years = append(years, fmt.Sprint(y.Year))
			}
		}
		if len(years) > 0 {
			by = append(by, fmt.Sprintf("to the %s in %s", name, say.And(years)))
		}
	}
	text := strings.ToUpper(backtest.Quantities[q].ID[:1]) + backtest.Quantities[q].ID[1:] + ": "
	if len(on) == 0 {
		text += "in mean log score the model loses to none of the three."
	} else {
		text += "in mean log score the model loses to " + say.And(on) + "."
	}
	if len(by) > 0 {
		text += " By year it loses " + strings.Join(by, "; ") + "."
	}
	return text + fmt.Sprintf(" Its 50 %% intervals hold %s and its 90 %% intervals %s of what came.",
		say.Percent(p.Inside50), say.Percent(p.Inside90))
}

// wrote says what was kept where.
func (h *hindcast) wrote(outcome runfolder.Outcome, folder string) []string {
	what := map[runfolder.Outcome]string{runfolder.Written: "wrote", runfolder.Unchanged: "unchanged",
		runfolder.Redrawn: "figure redrawn in"}[outcome]
	var dropped []string
	for i := range h.result.Cutoffs {
		for _, id := range h.result.Cutoffs[i].Dropped {
			if !slices.Contains(dropped, id) {
				dropped = append(dropped, id)
			}
		}
	}
	out := say.Narrow(" ", "Left out of the fit of one cut-off or more, since not known by then: "+
		strings.Join(dropped, ", ")+".")
	return append(out, fmt.Sprintf(" %s %s: backtest.csv, scores.csv; %s", what, folder, say.Seconds(time.Since(h.began))))
}
