package compare

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// How much of the inputs the screen shows; the page has all.
const (
	mostInputs = 12
	mostDiff   = 16
)

// screen is the comparison in words and tables, without where it was written.
func (c *comparison) screen() []string {
	var out []string
	for i, r := range c.runs {
		line := fmt.Sprintf("%s  %s · seed %d, %s × %s, model %s", r.letter, r.Dir, r.Manifest.Inputs.Seed,
			say.Counted(r.Manifest.Inputs.Draws, "draw"),
			say.Counted(r.Manifest.Inputs.Replicates, "replicate"), say.Visible(r.Manifest.Inputs.ModelVersion))
		if i == 0 {
			line += " · the reference"
		}
		out = append(out, say.Visible(line))
	}
	for _, v := range c.others {
		out = append(append(out, ""), c.inputLines(v)...)
	}
	first := &c.others[0].matches[0]
	out = append(out, "", fmt.Sprintf(" %s less %s: how the difference between the arms changes",
		say.Visible(first.Treatment), say.Visible(first.Baseline)))
	out = append(out, c.screenTable(summary.OfDifference, c.changeLines(func(string) bool { return true }))...)
	for _, q := range []summary.Quantity{summary.OfBaseline, summary.OfTreatment} {
		out = append(append(out, ""), c.levelLines(q)...)
	}
	out = append(out, "")
	for _, text := range c.readings() {
		out = append(out, say.Narrow(" ", text)...)
	}
	return out
}

// inputLines say what differs in the inputs of a run.
func (c *comparison) inputLines(v *versus) []string {
	a, b := c.runs[0], v.run
	if len(v.differences) == 0 {
		text := fmt.Sprintf("%s and %s have the same inputs and the same results.", b.letter, a.letter)
		if a.Results != b.Results {
			text = fmt.Sprintf("%s and %s have the same inputs and other results: the code that computed them differs.",
				b.letter, a.letter)
		}
		return say.Narrow(" ", text)
	}
	out := []string{fmt.Sprintf(" %s against %s: what differs in the inputs", b.letter, a.letter)}
	for i, d := range v.differences {
		if i == mostInputs {
			out = append(out, fmt.Sprintf("   and %d more (compare.md)", len(v.differences)-i))
			break
		}
		out = append(out, say.Narrow("   ", d.text(48))...)
	}
	for i, line := range v.diff {
		if i == mostDiff {
			out = append(out, fmt.Sprintf("     and %s more (compare.md)", say.Counted(len(v.diff)-i, "line")))
			break
		}
		out = append(out, "     "+say.Clipped(line, compareWidth-5))
	}
	if a.Results == b.Results {
		out = append(out, say.Narrow(" ", "The stored results are the same, byte for byte.")...)
	}
	return out
}

// text is an input difference in a line; values are cut to so many letters.
func (d *inputDifference) text(most int) string {
	side := func(value, from string) string {
		if value == "" {
			value = "none"
		}
		if from != "" {
			value += " (" + say.Clipped(from, most) + ")"
		}
		return value
	}
	name := d.Kind + " " + strings.TrimPrefix(d.Name, "assumptions.")
	if d.Kind == d.Name || strings.HasPrefix(d.Name, d.Kind) || d.Kind == "structure" {
		name = d.Name
	}
	if d.Kind == "scenario" && d.Name == "text" {
		return "scenario text: " + d.Other
	}
	return fmt.Sprintf("%s: %s → %s", name, side(say.Clipped(d.Reference, most), d.ReferenceFrom),
		side(say.Clipped(d.Other, most), d.OtherFrom))
}

// levelLines show the levels of an arm that differ, and count the others.
func (c *comparison) levelLines(q summary.Quantity) []string {
	first := &c.others[0].matches[0]
	arm := first.Baseline
	if q == summary.OfTreatment {
		arm = first.Treatment
	}
	lines := c.changeLines(func(id string) bool {
		for _, v := range c.others {
			if x := v.change(id, q); x != nil && x.Verdict == summary.Differs {
				return true
			}
		}
		return false
	})
	total := len(c.measures())
	if len(lines) == 0 {
		return say.Narrow(" ", fmt.Sprintf("Levels in arm %s: none of %s is shown to differ (compare.md has them).",
			say.Visible(arm), say.Counted(total, "outcome")))
	}
	n := 0
	for _, l := range lines {
		if !l.heading {
			n++
		}
	}
	out := say.Narrow(" ", fmt.Sprintf("levels in arm %s that differ: %d of %s", say.Visible(arm), n,
		say.Counted(total, "outcome")))
	return append(out, c.screenTable(q, lines)...)
}

