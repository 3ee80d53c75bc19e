package summary

import (
	"context"
	"fmt"
	"math"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
)

// readingsOf are the numerators and denominators of every measure in one replicate of every draw, by
// contrast and draw: what sums of one replicate a draw hold. It fails on others.
func readingsOf(s *experiment.Sums) (readings, error) {
	var out readings
	for _, contrast := range s.Contrasts {
		draws := make([][]outcome.Reading, contrast.Len())
		for d, x := range contrast.All() {
			if n := x.Measures[0].N; n != 1 {
				return nil, fmt.Errorf("draw %d holds %v replicates, and a reading is of one", d, n)
			}
			for m := range x.Measures {
				draws[d] = append(draws[d], x.Measures[m].Sum)
			}
		}
		out = append(out, draws)
	}
	return out, nil
}

type readings [][][]outcome.Reading // by contrast, draw, measure

// Paired compares two runs replicate by replicate: runs of one seed, generator and
// counts share chance and, by path, the uniforms of their parameters. It holds sums of
// the eight numerators and denominators per draw and measure, so its size does not
// depend on the replicates.
type Paired struct {
	reference, other *Summary
	matches          []Match
	draws            int
	joints           [][]*joint // by match and measure, by draw
}

// newPaired prepares the comparison of two runs with the same number of draws.
func newPaired(reference, other *Summary) *Paired {
	p := &Paired{reference: reference, other: other, matches: MatchContrasts(reference, other), draws: reference.Run.Draws}
	for range len(p.matches) * len(outcome.All) {
		draws := make([]*joint, p.draws)
		for d := range draws {
			draws[d] = &joint{}
		}
		p.joints = append(p.joints, draws)
	}
	return p
}

// Replay pairs runs with the first of them, future by future. A stored run keeps totals,
// from which no pairing can be made, so all are played again from their plans, one
// replicate of every draw at a time: the sums of one replicate are its reading, the same
// that the run itself added up, and memory depends neither on the replicates nor on the
// runs. Progress counts the replicates of all runs.
func Replay(ctx context.Context, plans []experiment.Plan, stored []*Summary, workers int,
	progress experiment.Progress) ([]*Paired, error) {
	if len(plans) == 0 || len(plans) != len(stored) {
		return nil, fmt.Errorf("%d plans for %d stored runs; give each run its plan", len(plans), len(stored))
	}
	var pairs []*Paired
	for _, s := range stored[1:] {
		pairs = append(pairs, newPaired(stored[0], s))
	}
	draws, replicates := plans[0].Draws, plans[0].Replicates
	for r := range replicates {
		var reference readings
		for i, plan := range plans {
			sums, before := experiment.NewSums(plan), (r*(len(plans)-1)+i)*draws
			err := sums.Extend(ctx, r, r+1, workers, func(done, _ int) {
				if progress != nil {
					progress(before+done, replicates*draws*len(plans))
				}
			})
			if err != nil {
				return nil, err
			}
			now, err := readingsOf(sums)
			if i == 0 {
				reference = now
			} else if err == nil {
				err = pairs[i-1].add(reference, now)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return pairs, nil
}

// Matches are the contrasts that are compared, see [MatchContrasts].
func (p *Paired) Matches() []Match { return p.matches }

// add takes one replicate of every draw, the same one of both runs.
func (p *Paired) add(reference, other readings) error {
	for k, m := range p.matches {
		if m.Reference >= len(reference) || m.Other >= len(other) {
			return fmt.Errorf("the replay has no contrast of %s against %s", m.Treatment, m.Baseline)
		}
		first, second := reference[m.Reference], other[m.Other]
		if len(first) != p.draws || len(second) != p.draws {
			return fmt.Errorf("%d and %d draws cannot be paired as %d", len(first), len(second), p.draws)
		}
		for i := range outcome.All {
			for d := range p.draws {
				a, b := first[d][i], second[d][i]
				p.joints[k*len(outcome.All)+i][d].add([8]float64{a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]})
			}
		}
	}
	return nil
}

// Changes compares the outcomes of a match. The Monte Carlo half-width of a change is
// the delta method's from the replicates within each draw, that is given the draws;
// its parameter interval is that of the draws after taking out their noise; the
// verdict allows for both. It fails where the replay does not give the stored levels,
// to a relative 1e-9: then it is not the run that was stored. With a single replicate
// a draw noise is not known, and neither is what is not identical.
func (p *Paired) Changes(match int) ([]Change, error) {
	m := p.matches[match]
	a, b := &p.reference.Contrasts[m.Reference], &p.other.Contrasts[m.Other]
	free := p.draws > 1 && (p.reference.Run.Free > 0 || p.other.Run.Free > 0)
	var out []Change
	var failed error
	shared(a, b, func(x, y *Measure) {
		at := outcome.Index(x.ID)
		if at < 0 || failed != nil {
			return
		}
		draws, factor := p.joints[match*len(outcome.All)+at], outcome.All[at].Factor
		if failed = replayed(draws, factor, x, y); failed != nil {
			return
		}
		for _, q := range Quantities() {
			c := unclear(x, y, q)
			if a.defined(x, q) && b.defined(y, q) {
				c.Change, c.Verdict, c.Defined = changeOf(draws, q.weights(), factor, free)
			}
			out = append(out, c)
		}
	})
	return out, failed
}

// replayed compares the levels of a replay with the stored ones.
func replayed(draws []*joint, factor float64, a, b *Measure) error {
	total := totalOf(draws)
	for i, want := range [4]float64{a.Baseline.Value, a.Treatment.Value, b.Baseline.Value, b.Treatment.Value} {
		got := 0.0
		if total.sum[2*i+1] != 0 {
			got = factor * total.sum[2*i] / total.sum[2*i+1]
		}
		if total.n > 0 && math.Abs(got-want) > 1e-9*max(math.Abs(want), math.Abs(got)) {
			run := [2]string{"the reference", "the other run"}[i/2]
			return fmt.Errorf("%s: the replay of %s gives %.9g, and %.9g is stored", a.ID, run, got, want)
		}
	}
	return nil
}
