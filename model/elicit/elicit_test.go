package elicit

import (
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"pgregory.net/rapid"
)

func close2(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*math.Max(1, math.Abs(b)) }

// shapeOf fits one family.
func shapeOf(t *testing.T, f param.Family, points []Point, domain param.Domain) Fitted {
	t.Helper()
	for _, s := range shapes {
		if s.family == f {
			if got, ok := s.fit(points, domain); ok {
				return got
			}
		}
	}
	t.Fatalf("%v does not fit %v", f, points)
	return Fitted{}
}

func quartiles(x ...float64) []Point { return []Point{{x[0], .25}, {x[1], .5}, {x[2], .75}} }

// TestWorkedExamples: the two experts and the consensus of "Getting started with SHELF" (a share of voters: quartiles
// 25, 30, 35; 30, 35, 50; 25, 30, 40 per cent), the parameters found by another optimiser (scipy, Nelder–Mead to
// 1e-12) on SHELF's sum of squares.
func TestWorkedExamples(t *testing.T) {
	for _, c := range []struct {
		family        param.Family
		x             []float64
		domain        param.Domain
		a, b, squares float64
	}{
		{param.Beta, []float64{.25, .30, .35}, param.Probability, 11.58806736, 26.71156781, 4.194213e-05},
		{param.Beta, []float64{.30, .35, .50}, param.Probability, 3.76504391, 6.00067835, .0085911668},
		{param.Beta, []float64{.25, .30, .40}, param.Probability, 5.45213403, 11.60558002, .0034310567},
		{param.Normal, []float64{25, 30, 35}, param.Real, 30, 7.4130110925, 0},
		{param.Normal, []float64{30, 35, 50}, param.Real, 37.9395333116, 16.0596031260, .0094958800},
		{param.LogNormal, []float64{25, 30, 35}, param.Positive, 3.3933075485, .2499675718, .0002833679},
		{param.LogNormal, []float64{30, 35, 50}, param.Positive, 3.6138675235, .3980254664, .0061172191},
		{param.LogNormal, []float64{25, 30, 40}, param.Positive, 3.4309843559, .3539141945, .0020098},
	} {
		got := shapeOf(t, c.family, quartiles(c.x...), c.domain)
		if !close2(got.A, c.a, 1e-4) || !close2(got.B, c.b, 1e-4) || math.Abs(got.SSQ-c.squares) > 2e-7 {
			t.Errorf("%v of %v: %v, %v, %v; want %v, %v, %v", c.family, c.x, got.A, got.B, got.SSQ, c.a, c.b, c.squares)
		}
	}
}

// TestPublishedTests: those of SHELF itself in which probabilities come of a known distribution, which must be found
// again: normal(10, 20), a lognormal of median 30 and spread ½, beta(5, 20).
func TestPublishedTests(t *testing.T) {
	z := elem.NormalCDF
	ln := func(x float64) float64 { return z((elem.Log(x) - elem.Log(30)) / .5) }
	for _, c := range []struct {
		want   string
		points []Point
		domain param.Domain
	}{
		{"normal(10, 20)", []Point{{-10, z(-1)}, {10, .5}, {50, z(2)}}, param.Real},
		{"lognormal(30, 0.5)", []Point{{22, ln(22)}, {30, ln(30)}, {42, ln(42)}}, param.Positive},
		{"lognormal(30d, 0.5)", []Point{{22, ln(22)}, {30, ln(30)}, {42, ln(42)}}, param.Span},
		{"beta(5, 20)", []Point{{.16, elem.BetaI(5, 20, .16)}, {.2, elem.BetaI(5, 20, .2)}, {.24, elem.BetaI(5, 20, .24)},
			{.28, elem.BetaI(5, 20, .28)}}, param.Probability},
	} {
		got, err := Fit(c.points, c.domain)
		if err != nil || got.Text != c.want {
			t.Errorf("%s: %s, %v", c.want, got.Text, err)
		}
	}
}

// TestStandardised: Hemming et al. 2018: an interval of 80 % is stretched by 90/80 about the best answer, one of 100 %
// shrinks by 90/100; beyond the domain it ends.
func TestStandardised(t *testing.T) {
	for _, c := range []struct {
		answer    Answer
		domain    param.Domain
		low, high float64
	}{
		{Answer{20, 60, 30, 80}, param.Real, 18.75, 63.75},
		{Answer{20, 60, 30, 100}, param.Real, 21, 57},
		{Answer{20, 60, 30, 90}, param.Real, 20, 60},
		{Answer{.1, .9, .2, 60}, param.Probability, .05, 1},
	} {
		low, high := c.answer.Standardised(c.domain)
		if !close2(low, c.low, 1e-12) || !close2(high, c.high, 1e-12) {
			t.Errorf("%v: %v to %v", c.answer, low, high)
		}
	}
}

