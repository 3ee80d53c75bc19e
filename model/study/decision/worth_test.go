package decision

import (
	"math"
	"testing"
)

var slopes = []float64{0.1, 0.05, 0.03, 0, 0, 0, 0, 0, 0, 0}

// TestLinearNormal: of a sum of normal numbers the values of knowing all, one, or some have a closed form.
// Noise is three times the spread of the truth, so that what takes it for truth is wrong by a factor: at a
// mean of 0.1 knowing everything would be worth 8 times as much. Held to a sixth, or 0.002, on the mean
// over 20 samples, and the intervals to holding the truth in 15 of 20 (of 0.95 each a chance of 0.0003 for
// fewer). A group is worth a little less than it should be, by shrinkage: two thirds of the truth or more.
func TestLinearNormal(t *testing.T) {
	const samples = 20
	sd := math.Sqrt(0.1*0.1 + 0.05*0.05 + 0.03*0.03)
	for _, mean := range []float64{0.03, -0.1} {
		everything, first := tally{truth: loss(mean, sd)}, tally{truth: loss(mean, 0.1)}
		group := tally{truth: loss(mean, math.Hypot(0.1, 0.05))}
		none := 0
		for seed := range samples {
			s, _ := linear(mean, 0.35, slopes...).sampled(1500, seed)
			list := []benefit{s.contrasts[0].under(0)}
			shrunk := []shrunken{list[0].shrink()}
			r := regrets(shrunk)
			best := chosen(arms(shrunk, whole))
			everything.add(r[best].Mean, r[best].Half)
			l := newLearner(s)
			for _, n := range l.numbers(list) {
				switch {
				case n.Name == "number.a":
					first.add(n.Value, n.Half)
				case n.Name > "number.c" && n.Told:
					none++
				}
			}
			g, _ := l.group(func(path string) bool { return path <= "number.e" })
			value, half, told := g.worth(list, 1)
			group.add(value, half)
			if !told {
				t.Errorf("mean %v, sample %d: the group is not told", mean, seed)
			}
			g, _ = l.group(func(path string) bool { return path > "number.c" })
			if _, _, told = g.worth(list, 1); told {
				none++
			}
		}
		for name, x := range map[string]*tally{"everything": &everything, "the first": &first} {
			if off := math.Abs(x.average() - x.truth); off > max(0.002, x.truth/6) || x.held < 15 {
				t.Errorf("mean %v, %s: %.4f, want %.4f; %d of %d intervals hold it", mean, name, x.average(), x.truth, x.held, x.n)
			}
		}
		if x := group.average() / group.truth; x < 0.67 || x > 1.05 {
			t.Errorf("mean %v: the group is worth %.2f of the truth", mean, x)
		}
		if none > 7 { // of 40 tests at 0.05: P(> 7) = 0.0007, and less where shrinkage speaks against
			t.Errorf("mean %v: luck was told %d times", mean, none)
		}
	}
}

// TestLumpy: where most draws have no effect and few a large one, which no normal formula allows for, the
// value of knowing everything is right to a fifth on the mean, where what takes noise for truth is above
// it, and the shares of draws are within their intervals in 17 of 20 samples.
func TestLumpy(t *testing.T) {
	const delta = 0.05
	for _, draws := range []int{200, 600} {
		held, ratio, raw := 0, 0.0, 0.0
		const samples = 20
		for seed := range samples {
			s, truth := lumpy().sampled(draws, seed)
			b := s.under(0, delta)[0]
			known, seen := [][]float64{make([]float64, draws), truth}, [][]float64{make([]float64, draws), b.value}
			want := average(regretOf(known, 1))
			ratio += regrets([]shrunken{b.shrink()})[1].Mean / want / samples
			raw += average(regretOf(seen, 1)) / want / samples
			x := sharesOf(b.rates())
			worse, better := above(negative(truth), delta), above(truth, delta)
			if x.Worse.Low <= worse && worse <= x.Worse.High && x.Better.Low <= better && better <= x.Better.High {
				held++
			}
		}
		if ratio < 0.8 || ratio > 1.2 || raw < ratio+0.03 || held < 17 {
			t.Errorf("%d draws: regret %.3f of the truth, %.3f with the noise in; shares held in %d of %d", draws, ratio, raw,
				held, samples)
		}
	}
}

func negative(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = -v
	}
	return out
}

// TestShrunken: shrunken draws have the mean of the draws and, for a variance, what is left of theirs.
func TestShrunken(t *testing.T) {
	s, _ := linear(0.1, 0.35, slopes...).sampled(500, 1)
	b := s.contrasts[0].under(0)
	mean, variance, between := b.moments()
	m, v := spread(b.shrink().draws)
	if math.Abs(m-mean) > 1e-12 || math.Abs(v-between) > 1e-12 || between > variance/2 {
		t.Errorf("mean %v, variance %v; want %v, %v of %v", m, v, mean, between, variance)
	}
	for d := range b.noise {
		b.noise[d] = 10
	}
	if _, v := spread(b.shrink().draws); v > 1e-20 {
		t.Errorf("noise above everything leaves a variance of %v", v)
	}
}

// TestWithoutMeansWithout: the fitted value of a draw that had no say is that of a regression on the others.
func TestWithoutMeansWithout(t *testing.T) {
	s, _ := linear(0, 0.35, slopes...).sampled(60, 1)
	y := s.contrasts[0].fixed
	q := orthonormal(basis(s.Theta[0], 4))
	have := projector(q).predicted(y)
	yc := centred(y)
	for d := range y {
		keep := func(x []float64) (out []float64) { return append(append(out, x[:d]...), x[d+1:]...) }
		var rest [][]float64
		for _, x := range q {
			rest = append(rest, keep(x))
		}
		want := leastSquares(rest, keep(yc), q, d)
		if math.Abs(have[d]-want) > 1e-10 {
			t.Fatalf("draw %d: %v, want %v", d, have[d], want)
		}
	}
}

// leastSquares fits y on columns without an intercept, by the normal equations, and predicts a row.
func leastSquares(x [][]float64, y []float64, row [][]float64, d int) (fit float64) {
	r := &ridge{columns: x, gram: make([][]float64, len(x))}
	onto := make([]float64, len(x))
	for i := range x {
		for k := range x {
			r.gram[i] = append(r.gram[i], dot(x[i], x[k]))
		}
		onto[i] = dot(x[i], y)
	}
	f := r.factor(0)
	for i, b := range f.solve(onto) {
		fit += b * row[i][d]
	}
	return fit
}
