package calibrate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/kolmogorov"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/evidence"
)

// tiny is a calibration of a second.
func tiny(workers int) Options {
	return Options{Particles: 3, Pilot: 15, MaxSimulations: 114, Workers: workers}
}

// answer is everything that a calibration says, with every bit of every number.
func answer(t *testing.T, p *Problem, r *abc.Result, o Options) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%v\n%v\n", *r, Learn(p, r))
	all, _, err := Predict(context.Background(), p, r, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		fmt.Fprintln(&b, x.Statistic.ID, x.Observed, x.Prior, x.Posterior, x.Inside, x.Narrowed, x.Tail, x.Undefined)
	}
	return b.String()
}

// Breaks when the number of workers, or an interruption after the pilot or any
// generation, moves a bit.
func TestRunIsReproducible(t *testing.T) {
	p := short()
	var states [][]byte
	o := tiny(1)
	o.Checkpoint = func(s []byte) error {
		states = append(states, append([]byte(nil), s...))
		return nil
	}
	r, err := Run(context.Background(), p, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(states) < 3 || r.Simulations > 114 || len(r.Particles) == 0 {
		t.Fatalf("%d states, %d simulations, %d particles", len(states), r.Simulations, len(r.Particles))
	}
	areNear(t, p, r)
	want := answer(t, p, r, tiny(1))
	for _, workers := range []int{2, 5} {
		r, err := Run(context.Background(), p, tiny(workers), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := answer(t, p, r, tiny(workers)); got != want {
			t.Errorf("%d workers:\n%s\none:\n%s", workers, got, want)
		}
	}
	r, err = Run(context.Background(), p, tiny(3), states[1])
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%v\n%v\n", *r, Learn(p, r)); !strings.HasPrefix(want, got) {
		t.Errorf("resumed after the first generation:\n%s\nuninterrupted:\n%s", got, want)
	}
	if _, err := Run(context.Background(), full(), tiny(1), states[1]); err == nil ||
		!strings.HasPrefix(err.Error(), "state: ") {
		t.Errorf("a state of another problem: %v", err)
	}
}

// areNear checks that particles carry the statistics of a history within the last
// threshold, and that weights are shares.
func areNear(t *testing.T, p *Problem, r *abc.Result) {
	t.Helper()
	sum := 0.0
	for i := range r.Particles {
		sum += r.Weights[i]
		if r.Distances[i] > r.Epsilon || len(r.Stats[i]) != p.Stats() || len(r.Particles[i]) != p.Dims() {
			t.Errorf("particle %d lies %v away, the threshold is %v", i, r.Distances[i], r.Epsilon)
		}
	}
	if !near(sum, 1) || len(r.Prior.Particles)+r.Failed != 15 {
		t.Errorf("weights sum to %v, %d of 15 pilots", sum, len(r.Prior.Particles))
	}
}

// Breaks when the simulator's answer depends on what it played before, or on a
// neighbour that shares its problem.
func TestSimulateIsPure(t *testing.T) {
	p := short()
	a, b := p.NewSimulator(), p.NewSimulator()
	x, y, other := make([]float64, p.Stats()), make([]float64, p.Stats()), make([]float64, p.Stats())
	differs := false
	for n := range 6 {
		rep, next := replicate(n), replicate(n+100)
		z := drawn(p, rep)
		before := fmt.Sprint(z)
		a.Simulate(rep, z, x)
		b.Simulate(next, drawn(p, next), other)
		b.Simulate(rep, z, y)
		if fmt.Sprint(x) != fmt.Sprint(y) || fmt.Sprint(z) != before {
			t.Errorf("draw %d: %v, and after another history %v", n, x, y)
		}
		differs = differs || fmt.Sprint(x) != fmt.Sprint(other)
		w, ok := p.newSimulator().Play(rep, z)
		for i, k := range p.used {
			if want := p.Statistics[k].compare(w, &rep); !ok || math.Float64bits(want) != math.Float64bits(x[i]) &&
				!math.IsNaN(want) {
				t.Errorf("draw %d: %s is %v, want %v", n, p.Statistics[k].ID, x[i], want)
			}
		}
	}
	if !differs {
		t.Error("all histories are alike: nothing is compared")
	}
}

// Breaks when a history with too many events is taken for a data set.
func TestOverflowIsNoDataSet(t *testing.T) {
	a := edited(t, "us-china-history", americanText(), "model: {record: 119}", "model: {record: 119, max_events: 50000}")
	a.Model.MaxEvents = 1300
	h, err := NewHistories(a, britishPast(), date(2017, 1, 31))
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewProblem(h, evidence.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	bound, free := p.NewSimulator(), short().NewSimulator()
	x, y := make([]float64, p.Stats()), make([]float64, p.Stats())
	passed, lost := 0, 0
	for n := range 12 {
		rep := replicate(n)
		z := drawn(p, rep)
		if !free.Simulate(rep, z, y) {
			t.Fatalf("draw %d overflows without a bound", n)
		}
		if !bound.Simulate(rep, z, x) {
			lost++
		} else if passed++; fmt.Sprint(x) != fmt.Sprint(y) {
			t.Errorf("draw %d: %v under a bound that it does not reach, %v without", n, x, y)
		}
	}
	if passed == 0 || lost == 0 {
		t.Errorf("%d histories have a data set, %d have none: nothing is compared", passed, lost)
	}
}

// Breaks when an interruption, a full disk or an undefined target is not told.
func TestRunFails(t *testing.T) {
	p := short()
	stopped, cancel := context.WithCancelCause(context.Background())
	reason := errors.New("somebody pressed a key")
	cancel(reason)
	if _, err := Run(stopped, p, tiny(2), nil); !errors.Is(err, reason) {
		t.Errorf("stopped: %v", err)
	}
	if _, _, err := Predict(stopped, p, &abc.Result{Weights: []float64{1},
		Particles: [][]float64{make([]float64, p.Dims())}},
		tiny(1)); !errors.Is(err, reason) {
		t.Errorf("prediction stopped: %v", err)
	}
	full := errors.New("no space")
	o := tiny(2)
	o.Checkpoint = func([]byte) error { return full }
	if _, err := Run(context.Background(), p, o, nil); !errors.Is(err, full) {
		t.Errorf("no space: %v", err)
	}
	o = tiny(1)
	o.Particles = 1
	if _, err := Run(context.Background(), p, o, nil); err == nil || !strings.Contains(err.Error(), "particles: 1") {
		t.Errorf("one particle: %v", err)
	}
	q := mustProblem(date(2017, 1, 31))
	s := &q.Statistics[q.used[2]]
	s.simulated = func(*World) float64 { return math.NaN() }
	o = Options{Seed: 5, Particles: 2, Pilot: 4, MaxSimulations: 40, Workers: 2}
	if _, err := Run(context.Background(), q, o, nil); err == nil || !strings.HasPrefix(err.Error(), "target "+s.ID+" ") {
		t.Errorf("an undefined target: %v", err)
	}
}

// Breaks when two domains overlap, or leave 64 bits.
func TestDomainsAreApart(t *testing.T) {
	const run = uint64(1) << abc.DomainBits
	last := uint64(0)
	for _, d := range []uint64{particleDomain, priorDomain, predictDomain, truthDomain, FutureDomain} {
		if d < last+run || d%run != 0 || d > math.MaxUint64-run {
			t.Errorf("the domain %x follows %x", d, last)
		}
		last = d
	}
}

// Breaks when draws from the prior depend between coordinates or replicates: each is
// a standard normal. 100 × 105 numbers, level 10⁻⁶.
func TestFromPrior(t *testing.T) {
	var all []float64
	for n := range 100 {
		all = append(all, drawn(full(), replicate(n))...)
	}
	if d := kolmogorov.Distance(all, nil, elem.NormalCDF); d > kolmogorov.Bound(float64(len(all)), level) {
		t.Errorf("draws lie %.3f from a standard normal", d)
	}
	if r := correlation(all[1:], all[:len(all)-1]); farFrom(r, 0, len(all)-1) {
		t.Errorf("neighbours correlate %.3f", r)
	}
}

// Breaks when fresh histories of the prior do not come from the prior's own domain.
func TestPredictiveHistories(t *testing.T) {
	p := short()
	o := tiny(2)
	got, err := p.predictive(context.Background(), 5, o, priorDomain,
		func(_ int, rep *random.Replicate, z []float64) { fromPrior(rep, z) })
	if err != nil {
		t.Fatal(err)
	}
	s := p.newSimulator()
	for i := range 5 {
		rep := random.NewSource(o.Generator, o.Seed).Replicate(priorDomain + uint64(i))
		w, ok := s.Play(rep, drawn(p, rep))
		for k := range p.Statistics {
			if want := p.Statistics[k].predicted(w, &rep); !ok || got[k][i] != want &&
				!(math.IsNaN(want) && math.IsNaN(got[k][i])) {
				t.Errorf("history %d: %s is %v, want %v", i, p.Statistics[k].ID, got[k][i], want)
			}
		}
	}
}
