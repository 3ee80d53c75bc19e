package handover

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/sensitivity"
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

// change says which assumption decides over the result, and what evidence would settle
// it: three questions that need not have one answer.
func (w *pageWriter) change() []report.Block {
	var l report.List
	leading, text := w.leading()
	if moved := w.crossingText(); len(moved) > 0 {
		l.Items = append(l.Items, append(report.T(report.Bold("How one number moves the average:"), " "), moved...))
	}
	if len(text) > 0 {
		l.Items = append(l.Items, append(report.T(report.Bold("What the range comes from:"), " "), text...))
	}
	if d := w.Summary.Headline.Deciding; d != nil {
		l.Items = append(l.Items, append(report.T(report.Bold("Whether it helps or harms:"), " "), w.decidingText(d)...))
		if len(leading) > 0 && len(d.Numbers) == 0 {
			l.Items[len(l.Items)-1] = append(l.Items[len(l.Items)-1], report.T(" Those above set how large the effect is.")...)
		}
		if len(leading) == 0 {
			for _, n := range d.Numbers[:min(screen.MostDeciding, len(d.Numbers))] {
				leading = append(leading, n.Path)
			}
		}
	}
	if text := settled(leading); text != "" {
		l.Items = append(l.Items, report.T(report.Bold("What would settle it:"), " "+text))
	}
	out := []report.Block{}
	if len(l.Items) > 0 {
		out = append(out, l)
	}
	if len(w.analyses) < len(reportAnalyses) {
		out = append(out, report.Paragraph{Text: report.T("What was not computed for this run, and how to: see ",
			report.JumpTo("why", "why"), ".")})
	}
	return out
}

// decidingText says which numbers the effect of a set of assumptions goes along with.
func (w *pageWriter) decidingText(d *summary.Deciding) report.Text {
	sets := say.Counted(d.Draws, "set") + " of assumptions"
	switch {
	case d.Threshold >= 1:
		return report.T("which number decides it cannot be told from " + sets + ".")
	case len(d.Numbers) == 0:
		return report.T(fmt.Sprintf("that no single number decides, of %s, as far as %s can tell.",
			say.Counted(d.Candidates, "uncertain number"), sets))
	}
	t := report.T(fmt.Sprintf("by more than chance the difference goes along, in %s, with ", sets))
	for i, n := range d.Numbers[:min(screen.MostDeciding, len(d.Numbers))] {
		if i > 0 {
			t = append(t, report.T("; ")...)
		}
		with := "the difference rises with it"
		if n.Correlation < 0 {
			with = "the difference falls with it"
		}
		t = append(append(t, w.called(n.Path)...),
			report.T(fmt.Sprintf(" (%s; rank correlation %s)", with, say.Signed(n.Correlation, 2)))...)
	}
	return append(t, report.T(".")...)
}

// called writes a number in words, as a way to its row in the table of assumptions.
func (w *pageWriter) called(path string) report.Text {
	if i := w.numberOf("assumptions." + scenario.ShortPath(path)); i >= 0 {
		return report.T(report.JumpTo(numberID(i), say.NumberAt(path)))
	}
	return named(path)
}

// crossingText says where along a number the average changes its sign; nothing where
// that was not computed along one number.
func (w *pageWriter) crossingText() report.Text {
	var r sensitivity.Breakeven
	if !w.decoded("breakeven", &r) || len(r.Numbers) != 1 || len(r.Effects) < 2 {
		return nil
	}
	path := r.Numbers[0].Path
	if len(r.Crossings) == 0 {
		first, last := &r.Effects[0], &r.Effects[len(r.Effects)-1]
		t := append(w.called(path),
			report.T(fmt.Sprintf(". Averaged over all else, the difference is %s where it is low (%s), and %s where it is "+
				"high (%s); nowhere between does it change its sign",
				pointEffect(first), short(first.Values[0]), pointEffect(last), short(last.Values[0])))...)
		if assumed := w.assumedOf(path); assumed != "" {
			t = append(t, report.T(". The number itself: "+assumed)...)
		}
		return append(t, report.T(
			". (Parentheses here: how well an average is known. In single sets of assumptions it can go either way.)")...)
	}
	text := ". Averaged over all else, the difference is "
	for i := range r.Crossings {
		z := &r.Crossings[i]
		sides := [2]string{"above", "below"}
		if z.Rising {
			sides = [2]string{"below", "above"}
		}
		if i == 0 {
			text += sides[0] + " zero while this is under "
		} else {
			text += " until "
		}
		text += short(z.Value) + " " + crossingRange(z, r.Effects) + ", and " + sides[1] + " zero beyond"
	}
	t := append(w.called(path), report.T(text)...)
	if assumed := w.assumedOf(path); assumed != "" {
		t = append(t, report.T("; assumed: "+assumed)...)
	}
	return append(t, report.T(". In single sets of assumptions it can go either way.")...)
}

// pointEffect writes the average difference at a value that was tried.
func pointEffect(e *sensitivity.PointEffect) string {
	if e.Low.Open() || e.High.Open() {
		return say.Signed(e.Value, 2)
	}
	return fmt.Sprintf("%s\u00a0(%s\u00a0to\u00a0%s)", say.Signed(e.Value, 2), say.Signed(float64(e.Low), 2),
		say.Signed(float64(e.High), 2))
}

// short writes a number with two digits.
func short(x float64) string { return strconv.FormatFloat(x, 'g', 2, 64) }

