package main

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

// view is what the screen at the end of a run shows.
type view struct {
	job     *run.Run
	summary *summary.Summary
	outcome runfolder.Outcome
	folder  string
	figures int
	took    time.Duration

	repetition *runfolder.Repetition // of a run from a manifest; else nil
}

// show prints the screen.
func show(a *cli.App, v *view) error {
	lines := v.lines()
	_, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// lines are the screen, from the answer to what it rests on.
func (v *view) lines() []string {
	out := v.title()
	if len(v.summary.Contrasts) > 0 {
		c := &v.summary.Contrasts[0]
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
	if v.repetition != nil {
		out = append(out, say.Wrapped(" ", "   ", "repeats "+v.job.File+": "+v.repetition.String())...)
	}
	return out
}

func (v *view) title() []string {
	r := &v.summary.Run
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
	if v.job.AtDefaults() {
		what += ", at the defaults"
	}
	return append(say.Wrapped("", "", r.Title), say.Wrapped("", "", what)...)
}

// answer is the headline in words.
func (v *view) answer(c *summary.Contrast) []string {
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
func (v *view) finding(c *summary.Contrast) string {
	m := c.Measure(v.summary.Headline.Measure)
	if m == nil {
		return ""
	}
	r := rowOf(m, sectionDigits(m), v.uncertain())
	text := "Difference in " + strings.ToLower(strings.TrimPrefix(m.Label, "… ")) + " " + r.change.value + "\u00a0" +
		r.change.mc
	if r.interval[1] != "" {
		text += fmt.Sprintf("\u00a0[%s,\u00a0%s]", r.interval[0], r.interval[1])
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
	case m.Unit == "probability" && isRare(m):
		return ""
	case m.Unit == "probability":
		return "of 100 futures"
	}
	return m.Unit
}

// uncertain reports whether parameters have a spread.
func (v *view) uncertain() bool { return v.summary.Run.Draws > 1 && v.summary.Run.Free > 0 }

// mainRows are the measures of the headline contrast, the bounds from history and
// the availability of what the arms differ in.
func (v *view) mainRows(c *summary.Contrast) []row {
	rows := rowsOf(c, sections(say.Span(v.summary.Run.HorizonDays)), v.uncertain())
	base, treat := v.arm(c.Baseline), v.arm(c.Treatment)
	var out []row
	for _, r := range rows {
		out = append(out, r)
		if r.label == labels["reach_r8"] {
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
				return cell{value: "–"}
			}
			return cell{say.Number(100*f.AtNeed.Value, 1), "±" + say.Number(100*f.AtNeed.MC, 1)}
		}
		out = append(out, row{label: "of 100 moments of need", heading: true},
			row{label: "forum available", baseline: need(&base.Forum), treatment: need(&treat.Forum)})
	}
	return out
}

func (v *view) arm(name string) *summary.Arm {
	for i := range v.summary.Arms {
		if v.summary.Arms[i].Name == name {
			return &v.summary.Arms[i]
		}
	}
	return &summary.Arm{}
}

// boundRow shows what the absence of precedents allows at most.
func boundRow(label, class string, base, treat *summary.Arm) row {
	bound := func(a *summary.Arm) cell {
		c := a.Curve(class, "any")
		if c == nil || c.Bound <= 0 {
			return cell{value: "–"}
		}
		if c.Bound < say.Rare {
			return cell{value: say.Odds(c.Bound)}
		}
		return cell{value: "≤ " + say.Number(100*c.Bound, 0)}
	}
	return row{label: label, baseline: bound(base), treatment: bound(treat)}
}
