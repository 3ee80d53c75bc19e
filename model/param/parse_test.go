package param

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDist(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
		family Family
		a, b   float64
	}{
		{"3.5", Real, Point, 3.5, 0},
		{" 3.5 ", Real, Point, 3.5, 0},
		{"-1e-3", Real, Point, -0.001, 0},
		{"−0.5", Signed, Point, -0.5, 0},
		{"196d", Span, Point, 196, 0},
		{"2w", Span, Point, 14, 0},
		{"5y", Span, Point, 5 * DaysPerYear, 0},
		{"0", SpanOrZero, Point, 0, 0},
		{"8", Moves, Point, 8, 0},
		{"uniform(0, 1)", Probability, Uniform, 0, 1},
		{"uniform( -0.2 ,0.5 )", Signed, Uniform, -0.2, 0.5},
		{"uniform(30d, 1y)", Span, Uniform, 30, DaysPerYear},
		{"normal(0.1, 0.15)", Real, Normal, 0.1, 0.15},
		{"normal(30d, 1w)", Span, Normal, 30, 7},
		{"lognormal(1, 0.5)", Positive, LogNormal, 0, 0.5},
		{"lognormal(100d, 0.5)", Span, LogNormal, math.Log(100), 0.5},
		{"logitnormal(0.5, 1)", OpenUnit, LogitNormal, 0, 1},
		{"beta(2, 5)", Probability, Beta, 2, 5},
	} {
		d, err := ParseDist(c.text, c.domain)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if d.Family != c.family || math.Abs(d.A-c.a) > 1e-12 || math.Abs(d.B-c.b) > 1e-12 ||
			d.Text != strings.TrimSpace(c.text) {
			t.Errorf("%s: %+v", c.text, d)
		}
	}
}

func TestParseDistRefuses(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
		want   string
	}{
		{"", Real, `"" is no number`},
		{"true", Real, `"true" is no number`},
		{"nan", Real, `"nan" is no number`},
		{"inf", Real, `"inf" is no number`},
		{"1e400", Real, `"1e400" is no number`},
		{"0x10", Real, `"0x10" is no number`},
		{"1_000", Real, `"1_000" is no number`},
		{"1 000", Real, `"1 000" is no number`},
		{"1,5", Real, `"1,5" is no number`},
		{"2", Probability, "2 is outside the domain: 0 to 1"},
		{"0", Positive, "0 is outside the domain: > 0"},
		{"1", OpenUnit, "1 is outside the domain: between 0 and 1"},
		{"2.5", Moves, "2.5 is outside the domain: a whole number"},
		{"196", Span, `"196" is no duration`},
		{"196 d", Span, `"196 d" is no duration`},
		{"3m", Span, `"3m" is no duration`},
		{"0", Span, "0d is outside the domain"},
		{"-3d", SpanOrZero, "-3d is outside the domain"},
		{"6 to 2", Real, "the interval 6 to 2 is empty"},
		{"2 to 2", Real, "the interval 2 to 2 is empty"},
		{"a to 2", Real, `"a" is no number`},
		{"1 to b", Real, `"b" is no number`},
		{"1 to 2 to 3", Real, "is no number"},
		{"-1 to 2", Positive, "-1 is outside the domain"},
		{"0 to 0.5", Probability, "must lie strictly inside"},
		{"0.5 to 1", OpenUnit, "1 is outside the domain"},
		{"1 to 2 at 100%", Real, "must lie between 0 and 1"},
		{"1 to 2 at 0%", Real, "must lie between 0 and 1"},
		{"1 to 2 at 9.9.9%", Real, "is no percentage"},
		{"60 to 90d", Span, `"60" is no duration`},
		{"2 to 4", Moves, "a whole number cannot be an interval"},
		{"uniform(2, 4)", Moves, "a whole number cannot be a distribution"},
		{"gamma(1, 2)", Real, `unknown family "gamma"; known: uniform`},
		{"point(1, 2)", Real, `unknown family "point"`},
		{"uniform(1, 1)", Real, "uniform(1, 1) is empty"},
		{"uniform(0, 2)", Probability, "2 is outside the domain"},
		{"uniform(1)", Real, "is no number"},
		{"uniform(1, 2, 3)", Real, "is no number"},
		{"normal(0, 0)", Real, "the spread 0 of a normal must be positive"},
		{"normal(0, -1)", Real, "the spread -1 of a normal must be positive"},
		{"normal(-1, 1)", Positive, "-1 is outside the domain"},
		{"normal(30d, 7)", Span, `"7" is no duration`},
		{"lognormal(100d, 3d)", Span, `"3d" is no number`},
		{"lognormal(0, 1)", NonNegative, "must be positive"},
		{"logitnormal(1, 1)", Probability, "must lie between 0 and 1"},
		{"beta(0, 1)", Probability, "needs two positive shapes"},
		{"beta(1, 1)", Domain{Lo: 0.5, Hi: 1, Text: "0.5 to 1"}, "beta lives on 0 to 1"},
	} {
		d, err := ParseDist(c.text, c.domain)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q on %s: %+v, %v; want %s", c.text, c.domain.Text, d, err, c.want)
		}
	}
}

// TestFormatNumberReads back to the same bits, all but those that are too small for a computer to hold.
func TestFormatNumberReads(t *testing.T) {
	held := func(x float64) bool { return x == 0 || math.Abs(x) >= smallest }
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1e12, 1e12).Filter(held).Draw(t, "x")
		got, err := ParseNumber(FormatNumber(x, false), false)
		if err != nil || got != x {
			t.Fatalf("%v became %v, %v", x, got, err)
		}
		got, err = ParseNumber(FormatNumber(x, true), true)
		if err != nil || got != x {
			t.Fatalf("%v days became %v, %v", x, got, err)
		}
	})
}

// FuzzParseDist: no text panics, and what is accepted is read again as the same.
func FuzzParseDist(f *testing.F) {
	for _, seed := range []string{"3.5", "2.5 to 6", "2.5 to 6 at 95%", "uniform(0, 1)", "normal(1d, 1e308y)",
		"lognormal(3, 1)", "beta(1e-300, 1)",
		"logitnormal(0.5, 1e300)", "196d", "−1", "uniform(0,0)", "1 to 2 at .%"} {
		f.Add(seed)
	}
	domains := []Domain{Real, Positive, NonNegative, Probability, OpenUnit, Signed, Span, SpanOrZero, SeverityUnit, Moves}
	f.Fuzz(func(t *testing.T, text string) {
		for _, dom := range domains {
			d, err := ParseDist(text, dom)
			if err != nil {
				continue
			}
			again, err := ParseDist(d.Text, dom)
			if err != nil || again != d {
				t.Fatalf("%q on %s: %+v, then %+v, %v", text, dom.Text, d, again, err)
			}
			if d.IsPoint() && !dom.Contains(d.A) {
				t.Fatalf("%q on %s: the point %v", text, dom.Text, d.A)
			}
			for _, u := range grid {
				x := d.Quantile(u)
				if x < dom.Lo || x > dom.Hi {
					t.Fatalf("%q on %s: Quantile(%v) = %v", text, dom.Text, u, x)
				}
				d.CDF(x)
			}
		}
	})
}
