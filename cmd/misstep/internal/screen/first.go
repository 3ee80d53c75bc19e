package screen

import (
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// The first screen.
const (
	firstWidth = 80
	firstLines = 24
	labelWidth = 12

	leastVersion = 7 // letters of the name of an arm, where columns are many
)

// first is the first screen. Where it would be too long, some notes are shorter; the full one has
// all of them.
func (v *View) first(a *answer.Answer) string {
	rests := answer.Rests(v.Summary, v.assumed(), len(v.Run.Scenario.Slots))
	a.Notes = append(a.Notes, rests)
	s := v.attempt(a, false)
	for _, label := range []string{answer.Tests, answer.WhoErrs, answer.RestsOn, answer.Decides, tight, answer.OtherArms} {
		if len(s.Lines()) <= firstLines {
			break
		}
		for i := range a.Notes {
			if n := &a.Notes[i]; n.Label == label {
				n.Text = n.Short
			}
		}
		s = v.attempt(a, label == tight || label == answer.OtherArms)
	}
	return s.String()
}

// tight is no label of a note: from there on no empty line stands above the notes.
const tight = ""

// attempt sets the first screen.
func (v *View) attempt(a *answer.Answer, tight bool) *say.Screen {
	s := &say.Screen{Columns: min(firstWidth, v.columns())}
	s.Put("", "", "%s (%s)", a.Title, unbroken(a.Sample))
	if len(a.Says) > 0 {
		s.Add("")
		s.Put("  ", "  ", "%s", strings.Join(append(a.Says, a.Shares), " "))
	}
	switch {
	case len(a.Rows) > 0:
		s.Add("")
		v.rows(s, a)
	case len(v.Summary.Contrasts) == 0:
		s.Add("")
		v.singleArm(s, a)
	}
	if !tight {
		s.Add("")
	}
	v.notes(s, a)
	s.Put(" ", "   ", "%s %s; page: misstep\u00a0report", v.Outcome, v.Folder)
	v.repetition(s)
	s.Add(v.coloured(a.Verdict, a.Last))
	return s
}

func (v *View) columns() int {
	if v.Columns == 0 {
		return firstWidth
	}
	return v.Columns
}

// warningCount says how many warnings there are.
func (v *View) warningCount() string {
	if n := len(v.warned()); n > 0 {
		return " " + say.Counted(n, "warning") + " (--full)."
	}
	return ""
}

func (v *View) notes(s *say.Screen, a *answer.Answer, only ...string) {
	for _, n := range a.Notes {
		text := n.Text
		if n.Label == answer.RestsOn {
			text += v.warningCount()
		}
		if len(only) == 0 || slices.Contains(only, n.Label) {
			s.Field("", n.Label, labelWidth, text)
		}
	}
}

// rows are the rows of an answer, narrower where the output is, and what their marks mean.
func (v *View) rows(s *say.Screen, a *answer.Answer) {
	lines := [][]string{{" " + a.Unit, a.Versions[0], a.Versions[1], "change", "95 % range", ""}}
	if !v.uncertain() {
		lines[0][4] = "chance"
	}
	for _, r := range a.Rows {
		spread := r.Range()
		if !v.uncertain() {
			spread = r.Change.MC
		}
		lines = append(lines, []string{" " + r.Label, r.Baseline.Value, r.Treatment.Value, r.Change.Value, spread, r.Mark})
	}
	how, drop := "lrrrrl", []int{3, 4} // what changes can be read off the two before it
	table := say.Aligned(lines, how)
	wide := func() bool {
		return slices.ContainsFunc(table, func(line string) bool { return say.Columns(line) > s.Columns })
	}
	if wide() {
		copy(lines[0][1:3], say.ClippedApart(a.Versions[:], leastVersion))
		table = say.Aligned(lines, how)
	}
	for len(drop) > 0 && wide() {
		for i := range lines {
			lines[i][drop[0]] = ""
		}
		table, drop = say.Aligned(lines, how), drop[1:]
	}
	for i, line := range table {
		if i > 0 {
			line = v.marked(line, a.Rows[i-1].Mark)
		}
		s.Add(line)
	}
	if legend := a.Legend; legend != "" {
		if a.Chance != "" {
			legend += " (row 1: chance " + unbroken(a.Chance)
			if a.Draws != "" {
				legend += ", with sets " + unbroken(a.Draws)
			}
			legend += ")"
		}
		s.Put("  ", "  ", "%s", legend)
	}
}

func (v *View) marked(line, mark string) string {
	if rest, ok := strings.CutSuffix(line, mark); ok && mark != "" && v.Colour {
		return rest + colours[summary.Verdict(mark)].Sprint(mark)
	}
	return line
}

func (v *View) coloured(verdict summary.Verdict, line string) string {
	if c, ok := colours[verdict]; ok && v.Colour {
		return c.Sprint(line)
	}
	return line
}

var colours = map[summary.Verdict]text.Colors{
	summary.Better: {text.FgGreen}, summary.Worse: {text.FgRed}, summary.Unclear: {text.Faint}, "~": {text.Faint},
}
