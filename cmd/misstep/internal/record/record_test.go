package record

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/scenarios"
)

func shippedRows() []evidenceRow { return evidenceRows(evidence.Shipped(), time.Time{}) }

// evidenceOf is the row of a key.
func evidenceOf(t *testing.T, key string) *evidenceRow {
	t.Helper()
	all := shippedRows()
	i := slices.IndexFunc(all, func(r evidenceRow) bool { return r.Key == key })
	if i < 0 {
		t.Fatalf("no row %s", key)
	}
	return &all[i]
}

// TestEvidenceRows: every entry of the tables is a row, in the same order, with the
// same text. Catches a kind that is left out of the list.
func TestEvidenceRows(t *testing.T) {
	all := shippedRows()
	if len(all) != len(evidence.All()) {
		t.Fatalf("%d rows of %d entries", len(all), len(evidence.All()))
	}
	for i, e := range evidence.All() {
		if r := all[i]; e.Kind != evidence.KindReference &&
			(r.Key != e.Key || r.Text != e.Text || r.Kind != e.Kind.String() || r.Checked != e.Checked || r.Date != e.Date) {
			t.Errorf("%s: %+v", e.Key, r)
		}
	}
	for _, r := range all {
		if (r.kind == "targets") != (len(r.Values) > 0) {
			t.Errorf("%s: %d values", r.Key, len(r.Values))
		}
	}
}

// TestEvidenceLinesFit: each row is one line of at most 100 columns, texts of a kind
// begin in one column, and how it was checked stands whole at the end. Catches a value
// that pushes the text aside.
func TestEvidenceLinesFit(t *testing.T) {
	begins := map[string]int{}
	for _, r := range shippedRows() {
		line := evidenceLine(&r)
		if w := utf8.RuneCountInString(line); w > say.NarrowWidth || strings.Contains(line, "\n") ||
			strings.TrimRight(line, " ") != line {
			t.Errorf("%d columns: %q", w, line)
		}
		if !strings.HasPrefix(line, "  "+r.Key+" ") || !strings.HasSuffix(line, r.Checked) {
			t.Errorf("%q", line)
		}
		word := r.Text[:min(6, len(r.Text))]
		at := strings.LastIndex(line, word)
		if at < 0 {
			t.Errorf("%q lacks %q", line, word)
			continue
		}
		column := utf8.RuneCountInString(line[:at])
		if first, seen := begins[r.kind]; seen && first != column {
			t.Errorf("%s: the text begins in column %d, elsewhere in %d: %q", r.Key, column, first, line)
		}
		begins[r.kind] = column
	}
	text := evidenceText(shippedRows())
	for _, kind := range evidenceKinds {
		if strings.Count("\n"+text, "\n"+kind+"\n") != 1 {
			t.Errorf("%s stands %d times", kind, strings.Count(text, "\n"+kind+"\n"))
		}
	}
}

// TestEvidenceInFull: every row can be told in full and as JSON; lines are at most 100
// columns unless a word, such as an address, is longer; nothing of the row is lost.
// Catches a fact that is cut off.
func TestEvidenceInFull(t *testing.T) {
	tables := evidence.Shipped()
	for _, r := range shippedRows() {
		text := evidenceInFull(tables, &r)
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
			longWord := len(strings.Fields(line)) <= 2
			if utf8.RuneCountInString(line) > say.NarrowWidth && !longWord || strings.TrimRight(line, " ") != line {
				t.Errorf("%s: %q", r.Key, line)
			}
		}
		flat := strings.Join(strings.Fields(text), " ")
		want := []string{r.Key + ", " + r.Kind, r.Text, strings.ReplaceAll(r.Address, " ; ", "; ")}
		for _, f := range r.Facts {
			want = append(want, f.Name+" "+f.Value)
		}
		for _, w := range want {
			if !strings.Contains(flat, strings.Join(strings.Fields(w), " ")) {
				t.Errorf("%s lacks %q:\n%s", r.Key, w, text)
			}
		}
		var back map[string]any
		if err := json.Unmarshal(say.JSON(r), &back); err != nil || back["key"] != r.Key || back["text"] != r.Text {
			t.Errorf("%s: %v, %v", r.Key, back["key"], err)
		}
	}
}

