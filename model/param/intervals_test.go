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
