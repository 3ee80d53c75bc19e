package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// decoded reads what a further command found into a value, and reports whether there is
// anything to read.
func (w *pageWriter) decoded(command string, into any) bool {
	for i := range w.analyses {
		if a := &w.analyses[i]; a.name == command && a.report != nil {
			return json.Unmarshal(a.report, into) == nil
		}
	}
	return false
}

// change says which assumption decides over the result.
func (w *pageWriter) change() []report.Block {
	var l report.List
	if d := w.summary.Headline.Deciding; d != nil {
		l.Items = append(l.Items, w.decidingText(d))
	}
	if text := w.crossingText(); len(text) > 0 {
		l.Items = append(l.Items, text)
	}
	if text := w.leadingText(); len(text) > 0 {
		l.Items = append(l.Items, text)
	}
	out := []report.Block{}
	if len(l.Items) > 0 {
		out = append(out, l)
	}
	if len(w.analyses) < len(reportAnalyses) {
		out = append(out, report.Paragraph{Text: report.T("What was not computed for this run, and how to: see ", report.JumpTo("why", "why"), ".")})
	}
	return out
}

// decidingText says which numbers the effect of a set of assumptions goes along with.
func (w *pageWriter) decidingText(d *summary.Deciding) report.Text {
	sets := counted(d.Draws, "set") + " of assumptions"
	switch {
	case d.Threshold >= 1:
		return report.T("Which number decides cannot be told from " + sets + ".")
	case len(d.Numbers) == 0:
		return report.T(fmt.Sprintf("No single number decides: of %s, none goes along with the difference by more than chance in %s.", counted(d.Candidates, "uncertain number"), sets))
	}
	t := report.T(fmt.Sprintf("What goes along with the difference by more than chance, in %s: ", sets))
	for i, n := range d.Numbers[:min(mostDeciding, len(d.Numbers))] {
		if i > 0 {
			t = append(t, report.T("; ")...)
		}
		t = append(append(t, named(n.Path)...), report.T(fmt.Sprintf(" (rank correlation %s)", signed(n.Correlation, 2)))...)
	}
	return append(t, report.T(".")...)
}

// crossingText says where along a number the estimate crosses zero; nothing where that
// was not computed along one number.
func (w *pageWriter) crossingText() report.Text {
	var r breakevenReport
	if !w.decoded("breakeven", &r) || len(r.Numbers) != 1 || len(r.Effects) < 2 {
		return nil
	}
	path := r.Numbers[0].Path
	text := "the estimate crosses zero nowhere in the range that was tried"
	for i := range r.Crossings {
		z, join := &r.Crossings[i], "the estimate crosses zero at "
		if i > 0 {
			join = ", and at "
		} else {
			text = ""
		}
		text += join + trimmed(z.Value) + " " + crossingRange(z, r.Effects)
	}
	t := report.T("Averaged over all other assumptions, " + text)
	if assumed := w.assumedOf(path); assumed != "" {
		t = append(t, report.T("; assumed: "+assumed)...)
	}
	return append(t, report.T(". In single sets of assumptions it can go either way. (The number: ", named(path), ".)")...)
}

// crossingRange is the interval of a crossing; an end beyond what was tried is open.
func crossingRange(z *breakevenZero, effects []breakevenEffect) string {
	end := func(v *float64, edge float64, beyond string) string {
		if v == nil {
			return beyond + " " + trimmed(edge)
		}
		return trimmed(*v)
	}
	return "[" + end(z.Low, effects[0].Values[0], "below") + " to " + end(z.High, effects[len(effects)-1].Values[0], "above") + "]"
}

// assumedOf says what was assumed of the number at a path, "" where none stands there.
func (w *pageWriter) assumedOf(path string) string {
	i := w.numberOf("assumptions." + path)
	if i < 0 {
		return ""
	}
	p := &w.manifest.Parameters[i]
	d, ok := w.believed(path)
	switch {
	case p.Posterior != "":
		return "after the record " + typeset(p.Posterior)
	case !ok:
		return plainValue(p)
	}
	return fmt.Sprintf("median %s, range %s to %s", trimmed(d.Quantile(.5)), trimmed(d.Quantile(.05)), trimmed(d.Quantile(.95)))
}

