// Package screen is the screen at the end of a run, and the table of what arms differ in.
package screen

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// View is what the screen at the end of a run shows.
type View struct {
	Run     *run.Run
	Summary *summary.Summary
	Outcome runfolder.Outcome
	Folder  string
	Figures int
	Tables  []string // names of those that were asked for
	Took    time.Duration

	Full    bool // all that is known
	Columns int  // of the output; 80 if it is 0
	Colour  bool // the output shows colours

	Repetition *runfolder.Repetition // of a run from a manifest; else nil
}

// String is the screen: at most 24 lines of 80 columns, or all that is known, and the answer last.
func (v *View) String() string {
	a := answer.Of(v.Summary)
	if v.Full {
		return v.full(a)
	}
	return v.first(a)
}

// full is all that is known, from the answer to what it rests on.
func (v *View) full(a *answer.Answer) string {
	s := &say.Screen{}
	v.title(s)
	s.Add("")
	if len(v.Summary.Contrasts) > 0 {
		c := &v.Summary.Contrasts[0]
		s.Put(" ", " ", "%s", strings.Join(append(a.Says, a.Shares), " "))
		s.Add("")
		s.Add(render(v.mainRows(c), c.Baseline, c.Treatment)...)
		s.Add("")
		if a.Draws != "" {
			s.Put(" ", "   ", "Other draws, chance included, would move the level of %s by %s and the difference by %s (95 %%).",
				c.Baseline, a.Levels, a.Draws)
		}
		v.readings(s, c)
		v.notes(s, a, answer.WhoErrs, answer.Decides, answer.Tests, answer.OtherArms)
		v.others(s)
	} else {
		v.singleArm(s, a)
	}
	s.Add("")
	v.basis(s)
	v.warnings(s)
	files := strings.Join(append([]string{"summary.json, summary.csv, curves.csv, groups.csv, draws.csv, manifest.json"},
		v.Tables...), ", ")
	if v.Figures > 0 {
		files = say.Counted(v.Figures, "figure") + ", " + files
	}
	s.Put(" ", "   ", "%s %s: %s; %s", v.Outcome, v.Folder, files, unbroken(say.Seconds(v.Took)))
	v.repetition(s)
	s.Add(v.coloured(a.Verdict, a.Last))
	return s.String()
}

// otherCoupling says what the headline difference is under the other coupling; "" where it was not tried.
func (v *View) otherCoupling(c *summary.Contrast) string {
	h, r := &v.Summary.Headline, &v.Summary.Run
	if h.Coupling == "" || c.Pairing.Identical || r.Alone {
		return ""
	}
	scale := Scale{Factor: 1, Digits: 2}
	if m := c.Measure(h.Measure); m != nil {
		scale = Scale{Factor: say.Factor(m.Unit), Digits: answer.SectionDigits(m)}
	}
	value := unbroken(scale.Change(h.Other))
	if h.Other.NoError {
		value += ", with an error that one replicate a draw does not tell"
	}
	other := map[string]string{"quantile": "fixed shocks (gumbel)", "gumbel": "one uniform (quantile)"}[h.Coupling]
	return fmt.Sprintf("With the choices of the arms coupled by %s instead, the headline difference is %s, "+
		"from %d of %s.", other, value, experiment.OtherReplicates(r.Replicates), say.Counted(r.Replicates, "replicate"))
}

func (v *View) repetition(s *say.Screen) {
	if v.Repetition != nil {
		s.Put(" ", "   ", "repeats %s: %s", v.Run.File, v.Repetition)
	}
}

func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

func (v *View) title(s *say.Screen) {
	r := &v.Summary.Run
	arms := r.Baseline + " alone"
	if r.Treatment != "" {
		arms = r.Treatment + " against " + r.Baseline
	}
	more := ""
	if r.Generator != "mix" {
		more += ", generator " + r.Generator
	}
	if v.Run.AtDefaults() {
		more += ", at the defaults"
	}
	s.Put("", "", "%s", r.Title)
	s.Put("", "", "%s from %s · %s · %s × %s, seed %d%s", say.Span(r.HorizonDays), r.Start, arms,
		say.Counted(r.Draws, "draw"), say.Counted(r.Replicates, "replicate"), r.Seed, more)
}

// uncertain reports whether parameters have a spread.
func (v *View) uncertain() bool { return v.Summary.Run.Uncertain() }

