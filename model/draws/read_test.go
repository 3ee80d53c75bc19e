package draws

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
)

// tiny is a table of one outcome, two draws and two contrasts, with names that need quotation marks:
// three numbers (missteps in two arms, common cases) and their six products.
func tiny() *Table {
	t := &Table{Numbers: []string{"choice.rationality", `prices."Åland, North"@2026-01-01.price`}, Baseline: `no "talks"`,
		Treatments: []string{"talks, line", "Gespräche – 会谈"}, Joint: outcome.JointOf([]int{outcome.Index("missteps")})}
	for i := range 4 {
		t.Rows = append(t.Rows, Row{Draw: i / 2, Treatment: t.Treatments[i%2], Theta: []float64{0.1 * float64(1+i/2), 1e-30},
			Sums: experiment.JointMoments{N: 3, Sum: []float64{2, 1, 30}, Sq: []float64{2, 1, 20, 1, 10, 302}}})
	}
	return t
}

const tinyCSV = `draw,baseline,treatment,replicates,choice.rationality,"prices.""Åland, North""@2026-01-01.price",` +
	`missteps_baseline,missteps_treatment,common_cases,missteps_baseline*missteps_baseline,` +
	`missteps_baseline*missteps_treatment,missteps_baseline*common_cases,missteps_treatment*missteps_treatment,` +
	`missteps_treatment*common_cases,common_cases*common_cases
0,"no ""talks""","talks, line",3,0.1,1e-30,2,1,30,2,1,20,1,10,302
0,"no ""talks""",Gespräche – 会谈,3,0.1,1e-30,2,1,30,2,1,20,1,10,302
1,"no ""talks""","talks, line",3,0.2,1e-30,2,1,30,2,1,20,1,10,302
1,"no ""talks""",Gespräche – 会谈,3,0.2,1e-30,2,1,30,2,1,20,1,10,302
`

// TestTheFileAsItIs: how the columns are called, and that names with commas, quotation marks and
// letters of any script come back.
func TestTheFileAsItIs(t *testing.T) {
	if have := string(tiny().CSV()); have != tinyCSV {
		t.Errorf("have\n%s\nwant\n%s", have, tinyCSV)
	}
	for _, text := range []string{tinyCSV, "\ufeff" + strings.ReplaceAll(tinyCSV, "\n", "\r\n")} {
		have, err := Read("draws.csv", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tiny(), have, cmpopts.IgnoreUnexported(outcome.Joint{})); diff != "" {
			t.Error(diff)
		}
	}
}

// TestNoFormulas: names that a spreadsheet would take for formulas are written harmless and come back.
func TestNoFormulas(t *testing.T) {
	want := tiny()
	want.Baseline, want.Treatments = "-late", []string{"+talks", "'Ndrangheta"}
	for i := range want.Rows {
		want.Rows[i].Treatment = want.Treatments[i%2]
	}
	data := want.CSV()
	if !strings.Contains(string(data), "\n0,'-late,'+talks,3,") || !strings.Contains(string(data), ",'Ndrangheta,") {
		t.Errorf("%s", data)
	}
	have, err := Read("draws.csv", data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have, cmpopts.IgnoreUnexported(outcome.Joint{})); diff != "" {
		t.Error(diff)
	}
}

