// Package summary turns what an experiment folded into estimates with their two
// uncertainties, paired contrasts, curves and warnings: everything that the
// screen, the figures and the files show, and nothing that they compute.
package summary

import (
	"math"

	"github.com/misstep/misstep/model/record/patterns"
)

// Format is the version of the layout of summary.json.
const Format = 2

// Summary is the content of summary.json.
type Summary struct {
	Format    int        `json:"format"` // version of this layout: [Format]
	Run       Run        `json:"run"`
	Headline  Headline   `json:"headline"`
	Contrasts []Contrast `json:"contrasts"` // baseline against each other arm, the headline's first
	Arms      []Arm      `json:"arms"`      // in the order of the scenario file
	Warnings  []Warning  `json:"warnings"`

	// What the scenario expects of its own futures, judged on those of this run. Absent where it
	// expects nothing, and from older files.
	Expectations []patterns.Expectation `json:"expectations,omitempty"`
}

// Run says what was run.
type Run struct {
	Scenario    string   `json:"scenario"`
	Title       string   `json:"title"`
	Start       string   `json:"start"` // 2026-02-01
	HorizonDays float64  `json:"horizon_days"`
	Arms        []string `json:"arms"`
	Baseline    string   `json:"baseline"`
	Treatment   string   `json:"treatment"`
	Outcome     string   `json:"outcome"` // id of the headline measure
	Seed        uint64   `json:"seed"`
	Generator   string   `json:"generator"`
	Draws       int      `json:"draws"`
	Replicates  int      `json:"replicates"`      // per draw
	Delta       float64  `json:"delta"`           // per 100 cases: differences up to it count as none in a draw
	Free        int      `json:"free_parameters"` // numbers with a distribution
	Pinned      []string `json:"pinned"`          // paths fixed by config, environment or flags, that something reads
	Alone       bool     `json:"alone,omitempty"` // without side runs and tests: what Headline has of them means nothing
	Turns       []Turn   `json:"turns"`           // of the world that every arm shares, within the window, by day
}

// Uncertain reports whether draws can differ.
func (r *Run) Uncertain() bool { return r.Draws > 1 && r.Free > 0 }

// Turn is a dated change that the scenario assumes for every arm.
type Turn struct {
	Day   float64 `json:"day"`   // from the start of the window
	Label string  `json:"label"` // the assumed end of a thaw
}

// Estimate is a number with its two uncertainties, which are never mixed. In JSON an
// interval that is not resolved has null for its ends.
type Estimate struct {
	Value     float64
	MC        float64 // half-width of the 95 % Monte Carlo interval
	Low, High float64 // 95 % parameter interval, noise-corrected; −∞ and ∞ where it is not resolved
	Resolved  bool    // the draws differ by more than noise, or not at all
	NoError   bool    // one replicate a draw tells none: MC is 0
}

// AboveNoise reports whether the Monte Carlo interval is known and leaves out zero.
func (e Estimate) AboveNoise() bool { return !e.NoError && math.Abs(e.Value) > e.MC }

// Closed is the estimate with the value for the ends of an interval that is not resolved: chance alone is uncertain.
func (e Estimate) Closed() Estimate {
	if !e.Resolved {
		e.Low, e.High = e.Value, e.Value
	}
	return e
}

// Verdict says what a paired difference shows.
type Verdict string

// The verdicts. Better and worse follow the direction of the measure.
const (
	Better  Verdict = "better"
	Worse   Verdict = "worse"
	Unclear Verdict = "unclear" // the interval covers zero: printed as ~
	Differs Verdict = "differs" // shown, and neither good nor bad
	Same    Verdict = "identical"
	Unknown Verdict = "unknown" // one replicate a draw tells no error, and so nothing
)

// Measure is one outcome of a contrast, in both arms and as their difference.
type Measure struct {
	ID         string   `json:"outcome"`
	Label      string   `json:"label"`
	Unit       string   `json:"unit"`     // "per 100 cases", "probability", …
	Goodness   int      `json:"goodness"` // −1 lower is better, +1 higher is better, 0 neither
	Paired     bool     `json:"paired"`   // over cases discovered in both arms
	Baseline   Estimate `json:"baseline"`
	Treatment  Estimate `json:"treatment"`
	Difference Estimate `json:"difference"` // treatment − baseline
	Ratio      Estimate `json:"ratio"`      // treatment / baseline; absent (0) where the baseline is 0
	Shares     *Shares  `json:"shares"`     // null where the outcome does not count, or the flips are too few
	Verdict    Verdict  `json:"verdict"`
}

// Contrast compares one arm with the baseline.
type Contrast struct {
	Baseline    string    `json:"baseline"`
	Treatment   string    `json:"treatment"`
	CommonCases float64   `json:"common_cases"` // per replicate: discovered in both arms
	Measures    []Measure `json:"outcomes"`
	Futures     Futures   `json:"futures"`
	Pairing     Pairing   `json:"pairing"`
	By          []By      `json:"by,omitempty"`     // some outcomes by group; absent from older files
	Course      []Moment  `json:"course,omitempty"` // of futures with a misstep; absent from older files
}

// Futures is the 2 × 2 table of paired futures, as shares that sum to 1: does a
// misstep to R6 or harder happen by the horizon; and the same for a public one.
type Futures struct {
	Break  Table `json:"break"`  // R6
	Public Table `json:"public"` // R3
}

// Table counts paired futures.
type Table struct {
	Neither       float64 `json:"neither"`
	OnlyBaseline  float64 `json:"only_baseline"`
	OnlyTreatment float64 `json:"only_treatment"`
	Both          float64 `json:"both"`
}

