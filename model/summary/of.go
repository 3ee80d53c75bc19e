package summary

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// Of computes the summary of a run. It is a pure function of the sums.
func Of(s *experiment.Sums) *Summary {
	out := &Summary{Format: 1, Run: runOf(s), Warnings: []Warning{}}
	for i := range s.Others {
		out.Contrasts = append(out.Contrasts, contrastOf(s, i))
	}
	for a := range s.Plan.Scenario.Arms {
		out.Arms = append(out.Arms, armOf(s, a))
	}
	out.Headline = headlineOf(out, s.Plan.Scenario.Model.Coupling)
	out.Headline.Calibrated = s.Plan.Scenario.Joint != nil
	if at := outcome.Index(out.Headline.Measure); len(s.Others) > 0 && s.Plan.Uncertain() && at >= 0 {
		out.Headline.Deciding = decidingOf(s, 0, at)
	}
	out.Warnings = append(out.Warnings, warningsOf(s, out)...)
	return out
}

func runOf(s *experiment.Sums) Run {
	v := s.Plan.Scenario
	r := Run{
		Scenario: v.Name, Title: v.Title, Start: v.Start.Format("2006-01-02"), HorizonDays: v.Horizon,
		Outcome: cmp.Or(v.Headline.Outcome, outcome.Default), Seed: s.Plan.Seed, Generator: s.Plan.Generator.String(),
		Draws: s.Plan.Draws, Replicates: s.Plan.Replicates, Free: s.Plan.Free(),
		Baseline: v.Arms[s.Baseline].Name, Pinned: []string{},
	}
	if len(s.Others) > 0 {
		r.Treatment = v.Arms[s.Others[0]].Name
	}
	r.Turns = turnsOf(v)
	for i := range v.Arms {
		r.Arms = append(r.Arms, v.Arms[i].Name)
	}
	for i := range v.Slots {
		if outside(v.Slots[i].Origin) && v.Slots[i].Dist.IsPoint() {
			r.Pinned = append(r.Pinned, v.Slots[i].Path)
		}
	}
	return r
}

// turnsOf lists the thaws that begin or end within the window.
func turnsOf(v *scenario.Scenario) []Turn {
	out := []Turn{}
	for _, t := range v.Thaws {
		for _, c := range []Turn{{t.From, "a thaw begins (assumed)"}, {t.Until, "the thaw ends (assumed)"}} {
			if c.Day > 0 && c.Day < v.Horizon {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Turn) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

// outside reports whether a value was set outside of the scenario file.
func outside(o scenario.Origin) bool {
	return o == scenario.FromConfig || o == scenario.FromEnv || o == scenario.FromFlag
}

func contrastOf(s *experiment.Sums, i int) Contrast {
	v := s.Plan.Scenario
	c := Contrast{Baseline: v.Arms[s.Baseline].Name, Treatment: v.Arms[s.Others[i]].Name}
	n, divergent := 0.0, 0.0
	for d := range s.Draws {
		sum := &s.Draws[d].Contrasts[i]
		c.CommonCases += sum.Common
		divergent += sum.Divergent
		n += sum.Measures[0].N
		c.Futures.Break.add(sum.Break)
		c.Futures.Public.add(sum.Public)
	}
	c.CommonCases /= n
	c.Futures.Break.normalise(n)
	c.Futures.Public.normalise(n)
	for m := range outcome.All {
		c.Measures = append(c.Measures, measureOf(s, i, m))
	}
	c.Pairing = pairingOf(s, i, divergent/n)
	for i := range c.Measures {
		c.Pairing.Identical = c.Pairing.Identical && c.Measures[i].Verdict == Same
	}
	return c
}

func (t *Table) add(counts [4]float64) {
	t.Neither += counts[0]
	t.OnlyBaseline += counts[1]
	t.OnlyTreatment += counts[2]
	t.Both += counts[3]
}

func (t *Table) normalise(n float64) {
	t.Neither, t.OnlyBaseline, t.OnlyTreatment, t.Both = t.Neither/n, t.OnlyBaseline/n, t.OnlyTreatment/n, t.Both/n
}

func momentsOf(s *experiment.Sums, contrast, measure int) []*experiment.Moments {
	return byDraw(s, func(x *experiment.DrawSums) *experiment.Moments { return &x.Contrasts[contrast].Measures[measure] })
}

// byDraw gathers the moments of every draw.
func byDraw(s *experiment.Sums, of func(*experiment.DrawSums) *experiment.Moments) []*experiment.Moments {
	out := make([]*experiment.Moments, len(s.Draws))
	for d := range s.Draws {
		out[d] = of(&s.Draws[d])
	}
	return out
}

func measureOf(s *experiment.Sums, contrast, measure int) Measure {
	def := &outcome.All[measure]
	draws := momentsOf(s, contrast, measure)
	m := Measure{ID: def.ID, Label: def.Words.Labelled(), Unit: def.Unit, Goodness: def.Direction, Paired: def.Paired()}
	free := s.Plan.Uncertain()
	m.Baseline = level(draws, baselineRatio, def.Factor, top(def.Unit), free)
	m.Treatment = level(draws, treatmentRatio, def.Factor, top(def.Unit), free)
	var effects Spread
	m.Difference, effects = estimate(draws, difference, def.Factor, free)
	m.Ratio, _ = estimate(draws, relative, 1, free)
	if free {
		m.Harm = effects.harm(def.Direction, m.Difference.Value)
	}
	m.Verdict = effects.Verdict(m.Difference, def.Direction, free)
	return m
}

// pairingOf measures what the shared random numbers were worth for the headline.
func pairingOf(s *experiment.Sums, contrast int, divergent float64) Pairing {
	p := Pairing{Identical: divergent == 0, ShareDivergent: divergent}
	draws := momentsOf(s, contrast, max(0, outcome.Index(s.Plan.Scenario.Headline.Outcome)))
	var total [4]float64
	for _, d := range draws {
		for i := range total {
			total[i] += d.Sum[i]
		}
	}
	_, ga, okA := baselineRatio(total)
	_, gb, okB := treatmentRatio(total)
	if !okA || !okB {
		return p
	}
	va, vb, vd := 0.0, 0.0, 0.0
	for _, d := range draws {
		va += float64(d.N * quadratic(d, ga))
		vb += float64(d.N * quadratic(d, gb))
		g := gb
		for i := range g {
			g[i] -= ga[i]
		}
		vd += float64(d.N * quadratic(d, g))
	}
	if vd > 0 {
		p.VarianceFactor = (va + vb) / vd
	}
	if va > 0 && vb > 0 {
		p.Correlation = (va + vb - vd) / (2 * math.Sqrt(va*vb))
	}
	if contrast == 0 && len(s.FirstDiff) > 0 {
		p.MedianDivergent = stat.Quantile(slices.Sorted(slices.Values(s.FirstDiff)), 0.5)
	}
	return p
}

func headlineOf(s *Summary, coupling string) Headline {
	h := Headline{Measure: s.Run.Outcome, Coupling: coupling}
	if len(s.Contrasts) == 0 {
		return h
	}
	if m := s.Contrasts[0].Measure(h.Measure); m != nil {
		h.Baseline, h.Treatment, h.Difference = m.Baseline, m.Treatment, m.Difference
	}
	return h
}

// Measure finds a measure of the contrast by its id, nil if there is none.
func (c *Contrast) Measure(id string) *Measure {
	for i := range c.Measures {
		if c.Measures[i].ID == id {
			return &c.Measures[i]
		}
	}
	return nil
}
