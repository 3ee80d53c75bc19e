package evidence_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// The first lines of the tables that a folder may hold.
const (
	eventHead      = "id,date,precision,actors,target,type,text,source_address,checked\n"
	accusationHead = "id,date,lead,statement,states,british,penalty_same_day,penalty_days,denial,counter," +
		"counter_report_days,trade,dialogue_alive,dialogue_suspended,kind,source,checked\n"
	delayHead = "id,case,victim,start,start_precision,detected,detected_precision,disclosed,disclosed_precision," +
		"attributed,attributed_precision,censored_at,intent,source,checked\n"
	dialogueHead = "id,name,parties,opened,meetings,last,ending\n"
	ruptureHead  = "id,rupture,cause,between,agreement,meeting\n"
)

// Rows without a mistake.
const (
	goodEvent = "E133,2026-07-03,day,United States,China,penalty,Two firms are sanctioned,https://example.org/a," +
		"source\n"
	goodAccusation = "G49,2026-07-03,United States,Two firms " +
		"sanctioned,3,yes,yes,0,yes,,12,no,no,,sanctions,(drawn),source\n"
	goodDelay = "D16,A harbour,Norway,2026-01,month,2026-02-01,,2026-03-01,,,,2026-07-03,unknown,E133; (and a " +
		"remark),source\n"
	goodDialogue = "no-china,A dialogue,Norway; China,E133,,E133,alive\n"
	goodRupture  = "summer,E133,other,United States; China,,\n"
)