// believed is the distribution that a number is drawn from, the record aside, and whether
// it has one.
func (w *pageWriter) believed(path string) (param.Dist, bool) {
	i := w.numberOf("assumptions." + path)
	if i < 0 {
		return param.Dist{}, false
	}
	p := &w.manifest.Parameters[i]
	domain, _ := scenario.DomainOf(p.Path)
	d, err := param.ParseDist(p.Value, domain)
	return d, err == nil && !d.IsPoint()
}

// ended is a value with its interval, with these in place of an end that is open.
func ended(s *span95, low, high float64) figure.BreakevenEffect {
	if s.Low != nil {
		low = *s.Low
	}
	if s.High != nil {
		high = *s.High
	}
	return figure.BreakevenEffect{Value: s.Value, Low: low, High: high}
}

// leadingText names the numbers with most of the spread of the difference.
func (w *pageWriter) leadingText() report.Text {
	var r sensitivityReport
	if !w.decoded("sensitivity", &r) || w.headline == nil {
		return nil
	}
	for k := range r.Outputs {
		o := &r.Outputs[k]
		last := o.last()
		if o.Outcome != w.headline.ID || o.Quantity != sensitivity.Paired {
			continue
		}
		if last == nil || !last.Resolved {
			return report.T("Which numbers bring the spread of the difference is not resolved at this number of futures.")
		}
		return leading(&r, last)
	}
	return nil
}

// leading is the two numbers with the largest share of the spread.
func leading(r *sensitivityReport, s *sensitivityStep) report.Text {
	var best []int
	for g := range r.Groups {
		if r.Groups[g].Numbers == 1 && g < len(s.Total) && s.Total[g].Low != nil && s.Total[g].High != nil && *s.Total[g].Low > 0 {
			best = append(best, g)
		}
	}
	for i := range best { // a few at the most
		for j := i + 1; j < len(best); j++ {
			if s.Total[best[j]].Value > s.Total[best[i]].Value {
				best[i], best[j] = best[j], best[i]
			}
		}
	}
	if len(best) == 0 {
		return report.T("No single number has a share in the spread of the difference that is clear of chance.")
	}
	t := report.T("The spread of the difference between sets of assumptions comes most with: ")
	for i, g := range best[:min(2, len(best))] {
		if i > 0 {
			t = append(t, report.T(", and ")...)
		}
		x := &s.Total[g]
		t = append(append(t, named(r.Groups[g].Label)...), report.T(fmt.Sprintf(" (a share of %s, %s to %s)", percent(min(1, x.Value)), percent(*x.Low), percent(min(1, *x.High))))...)
	}
	return append(t, report.T("; shares overlap.")...)
}

// crossingPicture draws the effect along one number anew, with the sentence of the page;
// nil where it was not computed along one number.
func (w *pageWriter) crossingPicture() ([]byte, string) {
	var r breakevenReport
	if !w.decoded("breakeven", &r) || len(r.Numbers) != 1 || len(r.Effects) < 2 || w.headline == nil {
		return nil, ""
	}
	n := &r.Numbers[0]
	axis := figure.BreakevenAxis{Label: plainNumber(n.Path), Today: n.Today, Low: math.NaN(), High: math.NaN()}
	if d, ok := w.believed(n.Path); ok {
		axis.Low, axis.High = d.Quantile(.05), d.Quantile(.95)
	}
	in := &figure.BreakevenInput{Outcome: reportOutcome(w.headline), Unit: r.Unit, Goodness: w.headline.Goodness, Effects: [][]figure.BreakevenEffect{nil},
		Subtitle: []string{w.title(), r.Treatment + " against " + r.Baseline}, Title: "The average effect along one assumption"}
	for i := range r.Effects {
		e := &r.Effects[i]
		axis.Values = append(axis.Values, e.Values[0])
		in.Effects[0] = append(in.Effects[0], ended(&e.span95, math.NaN(), math.NaN()))
	}
	for i := range r.Crossings {
		if z := &r.Crossings[i]; !z.anywhere() {
			in.Crossings = append(in.Crossings, ended(&z.span95, axis.Values[0], axis.Values[len(axis.Values)-1]))
		}
	}
	in.Axes = []figure.BreakevenAxis{axis}
	files, err := figure.Breakeven(in, figure.Options{Formats: []string{"svg"}})
	if err != nil || len(files) == 0 || !strings.HasSuffix(files[0].Name, ".svg") {
		return nil, ""
	}
	return files[0].Data, strings.ReplaceAll(figure.BreakevenAlt(in), "today's", "the assumed")
}
