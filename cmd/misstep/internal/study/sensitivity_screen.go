package study

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// quantityLabel names an output: the effect on missteps, missteps in without-forum.
func (r *Sensitivity) quantityLabel(o *sensitivityOutput) string {
	m, err := measureNamed(o.Outcome)
	what := o.Outcome
	if err == nil {
		what = m.Words.Name
	}
	switch o.Quantity {
	case sensitivity.Baseline:
		return what + ", " + r.Baseline
	case sensitivity.Treatment:
		return what + ", " + r.Treatment
	}
	return "effect on " + what
}

// screenRows is how many numbers the screen lists after a screening alone.
const screenRows = 15

// screen shows the effects, or the indices where there are any.
func (w *studying) screen(r *Sensitivity) []string {
	lines := say.Wrapped("", "", w.run.Scenario.Title)
	about := fmt.Sprintf("%s, of which %d move the most; %s of %s", say.Counted(r.Uncertain, "uncertain number"),
		min(w.inputs.Leading, r.Uncertain), say.Counted(r.Points, "point"), say.Counted(w.inputs.Replicates, "replicate"))
	if r.Learned > 0 {
		about += fmt.Sprintf("; %d move by their own distribution in the posterior, not together", r.Learned)
	}
	lines = append(lines, say.Wrapped(" ", " ", about)...)
	// Of every measure the effect and the baseline; the treatment, much like it, is in the
	// tables.
	for k := range 2 * len(r.Outputs) / 3 {
		o := &r.Outputs[k/2*3+2*(1-k%2)]
		lines = append(lines, "")
		if len(r.Groups) > 0 {
			lines = append(lines, r.indexLines(o)...)
		} else {
			lines = append(lines, r.screeningLines(o)...)
		}
	}
	return append(lines, "")
}

func (r *Sensitivity) screeningLines(o *sensitivityOutput) []string {
	lines := []string{fmt.Sprintf(" %s %s %s %s %s", say.PadRight(r.quantityLabel(o)+", "+o.Unit, 52),
		say.PadLeft("rms", 8), say.PadLeft("μ*", 8), say.PadLeft("σ", 8), say.PadLeft("noise in μ*", 12))}
	for i, e := range o.Screening[:min(len(o.Screening), screenRows)] {
		lines = append(lines, fmt.Sprintf("   %s %s %s %s %s",
			say.PadRight(say.Clipped(say.ShortPath(r.Numbers[i].Path), 50), 50), say.PadLeft(say.Number(e.RMS, 2), 8),
			say.PadLeft(say.Number(e.MeanAbs, 2), 8), say.PadLeft(say.Number(e.SD, 2), 8),
			say.PadLeft(say.Number(e.Noise, 2), 12)))
	}
	return lines
}

func (r *Sensitivity) indexLines(o *sensitivityOutput) []string {
	s := o.Last()
	head := fmt.Sprintf("%s, %s", r.quantityLabel(o), o.Unit)
	if !s.Resolved {
		return say.Wrapped(" ", "   ", head+": the numbers move it by less than the Monte Carlo error shows; take more "+
			"--point-replicates or --rows")
	}
	lines := []string{fmt.Sprintf(" %s %-22s %s", say.PadRight(say.Clipped(head, 52), 52), "alone (first order)",
		"in all (total)")}
	for g := range r.Groups {
		lines = append(lines, fmt.Sprintf("   %s %-22s %s",
			say.PadRight(say.Clipped(say.ShortPath(r.Groups[g].Label), 50), 50), share95(&s.First[g]), share95(&s.Total[g])))
	}
	text := fmt.Sprintf("noise is %s of the variance between points, and taken out", say.Percent(s.noiseShare()))
	if n := len(o.Steps); n > 1 && o.Steps[n-2].Resolved {
		text += fmt.Sprintf("; from %s to %s rows no index moves by more than %.2f", say.Thousands(o.Steps[n-2].Rows),
			say.Thousands(s.Rows), o.moved())
	}
	if r.othersLead(s) {
		text += "; the others together move it more than any number listed, so that more --leading numbers, or " +
			"--trajectories to find them, are worth their time"
	}
	return append(lines, say.Wrapped("   ", "   ", text)...)
}

