package patterns

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

func tallyOf(observed float64, draws int) tally {
	return tally{observed: observed, draws: make([]counts, draws), bins: histogram{1, make([]int, 1002)}}
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
	if out, err := json.Marshal([]Number{Number(math.Inf(1)), 3}); err != nil || string(out) != `["never",3]` {
		t.Errorf("%s, %v", out, err)
	}
}

// TestVerdicts: what misses counts, unless it is known to; what is known and does not miss is said.
func TestVerdicts(t *testing.T) {
	rare, r := tallyOf(1, 1), &Result{Patterns: []Pattern{{Verdict: Miss}}}
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
		{0.011, "", Miss, true}, {0.01, "", Pass, true},
	} {
		e := judge(&scenario.Expectation{Level: c.level, Tail: "high", KnownMiss: c.known, Observed: 1}, 0, &rare)
		if e.Verdict != c.want || e.Close != c.close || math.Abs(e.Yes-0.01) > 1e-12 {
			t.Errorf("level %v, known %q: %+v", c.level, c.known, e)
		}
		r.Expectations = append(r.Expectations, e)
	}
	if r.Misses() != 2 {
		t.Errorf("%d misses, want 2", r.Misses())
	}
	if e := judge(&scenario.Expectation{Arm: "left-out"}, -1, &rare); e.Verdict != NotHere {
		t.Errorf("an arm that is not played: %v", e.Verdict)
	}
	empty := tallyOf(0, 1)
	if e := judge(&scenario.Expectation{Level: 0.05}, 0, &empty); e.Verdict != Miss {
		t.Errorf("nothing was played, and it is a %s", e.Verdict)
	}
}

// tallied puts values of several draws into a tally.
func tallied(observed float64, draws ...[]float64) tally {
	t := tallyOf(observed, len(draws))
	for d, values := range draws {
		for _, x := range values {
			t.add(d, x)
		}
	}
	return t
}

// Ties that count on one side only, a double that exceeds 1, or a side that is
// swapped would show here.
func TestTailsOfTies(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		observed        float64
		values          []float64
		low, high, both float64
	}{
		{2, []float64{2, 2, 2, 2}, 1, 1, 1},
		{2, []float64{1, 2, 2, 3}, 0.75, 0.75, 1},
		{2, []float64{0, 1, 1, 2}, 1, 0.25, 0.5},
		{2, []float64{2, 3, 4, 5, 6}, 0.2, 1, 0.4},
		{2, []float64{3, 4}, 0, 1, 0},
		{2, []float64{1, 1}, 1, 0, 0},
		{2, []float64{inf, 1}, 0.5, 0.5, 1},
		{inf, []float64{inf, inf, 7, 7}, 1, 0.5, 1},
	} {
		x := tallied(c.observed, c.values)
		for side, want := range map[string]float64{"low": c.low, "high": c.high, "both": c.both, "": c.both} {
			if have, _ := x.tail(side); have != want {
				t.Errorf("%v in %v, %q: %v, want %v", c.observed, c.values, side, have, want)
			}
		}
	}
}

// A standard error that treats replicates of a draw as independent would show here:
// it is compared with the scatter of the whole experiment, done 300 times.
func TestTailErrorIsThatOfClusters(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	const experiments, drawn, replicates = 300, 40, 10
	var sum, sq, claimed float64
	for range experiments {
		x := tallyOf(0, drawn)
		for d := range drawn {
			p := rng.Float64() // differs by draw, as parameters do
			for range replicates {
				x.add(d, map[bool]float64{false: 1}[rng.Float64() < p])
			}
		}
		p, se := x.tail("low")
		sum, sq, claimed = sum+p/experiments, sq+p*p/experiments, claimed+se/experiments
	}
	actual := math.Sqrt(sq - sum*sum)
	independent := math.Sqrt(0.25 / (drawn * replicates))
	// A standard deviation of 300 values is within 16 % at four standard errors.
	if math.Abs(claimed/actual-1) > 0.18 || claimed < 1.5*independent {
		t.Errorf("claimed %v, scatter %v, independent %v", claimed, actual, independent)
	}
}

