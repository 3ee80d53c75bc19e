package handover

import (
	"errors"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// reported is a stored run with what its report shows.
type reported struct {
	*run.Stored
	stored   *figure.History // as the run left it; nil for none
	analyses []analysisFolder
	beside   string // the way from the page to the run's folder, "" where it lies in it

	// The run opened again, to play some of its futures once more.
	job      *run.Run // nil where this program cannot repeat the run
	obstacle string   // why it cannot

	typical, worst *chosenFuture // nil where nothing is played
	sampled        int           // futures that they were chosen from
}

// openReported opens and verifies a run folder, and loads its scenario as it was.
func openReported(arg string) (*reported, error) {
	run, err := run.OpenStored("report", arg)
	if err != nil {
		return nil, err
	}
	if err := run.Newer(); err != nil {
		return nil, err
	}
	r := &reported{Stored: run}
	if r.stored, err = r.History(); err != nil {
		return nil, err
	}
	if r.analyses, err = analysesIn(r.Dir, r.Manifest.Inputs.Structure); err != nil {
		return nil, err
	}
	r.reopen()
	return r, nil
}

// reopen loads the scenario as it was, or notes why it cannot be.
func (r *reported) reopen() {
	j, err := run.Reload(r.Manifest.Folder(), r.Manifest)
	var o *run.Obstacle
	switch {
	case err == nil:
		r.job = j
	case errors.As(err, &o) && o.Kind == run.OtherModel:
		r.obstacle = fmt.Sprintf("the run was computed by model %s and this page was written by a program with model %s",
			r.Manifest.Inputs.ModelVersion, experiment.ModelVersion)
	case errors.As(err, &o) && o.Kind == run.OtherSource:
		r.obstacle = "this program does not have the posterior or the generator that the run was drawn from"
	default:
		r.obstacle = "this program reads the scenario differently from the one that computed the run"
	}
}

// card is what the scenario's author says of it, empty where it cannot be read.
func (r *reported) card() scenario.Card {
	if r.job == nil {
		return scenario.Card{}
	}
	return r.job.Scenario.Card
}
