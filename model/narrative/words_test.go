package narrative

import "testing"

func TestWords(t *testing.T) {
	for in, want := range map[float64]string{0: "0 %", 0.004: "under 1 %", 0.5: "50 %", 0.994: "over 99 %", 1: "100 %"} {
		if have := percent(in); have != want {
			t.Errorf("percent(%v) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[string]string{"United Kingdom": "the United Kingdom", "China": "China",
		"third-states": "third states", "Netherlands": "the Netherlands"} {
		if have := The(in); have != want {
			t.Errorf("The(%q) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[float64]string{0.2: "the same day", 1.5: "a day later", 30: "30 days later",
		365: "12 months later", 1461: "4.0 years later"} {
		if have := span(in); have != want {
			t.Errorf("span(%v) = %q, want %q", in, have, want)
		}
	}
}

// TestVerdictWords: what is said of a step follows from its rungs.
func TestVerdictWords(t *testing.T) {
	for _, c := range []struct {
		rung, before, known int
		want                string
	}{
		{3, 0, 3, "No misstep: knowing the truth, it would have done the same."},
		{4, 0, 3, "No misstep: knowing the truth, it would have done the same."},
		{3, 0, 5, "No misstep: knowing the truth, it would have gone further (R5)."},
		{7, 6, 6, "No misstep by the count, which is of steps to R3, R5, R6, R8 and R9."},
	} {
		e := Entry{Rung: c.rung, Before: c.before, Judged: &Judged{Known: c.known}}
		if have := known(&e); have != c.want {
			t.Errorf("R%d after R%d, R%d with the truth: %q", c.rung, c.before, c.known, have)
		}
	}
	for _, c := range []struct {
		before, rung int
		want         string
	}{
		{0, 0, "let it pass (R0)"},
		{2, 1, "left it at what it had done before (R2)"},
		{0, 5, "named China in public, with charges or sanctions (R5)"},
	} {
		if have := instead(&Entry{Whom: "China", Before: c.before}, c.rung); have != c.want {
			t.Errorf("%+v: %q", c, have)
		}
	}
	if have := behind([]Behind{{"culprit", 0.25}, {"intent", 1}, {"severity", 0}, {"rival", -0.25}}); have !=
		"The false beliefs behind it: what it was for (100 %) and who did it (25 %). Its error about what kind of rival "+
			"it faced (−25 %) worked the other way." {
		t.Errorf("%q", have)
	}
	if behind(nil) != "" {
		t.Error("no parts, no sentence")
	}
}

// TestSurely: a belief is never told as certain, either way.
func TestSurely(t *testing.T) {
	for p, want := range map[float64]string{0: "under 1 %", 0.001: "under 1 %", 0.42: "42 %", 1: "over 99 %"} {
		if have := surely(p); have != want {
			t.Errorf("surely(%v) = %q, want %q", p, have, want)
		}
	}
}
