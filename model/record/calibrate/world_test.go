package calibrate

import (
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

var never = math.Inf(1)

// on is a day of a year, counted from the start of a history: 0 starts in 2013, 1 in 2015.
func on(h, year int, day float64) float64 {
	return newYear(year).Sub(newYear([]int{2013, 2015}[h])).Hours()/24 + day
}

// emptyWorld is one in which nothing was recorded.
func emptyWorld() *World {
	w := &World{American: &Record{Until: 4928}, British: &Record{Until: 4198}}
	w.starts[0], w.starts[1] = newYear(2013), newYear(2015)
	return w
}

// known is a famous incident: begun on day 0, discovered, disclosed and accused after
// so many days each.
func known(discovered, disclosed, accused float64) Incident {
	return Incident{Discovered: discovered, Disclosed: discovered + disclosed, Accused: discovered + accused,
		Penalty: never, Severity: 3, Chinese: true, Belief: 1}
}

// craftedWorld is one whose statistics are worked out in TestSimulatedByHand.
func craftedWorld() *World {
	w := emptyWorld()
	w.dcid = Register{Starts: []float64{10, 400, 500, 2000}, Severities: []float64{2.6, 3.4, 3.6, 1}, Espionage: 3,
		Attributed: 1}
	// 25 September 2015 is day 997; two years before and after it are days 266.5 and 1727.5
	w.eurepoc[0] = Register{Starts: []float64{266, 267, 997, 1727, 1728}, Attributed: 2}
	w.eurepoc[1] = Register{Starts: []float64{1, 2, 3}, Attributed: 1}
	w.American.Incidents = []Incident{
		known(10, 5, 100), known(20, 15, 200), known(40, 25, never),
		// small and not accused
		{Discovered: 1, Disclosed: 2, Accused: never, Severity: 2.9, Chinese: true},
		// somebody else's
		{Discovered: 1, Disclosed: 2, Accused: never, Severity: 9, Chinese: false},
		// no espionage
		{Discovered: 1, Disclosed: 2, Accused: never, Severity: 9, Chinese: true, Intent: scenario.Disruption},
		// never public
		{Discovered: 1, Disclosed: never, Accused: never, Severity: 9, Chinese: true},
		// not yet public
		{Discovered: 1, Disclosed: 4929, Accused: never, Penalty: never, Severity: 9, Chinese: true, Belief: 1},
		// small and accused
		{Discovered: 70, Disclosed: 375, Accused: 375, Penalty: 375 + 90, Severity: 1, Chinese: true, Belief: 1},
	}
	w.American.Accusations = []Accusation{
		{At: on(0, 2014, 10), Incident: 8, Exposed: true, Cut: true, Denied: true, Counter: true},
		{At: on(0, 2015, 364.9), Incident: 0, Partners: 2, Denied: true, Trade: true},
		{At: on(0, 2016, 0), Incident: 0, Partners: 1, Counter: true},
		{At: on(0, 2018, 340), Incident: 0, Partners: 8, Exposed: true},
		{At: on(0, 2020, 5), Incident: 0}, {At: on(0, 2021, 5), Incident: 0},
		{At: on(0, 2024, 0), Incident: 0}, {At: on(0, 2025, 0), Incident: 0}, {At: on(0, 2025, 1), Incident: 0},
		{At: on(0, 2026, 100), Incident: 0},
	}
	w.American.Reports = []float64{0, on(0, 2021, 364.9), on(0, 2022, 0), on(0, 2024, 0), on(0, 2024, 1), on(0, 2026, 0)}
	w.American.Dialogues = []Dialogue{{Alive: 1232, Ages: []float64{100, 300}, Lapses: 1, Suspensions: 1,
		Recoveries: []float64{50}, Gaps: []float64{180, 200}}}
	w.British.Incidents = []Incident{known(80, 35, 300)}
	w.British.Incidents[0].Penalty = 380 + 91
	w.British.Accusations = []Accusation{{At: 380, Incident: 0, Denied: true, Counter: true, Exposed: true}}
	w.British.Dialogues = []Dialogue{{Alive: 1000, Ages: []float64{200}, Lapses: 2, Recoveries: []float64{10, 400},
		Gaps: []float64{90}}, {Alive: 99}}
	w.wrong, w.covert = [2]float64{1, 2}, [2]float64{4, 1}
	w.british = []float64{on(0, 2018, 333.9), on(0, 2018, 334), on(0, 2020, 0), on(0, 2025, 3)}
	return w
}

// Breaks when a statistic of a simulated record is computed otherwise than its label
// says.
func TestSimulatedByHand(t *testing.T) {
	mid := (390.0 + 100 + 1500) / 3
	want := map[string]float64{
		"T1.dcid": 4, "T1.eurepoc": 5, "T2": 3,
		// Years of the four starts: 1, 2, 2, 6 of eight. Mean 1/2, sum of squares
		// 1/4·7 + 9/4 = 4, variance 4/7.
		"T3": 4.0 / 7 / 0.5,
		"T4": math.Sqrt((390*390+100*100+1500*1500)/3.0-mid*mid) / mid,
		"T5": 0.5, "T6": 0.75, "T11": 3.0 / 8,
		"T25": 2, // days 997 and 1727 over day 267
		// Famous: 10, 20, 40, 70, 80 days to discovery; disclosed after 5, 15, 25,
		// 35, 305 days; named after 100, 200, 300, 305.
		"T9": 40, "T9.spread": math.Log(71.0 / 21), "T32": 25, "T32.spread": math.Log(36.0 / 16), "T10": 250,
		"T26.us.2013": 2, "T26.us.2016": 1, "T26.us.2018": 1, "T26.us.2020": 2, "T26.us.2022": 0, "T26.us.2024": 3,
		"T26.us.2026": 1, "T26.us": 10,
		"T26.uk.2015": 1, "T26.uk.2020": 0, "T26.uk.2024": 0, "T26.uk": 1, "T34": 3,
		// Eleven accusations, ten of them American. The penalty of the first comes
		// after 90 days, the British one after 91.
		"T12": 2.0 / 11, "T13": 1.0 / 11, "T15": 3.0 / 11, "T16": 2.0 / 10, "T19": 1.0 / 11,
		"T35": 3, "T36.us": 4, "T36.uk": 1,
		"T18.2013": 2, "T18.2022": 1, "T18.2024": 2,
		"T20.exposed": 3, "T20": 1, "T21": 3, "T22": 200, "T23": 50, "T24": 180,
		"T33": 1232.0 / 4928, "T33.uk": 1099.0 / 4198,
	}
	w := craftedWorld()
	for _, s := range Statistics() {
		x, ok := want[s.ID]
		if !ok {
			t.Errorf("%s is not worked out by hand", s.ID)
			continue
		}
		if got := s.simulated(w); !near(got, x) {
			t.Errorf("%s, %s: %v, want %v", s.ID, s.Label, got, x)
		}
		if got := s.simulated(w); !near(got, x) {
			t.Errorf("%s: %v the second time, want %v", s.ID, got, x)
		}
		delete(want, s.ID)
	}
	for id := range want {
		t.Errorf("no statistic %s", id)
	}
}

// Breaks when nothing recorded is taken for a share of 0, or a count for undefined.
func TestSimulatedFromNothing(t *testing.T) {
	zero := map[string]bool{"T33": true, "T33.uk": true}
	for _, s := range Statistics() {
		got := s.simulated(emptyWorld())
		if s.Kind == Count || zero[s.ID] {
			if got != 0 {
				t.Errorf("%s of nothing is %v, want 0", s.ID, got)
			}
		} else if !math.IsNaN(got) {
			t.Errorf("%s of nothing is %v, want undefined", s.ID, got)
		}
	}
}

// Breaks when a dialogue that is always alive exceeds the whole time.
func TestAliveAtMostAlways(t *testing.T) {
	r := &Record{Until: 100, Dialogues: []Dialogue{{Alive: 90}, {Alive: 80}}}
	if got := aliveIn(r); got != 1 {
		t.Errorf("alive for %v of the time", got)
	}
}

// Breaks when a data set covers other years, closes on another day, or codes with
// another chance than its own coordinates say.
func TestPlayedRegisters(t *testing.T) {
	p := full()
	s := p.newSimulator()
	values := make([]float64, p.Dims())
	coordinate := func(path string) float64 {
		for n := range p.Space.Coordinates {
			if p.Space.Coordinates[n].Path == path {
				return values[n]
			}
		}
		t.Fatalf("no coordinate %s", path)
		return 0
	}
	held := 0
	for n := range 10 {
		rep := replicate(n)
		z := drawn(p, rep)
		p.Space.Values(z, values)
		w, _ := s.Play(rep, z)
		for i, x := range []struct {
			got              *Register
			h, set           int
			path             string
			from, to, closed int
		}{{&w.dcid, 0, 0, "record.dcid", 2013, 2020, 2023}, {&w.eurepoc[0], 0, 1, "record.eurepoc", 2013, 2023, 2025},
			{&w.eurepoc[1], 1, 1, "record.eurepoc", 2016, 2024, 2025}} {
			var want Register
			want.code(w.records()[x.h], &rep, x.set, coordinate(x.path), coordinate("record.lag"), on(x.h, x.from, 0),
				on(x.h, x.to+1, 0), on(x.h, x.closed, 0))
			if !slices.Equal(x.got.Starts, want.Starts) || x.got.Attributed != want.Attributed ||
				x.got.Espionage != want.Espionage {
				t.Errorf("draw %d, data set %d: %v, want %v", n, i, *x.got, want)
			}
			held += len(want.Starts)
		}
	}
	if held < 100 {
		t.Errorf("only %d incidents are held: nothing is compared", held)
	}
}

// Breaks when the accusations of the British history are not moved to the calendar of
// the American one, or the cut-off of a World is not that of its problem.
func TestPlayedWorld(t *testing.T) {
	p := full()
	s := p.newSimulator()
	shift := float64(730) // 2013 and 2014
	moved := 0
	for n := range 12 {
		rep := replicate(n)
		w, ok := s.Play(rep, drawn(p, rep))
		if !ok {
			t.Fatal("too many events")
		}
		if w.American.Until != 4928 || w.British.Until != 4198 || w.starts[0] != newYear(2013) ||
			w.starts[1] != newYear(2015) {
			t.Fatalf("until %v and %v from %v", w.American.Until, w.British.Until, w.starts)
		}
		for i := range w.British.Accusations {
			at := w.british[len(w.british)-len(w.British.Accusations)+i]
			if at != w.British.Accusations[i].At+shift {
				t.Errorf("a British accusation of day %v stands at %v", w.British.Accusations[i].At, at)
			}
			moved++
		}
		for h, x := range simulated(p, n) {
			west, dialogues := westOf(h)
			want := naiveRecord(x, west, dialogues, w.records()[h].Until)
			got := w.records()[h]
			if len(got.Incidents) != len(want.Incidents) || len(got.Accusations) != len(want.Accusations) {
				t.Errorf("draw %d, %s: %d incidents and %d accusations, want %d and %d", n, x.v.Name, len(got.Incidents),
					len(got.Accusations), len(want.Incidents), len(want.Accusations))
			}
		}
	}
	if moved == 0 {
		t.Error("no British accusation in any draw: nothing is compared")
	}
}
