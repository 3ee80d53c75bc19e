package small

import "github.com/misstep/misstep/model/summary"

// Est is an estimate: its value, its Monte Carlo error, and the ends of its interval.
func Est(value, mc, low, high float64) summary.Estimate {
	return summary.Estimate{Value: value, MC: mc, Low: low, High: high, Resolved: low < high || mc == 0}
}

// Measured is a measure with the numbers that the screen shows.
func Measured(id, label, unit string, goodness int, a, b, d summary.Estimate, v summary.Verdict) summary.Measure {
	ratio := summary.Estimate{}
	if a.Value != 0 {
		ratio = Est(b.Value/a.Value, 0.02, 0.8, 1.3)
	}
	return summary.Measure{ID: id, Label: label, Unit: unit, Goodness: goodness, Paired: unit == "per 100 cases",
		Baseline: a, Treatment: b, Difference: d, Ratio: ratio,
		Shares: Shared(.12, .68, .2), Verdict: v}
}

// Shared are shares of draws, each known to ±.06.
func Shared(worse, within, better float64) *summary.Shares {
	of := func(x float64) summary.Share { return summary.Share{Value: x, Low: x - .06, High: x + .06} }
	return &summary.Shares{Delta: .05, Worse: of(worse), Within: of(within), Better: of(better)}
}

// PerCases is the unit of most measures.
const PerCases = "per 100 cases"

// Invented is a summary whose numbers nobody computed.
func Invented() *summary.Summary {
	curve := func(class string, at, bound float64) summary.Curve {
		return summary.Curve{Class: class, Cause: "any", Days: []float64{1826.25}, Value: []float64{at}, Bound: bound}
	}
	contrast := summary.Contrast{Baseline: "without-forum", Treatment: "with-forum", CommonCases: 55,
		Measures: []summary.Measure{
			Measured("missteps", "missteps", PerCases, -1, Est(4.12, .06, 1.1, 8.9), Est(3.71, .06, 1.2, 8.1),
				Est(-.41, .04, -1.03, .31), summary.Unclear),
			Measured("avoidable", "avoidable missteps", PerCases, -1, Est(2.6, .05, .3, 6), Est(2.2, .05, .3, 5.6),
				Est(-.4, .03, -.7, -.1), summary.Better),
			Measured("missed", "missed responses", PerCases, -1, Est(1.8, .04, .2, 3), Est(2.1, .04, .3, 4),
				Est(.3, .03, .1, .8), summary.Worse),
			Measured("forgone", "accountability forgone", PerCases, -1, Est(.1, .02, .1, .1), Est(.5, .02, .1, .9),
				Est(.4, .04, .4, .4), summary.Worse),
			Measured("withdrawn", "public steps withdrawn", PerCases, 0, Est(0, 0, 0, 0), Est(0, 0, 0, 0), Est(0, 0, 0, 0),
				summary.Unclear),
			Measured("any_misstep", "futures with a misstep", "probability", -1, Est(.69, .013, .3, .9), Est(.64, .013, .3, .9),
				Est(-.0004, .0001, -.0006, -.0002), summary.Better),
			Measured("reach_r8", "futures with disruption or harder", "probability", -1, Est(1.0/900, .0002, 0, .003),
				Est(1.0/1100, .0002, 0, .003), Est(-.0002, .0001, -.0003, .0001), summary.Unclear),
			Measured("cases", "cases discovered", "cases", 0, Est(1254.8, 2.2, 1100, 1300), Est(1254.8, 2.2, 1100, 1300),
				Est(0, 0, 0, 0), summary.Same),
		},
		Futures: summary.Futures{Public: summary.Table{Neither: .88, OnlyBaseline: .03, OnlyTreatment: .02, Both: .07}},
		Pairing: summary.Pairing{Correlation: .85, VarianceFactor: 6.04, ShareDivergent: .95, MedianDivergent: 117},
	}
	third := contrast
	third.Treatment = "with-crisis-line"
	s := &summary.Summary{Format: summary.Format,
		Run: summary.Run{Scenario: "invented", Title: "UK–China Cyber Dialogue", Start: "2026-02-01", HorizonDays: 1826.25,
			Arms:     []string{"without-forum", "with-forum", "with-crisis-line"},
			Baseline: "without-forum", Treatment: "with-forum", Outcome: "missteps", Seed: 1, Generator: "mix", Draws: 200,
			Replicates: 50, Delta: .05, Free: 96},
		Headline: summary.Headline{Measure: "missteps", Baseline: contrast.Measures[0].Baseline,
			Treatment: contrast.Measures[0].Treatment, Difference: contrast.Measures[0].Difference,
			Deciding: &summary.Deciding{Level: .05, Draws: 200, Candidates: 96, Threshold: .24, Numbers: []summary.Number{
				{Path: "assumptions.states.United Kingdom.choice.price", Correlation: .41, Corrected: .62, Worse: "high"}}}},
		Contrasts: []summary.Contrast{contrast, third},
		Warnings: []summary.Warning{
			{ID: "not-calibrated", What: "parameters are drawn from their priors", Why: "x", Do: "y"},
			{ID: "tail", What: "in arm without-forum, the probability of R8 is known to ±60 % only",
				Why: "rungs without precedent rest on a tail", Do: "read the bound"},
			{ID: "tail", What: "in arm with-forum, the probability of R8 is known to ±60 % only",
				Why: "rungs without precedent rest on a tail", Do: "read the bound"},
		}}
	for _, name := range s.Run.Arms {
		a := summary.Arm{Name: name, Curves: []summary.Curve{curve("R8", .001, .75), curve("R9", .00001, 1.0/60)}}
		if name != "without-forum" {
			a.Forum = summary.Forum{Exists: true, AtNeed: Est(.43, .01, .3, .6)}
		}
		s.Arms = append(s.Arms, a)
	}
	return s
}
