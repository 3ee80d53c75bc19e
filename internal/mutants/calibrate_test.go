//go:build verify

package mutants

var calibrateFiles = []file{
	{"model/record/calibrate/fit.go", []mutant{
		{"the ridge on counts of incidents", "TestCorrect", `if c == Full || p.Statistics[n].Unridged {`,
			`if c == Full || !p.Statistics[n].Unridged {`},
		{"contraction of the variance", "TestLearnByHand", `max(0, 1-sd)`, `max(0, 1-sd*sd)`},
	}},
	{"model/record/calibrate/predict.go", []mutant{
		{"as low and as high exchanged", "TestCompareAsFar", `float64(below)/float64(len(after)), float64(above)/`,
			`float64(above)/float64(len(after)), float64(below)/`},
		{"one tail for two", "TestTail", `min(1, 2*float64(min(below, above))/n)`,
			`min(1, float64(min(below, above))/n)`},
		{"another central interval", "TestCompareByHand", `[3]float64{0.05, 0.5, 0.95}`, `[3]float64{0.1, 0.5, 0.9}`},
		{"a prediction stands at its bound", "TestOneSided", `free.Low = false`, `free.Low = s.Low`},
		{"particles picked from the start of their share", "TestSystematic", `(float64(k) + 0.5) / float64(n)`,
			`float64(k) / float64(n)`},
		{"an undefined value is 0", "TestCompareByHand", `out := slices.DeleteFunc(slices.Clone(x), math.IsNaN)`,
			`out := slices.Clone(x)
	for i := range out {
		if math.IsNaN(out[i]) {
			out[i] = 0
		}
	}`},
	}},
	{"model/record/calibrate/record.go", []mutant{
		{"denied within a month", "TestWindows", `e.Time-a.At <= 7`, `e.Time-a.At <= window`},
		{"accusations of the past", "TestThePast", `if e.Time < 0 {`, `if e.Time < -1e9 {`},
		{"alive before the start", "TestThePast|TestAliveFrom", `math.Max(0, e.Time-math.Max(d.Since, 0))`,
			`math.Max(0, e.Time-d.Since)`},
		{"a lapse is a rupture", "TestThePast", `d.ruptured = math.Inf(1), e.Time, e.Kind == sim.EventSuspension`,
			`d.ruptured = math.Inf(1), e.Time, true`},
		{"a covert operation accuses", "TestWhichRungs", `rung >= ladder.Public && rung <= ladder.ReduceRelations`,
			`rung >= ladder.Public && rung <= ladder.CounterOperation`},
	}},
	{"model/record/calibrate/register.go", []mutant{
		{"attributed after the data set was closed", "TestAttributionAfter", `if k.Accused <= closed {`,
			`if !math.IsInf(k.Accused, 1) {`},
		{"named by the truth, not by belief", "TestWhatARegister", `return k.Belief >= 0.5`, `return k.Chinese`},
		{"an accusation of the guilty comes out as wrong", "TestWhatComesOut", `if !r.Incidents[a.Incident].Chinese &&`,
			`if r.Incidents[a.Incident].Chinese &&`},
		{"coding trails the discovery", "TestRegisterLaw|TestWhatARegister", `coded := k.Disclosed + float64`,
			`coded := k.Discovered + float64`},
	}},
	{"model/record/calibrate/statistic.go", []mutant{
		{"a count without its shift", "TestScalesByHand", `math.Sqrt(x + 0.375)`, `math.Sqrt(x)`},
		{"a duration of a day has no scale", "TestScalesByHand", `elem.Log(1 + max(x, 0))`, `elem.Log(max(x, 1))`},
	}},
	{"model/record/calibrate/simulator.go", []mutant{
		{"a bound from the wrong side", "TestOneSided", `y = math.Min(y, s.bound)`, `y = math.Max(y, s.bound)`},
		{"a judgement's variance for its deviation", "TestErrorOf", `y += float64(s.Judged * rep`,
			`y += float64(s.Judged * s.Judged * rep`},
	}},
	{"model/record/calibrate/world.go", []mutant{
		{"dispersion with n for n − 1", "TestDispersion", `ss / float64(years-1) / mean`, `ss / float64(years) / mean`},
		{"famous only if grave and named", "TestSimulatedByHand", `(k.Severity >= 3 || k.Accused <= until)`,
			`(k.Severity >= 3 && k.Accused <= until)`},
		{"the last year left out", "TestSimulatedByHand", `w.within(history, w.scratch, newYear(from), newYear(to+1))`,
			`w.within(history, w.scratch, newYear(from), newYear(to))`},
		{"a share of all accusations, asked or not", "TestSimulatedByHand", `if asked {`, `if asked || !asked {`},
	}},
	{"model/record/calibrate/space.go", []mutant{
		{"a walk with the wrong step", "TestPricesWalk", `math.Sqrt(1-float64(c.share*c.share))`,
			`math.Sqrt(1-c.share)`},
		{"mechanisms learned from one history", "TestWhatIsDrawnAfresh", `case mechanism(x.Param) || known && !same:`,
			`case known && !same:`},
	}},
	{"model/record/calibrate/ties.go", []mutant{
		{"ties of the silent with all", "TestTies", `learned[m].Silent()`, `learned[n].Silent()`},
	}},
	{"model/record/calibrate/readings.go", []mutant{
		{"a penalty known before it came", "TestPenalties", `known && a.PenaltyWithin(penaltyDays)`,
			`(known || true) && a.PenaltyWithin(penaltyDays)`},
		{"two states are three", "TestSimulatedByHand", `a.Partners >= 2`, `a.Partners >= 1`},
	}},
}
