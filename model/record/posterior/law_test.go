package posterior

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

// TestHeaderInAnyOrder: the order of the header's lines means nothing.
func TestHeaderInAnyOrder(t *testing.T) {
	p := small(t)
	head, rest, _ := strings.Cut(string(p.Bytes()), "\n\n")
	lines := strings.Split(head, "\n")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.Permutation(lines).Draw(t, "lines"), "\n") + "\n\n" + rest
		if got, err := Parse(p.Name, []byte(text)); err != nil || !reflect.DeepEqual(got, p) {
			t.Fatalf("%v\n%s", err, text[:300])
		}
	})
}

// TestAllMistakesAtOnce: the mistakes of a part are listed together, in order of their
// place, up to a bound.
func TestAllMistakesAtOnce(t *testing.T) {
	good := string(small(t).Bytes())
	bad := strings.NewReplacer("seed: 7\n", "sed: 7\n", "ess: 31.25", "ess: none", "until: 2026-06-30",
		"until: soon").Replace(good)
	_, err := Parse("x", []byte(bad))
	want := []string{"x:5:1: unknown key", "x:7:6: ess: ", "x:12:8: until: ", `key "seed" is missing`}
	got := strings.Split(err.Error(), "\n")
	if len(got) != len(want) {
		t.Fatalf("%v", err)
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
	_, rows, _ := strings.Cut(good, "\nweight")
	broken := strings.Replace(good, rows, strings.ReplaceAll(rows, "0.0", "-0.0"), 1)
	_, err = Parse("x", []byte(broken))
	if n := strings.Count(err.Error(), "\n") + 1; n != maxKept {
		t.Errorf("%d mistakes are listed, at most %d are read", n, maxKept)
	}
}

// TestPlacesExist: whatever letter is changed, the file is refused with a place that
// it has, or what it now says is read back.
func TestPlacesExist(t *testing.T) {
	good := []byte(string(small(t).Bytes()))
	rapid.Check(t, func(t *rapid.T) {
		data := slices.Clone(good)
		at := rapid.IntRange(0, len(data)-1).Draw(t, "at")
		data[at] = rapid.SampledFrom([]byte("0179.-+eE\t\n :,xTd")).Draw(t, "letter")
		p, err := Parse("x", data)
		if err == nil {
			if again, err := Parse("x", p.Bytes()); err != nil || !reflect.DeepEqual(again, p) {
				t.Fatalf("%v", err)
			}
			return
		}
		lines := strings.Split(string(data), "\n")
		var problems Problems
		if !errors.As(err, &problems) {
			t.Fatalf("%T", err)
		}
		for _, problem := range problems {
			if problem.Line < 1 || problem.Line > len(lines) || problem.Column < 1 ||
				problem.Column > len([]rune(lines[problem.Line-1]))+3 || problem.What == "" {
				t.Fatalf("%+v in a file of %d lines", problem, len(lines))
			}
		}
	})
}

// TestNameIsNoContent: the name of a file is shown and not kept.
func TestNameIsNoContent(t *testing.T) {
	p := small(t)
	other, err := Parse("elsewhere.txt", p.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if other.Name != "elsewhere.txt" || !slices.Equal(other.Bytes(), p.Bytes()) {
		t.Error("the name changes the bytes")
	}
	v := load(t, two)
	if !reflect.DeepEqual(p.Condition(v), other.Condition(v)) {
		t.Error("the name changes a scenario")
	}
}

// TestPriorOfColumn: a column knows the distribution and the domain of its path.
func TestPriorOfColumn(t *testing.T) {
	c := small(t).Columns[2]
	want, err := param.ParseDist("20d to 90d", param.Span)
	if err != nil {
		t.Fatal(err)
	}
	if c.Dist() != want || c.domain != param.Span || !c.domain.Duration {
		t.Errorf("%+v, %+v", c.Dist(), c.domain)
	}
	if got := c.cells(); got[0] != "evidence.gap" || got[3] != "20d to 90d" || got[7] != empty {
		t.Errorf("%q", got)
	}
}

// TestJointKeepsCorrelation: numbers that hang together in the sample do so in the
// draws. 2000 draws of 40 rows on a line: the values are the rows', so the
// correlation of the scores is 1 to rounding; on the priors it is below 0.1 (its
// standard error is 0.022).
func TestJointKeepsCorrelation(t *testing.T) {
	columns := smallColumns()[:2]
	for k := range columns {
		columns[k].Path = strings.TrimPrefix(columns[k].Path, "assumptions.")
		if err := columns[k].resolve(); err != nil {
			t.Fatal(err)
		}
	}
	var rows [][]float64
	var weights []float64
	for i := range 40 {
		u := (float64(i) + 0.5) / 40
		rows = append(rows, []float64{columns[0].dist.Quantile(u), columns[1].dist.Quantile(1 - u)})
		weights = append(weights, float64(1+i%3))
	}
	p, err := New("x", header(40), columns, weights, rows)
	if err != nil {
		t.Fatal(err)
	}
	v := load(t, two)
	after, before := planOf(p.Condition(v)), planOf(v)
	rate, price := slotAt(t, v, "onset.B>A.rate"), slotAt(t, v, "states.A.choice.price")
	correlation := func(theta func(int) []float64) float64 {
		var sx, sy, sxx, syy, sxy float64
		const n = 2000
		for d := range n {
			th := theta(d)
			x, y := math.Log(th[rate]), math.Log(th[price])
			sx, sy, sxx, syy, sxy = sx+x, sy+y, sxx+x*x, syy+y*y, sxy+x*y
		}
		return (sxy - sx*sy/n) / math.Sqrt((sxx-sx*sx/n)*(syy-sy*sy/n))
	}
	if r := correlation(after.Theta); r > -0.999 {
		t.Errorf("correlation %v after", r)
	}
	if r := correlation(before.Theta); math.Abs(r) > 0.1 {
		t.Errorf("correlation %v before", r)
	}
}

// TestMarginal: where a user has set one of the numbers, the others are drawn from
// the rows as they were: the same set of pairs, with the same weights.
func TestMarginal(t *testing.T) {
	p := small(t)
	all := p.Condition(load(t, two))
	some := p.Condition(load(t, strings.Replace(two, "20d to 90d", "40d", 1)))
	pairs := func(rows [][]float64, weights []float64, keep []int) map[[2]float64]float64 {
		out := map[[2]float64]float64{}
		for i, row := range rows {
			w := weights[i]
			if i > 0 {
				w -= weights[i-1]
			}
			out[[2]float64{row[keep[0]], row[keep[1]]}] += w
		}
		return out
	}
	at := func(path string) int {
		k, ok := slices.BinarySearch(all.Joint.Slots, slotAt(t, all, path))
		if !ok {
			t.Fatal(path)
		}
		return k
	}
	gap := at("evidence.gap")
	keep := slices.DeleteFunc([]int{0, 1, 2}, func(k int) bool { return k == gap })
	want, got := pairs(all.Joint.Rows, all.Joint.Cumulative, keep),
		pairs(some.Joint.Rows, some.Joint.Cumulative, []int{0, 1})
	if len(want) != len(got) {
		t.Fatalf("%d pairs, want %d", len(got), len(want))
	}
	for pair, w := range want {
		if math.Abs(got[pair]-w) > 1e-12 {
			t.Errorf("%v: weight %v, want %v", pair, got[pair], w)
		}
	}
	if some.Joint.Hash == all.Joint.Hash {
		t.Error("the marginal has the hash of the whole")
	}
}

// TestContractionHasNoScale: what is learned of a number does not depend on the unit
// or the scale that it is written in. Catches a contraction of raw values.
func TestContractionHasNoScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "rows")
		u, weights := make([]float64, n), make([]float64, n)
		for i := range u {
			u[i], weights[i] = rapid.Float64Range(0.001, 0.999).Draw(t, "u"), rapid.Float64Range(0.1, 3).Draw(t, "w")
		}
		var first float64
		for i, prior := range []string{"normal(3, 2)", "lognormal(0.5, 1.7)", "uniform(10, 30)", "beta(2, 5)",
			"logitnormal(0.3, 1)"} {
			dom := param.Real
			if strings.HasPrefix(prior, "beta") || strings.HasPrefix(prior, "logit") {
				dom = param.Probability
			}
			d, err := param.ParseDist(prior, dom)
			if err != nil {
				t.Fatal(err)
			}
			values := make([]float64, n)
			for k := range values {
				values[k] = d.Quantile(u[k])
			}
			got := contraction(d, values, weights)
			if i == 0 {
				first = got
			}
			if math.Abs(got-first) > 1e-5 {
				t.Fatalf("%s: %v, %v on another scale", prior, got, first)
			}
		}
	})
}

