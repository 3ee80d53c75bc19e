package draws

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// text is a world of three arms, with a state whose name is not plain ASCII.
const text = `misstep: 1
title: Draws
start: 2026-01-01
horizon: 3y
card: {question: q, shows: s, try: [t], limits: l, sources: ["assumption: s"]}
assumptions:
  choice: {price: 0.02 to 0.05}
  states: {Åland: {evidence: {gap: 10d to 60d}}, Borland: {}, Cland: {evidence: {flag_rate: 0.4}}}
  groups: {thieves: {frames: [Borland], evidence: {flag_rate: 0.4}}}
  onset:
    - {source: Borland, victim: Åland, rate: 2, mix: {espionage: 0.6, disruption: 0.4}}
    - {source: Cland, victim: Åland, rate: 1, mix: {espionage: 0.6, prepositioning: 0.4}}
    - {source: thieves, victim: Åland, rate: 2, mix: {crime: 1}}
levers:
  channels:
    talks: {members: [Åland, Borland], mandate: [clarify, delay, private_option]}
    line: {members: [Åland, Borland], mandate: [delay]}
arms:
  without: {channels.talks.open: false, channels.line.open: false}
  with: {channels.line.open: false}
  with line: {channels.talks.open: false}
headline: {outcome: missteps, baseline: without, treatment: with}
`

func plan(t *testing.T, arms ...string) experiment.Plan {
	t.Helper()
	v, err := scenario.Load("draws", []byte(text), scenario.Options{UsePriors: true})
	if err == nil {
		v, err = v.Keep(arms)
	}
	if err != nil {
		t.Fatal(err)
	}
	return experiment.Plan{Scenario: v, Seed: 7, Draws: 8, Replicates: 10, BlockSize: 5}
}

func sumsOf(t *testing.T, p experiment.Plan, workers int) *experiment.Sums {
	t.Helper()
	s, err := experiment.Run(context.Background(), p, workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// cells are rows of a CSV by the names of its columns, of one contrast.
func cells(t *testing.T, data []byte, treatment string) (rows []map[string]float64) {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]float64{}
		for i, name := range lines[0] {
			if x, err := strconv.ParseFloat(line[i], 64); err == nil {
				row[name] = x
			}
		}
		if line[2] == treatment {
			rows = append(rows, row)
		}
	}
	return rows
}

// below names the denominators of the key outcomes, by hand.
var below = map[string]string{"missteps": "common_cases", "avoidable": "common_cases", "who_or_why": "common_cases",
	"false_accusations": "common_cases", "missed": "common_cases", "forgone": "baseline_cases",
	"any_misstep": "replicates", "stood_r7": "replicates"}

// estimate recomputes a weighted sum of the numbers per denominator, and its Monte Carlo half-width,
// from the columns of a CSV by their names alone.
func estimate(rows []map[string]float64, factor float64, den string, weights map[string]float64) (value, half float64) {
	total := map[string]float64{}
	for _, row := range rows {
		for name, x := range row {
			total[name] += x
		}
	}
	n, mean := total["replicates"], total[den]/total["replicates"]
	g := map[string]float64{}
	for name, w := range weights {
		value += w * total[name] / total[den]
		g[name] += w / mean
		g[den] -= w * total[name] / n / (mean * mean)
	}
	delete(g, "replicates") // does not vary
	variance := 0.0
	for _, row := range rows {
		for a, x := range g {
			for b, y := range g {
				product, ok := row[a+"*"+b]
				if !ok {
					product = row[b+"*"+a]
				}
				k := row["replicates"]
				variance += k * x * y * (product - row[a]*row[b]/k) / (k - 1) / (n * n)
			}
		}
	}
	return factor * value, 1.959963984540054 * factor * math.Sqrt(max(0, variance))
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*(1+math.Abs(b)) }

// TestSummaryFromTheTable: levels, differences and ± of every key outcome follow from the file alone.
// Sums of squares are taken in another order than in the summary, hence the 1e-12. Catches a column
// under the name of another, a product that is missing, sums of another contrast.
func TestSummaryFromTheTable(t *testing.T) {
	sums := sumsOf(t, plan(t), 2)
	data := Of(sums).CSV()
	read, err := Read("draws.csv", data)
	if err != nil {
		t.Fatal(err)
	}
	s := summary.Of(sums)
	for c := range s.Contrasts {
		rows := cells(t, data, s.Contrasts[c].Treatment)
		for k, m := range read.Joint.Outcomes {
			o := &outcome.All[m]
			stored := s.Contrasts[c].Measure(o.ID)
			for i, e := range []summary.Estimate{stored.Baseline, stored.Treatment, stored.Difference} {
				w := [][2]float64{{1, 0}, {0, 1}, {-1, 1}}[i]
				value, half := estimate(rows, o.Factor, below[o.ID],
					map[string]float64{o.ID + "_baseline": w[0], o.ID + "_treatment": w[1]})
				if !near(value, e.Value) || !near(half, e.MC) {
					t.Errorf("%s, %d: %v ±%v by columns, %v ±%v stored", o.ID, i, value, half, e.Value, e.MC)
				}
				weights := make(Weights, len(read.Joint.Outcomes))
				weights[k] = w
				value, variance, ok := read.Pooled(s.Contrasts[c].Treatment, weights)
				if half = summary.HalfWidth(1, variance); !ok || !near(value, e.Value) || !near(half, e.MC) {
					t.Errorf("%s, %d: %v ±%v pooled, %v ±%v stored", o.ID, i, value, half, e.Value, e.MC)
				}
			}
		}
	}
	if len(read.Joint.Outcomes) != len(below) || len(s.Contrasts) != 2 {
		t.Errorf("%d outcomes, %d contrasts", len(read.Joint.Outcomes), len(s.Contrasts))
	}
}

