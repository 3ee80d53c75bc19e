package backtest

import (
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// TestCut: what is dated later is gone, what is earlier stays as it was, and the
// original is untouched.
func TestCut(t *testing.T) {
	v, same := history(t, "us-china-history"), history(t, "us-china-history")
	c := Cut(v, lateCut)
	if !reflect.DeepEqual(v, same) {
		t.Error("the history itself was changed")
	}
	end := endOf(v, lateCut)
	if len(c.Prices) != 5 || len(v.Prices) != 8 { // of 2016, 2018, 2020, 2022 and China's of 2022
		t.Errorf("%d of %d prices", len(c.Prices), len(v.Prices))
	}
	if len(c.Thaws) != 2 || c.Thaws[1].Until != end || c.Thaws[0] != v.Thaws[0] {
		t.Errorf("thaws: %+v", c.Thaws)
	}
	if len(c.Shocks) != 4 || len(v.Shocks) != 5 {
		t.Errorf("shocks: %+v", c.Shocks)
	}
	if n := len(c.Arms[0].Levers.Summits); n != 4 {
		t.Errorf("%d summits", n)
	}
	for _, ch := range c.Arms[0].Levers.Channels {
		if !ch.Open {
			t.Errorf("channel %s is closed", ch.Name)
		}
	}
	if len(c.Slots) != len(v.Slots) {
		t.Error("slots moved")
	}
	points := 0
	for i := range c.Slots {
		if c.Slots[i].Dist != v.Slots[i].Dist {
			points++
			if !c.Slots[i].Dist.IsPoint() || v.Slots[i].Dist.IsPoint() && c.Slots[i].Dist.A != v.Slots[i].Dist.A {
				t.Errorf("%s became %v", c.Slots[i].Path, c.Slots[i].Dist)
			}
		}
	}
	if points == 0 {
		t.Error("the numbers of what is gone are still uncertain")
	}
}

// TestCutChannel: a channel that opens later is closed, without mandate, and its own
// numbers are points.
func TestCutChannel(t *testing.T) {
	v := history(t, "us-china-history")
	c := Cut(v, at("2022-12-31"))
	found := false
	for n, ch := range c.Arms[0].Levers.Channels {
		if ch.Name != "ministerial-talks" {
			continue
		}
		found = true
		if ch.Open || ch.Meets || ch.Mandate != [scenario.NumMechanisms]bool{} || !v.Arms[0].Levers.Channels[n].Open {
			t.Errorf("%+v", ch)
		}
	}
	gap := v.Param(param.LifeGap, "channels.ministerial-talks")
	if !found || v.Slots[gap].Dist.IsPoint() || !c.Slots[gap].Dist.IsPoint() {
		t.Errorf("the gap between meetings is %v, was %v", c.Slots[gap].Dist, v.Slots[gap].Dist)
	}
	if all := Cut(v, at("2026-06-30")); !all.Arms[0].Levers.Channels[ministers(all)].Open {
		t.Error("closed at the end of the record")
	}
}

// ministers is the index of the ministers' talks.
func ministers(v *scenario.Scenario) int {
	for i, ch := range v.Arms[0].Levers.Channels {
		if ch.Name == "ministerial-talks" {
			return i
		}
	}
	return -1
}
