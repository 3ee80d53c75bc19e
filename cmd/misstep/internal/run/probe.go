package run

import (
	"context"
	"time"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// Probed is what a short trial run took.
type Probed struct {
	Took       time.Duration
	Replicates int
	PerFuture  float64 // events of all arms in a replicate
}

// Probe plays a few blocks, more until it took long enough to tell.
func Probe(ctx context.Context, j *Run) (Probed, error) {
	const enough = 400 * time.Millisecond
	p := j.Plan
	p.BlockSize = min(4, p.Replicates)
	p.Replicates = p.BlockSize
	for p.Draws = min(p.Draws, j.Workers()); ; p.Draws = min(2*p.Draws, j.Plan.Draws) {
		began := time.Now()
		sums, err := experiment.Run(ctx, p, j.Workers(), nil)
		if err != nil {
			return Probed{}, err
		}
		out := Probed{Took: time.Since(began), Replicates: p.Draws * p.Replicates}
		for _, arm := range summary.Of(sums).Arms {
			out.PerFuture += arm.Counts[0].Mean
		}
		if out.Took >= enough || p.Draws >= j.Plan.Draws {
			return out, nil
		}
	}
}

// Expected is how long the whole plan takes.
func (p Probed) Expected(j *Run) time.Duration {
	return time.Duration(float64(p.Took) / float64(p.Replicates) * float64(j.Plan.Draws*j.Plan.Replicates))
}

// Events is how many events the whole plan has.
func (p Probed) Events(j *Run) float64 {
	return p.PerFuture * float64(j.Plan.Draws*j.Plan.Replicates)
}
