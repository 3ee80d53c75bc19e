package summary

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// planted is a synthetic data set: numbers of many kinds, and effects that hang on the
// first by so much, with a spread of their own and noise.
func planted(rng *rand.Rand, draws, numbers int, slope, own, noise float64) ([]candidate, *Spread) {
	list := make([]candidate, numbers)
	for i := range list {
		list[i].path = fmt.Sprint("number ", i)
	}
	effects := &Spread{}
	for range draws {
		for i := range list {
			x := rng.NormFloat64()
			switch i % 3 {
			case 1:
				x = math.Exp(3 * x) // a long tail
			case 2:
				x = math.Floor(3 * rng.Float64()) // ties
			}
			list[i].values = append(list[i].values, x)
		}
		last := len(list[0].values) - 1
		effects.Add(slope*list[0].values[last]+own*rng.NormFloat64()+noise*rng.NormFloat64(), noise*noise)
	}
	return list, effects
}

// TestPlantedNumberDecides: one number that makes half of the spread is found, alone
// but for the one in twenty, with its direction, and its correlation comes back
// through noise as large as the spread. Catches: a direction turned around, a
// correction upside down, a list that is not the strongest first.
func TestPlantedNumberDecides(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	const sets = 60
	alone, raw, corrected := 0, 0.0, 0.0
	for range sets {
		numbers, effects := planted(rng, 200, 96, 1, 1, math.Sqrt2)
		d := decide(numbers, effects, -1)
		if len(d.Numbers) == 0 || d.Numbers[0].Path != "number 0" || d.Numbers[0].Worse != "high" {
			t.Fatalf("%+v", d)
		}
		if len(d.Numbers) == 1 {
			alone++
		}
		raw += d.Numbers[0].Correlation / sets
		corrected += d.Numbers[0].Corrected / sets
		for _, turned := range []struct {
			goodness int
			worse    string
		}{{1, "low"}, {0, ""}} {
			if got := decide(numbers, effects, turned.goodness); got.Numbers[0].Worse != turned.worse {
				t.Errorf("goodness %d: worse where %q, want %q", turned.goodness, got.Numbers[0].Worse, turned.worse)
			}
		}
	}
	// ρ of ranks is (6/π)·asin(ρ/2) of normal values: 0.690 for √½ and 0.483 for ½. The
	// mean of 60 has a standard error of 0.007 raw; correction carries the raw error on
	// times √2 and adds that of τ²: 0.02 in all. What passes is a little above the mean.
	if math.Abs(raw-0.483) > 0.05 || math.Abs(corrected-0.69) > 0.1 {
		t.Errorf("correlations of %.3f, corrected %.3f, want 0.483 and 0.69", raw, corrected)
	}
	if alone < sets*3/4 {
		t.Errorf("another number passes with it in %d of %d sets", sets-alone, sets)
	}
}

// TestNothingDecides: where no number has a say, one passes in at most a twentieth of
// data sets over all numbers together, whether draws differ or all is noise, and where
// one number moves the noise. 1,300 sets have a standard deviation of 7.9 around 65;
// level 1e-6 allows 103, and a rate of a tenth would be seen.
func TestNothingDecides(t *testing.T) {
	const sets, allowed = 1300, 103
	for name, c := range map[string]struct {
		draws, numbers int
		own, noise     float64
		uneven         bool
	}{
		"a spread of its own": {60, 30, 1, 1, false},
		"noise alone":         {60, 30, 0, 1, false},
		"few draws":           {fewestForDecides, 60, 1, 0.5, false},
		"uneven noise":        {60, 30, 0, 1, true},
	} {
		rng := rand.New(rand.NewPCG(23, 24))
		passed := 0
		for range sets {
			numbers, effects := planted(rng, c.draws, c.numbers, 0, c.own, c.noise)
			for i := range effects.values {
				if c.uneven {
					effects.values[i] *= math.Exp(numbers[0].values[i])
					effects.noise[i] *= math.Exp(2 * numbers[0].values[i])
				}
			}
			if len(decide(numbers, effects, -1).Numbers) > 0 {
				passed++
			}
		}
		if passed > allowed || passed < 15 {
			t.Errorf("%s: a number passes in %d of %d sets, level %v", name, passed, sets, DecidingLevel)
		}
	}
}

