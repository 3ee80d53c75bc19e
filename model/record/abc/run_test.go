package abc

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// TestBytesAreEqualForAnyNumberOfWorkers: of result and states, under both
// generators.
func TestBytesAreEqualForAnyNumberOfWorkers(t *testing.T) {
	for _, g := range []random.Generator{random.Mix, random.Philox} {
		play := func(workers int) (string, []byte) {
			o, states := ruggedOptions(), []byte(nil)
			o.Generator, o.Workers = g, workers
			o.Checkpoint = func(b []byte) error { states = append(states, b...); return nil }
			return asText(run(t, rugged(), ruggedObserved, o)), states
		}
		want, states := play(1)
		for _, workers := range []int{2, 7, 500} {
			if got, s := play(workers); got != want || !bytes.Equal(s, states) {
				t.Errorf("%v, %d workers: the result differs from that of one", g, workers)
			}
		}
	}
}

// TestAddressesCount: another seed, generator or domain gives another result.
func TestAddressesCount(t *testing.T) {
	want := asText(run(t, rugged(), ruggedObserved, ruggedOptions()))
	for what, change := range map[string]func(*Options){"seed": func(o *Options) { o.Seed++ },
		"generator": func(o *Options) { o.Generator = random.Philox },
		"domain":    func(o *Options) { o.Domain = 1 << DomainBits }} {
		o := ruggedOptions()
		change(&o)
		if asText(run(t, rugged(), ruggedObserved, o)) == want {
			t.Errorf("another %s gives the same result", what)
		}
	}
}

// TestResult: weights sum to one, every particle is within the last threshold, in
// the newest metric, with the statistics of its own data set; the history adds up;
// thresholds fall once the scales are fixed.
func TestResult(t *testing.T) {
	o := ruggedOptions()
	r := run(t, rugged(), ruggedObserved, o)
	sum := 0.0
	m := newMetric(ruggedObserved, r.Scales, nil)
	for i := range r.Particles {
		sum += r.Weights[i]
		if d := m.distance(r.Stats[i]); d != r.Distances[i] || d > r.Epsilon {
			t.Errorf("particle %d at %v, by itself %v, threshold %v", i, r.Distances[i], d, r.Epsilon)
		}
		if len(r.Particles[i]) != 4 || len(r.Stats[i]) != 4 || r.Stats[i][2] != 7 {
			t.Fatalf("particle %d: %v, %v", i, r.Particles[i], r.Stats[i])
		}
	}
	if math.Abs(sum-1) > 1e-12 || len(r.Weights) != len(r.Particles) || len(r.Distances) != len(r.Particles) {
		t.Errorf("%d weights sum to %v", len(r.Weights), sum)
	}
	last := r.Generations[len(r.Generations)-1]
	if last.Epsilon != r.Epsilon || last.Distinct != len(r.Particles) || r.End != EndSimulations {
		t.Errorf("last generation %+v, threshold %v, %d particles, %s", last, r.Epsilon, len(r.Particles), r.End)
	}
	total := o.Pilot
	for g, x := range r.Generations {
		total += x.Simulations
		if x.Simulations != x.Moves*o.Particles || x.Moves > o.MaxMoves || x.Survivors < 1 || x.Acceptance > 1 {
			t.Errorf("generation %d: %+v", g+1, x)
		}
		if g > o.Adapt && !(x.Epsilon < r.Generations[g-1].Epsilon) {
			t.Errorf("generation %d: the threshold does not fall", g+1)
		}
	}
	if total != r.Simulations || total > o.MaxSimulations || r.Failed == 0 || len(r.Prior.Particles) != o.Pilot-r.Failed ||
		len(r.Prior.Stats) != o.Pilot-r.Failed {
		t.Errorf("%d simulations, %d by generation; %d failures, %d of the prior", r.Simulations, total, r.Failed,
			len(r.Prior.Particles))
	}
	if !(r.ESS >= 1 && r.ESS <= float64(len(r.Particles))+1e-9) ||
		!(1 <= r.FamilyESS.Min && r.FamilyESS.Min <= r.FamilyESS.Median) {
		t.Errorf("effective sizes %v and %+v of %d", r.ESS, r.FamilyESS, len(r.Particles))
	}
}

