package backtest

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
)

// TestKnownAccusations: later ones are gone, and of earlier ones what came later.
func TestKnownAccusations(t *testing.T) {
	until := at("2024-12-31")
	row := func(id string, daysAgo int, penalty, report float64) evidence.Accusation {
		return evidence.Accusation{ID: id, Date: until.AddDate(0, 0, -daysAgo).Format(time.DateOnly),
			Lead: evidence.UnitedStates, PenaltyDays: penalty, CounterDays: report, Denial: evidence.Yes, Counter: evidence.No,
			Trade: evidence.Contested, Suspended: evidence.No, Checked: "source"}
	}
	all := &evidence.Tables{Accusations: []evidence.Accusation{
		row("whole", 100, 100, 0), row("penalty to come", 50, 51, 50), row("report to come", 50, -1, 51),
		row("a month", 30, 0, 0), row("not a month", 29, 0, 0),
		row("a week", 7, 0, 7), row("not a week", 6, 0, 7), row("today", 0, 0, -1), row("tomorrow", -1, 0, 0),
	}}
	want := []evidence.Accusation{
		row("whole", 100, 100, 0), row("penalty to come", 50, -1, 50), row("report to come", 50, -1, -1),
		row("a month", 30, 0, 0), row("not a month", 29, 0, 0),
		row("a week", 7, 0, 7), row("not a week", 6, 0, -1), row("today", 0, 0, -1),
	}
	for i := range want {
		if i >= 4 {
			want[i].Trade, want[i].Suspended = evidence.NotCoded, evidence.NotCoded
		}
		if i >= 6 {
			want[i].Denial, want[i].Counter = evidence.NotCoded, evidence.NotCoded
		}
	}
	if diff := cmp.Diff(want, Known(all, until).Accusations); diff != "" {
		t.Error(diff)
	}
	if all.Accusations[1].PenaltyDays != 51 {
		t.Error("the tables themselves were changed")
	}
}

// TestKnownDialogues: one whose end was to come is alive, as its last meeting told; one
// that was not set up is not there.
func TestKnownDialogues(t *testing.T) {
	k := Known(evidence.Shipped(), at("2014-01-01"))
	if len(k.Dialogues) != 1 || k.Dialogues[0].ID != "us-working-group" || k.Dialogues[0].Ending != evidence.Alive ||
		len(k.Dialogues[0].Meetings) == 0 ||
		k.Dialogues[0].Last != k.Dialogues[0].Meetings[len(k.Dialogues[0].Meetings)-1] {
		t.Errorf("%+v", k.Dialogues)
	}
	k = Known(evidence.Shipped(), at("2014-12-31"))
	if k.Dialogues[0].Ending != evidence.Suspended || len(k.Ruptures) != 1 || k.Ruptures[0].Agreement != "" ||
		k.Ruptures[0].Meeting != "" {
		t.Errorf("%+v, %+v", k.Dialogues, k.Ruptures)
	}
}

// TestKnownTargets: targets that rows give are computed from what is left; cited ones
// wait until their data set was closed; the rest is dropped.
func TestKnownTargets(t *testing.T) {
	value := func(until string) map[string]float64 {
		out := map[string]float64{}
		for _, x := range Known(evidence.Shipped(), at(until)).Targets {
			out[x.ID] = x.Value
		}
		return out
	}
	early, late, last := value("2016-12-31"), value("2022-12-31"), value("2025-12-31")
	if early["T23"] != 494 || late["T23"] != 494 || last["T23"] != 467 { // one rupture had ended, then three
		t.Errorf("T23: %v, %v, %v", early["T23"], late["T23"], last["T23"])
	}
	for id, have := range map[string][3]bool{"T3": {false, true, true}, "T11": {false, false, true},
		"T1": {false, false, true}, "T31": {}, "T7": {}} {
		for i, v := range [3]map[string]float64{early, late, last} {
			if _, ok := v[id]; ok != have[i] {
				t.Errorf("%s at cut-off %d: %v", id, i, ok)
			}
		}
	}
	for _, v := range [3]map[string]float64{early, late, last} {
		for id, x := range v {
			if math.IsNaN(x) {
				t.Errorf("%s has no value", id)
			}
		}
	}
}

