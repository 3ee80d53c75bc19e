package sim

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// beliefCap keeps a believed probability away from 0 and 1: a product of a true
// probability and a doubt about it.
const beliefCap = 0.999

// sensors builds, for every victim, the cells of its posterior and the tables of
// likelihoods, so that a piece of evidence costs a few multiplications.
func (c *compiler) sensors() {
	for v := range c.m.states {
		c.sensor(int32(v))
	}
}

func (c *compiler) sensor(v int32) {
	st := &c.m.states[v]
	e := "states." + st.name
	s := &st.sensor
	s.gap, s.caseMean = c.at(param.EvidenceGap, e), c.at(param.EvidenceCase, e)
	s.signal, s.alarm = c.at(param.EvidenceSignal, e), c.at(param.EvidenceFalseAlarm, e)
	s.believedSignal = believed(s.signal, c.at(param.EvidenceSignalBelief, e))
	s.believedAlarm = believed(s.alarm, c.at(param.EvidenceFalseAlarmBelief, e))
	s.confidence, s.noise = c.at(param.EvidenceConfidence, e), c.at(param.EvidenceSeverityNoise, e)
	c.suspects(v, s)
	if len(s.cells) == 0 {
		return
	}
	c.priors(s)
	c.rows(v, s)
	c.flags(s)
	c.likelihoods(s)
	s.look = (len(s.rivals)*len(s.cells) + len(s.hypotheses)) / workUnit
}

// believed scales a probability by a factor of doubt; a factor of 1 is exact.
func believed(p, factor float64) float64 {
	if factor == 1 {
		return p
	}
	return math.Min(p*factor, beliefCap)
}

// suspects collects the victim's streams as cells and their sources as suspects.
func (c *compiler) suspects(v int32, s *sensor) {
	s.suspectOf = make([]int16, len(c.m.sources))
	for i := range s.suspectOf {
		s.suspectOf[i] = -1
	}
	var toward []int32
	for id := range c.m.streams {
		if c.m.streams[id].victim == v {
			toward = append(toward, int32(id))
		}
	}
	for src := range c.m.sources {
		for _, id := range toward {
			if int(c.m.streams[id].source) != src {
				continue
			}
			if s.suspectOf[src] < 0 {
				s.suspectOf[src] = int16(len(s.suspects))
				s.suspects = append(s.suspects, int32(src))
				s.firstCell = append(s.firstCell, int32(len(s.cells)))
				if c.m.sources[src].state {
					s.rivals = append(s.rivals, int32(src))
				}
			}
			s.cells = append(s.cells, id)
			s.cellSuspect = append(s.cellSuspect, s.suspectOf[src])
			s.cellIntent = append(s.cellIntent, c.m.streams[id].intent)
		}
	}
	s.firstCell = append(s.firstCell, int32(len(s.cells)))
}

// priors sets the share of each suspect among discovered incidents, at even odds
// of its type, and the mix of its intents given the type; all alike where no
// rate says more.
func (c *compiler) priors(s *sensor) {
	s.share = make([]float64, len(s.suspects))
	s.mix = make([][2]float64, len(s.cells))
	sums, cells := make([][2]float64, len(s.suspects)), make([]int, len(s.suspects))
	total := 0.0
	for i, id := range s.cells {
		st := &c.m.streams[id]
		k := s.cellSuspect[i]
		cells[k]++
		for t := range st.rate {
			sums[k][t] += float64(st.rate[t] * st.discovered)
		}
	}
	for k := range sums {
		s.share[k] = (sums[k][0] + sums[k][1]) / 2
		total += s.share[k]
	}
	for k := range s.share {
		if total > 0 {
			s.share[k] /= total
		} else {
			s.share[k] = 1 / float64(len(s.share))
		}
	}
	for i, id := range s.cells {
		st := &c.m.streams[id]
		for t := range st.rate {
			if sum := sums[s.cellSuspect[i]][t]; sum > 0 {
				s.mix[i][t] = st.rate[t] * st.discovered / sum
			} else {
				s.mix[i][t] = 1 / float64(cells[s.cellSuspect[i]])
			}
		}
	}
}

// rows sets P(indicated | culprit) without a flag: the explicit confusion matrix
// of the state, else skill on the diagonal and the rest spread evenly.
func (c *compiler) rows(v int32, s *sensor) {
	skill := c.at(param.EvidenceSkill, "states."+c.m.states[v].name)
	n := len(s.suspects)
	s.row = make([][]float64, n)
	for k, src := range s.suspects {
		row := make([]float64, n)
		explicit := c.v.States[v].Confusion[c.m.sources[src].name]
		switch {
		case explicit != nil:
			for _, share := range explicit {
				row[s.suspectOf[c.index[share.Name]]] = c.num(share.Value)
			}
		case n == 1:
			row[0] = 1
		default:
			for j := range row {
				row[j] = (1 - skill) / float64(n-1)
			}
			row[k] = skill
		}
		s.row[k] = row
	}
}

