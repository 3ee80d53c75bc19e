package patterns

import (
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
)

// Watcher evaluates the expectations of a scenario on the futures that a run plays beside
// its sums: those that [Run] finds for the same plan.
type Watcher struct {
	*setup
	tallies []tally
}

// Watch prepares a watcher of a plan; nil where its scenario expects nothing.
func Watch(p *experiment.Plan) *Watcher {
	if len(p.Scenario.Expect) == 0 {
		return nil
	}
	s := newSetup(p)
	clear(s.observed)
	for i := range s.stats {
		if arm := s.stats[i].arm; arm >= 0 {
			s.observed[arm] = true
		}
	}
	return &Watcher{s, newTallies(s, p.Draws)}
}

// Fresh and Take make it [experiment.Beside].
func (w *Watcher) Fresh() experiment.Visitor {
	v := &watching{w: w, tallies: newTallies(w.setup, 1), logs: make([]recorder, len(w.observed)),
		observers: make([]sim.Observer, len(w.observed))}
	for a, on := range w.observed {
		if on {
			v.observers[a] = v.logs[a].take
		}
	}
	return v
}

// Take adds what a block has shown.
func (w *Watcher) Take(b experiment.Block, v experiment.Visitor) {
	for i := range w.tallies {
		w.tallies[i].merge(b.Draw, &v.(*watching).tallies[i])
	}
}

// Expectations are those of the scenario, judged on what was played.
func (w *Watcher) Expectations() []Expectation {
	out := []Expectation{}
	for i := range w.stats {
		out = append(out, judge(&w.valid.Expect[i], w.stats[i].arm, &w.tallies[i]))
	}
	return out
}

// watching looks at a block.
type watching struct {
	w         *Watcher
	tallies   []tally
	logs      []recorder
	observers []sim.Observer
}

// Reset prepares for a block.
func (v *watching) Reset(experiment.Block, *sim.Arms) {
	for i := range v.tallies {
		v.tallies[i].clear()
	}
	v.clear()
}

func (v *watching) clear() {
	for a := range v.logs {
		v.logs[a].clear()
	}
}

// Observers are the recorders of the arms that something is expected of.
func (v *watching) Observers() []sim.Observer { return v.observers }

// Visit computes every statistic of one replicate.
func (v *watching) Visit(int, []sim.Outcome) {
	for i := range v.w.stats {
		if st := &v.w.stats[i]; st.arm >= 0 {
			v.tallies[i].add(0, st.of(&v.logs[st.arm]))
		}
	}
	v.clear()
}
