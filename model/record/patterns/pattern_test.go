package patterns

import (
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// TestShippedPatterns: all thresholds can be computed, on an arm that there is and with bounds
// that leave room, and have sources; every pattern has one; every statistic is used once and says
// what a miss means.
func TestShippedPatterns(t *testing.T) {
	used, judged := map[string]bool{}, map[string]bool{}
	key := regexp.MustCompile(`\b[A-Z]{1,2}[0-9]+\b|\[\w+\]`)
	for _, p := range Shipped() {
		if used[p.Statistic] || p.Says == "" || p.Source == "" || !evidence.Known(p.ID) ||
			slices.ContainsFunc(key.FindAllString(p.Source, -1), func(k string) bool { return !evidence.Known(k) }) {
			t.Errorf("%s: statistic %q stands twice, or the source %q is none", p.ID, p.Statistic, p.Source)
		}
		used[p.Statistic], judged[p.ID] = true, true
		if statisticNamed(p.Statistic) == nil || p.Arm != "baseline" && p.Arm != "treatment" ||
			p.Low == nil && p.High == nil ||
			p.Low != nil && p.High != nil && *p.Low >= *p.High {
			t.Errorf("%s of %s", p.ID, p.Statistic)
		}
	}
	for _, p := range evidence.Shipped().Patterns {
		if !judged[p.ID] {
			t.Errorf("%s has no threshold", p.ID)
		}
	}
	for _, s := range patternStatistics {
		if !used[s.name] {
			t.Errorf("no pattern uses %s", s.name)
		}
		if s.below == "" || s.above == "" || s.none == "" || s.unit == "" {
			t.Errorf("%s does not say what a miss means", s.name)
		}
	}
}

// TestCoveredIsTheMeanOverShifts: chance equals the average over circular shifts
// of the other side's starts, done one by one.
func TestCoveredIsTheMeanOverShifts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		length := 1000 + 2000*r.Float64()
		times := func(n int) (out []float64) {
			for range n {
				out = append(out, length*r.Float64())
			}
			slices.Sort(out)
			return out
		}
		own, other := times(1+r.IntN(20)), times(r.IntN(6))
		const shifts = 20000
		sum := 0.0
		for k := range shifts {
			var moved []float64
			for _, x := range other {
				moved = append(moved, math.Mod(x+length*float64(k)/shifts, length))
			}
			slices.Sort(moved)
			sum += followed(own, moved, length)
		}
		want := float64(len(own)) * covered(other, length)
		if have := sum / shifts; math.Abs(have-want) > 0.01*float64(len(own)) {
			t.Errorf("%d own, %d other: %v over shifts, %v by the formula", len(own), len(other), have, want)
		}
	}
}

// TestThaw: rates within and outside, over parts that overlap and reach beyond.
func TestThaw(t *testing.T) {
	v := &scenario.Scenario{Horizon: 1000, States: []scenario.State{{Name: "A"}, {Name: "B"}, {Name: "C"}},
		Thaws: []scenario.Thaw{
			{Between: [2]string{"A", "B"}, From: 300, Until: 500}, {Between: [2]string{"B", "A"}, From: -50, Until: 200},
			{Between: [2]string{"A", "B"}, From: 400, Until: 600}, {Between: [2]string{"A", "C"}, From: 2000, Until: 3000},
		}}
	if have := thawDays(v, "A", "B"); !slices.Equal(have, [][2]float64{{300, 500}, {0, 200}, {400, 600}}) {
		t.Fatalf("%v", have)
	}
	book := caseBook{
		steps: []pstep{{100, 0, 1}, {250, 1, 0}, {700, 0, 1}, {800, 0, 2}},
		list: []pcase{{discovered: 10, victim: 0}, {discovered: 310, victim: 1}, {discovered: 250, victim: 0},
			{discovered: 250, victim: 2}},
	}
	var g group
	g.addThaw(&book, v)
	if g.ratios[ratioThaw] != [2]float64{1, 2} || g.ratios[ratioFrost] != [2]float64{2, 1} {
		t.Errorf("thaw %v, frost %v", g.ratios[ratioThaw], g.ratios[ratioFrost])
	}
}

