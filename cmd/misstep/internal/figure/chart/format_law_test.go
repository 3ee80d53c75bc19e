package chart

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// TestFixedPoint catches: a comma at the front, a hyphen for a minus, a minus zero.
func TestFixedPoint(t *testing.T) {
	for decimals, cases := range [][]formatCase{
		{{0, "0"}, {999, "999"}, {1000, "1,000"}, {99999.6, "100,000"}, {-1234567.4, "−1,234,567"}, {-.4, "0"},
			{1e9, "1,000,000,000"}},
		{{0, "0.0"}, {999.96, "1,000.0"}, {-12.34, "−12.3"}, {-.04, "0.0"}, {-.06, "−0.1"}},
		{{.005, "0.01"}, {1234.5, "1,234.50"}, {-.004, "0.00"}},
	} {
		checkFormat(t, "fixedPoint", func(v float64) string { return say.Number(v, decimals) }, cases)
	}
}

// TestDecimalsOf catches: a limit at which a figure is lost.
func TestDecimalsOf(t *testing.T) {
	for v, want := range map[float64]int{
		0: 0, 9.95: 0, 9.94: 1, -9.94: 1, 123: 0, 1: 1, .995: 1, .994: 2, .1: 2, .095: 2, .094: 3, .0123: 3, .0099: 4,
		2e-5: 6, 1e-30: 9,
	} {
		if got := DecimalsOf(v); got != want {
			t.Errorf("decimals of %v are %d, want %d", v, got, want)
		}
	}
}

// unformat reads back what number, chance, share, odds and ratio write.
func unformat(s string) (float64, bool) {
	s = strings.NewReplacer("×", "", "+", "", "none", "0", "\u00a0", " ", ",", "", "−", "-").Replace(s)
	factor := 1.0
	if cut, ok := strings.CutSuffix(s, " %"); ok {
		s, factor = cut, 0.01
	}
	s, odds := strings.CutPrefix(s, "1 in ")
	v, err := strconv.ParseFloat(s, 64)
	if odds {
		v = 1 / v
	}
	return v * factor, err == nil
}

// TestFormatsReadBack catches: a factor of ten, a rounding that is coarser than a
// twentieth, a sign that is lost.
func TestFormatsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Pow(10, rapid.Float64Range(-4, 6).Draw(t, "exponent"))
		p := math.Pow(10, rapid.Float64Range(-9, -.003).Draw(t, "chance"))
		for name, c := range map[string]struct {
			f func(float64) string
			v float64
		}{"number": {Number, v}, "minus": {Number, -v}, "signed": {Signed, -v}, "plus": {Signed, v}, "axis": {Axis, v},
			"chance": {Chance, p}, "odds": {Odds, p}} {
			s := c.f(c.v)
			got, ok := unformat(s)
			if strings.HasPrefix(s, ">") { // more than 99 %
				continue
			}
			if !ok || math.Abs(got-c.v) > .0541*math.Abs(c.v) {
				t.Fatalf("%s writes %v as %q, which reads %v", name, c.v, s, got)
			}
		}
		if s := Signed(v); v > 1e-4 && s[0] != '+' {
			t.Fatalf("%v is signed %q", v, s)
		}
	})
}

// TestChancesRise catches: two ranges of probability that meet out of order.
func TestChancesRise(t *testing.T) {
	last := 0.0
	for e := -9.0; e <= -.0022; e += .0013 {
		v := math.Pow(10, e)
		got, ok := unformat(Chance(v))
		if strings.HasPrefix(Chance(v), ">") {
			got, ok = .99, true
		}
		if !ok || got < last*(1-1e-9) {
			t.Fatalf("%v is %q, after %v", v, Chance(v), last)
		}
		last = got
	}
}

