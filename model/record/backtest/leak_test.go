package backtest

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// historyOtherwise changes everything that is dated after a cut-off.
func historyOtherwise(v *scenario.Scenario, until time.Time) *scenario.Scenario {
	end := endOf(v, until)
	out := *v
	out.Slots = slices.Clone(v.Slots)
	num := func(x float64) scenario.Num {
		out.Slots = append(out.Slots,
			scenario.Slot{Path: "otherwise", Dist: param.Dist{Family: param.Uniform, A: x / 2, B: x}, Param: -1})
		return scenario.Num(len(out.Slots) - 1)
	}
	none := func(nums ...scenario.Num) { // a history has no number that nothing uses
		for _, n := range nums {
			out.Slots[n].Dist = param.Fixed(0.123)
		}
	}
	between := v.Thaws[0].Between
	out.Prices = kept(v.Prices, func(p *scenario.PriceStep) bool { return p.From < end },
		func(p *scenario.PriceStep) { none(p.Price) })
	out.Thaws = kept(v.Thaws, func(t *scenario.Thaw) bool { return t.From < end },
		func(t *scenario.Thaw) { none(t.Level) })
	for i := range out.Thaws {
		if out.Thaws[i].Until >= end {
			out.Thaws[i].Until = end + 3
		}
	}
	out.Thaws = append(out.Thaws, scenario.Thaw{Between: between, From: end + 5, Until: end + 900, Level: num(1)})
	out.Shocks = kept(v.Shocks, func(s *scenario.Shock) bool { return s.At < end },
		func(s *scenario.Shock) { none(s.Tension, s.Breaks) })
	out.Shocks = append(out.Shocks,
		scenario.Shock{Name: "otherwise", At: end, Between: between, Tension: num(1), Breaks: num(1)})
	arm := v.Arms[0]
	arm.Levers.Summits = kept(arm.Levers.Summits, func(s *scenario.Summit) bool { return s.At < end },
		func(s *scenario.Summit) { none(s.Relief, s.Restores) })
	arm.Levers.Channels = slices.Clone(arm.Levers.Channels)
	for i := range arm.Levers.Channels {
		if ch := &arm.Levers.Channels[i]; ch.Opens >= end {
			ch.Opens, ch.Meets, ch.Mandate = end+1, !ch.Meets,
				[scenario.NumMechanisms]bool{true, true, true, true, true, true, true, true, true, true}
		}
	}
	out.Arms = []scenario.Arm{arm}
	return &out
}

// laterOtherwise changes every row that is dated after a cut-off.
func laterOtherwise(t *evidence.Tables, until time.Time) *evidence.Tables {
	out := *t
	out.Accusations, out.Delays, out.Ruptures, out.Dialogues = nil, nil, nil, nil
	for _, a := range t.Accusations {
		if !a.When().First().After(until) {
			out.Accusations = append(out.Accusations, answeredOtherwise(a, until))
		}
	}
	for i := range 20 {
		day := until.AddDate(0, 0, 1+i).Format(time.DateOnly)
		out.Accusations = append(out.Accusations,
			evidence.Accusation{ID: "G" + day, Date: day, Lead: evidence.UnitedStates, States: 9, PenaltyDays: 0,
				Trade: evidence.Yes, Checked: "source"})
	}
	for _, d := range t.Delays {
		if when := d.Public(); !when.Last().After(until) {
			out.Delays = append(out.Delays, d)
		}
	}
	out.Events = slices.Clone(t.Events)
	for i := range out.Events {
		if e := &out.Events[i]; e.When().Last().After(until) {
			e.Date, e.Precision = e.When().First().AddDate(2, 0, 0).Format(time.DateOnly), "day"
		}
	}
	opened := func(key string) bool {
		return slices.ContainsFunc(t.Events,
			func(e evidence.Event) bool { return e.ID == key && !e.When().Last().After(until) })
	}
	for _, r := range t.Ruptures {
		if opened(r.Event) {
			out.Ruptures = append(out.Ruptures, r)
		}
	}
	for _, d := range t.Dialogues {
		if opened(d.Opened) {
			out.Dialogues = append(out.Dialogues, d)
		}
	}
	return &out
}

