package compare

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// page is compare.md: runs, inputs, all changes with their intervals, and how to read
// them. It hangs on the runs and the method alone.
func (c *comparison) page(alt string) []string {
	out := []string{"# " + compareMD(c.runs[0].Summary.Run.Title), "",
		fmt.Sprintf("%s compared, %s. The first is the reference.", say.Counted(len(c.runs), "run"), c.method()), ""}
	out = append(out, c.runsTable()...)
	if c.picture != "" {
		out = append(out, "", "!["+compareMD(alt)+"]("+c.picture+")")
	}
	for _, text := range c.readings() {
		out = append(out, "", compareMD(strings.TrimPrefix(text, "! ")))
	}
	for _, v := range c.others {
		out = append(append(out, ""), c.inputsPage(v)...)
		first := &v.matches[0]
		for _, q := range summary.Quantities {
			title := map[summary.Quantity]string{summary.OfDifference: first.Treatment + " less " + first.Baseline,
				summary.OfBaseline: "Levels in arm " + first.Baseline, summary.OfTreatment: "Levels in arm " + first.Treatment}[q]
			out = append(out, "", fmt.Sprintf("### %s: %s", v.run.letter, compareMD(title)), "")
			out = append(out, c.changesTable(v, q)...)
		}
		if n := len(v.matches) - 1; n > 0 {
			out = append(out, "", fmt.Sprintf("compare.csv has %s more.", say.Counted(n, "contrast")))
		}
	}
	return out
}

// runsTable lists the runs.
func (c *comparison) runsTable() []string {
	rows := [][]string{{"", "run", "scenario", "arms", "seed", "sample", "model", "program", "results, sha256"}}
	for _, r := range c.runs {
		in, s := &r.Manifest.Inputs, &r.Summary.Run
		rows = append(rows, []string{r.letter, r.name, say.Visible(in.Name), s.Treatment + " against " + s.Baseline,
			fmt.Sprint(in.Seed),
			fmt.Sprintf("%d × %d", in.Draws, in.Replicates), in.ModelVersion, r.Manifest.Program.Version + ", " +
				r.Manifest.Program.GOARCH, r.Results[:min(12, len(r.Results))]})
	}
	return compareMDTable(rows, "")
}

// inputsPage lists all that differs in the inputs of a run.
func (c *comparison) inputsPage(v *versus) []string {
	out := []string{fmt.Sprintf("## %s against %s", v.run.letter, c.runs[0].letter), ""}
	if len(v.differences) == 0 {
		return append(out, strings.TrimSpace(strings.Join(c.inputLines(v), " ")))
	}
	rows := [][]string{{"input", "", c.runs[0].letter, "from", v.run.letter, "from"}}
	for _, d := range v.differences {
		rows = append(rows, []string{d.Kind, d.Name, d.Reference, d.ReferenceFrom, d.Other, d.OtherFrom})
	}
	out = append(out, compareMDTable(rows, "")...)
	if c.runs[0].Results == v.run.Results {
		out = append(out, "", "The stored results are the same, byte for byte.")
	}
	if len(v.diff) == 0 {
		return out
	}
	fence := "```"
	for strings.Contains(strings.Join(v.diff, "\n"), fence) {
		fence += "`"
	}
	out = append(out, "", fence+"diff")
	return append(append(out, v.diff...), fence)
}

// changesTable has all outcomes of a quantity.
func (c *comparison) changesTable(v *versus, q summary.Quantity) []string {
	a, b := c.runs[0], v.run
	head := []string{"outcome", a.letter, b.letter, b.letter + " − " + a.letter}
	how := "lrrr"
	if c.uncertain() {
		head, how = append(head, "parameters"), how+"l"
	}
	rows := [][]string{append(head, "")}
	for _, l := range c.changeLines(func(string) bool { return true }) {
		if l.heading {
			rows = append(rows, append([]string{"*" + compareMD(l.label) + "*"}, make([]string, len(head))...))
			continue
		}
		x, cells := c.cells(l, q), []string{compareMD(l.label), "–", "–"}
		if m := v.change(l.id, q); m != nil {
			cells = []string{compareMD(l.label), x.own(m.Reference, a), x.own(m.Other, b)}
		}
		change, mark := x.change(v)
		cells = append(cells, change)
		if c.uncertain() {
			cells = append(cells, x.parameters(v))
		}
		rows = append(rows, append(cells, strings.ReplaceAll(mark, "~", "\\~")))
	}
	return compareMDRows(rows, how+"l")
}

// compareMD escapes what Markdown would read as its own.
func compareMD(s string) string {
	var b strings.Builder
	for _, r := range say.Visible(s) {
		if strings.ContainsRune("\\`*_[]<>|#~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// compareMDTable sets foreign text as a table, the first row as its head.
func compareMDTable(rows [][]string, how string) []string {
	for _, r := range rows {
		for i := range r {
			r[i] = compareMD(r[i])
		}
	}
	return compareMDRows(rows, how)
}

// compareMDRows sets cells as they are; columns stand left but where how says r.
func compareMDRows(rows [][]string, how string) []string {
	var out []string
	for i, r := range rows {
		out = append(out, "| "+strings.Join(r, " | ")+" |")
		if i > 0 {
			continue
		}
		line := "|"
		for k := range r {
			if k < len(how) && how[k] == 'r' {
				line += " ---: |"
			} else {
				line += " --- |"
			}
		}
		out = append(out, line)
	}
	return out
}