func folder(files map[string]string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// TestRead: rows of a folder are added behind the shipped ones, found by key, and move
// what is computed; the shipped tables stay as they are. Catches a row that replaces
// another, or that leaks into the next reading.
func TestRead(t *testing.T) {
	before := len(evidence.All())
	tables, err := evidence.Read(folder(map[string]string{
		"evidence.csv": eventHead + goodEvent, "accusations.csv": "\xef\xbb\xbf" + accusationHead + goodAccusation,
		"delays.csv": strings.ReplaceAll(delayHead+goodDelay, "\n", "\r\n"), "dialogues.csv": dialogueHead + goodDialogue,
		"ruptures.csv": ruptureHead + goodRupture, "README.md": "notes",
	}))
	if err != nil {
		t.Fatal(err)
	}
	shipped := evidence.Shipped()
	if len(tables.All()) != before+3 || len(evidence.All()) != before ||
		len(tables.Dialogues) != len(shipped.Dialogues)+1 || len(tables.Ruptures) != len(shipped.Ruptures)+1 {
		t.Errorf("%d entries, %d shipped", len(tables.All()), len(evidence.All()))
	}
	for key, text := range map[string]string{"E133": "Two firms are sanctioned", "G49": "Two firms sanctioned",
		"D16": "A harbour", "E001": shipped.Events[0].Text} {
		if e, ok := tables.Lookup(key); !ok || e.Text != text {
			t.Errorf("%s: %+v, %v", key, e, ok)
		}
	}
	if evidence.Known("E133") || !tables.Known("E133") {
		t.Error("a row of a folder is known without it")
	}
	if !tables.Until().Equal(day("2026-07-03")) {
		t.Errorf("until %s", tables.Until())
	}
	all := tables.Compute(time.Time{})
	for _, c := range []struct {
		id   string
		hits int
		n    int
		// one more each
	}{{"T12", 11, 40}, {"T13", 19, 40}, {"T15", 32, 32}, {"T17", 16, 18}, {"T30", 4, 4}, {"T34", 11, 11}} {
		if o := part(t, all, c.id, ""); o.Hits != c.hits || o.N != c.n {
			t.Errorf("%s: %d of %d, want %d of %d", c.id, o.Hits, o.N, c.hits, c.n)
		}
	}
	if o := part(t, all, "T32", ""); o.N != 13 || !slices.Contains(o.Rows, "D16") {
		t.Errorf("T32: %+v", o)
	}
}

// mistakes are rows with one mistake each, and the place and words of the message.
var mistakes = []struct{ file, text, want string }{
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "penalty", "penaltie", 1),
		`:2:41: type: "penaltie" is not known; did you mean "penalty"?`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "E133", "E118", 1),
		`:2:1: id: "E118" stands already in the shipped table, and a row replaces nothing; take a key that is free, for ` +
			`example E133`},
	{"evidence.csv", eventHead + goodEvent + goodEvent,
		`:3:1: id: "E133" stands already at evidence.csv:2, and a row replaces nothing; take a key that is free, for ` +
			`example E134`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "E133", "G90", 1),
		`:2:1: id: "G90" is no key of this table; write E and a number`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "E133", "", 1), `:2:1: id: is empty; fill it in`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "07-03", "02-30", 1), `:2:6: date: "2026-02-30" is no date`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "day", "month", 1),
		`:2:6: date: "2026-07-03" is not a date of precision month; write it as 2014-05, or change the precision`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "2026-07-03", "", 1), `:2:6: date: is empty; write a date`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "day", "week", 1),
		`precision "week" is not known; write day, about, month or year`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "https://example.org/a", "", 1),
		`:2:74: source_address: is empty; write where`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, ",source", ",memory", 1),
		`:2:96: checked: is memory, though the row has an address`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, ",source", ",sources", 1),
		`checked: "sources" is not known; did you mean "source"?`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "China,", "China ,", 1),
		`:2:35: target: "China " has blanks at an end; remove them`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "Two firms", "Two\x1b[31m firms", 1),
		`:2:49: text: holds a line break or a control character`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "Two firms are sanctioned", "\"Two\nfirms\"", 1),
		`:2:49: text: holds a line break or a control character`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "Two firms", "Deux «sociétés», deux", 1),
		`:2:1: 10 cells for 9 columns; put a cell that holds a comma in quotation marks`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "Two firms", "Deux sociétés à \"côté\"", 1),
		`:2:65: a quotation mark stands inside a cell`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "Two firms", "\"Two firms", 1),
		`:2:1: a quotation mark does not close a cell`},
	{"evidence.csv", eventHead + "E133\n", `:2:1: 1 cells for 9 columns`},
	{"evidence.csv", "", `:1:1: is empty; its first line names the columns: id,date,precision`},
	{"evidence.csv", "id,date\n", `:1:1: the column "precision" is missing; the columns are id,date,precision`},
	{"evidence.csv", strings.Replace(eventHead, "target", "targets", 1), `:1:26: column 5 is "targets", not "target"`},
	{"evidence.csv", strings.Replace(eventHead, "checked", "checked,note", 1), `column "note" is one too many`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "firms", "fi\xffrms", 1),
		`:2:55: is not UTF-8; save the table as UTF-8`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "United States", "United Sates", 1),
		`:2:16: lead: "United Sates" is not known; did you mean "United States"?`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "yes,,12", "maybe,,12", 1),
		`denial: "maybe" is not known; known: yes, no, contested`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "3,yes", "three,yes", 1),
		`states: "three" is no whole number from 1 to 200`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "3,yes", ",yes", 1),
		`states: is empty; write how many states took part`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "yes,0", "yes,4", 1),
		`penalty_days: is not 0, though the penalty came the same day`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "yes,0", "no,0", 1),
		`penalty_days: is 0, though no penalty came the same day`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, ",12,", ",-1,", 1),
		`counter_report_days: "-1" is no whole number`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "no,no,,", "no,no,yes,", 1),
		`dialogue_suspended: is yes, though no dialogue was alive`},
	{"accusations.csv", accusationHead +
		strings.Replace(strings.Replace(goodAccusation, "United States", "United Kingdom", 1), "3,yes", "3,no", 1),
		`british: is no, though the United Kingdom leads`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "3,yes", "3,", 1),
		`british: "" is not known; known: yes, no`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "2026-02-01", "2025-12-31", 1),
		`:2:36: detected: 2025-12-31 lies before start, 2026-01; correct one of the two`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "E133;", "E777;", 1), `source: nothing has the key "E777"`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "2026-07-03", "", 1),
		`censored_at: is empty, though no government attributed the case`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, ",,,2026-07-03", ",2026-06-01,,2026-07-03", 1),
		`censored_at: is there, though the case is attributed; remove it`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "unknown", "espionag", 1),
		`intent: "espionag" is not known; did you mean "espionage"?`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "2026-02-01,", ",day", 1),
		`has no date beside it; write the date, or remove the precision`},
	{"delays.csv", delayHead + "D16,A,B,,,,,,,,,2026-07-03,unknown,(none),source\n",
		`start: the case has fewer than two dates`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "alive", "dead", 1),
		`ending: "dead" is not known; known: suspended, lapsed, alive`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "E133,,", "E133,E001,", 1),
		`E001 lies before what should come earlier`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "E133,,", "E13,,", 1),
		`opened: no event has the key "E13"; did you mean "E013"?`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "no-china", "uk-cyber", 1),
		`id: "uk-cyber" stands already in the shipped table`},
	{"ruptures.csv", ruptureHead + strings.Replace(goodRupture, "other", "others", 1),
		`cause: "others" is not known; did you mean "other"?`},
	{"ruptures.csv", ruptureHead + strings.Replace(goodRupture, "E133", "E134", 1),
		`rupture: no event has the key "E134"`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "2026-07-03", "1926-07-03", 1),
		`:2:6: date: "1926-07-03" lies outside 1980 to 2100; correct the year`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "United States", "", 1),
		`:2:21: actors: is empty; fill it in`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "China", "", 1), `:2:35: target: is empty; fill it in`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "Two firms are sanctioned", "", 1),
		`:2:49: text: is empty; fill it in`},
	{"evidence.csv", eventHead + strings.Replace(goodEvent, "E133", "E1234567", 1),
		`:2:1: id: "E1234567" is no key of this table; write E and a number`},
	{"evidence.csv", eventHead + goodEvent + strings.Replace(goodEvent, "E133", "E145", 1) + goodEvent,
		`:4:1: id: "E133" stands already at evidence.csv:2, and a row replaces nothing; take a key that is free, for ` +
			`example E146`},
	{"evidence.csv", eventHead + goodEvent + goodEvent + strings.Replace(goodEvent, "E133", "E134", 1),
		`:3:1: id: "E133" stands already at evidence.csv:2, and a row replaces nothing; take a key that is free, for ` +
			`example E135`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "2026-07-03", "2026-07", 1),
		`:2:5: date: "2026-07" is not a date of precision day; write it as 2014-05-19, or change the precision`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "Two firms sanctioned", "", 1),
		`:2:30: statement: is empty; fill it in`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "3,yes", "201,yes", 1),
		`:2:51: states: "201" is no whole number from 1 to 200; correct it`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, "3,yes", "3,contested", 1),
		`:2:53: british: "contested" is not known; known: yes, no`},
	{"accusations.csv", accusationHead + strings.Replace(goodAccusation, ",12,", ",36526,", 1),
		`:2:68: counter_report_days: "36526" is no whole number from 0 to 36525; correct it`},
	{"accusations.csv", accusationHead + goodAccusation + goodAccusation,
		`:3:1: id: "G49" stands already at accusations.csv:2, and a row replaces nothing; take a key that is free, for ` +
			`example G50`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "D16", "D15", 1),
		`:2:1: id: "D15" stands already in the shipped table, and a row replaces nothing; take a key that is free, for ` +
			`example D16`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "A harbour", "", 1), `:2:5: case: is empty; fill it in`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "Norway", "", 1), `:2:15: victim: is empty; fill it in`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "2026-01,month", "2026-01,", 1),
		`:2:22: start: "2026-01" is not a date of precision day; write it as 2014-05-19, or change the precision`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "2026-03-01", "2026-01-31", 1),
		`:2:48: disclosed: 2026-01-31 lies before detected, 2026-02-01; correct one of the two`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "2026-07-03", "2026-07", 1),
		`:2:62: censored_at: "2026-07" is not a date of precision day`},
	{"delays.csv", delayHead + strings.Replace(goodDelay, "E133; (and a remark)", "", 1), `source: is empty; fill it in`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "A dialogue", "", 1),
		`:2:10: name: is empty; fill it in`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "Norway; China", "", 1),
		`:2:21: parties: is empty; fill it in`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, "E133,,E133", "E133,E1119,E133", 1),
		`:2:40: meetings: no event has the key "E1119"`},
	{"dialogues.csv", dialogueHead + strings.Replace(goodDialogue, ",,E133", ",,G01", 1),
		`:2:41: last: no event has the key "G01"`},
	{"ruptures.csv", ruptureHead + strings.Replace(goodRupture, "United States; China", "", 1),
		`:2:19: between: is empty; fill it in`},
	{"ruptures.csv", ruptureHead + strings.Replace(goodRupture, "China,,", "China,E001,", 1),
		`:2:1: id: E001 lies before what should come earlier; put the events in order of time`},
	{"ruptures.csv", ruptureHead + strings.Replace(goodRupture, "China,,", "China,,E0", 1),
		`:2:41: meeting: no event has the key "E0"`},
	{"ruptures.csv", ruptureHead + strings.Replace(goodRupture, "summer", "visit", 1),
		`:2:1: id: "visit" stands already in the shipped table, and a row replaces nothing; take a key that is free`},
}

