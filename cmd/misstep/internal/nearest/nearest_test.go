package nearest

import "testing"

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
		if got := Word(c.word, known); got != c.want {
			t.Errorf("Word(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

func TestWordFirstOfEquals(t *testing.T) {
	if got := Word("bat", []string{"rat", "cat"}); got != "cat" {
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
		{"zzzzzz", nil, "none is known"},
		{"zzzzzz", many, "known: a, b, c, d, e, f, g, h, i, j, k, l, …"},
	} {
		if got := Remedy(c.word, c.known); got != c.want {
			t.Errorf("Remedy(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}