// A draw without replicates that counts as a cluster, or a merge into another draw
// than the block's, would show here.
func TestMergedTalliesEqualOne(t *testing.T) {
	values := [][]float64{{1, 2, 3}, nil, {2, 2}, {0, 9}}
	want := tallied(2, values...)
	have := tallyOf(2, len(values))
	for d, list := range values {
		for i := 0; i < len(list); i += 2 {
			block := tallied(2, list[i:min(len(list), i+2)])
			have.merge(d, &block)
		}
	}
	for _, side := range []string{"low", "high", "both"} {
		p, se := want.tail(side)
		q, qe := have.tail(side)
		if p != q || se != qe {
			t.Errorf("%s: %v ± %v in one, %v ± %v merged", side, p, se, q, qe)
		}
	}
	// Three used draws of 3, 2 and 2 with 2, 2 and 1 at or below: p = 5/7, residuals
	// −1/7, 4/7 and −3/7.
	if _, se := want.tail("low"); math.Abs(se-math.Sqrt(26.0/49*3/2)/7) > 1e-12 {
		t.Errorf("± %v", se)
	}
}

// A quantile that is an upper edge, or that begins at an empty bin, would show here.
func TestHistogramQuantiles(t *testing.T) {
	for _, c := range []struct {
		width  float64
		values []float64
		u      map[float64]float64
		above  float64
	}{
		{1, []float64{4, 4, 4, 4}, map[float64]float64{0: 4, 0.05: 4, 0.5: 4, 1: 4}, 1},
		{1, []float64{0, 0, 0, 1}, map[float64]float64{0.05: 0, 0.75: 0, 0.76: 1, 1: 1}, 0.25},
		{1, []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, map[float64]float64{0.05: 0, 0.1: 0, 0.11: 1, 0.5: 4, 0.95: 9}, 0.9},
		{0.001, []float64{0.2504, 0.5, 1}, map[float64]float64{0.3: 0.25, 0.5: 0.5, 1: 1}, 1},
		{1, []float64{5, 1e7}, map[float64]float64{0.5: 5, 0.51: math.Inf(1)}, 1},
		{1, []float64{-3, 2}, map[float64]float64{0.5: 0, 1: 2}, 0.5},
	} {
		h := histogram{c.width, make([]int, 1002)}
		for _, x := range c.values {
			h.add(x)
		}
		for u, want := range c.u {
			if have := h.quantile(u); have != want && math.Abs(have-want) > 1e-12 {
				t.Errorf("%v, %v: %v, want %v", c.values, u, have, want)
			}
		}
		if have := h.above(); math.Abs(have-c.above) > 1e-12 {
			t.Errorf("%v: %v above, want %v", c.values, have, c.above)
		}
	}
}

// Bins of a whole day for shares, or too few days for a backlog, would show here.
func TestBinsFitTheirMeasure(t *testing.T) {
	v := &scenario.Scenario{Horizon: 700, Model: scenario.Model{Backlog: 1461}}
	for measure, want := range map[string]struct {
		width float64
		bins  int
	}{"first_day": {1, 2163}, "uptime": {0.001, 1002}, "count": {1, 1002}, "max_rung": {1, 1002}} {
		if h := binsFor(&scenario.Statistic{Measure: measure}, v); h.width != want.width || len(h.n) != want.bins {
			t.Errorf("%s: %d bins of %v, want %d of %v", measure, len(h.n), h.width, want.bins, want.width)
		}
	}
}

// TestIntervalOfAnExpectation: of a hundred values the fifth, the fiftieth and the ninety-fifth. Catches quantiles of
// another level, and ends exchanged.
func TestIntervalOfAnExpectation(t *testing.T) {
	var values []float64
	for i := range 100 {
		values = append(values, float64(i))
	}
	x := tallied(3, values)
	if e := judge(&scenario.Expectation{Observed: 3, Level: 0.05}, 0, &x); e.Low != 4 || e.Median != 49 || e.High != 94 {
		t.Errorf("%v [%v, %v], want 49 [4, 94]", e.Median, e.Low, e.High)
	}
}
