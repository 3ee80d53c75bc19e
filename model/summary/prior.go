package summary

// SilentBelow is the contraction below which the record is said not to inform the
// headline difference.
const SilentBelow = 0.10

// SetPrior puts the headline of the same plan on the priors beside that of a
// conditioned run, and warns where the record says next to nothing of the headline
// effect.
func (s *Summary) SetPrior(before *Summary) {
	h, b := &s.Headline, &before.Headline
	p := &Prior{Replicates: before.Run.Replicates, Baseline: b.Baseline, Treatment: b.Treatment, Difference: b.Difference}
	h.Contraction, p.Resolved = contraction(before.relative(), s.relative())
	p.BaselineContraction, p.BaselineResolved = contraction(b.Baseline, h.Baseline)
	h.Prior = p
	if !h.Informed() {
		s.Warnings = append(s.Warnings, Warning{ID: "not-calibrated", Conditioned: true, Contraction: h.Contraction})
	}
}

// relative is the headline's ratio: of the difference the record could narrow the interval
// by lowering the level alone.
func (s *Summary) relative() (e Estimate) {
	if len(s.Contrasts) > 0 {
		if m := s.Contrasts[0].Measure(s.Headline.Measure); m != nil {
			e = m.Ratio
		}
	}
	return e
}

// Informed reports whether the record narrows the headline's ratio.
func (h *Headline) Informed() bool {
	return h.Prior != nil && h.Prior.Resolved && h.Contraction >= SilentBelow
}

// contraction compares the widths of two parameter intervals.
func contraction(before, after Estimate) (share float64, resolved bool) {
	w, was := after.High-after.Low, before.High-before.Low
	if !(w > 0) || !(was > 0) {
		return 0, false
	}
	return 1 - w/was, true
}