// TestNearlyAllIsNotAll catches: 99.5 % that is written as certainty.
func TestNearlyAllIsNotAll(t *testing.T) {
	for _, v := range []float64{.99, .994, .995, .9951, .999, 1 - 1e-12} {
		for name, s := range map[string]string{"chance": Chance(v), "share": Share(v)} {
			if strings.HasPrefix(s, "100") || strings.HasPrefix(s, "all") {
				t.Errorf("%s of %v is %q", name, v, s)
			}
		}
	}
	checkFormat(t, "chance", Chance, []formatCase{{.99, "99_%"}, {.9949, "99_%"}, {1, "100_%"}, {1.5, "150_%"}})
}

// TestOneIn catches: more than two figures of a rarity, a power that is wrong.
func TestOneIn(t *testing.T) {
	checkFormat(t, "oneIn", oneIn, []formatCase{
		{.009, "110"}, {.0099, "100"}, {.005, "200"}, {1.0 / 151, "150"}, {1.0 / 994, "990"}, {1.0 / 996, "1,000"},
		{1.0 / 1249, "1,200"},
		{1.0 / 98765, "99,000"}, {1e-9, "1,000,000,000"}, {1e-12, "10^12"}, {2e-13, "10^13"}, {1e-300, "10^300"},
	})
}

// TestPercentDecimals catches: decimals of float noise, a percentage without a gap.
func TestPercentDecimals(t *testing.T) {
	checkFormat(t, "percent", Percent, []formatCase{
		{.07, "7_%"}, {.29, "29_%"}, {.57, "57_%"}, {.075, "7.5_%"}, {.0025, "0.25_%"}, {1e-4, "0.01_%"}, {-.05, "−5_%"},
		{12, "1,200_%"}, {1e7, "1e9_%"}, {inf, "n/a"},
	})
	for i := range 101 {
		if got, want := Percent(float64(i)/100), say.Number(float64(i), 0)+"\u00a0%"; got != want {
			t.Errorf("%d hundredths are %q", i, got)
		}
	}
}

// TestShareAndAxis catches: a chance's words for a share, zeros on an axis that say nothing.
func TestShareAndAxis(t *testing.T) {
	checkFormat(t, "share", Share,
		[]formatCase{{.001, "0.1_%"}, {.0994, "9.9_%"}, {.0996, "10_%"}, {.5, "50_%"}, {-.2, "−20_%"}, {3, "300_%"},
			{nan, "n/a"}})
	checkFormat(t, "axis", Axis,
		[]formatCase{{.25, "0.25"}, {1.5, "1.5"}, {10, "10"}, {1000, "1,000"}, {-.5, "−0.5"}, {.05, "0.05"}, {nan, "n/a"}})
}

// TestIntervalDecimals catches: three numbers with decimals of their own, a value
// that is written as zero and is none.
func TestIntervalDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := math.Pow(10, rapid.Float64Range(-4, 4).Draw(t, "unit"))
		lo := rapid.Float64Range(-9, 9).Draw(t, "low") * unit
		hi := lo + rapid.Float64Range(.1, 9).Draw(t, "width")*unit
		v := lo + rapid.Float64Range(0, 1).Draw(t, "share")*(hi-lo)
		text := Interval(Span{Value: v, Low: lo, High: hi, MonteLow: v, MonteHigh: v, Ok: true, Resolved: true}, true)
		parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ()to", r) })
		if len(parts) != 3 {
			t.Fatalf("interval %q", text)
		}
		places := -1
		for i, want := range []float64{v, lo, hi} {
			_, rest, _ := strings.Cut(parts[i], ".")
			if places >= 0 && len(rest) != places {
				t.Fatalf("%q has different decimals", text)
			}
			places = len(rest)
			got, ok := unformat(parts[i])
			if !ok || math.Abs(got-want) > .51*math.Pow10(-places) {
				t.Fatalf("%q says %v for %v", text, got, want)
			}
		}
		if zero := strings.Trim(parts[0], "0.") == ""; strings.HasPrefix(text, "+") != (v > 0 && !zero) {
			t.Fatalf("%q for %v", text, v)
		}
	})
}