// readings are the lines that help to read the table.
func (v *View) readings(s *say.Screen, c *summary.Contrast) {
	put := func(format string, args ...any) { s.Put(" ", "   ", format, args...) }
	if t := c.Futures.Public; t.OnlyBaseline+t.OnlyTreatment+t.Both > 0 {
		put("Of 100 paired futures, any misstep: only %s %s, only %s %s, both %s, neither %s.",
			c.Baseline, say.Number(100*t.OnlyBaseline, 1), c.Treatment, say.Number(100*t.OnlyTreatment, 1),
			say.Number(100*t.Both, 1), say.Number(100*t.Neither, 1))
	}
	p := c.Pairing
	switch {
	case p.Identical:
		put("Pairing: no future differs between the two arms.")
	case p.VarianceFactor > 0:
		put("Pairing: correlation %s, worth %s times the replicates; %s of futures differ, half of those within %s.",
			say.Number(p.Correlation, 2), say.Number(p.VarianceFactor, 1), say.Percent(p.ShareDivergent),
			say.Counted(int(p.MedianDivergent+0.5), "day"))
	}
	if text := v.otherCoupling(c); text != "" {
		put("%s", text)
	}
	for _, text := range v.neutrality(c) {
		s.Field(" ", "", 0, text)
	}
	put("Cases that an arm prevents or adds count per ten years and per future only: the first part compares what both " +
		"arms met, cases open at the end of the window with all their later steps. Ten years have thaw and open years as " +
		"the window has.")
	if r8 := v.arm(c.Baseline).Curve("R8", "any"); r8 != nil && r8.Bound > 0 {
		put("By history: the rule of three on known incidents, none of which was answered at R8 or above.")
	}
	if v.uncertain() {
		put("± Monte Carlo 95 %%, [ ] parameter uncertainty 95 %%, ~ where both together cover zero;")
		if v.Summary.Run.Replicates == 1 {
			put("? one replicate a draw tells no Monte Carlo error, and so no verdict: take --replicates 2 or more.")
		} else {
			put("not resolved: the draws differ by no more than their Monte Carlo error.")
		}
	} else {
		put("± Monte Carlo 95 %%, ~ where it covers zero. Parameters are fixed: what they could be otherwise is not in here.")
	}
}

// others are the arms beside the headline's, in short.
func (v *View) others(s *say.Screen) {
	rest := v.Summary.Contrasts[1:]
	if len(rest) > 2 {
		var rows []answer.Row
		names := say.ClippedApart(say.Each(rest, func(c summary.Contrast) string { return c.Treatment }), 40)
		for i := range rest {
			if m := rest[i].Measure(v.Summary.Headline.Measure); m != nil {
				r := answer.RowOf(m, answer.SectionDigits(m), v.uncertain())
				r.Label = names[i]
				rows = append(rows, r)
			}
		}
		s.Add("", fmt.Sprintf(" the other arms against %s: %s", rest[0].Baseline, v.Summary.Headline.Measure))
		s.Add(render(rows, rest[0].Baseline, "arm")...)
		return
	}
	parts := sectionsOf(say.Span(v.Summary.Run.HorizonDays), func(o *outcome.Outcome) bool { return o.Key })
	for i := range rest {
		s.Add("", fmt.Sprintf(" %s against %s", rest[i].Treatment, rest[i].Baseline))
		s.Add(render(rowsOf(&rest[i], parts, v.uncertain()), rest[i].Baseline, rest[i].Treatment)...)
	}
}

// singleArm shows an arm that is compared with nothing.
func (v *View) singleArm(s *say.Screen, a *answer.Answer) {
	var rows [][]string
	for _, l := range a.Alone {
		rows = append(rows, []string{"  " + l.Label, l.Value})
	}
	s.Add(" One arm, no contrast: what it brings by itself within " + say.Span(v.Summary.Run.HorizonDays) + ".")
	s.Table("ll", rows...)
}

