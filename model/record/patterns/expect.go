package patterns

import (
	"encoding/json"
	"math"

	"github.com/misstep/misstep/model/scenario"
)

// Expectation is one entry of a scenario's expect list, evaluated.
type Expectation struct {
	ID        string  `json:"id"`
	Says      string  `json:"says"`
	Source    string  `json:"source"`
	Arm       string  `json:"arm"`
	Measure   string  `json:"measure"`
	Observed  float64 `json:"observed"`
	Median    Number  `json:"median"`
	Low       Number  `json:"low"`  // 5 % quantile
	High      Number  `json:"high"` // 95 % quantile
	Yes       float64 `json:"yes"`  // share of futures with a value above 0
	Side      string  `json:"side"` // "both", "low", "high"
	Tail      float64 `json:"tail"` // probability of a value as extreme as the observed one
	TailSE    float64 `json:"tail_se"`
	Level     float64 `json:"level"`
	Verdict   Verdict `json:"verdict"`
	KnownMiss string  `json:"known_miss,omitempty"`
	Close     bool    `json:"close"` // the level lies within two standard errors
}

// Number is a float that JSON writes as the word "never" where it is infinite.
type Number float64

// MarshalJSON writes a number, or "never" for an infinite one.
func (n Number) MarshalJSON() ([]byte, error) {
	if math.IsInf(float64(n), 0) {
		return []byte(`"never"`), nil
	}
	return json.Marshal(float64(n))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Number) UnmarshalJSON(data []byte) error {
	if string(data) == `"never"` {
		*n = Number(math.Inf(1))
		return nil
	}
	return json.Unmarshal(data, (*float64)(n))
}

// Missed reports whether the simulation makes the observed value too seldom, known to or not.
func (e *Expectation) Missed() bool { return e.Verdict == Miss || e.Verdict == KnownMiss }

// Judged reports whether the scenario plays what the expectation is about.
func (e *Expectation) Judged() bool { return e.Verdict != NotHere }

func judge(e *scenario.Expectation, arm int, t *tally) Expectation {
	out := Expectation{
		ID: e.ID, Says: e.Says, Source: e.Source, Arm: e.Arm, Measure: e.Statistic.Measure, Observed: e.Observed,
		Side: e.Tail, Level: e.Level, KnownMiss: e.KnownMiss,
	}
	if arm < 0 {
		out.Verdict = NotHere
		return out
	}
	out.Low, out.Median, out.High = Number(t.bins.quantile(0.05)), Number(t.bins.quantile(0.5)),
		Number(t.bins.quantile(0.95))
	out.Yes = t.bins.above()
	out.Tail, out.TailSE = t.tail(e.Tail)
	out.Close = math.Abs(out.Tail-e.Level) < 2*out.TailSE
	missed := !(out.Tail >= e.Level)
	switch {
	case missed && e.KnownMiss != "":
		out.Verdict = KnownMiss
	case missed:
		out.Verdict = Miss
	case e.KnownMiss != "":
		out.Verdict = Surprise
	default:
		out.Verdict = Pass
	}
	return out
}
