package backtest

import (
	"reflect"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/record/calibrate"
)

// What this package asks of calibrate.

// TestFutureReadsOnlyAfter: what happens before the cut-off is in no window and no
// share, and every accusation after it is in exactly one window.
func TestFutureReadsOnlyAfter(t *testing.T) {
	p, err := prepare(shippedInput(t), lateCut)
	if err != nil {
		t.Fatal(err)
	}
	p.player.windows = windows(lateCut, at("2026-06-30"))
	us := p.player.outlooks[0]
	r := &calibrate.Record{Incidents: make([]calibrate.Incident, 1)}
	for _, day := range []float64{0, us.End - 0.001, us.End, us.End + 365.5, us.End + 366, us.End + 911.9} {
		r.Accusations = append(r.Accusations,
			calibrate.Accusation{At: day, Partners: 8, British: true, Exposed: day == us.End, Cut: day == us.End})
	}
	// within 90 days of the last but one, too late for the first two, long before the last
	r.Incidents[0].Penalty = us.End + 456
	f := future{counts: [len(Quantities)][]int{make([]int, 3), make([]int, 3)}}
	p.player.read(&f, 0, r)
	if !slices.Equal(f.counts[0], []int{2, 1, 1}) { // 2024 has 366 days
		t.Errorf("%v", f.counts)
	}
	if !slices.Equal(f.counts[1], f.counts[0]) { // eight partners joined, Britain among them
		t.Errorf("British part: %v", f.counts[1])
	}
	if f.parts[0] != (Part{4, 4}) || f.parts[2] != (Part{1, 1}) {
		t.Errorf("%+v", f.parts)
	}
	if f.parts[1] != (Part{2, 4}) && f.parts[1] != (Part{3, 4}) {
		t.Errorf("penalties: %+v", f.parts[1])
	}
	alone := future{counts: [len(Quantities)][]int{make([]int, 3), make([]int, 3)}}
	for i := range r.Accusations {
		r.Accusations[i].Partners, r.Accusations[i].British = 0, false
	}
	p.player.read(&alone, 0, r)
	british := future{counts: [len(Quantities)][]int{make([]int, 3), make([]int, 3)}}
	p.player.outlooks[1].Start, p.player.outlooks[1].End = us.Start, us.End
	p.player.read(&british, 1, r)
	if slices.Max(alone.counts[1]) != 0 || !reflect.DeepEqual(british.counts[1], british.counts[0]) {
		t.Errorf("alone: %v; led by Britain: %v", alone.counts, british.counts)
	}
}
