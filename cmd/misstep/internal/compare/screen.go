package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// How much of the inputs the screen shows; the page has all.
const (
	mostInputs = 12
	mostDiff   = 16
)

// screen is the comparison in words and tables, without where it was written.
func (c *comparison) screen() *say.Screen {
	s := &say.Screen{}
	for i, r := range c.Runs {
		text := fmt.Sprintf("%s · seed %d, %s × %s, model %s", r.Dir, r.Manifest.Inputs.Seed,
			say.Counted(r.Manifest.Inputs.Draws, "draw"), say.Counted(r.Manifest.Inputs.Replicates, "replicate"),
			r.ModelVersion)
		if i == 0 {
			text += " · the reference"
		}
		s.Put(r.Letter+"  ", "   ", "%s", say.Visible(text))
	}
	for _, v := range c.Others {
		s.Add("")
		c.showInputs(s, v)
	}
	first := c.Others[0].Contrasts[0].Match
	s.Add("", fmt.Sprintf(" %s less %s: how the difference between the arms changes, %s", say.Visible(first.Treatment),
		say.Visible(first.Baseline), c.Method))
	all := c.shown()
	s.Add(c.screenTable(summary.OfDifference, c.rows(all))...)
	for q, arm := range []string{first.Baseline, first.Treatment} {
		q := summary.Quantities()[1+q]
		differ := c.differing(all, q)
		s.Add("")
		if len(differ) == 0 {
			s.Put(" ", " ", "Levels in arm %s: none of these %s is shown to differ (compare.md has them).", say.Visible(arm),
				say.Counted(len(all), "outcome"))
			continue
		}
		s.Put(" ", " ", "levels in arm %s that differ: %d of %s", say.Visible(arm), len(differ),
			say.Counted(len(all), "outcome"))
		s.Add(c.screenTable(q, c.rows(differ))...)
	}
	s.Add("")
	if text := c.unshown(all); text != "" {
		s.Put(" ", " ", "%s", text)
	}
	for _, text := range c.readings() {
		s.Put(" ", " ", "%s", text)
	}
	return s
}

// differing are the outcomes of which one of some quantities is shown to differ in some run.
func (c *comparison) differing(ids []string, of ...summary.Quantity) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return !slices.ContainsFunc(c.Others, func(v *versus) bool {
			return slices.ContainsFunc(of, func(q summary.Quantity) bool {
				x := v.change(id, q)
				return x != nil && x.Verdict == summary.Differs
			})
		})
	})
}

// unshown says what the screen leaves out, and names what differs of it; "" where it leaves nothing out.
func (c *comparison) unshown(shown []string) string {
	all := c.measures()
	others := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(shown, id) })
	if len(others) == 0 {
		return ""
	}
	const most = 6
	differ := say.Each(c.differing(others, summary.Quantities()...), func(id string) string { return c.row(id, 0).label })
	text := fmt.Sprintf("These are %d of %s.", len(shown), say.Counted(len(all), "outcome"))
	if n := len(differ); n > most {
		differ = append(differ[:most], fmt.Sprintf("%d more", n-most))
	}
	if len(differ) > 0 {
		text += " Of the others differ, in an arm or between the two: " + say.And(differ) + "."
	}
	return text + " All stand in compare.md, and here with --full."
}

// alike says in a sentence that two runs have the same inputs, "" where they have not.
func (c *comparison) alike(v *versus) string {
	results := "the same results."
	switch {
	case len(v.Inputs) > 0:
		return ""
	case !v.SameResults:
		results = "other results: the code that computed them differs."
	}
	return fmt.Sprintf("%s and %s have the same inputs and %s", v.Letter, c.Runs[0].Letter, results)
}

const sameBytes = "The stored results are the same, byte for byte."

