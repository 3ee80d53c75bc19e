package figure

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// one draws the named figure of a run.
func one(name string, s *summary.Summary, h *History, o Options) ([]File, error) {
	f, err := One(name, s, h)
	if err != nil {
		return nil, err
	}
	return f.Draw(o)
}

// altOf is the text that stands for the named figure of a run.
func altOf(name string, s *summary.Summary, h *History) (string, error) {
	f, err := One(name, s, h)
	return f.Alt, err
}

// drawn are the texts of a figure and the rows of its CSV, by column.
func drawn(t *testing.T, name string, s *summary.Summary, h *History) (texts []string, rows []map[string]string) {
	t.Helper()
	files, err := one(name, s, h, Options{Formats: []string{"svg"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range play(t, name, s, h).texts() {
		texts = append(texts, a.s)
	}
	cells, err := csv.NewReader(bytes.NewReader(files[1].Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cells[1:] {
		row := map[string]string{}
		for i, h := range cells[0] {
			row[h] = c[i]
		}
		rows = append(rows, row)
	}
	return texts, rows
}

func num(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func says(t *testing.T, texts []string, want string) {
	t.Helper()
	if want = surface.Printable(want); !slices.Contains(texts, want) {
		t.Errorf("the figure does not say %q; it says %q", want, texts)
	}
}

func silent(t *testing.T, texts []string, part string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(s, part) {
			t.Errorf("the figure says %q", s)
		}
	}
}

// TestEscalationNumbers holds the CSV to the summary, and the labels at the end of
// the lines to the CSV.
func TestEscalationNumbers(t *testing.T) {
	s := realistic()
	texts, rows := drawn(t, "escalation", s, nil)
	c := curveOf(&s.Arms[1], "R7", "any")
	n := 0
	last := map[string]float64{}
	for _, r := range rows {
		if r["class"] == "R8" || r["day"] == "0" || r["class"] == "difference" {
			continue
		}
		last[r["class"]+r["cause"]+r["arm"]] = num(t, r["probability"])
		if r["class"] != "R7" || r["arm"] != "with-forum" {
			continue
		}
		for column, want := range map[string]float64{"day": c.Days[n], "probability": c.Value[n], "mc_low": c.MCLow[n],
			"mc_high": c.MCHigh[n], "parameter_low": c.Low[n], "parameter_high": c.High[n]} {
			if got := num(t, r[column]); got != want {
				t.Fatalf("%s of point %d is %v, want %v", column, n, got, want)
			}
		}
		n++
	}
	if n != len(c.Days) || len(last) != 6 {
		t.Errorf("%d points of %d, %d lines of 6", n, len(c.Days), len(last))
	}
	for _, v := range last {
		says(t, texts, chart.Chance(v))
	}
	all := strings.Join(texts, " ")
	if !strings.Contains(all, "the tail of a formula; no precedent; history excludes only more than 3.1 %.") {
		t.Errorf("no note on R8: %q", texts)
	}
}

func TestEffectNumbers(t *testing.T) {
	s := realistic()
	texts, rows := drawn(t, "effect", s, nil)
	if len(rows) != len(s.Contrasts[0].Measures) {
		t.Fatalf("%d rows, want %d", len(rows), len(s.Contrasts[0].Measures))
	}
	for i, m := range s.Contrasts[0].Measures {
		factor := 1.0
		if m.Unit == "probability" {
			factor = 100
		}
		for column, want := range map[string]float64{"difference": m.Difference.Value * factor,
			"mc_half_width": m.Difference.MC * factor, "parameter_low": m.Difference.Low * factor,
			"parameter_high": m.Difference.High * factor} {
			if strings.HasPrefix(column, "parameter") && !m.Difference.Resolved {
				if rows[i][column] != "" {
					t.Errorf("%s: %s is %q, though it is not resolved", m.ID, column, rows[i][column])
				}
				continue
			}
			if got := num(t, rows[i][column]); got != want {
				t.Errorf("%s: %s is %v, want %v", m.ID, column, got, want)
			}
		}
		if m.Ratio.Value == 0 {
			if rows[i]["ratio"] != "" {
				t.Errorf("%s has a ratio without a baseline", m.ID)
			}
			continue
		}
		if got := num(t, rows[i]["ratio"]); got != m.Ratio.Value {
			t.Errorf("%s: ratio %v, want %v", m.ID, got, m.Ratio.Value)
		}
		if differs(m.Verdict) {
			value, ends, _ := strings.Cut(chart.Interval(spanOf(say.Scaled(m.Difference, factor)), true), " (")
			says(t, texts, value)
			says(t, texts, strings.TrimSuffix(ends, ")"))
		}
	}
	if rows[1]["label"] != "avoidable missteps" {
		t.Errorf("label %q", rows[1]["label"])
	}
}

func TestFuturesNumbers(t *testing.T) {
	s := realistic()
	texts, rows := drawn(t, "futures", s, nil)
	f := s.Contrasts[0].Futures.Public
	sum := 0.0
	for i, want := range []float64{f.OnlyBaseline, f.OnlyTreatment, f.Both, f.Neither} {
		if got := num(t, rows[i]["share"]); got != want {
			t.Errorf("row %d has %v, want %v", i, got, want)
		}
		sum += num(t, rows[i]["squares"])
	}
	if sum != 100 || len(rows) != 4 {
		t.Errorf("%v squares in %d rows", sum, len(rows))
	}
	all := strings.Join(texts, " ")
	for _, want := range []string{"12.4 of 100 Only without the forum",
		"3.1 of 100 Only with the forum", "13.5 of 100 In both", "71.0 of 100 In neither",
		"25.9 % of futures without the forum, 16.6 % with the forum"} {
		if !strings.Contains(all, want) {
			t.Errorf("the figure does not say %q, but %q", want, all)
		}
	}
}

func TestPeakNumbers(t *testing.T) {
	s := realistic()
	texts, rows := drawn(t, "peak", s, nil)
	if len(rows) != 19 { // nine rungs of two arms, and a bound
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows[:18] {
		a := s.Arms[i%2]
		if r["rung"] != fmt.Sprintf("R%d", i/2) || num(t, r["share_of_cases"]) != a.Peaks[i/2] ||
			num(t, r["mc_half_width"]) != a.PeaksMC[i/2] {
			t.Errorf("row %v differs from the summary", r)
		}
		if i/2 < unprecedented {
			says(t, texts, chart.Alike(s.Arms[0].Peaks[i/2], s.Arms[1].Peaks[i/2])(a.Peaks[i/2]))
		}
	}
	if rows[18]["rung"] != "R9" || num(t, rows[18]["history_bound"]) != .031 {
		t.Errorf("last row %v", rows[18])
	}
	for _, want := range []string{"beyond firebreak A: no precedent", "beyond firebreak B: no precedent",
		"private démarche"} {
		says(t, texts, want)
	}
	for i := range s.Arms {
		for j := range s.Arms[i].Curves {
			s.Arms[i].Curves[j].Bound = 0
		}
	}
	if _, rows = drawn(t, "peak", s, nil); len(rows) != 20 {
		t.Errorf("%d rows without a bound, want 20", len(rows))
	}
}

func TestBeliefsNumbers(t *testing.T) {
	s := realistic()
	texts, rows := drawn(t, "beliefs", s, nil)
	missed := s.Contrasts[0].Measure("missed")
	for i, a := range s.Arms {
		b := a.Beliefs
		for j, e := range []summary.Estimate{b.Culprit, b.Intent, b.Severity, b.Rival, b.Avoidable, b.Irreducible,
			[]summary.Estimate{missed.Baseline, missed.Treatment}[i]} {
			r := rows[7*i+j]
			if r["arm"] != a.Name || num(t, r["per_100_cases"]) != e.Value || num(t, r["parameter_low"]) != e.Low ||
				num(t, r["mc_high"]) != e.Value+e.MC {
				t.Errorf("row %v differs from %+v", r, e)
			}
			says(t, texts, chart.Number(e.Value))
		}
	}
}

func TestChannelNumbers(t *testing.T) {
	s := realistic()
	texts, rows := drawn(t, "channel", s, nil)
	f := s.Arms[1].Forum
	if num(t, rows[0]["share"]) != f.Uptime.Value || num(t, rows[1]["share"]) != f.AtNeed.Value {
		t.Errorf("rows %v and %v", rows[0], rows[1])
	}
	for i, b := range f.ByTension {
		r := rows[2+i]
		if num(t, r["tension_from"]) != b.From || num(t, r["moments"]) != b.Moments || num(t, r["share"]) != b.Available ||
			num(t, r["mc_half_width"]) < b.MC {
			t.Errorf("row %v differs from %+v", r, b)
		}
		says(t, texts, say.Number(b.Moments, 0)+" moments")
	}
	if len(rows) != 10 {
		t.Errorf("%d rows, want 10", len(rows))
	}
	says(t, texts, "With forum: up on 58 % of all days, and at 41 % of the moments of need")
}

// TestChannelWithoutForum holds that a run without a forum gets a note.
func TestChannelWithoutForum(t *testing.T) {
	s := realistic()
	s.Arms = s.Arms[:1]
	texts, _ := drawn(t, "channel", s, nil)
	if !strings.Contains(strings.Join(texts, " "), "no forum exists in any arm of this run") {
		t.Errorf("no note: %q", texts)
	}
	says(t, texts, "embassies")
}

func TestNotes(t *testing.T) {
	for name, want := range map[string]string{"effect": "No contrast", "futures": "No paired futures",
		"history": "No history was kept"} {
		texts, rows := drawn(t, name, oneArm(), nil)
		if !strings.Contains(strings.Join(texts, " "), want) || len(rows) != 0 {
			t.Errorf("%s: %q, %d rows", name, texts, len(rows))
		}
	}
	texts, _ := drawn(t, "peak", &summary.Summary{}, nil)
	if !strings.Contains(strings.Join(texts, " "), "No case was closed") {
		t.Errorf("peak: %q", texts)
	}
}

func TestCalibrationIsNamed(t *testing.T) {
	texts, _ := drawn(t, "peak", oneArm(), nil)
	silent(t, texts, "not calibrated")
}
