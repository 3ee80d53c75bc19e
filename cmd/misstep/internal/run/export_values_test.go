package run

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// TestMeasuresColumns: every number of every measure stands in the column of its name.
// Catches two columns that are swapped, or one that is left out.
func TestMeasuresColumns(t *testing.T) {
	s := summaryOfSmall(t)
	head, rows := clitest.ParsedCSV(t, answer.Table(s))
	n := 0
	for _, c := range s.Contrasts {
		for _, m := range c.Measures {
			want := map[string]string{"baseline": c.Baseline, "treatment": c.Treatment, "outcome": m.ID, "label": m.Label,
				"unit":     m.Unit,
				"goodness": strconv.Itoa(m.Goodness), "paired": strconv.FormatBool(m.Paired), "verdict": string(m.Verdict),
			}
			want["delta"] = ""
			var shares [3]summary.Share
			if m.Shares != nil {
				want["delta"] = say.Exact(m.Shares.Delta)
				shares = [3]summary.Share{m.Shares.Worse, m.Shares.Within, m.Shares.Better}
			}
			for k, name := range [3]string{"worse", "within", "better"} {
				want[name], want[name+"_low"], want[name+"_high"] = "", "", ""
				if m.Shares != nil {
					want[name], want[name+"_low"], want[name+"_high"] = say.Exact(shares[k].Value), say.Exact(shares[k].Low),
						say.Exact(shares[k].High)
				}
			}
			for part, e := range map[string]summary.Estimate{"baseline": m.Baseline, "treatment": m.Treatment,
				"difference": m.Difference, "ratio": m.Ratio} {
				want[part+"_value"], want[part+"_mc"], want[part+"_low"], want[part+"_high"] = say.Exact(e.Value), say.Exact(e.MC),
					"", ""
				if e.Resolved {
					want[part+"_low"], want[part+"_high"] = say.Exact(e.Low), say.Exact(e.High)
				}
			}
			if len(want) != len(head) {
				t.Fatalf("%d columns, %d known", len(head), len(want))
			}
			for name, text := range want {
				if i, ok := head[name]; !ok || rows[n][i] != text {
					t.Errorf("%s of %s: %q", name, m.ID, rows[n])
				}
			}
			n++
		}
	}
	if n != len(rows) || n < 20 {
		t.Errorf("%d rows for %d measures", len(rows), n)
	}
}

// TestExact: a number survives its text, to the bit. Catches a format with digits.
func TestExact(t *testing.T) {
	for _, x := range []float64{0, 1, -1, .1, 1.0 / 3, 1e-300, 5e-324, math.MaxFloat64, 123456789.123456789,
		math.Copysign(0, -1), math.Inf(1)} {
		if back, err := strconv.ParseFloat(say.Exact(x), 64); err != nil || math.Float64bits(back) != math.Float64bits(x) {
			t.Errorf("%v is written %s", x, say.Exact(x))
		}
	}
}

// TestResultFiles: three files, in order, none of them a figure; nothing is null but the
// ends of intervals that are not resolved.
// Catches a result that a later run may redraw.
func TestResultFiles(t *testing.T) {
	s := summaryOfSmall(t, "without")
	ends := strings.NewReplacer(`"low": null`, "", `"high": null`, "")
	var names []string
	for _, f := range resultFiles(s) {
		names = append(names, f.Name)
		if f.Figure || f.Bytes != len(f.Data) || strings.Contains(ends.Replace(string(f.Data)), "null") {
			t.Errorf("%s: %v", f.Name, f.Figure)
		}
	}
	if have := strings.Join(names, " "); have != "summary.json summary.csv curves.csv groups.csv" {
		t.Error(have)
	}
}

// TestNumbersJSONCannotHold: they are a mistake of ours and stop the run. Catches a
// result with a hole where the number was.
func TestNumbersJSONCannotHold(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1)} {
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, "results: json: unsupported value") {
					t.Errorf("%v: %s", x, p)
				}
			}()
			say.JSON(map[string]float64{"x": x})
		}()
	}
}
