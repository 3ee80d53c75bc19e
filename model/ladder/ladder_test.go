package ladder

import (
	"fmt"
	"strings"
	"testing"
)

// written returns a correct scale file with one replacement.
func written(old, with string) string {
	var s strings.Builder
	s.WriteString("name: trial\nabout: for tests\nrungs:\n")
	for i := range Rungs {
		fmt.Fprintf(&s, "  - {code: R%d, name: rung %d, level: %g, visibility: 0.5, cost: 0.1, domain: none, dcid: 0, "+
			"cameo: \"01\"}\n", i, i, float64(i)/10)
	}
	s.WriteString("codes:\n  protest: R1\n  closure: R6\n")
	return strings.Replace(s.String(), old, with, 1)
}

func TestParse(t *testing.T) {
	s, err := Parse([]byte(written("", "")))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := s.Rung("closure"); err != nil || r != 6 || s.Rungs[3].Level != 0.3 {
		t.Errorf("closure stands on R%d (%v), level of R3 is %v", r, err, s.Rungs[3].Level)
	}
}

// TestParseErrors: each mistake in a scale file is named.
func TestParseErrors(t *testing.T) {
	row := func(i int) string {
		return fmt.Sprintf("  - {code: R%d, name: rung %d, level: %g, visibility: 0.5, cost: 0.1, domain: none, dcid: 0, "+
			"cameo: \"01\"}\n", i, i, float64(i)/10)
	}
	for _, c := range []struct{ old, with, want string }{
		{row(9), "", "9 rungs, want 10"},
		{row(9), row(9) + row(9), "11 rungs, want 10"},
		{"code: R4", "code: R5", `rung 4 has code "R5", want R4`},
		{"level: 0.4", "level: 0.3", "level 0.3 of R4 is not above 0.3 of R3"},
		{"level: 0.9", "level: 1.1", "R9 has a value outside 0 to 1"},
		{"visibility: 0.5", "visibility: -0.5", "R0 has a value outside 0 to 1"},
		{"cost: 0.1", "cost: .nan", "R0 has a value outside 0 to 1"},
		{"level: 0.5", "level: .nan", "R5"},
		{"closure: R6", "closure: R10", `code closure: "R10" is no rung; write R0 to R9`},
		{"closure: R6", "closure: six", `"six" is no rung`},
		{"about: for tests", "abuot: for tests", "abuot"},
		{"rungs:", "rungs: 3\nother:", "scale"},
	} {
		_, err := Parse([]byte(written(c.old, c.with)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v, want %q", c.with, c.old, err, c.want)
		}
	}
}

// TestUnknownCode: a code that the scale does not know is an error that lists those
// it knows.
func TestUnknownCode(t *testing.T) {
	s, err := Parse([]byte(written("", "")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Rung("embargo"); err == nil || !strings.Contains(err.Error(), `"embargo"`) ||
		!strings.Contains(err.Error(), "closure, protest") {
		t.Errorf("%v", err)
	}
	if _, err := Named("golden"); err == nil || !strings.Contains(err.Error(), "even, standard") {
		t.Errorf("%v", err)
	}
}

// TestShipped: the shipped scales agree on rungs, codes and names, so a run can be
// scored again; they differ in levels, or the second would be no second.
func TestShipped(t *testing.T) {
	standard, err := Named("standard")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		s, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.About == "" || s.Name != name || len(s.Codes) != len(standard.Codes) {
			t.Errorf("scale %s: about %q, %d codes", name, s.About, len(s.Codes))
		}
		for code, rung := range standard.Codes {
			if s.Codes[code] != rung {
				t.Errorf("scale %s puts %s on %q, the standard on %s", name, code, s.Codes[code], rung)
			}
		}
		moved := 0
		for i := range s.Rungs {
			if s.Rungs[i].Level != standard.Rungs[i].Level {
				moved++
			}
			if r, err := Index(s.Rungs[i].Code); err != nil || r != i {
				t.Errorf("scale %s: %s is rung %d", name, s.Rungs[i].Code, r)
			}
		}
		if name != "standard" && moved == 0 {
			t.Errorf("scale %s has the levels of the standard one", name)
		}
	}
	if standard.Rungs[Absorb].Level != 0 || standard.Rungs[PrivateDemarche].Visibility != 0 ||
		standard.Rungs[Public].Visibility == 0 {
		t.Error("the named rungs do not stand where rules look for them")
	}
}

func TestIndex(t *testing.T) {
	for _, bad := range []string{"", "R", "R10", "r3", "3", "R-1", "RX"} {
		if r, err := Index(bad); err == nil {
			t.Errorf("%q is R%d", bad, r)
		}
	}
}