// TestCompared: counts of a data set wait until it was closed.
func TestCompared(t *testing.T) {
	for _, c := range []struct {
		id, target, until string
		want              bool
	}{
		{"T1.dcid", "T1", "2022-12-30", false}, {"T1.dcid", "T1", "2022-12-31", true},
		{"T1.eurepoc", "T1", "2022-12-31", false},
		{"T1.eurepoc", "T1", "2024-12-31", true}, {"T2", "T2", "2024-12-30", false}, {"T12", "T12", "2016-12-31", true},
		{"T26.us.2013", "T26", "2016-12-31", true},
	} {
		if got := compared(&calibrate.Statistic{ID: c.id, Target: c.target}, at(c.until)); got != c.want {
			t.Errorf("%s on %s: %v", c.id, c.until, got)
		}
	}
}

// TestKnownForgets: tables that differ only after the cut-off are the same by it.
func TestKnownForgets(t *testing.T) {
	until := at("2023-12-31")
	a, b := Known(evidence.Shipped(), until), Known(laterOtherwise(evidence.Shipped(), lateCut), until)
	for _, part := range [][2]any{{a.Events, b.Events}, {a.Accusations, b.Accusations}, {a.Delays, b.Delays},
		{a.Dialogues, b.Dialogues}, {a.Ruptures, b.Ruptures}, {len(a.Targets), len(b.Targets)}} {
		if !reflect.DeepEqual(part[0], part[1]) {
			t.Errorf("%+v\n%+v", part[0], part[1])
		}
	}
	for i := range a.Targets {
		if x, y := a.Targets[i], b.Targets[i]; x.ID != y.ID || x.Value != y.Value || x.N != y.N {
			t.Errorf("%+v, %+v", x, y)
		}
	}
	if c := Known(laterOtherwise(evidence.Shipped(), at("2020-12-31")), until); reflect.DeepEqual(a.Accusations,
		c.Accusations) {
		t.Error("a change before the cut-off is not seen either")
	}
}

// TestKnownPrecision: what is dated to a month is known after its last day; a case
// counts since it became public, and its attribution since it came.
func TestKnownPrecision(t *testing.T) {
	day := func(text string) evidence.Date { return evidence.Date{Text: text, Precision: "day"} }
	tables := &evidence.Tables{
		Events: []evidence.Event{{ID: "E1", Date: "2020-03", Precision: "month"}, {ID: "E2", Date: "2020", Precision: "year"},
			{ID: "E3", Date: "2020-03-15", Precision: "day"}},
		Delays: []evidence.Delay{
			{ID: "D1", Detected: day("2019-01-01"), Disclosed: day("2020-03-01"), Attributed: day("2020-06-01")},
			{ID: "D2", Detected: day("2019-01-01"), Disclosed: day("2020-04-01")},
			{ID: "D3", Detected: day("2019-01-01"), Attributed: day("2020-03-31")},
			{ID: "D4", Detected: day("2019-01-01"), Censored: day("2026-06-30")},
		},
	}
	ids := func(until string) (out string) {
		k := Known(tables, at(until))
		for _, e := range k.Events {
			out += e.ID + " "
		}
		for _, d := range k.Delays {
			out += d.ID
			if !d.Attributed.IsZero() {
				out += "*"
			}
			out += " "
		}
		return out
	}
	for until, want := range map[string]string{
		"2020-03-14": "D1 ", "2020-03-30": "E3 D1 ", "2020-03-31": "E1 E3 D1 D3* ", "2020-04-01": "E1 E3 D1 D2 D3* ",
		"2020-12-31": "E1 E2 E3 D1* D2 D3* ",
	} {
		if got := ids(until); got != want {
			t.Errorf("%s: %q, want %q", until, got, want)
		}
	}
}
