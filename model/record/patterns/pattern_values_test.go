package patterns

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// crafted is a group whose every number is known by hand.
func crafted() *group {
	g := &group{}
	never := math.Inf(1)
	quiet := func(start, severity float64, highest, top int) pcase {
		return pcase{start: start, discovered: 100, severity: severity, public: never, penalty: never, highest: highest,
			top: top}
	}
	loud := func(public, penalty float64, denied, innocent bool) pcase {
		return pcase{start: 90, discovered: 100, severity: 2, public: public, penalty: penalty, highest: 5, top: 8,
			denied: denied, innocent: innocent}
	}
	g.addCases([]pcase{
		quiet(0, 3, 0, 0),    // found after 100 days, nothing done
		quiet(0, 0.8, 2, 2),  // a warning at its level
		quiet(0, 0.79, 2, 9), // one just above it, answered by force
		quiet(-900, 9, 1, 7),
		loud(110, 110, true, false), // one package
		loud(300, 390, false, true), // 90 days apart: a penalty
		loud(300, 391, true, false), // 91: none, but the gap counts
		loud(300, 481, false, false),
		{start: 99, discovered: 100, severity: 9, public: 200, penalty: never, highest: 3, top: 3, denied: true, group: true},
	}, scaleOf(&scenario.Scenario{Scale: "standard"}))
	forum := []bool{true, false}
	g.addChannels(&recorder{log: []sim.Event{
		channelEvent(0, sim.EventSuspension, 0, sim.CauseAccusation),
		channelEvent(5, sim.EventSuspension, 0, sim.CauseShock),
		channelEvent(7, sim.EventLapse, 0, 0),
		channelEvent(9, sim.EventLapse, 0, 0),
		channelEvent(365, sim.EventLapse, 0, 0),
		channelEvent(365.1, sim.EventLapse, 0, 0),                       // after the window
		channelEvent(-0.1, sim.EventSuspension, 0, sim.CauseAccusation), // before it
		channelEvent(8, sim.EventSuspension, 1, sim.CauseAccusation),    // no forum
		channelEvent(8, sim.EventRestoration, 0, 0),                     // no rupture
	}}, forum, 365)
	g.addNeed(&sim.Outcome{Need: [sim.NeedBins]int{10, 4, 3, 2, 1}, NeedUp: [sim.NeedBins]int{9, 2, 2, 0, 1}})
	g.add(ratioThaw, 1, 8)
	g.add(ratioFrost, 2, 4)
	g.add(ratioTitForTat, -0.5, 10)
	return g
}

// A statistic that reads another's counts, or that turns its ratio around, would
// show here.
func TestEachPatternStatisticByHand(t *testing.T) {
	g := crafted()
	seen := 0
	for name, want := range map[string]float64{
		"share_cases_public":                     4.0 / 8,
		"share_first_steps_at_or_below_severity": 3.0 / 8, // the warning and the protest, and the group's
		"firebreak_a_per_case":                   5.0 / 9,
		"share_never_public":                     4.0 / 8,
		"share_public_with_penalty":              2.0 / 5,
		"denial_share":                           3.0 / 5,
		"tit_for_tat_excess_90d":                 -0.05,
		"suspension_by_accusation_share":         1.0 / 5,
		"lapse_share":                            3.0 / 5,
		"uptime_low_tension_minus_high":          0.9 - 0.5,
		"thaw_public_ratio":                      0.25,
		"false_share_public":                     1.0 / 5,
	} {
		seen++
		if have := statisticNamed(name).of(g); math.Abs(have-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, have, want)
		}
	}
	// Bins of delays are a fortieth of a decade wide.
	for name, want := range map[string]float64{
		"discovery_delay_median_days": 10,
		"discovery_delay_p90_days":    1000,
		"public_delay_median_days":    200,
		"penalty_gap_median_days":     90,
	} {
		seen++
		if have := statisticNamed(name).of(g); math.Abs(math.Log10(have/want)) > 1.0/perDecade {
			t.Errorf("%s: %v, want about %v", name, have, want)
		}
	}
	if seen != len(patternStatistics) {
		t.Errorf("%d statistics are known by hand, there are %d", seen, len(patternStatistics))
	}
}

// A value of 0 or infinity where there is nothing to compute from would show here.
func TestNothingToComputeFrom(t *testing.T) {
	s := &sums{}
	zero := 0.0
	for _, x := range patternStatistics {
		p := Threshold{Statistic: x.name, Low: &zero}.judge(s)
		if p.Verdict != NotHere || p.Value != nil || p.SE != nil || p.Means == "" {
			t.Errorf("%s: %+v", x.name, p)
		}
	}
	s.groups[baseline][0].add(ratioThaw, 1, 2)
	s.groups[baseline][0].add(ratioFrost, 0, 2)
	if p := (Threshold{Statistic: "thaw_public_ratio", Low: &zero}).judge(s); p.Verdict != NotHere {
		t.Errorf("one over zero is %+v", p)
	}
}

