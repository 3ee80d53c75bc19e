package compare

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// inventedRuns are a comparison of so many runs, of which change makes the other ones
// differ from the first.
func inventedRuns(n int, change func(k int, m *runfolder.Manifest, s *summary.Summary)) *comparison {
	c := &comparison{}
	for k := range n {
		m, _ := twoManifests(func(*runfolder.Manifest) {})
		s := small.Invented()
		s.Run.Draws, s.Run.Replicates, s.Run.Free, s.Run.HorizonDays = 3, 4, 2, 1826.25
		if k > 0 {
			change(k, m, s)
		}
		m.Hash = fmt.Sprintf("%07d", k)
		c.Runs = append(c.Runs, comparedAs(&run.Stored{Dir: fmt.Sprint("runs/s-", k), Manifest: m, Summary: s,
			Results: fmt.Sprint(k)}, string(rune('A'+k))))
	}
	c.hold(false)
	if err := c.compute(context.Background(), nil); err != nil {
		panic(err)
	}
	return c
}

func nothing(int, *runfolder.Manifest, *summary.Summary) {}

func tooWide(lines []string, width int) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return utf8.RuneCountInString(s) <= width })
}

// TestScreenTableByHand: levels, change, error and mark stand as they are known.
func TestScreenTableByHand(t *testing.T) {
	c := inventedRuns(2, func(_ int, _ *runfolder.Manifest, s *summary.Summary) {
		m := s.Contrasts[0].Measure("missteps")
		m.Difference = summary.Estimate{Value: 1, MC: .03, Low: 1, High: 1}
		m = s.Contrasts[0].Measure("missed")
		m.Difference.Value += .01
	})
	a := c.Runs[0].Summary.Contrasts[0].Measure("missteps").Difference
	// 3 draws: the unresolved spread counts with (2/2)^¼
	half := math.Sqrt(a.MC*a.MC + .03*.03*(1+1) + (a.High-a.Low)*(a.High-a.Low)/12)
	lines := c.screenTable(summary.OfDifference, c.rows(c.measures()))
	if f := strings.Fields(lines[0]); !slices.Equal(f, []string{"A", "B", "B", "−", "A"}) {
		t.Errorf("the head is %q", lines[0])
	}
	if want := " " + "of 100 cases discovered in both arms"; lines[1] != want {
		t.Errorf("%q, want %q", lines[1], want)
	}
	want := []string{"missteps", say.Signed(a.Value, 2), "±" + say.Number(a.MC, 2), "+1.00", "±0.03",
		say.Signed(1-a.Value, 2), "±" + say.Number(half, 2), "≠"}
	if got := strings.Fields(lines[2]); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, l := range lines {
		if strings.HasPrefix(l, "   missed responses") && !strings.HasSuffix(l, "~") {
			t.Errorf("%q", l)
		}
	}
}

// TestScreenTableColumns: one column a run, in as many tables as the width takes; none
// is left out and none stands twice.
func TestScreenTableColumns(t *testing.T) {
	for _, n := range []int{2, 3, 4, 7, 26} {
		c := inventedRuns(n, func(k int, _ *runfolder.Manifest, s *summary.Summary) {
			s.Contrasts[0].Measure("missteps").Difference.Value += float64(k)
		})
		lines := c.screenTable(summary.OfDifference, c.rows(c.measures()))
		if wide := tooWide(lines, say.Width); len(wide) > 0 {
			t.Errorf("%d runs: %q", n, wide)
		}
		var got, want []string
		for _, l := range lines {
			if f := strings.Fields(l); len(f) > 3 && f[0] == "A" {
				for i := range f {
					if f[i] == "−" {
						got = append(got, f[i-1])
					}
				}
			}
		}
		for _, r := range c.Runs[1:] {
			want = append(want, r.Letter)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d runs: %s", n, diff)
		}
	}
}

// TestTableIsRectangular: a row has a cell for every column of the head, whatever is
// compared, how, and with how many runs.
func TestTableIsRectangular(t *testing.T) {
	for n := 2; n <= 5; n++ {
		c := inventedRuns(n, nothing)
		for _, c.inputs.Paired = range []bool{false, true} {
			columns := c.columns(c.Others, n == 2, false)
			rows, how := c.table(summary.OfDifference, c.rows(c.measures()), columns)
			for _, r := range rows {
				if len(r) != len(how) || len(r) != len(rows[0]) {
					t.Fatalf("%d runs, paired %v: %q in columns %s", n, c.inputs.Paired, r, how)
				}
			}
			if head := strings.Join(rows[0], "|"); strings.Contains(head, "[parameters]") != (c.inputs.Paired && n == 2) {
				t.Errorf("%d runs, paired %v: %s", n, c.inputs.Paired, head)
			}
		}
	}
}

// TestChangeDigits: an error of a change shows its first digit, three at most, and all
// runs have the digits of the finest.
func TestChangeDigits(t *testing.T) {
	c := inventedRuns(3, nothing)
	l := c.row("missed", 1)
	for half, want := range map[float64]string{.3: "+0.2 ±0.3", .03: "+0.20 ±0.03", .004: "+0.200 ±0.004",
		.00004: "+0.200 ±0.000"} {
		for k, v := range c.Others {
			x := v.change("missed", summary.OfBaseline)
			x.Change = summary.Estimate{Value: .2, MC: .3}
			if k == 1 {
				x.Change.MC = half
			}
		}
		s := c.scale(l, summary.OfBaseline)
		if got := s.Change(c.Others[1].change("missed", summary.OfBaseline).Change); got != want {
			t.Errorf("%v: %q, want %q", half, got, want)
		}
		if first := s.Change(c.Others[0].change("missed", summary.OfBaseline).Change); len(first) != len(want) {
			t.Errorf("%q beside %q", first, want)
		}
	}
}

