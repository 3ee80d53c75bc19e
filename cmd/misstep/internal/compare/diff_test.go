package compare

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// sides are the two texts that an edit is between.
func sides(edits []edit) (a, b []string) {
	for _, e := range edits {
		if e.op != '+' {
			a = append(a, e.line)
		}
		if e.op != '-' {
			b = append(b, e.line)
		}
	}
	return
}

// shortest is the length of the shortest edit, by dynamic programming.
func shortest(a, b []string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := slices.Clone(row)
		row[0] = i + 1
		for j := range b {
			row[j+1] = min(last[j+1], row[j]) + 1
			if a[i] == b[j] {
				row[j+1] = last[j]
			}
		}
	}
	return row[len(b)]
}

func wordsOf(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "")
}

// TestLineDiff: an edit leads from the first text to the second and is a shortest one.
// Catches a line that is lost at an end, a path that is traced back along another.
func TestLineDiff(t *testing.T) {
	for _, c := range [][2]string{{"", ""}, {"a", "a"}, {"", "a"}, {"a", ""}, {"abc", "abc"}, {"abcabba", "cbabac"},
		{"abc", "xyz"},
		{"abcd", "bcda"}, {"aaaa", "aa"}, {"ab", "ba"}, {"xaby", "xbay"}, {"aab", "aaab"}} {
		a, b := wordsOf(c[0]), wordsOf(c[1])
		checkDiff(t, a, b, true)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		var a, b []string
		for range rng.IntN(14) {
			a = append(a, string(rune('a'+rng.IntN(4))))
		}
		for range rng.IntN(14) {
			b = append(b, string(rune('a'+rng.IntN(4))))
		}
		checkDiff(t, a, b, true)
	}
}

func checkDiff(t *testing.T, a, b []string, least bool) {
	t.Helper()
	edits := lineDiff(a, b)
	x, y := sides(edits)
	if !slices.Equal(x, a) || !slices.Equal(y, b) {
		t.Errorf("%q to %q is between %q and %q", a, b, x, y)
	}
	out, in := changedLines(edits)
	if n := shortest(a, b); least && out+in != n {
		t.Errorf("%q to %q takes %d edits, %d would do", a, b, out+in, n)
	}
}

// TestLineDiffOfStrangers: texts with nothing in common are replaced, in little time,
// and what they share at their ends stays.
func TestLineDiffOfStrangers(t *testing.T) {
	a, b := []string{"head"}, []string{"head"}
	for i := range 20000 {
		a, b = append(a, "a"+strconv.Itoa(i)), append(b, "b"+strconv.Itoa(i))
	}
	a, b = append(a, "tail"), append(b, "tail", "more")
	edits := lineDiff(a, b)
	x, y := sides(edits)
	if !slices.Equal(x, a) || !slices.Equal(y, b) || edits[0] != (edit{' ', "head"}) {
		t.Error("the edit does not lead from one to the other")
	}
}

// TestUnified: the form that diff -u has, by hand.
func TestUnified(t *testing.T) {
	a := strings.Split("1 2 3 4 5 6 7 8 9 10 11 12", " ")
	b := strings.Split("1 2 3 4 x 6 7 8 9 10 11 12 13", " ")
	want := []string{"@@ -3,5 +3,5 @@", " 3", " 4", "-5", "+x", " 6", " 7", "@@ -11,2 +11,3 @@", " 11", " 12", "+13"}
	if diff := cmp.Diff(want, unified(lineDiff(a, b))); diff != "" {
		t.Error(diff)
	}
	if got := unified(lineDiff(nil, []string{"x"})); !slices.Equal(got, []string{"@@ -0,0 +1 @@", "+x"}) {
		t.Errorf("%q", got)
	}
	if got := unified(lineDiff(a, a)); got != nil {
		t.Errorf("no change reads %q", got)
	}
}

// TestUnifiedNamesLines: every hunk counts the lines that it shows, and its numbers are
// those of the lines in their texts.
func TestUnifiedNamesLines(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		var a, b []string
		for i := range 40 {
			line := fmt.Sprint("line ", i)
			if rng.IntN(9) > 0 {
				a = append(a, line)
			}
			if rng.IntN(9) > 0 {
				b = append(b, line)
			}
		}
		lines := unified(lineDiff(a, b))
		for i := 0; i < len(lines); {
			var fromA, nA, fromB, nB int
			parse := func(s string) (from, n int) {
				x, y, two := strings.Cut(s, ",")
				from, _ = strconv.Atoi(x)
				if n = 1; two {
					n, _ = strconv.Atoi(y)
				}
				if n == 0 {
					from++
				}
				return
			}
			f := strings.Fields(lines[i])
			fromA, nA = parse(strings.TrimPrefix(f[1], "-"))
			fromB, nB = parse(strings.TrimPrefix(f[2], "+"))
			for i++; i < len(lines) && lines[i][0] != '@'; i++ {
				if lines[i][0] != '+' {
					if a[fromA-1] != lines[i][1:] {
						t.Fatalf("line %d is %q, the hunk says %q", fromA, a[fromA-1], lines[i])
					}
					fromA, nA = fromA+1, nA-1
				}
				if lines[i][0] != '-' {
					if b[fromB-1] != lines[i][1:] {
						t.Fatalf("line %d is %q, the hunk says %q", fromB, b[fromB-1], lines[i])
					}
					fromB, nB = fromB+1, nB-1
				}
			}
			if nA != 0 || nB != 0 {
				t.Fatalf("a hunk is short of %d and %d lines", nA, nB)
			}
		}
	}
}

// TestVisible: what steers a terminal or hides a text is written out.
func TestVisible(t *testing.T) {
	for in, want := range map[string]string{"plain – ünicode": "plain – ünicode", "\x1b[31mred": `\x1b[31mred`,
		"a\tb": "a  b", "a\x00": `a\x00`, "\u202eevil": `\u202eevil`,
		"line\nbreak\r": `line\nbreak\r`, "a\u00a0b": "a\u00a0b", "\xff": "\ufffd", "zero\u200bwidth": `zero\u200bwidth`} {
		if got := say.Visible(in); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
}

// FuzzDiff: no pair of texts breaks the diff, and what it shows is printable.
func FuzzDiff(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nc\nd\n")
	f.Add("", "\x1b[2J")
	f.Add("x\nx\nx", "x\nx")
	f.Fuzz(func(t *testing.T, one, two string) {
		if len(one)+len(two) > 4000 {
			return
		}
		a, b := strings.Split(one, "\n"), strings.Split(two, "\n")
		checkDiff(t, a, b, false)
		for _, line := range unified(lineDiff(a, b)) {
			if !utf8.ValidString(line) ||
				strings.ContainsFunc(line, func(r rune) bool { return !strconv.IsPrint(r) && r != '\u00a0' }) {
				t.Errorf("%q", line)
			}
		}
	})
}
