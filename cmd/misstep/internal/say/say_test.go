package say

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		x      float64
		digits int
		want   string
	}{
		{0, 2, "0.00"},
		{2.515, 1, "2.5"},
		{-0.2186, 2, "−0.22"},
		{-0.0004, 2, "0.00"}, // what rounds to zero has no sign
		{-0.5, 0, "0"},
		{-1.5, 0, "−2"},
		{999.96, 1, "1,000.0"},
		{1234.5, 1, "1,234.5"},
		{-1234567, 0, "−1,234,567"},
		{54.809, 2, "54.81"},
	} {
		if got := Number(c.x, c.digits); got != c.want {
			t.Errorf("number(%v, %d) = %q, want %q", c.x, c.digits, got, c.want)
		}
	}
}

func TestSigned(t *testing.T) {
	for _, c := range []struct {
		x      float64
		digits int
		want   string
	}{
		{0, 2, "0.00"}, {0.004, 2, "0.00"}, {-0.004, 2, "0.00"}, {0.006, 2, "+0.01"}, {-0.006, 2, "−0.01"},
		{1200, 0, "+1,200"}, {10, 0, "+10"},
	} {
		if got := Signed(c.x, c.digits); got != c.want {
			t.Errorf("signed(%v, %d) = %q, want %q", c.x, c.digits, got, c.want)
		}
	}
}

