package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/record/backtest"
)

// hindcastNote says what every backtest of this model is.
const hindcastNote = "a hindcast: the design knew these years"

// backtestWidth is the width that no line of this screen exceeds.
const backtestWidth = 100

// screen is the result in words and tables.
func (h *hindcast) screen() []string {
	out := []string{fmt.Sprintf("Backtest with %s, each fit with %d particles and predicted with %s futures; seed %d",
		counted(len(h.result.Cutoffs), "cut-off"), h.inputs.Particles, thousands(h.inputs.Futures), h.inputs.Seed)}
	out = append(out, narrow(" ", "It is "+hindcastNote+". Nothing real from after a cut-off is an input; what happens outside of cyberspace "+
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
			rough = append(rough, day(c.Until))
		}
	}
	if len(rough) > 0 {
		out = append(out, narrow(" ", "Too few particles to correct for the accepted distance, so nearer to the priors: "+and(rough)+".")...)
	}
	if h.flags.quick {
		out = append(out, narrow(" ", "A quick look: too few particles and futures to rely on.")...)
	}
	return out
}

// narrow wraps text to this screen, every line with an indent.
func narrow(indent, text string) []string {
	var out []string
	line := indent
	for _, word := range strings.Fields(text) {
		if len(line) > len(indent) && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > backtestWidth {
			out, line = append(out, line), indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return append(out, line)
}

// yearLines are the predictions of a quantity: by cut-off and year.
func (h *hindcast) yearLines(q int) []string {
	out := []string{" " + backtest.Quantities[q].Label, "   " + padRight("", 36) + "log score of"}
	head := "   " + padRight("cut-off", 11) + padRight("year", 6) + padLeft("came", 5) + "  " + padRight("predicted", 12) + padLeft("model", 8)
	for _, name := range backtest.BaselineNames {
		head += padLeft(name, 15)
	}
	out = append(out, head+padLeft("CRPS", 7))
	part := ""
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		for n := range c.Years[q] {
			y := &c.Years[q][n]
			first, year := "", fmt.Sprint(y.Window.Year)
			if n == 0 {
				first = day(c.Until)
			}
			if y.Window.Years < 1 {
				year += "*"
				part = fmt.Sprintf("   * part of the year only, to %s at the most: counted and predicted on the same days", day(y.Window.To))
			}
			line := "   " + padRight(first, 11) + padRight(year, 6) + padLeft(fmt.Sprint(y.Observed), 5) + "  " +
				padRight(fmt.Sprintf("%d [%d, %d]", y.Quantiles[2], y.Quantiles[0], y.Quantiles[4]), 12) + padLeft(number(y.Model.Log, 2), 8)
			for _, s := range y.Baselines {
				line += padLeft(number(s.Log, 2), 15)
			}
			out = append(out, line+padLeft(number(y.Model.CRPS, 2), 7))
		}
	}
	if part != "" {
		out = append(out, part)
	}
	return out
}

// shareLines are the predictions of shares.
func (h *hindcast) shareLines() []string {
	out := []string{" of the accusations after a cut-off, the share", "   " + padRight("cut-off", 11) + padRight("", 46) + padLeft("came", 10) + "  predicted, 90 %"}
	for i := range h.result.Cutoffs {
		c := &h.result.Cutoffs[i]
		for s := range c.Shares {
			p, first := &c.Shares[s], ""
			if s == 0 {
				first = day(c.Until)
			}
			predicted := "no future has one"
			if !math.IsNaN(p.Quantiles[2]) {
				predicted = fmt.Sprintf("%s [%s, %s]", number(p.Quantiles[2], 2), number(p.Quantiles[0], 2), number(p.Quantiles[4], 2))
			}
			label := clipped(backtest.Shares[s].Label, 45)
			out = append(out, "   "+padRight(first, 11)+padRight(label, 46)+padLeft(fmt.Sprintf("%d of %d", p.Observed.Hits, p.Observed.Of), 10)+"  "+predicted)
		}
	}
	return out
}

// pooledLines compare a quantity by test year, over the cut-offs before it.
func (h *hindcast) pooledLines(q int) []string {
	p := &h.result.Pooled[q]
	head := "   " + padRight("", 28)
	for _, name := range backtest.BaselineNames {
		head += padLeft(name, 15)
	}
	out := append(narrow(" ", "log score of the model less that of … ("+backtest.Quantities[q].Label+"; above 0 the model is better)"), head)
	row := func(label string, of func(b int) string) {
		line := "   " + padRight(label, 28)
		for b := range backtest.BaselineNames {
			line += padLeft(of(b), 15)
		}
		out = append(out, line)
	}
	for i := range p.Years {
		y := &p.Years[i]
		row(fmt.Sprintf("%d, %s", y.Year, counted(y.Cutoffs, "cut-off")), func(b int) string { return signed(y.Versus[b].Log, 2) })
	}
	row("all years, each once", func(b int) string { return signed(p.Versus[b].Log, 2) })
	if len(p.Years) > 1 {
		row(fmt.Sprintf("… without %d", p.Largest), func(b int) string { return signed(p.Without[b], 2) })
	}
	row("CRPS, below 0 is better", func(b int) string { return signed(p.Versus[b].CRPS, 2) })
	return out
}

// verdict says where the model loses, what its intervals hold, and on how much that
// rests.
func (h *hindcast) verdict() []string {
	var out []string
	for q := range h.result.Pooled {
		out = append(out, narrow(" ", h.losses(q))...)
	}
	p := &h.result.Pooled[0]
	basis := fmt.Sprintf("%s in %s of cut-off and year.", counted(p.Distinct, "distinct test year"), counted(p.Pairs, "pair"))
	if math.IsNaN(p.Half[0]) {
		basis += " Fewer than 20 distinct years carry no interval of skill, and none is given."
	}
	return append(out, narrow(" ", basis)...)
}

// losses says of a quantity which baselines beat the model.
func (h *hindcast) losses(q int) string {
	p := &h.result.Pooled[q]
	var on, by []string
	for b, name := range backtest.BaselineNames {
		if d := p.Versus[b]; d.Log < 0 {
			on = append(on, fmt.Sprintf("%s (%s a year)", name, signed(d.Log, 2)))
		}
		var years []string
		for _, y := range p.Years {
			if y.Versus[b].Log < 0 {
				years = append(years, fmt.Sprint(y.Year))
			}
		}
		if len(years) > 0 {
			by = append(by, fmt.Sprintf("to the %s in %s", name, and(years)))
		}
	}
	text := strings.ToUpper(backtest.Quantities[q].ID[:1]) + backtest.Quantities[q].ID[1:] + ": "
	if len(on) == 0 {
		text += "in mean log score the model loses to none of the three."
	} else {
		text += "in mean log score the model loses to " + and(on) + "."
	}
	if len(by) > 0 {
		text += " By year it loses " + strings.Join(by, "; ") + "."
	}
	return text + fmt.Sprintf(" Its 50 %% intervals hold %s and its 90 %% intervals %s of what came.", percent(p.Inside50), percent(p.Inside90))
}

// wrote says what was kept where.
func (h *hindcast) wrote(outcome runfolder.Outcome, folder string) []string {
	what := map[runfolder.Outcome]string{runfolder.Written: "wrote", runfolder.Unchanged: "unchanged", runfolder.Redrawn: "figure redrawn in"}[outcome]
	var dropped []string
	for i := range h.result.Cutoffs {
		for _, id := range h.result.Cutoffs[i].Dropped {
			if !slices.Contains(dropped, id) {
				dropped = append(dropped, id)
			}
		}
	}
	out := narrow(" ", "Left out of the fit of one cut-off or more, since not known by then: "+strings.Join(dropped, ", ")+".")
	return append(out, fmt.Sprintf(" %s %s: backtest.csv, scores.csv; %s", what, folder, seconds(time.Since(h.began))))
}
