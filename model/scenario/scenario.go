// Package scenario is what a user writes: a YAML file that says which states
// meet, what is assumed about them, what is decided, which arms are compared
// and what the record says happened.
//
// [Load] reads the bytes, applies settings from outside the file and checks
// everything; it returns either a [Scenario] or every problem found, each with its
// line, column, path and remedy. Only Load builds a Scenario, so what follows
// cannot fail.
package scenario

import (
	"strings"
	"time"

	"github.com/misstep/misstep/model/param"
)

// Num is a number of the scenario: an index into [Scenario.Slots]. Its value is
// known once the slots are drawn: theta[num].
type Num int

// Slot is one number, fixed or uncertain, with where it comes from.
type Slot struct {
	Path   string       // unique; where it is set: "assumptions.choice.rationality", or the default's name
	Dist   param.Dist   // what is believed about it
	Domain param.Domain // what it may be
	Param  param.ID     // the registry entry, or -1 for a number of the scenario's structure
	Source string       // source of the value that won
	Origin Origin       // which layer won
	Line   int          // in the scenario file; 0 when set elsewhere
}

// Origin is the layer that decided a value: later ones override earlier ones.
type Origin string

// The layers, in order of precedence.
const (
	FromDefault  Origin = "default"
	FromPrior    Origin = "prior"
	FromScenario Origin = "scenario"
	FromConfig   Origin = "config"
	FromEnv      Origin = "environment"
	FromFlag     Origin = "flag"
	// FromPosterior is no layer: a distribution of any layer, updated by the record.
	FromPosterior Origin = "posterior"
)

// Scenario is a scenario without a mistake. Lists are sorted by name, so the order
// of a file never matters. All days count from the start; dates before it are
// negative.
type Scenario struct {
	Name    string // file name without extension
	Title   string
	Card    Card
	Start   time.Time // midnight UTC
	Horizon float64   // [d] > 0
	Scale   string    // ladder scale
	Model   Model

	States     []State
	Groups     []Group
	Onset      []Onset
	Beliefs    []Belief
	Prices     []PriceStep
	Thaws      []Thaw
	Shocks     []Shock
	Randoms    []RandomShock
	Incidents  []Incident
	Arms       []Arm // in the order of the file: people read them so
	Headline   Headline
	Expect     []Expectation
	Slots      []Slot
	Joint      *Joint           `json:"-"` // nil: every slot is drawn on its own
	global     []Num            // by param.ID
	overridden map[override]Num // entity's own values
}

type override struct {
	id     param.ID
	entity string
}

// Card tells a reader what the scenario is for.
type Card struct {
	Question string
	Shows    string
	Try      []string
	Limits   string
	Sources  []string
}

// Param returns the number that holds parameter id for an entity, given by its
// path as in "states.China", "groups.criminals", "onset.China>United Kingdom"
// or "channels.cyber-dialogue": the entity's own value, else the global one.
func (v *Scenario) Param(id param.ID, entity string) Num {
	if n, ok := v.overridden[override{id, strings.ReplaceAll(entity, `"`, "")}]; ok {
		return n
	}
	return v.global[id]
}

// Model holds the choices of method: how, not what.
type Model struct {
	Rule        string    // "ladder" or "stakes"
	StakesRung  int       // rung of the escalating action of rule stakes; default 3
	Coupling    string    // "quantile" or "gumbel": what keeps choices paired across arms
	Severity    string    // "posterior" (decider uses the posterior mean) or "raw"
	Lookahead   int       // 0 or 1 steps
	Answers     string    // "fixed" or "strategic"
	Decisions   string    // "each" review, or "once" per case
	Retraction  bool      // whether public steps can be withdrawn
	WaitsFrom   int       // lowest rung that waits for a contact under the mechanism delay; default 3
	PieceTimes  []float64 // [d] after discovery; nil means a Poisson stream
	PieceSignal string    // "all" pieces carry an intent signal, or only the "first"
	Quiet       float64   // [d] that end a pair episode
	Backlog     float64   // [d] that acts begin before the start; default 4 years
	MaxEvents   int       // per replicate and arm
	Record      int       // publicly known incidents, none of them answered at R8 or above; 0: no record
}

