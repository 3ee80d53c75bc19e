package summary

// SetPrior puts the headline of the same plan on the priors beside that of a conditioned run. How far the record
// narrows it is not said: a width hangs on the replicates, and no target observes a false belief.
func (s *Summary) SetPrior(before *Summary) {
	b := &before.Headline
	s.Headline.Prior = &Prior{Replicates: before.Run.Replicates, Baseline: b.Baseline, Treatment: b.Treatment,
		Difference: b.Difference}
}
