//go:build verify

package mutants

var sampleFiles = []file{
	{"model/record/abc/adjust.go", []mutant{
		{"the ridge on another statistic", "TestRidge", `shrink[1+c] = ridge[k]`,
			`shrink[1+c] = ridge[len(ridge)-1-k]`},
		{"all weights of the kernel alike", "TestAdjustWeighs", `u := r.Distances[i] / r.Epsilon`,
			`u := 0 * r.Epsilon`},
		{"what a data set does not define is 0", "TestPredictors", `v = mean`, `v = 0`},
		{"the sign of what is corrected", "TestPredictors", `(v - y) / r.Scales[k]`, `(v + y) / r.Scales[k]`},
	}},
	{"model/record/abc/distance.go", []mutant{
		{"a missing statistic by its distance, not the square", "TestDistance", `w*missing*missing`, `w*missing`},
		{"weights squared", "TestDistance", `math.Sqrt(w)/scales[k]`, `w/scales[k]`},
		{"balls that contain the new one are kept", "TestNarrow|TestNested", `if !old.holds(&b) {`,
			`if old.holds(&b) {`},
	}},
	{"model/record/abc/ess.go", []mutant{
		{"the design effect without its one", "TestClusterESSByHand", `(squares/n-1)*icc`, `squares/n*icc`},
	}},
	{"model/record/abc/move.go", []mutant{
		{"a proposal that shrinks", "TestProposal", `math.Sqrt(1 - float64(beta*beta))`, `1 - beta`},
		{"steps the larger the fewer are accepted", "TestNextBeta", `3*(a-targetAcceptance)`, `3*(targetAcceptance-a)`},
	}},
	{"model/record/abc/population.go", []mutant{
		{"resampling without its uniform", "TestResampl", `(float64(i)+u)`, `(float64(i)+0*u)`},
		{"a family of the last resampling", "TestResampl|TestFamil", `uint64(row), from.parent[row]`,
			`uint64(row), uint64(row)`},
	}},
	{"model/record/abc/regress.go", []mutant{
		{"the mean square of a predictor unweighted", "TestRidge|TestRegress", `square[c] += float64(w[i] * v * v)`,
			`square[c] += float64(v * v)`},
		{"residuals that follow their own particle", "TestStretch", `1-float64(2*w[i]*own)`, `1-float64(w[i]*own)`},
		{"a prediction without its own noise", "TestStretch", `ahead := 1 + form(`, `ahead := form(`},
	}},
	{"model/record/abc/scale.go", []mutant{
		{"the median deviation taken for a standard deviation", "TestScales", `deviation = normalMAD * median(x)`,
			`deviation = median(x)`},
	}},
	{"model/record/abc/standing.go", []mutant{
		{"a variance with n for n − 1", "TestStanding", `sum * float64(len(rows)-1)`, `sum * float64(len(rows))`},
		{"the usual at another level", "TestStanding", `stat.Quantile(all, 0.95)`, `stat.Quantile(all, 0.9)`},
		{"nearer data sets lie beyond", "TestStanding", `if all[i] >= out.Distance {`, `if all[i] <= out.Distance {`},
	}},
	{"model/stat/stat.go", []mutant{
		{"a quantile of one more value", "TestQuantile", `float64(p * float64(len(sorted)-1))`,
			`float64(p * float64(len(sorted)))`},
		{"a variance that is not unbiased", "TestDeviation", `math.Sqrt(variance / (1 - one))`, `math.Sqrt(variance)`},
		{"ranks that do not sum to 0", "TestRanks", `float64(from+to-len(order)) / 2`, `float64(from+to) / 2`},
	}},
}
