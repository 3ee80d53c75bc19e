package nearest

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWord(t *testing.T) {
	known := []string{"validate", "version", "run", "plan", "run.seed", "choice.rationality"}
	for _, c := range []struct{ word, want string }{
		{"validat", "validate"},
		{"Version", "version"},
		{"vresion", "version"}, // a swap is one slip
		{"rn", "run"},
		{"plna", "plan"},
		{"run.sed", "run.seed"},
		{"rationality", "choice.rationality"}, // the last part alone
		{"choice.rationalty", "choice.rationality"},
		{"escalate", ""},
		{"", ""},
	} {
		if got, ok := Word(c.word, known); got != c.want || ok != (c.want != "") {
			t.Errorf("Word(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

func TestWordFirstOfEquals(t *testing.T) {
	if got, _ := Word("bat", []string{"rat", "cat"}); got != "cat" {
		t.Errorf("got %q, want the first in the alphabet", got)
	}
}

func TestRemedy(t *testing.T) {
	many := make([]string, 20)
	for i := range many {
		many[i] = string(rune('a' + i))
	}
	for _, c := range []struct {
		word  string
		known []string
		want  string
	}{
		{"sed", []string{"seed", "set"}, `did you mean "seed"?`},
		{"zzzzzz", []string{"seed", "set"}, "known: seed, set"},
		{"zzzzzz", nil, "none is declared"},
		{"zzzzzz", many, "known: a, b, c, d, e, f, g, h, i, j, k, l, …"},
	} {
		if got := Remedy(c.word, c.known); got != c.want {
			t.Errorf("Remedy(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

// TestDistanceIsADistance: zero for equals only, symmetric, at most the longer
// word, at least the difference of lengths.
func TestDistanceIsADistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-d.]{0,8}`)
		a, b := []rune(word.Draw(t, "a")), []rune(word.Draw(t, "b"))
		d := distance(a, b)
		switch {
		case (d == 0) != (string(a) == string(b)):
			t.Errorf("distance %d", d)
		case d != distance(b, a):
			t.Errorf("%d and %d", d, distance(b, a))
		case d > max(len(a), len(b)):
			t.Errorf("%d is more than all letters", d)
		case d < len(a)-len(b) || d < len(b)-len(a):
			t.Errorf("%d is less than the letters that one has more", d)
		}
	})
}

// TestSlips: every single slip of the pen in a longer word finds it again.
func TestSlips(t *testing.T) {
	known := []string{"choice.rationality", "evidence.gap", "replicates", "workers"}
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SampledFrom(known).Draw(t, "word")
		at := rapid.IntRange(0, len(want)-2).Draw(t, "at")
		letter := rapid.StringMatching(`[a-z]`).Draw(t, "letter")
		slip := rapid.SampledFrom([]string{
			want[:at] + want[at+1:], want[:at] + letter + want[at:], want[:at] + letter + want[at+1:],
			want[:at] + want[at+1:at+2] + want[at:at+1] + want[at+2:],
		}).Draw(t, "slip")
		if got, _ := Word(slip, known); got != want {
			t.Errorf("%q finds %q, not %q", slip, got, want)
		}
	})
}