// whole is a folder without a mistake.
func whole() map[string]string {
	return map[string]string{"evidence.csv": eventHead + goodEvent, "accusations.csv": accusationHead + goodAccusation,
		"delays.csv": delayHead + goodDelay, "dialogues.csv": dialogueHead + goodDialogue,
		"ruptures.csv": ruptureHead + goodRupture}
}

// TestMistakes: each mistake alone is told at its place, with what to do. Catches a
// mistake that passes, and a message that points elsewhere.
func TestMistakes(t *testing.T) {
	for _, c := range mistakes {
		files := whole()
		files[c.file] = c.text
		_, err := evidence.Read(folder(files))
		var problems evidence.Problems
		want := c.want
		if strings.HasPrefix(want, ":") {
			want = c.file + want
		}
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), want) || len(problems) > 5 {
			t.Errorf("%q\n have %v\n want %s", c.text[strings.Index(c.text+"\n", "\n"):], err, want)
			continue
		}
		for _, p := range problems {
			lines := strings.Split(files[p.File], "\n")
			if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || strings.HasSuffix(p.What, ".") ||
				!strings.Contains(p.What, ";") {
				t.Errorf("%s", p.Error())
			}
			if at := columnOf(lines, &p); at != 0 && at != p.Column {
				t.Errorf("%s: the cell begins in column %d", p.Error(), at)
			}
		}
	}
}