// TestScreenTableWidth: no number, label or verdict makes a line too wide.
func TestScreenTableWidth(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 60 {
		size := math.Pow(10, float64(rng.IntN(24)-6))
		random := func() summary.Estimate {
			x, w := size*rng.NormFloat64(), size*rng.Float64()
			return summary.Estimate{Value: x, MC: w / 3, Low: x - w, High: x + w, Resolved: w > 0}
		}
		c := inventedRuns(2+rng.IntN(4), func(_ int, _ *runfolder.Manifest, s *summary.Summary) {
			for i := range s.Contrasts[0].Measures {
				m := &s.Contrasts[0].Measures[i]
				m.Baseline, m.Treatment, m.Difference = random(), random(), random()
			}
		})
		if c.inputs.Paired = rng.IntN(2) == 0; c.inputs.Paired {
			for _, v := range c.Others {
				for i := range v.Contrasts[0].Changes {
					v.Contrasts[0].Changes[i].Change = random()
				}
			}
		}
		for _, q := range summary.Quantities() {
			lines := c.screenTable(q, c.rows(c.measures()))
			if wide := tooWide(lines, say.Width); len(wide) > 0 {
				t.Fatalf("%d runs, paired %v: %q", len(c.Runs), c.inputs.Paired, wide)
			}
		}
	}
}

// TestChangeLinesHoldEveryOutcomeOnce: also those that the sections do not know.
func TestChangeLinesHoldEveryOutcomeOnce(t *testing.T) {
	c := inventedRuns(2, nothing)
	for _, r := range c.Runs {
		r.Summary.Contrasts[0].Measures = append(r.Summary.Contrasts[0].Measures,
			summary.Measure{ID: "novel", Label: "a novel outcome", Unit: "per future"})
	}
	_ = c.compute(t.Context(), nil)
	var ids []string
	heading := ""
	for _, l := range c.rows(c.measures()) {
		if l.id == "" {
			heading = l.label
			continue
		}
		ids = append(ids, l.id)
		if l.id == "novel" && (heading != "other outcomes" || l.label != "a novel outcome") {
			t.Errorf("%+v below %q", l, heading)
		}
	}
	want := c.measures()
	slices.Sort(ids)
	slices.Sort(want)
	if diff := cmp.Diff(want, ids); diff != "" || len(ids) != 9 {
		t.Error(diff)
	}
	if l := c.rows([]string{"missed"}); len(l) != 2 || l[0].id != "" || l[1].id != "missed" {
		t.Errorf("%+v", l)
	}
}

// TestUndefinedIsNoZero: what one run has no denominator for is a dash.
func TestUndefinedIsNoZero(t *testing.T) {
	c := inventedRuns(2, func(_ int, _ *runfolder.Manifest, s *summary.Summary) { s.Contrasts[0].CommonCases = 0 })
	c.inputs.Paired = true
	cells, _ := c.table(summary.OfDifference, []row{c.row("missteps", 1)}, c.columns(c.Others, true, false))
	if got := cells[1][3:]; !slices.Equal(got, []string{"–", "", ""}) {
		t.Errorf("%q", got)
	}
}

// TestRowUnits: probabilities are of 100 futures, rare ones of a million, all others as
// they are; a level that is not zero is not written as zero; a mark for each verdict.
func TestRowUnits(t *testing.T) {
	for _, k := range []struct {
		id    string
		level float64
		want  float64
		unit  string
	}{{"any_misstep", .4, 100, "of 100 futures"}, {"any_misstep", .0011, 100, "of 100 futures"},
		{"any_misstep", .0009, 1e6, "of a million futures"}, {"any_misstep", 0, 100, "of 100 futures"},
		{"missteps", .0001, 1, "per 100 cases"}} {
		c := inventedRuns(2, nothing)
		for _, q := range []summary.Quantity{summary.OfBaseline, summary.OfTreatment} {
			x := c.Others[0].change(k.id, q)
			x.Reference.Value, x.Other.Value = 0, k.level
		}
		if r := c.row(k.id, 1); r.factor != k.want || r.unit != k.unit {
			t.Errorf("%s at %v: %+v", k.id, k.level, r)
		}
	}
	c := inventedRuns(2, func(_ int, _ *runfolder.Manifest, s *summary.Summary) {
		s.Contrasts[0].Measure("missteps").Baseline = summary.Estimate{Value: .0021}
	})
	x := c.anyChange("missteps", summary.OfBaseline)
	if got := c.scale(c.row("missteps", 2), summary.OfBaseline).Level(x.Other); !strings.HasPrefix(got, "0.002 ") {
		t.Errorf("%q", got)
	}
	for v, want := range map[summary.Verdict]string{summary.Differs: "≠", summary.Unclear: "~", summary.Same: "=",
		summary.Unknown: "?"} {
		if x.Verdict, x.Defined = v, true; mark(screen.Scale{}, x) != want {
			t.Errorf("%s: %s", v, mark(screen.Scale{}, x))
		}
	}
}
