package calibrate

import (
	"math"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// player plays one history of each pair per particle. It keeps its memory: one per worker.
type player struct {
	problem *Problem
	runners [2]sim.Runner
	thetas  [2][]float64
}

func (p *Problem) newPlayer() player {
	out := player{problem: p}
	for h, v := range p.Histories.pair() {
		out.thetas[h] = make([]float64, len(v.Slots))
	}
	return out
}

// play simulates history h, or what extend makes of it; false when it had too many events. record says
// where it is recorded.
func (p *player) play(h int, rep random.Replicate, values []float64, extend Extend,
	record func(*scenario.Scenario, *sim.Model) *Record) (*Record, bool) {
	v, theta := p.problem.Histories.pair()[h], p.thetas[h]
	p.problem.Space.Theta(h, values, &rep, theta)
	if extend != nil {
		v, theta = extend(h, &rep, theta)
	}
	arms := &sim.Arms{History: sim.Compile(v, theta, sim.History), Arms: []*sim.Model{sim.Compile(v, theta, 0)}}
	r := record(v, arms.Arms[0])
	if out := p.runners[h].Run(arms, rep, []sim.Observer{r.Observe}); out[0].Overflow {
		return nil, false
	}
	r.Close()
	return r, true
}

// Simulator plays one history of each pair per particle and reads its statistics: one per worker.
type Simulator struct {
	player
	records [2]*Record
	values  []float64
	world   World
}

func (p *Problem) newSimulator() *Simulator {
	return &Simulator{player: p.newPlayer(), values: make([]float64, p.Dims())}
}

// Play simulates both histories at standard-normal coordinates z and returns what they leave behind,
// valid until the next call; false when one had too many events.
func (s *Simulator) Play(rep random.Replicate, z []float64) (*World, bool) {
	s.problem.Space.Values(z, s.values)
	for h := range s.records {
		_, ok := s.play(h, rep, s.values, nil, func(v *scenario.Scenario, m *sim.Model) *Record {
			if s.records[h] == nil {
				until := math.Min(v.Horizon, day(v, s.problem.Histories.Until)+1)
				s.records[h] = newRecord(m, wests[h].state, wests[h].dialogues, until)
			}
			s.records[h].Reset()
			return s.records[h]
		})
		if !ok {
			return nil, false
		}
	}
	s.fill(&rep, s.values)
	return &s.world, true
}

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
		w.eurepoc[h].code(s.records[h], rep, 1, values[p.Space.observation[EuRepoC.Path]], lag, day(v, newYear(from)),
			day(v, newYear(to+1)), day(v, newYear(EuRepoC.Closed)))
	}
	v := p.Histories.American
	w.dcid.code(w.American, rep, 0, values[p.Space.observation[DCID.Path]], lag, day(v, newYear(DCID.From)),
		day(v, newYear(DCID.To+1)), day(v, newYear(DCID.Closed)))
	w.british = w.british[:0]
	for i := range w.American.Accusations {
		if a := &w.American.Accusations[i]; a.British {
			w.british = append(w.british, a.At)
		}
	}
	for h, r := range s.records {
		w.wrong[h] = r.knownWrong(rep, values[p.Space.observation[wrongPath]])
		w.covert[h] = r.knownCovert(rep, values[p.Space.observation[covertPath]])
	}
	shift := daysFrom(w.starts[0], w.starts[1])
	for i := range w.British.Accusations {
		w.british = append(w.british, w.British.Accusations[i].At+shift)
	}
}

// Simulate implements abc.Simulator: the statistics of the distance, on the scale of comparison, judged
// ones with their error.
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
