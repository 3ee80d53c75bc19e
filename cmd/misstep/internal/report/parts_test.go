package report

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// linear undoes the gamma of a colour channel [WCAG 2.1].
func linear(c int) float64 {
	v := float64(c) / 255
	if v <= .04045 {
		return v / 12.92
	}
	return math.Pow((v+.055)/1.055, 2.4)
}

// TestLinkTo: only addresses of the web become links.
func TestLinkTo(t *testing.T) {
	for address, link := range map[string]bool{
		"https://example.org/a?b=c": true, "http://example.org": true, "javascript:alert(1)": false, "JaVaScRiPt:x": false,
		"data:text/html,x":   false,
		"file:///etc/passwd": false, "//example.org": false, "example.org": false, "https://": false, "": false,
		"https://a b/": false, "mailto:a@b.c": false,
	} {
		if got := LinkTo(address, "x"); (got.Look == Link) != link || got.Text != "x" {
			t.Errorf("%q: %+v", address, got)
		}
	}
}

// TestT: texts are joined in order, and nothing is lost.
func TestT(t *testing.T) {
	got := T("a", Bold("b"), T("c", Mono("d")), 5, "")
	if got.String() != "abcd5" || len(got) != 5 || got[1].Look != Strong || got[3].Look != Code {
		t.Errorf("%+v", got)
	}
	if got := Texts("x", "y"); len(got) != 2 || got[1].String() != "y" {
		t.Errorf("%+v", got)
	}
}

// TestFromCSV: heads, numbers, rows that are kept, and what is no table.
func TestFromCSV(t *testing.T) {
	table, n, err := FromCSV("c", []byte("arm_name,x,y\na,1.5,\nb,,-0.1234567\nc,2,3\n"), 2)
	if err != nil || n != 3 || len(table.Groups[0].Rows) != 2 || table.Caption != "c" {
		t.Fatalf("%+v, %d, %v", table, n, err)
	}
	if table.Columns[0].Title != "arm name" || table.Columns[0].Numbers || !table.Columns[1].Numbers ||
		!table.Columns[2].Numbers {
		t.Errorf("%+v", table.Columns)
	}
	if got := table.Groups[0].Rows[1].Cells[2].Text.String(); got != "−0.1235" {
		t.Errorf("%q", got)
	}
	for _, bad := range []string{"", "a,b\n1\n", "a\n\"x"} {
		if _, _, err := FromCSV("", []byte(bad), 9); err == nil {
			t.Errorf("%q is a table", bad)
		}
	}
}

// TestShorter: four digits, whole numbers in full, a minus sign, and words as they
// are.
func TestShorter(t *testing.T) {
	for in, want := range map[string]string{
		"1.23456": "1.235", "-0.00012345": "−0.0001234", "93447": "93447", "-93447.7": "−93448", "0": "0",
		"5.325e-05": "5.325e−05", "1e300": "1e+300",
		"NaN": "NaN", "+Inf": "+Inf", "R3": "R3", "": "", "2026-02-01": "2026-02-01",
	} {
		if got := shorter(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestTicks: five at most, each inside of the window, at the first of a year or month.
func TestTicks(t *testing.T) {
	for _, c := range []struct {
		start   string
		horizon float64
		want    []string
	}{
		{"2026-02-01", 1826, []string{"2027", "2028", "2029", "2030", "2031"}},
		{"2026-01-01", 366, []string{"Jan 26", "Apr 26", "Jul 26", "Oct 26", "Jan 27"}},
		{"2026-01-15", 60, []string{"Feb 26", "Mar 26"}},
		{"2013-01-01", 3600, []string{"2014", "2016", "2018", "2020", "2022"}},
		{"2013-06-01", 4000, []string{"2015", "2020"}},
		{"1990-01-01", 36525, []string{"2000", "2020", "2040", "2060", "2080"}},
	} {
		start, err := time.Parse(time.DateOnly, c.start)
		if err != nil {
			t.Fatal(err)
		}
		chart := Chart{Start: start, Horizon: c.horizon}
		var got []string
		for _, tick := range chart.XTicks() {
			got = append(got, tick.Label)
			if x, _ := strconv.ParseFloat(tick.At, 64); x < chartLeft || x > chartWidth-chartRight {
				t.Errorf("%s: %s at %s", c.start, tick.Label, tick.At)
			}
		}
		if len(got) > 5 || len(got) == 0 || len(c.want) > 0 && !slices.Equal(got, c.want) {
			t.Errorf("%s, %v days: %q, want %q", c.start, c.horizon, got, c.want)
		}
	}
}

// TestLines: a line begins at zero, goes through its points and stays in the panel;
// its band lies around it.
func TestLines(t *testing.T) {
	c := Chart{Horizon: 100}
	l := Line{Days: []float64{50, 100}, Value: []float64{.5, 1}, Low: []float64{.25, 2}, High: []float64{.75, -1}}
	if got, want := c.Path(l), "M34,220L162,116L290,12"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := c.Area(l), "M34,220L162,64L290,220L290,12L162,168Z"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := c.Shown(l), "50 % (25 to 75)|100 % (200 to -100)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if c.Readings() != "" || c.Marks() != "" {
		t.Error("readings of no panel")
	}
}

// TestEnds: the values at the ends of lines do not cover each other, keep their
// order and stay in the panel.
func TestEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 5).Draw(t, "values")
		var p Panel
		for i, v := range values {
			p.Lines = append(p.Lines, Line{Arm: i, Days: []float64{1}, Value: []float64{v}})
		}
		var at []float64
		for _, e := range (Chart{Horizon: 1}).Ends(p) {
			x, err := strconv.ParseFloat(e.At, 64)
			if err != nil || x < 0 || x > chartHeight-chartBottom+9 {
				t.Fatalf("%v: label at %s", values, e.At)
			}
			at = append(at, x)
		}
		for i := range at {
			for k := range i {
				if d := math.Abs(at[i] - at[k]); d < labelGap-.2 {
					t.Fatalf("%v: labels %v apart", values, d)
				}
				if (values[i]-values[k])*(at[i]-at[k]) > 0 && math.Abs(values[i]-values[k]) > 1e-9 {
					t.Fatalf("%v: labels at %v are not in the order of the lines", values, at)
				}
			}
		}
	})
}

