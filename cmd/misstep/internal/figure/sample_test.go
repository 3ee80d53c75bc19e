package figure

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

var samples = flag.String("samples", "", "write the figures of the sample summaries into this folder")

func est(v, mc, low, high float64) summary.Estimate {
	return summary.Estimate{Value: v, MC: mc, Low: low, High: high, Resolved: low < high}
}

// growth is a curve 1 − exp(−rate·t) with bands around it.
func growth(class, cause string, rate, monte, spread float64) summary.Curve {
	c := summary.Curve{Class: class, Cause: cause}
	p := func(rate, day float64) float64 { return 1 - math.Exp(-rate*day/365.25) }
	for i := 1; i <= 60; i++ {
		day := float64(i) * 1826 / 60
		c.Days = append(c.Days, day)
		c.Value = append(c.Value, p(rate, day))
		c.MCLow = append(c.MCLow, p(rate*(1-monte), day))
		c.MCHigh = append(c.MCHigh, p(rate*(1+monte), day))
		c.Low = append(c.Low, p(rate/spread, day))
		c.High = append(c.High, p(rate*spread, day))
	}
	return c
}

// fall is a difference that grows to a value, with a range that is not resolved at first.
func fall(to float64) (out []summary.Moment) {
	for i := 1; i <= 20; i++ {
		v := to * float64(i) / 20
		m := summary.Moment{Day: float64(i) * 1826 / 20, Difference: est(v, .006, 1.8*v, .3*v)}
		if i < 5 {
			m.Difference = est(v, .006, v, v)
		}
		out = append(out, m)
	}
	return out
}

// sampleArm has the shape of a real one; scale below 1 is a calmer arm.
func sampleArm(name string, scale float64, forum bool) summary.Arm {
	a := summary.Arm{
		Name: name,
		Curves: []summary.Curve{
			growth("R3", "any", .28*scale, .05, 1.8), growth("R3", "misstep", .06*scale*scale, .09, 2),
			growth("R5", "any", .15*scale, .07, 1.9), growth("R6", "any", .0012*scale, .2, 2.5),
			growth("R8", "any", .000021*scale, .5, 3), growth("R9", "any", 1e-7, .5, 3),
			growth("R3-R6", "any", .26*scale, .05, 1.8), growth("R7", "any", .03*scale, .1, 2),
		},
		Peaks: []float64{.62, .19, .09, .05 * scale, .012 * scale, .024 * scale, .0035 * scale, .0021 * scale,
			.00004 * scale, 0.0000006},
		PeaksMC: []float64{.004, .003, .002, .002, .001, .001, .0004, .0003, .00002, .0000004},
		Beliefs: summary.Beliefs{
			Culprit: est(1.9*scale, .12, 1.1*scale, 3.1*scale), Intent: est(2.2*scale*scale, .14, .9*scale, 4.2*scale),
			Severity: est(.6, .08, .3, 1.1), Rival: est(.35*scale, .05, .1, .8),
			Avoidable: est(2.1*scale*scale, .13, .9, 3.6), Irreducible: est(2.6*scale, .15, 1.8, 4),
			Missed: est(6.1/scale, .3, 3.9/scale, 9.2/scale), Regret: est(.03, .001, .02, .05),
		},
		Channels: []summary.ChannelUptime{{Name: "embassies", Uptime: est(.97, .002, .93, .99)}},
	}
	a.Curves[4].Bound, a.Curves[5].Bound = .031, .031
	if forum {
		a.Channels = append(a.Channels, summary.ChannelUptime{Name: "forum", Forum: true, Uptime: est(.58, .008, .37, .79)})
		a.Forum = summary.Forum{Exists: true, Uptime: est(.58, .008, .37, .79), AtNeed: est(.41, .012, .22, .66),
			Suspensions: 1.2, Meetings: 7.4}
		for i, v := range []float64{.66, .57, .43, .31, .22} {
			a.Forum.ByTension = append(a.Forum.ByTension, summary.NeedBin{From: float64(i) * .2, To: float64(i+1) * .2,
				Moments: []float64{52310, 24100, 9034, 2210, 187}[i], Available: v, MC: []float64{.004, .007, .011, .022, .061}[i]})
		}
	}
	return a
}

