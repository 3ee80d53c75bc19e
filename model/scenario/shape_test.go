package scenario

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
)

// checked runs a shape over a piece of YAML and returns its value and problems.
func checked(t *testing.T, s shape, yaml string) (any, Problems) {
	t.Helper()
	c := newChecker(Options{File: "f"})
	c.root = reader{refuse: c.refuse}.read([]byte(yaml))
	if c.root == nil {
		return nil, c.problems
	}
	return c.check(s, c.root, "here"), c.problems
}

// TestScalars: what each shape accepts, and that it refuses the rest with a
// message.
func TestScalars(t *testing.T) {
	small := param.Domain{Lo: 0, Hi: 3, Integer: true, Text: "a whole number, 0 to 3"}
	for _, c := range []struct {
		shape  shape
		yes    []string
		no     []string
		sample any
	}{
		{text(5), []string{"abc", `"123"`, "'true'", "a b c", "äöüéè"},
			[]string{"abcdef", "123", "true", "2026-01-01", "~", "[a]", "{}", `" "`, `"\a"`}, "abc"},
		{yesNo, []string{"true", "false"}, []string{"yes", "no", "on", "True", "TRUE", `"true"`, "1", "~", "[]"}, true},
		{words("a", "1.5"), []string{"a", "1.5", `"1.5"`}, []string{"b", "1.50", "~", "[a]", "A"}, "a"},
		{plain(small), []string{"2", "0", "3", "2.0", `"2"`},
			[]string{"4", "-1", "1.5", "1 to 2", ".nan", ".inf", "~", "x", "0x1"}, 2.0},
		{plain(param.Span), []string{"5d", "2w", "1y"}, []string{"5", "0", "0d", "-1d", "1m", "~", "d"}, 5.0},
		{rung, []string{"R3", "R0", "R9", `"R3"`}, []string{"3", "R10", "r3", "R", "~", "[R3]"}, 3},
		{slug, []string{"abc", "a-1", "1a"}, []string{"-a", "A", "a_b", "a.b", "~", `""`}, "abc"},
		{version, []string{"1", `"1"`}, []string{"2", "1.0", "~", "one"}, nil},
		{name(roleNew), []string{"China", "United Kingdom", "Côte d-Ivoire", "中国", "a-1", "2026", `"-"`},
			[]string{"a:b", "a=b", "a>b", "a@b", `" a"`, `"a "`, "a  b", `""`, "~", "any", "Drawn", "ALL", "[a]", "a\tb",
				strings.Repeat("é", 61)}, "China"},
		{source, []string{"T5", "E001, T5", "[Key-1999]", "[E001, Key1999]", "E001, [Key1999]", `"assumption: x; y"`},
			[]string{"nothing", "~", "[]", `""`, "T5;x", "[a b]", "[[T5]]", "[~]", "{}",
				strings.Repeat("E001, ", 800) + "E001"}, "T5"},
		{uncertain(param.Probability),
			[]string{"0.5", "0", "1", "0.2 to 0.4", "uniform(0, 1)", "beta(2, 3)", `"0.5"`, "{value: 0.5}",
				"{value: 0.5, source: T5}"},
			[]string{"1.1", "-0.1", "50%", "~", "[0.5]", "{}", "{value: }", "{source: T5}", "{value: 0.5, source: x}",
				"{value: 0.5, note: x}", "{value: [1]}", "{value: {value: 1}}", "true"}, nil},
		{shareOrEmpty, []string{"0.5", "{}", "~", "{value: 0.5}"},
			[]string{"2", "[]", "{x: 1}"}, nil},
		{list{item: rung, min: 1, max: 2, unique: true}, []string{"[R1]", "[R1, R2]"},
			[]string{"[]", "~", "[R1, R1]", "[R1, R2, R3]", "R1", "{R1: }"}, nil},
		{table{what: "thing", item: yesNo, max: 2}, []string{"{}", "~", "{a: true}"},
			[]string{"[a]", "a", "{a: 1}", "{a>b: true}", "{a: true, b: true, c: true}"}, nil},
		{mixShape, []string{"{crime: 1}", "{}", "~"}, []string{"[crime]", "{crimes: 1}", "crime", "{crime: -1}"}, nil},
		{onsetShape, []string{"[]", "{}", "~", "{contagion: 0.1}", "{streams: []}"},
			[]string{"3", "{stream: []}", "[3]"}, nil},
	} {
		for i, y := range c.yes {
			v, ps := checked(t, c.shape, y)
			if len(ps) > 0 {
				t.Errorf("%T refuses %s: %v", c.shape, y, ps)
			}
			if i == 0 && c.sample != nil && v != c.sample {
				t.Errorf("%T reads %s as %v", c.shape, y, v)
			}
		}
		for _, y := range c.no {
			if v, ps := checked(t, c.shape, y); len(ps) == 0 {
				t.Errorf("%T accepts %s as %v", c.shape, y, v)
			}
		}
	}
}

func TestDates(t *testing.T) {
	for _, y := range []string{"2026-02-01", `"2026-02-01"`, "2024-02-29"} {
		if _, ps := checked(t, date, y); len(ps) > 0 {
			t.Error(ps)
		}
	}
	for _, y := range []string{"2026-2-1", "2025-02-29", "2026-13-01", "01.02.2026", "2026", "2026-02-01T00:00:00Z",
		"1949-12-31", "2151-01-01", "~", "[2026-02-01]"} {
		if v, ps := checked(t, date, y); len(ps) == 0 {
			t.Errorf("%s is %v", y, v)
		}
	}
}

// TestColumnsCountCharacters, not bytes.
func TestColumnsCountCharacters(t *testing.T) {
	p := firstProblem(t, strings.Replace(tiny, "{source: B, victim: A", "{victim: ñññ, source: Q", 1))
	if p.Line != 7 || p.Column != 20 {
		t.Errorf("%v", p)
	}
	_, err := Load("test", []byte(strings.Replace(tiny, "{source: B, victim: A", "{victim: ñññ, source: Q", 1)),
		Options{})
	if !strings.Contains(err.Error(), ":7:33: assumptions.onset.Q>ñññ.source") {
		t.Error(err)
	}
}

func TestMarkOfBytesAndLineEnds(t *testing.T) {
	want := mustLoad(t, tiny)
	for _, data := range []string{"\ufeff" + tiny, strings.ReplaceAll(tiny, "\n", "\r\n"), "---\n" + tiny, tiny + "...\n",
		tiny + "\n\n# end\n"} {
		if got := mustLoad(t, data); got.Title != want.Title || len(got.Slots) != len(want.Slots) {
			t.Errorf("%q differs", data[:10])
		}
	}
}

// TestMechanismsMatchTheRegistry: a mandate's words are the strengths' names.
func TestMechanismsMatchTheRegistry(t *testing.T) {
	for i, w := range MechanismNames {
		m := Mechanism(i)
		if p := param.Get(m.StrengthParam()); p.Name != "strength."+w || m.String() != w {
			t.Errorf("%s is %s", m, p.Name)
		}
	}
	for i, want := range []bool{false, true, true, false} {
		if m := Intent(i); m.Hostile() != want || m.String() != IntentNames[i] {
			t.Errorf("%s: hostile %v", m, m.Hostile())
		}
	}
}