// State is an actor that decides.
type State struct {
	Name      string
	Observer  bool               // takes no part: no stream, no membership
	Menu      []int              // rungs it may choose as a reply; nil means the default
	Confusion map[string][]Share // explicit rows: culprit → indicated culprit shares; nil means from evidence.skill
}

// Share is one entry of a row that sums to 1.
type Share struct {
	Name  string
	Value Num
}

// Group is a non-state source of incidents.
type Group struct {
	Name   string
	Frames []string // states that its false flags point at, those that are candidates of the victim; empty means none
}

// Onset is a set of streams from one source toward one victim, one per intent.
type Onset struct {
	Source   string
	Victim   string
	Rate     Num    // [1/y] > 0 or 0; see Counted
	Counted  string // "started": incidents that begin; "known": those that become public
	Mix      [4]Num // weights by Intent, ≥ 0, not all 0; -1 for absent intents
	Arrivals bool   // false: the rates serve as prior weights only
}

// Entity is the path under which the onset's own parameters are found.
func (o Onset) Entity() string { return "onset." + Quoted(o.Source) + ">" + Quoted(o.Victim) }

// Intent is what an incident is for.
type Intent uint8

// The intents. Prepositioning and disruption are hostile.
const (
	Espionage Intent = iota
	Prepositioning
	Disruption
	Crime
)

// IntentNames are the words a scenario uses, by Intent.
var IntentNames = [4]string{"espionage", "prepositioning", "disruption", "crime"}

func (m Intent) String() string { return IntentNames[m] }

// Hostile reports whether the intent is prepositioning or disruption.
func (m Intent) Hostile() bool { return m == Prepositioning || m == Disruption }

// Belief sets what one state starts with toward another; absent numbers are -1
// and come from the parameters belief.initial and tension.initial.
type Belief struct {
	State, About string
	StatusQuo    Num // P(rival is status quo), (0, 1)
	Tension      Num // [0, 1]
}

// PriceStep sets a state's price of publishing from a day on.
type PriceStep struct {
	State string
	From  float64 // [d]
	Price Num     // ≥ 0
}

// Thaw is a political thaw between two states over some days.
type Thaw struct {
	Between     [2]string
	From, Until float64 // [d]
	Level       Num     // [0, 1]
}

// Shock is a scheduled event outside cyber.
type Shock struct {
	Name    string
	At      float64 // [d]
	Between [2]string
	Tension Num // jump, [0, 1]
	Breaks  Num // probability that a channel between them is suspended
}

// RandomShock is a Poisson stream of such events.
type RandomShock struct {
	Name    string
	Between [2]string
	Rate    Num // [1/y]
	Tension Num
	Breaks  Num
}

// Incident is one scheduled incident.
type Incident struct {
	Name       string
	Victim     string
	Source     string  // "" means drawn from the victim's onset rates
	Intent     Intent  // of those streams that the source may be drawn from, where AnyIntent is false
	AnyIntent  bool    // the intent is drawn with the source
	At         float64 // [d] of its start
	Severity   Num     // -1: drawn as any other
	Discovered Num     // [d] after the start; -1: drawn
	Disclosed  Num     // [d] after the discovery; -1: drawn
	Burst      Num     // pieces of evidence after the discovery that come at BurstGap; -1: as its stream
	BurstGap   Num     // [d] mean; -1: as its stream
}

// Levers are what is decided in an arm.
type Levers struct {
	Channels   []Channel
	Coalitions []Coalition
	Summits    []Summit
}

// Channel is a forum between states.
type Channel struct {
	Name    string
	Members []string // sorted, at least two
	Open    bool     // whether it exists in the arm
	Opens   float64  // [d]; earlier than the start for one that exists already
	Cadence float64  `json:",omitempty"` // [d] > 0, median gap between meetings where it is agreed; 0 for life.gap
	Closes  float64  `json:",omitempty"` // [d] > 0, for good; 0 for never
	// What it waits for to open and to close, in place of a day; nil for nothing.
	OpensAfter, ClosesAfter *Trigger `json:",omitempty"`
	Track                   string   // "1", "1.5", "2"
	Meets                   bool     // whether there are meetings; a hotline or an embassy has none
	Question                string   // "culprit" or "culprit-and-intent"
	Mandate                 [NumMechanisms]bool
}