// TestSmallSamplesPretendNothing: the variance of 8 draws of the prior, of unequal
// weights, is 1 on average. Over 4000 such samples the standard error is at most
// √(2/(6·4000)) = 0.009, so ±0.04 is beyond four of them; without 1 − Σw² in the
// denominator the mean is 0.86.
func TestSmallSamplesPretendNothing(t *testing.T) {
	d, err := param.ParseDist("normal(5, 2)", param.Real)
	if err != nil {
		t.Fatal(err)
	}
	const n, samples = 8, 4000
	src := random.NewSource(random.Mix, 11)
	weights := []float64{1, 2, 1, 2, 1, 2, 1, 2}
	mean := 0.0
	for s := range samples {
		rep := src.Replicate(uint64(s))
		values := make([]float64, n)
		for i := range values {
			values[i] = 5 + 2*rep.Normal(random.Stream(random.NameHash("x"), random.Particle), i)
		}
		sd, ok := deviation(d, values, weights)
		if !ok {
			t.Fatal("no variance")
		}
		mean += sd * sd / samples
	}
	if math.Abs(mean-1) > 0.04 {
		t.Errorf("the mean variance is %.3f", mean)
	}
	if _, ok := deviation(d, []float64{1, 2}, []float64{1, 0}); ok {
		t.Error("one row with all the weight has a variance")
	}
}

// TestRounding: six digits, more only where six leave the support.
func TestRounding(t *testing.T) {
	column := func(path, prior string) Column {
		c := Column{Path: path, Prior: prior}
		if err := c.resolve(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, c := range []struct {
		path, prior string
		x, want     float64
	}{
		{"choice.price", "0.08 to 0.2", 0.123456789, 0.123457},
		{"choice.price", "uniform(0.123456789, 0.2)", 0.12345679, 0.123457},
		{"choice.price", "uniform(0.1234574, 0.2)", 0.12345741, 0.1234574},
		{"beliefs.A>B.status_quo", "0.2 to 0.5", 0.99999999, 0.99999999},
		{"evidence.gap", "20d to 90d", 54.98765432, 54.9877},
	} {
		d := column(c.path, c.prior)
		if got := d.rounded(c.x); got != c.want {
			t.Errorf("%s, %s: %v becomes %v, want %v", c.path, c.prior, c.x, got, c.want)
		}
	}
}
