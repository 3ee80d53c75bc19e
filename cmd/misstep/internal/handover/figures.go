package handover

import (
	"fmt"
	"path"
	"regexp"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// pictured is a drawn figure of the run as a block.
func (w *pageWriter) pictured(name, title string, caption report.Text) (report.Figure, error) {
	alt, err := figure.Alt(name, w.Summary, w.stored)
	if err != nil {
		return report.Figure{}, err
	}
	return report.Figure{ID: "figure-" + name, Title: title, Picture: w.drawn[name+".svg"].Data, File: w.fileOf(name),
		Alt: alt, Caption: caption,
		Source: report.Source{Made: w.made(name), Name: name + ".csv", CSV: w.drawn[name+".csv"].Data,
			Show: withoutTail(w.drawn[name+".csv"].Data)}}, nil
}

// tailRow finds a row about what has no precedent: its numbers are the tail of a formula,
// and stay in the file.
var tailRow = regexp.MustCompile(`(?m)^(R[89],|[^\n]*,reach_r[89],)[^\n]*\n`)

func withoutTail(csv []byte) []byte { return tailRow.ReplaceAll(csv, nil) }

// made says how a figure was made.
func (w *pageWriter) made(name string) report.Text {
	r := &w.Summary.Run
	return report.T(fmt.Sprintf(
		"From the stored results of the run (%s, %s, seed %d), with the numbers below and nothing else. ",
		say.Counted(r.Draws, "set")+" of assumptions", say.Counted(r.Replicates, "future")+" for each", r.Seed),
		report.Mono("misstep figures"), " draws it again as "+name+".")
}

// fileOf is the file of a figure in the folder of the run, "" where there is none.
func (w *pageWriter) fileOf(name string) string {
	for _, ext := range []string{".svg", ".png"} {
		for _, f := range w.Manifest.Files {
			if f.Name == name+ext {
				return path.Join(w.beside, f.Name)
			}
		}
	}
	return ""
}

// chartPanels are the panels of the picture of escalation.
var chartPanels = []struct{ class, cause, title, says string }{
	{"R3", "any", "A public or harder step", "a public or harder step (R3 or harder)"},
	{"R3", "misstep", "… that is a misstep", "a misstep (R3 or harder)"},
	{"R5", "any", "Sanctions, charges or harder", "sanctions, charges or harder (R5 or harder)"},
	{"R6", "any", "Relations reduced, or harder", "reduced relations or harder (R6 or harder)"},
}

// mostArms is how many versions a chart shows.
const mostArms = 5

// chart is the picture of escalation.
func (w *pageWriter) chart() report.Chart {
	r := &w.Summary.Run
	start, _ := time.Parse(time.DateOnly, r.Start)
	c := report.Chart{ID: "figure-escalation", Title: "How many of 100 futures have come to it", Start: start,
		Horizon: r.HorizonDays, File: w.fileOf("escalation")}
	arms := w.chartArms()
	for _, a := range arms {
		c.Arms = append(c.Arms, reportArm(a.Name))
	}
	rows := [][]string{{"panel", "version", "day", "probability", "low", "high"}}
	for _, p := range chartPanels {
		panel := report.Panel{Title: p.title,
			Alt: fmt.Sprintf("Line chart: futures with %s within %s.", p.says, say.Span(r.HorizonDays))}
		for i, a := range arms {
			curve := a.Curve(p.class, p.cause)
			if curve == nil || len(curve.Value) == 0 {
				continue
			}
			l := report.Line{Arm: i, Days: curve.Days, Value: curve.Value, Banded: i < 2}
			for k := range curve.Days {
				low, high := curveRange(curve, k, w.uncertain, r.Draws*r.Replicates)
				l.Low, l.High = append(l.Low, low), append(l.High, high)
			}
			panel.Lines = append(panel.Lines, l)
			panel.Alt += fmt.Sprintf(" %s: %s.", say.Capital(reportArm(a.Name)),
				curveEnd(curve, w.uncertain, r.Draws*r.Replicates))
			for k := range l.Days {
				rows = append(rows, []string{p.says, a.Name, say.Exact(l.Days[k]), say.Exact(l.Value[k]), say.Exact(l.Low[k]),
					say.Exact(l.High[k])})
			}
		}
		if len(panel.Lines) > 0 {
			c.Panels = append(c.Panels, panel)
		}
	}
	band := "what the assumptions leave open"
	if !w.uncertain {
		band = "what chance in the simulation leaves open"
	}
	c.Caption = report.T("Each line counts the futures in which such a step has happened by a date; it can only rise. "+
		"The number at its end is out of 100 futures. Bands: "+band+", 95\u00a0%",
		w.bandNote(len(arms)), ".")
	c.Source = report.Source{Made: w.made("escalation"), Name: "escalation.csv", CSV: say.CSV(rows)}
	return c
}

func (w *pageWriter) bandNote(arms int) string {
	if arms > 2 {
		return ", for the two versions of the comparison"
	}
	return ""
}

// chartArms are the arms in the order of their looks: baseline, treatment, others.
func (w *pageWriter) chartArms() []*summary.Arm {
	var out []*summary.Arm
	add := func(name string, want bool) {
		for i := range w.Summary.Arms {
			a := &w.Summary.Arms[i]
			first := a.Name == w.Summary.Run.Baseline || a.Name == w.Summary.Run.Treatment
			if len(out) < mostArms && (a.Name == name || name == "" && !first) && want {
				out = append(out, a)
			}
		}
	}
	add(w.Summary.Run.Baseline, w.Summary.Run.Baseline != "")
	add(w.Summary.Run.Treatment, w.Summary.Run.Treatment != "")
	add("", true)
	return out
}
