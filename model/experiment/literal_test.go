package experiment

import (
	"cmp"
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// This file holds a second reading of Sums: everything is kept, nothing is folded,
// and each field is computed by its definition from the raw outcomes.

// played is one replicate of one draw, as its arms came out.
type played struct {
	cell Cell
	out  []sim.Outcome
}

// playAll plays every replicate with a runner of its own.
func playAll(p *Plan) []played {
	var all []played
	for d := range p.Draws {
		arms := p.Compile(d)
		for r := range p.Replicates {
			var runner sim.Runner
			all = append(all, played{Cell{d, r}, runner.Run(arms, p.Replicate(d, r), nil)})
		}
	}
	return all
}

// momentsOf adds up four-vectors by the definition of a moment.
func momentsOf(xs [][4]float64) (m Moments) {
	m.N = float64(len(xs))
	for i := range 4 {
		for _, x := range xs {
			m.Sum[i] += x[i]
			for j := i; j < 4; j++ {
				m.Sq[i][j] += x[i] * x[j]
			}
		}
	}
	return m
}

// each maps the replicates of one draw.
func each[T any](all []played, d int, of func([]sim.Outcome) T) (xs []T) {
	for _, f := range all {
		if f.cell.Draw == d {
			xs = append(xs, of(f.out))
		}
	}
	return xs
}

// total is the sum of a number over the replicates of one draw.
func total(all []played, d int, of func([]sim.Outcome) float64) (sum float64) {
	for _, x := range each(all, d, of) {
		sum += x
	}
	return sum
}

type caseKey struct{ stream, ordinal int32 }

// matched returns the cases of an arm that the other arm has too, with their twins.
func matched(own, other *sim.Outcome) (cases, twins []sim.CaseOutcome) {
	byKey := map[caseKey]sim.CaseOutcome{}
	for _, c := range other.Cases {
		byKey[caseKey{c.Stream, c.Ordinal}] = c
	}
	for _, c := range own.Cases {
		if twin, ok := byKey[caseKey{c.Stream, c.Ordinal}]; ok {
			cases, twins = append(cases, c), append(twins, twin)
		}
	}
	return cases, twins
}

// number counts what holds.
func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// literalMeasure is a measure of one arm in one replicate, by its id.
func literalMeasure(id string, own, other *sim.Outcome) (num, den float64) {
	cases, twins := matched(own, other)
	of := map[string]func(c, twin sim.CaseOutcome) float64{
		"missteps":        func(c, _ sim.CaseOutcome) float64 { return number(c.Missteps&1 != 0) },
		"avoidable":       func(c, _ sim.CaseOutcome) float64 { return number(c.Avoidable&1 != 0) },
		"misstep_share":   func(c, _ sim.CaseOutcome) float64 { return number(c.Missteps&1 != 0) },
		"missteps_on_r6":  func(c, _ sim.CaseOutcome) float64 { return number(c.Erred&(1<<6) != 0) },
		"missteps_public": func(c, _ sim.CaseOutcome) float64 { return number(3 <= c.MisstepAt && c.MisstepAt <= 6) },
		"missteps_covert": func(c, _ sim.CaseOutcome) float64 { return number(c.MisstepAt == 7) },
		"who_or_why":      func(c, _ sim.CaseOutcome) float64 { return number(c.WhoOrWhy) },
		"who_or_why_only": func(c, _ sim.CaseOutcome) float64 {
			return number(c.WhoOrWhy && (c.MisstepAt < 3 || c.MisstepAt > 6))
		},
		"missteps_only": func(c, _ sim.CaseOutcome) float64 {
			return number(!c.WhoOrWhy && 3 <= c.MisstepAt && c.MisstepAt <= 6)
		},
		"missed":            func(c, _ sim.CaseOutcome) float64 { return number(c.Missed) },
		"unanswered":        func(c, _ sim.CaseOutcome) float64 { return number(c.Unmet) },
		"forgone":           func(c, twin sim.CaseOutcome) float64 { return number(!c.Rightly && twin.Rightly) },
		"false_accusations": func(c, _ sim.CaseOutcome) float64 { return number(c.Falsely) },
		"hard":              func(c, _ sim.CaseOutcome) float64 { return number(c.Peak >= 3) },
		"public":            func(c, _ sim.CaseOutcome) float64 { return number(c.Falsely || c.Rightly) },
		"regret":            func(c, _ sim.CaseOutcome) float64 { return c.Regret },
		"withdrawn":         func(c, _ sim.CaseOutcome) float64 { return number(c.Withdrawn) },
	}[id]
	if id == "forgone_prevented" {
		return literalPrevented(own, other)
	}
	if of == nil {
		return literalFuture(id, own), 1
	}
	for i, c := range cases {
		num += of(c, twins[i])
		if id != "misstep_share" || c.Peak >= 3 {
			den++
		}
	}
	return num, den
}

// literalPrevented counts the right accusations of the other arm in cases that this one lacks.
func literalPrevented(own, other *sim.Outcome) (num, den float64) {
	had := map[caseKey]bool{}
	for _, c := range own.Cases {
		had[caseKey{c.Stream, c.Ordinal}] = true
	}
	for _, c := range other.Cases {
		num += number(c.Rightly && !had[caseKey{c.Stream, c.Ordinal}])
	}
	return num, 0
}

// stoodOn is whether a step stood on a rung in the window: by the sequence of steps.
func stoodOn(o *sim.Outcome, from, to int8) float64 {
	return number(slices.ContainsFunc(o.Steps, func(s sim.Step) bool {
		return from <= s.Rung && s.Rung <= to && s.Time <= o.Horizon
	}))
}

// literalFuture is a measure over all that an arm brings in one replicate.
func literalFuture(id string, o *sim.Outcome) (x float64) {
	reached := func(class int, cause sim.Cause) float64 { return number(o.First[class][cause] <= math.MaxFloat64) }
	switch id {
	case "stood_public":
		return stoodOn(o, 3, 6)
	case "stood_r5":
		return stoodOn(o, 5, 5)
	case "stood_r6":
		return stoodOn(o, 6, 6)
	case "stood_r7":
		return stoodOn(o, 7, 7)
	case "any_misstep":
		return reached(0, sim.Misstep)
	case "erred_r6":
		return number(o.Erred>>6&1 == 1)
	case "erred_r7":
		return number(o.Erred>>7&1 == 1)
	case "any_induced":
		return reached(0, sim.Induced)
	case "pair_missteps":
		return float64(o.PairMissteps)
	case "pair_episodes":
		return float64(o.PairEpisodes)
	case "cases":
		return float64(o.Discovered)
	case "reach_r8":
		for _, p := range o.Expected[3] {
			x += p
		}
		return x
	}
	for i := range o.Cases {
		x += literalPart(id, &o.Cases[i])
	}
	return x * 3652.5 / o.Horizon
}

// literalPart is what a case adds to a measure per ten years.
func literalPart(id string, c *sim.CaseOutcome) float64 {
	return map[string]float64{"missteps_decade": number(c.Missteps&1 != 0), "missed_decade": number(c.Missed),
		"who_decade": number(c.Falsely), "who_or_why_decade": number(c.WhoOrWhy), "replies_decade": float64(c.Replies)}[id]
}

// addsAlone counts the cases of an arm that add to a measure per ten years, and do not in the other arm, be it that
// they never came there.
func addsAlone(id string, a, b *sim.Outcome) (n float64) {
	for i := range a.Cases {
		c := &a.Cases[i]
		twin := slices.IndexFunc(b.Cases,
			func(x sim.CaseOutcome) bool { return x.Stream == c.Stream && x.Ordinal == c.Ordinal })
		n += number(literalPart(id, c) == 1 && (twin < 0 || literalPart(id, &b.Cases[twin]) == 0))
	}
	return n
}

// parting is when two sequences of acts part: at the first act, in time, that the
// other does not have in its place; +Inf where they do not.
func parting(a, b []sim.Step) float64 {
	same := func(x, y sim.Step) bool { return x.Entity == y.Entity && x.Actor == y.Actor && x.Rung == y.Rung }
	n := 0
	for n < min(len(a), len(b)) && same(a[n], b[n]) {
		n++
	}
	at := math.Inf(1)
	for _, rest := range [][]sim.Step{a[n:], b[n:]} {
		if len(rest) > 0 {
			at = min(at, rest[0].Time)
		}
	}
	return at
}

// closely says that floats added in another order agree.
var closely = gocmp.Options{cmpopts.EquateApprox(1e-12, 1e-12), cmpopts.EquateEmpty(),
	cmpopts.IgnoreUnexported(ArmSums{})}

func same(t *testing.T, what string, want, have any) {
	t.Helper()
	if diff := gocmp.Diff(want, have, closely); diff != "" {
		t.Errorf("%s (− literal, + folded):\n%s", what, diff)
	}
}

// literalFlips counts, for a flag, what one arm has and the other has not.
func literalFlips(m *outcome.Outcome, all []played, d, base, other int) (f outcome.Flips) {
	if !m.Flag {
		return f
	}
	one := func(a, b float64) float64 { return number(a == 1 && b == 0) }
	count := func(from, to int) float64 {
		return total(all, d, func(out []sim.Outcome) (n float64) {
			if m.Each != nil {
				return addsAlone(m.ID, &out[from], &out[to])
			}
			if m.Case == nil {
				return one(m.Replicate(&out[from]), m.Replicate(&out[to]))
			}
			cases, twins := matched(&out[from], &out[to])
			for i := range cases {
				n += one(m.Case(&cases[i], &twins[i]), m.Case(&twins[i], &cases[i]))
			}
			return n
		})
	}
	return outcome.Flips{Added: count(other, base), Removed: count(base, other)}
}

// literalContrast computes the sums of a pair of arms in one draw.
func literalContrast(all []played, d, base, other int, p *Plan, cells []GroupCell) ContrastSums {
	c := ContrastSums{}
	for _, m := range outcome.All {
		c.Flips = append(c.Flips, literalFlips(&m, all, d, base, other))
		c.Measures = append(c.Measures, momentsOf(each(all, d, func(out []sim.Outcome) [4]float64 {
			an, ad := literalMeasure(m.ID, &out[base], &out[other])
			bn, bd := literalMeasure(m.ID, &out[other], &out[base])
			if m.ID == "forgone" || m.ID == "forgone_prevented" {
				ad, bd = float64(len(out[base].Cases)), float64(len(out[base].Cases))
			}
			return [4]float64{an, ad, bn, bd}
		})))
	}
	table := func(class int) (n [4]float64) {
		for k := range n {
			n[k] = total(all, d, func(out []sim.Outcome) float64 {
				had := func(arm int) bool { return out[arm].First[class][sim.Misstep] < 1e9 }
				return number(had(base) == (k == 1 || k == 3) && had(other) == (k >= 2))
			})
		}
		return n
	}
	c.By, c.ByFlips = literalBy(all, d, base, other, cells)
	c.Joint = literalJoint(outcome.JointOf(outcome.KeyAnd("")).Names, all, d, base, other)
	c.Break, c.Public = table(2), table(0)
	for b := range c.Meet { // both have one by the end of the step, and not by the end of the one before
		by := func(o *sim.Outcome, b int) bool {
			end := float64(b+1) / sim.Bins * p.Scenario.Horizon
			return o.First[0][sim.Misstep] < end || b == sim.Bins-1 && o.First[0][sim.Misstep] <= end
		}
		c.Meet[b] = total(all, d, func(out []sim.Outcome) float64 {
			x, y := &out[base], &out[other]
			return number(by(x, b) && by(y, b) && !(b > 0 && by(x, b-1) && by(y, b-1)))
		})
	}
	c.Common = total(all, d, func(out []sim.Outcome) float64 {
		cases, _ := matched(&out[base], &out[other])
		return float64(len(cases))
	})
	c.Divergent = total(all, d, func(out []sim.Outcome) float64 {
		return number(!math.IsInf(parting(out[base].Steps, out[other].Steps), 1))
	})
	return c
}

// A measure that reads another field, a table with its arms swapped, or a case that
// is counted without its twin would show here.
func TestContrastsEqualALiteralReading(t *testing.T) {
	p := plan(t, 3, 25)
	all, s := playAll(&p), run(t, p, 3)
	for d := range p.Draws {
		for i, other := range s.Others {
			same(t, "contrast", literalContrast(all, d, s.Baseline, other, &p, s.Cells), *s.Contrasts[i].At(d))
		}
	}
}

// A block that drops its divergences, takes the later of two days, or reports the
// lowest replicate without regard to the draw would show here.
func TestDivergencesEqualALiteralReading(t *testing.T) {
	p := plan(t, 3, 25)
	all, s := playAll(&p), run(t, p, 3)
	lowest, found := Cell{Draw: -1}, false
	var days []float64
	inBlocks := slices.Clone(all)
	slices.SortStableFunc(inBlocks, func(x, y played) int {
		return cmp.Compare(x.cell.Replicate/p.BlockSize, y.cell.Replicate/p.BlockSize)
	})
	day := func(f played) float64 { return parting(f.out[s.Baseline].Steps, f.out[s.Others[0]].Steps) }
	for _, f := range inBlocks {
		if at := day(f); !math.IsInf(at, 1) {
			days = append(days, at)
		}
	}
	for _, f := range all {
		if !found && !math.IsInf(day(f), 1) {
			lowest, found = f.cell, true
		}
	}
	if len(days) < 5 {
		t.Fatalf("only %d replicates diverge: too few to tell", len(days))
	}
	same(t, "days", days, s.FirstDiff)
	same(t, "lowest", lowest, s.Lowest)
}
