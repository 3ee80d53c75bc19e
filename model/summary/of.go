package summary

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/stat"
)

// Of computes the summary of a run. It is a pure function of the sums.
func Of(s *experiment.Sums) *Summary {
	out := &Summary{Format: Format, Run: runOf(s), Contrasts: []Contrast{}, Warnings: []Warning{}}
	for i := range s.Others {
		out.Contrasts = append(out.Contrasts, contrastOf(s, i))
	}
	base := s.Arms[s.Baseline].Total()
	for a := range s.Arms {
		out.Arms = append(out.Arms, armOf(s, a, base))
	}
	out.Headline = headlineOf(s, out)
	if at := outcome.Index(out.Headline.Measure); len(s.Others) > 0 && s.Plan.Uncertain() && at >= 0 {
		out.Headline.Deciding = decidingOf(s, 0, at)
		out.Headline.Sampling = samplingOf(momentsOf(s, 0, at), outcome.All[at].Factor)
	}
	out.Warnings = append(out.Warnings, warningsOf(s, out)...)
	return out
}

// HeadlineOf is the part of [Of] that the headline rests on: no other outcome or contrast, no arms and no
// warnings.
func HeadlineOf(s *experiment.Sums) *Summary {
	out := &Summary{Format: Format, Run: runOf(s), Contrasts: []Contrast{}, Warnings: []Warning{}}
	if at := outcome.Index(out.Run.Outcome); len(s.Others) > 0 && at >= 0 {
		c := namedContrast(s, 0)
		common, n := 0.0, 0.0
		var moments []*experiment.Moments
		var flips []outcome.Flips
		for _, x := range s.Contrasts[0].All() {
			common, n = common+x.Common, n+x.Measures[0].N
			moments, flips = append(moments, &slices.Clone(x.Measures[at : at+1])[0]), append(flips, x.Flips[at])
		}
		c.CommonCases = common / n
		c.Measures = []Measure{measureOf(s, at, moments, flips, &c)}
		out.Contrasts = append(out.Contrasts, c)
	}
	out.Headline = headlineOf(s, out)
	return out
}

func headlineOf(s *experiment.Sums, out *Summary) Headline {
	v := s.Plan.Scenario
	none := open(0, 0)
	h := Headline{Measure: out.Run.Outcome, Coupling: v.Model.Coupling, Calibrated: v.Joint != nil,
		Baseline: none, Treatment: none, Difference: none, Other: none}
	if len(out.Contrasts) > 0 {
		if m := out.Contrasts[0].Measure(h.Measure); m != nil {
			h.Baseline, h.Treatment, h.Difference = m.Baseline, m.Treatment, m.Difference
		}
	}
	return h
}

func runOf(s *experiment.Sums) Run {
	v := s.Plan.Scenario
	r := Run{
		Scenario: v.Name, Title: v.Title, Start: v.Start.Format("2006-01-02"), HorizonDays: v.Horizon,
		Outcome: cmp.Or(v.Headline.Outcome, outcome.Default), Seed: s.Plan.Seed, Generator: s.Plan.Generator.String(),
		Draws: s.Plan.Draws, Replicates: s.Plan.Replicates, Delta: s.Plan.NoDifference(), Free: s.Plan.Free(),
		Baseline: v.Arms[s.Baseline].Name, Pinned: []string{},
	}
	if len(s.Others) > 0 {
		r.Treatment = v.Arms[s.Others[0]].Name
	}
	r.Turns = TurnsOf(v)
	for i := range v.Arms {
		r.Arms = append(r.Arms, v.Arms[i].Name)
	}
	read := sim.Reads(v, s.Plan.Theta(0))
	for i := range v.Slots {
		if slices.Contains(outside, v.Slots[i].Origin) && v.Slots[i].Dist.IsPoint() && read[i] {
			r.Pinned = append(r.Pinned, v.Slots[i].Path)
		}
	}
	return r
}

