package scenario

import (
	"fmt"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
)

// many joins numbered copies of a text.
func many(n int, format, sep string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(format, "#", fmt.Sprint("x", i))
	}
	return strings.Join(parts, sep)
}

// TestBoundsOfNumbers catches a bound moved by one, or open where it is closed.
func TestBoundsOfNumbers(t *testing.T) {
	for _, c := range []struct {
		path    string
		in, out []string
	}{
		{"horizon", []string{"50y", "0.5d", "1w"}, []string{"50.01y", "0d", "18263d", "-1y"}},
		{"headline.horizon", []string{"5y", "1d"}, []string{"0d", "50.01y"}},
		{"assumptions.model.backlog", []string{"0", "0d", "30y"}, []string{"30.01y", "-1d", "10958d"}},
		{"assumptions.model.stakes_rung", []string{"1", "9"}, []string{"0", "10", "2.5", "R3"}},
		{"assumptions.model.waits_from", []string{"1", "9"}, []string{"0", "10", "1.5", "R1"}},
		{"assumptions.model.record", []string{"0", "1000000"}, []string{"-1", "1000001", "0.5", "1 to 2"}},
		{"assumptions.model.max_events", []string{"5000", "200000"}, []string{"0", "200001"}},
		{"assumptions.model.quiet", []string{"0.001d"}, []string{"0", "0d"}},
		{"assumptions.model.piece_times", []string{"[0]", "[0d, 1d, 1d, 2d]"}, []string{"[-1d]", "[2d, 1d]", "[1d to 2d]"}},
		{"reply.max_moves", []string{"0", "64"}, []string{"65", "0.5", "-1"}},
		{"reply.delay", []string{"0.001d", "100y"}, []string{"0d"}},
		{"effect.red_line", []string{"0.001", "10"}, []string{"0", "10.001"}},
		{"belief.initial", []string{"0.001", "0.999"}, []string{"0", "1"}},
		{"onset.deterrence", []string{"-1", "1"}, []string{"-1.001", "1.001"}},
	} {
		for _, value := range c.in {
			if ps := problemsOf(t, tiny, set(c.path, value)); len(ps) > 0 {
				t.Errorf("%s: %s: %v", c.path, value, ps)
			}
		}
		for _, value := range c.out {
			if ps := problemsOf(t, tiny, set(c.path, value)); len(ps) != 1 || ps[0].File != "--set" ||
				!strings.Contains(ps[0].Path, c.path) {
				t.Errorf("%s: %s: %v", c.path, value, ps)
			}
		}
	}
}

// TestMethodIsRead catches a choice of method that is checked and then built
// from another key.
func TestMethodIsRead(t *testing.T) {
	for rung := 1; rung <= highestRung; rung++ {
		v := mustLoad(t, with(fmt.Sprintf("  model: {waits_from: %d, stakes_rung: %d, record: %d}", rung, 10-rung, 100*rung)))
		if m := v.Model; m.WaitsFrom != rung || m.StakesRung != 10-rung || m.Record != 100*rung {
			t.Errorf("%d: %+v", rung, m)
		}
	}
}