// TestEvidenceFilter: each flag alone and two together, on a few rows. Catches a month
// that is compared as its first day, and targets that vanish under --to.
func TestEvidenceFilter(t *testing.T) {
	kept := func(f evidenceFilter) string {
		if err := f.check(); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, key := range []string{"E001", "E009", "E056", "E092", "G01", "G02", "D04", "FB13", "CH31", "X084", "CV07",
			"T12", "P3", "Buchanan2016"} {
			if r := evidenceOf(t, key); f.keeps(r) {
				out = append(out, key)
			}
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		f    evidenceFilter
		want string
	}{
		{evidenceFilter{}, "E001 E009 E056 E092 G01 G02 D04 FB13 CH31 X084 CV07 T12 P3 Buchanan2016"},
		{evidenceFilter{kind: "events"}, "E001 E009 E056 E092"}, {evidenceFilter{kind: "references"}, "Buchanan2016"},
		{evidenceFilter{kind: "beliefs"}, "FB13"}, {evidenceFilter{kind: "channels"}, "CH31"},
		{evidenceFilter{kind: "dyads"}, "X084"}, {evidenceFilter{kind: "covert"}, "CV07"},
		{evidenceFilter{kind: "covert", to: "2020"}, "CV07"}, {evidenceFilter{kind: "covert", from: "2020"}, ""},
		{evidenceFilter{kindOf: "dialogue-broken"}, "E056 X084"}, {evidenceFilter{checked: "memory"}, "E009 X084"},
		{evidenceFilter{checked: "memory", kind: "events"}, "E009"},
		{evidenceFilter{checked: "memory", kind: "accusations"}, ""},
		{evidenceFilter{from: "2014"}, "E056 E092 G01 G02 D04 FB13 CH31 X084"}, {evidenceFilter{to: "2013-02"}, "E001"},
		{evidenceFilter{to: "2013-02-10"}, "E001"}, {evidenceFilter{to: "2013-01-31"}, ""},
		{evidenceFilter{from: "2024-12-31"}, "E092"}, {evidenceFilter{from: "2025"}, ""},
		{evidenceFilter{from: "2014-12-31", to: "2014-12-31"}, "D04"},
		{evidenceFilter{kind: "targets", to: "2020"}, "T12"}, {evidenceFilter{kind: "targets", from: "2020"}, ""},
	} {
		if have := kept(c.f); have != c.want {
			t.Errorf("%+v: %s, want %s", c.f, have, c.want)
		}
	}
	for _, c := range []struct {
		f    evidenceFilter
		want string
	}{
		{evidenceFilter{kindOf: "denail"}, `--type "denail" is not known; did you mean "denial"?`},
		{evidenceFilter{checked: "memori"}, `did you mean "memory"?`},
		{evidenceFilter{kind: "papers"}, "known: events, accusations"},
		{evidenceFilter{from: "2020-02-30"}, "--from: "}, {evidenceFilter{to: "x"}, "--to: "},
		{evidenceFilter{from: "2021", to: "2020-12"}, "exchange them"},
	} {
		if err := c.f.check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.f, err, c.want)
		}
	}
}

