package run

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// Sample is the posterior of a job: none, the shipped one, or one of the user's own.
type Sample struct {
	Posterior *posterior.Posterior // nil for none
	own       bool                 // not the one that is shipped
	asked     bool                 // by name, or by a stored run
}

// ShippedPosterior reads the one that the program ships; tests put theirs in place.
var ShippedPosterior = posterior.ReadShipped

// SampleOf reads the posterior that run.posterior names.
func SampleOf(setting string) (Sample, error) {
	switch setting {
	case settings.None:
		return Sample{}, nil
	case settings.Shipped:
		p, err := ShippedPosterior()
		if err != nil {
			return Sample{}, fmt.Errorf("%w, or leave it out with --prior", err)
		}
		return Sample{Posterior: p}, nil
	}
	data, err := cli.ReadSmall(setting, posterior.MaxBytes)
	if err != nil {
		return Sample{}, fmt.Errorf("%w; a posterior is a file, shipped or none", err)
	}
	p, err := posterior.Parse(setting, data)
	if err != nil {
		return Sample{}, err
	}
	p.Name = filepath.Base(setting)
	return Sample{Posterior: p, own: true, asked: true}, nil
}

// storedSample finds the posterior of a stored run: in its manifest, or the shipped
// one, which must still be the same.
func storedSample(in *runfolder.Posterior) (Sample, error) {
	if in == nil {
		return Sample{}, nil
	}
	if in.Text != "" {
		p, err := posterior.Parse(in.Name, []byte(in.Text))
		if err != nil {
			return Sample{}, fmt.Errorf("inputs.posterior: %w", err)
		}
		return Sample{Posterior: p, own: true, asked: true}, nil
	}
	const remedy = "repeat it with the version of misstep that program.version names, or run the scenario anew"
	p, err := ShippedPosterior()
	switch {
	case err != nil:
		return Sample{}, err
	case p == nil:
		return Sample{}, errors.New("drawn from the shipped posterior " + in.Name + ", and this program ships none; " +
			remedy)
	case runfolder.Sum(p.Bytes()) != in.SHA256:
		return Sample{}, fmt.Errorf("drawn from the shipped posterior %s (sha256 %.12s); this program ships another "+
			"(%.12s); %s", in.Name, in.SHA256, runfolder.Sum(p.Bytes()), remedy)
	}
	return Sample{Posterior: p, asked: true}, nil
}

// describe is the posterior as an input of a run, nil where it updates no number.
func (s Sample) describe(v *scenario.Scenario) *runfolder.Posterior {
	if v.Joint == nil || s.Posterior == nil {
		return nil
	}
	text := s.Posterior.Bytes()
	out := &runfolder.Posterior{Name: s.Posterior.Name, SHA256: runfolder.Sum(text)}
	if s.own {
		out.Text = string(text)
	}
	return out
}

// elsewhere says that the shipped posterior is about other states, and how much of it would hold for these.
func (j *Run) elsewhere(a *cli.App) {
	p := j.Learned.Posterior
	if p == nil || j.Learned.asked || j.Plan.Draws == 1 || p.Covers(j.Scenario) {
		return
	}
	var names []string
	if x := p.Condition(j.Scenario).Joint; x != nil {
		for _, i := range x.Slots {
			names = append(names, scenario.ShortPath(j.Scenario.Slots[i].Path))
		}
	}
	if len(names) == 0 {
		return
	}
	const shown = 3
	list := strings.Join(names[:min(shown, len(names))], ", ")
	if len(names) > shown {
		list += ", …"
	}
	a.Note("drawn from priors alone: the fit %s is about other states; --posterior shipped takes the %s of it that "+
		"hold for any state (%s)", p.Name, say.Counted(len(names), "number"), list)
}

// LearnedIn counts what is learned of a scenario's numbers, nil for nothing.
func LearnedIn(v *scenario.Scenario) *runfolder.Learned {
	if v.Joint == nil {
		return nil
	}
	out := &runfolder.Learned{Conditioned: len(v.Joint.Slots), Uncertain: v.Free()}
	for i := range v.Slots {
		if l := v.Learned(i); l != nil && !l.Silent {
			out.Informed++
		}
	}
	return out
}

// DrawnFrom says in a clause what the posterior has to do with the numbers.
func (j *Run) DrawnFrom() string {
	n := LearnedIn(j.Scenario)
	switch {
	case n != nil:
		return fmt.Sprintf("; %d of these drawn from the posterior %s, which narrows %d", n.Conditioned,
			j.Learned.Posterior.Name, n.Informed)
	case j.AtDefaults():
		return "; a single draw is at the defaults, without the posterior"
	}
	return ""
}

// LearnedLines say the same below other results, "" without a posterior.
func (j *Run) LearnedLines() string {
	n := LearnedIn(j.Scenario)
	if n == nil {
		return ""
	}
	text := fmt.Sprintf("%d of %d uncertain numbers are drawn from the posterior %s, which narrows %d; --prior leaves "+
		"it out.",
		n.Conditioned, n.Uncertain, j.Learned.Posterior.Name, n.Informed)
	return strings.Join(say.Wrapped("", "", text), "\n") + "\n"
}
