package backtest

import (
	"reflect"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// TestExtendKeeps: the past and the outlook are as they were, every number of what is
// drawn has its value, and everything that is drawn lies after the cut-off.
func TestExtendKeeps(t *testing.T) {
	v, o := prepared2023(t)
	before, outlook := *v, *o
	events := 0
	for i := range 50 {
		out, theta := extended(t, o, v, o.End+3000, i)
		if len(theta) != len(out.Slots) || out.Horizon != o.End+3000 {
			t.Fatalf("%d values for %d slots to %v", len(theta), len(out.Slots), out.Horizon)
		}
		if !reflect.DeepEqual(out.Slots[:len(v.Slots)], v.Slots) ||
			!reflect.DeepEqual(out.Shocks[:len(v.Shocks)], v.Shocks) ||
			!reflect.DeepEqual(out.Prices[:len(v.Prices)], v.Prices) {
			t.Fatal("the past was changed")
		}
		later := func(at float64, nums ...scenario.Num) {
			events++
			if at < o.End {
				t.Errorf("an event on day %v, before %v", at, o.End)
			}
			for _, n := range nums {
				if s := &out.Slots[n]; !strings.HasPrefix(s.Path, "future.") || s.Dist.A != theta[n] || theta[n] < 0 {
					t.Errorf("%s: %v, value %v", s.Path, s.Dist, theta[n])
				}
			}
		}
		for _, s := range out.Shocks[len(v.Shocks):] {
			later(s.At, s.Tension, s.Breaks)
		}
		for _, s := range out.Arms[0].Levers.Summits[len(v.Arms[0].Levers.Summits):] {
			later(s.At, s.Relief, s.Restores)
		}
		for n, th := range out.Thaws[len(v.Thaws):] {
			later(th.From, th.Level)
			if prior := out.Thaws[len(v.Thaws)+n-1]; th.From < prior.Until || th.Until <= th.From {
				t.Errorf("thaw %v after %v", th, prior)
			}
		}
	}
	if events < 100 {
		t.Errorf("%d events only", events)
	}
	if !reflect.DeepEqual(before, *v) || !reflect.DeepEqual(outlook, *o) {
		t.Error("the history or the outlook was changed")
	}
}

// TestExtendIsAddressed: a longer future begins as a shorter one, and the British one
// is drawn apart from the American.
func TestExtendIsAddressed(t *testing.T) {
	v, o := prepared2023(t)
	british := *o
	british.West = "United Kingdom"
	differ := false
	for i := range 30 {
		short, a := extended(t, o, v, o.End+1500, i)
		long, b := extended(t, o, v, o.End+6000, i)
		for n := range short.Shocks {
			if x, y := short.Shocks[n], long.Shocks[n]; x.At != y.At || a[x.Tension] != b[y.Tension] {
				t.Errorf("shock %d of future %d: %v and %v", n, i, x, y)
			}
		}
		rep := random.NewSource(0, 3).Replicate(uint64(i))
		e := extension{Outlook: &british, rep: &rep, horizon: o.End + 6000}
		for n, at := range e.arrivals("shock", o.Shocks) {
			differ = differ || n+len(v.Shocks) >= len(long.Shocks) || at != long.Shocks[n+len(v.Shocks)].At
		}
	}
	if !differ {
		t.Error("both pairs have the same future shocks")
	}
}

// TestExtendMarks: what an event does is drawn from what events before the cut-off do.
func TestExtendMarks(t *testing.T) {
	v, o := prepared2023(t)
	alone := *o
	alone.marks = &marks{meetings: []effect{{param.Fixed(0.25), param.Fixed(1)}}}
	opened, met := 0, 0
	for i := range 40 {
		out, theta := extended(t, &alone, v, o.End+4000, i)
		if len(out.Shocks) != len(v.Shocks) || len(out.Thaws) != len(v.Thaws) {
			t.Fatal("an event that nobody has seen before")
		}
		for _, s := range out.Arms[0].Levers.Summits[len(v.Arms[0].Levers.Summits):] {
			relief, restores := theta[s.Relief], theta[s.Restores]
			switch {
			case restores != 1 || !s.Open:
				t.Errorf("%+v restores %v", s, restores)
			case strings.HasPrefix(s.Name, "future-opening") && relief == 0:
				opened++
			case strings.HasPrefix(s.Name, "future-meeting") && relief == 0.25:
				met++
			default:
				t.Errorf("%s relieves %v", s.Name, relief)
			}
		}
	}
	if opened == 0 || met == 0 {
		t.Errorf("%d openings, %d meetings", opened, met)
	}
}

// TestArrivalsStartAtTheCutoff: the first gap runs from the first moment after the
// cut-off, the others from the event before, all at the one rate that was drawn.
func TestArrivalsStartAtTheCutoff(t *testing.T) {
	_, o := prepared2023(t)
	rep := random.NewSource(0, 3).Replicate(8)
	e := extension{Outlook: o, rep: &rep, horizon: o.End + 20000}
	rate := o.Shocks.draw(rep.Uniform(random.Stream(o.key("shock"), random.Future), 0))
	at := o.End
	list := e.arrivals("shock", o.Shocks)
	for n, got := range list {
		at += rep.Exponential(random.Stream(random.Entity(o.key("shock"), n), random.Future), 0) / rate * param.DaysPerYear
		near(t, "arrival", got, at, 1e-6)
	}
	if len(list) < 3 {
		t.Errorf("%d arrivals in 55 years", len(list))
	}
}