// TestCopiesAreKnown: in every population, two particles have the same origin
// exactly if they have the same coordinates and statistics.
func TestCopiesAreKnown(t *testing.T) {
	o, copies := ruggedOptions(), 0
	o.Checkpoint = func(b []byte) error {
		state, err := decode(b)
		if err != nil {
			return err
		}
		z, stats, origin := state.Z, state.Stats, state.Origin
		for i := range origin {
			for j := range i {
				same := sameBits(z[4*i:4*i+4], z[4*j:4*j+4]) && sameBits(stats[4*i:4*i+4], stats[4*j:4*j+4])
				if same != (origin[i] == origin[j]) {
					t.Fatalf("particles %d and %d: alike %v, origins %x and %x", j, i, same, origin[j], origin[i])
				}
				if same {
					copies++
				}
			}
		}
		return nil
	}
	if run(t, rugged(), ruggedObserved, o); copies == 0 {
		t.Error("there were no copies")
	}
}

// sameBits tells numbers apart that are not equal, and takes NaN as equal to NaN.
func sameBits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
}

// TestPriorIsKept: the pilot's draws are those of the prior's addresses, whatever
// became of the population.
func TestPriorIsKept(t *testing.T) {
	r := run(t, normalMean(2, 0.3), []float64{1}, Options{Seed: 8, Particles: 20, Pilot: 40, Schedule: []float64{3, 1}})
	z := make([]float64, 2)
	for i, got := range r.Prior.Particles {
		rep := random.NewSource(random.Mix, 8).Replicate(pack(0, 0, i, 0))
		if drawPrior(&rep, z); got[0] != z[0] || got[1] != z[1] {
			t.Errorf("draw %d: %v, want %v", i, got, z)
		}
	}
}

// TestScalesAreAdaptedAsLongAsAsked: the scales of the next threshold move after
// generations 1 … Adapt and stay; given ones never move.
func TestScalesAreAdaptedAsLongAsAsked(t *testing.T) {
	scales := func(adapt, generations int, given []float64) float64 {
		o := ruggedOptions()
		o.Adapt, o.Schedule, o.Scales = adapt, []float64{9, 8, 7, 6, 5}[:generations], given
		return run(t, rugged(), ruggedObserved, o).Scales[0]
	}
	if a, b := scales(0, 1, nil), scales(0, 5, nil); a != b {
		t.Errorf("scales move without being asked: %v, %v", a, b)
	}
	if a, b := scales(2, 1, nil), scales(2, 2, nil); a == b {
		t.Errorf("scales do not move after generation 1: %v", a)
	}
	if a, b := scales(2, 3, nil), scales(2, 5, nil); a != b {
		t.Errorf("scales move after the second generation: %v, %v", a, b)
	}
	if a := scales(2, 5, []float64{0.5, 2, 1, 3}); a != 0.5 {
		t.Errorf("a given scale became %v", a)
	}
}

// TestEnds: each end is reached, and named.
func TestEnds(t *testing.T) {
	coin := toy{dims: 1, stats: 1, simulate: func(rep *random.Replicate, z, s []float64) bool {
		s[0] = math.Trunc(3 * rep.Uniform(dataKey, 0)) // 0, 1, 2, whatever z
		return true
	}}
	for _, c := range []struct {
		p    Problem
		o    Options
		want End
	}{
		{normalMean(1, 0.3), Options{Particles: 50, MinAcceptance: 0.2}, EndAcceptance},
		{normalMean(1, 0.3), Options{Particles: 50, MaxSimulations: 3000}, EndSimulations},
		{normalMean(1, 0.3), Options{Particles: 50, Schedule: []float64{3, 2, 2}}, EndSchedule},
		{normalMean(1, 0.3), Options{Particles: 50, Schedule: []float64{3, 1e-9}}, EndStuck},
		{coin, Options{Particles: 50, MaxSimulations: 100000, Scales: []float64{1}}, EndStuck},
	} {
		r := run(t, c.p, []float64{0.2}, c.o)
		if r.End != c.want {
			t.Errorf("%s, want %s: %+v", r.End, c.want, r.Generations)
		}
		if c.want == EndAcceptance && r.Generations[len(r.Generations)-1].Acceptance >= 0.2 {
			t.Errorf("ended though %+v", r.Generations)
		}
	}
}

