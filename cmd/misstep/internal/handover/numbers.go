package handover

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
)

// originWords say who decided a number.
var originWords = map[string]string{
	string(scenario.FromDefault): "the program, fixed", string(scenario.FromPrior): "the program, a range",
	string(scenario.FromScenario): "this scenario", string(scenario.FromConfig): "a configuration file",
	string(scenario.FromEnv): "the environment", string(scenario.FromFlag): "the command of this run",
	string(scenario.FromPosterior): "a range, narrowed by the record",
}

// setOutside reports whether a number was set from outside of the scenario.
func setOutside(p *runfolder.Parameter) bool {
	switch scenario.Origin(p.Origin) {
	case scenario.FromConfig, scenario.FromEnv, scenario.FromFlag:
		return true
	}
	return false
}

// assumptions lists every number of the scenario with its source.
func (w *pageWriter) assumptions() (report.Section, error) {
	total, assumed, changed := w.counts()
	text := fmt.Sprintf("The result follows from %s. Those with nothing but an assumption behind them, given in the "+
		"last column: %d.", say.Counted(total, "number"), assumed)
	switch {
	case changed == 0:
		text += " None was set for this run from outside of the scenario."
	default:
		text += fmt.Sprintf(" %s set for this run from outside of the scenario, and marked.",
			say.Counted(changed, "number was", "numbers were"))
	}
	s := report.Section{ID: "assumptions", Title: "Every assumption",
		Blocks: []report.Block{report.Paragraph{Text: report.T(text)}}}
	if try := w.toTry(); len(try.Items) > 0 {
		s.Blocks = append(s.Blocks,
			report.Paragraph{Text: report.T("Those that the scenario's author would change first:")}, try)
	}
	s.Blocks = append(s.Blocks,
		report.Details{Title: fmt.Sprintf("All %s", say.Counted(total, "number")), Blocks: []report.Block{w.numbers()}})
	return s, nil
}

// toTry lists what the author suggests to change, with a way to the number.
func (w *pageWriter) toTry() report.List {
	var l report.List
	for _, path := range w.card().Try {
		item := report.T(report.Mono(scenario.ShortPath(path)))
		switch i := w.numberOf(path); {
		case i >= 0:
			p := &w.Manifest.Parameters[i]
			item = report.T(say.Capital(say.NumberAt(path)), ": ", report.JumpTo(numberID(i), plainValue(p)), ". ", item)
		case !strings.HasPrefix(path, "assumptions."):
			item = append(item, report.T(": a decision, not a number")...)
		}
		l.Items = append(l.Items, item)
	}
	return l
}

// numberOf finds the number that stands at a path, or the common one that a channel,
// state or group uses where it has none of its own; −1 for none.
func (w *pageWriter) numberOf(path string) int {
	parts := strings.Split(path, ".")
	common := "assumptions." + strings.Join(parts[max(0, len(parts)-2):], ".")
	found := -1
	for i := range w.Manifest.Parameters {
		switch w.Manifest.Parameters[i].Path {
		case path:
			return i
		case common:
			found = i
		}
	}
	return found
}

func numberID(i int) string { return fmt.Sprintf("number-%d", i+1) }

// numbers is the table of all numbers.
func (w *pageWriter) numbers() report.Table {
	learned := w.Manifest.Learned != nil
	t := report.Table{Caption: "All numbers of the run. “a to b” is a range with 90 % of the probability between its " +
		"ends; beta(a, b) is a share. Marked: set for this run. The heads of the columns sort.",
		Columns: []report.Column{{Title: "number"}, {Title: "value or range"}}, Sortable: true, Stacked: true}
	if learned {
		t.Columns = append(t.Columns, report.Column{Title: "after the record (90 %)"},
			report.Column{Title: "narrowed by", Numbers: true})
	}
	t.Columns = append(t.Columns, report.Column{Title: "set by"}, report.Column{Title: "source"})
	var g report.Group
	for i := range w.Manifest.Parameters {
		g.Rows = append(g.Rows, w.numberRow(i, learned))
	}
	t.Groups = []report.Group{g}
	return t
}

