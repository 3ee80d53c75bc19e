package chart

import (
	"math"
	"strings"
	"testing"
)

// nb lets a table write no-break spaces as underscores.
func nb(s string) string { return strings.ReplaceAll(s, "_", "\u00a0") }

type formatCase struct {
	v    float64
	want string
}

func checkFormat(t *testing.T, name string, f func(float64) string, cases []formatCase) {
	t.Helper()
	for _, c := range cases {
		if got := f(c.v); got != nb(c.want) {
			t.Errorf("%s(%v) = %q, want %q", name, c.v, got, nb(c.want))
		}
	}
}

var inf = math.Inf(1)

func TestNumber(t *testing.T) {
	checkFormat(t, "number", Number, []formatCase{
		{0, "0"}, {4.13, "4.1"}, {4.15, "4.2"}, {12.4, "12"}, {9.94, "9.9"}, {9.96, "10"}, {0.434, "0.43"}, {0.996, "1.0"},
		{0.0021, "0.0021"}, {-2.1, "−2.1"}, {-0.00001, "0"}, {1234.4, "1,234"}, {100000, "100,000"}, {1234567, "1,234,567"},
		{1e300, "1e300"}, {-1e12, "−1e12"}, {nan, "n/a"}, {inf, "n/a"}, {-inf, "n/a"}, {math.Copysign(0, -1), "0"},
	})
}

func TestSigned(t *testing.T) {
	checkFormat(t, "signed", Signed, []formatCase{
		{0, "0"}, {0.43, "+0.43"}, {-2.1, "−2.1"}, {1500, "+1,500"}, {1e-9, "0"}, {nan, "n/a"}, {inf, "n/a"},
	})
}

func TestAxis(t *testing.T) {
	checkFormat(t, "axis", Axis,
		[]formatCase{{0, "0"}, {0.2, "0.2"}, {1, "1"}, {2.5, "2.5"}, {-0.005, "−0.005"}, {100, "100"}, {20, "20"}})
}

func TestChance(t *testing.T) {
	checkFormat(t, "chance", Chance, []formatCase{
		{0, "none"}, {-1, "none"}, {0.62, "62_%"}, {0.041, "4.1_%"}, {0.0996, "10_%"}, {0.00994, "1_in_100"}, {0.01, "1.0_%"},
		{0.0004, "1_in_2,500"}, {1.0 / 12345, "1_in_12,000"}, {3e-15, "1_in_10^15"}, {0.996, ">_99_%"}, {1, "100_%"},
		{nan, "n/a"}, {1e300, "1e302_%"},
	})
}

func TestOdds(t *testing.T) {
	checkFormat(t, "odds", Odds,
		[]formatCase{{1, "100_%"}, {0.1, "10_%"}, {0.01, "1_%"}, {0.001, "1_in_1,000"}, {1e-6, "1_in_1,000,000"}})
}

func TestInterval(t *testing.T) {
	for _, c := range []struct {
		s         Span
		uncertain bool
		want      string
	}{
		{Span{Value: -1.1, Low: -2.4, High: -.2, Ok: true, Resolved: true}, false, "−1.1 (−2.4 to −0.2)"},
		{Span{Value: 1.5, Low: .3, High: 3.1, Ok: true, Resolved: true}, false, "+1.5 (0.3 to 3.1)"},
		{Span{Value: -.002, Low: -.006, High: .001, Ok: true, Resolved: true}, false, "−0.002 (−0.006 to 0.001)"},
		{Span{Value: 5, Low: 5, High: 5, MonteLow: 4.2, MonteHigh: 5.8, Ok: true}, false, "+5.0 (4.2 to 5.8)"},
		{Span{Value: 0, Ok: true}, false, "0"},
		{Span{Value: 5, Low: 5, High: 5, MonteLow: 4.2, MonteHigh: 5.8, Ok: true}, true, "+5.0 (not resolved)"},
		{Span{Value: 5, Low: 4, High: 7, MonteLow: 4.2, MonteHigh: 5.8, Ok: true, Resolved: true}, true, "+5.0 (4.0 to 7.0)"},
		{Span{Value: -10.1, Low: -24.5, High: -.4, Ok: true, Resolved: true}, true, "−10.1 (−24.5 to −0.4)"},
		{Span{Value: .1, Low: -14.9, High: 15.1, Ok: true, Resolved: true}, true, "+0.1 (−14.9 to 15.1)"},
		{Span{Value: -11, Low: -20, High: -3, Ok: true, Resolved: true}, false, "−11 (−20 to −3)"},
	} {
		if got := Interval(c.s, c.uncertain); got != c.want {
			t.Errorf("Interval(%+v) = %q, want %q", c.s, got, c.want)
		}
	}
}
