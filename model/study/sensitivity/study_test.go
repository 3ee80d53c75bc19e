package sensitivity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/outcome"
)

var tinyOptions = Options{Replicates: 3, Trajectories: 2, Rows: 4, Leading: 3,
	Measures: []int{outcome.Index("missteps")}}

func study(t *testing.T, o Options) *Study {
	t.Helper()
	s, err := NewStudy(smallPlan(t, 2, 2), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStudyWorkersAndResume: the result is the same for any number of workers, and when
// a run stops after any point and goes on from what was kept. Catches a second half
// that is laid out before the first is known.
func TestStudyWorkersAndResume(t *testing.T) {
	s := study(t, tinyOptions)
	var kept [][]Response
	whole, err := s.Run(context.Background(), 1, nil, func(r []Response) error { kept = append(kept, r); return nil })
	if err != nil || len(kept) != s.Points() {
		t.Fatal(len(kept), s.Points(), err)
	}
	want := fmt.Sprintf("%+v", whole)
	first := s.screened()
	for _, from := range []int{0, 1, first - 1, first, first + 7, s.Points() - 1, s.Points()} {
		more := from
		got, err := study(t, tinyOptions).Run(context.Background(), 3, slices.Clone(kept[:from]), func(r []Response) error {
			if fmt.Sprint(r) != fmt.Sprint(kept[more]) {
				t.Errorf("from %d: point %d differs", from, more)
			}
			more++
			return nil
		})
		if err != nil || fmt.Sprintf("%+v", got) != want || more != s.Points() {
			t.Errorf("from %d: %d points, %v", from, more, err)
		}
	}
}

// TestStudyResult: an effect for each output and input, the leading inputs alone and the
// others together, indices for each output; the first in the order has the largest
// effect in some output. Catches a group that leaves an input out.
func TestStudyResult(t *testing.T) {
	s := study(t, tinyOptions)
	r, err := s.Run(context.Background(), 2, nil, func([]Response) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	n := len(s.Space.Inputs)
	if len(r.Effects) != 3 || len(r.Indices) != 3 || len(r.Groups) != 4 || len(r.Groups[3]) != n-3 || len(r.Order) != n {
		t.Fatalf("%d effects, %d indices, groups %v", len(r.Effects), len(r.Indices), r.Groups)
	}
	all := slices.Concat(r.Groups...)
	slices.Sort(all)
	if !slices.Equal(all, rest(0, n)) || !slices.IsSorted(r.Groups[3]) {
		t.Errorf("the groups hold %v", all)
	}
	tops := 0
	for _, of := range r.Effects {
		top := 0
		for i := range of {
			if of[i].RMS > of[top].RMS {
				top = i
			}
		}
		if r.Order[0] == top {
			tops++
		}
	}
	if tops == 0 {
		t.Errorf("no output has input %d in front", r.Order[0])
	}
	if last := r.Indices[0]; last[len(last)-1].Rows != 4 {
		t.Errorf("%+v", last)
	}
}

// TestRank: the order follows the largest share in any output, not its size. Catches an
// output with large numbers that decides alone.
func TestRank(t *testing.T) {
	s := &Study{Space: &Space{Inputs: make([]Input, 4)}}
	got := s.rank([][]Effect{
		{{RMS: 1000}, {RMS: 10}, {RMS: 100}, {}},
		{{}, {RMS: .003}, {RMS: .001}, {}},
		{{}, {}, {}, {}},
	})
	if fmt.Sprint(got) != "[0 1 2 3]" {
		t.Errorf("order %v", got)
	}
}

// TestStudyWithoutRows: the screening alone has no groups and no indices.
func TestStudyWithoutRows(t *testing.T) {
	o := tinyOptions
	o.Rows, o.Trajectories = 0, 1
	s := study(t, o)
	r, err := s.Run(context.Background(), 2, nil, func([]Response) error { return nil })
	if err != nil || r.Groups != nil || r.Indices != nil || s.Points() != len(s.Space.Inputs)+1 {
		t.Errorf("%+v, %v", r, err)
	}
	stop := errors.New("disk full")
	if _, err := s.Run(context.Background(), 2, nil, func([]Response) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// TestStudyRefuses: sizes that cannot tell noise, a scenario without uncertain numbers.
func TestStudyRefuses(t *testing.T) {
	for _, change := range []func(*Options){
		func(o *Options) { o.Replicates = 1 }, func(o *Options) { o.Rows = 1 }, func(o *Options) { o.Rows = -1 },
		func(o *Options) { o.Leading = 0 }, func(o *Options) { o.Trajectories = 0 },
	} {
		o := tinyOptions
		change(&o)
		if _, err := NewStudy(smallPlan(t, 2, 2), o); err == nil {
			t.Errorf("%+v passes", o)
		}
	}
	p := smallPlan(t, 2, 2)
	v := *p.Scenario
	v.Slots = slices.Clone(v.Slots)
	for i := range v.Slots {
		v.Slots[i].Dist.Family = 0
	}
	p.Scenario = &v
	if _, err := NewStudy(p, tinyOptions); err == nil || !strings.Contains(err.Error(), "nothing to be sensitive to") {
		t.Error(err)
	}
}