func (w *pageWriter) numberRow(i int, learned bool) report.Row {
	p := &w.Manifest.Parameters[i]
	name := strings.TrimPrefix(p.Path, "assumptions.")
	cells := []report.Cell{{Text: w.meant(p), Sort: name}, {Text: report.T(plainValue(p))}}
	if learned {
		after, by := report.Cell{}, report.Cell{Sort: "-1"}
		if p.Posterior != "" {
			after = report.Cell{Text: report.T(say.Minus(p.Posterior))}
		}
		if p.Contraction != nil {
			by = report.Cell{Text: report.T(say.Number(100**p.Contraction, 0) + "\u00a0%"),
				Sort: fmt.Sprintf("%.4f", *p.Contraction)}
		}
		cells = append(cells, after, by)
	}
	origin, ok := originWords[p.Origin]
	if !ok {
		origin = p.Origin
	}
	source := w.rests.linked(p.Source)
	if len(p.InformedBy) > 0 {
		source = append(source, report.T(" · informed by ")...)
		source = append(source, w.rests.linked(strings.Join(p.InformedBy, ", "))...)
	}
	return report.Row{ID: numberID(i), Marked: setOutside(p),
		Cells: append(cells, report.Cell{Text: report.T(origin)}, report.Cell{Text: source})}
}

// meant says what a number of the table is, with its path.
func (w *pageWriter) meant(p *runfolder.Parameter) report.Text {
	words := say.Capital(say.NumberAt(p.Path))
	if m := meaningOf(p.Name); m != "" {
		if words = m; strings.Count(p.Path, ".") > 2 {
			words += " (" + strings.ReplaceAll(strings.Split(scenario.ShortPath(p.Path), ".")[1], "-", " ") + ")"
		}
	}
	return report.T(words, " ", report.Mono(scenario.ShortPath(p.Path)))
}

// record says what the public record had to say, and how the model fits it.
func (w *pageWriter) record() (report.Section, error) {
	s := report.Section{ID: "record", Title: "What the record says, and how well the model fits it"}
	s.Blocks = append(s.Blocks, report.Paragraph{Text: report.T(w.standing())})
	if w.Manifest.Learned != nil {
		s.Blocks = append(s.Blocks,
			report.Details{Title: "What the record narrows", Blocks: []report.Block{w.narrowedTable()}})
	}
	for _, x := range reportRecords() {
		s.Blocks = append(s.Blocks, report.Heading{Title: x.title}, report.Paragraph{Text: report.T(x.says)},
			report.Details{Title: fmt.Sprintf("All %s", say.Counted(len(x.table.Groups[0].Rows), "row")),
				Blocks: []report.Block{x.table}})
	}
	s.Blocks = append(s.Blocks,
		report.Paragraph{Text: report.T(
			"No record observes a false belief: accusations are counted, whether they were mistaken is not. So no fit, " +
				"however good, confirms a number of missteps.")})
	return s, nil
}

// narrowedTable lists the numbers that the record narrows, most first as they sort.
func (w *pageWriter) narrowedTable() report.Table {
	t := report.Table{Caption: "Numbers drawn from the calibration", Sortable: true, Stacked: true,
		Columns: []report.Column{{Title: "number"}, {Title: "range before"}, {Title: "after the record (90 %)"},
			{Title: "narrowed by", Numbers: true}, {Title: "informed by"}}}
	var g report.Group
	for i := range w.Manifest.Parameters {
		p := &w.Manifest.Parameters[i]
		if p.Posterior == "" || p.Contraction == nil {
			continue
		}
		g.Rows = append(g.Rows, report.Row{Cells: []report.Cell{
			{Text: report.T(report.JumpTo(numberID(i), say.NumberAt(p.Path)), " ", report.Mono(scenario.ShortPath(p.Path)))},
			{Text: report.T(plainValue(p))}, {Text: report.T(say.Minus(p.Posterior))},
			{Text: report.T(say.Number(100**p.Contraction, 0) + "\u00a0%"), Sort: fmt.Sprintf("%.4f", *p.Contraction)},
			{Text: w.rests.linked(strings.Join(p.InformedBy, ", "))}}})
	}
	t.Groups = []report.Group{g}
	return t
}
