package param

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/elem"
)

// scores are the standard normal quantiles of the upper end of central intervals.
var scores = map[float64]float64{50: 0.6744897501960817, 90: 1.6448536269514722, 95: 1.959963984540054,
	99: 2.5758293035489004}

// TestIntervalSpread catches a level that is read as one-sided, and a family
// chosen for the wrong domain.
func TestIntervalSpread(t *testing.T) {
	for level, z := range scores {
		for _, c := range []struct {
			lo, hi float64
			domain Domain
			family Family
			scale  func(float64) float64
		}{
			{2, 8, Positive, LogNormal, math.Log},
			{2, 8, NonNegative, LogNormal, math.Log},
			{0.01, 0.02, SpanOrZero, LogNormal, math.Log},
			{-3, 1, Real, Normal, func(x float64) float64 { return x }},
			{2, 8, Real, Normal, func(x float64) float64 { return x }},
			{0.1, 0.7, Probability, LogitNormal, elem.Logit},
			{0.1, 0.7, OpenUnit, LogitNormal, elem.Logit},
		} {
			unit := ""
			if c.domain.Duration {
				unit = "d"
			}
			text := fmt.Sprintf("%v%s to %v%s at %v%%", c.lo, unit, c.hi, unit, level)
			d := must(t, text, c.domain)
			if d.Family != c.family {
				t.Errorf("%s on %s is a %s", text, c.domain.Text, d.Family)
			}
			near(t, text+": middle", d.A, (c.scale(c.lo)+c.scale(c.hi))/2, 1e-12)
			near(t, text+": spread", d.B, (c.scale(c.hi)-c.scale(c.lo))/2/z, 1e-12)
			near(t, text+": mass", d.CDF(c.hi)-d.CDF(c.lo), level/100, 1e-12)
			near(t, text+": lower tail", d.CDF(c.lo), (1-level/100)/2, 1e-12)
		}
	}
}

// TestIntervalWithoutLevel catches another default than the documented 90 %.
func TestIntervalWithoutLevel(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
	}{{"2 to 8", Positive}, {"-3 to 1", Real}, {"0.1 to 0.7", Probability}, {"60d to 1y", Span}, {"0 to 4", NonNegative}} {
		bare, full := must(t, c.text, c.domain), must(t, c.text+" at 90%", c.domain)
		full.Text = bare.Text
		if bare != full {
			t.Errorf("%s: %+v, with the level %+v", c.text, bare, full)
		}
	}
}

// TestHigherMassIsNarrower catches an inverted level: the same ends with more
// mass between them mean less spread.
func TestHigherMassIsNarrower(t *testing.T) {
	last := math.Inf(1)
	for _, level := range []string{"50", "80", "90", "95", "99", "99.9"} {
		d := must(t, "2 to 8 at "+level+"%", Positive)
		if d.B >= last {
			t.Errorf("at %s%% the spread %v is no smaller than %v", level, d.B, last)
		}
		last = d.B
	}
}

// TestSpacesInNotation catches a pattern that knows one way of spacing only.
func TestSpacesInNotation(t *testing.T) {
	for want, spellings := range map[string][]string{
		"2 to 8 at 95%": {"2  to  8  at  95%", "2\tto 8 at 95 %", " 2 to 8 at 95% ", "2 to 8 at 95.0%", "2.0 to 8e0 at 95%"},
		"uniform(2, 8)": {"uniform(2,8)", "uniform( 2 , 8 )", " uniform(2, 8)\n", "uniform(2.0, 8.)"},
		"8":             {"8.0", "+8", "8e0", "  8", "0.8e1"},
	} {
		base := must(t, want, Positive)
		for _, s := range spellings {
			d := must(t, s, Positive)
			if d.Text != strings.TrimSpace(s) {
				t.Errorf("%q is remembered as %q", s, d.Text)
			}
			d.Text = base.Text
			if d != base {
				t.Errorf("%q is %+v, want %+v", s, d, base)
			}
		}
	}
}

