package calibrate

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// yard is a record of n incidents that are disclosed on day 100 and name China, one
// begun on each day from 0 on.
func yard(n int, until float64) *Record {
	r := &Record{Until: until}
	for i := range n {
		r.Incidents = append(r.Incidents,
			Incident{Start: float64(i), Discovered: 50, Disclosed: 100, Accused: math.Inf(1), Penalty: math.Inf(1), Severity: 3,
				Intent: scenario.Espionage, Chinese: true, Belief: 0.9, entity: random.Entity(11, i)})
	}
	return r
}

// held returns the starts that a data set holds of a record.
func held(r *Record, set int, chance, lag, first, end, closed float64) []float64 {
	var g Register
	rep := replicate(0)
	g.code(r, &rep, set, chance, lag, first, end, closed)
	return g.Starts
}

const farOff = 1e9 // days

// Breaks when a perfect data set misses what was public, named China, and began in
// its years, or holds anything else.
func TestPerfectRegister(t *testing.T) {
	seen := 0
	for n := range 8 {
		x := simulated(full(), n)[0]
		r := observedRecord(0, x, x.v.Horizon)
		first, end := 365.0, 2922.0
		var g, want Register
		for _, k := range r.Incidents {
			if k.Start >= first && k.Start < end && k.Disclosed <= r.Until && k.Belief >= 0.5 {
				want.Starts, want.Severities = append(want.Starts, k.Start), append(want.Severities, k.Severity)
				if k.Intent == scenario.Espionage {
					want.Espionage++
				}
				if k.Accused <= r.Until {
					want.Attributed++
				}
			}
		}
		rep := replicate(n)
		g.code(r, &rep, 0, 1, 0, first, end, farOff)
		if !slices.Equal(g.Starts, want.Starts) || !slices.Equal(g.Severities, want.Severities) ||
			g.Espionage != want.Espionage || g.Attributed != want.Attributed {
			t.Errorf("draw %d: the register holds %v, want %v", n, g, want)
		}
		if len(want.Starts) < len(r.Incidents) {
			seen += len(want.Starts)
		}
	}
	if seen < 50 {
		t.Errorf("only %d incidents were coded", seen)
	}
}

// Breaks when a bound of the years is a day off, or something not public, or that
// does not name China, is held.
func TestWhatARegisterHolds(t *testing.T) {
	r := yard(6, 1000)
	r.Incidents[3].Belief = 0.49
	r.Incidents[4].Disclosed = math.Inf(1)
	if got := held(r, 0, 1, 0, 1, 5, farOff); !slices.Equal(got, []float64{1, 2}) {
		t.Errorf("held %v, want those begun on days 1 and 2", got)
	}
}

// Breaks when a data set takes what became public after its end, or after the cut-off.
func TestClosedRegister(t *testing.T) {
	for _, x := range []struct {
		closed, until float64
		want          int
	}{{100, 1000, 3}, {99.9, 1000, 0}, {1000, 100, 3}, {1000, 99.9, 0}} {
		if got := held(yard(3, x.until), 0, 1, 0, 0, 10, x.closed); len(got) != x.want {
			t.Errorf("closed on day %v, cut after %v: %d held, want %d", x.closed, x.until, len(got), x.want)
		}
	}
}

// Breaks when a data set knows of an attribution that came after its end.
func TestAttributionAfterTheEndIsNotCoded(t *testing.T) {
	r := yard(3, 1000)
	r.Incidents[0].Accused, r.Incidents[1].Accused = 200, 200.1
	var g Register
	rep := replicate(0)
	g.code(r, &rep, 0, 1, 0, 0, 10, 200)
	if g.Attributed != 1 || len(g.Starts) != 3 {
		t.Errorf("%d of %d attributed, want 1 of 3", g.Attributed, len(g.Starts))
	}
}

// subset reports whether all of a are in b.
func subset(a, b []float64) bool {
	return !slices.ContainsFunc(a, func(x float64) bool { return !slices.Contains(b, x) })
}

// Breaks when chance is not addressed by incident: with the same numbers, a smaller
// chance of coding, a longer lag, an earlier end or cut-off only lose incidents.
func TestRegisterIsMonotone(t *testing.T) {
	r := yard(400, 1000)
	last := held(r, 0, 1, 0, 0, 400, 900)
	for _, c := range []float64{0.9, 0.7, 0.5, 0.3, 0} {
		got := held(r, 0, c, 0, 0, 400, 900)
		if !subset(got, last) || len(got) >= len(last) {
			t.Errorf("chance %v holds %d, not among the %d before", c, len(got), len(last))
		}
		last = got
	}
	last = held(r, 0, 1, 0, 0, 400, 900)
	for _, lag := range []float64{200, 400, 900, 5000} {
		got := held(r, 0, 1, lag, 0, 400, 900)
		if !subset(got, last) || len(got) >= len(last) {
			t.Errorf("lag %v holds %d, not among the %d before", lag, len(got), len(last))
		}
		last = got
	}
	late := held(r, 0, 0.8, 300, 0, 400, 900)
	early := held(r, 0, 0.8, 300, 0, 400, 400)
	cut := *r
	cut.Until = 400
	if !subset(early, late) || len(early) >= len(late) || !slices.Equal(early, held(&cut, 0, 0.8, 300, 0, 400, 900)) {
		t.Errorf("an earlier end holds %d of %d, an earlier cut-off %d", len(early), len(late),
			len(held(&cut, 0, 0.8, 300, 0, 400, 900)))
	}
}