// Chance that is not taken off, groups that count as states, starts outside of the
// window, and a circle that is not closed would show here.
func TestTitForTatByHand(t *testing.T) {
	start := func(stream int32, day float64, change func(*sim.Event)) sim.Event {
		e := on(day+40, sim.EventDiscovery, -1, 0, -1, 0)
		e.Stream, e.Start = stream, day
		if change != nil {
			change(&e)
		}
		return e
	}
	streams := func(i int) (source, victim int, intent scenario.Intent) {
		return []int{1, 0, 2}[i], []int{0, 1, 0}[i], 0
	}
	log := []sim.Event{
		start(0, 100, nil), start(0, 500, nil),
		start(1, 950, nil), start(1, 150, nil), start(1, 560, nil),
		start(2, 101, nil), // of a group
		start(1, -1, nil), start(1, 1000, nil), start(0, 940, func(e *sim.Event) { e.Named = 0 }),
		start(0, 940, func(e *sim.Event) { e.Kind = sim.EventAct }),
	}
	v := &scenario.Scenario{Horizon: 1000 + foundWithin, States: make([]scenario.State, 2)}
	var g group
	g.addTitForTat(&recorder{log: log}, streams, v)
	// Two of two are followed where 270 days of 1,000 lie before one; none of three
	// where 180 do.
	want := [2]float64{2 - 2*0.27 + 0 - 3*0.18, 5}
	if have := g.ratios[ratioTitForTat]; math.Abs(have[0]-want[0]) > 1e-12 || have[1] != want[1] {
		t.Errorf("%v, want %v", have, want)
	}
	for horizon, counted := range map[float64]bool{foundWithin + 179: false, foundWithin + 180: true, 100: false} {
		var short group
		short.addTitForTat(&recorder{log: log}, streams, &scenario.Scenario{Horizon: horizon, States: v.States})
		if have := short.ratios[ratioTitForTat][1] > 0; have != counted {
			t.Errorf("a window of %v days: counted %v", horizon, have)
		}
	}
	var early group
	early.addTitForTat(&recorder{log: log}, streams,
		&scenario.Scenario{Horizon: v.Horizon, States: v.States, Model: scenario.Model{Backlog: 1}})
	if n := early.ratios[ratioTitForTat][1]; n != 6 {
		t.Errorf("%v starts since states act, want 6", n)
	}
}

// An error from all parts instead of those with cases, or one without the factor of
// the jackknife, would show here: for a mean of equal parts it is the textbook's.
func TestJackknifeOfAMeanIsItsStandardError(t *testing.T) {
	var parts [groups]group
	values := []float64{1, 4, 2, 9, 4}
	for i, x := range values {
		parts[3*i].add(ratioPublic, x, 10)
	}
	mean, ss := 0.4, 0.0
	for _, x := range values {
		ss += (x/10 - mean) * (x/10 - mean)
	}
	want := math.Sqrt(ss / 4 / 5)
	if value, se := jackknife(&parts, ratio(ratioPublic)); math.Abs(value-mean) > 1e-12 || math.Abs(se-want) > 1e-12 {
		t.Errorf("%v ± %v, want %v ± %v", value, se, mean, want)
	}
	var one [groups]group
	one[4].add(ratioPublic, 1, 2)
	if value, se := jackknife(&one, ratio(ratioPublic)); value != 0.5 || !math.IsNaN(se) {
		t.Errorf("one part has the error %v", se)
	}
}

// Delays that fall into the bin beside, or a median that does not interpolate, would
// show here.
func TestDelayBins(t *testing.T) {
	edge := func(k int) float64 { return shortest * math.Pow(10, float64(k)/perDecade) }
	for k := range perDecade * decades {
		var d delays
		d.add(edge(k) * 1.001)
		if d[k+1] != 1 {
			t.Fatalf("%v days are not in bin %d", edge(k), k+1)
		}
		if have, want := d.quantile(0.5), edge(k)*math.Pow(10, 0.5/perDecade); math.Abs(have/want-1) > 1e-9 {
			t.Fatalf("the middle of bin %d is %v, want %v", k+1, have, want)
		}
	}
	var d delays
	for _, x := range []float64{0, 0.49, 1e9, 1e300} {
		d.add(x)
	}
	if d[0] != 2 || d[len(d)-1] != 2 {
		t.Errorf("the ends hold %d and %d, want 2 and 2", d[0], d[len(d)-1])
	}
}

// TestNeedByTension: the lowest fifth of tension is calm, all above tense. Catches the two exchanged.
func TestNeedByTension(t *testing.T) {
	var g group
	g.addNeed(&sim.Outcome{Need: [sim.NeedBins]int{10, 1, 2, 3, 4}, NeedUp: [sim.NeedBins]int{9, 0, 1, 1, 1}})
	if calm, tense := g.ratios[ratioCalm], g.ratios[ratioTense]; calm != [2]float64{9, 10} || tense != [2]float64{3, 10} {
		t.Errorf("calm %v, tense %v", calm, tense)
	}
}