// TestEvidenceHas: a word is found in key, type, text, address and facts, in any case.
// Catches a search of the text alone.
func TestEvidenceHas(t *testing.T) {
	r := evidenceOf(t, "E044")
	for word, want := range map[string]bool{"e044": true, "PENALTY": true, "consulate": true, "ielr.com": true,
		"each other": true, "united": true, "Snowden": false} {
		if r.has(word) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
}

// TestEvidenceValues: how a value reads, with and without ends. Catches a bound that is
// printed as infinity, which JSON cannot hold either.
func TestEvidenceValues(t *testing.T) {
	for _, c := range []struct {
		o           evidence.Observed
		want, basis string
	}{
		{evidence.Observed{Value: 1.0 / 3, Low: 0.1459, High: 0.5697, Unit: "–", N: 21, Hits: 7,
			Method: evidence.MethodBinomial}, "0.333 [0.146, 0.57]", "7 of 21"},
		{evidence.Observed{Value: 0.41, Low: 0.33, High: math.Inf(1), Unit: "–", N: 142, Method: evidence.MethodCited},
			"0.41 [0.33, …]", "n = 142"},
		{evidence.Observed{Value: 146.5, Low: 27, High: 926, Unit: "d", N: 10, Method: evidence.MethodMedian},
			"146.5 [27, 926] d", "n = 10"},
		{evidence.Observed{Value: 1156, Low: 700, High: 1500, Unit: "d", N: 1200, Method: evidence.MethodJudged},
			"1,156 [700, 1,500] d", "n = 1,200"},
		{evidence.Observed{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Unit: "d", Method: evidence.MethodRange},
			"no row bears on it", "n = 0"},
		{evidence.Observed{Value: math.Inf(1), Low: 3, High: math.Inf(1), Unit: "d", N: 5, Hits: 1,
			Method: evidence.MethodSurvival}, "no row bears on it", "1 of 5"},
		{evidence.Observed{Value: 0.017, Low: -0.017, High: 0.048, Unit: "–", N: 308, Method: evidence.MethodCited},
			"0.017 [−0.017, 0.048]", "n = 308"},
		{evidence.Observed{Value: 5.5, Low: 2.7456, High: 9.84, Unit: "1/y", N: 11, Hits: 11, Years: 2,
			Method: evidence.MethodPoisson}, "5.5 [2.75, 9.84] 1/y", "11 in 2.0 years"},
	} {
		v := valueOf(c.o)
		if have := v.inWords(); have != c.want {
			t.Errorf("%q, want %q", have, c.want)
		}
		if have := v.basis(); have != c.basis {
			t.Errorf("%q, want %q", have, c.basis)
		}
		if text := say.JSON(v); bytes.Contains(text, []byte("Inf")) || !bytes.Contains(text, []byte(`"rows": []`)) {
			t.Errorf("%s", text)
		}
	}
}

// TestEvidenceWords: answers, delays, dates and lines as they read. Catches an uncoded
// answer that reads as no.
func TestEvidenceWords(t *testing.T) {
	for x, want := range map[evidence.Answer]string{"": "not coded", "yes": "yes, soon", "no": "no",
		"contested": "contested, soon"} {
		if have := answerOf(x, "soon"); have != want {
			t.Errorf("%q: %q", x, have)
		}
	}
	for x, want := range map[float64]string{-1: "none found", 0: "the same day", 1: "after 1 day", 107: "after 107 days"} {
		if have := daysAfter(x); have != want {
			t.Errorf("%v: %q", x, have)
		}
	}
	for d, want := range map[evidence.Date]string{{}: "", {Text: "2014-05-19", Precision: "day"}: "2014-05-19",
		{Text: "2014-05-19", Precision: "about"}: "about 2014-05-19",
		{Text: "2014-05", Precision: "month"}:    "2014-05 (the month)",
		{Text: "2014", Precision: "year"}:        "2014 (the year)"} {
		if have := dated(d); have != want {
			t.Errorf("%+v: %q", d, have)
		}
	}
	if one, two := linesOf([]int{7}), linesOf([]int{7, 9}); one != "line 7" || two != "lines 7, 9" {
		t.Errorf("%q, %q", one, two)
	}
}

// TestPlaceOf: rungs with their codes, events, both, or neither. Catches a type that
// stands nowhere by mistake.
func TestPlaceOf(t *testing.T) {
	for kind, want := range map[string]string{
		"attribution": "R3 (public-attribution)", "coordinated-attribution": "R4 (coordinated-attribution)",
		"penalty":         "R5 (indictment, sanctions); R6 (closure)",
		"private-step":    "R1 (private-protest); R2 (private-demarche)",
		"counter-report":  "R3 (public-attribution); R5 (wanted-notice); event counter",
		"dialogue-broken": "event suspension", "summit": "event summit",
		"authority": "context: the model has nothing like it", "nonsense": "context: the model has nothing like it",
	} {
		if have := placeOf(kind); have != want {
			t.Errorf("%s: %q, want %q", kind, have, want)
		}
	}
}

// TestEvidenceCiting: lines that name a key are those with the whole key. Catches T1
// that is found in T12, and P1 in AP1.
func TestEvidenceCiting(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      bool
	}{
		{"T1", "source: T1", true}, {"T1", "source: T12", false}, {"T1", `"T1; assumption"`, true}, {"P1", "AP1", false},
		{"Buchanan2016", "[Buchanan2016]; x", true},
		{"E02", "E021", false}, {"E021", "E021,", true}, {"T1", "us-T1", false},
	} {
		if have := keyPattern(c.key).MatchString(c.text); have != c.want {
			t.Errorf("%s in %q: %v", c.key, c.text, have)
		}
	}
	for _, c := range citing("T12") {
		if len(c.Lines) == 0 || !slices.IsSorted(c.Lines) ||
			!slices.Contains(slices.Concat(run.ShippedNames(), scenarios.Histories()), c.Scenario) {
			t.Errorf("%+v", c)
		}
	}
	if c := citing("E021"); len(c) != 1 || c[0].Scenario != "history/uk-china-history" {
		t.Errorf("E021: %v", c)
	}
	if len(citing("T12")) == 0 || len(citing("E999")) != 0 {
		t.Errorf("T12 %v, E999 %v", citing("T12"), citing("E999"))
	}
}

