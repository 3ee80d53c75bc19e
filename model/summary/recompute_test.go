package summary

import (
	"context"
	"math"
	"sync"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// fixture is a run with all of its raw outcomes, by draw and replicate.
type fixture struct {
	sums *experiment.Sums
	sum  *Summary
	raw  [][][]sim.Outcome
}

var played = sync.OnceValue(func() fixture {
	v, err := scenario.Load("small", []byte(small), scenario.Options{File: "small.yaml", UsePriors: true})
	if err != nil {
		panic(err)
	}
	p := experiment.Plan{Scenario: v, Seed: 5, Draws: 12, Replicates: 15, BlockSize: 4}
	s, err := experiment.Run(context.Background(), p, 2, nil)
	if err != nil {
		panic(err)
	}
	f := fixture{sums: s, sum: Of(s), raw: make([][][]sim.Outcome, p.Draws)}
	for d := range f.raw {
		arms := p.Compile(d)
		for r := range p.Replicates {
			var runner sim.Runner
			f.raw[d] = append(f.raw[d], runner.Run(arms, p.Replicate(d, r), nil))
		}
	}
	return f
})

// pairOf is a numerator and a denominator of one replicate.
type pairOf func(out []sim.Outcome) (num, den float64)

// ratio recomputes the value of a ratio and its Monte Carlo half-width from the
// replicates: residuals within draws, by the textbook.
func (f *fixture) ratio(of pairOf) (value, mc float64) {
	var nums, dens, n float64
	for _, draw := range f.raw {
		for _, out := range draw {
			num, den := of(out)
			nums, dens, n = nums+num, dens+den, n+1
		}
	}
	if dens == 0 {
		return 0, 0 // a ratio of nothing is absent
	}
	value = nums / dens
	variance := 0.0
	for _, draw := range f.raw {
		var residuals []float64
		for _, out := range draw {
			num, den := of(out)
			residuals = append(residuals, (num-value*den)/(dens/n))
		}
		variance += float64(len(draw)) * varianceOf(residuals) / (n * n)
	}
	return value, 1.959963984540054 * math.Sqrt(variance)
}

func meanOfValues(xs []float64) (mean float64) {
	for _, x := range xs {
		mean += x / float64(len(xs))
	}
	return mean
}

func varianceOf(xs []float64) (v float64) {
	mean := meanOfValues(xs)
	for _, x := range xs {
		v += (x - mean) * (x - mean) / float64(len(xs)-1)
	}
	return v
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(b)) }

// wants compares an estimate with a recomputed value and half-width.
func wants(t *testing.T, what string, e Estimate, value, mc float64) {
	t.Helper()
	if !near(e.Value, value) || !near(e.MC, mc) {
		t.Errorf("%s: %v ±%v, recomputed %v ±%v", what, e.Value, e.MC, value, mc)
	}
}

