package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Model is one arm of a scenario at one parameter vector. It is immutable and
// shared by all workers.
type Model struct {
	horizon float64 // [d] end of the window in which things count
	acts    float64 // [d] < 0: acts begin
	rule    decide.Rule
	scale   *ladder.Scale
	method  method

	states    []state
	sources   []source // states first, in the same order, then groups
	streams   []stream
	pairs     []pair // of i toward j at i*len(states)+j
	policies  []policy
	thaws     []thaw
	shocks    []shock
	incidents []scheduled
	channels  []channel   // union over arms; open says which exist here
	triggers  []trigger   // of this arm
	forum     []bool      // channels that not every arm has
	notifies  bool        // some channel announces exercises and scans
	partners  [][]partner // by lead
	joins     []float64   // by lead: expected number of partners at certain evidence
	follow    float64     // P(a core partner joins what another has joined)
	summits   []summit

	tension  tensionRates
	belief   beliefRates
	maxMoves int
	memory   float64 // decay rate of public responses suffered [1/d]
	reprisal float64 // boost of a joint act
}

type method struct {
	gumbel, rawSeverity, strategic, once, retraction bool
	pieceTimes                                       []float64
	firstSignalOnly                                  bool
	waitsFrom                                        int // lowest rung that waits for a contact
	quiet                                            float64
	maxEvents                                        int
}

// state is an actor that decides.
type state struct {
	name      string
	hash      uint64
	statusQuo float64 // P(type S)
	reply     [2]float64
	menu      [decide.N]bool
	actor     decide.Actor
	unit      float64 // 1 / utility range of the reference incident
	price     float64 // of publishing, scaled
	climbdown float64 // scaled
	review    float64 // [d], 0 = none
	replyRise float64 // ω_g
	replyMean float64 // [d]
	denial    float64
	counter   float64
	contagion float64
	deter     float64
	sensor    sensor
	streamsBy [][]int32 // streams from this state, by victim state
	contacts  []int32   // states that it may hit or that may hit it, in order
}

// sensor is how a victim perceives.
type sensor struct {
	gap, caseMean  float64 // [d]
	signal, alarm  float64 // true P(looks hostile | hostile, not)
	believedSignal float64 // the same, as the victim believes
	believedAlarm  float64
	confidence     float64 // ω
	noise          float64 // σ of ln severity
	cells          []int32 // streams against this victim: the cells of its posterior
	suspects       []int32 // candidate sources
	rivals         []int32 // the states among the suspects
	suspectOf      []int16 // by source: index into suspects, -1
	cellSuspect    []int16 // by cell: index into suspects; the cells of a suspect are neighbours
	cellIntent     []scenario.Intent
	firstCell      []int32      // by suspect, and how many cells there are
	share          []float64    // by suspect: prior share, from discovered rates
	mix            [][2]float64 // by cell: P(intent | suspect, type S or E)
	row            [][]float64  // by suspect: true P(indicated | culprit), no flag
	weight         [][]float64  // by suspect: believed likelihood of each indication, to the power ω
	signalWeight   [4][2]float64
	indication     []factors   // by suspect: what an indication of it says
	intent         [2]factors  // what an intent signal says where nothing is announced: not hostile, hostile
	flags          []flagModel // by suspect
	hypotheses     []hypothesis
	byCell         []int32 // first hypothesis of each cell; hypotheses are contiguous
	look           int     // work of a look at a case
}

// factors are likelihoods of something seen: the receiver's by cell, the ideal observer's by hypothesis.
type factors struct{ cells, hypotheses []float64 }

type flagModel struct {
	rate, hit float64
	frames    []int16 // suspect indices
}

// hypothesis is a cell with or without a false flag: what the ideal observer
// keeps apart and the receiver blends.
type hypothesis struct {
	cell  int16
	prior float64   // P(flag or not | culprit)
	row   []float64 // P(indicated | hypothesis)
}

type source struct {
	name  string
	hash  uint64
	state bool
}

// stream is the onset of one intent from one source toward one victim.
type stream struct {
	source, victim int32
	intent         scenario.Intent
	hash           uint64
	arrivalKey     random.Key
	rate           [2]float64 // [1/d] by type S, E; the same for groups
	arrivals       bool
	first          float64 // [d] ≤ acts: its onset begins, so that its backlog is complete
	contagion      float64
	deter          float64
	severity       float64 // ln of the median
	severitySpread float64
	discovered     float64 // P
	delay          lognormal
	disclosed      float64
	disclosure     lognormal
	clock          clock
}

