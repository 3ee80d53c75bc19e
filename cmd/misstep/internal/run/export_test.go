package run

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// TestMeasuresCSVOneArm: without a contrast there is the header alone.
func TestMeasuresCSVOneArm(t *testing.T) {
	if head, rows := clitest.ParsedCSV(t, answer.Table(&summary.Summary{})); len(rows) != 0 || len(head) != 34 {
		t.Errorf("%d columns, %d rows", len(head), len(rows))
	}
}

// TestCurvesCSV: a row for each point, and nothing else.
func TestCurvesCSV(t *testing.T) {
	s := summaryOfSmall(t)
	head, rows := clitest.ParsedCSV(t, curvesTable(s))
	n := 0
	for _, a := range s.Arms {
		for _, c := range a.Curves {
			for i := range c.Days {
				row := rows[n]
				n++
				for name, want := range map[string]string{"arm": a.Name, "class": c.Class, "cause": c.Cause,
					"days": say.Exact(c.Days[i]), "value": say.Exact(c.Value[i]), "mc_low": say.Exact(c.MCLow[i]),
					"mc_high": say.Exact(c.MCHigh[i]), "low": say.Exact(c.Low[i]), "high": say.Exact(c.High[i])} {
					if row[head[name]] != want {
						t.Errorf("%s is not %s: %v", name, want, row)
					}
				}
			}
		}
	}
	if len(rows) != n || n == 0 {
		t.Errorf("%d rows for %d points", len(rows), n)
	}
}

// TestCurvesCSVOfOneReplicate: what one replicate a draw does not tell is empty, and null in a summary that conforms.
func TestCurvesCSVOfOneReplicate(t *testing.T) {
	j := Small(t)
	j.Plan.Replicates = 1
	sums, err := experiment.Run(t.Context(), j.Plan, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := complete(summary.Of(sums))
	head, rows := clitest.ParsedCSV(t, curvesTable(s))
	for _, name := range []string{"mc_low", "mc_high", "low", "high"} {
		if cell := rows[0][head[name]]; cell != "" {
			t.Errorf("%s is %s", name, cell)
		}
	}
	if err := clitest.Conforms(t, SummarySchema, say.JSON(s)); err != nil {
		t.Error(err)
	}
}

// TestSummaryRoundTrip: what is read back is what was written, of a warning its sentences.
func TestSummaryRoundTrip(t *testing.T) {
	want := complete(summaryOfSmall(t))
	for i, w := range want.Warnings {
		want.Warnings[i] = summary.Warning{ID: w.ID, What: w.What, Why: w.Why, Do: w.Do}
	}
	var got summary.Summary
	if err := json.Unmarshal(say.JSON(want), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Error(diff)
	}
	if !bytes.Equal(say.JSON(want), say.JSON(&got)) {
		t.Error("bytes differ")
	}
}

// TestResultsAreNamed: names with quotes, commas and angles survive.
func TestResultsAreNamed(t *testing.T) {
	s := small.Invented()
	s.Contrasts[0].Treatment = `a, "b" <c> & d`
	head, rows := clitest.ParsedCSV(t, answer.Table(s))
	if rows[0][head["treatment"]] != `a, "b" <c> & d` {
		t.Errorf("%v", rows[0])
	}
	if !strings.Contains(string(say.JSON(s)), `a, \"b\" <c> & d`) {
		t.Error("JSON escapes what a reader could read")
	}
}