// crossingRange is the interval of a crossing; an end beyond what was tried is open.
func crossingRange(z *sensitivity.Crossing, effects []sensitivity.PointEffect) string {
	end := func(e sensitivity.End, edge float64, beyond string) string {
		if e.Open() {
			return beyond + "\u00a0" + short(edge)
		}
		return short(float64(e))
	}
	return "(95\u00a0%: " + end(z.Low, effects[0].Values[0], "below") + " to " +
		end(z.High, effects[len(effects)-1].Values[0], "above") + ")"
}

// assumedOf says what was assumed of the number at a path, "" where none stands there.
func (w *pageWriter) assumedOf(path string) string {
	i := w.numberOf("assumptions." + path)
	if i < 0 {
		return ""
	}
	p := &w.Manifest.Parameters[i]
	d, ok := w.believed(path)
	switch {
	case p.Posterior != "":
		return "after the record " + say.Minus(p.Posterior)
	case !ok:
		return plainValue(p)
	}
	return fmt.Sprintf("median %s, range %s to %s", say.Trimmed(d.Quantile(.5)), say.Trimmed(d.Quantile(.05)),
		say.Trimmed(d.Quantile(.95)))
}

// believed is the distribution that a number is drawn from, the record aside, and whether
// it has one.
func (w *pageWriter) believed(path string) (param.Dist, bool) {
	i := w.numberOf("assumptions." + path)
	if i < 0 {
		return param.Dist{}, false
	}
	p := &w.Manifest.Parameters[i]
	domain, _ := scenario.DomainOf(p.Path)
	d, err := param.ParseDist(p.Value, domain)
	return d, err == nil && !d.IsPoint()
}

// ended is a value with its interval, with these in place of an end that is open.
func ended(x sensitivity.Index, low, high float64) figure.BreakevenEffect {
	return figure.BreakevenEffect{Value: x.Value, Low: x.Low.Or(low), High: x.High.Or(high)}
}

// leading names the numbers with most of the spread of the difference, and says it;
// nothing where that was not computed.
func (w *pageWriter) leading() ([]string, report.Text) {
	var r sensitivity.Report
	if !w.decoded("sensitivity", &r) || w.headline == nil {
		return nil, nil
	}
	for k := range r.Outputs {
		o := &r.Outputs[k]
		last := o.Last()
		if o.Outcome != w.headline.ID || o.Quantity != sensitivity.Paired {
			continue
		}
		if last == nil || !last.Resolved {
			return nil, report.T("Which numbers bring the spread of the difference is not resolved at this number of futures.")
		}
		return w.ranked(&r, last)
	}
	return nil, nil
}

// ranked is the two numbers with the largest share of the spread.
func (w *pageWriter) ranked(r *sensitivity.Report, s *sensitivity.Indices) ([]string, report.Text) {
	var best []int
	for g := range r.Groups {
		if r.Groups[g].Numbers == 1 && g < len(s.Total) && s.Total[g].Sign() > 0 &&
			!s.Total[g].High.Open() {
			best = append(best, g)
		}
	}
	slices.SortStableFunc(best, func(a, b int) int { return cmp.Compare(s.Total[b].Value, s.Total[a].Value) })
	if len(best) == 0 {
		return nil, report.T("No single number has a share in the spread of the difference that is clear of chance.")
	}
	var paths []string
	t := report.T("most of it goes with ")
	for i, g := range best[:min(2, len(best))] {
		if i > 0 {
			t = append(t, report.T(", and with ")...)
		}
		x := &s.Total[g]
		paths = append(paths, r.Groups[g].Label)
		t = append(append(t, w.called(r.Groups[g].Label)...),
			report.T(fmt.Sprintf(" (%s of the spread; %s to %s)", say.Percent(min(1, x.Value)), say.Percent(float64(x.Low)),
				say.Percent(min(1, float64(x.High)))))...)
	}
	return paths, append(t, report.T(". These overlap, as numbers act together.")...)
}

// crossingPicture draws the effect along one number anew, with the sentence of the page;
// nil where it was not computed along one number.
func (w *pageWriter) crossingPicture() ([]byte, string) {
	var r sensitivity.Breakeven
	if !w.decoded("breakeven", &r) || len(r.Numbers) != 1 || len(r.Effects) < 2 || w.headline == nil {
		return nil, ""
	}
	n := &r.Numbers[0]
	axis := figure.BreakevenAxis{Label: say.NumberAt(n.Path), Today: n.Today, Low: math.NaN(), High: math.NaN()}
	if d, ok := w.believed(n.Path); ok {
		axis.Low, axis.High = d.Quantile(.05), d.Quantile(.95)
	}
	in := &figure.BreakevenInput{Outcome: reportOutcome(w.headline), Unit: r.Unit, Goodness: w.headline.Goodness,
		Effects:  [][]figure.BreakevenEffect{nil},
		Subtitle: []string{w.title(), r.Treatment + " against " + r.Baseline},
		Title:    "The average effect along one assumption"}
	for i := range r.Effects {
		e := &r.Effects[i]
		axis.Values = append(axis.Values, e.Values[0])
		in.Effects[0] = append(in.Effects[0], ended(e.Index, math.NaN(), math.NaN()))
	}
	for i := range r.Crossings {
		if z := &r.Crossings[i]; !z.Anywhere() {
			in.Crossings = append(in.Crossings, ended(z.Index, axis.Values[0], axis.Values[len(axis.Values)-1]))
		}
	}
	in.Axes = []figure.BreakevenAxis{axis}
	files, err := figure.Breakeven(in, figure.Options{Formats: []string{"svg"}})
	if err != nil || len(files) == 0 || !strings.HasSuffix(files[0].Name, ".svg") {
		return nil, ""
	}
	return files[0].Data, strings.ReplaceAll(figure.BreakevenAlt(in), "today's", "the assumed")
}