// TestRestingOn: the targets that use a row, by computation or by name, once each.
// Catches a target that lists itself, and one that is found twice by its parts.
func TestRestingOn(t *testing.T) {
	for key, want := range map[string]string{
		"D09": "T10 T32", "G02": "", "G12": "", "G10": "T12 T13 T15 T16 T19 T26", "E083": "T30",
		"E021": "T21 T22", "E118": "T21 T22",
		"G15": "T12 T13 T15 T16 T18 T19 T26 T34", "T12": "", "E004": "", "E009": "", "E101": "T31",
	} {
		have := strings.Join(restingOn(evidence.Shipped(), key), " ")
		if key == "E021" || key == "E118" {
			if !strings.HasPrefix(have, want[:7]) {
				t.Errorf("%s: %s, want %s", key, have, want)
			}
			continue
		}
		if have != want {
			t.Errorf("%s: %s, want %s", key, have, want)
		}
	}
}

// TestEvidenceTargetMarks: a range is told as a range, an open bound as open, and parts
// beyond the limit are counted. Catches a range that passes for an interval.
func TestEvidenceTargetMarks(t *testing.T) {
	tables := evidence.Shipped()
	for key, want := range map[string]string{
		"T12": ", 95 %", "T10": ", 95 %", "T14": ", range, which covers 94 %", "T22": ", range, which covers 75 %",
		"T11": ", a one-sided or open bound",
		"T26": "more parts; --json has all", "T24": "  memory     1 case from memory left out",
		"T16": "after accusations led by another state: 0.25 [0.00631, 0.806], 1 of 4", "T31": "judged, n = 4",
		"T1": "cited, n = 56",
	} {
		if text := evidenceInFull(tables, evidenceOf(t, key)); !strings.Contains(text, want) {
			t.Errorf("%s lacks %q:\n%s", key, want, text)
		}
	}
	cut := evidenceRows(tables, time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC))
	for i := range cut {
		text := evidenceInFull(tables, &cut[i])
		if strings.Contains(text, "NaN") || strings.Contains(text, "+Inf") ||
			(cut[i].kind == "targets") != strings.Contains(text, "as of      2014-12-31") {
			t.Errorf("%s", text)
		}
	}
}

// TestNoRowLeft: filters that leave nothing say so. Catches an empty list.
func TestNoRowLeft(t *testing.T) {
	if have := evidenceText(nil); have != "No row is left by these filters.\n" {
		t.Errorf("%q", have)
	}
}
