package session

import (
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// Format is the version of what goes in and out: a [Source] or [State] of another is refused.
const Format = 1

// The levels of an answer.
const (
	Stored = "stored" // of the run that ships with the page
	Draft  = "draft"  // the stored one and how far a few of its futures moved; no difference yet
	Fine   = "fine"   // all futures played: what the command of the state writes
)

// Source is what a session is opened with: what the run was made of, and what it answered.
type Source struct {
	Format     int              `json:"format"`
	Name       string           `json:"name"` // of the scenario
	File       string           `json:"file"` // as a command names it: uk-china-dialogue-2026, or mine.yaml
	Text       string           `json:"text"` // of the scenario
	Layers     []scenario.Layer `json:"layers"`
	Asked      bool             `json:"asked"`     // the posterior that ships is asked for, whatever it was made for
	Prior      bool             `json:"prior"`     // draw from the priors alone
	Posterior  string           `json:"posterior"` // text of a sample of the user's own; "" for the one that ships
	Generator  string           `json:"generator"`
	Seed       uint64           `json:"seed,string"`
	Draws      int              `json:"draws"`
	Replicates int              `json:"replicates"` // per draw
	BlockSize  int              `json:"block_size"`
	Delta      float64          `json:"delta"`

	Levers   []summary.Lever `json:"levers"`   // of the stored summary; nil where it has none
	Deciding []string        `json:"deciding"` // paths of the numbers that go along with the stored difference

	// The stored answer; nil of a scenario that was not played yet, which has neither drafts nor an answer to begin with.
	Stored *Answer `json:"stored"`
}

// State is what the page shows: all that a link holds. The zero Sets are the source as it is.
type State struct {
	Format int       `json:"format"`
	Sets   []string  `json:"sets"` // "PATH=VALUE", as run takes them with --set; of one path the last counts
	Arms   [2]string `json:"arms"` // baseline and treatment
	Seed   uint64    `json:"seed,string"`
}

// Description is a scenario as the page shows it: what can be moved, where it stands, and what is known of it.
type Description struct {
	Title    string         `json:"title"`
	Question string         `json:"question"` // of the card; "" without one
	Limits   string         `json:"limits"`   // of the card: what the scenario does not know
	Start    string         `json:"start"`    // 2026-02-01
	Horizon  float64        `json:"horizon_days"`
	Turns    []summary.Turn `json:"turns"`   // dated changes that every arm shares, by day
	Arms     []Arm          `json:"arms"`    // that can be compared
	Shipped  State          `json:"shipped"` // where everything stands as the source has it
	Decided  []Control      `json:"decided"` // of the treatment: what somebody chooses
	Assumed  []Control      `json:"assumed"` // what nobody knows, what matters most first
	Numbers  int            `json:"numbers"` // in the scenario
	Guessed  int            `json:"guessed"` // of them, that rest on an assumption
	Draft    Size           `json:"draft"`   // what a draft plays
	Fine     Size           `json:"fine"`    // what a fine answer plays
	Outcome  string         `json:"outcome"` // id of the headline outcome
	Weighed  []Weighed      `json:"weighed"` // outcomes that a decision weighs, with what they count by default
	Command  string         `json:"command"` // of the run that the source is
}

// Arm is an arm of the scenario.
type Arm struct {
	Name  string `json:"name"`
	Words string `json:"words"` // with the forum
}

// Size is what is played.
type Size struct {
	Draws      int `json:"draws"`
	Replicates int `json:"replicates"` // per draw
}

// The kinds of a control.
const (
	Number = "number" // a slider: Low to High, on a logarithmic scale where Log says so
	Choice = "choice" // one of Options
	Flags  = "flags"  // any of Options: the value is a list, "[clarify, delay]"
)

// Control is one thing that can be moved.
type Control struct {
	Path  string `json:"path"`  // as --set takes it; of a control of kind [Number] the value is a number
	Words string `json:"words"` // what London pays for accusing in public
	Group string `json:"group"` // a heading that several may share: cyber-dialogue; Prices
	Unit  string `json:"unit"`  // "" for none
	Kind  string `json:"kind"`

	Low     float64 `json:"low"`     // of a number: its reach, within its domain
	High    float64 `json:"high"`    //
	Log     bool    `json:"log"`     // the scale is logarithmic
	Shipped string  `json:"shipped"` // its value in the source, as --set takes it: "0.05 to 0.5", "[clarify]"
	At      float64 `json:"at"`      // of a number: the median of what ships, where the tick stands
	Options []Item  `json:"options"` // of a choice, and of flags
	Source  string  `json:"source"`  // why it is what it is
	Prior   []Point `json:"prior"`   // density over the scale; nil for a number that is fixed
	Learned []Point `json:"learned"` // density after the record; nil where no posterior updates it
	Suffix  string  `json:"suffix"`  // of a number, behind its digits in a set: d of days; "" for none
	Whole   bool    `json:"whole"`   // only whole numbers
	Turns   *Turn   `json:"turns"`   // what the stored run knows of it at its ends; nil for nothing
}

// Item is an option of a control.
type Item struct {
	Value string   `json:"value"` // as --set takes it; "" of a choice: what ships, and no set
	Words string   `json:"words"`
	On    bool     `json:"on"`    // in the source
	Says  string   `json:"says"`  // what it means; "" for no more than Words
	Fixed bool     `json:"fixed"` // of flags: nobody's choice, stays in the list
	Also  []string `json:"also"`  // further sets that it takes, "PATH=VALUE"; nil for none
}

// Point of a density: where on the scale of the control, 0 to 1, and how high, at most 1.
type Point struct {
	At   float64 `json:"at"`
	High float64 `json:"high"`
}

// Turn is what the headline was with the number held at two ends of what is believed of it.
type Turn struct {
	Low  End `json:"low"`
	High End `json:"high"`
	// Changes reports that the difference has another sign at either end, each beyond its error.
	Changes bool `json:"changes"`
}

// End is one of the two.
type End struct {
	At         float64 `json:"at"`
	Baseline   Value   `json:"baseline"`
	Difference Value   `json:"difference"`
}

// Answer is what the page shows of a state. What a level does not know is absent: null, never 0.
type Answer struct {
	Level  string    `json:"level"`
	State  State     `json:"state"`
	Arms   [2]string `json:"arms"`  // names
	Heads  [2]string `json:"heads"` // heads of narrow columns: without, with
	Title  string    `json:"title"`
	Asked  string    `json:"asked"`  // the question of the contrast
	Sample string    `json:"sample"` // how many futures, and the seed

	Verdict string   `json:"verdict"` // better, worse, unclear, differs, identical, unknown; "" of a draft
	Finding string   `json:"finding"` // No clear difference; "" of a draft
	Says    []string `json:"says"`    // sentences
	Shares  string   `json:"shares"`  // in how many sets of assumptions it is better; "" where none tell
	Unit    string   `json:"unit"`    // what rows count, but for those that say it: of 100 incidents
	Others  string   `json:"others"`  // how far other sets would move the headline's change, "±0.04"; "" where none tell
	Rows    []Row    `json:"rows"`    // the headline's, then missed responses, accountability, the others
	Curves  []Curve  `json:"curves"`
	Notes   []Note   `json:"notes"`   // who errs, what decides, tests; nil of a draft
	Beliefs []Belief `json:"beliefs"` // about what the missteps were wrong, per 100 incidents; nil of a draft
	Keep    string   `json:"keep"`    // what is gained against what it costs; "" where none tells
	Not     string   `json:"not"`     // what not to conclude
	Last    string   `json:"last"`    // all of it in one line, for a screen reader

	Futures  []Future  `json:"futures"`  // a hundred; nil of a draft
	Decision *Decision `json:"decision"` // nil of a draft
	Warnings []string  `json:"warnings"` // nil for none
	Command  string    `json:"command"`  // whose summary.json has the bytes of the fine answer
}

// Row is an outcome in both arms.
type Row struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	Baseline   Value  `json:"baseline"`
	Treatment  Value  `json:"treatment"`
	Difference *Value `json:"difference"` // nil while it is computed: a coarse difference is noise
	Mark       string `json:"mark"`       // ~, ≠ or "" (see INTERPRETING)
	Key        bool   `json:"key"`        // the headline's, missed responses, accountability: always shown
}

