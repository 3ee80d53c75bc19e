package decompose

import (
	"context"
	"fmt"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// Universes is the content of multiverse.json: one difference under each choice of
// method.
type Universes struct {
	Format     int    `json:"format"` // version of this layout: 1
	Baseline   string `json:"baseline"`
	Treatment  string `json:"treatment"`
	Outcome    string `json:"outcome"`
	Scale      string `json:"scale"` // of the scenario as it stands
	Draws      int    `json:"draws"`
	Replicates int    `json:"replicates"` // per draw
	Uncertain  bool   `json:"uncertain"`
	Rows       []Row  `json:"rows"` // the scenario as it stands first
}

// Row is what one variant gives.
type Row struct {
	Variant
	Unit       string           `json:"unit"`
	Goodness   int              `json:"goodness"`
	Difference summary.Estimate `json:"difference"` // treatment − baseline
	Verdict    summary.Verdict  `json:"verdict"`
	Sign       Sign             `json:"sign"`
}

// Sign compares the sign of a variant with that of the scenario as it stands, both
// judged by their Monte Carlo errors: a sign is a property of the mean over draws.
type Sign string

// The signs.
const (
	Keeps   Sign = "keeps"
	Changes Sign = "changes"
	Open    Sign = "open" // one of the two is not told from zero
)

// signOf compares a difference with that of the first of the rows before it, if any.
func signOf(rows []Row, e summary.Estimate) Sign {
	if len(rows) == 0 {
		return Keeps
	}
	base := rows[0].Difference
	switch {
	case !base.AboveNoise() || !e.AboveNoise():
		return Open
	case (base.Value > 0) != (e.Value > 0):
		return Changes
	}
	return Keeps
}

// Multiverse plays every variant of the plan, see [Variants], over the same draws and
// replicates. It fails where the headline compares no two arms.
func Multiverse(ctx context.Context, p experiment.Plan, workers int, progress experiment.Progress) (*Universes, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	v := p.Scenario
	if _, _, err := pairOf(v); err != nil {
		return nil, err
	}
	p = p.PairOnly()
	variants, err := Variants(p)
	if err != nil {
		return nil, err
	}
	out := &Universes{Format: 1, Baseline: v.Headline.Baseline, Treatment: v.Headline.Treatment, Outcome: outcomeOf(v),
		Scale: v.Scale, Draws: p.Draws, Replicates: p.Replicates, Uncertain: p.Uncertain()}
	done, total := 0, 0
	for i := range variants {
		if variants[i].Own {
			total += p.Draws * p.Replicates
		}
	}
	var first, s *summary.Summary
	for i := range variants {
		s = first
		if variants[i].Own {
			sums, err := experiment.Run(ctx, variants[i].Plan, workers, func(now, _ int) {
				if progress != nil {
					progress(done+now, total)
				}
			})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", variants[i].ID, err)
			}
			done += p.Draws * p.Replicates
			s = summary.Of(sums)
		}
		if i == 0 {
			first = s
		}
		m := s.Contrasts[0].Measure(variants[i].Measure)
		out.Rows = append(out.Rows, Row{Variant: variants[i].Variant, Unit: m.Unit, Goodness: m.Goodness,
			Difference: m.Difference, Verdict: m.Verdict, Sign: signOf(out.Rows, m.Difference)})
	}
	return out, nil
}
