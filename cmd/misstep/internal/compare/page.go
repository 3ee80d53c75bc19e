package compare

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// pictureName is the figure that the page shows, among the formats that are drawn.
func pictureName(formats []string) string {
	for _, f := range []string{"svg", "png"} {
		if len(formats) == 0 || slices.Contains(formats, f) {
			return "compare." + f
		}
	}
	return ""
}

// csv has a row for every quantity of every outcome of every contrast that the runs
// share. The parameter interval of a change is empty where stored totals do not tell it.
func (c *comparison) csv() []byte {
	s := say.NewSheet(say.Exact, "reference run method baseline treatment run_baseline run_treatment outcome label unit "+
		"quantity reference_value reference_mc reference_low reference_high run_value run_mc run_low run_high change "+
		"change_half_width change_low change_high verdict")
	for _, v := range c.Others {
		for _, m := range v.Contrasts {
			for _, x := range m.Changes {
				change := say.Cells(x.Change)
				if !x.Defined {
					change = make([]string, 4)
				} else if !c.inputs.Paired {
					change[2], change[3] = "", ""
				}
				s.Row(c.Runs[0].Name, v.run.Name, c.Method, m.Baseline, m.Treatment, m.OtherBaseline, m.OtherTreatment,
					x.Measure, x.Label, x.Unit, x.Quantity, x.Reference, x.Other, change, x.Verdict)
			}
		}
	}
	return s.CSV()
}

// figureInput shows how the difference between the arms changes.
func (c *comparison) figureInput() *figure.CompareInput {
	a, first := c.Runs[0], c.Others[0].Contrasts[0].Match
	in := &figure.CompareInput{Reference: a.Letter, Paired: c.inputs.Paired, Uncertain: c.uncertain(),
		Rests: c.standing()}
	names, worlds := []string{a.Letter + " " + a.Name}, []string{a.world(first.Treatment, first.Baseline)}
	for _, v := range c.Others {
		m := &v.Contrasts[0].Match
		in.Runs = append(in.Runs, v.Letter)
		names = append(names, v.Letter+" "+v.run.Name)
		worlds = append(worlds, v.run.world(m.OtherTreatment, m.OtherBaseline))
	}
	in.Subtitle = []string{worlds[0], strings.Join(names, ", ")}
	if len(slices.Compact(slices.Clone(worlds))) > 1 {
		in.Subtitle = nil
		for i, r := range c.Runs {
			in.Subtitle = append(in.Subtitle, r.Letter+" "+worlds[i])
		}
	}
	leads := c.leading()
	for _, id := range c.measures() {
		r, known := c.row(id, 0), false
		out := figure.CompareRow{Label: r.label, Unit: r.unit, Leads: slices.Contains(leads, id)}
		for _, v := range c.Others {
			var change figure.CompareChange
			if x := v.change(id, summary.OfDifference); x != nil && x.Defined {
				known = true
				change = figure.CompareChange{Known: true, Estimate: say.Scaled(x.Change, r.factor), Verdict: x.Verdict}
			}
			out.Changes = append(out.Changes, change)
		}
		if known {
			in.Rows = append(in.Rows, out)
		}
	}
	return in
}

// world is what a run is about: scenario, arms and window.
func (r *comparedRun) world(treatment, baseline string) string {
	return fmt.Sprintf("%s, %s against %s, %s", say.Visible(r.Title), say.Visible(treatment), say.Visible(baseline),
		say.Span(r.Summary.Run.HorizonDays))
}

func (c *comparison) standing() string {
	n := len(slices.DeleteFunc(slices.Clone(c.Runs), func(r *comparedRun) bool { return !r.Summary.Headline.Calibrated }))
	switch n {
	case 0:
		return "not calibrated: rests on assumptions"
	case len(c.Runs):
		return "calibrated"
	}
	return fmt.Sprintf("%d of %d runs calibrated", n, len(c.Runs))
}

//go:embed page.md.tmpl
var files embed.FS

var templates = markdown.Templates(files, "page.md.tmpl")

// page is what compare.md shows beside the comparison. It hangs on the runs and the
// method alone.
type page struct {
	*comparison
	Reference                         *comparedRun
	Compared, SameBytes, Picture, Alt string
	Readings                          []string
	Sections                          []section
}

// section is a run held against the reference, with all changes and their intervals.
type section struct {
	*versus
	Alike, More string // empty for none
	Diff        markdown.Text
	Tables      []*table
}

type table struct {
	Title string
	Head  []string
	Right []bool // by column: how it stands
	Rows  [][]any
}

// page is compare.md, with what stands for its picture.
func (c *comparison) page(alt string) (string, error) {
	p := &page{comparison: c, Reference: c.Runs[0], Compared: say.Counted(len(c.Runs), "run"), SameBytes: sameBytes,
		Picture: c.inputs.Picture, Alt: alt}
	for _, text := range c.readings() {
		p.Readings = append(p.Readings, strings.TrimPrefix(text, "! "))
	}
	for _, v := range c.Others {
		x, first := section{versus: v, Alike: c.alike(v)}, &v.Contrasts[0].Match
		if len(v.Scenario) > 0 {
			fence, text, _ := strings.Cut(string(markdown.Fenced(strings.Join(v.Scenario, "\n"))), "\n")
			x.Diff = markdown.Text(fence + "diff\n" + text)
		}
		for i, title := range []string{first.Treatment + " less " + first.Baseline, "Levels in arm " + first.Baseline,
			"Levels in arm " + first.Treatment} {
			x.Tables = append(x.Tables, c.changes(v, summary.Quantities()[i], v.Letter+": "+title))
		}
		if n := len(v.Contrasts) - 1; n > 0 {
			x.More = say.Counted(n, "contrast")
		}
		p.Sections = append(p.Sections, x)
	}
	text, err := markdown.Write(templates, "page", p)
	return text + "\n", err
}

// changes has all outcomes of a quantity, levels with both of their intervals.
func (c *comparison) changes(v *versus, q summary.Quantity, title string) *table {
	rows := c.rows(c.measures())
	cells, how := c.table(q, rows, c.columns([]*versus{v}, true, true))
	t := &table{Title: title, Head: cells[0]}
	t.Head[0] = "outcome"
	for k, head := range t.Head {
		t.Head[k], t.Right = strings.Trim(head, "[]"), append(t.Right, how[k] == 'r')
	}
	for i, r := range rows {
		var line []any
		for _, cell := range cells[i+1] {
			line = append(line, cell)
		}
		if r.id == "" {
			line[0] = "*" + markdown.Escape(r.label) + "*"
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
