//go:build verify

package mutants

var summaryFiles = []file{
	{"model/summary/estimate.go", []mutant{
		{"the treatment read from the baseline", "TestMeasuresAgainst|TestGradients", `{ return ratio(m, 2) }`,
			`{ return ratio(m, 0) }`},
		{"baseline and treatment exchanged", "TestGradients", `return b - a, gb, okA && okB`,
			`return a - b, gb, okA && okB`},
		{"the gradient of a sum", "TestGradients", `gb[i] -= ga[i]`, `gb[i] += ga[i]`},
	}},
	{"model/summary/curves.go", []mutant{
		{"the rule of three of one future", "TestHistoryBound", `baseline.Known/baseline.N`,
			`baseline.Known/(1+0*baseline.N)`},
		{"a wider tail", "TestBetaInterval", `elem.BetaInverse(a, b, 0.025)`, `elem.BetaInverse(a, b, 0.05)`},
		{"noise of counting for every estimator", "TestCurveOfAFiner", `noise := scale * math.Max(0, p*(1-p))`,
			`noise := (1 + 0*scale) * math.Max(0, p*(1-p))`},
	}},
	{"model/summary/change.go", []mutant{
		{"the change by its sign", "TestCombinedValues", `OfDifference: {1, -1, -1, 1}`,
			`OfDifference: {-1, 1, 1, -1}`},
		{"contrasts matched by their baselines", "TestMatchContrasts",
			`b.Baseline == a.Baseline && b.Treatment == a.Treatment`, `b.Baseline == a.Baseline`},
	}},
	{"model/summary/change_joint.go", []mutant{
		{"a variance with n for n − 1", "TestJointQuadratic", `/ (j.n - 1)`, `/ j.n`},
		{"covariances counted once", "TestJointQuadratic", `x *= 2`, `x *= 1`},
	}},
	{"model/summary/change_unpaired.go", []mutant{
		{"an interval for its half", "TestUnpairedByHand", `(e.High - e.Low) / 2 / math.Sqrt(n)`,
			`(e.High - e.Low) / math.Sqrt(n)`},
		{"reference and other exchanged", "TestUnpairedByHand", `return open(b.Value-a.Value, half)`, `return open(a.Value-b.Value, half)`},
	}},
	{"model/summary/arm.go", []mutant{
		{"a half-width with 1 for 1.96", "TestNeedBins", `stat.Z95*math.Sqrt(share*(1-share)/n)`,
			`math.Sqrt(share*(1-share)/n)`},
		{"moments of need worth more than they are", "TestNeedBins", `n := float64(worth*need[b])`,
			`n := float64(need[b]/worth)`},
	}},
}
