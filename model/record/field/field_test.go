package field

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/xuri/excelize/v2"
)

// record is a row of a table by column; what is not named is not available.
type record map[string]string

// grid is a table with its header as the project writes it.
func grid(list string, rows ...record) [][]string {
	columns := columnsOf(list)
	out := [][]string{strings.Split(list, ",")}
	for _, r := range rows {
		cells := make([]string, len(columns))
		for i, c := range columns {
			v, ok := r[c]
			if !ok {
				v = "Not available"
			}
			cells[i] = v
		}
		out = append(out, cells)
	}
	return out
}

func asCSV(t *testing.T, name string, rows [][]string) File {
	t.Helper()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return File{name, append([]byte("\xef\xbb\xbf"), b.Bytes()...)}
}

// asXLSX is a workbook with a table and a sheet beside it; whole numbers are written as numbers.
func asXLSX(t *testing.T, name string, rows [][]string) File {
	t.Helper()
	book := excelize.NewFile()
	for n, cells := range rows {
		for i, c := range cells {
			at, _ := excelize.CoordinatesToCellName(i+1, n+1)
			var v any = c
			if days := whole(c); n > 0 && days > 0 {
				v = days
			}
			if err := book.SetCellValue("Sheet1", at, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := book.NewSheet("beside"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return File{name, b.Bytes()}
}

func whole(s string) (n int) {
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}

var incidents = grid(eurepocGlobal,
	record{"incident_id": "12", "name": "A theft\nin two lines", "start_date": "04.08.2018", "initiator_country": "Russia",
		settled + "initiator_country": "China", "initiator_name": "Unknown < APT40 (a bureau)",
		"receiver_country": "Germany;United Kingdom;Germany;United Kingdom",
		"source_url":       "https://a.example/x;y=1;https://b.example/ 2"},
	record{"incident_id": "13", "name": "Known by its year", "start_date": "01.01.2017",
		settled + "initiator_country": "China", "receiver_country": "United Kingdom"},
	record{"incident_id": "14", "name": "Back", "start_date": "01.03.2019",
		settled + "initiator_country": "United Kingdom", "receiver_country": "China"},
	record{"incident_id": "19", "name": "One of two", "start_date": "02.03.2019",
		settled + "initiator_country": "Korea, Republic of, United Kingdom", "receiver_country": "China"},
	record{"incident_id": "15", "name": "Without a day", settled + "initiator_country": "China",
		"receiver_country": "United Kingdom"},
	record{"incident_id": "12", "name": "Twice", "start_date": "04.08.2018", settled + "initiator_country": "China",
		"receiver_country": "United Kingdom"},
	record{"incident_id": "16", "name": "Others", "start_date": "04.08.2018", settled + "initiator_country": "China",
		"initiator_country": "China", "receiver_country": "India"},
	record{"incident_id": "17", "name": "Nobody", "start_date": "04.08.2018",
		settled + "initiator_country": "Not attributed", "receiver_country": "United Kingdom"},
	record{"incident_id": "18", "name": "=1+1", "start_date": "31.02.2018", settled + "initiator_country": "China",
		"receiver_country": "United Kingdom"})

var pair = [2]string{"China", "United Kingdom"}

func imported(t *testing.T, set string, files ...File) *Import {
	t.Helper()
	got, err := Read(set, files, pair, evidence.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func reasons(got *Import) map[string][]int {
	out := map[string][]int{}
	for _, d := range got.Dropped {
		out[d.Reason] = d.Rows
	}
	return out
}

// TestIncidents: the settled initiator counts, receivers are a set, dates are as precise as they can be, and what is
// left out says why. Catches the first of two columns of one name, a product counted twice, a first of January that
// is taken for a day.
func TestIncidents(t *testing.T) {
	for _, f := range []File{asCSV(t, "g.csv", incidents), asXLSX(t, "g.xlsx", incidents)} {
		got := imported(t, "eurepoc", f)
		var have []string
		for _, e := range got.Events {
			have = append(have, strings.Join([]string{e.ID, e.Date, e.Precision, e.Actors, e.Target, e.Text, e.Checked}, "|"))
		}
		want := []string{"E100012|2018-08-04|day|China (APT40)|United Kingdom|A theft in two lines|imported",
			"E100013|2017|year|China|United Kingdom|Known by its year|imported",
			"E100014|2019-03|month|United Kingdom|China|Back|imported"}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
		if a := got.Events[0].Address; !strings.HasPrefix(a, "EuRepoC global 1.3, incident 12 ("+f.Name+", row 2, sha256 ") ||
			!strings.HasSuffix(a, ") ; https://a.example/x;y=1") {
			t.Error(a)
		}
		if diff := cmp.Diff(map[string][]int{"names several states as its initiator": {5}, "has no date": {6},
			"has the number of a row before: row 2": {7}, "is about another pair": {8},
			"no state is named as its initiator": {9}, "start_date, column D, is no date": {10}},
			reasons(got)); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
	}
}

const statement, report = "Political statement / report (e.g., on government / state agency websites)",
	"Technical report (e.g., by IT-companies, Citizen Lab, EFF)"

func attribution(id, day, kind, by, of string) record {
	return record{"attribution_id": id, "incident_id": "12", "attribution_date": day, "attribution_basis": governments[0],
		"attribution_type": kind, "attributing_country": by, "initiator_country": of}
}

var attributions = grid(eurepocAttribution,
	attribution("7", "2016-3-2", statement, "United Kingdom", "China"),
	attribution("7", "2016-3-2", statement, "United Kingdom", "China"),
	attribution("7", "2016-3-2", statement, "Canada", "China"),
	attribution("8", "2016-3-2", statement, "France", "China, Pakistan"),
	attribution("9", "2016", statement, "United Kingdom", "China"),
	attribution("10", "2016-5-1", "Anonymous", "United Kingdom", "China"),
	attribution("11", "2016-5-2", report, "Japan", "China"),
	attribution("12", "2021-7-20", statement, "United Kingdom", "China"),
	attribution("13", "2016-6-3", "Domestic legal action", "China", "United Kingdom"),
	record{"attribution_id": "14", "incident_id": "3", "attribution_basis": "Media-based attribution",
		"initiator_country": "China"},
	attribution("15", "2016-3-2", "Domestic legal action", "United Kingdom", "China"))

// TestAttributions: a coalition that is repeated for each state and initiator is one accusation, with the charges of
// the day; one that is coded already is not taken over again; an accusation of a state other than China is an event.
func TestAttributions(t *testing.T) {
	got := imported(t, "eurepoc", asCSV(t, "a.csv", attributions))
	if len(got.Accusations) != 1 || len(got.Events) != 1 {
		t.Fatalf("%d accusations, %d events", len(got.Accusations), len(got.Events))
	}
	a, e := got.Accusations[0], got.Events[0]
	if a.ID != "G100007" || a.Date != "2016-03-02" || a.States != 3 || !a.British || a.Lead != evidence.UnitedKingdom ||
		a.Kind != "charges" || a.Followed() || a.Checked != evidence.Imported {
		t.Errorf("%+v", a)
	}
	if e.ID != "E300013" || e.Type != "penalty" || e.Actors != "China" || e.Target != "United Kingdom" {
		t.Errorf("%+v", e)
	}
	origins := []Origin{{"G100007", "a.csv", []int{2, 3, 4, 5, 12}}, {"E300013", "a.csv", []int{10}}}
	if diff := cmp.Diff(origins, got.Origins); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string][]int{"is dated to a year, and an accusation needs its day": {6},
		"is no formal statement of a government": {7}, "is the word of other states": {8}, "stands already as G09": {9},
		"is not the word of a government": {11}}, reasons(got)); diff != "" {
		t.Error(diff)
	}
}

const remark = "Direct statement in media report (e.g., Reuters article cites the attribution statements by a " +
	"person) / self-attribution via social media"

// TestSpokenOfADay: what is said in passing stands apart from an accusation of the day, the order of kinds does not
// matter, and a workbook may count days.
func TestSpokenOfADay(t *testing.T) {
	for _, day := range []string{"42431", "2016-3-2"} {
		got := imported(t, "eurepoc", asXLSX(t, "a.xlsx", grid(eurepocAttribution,
			attribution("7", day, "Domestic legal action", "United Kingdom", "China"),
			attribution("8", day, statement, "United Kingdom", "China"),
			attribution("9", day, remark, "Germany;United Kingdom", "China"),
			attribution("10", "1816-3-2", statement, "United Kingdom", "China"))))
		var have []string
		for _, a := range got.Accusations {
			have = append(have, fmt.Sprint(a.ID, " ", a.Date, " ", a.Kind, " ", a.States))
		}
		if diff := cmp.Diff([]string{"G100007 2016-03-02 charges 1", "G100009 2016-03-02 remark 2"}, have); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(map[string][]int{"attribution_date, column F, lies outside the years that are believed": {5}},
			reasons(got)); diff != "" {
			t.Error(diff)
		}
	}
}

// TestStandsAlready: an accusation is held against those that are coded of the state that speaks, not of any other that
// has no count of its own.
func TestStandsAlready(t *testing.T) {
	for _, c := range []struct{ by, day, want string }{
		{"Norway", "2021-6-16", "G47"}, {"Japan", "2021-6-16", ""}, {"Japan", "2025-1-8", "G39"},
		{"Czech Republic", "2025-5-28", "G23"}, {"Germany", "2025-5-28", ""}, {"Germany", "2020-7-30", "G07"},
		{"Japan", "2020-7-30", ""}, {"Austria", "2025-1-8", ""}, {"United States", "2018-10-31", "G03"},
	} {
		got, err := Read("eurepoc", []File{asCSV(t, "a.csv", grid(eurepocAttribution,
			attribution("7", c.day, statement, c.by, "China")))}, [2]string{"China", c.by}, evidence.Shipped())
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]int{}
		if c.want != "" {
			want["stands already as "+c.want] = []int{2}
		}
		if diff := cmp.Diff(want, reasons(got)); diff != "" || (len(got.Accusations) == 0) != (c.want != "") {
			t.Errorf("%s %s: %s", c.by, c.day, diff)
		}
	}
}

// TestDyads: days are counted from 1900, the initiator is a number, a name has a blank at its end, and so has a
// column.
func TestDyads(t *testing.T) {
	rows := grid(dcid,
		record{"Cyberincidentnum": "5", "StateA": "UK", "StateB": "China ", "Name": "There", "interactionstartdate": "39479",
			"initiator": "710", "Sources1": "https://a.example", "Sources2": ""},
		record{"Cyberincidentnum": "6", "StateA": "UK", "StateB": "China", "Name": "Back", "interactionstartdate": "41430",
			"initiator": "200"},
		record{"Cyberincidentnum": "7", "StateA": "UK", "StateB": "Russia ", "Name": "Others",
			"interactionstartdate": "41426", "initiator": "200"})
	rows[0][13] += " "
	got := imported(t, "dcid", asXLSX(t, "d.xlsx", rows))
	var have []string
	for _, e := range got.Events {
		have = append(have, strings.Join([]string{e.ID, e.Date, e.Actors, e.Target}, "|"))
	}
	if diff := cmp.Diff([]string{"E200005|2008-02|China|United Kingdom", "E200006|2013-06-05|United Kingdom|China"},
		have); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string][]int{"is about another pair": {4}}, reasons(got)); diff != "" {
		t.Error(diff)
	}
}

// TestImportedTablesAreRead: what is written is a folder that [evidence.Read] takes, which gives the same rows and
// moves no target; counted, it does. Catches a column that is written otherwise than it is read.
func TestImportedTablesAreRead(t *testing.T) {
	got := imported(t, "eurepoc", asCSV(t, "g.csv", incidents), asXLSX(t, "a.xlsx", attributions))
	folder := fstest.MapFS{"evidence.csv": {Data: evidence.EventTable(got.Events)},
		"accusations.csv": {Data: evidence.AccusationTable(got.Accusations)}, "import.json": {Data: []byte("{}")}}
	shipped := evidence.Shipped()
	tables, err := evidence.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got.Events, tables.Events[len(shipped.Events):]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(got.Accusations, tables.Accusations[len(shipped.Accusations):]); diff != "" {
		t.Error(diff)
	}
	if n := tables.Imported(); n != 5 {
		t.Errorf("%d imported rows", n)
	}
	if moved := shipped.Changes(tables, shipped.Until()); len(moved) > 0 {
		t.Errorf("moved unasked: %v", moved)
	}
	var ids []string
	for _, c := range shipped.Changes(tables.WithImported(), shipped.Until()) {
		ids = append(ids, c.Is.ID)
	}
	if !slices.Equal(ids, []string{"T12"}) { // a joint accusation of 2016, of which nobody asked what followed
		t.Errorf("counted, these move: %v", ids)
	}
}

// TestNames: no name stands for two, every state has its codes, and names that hold the separator are found.
func TestNames(t *testing.T) {
	rows, _ := csv.NewReader(bytes.NewReader(namesText)).ReadAll()
	owner := map[string]string{}
	for _, r := range rows[1:] {
		if r[1] == "" && (len(r[2]) != 2 || len(r[3]) != 3) {
			t.Errorf("%v: no codes", r)
		}
		if r[1] != "" {
			if _, ok := State(r[1]); !ok {
				t.Errorf("%v: of no state", r)
			}
		}
		for _, name := range append([]string{r[0], r[2], r[3], r[4]}, strings.Split(r[5], ";")...) {
			if name = folded(name); name != "" && owner[name] != "" && owner[name] != r[0] {
				t.Errorf("%q is %s and %s", name, owner[name], r[0])
			}
			owner[name] = r[0]
		}
	}
	for cell, want := range map[string]string{
		"Korea, Republic of, United States":                  "South Korea|United States",
		"Iran, Islamic Republic of, Not available":           "Iran",
		"China, United States, Not available, Asia (region)": "China|United States",
		"UK;GBR; united  kingdom;200":                        "United Kingdom",
		"Unknown":                                            "", "": "", "Not attributed;EU (region)": "",
	} {
		if have := strings.Join(States(cell), "|"); have != want {
			t.Errorf("%q: %q, want %q", cell, have, want)
		}
	}
	for cell, want := range map[string]string{"APT30/Raspberry Typhoon fka RADIUM/Naikon": "APT30", "APT 10": "",
		"Fancy Bear": "APT28", "Unknown": ""} {
		if have := Group(cell); have != want {
			t.Errorf("%q: %q, want %q", cell, have, want)
		}
	}
}

// TestPair: two states by any of their names, or what is wrong with them.
func TestPair(t *testing.T) {
	for text, want := range map[string]string{"China,United Kingdom": "China|United Kingdom",
		"cn, 200":               "China|United Kingdom",
		"Korea, Republic of,US": "South Korea|United States", "China": "names 1", "China,Chima": `did you mean "China"?`,
		"CN,China": "the same state twice", "": "names 1"} {
		got, err := Pair(text)
		have := strings.Join(got[:], "|")
		if err != nil {
			have = err.Error()
		}
		if !strings.Contains(have, want) {
			t.Errorf("%q: %s", text, have)
		}
	}
}
