package calibrate

import (
	"math"
	"slices"
)

// Conflict reports whether the prior hardly allows the documented value: a tail
// probability below 1 %.
func (x *Prediction) Conflict() bool { return x.Tail < 0.01 }

// Why says why a documented value lies outside of what is predicted, as far as it
// is known; "" where it lies inside.
func (x *Prediction) Why() string {
	if x.Inside {
		return ""
	}
	if why, ok := reasons[x.Statistic.ID]; ok {
		return why
	}
	return "no reason is known"
}

// reasons explain the misses of the shipped calibration.
var reasons = map[string]string{
	"T4": "data sets hold bursts of one campaign; simulated incidents come one by one",
}

// Score counts how many targets are predicted.
type Score struct {
	Used       int      `json:"used"` // targets of the distance
	Inside     int      `json:"inside"`
	Echoes     int      `json:"echoes"`
	EchoInside int      `json:"echoes_inside"`
	Width      float64  `json:"median_width_ratio"` // of the used ones
	Conflicts  []string `json:"conflicts"`
}

// ScoreOf counts over predictions.
func ScoreOf(all []Prediction) Score {
	s := Score{Conflicts: []string{}}
	var widths []float64
	for i := range all {
		p := &all[i]
		inside := 0
		if p.Inside {
			inside = 1
		}
		switch p.Statistic.Use {
		case Calibrate:
			s.Used++
			s.Inside += inside
			if !math.IsNaN(p.Narrowed) && !math.IsInf(p.Narrowed, 0) {
				widths = append(widths, p.Narrowed)
			}
		case Echo:
			s.Echoes++
			s.EchoInside += inside
		}
		if p.Conflict() && p.Statistic.Use != Plausibility {
			s.Conflicts = append(s.Conflicts, p.Statistic.ID)
		}
	}
	slices.Sort(widths)
	if s.Width = quantile(widths, 0.5); math.IsNaN(s.Width) {
		s.Width = 0
	}
	return s
}
