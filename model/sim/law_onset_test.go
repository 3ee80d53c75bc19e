package sim

import (
	"fmt"
	"math"
	"testing"

	"github.com/misstep/misstep/scenarios"
)

// quiet is a world in which nobody acts, a shipped validation scenario. What is
// left follows closed forms.
var quiet = validation("nobody-acts")

func validation(name string) string {
	data, err := scenarios.Files.ReadFile("validation/" + name + ".yaml")
	if err != nil {
		panic(err)
	}
	return string(data)
}

// TestLawOnset: in a world without feedback the number of arrivals in the window
// is Poisson: mean to 7 per cent and variance to 14, given the source's type.
func TestLawOnset(t *testing.T) {
	t.Parallel()
	a := arms(t, quiet, set{"evidence.gap", "1000y"}, set{"assumptions.model.backlog", "1d"})
	m := a.Arms[0]
	var r Runner
	type key struct{ stream, typ int }
	counts, squares := map[key]*mean{}, map[key]*mean{}
	for n := range 30000 {
		r.Run(a, replicate(n), nil)
		for id := range m.streams {
			typ := 0
			if src := m.streams[id].source; m.sources[src].state {
				typ = int(r.future.types[src])
			}
			k := key{id, typ}
			if counts[k] == nil {
				counts[k], squares[k] = &mean{}, &mean{}
			}
			x := float64(r.future.onsets[id].arrived - r.past.onsets[id].arrived)
			want := m.streams[id].rate[typ] * m.horizon
			counts[k].add(x)
			squares[k].add((x - want) * (x - want))
		}
	}
	for k := range counts {
		want := m.streams[k.stream].rate[k.typ] * m.horizon
		what := fmt.Sprintf("stream %d, type %d", k.stream, k.typ)
		counts[k].equals(t, what+": mean", want, 0.07*want)
		squares[k].equals(t, what+": variance", want, 0.14*want)
	}
	total := m.streams[0].rate[0] + m.streams[1].rate[0]
	if other := m.streams[0].rate[1] + m.streams[1].rate[1]; math.Abs(total-other) > 1e-15 {
		t.Errorf("the type changes the total rate: %v and %v", total, other)
	}
}

// TestLawOnsetWithFeedback: under contagion, deterrence, commitments and summits,
// arrivals less their integrated intensity have mean 0 (to a quarter of a standard
// deviation) and the variance of the integral (to a half).
func TestLawOnsetWithFeedback(t *testing.T) {
	t.Parallel()
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"onset.deterrence", "0.6"}, set{"onset.contagion", "1"},
		set{"assumptions.model.backlog", "100d"})
	m := a.Arms[1]
	var r Runner
	gap, excess, total := make([]mean, len(m.streams)), make([]mean, len(m.streams)), make([]mean, len(m.streams))
	for n := range 1300 {
		r.Run(a, replicate(n), nil)
		w := &r.future
		for id := range m.streams {
			from := r.past.integralTo(int32(id), 0)
			w.m = m
			to := w.integralTo(int32(id), m.horizon)
			x := float64(w.onsets[id].arrived-r.past.onsets[id].arrived) - (to - from)
			gap[id].add(x)
			excess[id].add(x*x - (to - from))
			total[id].add(to - from)
		}
	}
	for id := range m.streams {
		scale := total[id].value()
		gap[id].equals(t, fmt.Sprintf("stream %d: arrivals less integral", id), 0, 0.25*math.Max(1, math.Sqrt(scale)))
		excess[id].equals(t, fmt.Sprintf("stream %d: variance less integral", id), 0, 0.5*math.Max(3, scale))
	}
}

// TestLawDiscovery: the number of cases discovered in the window is Poisson with
//
// mean rate · share · ∫ P(0 ≤ a + D ≤ H) da = rate · share · (G(H − first) − G(−first)), G(x) =
// ∫₀ˣ F
//
// per stream; resolutions: 3 per cent of the total, and 14 for the variance.
func TestLawDiscovery(t *testing.T) {
	t.Parallel()
	a := arms(t, quiet, set{"evidence.gap", "1000y"}, set{"assumptions.model.backlog", "1d"})
	m := a.Arms[0]
	var r Runner
	counts := make([]mean, len(m.streams))
	total, spread := mean{}, mean{}
	want := make([]float64, len(m.streams))
	sum := 0.0
	for id := range m.streams {
		s := &m.streams[id]
		rate := (s.rate[0] + s.rate[1]) / 2 // types are even
		want[id] = rate * s.discovered * (s.delay.integratedCDF(m.horizon-s.first) - s.delay.integratedCDF(-s.first))
		sum += want[id]
	}
	for n := range 30000 {
		o := &r.Run(a, replicate(n), nil)[0]
		by := make([]float64, len(m.streams))
		for _, c := range o.Cases {
			by[c.Stream]++
		}
		for id := range by {
			counts[id].add(by[id])
		}
		total.add(float64(o.Discovered))
		spread.add((float64(o.Discovered) - sum) * (float64(o.Discovered) - sum))
		if o.Discovered != len(o.Cases) {
			t.Fatalf("%d discovered, %d cases", o.Discovered, len(o.Cases))
		}
	}
	for id := range counts {
		counts[id].equals(t, fmt.Sprintf("stream %d", id), want[id], 0.03*sum)
	}
	total.equals(t, "all", sum, 0.02*sum)
	spread.equals(t, "variance", sum, 0.14*sum)
}

// integratedCDF is ∫₀ˣ F for a lognormal: x·F(x) − E[D; D ≤ x].
func (d lognormal) integratedCDF(x float64) float64 {
	if x <= 0 {
		return 0
	}
	phi := func(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }
	z := (math.Log(x) - d.mu) / d.sigma
	return x*phi(z) - math.Exp(d.mu+d.sigma*d.sigma/2)*phi(z-d.sigma)
}

// TestLawDisclosure: a case is disclosed before it closes with probability
// share · E[exp(−D/c)], since cases close at a constant hazard; and evidence comes
// at rate 1/gap: a case has 1 + c/gap pieces in the mean. Resolutions 0.02 and 5
// per cent.
func TestLawDisclosure(t *testing.T) {
	t.Parallel()
	a := arms(t, quiet)
	m := a.Arms[0]
	c := m.states[0].sensor.caseMean
	var r Runner
	var disclosed [8]share
	pieces := mean{}
	for n := range 2500 {
		log, _ := events(&r, a, replicate(n), 0)
		out := map[uint64]bool{}
		seen := map[uint64]float64{}
		for _, e := range log {
			switch e.Kind {
			case EventDisclosure:
				out[e.Entity] = true
			case EventPiece:
				seen[e.Entity]++
			}
		}
		for _, e := range log {
			if e.Kind == EventClose {
				disclosed[e.Stream].add(out[e.Entity])
				pieces.add(seen[e.Entity])
			}
		}
	}
	for id := range m.streams {
		s := &m.streams[id]
		survives := func(z float64) float64 {
			return math.Exp(-s.disclosure.at(z)/c-z*z/2) / math.Sqrt(2*math.Pi)
		}
		want := 0.0
		for z := -9.0; z < 9; z += 0.25 {
			want += integrate(survives, z, z+0.25)
		}
		disclosed[id].equals(t, fmt.Sprintf("stream %d: disclosed", id), s.disclosed*want, 0.03)
	}
	pieces.equals(t, "pieces a case", 1+c/m.states[0].sensor.gap, 0.3)
}
