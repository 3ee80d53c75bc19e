package calibrate

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/kolmogorov"
	"github.com/misstep/misstep/model/param"
)

// Breaks when a slot is left out, placed twice, or a mechanism becomes a coordinate.
func TestEverySlotHasOnePlace(t *testing.T) {
	p := full()
	for h, v := range p.Histories.pair() {
		times := make([]int, len(v.Slots))
		for n := range p.Space.Coordinates {
			for _, at := range p.Space.Coordinates[n].at {
				if at.history == h {
					times[at.slot]++
				}
			}
		}
		for _, slot := range p.Space.fresh[h] {
			times[slot]++
		}
		for i := range v.Slots {
			want := 1
			if v.Slots[i].Dist.IsPoint() {
				want = 0
			}
			if times[i] != want {
				t.Errorf("%s: %s stands in %d places, want %d", v.Name, v.Slots[i].Path, times[i], want)
			}
		}
	}
}

// Breaks when a strength or an effect is learned, or anything else is drawn afresh
// but the numbers of China that the British history sees otherwise.
func TestWhatIsDrawnAfresh(t *testing.T) {
	p := full()
	var others []string
	for h, v := range p.Histories.pair() {
		for _, slot := range p.Space.fresh[h] {
			name := ""
			if id := v.Slots[slot].Param; id >= 0 {
				name = param.Get(id).Group()
			}
			if name != "strength" && name != "effect" {
				others = append(others, v.Name+" "+v.Slots[slot].Path)
			}
		}
	}
	want := []string{"uk-china-history assumptions.onset.criminals>China.rate",
		"uk-china-history assumptions.states.China.choice.cost", "uk-china-history assumptions.states.China.choice.price"}
	if !slices.Equal(sorted(others), want) {
		t.Errorf("drawn afresh:\n%s\nwant\n%s", strings.Join(sorted(others), "\n"), strings.Join(want, "\n"))
	}
	for n := range p.Space.Coordinates {
		if id := p.Space.Coordinates[n].Param; id >= 0 {
			if g := param.Get(id).Group(); g == "strength" || g == "effect" {
				t.Errorf("%s is a coordinate", p.Space.Coordinates[n].Path)
			}
		}
	}
}

// Breaks when coordinates or their paths repeat, or lack the numbers of the record.
func TestCoordinatesAreUnique(t *testing.T) {
	p := full()
	seen := map[string]bool{}
	for n := range p.Space.Coordinates {
		c := &p.Space.Coordinates[n]
		if seen[c.Path] || strings.HasPrefix(c.Path, "assumptions.") || c.Dist.IsPoint() {
			t.Errorf("coordinate %q repeats, is a point or is no short path", c.Path)
		}
		seen[c.Path] = true
		if (c.at == nil) != strings.HasPrefix(c.Path, "record.") {
			t.Errorf("%s stands in %d slots", c.Path, len(c.at))
		}
	}
	for _, path := range []string{"record.dcid", "record.eurepoc", "record.lag"} {
		if n, ok := p.Space.observation[path]; !ok || p.Space.Coordinates[n].Path != path {
			t.Errorf("%s is no coordinate", path)
		}
	}
}

// Breaks when a shared path gets a number of its own in the second history.
func TestSharedSlotsHoldOneNumber(t *testing.T) {
	p := full()
	rep := replicate(1)
	values := make([]float64, p.Dims())
	p.Space.Values(drawn(p, rep), values)
	byPath := map[string]float64{}
	shared := 0
	for h, v := range p.Histories.pair() {
		theta := make([]float64, len(v.Slots))
		p.Space.Theta(h, values, &rep, theta)
		for i := range v.Slots {
			s := &v.Slots[i]
			if !s.Domain.Contains(theta[i]) {
				t.Errorf("%s: %s = %v is outside of its domain", v.Name, s.Path, theta[i])
			}
			if s.Dist.IsPoint() && theta[i] != s.Dist.A {
				t.Errorf("%s: the point %s is %v, want %v", v.Name, s.Path, theta[i], s.Dist.A)
			}
			x, known := byPath[s.Path]
			byPath[s.Path] = theta[i]
			if !known || h == 0 || !s.Dist.Same(distAt(p, 0, s.Path)) {
				continue
			}
			shared++
			if x != theta[i] {
				t.Errorf("%s is %v in one history and %v in the other", s.Path, x, theta[i])
			}
		}
	}
	if shared < 60 {
		t.Errorf("only %d slots are shared", shared)
	}
}

func distAt(p *Problem, h int, path string) param.Dist {
	for _, s := range p.Histories.pair()[h].Slots {
		if s.Path == path {
			return s.Dist
		}
	}
	return param.Dist{}
}

// Breaks when theta keeps something of an earlier call or ignores the replicate.
func TestThetaIsPure(t *testing.T) {
	p := full()
	a, b := replicate(1), replicate(2)
	values := make([]float64, p.Dims())
	p.Space.Values(drawn(p, a), values)
	for h, v := range p.Histories.pair() {
		first, again, other := make([]float64, len(v.Slots)), slices.Repeat([]float64{math.NaN()}, len(v.Slots)),
			make([]float64, len(v.Slots))
		p.Space.Theta(h, values, &a, first)
		p.Space.Theta(h, values, &b, other)
		p.Space.Theta(h, values, &a, again)
		if !slices.Equal(first, again) {
			t.Errorf("%s: two thetas of the same values and replicate differ", v.Name)
		}
		for i := range v.Slots {
			if fresh := slices.Contains(p.Space.fresh[h], i); fresh != (first[i] != other[i]) {
				t.Errorf("%s: %s drawn afresh: %v, moved by the replicate: %v", v.Name, v.Slots[i].Path, fresh,
					first[i] != other[i])
			}
		}
	}
}