// inArm counts something over the cases of an arm, per case.
func inArm(a int, of func(*sim.CaseOutcome) float64) pairOf {
	return func(out []sim.Outcome) (num, den float64) {
		for i := range out[a].Cases {
			num += of(&out[a].Cases[i])
			den++
		}
		return num, den
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// A Monte Carlo error that includes the spread between draws, or that leaves out the
// denominator's part, would show here.
func TestMeasuresAgainstReplicates(t *testing.T) {
	f := played()
	reached := func(a, class int) pairOf {
		return func(out []sim.Outcome) (float64, float64) { return one(out[a].First[class][1] < 1e9), 1 }
	}
	discovered := func(a int) pairOf {
		return func(out []sim.Outcome) (float64, float64) { return float64(out[a].Discovered), 1 }
	}
	for id, of := range map[string]func(a int) pairOf{
		"any_misstep": func(a int) pairOf { return reached(a, 0) },
		"cases":       discovered,
	} {
		m := f.sum.Contrasts[0].Measure(id)
		value, mc := f.ratio(of(0))
		wants(t, id+" without", m.Baseline, value, mc)
		value, mc = f.ratio(of(1))
		wants(t, id+" with", m.Treatment, value, mc)
		value, mc = f.ratio(func(out []sim.Outcome) (float64, float64) {
			x, _ := of(0)(out)
			y, _ := of(1)(out)
			return y - x, 1
		})
		wants(t, id+" difference", m.Difference, value, mc)
	}
}

// A belief that is shown under another's name, or per replicate instead of per case,
// would show here.
func TestBeliefsAndPeaksAgainstReplicates(t *testing.T) {
	f := played()
	for a := range f.sum.Arms {
		arm := &f.sum.Arms[a]
		b := &arm.Beliefs
		misstep := func(c *sim.CaseOutcome, avoidable uint8) float64 {
			return one(c.Missteps&1 == 1 && c.Avoidable&1 == avoidable)
		}
		for name, x := range map[string]struct {
			have Estimate
			of   func(*sim.CaseOutcome) float64
		}{
			"culprit":     {b.Culprit, func(c *sim.CaseOutcome) float64 { return c.Shares[0] }},
			"intent":      {b.Intent, func(c *sim.CaseOutcome) float64 { return c.Shares[1] }},
			"severity":    {b.Severity, func(c *sim.CaseOutcome) float64 { return c.Shares[2] }},
			"rival":       {b.Rival, func(c *sim.CaseOutcome) float64 { return c.Shares[3] }},
			"avoidable":   {b.Avoidable, func(c *sim.CaseOutcome) float64 { return misstep(c, 1) }},
			"irreducible": {b.Irreducible, func(c *sim.CaseOutcome) float64 { return misstep(c, 0) }},
			"missed":      {b.Missed, func(c *sim.CaseOutcome) float64 { return one(c.Missed) }},
			"regret":      {b.Regret, func(c *sim.CaseOutcome) float64 { return c.Regret }},
		} {
			value, mc := f.ratio(inArm(a, x.of))
			wants(t, arm.Name+" "+name, x.have, 100*value, 100*mc)
		}
		for r := range 10 {
			value, mc := f.ratio(inArm(a, func(c *sim.CaseOutcome) float64 { return one(int(c.Peak) == r) }))
			wants(t, arm.Name+" peak", Estimate{Value: arm.Peaks[r], MC: arm.PeaksMC[r]}, value, mc)
		}
	}
}

// An uptime in days instead of shares, or availability that counts replicates instead
// of moments, would show here.
func TestForumAgainstReplicates(t *testing.T) {
	f := played()
	horizon := f.sums.Horizon
	for a := range f.sum.Arms {
		arm := &f.sum.Arms[a]
		value, mc := f.ratio(func(out []sim.Outcome) (float64, float64) { return out[a].ForumUptime / horizon, 1 })
		wants(t, arm.Name+" uptime", arm.Forum.Uptime, value, mc)
		wants(t, arm.Name+" channel", arm.Channels[0].Uptime, value, mc) // the forum is the one channel
		value, mc = f.ratio(func(out []sim.Outcome) (up, n float64) {
			for b := range out[a].Need {
				up, n = up+float64(out[a].NeedUp[b]), n+float64(out[a].Need[b])
			}
			return up, n
		})
		wants(t, arm.Name+" at need", arm.Forum.AtNeed, value, mc)
		for id, of := range map[string]func(*sim.Outcome) int{
			"waits":    func(o *sim.Outcome) int { return o.Waits },
			"meetings": func(o *sim.Outcome) int { return o.Meetings },
			"denials":  func(o *sim.Outcome) int { return o.Denials },
		} {
			value, mc := f.ratio(func(out []sim.Outcome) (float64, float64) { return float64(of(&out[a])), 1 })
			for _, c := range arm.Counts {
				if c.ID == id {
					wants(t, arm.Name+" "+id, Estimate{Value: c.Mean, MC: *c.MC}, value, mc)
				}
			}
		}
	}
	if !f.sum.Arms[1].Forum.Exists || f.sum.Arms[0].Forum.Meetings != 0 || f.sum.Arms[1].Forum.Meetings == 0 {
		t.Errorf("meetings without and with a forum: %v, %v", f.sum.Arms[0].Forum.Meetings, f.sum.Arms[1].Forum.Meetings)
	}
}

// A need bin that divides by another bin's moments, or an error that counts clustered
// moments as if each stood alone, would show here.
func TestNeedBinsAgainstReplicates(t *testing.T) {
	f := played()
	const z = 1.959963984540054
	all, moments := f.sum.Arms[1].Forum.AtNeed, 0.0
	for _, bin := range f.sum.Arms[1].Forum.ByTension {
		moments += bin.Moments
	}
	worth := min(1, all.Value*(1-all.Value)/moments/(all.MC/z)/(all.MC/z))
	if !(worth > 0.01 && worth < 0.99) {
		t.Fatalf("moments are worth %v each: the clusters do not show", worth)
	}
	for b, bin := range f.sum.Arms[1].Forum.ByTension {
		var up, n float64
		for _, draw := range f.raw {
			for _, out := range draw {
				up, n = up+float64(out[1].NeedUp[b]), n+float64(out[1].Need[b])
			}
		}
		want := NeedBin{From: 0.2 * float64(b), To: 0.2 * float64(b+1), Moments: n}
		if n > 0 {
			want.Available = up / n
			share := (worth*up + z*z/2) / (worth*n + z*z)
			want.MC = z * math.Sqrt(share*(1-share)/(worth*n+z*z))
		}
		if !near(bin.From, want.From) || !near(bin.To, want.To) || bin.Moments != n || !near(bin.Available, want.Available) ||
			!near(bin.MC, want.MC) {
			t.Errorf("bin %d: %+v, recomputed %+v", b, bin, want)
		}
	}
}

// A Brier score over all cases instead of those with a suspect, or reliability that
// swaps belief and truth, would show here.
func TestAttributionAgainstReplicates(t *testing.T) {
	f := played()
	for a := range f.sum.Arms {
		brier, suspects := 0.0, 0.0
		var beliefs, guilty [10][]float64
		for _, draw := range f.raw {
			for _, out := range draw {
				for _, c := range out[a].Cases {
					if !c.HasTarget {
						continue
					}
					g := one(c.Guilty)
					brier, suspects = brier+(c.Belief-g)*(c.Belief-g), suspects+1
					b := min(9, int(10*c.Belief))
					beliefs[b], guilty[b] = append(beliefs[b], c.Belief), append(guilty[b], g)
				}
			}
		}
		have := f.sum.Arms[a].Attribution
		if !near(have.Brier, brier/suspects) {
			t.Errorf("Brier %v, recomputed %v", have.Brier, brier/suspects)
		}
		n := 0
		for b := range beliefs {
			if len(beliefs[b]) == 0 {
				continue
			}
			x := have.Reliability[n]
			if n++; !near(x.Belief, meanOfValues(beliefs[b])) || !near(x.Truth, meanOfValues(guilty[b])) ||
				x.Cases != float64(len(beliefs[b])) {
				t.Errorf("bin %d: %+v", b, x)
			}
		}
		if n != len(have.Reliability) {
			t.Errorf("%d bins, want %d", len(have.Reliability), n)
		}
	}
}

// Pairing that forgets the covariance of the arms, or a median of another contrast,
// would show here.
func TestPairingAgainstReplicates(t *testing.T) {
	f := played()
	of := func(a int) pairOf {
		return func(out []sim.Outcome) (num, den float64) {
			for i := range out[a].Cases {
				for j := range out[1-a].Cases {
					if c := &out[a].Cases[i]; c.Compare(&out[1-a].Cases[j]) == 0 {
						num, den = num+one(c.Missteps&1 == 1), den+1
					}
				}
			}
			return num, den
		}
	}
	m, p := f.sum.Contrasts[0].Measure("missteps"), f.sum.Contrasts[0].Pairing
	x, mx := f.ratio(of(0))
	y, my := f.ratio(of(1))
	wants(t, "without", m.Baseline, 100*x, 100*mx)
	wants(t, "with", m.Treatment, 100*y, 100*my)
	vx, vy, vd := m.Baseline.MC*m.Baseline.MC, m.Treatment.MC*m.Treatment.MC, m.Difference.MC*m.Difference.MC
	if !near(p.VarianceFactor, (vx+vy)/vd) || !near(p.Correlation, (vx+vy-vd)/(2*math.Sqrt(vx*vy))) {
		t.Errorf("%+v: the variances are %v, %v, %v", p, vx, vy, vd)
	}
	if p.MedianDivergent <= 0 || f.sum.Contrasts[1].Pairing.MedianDivergent != 0 {
		t.Errorf("the median is of the headline pair: %v, %v", p.MedianDivergent, f.sum.Contrasts[1].Pairing.MedianDivergent)
	}
}
