package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// birth is all that is drawn for an incident when it begins.
type birth struct {
	start, delay, severity float64
	entity                 uint64
	frame                  int16
}

func births(w *world) map[[2]int32]birth {
	out := map[[2]int32]birth{}
	for id := range w.cases {
		k := &w.cases[id]
		out[[2]int32{k.stream, k.ordinal}] = birth{start: k.start, delay: k.discovered - k.start, severity: k.severity,
			entity: k.entity, frame: k.frame}
	}
	return out
}

// TestProperty10TimeChange: a channel that opens on day t* with a mechanism that
// raises or lowers onset leaves every arrival before t* equal bit for bit; arrival
// n after it keeps its entity, and with it culprit, intent, severity, flag and
// addressed delays, and only moves in time.
//
// Mutations that it catches: thinning; an ordinal that counts accepted arrivals;
// rebase at 0 in the arm that is not touched.
func TestProperty10TimeChange(t *testing.T) {
	text := read(t, "testdata/dyad.yaml")
	for _, mechanism := range []string{"moral_hazard", "commitments"} {
		t.Run(mechanism, func(t *testing.T) {
			sets := append(zeroStrengths("forum"), set{"assumptions.channels.forum.strength." + mechanism, "1"},
				set{"life.lapse", "0"},
				set{"levers.channels.forum.opens", "2027-06-15"}, set{"arms.without.channels.hotline.open", "true"},
				set{"effect.moral_hazard", "0.8"}, set{"effect.commitments", "0.6"}, set{"effect.breach", "0"})
			a := arms(t, text, sets...)
			opens := a.Arms[1].channels[1].opens
			moved, kept := 0, 0
			for n := range 40 {
				off, on := births(play(a, replicate(n), 0, func(*world) {})), births(play(a, replicate(n), 1, func(*world) {}))
				for key, x := range off {
					y, both := on[key]
					if x.start < opens && (!both || x != y) {
						t.Fatalf("replicate %d, arrival %v before day %v: %+v and %+v", n, key, opens, x, y)
					}
					if !both || x.start < opens {
						continue
					}
					if x.start == y.start {
						kept++
					} else {
						moved++
					}
					if x.entity != y.entity || x.severity != y.severity || x.frame != y.frame || math.Abs(x.delay-y.delay) > 1e-9 {
						t.Fatalf("replicate %d, arrival %v after day %v: %+v and %+v", n, key, opens, x, y)
					}
				}
			}
			if moved == 0 || kept == 0 {
				t.Errorf("%d arrivals moved, %d did not", moved, kept)
			}
		})
	}
}

// legendre holds the nodes and weights of a ten-point rule on [−1, 1].
var legendre = [5][2]float64{{0.1488743389816312, 0.2955242247147529}, {0.4333953941292472, 0.2692667193099963},
	{0.6794095682990244, 0.2190863625159821}, {0.8650633666889845, 0.1494513491505806},
	{0.9739065285171717, 0.0666713443086881}}

func integrate(f func(float64) float64, a, b float64) float64 {
	sum, c, h := 0.0, (a+b)/2, (b-a)/2
	for _, n := range legendre {
		sum += n[1] * (f(c-h*n[0]) + f(c+h*n[0]))
	}
	return sum * h
}

// meter integrates the intensity of every stream from its parts, without the
// engine's integral: base rate, tension, memory and factor as they stand.
type meter struct {
	integral []float64
	at       float64
}

func (mt *meter) advance(w *world, to float64) {
	m := w.m
	for id := range m.streams {
		s := &m.streams[id]
		if !s.arrivals {
			continue
		}
		intensity := func(float64) float64 { return w.rate(int32(id)) }
		if m.sources[s.source].state {
			r := w.rel(s.source, s.victim)
			factor := w.onsetFactor(int32(id))
			intensity = func(t float64) float64 {
				g := r.tension.value * math.Exp(-m.tension.decay*(t-r.tension.since))
				d := r.memory.value * math.Exp(-m.memory*(t-r.memory.since))
				return w.rate(int32(id)) * factor * (1 + s.contagion*g) * (1 - s.deter*d)
			}
		}
		const step = 40.0
		for from := mt.at; from < to; from += step {
			mt.integral[id] += integrate(intensity, from, math.Min(to, from+step))
		}
	}
	mt.at = to
}

