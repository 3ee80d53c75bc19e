package scenario

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// worldNames are names as ISO 3166, CLDR, MITRE ATT&CK and MISP write them, and in their own scripts.
var worldNames = []string{"Bolivia (Plurinational State of)", "Bonaire, Sint Eustatius and Saba",
	"Cocos (Keeling) Islands", "Congo, Democratic Republic of the", "Côte d'Ivoire", "Côte d’Ivoire",
	"Iran (Islamic Republic of)", "Korea (Democratic People's Republic of)", "Korea, Republic of",
	"Lao People's Democratic Republic", "Saint Helena, Ascension and Tristan da Cunha", "Saint Martin (French part)",
	"United Kingdom of Great Britain and Northern Ireland", "Virgin Islands (U.S.)", "Åland Islands", "Curaçao",
	"St. Vincent & Grenadines", "Guinea-Bissau", "Türkiye", "Comment Crew", "APT-C-06", "APT-C-23", "TEMP.Veles",
	"Lazarus Group / HIDDEN COBRA", "Cloud Atlas+", "Sandworm_Team", "G0034", "'Ndrangheta", "+Cloud", "-", "(x)",
	"भारत", "தமிழ்", "العَرَبِيَّة", "ไทย", "中华人民共和国", "ボスニア・ヘルツェゴビナ", "대한민국", "საქართველო",
	"ශ්\u200dරී ලංකාව", "ایالت\u200cهای متحده", "ארה״ב", "བོད་", "Україна", "a.b", "a,b", "a&b", "a.b&c.d, e"}

// TestWorldNames catches a name of the world that is refused, and one that is lost on its way to the numbers
// or not found by a setting.
func TestWorldNames(t *testing.T) {
	for _, who := range worldNames {
		key := `"` + who + `"`
		data := strings.ReplaceAll(strings.ReplaceAll(tiny, "B: {}", key+": {}"), "source: B", "source: "+key)
		who = norm.NFC.String(who)
		v := mustLoad(t, data)
		o := v.Onset[0]
		if path := "assumptions.onset." + Quoted(who) + ">A.rate"; o.Source != who || v.Slots[o.Rate].Path != path {
			t.Errorf("%s: %+v at %s, want %s", who, o, v.Slots[o.Rate].Path, path)
		}
		for path, want := range map[string]string{
			"states." + Quoted(who) + ".choice.goal": "assumptions.states." + Quoted(who) + ".choice.goal",
			`states."` + who + `".choice.goal`:       "assumptions.states." + Quoted(who) + ".choice.goal",
			"onset." + Quoted(who) + ">A.rate":       "assumptions.onset." + Quoted(who) + ">A.rate",
			`onset."` + who + `">"A".rate`:           "assumptions.onset." + Quoted(who) + ">A.rate",
			`onset."` + who + `>A".rate`:             "assumptions.onset." + Quoted(who) + ">A.rate",
		} {
			if strings.Contains(path, `>A"`) && strings.Contains(who, "&") {
				continue // quotes around two names, of which one needs them
			}
			v := mustLoad(t, data, set(norm.NFD.String(path), "0.1"))
			if s := slot(t, v, want); s.Origin != FromFlag || s.Dist.A != 0.1 {
				t.Errorf("%s is not reached by %s: %+v", who, path, s)
			}
			n := v.Param(slot(t, v, "assumptions.choice.goal").Param, "states."+who)
			if got := v.Slots[n].Path; strings.HasPrefix(path, "states") && got != want {
				t.Errorf("%s has the number at %s, want %s", who, got, want)
			}
		}
	}
}

// TestComposedNames: a name is the same name however it was typed, as a key, in a reference, a path and a flag.
func TestComposedNames(t *testing.T) {
	for _, who := range []string{"Türkei", "Côte d'Ivoire", "대한민국", "ガーナ"} {
		apart := norm.NFD.String(who)
		if apart == who {
			t.Fatalf("%s is the same in pieces", who)
		}
		data := strings.ReplaceAll(strings.ReplaceAll(tiny, "B: {}", apart+": {}"), "source: B", "source: "+who)
		want := mustLoad(t, strings.ReplaceAll(data, apart, who))
		if got := mustLoad(t, data); got.States[1].Name != who || len(got.Slots) != len(want.Slots) ||
			got.Slots[got.Onset[0].Rate] != want.Slots[want.Onset[0].Rate] {
			t.Errorf("%s: %+v, %+v", who, got.States, got.Onset)
		}
		twice := strings.Replace(tiny, "B: {}", who+": {}, "+apart+": {}, B: {}", 1)
		if p := firstProblem(t, twice); !strings.Contains(p.What, "comes twice") {
			t.Errorf("%s twice: %v", who, p)
		}
		if _, err := mustLoad(t, strings.Replace(tiny, "one:", apart+":", 1)).Keep([]string{apart}); err != nil {
			t.Error(err)
		}
	}
}

