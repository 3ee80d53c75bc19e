package sim

import (
	"math"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

// world is the state of one replicate in one arm. It is reused; between
// replicates only lengths are reset.
type world struct {
	m   *Model
	rep random.Replicate
	now float64
	obs Observer
	out *Outcome
	tmp scratch

	ended func() bool // whether the run is to end; nil for never
	poll  int         // work at which to look

	worldState
}

// worldState is what is copied when the past forks into the arms.
type worldState struct {
	queue          queue
	types          []uint8 // by state: 0 status quo, 1 revisionist
	onsets         []onset // by stream
	relations      []relation
	channels       []channelState
	fired          []bool       // by trigger of the arm
	prices         []float64    // by state, in force
	cases          []victimCase // one per incident, in the order in which they were created
	prior, like    []float64    // by case and cell
	idealLike      []float64    // by case and hypothesis, of the ideal observer
	ratio          []float64    // by case and rival: log ratio already counted
	chains         []chain
	forumUp        int     // forum channels that are up
	forumSince     float64 // [d] since when at least one is
	openCases      int
	pendingReplies int
	overflow       bool
	work           int // done so far, with the past
	done           [numKinds]tallied
}

// scratch holds what rules and observers are given pointers to, so that a call
// allocates nothing.
type scratch struct {
	beliefs   decide.Beliefs
	situation decide.Situation
	utilities decide.Utilities
	shocks    decide.Utilities
	shocksOf  shockKey // whose they are
	like      []float64
	event     Event
}

// shockKey is the address of Gumbel shocks.
type shockKey struct {
	rep    random.Replicate
	entity uint64
	of     random.Purpose
	move   int32
}

// onset is the state of a stream: the integral of its intensity is known at
// base, and the next arrival is due when it passes target.
type onset struct {
	arrived  int
	target   float64 // sum of the first arrived+1 unit exponentials
	integral float64 // at base
	base     float64 // [d]
	tension  float64 // at base, of source toward victim
	memory   float64 // at base, of public responses suffered
	factor   float64 // of commitments and moral hazard
	next     float64 // [d] pending arrival, as last solved
	version  uint32
}

// relation is what state i feels and believes about state j.
type relation struct {
	tension   decaying
	memory    decaying // public responses that i suffered from j
	trust     float64  // logit of P(j is status quo) at trustAt
	trustAt   float64
	lastStep  float64 // latest public step between the two, kept at i < j
	misstepIn bool    // the current pair episode already counts a misstep
}

// decaying is an exponentially decaying number, re-based only by real changes:
// exp(−a)·exp(−b) is not exp(−(a+b)) in floating point.
type decaying struct{ value, since float64 }

func (d *decaying) at(t, rate float64) float64 {
	if d.value == 0 || t == d.since {
		return d.value
	}
	return d.value * elem.Exp(-rate*(t-d.since))
}

// rise moves the number toward 1 by the share w; all the way where w exceeds 1.
func (d *decaying) rise(t, rate, w float64) {
	if w == 0 {
		return
	}
	x := d.at(t, rate)
	d.value, d.since = x+float64(elem.Min(w, 1)*(1-x)), t
}

// chain is a pending reply.
type chain struct {
	inCase   int32   // index into cases
	move     int32   // from 1
	begun    int32   // rung of the step that began the chain
	from, to int16   // replier, whom it answers
	level    float64 // level suffered
	butFor   float64 // level, had the parent been its own but-for rung
	blamed   bool    // the parent is a misstep or induced
	due      float64
}

// channelState is the life of a channel.
type channelState struct {
	status  channelStatus
	epoch   int32   // how often it came up
	meeting int32   // within the epoch
	next    float64 // [d] of the next meeting, +Inf without
	upSince float64
	version uint32
}

type channelStatus uint8

const (
	absent channelStatus = iota
	up
	suspended
	lapsed
	shut // for good
)

func (w *world) rel(i, j int32) *relation { return &w.relations[int(i)*len(w.m.states)+int(j)] }

func (w *world) tensionOf(i, j int32) float64 {
	return w.rel(i, j).tension.at(w.now, w.m.tension.decay)
}

func (w *world) uniform(entity uint64, p random.Purpose) float64 {
	return w.rep.Uniform(random.Stream(entity, p), 0)
}

func (w *world) uniformAt(entity uint64, p random.Purpose, n int32) float64 {
	return w.rep.Uniform(random.Stream(entity, p), int(n))
}

// set makes w the world of model m at replicate rep, before anything happened.
func (w *world) set(m *Model, rep random.Replicate) {
	w.m, w.rep = m, rep
	n := len(m.states)
	w.queue.clear()
	w.types = resize(w.types, n)
	w.onsets = resize(w.onsets, len(m.streams))
	w.relations = resize(w.relations, n*n)
	w.channels = resize(w.channels, len(m.channels))
	w.prices = resize(w.prices, n)
	w.cases, w.chains = w.cases[:0], w.chains[:0]
	w.prior, w.like, w.idealLike, w.ratio = w.prior[:0], w.like[:0], w.idealLike[:0], w.ratio[:0]
	w.openCases, w.pendingReplies, w.overflow, w.forumUp = 0, 0, false, 0
	w.work, w.poll, w.done = 0, 0, [numKinds]tallied{}
	for i := range m.states {
		w.types[i] = 1
		if w.uniform(m.states[i].hash, random.Type) < m.states[i].statusQuo {
			w.types[i] = 0
		}
		w.prices[i] = m.states[i].price
	}
	for i := range m.pairs {
		w.relations[i] = relation{
			tension: decaying{m.pairs[i].tension, m.acts}, memory: decaying{0, m.acts},
			trust: m.pairs[i].trust, trustAt: m.acts, lastStep: math.Inf(-1),
		}
	}
	for i := range m.channels {
		w.channels[i] = channelState{next: math.Inf(1)}
	}
}

// copyFrom makes w continue from the past of another world.
func (w *world) copyFrom(o *world) {
	w.rep, w.now = o.rep, o.now
	s, p := &w.worldState, &o.worldState
	s.queue.copyFrom(&p.queue)
	s.types = append(s.types[:0], p.types...)
	s.onsets = append(s.onsets[:0], p.onsets...)
	s.relations = append(s.relations[:0], p.relations...)
	s.channels = append(s.channels[:0], p.channels...)
	s.prices = append(s.prices[:0], p.prices...)
	s.cases = append(s.cases[:0], p.cases...)
	s.prior = append(s.prior[:0], p.prior...)
	s.like = append(s.like[:0], p.like...)
	s.idealLike = append(s.idealLike[:0], p.idealLike...)
	s.ratio = append(s.ratio[:0], p.ratio...)
	s.chains = append(s.chains[:0], p.chains...)
	s.openCases, s.pendingReplies, s.overflow = p.openCases, p.pendingReplies, p.overflow
	s.work, s.done, w.poll = p.work, p.done, 0
	s.forumUp, s.forumSince = p.forumUp, p.forumSince
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