// Pairing says what sharing random numbers was worth.
type Pairing struct {
	Identical       bool    `json:"identical"`        // no replicate differed
	Correlation     float64 `json:"correlation"`      // of the headline measure between arms
	VarianceFactor  float64 `json:"variance_factor"`  // replicates that pairing was worth
	ShareDivergent  float64 `json:"share_divergent"`  // replicates whose sequences of steps part
	MedianDivergent float64 `json:"median_divergent"` // [d] of the first difference, given one; it can lie past the window
}

// Headline is the sentence in numbers, per 100 cases discovered in both arms.
type Headline struct {
	Measure    string   `json:"outcome"`
	Baseline   Estimate `json:"baseline"`
	Treatment  Estimate `json:"treatment"`
	Difference Estimate `json:"difference"`
	Coupling   string   `json:"coupling"`         // of the choice: "quantile" or "gumbel"
	Other      Estimate `json:"other_difference"` // under the other coupling, from fewer replicates; 0 of Run.Alone
	Calibrated bool     `json:"calibrated"`       // numbers are drawn from a posterior
	Prior      *Prior   `json:"prior,omitempty"`  // absent without a posterior

	// what decides over the difference of a draw; absent where numbers are fixed
	Deciding *Deciding `json:"deciding,omitempty"`

	// how far other draws would move the three; absent where draws cannot differ, and from older files
	Sampling *Sampling `json:"sampling,omitempty"`

	// the numbers that rank highest, each held at two ends, the one that moves most first; absent
	// where numbers are fixed, and from older files
	Levers []Lever `json:"levers,omitempty"`
}

// Prior is the headline before the record: the same plan with every number drawn
// from its own distribution, from fewer replicates, so that its intervals are wider.
type Prior struct {
	Replicates int      `json:"replicates"` // per draw
	Baseline   Estimate `json:"baseline"`
	Treatment  Estimate `json:"treatment"`
	Difference Estimate `json:"difference"`
}

// Arm is what one arm brings by itself.
type Arm struct {
	Name        string          `json:"name"`
	Curves      []Curve         `json:"curves"`
	Peaks       []float64       `json:"peaks"`    // share of cases by highest rung, R0 to R9
	PeaksMC     Told            `json:"peaks_mc"` // half-widths
	Beliefs     Beliefs         `json:"beliefs"`
	Channels    []ChannelUptime `json:"channels"`
	Forum       Forum           `json:"forum"`
	Attribution Attribution     `json:"attribution"`
	Counts      []Count         `json:"counts"`           // means per replicate
	Levels      []Level         `json:"levels,omitempty"` // that are not compared; absent from older files
}

// Told is a list of numbers, nil (null in JSON) where one replicate a draw tells none.
type Told []float64

// At is a number of the list, nil where none is told.
func (t Told) At(i int) *float64 {
	if t == nil {
		return nil
	}
	return &t[i]
}

// Curve is a cumulative probability over time.
type Curve struct {
	Class  string    `json:"class"` // or harder: "R3", "R5", "R6", "R8", "R9"; "R3-R6", "R7"; "R6+suspensions"
	Cause  string    `json:"cause"` // "any", "misstep", "induced", "deliberate"
	Days   []float64 `json:"days"`  // ends of equal steps of the window
	Value  []float64 `json:"value"`
	MCLow  Told      `json:"mc_low"`
	MCHigh Told      `json:"mc_high"`
	Low    Told      `json:"low"` // 95 % parameter band; the value where parameters are fixed
	High   Told      `json:"high"`
	Bound  float64   `json:"bound"` // rule-of-three bound from history by the horizon; 0 without enough of a record
}

// Beliefs splits missteps by the false belief behind them, per 100 cases; the
// five add up to the missteps of the case's own steps.
type Beliefs struct {
	Culprit     Estimate `json:"culprit"`
	Intent      Estimate `json:"intent"`
	Severity    Estimate `json:"severity"`
	Rival       Estimate `json:"rival"`
	Avoidable   Estimate `json:"avoidable"`
	Irreducible Estimate `json:"irreducible"`
	Missed      Estimate `json:"missed"`
	Regret      Estimate `json:"regret"`
}

// ChannelUptime is the share of the window in which a channel is up.
type ChannelUptime struct {
	Name   string   `json:"name"`
	Forum  bool     `json:"forum"` // absent from some arm
	Uptime Estimate `json:"uptime"`
}

// Forum is the availability of what the arms differ in.
type Forum struct {
	Exists      bool      `json:"exists"`
	Uptime      Estimate  `json:"uptime"`
	AtNeed      Estimate  `json:"at_need"` // share of moments of need with a forum channel up
	ByTension   []NeedBin `json:"by_tension"`
	Suspensions float64   `json:"suspensions"` // per replicate
	Meetings    float64   `json:"meetings"`
}

// NeedBin is availability in one range of tension.
type NeedBin struct {
	From      float64 `json:"from"`
	To        float64 `json:"to"`
	Moments   float64 `json:"moments"`   // total count
	Available float64 `json:"available"` // share
	MC        float64 `json:"mc"`
}

// Attribution is the quality of beliefs about culprits at closure.
type Attribution struct {
	Brier       float64          `json:"brier"`
	Reliability []ReliabilityBin `json:"reliability"`
}

// ReliabilityBin compares stated belief with the truth.
type ReliabilityBin struct {
	Belief float64 `json:"belief"` // mean stated
	Truth  float64 `json:"truth"`  // share guilty
	Cases  float64 `json:"cases"`
}

// Count is a mean per replicate.
type Count struct {
	ID    string   `json:"id"`
	Label string   `json:"label"`
	Mean  float64  `json:"mean"`
	MC    *float64 `json:"mc"` // null where one replicate a draw tells none
}