func (v *View) basis(s *say.Screen) {
	put := func(format string, args ...any) { s.Put(" ", "   ", format, args...) }
	total, assumed := len(v.Run.Scenario.Slots), v.assumed()
	if n := run.LearnedIn(v.Run.Scenario); v.Summary.Headline.Calibrated && n != nil {
		s.Field(" ", "", 0, v.before())
		put("The difference rests on assumptions: no record observes a false belief. %d of %d uncertain numbers are drawn "+
			"from the posterior, which narrows %d; %d of all %d numbers have only an assumption behind them (misstep params).",
			n.Conditioned, n.Uncertain, n.Informed, assumed, total)
	} else {
		put("Not calibrated: the headline rests on priors and assumptions. %d of %d numbers have only an assumption "+
			"behind them, %d are uncertain (misstep params).", assumed, total, v.Run.Scenario.Free())
	}
	put("A model of stated assumptions, no forecast: read the difference between the arms, not the levels.")
	v.outside(s)
}

// assumed counts the numbers with nothing but an assumption behind them.
func (v *View) assumed() (n int) {
	for _, x := range v.Run.Scenario.Slots {
		if say.Assumed(x.Source) {
			n++
		}
	}
	return n
}

// before says what the headline was on the priors alone; "" for nothing to say.
func (v *View) before() string {
	h := &v.Summary.Headline
	if h.Prior == nil || len(v.Summary.Contrasts) == 0 || v.Summary.Contrasts[0].Pairing.Identical {
		return ""
	}
	m := v.Summary.Contrasts[0].Measure(h.Measure)
	if m == nil {
		return ""
	}
	factor, digits, d := say.Factor(m.Unit), answer.SectionDigits(m), h.Prior.Difference
	if m.Unit == "probability" {
		digits = max(digits, say.Decimals(100*math.Min(d.MC, h.Difference.MC)))
	}
	return fmt.Sprintf("Before the record, from %s a draw: %s → %s, %s\u00a0%s.",
		say.Counted(h.Prior.Replicates, "replicate"),
		say.Number(factor*h.Prior.Baseline.Value, digits), say.Number(factor*h.Prior.Treatment.Value, digits),
		unbroken(answer.Cell{Value: say.Signed(factor*d.Value, digits), MC: say.PlusMinus(d, factor, digits)}.String()),
		answer.Bracketed(answer.IntervalOf(d, factor, digits, say.Signed)))
}

func (v *View) outside(s *say.Screen) {
	const most = 6
	lists := map[bool][]string{} // by whether a number is exact
	for _, x := range v.Run.Scenario.Slots {
		if x.Origin != scenario.FromConfig && x.Origin != scenario.FromEnv && x.Origin != scenario.FromFlag {
			continue
		}
		point := x.Dist.IsPoint()
		lists[point] = append(lists[point], unbroken(strings.TrimPrefix(x.Path, "assumptions.")+" = "+
			say.Minus(x.Dist.Text)+" ("+v.where(x.Path, x.Source)+")"))
	}
	for _, point := range []bool{true, false} {
		list := lists[point]
		if n := len(list); n > most {
			list = append(list[:most:most], unbroken(fmt.Sprintf("and %d more (manifest.json)", n-most)))
		}
		if len(list) > 0 {
			s.Put(" ", "   ", "%s: %s", map[bool]string{true: "Pinned", false: "Replaced"}[point], strings.Join(list, ", "))
		}
	}
}

func (v *View) where(path, source string) string {
	short := strings.TrimPrefix(path, "assumptions.")
	for i := len(v.Run.Layers) - 1; i >= 0; i-- {
		if l := v.Run.Layers[i]; strings.HasSuffix(path, l.Path) || strings.HasPrefix(short, l.Path) {
			return l.Where
		}
	}
	return source
}

// warned are the warnings, alike ones once, but for what the basis has said.
func (v *View) warned() []summary.Warning {
	var out []summary.Warning
	for _, w := range v.Summary.Warnings {
		if w.ID == "not-calibrated" || slices.ContainsFunc(out, func(x summary.Warning) bool { return x.ID == w.ID }) {
			continue
		}
		alike := 0
		for _, x := range v.Summary.Warnings {
			if x.ID == w.ID {
				alike++
			}
		}
		if alike > 1 {
			w.What += fmt.Sprintf(" (and %d more like this)", alike-1)
		}
		out = append(out, w)
	}
	return out
}

func (v *View) warnings(s *say.Screen) {
	for i, w := range v.warned() {
		if i == 0 {
			s.Add("")
		}
		s.Put(" ! ", "   ", "%s: %s; %s.", w.What, w.Why, w.Do)
	}
}