// TestCases: what the patterns read off a case.
func TestCases(t *testing.T) {
	step := func(time float64, rung, before int, innocent bool) sim.Event {
		e := on(time, sim.EventAct, -1, 0, 1, rung)
		e.Before = before
		if !innocent {
			e.OnTruth.Culprit = 1
		}
		return e
	}
	found := on(5, sim.EventDiscovery, -1, 0, -1, 0)
	found.Start, found.Severity = -95, 2
	r := recorder{log: []sim.Event{found, step(10, 1, 0, false), step(40, 3, 1, true),
		on(40, sim.EventDenial, -1, 1, 0, 0), step(70, 5, 3, true), on(75, sim.EventReply, -1, 1, 0, 8)}}
	var book caseBook
	standard := scaleOf(&scenario.Scenario{Scale: "standard"})
	book.read(&r, 365, standard)
	if len(book.list) != 1 || len(book.steps) != 1 {
		t.Fatalf("%+v", book)
	}
	var g group
	g.addCases(book.list, standard)
	want := map[int][2]float64{ratioPublic: {1, 1}, ratioLevel: {0, 1}, ratioFirebreak: {1, 1}, ratioPenalty: {1, 1},
		ratioDenial: {1, 1}, ratioFalse: {1, 1}}
	for k, x := range want {
		if g.ratios[k] != x {
			t.Errorf("ratio %d: %v, want %v", k, g.ratios[k], x)
		}
	}
	for k, x := range map[int]float64{delayDiscovery: 100, delayPublic: 35, delayPenalty: 30} {
		if have := g.delays[k].quantile(0.9); math.Abs(math.Log(have/x)) > 0.06 {
			t.Errorf("delay %d: %v, want about %v", k, have, x)
		}
	}
	scheduled := recorder{log: []sim.Event{on(5, sim.EventDiscovery, 0, 0, -1, 0)}}
	if book.read(&scheduled, 365, standard); len(book.list) != 0 {
		t.Error("a scheduled incident is an input and no case of a pattern")
	}
	covert := recorder{log: []sim.Event{found, step(10, 7, 0, true), step(40, 8, 7, false)}}
	book.read(&covert, 365, standard)
	if c := book.list[0]; c.public != 40 || c.penalty != 40 || c.innocent || c.highest != 8 || len(book.steps) != 1 ||
		book.steps[0].time != 40 {
		t.Errorf("a covert operation that a visible one follows: %+v, steps %+v", c, book.steps)
	}
}

// TestThresholds: a value outside is a miss that says what it means, one on the
// bound is none, and what cannot be computed is not here.
func TestThresholds(t *testing.T) {
	s := &sums{}
	for i := range s.groups[baseline] {
		g := &s.groups[baseline][i]
		g.add(ratioPublic, 2, 10)
		g.add(ratioFalse, float64(i%2), 2)
	}
	number := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		statistic string
		low, high *float64
		want      Verdict
		close     bool
	}{
		{"share_cases_public", number(0.2), number(0.3), Pass, false},
		{"share_cases_public", number(0.2), number(0.2), Pass, false},
		{"share_cases_public", number(0.2000001), nil, Miss, false},
		{"share_cases_public", nil, number(0.1999999), Miss, false},
		{"false_share_public", number(0), number(0.3), Pass, true},
		{"false_share_public", number(0), number(0.9), Pass, false},
		{"denial_share", number(0), nil, NotHere, false},
	} {
		p := Threshold{Statistic: c.statistic, Low: c.low, High: c.high}.judge(s)
		below := c.low != nil && strings.HasPrefix(p.Means, "hardly any case")
		above := c.low == nil && strings.HasPrefix(p.Means, "too many cases")
		if p.Verdict != c.want || p.Close != c.close || (p.Means == "") != (c.want == Pass) ||
			c.want == Miss && !below && !above {
			t.Errorf("%s: %+v", c.statistic, p)
		}
	}
	if p := (Threshold{Statistic: "share_cases_public", Arm: "treatment", Low: number(0)}).judge(s); p.Verdict != NotHere {
		t.Errorf("the other arm is empty: %+v", p)
	}
}
