package patterns

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/misstep/misstep/model/scenario"
	"gonum.org/v1/gonum/stat/distuv"
)

func tallyOf(observed float64, draws int) tally {
	return tally{observed: observed, draws: make([]counts, draws), bins: histogram{1, make([]int, 1002)}}
}

// TestTailAgainstBinomial: the tails of a binomial sample lie within 4.9 standard
// errors of the exact ones (level 1e-6), for both sides and their double.
func TestTailAgainstBinomial(t *testing.T) {
	const n, p, replicates = 12, 0.3, 40000
	exact := distuv.Binomial{N: n, P: p}
	for observed := range n + 1 {
		x := float64(observed)
		sample := tallyOf(x, 1)
		r := rand.New(rand.NewPCG(uint64(observed), 7))
		for range replicates {
			k := 0
			for range n {
				if r.Float64() < p {
					k++
				}
			}
			sample.add(0, float64(k))
		}
		low, high := exact.CDF(x), 1-exact.CDF(x-1)
		for side, want := range map[string]float64{"low": low, "high": high, "both": math.Min(1, 2*math.Min(low, high))} {
			have, se := sample.tail(side)
			if limit := 4.9 * math.Max(se, math.Sqrt(want/replicates)); math.Abs(have-want) > limit {
				t.Errorf("P(%s of %d) = %v ± %v, want %v", side, observed, have, se, want)
			}
		}
	}
}

// TestTailError: with one draw the binomial error, with several that of the means
// of the draws, which is greater when they differ.
func TestTailError(t *testing.T) {
	one := tallyOf(1, 1)
	for i := range 100 {
		one.add(0, float64(i%4)) // a quarter 0, a quarter 1
	}
	if p, se := one.tail("low"); p != 0.5 || math.Abs(se-0.05) > 1e-12 {
		t.Errorf("one draw: %v ± %v, want .5 ± .05", p, se)
	}
	four := tallyOf(0, 4)
	for d := range 4 {
		for range 25 {
			four.add(d, float64(d%2)) // two draws all 0, two all 1
		}
	}
	want := math.Sqrt(4*0.25*4.0/3) / 4
	if p, se := four.tail("low"); p != 0.5 || math.Abs(se-want) > 1e-12 {
		t.Errorf("four draws: %v ± %v, want .5 ± %v", p, se, want)
	}
	if p, se := four.tail("both"); p != 1 || math.Abs(se-2*want) > 1e-12 {
		t.Errorf("both: %v ± %v", p, se)
	}
}

func TestNever(t *testing.T) {
	x := tally{observed: 195, draws: make([]counts, 1),
		bins: binsFor(&scenario.Statistic{Measure: "first_day"}, &scenario.Scenario{Horizon: 700})}
	for _, day := range []float64{3.7, 195, 300, math.Inf(1)} {
		x.add(0, day)
	}
	if p, _ := x.tail("high"); p != 0.75 {
		t.Errorf("P(day ≥ 195) = %v, never included; want .75", p)
	}
	for u, want := range map[float64]float64{0.05: 3, 0.5: 195, 0.95: math.Inf(1)} {
		if have := x.bins.quantile(u); have != want {
			t.Errorf("quantile %v: %v, want %v", u, have, want)
		}
	}
	out, err := json.Marshal([]Number{Number(x.bins.quantile(0.95)), 3})
	if err != nil || string(out) != `["never",3]` {
		t.Errorf("%s, %v", out, err)
	}
}

func TestVerdicts(t *testing.T) {
	rare := tallyOf(1, 1)
	for i := range 1000 {
		rare.add(0, map[bool]float64{true: 1}[i < 10])
	}
	for _, c := range []struct {
		level float64
		known string
		want  Verdict
		close bool
	}{
		{0.05, "", Miss, false},
		{0.05, "why", KnownMiss, false},
		{0.001, "", Pass, false},
		{0.001, "why", Surprise, false},
		{0.011, "", Miss, true},
	} {
		e := judge(&scenario.Expectation{Level: c.level, Tail: "high", KnownMiss: c.known, Observed: 1}, 0, &rare)
		if e.Verdict != c.want || e.Close != c.close || math.Abs(e.Yes-0.01) > 1e-12 {
			t.Errorf("level %v, known %q: %+v", c.level, c.known, e)
		}
	}
	if e := judge(&scenario.Expectation{Arm: "left-out"}, -1, &rare); e.Verdict != NotHere {
		t.Errorf("an arm that is not played: %v", e.Verdict)
	}
}
