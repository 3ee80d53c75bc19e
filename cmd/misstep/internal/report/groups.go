package report

import (
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Groups are some outcomes of the headline's comparison by group.
type Groups struct {
	Pair, Year, Thaw *Table // who erred and whom it hit, the year and the thaw of discovery; nil for none
	Tension          *Table // levels alone
}

// groups lists the outcomes that are shown by group.
func (w *writer) groups() {
	if len(w.Summary.Contrasts) == 0 || len(w.Summary.Contrasts[0].By) == 0 {
		return
	}
	c := &w.Summary.Contrasts[0]
	w.Groups = &Groups{Pair: w.grouped(c, "pair"), Year: w.grouped(c, "year"), Thaw: w.grouped(c, "thaw"),
		Tension: w.byTension(c)}
}

// chanced is a level with its sampling error alone: from few cases a draw the range over assumptions comes out too
// narrow, beside that of all cases.
func chanced(e summary.Estimate) string {
	if e.NoError {
		return say.Number(e.Value, 2)
	}
	return say.Number(e.Value, 2) + "\u00a0±" + say.Number(e.MC, 2)
}

// grouped is the table of a grouping.
func (w *writer) grouped(c *summary.Contrast, grouping string) *Table {
	t := newTable("lrrrrl", "outcome and group", "cases in a future", version(c.Baseline), version(c.Treatment),
		"difference", "reading")
	measure := ""
	for i := range c.By {
		b := &c.By[i]
		if b.Grouping != grouping {
			continue
		}
		if b.Measure != measure {
			measure = b.Measure
			t.add(named(measure), "", "", "", "", "")
		}
		level := chanced
		if grouping == "pair" { // of all cases
			level = func(e summary.Estimate) string { return w.ranged(e, digits(2)) }
		}
		t.add(markdown.Escape(b.Group), say.Number(b.Cases, 1), level(b.Baseline), level(b.Treatment),
			w.ranged(b.Difference, signed(2)), verdicts[b.Verdict])
	}
	if measure == "" {
		return nil
	}
	return t
}

// byTension is the table of levels by the tension under which cases began.
func (w *writer) byTension(c *summary.Contrast) *Table {
	t := newTable("lrr", "outcome and group", version(c.Baseline), version(c.Treatment))
	measure, treatment := "", w.arm(c.Treatment).Levels
	for _, b := range w.arm(c.Baseline).Levels {
		at := slices.IndexFunc(treatment,
			func(x summary.Level) bool { return x.Measure == b.Measure && x.Group == b.Group })
		if b.Group == "" || at < 0 {
			continue
		}
		if b.Measure != measure {
			measure = b.Measure
			t.add(named(measure), "", "")
		}
		t.add(markdown.Escape(b.Group), chanced(b.Value), chanced(treatment[at].Value))
	}
	if measure == "" {
		return nil
	}
	return t
}

// named is the heading of an outcome within a table.
func named(id string) markdown.Text {
	return markdown.Text("**" + string(markdown.Escape(say.Capital(say.Measure(id)))) + "**")
}
