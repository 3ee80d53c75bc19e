// Package screen is the screen at the end of a run, and the table of what arms differ
// in.
package screen

import (
	"fmt"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// View is what the screen at the end of a run shows.
type View struct {
	Run     *run.Run
	Summary *summary.Summary
	Outcome runfolder.Outcome
	Folder  string
	Figures int
	Took    time.Duration

	Repetition *runfolder.Repetition // of a run from a manifest; else nil
}

// Show prints the screen.
func Show(a *cli.App, v *View) error {
	lines := v.lines()
	_, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// lines are the screen, from the answer to what it rests on.
func (v *View) lines() []string {
	out := v.title()
	if len(v.Summary.Contrasts) > 0 {
		c := &v.Summary.Contrasts[0]
		out = append(append(out, ""), v.answer(c)...)
		out = append(append(out, ""), render(v.mainRows(c), c.Baseline, c.Treatment)...)
		out = append(append(out, ""), v.readings(c)...)
		out = append(out, v.others()...)
	} else {
		out = append(append(out, ""), v.singleArm()...)
	}
	out = append(append(out, ""), v.basis()...)
	if w := v.warnings(); len(w) > 0 {
		out = append(append(out, ""), w...)
	}
	out = append(out, v.wrote()...)
	if v.Repetition != nil {
		out = append(out, say.Wrapped(" ", "   ", "repeats "+v.Run.File+": "+v.Repetition.String())...)
	}
	return out
}

func (v *View) title() []string {
	r := &v.Summary.Run
	what := fmt.Sprintf("%s from %s · ", say.Span(r.HorizonDays), r.Start)
	if r.Treatment != "" {
		what += fmt.Sprintf("%s against %s · ", r.Treatment, r.Baseline)
	} else {
		what += r.Baseline + " alone · "
	}
	what += fmt.Sprintf("%s × %s, seed %d", say.Counted(r.Draws, "draw"), say.Counted(r.Replicates, "replicate"), r.Seed)
	if r.Generator != "mix" {
		what += ", generator " + r.Generator
	}
	if v.Run.AtDefaults() {
		what += ", at the defaults"
	}
	return append(say.Wrapped("", "", r.Title), say.Wrapped("", "", what)...)
}

// answer is the headline in words.
func (v *View) answer(c *summary.Contrast) []string {
	if c.CommonCases == 0 {
		return say.Wrapped(" ", " ", "No case was discovered in both arms: there is nothing to compare, and every share "+
			"below is empty.")
	}
	missteps, avoidable, missed := c.Measure("missteps"), c.Measure("avoidable"), c.Measure("missed")
	d := 1
	if missteps.Baseline.Value < 1 && missteps.Treatment.Value < 1 {
		d = 2
	}
	level := func(e summary.Estimate) string {
		s := say.Number(e.Value, d)
		if v.uncertain() {
			s += fmt.Sprintf("\u00a0[%s,\u00a0%s]", say.Number(e.Low, d), say.Number(e.High, d))
		}
		return s
	}
	text := fmt.Sprintf("Of 100 cases discovered in both arms, %s bring a public or harder step that full knowledge "+
		"would have kept below public, "+
		"%s of them avoidable on the evidence at hand; %s it is %s and %s. %s → %s hostile operations close unanswered "+
		"that full knowledge would have answered.",
		level(missteps.Baseline), say.Number(avoidable.Baseline.Value, d), say.InArm(c.Treatment),
		level(missteps.Treatment), say.Number(avoidable.Treatment.Value, d),
		say.Number(missed.Baseline.Value, d), say.Number(missed.Treatment.Value, d))
	out := say.Wrapped(" ", " ", text)
	return append(out, say.Wrapped(" ", " ", v.finding(c))...)
}

// finding says what the headline difference shows.
func (v *View) finding(c *summary.Contrast) string {
	m := c.Measure(v.Summary.Headline.Measure)
	if m == nil {
		return ""
	}
	r := RowOf(m, SectionDigits(m), v.uncertain())
	text := "Difference in " + strings.ToLower(strings.TrimPrefix(m.Label, "… ")) + " " + r.Change.Value + "\u00a0" +
		r.Change.MC
	if r.Interval[1] != "" {
		text += fmt.Sprintf("\u00a0[%s,\u00a0%s]", r.Interval[0], r.Interval[1])
	}
	if u := unitOf(m); u != "" {
		text += " " + u
	}
	switch m.Verdict {
	case summary.Unclear:
		return text + ". No clear difference: the uncertainty covers zero."
	case summary.Same:
		if c.Pairing.Identical {
			return "The two arms are identical in every future."
		}
		return "No future differs in " + strings.ToLower(strings.TrimPrefix(m.Label, "… ")) + "."
	case summary.Better:
		return text + ". Better, with both uncertainties allowed for."
	case summary.Worse:
		return text + ". Worse, with both uncertainties allowed for."
	}
	return text + ". A clear difference, with both uncertainties allowed for."
}

func unitOf(m *summary.Measure) string {
	switch {
	case m.Unit == "probability" && IsRare(m):
		return ""
	case m.Unit == "probability":
		return "of 100 futures"
	}
	return m.Unit
}

// uncertain reports whether parameters have a spread.
func (v *View) uncertain() bool { return v.Summary.Run.Draws > 1 && v.Summary.Run.Free > 0 }

// mainRows are the measures of the headline contrast, the bounds from history and
// the availability of what the arms differ in.
func (v *View) mainRows(c *summary.Contrast) []row {
	rows := rowsOf(c, Sections(say.Span(v.Summary.Run.HorizonDays)), v.uncertain())
	base, treat := v.arm(c.Baseline), v.arm(c.Treatment)
	var out []row
	for _, r := range rows {
		out = append(out, r)
		if r.Label == Label("reach_r8", "") {
			if c := base.Curve("R8", "any"); c == nil || c.Bound <= 0 {
				continue
			}
			out = append(out, boundRow("… at most, by history", "R8", base, treat),
				boundRow("R9 military, by history alone", "R9", base, treat))
		}
	}
	if base.Forum.Exists || treat.Forum.Exists {
		need := func(f *summary.Forum) cell {
			if !f.Exists {
				return cell{Value: "–"}
			}
			return cell{say.Number(100*f.AtNeed.Value, 1), "±" + say.Number(100*f.AtNeed.MC, 1)}
		}
		out = append(out, row{Label: "of 100 moments of need", heading: true},
			row{Label: "forum available", baseline: need(&base.Forum), treatment: need(&treat.Forum)})
	}
	return out
}

func (v *View) arm(name string) *summary.Arm {
	for i := range v.Summary.Arms {
		if v.Summary.Arms[i].Name == name {
			return &v.Summary.Arms[i]
		}
	}
	return &summary.Arm{}
}

// boundRow shows what the absence of precedents allows at most.
func boundRow(label, class string, base, treat *summary.Arm) row {
	bound := func(a *summary.Arm) cell {
		c := a.Curve(class, "any")
		if c == nil || c.Bound <= 0 {
			return cell{Value: "–"}
		}
		if c.Bound < say.Rare {
			return cell{Value: say.Odds(c.Bound)}
		}
		return cell{Value: "≤ " + say.Number(100*c.Bound, 0)}
	}
	return row{Label: label, baseline: bound(base), treatment: bound(treat)}
}