// TestMistakes: each has its place and says what to do or what was due.
func TestMistakes(t *testing.T) {
	lines := strings.SplitAfter(tinyCSV, "\n")
	for name, c := range map[string]struct{ old, new, want string }{
		"empty":           {tinyCSV, "", "draws.csv:1:1: is empty; its first line names the columns: draw,baseline,"},
		"no rows":         {strings.Join(lines[1:], ""), "", "draws.csv: holds no draw"},
		"another column":  {"draw,baseline", "draw,base", `draws.csv:1:6: column 2 is "base", not "baseline"`},
		"another product": {"missteps_baseline*common_cases", "x", `column 12 is "x", not "missteps_baseline*common_cases"`},
		"a column less":   {",common_cases*common_cases\n", "\n", `the column "common_cases*common_cases" is missing`},
		"a column twice":  {"choice.rationality", "draw", `draws.csv:1:1: two columns are called "draw"`},
		"an unknown one": {"missteps_baseline", "mistakes_baseline",
			`draws.csv:1:1: column 10 is "missteps_baseline*missteps_baseline", a product of numbers that no outcome`},
		"a cell less":      {",302\n0,", "\n0,", "draws.csv:2:1: 14 cells for 15 columns"},
		"no number":        {"0.1,1e-30", "a tenth,1e-30", `draws.csv:2:34: choice.rationality: "a tenth" is no number`},
		"no finite one":    {"0.1,1e-30", "inf,1e-30", `draws.csv:2:34: choice.rationality: "inf" is no number`},
		"nothing":          {"0.1,1e-30", ",1e-30", "draws.csv:2:34: choice.rationality: is empty"},
		"half a draw":      {"0,", "0.5,", `draws.csv:2:1: draw: "0.5" is no whole number`},
		"no replicates":    {`line",3`, `line",0`, "draws.csv:2:32: replicates: 0 is no number of futures"},
		"half a replicate": {`line",3`, `line",2.5`, "draws.csv:2:32: replicates: 2.5 is no number of futures"},
		"fewer replicates": {lines[4], strings.Replace(lines[4], ",3,", ",4,", 1),
			"draws.csv:5:33: replicates: 4, and 3 above"},
		"other numbers": {lines[4], strings.Replace(lines[4], "0.2", "0.3", 1), "draws.csv:5:1: draw: 1 has other numbers"},
		"draws in disorder": {lines[1] + lines[2] + lines[3], lines[3] + lines[1] + lines[2],
			"draws.csv:2:1: draw: 1 where draw 0 is due"},
		"a row that is cut off": {lines[4], "", "draws.csv:4:1: draw: the last draw has fewer than 2 rows"},
		"one contrast twice":    {lines[2], lines[1], `draws.csv:3:18: treatment: "talks, line" stands twice in a draw`},
		"another contrast": {lines[4], strings.Replace(lines[4], "会谈", "谈", 1),
			`draws.csv:5:18: treatment: "Gespräche – 谈" where`},
		"another baseline": {lines[4], strings.Replace(lines[4], "no ", "", 1),
			`draws.csv:5:3: baseline: "\"talks\"", and "no \"talks\""`},
		"sums without a contrast": {lines[1] + lines[2] + lines[3] + lines[4], `0,a,,3,1,1,2,1,30,2,1,20,1,10,302`,
			`draws.csv:2:5: treatment: "": a run of one arm alone has neither`},
		"a negative square": {"30,2,1,20", "30,-2,1,20", "missteps_baseline*missteps_baseline: -2 is too small"},
		"a small square":    {",302\n0", ",299\n0", "draws.csv:2:63: common_cases*common_cases: 299 is too small"},
		"a large product":   {"1,20,1,10", "1,25,1,10", "draws.csv:2:55: missteps_baseline*common_cases: 25 is too large"},
		"a line break":      {"Gespräche – 会谈", "\"Gespräche\n\"", "holds a line break"},
		"not UTF-8":         {"Gespräche", "Gespr\xe4che", "is not UTF-8"},
	} {
		text := strings.Replace(tinyCSV, c.old, c.new, 1)
		if text == tinyCSV {
			t.Errorf("%s: nothing is changed", name)
		}
		if have, err := Read("draws.csv", []byte(text)); err == nil || have != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestAllMistakesAtOnce: two lines, two mistakes.
func TestAllMistakesAtOnce(t *testing.T) {
	_, err := Read("draws.csv", []byte(strings.Replace(strings.Replace(tinyCSV, "0.1", "a", 1), "0.2", "b", 1)))
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Error(err)
	}
}

// FuzzRead: what is read is written again as it was meant, and nothing makes it panic.
func FuzzRead(f *testing.F) {
	f.Add([]byte(tinyCSV))
	f.Add([]byte("draw,baseline,treatment,replicates\n0,a,,5\n1,a,,5\n"))
	f.Add([]byte(strings.Replace(tinyCSV, "1e-30", "-0", 1)))
	f.Add([]byte("draw,baseline,treatment,replicates,cases_baseline,cases_treatment\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		have, err := Read("draws.csv", data)
		if err != nil {
			return
		}
		again, err := Read("draws.csv", have.CSV())
		if err != nil {
			t.Fatalf("%v\n%q", err, have.CSV())
		}
		if diff := cmp.Diff(have, again, cmpopts.IgnoreUnexported(outcome.Joint{})); diff != "" {
			t.Errorf("%q: %s", data, diff)
		}
		if lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll(); err == nil && len(lines) != len(have.Rows)+1 {
			t.Errorf("%d lines, %d rows", len(lines), len(have.Rows))
		}
		for i := range have.Rows {
			have.Draw(&have.Rows[i], make(Weights, len(have.Joint.Outcomes)))
		}
	})
}
