package sim

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

var severityMedian = [4]param.ID{param.SeverityEspionage, param.SeverityPrepositioning, param.SeverityDisruption,
	param.SeverityCrime}

// streams builds one stream per onset entry and intent with a positive weight.
// The type of a source changes the mix of its intents and not their sum:
// Σ_m r_m θ_m = Σ_m r_m.
func (c *compiler) streams() {
	m := c.m
	for _, o := range c.v.Onset {
		weights, total := c.mix(o)
		if total == 0 {
			continue
		}
		e := o.Entity()
		share, shown := c.at(param.DiscoveryShare, e), c.at(param.DisclosureShare, e)
		rate := c.num(o.Rate) / param.DaysPerYear
		if o.Counted == "known" {
			rate /= share * shown
		}
		src := c.index[o.Source]
		factor := c.typeFactors(src, weights, total)
		for intent, w := range weights {
			if w <= 0 {
				continue
			}
			im := scenario.Intent(intent)
			base := rate * w / total
			st := stream{
				source: src, victim: c.index[o.Victim], intent: im, arrivals: o.Arrivals,
				hash:     random.NameHash(o.Source + " > " + o.Victim + " : " + im.String()),
				rate:     [2]float64{base * factor[0][intent], base * factor[1][intent]},
				severity: elem.Log(c.global(severityMedian[intent])), severitySpread: c.global(param.SeveritySpread),
				discovered: share,
				disclosed:  shown,
				disclosure: lognormal{elem.Log(c.at(param.DisclosureDelay, e)), c.at(param.DisclosureSpread, e)},
				clock:      clock{int32(c.at(param.EvidenceBurst, e)), c.at(param.EvidenceBurstGap, e)},
			}
			st.arrivalKey = random.Stream(st.hash, random.Arrival)
			st.delay = c.delay(im, e)
			if m.sources[src].state {
				st.contagion, st.deter = m.states[src].contagion, m.states[src].deter
			}
			m.streams = append(m.streams, st)
		}
	}
	c.indexStreams()
}

func (c *compiler) mix(o scenario.Onset) (weights [4]float64, total float64) {
	for i, n := range o.Mix {
		weights[i] = c.numOr(n, 0)
		total += weights[i]
	}
	return weights, total
}

// typeFactors returns the factors on each intent by type: θ on hostile intents,
// and on the others what keeps the sum; a hostile share that θ would lift above
// one is held at one.
func (c *compiler) typeFactors(src int32, weights [4]float64, total float64) [2][4]float64 {
	out := [2][4]float64{{1, 1, 1, 1}, {1, 1, 1, 1}}
	if !c.m.sources[src].state {
		return out
	}
	e := c.entity(src)
	hostile := (weights[scenario.Prepositioning] + weights[scenario.Disruption]) / total
	if hostile == 0 || hostile == 1 {
		return out
	}
	for t, id := range [2]param.ID{param.TypeHostileS, param.TypeHostileE} {
		theta := math.Min(c.at(id, e), 1/hostile)
		rest := (1 - float64(theta*hostile)) / (1 - hostile)
		out[t] = [4]float64{rest, theta, theta, rest}
	}
	return out
}

// stealthy reports whether operations with the intent hide.
func stealthy(im scenario.Intent) bool { return im != scenario.Disruption && im != scenario.Crime }

func (c *compiler) delay(im scenario.Intent, e string) lognormal {
	if !stealthy(im) {
		return lognormal{elem.Log(c.at(param.DiscoveryOvert, e)), c.at(param.DiscoveryOvertSpread, e)}
	}
	return lognormal{elem.Log(c.at(param.DiscoveryStealthy, e)), c.at(param.DiscoveryStealthySpread, e)}
}

// indexStreams lets a change between two states find the streams that it moves.
func (c *compiler) indexStreams() {
	m := c.m
	for i := range m.states {
		m.states[i].streamsBy = make([][]int32, len(m.states))
	}
	for id, s := range m.streams {
		if m.sources[s.source].state {
			by := m.states[s.source].streamsBy
			by[s.victim] = append(by[s.victim], int32(id))
		}
	}
	for i := range m.states {
		for j := range m.states {
			if i != j && (m.MaySuspect(i, j) || m.MaySuspect(j, i)) {
				m.states[i].contacts = append(m.states[i].contacts, int32(j))
			}
		}
	}
}