// showInputs says what differs in the inputs of a run.
func (c *comparison) showInputs(s *say.Screen, v *versus) {
	if text := c.alike(v); text != "" {
		s.Put(" ", " ", "%s", text)
		return
	}
	s.Add(fmt.Sprintf(" %s against %s: what differs in the inputs", v.Letter, c.Runs[0].Letter))
	for _, d := range v.Inputs[:min(mostInputs, len(v.Inputs))] {
		s.Put("   ", "     ", "%s", d.text(48))
	}
	if more := len(v.Inputs) - mostInputs; more > 0 {
		s.Add(fmt.Sprintf("   and %d more (compare.md)", more))
	}
	for _, line := range v.Scenario[:min(mostDiff, len(v.Scenario))] {
		s.Add("     " + say.Clipped(line, say.Width-5))
	}
	if more := len(v.Scenario) - mostDiff; more > 0 {
		s.Add(fmt.Sprintf("     and %s more (compare.md)", say.Counted(more, "line")))
	}
	if v.SameResults {
		s.Add(" " + sameBytes)
	}
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
	if strings.HasPrefix(d.Name, d.Kind) || d.Kind == "structure" {
		name = d.Name
	}
	if d.Kind == "scenario" && d.Name == "text" {
		return "scenario text: " + d.Other
	}
	return fmt.Sprintf("%s: %s → %s", name, side(say.Clipped(d.Reference, most), d.ReferenceFrom),
		side(say.Clipped(d.Other, most), d.OtherFrom))
}

// readings are the lines that help to read the tables.
func (c *comparison) readings() (out []string) {
	put := func(format string, args ...any) { out = append(out, say.Visible(fmt.Sprintf(format, args...))) }
	a := c.Runs[0]
	for _, v := range c.Others {
		m := &v.Contrasts[0].Match
		if !m.Named() {
			put("! %s has no contrast of %s against %s: its headline, %s against %s, is compared.", v.Letter, m.Treatment,
				m.Baseline, m.OtherTreatment, m.OtherBaseline)
		}
		if x, y := a.Summary.Run.HorizonDays, v.run.Summary.Run.HorizonDays; x != y {
			put("! The windows differ, %s in %s and %s in %s: what is counted within them is not the same.", say.Span(x),
				a.Letter, say.Span(y), v.Letter)
		}
		for i, list := range [][]string{v.OnlyReference, v.OnlyRun} {
			if len(list) > 0 {
				put("! Outcomes that only %s has, or has in another unit: %s.", []string{a.Letter, v.Letter}[i],
					strings.Join(list, ", "))
			}
		}
	}
	if c.inputs.Paired {
		tilde := map[bool]string{true: "[ ] parameter uncertainty 95 %, ~ where both together cover zero",
			false: "~ where it covers zero"}[c.uncertain()]
		put("Paired: the runs were played again over the same random numbers and compared future by future. ± is Monte "+
			"Carlo 95 %%, %s, = identical, ≠ different.", tilde)
	} else {
		put("Unpaired: intervals of two separate runs. ± is the 95 %% error of a change from the Monte Carlo errors of " +
			"both and from their finite numbers of draws; ~ where it covers zero, = identical, ≠ the means differ, which " +
			"does not say at which parameters.")
		c.pairable(put)
	}
	return append(out, c.countText())
}

// pairable says which runs could be paired with the reference.
func (c *comparison) pairable(put func(string, ...any)) {
	var letters []string
	for _, v := range c.Others {
		if v.WhyNotPaired == "" {
			letters = append(letters, v.Letter)
			continue
		}
		put("%s cannot be paired with %s: %s.", v.Letter, c.Runs[0].Letter, v.WhyNotPaired)
	}
	if len(letters) > 0 {
		verb := "shares"
		if len(letters) > 1 {
			verb = "share"
		}
		put("%s %s the random numbers of %s, which is not used here: --paired plays them again, tells smaller changes, and "+
			"may judge otherwise.",
			say.And(letters), verb, c.Runs[0].Letter)
	}
}

// countText counts the verdicts, with what chance alone would bring.
func (c *comparison) countText() string {
	n, all := map[summary.Verdict]int{}, 0
	for _, v := range c.Others {
		for _, x := range v.Contrasts[0].Changes {
			n[x.Verdict]++
			all++
		}
	}
	unknown := ""
	if n[summary.Unknown] > 0 {
		unknown = fmt.Sprintf(", %d unknown", n[summary.Unknown])
	}
	text := fmt.Sprintf("Of %s %d differ, %d are unclear%s and %d identical.", say.Counted(all, "quantity", "quantities"),
		n[summary.Differs], n[summary.Unclear], unknown, n[summary.Same])
	switch {
	case slices.ContainsFunc(c.Runs, func(r *comparedRun) bool { return r.Summary.Run.Replicates < 2 }):
		text += " With a single replicate a draw the Monte Carlo error is not known (?), and no change is shown."
	case n[summary.Differs] > 0:
		text += " At 95 % up to one in twenty that do not change would still be told apart."
	}
	return text
}
