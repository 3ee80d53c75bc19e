package study

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// outputLabel names an output: the effect on missteps, missteps in without-forum.
func outputLabel(r *sensitivity.Report, o *sensitivity.OutputReport) string {
	switch what := say.Measure(o.Outcome); o.Quantity {
	case sensitivity.Baseline:
		return what + ", " + r.Baseline
	case sensitivity.Treatment:
		return what + ", " + r.Treatment
	default:
		return "effect on " + what
	}
}

// Of every measure the screen and the figure show the effect and the baseline; the
// treatment, much like it, is in the tables.
func shownOutputs(r *sensitivity.Report) (out []*sensitivity.OutputReport) {
	for k := 0; k < len(r.Outputs); k += 3 {
		out = append(out, &r.Outputs[k+2], &r.Outputs[k])
	}
	return out
}

// screenRows is how many numbers the screen lists after a screening alone, labelWidth how
// wide their column is.
const (
	screenRows = 15
	labelWidth = 50
)

// screen shows the effects, or the indices where there are any.
func (w *studying) screen(r *sensitivity.Report) []string {
	s := &say.Screen{}
	s.Put("", "", "%s", w.run.Scenario.Title)
	learned := ""
	if r.Learned > 0 {
		learned = fmt.Sprintf("; %d move by their own distribution in the posterior, not together", r.Learned)
	}
	s.Put(" ", " ", "%s, of which %d move the most; %s of %s%s", say.Counted(r.Uncertain, "uncertain number"),
		min(w.inputs.Leading, r.Uncertain), say.Counted(r.Points, "point"), say.Counted(w.inputs.Replicates, "replicate"),
		learned)
	for _, o := range shownOutputs(r) {
		s.Add("")
		if len(r.Groups) > 0 {
			showIndices(s, r, o)
		} else {
			showScreening(s, r, o)
		}
	}
	s.Add("")
	return s.Lines()
}

func showScreening(s *say.Screen, r *sensitivity.Report, o *sensitivity.OutputReport) {
	rows := [][]string{{outputLabel(r, o) + ", " + o.Unit, "rms", "μ*", "σ", "noise in μ*"}}
	for i, e := range o.Screening[:min(len(o.Screening), screenRows)] {
		rows = append(rows, []string{"  " + say.Clipped(say.ShortPath(r.Numbers[i].Path), labelWidth), say.Number(e.RMS, 2),
			say.Number(e.MeanAbs, 2), say.Number(e.SD, 2), say.Number(e.Noise, 2)})
	}
	s.Table("lrrrr", rows...)
}

func showIndices(s *say.Screen, r *sensitivity.Report, o *sensitivity.OutputReport) {
	last, head := o.Last(), outputLabel(r, o)+", "+o.Unit
	if !last.Resolved {
		s.Put(" ", "   ", "%s: the numbers move it by less than the Monte Carlo error shows; take more "+
			"--point-replicates or --rows", head)
		return
	}
	index := func(x sensitivity.Index) string {
		return fmt.Sprintf("%s [%s, %s]", say.Number(x.Value, 2), say.Number(float64(x.Low), 2),
			say.Number(float64(x.High), 2))
	}
	rows := [][]string{{say.Clipped(head, labelWidth+2), "alone (first order)", "in all (total)"}}
	for g, group := range r.Groups {
		rows = append(rows, []string{"  " + say.Clipped(say.ShortPath(group.Label), labelWidth), index(last.First[g]),
			index(last.Total[g])})
	}
	s.Table("lll", rows...)
	text := fmt.Sprintf("noise is %s of the variance between points, and taken out", say.Percent(last.NoiseShare()))
	if most, from := o.Moved(); most >= 0 {
		text += fmt.Sprintf("; from %s to %s rows no index moves by more than %.2f", say.Thousands(from),
			say.Thousands(last.Rows), most)
	}
	if r.OthersLead(last) {
		text += "; the others together move it more than any number listed, so that more --leading numbers, or " +
			"--trajectories to find them, are worth their time"
	}
	s.Put("   ", "   ", "%s", text)
}

// picture is the figure of a study: the effect and the baseline of the first outcome.
func (w *studying) picture(r *sensitivity.Report) *figure.SensitivityInput {
	in := &figure.SensitivityInput{Source: source(w.run), Screening: len(r.Groups) == 0,
		Subtitle: subtitle(w.run, figure.Played(r.Points, w.inputs.Replicates))}
	panels := shownOutputs(r)[:2]
	for _, o := range panels {
		p := figure.SensitivityPanel{Label: outputLabel(r, o), Unit: o.Unit, Resolved: true}
		if last := o.Last(); last != nil {
			p.Resolved, p.Noise = last.Resolved, last.NoiseShare()
			p.Moved, _ = o.Moved()
		}
		in.Panels = append(in.Panels, p)
	}
	if in.Screening {
		for i, n := range r.Numbers[:min(len(r.Numbers), screenRows)] {
			row := figure.SensitivityRow{Label: say.ShortPath(n.Path), Plain: say.NumberAt(n.Path)}
			for _, o := range panels {
				rms := o.Screening[i].RMS
				row.Total = append(row.Total, figure.SensitivityIndex{Value: rms, Low: rms, High: rms})
			}
			in.Rows = append(in.Rows, row)
		}
		return in
	}
	for g, group := range r.Groups {
		row := figure.SensitivityRow{Label: say.ShortPath(group.Label), Group: group.Numbers > 1}
		if !row.Group {
			row.Plain = say.NumberAt(group.Label)
		}
		for _, o := range panels {
			var first, total figure.SensitivityIndex
			if last := o.Last(); last.Resolved {
				first, total = drawnIndex(last.First[g]), drawnIndex(last.Total[g])
			}
			row.First, row.Total = append(row.First, first), append(row.Total, total)
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}

func drawnIndex(x sensitivity.Index) figure.SensitivityIndex {
	return figure.SensitivityIndex{Value: x.Value, Low: float64(x.Low), High: float64(x.High)}
}