// TestNoiseOfAWeightedSum: that of a draw is the variance of its replicates' own weighted sums, each
// taken straight at the draw's means. Catches a covariance between outcomes that is left out.
func TestNoiseOfAWeightedSum(t *testing.T) {
	p := plan(t)
	all := Of(sumsOf(t, p, 2))
	single := make([]*Table, p.Replicates)
	for r := range single {
		s := experiment.NewSums(p)
		if err := s.Extend(context.Background(), r, r+1, 1, nil); err != nil {
			t.Fatal(err)
		}
		single[r] = Of(s)
	}
	w := make(Weights, len(all.Joint.Outcomes))
	for k, by := range map[int]float64{0: 1, 4: 1, 5: 0.5} { // missteps, missed, forgone
		w[k] = [2]float64{-by, by}
	}
	told := 0
	for i := range all.Rows {
		row := &all.Rows[i]
		value, noise, ok := all.Draw(row, w)
		if !ok {
			continue
		}
		var straight []float64
		for _, one := range single {
			x := 0.0
			for k := range w {
				for arm, by := range w[k] {
					at, factor := all.Joint.At[k], outcome.All[all.Joint.Outcomes[k]].Factor
					num, den := at[2*arm], at[2*arm+1]
					if by != 0 {
						ratio := row.Sums.Mean(num) / row.Sums.Mean(den)
						sums := one.Rows[i].Sums
						x += factor * by * (ratio + (sums.Sum[num]-ratio*sums.Sum[den])/row.Sums.Mean(den))
					}
				}
			}
			straight = append(straight, x)
		}
		mean, variance := 0.0, 0.0
		for _, x := range straight {
			mean += x / float64(len(straight))
		}
		for _, x := range straight {
			variance += (x - mean) * (x - mean) / float64(len(straight)-1)
		}
		if !near(mean, value) || math.Abs(variance/float64(len(straight))-noise) > 1e-9*(1+noise) {
			t.Errorf("row %d: %v, noise %v; from replicates %v, %v", i, value, noise, mean, variance)
		}
		if noise > 0 {
			told++
		}
	}
	if told < 8 {
		t.Errorf("only %d rows have noise", told)
	}
}

// TestRoundTrip: what is read is what was written, to the last bit, also of one arm, of one draw, and
// where nothing varies.
func TestRoundTrip(t *testing.T) {
	fixed := plan(t)
	fixed.Scenario.Slots = append(fixed.Scenario.Slots[:0:0], fixed.Scenario.Slots...)
	for i := range fixed.Scenario.Slots {
		s := &fixed.Scenario.Slots[i]
		s.Dist = param.Fixed(s.Dist.Median())
	}
	single := plan(t)
	single.Draws, single.Replicates = 1, 1
	for name, c := range map[string]struct {
		plan   experiment.Plan
		rows   int
		varies bool
	}{
		"three arms": {plan(t), 16, true}, "two arms": {plan(t, "with", "without"), 8, true},
		"one arm": {plan(t, "with"), 8, true}, "one draw": {single, 2, true}, "nothing varies": {fixed, 16, false},
	} {
		want := Of(sumsOf(t, c.plan, 2))
		have, err := Read("draws.csv", want.CSV())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, have, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(outcome.Joint{})); diff != "" {
			t.Errorf("%s (− written, + read):\n%s", name, diff)
		}
		if len(have.Rows) != c.rows || len(have.Numbers) > 1 != c.varies || len(have.Numbers) != c.plan.Free() {
			t.Errorf("%s: %d rows, %d numbers", name, len(have.Rows), len(have.Numbers))
		}
		for _, r := range have.Rows {
			for k, path := range have.Numbers {
				if slot := place(t, c.plan.Scenario, path); r.Theta[k] != c.plan.Theta(r.Draw)[slot] {
					t.Errorf("%s: %s of draw %d is %v", name, path, r.Draw, r.Theta[k])
				}
			}
		}
	}
}

func place(t *testing.T, v *scenario.Scenario, path string) int {
	for i := range v.Slots {
		if v.Slots[i].Path == path {
			return i
		}
	}
	t.Fatalf("no number %s", path)
	return -1
}