// columnOf finds the cell that a message names by cutting its line at every comma; 0
// where the message names no cell or the line has quotation marks.
func columnOf(lines []string, p *evidence.Problem) int {
	name, _, found := strings.Cut(p.What, ": ")
	cell := slices.Index(strings.Split(lines[0], ","), name)
	if !found || cell < 0 || strings.Contains(lines[p.Line-1], `"`) {
		return 0
	}
	before := strings.Join(strings.Split(lines[p.Line-1], ",")[:cell], ",")
	if cell > 0 {
		before += ","
	}
	return len([]rune(before)) + 1
}

// TestEveryMistakeAtOnce: mistakes in several tables are told together, in order of
// file and place. Catches a reader that stops at the first.
func TestEveryMistakeAtOnce(t *testing.T) {
	bad := map[string]string{}
	for _, c := range mistakes[:10] {
		bad[c.file] += strings.TrimPrefix(c.text, eventHead)
	}
	bad["evidence.csv"] = eventHead + bad["evidence.csv"]
	bad["delays.csv"] = delayHead + strings.Replace(goodDelay, "unknown", "espionag", 1)
	_, err := evidence.Read(folder(bad))
	var problems evidence.Problems
	if !errors.As(err, &problems) || len(problems) < 11 {
		t.Fatalf("%v", err)
	}
	if !slices.IsSortedFunc(problems, func(a, b evidence.Problem) int {
		return strings.Compare(fmt.Sprintf("%s %4d %4d", a.File, a.Line, a.Column),
			fmt.Sprintf("%s %4d %4d", b.File, b.Line, b.Column))
	}) {
		t.Errorf("out of order:\n%v", err)
	}
}

