package explain

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/narrative"
)

// told is an invented story of two arms with one case: found in both, and a step in
// the second alone.
func told() *narrative.Story {
	piece := narrative.Entry{Day: 10, Date: "2026-01-11", Kind: "piece", Who: "Aland", Detail: "Borland",
		Signal: "hostile", Belief: .6}
	step := narrative.Entry{Day: 40, Date: "2026-02-10", Kind: "act", Who: "Aland", Whom: "Borland", Rung: 3, Belief: .9,
		Diverges: true,
		Judged:   &narrative.Judged{Known: 3, Fair: 3}}
	end := narrative.Entry{Day: 300, Date: "2026-10-28", Kind: "close", Who: "Aland", Whom: "Borland", Belief: .7}
	return &narrative.Story{Title: "Aland and Borland",
		Start:   narrative.Date{Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
		Horizon: 730.5, Seed: 9, Draw: 3, Replicate: 4,
		Arms: []narrative.Arm{{Name: "without", Discovered: 1}, {Name: "with", Discovered: 1, Public: 1, Missteps: 1}},
		Cases: []narrative.Case{{Number: 1, Victim: "Aland", Culprit: "Borland", Intent: "espionage", Public: true,
			Differs: true,
			Tracks: []*narrative.Track{{Found: 10, Severity: 3, Entries: []narrative.Entry{piece, end}},
				{Found: 10, Severity: 3, Entries: []narrative.Entry{piece, step}}}}},
		Diverges: &narrative.Divergence{Day: 40, Date: "2026-02-10", Case: 1}}
}

// flat is a story told wide, as one line of single-spaced words.
func flat(s *narrative.Story, all bool) string {
	return strings.Join(strings.Fields(tell(s, all, 94)), " ")
}

// TestTellSentences: each sentence of a story, and where it has no place. Catches a
// sentence that is dropped, or told of the wrong arm.
func TestTellSentences(t *testing.T) {
	for _, c := range []struct {
		name      string
		change    func(s *narrative.Story)
		want, not string
	}{
		{"two arms", func(*narrative.Story) {},
			"One future, played twice from the same chance: draw 3, replicate 4, seed 9; 2 years from 1 Jan 2026.", "Both arms"},
		{"counts", func(*narrative.Story) {},
			"without: 1 case discovered and followed to their end; none made public; none with a misstep, public or " +
				"covert. with: 1 case " +
				"discovered and followed to their end; 1 made public; 1 with a misstep, public or covert.", ""},
		{"many", func(s *narrative.Story) { s.Arms[0].Discovered, s.Arms[0].Public = 1200, 1100 },
			"without: 1,200 cases discovered and followed to their end; 1,100 made public", ""},
		{"where they part", func(*narrative.Story) {}, "The two part on 10 Feb 2026, in case 1, at the step marked ►.",
			"take the same steps"},
		{"they do not part", func(s *narrative.Story) { s.Diverges = nil }, "Both arms take the same steps.",
			"at the step marked"},
		{"one content", func(s *narrative.Story) { s.Types = []narrative.Type{{State: "Aland", StatusQuo: true}} },
			"which states are content with the status quo (Aland) and which are out to change it (none).", ""},
		{"two of a kind",
			func(s *narrative.Story) { s.Types = []narrative.Type{{State: "United Kingdom"}, {State: "China"}} },
			"quo (none) and which are out to change it (the United Kingdom and China).", ""},
		{"no types", func(*narrative.Story) {}, "", "nobody in it knows"},
		{"name of a case", func(s *narrative.Story) { s.Cases[0].Name = "the great leak" },
			"Case 1, the great leak · What really happened: Borland broke into Aland on 1 Jan 2026", ""},
		{"heads", func(*narrative.Story) {}, "WITHOUT 28 Oct 2026", "│"},
		{"mark", func(*narrative.Story) {}, "WITH 10 Feb 2026 ► Aland names Borland in public (R3).", ""},
		{"same in both", func(s *narrative.Story) { s.Cases[0].Tracks[1] = s.Cases[0].Tracks[0] }, "The same in both arms.",
			"WITHOUT"},
		{"not found in one", func(s *narrative.Story) { s.Cases[0].Tracks[0] = nil },
			"WITHOUT The incident is not discovered in this arm. WITH", "Nothing more."},
		{"over in one", func(s *narrative.Story) { s.Cases[0].Tracks[0].Entries = s.Cases[0].Tracks[0].Entries[:1] },
			"WITHOUT Nothing more. WITH", "not discovered in this arm"},
		{"one arm", func(s *narrative.Story) {
			s.Arms, s.Cases[0].Tracks, s.Diverges = s.Arms[1:], s.Cases[0].Tracks[1:], nil
		}, "One future: draw 3, replicate 4, seed 9;", "Both arms"},
		{"all told", func(*narrative.Story) {}, "A misstep is a step that its author", "Not told"},
	} {
		s := told()
		c.change(s)
		if got := flat(s, false); !strings.Contains(got, c.want) || c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: lacks %q or has %q:\n%s", c.name, c.want, c.not, tell(s, false, 94))
		}
	}
}

