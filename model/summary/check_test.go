package summary_test

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// checked is the summary of a short run of the small scenario.
func checked(t *testing.T) *summary.Summary {
	t.Helper()
	sums, err := experiment.Run(t.Context(), experiment.Plan{Scenario: small.Scenario(t), Seed: 1, Draws: 3, Replicates: 4,
		BlockSize: 4}, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return summary.Of(sums)
}

// TestCheck: a summary of a run passes, and one that no run has is refused with the place.
func TestCheck(t *testing.T) {
	late := checked(t)
	late.Contrasts[0].Pairing.MedianDivergent = 2 * late.Run.HorizonDays // cases outlast the window
	if err := late.Check(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(s *summary.Summary)
		want   string
	}{
		{func(s *summary.Summary) { s.Arms[1].Curves[2].Value = s.Arms[1].Curves[2].Value[:3] },
			"arms[1].curves[2].value: has 3 numbers, needs 60"},
		{func(s *summary.Summary) { s.Arms[0].Peaks = nil }, "arms[0].peaks: has 0 numbers, needs 10"},
		{func(s *summary.Summary) { s.Arms[1].Curves[0].Low[5] = 2 }, "arms[1].curves[0].low[5]: 2 is not within 0 and 1"},
		{func(s *summary.Summary) { d := s.Arms[0].Curves[1].Days; d[3], d[4] = d[4], d[3] },
			"arms[0].curves[1].days[4]: day "},
		{func(s *summary.Summary) { s.Arms[1].Name = "other" }, `arms[1].name: "other" where run.arms has "with"`},
		{func(s *summary.Summary) { s.Run.Arms = nil }, "run.arms: names no arm"},
		{func(s *summary.Summary) { s.Run.Arms[0] = "\x1b[31m" }, `run.arms[0]: the name has the sign `},
		{func(s *summary.Summary) { s.Run.Baseline = "none" }, `run.baseline: "none" is none of run.arms`},
		{func(s *summary.Summary) { s.Run.Start = "soon" }, `run.start: "soon" is no day such as 2026-02-01`},
		{func(s *summary.Summary) { s.Run.HorizonDays = 0 }, "run.horizon_days: 0 days are no window"},
		{func(s *summary.Summary) { s.Run.Title = "a\u202eb" }, "run.title: a text with a control character"},
		{func(s *summary.Summary) { s.Contrasts[0].Treatment = "x" }, "run.treatment: "},
		{func(s *summary.Summary) { s.Contrasts = nil }, "contrasts: has 0, needs one for each of "},
		{func(s *summary.Summary) { s.Contrasts[0].Measures[1].ID = s.Contrasts[0].Measures[0].ID },
			"contrasts[0].outcomes[1]: "},
		{func(s *summary.Summary) {
			e := &s.Contrasts[0].Measures[2].Baseline
			e.Low, e.High, e.Resolved = 2, 1, true
		},
			"contrasts[0].outcomes[2].baseline: low 2 is above high 1"},
		{func(s *summary.Summary) { s.Contrasts[0].Measures[2].Difference.Value = 1e300 },
			"contrasts[0].outcomes[2].difference.value: 1e+300 is not within "},
		{func(s *summary.Summary) { s.Contrasts[0].Measures[0].Verdict = "fine" },
			`contrasts[0].outcomes[0].verdict: "fine" is none of `},
		{func(s *summary.Summary) { s.Contrasts[0].Futures.Break.Both += 0.5 }, "contrasts[0].futures.break"},
		{func(s *summary.Summary) { s.Headline.Measure = "x" }, `headline.outcome: "x" is not run.outcome`},
		{func(s *summary.Summary) { s.Headline.Difference.Value++ }, "headline: its numbers are not those of "},
		{func(s *summary.Summary) { s.Arms[0].Channels[0].Uptime.MC = -1 },
			"arms[0].channels[0].uptime.mc: -1 is no number from 0 on"},
		{func(s *summary.Summary) { s.Arms[0].Counts[2].MC = nil }, "arms[0].counts[2].mc: is null, and draws have more"},
		{func(s *summary.Summary) { s.Arms[0].PeaksMC = nil }, "arms[0].peaks_mc: has 0 numbers, needs 10"},
		{func(s *summary.Summary) { c := &s.Arms[1].Curves[0]; c.MCLow, c.MCHigh = nil, nil },
			"arms[1].curves[0].mc_low: has 0 numbers, needs 60"},
		{func(s *summary.Summary) { s.Run.Replicates, s.Arms[1].Curves[0].MCHigh = 1, nil },
			"arms[1].curves[0].mc_high: one end of an interval is null"},
		{func(s *summary.Summary) { s.Warnings[0].What = "\u009b" }, "warnings[0]: a text with a control character"},
	} {
		s := checked(t)
		c.change(s)
		if err := s.Check(); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}
