package backtest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"pgregory.net/rapid"
)

// someDay draws a day of the years in which a cut-off can lie.
func someDay(t *rapid.T, name string) time.Time {
	return at("2016-12-31").AddDate(0, 0, rapid.IntRange(0, 3467).Draw(t, name))
}

// dated lists what a history has of lists with dates.
func dated(v *scenario.Scenario) []any {
	l := v.Arms[0].Levers
	return []any{v.Prices, v.Thaws, v.Shocks, v.Incidents, l.Summits, l.Channels, v.Slots}
}

// TestCutAnyDay: a cut leaves nothing later, cutting twice is cutting once, and an
// earlier cut of a later one is the earlier cut.
func TestCutAnyDay(t *testing.T) {
	histories := []*scenario.Scenario{history(t, "us-china-history"), history(t, "uk-china-history")}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(histories).Draw(t, "history")
		a, b := someDay(t, "a"), someDay(t, "b")
		if b.Before(a) {
			a, b = b, a
		}
		once := Cut(v, a)
		end := endOf(v, a)
		for _, p := range once.Prices {
			if p.From >= end {
				t.Fatalf("a price from day %v", p.From)
			}
		}
		for _, th := range once.Thaws {
			if th.From >= end || th.Until > end {
				t.Fatalf("a thaw %v", th)
			}
		}
		for _, s := range once.Shocks {
			if s.At >= end {
				t.Fatalf("a shock on day %v", s.At)
			}
		}
		for _, ch := range once.Arms[0].Levers.Channels {
			if ch.Open && ch.Opens >= end {
				t.Fatalf("channel %s opens on day %v", ch.Name, ch.Opens)
			}
		}
		if !reflect.DeepEqual(dated(Cut(once, a)), dated(once)) {
			t.Fatal("cutting twice differs")
		}
		if twice := Cut(Cut(v, b), a); !reflect.DeepEqual(dated(twice), dated(once)) {
			t.Fatal("a cut of a cut differs")
		}
	})
}

// TestOutlookByDays counts thaws a day at a time, as nobody would.
func TestOutlookByDays(t *testing.T) {
	in := shippedInput(t)
	for _, until := range []string{"2017-03-31", "2018-03-21", "2018-03-22", "2019-07-01", "2024-12-30", "2025-01-01",
		"2026-06-29"} {
		p, err := prepare(in, at(until))
		if err != nil {
			t.Fatal(err)
		}
		var on, off float64
		var begun, ended int
		for _, v := range []*scenario.Scenario{in.American, in.British} {
			was := false
			for day := 0; float64(day) < endOf(v, at(until)); day++ {
				now := slices.ContainsFunc(v.Thaws,
					func(th scenario.Thaw) bool { return float64(day) >= th.From && float64(day) < th.Until })
				switch {
				case now:
					on++
				default:
					off++
				}
				if now && !was {
					begun++
				}
				if was && !now {
					ended++
				}
				was = now
			}
		}
		o := p.player.outlooks[0]
		if o.Thawing.Events != begun || o.Freezing.Events < ended || o.Freezing.Events > ended+1 {
			t.Errorf("%s: begun %d, want %d; ended %d, want %d", until, o.Thawing.Events, begun, o.Freezing.Events, ended)
		}
		near(t, until+": years with a thaw", o.Freezing.Years, on/param.DaysPerYear, 3/param.DaysPerYear)
		near(t, until+": years without", o.Thawing.Years, off/param.DaysPerYear, 3/param.DaysPerYear)
	}
}

// TestInputsHash: it hangs on the cut-offs, the histories and the evidence, and on no
// order.
func TestInputsHash(t *testing.T) {
	hash := func(in Input, days ...string) string {
		var list []time.Time
		for _, d := range days {
			list = append(list, at(d))
		}
		b, err := Prepare(in, list)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Cutoffs(); len(got) != len(days) || !slices.IsSortedFunc(got, time.Time.Compare) {
			t.Errorf("cut-offs %v", got)
		}
		return b.Inputs()
	}
	in := shippedInput(t)
	base := hash(in, "2018-12-31", "2020-12-31")
	if hash(in, "2020-12-31", "2018-12-31") != base {
		t.Error("the order of the cut-offs matters")
	}
	seen := map[string]string{base: "itself"}
	later := *in.Tables
	later.Accusations = slices.Clone(later.Accusations)
	later.Accusations[len(later.Accusations)-1].States++
	price := shippedInput(t).American
	for i := range price.Slots {
		if price.Slots[i].Path == "assumptions.states.United States.choice.price" {
			price.Slots[i].Dist.B *= 0.9
		}
	}
	for name, h := range map[string]string{
		"one cut-off":     hash(in, "2018-12-31"),
		"a cut-off later": hash(in, "2018-12-31", "2021-01-01"),
		"an accusation":   hash(Input{in.American, in.British, &later}, "2018-12-31", "2020-12-31"),
		"a prior":         hash(Input{price, in.British, in.Tables}, "2018-12-31", "2020-12-31"),
		"a thaw": hash(Input{historyOtherwise(in.American, at("2016-01-01")), in.British, in.Tables}, "2018-12-31",
			"2020-12-31"),
	} {
		if other, ok := seen[h]; ok {
			t.Errorf("%s has the hash of %s", name, other)
		}
		seen[h] = name
	}
}

// TestDocumented: whole years of the record before a cut-off.
func TestDocumented(t *testing.T) {
	b, err := Prepare(shippedInput(t), []time.Time{at("2020-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	got := b.Documented(at("2020-06-30"))
	if len(got) != 7 || got[0].Year != 2013 || got[6].Year != 2019 {
		t.Fatalf("%v", got)
	}
	west, _ := calibrate.Parties()
	for _, y := range got {
		c := evidence.Shipped().Count(evidence.LedBy(west[0], west[1]), newYear(y.Year), newYear(y.Year+1))
		if y.N != c.N {
			t.Errorf("%d: %d, want %d", y.Year, y.N, c.N)
		}
	}
}