func measure(id, unit string, goodness int, baseline, treatment, mc, low, high float64,
	v summary.Verdict) summary.Measure {
	m := summary.Measure{ID: id, Label: say.Measure(id), Unit: unit, Goodness: goodness, Verdict: v,
		Baseline: est(baseline, mc, baseline*.6, baseline*1.6), Treatment: est(treatment, mc, treatment*.6, treatment*1.6),
		Difference: est(treatment-baseline, mc, low, high)}
	if baseline != 0 {
		q := treatment / baseline
		m.Ratio = est(q, mc/baseline, (baseline+low)/baseline, (baseline+high)/baseline)
	}
	return m
}

// realistic is a summary as an ordinary run gives it.
func realistic() *summary.Summary {
	const lower, cases = -1, "per 100 cases"
	return &summary.Summary{
		Format: summary.Format,
		Run: summary.Run{Scenario: "two-states", Title: "Two states and a cyber forum, 2026–2031", Start: "2026-02-01",
			HorizonDays: 1826,
			Arms:        []string{"without-forum", "with-forum"}, Baseline: "without-forum", Treatment: "with-forum",
			Outcome: "missteps",
			Seed:    7, Generator: "philox", Draws: 200, Replicates: 500, Free: 31},
		Headline: summary.Headline{Measure: "missteps", Baseline: est(4.7, .2, 2.9, 7.4), Treatment: est(3.6, .2, 2, 6.2),
			Difference: est(-1.1, .1, -2.4, -.2)},
		Arms: []summary.Arm{sampleArm("without-forum", 1, false), sampleArm("with-forum", .74, true)},
		Contrasts: []summary.Contrast{{
			Baseline: "without-forum", Treatment: "with-forum", CommonCases: 4.2,
			Measures: []summary.Measure{
				measure("missteps", cases, lower, 4.7, 3.6, .1, -2.4, -.2, summary.Better),
				measure("avoidable", cases, lower, 2.1, 1.3, .08, -1.7, -.1, summary.Better),
				measure("misstep_share", "per 100 public steps", lower, 41, 37, 1.1, -11, 3,
					summary.Unclear),
				measure("missteps_on_r6", cases, lower, .061, .052, .006, -.03, .01, summary.Unclear),
				measure("missed", cases, lower, 6.1, 7.6, .2, .3, 3.1, summary.Worse),
				measure("unanswered", cases, 0, 11, 13, .3, -.5, 5, summary.Unclear),
				measure("forgone", cases, lower, 0, 1.4, .09, .4, 2.9, summary.Worse),
				measure("false_accusations", cases, lower, 1.2, 1.1, .06, -.5, .3, summary.Unclear),
				measure("public", cases, 0, 11, 9.3, .3, -4, -.2, summary.Unclear),
				measure("regret", "% of the reference range", lower, 3.1, 2.9, .04, -.6, .1, summary.Unclear),
				measure("stood_public", "probability", 0, .75, .65, .004, -.2, -.02, summary.Unclear),
				measure("stood_r5", "probability", 0, .53, .43, .004, -.2, -.02, summary.Differs),
				measure("stood_r6", "probability", lower, .0061, .0052, .0006, -.003, .001, summary.Unclear),
				measure("reach_r8", "probability", lower, .000106, .000078, .00001, -.00009, .00003,
					summary.Unclear),
				measure("any_misstep", "probability", lower, .26, .15, .006, -.2, -.03, summary.Better),
				measure("erred_r6", "probability", lower, .0067, .0038, .0005, -.006, .0004,
					summary.Unclear),
				measure("any_induced", "probability", lower, .031, .022, .002, -.02, .001,
					summary.Unclear),
				measure("pair_missteps", "episodes", lower, .41, .33, .01, -.2, -.01,
					summary.Better),
				measure("pair_episodes", "episodes", 0, 1.9, 1.8, .02, -.3, .1, summary.Unclear),
				measure("cases", "cases", 0, 4.2, 4.2, 0, 0, 0, summary.Same),
				measure("withdrawn", cases, 0, 0, 0, 0, 0, 0, summary.Same),
			},
			Futures: summary.Futures{
				Public: summary.Table{Neither: .71, OnlyBaseline: .124, OnlyTreatment: .031, Both: .135},
				Break:  summary.Table{Neither: .9921, OnlyBaseline: .0041, OnlyTreatment: .0012, Both: .0026},
			},
			Course:  fall(-.11),
			Pairing: summary.Pairing{Correlation: .71, VarianceFactor: 3.4, ShareDivergent: .8, MedianDivergent: 210},
		}},
	}
}

