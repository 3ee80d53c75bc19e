package compare

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

func pageOf(t *testing.T, c *comparison) string {
	t.Helper()
	text, err := c.page("what it shows [1]")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestComparePage: every table of the page is one that Markdown reads: as many cells in
// a row as in its head. Catches a name that breaks out of its cell.
func TestComparePage(t *testing.T) {
	c := inventedRuns(3, func(_ int, m *runfolder.Manifest, s *summary.Summary) {
		m.Inputs.Scenario, m.Inputs.SHA256 = "a|b\n```\n````\nx\n", "2"
		m.Parameters[0].Value, m.Parameters[0].Source = "1 | 2", "a | *source* <b>"
		s.Contrasts[0].Measure("missteps").Label = "miss|steps"
	})
	c.Runs[0].Title = "A *bold* | title <script>"
	c.inputs.Picture = "compare.svg"
	lines := strings.Split(pageOf(t, c), "\n")
	cells := func(row string) int { return strings.Count(strings.ReplaceAll(row, `\|`, ""), "|") }
	head, fence, tables := 0, "", 0
	for i, l := range lines {
		switch {
		case fence != "":
			if l == fence {
				fence = ""
			}
			continue
		case strings.HasPrefix(l, "```"):
			fence = strings.TrimSuffix(l, "diff")
			continue
		case !strings.HasPrefix(l, "|"):
			head = 0
			continue
		case head == 0:
			head = cells(l)
			tables++
			if !strings.HasPrefix(lines[i+1], "| ---") || i > 0 && lines[i-1] != "" {
				t.Errorf("%q is no head of a table", l)
			}
		}
		if cells(l) != head {
			t.Errorf("%d cells, want %d: %q", cells(l), head, l)
		}
		if strings.Contains(l, "<") {
			t.Errorf("%q is not escaped", l)
		}
	}
	if fence != "" || tables != 1+2*(1+3) {
		t.Errorf("%d tables, an open fence %q", tables, fence)
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{`# A \*bold\* \| title &lt;script&gt;`, `![what it shows \[1\]](compare.svg)`,
		"`````diff", "## C against A", "### B: with-forum less without-forum",
		"### C: Levels in arm with-forum", "| A | s-0000000 |", "Unpaired: intervals of two separate runs."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(text, "runs/") {
		t.Error("the page names a folder")
	}
}

// TestComparePageWithoutDifferences: no empty table.
func TestComparePageWithoutDifferences(t *testing.T) {
	text := pageOf(t, inventedRuns(2, nothing))
	if !strings.Contains(text, "B and A have the same inputs and other results") || strings.Contains(text, "| input |") ||
		strings.Contains(text, "![") || strings.Contains(text, "```") {
		t.Error(text)
	}
}

// TestCompareCSV: a row for every quantity of every outcome of every run, exact numbers,
// and no parameter interval that nobody computed.
func TestCompareCSV(t *testing.T) {
	c := inventedRuns(3, func(k int, _ *runfolder.Manifest, s *summary.Summary) {
		s.Contrasts[0].Measure("missteps").Difference.Value += float64(k) / 3
		s.Contrasts[0].CommonCases = float64(k - 1)
	})
	for _, paired := range []bool{false, true} {
		c.inputs.Paired, c.Method = paired, map[bool]string{true: "paired", false: "unpaired"}[paired]
		head, rows := clitest.ParsedCSV(t, c.csv())
		n := 0
		for _, v := range c.Others {
			for _, k := range v.Contrasts {
				for _, x := range k.Changes {
					row := rows[n]
					n++
					at := func(name string) string { return row[head[name]] }
					if at("run") != v.run.Name || at("outcome") != x.Measure || at("quantity") != string(x.Quantity) ||
						at("verdict") != string(x.Verdict) || at("method") != c.Method {
						t.Fatalf("%v", row)
					}
					want := [3]string{say.Exact(x.Change.Value), say.Exact(x.Change.MC), ""}
					if x.Change.Resolved {
						want[2] = say.Exact(x.Change.Low)
					}
					if !x.Defined {
						want = [3]string{}
					}
					if got := [3]string{at("change"), at("change_half_width"), at("change_low")}; got != want {
						t.Errorf("%s %s: %v, want %v", x.Measure, x.Quantity, got, want)
					}
					if at("reference_value") != say.Exact(x.Reference.Value) ||
						at("run_high") != say.Cells(x.Other)[3] {
						t.Errorf("%v", row)
					}
				}
			}
		}
		if n != len(rows) || n < 60 {
			t.Errorf("%d rows, %d changes", len(rows), n)
		}
	}
}

// TestCompareFigureInput: the changes of the difference between the arms, scaled as on
// the screen; a run without an outcome has none.
func TestCompareFigureInput(t *testing.T) {
	c := inventedRuns(3, func(k int, _ *runfolder.Manifest, s *summary.Summary) {
		if k == 2 {
			s.Contrasts[0].Measure("missed").Unit = "another"
		}
		s.Contrasts[0].Measure("any_misstep").Difference.Value += .25
	})
	in := c.figureInput()
	if in.Reference != "A" || strings.Join(in.Runs, "") != "BC" || in.Paired || len(in.Rows) != len(c.measures()) {
		t.Errorf("%+v", in)
	}
	found := 0
	for _, r := range in.Rows {
		switch r.Label {
		case "missed responses":
			found++
			if !r.Changes[0].Known || r.Changes[1].Known {
				t.Errorf("%+v", r)
			}
		case "futures with a misstep":
			found++
			if d := r.Changes[1].Estimate.Value; d < 24.999 || d > 25.001 || r.Unit != "of 100 futures" {
				t.Errorf("%+v", r)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d of 2 rows found", found)
	}
	for calibrated, want := range map[int]string{0: "not calibrated: rests on assumptions", 1: "1 of 3 runs calibrated",
		3: "calibrated"} {
		for i, r := range c.Runs {
			r.Summary.Headline.Calibrated = i < calibrated
		}
		if got := c.standing(); got != want {
			t.Errorf("%d: %s", calibrated, got)
		}
	}
}

func TestPictureName(t *testing.T) {
	for want, formats := range map[string][]string{"compare.svg": {"png", "svg"}, "compare.png": {"pdf", "png"},
		"": {"pdf"}} {
		if got := pictureName(formats); got != want {
			t.Errorf("%v: %q", formats, got)
		}
	}
	if pictureName(nil) != "compare.svg" {
		t.Error("all formats have no picture")
	}
}