// Value is a number as it is shown and as it is, in the unit of its row.
type Value struct {
	Text  string   `json:"text"`  // 1.40
	Value float64  `json:"value"` // in the unit of the row
	Error string   `json:"error"` // ±0.03, by chance; "" where it is not known
	Half  *float64 `json:"half"`  // half-width of the 95 % Monte Carlo interval; null where it is not known
	Range string   `json:"range"` // −0.33 to +0.14, by assumptions; "" where there is none
	Low   *float64 `json:"low"`   // its ends; null where there is none, or it is not resolved
	High  *float64 `json:"high"`
}

// Curve is a probability over the window in both arms, and their paired difference.
type Curve struct {
	ID         string    `json:"id"`    // misstep, public
	Words      string    `json:"words"` // A misstep; A public step (R3 to R6)
	Days       []float64 `json:"days"`  // ends of equal steps from the start
	Arms       [2]Band   `json:"arms"`
	Difference *Band     `json:"difference"` // on days of its own; null of a draft, and of a curve without
}

// Band is a curve with two bands, each null where it is not known.
type Band struct {
	Days   []float64 `json:"days"`  // its own; null for those of the curve
	Value  []float64 `json:"value"` // 0 to 1; a difference −1 to 1
	MCLow  []float64 `json:"mc_low"`
	MCHigh []float64 `json:"mc_high"`
	Low    []float64 `json:"low"` // by assumptions, 95 %
	High   []float64 `json:"high"`
}