// clock is the pace of evidence at the beginning of a case.
type clock struct {
	burst int32   // pieces after the discovery that come at the gap of the burst
	gap   float64 // [d] mean
}

type lognormal struct{ mu, sigma float64 }

// pair is what state i starts with toward state j.
type pair struct {
	tension  float64
	trust    float64 // logit of P(j is status quo)
	reaction decide.Reaction
}

type tensionRates struct {
	decay      float64 // [1/d]
	private    float64
	disclosure float64
}

type beliefRates struct {
	longRun   float64 // logit
	reversion float64 // [1/d]
	limit     float64
}

type policy struct {
	state int32
	at    float64
	price float64
}

type thaw struct {
	a, b        int32
	from, until float64
	level       float64
}

// shock is scheduled when rate is 0, else a Poisson stream.
type shock struct {
	name            string
	hash            uint64
	a, b            int32
	at, rate        float64
	tension, breaks float64
}

type scheduled struct {
	name                            string
	hash                            uint64
	victim                          int32
	streams                         []int32 // candidates: one, or all of the victim's when drawn
	at                              float64
	severity, discovered, disclosed float64 // negative: drawn
	burst, burstGap                 float64 // of its clock; negative: as its stream
}

type partner struct {
	name string
	hash uint64
	join float64
	core bool // joins what another has joined; after the others in the list
}

type summit struct {
	hash             uint64
	a, b             int32
	at               float64
	relief, restores float64
}

// channel is a forum with its life and its mechanisms.
type channel struct {
	name      string
	hash      uint64
	open      bool
	opens     float64 // [d]; +Inf while it waits for something
	closes    float64 // [d], for good; +Inf for never
	member    []bool  // by state
	look      int     // work of looking through its pairs
	meets     bool
	hostileQ  bool // the question asks for hostile intent too
	gap       lognormal
	first     lognormal
	lapse     float64 // [1/d]
	restore   float64 // [d]
	suspend   float64
	contact   float64
	contactZ  float64
	answers   [2][2]answerOdds // [guilty][believed]
	answerLam float64
	on        [scenario.NumMechanisms]float64 // strength, 0 when not in the mandate
	limit     float64                         // [d] of delay
	effect    effects
}

// trigger opens or closes a channel a while after something happened between two states or to another channel.
type trigger struct {
	after   scenario.TriggerKind
	member  []bool  // by state: of which two it may be
	watched int32   // channel
	above   float64 // tension
	wait    float64 // [d]
	kind    kind    // of the event that it brings, of channel
	channel int32
}

// answerOdds are P(denial), P(silence); the rest admits.
type answerOdds struct{ deny, silent float64 }

// effects are coefficients times strength: what the engine uses directly.
type effects struct {
	privateCut, hostage    float64 // factors
	commit, breach, hazard float64 // factors
	alarm, signal          float64 // factor on f; factor on 1 − s
	trust                  float64 // logit per meeting
	line, cut, bunch       float64
	leak                   float64
}

// Streams returns the number of onset streams.
func (m *Model) Streams() int { return len(m.streams) }

// Stream says whose incidents stream i brings (a source), whom they hit (a
// state), and what for.
func (m *Model) Stream(i int) (source, victim int, intent scenario.Intent) {
	s := &m.streams[i]
	return int(s.source), int(s.victim), s.intent
}

// States returns the number of states: sources from there on are groups.
func (m *Model) States() int { return len(m.states) }

// MaySuspect reports whether some stream leads from state other to state victim, so that the victim may act on it.
func (m *Model) MaySuspect(victim, other int) bool { return len(m.states[other].streamsBy[victim]) > 0 }

// StateName returns the name of state i.
func (m *Model) StateName(i int) string { return m.states[i].name }

// SourceName returns the name of source i: states first, then groups.
func (m *Model) SourceName(i int) string { return m.sources[i].name }

// ChannelName returns the name of channel c.
func (m *Model) ChannelName(c int) string { return m.channels[c].name }

// Channels returns the number of channels, the union over arms.
func (m *Model) Channels() int { return len(m.channels) }

// IsForum reports whether channel c is absent from some arm: part of what the
// arms differ in.
func (m *Model) IsForum(c int) bool { return m.forum[c] }

// Horizon returns the end of the window in which things count [d].
func (m *Model) Horizon() float64 { return m.horizon }
