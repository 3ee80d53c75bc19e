package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
	"pgregory.net/rapid"
)

// rowText is a row of a table as text.
func rowText(row []any) []string {
	var out []string
	for _, c := range row {
		out = append(out, plainly(fmt.Sprint(c)))
	}
	return out
}

// TestNumbersTable: every number of the manifest stands in the table, with its range
// before and after the record where there is one, and the way to its row.
func TestNumbersTable(t *testing.T) {
	r := opened(t, reportCopy(t))
	n := dataOf(t, r).Numbers
	if len(n.All.Rows) != len(r.Manifest.Parameters) || n.Set != "1 number was" || n.Assumed == 0 {
		t.Errorf("%d rows for %d numbers; %q set, %d assumed", len(n.All.Rows), len(r.Manifest.Parameters), n.Set, n.Assumed)
	}
	d := dataOf(t, invented())
	want := []string{"[price of a public step](#number-2) `choice.price`", "0.08 to 0.2 units of utility",
		"0.1 to 0.15", "25 %", "[T26](#key-T26)"}
	if got := rowText(d.Numbers.Narrowed.Rows[0]); len(d.Numbers.Narrowed.Rows) != 1 || !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	want = []string{`<a id="number-2"></a>Price of a public step; a policy path may replace it from a date on ` +
		"`choice.price`", "0.08 to 0.2 units of utility", "0.1 to 0.15", "25 %", "a range, narrowed by the record",
		"[T26](#key-T26); assumption: a policy · informed by [T26](#key-T26)"}
	if got := rowText(d.Numbers.All.Rows[1]); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	r = invented()
	r.Manifest.Learned = nil
	if d := dataOf(t, r); len(d.Numbers.All.Head) != 4 || len(d.Numbers.All.Rows[0]) != 4 || d.Numbers.Narrowed != nil {
		t.Errorf("columns without a posterior: %v", d.Numbers.All.Head)
	}
}

// TestMeanings: every parameter of the registry has a meaning that begins like a
// sentence and needs no full stop in a table, and a value without a unit of the code.
func TestMeanings(t *testing.T) {
	code := regexp.MustCompile(`1/|–$|×|\d+d\b| U$`)
	for _, p := range param.All() {
		x := &runfolder.Parameter{Name: p.Name, Path: "assumptions." + p.Name, Value: p.Prior, Unit: p.Unit}
		if x.Value == "" {
			x.Value = "1"
		}
		m := meaning(x)
		if m == "" || strings.HasSuffix(m, ".") || m[:1] != strings.ToUpper(m[:1]) {
			t.Errorf("%s: %q", p.Name, m)
		}
		if got := plainValue(x); code.MatchString(got) {
			t.Errorf("%s: %q", p.Name, got)
		}
		if got := say.NumberAt(x.Path); got == "" || strings.Contains(got, "_") || strings.Contains(got, p.Name) {
			t.Errorf("%s: %q", p.Name, got)
		}
	}
	if got := meaning(&runfolder.Parameter{Path: "assumptions.states.China.choice.price", Name: "choice.price"}); got !=
		"Price of a public step; a policy path may replace it from a date on (China)" {
		t.Error(got)
	}
}

