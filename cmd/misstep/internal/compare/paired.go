package compare

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

// replay compares the runs future by future. A stored run keeps totals, from which no
// pairing can be made, so all runs are played again from their manifests, as run --from
// does, and only sums per draw are kept. The replicates are played one number at a
// time: sums of one replicate are its reading, the same that the run itself added up,
// and one run's sums are held at a time, so that memory depends neither on the
// replicates nor on the runs. The levels must come out as they are stored.
func replay(ctx context.Context, a *cli.App, c *comparison) error {
	var jobs []*run.Run
	for _, r := range c.Runs {
		j, err := run.Repeat(a, filepath.Join(r.Dir, runfolder.Name))
		if err != nil {
			return err
		}
		jobs = append(jobs, j)
	}
	var pairs []*summary.Paired
	for _, v := range c.Others {
		pairs = append(pairs, summary.NewPaired(c.Runs[0].Summary, v.run.Summary))
	}
	bar := a.NewProgress()
	defer bar.Stop()
	replicates, draws := jobs[0].Plan.Replicates, jobs[0].Plan.Draws
	done, total := 0, replicates*draws*len(jobs)
	for r := range replicates {
		var reference *summary.Readings
		for i, j := range jobs {
			readings, err := oneReplicate(ctx, j, r, func(now int) { bar.Update(done+now, total) })
			if err != nil {
				return err
			}
			done += draws
			if i == 0 {
				reference = readings
			} else if err := pairs[i-1].Add(reference, readings); err != nil {
				return err
			}
		}
	}
	for i, v := range c.Others {
		for k := range v.Contrasts {
			changes, err := pairs[i].Changes(k)
			if err != nil {
				return fmt.Errorf("--paired: %s and %s: %w; the program has changed since; leave --paired out", c.Runs[0].Dir,
					v.run.Dir, err)
			}
			v.Contrasts[k].Changes = append([]summary.Change{}, changes...)
		}
	}
	return nil
}

// oneReplicate plays replicate r of every draw of a run.
func oneReplicate(ctx context.Context, j *run.Run, r int, progress func(done int)) (*summary.Readings, error) {
	sums := experiment.NewSums(j.Plan)
	before := r * j.Plan.Draws
	if err := sums.Extend(ctx, r, r+1, j.Workers(), func(done, _ int) { progress(done - before) }); err != nil {
		return nil, err
	}
	return summary.ReadingsOf(sums)
}