// Breaks when the luck of an incident depends on what else was discovered.
func TestLuckIsTheIncidents(t *testing.T) {
	r := yard(400, 1000)
	all := held(r, 0, 0.5, 200, 0, 400, 900)
	fewer := *r
	fewer.Incidents = r.Incidents[100:]
	want := slices.DeleteFunc(slices.Clone(all), func(x float64) bool { return x < 100 })
	if got := held(&fewer, 0, 0.5, 200, 0, 400, 900); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("%d held, want the same %d as among all", len(got), len(want))
	}
}

// binomial reports whether k of n is beyond level for probability p.
func binomial(k, n int, p float64) bool {
	return math.Abs(float64(k)-float64(n)*p) > zLevel*math.Sqrt(float64(n)*p*(1-p))
}

// Breaks when the share held is not chance × P(lag·Exp(1) ≤ time left): 40,000
// incidents, level 10⁻⁶; a share off by .02 is seen.
func TestRegisterLaw(t *testing.T) {
	const n = 40000
	r := yard(n, farOff)
	for _, x := range []struct{ chance, lag, closed float64 }{{0.3, 0, farOff}, {0.75, 0, farOff}, {1, 400, 300},
		{0.5, 200, 500}} {
		p := x.chance
		if x.lag > 0 {
			p *= -math.Expm1(-(x.closed - 100) / x.lag)
		}
		if k := len(held(r, 0, x.chance, x.lag, 0, n, x.closed)); binomial(k, n, p) {
			t.Errorf("chance %v, lag %v: %d of %d held, want about %.0f", x.chance, x.lag, k, n, p*n)
		}
	}
}

// Breaks when two data sets share their luck: each codes on its own. 40,000
// incidents, level 10⁻⁶.
func TestDataSetsAreIndependent(t *testing.T) {
	const n, p = 40000, 0.4
	r := yard(n, farOff)
	first, second := held(r, 0, p, 0, 0, n, farOff), held(r, 1, p, 0, 0, n, farOff)
	in := map[float64]bool{}
	for _, x := range first {
		in[x] = true
	}
	both := 0
	for _, x := range second {
		if in[x] {
			both++
		}
	}
	if binomial(both, n, p*p) {
		t.Errorf("%d of %d in both, want about %.0f", both, n, p*p*n)
	}
}

// Breaks when what comes out is not a share of what is, or counts accusations of the guilty, of which there are twice
// as many. 20,000 of the innocent, level 10⁻⁶.
func TestWhatComesOut(t *testing.T) {
	rep := replicate(0)
	const n, p = 20000, 0.3
	r := &Record{Incidents: []Incident{{}, {Chinese: true}}}
	for i := range n {
		r.Accusations = append(r.Accusations, Accusation{Incident: 0, entity: random.Entity(5, i)},
			Accusation{Incident: 1, entity: random.Entity(6, i)}, Accusation{Incident: 1, entity: random.Entity(7, i)})
		r.Covert = append(r.Covert, Covert{random.Entity(5, i), 0})
	}
	for what, got := range map[string]float64{"accusations known to be wrong": r.knownWrong(&rep, p),
		"covert answers known": r.knownCovert(&rep, p)} {
		if binomial(int(got), n, p) {
			t.Errorf("%s: %v of %d, want about %.0f", what, got, n, p*n)
		}
	}
	if r.knownWrong(&rep, 1) != n || r.knownWrong(&rep, 0) != 0 || r.knownCovert(&rep, 1) != n {
		t.Error("at chance 1 all comes out, at 0 nothing")
	}
}

// Breaks when British part is read off an American coalition that has no such core.
func TestHistoryNamesItsCore(t *testing.T) {
	v := *american()
	v.Arms = slices.Clone(v.Arms)
	v.Arms[0].Levers.Coalitions = slices.Clone(v.Arms[0].Levers.Coalitions)
	v.Arms[0].Levers.Coalitions[0].Core = ""
	if _, err := NewHistories(&v, britishPast(), date(2026, 6, 30)); err == nil ||
		!strings.Contains(err.Error(), "core: United Kingdom") {
		t.Errorf("a coalition without a core: %v", err)
	}
}

// Breaks when a data set closes before its years end.
func TestDataSetsCloseAfterTheirYears(t *testing.T) {
	for _, d := range []DataSet{DCID, EuRepoC} {
		if d.From > d.To || d.Closed <= d.To {
			t.Errorf("%s: %d to %d, closed in %d", d.Name, d.From, d.To, d.Closed)
		}
	}
}
