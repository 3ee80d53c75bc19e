package handover

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// TestShippedRecords: both tables are there with a line for each target and year, a
// finding above, and no cell that is a code or a bare true. Catches a column that was
// renamed where the table is made.
func TestShippedRecords(t *testing.T) {
	records := recordTables(shippedTables())
	if len(records) != 2 {
		t.Fatalf("%d tables, want 2", len(records))
	}
	for i, want := range []string{"statistics of the record lie inside", "public accusations of China in"} {
		x := &records[i]
		if len(x.table.Groups[0].Rows) < 30 || !strings.Contains(x.says, want) || !x.table.Stacked {
			t.Errorf("%s: %q with %d rows", x.title, x.says, len(x.table.Groups[0].Rows))
		}
		for _, row := range x.table.Groups[0].Rows {
			for k, c := range row.Cells {
				if s := c.Text.String(); s == "" || s == "true" || s == "false" || strings.Contains(s, "NaN") {
					t.Errorf("%s: column %d of %q is %q", x.title, k, row.Cells[0].Text, s)
				}
			}
		}
	}
}

// TestFitRecord: what lies outside is named, with the reason; numbers have their units.
func TestFitRecord(t *testing.T) {
	const head = "target,statistic,unit,use,observed,prior_5,prior_95,posterior_5,posterior_95,inside,why\n"
	rows, err := say.CSVRows([]byte(head +
		"T9,median time,d,C,343,33.15,1358.7,26.02,688.8,true,\nT4,variation of their gaps,–,P,1.35,0.55,1.25,0.7,1.24," +
		"false,bursts\n"))
	if err != nil {
		t.Fatal(err)
	}
	x := fitRecord(rows)
	if want := "All but 1 of 2 statistics of the record lie inside the 90\u00a0% of what the fitted model shows; " +
		"outside: gaps between incidents."; x.says != want {
		t.Errorf("%q", x.says)
	}
	text := blocksText(x.table)
	for _, want := range []string{"| median time | 343 days | 33.1 to 1,359 days | 26 to 689 days | fitted to | inside |",
		"| 1.35 | 0.55 to 1.25 | 0.7 to 1.24 | predicted only | outside: bursts |"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if x = fitRecord(rows[:1]); !strings.HasPrefix(x.says, "All 1 statistics") {
		t.Errorf("%q", x.says)
	}
}

// TestHindcastFinding: what was held is counted from the table, ends included, and a
// miss below is not told as one above.
func TestHindcastFinding(t *testing.T) {
	const head = "cutoff,quantity,year,observed,mean,q05,q50,q95\n"
	rows := func(lines string) []say.CSVRow {
		out, err := say.CSVRows([]byte(head + lines))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct{ lines, want string }{
		{"a,accusations,2020,2,1,0,1,2\nb,accusations,2020,5,2,0,1,4\na,british,2021,3,0.5,0,0,1\n",
			"Fits to earlier years expected too few public accusations of China in 1 year they had not seen: 1.5 a year " +
				"where 3.5 came, and of those in which Britain took part 0.5 where 3.0 came; the gap was widest in 2020. Of 2 " +
				"numbers on all accusations 1 lay within their 90\u00a0% range, as many as they should; of 1 on those with " +
				"Britain 0, as many as they should. A change"},
		{"a,accusations,2020,0,3,1,3,4\na,british,2020,3,0.5,0,0,1\n",
			"expected about as many public accusations of China in 1 year they had not seen: 3.0 a year where 0.0 came, and " +
				"of those in which Britain took part 0.5 where 3.0 came; the gap was widest in 2020. Of 1 numbers on all " +
				"accusations 0 lay within their 90\u00a0% range, as many as they should; of 1 on those with Britain 0, as many " +
				"as they should. A change"},
		{"a,accusations,2020,1,3,1,3,4\na,british,2020,1,1,0,0,1\n",
			"1 lay within their 90\u00a0% range, as many as they should; of 1 on those with Britain 1, as many as they " +
				"should. A change"},
		{"a,british,2020,1,1,0,0,1\n", ""},
	} {
		if got := hindcastFinding(rows(c.lines)); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestEnough: nine of ten, less what is no whole number.
func TestEnough(t *testing.T) {
	for held, want := range map[int]string{28: "as many as they should", 27: "as many as they should",
		26: "fewer than the 28 that are to be expected"} {
		if got := (&yearly{n: 31, held: held}).enough(); got != want {
			t.Errorf("%d: %s", held, got)
		}
	}
}

// TestSummedFinding: sums of the fit stand beside those on record; a table without them
// tells nothing.
func TestSummedFinding(t *testing.T) {
	row := say.CSVRow{"id": "T26.us", "observed": "19", "posterior_5": "1", "posterior_50": "19", "posterior_95": "59.25"}
	if got := summedFinding([]say.CSVRow{{"id": "T1"}, row}); !strings.HasSuffix(got,
		"come in all to 19 (1 to 59) led by the United States, documented 19.") {
		t.Error(got)
	}
	if got := summedFinding([]say.CSVRow{{"id": "T1"}}); got != "" {
		t.Error(got)
	}
	if got := recordTables(shippedTables())[0].finding; strings.Count(got, "documented") != 2 {
		t.Error(got)
	}
}

// TestRecordNumber: three digits, a unit that is a word, and none of nothing.
func TestRecordNumber(t *testing.T) {
	for _, c := range []struct {
		x          float64
		unit, want string
	}{{0.271307, "–", "0.27"}, {12.34, "", "12.3"}, {1358.73, "d", "1,359\u00a0days"},
		{9, "incidents", "9\u00a0incidents"}, {0, "–", "0"}, {say.CSVRow{}.Number("x"), "d", "none"}} {
		if got := recordNumber(c.x, c.unit); got != c.want {
			t.Errorf("%v %s: %q, want %q", c.x, c.unit, got, c.want)
		}
	}
}

// TestRecordsAreFolded: a table about the record stands behind its finding, and a table
// that cannot be read is left out.
func TestRecordsAreFolded(t *testing.T) {
	if got := recordTables([]byte("a\n\""), nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	was := Tables
	t.Cleanup(func() { Tables = was })
	Tables = shippedTables
	w := inventedWriter()
	if text := blocksText(w.howSure()...); !strings.Contains(text, "**Against the record.** Fits to earlier years") {
		t.Error(text)
	}
	w.Summary.Headline.Calibrated = false
	if text := blocksText(w.howSure()...); strings.Contains(text, "Against the record") {
		t.Error(text)
	}
	s, err := w.record()
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range s.Blocks {
		if h, ok := b.(report.Heading); ok {
			if _, folded := s.Blocks[i+2].(report.Details); !folded {
				t.Errorf("%s: %T", h.Title, s.Blocks[i+2])
			}
		}
		if _, open := b.(report.Table); open {
			t.Error("a table of the record is not folded")
		}
	}
}
