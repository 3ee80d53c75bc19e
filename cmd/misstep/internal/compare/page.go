package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
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

// files are the files of the comparison's folder.
func (c *comparison) files() ([]runfolder.File, error) {
	in := c.figureInput()
	files := []runfolder.File{
		runfolder.NewFile("compare.csv", c.csv(), false),
		runfolder.NewFile("compare.md", []byte(strings.Join(c.page(figure.CompareAlt(in)), "\n")+"\n"), false),
	}
	if !c.figures {
		return files, nil
	}
	drawn, err := figure.Compare(in, run.FigureOptions(c.settings.Plot))
	for _, f := range drawn {
		files = append(files, runfolder.NewFile(f.Name, f.Data, true))
	}
	return files, err
}

// csv has a row for every quantity of every outcome of every contrast that the runs
// share. The parameter interval of a change is empty where stored totals do not tell it.
func (c *comparison) csv() []byte {
	rows := [][]string{{"reference", "run", "method", "baseline", "treatment", "run_baseline", "run_treatment", "measure",
		"label", "unit", "quantity", "reference_value", "reference_mc", "reference_low", "reference_high", "run_value",
		"run_mc", "run_low", "run_high", "change", "change_half_width", "change_low", "change_high", "verdict"}}
	for _, v := range c.Others {
		for _, m := range v.Contrasts {
			for _, x := range m.Changes {
				change := say.Cells(x.Change)
				if !x.Defined {
					change = make([]string, 4)
				} else if !c.inputs.Paired {
					change[2], change[3] = "", ""
				}
				rows = append(rows, say.Cells(c.Runs[0].Name, v.run.Name, c.Method, m.Baseline, m.Treatment, m.OtherBaseline,
					m.OtherTreatment, x.Measure, x.Label, x.Unit, x.Quantity, x.Reference, x.Other, change, x.Verdict))
			}
		}
	}
	return say.CSV(rows)
}