// TestDelayMandate catches a mandate that is granted without being listed.
func TestDelayMandate(t *testing.T) {
	for i, word := range MechanismNames {
		v := mustLoad(t, tiny+"levers: {channels: {forum: {members: [A, B], mandate: ["+word+"]}}}\n")
		want := [NumMechanisms]bool{}
		want[i] = true
		if got := v.Arms[0].Levers.Channels[0].Mandate; got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}

// TestLengths catches a limit moved by one, or one that counts bytes.
func TestLengths(t *testing.T) {
	stateList := func(n int) string { return strings.Replace(tiny, "B: {}}", "B: {}, "+many(n-2, "#: {}", ", ")+"}", 1) }
	arms := func(n int) string {
		return strings.Replace(tiny, "{one: {}}", "{"+many(n, "#: {}", ", ")+"}\nheadline: {baseline: x0, treatment: x1}", 1)
	}
	shocks := func(n int) string {
		return with("  shocks:\n" + many(n, "    - {name: #, at: 2026-03-01, between: [A, B], tension: 0, breaks: 0}", "\n"))
	}
	title := func(n int) string { return strings.Replace(tiny, "Tiny", strings.Repeat("é", n), 1) }
	limits := func(n int) string { return tiny + "card: {limits: \"" + strings.Repeat("中", n) + "\"}\n" }
	try := func(n int) string { return tiny + "card: {try: [" + many(n, "#", ", ") + "]}\n" }
	nameOf := func(n int) string { return strings.Replace(tiny, "one:", strings.Repeat("é", n)+":", 1) }
	fileOf := func(n int) string { return tiny + "#" + strings.Repeat("x", n-len(tiny)-1) }
	for what, c := range map[string]struct {
		make func(int) string
		last int
	}{"states": {stateList, maxEntities}, "arms": {arms, maxArms}, "shocks": {shocks, maxItems},
		"title":  {title, maxTitle},
		"limits": {limits, maxText}, "try": {try, maxEntities}, "name": {nameOf, maxName}, "bytes": {fileOf, maxBytes}} {
		if ps := problemsOf(t, c.make(c.last)); len(ps) > 0 {
			t.Errorf("%s of %d: %v", what, c.last, ps[0])
		}
		if ps := problemsOf(t, c.make(c.last+1)); len(ps) == 0 {
			t.Errorf("%s of %d loads", what, c.last+1)
		}
	}
}

// TestNesting catches a reader without a floor: sixteen levels are read and
// refused by the format, one more by the reader.
func TestNesting(t *testing.T) {
	for depth := 12; depth <= 20; depth++ {
		ps := problemsOf(t, tiny+"card: "+strings.Repeat("[", depth)+strings.Repeat("]", depth)+"\n")
		deep := strings.Contains(ps.Error(), "nested more than")
		if len(ps) == 0 || deep != (depth+1 > maxDepth) {
			t.Errorf("%d deep: %v", depth, ps)
		}
	}
}

// TestDatesNearTheirBounds catches an interval of days that is open at the wrong
// end.
func TestDatesNearTheirBounds(t *testing.T) {
	thaw := func(from, until string) string {
		return with("  thaws: [{between: [A, B], from: " + from + ", until: " + until + ", level: 1}]")
	}
	summit := func(day string) string {
		return tiny + "levers: {summits: [{name: top, at: " + day + ", between: [A, B], relief: 0, restores: 0}]}\n"
	}
	count := func(rest string) string {
		return tiny + "expect: [{id: a, says: b, source: T5, observed: 0, statistic: {measure: count, event: act" +
			rest + "}}]\n"
	}
	level := func(x string) string { return strings.Replace(count(""), "observed", "level: "+x+", observed", 1) }
	for _, c := range []struct{ data, want string }{
		{thaw("2026-03-01", "2026-03-02"), ""},
		{thaw("2026-03-01", "2026-03-01"), "ends on 2026-03-01, not after it begins"},
		{thaw("2020-03-01", "2040-03-02"), ""},
		{summit("2022-01-01"), ""}, {summit("2021-12-31"), "before states begin to act"},
		{summit("2031-01-01"), ""}, {summit("2031-01-02"), "after the horizon ends"},
		{count(", after: 2026-03-01, before: 2026-03-02"), ""},
		{count(", after: 2026-03-01, before: 2026-03-01"), "no day lies after 2026-03-01 and before 2026-03-01"},
		{count(", after: 2031-01-01"), ""}, {count(", after: 2031-01-02"), "no day lies after"},
		{count(", before: 2026-01-02"), ""}, {count(", before: 2026-01-01"), "no day lies after 2026-01-01"},
		{count(", from: R3, to: R3"), ""}, {count(", from: R4, to: R3"), "from R4 to R3 holds no rung"},
		{count(", to: R0"), ""}, {count(", from: R9"), ""},
		{level("0.5"), ""}, {level("0.501"), "outside the domain"}, {level("0"), "outside the domain"}, {level("0.001"), ""},
		{strings.Replace(tiny, "2026-01-01", "1950-01-01", 1), ""},
		{strings.Replace(tiny, "2026-01-01", "1949-12-31", 1), "out of range"},
		{strings.Replace(tiny, "2026-01-01", "2150-12-31", 1), ""},
		{strings.Replace(tiny, "2026-01-01", "2151-01-01", 1), "out of range"},
	} {
		loadsOr(t, c.data, c.want)
	}
}

// TestHeadlineHorizonNearTheHorizon catches a headline that may reach beyond the
// end, or that leaves the window of an expectation behind.
func TestHeadlineHorizonNearTheHorizon(t *testing.T) {
	for span, want := range map[string]float64{"5y": 5 * param.DaysPerYear, "1826.25d": 1826.25, "1d": 1,
		"4.99y": 4.99 * param.DaysPerYear} {
		v := mustLoad(t, tiny+"headline: {horizon: "+span+"}\nexpect: [{id: a, says: b, source: T5, observed: 0, "+
			"statistic: {measure: count, event: act}}]\n")
		if v.Horizon != want || v.Headline.Horizon != want || v.Expect[0].Statistic.Before != want {
			t.Errorf("%s: %v, %v, %v", span, v.Horizon, v.Headline.Horizon, v.Expect[0].Statistic.Before)
		}
	}
	window := "expect: [{id: a, says: b, source: T5, observed: 0, statistic: {measure: count, event: act, after: " +
		"%s}}]\nheadline: {horizon: 365d}\n"
	loadsOr(t, tiny+fmt.Sprintf(window, "2026-12-31"), "")
	loadsOr(t, tiny+fmt.Sprintf(window, "2027-01-01"), "no day lies after 2027-01-01 and before 2027-01-01")
	for _, span := range []string{"5.001y", "1826.5d", "50y"} {
		loadsOr(t, tiny+"headline: {horizon: "+span+"}\n", "reaches beyond the horizon")
	}
}

// TestAnswersNearOne catches a sum that refuses what is exactly 1, for each pair
// and at a channel as well as for all.
func TestAnswersNearOne(t *testing.T) {
	for _, who := range []string{"guilty", "innocent", "guilty_belief", "innocent_belief"} {
		for silent, ok := range map[string]bool{"0.7": true, "0.70001": false} {
			pair := fmt.Sprintf("clarify: {deny_%s: 0.3, silent_%s: %s}", who, who, silent)
			for _, data := range []string{with("  " + pair),
				with("  channels: {forum: {"+pair+"}}") + "levers: {channels: {forum: {members: [A, B]}}}\n"} {
				ps := problemsOf(t, data)
				if (len(ps) == 0) != ok || !ok && (ps[0].Line != 8 || !strings.HasSuffix(ps[0].Path, "clarify.deny_"+who)) {
					t.Errorf("%s with %s: %v", who, silent, ps)
				}
			}
		}
	}
}