// oneFuture is a history as the engine's log gives it.
func oneFuture() *History {
	act := func(day float64, rung int) timeline.Event {
		return timeline.Event{Day: day, Kind: "act", Actor: "Aland", Target: "Borland", Rung: rung}
	}
	misstep := func(e timeline.Event, avoidable bool) timeline.Event {
		e.Misstep, e.Avoidable = true, avoidable
		return e
	}
	induced := func(e timeline.Event) timeline.Event { e.Induced = true; return e }
	belief := func(day, b float64) timeline.Event {
		return timeline.Event{Day: day, Kind: "piece", Rung: -1, Belief: b}
	}
	up := timeline.Lane{Name: "embassies", Kind: timeline.Channel, Up: []timeline.Interval{{From: 0, To: 1826}}}
	return &History{Draw: 3, Replicate: 17, Diverges: 402, Arms: []HistoryArm{
		{Name: "without-forum", Lanes: []timeline.Lane{
			{Name: "Aland acts", Kind: timeline.Acts,
				Events: []timeline.Event{act(160, 1), act(402, 2), misstep(act(455, 3), true), act(470, 5), act(900, 0),
					act(1300, 1), misstep(act(1410, 3), false)}},
			{Name: "Borland replies", Kind: timeline.Replies,
				Events: []timeline.Event{act(180, 0), induced(act(474, 5)), act(1440, 2)}},
			{Name: "belief in guilt, 0–1", Kind: timeline.Beliefs,
				Events: []timeline.Event{belief(150, .3), belief(390, .5), belief(440, .7), belief(452, .9), belief(890, .2),
					belief(1290, .4), belief(1400, .8), belief(1700, .1)}},
			up,
		}},
		{Name: "with-forum", Lanes: []timeline.Lane{
			{Name: "Aland acts", Kind: timeline.Acts,
				Events: []timeline.Event{act(160, 1), act(402, 1), act(900, 0), act(1300, 1), misstep(act(1410, 3), false)}},
			{Name: "Borland replies", Kind: timeline.Replies, Events: []timeline.Event{act(180, 0), act(1440, 2)}},
			{Name: "belief in guilt, 0–1", Kind: timeline.Beliefs,
				Events: []timeline.Event{belief(150, .3), belief(390, .5), belief(440, .7), belief(452, .4), belief(890, .2),
					belief(1290, .4), belief(1400, .8), belief(1700, .1)}},
			up,
			{Name: "forum", Kind: timeline.Channel, Up: []timeline.Interval{{From: 0, To: 1415}, {From: 1640, To: 1826}},
				Events: []timeline.Event{{Day: 190, Kind: "meeting", Rung: -1}, {Day: 398, Kind: "meeting", Rung: -1},
					{Day: 620, Kind: "meeting", Rung: -1}, {Day: 850, Kind: "meeting", Rung: -1},
					{Day: 1040, Kind: "meeting", Rung: -1}, {Day: 1250, Kind: "meeting", Rung: -1},
					{Day: 1415, Kind: "suspension", Rung: -1}, {Day: 1640, Kind: "restoration", Rung: -1}}},
		}},
	}}
}

// TestSamples writes figures to look at: go test -run Samples -samples FOLDER.
func TestSamples(t *testing.T) {
	if *samples == "" {
		t.Skip("no folder given")
	}
	for name, c := range summaries() {
		files, err := All(c.s, c.h, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			to := filepath.Join(*samples, name, f.Name)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type sample struct {
	s *summary.Summary
	h *History
}