// sampleOfValues draws n vectors of coordinates, [coordinate][draw].
func sampleOfValues(p *Problem, n int) [][]float64 {
	out := make([][]float64, p.Dims())
	row := make([]float64, p.Dims())
	for i := range n {
		p.Space.Values(drawn(p, replicate(i)), row)
		for j, x := range row {
			out[j] = append(out[j], x)
		}
	}
	return out
}

// Breaks when a walk's marginal is not its prior: 4000 draws see a distance of .07
// from it with certainty, and fail a correct program with probability 10⁻⁶ a
// coordinate. A step computed before its predecessor is one.
func TestEveryMarginalIsThePrior(t *testing.T) {
	p := full()
	const n = 4000
	for j, x := range sampleOfValues(p, n) {
		c := &p.Space.Coordinates[j]
		if d := kolmogorov.Distance(x, nil, c.Dist.CDF); d > kolmogorov.Bound(float64(n), level) {
			t.Errorf("%s lies %.3f from its prior, at most %.3f is chance", c.Path, d, kolmogorov.Bound(float64(n), level))
		}
	}
}

// Breaks when steps of a walk correlate otherwise than with the ratio of their
// standard deviations, or increments depend on what was before; 4000 draws, level
// 10⁻⁶, a correlation off by .13 is seen.
func TestPricesWalk(t *testing.T) {
	p := full()
	const n = 4000
	values := sampleOfValues(p, n)
	logs := func(j int) []float64 {
		out := make([]float64, n)
		for i, x := range values[j] {
			out[i] = math.Log(x)
		}
		return out
	}
	steps := 0
	for j := range p.Space.Coordinates {
		c := &p.Space.Coordinates[j]
		if strings.HasPrefix(c.Path, walkPrefix) != (c.walk >= 0) {
			t.Errorf("%s: walks after %d", c.Path, c.walk)
		}
		if c.walk < 0 {
			continue
		}
		steps++
		before := &p.Space.Coordinates[c.walk]
		old, now := logs(c.walk), logs(j)
		if rho := before.Dist.B / c.Dist.B; farFrom(correlation(old, now), rho, n) {
			t.Errorf("%s correlates %.3f with %s, want %.3f", c.Path, correlation(old, now), before.Path, rho)
		}
		for i := range now {
			now[i] -= old[i]
		}
		if r := correlation(old, now); farFrom(r, 0, n) {
			t.Errorf("%s: the increment correlates %.3f with the price before", c.Path, r)
		}
	}
	if steps != 10 {
		t.Errorf("%d steps of prices, want 6 American, 2 Chinese and 2 British", steps)
	}
}

// Breaks when chains of one state are not followed from the first to the last date.
func TestWalksFollowTheCalendar(t *testing.T) {
	p := full()
	for j := range p.Space.Coordinates {
		c := &p.Space.Coordinates[j]
		if c.walk < 0 {
			continue
		}
		before := p.Space.Coordinates[c.walk].Path
		state, _, _ := strings.Cut(strings.TrimPrefix(c.Path, walkPrefix), "@")
		if before != "states."+state+".choice.price" &&
			(!strings.HasPrefix(before, walkPrefix+state+"@") || before >= c.Path) {
			t.Errorf("%s follows %s", c.Path, before)
		}
	}
}

// Breaks when the score of a value is not the normal it came from.
func TestScoreUndoesValues(t *testing.T) {
	p := full()
	row := make([]float64, p.Dims())
	for i := range 50 {
		z := drawn(p, replicate(i))
		p.Space.Values(z, row)
		for n, x := range row {
			c := &p.Space.Coordinates[n]
			want := z[n]
			if c.walk >= 0 {
				want = c.share*p.Space.Score(c.walk, row[c.walk]) + math.Sqrt(1-c.share*c.share)*z[n]
			}
			if math.Abs(p.Space.Score(n, x)-want) > 1e-6 {
				t.Errorf("%s: the score of %v is %v, want %v", c.Path, x, p.Space.Score(n, x), want)
			}
		}
	}
	if s := p.Space.Score(0, math.Inf(1)); math.IsInf(s, 0) || s < 7 {
		t.Errorf("the score of a value beyond all is %v", s)
	}
}

// Breaks when a walk without a beginning, or one that narrows, is let through.
func TestWalksThatAreNone(t *testing.T) {
	for _, x := range []struct{ old, with, want string }{
		{"price: {value: 0.08 to 0.5, source: \"assumption: a policy that nobody states; a random walk begins here, and " +
			"calibration narrows it\"}", "price: {value: 0.2, source: \"assumption: known\"}",
			"the prices of United States have no first value: set assumptions.states.United States.choice.price"},
		{"price: {value: 0.0678 to 0.59,", "price: {value: 0.1 to 0.2,",
			"prices.United States@2016-01-01.price and prices.United States@2018-01-01.price are no random walk: both must " +
				"be lognormal, and the later one at least as wide"},
		{"price: {value: 0.0678 to 0.59,", "price: {value: \"uniform(0.1, 0.2)\",",
			"prices.United States@2016-01-01.price and prices.United States@2018-01-01.price are no random walk: both must " +
				"be lognormal, and the later one at least as wide"},
	} {
		v := edited(t, "us-china-history", americanText(), x.old, x.with)
		h := &Histories{American: v, British: britishPast()}
		pair := h.pair()
		if _, err := NewSpace(pair[:]); err == nil || err.Error() != x.want {
			t.Errorf("%s\ngot  %v\nwant %s", x.with, err, x.want)
		}
	}
}
