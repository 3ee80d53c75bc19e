package peers

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// Means are the expected outcomes of a replicate in one arm.
type Means struct{ Incidents, Steps, Missteps, Replies float64 }

// Exact returns the means without and with the forum, by summing over what can happen in a case: who did
// it, how severe it is (quadrature), every sequence of up to depth indications, every answer, and the
// intervals of the uniform number on which the rungs hang. Longer sequences would add less than the last
// indication did, since half of the cases end before each: that comes back, as a share of the steps. At most
// 15 indications.
func Exact(p Parameters, depth int) (without, with Means, rest float64) {
	without, last := exact(p, 0, depth)
	with, _ = exact(p, p.of("asked"), depth)
	return without, with, last / without.Steps
}

// step is that of the quadrature over the standard normal number behind the severity.
const step = 0.125

func exact(p Parameters, asked float64, depth int) (means Means, last float64) {
	e := newEnumeration(p, asked, depth)
	total := p["rate"][0] + p["rate"][1] + p["rate"][2]
	var start node
	for r := range start.below {
		start.below[r] = 1
	}
	for z := -5.0; z <= 5; z += step {
		e.severity(math.Min(10, elem.Exp(p["severity"][0]+float64(p["severity"][1]*z))))
		for c, r := range p["rate"] {
			start.prior[c] = r / total
			start.weight[c] = start.prior[c] * elem.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * step
		}
		e.piece(&start)
	}
	n := total * p.of("discovered") * (p.found(p.of("horizon")-p.of("first")) - p.found(-p.of("first")))
	return Means{n, n * e.mean.Steps, n * e.mean.Missteps, n * e.mean.Replies}, n * e.last
}

// found is the integral of the distribution function of the delay to discovery from 0 to x.
func (p Parameters) found(x float64) float64 {
	mu, sigma := p["delay"][0], p["delay"][1]
	z := (elem.Log(x) - mu) / sigma
	return float64(x*elem.NormalCDF(z)) - float64(elem.Exp(mu+float64(sigma*sigma/2))*elem.NormalCDF(z-sigma))
}

// shares are P(rung < r), by r.
type shares [ladder.Rungs + 1]float64

// enumeration walks the sequences of evidence of one case.
type enumeration struct {
	p           Parameters
	asked, more float64 // P(the question is put), P(one more piece)
	likely      [2]float64
	depth       int
	desired     float64
	replies     [ladder.Rungs]float64 // P(a reply at R3 or above), by rung of the step
	truth       [2]float64            // P(rung < R3) where the target is known to be innocent, or guilty
	known       [4 * 4096]*shares     // by what was seen
	mean        Means                 // of a case
	last        float64               // steps at the last depth
}

func newEnumeration(p Parameters, asked float64, depth int) *enumeration {
	skill := p.of("skill")
	e := &enumeration{p: p, asked: asked, depth: depth, more: p.of("case") / (p.of("case") + p.of("gap")),
		likely: [2]float64{(1 - skill) / 2, skill}}
	for r := range e.replies {
		e.replies[r] = 1 - e.cumulative(e.answers(r))[ladder.Public]
	}
	return e
}

// severity sets that of the case.
func (e *enumeration) severity(s float64) {
	e.desired = e.p.desired(s)
	clear(e.known[:])
	for guilty := range e.truth {
		e.truth[guilty] = e.cumulative(e.p.utilities(float64(guilty), e.desired))[ladder.Public]
	}
}

// node is a sequence of evidence.
type node struct {
	pieces, key   int
	prior, weight [3]float64 // posterior weight and probability, by culprit
	below         shares     // by rung: the uniform numbers that have not reached it
}

// piece adds one piece of evidence, and lets the case decide on it.
func (e *enumeration) piece(at *node) {
	for d := range at.weight {
		next := *at
		next.pieces++
		next.key += [...]int{1, 16, 256}[d]
		for c := range next.weight {
			next.learn(c, e.likely[one(c == d)], 1)
		}
		if next.pieces == 1 && e.p["member"][target(&next.prior)] > 0 && e.asked > 0 {
			e.answer(&next)
			scale(&next.weight, 1-e.asked)
		}
		e.decide(&next)
	}
}

// learn multiplies a culprit's weights by the likelihood of what was seen, and by the chance of looking.
func (n *node) learn(culprit int, like, chance float64) {
	n.prior[culprit] *= like
	n.weight[culprit] *= like * chance
}

// answer branches on what the accused says when asked.
func (e *enumeration) answer(at *node) {
	odds := [2][]float64{e.p["innocent"], e.p["guilty"]}
	who := target(&at.prior)
	for a := range odds[0] {
		next := *at
		next.key += 4096 * (a + 1)
		for c := range next.weight {
			next.learn(c, odds[one(c == who)][a], e.asked)
		}
		e.decide(&next)
	}
}

// decide adds the steps that a node brings, and goes on to the next piece.
func (e *enumeration) decide(at *node) {
	who := target(&at.prior)
	c := e.known[at.key]
	if c == nil {
		belief := at.prior[who] / (at.prior[0] + at.prior[1] + at.prior[2])
		c = e.cumulative(e.p.utilities(belief, e.desired))
		e.known[at.key] = c
	}
	guilty := at.weight[who]
	innocent := at.weight[0] + at.weight[1] + at.weight[2] - guilty
	steps := 0.0
	for r := ladder.Public; r < ladder.Rungs; r++ {
		if share := min(c[r+1], at.below[r]) - c[r]; share > 0 {
			steps += share * (guilty + innocent)
			e.mean.Replies += share * (guilty + innocent) * e.replies[r]
		}
	}
	e.mean.Steps += steps
	e.mean.Missteps += innocent*max(0, min(at.below[ladder.Public], e.truth[0])-c[ladder.Public]) +
		guilty*max(0, min(at.below[ladder.Public], e.truth[1])-c[ladder.Public])
	if at.pieces == e.depth {
		e.last += steps
		return
	}
	for r := range c {
		at.below[r] = min(at.below[r], c[r])
	}
	scale(&at.weight, e.more)
	e.piece(at)
}

// target is the state that is suspected most; the third source is no state.
func target(prior *[3]float64) int {
	if prior[1] > prior[0] {
		return 1
	}
	return 0
}

func one(x bool) int {
	if x {
		return 1
	}
	return 0
}

func scale(x *[3]float64, by float64) {
	for i := range x {
		x[i] *= by
	}
}

// answers scores the rungs of a reply to a step.
func (e *enumeration) answers(step int) (u [ladder.Rungs]float64) {
	wanted := e.p.of("ratio") * e.p["level"][step]
	for r := range u {
		u[r] = e.p["answer"][r] - float64(e.p.of("goal")*math.Abs(e.p["level"][r]-wanted))
	}
	return u
}

// cumulative returns P(rung < r) of a logit.
func (e *enumeration) cumulative(u [ladder.Rungs]float64) *shares {
	var c shares
	best := math.Inf(-1)
	for _, x := range u {
		best = math.Max(best, x)
	}
	for r, x := range u {
		c[r+1] = c[r] + elem.Exp(e.p.of("rationality")*(x-best))
	}
	total := c[ladder.Rungs]
	for r := range c {
		c[r] /= total
	}
	return &c
}