// Note is what is said under a label.
type Note struct {
	Label string `json:"label"` // Who errs
	Text  string `json:"text"`
}

// Belief is a part of the missteps of both arms.
type Belief struct {
	ID    string   `json:"id"`    // culprit, intent, severity, rival
	Words string   `json:"words"` // who did it
	Arms  [2]Value `json:"arms"`
}

// The classes of a future, by in which arms a misstep happens.
const (
	Neither       = "neither"
	OnlyBaseline  = "only_baseline"
	OnlyTreatment = "only_treatment"
	Both          = "both"
)

// Future is one of a hundred that stand for all: as many are of each class as there are in a hundred.
type Future struct {
	Draw      int    `json:"draw"`
	Replicate int    `json:"replicate"`
	Class     string `json:"class"`
}

// Story is one future in words.
type Story struct {
	Title  string      `json:"title"`
	Draw   int         `json:"draw"`
	Number int         `json:"replicate"`
	Arms   [2]string   `json:"arms"`
	Parted string      `json:"parted"` // by what, in short: clarify; "" where the arms do not part
	Sides  string      `json:"sides"`  // what each arm does where they part
	Why    string      `json:"why"`    // and which mechanism made it so
	Cases  []StoryCase `json:"cases"`  // those that matter
}

// StoryCase is an incident: what happens in both arms alike, then in each.
type StoryCase struct {
	Title  string    `json:"title"`
	Truth  string    `json:"truth"` // what really happened
	Parts  bool      `json:"parts"` // the arms part here
	Shared []Line    `json:"shared"`
	Own    [2][]Line `json:"own"`    // by arm; empty where all is shared
	Found  [2]bool   `json:"found"`  // the arm discovers the incident
	Errors [2]string `json:"errors"` // the belief that made its misstep: who did it (78 %); "" without one
}

// Line is an event.
type Line struct {
	Date    string   `json:"date"` // 3 May 2028
	Day     float64  `json:"day"`  // from the start
	Text    string   `json:"text"`
	Notes   []string `json:"notes"`   // what lies behind it
	Mistake bool     `json:"mistake"` // a misstep
	Belief  string   `json:"belief"`  // the false belief that made it, with its share; "" for none
	Parts   bool     `json:"parts"`   // the first step that differs between the arms
}

// Weighed is an outcome of a decision.
type Weighed struct {
	ID      string  `json:"id"`
	Words   string  `json:"words"`
	Default float64 `json:"default"` // what a case counts
}

// Decision holds all that the net benefit of the treatment over the baseline hangs on, whatever the weights: with
// weights w it is Σ wᵢ·Gainᵢ per 100 cases of weight 1, and the half-width of its 95 % interval is
// √(Σᵢⱼ wᵢ·wⱼ·Squareᵢⱼ).
type Decision struct {
	Outcomes []Weighed   `json:"outcomes"`
	Gain     []float64   `json:"gain"`   // by outcome: fewer of what is bad [per 100 cases]
	Square   [][]float64 `json:"square"` // by two outcomes; on the diagonal the half-width of each, squared
	Shares   []Shared    `json:"shares"` // at some weights; nil where none can be told
}

// Shared says in how many sets of assumptions the treatment pays and costs, without the noise within them. The last
// outcome has a weight, and the others count what they do by default.
type Shared struct {
	Weight float64 `json:"weight"`
	Pays   float64 `json:"pays"`  // 0 to 1
	Costs  float64 `json:"costs"` // 0 to 1
}

// Problem is what is wrong with what a user gave, as messages have it.
type Problem struct {
	Message string `json:"message"` // lower case, no full stop, what to do
	Path    string `json:"path"`    // of the scenario, or of a set; "" for none
	Line    int    `json:"line"`    // of the scenario, from 1; 0 for none
	Column  int    `json:"column"`  // from 1; 0 for none
}

// Plan is what has to be played for a level of a state: pieces 0 to Pieces − 1, on any worker, in any order; they are
// folded in order.
type Plan struct {
	Pieces int  `json:"pieces"`
	Size   Size `json:"size"`
}

// Files are what can be downloaded.
type Files struct {
	Scenario string `json:"scenario"` // YAML with the sets of the state written in
	Rows     string `json:"rows"`     // summary.csv of the last fine answer of the state; "" without one
}
