//go:build verify

package mutants

var decideFiles = []file{
	{"model/decide/ladder.go", []mutant{
		{"tension cools", "TestLadderByHand", `b.Severity*(1+float64(w.DesireRise*ownTension))`,
			`b.Severity*(1-float64(w.DesireRise*ownTension))`},
		{"the share of partners by b, not b²", "TestLadderByHand", `s.JoinChance*b.Culprit*b.Culprit`,
			`s.JoinChance*b.Culprit`},
		{"a démarche breaks no silence", "TestLadder", `for r := range ladder.Public {`,
			`for r := range ladder.PrivateDemarche {`},
		{"the reply by the other type", "TestLadderByHand", `float64(statusQuo*s) + float64((1-statusQuo)*e)`,
			`float64(statusQuo*e) + float64((1-statusQuo)*s)`},
		{"a reply without the rival's tension", "TestLadderByHand",
			`s := k.StatusQuo[0][r] + float64(tension*(k.StatusQuo[1][r]-k.StatusQuo[0][r]))`, `s := k.StatusQuo[0][r]`},
		{"firebreak A above R8", "TestLadder", `if r >= ladder.Disruptive {`, `if r > ladder.Disruptive {`},
		{"a private protest harms nobody", "TestLadderByHand", `if r >= ladder.PrivateProtest {`,
			`if r > ladder.PrivateProtest {`},
		{"a reply priced as an accusation", "TestReply", `a.rungs.visible[r] * w.ReplyPrice`,
			`a.rungs.visible[r] * s.Price * w.ReplyPrice`},
		{"the desire by the belief twice", "TestLadderByHand|TestDesired", `return float64(b.Culprit * sum)`,
			`return float64(b.Culprit * b.Culprit * sum)`},
		{"innocence weighed by guilt", "TestLadderByHand", `doubt := w.Innocence * (1 - b.Culprit)`,
			`doubt := w.Innocence * b.Culprit`},
	}},
	{"model/decide/bound.go", []mutant{
		{"a bound within rounding", "TestBound", `return odds < -margin`, `return odds < margin`},
		{"a bound by the tangent alone", "TestBoundIsConvex", `float64(x*(1+x))`, `x`},
	}},
	{"model/decide/stakes.go", []mutant{
		{"the loss by b", "TestStakes", `float64((1-p)*a.Stakes.Loss)`, `float64(p*a.Stakes.Loss)`},
	}},
	{"model/decide/decide.go", []mutant{
		{"crime is hostile", "TestStakes|TestHostile", `(b.Intent[1] + b.Intent[2])`, `(1 - b.Intent[0])`},
		{"the highest rung among equals", "TestEquals|TestArgmax", `if x > u[at] {`, `if x >= u[at] {`},
		{"a mean over the cumulative", "TestMean", `float64((cum - below) * s.Rungs[r].Level)`,
			`float64((cum - 0*below) * s.Rungs[r].Level)`},
		{"one rung above counts for all", "TestAtMost", `float64(N-1-rung) < `, `1 < `},
		{"the inverse reads the end of an interval", "TestInverseCDF|TestEquals", `if x < cum {`, `if x <= cum {`},
	}},
}