func TestDecimals(t *testing.T) {
	for _, c := range []struct {
		err  float64
		want int
	}{{0, 2}, {math.NaN(), 2}, {math.Inf(1), 2}, {30, 0}, {1, 0}, {0.9, 1}, {0.1, 1}, {0.09, 2}, {0.0649, 2}, {0.0088, 3},
		{1e-9, 3}} {
		if got := Decimals(c.err); got != c.want {
			t.Errorf("decimals(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1000: "−1,000", 12345678: "12,345,678",
		100000: "100,000"} {
		if got := Thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestOdds(t *testing.T) {
	for _, c := range []struct {
		p    float64
		want string
	}{
		{0, "0"}, {-1, "0"}, {0.0099, "1 in 101"}, {0.005, "1 in 200"}, {1.0 / 2638, "1 in 2,600"},
		{1.0 / 39400, "1 in 39,000"},
		{1 / 2.9e7, "1 in 29 m"}, {1 / 4.1e9, "1 in 4.1 bn"}, {1e-300, "< 1 in 10¹²"}, {5e-324, "< 1 in 10¹²"},
	} {
		if got := Odds(c.p); got != c.want && !(c.p > 0.009 && got == "1 in 100") {
			t.Errorf("odds(%v) = %q, want %q", c.p, got, c.want)
		}
	}
}

func TestProbability(t *testing.T) {
	for _, c := range []struct {
		p    float64
		want string
	}{{0, "0 %"}, {0.004, "1 in 250"}, {0.01, "1 %"}, {0.751, "75 %"}, {0.996, "> 99 %"}, {1, "100 %"}} {
		if got := Probability(c.p); got != c.want {
			t.Errorf("probability(%v) = %q, want %q", c.p, got, c.want)
		}
	}
	if got := Percent(0.002); got != "< 1 %" {
		t.Errorf("a small share is %q", got)
	}
}

func TestSpan(t *testing.T) {
	for days, want := range map[float64]string{365: "1 year", 365.25: "1 year", 1826.25: "5 years", 1826: "5 years",
		730.5: "2 years",
		30:    "30 days", 1: "1 day", 400: "400 days", 3652.5: "10 years"} {
		if got := Span(days); got != want {
			t.Errorf("span(%v) = %q, want %q", days, got, want)
		}
	}
}

func TestCounted(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Counted(1, "draw"), "1 draw"}, {Counted(0, "draw"), "0 draws"}, {Counted(2000, "draw"), "2,000 draws"},
		{Counted(1, "onset entry", "onset entries"), "1 onset entry"},
		{Counted(6, "onset entry", "onset entries"), "6 onset entries"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestSeconds(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "0.0 s", 3140 * time.Millisecond: "3.1 s", 42 * time.Second: "42 s",
		5 * time.Minute: "5 min", 3 * time.Hour: "3.0 h", 72 * time.Hour: "3 days", 1e9 * time.Second: "32 years"} {
		if got := Seconds(d); got != want {
			t.Errorf("seconds(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestAnd(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a and b"}, {[]string{"a", "b", "c"}, "a, b and c"}} {
		if got := And(c.words); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestClipped(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{{"short", 8, "short"}, {"exactly8", 8, "exactly8"}, {"too long by far", 8, "too lon…"},
		{"Ålånd é", 4, "Ålå…"}, {"中华人民共和国", 8, "中华人…"}, {"भारत गणराज्य", 8, "भारत गण…"}, {"x", 1, "x"}, {"xy", 1, "…"}} {
		if got := Clipped(c.s, c.n); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestWrapped: no line is too wide unless a single word is, no word is lost, and
// words joined by a no-break space stay on one line.
func TestWrapped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zé0-9±−]{1,30}`)).Draw(t, "words")
		first := rapid.SampledFrom([]string{"", " ", " ! ", "   "}).Draw(t, "first")
		lines := Wrapped(first, "   ", strings.Join(words, " "))
		for i, line := range lines {
			if utf8.RuneCountInString(line) > Width {
				t.Errorf("%d columns: %q", utf8.RuneCountInString(line), line)
			}
			want := "   "
			if i == 0 {
				want = first
			}
			if !strings.HasPrefix(line, want) {
				t.Errorf("line %d begins %q", i, line)
			}
		}
		if got := strings.Fields(strings.TrimPrefix(strings.Join(lines, " "), first)); !slices.Equal(got,
			strings.Fields(strings.TrimPrefix(first+strings.Join(words, " "), first))) {
			t.Errorf("%q from %q", got, words)
		}
	})
	lines := Wrapped("", "", strings.Repeat("x ", 50)+"12.5\u00a0%\u00a0[1,\u00a03]")
	if got := lines[len(lines)-1]; !strings.HasSuffix(got, "12.5 % [1, 3]") {
		t.Errorf("%q", got)
	}
	long := strings.Repeat("y", 300)
	if got := Wrapped(" ", " ", "a "+long+" b"); len(got) != 3 || got[1] != " "+long {
		t.Errorf("%q", got)
	}
}

// TestNumberNeverLies: what is printed lies within half a unit of the last digit.
func TestNumberNeverLies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1e6, 1e6).Draw(t, "x")
		digits := rapid.IntRange(0, 3).Draw(t, "digits")
		s := strings.ReplaceAll(strings.ReplaceAll(Number(x, digits), "−", "-"), ",", "")
		var back float64
		if _, err := fmt.Sscan(s, &back); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if math.Abs(back-x) > 0.5*math.Pow(10, -float64(digits))*(1+1e-6) {
			t.Errorf("%v is shown as %q", x, s)
		}
		if strings.Contains(Number(x, digits), "-") {
			t.Errorf("%q has a hyphen for a minus", Number(x, digits))
		}
	})
}

func TestPad(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{PadRight("−1", 4), "−1  "},
		{PadRight("abc", 2), "abc"},
		{PadRight("中", 3), "中 "},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestFiles: an object keeps its order, and what is no number is null; a sheet has a cell
// below every head.
func TestFiles(t *testing.T) {
	o := Object{"b", 1.5, "a<", []float64{1, math.NaN()}, "c", Object{"d", math.Inf(1)}}
	have := strings.Join(strings.Fields(string(JSON(o))), "")
	if have != `{"b":1.5,"a<":[1,null],"c":{"d":null}}` {
		t.Error(have)
	}
	s := NewSheet(SixDigits, "a b c d")
	s.Row("x", []float64{1.0 / 3, math.NaN()}, true)
	s.Row(1, 2.0, "y, z", (*float64)(nil))
	if have := string(s.CSV()); have != "a,b,c,d\nx,0.333333,,true\n1,2,\"y, z\",\n" {
		t.Error(have)
	}
}
