package decompose

import (
	"encoding/json"
	"math"

	"github.com/misstep/misstep/model/summary"
)

// Effect is a part of a difference with its two uncertainties and what it shows.
type Effect struct {
	summary.Estimate
	Verdict summary.Verdict
}

// wire is an Effect as JSON holds it.
type wire struct {
	summary.Wire
	Verdict summary.Verdict `json:"verdict"`
}

// MarshalJSON writes the verdict beside the estimate.
func (e Effect) MarshalJSON() ([]byte, error) { return json.Marshal(wire{e.Wire(), e.Verdict}) }

// UnmarshalJSON reads what MarshalJSON wrote, and what older versions did.
func (e *Effect) UnmarshalJSON(data []byte) error {
	var w wire
	err := json.Unmarshal(data, &w)
	*e = Effect{w.Estimate(), w.Verdict}
	return err
}

// estimate is the ratio Σx/Σy over all draws, times factor. Its Monte Carlo error
// is the delta method's from the replicates within each draw, so it is the error
// given the draws; its parameter interval is that of the ratios of the draws after
// taking out their noise, as in package summary; told makes it that of flips. Draws of
// one replicate tell neither.
func estimate(draws []*Moments, factor float64, goodness int, spread bool,
	told func(summary.Estimate) summary.Estimate) Effect {
	var total Moments
	for _, d := range draws {
		total.merge(d)
	}
	if total.Y == 0 {
		return Effect{Verdict: summary.Same}
	}
	value := total.X / total.Y
	variance := 0.0
	var s summary.Spread
	for _, d := range draws {
		if d.N == 1 {
			s.Blind()
		}
		variance += d.N * d.residual(value) / (total.Y * total.Y)
		if d.Y > 0 {
			r := d.X / d.Y
			s.Add(factor*r, factor*factor*d.N*d.residual(r)/(d.Y*d.Y))
		}
	}
	e := told(s.Around(factor*value, summary.HalfWidth(factor, variance), spread))
	return Effect{Estimate: e, Verdict: s.Verdict(e, goodness, spread)}
}

// residual is the variance of x − r·y over the replicates of a draw. What rounding
// leaves of terms that cancel is no variance.
func (m *Moments) residual(r float64) float64 {
	const rounding = 1e-12
	if m.N < 2 {
		return 0
	}
	xx, xy, yy := m.XX-m.X*m.X/m.N, m.XY-m.X*m.Y/m.N, m.YY-m.Y*m.Y/m.N
	sum := xx - float64(2*r*xy) + float64(r*r*yy)
	if sum <= rounding*(math.Abs(xx)+math.Abs(2*r*xy)+math.Abs(r*r*yy)) {
		return 0
	}
	return sum / (m.N - 1)
}
