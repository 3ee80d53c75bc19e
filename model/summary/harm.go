package summary

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/stat"
)

// Harm is the share of parameter draws in which the effect is for the worse: Φ(μ/τ),
// with μ the effect turned so that worse is positive and τ the spread of the draw
// effects without their noise. Counting draws would take noise for harm.
type Harm struct {
	Resolved bool    `json:"resolved"` // whether the draws differ by more than noise; without it Share is 0
	Share    float64 `json:"share"`
	Low      float64 `json:"low"` // 95 %; where noise hides the spread all that the draws leave open
	High     float64 `json:"high"`
}

// harm computes it for an effect of this mean; it is empty for a measure that has no
// worse side. Where the spread is clear of 0 at 95 %, the interval is from the errors of μ
// and τ by the delta method, the latter from the variance of a sample variance. Else it
// holds every Φ(m/t) with m within the 95 % interval of μ and t from 0 to the upper end of
// that of τ: from 0 to 1 where the sign of μ is open, too.
func (s *Spread) harm(goodness int, mean float64) Harm {
	n := float64(len(s.values))
	if goodness == 0 || n < 2 {
		return Harm{}
	}
	if goodness > 0 {
		mean = -mean
	}
	_, variance, between := s.moments()
	h := Harm{Resolved: s.resolved()}
	z := mean / math.Sqrt(between)
	if h.Resolved {
		h.Share = elem.NormalCDF(z)
	}
	if between > 0 && between >= stat.Z95*s.resolution() {
		se := math.Sqrt(variance/n/between + z*z*variance*variance/(2*(n-1)*between*between))
		h.Low, h.High = elem.NormalCDF(z-float64(stat.Z95*se)), elem.NormalCDF(z+float64(stat.Z95*se))
		return h
	}
	half := float64(stat.Z95 * math.Sqrt(variance/n))
	tau := math.Sqrt(between + float64(stat.Z95*math.Sqrt(2/(n-1))*variance))
	switch {
	case mean+half < 0:
		h.High = elem.NormalCDF((mean + half) / tau)
	case mean-half > 0:
		h.Low, h.High = elem.NormalCDF((mean-half)/tau), 1
	case variance > 0: // else no draw differs at all
		h.High = 1
	}
	return h
}
