package screen

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// readings are the lines that help to read the table.
func (v *View) readings(c *summary.Contrast) []string {
	var out []string
	put := func(format string, args ...any) {
		out = append(out, say.Wrapped(" ", "   ", fmt.Sprintf(format, args...))...)
	}
	t := c.Futures.Break
	if t.OnlyBaseline+t.OnlyTreatment+t.Both > 0 {
		put("Of 100 paired futures, a step to R6 or harder by mistake: only %s %s, only %s %s, both %s, neither %s.",
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
	if h := v.Summary.Headline; h.Coupling != "" && !p.Identical {
		other := map[string]string{"quantile": "fixed shocks (gumbel)", "gumbel": "one uniform (quantile)"}[h.Coupling]
		mc := "\u00a0±" + say.Number(h.Other.MC, 2)
		if h.Other.MC == 0 {
			mc = ", with an error that one replicate a draw does not tell"
		}
		put("With the choices of the arms coupled by %s instead, the headline difference is %s%s, from a fifth of the "+
			"replicates.",
			other, say.Signed(h.Other.Value, 2), mc)
	}
	for _, text := range v.neutrality(c) {
		put("%s", text)
	}
	put("Cases that an arm prevents or adds count per future only: the first part compares what both arms met.")
	if v.hasBound(c) {
		put("By history: the rule of three on known incidents, none of which was answered at R8 or above.")
	}
	if v.uncertain() {
		put("± Monte Carlo 95 %%, [ ] parameter uncertainty 95 %%, ~ where both together cover zero;")
		put("  not resolved: the draws differ by no more than their Monte Carlo error.")
	} else {
		put("± Monte Carlo 95 %%, ~ where it covers zero. Parameters are fixed: what they could be otherwise is not in here.")
	}
	return out
}

// hasBound reports whether the table shows a bound by history.
func (v *View) hasBound(c *summary.Contrast) bool {
	r8 := v.arm(c.Baseline).Curve("R8", "any")
	return r8 != nil && r8.Bound > 0
}

// others are the arms beside the headline's, in short.
func (v *View) others() []string {
	rest := v.Summary.Contrasts[1:]
	if len(rest) == 0 {
		return nil
	}
	parts := sectionsOf(say.Span(v.Summary.Run.HorizonDays), func(o *outcome.Outcome) bool { return o.Key })
	if len(rest) <= 2 {
		var out []string
		for i := range rest {
			out = append(out, "", fmt.Sprintf(" %s against %s", rest[i].Treatment, rest[i].Baseline))
			out = append(out, render(rowsOf(&rest[i], parts, v.uncertain()), rest[i].Baseline, rest[i].Treatment)...)
		}
		return out
	}
	var rows []row
	for i := range rest {
		if m := rest[i].Measure(v.Summary.Headline.Measure); m != nil {
			r := RowOf(m, SectionDigits(m), v.uncertain())
			r.Label = say.Clipped(rest[i].Treatment, 40)
			rows = append(rows, r)
		}
	}
	title := fmt.Sprintf(" the other arms against %s: %s", rest[0].Baseline, v.Summary.Headline.Measure)
	return append([]string{"", title}, render(rows, rest[0].Baseline, "arm")...)
}

// singleArm shows an arm that is compared with nothing.
func (v *View) singleArm() []string {
	a := &v.Summary.Arms[0]
	out := []string{" One arm, no contrast: what it brings by itself."}
	add := func(label, value string) { out = append(out, "   "+say.PadRight(label, 44)+value) }
	window := say.Span(v.Summary.Run.HorizonDays)
	for _, c := range a.Curves {
		if len(c.Value) == 0 || c.Cause != "any" && c.Cause != "misstep" {
			continue
		}
		last := len(c.Value) - 1
		label := fmt.Sprintf("%s within %s, %s", c.Class, window,
			map[string]string{"any": "by any cause", "misstep": "by a misstep"}[c.Cause])
		if c.Class == "R9" {
			add("R9, the record's bound alone", "at most "+say.Probability(c.Bound))
			continue
		}
		add(label, say.Probability(c.Value[last]))
	}
	add("avoidable missteps per 100 cases", say.Number(a.Beliefs.Avoidable.Value, 2)+" ±"+
		say.Number(a.Beliefs.Avoidable.MC, 2))
	add("other missteps per 100 cases", say.Number(a.Beliefs.Irreducible.Value, 2)+" ±"+
		say.Number(a.Beliefs.Irreducible.MC, 2))
	add("missed responses per 100 cases", say.Number(a.Beliefs.Missed.Value, 2)+" ±"+say.Number(a.Beliefs.Missed.MC, 2))
	return out
}

// basis says what the numbers rest on.
func (v *View) basis() []string {
	var out []string
	put := func(format string, args ...any) {
		out = append(out, say.Wrapped(" ", "   ", fmt.Sprintf(format, args...))...)
	}
	total, free, assumed := 0, 0, 0
	for _, s := range v.Run.Scenario.Slots {
		total++
		if !s.Dist.IsPoint() {
			free++
		}
		if strings.HasPrefix(s.Source, "assumption") {
			assumed++
		}
	}
	if n := run.LearnedIn(v.Run.Scenario); v.Summary.Headline.Calibrated && n != nil {
		if text, ok := v.before(); ok {
			put("%s", text)
		}
		put("%s%d of %d uncertain numbers are drawn from the posterior, which narrows %d; %d of all %d numbers have only "+
			"an assumption behind them (misstep params).",
			v.standing(), n.Conditioned, n.Uncertain, n.Informed, assumed, total)
	} else {
		put("Not calibrated: the headline rests on priors and assumptions. %d of %d numbers have only an assumption "+
			"behind them, %d are uncertain (misstep params).",
			assumed, total, free)
	}
	put("A model of stated assumptions, no forecast: read the difference between the arms, not the levels.")
	out = append(out, v.outside()...)
	return out
}

// outside lists what was set from outside of the scenario.
func (v *View) outside() []string {
	const most = 6
	var pinned, replaced []string
	for _, s := range v.Run.Scenario.Slots {
		if s.Origin != scenario.FromConfig && s.Origin != scenario.FromEnv && s.Origin != scenario.FromFlag {
			continue
		}
		text := strings.TrimPrefix(s.Path, "assumptions.") + "\u00a0=\u00a0" +
			strings.ReplaceAll(say.Minus(s.Dist.Text), " ", "\u00a0") + "\u00a0(" + v.where(s.Path, s.Source) + ")"
		if s.Dist.IsPoint() {
			pinned = append(pinned, text)
		} else {
			replaced = append(replaced, text)
		}
	}
	var out []string
	for _, list := range []struct {
		word  string
		items []string
	}{{"Pinned: ", pinned}, {"Replaced: ", replaced}} {
		if n := len(list.items); n > most {
			list.items = append(list.items[:most:most], fmt.Sprintf("and\u00a0%d\u00a0more (manifest.json)", n-most))
		}
		if len(list.items) > 0 {
			out = append(out, say.Wrapped(" ", "   ", list.word+strings.Join(list.items, ", "))...)
		}
	}
	return out
}

// where says which setting decided a number.
func (v *View) where(path, source string) string {
	short := strings.TrimPrefix(path, "assumptions.")
	for i := len(v.Run.Layers) - 1; i >= 0; i-- {
		if l := v.Run.Layers[i]; strings.HasSuffix(path, l.Path) || strings.HasPrefix(short, l.Path) {
			return l.Where
		}
	}
	return source
}

// warnings are printed after the results. What the basis has said already is left
// out, and a warning that several arms have is printed once.
func (v *View) warnings() []string {
	var out []string
	alike := map[string]int{}
	for _, w := range v.Summary.Warnings {
		alike[w.ID]++
	}
	for _, w := range v.Summary.Warnings {
		n := alike[w.ID]
		if w.ID == "not-calibrated" || n == 0 {
			continue
		}
		alike[w.ID] = 0
		what := w.What
		if n > 1 {
			what += fmt.Sprintf(" (and %d more like this)", n-1)
		}
		out = append(out, say.Wrapped(" ! ", "   ", fmt.Sprintf("%s: %s; %s.", what, w.Why, w.Do))...)
	}
	return out
}

// wrote says where the results are.
func (v *View) wrote() []string {
	verb := map[runfolder.Outcome]string{runfolder.Written: "wrote", runfolder.Unchanged: "unchanged",
		runfolder.Redrawn: "figures redrawn in"}[v.Outcome]
	files := "summary.json, summary.csv, curves.csv, manifest.json"
	if v.Figures > 0 {
		files = say.Counted(v.Figures, "figure") + ", " + files
	}
	return say.Wrapped(" ", "   ", fmt.Sprintf("%s %s: %s; %s", verb, v.Folder, files,
		strings.ReplaceAll(say.Seconds(v.Took), " ", "\u00a0")))
}
