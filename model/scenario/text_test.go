package scenario

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// disguises are other ways to store the same text.
var disguises = map[string]func(string) string{
	"crlf":          func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"bom":           func(s string) string { return "\ufeff" + s },
	"bom and crlf":  func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
	"trailing":      func(s string) string { return strings.ReplaceAll(s, "\n", "  \n") },
	"no last line":  func(s string) string { return strings.TrimSuffix(s, "\n") },
	"document mark": func(s string) string { return s + "...\n" },
	"tab comments":  func(s string) string { return strings.ReplaceAll(s, "\n", " \t# x\n") },
}

// TestDisguisesChangeNothing catches a reader that keeps a carriage return, a
// byte order mark or space at the end of a line as part of a value.
func TestDisguisesChangeNothing(t *testing.T) {
	want := mustLoad(t, full(t))
	for name, disguise := range disguises {
		v, err := Load("test", []byte(disguise(full(t))), world)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, v, cmp.AllowUnexported(Scenario{}, override{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestDisguisesKeepPlaces catches columns and lines counted in bytes or with
// the carriage return.
func TestDisguisesKeepPlaces(t *testing.T) {
	data := full(t)
	broken := strings.Replace(data, "quiet: 90d", "quiet: 90x", 1)
	want := problemsOf(t, broken)
	for name, disguise := range disguises {
		if got := problemsOf(t, disguise(broken)); len(got) != 1 || got[0] != want[0] {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// TestNames catches a bound counted in bytes, and an alphabet taken for the only
// one: names of any script are carried through to the paths.
func TestNames(t *testing.T) {
	for _, who := range []string{"Österreich", "Côte d-Ivoire", "中华人民共和国", "日本", "Україна",
		"Ελλάδα", "ישראל", "مصر", "ไทย"[:3],
		"R2-D2", "٣", "a", strings.Repeat("ß", 60), strings.Repeat("中", 60), "Über alles gut", "true story", "nullity"} {
		v := mustLoad(t, strings.ReplaceAll(strings.ReplaceAll(tiny, "B: {}", who+": {}"), "source: B", "source: "+who))
		if o := v.Onset[0]; o.Source != who || v.Slots[o.Rate].Path != "assumptions.onset."+who+">A.rate" {
			t.Errorf("%s: %+v at %s", who, o, v.Slots[o.Rate].Path)
		}
		s := slot(t, mustLoad(t, strings.ReplaceAll(tiny, "B", who), set("assumptions.states."+who+".choice.goal", "0.1")),
			"assumptions.states."+who+".choice.goal")
		if s.Origin != FromFlag {
			t.Errorf("%s is not reached by a setting", who)
		}
	}
}

// TestNamesRefused catches a sign that has a meaning in paths, or that nobody
// sees, in a name; the same in every table that declares names.
func TestNamesRefused(t *testing.T) {
	places := map[string]string{
		"state":     strings.Replace(tiny, "B: {}}", "B: {}, %s: {}}", 1),
		"group":     with("  groups: {%s: {}}"),
		"arm":       strings.Replace(tiny, "one:", "%s:", 1),
		"channel":   tiny + "levers: {channels: {%s: {members: [A, B]}}}\n",
		"coalition": tiny + "levers: {coalitions: {%s: {lead: A, partners: {C: {}}}}}\n",
		"partner":   tiny + "levers: {coalitions: {c: {lead: A, partners: {%s: {}}}}}\n",
		"summit":    tiny + "levers: {summits: [{name: %s, at: 2027-01-01, between: [A, B], relief: 0, restores: 0}]}\n",
		"shock":     with("  shocks: [{name: %s, at: 2027-01-01, between: [A, B], tension: 0, breaks: 0}]"),
		"incident":  with("  incidents: [{name: %s, victim: A, at: 2027-01-01}]"),
	}
	for place, data := range places {
		for name, what := range map[string]string{
			`"a:b"`: "has the sign", `"a>b"`: "has the sign", `"a@b"`: "has the sign", `"a=b"`: "has the sign",
			`"a[0]"`: "has the sign",
			`'a"b'`:  "has the sign", `"a\u00a0b"`: "has the sign", `"a\u200bb"`: "has the sign", `"a\tb"`: "has the sign",
			`"\u0301e"`: "has the sign", `"a\u3164b"`: "has the sign", `"a\ufe0f"`: "has the sign", `"a\u202eb"`: "has the sign",
			`"a\u200db"`: "has the sign", `"भारत\u200d"`: "has the sign", `"श्\u200d"`: "has the sign",
			`"ا\u200dا"`: "has the sign",
			`""`:         "is empty", `" a"`: "a space too many", `"a "`: "a space too many", `"a  b"`: "a space too many",
			"None":  "a reserved word",
			"drawn": "a reserved word", "Any": "a reserved word", `"null"`: "a reserved word", `"TRUE"`: "a reserved word",
			strings.Repeat("é", 61): "is too long",
		} {
			text := strings.Replace(data, "%s", name, 1)
			line := 1 + strings.Count(text[:strings.Index(data, "%s")], "\n")
			if p := firstProblem(t, text); p.Line != line || !strings.Contains(p.What, what) {
				t.Errorf("%s %s: %v, want %s on line %d", place, name, p, what, line)
			}
		}
	}
}

// TestTabs catches a reader that takes a tab for indentation; inside of flow
// collections and texts tabs are harmless.
func TestTabs(t *testing.T) {
	p := firstProblem(t, strings.Replace(tiny, "  states", "\tstates", 1))
	if !strings.Contains(p.What, "a tab in the indentation") || p.Line != 6 || p.Column != 1 {
		t.Errorf("%v", p)
	}
	mustLoad(t, strings.Replace(tiny, "{A: {}, B: {}}", "{A:\t{},\tB: {}}", 1))
	if v := mustLoad(t, strings.Replace(tiny, "title: Tiny", `title: "a\tb"`, 1)); v.Title != "a\tb" {
		t.Errorf("title %q", v.Title)
	}
}

// TestTextsAreTrimmed catches block texts that keep their last line end, and
// signs that no terminal should see.
func TestTextsAreTrimmed(t *testing.T) {
	for text, want := range map[string]string{
		"|\n  two\n  lines\n": "two\nlines", ">\n  two\n  lines\n": "two lines", `"  x  "`: "x", "'it''s'": "it's",
		`"\u00e9"`: "é", "日本": "日本",
	} {
		if v := mustLoad(t, tiny+"card:\n question: "+text+"\n"); v.Card.Question != want {
			t.Errorf("%q reads as %q", text, v.Card.Question)
		}
	}
	for _, sign := range []string{`\e`, `\0`, `\a`, `\u200b`, `\u202e`, `\u0085`, `\r`} {
		if p := firstProblem(t, tiny+fmt.Sprintf("card: {question: \"a%sb\"}\n", sign)); p.Path != "card.question" {
			t.Errorf("%s: %v", sign, p)
		}
	}
}