// TestGenerationsAreBounded: after the last one that an address has room for.
func TestGenerationsAreBounded(t *testing.T) {
	s, err := newSampler(normalMean(1, 0.3), []float64{0}, Options{Particles: 5, MinAcceptance: 0.1})
	if err == nil {
		err = s.pilot(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		generations int
		want        End
	}{{maxGenerations - 1, ""}, {maxGenerations, EndGenerations}} {
		s.generations = slices.Repeat([]Generation{{Acceptance: 1}}, c.generations)
		if _, _, end := s.next(); end != c.want {
			t.Errorf("after %d generations: %q, want %q", c.generations, end, c.want)
		}
	}
}

func TestNothingNear(t *testing.T) {
	never := toy{dims: 1, stats: 1, simulate: func(*random.Replicate, []float64, []float64) bool { return false }}
	for want, p := range map[string]Problem{"none of the 20 simulations": never,
		"near enough for the first threshold": normalMean(1, 0.3)} {
		_, err := Run(context.Background(), p, []float64{50}, Options{Particles: 20, Schedule: []float64{1}}, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestRefusedOptions(t *testing.T) {
	for want, change := range map[string]func(*Options){
		"particles: 1 is not":       func(o *Options) { o.Particles = 1 },
		"pilot: 10 is not":          func(o *Options) { o.Pilot = 10 },
		"max moves: 1025":           func(o *Options) { o.MaxMoves = 1025 },
		"nothing ends the run":      func(o *Options) { o.MaxSimulations = 0 },
		"max simulations: 100":      func(o *Options) { o.MaxSimulations = 100 },
		"schedule: 1024 thresholds": func(o *Options) { o.Schedule = make([]float64, 1024) },
		"observed and weighted":     func(o *Options) { o.Weights = make([]float64, 4) },
	} {
		o := ruggedOptions()
		change(&o)
		if _, err := Run(context.Background(), rugged(), ruggedObserved, o, nil); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	for want, y := range map[string][]float64{"observed: 1 values for 4": {1}, "both observed": {nan, nan, nan, nan}} {
		if _, err := Run(context.Background(), rugged(), y, ruggedOptions(), nil); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := Run(context.Background(), toy{dims: 0, stats: 1}, []float64{1}, ruggedOptions(), nil); err == nil {
		t.Error("a problem without coordinates is taken")
	}
}

// TestCancellation: a context that ends in the pilot or in a generation ends the
// run with its cause.
func TestCancellation(t *testing.T) {
	cause := errors.New("enough")
	for _, generation := range []int{0, 2} {
		ctx, cancel := context.WithCancelCause(context.Background())
		o := ruggedOptions()
		o.Workers = 2
		o.Progress = func(p Progress) {
			if p.Generation == generation && p.Done > 5 {
				cancel(cause)
			}
		}
		if r, err := Run(ctx, rugged(), ruggedObserved, o, nil); !errors.Is(err, cause) || r != nil {
			t.Errorf("generation %d: %v", generation, err)
		}
	}
}

// TestProgress: every generation is reported to its end, in order.
func TestProgress(t *testing.T) {
	o := ruggedOptions()
	o.Workers = 3
	var last Progress
	ends := 0
	o.Progress = func(p Progress) {
		if p.Generation < last.Generation || p.Generation == last.Generation && p.Done <= last.Done {
			t.Errorf("%+v after %+v", p, last)
		}
		if last = p; p.Done == p.Total {
			ends++
		}
	}
	if r := run(t, rugged(), ruggedObserved, o); ends != 1+len(r.Generations) || last.Generation != len(r.Generations) {
		t.Errorf("%d ends for %d generations, last %+v", ends, len(r.Generations), last)
	}
}