// TestDurationUnits catches a unit with a wrong factor in any notation: the same
// span in days, weeks and years is the same distribution.
func TestDurationUnits(t *testing.T) {
	for _, same := range [][]string{
		{"14d", "2w", "2.0w"}, {"1y", "365.25d"}, {"0.5y", "182.625d"}, {"7d to 21d", "1w to 3w", "7d to 3w"},
		{"1y to 2y at 50%", "365.25d to 730.5d at 50%"}, {"uniform(7d, 14d)", "uniform(1w, 2w)"},
		{"normal(4y, 1y)", "normal(1461d, 365.25d)"}, {"lognormal(1w, 0.3)", "lognormal(7d, 0.3)"},
	} {
		first := must(t, same[0], Span)
		for _, other := range same[1:] {
			d := must(t, other, Span)
			if d.Family != first.Family || math.Abs(d.A-first.A) > 1e-12*math.Abs(first.A) || math.Abs(d.B-first.B) > 1e-12 {
				t.Errorf("%s is %+v, %s is %+v", same[0], first, other, d)
			}
		}
	}
}

// TestDurationsAreNumbersOfDays catches a duration path that differs from that
// of plain numbers in more than the unit.
func TestDurationsAreNumbersOfDays(t *testing.T) {
	for days, plain := range map[string]string{
		"60d to 365d": "60 to 365", "60d to 365d at 50%": "60 to 365 at 50%", "uniform(3d, 9d)": "uniform(3, 9)",
		"normal(30d, 10d)": "normal(30, 10)", "lognormal(30d, 1)": "lognormal(30, 1)", "90d": "90",
	} {
		a, b := must(t, days, Span), must(t, plain, Positive)
		a.Text, b.Text = "", ""
		if a != b {
			t.Errorf("%s is %+v, %s is %+v", days, a, plain, b)
		}
	}
}

// TestMirror catches a swap of the two shapes or of a sign: beta(a, b) mirrors
// beta(b, a), and a logit-normal mirrors that of the counter-probability.
func TestMirror(t *testing.T) {
	for _, c := range [][2]string{
		{"beta(2, 5)", "beta(5, 2)"}, {"beta(0.7, 3)", "beta(3, 0.7)"}, {"logitnormal(0.2, 1)", "logitnormal(0.8, 1)"},
		{"0.1 to 0.4", "0.6 to 0.9"}, {"uniform(0.1, 0.3)", "uniform(0.7, 0.9)"}, {"normal(0.3, 0.4)", "normal(0.7, 0.4)"},
	} {
		a, b := must(t, c[0], Probability), must(t, c[1], Probability)
		for _, u := range []float64{0.01, 0.2, 0.5, 0.8, 0.99} {
			near(t, fmt.Sprintf("%s at %v", c[0], u), a.Quantile(u), 1-b.Quantile(1-u), 1e-9)
		}
	}
}

// TestQuantilesScale catches arithmetic on the wrong scale: shifting a normal
// and stretching a lognormal moves every quantile alike.
func TestQuantilesScale(t *testing.T) {
	for _, u := range []float64{0.001, 0.1, 0.5, 0.9, 0.999} {
		near(t, "shifted normal", must(t, "normal(7, 2)", Real).Quantile(u),
			5+must(t, "normal(2, 2)", Real).Quantile(u), 1e-12)
		near(t, "stretched normal", must(t, "normal(0, 6)", Real).Quantile(u),
			3*must(t, "normal(0, 2)", Real).Quantile(u), 1e-12)
		near(t, "stretched lognormal", must(t, "lognormal(6, 0.4)", Positive).Quantile(u),
			3*must(t, "lognormal(2, 0.4)", Positive).Quantile(u), 1e-12)
		near(t, "stretched interval", must(t, "20 to 80", Positive).Quantile(u),
			10*must(t, "2 to 8", Positive).Quantile(u), 1e-12)
		near(t, "uniform", must(t, "uniform(3, 7)", Real).Quantile(u), 3+4*u, 1e-12)
	}
}