// othersLead reports whether the numbers without indices of their own have the largest
// total index.
func (r *Sensitivity) othersLead(s *SensitivityStep) bool {
	last := len(r.Groups) - 1
	if r.Groups[last].Numbers < 2 {
		return false
	}
	for g := range last {
		if s.Total[g].Value >= s.Total[last].Value {
			return false
		}
	}
	return true
}

// moved is the largest change of an index over the last doubling of the rows.
func (o *sensitivityOutput) moved() float64 {
	a, b := &o.Steps[len(o.Steps)-2], o.Last()
	most := 0.0
	for g := range b.First {
		most = max(most, b.First[g].Value-a.First[g].Value, a.First[g].Value-b.First[g].Value,
			b.Total[g].Value-a.Total[g].Value, a.Total[g].Value-b.Total[g].Value)
	}
	return most
}

// share95 writes an index with its interval.
func share95(s *Span95) string {
	return fmt.Sprintf("%s [%s, %s]", say.Number(s.Value, 2), say.Number(*s.Low, 2), say.Number(*s.High, 2))
}

// studyParts are the parts of a subtitle over points that are not draws of the run.
func studyParts(j *run.Run, counts string) []string {
	h := j.Scenario.Headline
	return []string{j.Scenario.Title, h.Treatment + " against " + h.Baseline, counts, fmt.Sprintf("seed %d", j.Plan.Seed)}
}

// picture is the figure of a study: the effect and the baseline of the first outcome.
func (w *studying) picture(r *Sensitivity) *figure.SensitivityInput {
	in := &figure.SensitivityInput{Source: sourceLine(w.run), Screening: len(r.Groups) == 0,
		Subtitle: studyParts(w.run, figure.Played(r.Points, w.inputs.Replicates))}
	for _, k := range []int{2, 0} { // the paired effect, then the baseline
		o := &r.Outputs[k]
		p := figure.SensitivityPanel{Label: r.quantityLabel(o), Unit: o.Unit, Resolved: true}
		if s := o.Last(); s != nil {
			p.Resolved, p.Noise, p.Moved = s.Resolved, s.noiseShare(), -1
			if n := len(o.Steps); s.Resolved && n > 1 && o.Steps[n-2].Resolved {
				p.Moved = o.moved()
			}
		}
		in.Panels = append(in.Panels, p)
	}
	if in.Screening {
		for i := range r.Numbers[:min(len(r.Numbers), screenRows)] {
			row := figure.SensitivityRow{Label: say.ShortPath(r.Numbers[i].Path), Plain: say.NumberAt(r.Numbers[i].Path)}
			for _, k := range []int{2, 0} {
				e := r.Outputs[k].Screening[i]
				row.Total = append(row.Total, figure.SensitivityIndex{Value: e.RMS, Low: e.RMS, High: e.RMS})
			}
			in.Rows = append(in.Rows, row)
		}
		return in
	}
	for g := range r.Groups {
		row := figure.SensitivityRow{Label: say.ShortPath(r.Groups[g].Label), Group: r.Groups[g].Numbers > 1}
		if !row.Group {
			row.Plain = say.NumberAt(r.Groups[g].Label)
		}
		for _, k := range []int{2, 0} {
			s := r.Outputs[k].Last()
			var first, total figure.SensitivityIndex
			if s.Resolved {
				first = figure.SensitivityIndex{Value: s.First[g].Value, Low: *s.First[g].Low, High: *s.First[g].High}
				total = figure.SensitivityIndex{Value: s.Total[g].Value, Low: *s.Total[g].Low, High: *s.Total[g].High}
			}
			row.First, row.Total = append(row.First, first), append(row.Total, total)
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}
