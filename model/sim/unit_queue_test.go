package sim

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sooner orders events as section 3 of the model says.
func sooner(a, b event) int {
	switch {
	case a.time != b.time:
		return int(math.Copysign(1, a.time-b.time))
	case a.kind != b.kind:
		return int(a.kind) - int(b.kind)
	case a.tie < b.tie:
		return -1
	case a.tie > b.tie:
		return 1
	}
	return 0
}

// Catches: a pop that looks at three of the four children, or moves the last entry wrongly.
func TestUnitQueueAgainstSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var q queue
		var sorted []event
		seen := map[int32]bool{}
		ops := rapid.SliceOfN(rapid.IntRange(0, 999), 1, 300).Draw(t, "ops")
		for n, op := range ops {
			if op%3 > 0 {
				e := event{time: float64(op / 3 % 7), kind: kind(op / 21 % 4), tie: uint64(op / 84 % 5), id: int32(n)}
				q.push(e)
				sorted = append(sorted, e)
				slices.SortFunc(sorted, sooner)
			} else if q.len() > 0 {
				e := q.pop()
				if sooner(e, sorted[0]) != 0 || seen[e.id] {
					t.Fatalf("popped %+v, the first is %+v", e, sorted[0])
				}
				seen[e.id] = true
				sorted = sorted[1:]
			}
			if q.len() != len(sorted) {
				t.Fatalf("%d entries, want %d", q.len(), len(sorted))
			}
		}
	})
}

// Catches: play that leaves out the events of its very last moment, or takes a stale arrival for one.
func TestUnitPlayLimits(t *testing.T) {
	y := newYard(t)
	y.onsets[0].version = 3
	y.queue.push(event{time: 1, kind: kindArrival, id: 0, version: 2})
	y.queue.push(event{time: 5, kind: kindPrice, id: 0})
	y.play(math.Nextafter(5, 0))
	if y.out.Events != 0 || y.queue.len() != 1 || y.now != 0 {
		t.Errorf("before the limit: %d events, %d queued, day %v", y.out.Events, y.queue.len(), y.now)
	}
	y.play(5)
	if y.out.Events != 1 || y.queue.len() != 0 || y.now != 5 {
		t.Errorf("at the limit: %d events, %d queued, day %v", y.out.Events, y.queue.len(), y.now)
	}
}

// Catches: arrivals or discoveries after the horizon; a settlement that ends before the last case closes.
func TestUnitSettle(t *testing.T) {
	y := newYard(t)
	h := y.m.horizon
	y.now = h - 1
	id := y.spied()
	y.queue.push(event{time: h + 1, kind: kindArrival, id: 0, version: y.onsets[0].version})
	y.queue.push(event{time: h + 2, kind: kindDiscovery, id: id})
	y.queue.push(event{time: h + 30, kind: kindClose, id: id})
	y.queue.push(event{time: h + 40, kind: kindShock, id: 0})
	y.settle()
	if y.cases[id].state != closed || y.now != h+30 || y.out.Events != 1 || y.out.Discovered != 0 || y.queue.len() != 1 {
		t.Errorf("day %v: case %v, %d events, %d queued", y.now, y.cases[id].state, y.out.Events, y.queue.len())
	}
}

// Catches: a bound that is reached and not passed taken for an overflow; an error that does not name arm and bound.
func TestUnitOverflowBound(t *testing.T) {
	y := newYard(t)
	y.m.method.maxEvents = 3
	for n := range 5 {
		y.queue.push(event{time: float64(n), kind: kindPrice, id: 0})
	}
	y.play(2)
	if y.overflow || y.out.Events != 3 {
		t.Errorf("at the bound: overflow %v after %d events", y.overflow, y.out.Events)
	}
	y.play(9)
	if y.finish(); !y.overflow || !y.out.Overflow || y.out.Events != 4 || y.queue.len() != 1 {
		t.Errorf("past the bound: overflow %v after %d events, %d queued", y.overflow, y.out.Events, y.queue.len())
	}
	text := (&OverflowError{Arm: "with-forum", Limit: 4321, Mostly: "meetings", Remedy: "raise life.gap (0.1d)"}).Error()
	if !strings.Contains(text, "with-forum") || !strings.Contains(text, "4321") || !strings.Contains(text, "max_events") {
		t.Errorf("the overflow says %q", text)
	}
}
