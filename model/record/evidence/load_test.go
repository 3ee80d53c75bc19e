package evidence

import (
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// altered is the shipped folder with one table changed.
func altered(t *testing.T, name string, change func(string) string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for _, f := range kinds {
		data, err := fs.ReadFile(files, f.name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if f.name == name {
			text = change(text)
		}
		out[f.name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// TestOwnTables: the tables that only the program has are checked like the others: each
// mistake alone is told at its place. Catches a target whose mistake would ship.
func TestOwnTables(t *testing.T) {
	row := func(old, next string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, next, 1) }
	}
	for _, c := range []struct {
		file   string
		change func(string) string
		want   string
	}{
		{"targets.csv", row("\nT1,", "\nE1,"), `targets.csv:2:1: id: "E1" is no key of this table; write T and a number`},
		{"targets.csv", row("\nT2,", "\nT1,"),
			`targets.csv:3:1: id: "T1" stands already at targets.csv:2, and a row replaces nothing; take a key that is free, ` +
				`for example T37`},
		{"targets.csv", row("1/y,3.7,", "1/y,3·7,"), `value: "3·7" is no number; write digits with a point`},
		{"targets.csv", row(",2.8,7,", ",NaN,7,"), `low: "NaN" is no number`},
		{"targets.csv", row(",2.8,7,", ",2.8,1e999,"), `high: "1e999" is no number`},
		{"targets.csv", row(",56,C,", ",-1,C,"), `n: "-1" is no whole number from 0 to 1000000; correct it`},
		{"targets.csv", row(",56,C,", ",56,X,"), `use: "X" is not known; `},
		{"targets.csv", row(",56,C,2006,", ",56,C,1006,"), `from: "1006" is no whole number from 1980 to 2100`},
		{"targets.csv", row("E021; E039", "E021; E939"),
			`source: nothing has the key "E939"; name a row that is there, or write a remark in parentheses`},
		{"targets.csv", row(",1/y,", ",,"), `targets.csv:2:81: unit: is empty; fill it in`},
		{"patterns.csv", row("\nP2,", "\nP1,"), `patterns.csv:3:1: id: "P1" stands already at patterns.csv:2`},
		{"patterns.csv", func(string) string { return "id,says\nP1,\n" }, `patterns.csv:2:4: says: is empty; fill it in`},
		{"references.csv", row("\nBaligaSjostrom2004,", "\nBaligaBuenoWolitzky2020,"),
			`references.csv:4:1: key: "BaligaBuenoWolitzky2020" stands already at references.csv:3, and a row replaces ` +
				`nothing; take a key that is free`},
		{"references.csv", row("\nAcharyaRamsay2013,", "\nT5,"),
			`references.csv:2:1: key: "T5" stands already at targets.csv:6`},
		{"references.csv", row("theory: cheap talk", ""), `about: is empty; fill it in`},
		{"evidence.csv", row("\nE002,", "\nE001,"), `evidence.csv:3:1: id: "E001" stands already at evidence.csv:2`},
		{"delays.csv", row("E002; E011", "E802; E011"), `source: nothing has the key "E802"`},
		{"dialogues.csv", row(",E005,", ",E905,"),
			`dialogues.csv:2:67: opened: no event has the key "E905"; did you mean "E005"?`},
		{"ruptures.csv", row("\nmilitary,", "\nworking-group,"),
			`ruptures.csv:3:1: id: "working-group" stands already at ruptures.csv:2`},
	} {
		tables, problems := load(altered(t, c.file, c.change), nil)
		if tables != nil || !strings.Contains(problems.Error(), c.want) {
			t.Errorf("have %v\nwant %s", problems, c.want)
		}
	}
}

// TestLoadUnchanged: the shipped folder read again is the shipped tables. Catches a test
// folder that is not what it says.
func TestLoadUnchanged(t *testing.T) {
	tables, problems := load(altered(t, "", nil), nil)
	if len(problems) > 0 || len(tables.All()) != len(All()) || !tables.Until().Equal(Shipped().Until()) {
		t.Errorf("%v", problems)
	}
}

// TestMissingTable: each table of the program must be there; a user's folder may leave
// out any. Catches a table that is skipped in silence.
func TestMissingTable(t *testing.T) {
	for _, f := range kinds {
		less := altered(t, "", nil)
		delete(less, f.name)
		tables, problems := load(less, nil)
		if tables != nil || !strings.Contains(problems.Error(), f.name+": cannot be read: ") {
			t.Errorf("without %s: %v", f.name, problems)
		}
		if f.own {
			if _, problems := load(fstest.MapFS{}, Shipped()); len(problems) > 0 {
				t.Errorf("an empty folder on top: %v", problems)
			}
		}
	}
}

// TestLostRowsHideReferences: where a row could not be cut into cells, nobody is told
// that what it held is missing; where all rows are there, everybody is. Catches a list
// of consequences in front of the one cause.
func TestLostRowsHideReferences(t *testing.T) {
	_, problems := load(altered(t, "evidence.csv",
		func(text string) string { return strings.Replace(text, "\nE005,", "\nE005,,", 1) }), nil)
	if len(problems) != 1 || !strings.Contains(problems.Error(), "10 cells for 9 columns") {
		t.Errorf("%v", problems)
	}
	_, problems = load(altered(t, "evidence.csv",
		func(text string) string { return strings.Replace(text, "\nE005,", "\nE905,", 1) }), nil)
	if len(problems) < 2 || !strings.Contains(problems.Error(),
		`dialogues.csv:2:67: opened: no event has the key "E005"`) ||
		!strings.Contains(problems.Error(), `nothing has the key "E005"`) {
		t.Errorf("%v", problems)
	}
}

// TestFree: the key that is offered is free, beyond the largest, as wide as its
// neighbours. Catches G100 after G27.
func TestFree(t *testing.T) {
	keys := maps.Clone(Shipped().keys)
	l := &loader{tables: &Tables{keys: keys}}
	for letter, want := range map[string]string{"E": "E133", "G": "G49", "D": "D16", "T": "T37", "P": "P13"} {
		if have := l.free(letter); have != want || Known(have) {
			t.Errorf("%s: %s, want %s", letter, have, want)
		}
	}
	keys["E00500"] = "here"
	if have := l.free("E"); have != "E00501" {
		t.Errorf("after E00500 comes %s", have)
	}
	clear(keys)
	if have := l.free("E"); have != "E01" {
		t.Errorf("the first is %s", have)
	}
}

// TestReportsAgainstCount: each shipped report is one event, or one accusation's coded
// day, and every coded day belongs to exactly one. Catches a report that counts twice.
func TestReportsAgainstCount(t *testing.T) {
	v := view{t: Shipped()}
	rows := map[string]int{}
	for _, r := range v.reports() {
		if r.last.Before(r.first) || len(r.rows) == 0 {
			t.Errorf("%+v", r)
		}
		for _, key := range r.rows {
			rows[key]++
		}
	}
	for _, e := range Shipped().Events {
		if want := map[bool]int{true: 1}[e.Type == "counter-report"]; rows[e.ID] != want {
			t.Errorf("%s counts %d times, want %d", e.ID, rows[e.ID], want)
		}
	}
	for _, a := range Shipped().Accusations {
		if want := map[bool]int{true: 1}[a.Formal() && a.CounterDays >= 0]; rows[a.ID] != want {
			t.Errorf("%s counts %d times, want %d", a.ID, rows[a.ID], want)
		}
	}
	// E054 E119 E067 E120 E121 | E076 E081 E122 E123 E091 G20 of 17 January E097 E124 E102
	if n := len(v.reports()); n != 14 {
		t.Errorf("%d reports, want 14", n)
	}
}
