//go:build verify

package mutants

var recordFiles = []file{
	{"model/record/patterns/sums.go", []mutant{
		{"cases that no state did", "TestEachPattern", `if !c.group {`, `if c.group || !c.group {`},
		{"a penalty of half a year is a follow-up", "TestEachPattern", `outcome.One(gap <= followUp)`,
			`outcome.One(gap <= linked)`},
		{"calm taken for tense", "TestNeedBy", `if b == 0 {`, `if b != 0 {`},
	}},
	{"model/record/patterns/patterns.go", []mutant{
		{"availability by its sign", "TestEachPattern", `ratio(ratioCalm)(g) - ratio(ratioTense)(g)`,
			`ratio(ratioTense)(g) - ratio(ratioCalm)(g)`},
		{"a ratio of nothing is 0", "TestNothing", `if g.ratios[r][1] == 0 {
			return math.NaN()`,
			`if g.ratios[r][1] == 0 {
			return 0`},
	}},
	{"model/record/patterns/pattern.go", []mutant{
		{"a jackknife without its factor", "TestJackknife", `math.Sqrt(ss * (n - 1) / n)`,
			`math.Sqrt(ss / (n - 1) / n)`},
		{"baseline and treatment exchanged", "TestThresholds", `if t.Arm == "treatment" {`,
			`if t.Arm != "treatment" {`},
		{"a value at its bound misses", "TestThresholds", `value > *t.High`, `value >= *t.High`},
	}},
	{"model/record/patterns/expect.go", []mutant{
		{"a tail at the level misses", "TestVerdicts", `!(out.Tail >= e.Level)`, `!(out.Tail > e.Level)`},
		{"another interval", "TestIntervalOf", `t.bins.quantile(0.95)`, `t.bins.quantile(0.9)`},
	}},
	{"model/record/patterns/tally.go", []mutant{
		{"the larger tail", "TestTailsOfTies", `case low <= high:`, `case low > high:`},
		{"draws taken for independent futures", "TestTailErrorIs", `if used == 1 {`, `if used >= 1 {`},
	}},
	{"model/record/patterns/titfortat.go", []mutant{
		{"chance without its bound", "TestTitForTat", `sum += math.Min(gap, answerWindow)`, `sum += gap`},
		{"one's own starts as answers", "TestTitForTat", `starts[a*n+b], starts[b*n+a]`,
			`starts[a*n+b], starts[a*n+b]`},
	}},
	{"model/record/patterns/statistic.go", []mutant{
		{"up before the window", "TestUptime", `math.Max(since, from)`, `since`},
		{"the asker for the asked", "TestEveryMeasure", `actor, target = target, actor`,
			`actor, target = actor, target`},
	}},
	{"model/record/backtest/score.go", []mutant{
		{"a score that is not fair", "TestFairCRPS$", `distance - spread*m/(m-1)`, `distance - spread`},
		{"half of the spread", "TestFairCRPSOf", `spread/(m*(m-1))`, `spread/(m*m)`},
		{"coverage of twice the level", "TestCalibrated", `0.5-float64(level/2)`, `0.5-float64(level)`},
		{"the transform from above", "TestCalibrated", `return p.CDF(y-1) + float64(p.Mass(y)/2)`,
			`return p.CDF(y) + float64(p.Mass(y)/2)`},
	}},
	{"model/record/backtest/baseline.go", []mutant{
		{"the exposure on the wrong side", "TestBaselines", `(baselineYears + t.Years) / years`,
			`(baselineYears + t.Years) * years`},
		{"the prior forgotten", "TestBaselines", `Shape: baselineShape + float64(t.Events)`,
			`Shape: 2 * baselineShape * float64(t.Events)`},
	}},
	{"model/record/backtest/run.go", []mutant{
		{"the last year before it is over", "TestTraining", `until.AddDate(0, 0, 1).Year() - 1`, `until.Year()`},
	}},
	{"model/record/backtest/predict.go", []mutant{
		{"accusations before the cut-off", "TestFutureReads", `if a.At < o.End {`, `if a.At < 0 {`},
		{"British accusations have no British part", "TestFutureReads", `if h == 1 || a.British {`, `if a.British {`},
	}},
	{"model/record/backtest/outlook.go", []mutant{
		{"a rate without its prior's year", "TestRatePosterior", `(rateYears + r.Years)`, `(0*rateYears + r.Years)`},
		{"thaws begin while one is on", "TestOutlook", `o.End/param.DaysPerYear-on`, `o.End/param.DaysPerYear-0*on`},
		{"ruptures that the history has already", "TestRuptureCounts", `!slices.ContainsFunc(v.Shocks,`,
			`slices.ContainsFunc(v.Shocks,`},
	}},
	{"model/record/backtest/extend.go", []mutant{
		{"steps in the odd years", "TestWalk", `y%walkYears == 0`, `y%walkYears != 0`},
		{"arrivals from the start", "TestArrivalsStart", `at := e.End
	for n := range mostEvents {`,
			`at := 0.0
	for n := range mostEvents {`},
	}},
	{"model/record/backtest/cut.go", []mutant{
		{"a thaw goes on after the cut-off", "TestCut", `min(out.Thaws[i].Until, end)`, `max(out.Thaws[i].Until, end)`},
	}},
	{"model/record/backtest/predictive.go", []mutant{
		{"a whole future for half of one", "TestMixed", `float64(m.Sample.count(x)) + float64(mixing*m.Base.Mass(x))`,
			`float64(m.Sample.count(x)) + m.Base.Mass(x)`},
	}},
	{"model/record/backtest/result.go", []mutant{
		{"model and baseline exchanged", "TestPool", `y.Model.Log - b.Log`, `b.Log - y.Model.Log`},
		{"the wider interval for the narrower", "TestScoreShare", `x >= p.Quantiles[1] && x <= p.Quantiles[3]`,
			`x >= p.Quantiles[0] && x <= p.Quantiles[4]`},
	}},
}
