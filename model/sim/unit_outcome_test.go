package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/scenario"
)

// Catches: a suspension scored at R8, of the embassy, outside the window, or later than the step that it precedes.
func TestUnitFirstCut(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		channel  int32
		day      float64
		cut, act float64 // FirstCut of R6, of R8 after an act at R8 on day 300
	}{{forum, 100, 100, 300}, {embassy, 100, 300, 300}, {forum, -1, 300, 300}, {forum, 400, 300, 300}} {
		y := newYard(t)
		y.now = min(c.day, 300)
		suspend := func() {
			y.bring(c.channel)
			y.suspendChannel(c.channel, CauseShock)
		}
		if c.day < 300 {
			suspend()
		}
		y.now = 300
		for class := range 4 {
			y.reach(class, Deliberate)
		}
		if y.now = c.day; c.day > 300 {
			suspend()
		}
		for class, want := range []float64{c.cut, c.cut, c.cut, c.act, inf} {
			first := 300.0
			if class == 4 {
				first = inf
			}
			if y.out.FirstCut[class] != want || y.out.First[class][AnyCause] != first {
				t.Errorf("%+v, class %d: first %v, with suspensions %v", c, class, y.out.First[class][AnyCause],
					y.out.FirstCut[class])
			}
		}
	}
}

// Catches: the latest crossing kept, one past the horizon counted, causes mixed.
func TestUnitReach(t *testing.T) {
	y := newYard(t)
	for _, at := range []struct {
		day   float64
		cause Cause
	}{{-3, Misstep}, {40, Induced}, {70, Misstep}, {90, Induced}, {y.m.horizon, Deliberate}} {
		y.now = at.day
		y.reach(2, at.cause)
	}
	y.now = y.m.horizon + 1
	y.reach(3, Misstep)
	if got, want := y.out.First[2],
		[NumCauses]float64{40, 70, 40, y.m.horizon}; got != want || !math.IsInf(y.out.First[3][AnyCause], 1) {
		t.Errorf("first crossings %v, want %v; of R8 %v", got, want, y.out.First[3])
	}
	for day, want := range map[float64]int{0: 0, y.m.horizon / 60.001: 0, y.m.horizon / 59.999: 1, y.m.horizon: 59} {
		if y.now = day; y.bin() != want {
			t.Errorf("day %v in bin %d, want %d", day, y.bin(), want)
		}
	}
}

// Catches: an episode that ends at exactly the quiet time, by direction, on private steps; missteps counted per step.
func TestUnitPairEpisodes(t *testing.T) {
	y := newYard(t)
	y.m.method.quiet = 30
	k := &y.cases[y.spied()]
	for n, c := range []struct {
		day                float64
		actor, against     int32
		rung               int
		misstep            bool
		episodes, missteps int
	}{
		{-5, aland, borland, 5, true, 0, 0},
		{10, aland, borland, 2, false, 0, 0},
		{12, aland, borland, 3, false, 1, 0},
		{42, borland, aland, 5, true, 1, 1},
		{43, aland, borland, 6, true, 1, 1},
		{50, aland, cerland, 3, true, 2, 2},
		{73.5, borland, aland, 5, false, 3, 2},
		{80, borland, aland, 5, true, 3, 3},
		{y.m.horizon + 1, aland, borland, 5, true, 3, 3},
	} {
		y.now = c.day
		y.step(k, c.actor, c.against, c.rung, c.misstep)
		if y.out.PairEpisodes != c.episodes || y.out.PairMissteps != c.missteps || len(y.out.Steps) != n {
			t.Errorf("day %v: %d episodes, %d with missteps, %d steps", c.day, y.out.PairEpisodes, y.out.PairMissteps,
				len(y.out.Steps))
		}
	}
}

// Catches: cases by ordinal before the stream, an order that depends on the insertion, Compare with the sign reversed.
func TestUnitCasesAreSorted(t *testing.T) {
	y := newYard(t)
	for n, key := range [][2]int32{{2, 0}, {0, 7}, {1, -1}, {0, 3}, {2, -2}} {
		id := y.spied()
		k := &y.cases[id]
		k.stream, k.ordinal, k.state, k.counted = key[0], key[1], closed, n != 2
		k.against, k.target = borland, borland
	}
	y.finish()
	want := [][2]int32{{0, 3}, {0, 7}, {2, -2}, {2, 0}}
	if len(y.out.Cases) != len(want) {
		t.Fatalf("%d cases", len(y.out.Cases))
	}
	for i := range want {
		if c := &y.out.Cases[i]; c.Stream != want[i][0] || c.Ordinal != want[i][1] {
			t.Errorf("case %d is %d, %d; want %v", i, c.Stream, c.Ordinal, want[i])
		}
		for j := range want {
			if got := y.out.Cases[i].Compare(&y.out.Cases[j]); got != min(1, max(-1, i-j)) {
				t.Errorf("cases %d and %d compare as %d", i, j, got)
			}
		}
	}
}

// Catches: the interval narrowed to the rung instead of its share, a class already reached expected again, sums after
// the first crossing.
func TestUnitEstimatorByHand(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "0"})
	k := &y.cases[y.suspects(borland, scenario.Prepositioning, 0.9, 0.9)]
	b := y.held(k)
	total := func(class int) (sum float64) {
		for _, p := range y.out.Expected[class] {
			sum += p
		}
		return sum
	}
	k.uniform = 0.4 // nine equal rungs without R4: R3 has [3/9, 4/9)
	d := y.choose(k, &b, &k.snap, borland)
	y.anticipate(k, &y.tmp.utilities, &d, false)
	for class, want := range []float64{6, 5, 4, 2, 1} {
		near(t, "at first", total(class), want/9)
	}
	near(t, "lo", k.lo, 3.0/9)
	near(t, "hi", k.hi, 4.0/9)
	k.highest, k.hi = 3, 1
	y.out.First[1][AnyCause] = 0
	y.anticipate(k, &y.tmp.utilities, &d, false)
	for class, want := range []float64{6.0 / 9, 5.0 / 9, 4.0/9 + 4.0/6, 2.0/9 + 2.0/6, 1.0/9 + 1.0/6} {
		near(t, "given R3", total(class), want)
	}
	near(t, "hi given that nothing was done", k.hi, 4.0/9)
}

// Catches: a reply expected by the share below its class, or of a class that its author has reached.
func TestUnitEstimatorOfReplies(t *testing.T) {
	u := decide.Utilities{}
	for r := range u {
		u[r] = math.Inf(-1)
	}
	u[0], u[5], u[9] = 0, 0, 0 // a third each
	choice := decide.Logit(&u, 1)
	for highest, want := range map[int][NumClasses]float64{0: {2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3},
		5: {0, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3}} {
		y := newYard(t)
		y.now = 10
		y.anticipateReply(highest, 5, &choice)
		for class := range want {
			near(t, "expected", y.out.Expected[class][y.bin()], want[class])
		}
	}
}
