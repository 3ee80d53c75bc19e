package sim

import (
	"strings"
	"testing"
	"unsafe"
)

// overflowing plays replicates until one overflows, and explains it.
func overflowing(t *testing.T, sets ...set) (*Runner, *Arms, int, *OverflowError) {
	t.Helper()
	v := load(t, read(t, "testdata/dyad.yaml"), sets...)
	theta := medians(v)
	a := compile(v, theta)
	r := &Runner{}
	for n := range 20 {
		for arm, o := range r.Run(a, replicate(n), nil) {
			if o.Overflow {
				return r, a, arm, Overflow(v, theta, v.Arms[arm].Name, a.Arms[arm], &o)
			}
		}
	}
	t.Fatalf("no overflow with %v", sets)
	return nil, nil, 0, nil
}

// TestOverflowNamesTheNumber: of whatever kind the work is, it is counted, and the message names the number
// that makes it, with its value and which way to change it.
func TestOverflowNamesTheNumber(t *testing.T) {
	few := set{"assumptions.model.max_events", "3000"}
	for _, c := range []struct {
		path, value, mostly, remedy string
	}{
		{"discovery.stealthy_spread", "4.9", "incidents", "lower assumptions.discovery.stealthy_spread (4.9)"},
		{"discovery.stealthy", "99y", "incidents", "lower assumptions.discovery.stealthy (3.62e+04d)"},
		{"onset.contagion", "900", "incidents", "lower assumptions.onset.contagion (900)"},
		{"assumptions.onset.Aland>Borland.rate", "27", "pieces of evidence",
			"lower assumptions.onset.Aland>Borland.rate (27)"},
		{"evidence.gap", "0.01d", "pieces of evidence", "raise assumptions.evidence.gap (0.01d)"},
		{"evidence.case", "900y", "pieces of evidence", "lower assumptions.evidence.case (3.29e+05d)"},
		{"choice.review", "0.001d", "looks at the calendar", "raise assumptions.choice.review (0.001d)"},
		{"life.gap", "0.01d", "meetings", "raise assumptions.life.gap (0.01d)"},
	} {
		sets := []set{few, {c.path, c.value}}
		if c.path == "discovery.stealthy" {
			sets = append(sets, set{"discovery.stealthy_spread", "3"})
		}
		_, _, _, e := overflowing(t, sets...)
		if e.Mostly != c.mostly || e.Remedy != c.remedy {
			t.Errorf("%s=%s: %v", c.path, c.value, e)
		}
		if text := e.Error(); !strings.Contains(text, "3000 events") || !strings.Contains(text, "max_events") {
			t.Error(text)
		}
	}
}

// TestShocksAndLapsesAreBlamed: of shocks the random one with its rate, of a channel that comes and goes its
// restoration.
func TestShocksAndLapsesAreBlamed(t *testing.T) {
	few := set{"assumptions.model.max_events", "3000"}
	if _, _, _, e := overflowing(t, few, set{"life.lapse", "9000"}, set{"life.restore", "0.001d"}); !strings.HasPrefix(
		e.Remedy, "raise assumptions.life.restore (0.001d)") || !strings.Contains(e.Mostly, "of channels") {
		t.Error(e)
	}
	v := load(t, read(t, "testdata/dyad.yaml"))
	for i := range v.Randoms {
		path := "assumptions.random_shocks." + v.Randoms[i].Name + ".per_year"
		_, _, _, e := overflowing(t, few, set{path, "9000"})
		if e.Mostly != "shocks" || e.Remedy != "lower "+path+" (9e+03)" {
			t.Error(e)
		}
	}
	if len(v.Randoms) == 0 {
		t.Error("no random shock")
	}
}

// TestWorkIsBounded: what is kept of a replicate that overflows is in proportion to max_events, whatever
// makes it large: cases, beliefs, the queue.
func TestWorkIsBounded(t *testing.T) {
	const events = 3000
	for _, s := range []set{{"discovery.stealthy_spread", "4.9"}, {"onset.contagion", "900"}, {"evidence.gap", "0.01d"},
		{"choice.review", "0.001d"}, {"life.gap", "0.01d"}} {
		r, _, _, _ := overflowing(t, set{"assumptions.model.max_events", "3000"}, s)
		for _, w := range []*world{&r.past, &r.future} {
			if limit := workPerEvent * events; w.work > limit+limit/50 {
				t.Errorf("%v: work %d, the limit is %d", s, w.work, limit)
			}
			size := cap(w.cases)*int(unsafe.Sizeof(victimCase{})) + cap(w.queue.heap)*int(unsafe.Sizeof(event{})) +
				8*(cap(w.prior)+cap(w.like)+cap(w.idealLike)+cap(w.ratio)) + cap(w.chains)*int(unsafe.Sizeof(chain{}))
			if most := 3000 * events; size > most {
				t.Errorf("%v: %d bytes, more than 3 kB an event", s, size)
			}
		}
	}
}

// TestEndedEndsAReplicate: a replicate without end asks whether the run is to end, again and again, and ends
// when it is; the next one begins afresh.
func TestEndedEndsAReplicate(t *testing.T) {
	v := load(t, read(t, "testdata/dyad.yaml"), set{"choice.review", "0.001d"}, set{"evidence.case", "1000y"})
	v.Model.MaxEvents = 1 << 24
	a := compile(v, medians(v))
	asked := 0
	r := Runner{Ended: func() bool { asked++; return asked > 5 }}
	if out := r.Run(a, replicate(0), nil); !out[0].Overflow {
		t.Fatal("it went on")
	}
	if work := r.past.work + r.future.work; asked > 10 || work > 40*workPerPoll {
		t.Errorf("asked %d times, and worked %d", asked, work)
	}
	b := arms(t, read(t, "testdata/dyad.yaml"))
	var fresh Runner
	r.Ended = nil
	same(t, "after an end", logs(&r, b, replicate(1))[1], logs(&fresh, b, replicate(1))[1])
}