// TurnsOf lists the thaws that begin or end within the window.
func TurnsOf(v *scenario.Scenario) []Turn {
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

// outside are the layers outside of the scenario file.
var outside = []scenario.Origin{scenario.FromConfig, scenario.FromEnv, scenario.FromFlag}

func namedContrast(s *experiment.Sums, i int) Contrast {
	arms := s.Plan.Scenario.Arms
	return Contrast{Baseline: arms[s.Baseline].Name, Treatment: arms[s.Others[i]].Name}
}

func contrastOf(s *experiment.Sums, i int) Contrast {
	c, total := namedContrast(s, i), s.Contrasts[i].Total()
	n := total.Measures[0].N
	c.CommonCases = total.Common / n
	c.Futures = Futures{Break: tableOf(total.Break, n), Public: tableOf(total.Public, n)}
	moments := columns(s.Contrasts[i], func(x *experiment.ContrastSums) []experiment.Moments {
		return slices.Clone(x.Measures)
	})
	flips := gather(s.Contrasts[i], len(outcome.All), func(x *experiment.ContrastSums, m int) outcome.Flips {
		return x.Flips[m]
	})
	for m := range outcome.All {
		c.Measures = append(c.Measures, measureOf(s, m, moments[m], flips[m], &c))
	}
	c.By = byOf(s, i, total)
	c.Course = courseOf(s, i, &c)
	c.Pairing = pairingOf(s, i, total)
	for i := range c.Measures {
		c.Pairing.Identical = c.Pairing.Identical && c.Measures[i].Verdict == Same
	}
	return c
}

func tableOf(counts [4]float64, n float64) Table {
	return Table{Neither: counts[0] / n, OnlyBaseline: counts[1] / n, OnlyTreatment: counts[2] / n, Both: counts[3] / n}
}

func measureOf(s *experiment.Sums, measure int, draws []*experiment.Moments, flips []outcome.Flips,
	c *Contrast) Measure {
	def := &outcome.All[measure]
	m := Measure{ID: def.ID, Label: def.Words.Name, Unit: def.Unit, Goodness: def.Direction, Paired: def.Paired()}
	free := s.Plan.Uncertain()
	m.Baseline = level(draws, baselineRatio, def.Factor, top(def.Unit), free)
	m.Treatment = level(draws, treatmentRatio, def.Factor, top(def.Unit), free)
	var effects Spread
	m.Difference, effects = estimate(draws, difference, def.Factor, free)
	m.Ratio, _ = estimate(draws, relative, 1, free)
	if free && def.Flag {
		m.Ratio = untold(m.Ratio) // what few futures a draw tell of it is mostly their noise
		within := Within(def, s.Plan.NoDifference(), c.CommonCases, s.Horizon)
		of := flipsOf(def, draws, flips, s.Horizon)
		shares := enough(of, within/def.Factor)
		if shares || m.Difference.Resolved {
			rates := Rates(of, within/def.Factor)
			m.Difference = Counted(m.Difference, rates, def.Factor)
			if shares {
				m.Shares = sharesOf(rates, def.Direction, within)
			}
		}
	}
	m.Verdict = effects.Verdict(m.Difference, def.Direction, free)
	return m
}

// pairingOf measures what the shared random numbers were worth for the headline.
func pairingOf(s *experiment.Sums, contrast int, total *experiment.ContrastSums) Pairing {
	p := Pairing{Identical: total.Divergent == 0, ShareDivergent: total.Divergent / total.Measures[0].N}
	measure := max(0, outcome.Index(s.Plan.Scenario.Headline.Outcome))
	_, ga, okA := baselineRatio(total.Measures[measure].Sum)
	_, gb, okB := treatmentRatio(total.Measures[measure].Sum)
	_, g, _ := difference(total.Measures[measure].Sum)
	if !okA || !okB {
		return p
	}
	va, vb, vd := 0.0, 0.0, 0.0
	for _, d := range momentsOf(s, contrast, measure) {
		va += float64(d.N * d.Quadratic(ga))
		vb += float64(d.N * d.Quadratic(gb))
		vd += float64(d.N * d.Quadratic(g))
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

// Measure finds a measure of the contrast by its id, nil if there is none.
func (c *Contrast) Measure(id string) *Measure {
	for i := range c.Measures {
		if c.Measures[i].ID == id {
			return &c.Measures[i]
		}
	}
	return nil
}