// TestPercent: no share between is said to be certain.
func TestPercent(t *testing.T) {
	for p, want := range map[float64]string{0: "0 %", 1: "100 %", .001: "< 1 %", .999: "> 99 %", .5: "50 %"} {
		if got := Percent(p); got != want {
			t.Errorf("%v: %s, want %s", p, got, want)
		}
	}
}

// TestMarkdown: the words of the page, with tables, figures by file, and fences.
func TestMarkdown(t *testing.T) {
	got := string(Markdown(sample()))
	for _, want := range []string{"## Second\n", "**term**", "`code`", "| b | 2 |\n", "| name | value |\n| --- | ---: |\n",
		"![alt ", "](x.svg)\n", "- a\n",
		"[link](<https://example.org/?a=b&c=%3Cd%3E>)", "> beware\n", "````\n```\n",
		"```\nmisstep run x\nmisstep report 'y z'\n```\n", "How this was made: From `x.json`.", "| **two** |  |\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(got, "\n\n\n") || !strings.HasSuffix(got, "foot\n") || strings.Contains(got, "jump](") {
		t.Errorf("%.300s", got)
	}
}

// TestMarkdownFiles: a way with spaces still leads to its figure.
func TestMarkdownFiles(t *testing.T) {
	for file, want := range map[string]string{"effect.svg": "![a](effect.svg)", "my runs/x.svg": "![a](<my runs/x.svg>)",
		"a(b)>.svg": "![a](<a(b)%3E.svg>)", "": "\na\n"} {
		got := string(Markdown(&Page{Title: "t",
			Sections: []Section{{ID: "s", Title: "s", Blocks: []Block{Figure{Title: "f", File: file, Alt: "a"}}}}}))
		if !strings.Contains(got, want) {
			t.Errorf("%q: no %q in %q", file, want, got)
		}
	}
}

// FuzzFromCSV: any bytes give a table whose rows fit its columns, or an error.
func FuzzFromCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "", "a\n\"x", "é,\"a\nb\"\n-1e9,NaN\n", "a,a\r\n,\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, n, err := FromCSV("c", data, 5)
		if err != nil {
			return
		}
		if len(table.Groups) != 1 || len(table.Groups[0].Rows) != min(n, 5) {
			t.Fatalf("%d rows of %d", len(table.Groups[0].Rows), n)
		}
		for _, r := range table.Groups[0].Rows {
			if len(r.Cells) != len(table.Columns) {
				t.Fatalf("%d cells in %d columns", len(r.Cells), len(table.Columns))
			}
		}
		if _, err := HTML(&Page{Sections: []Section{{ID: "s", Blocks: []Block{table}}}}); err != nil {
			t.Fatal(err)
		}
		Markdown(&Page{Sections: []Section{{ID: "s", Blocks: []Block{table}}}})
	})
}

// TestMarkdownEscapes: texts stay texts: outside of fences no mark is left that a
// reader of Markdown would take for its own.
func TestMarkdownEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"<b>", ">", "*", "_", "`", "[x](y)", "|", "#", "~~",
			"&lt;", "\\", "\n", "a", " ", "- ", "1. ", "+ "}), 0, 10).Draw(t, "text"), "")
		got := strings.TrimSuffix(string(Markdown(&Page{Title: "t",
			Sections: []Section{{ID: "s", Title: "s", Blocks: []Block{Paragraph{T("x" + text)}}}}})), "\n")
		_, got, _ = strings.Cut(got, "## s\n\n")
		got, _, _ = strings.Cut(got, "\n\n---")
		plain := ""
		for i := 0; i < len(got); i++ {
			if got[i] == '\\' && i+1 < len(got) {
				i++
				continue
			}
			plain += string(got[i])
		}
		if strings.ContainsAny(plain, "<>*_`[]|#~\n") {
			t.Fatalf("%q gives %q", text, got)
		}
	})
	for in, want := range map[string]string{"- a": `\- a`, "1. a": `1\. a`, "+ a": `\+ a`, "--- a": `\--- a`,
		"a - b": "a - b", "2026-02": "2026-02", "-": `\-`, "12) x": `12\) x`} {
		if got := start(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := coded("a `b` |"); strings.Contains(got, "`b`") && !strings.Contains(got, "\\`") {
		t.Error(got)
	}
}
