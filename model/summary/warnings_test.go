package summary

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
)

// warned lists the ids of the warnings.
func warned(s *experiment.Sums, out *Summary) (ids []string) {
	for _, w := range warningsOf(s, out) {
		ids = append(ids, w.ID)
	}
	return ids
}

// calm is a summary of two arms that gives no reason to warn.
func calm() *Summary {
	arm := func() Arm {
		return Arm{Name: "x", Counts: []Count{{ID: "replies", Mean: 100}, {ID: "cut_chains"}, {ID: "cases", Mean: 5}}}
	}
	return &Summary{
		Headline:  Headline{Difference: Estimate{Value: -1, MC: 0.1, Low: -2, High: 0, Resolved: true}, Calibrated: true},
		Contrasts: []Contrast{{}}, Arms: []Arm{arm(), arm()},
	}
}

// A threshold that is off by one, or that includes its bound, would show here.
func TestWarningsAtTheirThresholds(t *testing.T) {
	for name, c := range map[string]struct {
		draws  int
		change func(*Summary)
		want   []string
	}{
		"enough of everything":  {40, func(*Summary) {}, nil},
		"one draw too few":      {39, func(*Summary) {}, []string{"few-draws"}},
		"half the half-width":   {40, func(s *Summary) { s.Headline.Difference.MC = 0.5 }, nil},
		"more than half of it":  {40, func(s *Summary) { s.Headline.Difference.MC = 0.501 }, []string{"coarse"}},
		"no parameter interval": {40, func(s *Summary) { s.Headline.Difference.High = -2 }, []string{"unresolved"}},
		"no contrast":           {40, func(s *Summary) { s.Contrasts, s.Headline.Difference.MC = nil, 9 }, nil},
		"free and not calibrated": {40, func(s *Summary) { s.Run.Free, s.Headline.Calibrated = 3, false },
			[]string{"not-calibrated"}},
		"free and calibrated":    {40, func(s *Summary) { s.Run.Free = 3 }, nil},
		"one chain in a hundred": {40, func(s *Summary) { s.Arms[1].Counts[1].Mean = 1 }, nil},
		"more than that":         {40, func(s *Summary) { s.Arms[1].Counts[1].Mean = 1.01 }, []string{"cut-chains"}},
		"no case in one arm":     {40, func(s *Summary) { s.Arms[0].Counts[2].Mean = 0 }, []string{"no-cases"}},
		"no case and chains, each arm": {40, func(s *Summary) { s.Arms[0].Counts[2].Mean, s.Arms[1].Counts[1].Mean = 0, 9 },
			[]string{"no-cases", "cut-chains"}},
	} {
		out := calm()
		c.change(out)
		if have := warned(crafted(t, c.draws, func(int, *experiment.ArmSums) {}), out); !slices.Equal(have, c.want) {
			t.Errorf("%s: %v, want %v", name, have, c.want)
		}
	}
}

// A tail that is looked for in too few draws, in the wrong share of them, or below
// its threshold would show here.
func TestTailWarning(t *testing.T) {
	for name, c := range map[string]struct {
		draws int
		of    func(d int) float64
		want  float64 // share of the few draws, 0 for no warning
	}{
		"even":              {40, func(int) float64 { return 0.1 }, 0},
		"nothing at all":    {40, func(int) float64 { return 0 }, 0},
		"two of forty half": {40, func(d int) float64 { return map[bool]float64{true: 1.92, false: 0.1}[d < 2] }, 0.5026},
		"just below":        {40, func(d int) float64 { return map[bool]float64{true: 1.89, false: 0.1}[d < 2] }, 0},
		"three share it":    {40, func(d int) float64 { return map[bool]float64{true: 1, false: 0}[d < 3] }, 0.6667},
		"one of nineteen":   {19, func(d int) float64 { return map[bool]float64{true: 1, false: 0}[d < 1] }, 0},
		"one of twenty":     {20, func(d int) float64 { return map[bool]float64{true: 1, false: 0}[d < 1] }, 1},
	} {
		sums := crafted(t, c.draws, func(d int, x *experiment.ArmSums) { x.Series.ExpTotal[3] = c.of(d) * x.N / 10 })
		w, heavy := tailOf(sums)
		if heavy != (c.want > 0) || math.Abs(w.Share-c.want) > 1e-4 || heavy && (w.Few != 0.05 || w.Low > w.High) {
			t.Errorf("%s: %+v, want %v", name, w, c.want)
		}
	}
}

// A bound of an interval that touches zero and passes for clear, or a direction that
// is turned around, would show here.
func TestVerdictGrid(t *testing.T) {
	for _, value := range []float64{-3, -2, 0, 2, 3} {
		for _, half := range []float64{0, 1, 2, 2.5} {
			for _, mc := range []float64{0, 0.5, 1} {
				for goodness := -1; goodness <= 1; goodness++ {
					e := Estimate{Value: value, MC: mc, Low: value - half, High: value + half, Resolved: half > 0}
					want := Unclear
					if math.Abs(value) > half+mc {
						want = map[float64]Verdict{-1: Worse, 0: Differs, 1: Better}[math.Copysign(1, value)*float64(goodness)]
					}
					if have := verdict(e, goodness, false); have != want {
						t.Errorf("%+v, goodness %d: %s, want %s", e, goodness, have, want)
					}
					if have := verdict(e, goodness, true); have != Same {
						t.Errorf("%+v, identical: %s", e, have)
					}
				}
			}
		}
	}
}