// TestProperty10Integral: at arrival n of a stream the integrated intensity equals
// the sum of the first n+1 unit exponentials to 1e-9, with contagion, deterrence,
// commitments, moral hazard and summits all at work.
//
// Mutations that it catches: a rebase without the version; a summit that does not
// re-base.
func TestProperty10Integral(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"onset.deterrence", "0.5"}, set{"onset.contagion", "1"},
		set{"strength.moral_hazard", "1"}, set{"strength.commitments", "1"})
	seen := 0
	for n := range 12 {
		rep := replicate(n)
		mt := meter{integral: make([]float64, len(a.History.streams)), at: 0}
		first := true
		play(a, rep, 1, func(w *world) {
			if first {
				first = false
				for id := range mt.integral {
					mt.integral[id] = w.integralTo(int32(id), 0)
				}
			}
			e := *w.queue.next()
			mt.advance(w, e.time)
			if e.kind != kindArrival || e.version != w.onsets[e.id].version {
				return
			}
			seen++
			sum := 0.0
			for i := 0; i <= w.onsets[e.id].arrived; i++ {
				sum += rep.Exponential(random.Stream(w.m.streams[e.id].hash, random.Arrival), i)
			}
			if math.Abs(mt.integral[e.id]-sum) > 1e-9 {
				t.Fatalf("replicate %d, stream %d, arrival %d on day %v: integral %v, exponentials %v",
					n, e.id, w.onsets[e.id].arrived, e.time, mt.integral[e.id], sum)
			}
		})
	}
	if seen < 100 {
		t.Errorf("%d arrivals only", seen)
	}
}

// TestProperty10Past: in the past the pending arrival waits for the sum of the
// same exponentials, and nothing begins before the first onset.
func TestProperty10Past(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"onset.deterrence", "0.5"}, set{"onset.contagion", "1"})
	m := a.History
	for n := range 5 {
		rep := replicate(n)
		var r Runner
		r.playPast(m, rep, nil)
		w := &r.past
		for i := range w.cases {
			if k := &w.cases[i]; k.named < 0 && k.start < m.streams[k.stream].first {
				t.Fatalf("an arrival on day %v, before the first onset on day %v", k.start, m.streams[k.stream].first)
			}
		}
		for id := range m.streams {
			sum := 0.0
			for i := 0; i <= w.onsets[id].arrived; i++ {
				sum += rep.Exponential(m.streams[id].arrivalKey, i)
			}
			if m.streams[id].arrivals && (w.onsets[id].target != sum || w.integralTo(int32(id), 0) > sum) {
				t.Fatalf("stream %d: target %v, exponentials %v, integral at the start %v", id, w.onsets[id].target, sum,
					w.integralTo(int32(id), 0))
			}
		}
	}
}

// TestDirections: who suffers a public step remembers it and feels tension toward
// who took it; the one who took it does neither. So a source is deterred by what
// its victim did to it.
//
// Mutation that it catches: remember or strain with actor and accused exchanged.
func TestDirections(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"reply.max_moves", "0"})
	steps := 0
	for n := range 20 {
		var last Event
		var before []relation
		play(a, replicate(n), 1, func(w *world) {
			w.obs = func(e *Event) {
				if e.Kind == EventAct && a.Arms[1].scale.Rungs[e.Chosen].Visibility > 0 {
					last, before = *e, append(before[:0], w.relations...)
				}
			}
			if last.Time != w.now || last.Kind != EventAct {
				return
			}
			steps++
			actor, accused := int32(last.Actor), int32(last.Target)
			there, back := w.rel(accused, actor), w.rel(actor, accused)
			n := len(w.m.states)
			was := before[int(accused)*n+int(actor)]
			if there.memory.since != w.now || there.memory.value <= was.memory.at(w.now, w.m.memory) ||
				there.tension.value <= was.tension.at(w.now, w.m.tension.decay) {
				t.Fatalf("day %v: the accused remembers nothing: %+v, before %+v", w.now, there, was)
			}
			if back.memory != before[int(actor)*n+int(accused)].memory {
				t.Fatalf("day %v: the author remembers its own step", w.now)
			}
			last = Event{}
		})
	}
	if steps < 100 {
		t.Errorf("%d public steps only", steps)
	}
}