// TestFolders: a folder without tables, with a misnamed one, with a table that only the
// program has, and one that is a folder. Catches a table that is skipped in silence.
func TestFolders(t *testing.T) {
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{}, "holds no table; write one or more of evidence.csv, accusations.csv, delays.csv"},
		{map[string]string{"notes.txt": "x"}, "holds no table"},
		{map[string]string{"accusation.csv": accusationHead},
			`accusation.csv: no table of that name is read; did you mean "accusations.csv"?`},
		{map[string]string{"targets.csv": "x", "evidence.csv": eventHead},
			"targets.csv: no table of that name is read; known: evidence.csv"},
		{map[string]string{"evidence.csv/x": "x"}, "evidence.csv: cannot be read: not a file"},
		{map[string]string{"evidence.csv": eventHead + strings.Repeat(" ", 5<<20)}, "larger than 4 megabytes"},
	} {
		if _, err := evidence.Read(folder(c.files)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", slices.Collect(maps.Keys(c.files)), err, c.want)
		}
	}
	if tables, err := evidence.Read(folder(map[string]string{"evidence.csv": eventHead})); err != nil ||
		len(tables.All()) != len(evidence.All()) {
		t.Errorf("a table without rows: %v", err)
	}
	if _, err := evidence.Read(os.DirFS(t.TempDir() + "/nowhere")); err == nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// TestImpreciseOrder: dates that can follow each other pass, whatever their middles
// say. Catches a month that must begin after a day in it.
func TestImpreciseOrder(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"a case": {"delays.csv": delayHead +
			"D16,A,B,2024-05-20,,2024-05,month,2024,year,,,2024-05-21,unknown,(drawn),source\n"},
		"a life": {"evidence.csv": eventHead +
			"E133,2026-07-20,day,A,B,dialogue-opened,drawn,(a),source\nE134,2026-07,month,A,B,dialogue-meeting,drawn,(a)," +
			"source\n", "dialogues.csv": dialogueHead + "x,Talks,A; B,E133,E134,E134,lapsed\n"},
	} {
		if _, err := evidence.Read(folder(files)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRead: any text is read, or refused at a place within it; what is read can be
// computed and gives shares in [0, 1] and days that are none below 0. Catches a panic.
func FuzzRead(f *testing.F) {
	for _, c := range mistakes {
		f.Add(c.file, c.text)
	}
	for name, text := range whole() {
		f.Add(name, text)
	}
	f.Fuzz(func(t *testing.T, file, text string) {
		files := whole()
		if _, ok := files[file]; !ok {
			return
		}
		files[file] = text
		tables, err := evidence.Read(folder(files))
		var problems evidence.Problems
		if err != nil {
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("%v", err)
			}
			for _, p := range problems {
				lines := strings.Split(files[p.File], "\n")
				if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len([]rune(lines[p.Line-1]))+2 {
					t.Fatalf("%q: %s", text, p.Error())
				}
			}
			return
		}
		for _, o := range tables.Compute(day("2025-12-31")) {
			if o.Value < 0 || o.Unit == "–" && o.Method == evidence.MethodBinomial && o.Value > 1 || o.Low > o.Value {
				t.Fatalf("%+v", o)
			}
		}
	})
}
