package calibrate

import (
	"math"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// Simulator plays one history of each pair per particle and reads its statistics.
// It keeps its memory: one per worker.
type Simulator struct {
	problem *Problem
	runners [2]sim.Runner
	records [2]*Record
	thetas  [2][]float64
	values  []float64
	world   World
	watch   [2][]sim.Observer
}

// Play simulates both histories at standard-normal coordinates z and returns what
// they leave behind, valid until the next call; false when a history had too many
// events.
func (s *Simulator) Play(rep random.Replicate, z []float64) (*World, bool) {
	s.problem.Space.Values(z, s.values)
	return s.at(rep, s.values)
}

// at plays the histories at given values of the coordinates.
func (s *Simulator) at(rep random.Replicate, values []float64) (*World, bool) {
	p := s.problem
	for h, v := range p.Histories.pair() {
		theta := s.thetas[h]
		p.Space.Theta(h, values, &rep, theta)
		arms := &sim.Arms{History: sim.Compile(v, theta, sim.History), Arms: []*sim.Model{sim.Compile(v, theta, 0)}}
		if s.records[h] == nil {
			s.open(h, v, arms.Arms[0])
		}
		s.records[h].Reset()
		out := s.runners[h].Run(arms, rep, s.watch[h])
		if out[0].Overflow {
			return nil, false
		}
		s.records[h].Close()
	}
	s.fill(&rep, values)
	return &s.world, true
}

// open makes the record of a history.
func (s *Simulator) open(h int, v *scenario.Scenario, m *sim.Model) {
	until := math.Min(v.Horizon, day(v, s.problem.Histories.Until)+1)
	s.records[h] = newRecord(m, wests[h].state, wests[h].dialogues, until)
	s.watch[h] = []sim.Observer{s.records[h].Observe}
}

// fill lets the data sets code what became public.
func (s *Simulator) fill(rep *random.Replicate, values []float64) {
	w, p := &s.world, s.problem
	w.American, w.British = s.records[0], s.records[1]
	lag := values[p.Space.observation[lagPath]]
	for h, v := range p.Histories.pair() {
		w.starts[h] = v.Start
		from := EuRepoC.From
		to := EuRepoC.To
		if h == 1 {
			from, to = 2016, 2024 // T2
		}
		w.eurepoc[h].code(s.records[h], rep, 1, values[p.Space.observation[EuRepoC.Path]], lag,
			day(v, newYear(from)), day(v, newYear(to+1)), day(v, newYear(EuRepoC.Closed)))
	}
	v := p.Histories.American
	w.dcid.code(w.American, rep, 0, values[p.Space.observation[DCID.Path]], lag,
		day(v, newYear(DCID.From)), day(v, newYear(DCID.To+1)), day(v, newYear(DCID.Closed)))
	w.british = w.british[:0]
	for i := range w.American.Accusations {
		if a := &w.American.Accusations[i]; British(a, rep) {
			w.british = append(w.british, a.At)
		}
	}
	shift := w.starts[1].Sub(w.starts[0]).Hours() / 24
	for i := range w.British.Accusations {
		w.british = append(w.british, w.British.Accusations[i].At+shift)
	}
}

// Simulate implements abc.Simulator: the statistics of the distance, on the scale
// of comparison, those that rest on a judgement with its error added.
func (s *Simulator) Simulate(rep random.Replicate, z, stats []float64) bool {
	w, ok := s.Play(rep, z)
	if !ok {
		return false
	}
	for i, n := range s.problem.used {
		stats[i] = s.problem.Statistics[n].compare(w, &rep)
	}
	return true
}

// compare is the simulated value on the scale of comparison.
func (s *Statistic) compare(w *World, rep *random.Replicate) float64 {
	v := s.simulated(w)
	if math.IsNaN(v) {
		return v
	}
	y := s.Compared(v)
	if s.Judged > 0 {
		y += float64(s.Judged * rep.Normal(random.Stream(random.NameHash(s.ID), random.Recording), 0))
	}
	if s.Low {
		y = math.Min(y, s.bound)
	}
	return y
}