// TestTwins: names that look the same are refused, those that differ in case are told.
func TestTwins(t *testing.T) {
	for _, twin := range []string{"Ａland", "Côte d’Ivoire", "ﬁnland", "ශ්\u200dරී"} {
		two := map[string]string{"Ａland": "Aland", "Côte d’Ivoire": "Côte d'Ivoire", "ﬁnland": "finland",
			"ශ්\u200dරී": "ශ්රී"}[twin]
		p := firstProblem(t, strings.Replace(tiny, "B: {}", "B: {}, "+two+": {}, "+twin+": {}", 1))
		if !strings.Contains(p.What, "looks like") || p.Line != 6 || p.Hint == "" {
			t.Errorf("%s beside %s: %v", twin, two, p)
		}
	}
	v := mustLoad(t, strings.Replace(tiny, "B: {}", "B: {}, Straße: {}, STRASSE: {}, b: {}", 1))
	if got := v.Twins(); !slices.Equal(got, [][2]string{{"STRASSE", "Straße"}, {"B", "b"}}) {
		t.Errorf("twins %v", got)
	}
	if got := mustLoad(t, full(t)).Twins(); len(got) > 0 {
		t.Errorf("twins %v where there are none", got)
	}
}

// TestManyChannels: commitments are told apart by a bit for each of 64 channels.
func TestManyChannels(t *testing.T) {
	channels := func(n int) string {
		return tiny + "levers:\n  channels:\n" + many(n, "    #: {members: [A, B]}", "\n") + "\n"
	}
	mustLoad(t, channels(maxChannels))
	p := firstProblem(t, channels(maxChannels+1))
	if p.Path != "levers.channels" || !strings.HasPrefix(p.What, "at most 64 channels") || p.Hint == "" || p.Line == 0 {
		t.Errorf("65 channels: %v", p)
	}
}

// TestUnquoted: a name that needs quotes and has none is told with them.
func TestUnquoted(t *testing.T) {
	data := strings.Replace(tiny, "B: {}", `"Virgin Islands (U.S.)": {}, B: {}`, 1)
	for path, want := range map[string]string{
		"states.Virgin Islands (U.S.).choice.goal": `write "Virgin Islands (U.S.)", in double quotes`,
		`states."B.choice.goal`:                    "write them around the name alone",
	} {
		if ps := problemsOf(t, data, set(path, "0.1")); len(ps) != 1 || ps[0].Hint != want {
			t.Errorf("%s: %v", path, ps)
		}
	}
}

// FuzzPath: what joins names, splits them again; any path splits, and into the same parts once joined.
func FuzzPath(f *testing.F) {
	for i, name := range worldNames {
		f.Add(name, worldNames[(i+7)%len(worldNames)], "states."+name+`."x.y"[0]`)
	}
	f.Add(`"`, `a"b`, `onset."China>A.b".rate`)
	f.Fuzz(func(t *testing.T, a, b, path string) {
		if !utf8.ValidString(path) {
			return
		}
		parts := partsOf(path)
		if again := partsOf(joined(parts)); !slices.Equal(again, parts) && !strings.Contains(path, "[") {
			t.Errorf("%q splits into %q, then into %q", path, parts, again)
		}
		a, b = norm.NFC.String(a), norm.NFC.String(b)
		if badName(a) != "" || badName(b) != "" {
			return
		}
		for _, sign := range []string{">", "&", "@"} {
			between := Quoted(a) + sign + Quoted(b)
			if got := partsOf("x." + between + ".y"); !slices.Equal(got, []string{"x", between, "y"}) {
				t.Errorf("%q and %q: %q", a, b, got)
			}
		}
		if got := SplitPath("x." + Quoted(a) + "." + Quoted(b)); !slices.Equal(got, []string{"x", a, b}) {
			t.Errorf("%q and %q: %q", a, b, got)
		}
		if got := SplitList(Quoted(a) + " , " + Quoted(b)); !slices.Equal(got, []string{a, b}) {
			t.Errorf("%q and %q: %q", a, b, got)
		}
		if before, after, ok := Cut(Quoted(a)+"="+b, '='); !ok || Unquoted(before) != a || after != b {
			t.Errorf("%q=%q: %q and %q", a, b, before, after)
		}
	})
}
