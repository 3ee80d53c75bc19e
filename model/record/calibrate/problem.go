package calibrate

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/evidence"
)

// Problem is what calibration infers: the coordinates, the statistics, and what is
// documented of them by the cut-off. It implements [abc.Problem].
type Problem struct {
	Histories  *Histories
	Space      *Space
	Statistics []Statistic
	Observed   []Observation // by statistic
	used       []int         // statistics in the distance
}

// NewProblem prepares an inference. Statistics that are not documented by the cut-off are left out;
// those of the targets named in without are predicted and not compared. It is an error if none is left
// to compare, if a target to leave out is none that calibrates, or if the histories do not fit
// together.
func NewProblem(h *Histories, tables *evidence.Tables, without ...string) (*Problem, error) {
	if err := calibrates(without); err != nil {
		return nil, err
	}
	pair := h.pair()
	space, err := NewSpace(pair[:])
	if err != nil {
		return nil, err
	}
	p := &Problem{Histories: h, Space: space}
	for _, s := range Statistics() {
		if h.Until.AddDate(0, 0, 1).Before(s.Needs) {
			continue
		}
		o := s.observed(tables, h.Until)
		if math.IsNaN(o.Value) {
			continue
		}
		s.bound = s.Compared(o.Value)
		if s.Use == Calibrate && slices.Contains(without, s.Target) {
			s.Use = LeftOut
		}
		if s.Use == Calibrate {
			p.used = append(p.used, len(p.Statistics))
		}
		p.Statistics, p.Observed = append(p.Statistics, s), append(p.Observed, o)
	}
	switch {
	case len(p.used) == 0 && len(without) > 0:
		return nil, errors.New("no target is left to compare; leave out fewer")
	case len(p.used) == 0:
		return nil, errors.New("nothing is documented by " + h.Until.Format("2006-01-02") + "; take a later cut-off")
	}
	return p, nil
}

// calibrates checks that each name is a target that the distance uses.
func calibrates(names []string) error {
	known := Targets()
	for _, name := range names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%q is no target that calibrates; those are %s", name, strings.Join(known, " "))
		}
	}
	return nil
}

// Targets lists the targets that calibrate, in their order.
func Targets() []string {
	var out []string
	for _, s := range Statistics() {
		if s.Use == Calibrate && !slices.Contains(out, s.Target) {
			out = append(out, s.Target)
		}
	}
	return out
}

// Dims is the number of coordinates.
func (p *Problem) Dims() int { return len(p.Space.Coordinates) }

// Stats is the number of statistics in the distance.
func (p *Problem) Stats() int { return len(p.used) }

// NewSimulator returns a simulator for one worker.
func (p *Problem) NewSimulator() abc.Simulator { return p.newSimulator() }

// Target is the observed vector of the distance, on the scale of comparison.
func (p *Problem) Target() []float64 {
	return p.each(func(n int) float64 { return p.Statistics[n].Compared(p.Observed[n].Value) })
}

// Floors are the least scales of the distance.
func (p *Problem) Floors() []float64 {
	return p.each(func(n int) float64 { return p.Statistics[n].Floor })
}

func (p *Problem) weights() []float64 {
	return p.each(func(n int) float64 {
		if p.Statistics[n].Noisy {
			return 0.25
		}
		return 1
	})
}

// each is a number of each statistic of the distance.
func (p *Problem) each(of func(n int) float64) []float64 {
	out := make([]float64, len(p.used))
	for i, n := range p.used {
		out[i] = of(n)
	}
	return out
}

// canSimulate checks that some simulation from the prior defines each statistic of the distance.
func (p *Problem) canSimulate(prior abc.Sample) error {
	for i, n := range p.used {
		defined := 0
		for _, s := range prior.Stats {
			if !math.IsNaN(s[i]) {
				defined++
			}
		}
		if defined == 0 {
			return fmt.Errorf("target %s (%s) is undefined in all of %d histories simulated from the priors: the priors "+
				"cannot produce it; widen them or leave the target out", p.Statistics[n].ID, p.Statistics[n].Label,
				len(prior.Stats))
		}
	}
	return nil
}

// Inputs hashes everything that a calibration depends on but seed and size: the version of the model,
// both histories with their priors, the documented values and what is compared, not what is only shown.
func (p *Problem) Inputs() string {
	h := sha256.New()
	fmt.Fprintf(h, "model %s until %s\n", experiment.ModelVersion, p.Histories.Until.Format("2006-01-02"))
	for _, v := range p.Histories.pair() {
		plan := experiment.Plan{Scenario: v, Seed: 1, Draws: 1, Replicates: 1, BlockSize: 1}
		fmt.Fprintf(h, "history %s %016x\n", v.Name, plan.Fingerprint())
	}
	for i := range p.Space.Coordinates {
		c := &p.Space.Coordinates[i]
		d := c.Dist
		d.Text = ""
		fmt.Fprintf(h, "coordinate %s %v %d %x\n", c.Path, d, c.walk, c.share)
	}
	for i := range p.Statistics {
		s := &p.Statistics[i]
		if s.Use == Plausibility {
			continue
		}
		fmt.Fprintf(h, "statistic %s %s %d %v %v %v %x %x %x\n", s.ID, s.Use, s.Kind, s.Low, s.Noisy, s.Unridged, s.Judged,
			s.Floor, p.Observed[i].Value)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Used lists the statistics of the distance, as indices into Statistics.
func (p *Problem) Used() []int { return p.used }

func (p *Problem) targets(statistics []int) []string {
	var out []string
	for _, i := range statistics {
		if t := p.Statistics[i].Target; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
