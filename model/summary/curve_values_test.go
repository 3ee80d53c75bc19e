package summary

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
)

// A curve that counts a bin twice, divides by the replicates of one draw, or shows
// another cause would show here.
func TestCurvesAgainstReplicates(t *testing.T) {
	f := played()
	width := f.sums.Horizon / sim.Bins
	for a := range f.sum.Arms {
		for _, c := range []struct {
			class, cause string
			first        func(*sim.Outcome) float64
		}{
			{"R3", "any", func(o *sim.Outcome) float64 { return o.First[0][sim.AnyCause] }},
			{"R5", "any", func(o *sim.Outcome) float64 { return o.First[1][sim.AnyCause] }},
			{"R6", "any", func(o *sim.Outcome) float64 { return o.First[2][sim.AnyCause] }},
			{"R3", "misstep", func(o *sim.Outcome) float64 { return o.First[0][sim.Misstep] }},
			{"R3", "deliberate", func(o *sim.Outcome) float64 { return o.First[0][sim.Deliberate] }},
			{"R6", "induced", func(o *sim.Outcome) float64 { return o.First[2][sim.Induced] }},
			{"R3-R6", "any", func(o *sim.Outcome) float64 { return firstStep(o, 3, 6) }},
			{"R7", "any", func(o *sim.Outcome) float64 { return firstStep(o, 7, 7) }},
			{"R6+suspensions", "any", func(o *sim.Outcome) float64 { return o.FirstCut[2] }},
		} {
			have := f.sum.Arms[a].Curve(c.class, c.cause)
			for b, day := range have.Days {
				end := float64(b+1) * width
				value, within := f.share(func(out []sim.Outcome) float64 {
					return one(c.first(&out[a]) < end || b == sim.Bins-1 && c.first(&out[a]) <= end)
				})
				half := 1.959963984540054 * math.Sqrt(within)
				if !near(day, end) || !near(have.Value[b], value) || !near(have.MCLow[b], max(0, value-half)) ||
					!near(have.MCHigh[b], min(1, value+half)) {
					t.Fatalf("%s %s at %v: %v [%v, %v], recomputed %v ±%v", c.class, c.cause, day, have.Value[b], have.MCLow[b],
						have.MCHigh[b], value, half)
				}
			}
		}
	}
}

// firstStep is when the first step on a rung of low … high is taken.
func firstStep(o *sim.Outcome, low, high int8) float64 {
	for _, step := range o.Steps {
		if step.Rung >= low && step.Rung <= high {
			return step.Time
		}
	}
	return math.Inf(1)
}

// share recomputes a probability and the variance of its estimate within draws, of
// numbers of which each replicate brings one.
func (f *fixture) share(of func([]sim.Outcome) float64) (p, within float64) {
	n := float64(len(f.raw) * len(f.raw[0]))
	for _, draw := range f.raw {
		k := 0.0
		for _, out := range draw {
			k += of(out)
		}
		p += k / n
		q := k / float64(len(draw))
		m := float64(len(draw))
		within += m * m * q * (1 - q) / ((m - 1) * n * n)
	}
	return p, within
}

// Rare rungs that are counted instead of expected would show here.
func TestRareCurvesAreExpectations(t *testing.T) {
	f := played()
	for class, name := range map[int]string{3: "R8", 4: "R9"} {
		have := f.sum.Arms[0].Curve(name, "any")
		sum := 0.0
		for b := range sim.Bins {
			x, _ := f.share(func(out []sim.Outcome) float64 { return out[0].Expected[class][b] })
			if sum += x; !near(have.Value[b], sum) {
				t.Fatalf("%s, bin %d: %v, recomputed %v", name, b, have.Value[b], sum)
			}
		}
	}
	if f.sum.Arms[0].Curve("R9", "induced") != nil || f.sum.Arms[0].Curve("R4", "any") != nil {
		t.Error("a curve that is not computed is found")
	}
}

// A band that is that of the noise, or that is not around the mean, would show here.
func TestParameterBandIsThatOfTheCorrectedSpread(t *testing.T) {
	f := played()
	c := f.sum.Arms[0].Curve("R3", "any")
	last := sim.Bins - 1
	var p, noise []float64
	for _, draw := range f.raw {
		k := 0.0
		for _, out := range draw {
			k += one(out[0].First[0][0] <= f.sums.Horizon)
		}
		x := k / float64(len(draw))
		p, noise = append(p, x), append(noise, x*(1-x)/float64(len(draw)-1))
	}
	mean, between := meanOfValues(p), varianceOf(p)-meanOfValues(noise)
	if between <= 0 {
		t.Fatalf("the draws do not differ by more than noise: %v", between)
	}
	size := mean*(1-mean)/between - 1
	beta := distuv.Beta{Alpha: mean * size, Beta: (1 - mean) * size}
	if math.Abs(c.Low[last]-beta.Quantile(0.025)) > 1e-6 || math.Abs(c.High[last]-beta.Quantile(0.975)) > 1e-6 {
		t.Errorf("[%v, %v], want [%v, %v]", c.Low[last], c.High[last], beta.Quantile(0.025), beta.Quantile(0.975))
	}
}

// crafted are sums of the fixture's plan whose arms are made by hand.
func crafted(t *testing.T, draws int, of func(d int, arm *experiment.ArmSums)) *experiment.Sums {
	t.Helper()
	p := played().sums.Plan
	p.Draws = draws
	s := experiment.NewSums(p)
	for d := range draws {
		for a := range s.Arms {
			s.Arms[a].At(d).N = 10
			of(d, s.Arms[a].At(d))
		}
		for i := range s.Contrasts {
			s.Contrasts[i].At(d).Measures[0].N = 10
		}
	}
	return s
}

// A bound of 1 − (3/n)ᵏ, one per replicate instead of per known incident, or one
// where the record is too short, would show here.
func TestHistoryBound(t *testing.T) {
	for _, c := range []struct {
		record int
		known  float64 // per replicate
		want   float64
	}{
		{0, 5, 0},
		{3, 5, 0},
		{300, 0, 0},
		{300, 1, 0.01},
		{30, 2, 1 - 0.9*0.9},
		{429, 10, 1 - math.Pow(426.0/429, 10)},
	} {
		s := crafted(t, 2, func(d int, x *experiment.ArmSums) { x.Known = 10 * c.known * float64(2*d) })
		if have := historyBound(float64(c.record), s.Arms[s.Baseline].Total()); !near(have, c.want) {
			t.Errorf("%+v: %v", c, have)
		}
	}
}

// Noise of the expectation that is taken for that of counting would show here.
func TestNoiseOfExpectationsRelativeToCounting(t *testing.T) {
	series := func(sum, sq float64) func(int, *experiment.ArmSums) {
		return func(_ int, x *experiment.ArmSums) { x.Series.ExpTotal[3], x.Series.ExpSq[3] = sum, sq }
	}
	for name, c := range map[string]struct {
		sum, sq, want float64
	}{
		"all replicates alike": {5, 2.5, 0},
		"as coarse as counts":  {5, 5, 1},
		"half as coarse":       {5, 3.75, 0.5},
		"nothing expected":     {0, 0, 1},
	} {
		if have := expectedNoise(crafted(t, 3, series(c.sum, c.sq)), 0, 3); !near(have, c.want) {
			t.Errorf("%s: %v, want %v", name, have, c.want)
		}
	}
}
