package param

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// everyDomain are the domains in use.
var everyDomain = []Domain{Real, Positive, NonNegative, Probability, OpenUnit, Signed, Span, SpanOrZero,
	SeverityUnit, Moves}

// inside draws a number well inside a domain, written with few digits.
func inside(t *rapid.T, dom Domain, label string) float64 {
	lo, hi := math.Max(dom.Lo, -50), math.Min(dom.Hi, 50)
	return lo + (hi-lo)*float64(rapid.IntRange(1, 999).Draw(t, label))/1000
}

// notation draws the text of a distribution that the domain accepts.
func notation(t *rapid.T, dom Domain) string {
	write := func(x float64) string { return FormatNumber(x, dom.Duration) }
	if dom.Integer {
		return write(math.Trunc(inside(t, dom, "whole")))
	}
	a, b := inside(t, dom, "a"), inside(t, dom, "b")
	spread := float64(rapid.IntRange(1, 15).Draw(t, "spread")) / 10
	kinds := []string{"point", "normal"}
	if a != b {
		kinds = append(kinds, "interval", "uniform")
	}
	if a > 0 {
		kinds = append(kinds, "lognormal")
	}
	if a > 0 && a < 1 && !dom.Duration {
		kinds = append(kinds, "logitnormal")
	}
	if dom.Lo <= 0 && dom.Hi >= 1 && !dom.Duration {
		kinds = append(kinds, "beta")
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "point":
		return write(a)
	case "interval":
		return fmt.Sprintf("%s to %s at %d%%", write(min(a, b)), write(max(a, b)), rapid.IntRange(50, 99).Draw(t, "level"))
	case "uniform":
		return fmt.Sprintf("uniform(%s, %s)", write(min(a, b)), write(max(a, b)))
	case "normal":
		return fmt.Sprintf("normal(%s, %s)", write(a), write(spread))
	case "beta":
		return fmt.Sprintf("beta(%v, %v)", spread+0.5, 2-spread/2)
	default:
		return fmt.Sprintf("%s(%s, %v)", kind, write(a), spread)
	}
}

// drawn reads a generated distribution.
func drawn(t *rapid.T) (Dist, Domain) {
	dom := rapid.SampledFrom(everyDomain).Draw(t, "domain")
	text := notation(t, dom)
	d, err := ParseDist(text, dom)
	if err != nil {
		t.Fatalf("%s on %s: %v", text, dom.Text, err)
	}
	if d.Text != text {
		t.Fatalf("%s is remembered as %s", text, d.Text)
	}
	return d, dom
}

// TestGeneratedInverse catches a quantile and a CDF that follow different
// formulas for some family, truncation and parameters.
func TestGeneratedInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, dom := drawn(t)
		u := float64(rapid.IntRange(1, 999).Draw(t, "u")) / 1000
		x := d.Quantile(u)
		if !dom.Contains(x) {
			t.Fatalf("%s on %s: Quantile(%v) = %v lies outside", d.Text, dom.Text, u, x)
		}
		if got := d.CDF(x); !d.IsPoint() && math.Abs(got-u) > 1e-7 {
			t.Fatalf("%s on %s: CDF(Quantile(%v)) = %v", d.Text, dom.Text, u, got)
		}
	})
}

// TestGeneratedMonotone catches a branch that returns a bound on the wrong side:
// more probability never means a smaller value.
func TestGeneratedMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, dom := drawn(t)
		last, lastP := math.Inf(-1), 0.0
		for i := range 21 {
			u := (float64(i) + 0.5) / 21
			x := d.Quantile(u)
			p := d.CDF(x)
			if x < last || p < lastP {
				t.Fatalf("%s on %s: at %v the value is %v after %v, its share %v after %v", d.Text, dom.Text, u, x, last, p, lastP)
			}
			last, lastP = x, p
		}
	})
}

// TestGeneratedPadding catches a parser that keeps or trips over space around
// the notation.
func TestGeneratedPadding(t *testing.T) {
	pad := rapid.StringMatching(`[ \t\n]{0,3}`)
	rapid.Check(t, func(t *rapid.T) {
		d, dom := drawn(t)
		again, err := ParseDist(pad.Draw(t, "before")+d.Text+pad.Draw(t, "after"), dom)
		if err != nil || again != d {
			t.Fatalf("%s on %s: padded %+v, %v", d.Text, dom.Text, again, err)
		}
	})
}