// figureInput shows how the difference between the arms changes.
func (c *comparison) figureInput() *figure.CompareInput {
	a, first := c.Runs[0], c.Others[0].Contrasts[0].Match
	in := &figure.CompareInput{Reference: a.Letter, Paired: c.inputs.Paired, Uncertain: c.uncertain(),
		Source: "Source: misstep, model output, no forecast; " + c.standing() + "."}
	names := []string{}
	for _, r := range c.Runs {
		names = append(names, r.Letter+" "+r.Name)
	}
	in.Subtitle = []string{say.Visible(a.Title), say.Visible(first.Treatment) + " against " + say.Visible(first.Baseline),
		strings.Join(names, ", ")}
	for _, v := range c.Others {
		in.Runs = append(in.Runs, v.Letter)
	}
	for _, id := range c.measures() {
		r, known := c.row(id, 0), false
		out := figure.CompareRow{Label: r.label, Unit: r.unit}
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

// standing says what the numbers rest on.
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

// page is compare.md: runs, inputs, all changes with their intervals, and how to read
// them. It hangs on the runs and the method alone.
func (c *comparison) page(alt string) []string {
	out := []string{"# " + inMarkdown(c.Runs[0].Title), "",
		fmt.Sprintf("%s compared, %s. The first is the reference.", say.Counted(len(c.Runs), "run"), c.Method), ""}
	rows := [][]string{{"", "run", "scenario", "arms", "seed", "sample", "model", "program", "results, sha256"}}
	for _, r := range c.Runs {
		m := r.Manifest
		rows = append(rows, escaped(say.Cells(r.Letter, r.Name, m.Inputs.Name, r.Treatment+" against "+r.Baseline,
			m.Inputs.Seed, fmt.Sprintf("%d × %d", m.Inputs.Draws, m.Inputs.Replicates), m.Inputs.ModelVersion,
			m.Program.Version+", "+m.Program.GOARCH, fmt.Sprintf("%.12s", r.Results))...))
	}
	out = append(out, markdown(rows, "")...)
	if name := c.inputs.Picture; name != "" {
		out = append(out, "", "!["+inMarkdown(alt)+"]("+name+")")
	}
	for _, text := range c.readings() {
		out = append(out, "", inMarkdown(strings.TrimPrefix(text, "! ")))
	}
	for _, v := range c.Others {
		out = append(append(out, ""), c.inputsPage(v)...)
		first := &v.Contrasts[0].Match
		titles := []string{first.Treatment + " less " + first.Baseline, "Levels in arm " + first.Baseline,
			"Levels in arm " + first.Treatment}
		for i, q := range summary.Quantities {
			out = append(out, "", fmt.Sprintf("### %s: %s", v.Letter, inMarkdown(titles[i])), "")
			out = append(out, c.changesPage(v, q)...)
		}
		if n := len(v.Contrasts) - 1; n > 0 {
			out = append(out, "", fmt.Sprintf("compare.csv has %s more.", say.Counted(n, "contrast")))
		}
	}
	return out
}

// inputsPage lists all that differs in the inputs of a run.
func (c *comparison) inputsPage(v *versus) []string {
	a := c.Runs[0]
	out := []string{fmt.Sprintf("## %s against %s", v.Letter, a.Letter), ""}
	if text := c.alike(v); text != "" {
		return append(out, text)
	}
	rows := [][]string{{"input", "", a.Letter, "from", v.Letter, "from"}}
	for _, d := range v.Inputs {
		rows = append(rows, escaped(d.Kind, d.Name, d.Reference, d.ReferenceFrom, d.Other, d.OtherFrom))
	}
	out = append(out, markdown(rows, "")...)
	if v.SameResults {
		out = append(out, "", sameBytes)
	}
	if len(v.Scenario) == 0 {
		return out
	}
	fence := "```"
	for strings.Contains(strings.Join(v.Scenario, "\n"), fence) {
		fence += "`"
	}
	out = append(out, "", fence+"diff")
	return append(append(out, v.Scenario...), fence)
}

// changesPage has all outcomes of a quantity, levels with both of their intervals.
func (c *comparison) changesPage(v *versus, q summary.Quantity) []string {
	rows := c.rows(c.measures())
	columns := c.columns([]*versus{v}, true, func(s screen.Scale, x *summary.Change, e summary.Estimate,
		r *comparedRun) string {
		text := levelText(s, x, e, r)
		if uncertainRun(r) {
			text += " " + s.Interval(e, say.Number)
		}
		return text
	})
	cells, how := c.table(q, rows, columns)
	for k, head := range cells[0] {
		cells[0][k] = strings.Trim(head, "[]")
	}
	cells[0][0] = "outcome"
	for i, r := range rows {
		line := cells[i+1]
		if line[0] = inMarkdown(r.label); r.id == "" {
			line[0] = "*" + line[0] + "*"
		}
		line[len(line)-1] = inMarkdown(line[len(line)-1])
	}
	return markdown(cells, how)
}

// inMarkdown escapes what Markdown would read as its own; escaped does it in cells.
func inMarkdown(s string) string {
	var b strings.Builder
	for _, r := range say.Visible(s) {
		if strings.ContainsRune("\\`*_[]<>|#~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func escaped(cells ...string) []string {
	for i := range cells {
		cells[i] = inMarkdown(cells[i])
	}
	return cells
}

// markdown sets cells as a table, the first row as its head; columns stand left but where
// how says r.
func markdown(rows [][]string, how string) []string {
	var out []string
	for i, r := range rows {
		if out = append(out, "| "+strings.Join(r, " | ")+" |"); i > 0 {
			continue
		}
		rule := "|"
		for k := range r {
			if k < len(how) && how[k] == 'r' {
				rule += " ---: |"
			} else {
				rule += " --- |"
			}
		}
		out = append(out, rule)
	}
	return out
}