// TestPlainValue: units are words, spans are days, and a law says what it allows.
func TestPlainValue(t *testing.T) {
	for _, c := range [][4]string{
		{"life.lapse", "0.05 to 2", "1/y", "0.05 to 2 a year"}, {"life.gap", "120d to 280d", "d", "120 to 280 days"},
		{"strength.clarify", "uniform(0, 1)", "–", "anything from 0 to 1"},
		{"choice.price", "0.08 to 0.2", "U", "0.08 to 0.2 units of utility"},
		{"effect.trust", "normal(0.1, 0.15)", "logit", "around 0.1, spread 0.15 on the logit scale"},
		{"x.y", "-2", "", "−2"}, {"x.y", "3", "moves", "3 moves"},
	} {
		if got := plainValue(&runfolder.Parameter{Path: "assumptions." + c[0], Name: c[0], Value: c[1],
			Unit: c[2]}); got != c[3] {
			t.Errorf("%q, want %q", got, c[3])
		}
	}
	for path, want := range map[string]string{"assumptions.onset.a>b.rate": "0.2 to 5 a year",
		"assumptions.prices.A@2024-01-01.price": "0.2 to 5 units of utility",
		"assumptions.onset.a>b.mix.crime":       "0.2 to 5"} {
		if got := plainValue(&runfolder.Parameter{Path: path, Value: "0.2 to 5"}); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// TestRestingOnKeys: keys are found in sources and in reasons, what a target rests on
// is found below it, and ways lead both ways.
func TestRestingOnKeys(t *testing.T) {
	k := newRestingOnKeys([]runfolder.Parameter{
		{Path: "a", Source: "T16; assumption: as in (E029)"},
		{Path: "b", Source: "[Buchanan2016]; assumption: the size", InformedBy: []string{"T16"}},
		{Path: "c", Source: "assumption: X9999 and nothing"}})
	if users := k.users["T16"]; !slices.Equal(users, []int{0, 1}) || !slices.Equal(k.users["E029"], []int{0}) ||
		!slices.Equal(k.users["Buchanan2016"], []int{1}) || len(k.users) != 3 {
		t.Errorf("users %v", k.users)
	}
	if len(k.below["T16"]) == 0 {
		t.Error("T16 rests on nothing any more; take another for this test")
	}
	for _, b := range k.below["T16"] {
		if !slices.Contains(k.above[b], "T16") || !k.used[b] {
			t.Errorf("%s is below T16 and T16 not above it", b)
		}
	}
	text := k.linked("T16, E029 and [Buchanan2016], not E001; X T999")
	if text != `[T16](#key-T16), [E029](#key-E029) and \[[Buchanan2016](#key-Buchanan2016)\], not E001; X T999` {
		t.Errorf("%q", text)
	}
	if got := mentioned("T16, G01 to G03; assumption: as in (E029), and T16"); !slices.Equal(got,
		[]string{"T16", "G01", "G02", "G03", "E029"}) {
		t.Errorf("%q", got)
	}
	// FB13 names E073 and G14, and G14 names E073; G35 names E071 beside an address.
	k = newRestingOnKeys([]runfolder.Parameter{{Path: "d", Source: "FB13, G35"}})
	for key, want := range map[string]string{"FB13": "E073 G14", "G14": "E073", "G35": "E071"} {
		if got := strings.Join(k.below[key], " "); got != want {
			t.Errorf("%s rests on %s, want %s", key, got, want)
		}
	}
	if got := k.linked("as FB13; G14"); got != "as [FB13](#key-FB13); [G14](#key-G14)" {
		t.Errorf("%q", got)
	}
	k.used["G01"], k.used["G27"] = true, true
	if got := k.linked("G01 to G27, T2"); got != "[G01](#key-G01) to [G27](#key-G27), T2" {
		t.Errorf("%q", got)
	}
}

// TestLinkedKeepsTheText: links change no letter of a source.
func TestLinkedKeepsTheText(t *testing.T) {
	k := newRestingOnKeys([]runfolder.Parameter{{Source: "T1, T2, E001, G01 to G27, [Buchanan2016]"}})
	ways := regexp.MustCompile(`\[([A-Za-z0-9]+)\]\(#key-[A-Za-z0-9]+\)`)
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"T1", "T2", "T29", " to ", "G01", "G03", ", ",
			"[Buchanan2016]", "assumption: ", "x", "é", "E001", "to", " "})).Draw(t, "source"), "")
		got := strings.ReplaceAll(ways.ReplaceAllString(string(k.linked(source)), "$1"), `\`, "")
		if got != source {
			t.Fatalf("%q became %q", source, got)
		}
	})
}

// TestProvenance: every kind of evidence has a heading and is told: values with their
// ranges, addresses as links, users, and how it was checked.
func TestProvenance(t *testing.T) {
	r := invented()
	for _, e := range evidence.All() {
		r.Manifest.Parameters[0].InformedBy = append(r.Manifest.Parameters[0].InformedBy, e.Key)
	}
	for range mostUsers {
		r.Manifest.Parameters = append(r.Manifest.Parameters, r.Manifest.Parameters[1])
	}
	d := dataOf(t, r)
	n := 0
	for _, k := range d.Sourced {
		n += len(k.Entries)
	}
	if len(d.Sourced) != len(kinds) || n != len(evidence.All()) {
		t.Errorf("%d kinds, %d entries of %d", len(d.Sourced), n, len(evidence.All()))
	}
	page := pageOf(t, r, false)
	has(t, page, "<summary>Statistics of the record</summary>", `- <a id="key-T26"></a>**T26** `, " Value ", "(range ",
		"cases: ", "Counted from or documented by [", "](https://", "Checked: read at its source.", "Stands behind [T",
		"Used by [choice.rationality](#number-1), ", " and 2 more")
}

// TestRecords: a shipped table has a line for each target and year, and no cell that is a
// code or a bare true. Catches a column that was renamed where the table is made.
func TestRecords(t *testing.T) {
	was := Tables
	t.Cleanup(func() { Tables = was })
	Tables = shippedTables
	r := invented()
	d := dataOf(t, r)
	for _, x := range []*Table{d.Fit.Statistics, d.Past.Years} {
		if len(x.Rows) < 30 {
			t.Errorf("%d rows", len(x.Rows))
		}
		for _, row := range x.Rows {
			for k, s := range rowText(row) {
				if s == "" || s == "true" || s == "false" || strings.Contains(s, "NaN") {
					t.Errorf("column %d of %v is %q", k, row[0], s)
				}
			}
		}
	}
	has(t, pageOf(t, r, false), "**Against the record.** Fits to earlier years", "led by the United States",
		"All but 2 of 36 statistics of the record", "predicted only, 9 do.", "public accusations of China in")
	r.Summary.Headline.Calibrated = false
	hasNot(t, pageOf(t, r, false), "Against the record")
	Tables = func() (fit, hindcast []byte) { return []byte("a\n\""), nil }
	if d := dataOf(t, r); d.Fit != nil {
		t.Errorf("%+v", d.Fit)
	}
}

// csvRows reads a table.
func csvRows(t *testing.T, text string) []say.CSVRow {
	t.Helper()
	rows, err := say.CSVRows([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestFit: what lies outside is named, with the reason; numbers have their units, and sums
// stand beside those on record.
func TestFit(t *testing.T) {
	rows := csvRows(t,
		"id,target,statistic,unit,use,observed,prior_5,prior_95,posterior_5,posterior_50,posterior_95,inside,"+
			"why\nT9,T9,median time,d,C,343,33.15,1358.7,26.02,99,688.8,true,\nT4,T4,variation of their "+
			"gaps,–,C,1.35,0.55,1.25,0.7,1,1.24,false,bursts\nT26.us,T26,all,,E,19,1,2,1,19,59.25,true,\n")
	f := newFit(rows)
	if f.All != 2 || f.Misses != 1 || f.More != 1 || f.In != 1 || f.Outside != "gaps between incidents" ||
		!slices.Equal(f.Sums, []Sum{{"the United States", "19", "1", "59", "19"}}) {
		t.Errorf("%+v", f)
	}
	for i, want := range []string{"median time|343 days|33.1 to 1359 days|26 to 689 days|fitted to|inside",
		"variation of their gaps|1.35|0.55 to 1.25|0.7 to 1.24|fitted to|outside: bursts",
		"all|19|1 to 2|1 to 59.2|an input that comes back|inside"} {
		if got := strings.Join(rowText(f.Statistics.Rows[i]), "|"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for x, want := range map[float64]string{.271307: "0.271 x", 12.34: "12.3 x", 1358.73: "1359 x", 0: "0 x"} {
		if got := plainly(measured(x, "x")); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
	if got := measured(say.CSVRow{}.Number("x"), "d"); got != "none" {
		t.Error(got)
	}
}

// TestHindcast: what was held is counted from the table, ends included, and a miss below is
// not told as one above.
func TestHindcast(t *testing.T) {
	const head = "cutoff,quantity,year,exposure_years,observed,mean,q05,q50,q95\n"
	for _, c := range []struct {
		lines, counted, widest string
		tooFew, tooMany        bool
		all, british           string
	}{
		{"a,accusations,2020,1,2,1,0,1,2\nb,accusations,2020,1,5,2,0,1,4\na,british,2021,1,3,0.5,0,0,1\n", "1 year", "2020",
			true, false, "2 1 3.5 1.5 ", "1 0 3.0 0.5 "},
		{"a,accusations,2020,1,0,3,1,3,4\na,british,2020,1,3,0.5,0,0,1\n", "1 year", "2020", false, false, "1 0 0.0 3.0 ",
			"1 0 3.0 0.5 "},
		{"a,accusations,2020,1,1,3,1,3,4\na,british,2020,1,1,2,0,0,1\n", "1 year", "2020", false, true, "1 1 1.0 3.0 ",
			"1 1 1.0 2.0 "},
		{"a,accusations,2020,1,6,3,1,3,9\na,accusations,2021,.5,3,1.5,1,3,4\na,british,2020,.5,1,2,0,0,1\n", "2 years",
			"2020", false, false, "2 2 6.0 3.0 ", "1 1 2.0 4.0 "},
		{"a,british,2020,1,1,1,0,0,1\n", "", "", false, false, "", ""},
		{"a,british,2020,1,1,1,0,0,1\n" + strings.Repeat("a,accusations,2020,1,1,1,0,0,1\n", 27) +
			strings.Repeat("a,accusations,2021,1,9,9,0,0,1\n", 4), "2 years", "2020", false, false, "31 27 2.0 2.0 ",
			"1 1 1.0 1.0 "},
		{"a,british,2020,1,1,1,0,0,1\n" + strings.Repeat("a,accusations,2020,1,1,1,0,0,1\n", 26) +
			strings.Repeat("a,accusations,2021,1,9,9,0,0,1\n", 5), "2 years", "2020", false, false, "31 26 2.3 2.3 28",
			"1 1 1.0 1.0 "},
	} {
		h := newHindcast(csvRows(t, head+c.lines))
		said := func(y Yearly) string {
			return fmt.Sprint(y.Numbers, " ", y.Held, " ", y.Came, " ", y.Predicted, " ", y.Should)
		}
		if h.Counted != c.counted || h.Widest != c.widest || h.TooFew != c.tooFew || h.TooMany != c.tooMany ||
			c.counted != "" && (said(h.All) != c.all || said(h.British) != c.british) {
			t.Errorf("%.60s: %+v\n%s, %s", c.lines, h, said(h.All), said(h.British))
		}
	}
	h := newHindcast(csvRows(t, head+"2020-12-31,joint,,1,0.5,0.1,0,0.2,1\n"))
	if got := strings.Join(rowText(h.Years.Rows[0]), "|"); got !=
		"share of them joined by three states or more|2020-12-31|all after|0.5|0.2 (0 to 1)" {
		t.Error(got)
	}
}

// TestShown: heads, numbers, rows that are kept, what is left to the file, and what is no
// table.
func TestShown(t *testing.T) {
	table, more := shown([]byte("arm_name,x,y\na,1.5,\nR8,9,9\nb,,-0.1234567\nc,2,3\n"), 2)
	if more != 2 || len(table.Rows) != 2 || table.Head[0] != (Column{"arm name", false}) || !table.Head[1].Numeric ||
		!table.Head[2].Numeric || !slices.Equal(rowText(table.Rows[1]), []string{"b", "", "−0.123"}) {
		t.Fatalf("%+v, %d", table, more)
	}
	if table, more := shown([]byte("a,b,measure,x\nu,v,stood_r6,1\nu,v,reach_r8,4.45\n"), 9); more != 1 ||
		len(table.Rows) != 1 {
		t.Errorf("%+v", table)
	}
	for _, bad := range []string{"", "a,b\n1\n", "a\n\"x"} {
		if table, _ := shown([]byte(bad), 9); table != nil {
			t.Errorf("%q is a table", bad)
		}
	}
	for in, want := range map[string]string{
		"1.23456": "1.23", "-0.00012345": "−0.000123", "1826.25": "1826", "93447": "93447", "-93447.7": "−93448", "0": "0",
		"5.325e-05": "5.33e−05", "1e300": "1e+300", "NaN": "NaN", "R3": "R3", "": "", "2026-02-01": "2026-02-01",
	} {
		if got := shorter(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// FuzzShown: any bytes give a table whose rows fit its columns, or none.
func FuzzShown(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "", "a\n\"x", "é,\"a\nb\"\n-1e9,NaN\n", "a,a\r\n,\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, more := shown(data, 5)
		if table == nil {
			return
		}
		if len(table.Rows) > 5 || more < 0 {
			t.Fatalf("%d rows, %d more", len(table.Rows), more)
		}
		for _, r := range table.Rows {
			if len(r) != len(table.Head) {
				t.Fatalf("%d cells in %d columns", len(r), len(table.Head))
			}
		}
		text, err := markdown.Write(templates, "table", table)
		if err != nil || strings.Count(text, "\n") != len(table.Rows)+1 {
			t.Fatalf("%q, %v", text, err)
		}
	})
}

// TestTold: what all versions share stands once, what is their own under their names; with
// one version there are no names, and cases beyond the first are counted.
func TestTold(t *testing.T) {
	entry := func(day float64, kind string) narrative.Entry {
		return narrative.Entry{Day: day, Date: fmt.Sprint(day), Kind: kind, Who: "Borland", Whom: "Aland"}
	}
	c := narrative.Case{Number: 3, Name: "breach", Victim: "Aland", Culprit: "Borland", Intent: "espionage", Public: true,
		Tracks: []*narrative.Track{{Severity: 3, Found: 5,
			Entries: []narrative.Entry{entry(6, "disclosure"), entry(7, "denial")}},
			{Severity: 3, Found: 5, Entries: []narrative.Entry{entry(6, "disclosure"), entry(8, "counter")}}}}
	s := &narrative.Story{Arms: []narrative.Arm{{Name: "without-forum"}, {Name: "with-forum"}},
		Cases: []narrative.Case{c}}
	text := func() string {
		out, err := markdown.Write(templates, "story", told(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := text()
	if !strings.Contains(got, "### Case 3, breach\n") ||
		strings.Count(got, "The incident becomes public through others.") != 1 ||
		strings.Index(got, "**Without the forum**") > strings.Index(got, "denies it in public") ||
		strings.Index(got, "**With the forum**") > strings.Index(got, "accuses Aland in turn") {
		t.Error(got)
	}
	s.Cases[0].Tracks[1] = nil
	has(t, text(), "**With the forum**, the incident is not discovered.")
	s.Cases[0].Tracks, s.Arms = c.Tracks[:1], s.Arms[:1]
	got = text()
	has(t, got, "denies it in public")
	hasNot(t, got, "**Without the forum**", "Not told here")
	for range mostCases + 2 {
		s.Cases = append(s.Cases, s.Cases[0])
	}
	has(t, text(), "Not told here: 3 further public cases.")
	s.Cases = nil
	has(t, text(), "No step becomes public in it.")
}
