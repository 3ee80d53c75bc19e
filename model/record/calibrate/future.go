package calibrate

import (
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// FutureDomain is for histories that go on after the cut-off.
const FutureDomain uint64 = 5 << abc.DomainBits

// Extend gives the history that goes on after the cut-off, from history h (0 the American, 1 the
// British) with a value for each slot. It may add slots, with as many values; theta must not be kept.
type Extend func(h int, rep *random.Replicate, theta []float64) (*scenario.Scenario, []float64)

// Continuation plays both histories of a particle beyond the cut-off, and keeps its memory.
type Continuation struct{ player }

// NewContinuation returns a player for one worker.
func (p *Problem) NewContinuation() *Continuation { return &Continuation{p.newPlayer()} }

// Play simulates both histories, from their starts to the end of what extend makes of them, and returns
// what they leave behind, uncensored but by the horizons; false when one had too many events.
func (c *Continuation) Play(rep random.Replicate, values []float64, extend Extend) (records [2]*Record, ok bool) {
	for h := range records {
		records[h], ok = c.play(h, rep, values, extend, func(v *scenario.Scenario, m *sim.Model) *Record {
			return newRecord(m, wests[h].state, wests[h].dialogues, v.Horizon)
		})
		if !ok {
			break
		}
	}
	return records, ok
}

// Parties are the western states of the two histories, and the state that they accuse.
func Parties() (west [2]string, east string) { return [2]string{america, britain}, china }

// OfRecord reports whether a coordinate is a number of the observation model, which decides on what
// data sets hold and on nothing in a history.
func (c *Coordinate) OfRecord() bool { return c.at == nil }