// TestTellHides: cases that differ in private alone are counted, and told with --all;
// a misstep, a public step or the parting is always told. Catches a filter turned round.
func TestTellHides(t *testing.T) {
	for _, c := range []struct {
		public, misstep, parts bool
		cases                  int
		want                   string
	}{
		{false, false, false, 1, "Not told: 1 case differs in private steps only (--all tells them)."},
		{false, false, false, 3, "Not told: 3 cases differ in private steps only (--all tells them)."},
		{true, false, false, 2, ""}, {false, true, false, 2, ""}, {false, false, true, 1, ""},
	} {
		s := told()
		s.Cases[0].Public, s.Cases[0].Misstep = c.public, c.misstep
		if !c.parts {
			s.Diverges = nil
		}
		for len(s.Cases) < c.cases {
			s.Cases = append(s.Cases, s.Cases[0])
		}
		got := flat(s, false)
		if strings.Contains(got, "Not told") != (c.want != "") || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %s", c, got)
		}
		if n := strings.Count(flat(s, true), "What really happened"); n != c.cases ||
			strings.Contains(flat(s, true), "Not told") {
			t.Errorf("%+v: all tells %d cases", c, n)
		}
	}
}

// TestLifeOfForum: how a forum fared in an arm, in order, within the window. Catches a
// turn of another channel, of before the start or of after the end.
func TestLifeOfForum(t *testing.T) {
	s := told()
	a := &s.Arms[1]
	a.Channels = []narrative.Span{{Channel: "the-forum", Forum: true}, {Channel: "the-forum", Forum: true, From: 50},
		{Channel: "line"}}
	a.Life = []narrative.Entry{{Day: -5, Kind: "meeting", Detail: "the-forum"},
		{Day: 5, Kind: "meeting", Detail: "the-forum"}, {Day: 9, Kind: "meeting", Detail: "line"},
		{Day: 31, Kind: "suspension", Detail: "the-forum", Cause: "accusation"},
		{Day: 59, Kind: "restoration", Detail: "the-forum"}, {Day: 90, Kind: "lapse", Detail: "the-forum"},
		{Day: 120, Kind: "suspension", Detail: "the-forum", Cause: "shock"}, {Day: 731, Kind: "meeting", Detail: "the-forum"}}
	const want = "; the forum: 1 meeting, suspended 1 Feb 2026 by an accusation, restored 1 Mar 2026, lapsed in " +
		"silence 1 Apr 2026, suspended 1 May 2026 by a shock"
	w := &teller{s: s}
	if got := w.lives(a); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := w.lives(&s.Arms[0]); got != "" {
		t.Errorf("without a forum: %q", got)
	}
	a.Life = nil
	if got := w.lives(a); got != "; the forum: 0 meetings" {
		t.Errorf("%q", got)
	}
}

// TestTellColumns: at every width from 40 to 160 no line is too wide, the rule between
// the columns stands still, and no word is lost. Catches a column that is measured in
// bytes, or text that is cut.
func TestTellColumns(t *testing.T) {
	s := told()
	s.Cases[0].Tracks[1].Entries[1].Joined = 3
	s.Arms[0].Name, s.Title = "ohne-Förum", strings.Repeat("Åland and Börland ", 9)
	count := func(text string) map[string]int {
		out := map[string]int{}
		for _, w := range strings.Fields(text) {
			out[w]++
		}
		delete(out, "│")
		return out
	}
	want := count(tell(s, true, 80))
	for width := 40; width <= 160; width++ {
		text := tell(s, true, width)
		rule := -1
		for _, line := range strings.Split(text, "\n") {
			if n := utf8.RuneCountInString(line); n > width || strings.TrimRight(line, " ") != line {
				t.Errorf("width %d: %d columns: %q", width, n, line)
			}
			if at := clitest.ColumnOf(line, "│", 1); at >= 0 {
				if rule >= 0 && at != rule {
					t.Errorf("width %d: the rule at %d and %d", width, rule, at)
				}
				rule = at
			}
		}
		if (rule >= 0) != (width >= sideBySide) || rule >= 0 && rule != 2+(width-5)/2+1 {
			t.Errorf("width %d: the rule stands at %d", width, rule)
		}
		for w, n := range want {
			if have := count(text)[w]; have != n {
				t.Errorf("width %d: %q stands %d times, not %d", width, w, have, n)
			}
		}
	}
}

// TestFolded: the first line begins with one text, the rest with another, and a number
// stays with its per cent sign. Catches a break before the sign.
func TestFolded(t *testing.T) {
	for _, c := range []struct {
		width             int
		first, rest, text string
		want              string
	}{
		{10, "", "", "", ""}, {10, "- ", "  ", "one two three", "- one two|  three"},
		{12, "- ", "  ", "one two 34 %", "- one two|  34 %"},
		{4, "", "", "abcdefgh ij", "abcdefgh|ij"}, {7, "é ", "  ", "éé éé éé", "é éé éé|  éé"},
		{20, "x", "y", "  a   b\n c ", "xa b c"},
	} {
		if got := strings.Join(say.Folded(c.width, c.first, c.rest, c.text), "|"); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// TestColumnsOfOutput: COLUMNS counts from 40 to 200; what is no width is none. Catches
// a width of 0 that would break every word.
func TestColumnsOfOutput(t *testing.T) {
	a := &cli.App{Out: &strings.Builder{}}
	for env, want := range map[string]int{"": say.Width, "70": 70, "40": 40, "39": say.Width, "0": say.Width,
		"-80": say.Width, "wide": say.Width, "200": 200, "5000": 200} {
		t.Setenv("COLUMNS", env)
		if got := a.Columns(); got != want {
			t.Errorf("COLUMNS=%q: %d, want %d", env, got, want)
		}
	}
}