// readings are the lines that help to read the tables.
func (c *comparison) readings() []string {
	var out []string
	for _, v := range c.others {
		m := &v.matches[0]
		if !m.Named() {
			out = append(out, fmt.Sprintf("! %s has no contrast of %s against %s: its headline, %s against %s, is compared.",
				v.run.letter,
				say.Visible(m.Treatment), say.Visible(m.Baseline), say.Visible(m.OtherTreatment), say.Visible(m.OtherBaseline)))
		}
		if a, b := c.runs[0].Summary.Run.HorizonDays, v.run.Summary.Run.HorizonDays; a != b {
			out = append(out, fmt.Sprintf("! The windows differ, %s in %s and %s in %s: what is counted within them is not "+
				"the same.", say.Span(a), c.runs[0].letter, say.Span(b), v.run.letter))
		}
		for i, r := range []*comparedRun{c.runs[0], v.run} {
			if list := v.unshared[i]; len(list) > 0 {
				out = append(out, say.Visible(fmt.Sprintf("! Outcomes that only %s has, or has in another unit: %s.", r.letter,
					strings.Join(list, ", "))))
			}
		}
	}
	out = append(out, c.methodText()...)
	return append(out, c.countText())
}

// methodText says what stands behind a change.
func (c *comparison) methodText() []string {
	if c.paired {
		text := "Paired: the runs were played again over the same random numbers and compared future by future. ± is " +
			"Monte Carlo 95 %, "
		if c.uncertain() {
			return []string{text + "[ ] parameter uncertainty 95 %, ~ where both together cover zero, = identical, ≠ " +
				"different."}
		}
		return []string{text + "~ where it covers zero, = identical, ≠ different."}
	}
	out := []string{"Unpaired: intervals of two separate runs. ± is the 95 % error of a change from the Monte Carlo " +
		"errors of both and from their finite numbers of draws; " +
		"~ where it covers zero, = identical, ≠ the means differ, which does not say at which parameters."}
	var pairable []string
	for _, v := range c.others {
		if v.unpairable == "" {
			pairable = append(pairable, v.run.letter)
			continue
		}
		out = append(out, fmt.Sprintf("%s cannot be paired with %s: %s.", v.run.letter, c.runs[0].letter, v.unpairable))
	}
	if len(pairable) > 0 {
		verb := "shares"
		if len(pairable) > 1 {
			verb = "share"
		}
		out = append(out, fmt.Sprintf("%s %s the random numbers of %s, which is not used here: --paired plays them again "+
			"and tells smaller changes.", say.And(pairable), verb, c.runs[0].letter))
	}
	return out
}

// countText counts the verdicts, with what chance alone would bring.
func (c *comparison) countText() string {
	n := map[summary.Verdict]int{}
	for _, v := range c.others {
		for i := range v.changes[0] {
			n[v.changes[0][i].Verdict]++
		}
	}
	text := fmt.Sprintf("Of %s %d differ, %d are unclear and %d identical.",
		say.Counted(n[summary.Differs]+n[summary.Unclear]+n[summary.Same], "quantity", "quantities"),
		n[summary.Differs], n[summary.Unclear], n[summary.Same])
	for _, r := range c.runs {
		if r.Summary.Run.Replicates < 2 {
			return text + " With a single replicate a draw the Monte Carlo error is not known, and no change is shown."
		}
	}
	if n[summary.Differs] > 0 {
		text += " At 95 % up to one in twenty that do not change would still be told apart."
	}
	return text
}

// compareWrapped wraps the lines that are too long.
func compareWrapped(lines []string) []string {
	var out []string
	for _, l := range lines {
		if utf8.RuneCountInString(l) <= compareWidth {
			out = append(out, l)
			continue
		}
		indent := l[:len(l)-len(strings.TrimLeft(l, " "))]
		for i, part := range say.Narrow(indent+"  ", l) {
			if i == 0 {
				part = part[2:]
			}
			out = append(out, part)
		}
	}
	return out
}
