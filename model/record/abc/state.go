package abc

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc64"
	"slices"
)

// saved is everything that the next generation depends on. A state is what it is and the version of its
// format, a saved by encoding/gob, and the CRC-64/XZ of both.
type saved struct {
	Settings            []setting
	Simulations, Failed int
	Beta                float64
	Scales              []float64
	Balls               []ball
	Generations         []Generation

	Z, Stats               []float64
	Origin, Parent, Family []uint64
	Prior                  Sample
}

const stateMagic = "misstep abc state 3\n"

var stateTable = crc64.MakeTable(crc64.ECMA)

var errDamaged = errors.New("damaged, or not a state of this version: start again without it")

// setting is what a state must share with the run that resumes it, numbers to the bit.
type setting struct{ Name, Value string }

func (s *sampler) settings() []setting {
	o := &s.o
	var out []setting
	add := func(name string, value any) { out = append(out, setting{name, fmt.Sprintf("%x", value)}) }
	add("dimensions", s.dims)
	add("statistics", s.perRow)
	add("observed", s.observed)
	add("generator", int(o.Generator))
	add("seed", o.Seed)
	add("domain", o.Domain)
	add("particles", o.Particles)
	add("pilot", o.Pilot)
	add("keep", o.Keep)
	add("adapt", o.Adapt)
	add("max moves", o.MaxMoves)
	add("min acceptance", o.MinAcceptance)
	add("max simulations", o.MaxSimulations)
	add("schedule", o.Schedule)
	add("scales", o.Scales)
	add("weights", o.Weights)
	add("floor", o.Floor)
	add("coordinates", o.Coordinates)
	return out
}

func (s *sampler) state() ([]byte, error) {
	p := s.current
	b := bytes.NewBufferString(stateMagic)
	err := gob.NewEncoder(b).Encode(saved{Settings: s.settings(), Simulations: s.simulations, Failed: s.failed,
		Beta: s.beta, Scales: s.scales, Balls: s.region, Generations: s.generations, Z: p.z, Stats: p.stats, Origin: p.origin,
		Parent: p.parent, Family: p.family, Prior: s.prior})
	return binary.LittleEndian.AppendUint64(b.Bytes(), crc64.Checksum(b.Bytes(), stateTable)), err
}

func decode(state []byte) (*saved, error) {
	body, ok := bytes.CutPrefix(state, []byte(stateMagic))
	n := len(body) - 8
	if !ok || n < 0 || binary.LittleEndian.Uint64(body[n:]) != crc64.Checksum(state[:len(state)-8], stateTable) {
		return nil, errDamaged
	}
	x := &saved{}
	if err := gob.NewDecoder(bytes.NewReader(body[:n])).Decode(x); err != nil {
		return nil, errDamaged
	}
	return x, nil
}

// fits reports whether all lists have the lengths of a population, and of what it is measured in.
func (x *saved) fits(dims, perRow int) bool {
	n := len(x.Origin)
	ok := n > 0 && len(x.Z) == n*dims && len(x.Stats) == n*perRow && len(x.Parent) == n && len(x.Family) == n &&
		len(x.Scales) == perRow && len(x.Prior.Particles) == len(x.Prior.Stats)
	for _, b := range x.Balls {
		ok = ok && len(b.Scales) == perRow
	}
	for i := range x.Prior.Stats {
		ok = ok && len(x.Prior.Particles[i]) == dims && len(x.Prior.Stats[i]) == perRow
	}
	return ok
}

func (s *sampler) restore(state []byte) error {
	x, err := decode(state)
	if err != nil {
		return err
	}
	settings := s.settings()
	if len(x.Settings) != len(settings) {
		return errDamaged
	}
	for i, want := range settings {
		if x.Settings[i] != want {
			return fmt.Errorf("%s: written by a run with another value: give that one, or start again", want.Name)
		}
	}
	if !x.fits(s.dims, s.perRow) {
		return errDamaged
	}
	s.simulations, s.failed, s.beta, s.scales = x.Simulations, x.Failed, x.Beta, x.Scales
	s.generations, s.prior = x.Generations, x.Prior
	for _, b := range x.Balls {
		b.metrics = newMetric(s.observed, b.Scales, s.o.Weights)
		s.region = append(s.region, b)
	}
	s.current = &population{dims: s.dims, perRow: s.perRow, z: x.Z, stats: x.Stats, origin: x.Origin, parent: x.Parent,
		family: x.Family, distance: slices.Repeat([]float64{0}, len(x.Origin))}
	s.current.measure(s.metric())
	return nil
}