// TestNoiseHidesTheCorrection: a number that passes where the draws do not resolve a
// spread has no corrected correlation.
func TestNoiseHidesTheCorrection(t *testing.T) {
	numbers := []candidate{{path: "x"}}
	effects := &Spread{}
	for i := range 40 {
		numbers[0].values = append(numbers[0].values, float64(i))
		effects.Add(float64(i), 1e6)
	}
	if d := decide(numbers, effects, -1); len(d.Numbers) != 1 || d.Numbers[0].Corrected != 0 ||
		math.Abs(d.Numbers[0].Correlation-1) > 1e-12 {
		t.Errorf("%+v", d)
	}
}

// TestFewDrawsDecideNothing: below the least number of draws even the perfect order is
// chance, and constant effects go along with nothing.
func TestFewDrawsDecideNothing(t *testing.T) {
	numbers, effects := []candidate{{path: "x"}}, &Spread{}
	constant := &Spread{}
	for i := range fewestForDecides {
		if d := decide(numbers, effects, -1); len(d.Numbers) != 0 || d.Threshold != 1 {
			t.Fatalf("%d draws: %+v", i, d)
		}
		numbers[0].values = append(numbers[0].values, float64(i))
		effects.Add(float64(-i), 0)
		constant.Add(3, 0)
	}
	if d := decide(numbers, effects, -1); len(d.Numbers) != 1 || d.Numbers[0].Worse != "low" ||
		d.Numbers[0].Corrected != -1 {
		t.Errorf("%+v", d)
	}
	if d := decide(numbers, constant, -1); len(d.Numbers) != 0 {
		t.Errorf("a constant effect goes along with %+v", d)
	}
}

// TestThreshold: P(|t| > r√(n−2)/√(1−r²)) is the level over the numbers, from the table
// of Student's t: 3.291 is the two-sided 0.001 point of the normal, 2.101 the 0.05 point
// with 18 degrees of freedom.
func TestThreshold(t *testing.T) {
	for _, c := range []struct {
		draws, numbers int
		t              float64
	}{{100000, 50, 3.2905}, {20, 1, 2.1009}} {
		rng := rand.New(rand.NewPCG(25, 26))
		numbers, effects := make([]candidate, c.numbers), &Spread{}
		for range c.draws {
			effects.Add(rng.NormFloat64(), 0)
		}
		for i := range numbers {
			numbers[i].values = make([]float64, c.draws)
		}
		r := decide(numbers, effects, -1).Threshold
		if got := r * math.Sqrt(float64(c.draws-2)/(1-r*r)); math.Abs(got-c.t) > 1e-3 {
			t.Errorf("%+v: t is %v", c, got)
		}
	}
}

func TestCorrelation(t *testing.T) {
	x, y := stat.Ranks([]float64{1, 2, 3, 4}), stat.Ranks([]float64{10, 40, 30, 90})
	if got := correlation(x, y); math.Abs(got-0.8) > 1e-12 {
		t.Errorf("1 − 6·2/60 is 0.8, not %v", got)
	}
}

// TestDecidingOfARun: the numbers are those of the draws they belong to. Sums whose
// effect in every draw is the value of one number name that number and no other; draws
// without cases are left out. Catches: a draw's number beside another draw's effect.
func TestDecidingOfARun(t *testing.T) {
	v, err := scenario.Load("small", []byte(small), scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	p := experiment.Plan{Scenario: v, Seed: 9, Draws: 60, Replicates: 1}
	s := experiment.NewSums(p)
	at, want := outcome.Index("missteps"), ""
	var slot int
	for i := range v.Slots {
		if !v.Slots[i].Dist.IsPoint() {
			slot, want = i, v.Slots[i].Path
			break
		}
	}
	for d := range p.Draws {
		m := &s.Contrasts[0].At(d).Measures[at]
		if *m = (experiment.Moments{N: 1, Sum: [4]float64{0, 1, p.Theta(d)[slot], 1}}); d%4 == 1 {
			m.Sum = [4]float64{} // no case
		}
	}
	got := decidingOf(s, 0, at)
	if got == nil || got.Draws != 45 || got.Candidates != p.Free() || len(got.Numbers) != 1 ||
		got.Numbers[0].Path != want || math.Abs(got.Numbers[0].Correlation-1) > 1e-12 {
		t.Errorf("%+v, want %s alone of %d", got, want, p.Free())
	}
	if fixed := summarise(t, strings.Replace(small, "1 to 4", "2", 1), false, 3, 4).Headline.Deciding; fixed != nil {
		t.Errorf("fixed numbers decide: %+v", fixed)
	}
	if drawn := summarise(t, small, true, 3, 4).Headline.Deciding; drawn == nil || drawn.Candidates == 0 {
		t.Errorf("drawn numbers are not looked at: %+v", drawn)
	}
}