// answeredOtherwise changes what an accusation tells of days after a cut-off: a penalty or a report
// that had not come yet, and answers whose time was not over.
func answeredOtherwise(a evidence.Accusation, until time.Time) evidence.Accusation {
	open := func(days float64) bool { return a.When().First().AddDate(0, 0, int(days)).After(until) }
	for _, days := range []*float64{&a.PenaltyDays, &a.CounterDays} {
		if *days >= 0 && open(*days) {
			*days = -1
		}
	}
	other := map[evidence.Answer]evidence.Answer{evidence.Yes: evidence.No, evidence.No: evidence.Yes}
	if open(7) {
		a.Denial, a.Counter = other[a.Denial], other[a.Counter]
	}
	if open(30) {
		a.Trade, a.Suspended = other[a.Trade], other[a.Suspended]
	}
	return a
}

// TestNothingLaterIsDocumented: two bodies of evidence that differ only after a cut-off document
// the same by it, and give the same outlook, at the cut-offs that ship and at the days around
// accusations. A difference before it does not.
func TestNothingLaterIsDocumented(t *testing.T) {
	in := shippedInput(t)
	seen := func(tables *evidence.Tables, until time.Time) (string, [2]*Outlook) {
		p, err := prepare(Input{in.American, in.British, tables}, until)
		if err != nil {
			t.Fatal(err)
		}
		return p.problem.Inputs(), p.player.outlooks
	}
	days := append(DefaultCutoffs(), at("2018-12-21"), at("2024-11-20"), at("2025-01-05"), at("2025-12-10"))
	for _, until := range days {
		want, outlooks := seen(in.Tables, until)
		have, others := seen(laterOtherwise(in.Tables, until), until)
		if have != want || !reflect.DeepEqual(outlooks, others) {
			t.Errorf("%s: what is dated later is seen", until.Format(time.DateOnly))
		}
		if changed, _ := seen(laterOtherwise(in.Tables, until.AddDate(-3, 0, 0)), until); changed == want {
			t.Errorf("%s: what is dated before is not seen either", until.Format(time.DateOnly))
		}
	}
}

// futuresOf calibrates and predicts at the late cut-off.
func futuresOf(t *testing.T, in Input) ([]string, [][]float64, []future) {
	t.Helper()
	p, err := prepare(in, lateCut)
	if err != nil {
		t.Fatal(err)
	}
	p.player.windows = windows(lateCut, at("2026-06-30"))
	o := tiny(2)
	r, err := calibrate.Run(context.Background(), p.problem, o.Calibrate, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.player.source = random.NewSource(0, 7)
	p.player.values = fromParticles(p.problem, r.Particles, r.Weights, o.Futures)
	futures, err := p.player.play(context.Background(), o.Futures, 2, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, n := range p.problem.Used() {
		used = append(used, p.problem.Statistics[n].ID)
	}
	return used, r.Particles, futures
}

// TestNothingLaterIsSeen: two bodies of histories and evidence that differ only after
// the cut-off give the same particles and the same futures, bit for bit. A difference
// before it does not.
func TestNothingLaterIsSeen(t *testing.T) {
	in := shippedInput(t)
	used, particles, futures := futuresOf(t, in)
	other := Input{historyOtherwise(in.American, lateCut), historyOtherwise(in.British, lateCut),
		laterOtherwise(in.Tables, lateCut)}
	usedOther, particlesOther, futuresOther := futuresOf(t, other)
	if !reflect.DeepEqual(used, usedOther) || !reflect.DeepEqual(particles, particlesOther) {
		t.Errorf("particles differ: %v, %v", used, usedOther)
	}
	if !reflect.DeepEqual(futures, futuresOther) {
		t.Errorf("futures differ:\n%v\n%v", futures, futuresOther)
	}
	early := at("2021-12-31")
	_, _, changed := futuresOf(t, Input{historyOtherwise(in.American, early), in.British, in.Tables})
	if reflect.DeepEqual(futures, changed) {
		t.Error("a history that differs before the cut-off gives the same futures: nothing is compared")
	}
}