// TestGeneratedOutside catches a bound that is checked at one end or in one
// notation only: no value or end of an interval may lie outside the domain.
func TestGeneratedOutside(t *testing.T) {
	bounded := []Domain{Positive, NonNegative, Probability, OpenUnit, Signed, Span, SpanOrZero, SeverityUnit}
	rapid.Check(t, func(t *rapid.T) {
		dom := rapid.SampledFrom(bounded).Draw(t, "domain")
		beyond := float64(rapid.IntRange(1, 500).Draw(t, "beyond")) / 10
		out, in := dom.Lo-beyond, inside(t, dom, "in")
		if !math.IsInf(dom.Hi, 1) && rapid.Bool().Draw(t, "above") {
			out = dom.Hi + beyond
		}
		write := func(x float64) string { return FormatNumber(x, dom.Duration) }
		low, high := write(min(in, out)), write(max(in, out))
		for _, text := range []string{write(out), low + " to " + high, low + " to " + high + " at 50%",
			"uniform(" + low + ", " + high + ")", "normal(" + write(out) + ", " + write(1) + ")"} {
			if d, err := ParseDist(text, dom); err == nil ||
				!strings.Contains(err.Error(), write(out)+" is outside the domain: "+dom.Text) {
				t.Fatalf("%s on %s: %+v, %v", text, dom.Text, d, err)
			}
		}
	})
}

// TestDomainEnds catches an open end treated as closed or the reverse: the
// nearest number inside belongs to the domain, the nearest outside does not.
func TestDomainEnds(t *testing.T) {
	for _, dom := range everyDomain {
		for _, end := range []struct {
			at, in float64
			open   bool
		}{{dom.Lo, math.Inf(1), dom.OpenLo}, {dom.Hi, math.Inf(-1), dom.OpenHi}} {
			if math.IsInf(end.at, 0) {
				continue
			}
			within, without := math.Nextafter(end.at, end.in), math.Nextafter(end.at, -end.in)
			if dom.Contains(end.at) == end.open || dom.Contains(without) || dom.Contains(within) == dom.Integer {
				t.Errorf("%s at %v: %v, below %v, above %v", dom.Text, end.at, dom.Contains(end.at), dom.Contains(without),
					dom.Contains(within))
			}
			if (dom.Check(end.at) == nil) != dom.Contains(end.at) {
				t.Errorf("%s: Check and Contains differ at %v", dom.Text, end.at)
			}
		}
	}
}

// TestNumberUnits catches a unit with another factor, and a unit accepted where
// there is none.
func TestNumberUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-500, 500).Draw(t, "n")
		for unit, factor := range map[string]float64{"d": 1, "w": 7, "y": DaysPerYear} {
			text := fmt.Sprintf("%d%s", n, unit)
			if x, err := ParseNumber(text, true); err != nil || x != float64(n)*factor {
				t.Fatalf("%s is %v, %v", text, x, err)
			}
			if x, err := ParseNumber(strings.Replace(text, "-", "−", 1), true); err != nil || x != float64(n)*factor {
				t.Fatalf("%s with a true minus is %v, %v", text, x, err)
			}
			if x, err := ParseNumber(text, false); err == nil {
				t.Fatalf("%s is the plain number %v", text, x)
			}
		}
		if x, err := ParseNumber(fmt.Sprint(n), true); (err == nil) != (n == 0) {
			t.Fatalf("the bare %d is the duration %v, %v", n, x, err)
		}
	})
}

// TestNumberRefuses catches Go's own notations of numbers, which no scenario has.
func TestNumberRefuses(t *testing.T) {
	for _, text := range []string{"", " ", "d", "y", "1 d", "d1", "1D", "1Y", "1h", "1dd", "0x1", "0x1p3", "1p3", "1_0",
		"NaN", "Inf", "-inf",
		"infinity", "1e", "--1", "−−1", "1-", "½", "١", "1,0", "1'000", "1e309", "five"} {
		for _, try := range []struct {
			text     string
			duration bool
		}{{text, false}, {text, true}, {text + "d", true}} {
			if x, err := ParseNumber(try.text, try.duration); err == nil {
				t.Errorf("%q (duration %v) is %v", try.text, try.duration, x)
			}
		}
	}
}
