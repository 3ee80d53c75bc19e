package calibrate

import (
	"errors"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// FutureDomain is for histories that go on after the cut-off.
const FutureDomain uint64 = 5 << abc.DomainBits

// Keep drops the statistics that do not qualify, from the distance and from what is
// predicted. It fails if nothing is left in the distance.
func (p *Problem) Keep(qualifies func(*Statistic) bool) error {
	inDistance := map[int]bool{}
	for _, n := range p.used {
		inDistance[n] = true
	}
	var statistics []Statistic
	var observed []Observation
	var used []int
	for n := range p.Statistics {
		if !qualifies(&p.Statistics[n]) {
			continue
		}
		if inDistance[n] {
			used = append(used, len(statistics))
		}
		statistics, observed = append(statistics, p.Statistics[n]), append(observed, p.Observed[n])
	}
	if len(used) == 0 {
		return errors.New("no statistic is left to compare by " + p.Histories.Until.Format("2006-01-02") +
			"; take a later cut-off")
	}
	p.Statistics, p.Observed, p.used = statistics, observed, used
	return nil
}

// Extend gives the history that goes on after the cut-off: from history h (0 the
// American, 1 the British) with one value for each of its slots. What it returns may
// have more slots, with as many values; theta itself must not be kept.
type Extend func(h int, rep *random.Replicate, theta []float64) (*scenario.Scenario, []float64)

// Continuation plays both histories of a particle beyond the cut-off. It keeps its
// memory: one per worker.
type Continuation struct {
	problem *Problem
	runners [2]sim.Runner
	thetas  [2][]float64
}

// NewContinuation returns a player for one worker.
func (p *Problem) NewContinuation() *Continuation {
	c := &Continuation{problem: p}
	for h, v := range p.Histories.pair() {
		c.thetas[h] = make([]float64, len(v.Slots))
	}
	return c
}

// Play simulates both histories, from their starts to the end of what extend makes of
// them, at values of the coordinates. It returns what they leave behind; false when
// one had too many events. Nothing is censored but by the horizons.
func (c *Continuation) Play(rep random.Replicate, values []float64, extend Extend) ([2]*Record, bool) {
	var records [2]*Record
	for h := range c.thetas {
		c.problem.Space.Theta(h, values, &rep, c.thetas[h])
		v, theta := extend(h, &rep, c.thetas[h])
		arms := &sim.Arms{History: sim.Compile(v, theta, sim.History), Arms: []*sim.Model{sim.Compile(v, theta, 0)}}
		r := newRecord(arms.Arms[0], wests[h].state, wests[h].dialogues, v.Horizon)
		if out := c.runners[h].Run(arms, rep, []sim.Observer{r.Observe}); out[0].Overflow {
			return records, false
		}
		r.Close()
		records[h] = r
	}
	return records, true
}

// Parties are the western states of the two histories, and the state that they accuse.
func Parties() (west [2]string, east string) { return [2]string{america, britain}, china }

// OfRecord reports whether a coordinate is a number of the observation model: it
// decides on what data sets hold, and on nothing in a history.
func (c *Coordinate) OfRecord() bool { return c.at == nil }
