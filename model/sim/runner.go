package sim

import (
	"math"

	"github.com/misstep/misstep/model/random"
)

// Arms is a compiled scenario at one parameter vector: the common past and one
// model per arm.
type Arms struct {
	History *Model
	Arms    []*Model
}

// Runner plays replicates. It keeps its memory; one runner per worker.
type Runner struct {
	// Ended says whether the run is to end: asked every few thousand steps; nil for never. A
	// replicate that ended so overflows, too, and is no result.
	Ended func() bool

	past   world
	future world
	out    []Outcome
	lost   Outcome // what the past brings is dropped
}

// Run plays one replicate in every arm and returns the outcomes by arm, valid
// until the next call. The past up to the start is played once and forked.
// Observers, one per arm or nil, see the past too.
func (r *Runner) Run(a *Arms, rep random.Replicate, observers []Observer) []Outcome {
	if len(r.out) != len(a.Arms) {
		r.out = make([]Outcome, len(a.Arms))
	}
	r.playPast(a.History, rep, observers)
	for i, m := range a.Arms {
		var obs Observer
		if observers != nil {
			obs = observers[i]
		}
		r.playFuture(m, &r.out[i], obs)
	}
	return r.out
}

// Past plays the past that the arms of a replicate share, from which [Runner.Future] plays them one by one.
func (r *Runner) Past(m *Model, rep random.Replicate) { r.playPast(m, rep, nil) }

// Future plays an arm from where [Runner.Past] ended, and leaves what it brings in out.
func (r *Runner) Future(m *Model, out *Outcome) { r.playFuture(m, out, nil) }

// playPast plays from the first onset to just before the start.
func (r *Runner) playPast(m *Model, rep random.Replicate, observers []Observer) {
	w := &r.past
	w.out = &r.lost
	w.out.reset(m)
	w.obs = nil
	if observers != nil {
		w.obs = func(e *Event) {
			for _, o := range observers {
				if o != nil {
					o(e)
				}
			}
		}
	}
	w.ended = r.Ended
	w.set(m, rep)
	w.now = m.acts
	w.seed()
	w.addScheduled()
	w.scheduleEnvironment()
	w.scheduleOpenings(false, m.acts)
	w.scheduleSummits(m.acts, 0)
	w.play(math.Nextafter(0, -1))
	w.now = 0
}

// playFuture plays one arm from the start to the closure of the last case.
func (r *Runner) playFuture(m *Model, out *Outcome, obs Observer) {
	w := &r.future
	w.m, w.out, w.obs, w.ended = m, out, obs, r.Ended
	out.reset(m)
	w.copyFrom(&r.past)
	if m.notifies && !r.past.m.notifies {
		for id := range w.cases {
			w.readIdeally(&w.cases[id]) // what was seen before anything was announced
		}
	}
	w.scheduleOpenings(true, 0)
	w.scheduleSummits(0, math.Inf(1))
	w.play(m.horizon)
	w.settle()
	w.finish()
}