// flags sets who can fly a false flag, at which rate, and whom it can frame.
// Groups do; states only where their scenario sets the rate.
func (c *compiler) flags(s *sensor) {
	s.flags = make([]flagModel, len(s.suspects))
	for k, src := range s.suspects {
		e := c.entity(src)
		if c.m.sources[src].state && c.v.Param(param.EvidenceFlagRate, e) == c.v.Param(param.EvidenceFlagRate, "") {
			continue
		}
		f := flagModel{rate: c.at(param.EvidenceFlagRate, e), hit: c.at(param.EvidenceFlagHit, e)}
		for _, name := range c.frames(src, s) {
			if at := s.suspectOf[c.index[name]]; at >= 0 && int(at) != k {
				f.frames = append(f.frames, at)
			}
		}
		if len(f.frames) == 0 {
			f.rate = 0
		}
		s.flags[k] = f
	}
}

// frames names the states that a source's flags point at: those its group lists,
// or every rival of the victim when a state flies the flag.
func (c *compiler) frames(src int32, s *sensor) []string {
	if c.m.sources[src].state {
		var out []string
		for _, r := range s.rivals {
			out = append(out, c.m.sources[r].name)
		}
		return out
	}
	return c.v.Groups[int(src)-len(c.v.States)].Frames
}

// likelihoods tabulates what the receiver multiplies by (blended over flags, to
// the power of its confidence) and what the ideal observer does (flag by flag).
func (c *compiler) likelihoods(s *sensor) {
	n := len(s.suspects)
	s.weight = make([][]float64, n)
	flagged := make([][][]float64, n)
	for k := range s.suspects {
		f := &s.flags[k]
		blend := make([]float64, n)
		for d, p := range s.row[k] {
			blend[d] = (1 - f.rate) * p
		}
		for _, frame := range f.frames {
			row := make([]float64, n)
			for d, p := range s.row[k] {
				row[d] = float64((1 - f.hit) * p)
				if d == int(frame) {
					row[d] += f.hit
				}
				blend[d] += float64(f.rate / float64(len(f.frames)) * row[d])
			}
			flagged[k] = append(flagged[k], row)
		}
		for d := range blend {
			blend[d] = power(blend[d], s.confidence)
		}
		s.weight[k] = blend
	}
	for i := range s.cells {
		k := s.cellSuspect[i]
		f := &s.flags[k]
		s.byCell = append(s.byCell, int32(len(s.hypotheses)))
		s.hypotheses = append(s.hypotheses, hypothesis{cell: int16(i), prior: 1 - f.rate, row: s.row[k]})
		for _, row := range flagged[k] {
			s.hypotheses = append(s.hypotheses, hypothesis{cell: int16(i), prior: f.rate / float64(len(f.frames)), row: row})
		}
	}
	for m := range s.signalWeight {
		p := s.believedAlarm
		if scenario.Intent(m).Hostile() {
			p = s.believedSignal
		}
		s.signalWeight[m] = [2]float64{power(1-p, s.confidence), power(p, s.confidence)}
	}
	c.factors(s)
}

// factors lays the likelihoods of every indication and signal side by side.
func (c *compiler) factors(s *sensor) {
	for d := range s.suspects {
		var f factors
		for i := range s.cells {
			f.cells = append(f.cells, s.weight[s.cellSuspect[i]][d])
		}
		for h := range s.hypotheses {
			f.hypotheses = append(f.hypotheses, s.hypotheses[h].row[d])
		}
		s.indication = append(s.indication, f)
	}
	for signal := range s.intent {
		f := &s.intent[signal]
		for _, id := range s.cells {
			f.cells = append(f.cells, s.signalWeight[c.m.streams[id].intent][signal])
		}
		for h := range s.hypotheses {
			intent := c.m.streams[s.cells[s.hypotheses[h].cell]].intent
			f.hypotheses = append(f.hypotheses, signalOdds(intent, signal, s.signal, s.alarm, 1, 1))
		}
	}
}

// power is x^ω, exact at ω = 1.
func power(x, omega float64) float64 {
	if omega == 1 {
		return x
	}
	return elem.Pow(x, omega)
}