// A field that is lost, renamed on one side or not representable would show here.
func TestSummaryRoundTrip(t *testing.T) {
	s := played().sum
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back Summary
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	for i, w := range back.Warnings {
		if w.ID != s.Warnings[i].ID {
			t.Errorf("a warning of %s is read as one of %s", s.Warnings[i].ID, w.ID)
		}
	}
	back.Warnings = s.Warnings // whose numbers are not stored
	if !reflect.DeepEqual(&back, s) {
		t.Error("what is read is not what was written")
	}
	for _, key := range []string{`"format":2`, `"horizon_days":1095`, `"free_parameters":`, `"common_cases":`,
		`"only_treatment":`, `"mc_low":`, `"at_need":`, `"warnings":[`} {
		if !strings.Contains(string(data), key) {
			t.Errorf("the file lacks %s", key)
		}
	}
}

// A spread that is resolved below one standard error of its estimate, or not above
// it, would show here.
func TestResolutionThreshold(t *testing.T) {
	const n = 9
	threshold := math.Sqrt(2.0 / (n - 1)) // of the noise: one half
	for _, c := range []struct {
		factor   float64 // of the threshold
		resolved bool
	}{{0, false}, {0.9, false}, {1.1, true}, {5, true}} {
		var s Spread
		for i := range n {
			s.Add(float64(i), 1)
		}
		_, variance, _ := s.moments()
		noise := variance / (1 + c.factor*threshold)
		for i := range s.noise {
			s.noise[i] = noise
		}
		if !near(s.resolution(), threshold*noise) {
			t.Errorf("resolution %v, want %v", s.resolution(), threshold*noise)
		}
		e := s.Around(4, 0, true)
		if e.Resolved != c.resolved || !c.resolved && e != open(4, 0) || math.IsInf(e.Low, 0) == c.resolved {
			t.Errorf("%v of the threshold: %+v", c.factor, e)
		}
		half := 1.959963984540054 * math.Sqrt(s.resolution()) // an unresolved spread does not pass for none
		if low, high := s.cautious(e); !(low < 4 && high > 4) || !c.resolved && !(near(low, 4-half) && near(high, 4+half)) {
			t.Errorf("%v of the threshold: cautious [%v, %v]", c.factor, low, high)
		}
	}
}

// An interval that is not shrunk, or shrunk around another centre, would show here:
// values 0 to 40 have the 95 % range 1 to 39, of which the shrinkage leaves its part.
func TestIntervalIsTheShrunkenRangeOfDraws(t *testing.T) {
	for _, share := range []float64{1, 0.64, 0.36} {
		var s Spread
		for i := range 41 {
			s.Add(float64(i), 0)
		}
		_, variance, _ := s.moments()
		for i := range s.noise {
			s.noise[i] = (1 - share) * variance
		}
		low, high := s.interval(7)
		if want := 19 * math.Sqrt(share); !near(low, 7-want) || !near(high, 7+want) {
			t.Errorf("share %v: [%v, %v], want 7 ± %v", share, low, high, want)
		}
	}
}

// The 95 % parameter interval of 80 draws holds 95 % of the effects that parameters
// bring, through Monte Carlo noise of half their spread. The mean coverage of 120
// intervals has a standard error of about 0.003; uncorrected spreads cover 0.972, and
// outermost order statistics of so few draws lose about 0.01.
func TestParameterIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	const experiments = 120
	sum := 0.0
	for range experiments {
		shift := make([]float64, 80)
		for d := range shift {
			shift[d] = rng.NormFloat64()
		}
		e, _ := estimate(draws(len(shift), 20, func(d int) [4]float64 {
			return [4]float64{0, 1, shift[d] + math.Sqrt(5)*rng.NormFloat64(), 1}
		}), difference, 1, true)
		sum += (elem.NormalCDF(e.High) - elem.NormalCDF(e.Low)) / experiments
	}
	if sum < 0.92 || sum > 0.962 {
		t.Errorf("the intervals cover %.4f on average", sum)
	}
}

// Draws without replicates that count, or a total that is the mean of the draws'
// ratios, would show here.
func TestEstimateOfUnequalDraws(t *testing.T) {
	few := draws(1, 1, func(int) [4]float64 { return [4]float64{6, 2, 0, 2} })
	many := draws(1, 3, func(int) [4]float64 { return [4]float64{1, 1, 2, 2} })
	all := append(append(few, many...), &experiment.Moments{})
	for name, c := range map[string]struct {
		f    effect
		want float64
	}{
		"baseline":   {baselineRatio, 9.0 / 5},
		"treatment":  {treatmentRatio, 6.0 / 8},
		"difference": {difference, 6.0/8 - 9.0/5},
		"relative":   {relative, (6.0 / 8) / (9.0 / 5)},
	} {
		e, s := estimate(all, c.f, 10, false)
		if !near(e.Value, 10*c.want) || !math.IsInf(e.Low, -1) || !math.IsInf(e.High, 1) || e.MC != 0 {
			t.Errorf("%s: %+v, want %v", name, e, 10*c.want)
		}
		if n := len(s.values); n > 2 {
			t.Errorf("%s: %d draws count", name, n)
		}
	}
}
