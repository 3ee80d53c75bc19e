package summary

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// TestSharesOfEveryMeasure: outcomes that count and have a worse side have three shares that
// sum to 1, others none; where numbers are fixed there are no draws to take a share of, and
// with few replicates none are told.
func TestSharesOfEveryMeasure(t *testing.T) {
	told := 0
	s := summarise(t, small, true, 20, 200)
	c := &s.Contrasts[0]
	for _, m := range c.Measures {
		if m.Goodness == 0 || m.ID == "regret" || m.ID == "misstep_share" || m.ID == "reach_r8" ||
			m.ID == "replies_decade" || strings.HasPrefix(m.ID, "pair_") {
			if m.Shares != nil {
				t.Errorf("%s: %+v", m.ID, m.Shares)
			}
			continue
		}
		if m.Shares == nil {
			continue
		}
		told++
		x := m.Shares
		if sum := x.Worse.Value + x.Within.Value + x.Better.Value; math.Abs(sum-1) > 1e-9 || x.Delta <= 0 {
			t.Errorf("%s: %+v", m.ID, x)
		}
		want := s.Run.Delta
		if strings.HasSuffix(m.ID, "_decade") {
			want *= c.CommonCases / 100 * 3652.5 / s.Run.HorizonDays
		} else if !m.Paired {
			want *= c.CommonCases / 100
		}
		if math.Abs(x.Delta-want) > 1e-12 {
			t.Errorf("%s: delta %v, want %v", m.ID, x.Delta, want)
		}
	}
	if told < 10 {
		t.Errorf("%d measures have shares", told)
	}
	for name, none := range map[string]*Summary{
		"fixed": summarise(t, strings.Replace(small, "1 to 4", "2", 1), false, 20, 200),
		"few":   summarise(t, small, true, 20, c.SharesFrom(s.Run.Delta)/2),
	} {
		for _, m := range none.Contrasts[0].Measures {
			if m.Shares != nil {
				t.Errorf("%s, %s: %+v", name, m.ID, m.Shares)
			}
		}
	}
}

// TestSharesTurned: with a lower value the better one, what is added is for the worse.
func TestSharesTurned(t *testing.T) {
	var draws []stat.Flips
	for i := range 40 {
		draws = append(draws, stat.Flips{Added: float64(30 * (i % 4 / 3)), Of: 1000})
	}
	r, _ := stat.RatesOf(draws, .001)
	for goodness, worse := range map[int]float64{-1: .25, 1: 0} {
		x := sharesOf(r, goodness, .1)
		if math.Abs(x.Worse.Value-worse) > .02 || math.Abs(x.Better.Value-(.25-worse)) > .02 {
			t.Errorf("%d: %+v", goodness, x)
		}
	}
	if sharesOf(r, 0, .1) != nil || sharesOf(nil, 1, .1) != nil {
		t.Error("shares of nothing")
	}
}

// TestCounted: an interval that is resolved becomes that of the rates, one that is not stays
// unresolved, and the value is never outside.
func TestCounted(t *testing.T) {
	var draws []stat.Flips
	for i := range 40 {
		draws = append(draws, stat.Flips{Added: float64(30 * (i % 4 / 3)), Of: 1000})
	}
	r, _ := stat.RatesOf(draws, .001)
	low, high := r.Central95()
	for _, c := range []struct{ e, want Estimate }{
		{Estimate{.5, 0, -9, 9, true, false}, Estimate{.5, 0, 100 * low, 100 * high, true, false}},
		{Estimate{50, 0, 0, 90, true, false}, Estimate{50, 0, 100 * low, 50, true, false}},
		{open(1, 0), open(1, 0)},
	} {
		if got := Counted(c.e, r, 100); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.e, got, c.want)
		}
	}
	for within, want := range map[float64]bool{.0002: false, .0003: true} { // a fifth of a flip a draw, or a third
		if Rates(draws, within) == nil || enough(draws, within) != want {
			t.Errorf("a difference of %v: %v", within, !want)
		}
	}
	for e, want := range map[Estimate]Estimate{
		{.5, 0, -9, 9, true, false}:  open(.5, 0),
		{.5, 0, .5, .5, true, false}: {.5, 0, .5, .5, true, false},
	} {
		if got := untold(e); got != want {
			t.Errorf("untold: %+v, want %+v", got, want)
		}
	}
}

// TestOneReplicate: no error, no interval, and no verdict but that nothing differs.
func TestOneReplicate(t *testing.T) {
	s := summarise(t, small, true, 20, 1)
	differ := 0
	for _, m := range s.Contrasts[0].Measures {
		if !m.Difference.NoError || m.Verdict != Unknown && m.Verdict != Same || m.Difference.Resolved || m.Shares != nil {
			t.Errorf("%s: %+v %s", m.ID, m.Difference, m.Verdict)
		}
		if m.Verdict == Unknown {
			differ++
		}
	}
	if differ == 0 || s.Warnings[len(s.Warnings)-1].ID == "" {
		t.Errorf("%d differ, %+v", differ, s.Warnings)
	}
	data, _ := json.Marshal(s.Headline.Difference)
	if !strings.Contains(string(data), `"mc":null,"low":null,"high":null`) {
		t.Errorf("%s", data)
	}
	var back Estimate
	if err := json.Unmarshal(data, &back); err != nil || back != s.Headline.Difference {
		t.Errorf("%+v, %v", back, err)
	}
}

// TestMedianDivergence: half of the futures that part do so within the printed number of
// days, so a median that is read at another quantile would show.
func TestMedianDivergence(t *testing.T) {
	v, err := scenario.Load("small", []byte(small), scenario.Options{File: "small.yaml", UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := experiment.Run(context.Background(), experiment.Plan{Scenario: v, Seed: 3, Draws: 5, Replicates: 40}, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	sooner, later := 0, 0
	median := Of(s).Contrasts[0].Pairing.MedianDivergent
	for _, day := range s.FirstDiff {
		if day < median {
			sooner++
		} else if day > median {
			later++
		}
	}
	if len(s.FirstDiff) < 20 || sooner != later {
		t.Errorf("%d of %d futures part sooner than %v, %d later", sooner, len(s.FirstDiff), median, later)
	}
}