// TestPool: SHELF's own law of a linear pool, that its distribution is the mean of the experts', and the prior that
// stands for two who agree is theirs; for two who are far apart it says that it is none.
func TestPool(t *testing.T) {
	dist := func(text string) param.Dist {
		d, err := param.ParseDist(text, param.Positive)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, b := dist("lognormal(3, 0.5)"), dist("lognormal(40, 0.3)")
	p := Pool{a, b}
	for _, u := range []float64{.01, .3, .5, .77, .99} {
		x := p.Quantile(u)
		if got := (a.CDF(x) + b.CDF(x)) / 2; math.Abs(got-u) > 1e-9 {
			t.Errorf("at %v: %v", u, got)
		}
	}
	if f, apart, err := (Pool{a, a}).Prior(param.Positive); err != nil || f.Text != "lognormal(3, 0.5)" || apart > 1e-4 {
		t.Errorf("%v, %v, %v", f.Text, apart, err)
	}
	if _, apart, err := p.Prior(param.Positive); err != nil || apart < .1 {
		t.Errorf("two humps: %v, %v", apart, err)
	}
}

// TestAnswers: what is wrong with an answer is found, and every right one has a fit whose text is the fit and which
// says by how much it misses the answers. Of an interval that is not lopsided and ends inside the domain the best
// answer is the median. Catches a fit to other points, and one that does not say how bad it is.
func TestAnswers(t *testing.T) {
	for which, a := range map[string]Answer{"lowest": {5, 4, 4.5, 80}, "highest": {.1, 1.2, .5, 80},
		"best": {.1, .4, .5, 80}, "confidence": {.1, .4, .2, 50}, "": {0, 1, .5, 100}} {
		domain := param.Probability
		if which == "lowest" {
			domain = param.NonNegative
		}
		if got, why := a.Check(domain); got != which || (why == "") != (which == "") {
			t.Errorf("%v: %q %s", a, got, why)
		}
	}
	if _, why := (Answer{math.NaN(), 1, .5, 80}).Check(param.Probability); !strings.Contains(why, "domain") {
		t.Errorf("NaN: %s", why)
	}
	for a, want := range map[Answer]string{{.1, .4, .1, 80}: "best", {.1, .4, .4, 80}: "best", {0, .4, 0, 80}: "",
		{.4, 1, 1, 80}: ""} {
		if got, why := a.Check(param.Probability); got != want {
			t.Errorf("%v: %q %s", a, got, why)
		}
	}
	for a, least := range map[Answer]float64{{0, .4, 0, 80}: .2, {.05, .9, .1, 80}: .04, {.2, .8, .3, 80}: .04,
		{0, .5, .1, 80}: 0, {.2, .8, .5, 80}: 0} { // a best that is no median; an upper end that is lost, twice
		if f, err := a.Fit(param.Probability); err != nil || f.Miss < least || least == 0 && f.Miss > .001 {
			t.Errorf("%v: %v misses by %v, %v", a, f.Text, f.Miss, err)
		}
	}
	domains := []param.Domain{param.Probability, param.OpenUnit, param.NonNegative, param.Positive, param.Span,
		param.Signed, param.Real, param.SeverityUnit, param.SpanOrZero}
	rapid.Check(t, func(t *rapid.T) {
		domain := rapid.SampledFrom(domains).Draw(t, "domain")
		lo, hi := max(domain.Lo, -50), min(domain.Hi, 800)
		at := func(name string, from, to float64) float64 {
			return from + (to-from)*rapid.Float64Range(0.01, 0.99).Draw(t, name)
		}
		a := Answer{Confidence: rapid.Float64Range(50.1, 100).Draw(t, "confidence")}
		a.Lowest = at("lowest", lo, hi)
		a.Highest = at("highest", a.Lowest, hi)
		a.Best = at("best", a.Lowest, a.Highest)
		if _, why := a.Check(domain); why != "" {
			t.Skip(why)
		}
		f, err := a.Fit(domain)
		if err != nil {
			t.Fatalf("%+v on %s: %v", a, domain.Text, err)
		}
		again, err := param.ParseDist(f.Text, domain)
		if err != nil || !again.Same(f.Dist) {
			t.Fatalf("%s: %v", f.Text, err)
		}
		low, high := a.Standardised(domain)
		inside := low > domain.Lo && high < domain.Hi
		miss := max(math.Abs(f.CDF(low)-.05), math.Abs(f.CDF(a.Best)-.5), math.Abs(f.CDF(high)-.95))
		if inside && math.Abs(miss-f.Miss) > 1e-12 || f.SSQ > .15 {
			t.Fatalf("%+v on %s: %s misses by %v and %v, and says %v", a, domain.Text, f.Text, f.SSQ, miss, f.Miss)
		}
		lopsided := (high - a.Best) / (a.Best - low)
		if off := math.Abs(f.CDF(a.Best) - .5); inside && math.Abs(math.Log(lopsided)) < 1 && off > .05 {
			t.Fatalf("%+v on %s: the best is at %v of %s", a, domain.Text, f.CDF(a.Best), f.Text)
		}
	})
}