// Entity is the path under which the channel's own parameters are found.
func (c Channel) Entity() string { return "channels." + Quoted(c.Name) }

// Trigger is what a channel waits for. It counts from the start on, and once.
type Trigger struct {
	After   TriggerKind
	Between [2]string // states; empty for any two members
	Channel string    // whose suspension or lapse
	Above   float64   // tension that is reached
	Wait    float64   // [d] from then on
}

// TriggerKind is what happens.
type TriggerKind uint8

// What a channel may wait for.
const (
	AfterAccusation TriggerKind = iota // a public step of one of two states against the other
	AfterSuspension                    // another channel breaks off
	AfterLapse                         // another channel ends in silence
	AfterTension                       // tension of one of two states toward the other rises to a level or beyond
	NumTriggerKinds
)

var triggerNames = [NumTriggerKinds]string{"accusation", "suspension", "lapse", "tension"}

func (k TriggerKind) String() string { return triggerNames[k] }

// OfChannel reports whether it happens to a channel, else between two states.
func (k TriggerKind) OfChannel() bool { return k == AfterSuspension || k == AfterLapse }

// Mechanism is one way in which a channel acts.
type Mechanism uint8

// The mechanisms of section 6 of the model.
const (
	Clarify Mechanism = iota
	Delay
	PrivateOption
	Commitments
	Notification
	Trust
	RedLines
	Fragility
	Leaks
	MoralHazard
	NumMechanisms = 10
)

// MechanismNames are the words a mandate uses, by Mechanism; the strength of
// each is the parameter "strength." + name.
var MechanismNames = [NumMechanisms]string{"clarify", "delay", "private_option", "commitments", "notification",
	"trust", "red_lines", "fragility", "leaks", "moral_hazard"}

func (m Mechanism) String() string { return MechanismNames[m] }

// StrengthParam is the parameter that holds the strength of the mechanism.
func (m Mechanism) StrengthParam() param.ID { return param.StrengthClarify + param.ID(m) }

// Coalition lists partners that may join a lead's public step.
type Coalition struct {
	Name     string
	Lead     string
	Core     string // the partner that joins what another has joined; empty without one
	Partners []Partner
	Open     bool
}

// Partner may be a state of the scenario or any other name.
type Partner struct {
	Name string
	Join Num // probability when the evidence is certain; -1: coalition.join
}

// Summit is a scheduled meeting of leaders.
type Summit struct {
	Name     string
	At       float64 // [d]
	Between  [2]string
	Open     bool
	Relief   Num // share of tension that it removes, [0, 1]
	Restores Num // probability that it restores each channel that is down, [0, 1]
}

// Arm is one set of levers.
type Arm struct {
	Name   string
	Levers Levers
}

// Headline names the contrast that the screen, the figures and explain show.
type Headline struct {
	Outcome   string
	Baseline  string
	Treatment string  // "" in a scenario of one arm
	Horizon   float64 // [d] > 0, at most the scenario's, which is the default
}

// Expectation is what the record says happened, evaluated on the simulated
// distribution of a statistic over replicates and draws.
type Expectation struct {
	ID        string
	Says      string // in words
	Source    string
	Arm       string
	Statistic Statistic
	Observed  float64
	Level     float64 // tail probability below which the expectation is missed
	Tail      string  // "both", "low" or "high"
	KnownMiss string  // why a miss is accepted; "" means it is not
	Line      int
}

// Statistic is a number computed from the event log of one replicate.
type Statistic struct {
	Measure  string  // a word of the format; "first_day" counts from the discovery of Incident, else from the start
	Event    string  // a kind of event of the format; "" for "uptime"
	By       string  // actor; "" any
	Against  string  // target; "" any
	Incident string  // name of a scheduled incident; "" any
	Channel  string  // name of a channel; "" any
	Cause    string  // suspensions: "accusation" or "shock"; "" any
	FromRung int     // acts and replies: lowest rung
	ToRung   int     // highest rung
	After    float64 // [d]
	Before   float64 // [d]
	SameDay  bool    // only events within a day of a public act of the same case
}
