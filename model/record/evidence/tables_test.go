package evidence_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/model/record/evidence"
)

// rows reads a table from disk by other means than the package.
func rows(t *testing.T, name string) (header []string, out [][]string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(data) || bytes.Contains(data, []byte("\r")) || !bytes.HasSuffix(data, []byte("\n")) {
		t.Errorf("%s: not UTF-8 with plain line ends", name)
	}
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

var tables = []struct {
	file string
	kind evidence.Kind
	text string // the column that an entry shows
}{
	{"evidence.csv", evidence.KindEvent, "text"},
	{"accusations.csv", evidence.KindAccusation, "statement"},
	{"delays.csv", evidence.KindDelay, "case"},
	{"beliefs.csv", evidence.KindBelief, "incident"},
	{"channels.csv", evidence.KindChannel, "name"},
	{"dyads.csv", evidence.KindStep, "text"},
	{"covert.csv", evidence.KindCovert, "statistic"},
	{"targets.csv", evidence.KindTarget, "statistic"},
	{"patterns.csv", evidence.KindPattern, "says"},
	{"references.csv", evidence.KindReference, "citation"},
}

// TestEveryRowIsFound: each row of each table is found by its key, with its text and
// kind, with and without brackets. Catches a table that is read short or under
// another column.
func TestEveryRowIsFound(t *testing.T) {
	total := 0
	for _, table := range tables {
		header, lines := rows(t, table.file)
		column := slices.Index(header, table.text)
		for _, line := range lines {
			total++
			for _, key := range []string{line[0], "[" + line[0] + "]"} {
				e, ok := evidence.Lookup(key)
				if !ok || e.Key != line[0] || e.Kind != table.kind || e.Text != line[column] {
					t.Errorf("%s: %+v, %v", key, e, ok)
				}
			}
			for _, wrong := range []string{line[0] + "x", " " + line[0], "[" + line[0], line[0] + "]", "[[" + line[0] + "]]",
				strings.ToLower(line[0])} {
				if wrong != line[0] && evidence.Known(wrong) {
					t.Errorf("%q is known", wrong)
				}
			}
		}
	}
	if n := len(evidence.All()); n != total {
		t.Errorf("%d entries of %d rows", n, total)
	}
}

// TestKinds: each kind has its word, and entries of a kind stand together by number.
// Catches T10 before T2, or a kind without a word.
func TestKinds(t *testing.T) {
	words := []string{"event", "accusation", "delay case", "belief", "channel", "step of a pair", "covert figure",
		"target", "pattern", "reference"}
	for i, table := range tables {
		if table.kind.String() != words[i] {
			t.Errorf("%s is %s", table.file, table.kind)
		}
	}
	last := map[string]int{} // by the letters of a key
	number := regexp.MustCompile(`^([EGDXTP]|FB|NM|CT|CH|CV)0*([0-9]+)$`)
	for _, e := range evidence.All() {
		m := number.FindStringSubmatch(e.Key)
		if (m == nil) != (e.Kind == evidence.KindReference) {
			t.Fatalf("%s is of kind %s", e.Key, e.Kind)
		}
		if m == nil {
			continue
		}
		if n, _ := strconv.Atoi(m[2]); n != last[m[1]]+1 {
			t.Errorf("%s after number %d", e.Key, last[m[1]])
		}
		last[m[1]]++
	}
}

// TestFieldsOfKinds: dates, addresses and checks stand where a kind has them and
// nowhere else. Catches a field that is copied from the wrong column.
func TestFieldsOfKinds(t *testing.T) {
	for _, e := range evidence.All() {
		coded := e.Kind < evidence.KindTarget
		dated := coded && e.Kind != evidence.KindCovert && e.Kind != evidence.KindChannel // of which one has no date
		if dated && e.Date == "" || !dated && e.Date != "" && e.Kind != evidence.KindChannel || coded != (e.Checked != "") {
			t.Errorf("%s: date %q, checked %q", e.Key, e.Date, e.Checked)
		}
		if e.Address != "" && e.Kind > evidence.KindTarget {
			t.Errorf("%s has the address %s", e.Key, e.Address)
		}
		if e.Address == "" && e.Kind != evidence.KindEvent && e.Kind <= evidence.KindTarget &&
			(e.Kind < evidence.KindBelief || e.Kind == evidence.KindTarget || e.Checked != evidence.Memory) {
			t.Errorf("%s has no source", e.Key)
		}
	}
}

// TestTargetNumbers: values and ranges are those of the table; an empty upper bound
// is none. Catches a high of 0 where there is no high.
func TestTargetNumbers(t *testing.T) {
	header, lines := rows(t, "targets.csv")
	column := func(line []string, name string) string { return line[slices.Index(header, name)] }
	for i, x := range evidence.Targets() {
		line := lines[i]
		for name, have := range map[string]float64{"value": x.Value, "low": x.Low, "n": float64(x.N), "from": float64(x.From),
			"to": float64(x.To)} {
			if want, err := strconv.ParseFloat(column(line, name), 64); err != nil || have != want {
				t.Errorf("%s %s: %v, want %v, %v", x.ID, name, have, want, err)
			}
		}
		if x.HasHigh != (column(line, "high") != "") || !x.HasHigh && x.High != 0 {
			t.Errorf("%s: high %v, %v", x.ID, x.High, x.HasHigh)
		}
		if x.Note != column(line, "note") || x.Unit != column(line, "unit") || x.Use != column(line, "use") {
			t.Errorf("%+v", x)
		}
	}
}

// TestSharesOfCounts: where a note says so many of so many, the value is that share
// and the number of cases is that count. Catches a table whose parts contradict.
func TestSharesOfCounts(t *testing.T) {
	fraction := regexp.MustCompile(`^([0-9]+) of ([0-9]+)\b`)
	seen := 0
	for _, x := range evidence.Targets() {
		m := fraction.FindStringSubmatch(x.Note)
		if m == nil || x.Unit != "–" || x.Use == "P" {
			continue
		}
		a, _ := strconv.ParseFloat(m[1], 64)
		b, _ := strconv.ParseFloat(m[2], 64)
		if d := a/b - x.Value; d > 0.006 || d < -0.006 {
			t.Errorf("%s: %v, but the note says %s", x.ID, x.Value, m[0])
		}
		if float64(x.N) != b {
			t.Errorf("%s: %d cases, but the note says %s", x.ID, x.N, m[0])
		}
		seen++
	}
	if seen < 6 {
		t.Errorf("only %d notes with a count", seen)
	}
}

// TestMissingDays: days that nobody coded are −1, never 0, which means the same day.
// Catches a penalty that appears where the cell is empty.
func TestMissingDays(t *testing.T) {
	header, lines := rows(t, "accusations.csv")
	penalty, counter := slices.Index(header, "penalty_days"), slices.Index(header, "counter_report_days")
	for i, a := range evidence.Shipped().Accusations {
		for _, c := range []struct {
			have float64
			text string
		}{{a.PenaltyDays, lines[i][penalty]}, {a.CounterDays, lines[i][counter]}} {
			want, err := strconv.ParseFloat(c.text, 64)
			if c.text == "" {
				want, err = -1, nil
			}
			if err != nil || c.have != want {
				t.Errorf("%s: %v for %q", a.ID, c.have, c.text)
			}
		}
		if a.EuropeanBloc != (a.States == 27) {
			t.Errorf("%s: %d states, bloc %v", a.ID, a.States, a.EuropeanBloc)
		}
	}
}
