// Package reference is a second implementation of the model, for tests only: as
// literal as possible and built otherwise than the engine. Every rule is written
// from docs/MODEL.md over maps keyed by name; the state of the world is a list of
// what happened, replayed whenever a number is needed; the next event is found by
// looking through everything that might happen next; each arm is played alone
// from the very beginning. Only the addresses of the draws are shared, because
// they are part of the model.
//
// Read docs/MODEL.md beside it: a comment "rule 5" means rule 5 there.
package reference

import (
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Belief is what a choice rests on.
type Belief struct {
	Culprit   float64
	Intent    map[scenario.Intent]float64 // given that the target did it
	Severity  float64
	StatusQuo float64
}

// Event is one entry of the log, with names instead of indices.
type Event struct {
	Time                                   float64
	Kind                                   string
	Incident                               string // for people: "A > B : espionage #3", or the name of a scheduled one
	Entity                                 uint64 // of the incident, 0 without one
	Actor, Target                          string
	Channel, Cause                         string
	Before, Chosen, Rung                   int
	RungOnTruth, RungOnIdeal, Joined, Move int
	Core, Misstep, Induced                 bool
	Indicated                              string
	Signal, Answer                         int
	Held, OnIdeal, OnTruth                 Belief
	Start, Severity, Perceived             float64
	Shares                                 [4]float64 // contributions: culprit, intent, severity, type of the rival
}

// Result is the log of one replicate of one arm and what became of its cases.
type Result struct {
	Events []Event
	Cases  map[uint64]CaseResult // discovered in the window, by entity
	Counts map[string]int
	Reach  [5]float64 // expected first crossings in the window, by class
}

// Run plays one replicate of one arm of a scenario at a parameter vector.
func Run(v *scenario.Scenario, theta []float64, arm int, rep random.Replicate) Result {
	w := newWorld(v, theta, arm, rep)
	w.backlog()
	w.scheduledIncidents()
	w.play()
	w.judgeCases()
	return w.Result
}

// world is what happened so far.
type world struct {
	v       *scenario.Scenario
	theta   []float64
	arm     int
	rep     random.Replicate
	scale   *ladder.Scale
	now     float64
	acts    float64 // acts begin
	horizon float64
	ended   bool // the horizon has passed: nothing new arrives

	constants
	isState  map[string]bool
	sources  []string // states, then groups, each in order
	streams  []*stream
	type_    map[string]string // "S" or "E"
	weights  map[string]map[string]float64
	channels []*forum

	strain map[[2]string][]change // by who feels it, about whom
	doubts map[[2]string][]shift  // moves of the logit of trust
	done   map[string]int         // how often each shock struck, and what else of politics happened

	cases   []*victimCase // in the order in which they were created
	replies []*chain
	crossed [5]bool
	Result
}

func newWorld(v *scenario.Scenario, theta []float64, arm int, rep random.Replicate) *world {
	scale, err := ladder.Named(v.Scale)
	if err != nil {
		panic(err)
	}
	w := &world{v: v, theta: theta, arm: arm, rep: rep, scale: scale, acts: -v.Model.Backlog, horizon: v.Horizon,
		isState: map[string]bool{}, type_: map[string]string{}, weights: map[string]map[string]float64{},
		strain: map[[2]string][]change{}, doubts: map[[2]string][]shift{}, done: map[string]int{},
		Result: Result{Cases: map[uint64]CaseResult{}, Counts: map[string]int{}}}
	w.now = w.acts
	for _, s := range v.States {
		w.isState[s.Name] = true
		w.sources = append(w.sources, s.Name)
		w.type_[s.Name] = "E"
		if w.uniform(random.NameHash(s.Name), random.Type, 0) < w.of("type.status_quo", s.Name) {
			w.type_[s.Name] = "S"
		}
		w.weights[s.Name] = w.scaledWeights(s.Name)
	}
	for _, g := range v.Groups {
		w.sources = append(w.sources, g.Name)
	}
	w.makeStreams()
	w.makeChannels()
	return w
}

// of is the value of a parameter at a state or group: its own or the global one.
func (w *world) of(name, entity string) float64 {
	if w.isState[entity] {
		return w.atPath(name, "states."+entity)
	}
	return w.atPath(name, "groups."+entity)
}

func (w *world) global(name string) float64 { return w.atPath(name, "") }

func (w *world) atPath(name, path string) float64 {
	return w.byPath.recall([2]string{name, path}, func() float64 { return w.theta[w.v.Param(idOf(name), path)] })
}

// number is one of the scenario, or what holds where it has none.
func (w *world) number(n scenario.Num, otherwise float64) float64 {
	if n < 0 {
		return otherwise
	}
	return w.theta[n]
}

func idOf(name string) param.ID {
	p, ok := param.ByName(name)
	if !ok {
		panic("reference: no parameter " + name)
	}
	return p.ID
}

func (w *world) uniform(entity uint64, p random.Purpose, n int) float64 {
	return w.rep.Uniform(random.Stream(entity, p), n)
}

func (w *world) normal(entity uint64, p random.Purpose, n int) float64 {
	return w.rep.Normal(random.Stream(entity, p), n)
}

func (w *world) exponential(entity uint64, p random.Purpose, n int) float64 {
	return w.rep.Exponential(random.Stream(entity, p), n)
}

func (w *world) inWindow() bool { return w.now >= 0 && w.now <= w.horizon }

// tally counts what happens in the window.
func (w *world) tally(what string) {
	if w.inWindow() {
		w.Counts[what]++
	}
}

// certain is 1 where the state is of the status-quo type, else 0: the truth.
func (w *world) certain(state string) float64 {
	return one(w.type_[state] == "S")
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// note appends to the log.
func (w *world) note(e Event, k *victimCase) {
	e.Time = w.now
	if k != nil {
		e.Incident, e.Entity = k.label, k.entity
		e.Start, e.Severity, e.Perceived = k.start, k.severity, k.perceived
	}
	w.Events = append(w.Events, e)
}
