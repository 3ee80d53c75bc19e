package run

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// DrawsCSV is the file of a run that has what every draw came to.
const DrawsCSV = "draws.csv"

// maxDraws bounds what is read of one [bytes].
const maxDraws = 64 << 20

// drawsFile is an extra: runs of before there was one get it when they are run again.
func drawsFile(s *experiment.Sums) runfolder.File {
	f := runfolder.NewFile(DrawsCSV, draws.Of(s).CSV(), false)
	f.Extra = true
	return f
}

// DrawsOf is a stored run, draw by draw. One of before there was a draws.csv is played again from its
// manifest, and gets the file where its folder can be written to; the error is then an [Obstacle], or
// says what the replay gives otherwise than the summary that is stored. So it does of a file that was
// changed together with its manifest.
func DrawsOf(ctx context.Context, a *cli.App, r *Stored) (*draws.Table, error) {
	path := filepath.Join(r.Dir, DrawsCSV)
	if slices.ContainsFunc(r.Manifest.Files, func(f runfolder.File) bool { return f.Name == DrawsCSV }) {
		data, err := cli.ReadSmall(path, maxDraws)
		if err != nil {
			return nil, err
		}
		t, err := draws.Read(path, data)
		if err == nil {
			err = sameRun(path, t, r.Summary)
		}
		return t, err
	}
	sums, err := replayed(ctx, a, r)
	if err != nil {
		return nil, err
	}
	t := draws.Of(sums)
	if err := sameRun("the replay of "+r.Dir, t, r.Summary); err != nil {
		return nil, err
	}
	if err := runfolder.Add(r.Dir, drawsFile(sums)); err != nil {
		a.Note("%v", err)
		return t, nil
	}
	a.Note("added to %s: %s", r.Dir, DrawsCSV)
	return t, nil
}

// replayed plays a stored run again.
func replayed(ctx context.Context, a *cli.App, r *Stored) (*experiment.Sums, error) {
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	j, err := Reload(filepath.Join(r.Dir, runfolder.Name), r.Manifest)
	if err != nil {
		return nil, err
	}
	bar := a.NewProgress()
	m := model.Model{Plan: j.Plan, Workers: WorkersOf(s), Alone: true, Progress: bar.Update}
	result, err := m.Run(ctx)
	bar.Stop()
	if err != nil {
		return nil, err
	}
	return result.Sums, nil
}

// sameRun holds a table against the summary of its run: sample, arms, and of every outcome that both
// have the levels, the difference and their errors, to a relative 1e-9.
func sameRun(what string, t *draws.Table, s *summary.Summary) error {
	var arms []string
	for i := range s.Contrasts {
		arms = append(arms, s.Contrasts[i].Treatment)
	}
	last := t.Rows[len(t.Rows)-1]
	if last.Draw+1 != s.Run.Draws || last.Sums.N != float64(s.Run.Replicates) || t.Baseline != s.Run.Baseline ||
		!slices.Equal(t.Treatments, arms) {
		return fmt.Errorf("%s: %d draws × %v replicates of %q against %q are not those of its %s; "+
			"delete the folder and run again", what, last.Draw+1, last.Sums.N, t.Treatments, t.Baseline, SummaryJSON)
	}
	for i := range s.Contrasts {
		for k, at := range t.Joint.Outcomes {
			m := s.Contrasts[i].Measure(outcome.All[at].ID)
			if m == nil || m.Unit != outcome.All[at].Unit {
				continue
			}
			w := make(draws.Weights, len(t.Joint.Outcomes))
			for _, x := range []struct {
				name  string
				w     [2]float64
				value summary.Estimate
			}{{m.ID, [2]float64{1, 0}, m.Baseline}, {m.ID, [2]float64{0, 1}, m.Treatment},
				{"the difference in " + m.ID, [2]float64{-1, 1}, m.Difference}} {
				w[k] = x.w
				value, variance, _ := t.Pooled(arms[i], w)
				if half := summary.HalfWidth(1, variance); !near(value, x.value.Value) || !near(half, x.value.MC) {
					return fmt.Errorf("%s: %s of %s is %.9g ±%.9g, and %.9g ±%.9g in its %s; delete the folder and run again",
						what, x.name, arms[i], value, half, x.value.Value, x.value.MC, SummaryJSON)
				}
			}
		}
	}
	return nil
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }
