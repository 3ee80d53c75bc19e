package calibrate

import (
	"cmp"
	"math"
	"slices"
)

// Conflict reports whether the prior hardly allows the documented value: a tail
// probability below 1 %.
func (x *Prediction) Conflict() bool { return x.Tail < 0.01 }

// Why says why a documented value lies outside of what is predicted, as far as it is known; "" where it
// lies inside.
func (x *Prediction) Why() string {
	if x.Inside {
		return ""
	}
	return cmp.Or(x.Statistic.Missed, "no reason is known")
}

// Score counts how many targets are predicted.
type Score struct {
	Used       int      `json:"used"` // targets of the distance
	LeftOut    int      `json:"left_out"`
	LeftInside int      `json:"left_out_inside"`
	Inside     int      `json:"inside"`
	Echoes     int      `json:"echoes"`
	EchoInside int      `json:"echoes_inside"`
	Width      float64  `json:"median_width_ratio"`          // of the used ones, each in its unit
	Narrowed   float64  `json:"median_width_ratio_compared"` // the same on the scale of comparison
	Conflicts  []string `json:"conflicts"`
}

// ScoreOf counts over predictions.
func ScoreOf(all []Prediction) Score {
	s := Score{Conflicts: []string{}}
	var widths, narrowed []float64
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
			widths, narrowed = append(widths, p.Width), append(narrowed, p.Narrowed)
		case LeftOut:
			s.LeftOut++
			s.LeftInside += inside
		case Echo:
			s.Echoes++
			s.EchoInside += inside
		}
		if p.Conflict() && p.Statistic.Use != Plausibility {
			s.Conflicts = append(s.Conflicts, p.Statistic.ID)
		}
	}
	s.Width, s.Narrowed = middle(widths), middle(narrowed)
	return s
}

func middle(x []float64) float64 {
	x = slices.DeleteFunc(x, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return quantile(x, 0.5)
}
