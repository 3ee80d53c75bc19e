package sim

import (
	"math"
	"sort"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// backlogTail is the share of discovery delays that may reach back beyond the
// first onset: the backlog of incidents is complete but for it.
const backlogTail = 0.02

// Compile turns one arm of a valid scenario at the parameter vector theta (one
// value per slot) into a model. It cannot fail.
func Compile(v *scenario.Scenario, theta []float64, arm int) *Model {
	return (&compiler{v: v, theta: theta, m: &Model{}}).compile(arm)
}

// Arm compiles another arm at the parameters of the model, and shares what is the same in all: all but the levers.
func (m *Model) Arm(v *scenario.Scenario, theta []float64, arm int) *Model {
	return (&compiler{v: v, theta: theta, m: &Model{}}).as(m, arm)
}

// as compiles an arm at the parameters of a model.
func (c *compiler) as(m *Model, arm int) *Model {
	*c.m, c.index = *m, map[string]int32{}
	c.m.channels, c.m.forum, c.m.notifies, c.m.summits, c.m.triggers = nil, nil, false, nil, nil
	for i := range m.sources {
		c.index[m.sources[i].name] = int32(i)
	}
	c.levers(arm)
	return c.m
}

// Reads marks the numbers that models are made of, one entry per slot: those of all arms and of the shared
// past. The others have no say, as a number for everyone where each has one of its own.
func Reads(v *scenario.Scenario, theta []float64) []bool {
	read := make([]bool, len(theta))
	for arm := range v.Arms {
		(&compiler{v: v, theta: theta, m: &Model{}, read: read}).compile(arm)
	}
	(&compiler{v: v, theta: theta, m: &Model{}, read: read}).compile(History)
	return read
}

func (c *compiler) compile(arm int) *Model {
	c.method()
	c.sources()
	c.actors()
	c.streams()
	c.sensors()
	c.pairs()
	c.politics()
	c.scheduled()
	c.levers(arm)
	c.reactions()
	c.backlog()
	return c.m
}

type compiler struct {
	v      *scenario.Scenario
	theta  []float64
	m      *Model
	index  map[string]int32 // sources by name
	read   []bool           // numbers that were used; nil where nobody asks
	acting bool             // what is read of closed channels is left out of read
}

func (c *compiler) num(n scenario.Num) float64 {
	if c.read != nil {
		c.read[n] = true
	}
	return c.theta[n]
}

func (c *compiler) numOr(n scenario.Num, otherwise float64) float64 {
	if n < 0 {
		return otherwise
	}
	return c.num(n)
}

func (c *compiler) global(id param.ID) float64 { return c.num(c.v.Param(id, "")) }

func (c *compiler) at(id param.ID, entity string) float64 { return c.num(c.v.Param(id, entity)) }

func (c *compiler) method() {
	m, v := c.m, c.v
	scale, err := ladder.Named(v.Scale)
	if err != nil {
		panic("sim: a valid scenario names a shipped scale: " + err.Error())
	}
	m.scale = scale
	m.rule = decide.Named(v.Model.Rule)
	m.horizon, m.acts = v.Horizon, -v.Model.Backlog
	m.method = method{
		gumbel:          v.Model.Coupling == "gumbel",
		rawSeverity:     v.Model.Severity == "raw",
		strategic:       v.Model.Answers == "strategic",
		once:            v.Model.Decisions == "once",
		retraction:      v.Model.Retraction,
		pieceTimes:      v.Model.PieceTimes,
		firstSignalOnly: v.Model.PieceSignal == "first",
		waitsFrom:       v.Model.WaitsFrom,
		quiet:           v.Model.Quiet,
		maxEvents:       v.Model.MaxEvents,
	}
	m.maxMoves = int(c.global(param.ReplyMaxMoves))
	m.memory = math.Ln2 / c.global(param.OnsetDeterrenceHalflife)
	m.reprisal = c.global(param.CoalitionBoost)
	m.tension = tensionRates{
		decay:      math.Ln2 / c.global(param.TensionHalflife),
		private:    c.global(param.TensionPrivate),
		disclosure: c.global(param.TensionDisclosure),
	}
	m.belief = beliefRates{
		longRun:   elem.Logit(c.global(param.BeliefLongRun)),
		reversion: c.global(param.BeliefReversion) / param.DaysPerYear,
		limit:     c.global(param.BeliefLimit),
	}
}

// sources lists states, then groups; both come sorted by name.
func (c *compiler) sources() {
	c.index = map[string]int32{}
	add := func(name string, isState bool) {
		c.index[name] = int32(len(c.m.sources))
		c.m.sources = append(c.m.sources, source{name: name, hash: random.NameHash(name), state: isState})
	}
	for _, s := range c.v.States {
		add(s.Name, true)
	}
	for _, g := range c.v.Groups {
		add(g.Name, false)
	}
}

// entity is the path under which a source's own parameters are found.
func (c *compiler) entity(source int32) string {
	s := c.m.sources[source]
	if s.state {
		return "states." + s.name
	}
	return "groups." + s.name
}

func (c *compiler) pairs() {
	m := c.m
	n := len(m.states)
	m.pairs = make([]pair, n*n)
	for i := range m.pairs {
		m.pairs[i] = pair{tension: c.global(param.TensionInitial), trust: elem.Logit(c.global(param.BeliefInitial))}
	}
	for _, b := range c.v.Beliefs {
		p := &m.pairs[int(c.index[b.State])*n+int(c.index[b.About])]
		p.tension = c.numOr(b.Tension, p.tension)
		if b.StatusQuo >= 0 {
			p.trust = elem.Logit(c.num(b.StatusQuo))
		}
	}
	for i := range m.pairs {
		m.pairs[i].trust = math.Max(-m.belief.limit, math.Min(m.belief.limit, m.pairs[i].trust))
	}
}

func (c *compiler) politics() {
	m := c.m
	for _, p := range c.v.Prices {
		s := c.index[p.State]
		m.policies = append(m.policies, policy{state: s, at: p.From, price: c.num(p.Price) * m.states[s].unit})
	}
	sort.SliceStable(m.policies, func(i, j int) bool { return m.policies[i].at < m.policies[j].at })
	for _, t := range c.v.Thaws {
		m.thaws = append(m.thaws,
			thaw{a: c.index[t.Between[0]], b: c.index[t.Between[1]], from: t.From, until: t.Until, level: c.num(t.Level)})
	}
	for _, s := range c.v.Shocks {
		m.shocks = append(m.shocks, shock{name: s.Name, hash: random.NameHash("shock " + s.Name),
			a: c.index[s.Between[0]], b: c.index[s.Between[1]], at: s.At, tension: c.num(s.Tension), breaks: c.num(s.Breaks)})
	}
	for _, s := range c.v.Randoms {
		m.shocks = append(m.shocks, shock{name: s.Name, hash: random.NameHash("shock " + s.Name),
			a: c.index[s.Between[0]], b: c.index[s.Between[1]], rate: c.num(s.Rate) / param.DaysPerYear,
			at: math.NaN(), tension: c.num(s.Tension), breaks: c.num(s.Breaks)})
	}
}

func (c *compiler) scheduled() {
	m := c.m
	for _, s := range c.v.Incidents {
		in := scheduled{name: s.Name, hash: random.NameHash("incident " + s.Name), victim: c.index[s.Victim], at: s.At,
			severity: c.numOr(s.Severity, -1), discovered: c.numOr(s.Discovered, -1), disclosed: c.numOr(s.Disclosed, -1),
			burst: c.numOr(s.Burst, -1), burstGap: c.numOr(s.BurstGap, -1)}
		for id, st := range m.streams {
			if st.victim == in.victim && s.May(m.sources[st.source].name, st.intent) {
				in.streams = append(in.streams, int32(id))
			}
		}
		m.incidents = append(m.incidents, in)
	}
}

// backlog sets the first onset of every stream: early enough that only the share
// backlogTail of its discovery delays would reach back beyond it. One stream's
// delays say nothing about another's, so neither moves the other's arrivals.
func (c *compiler) backlog() {
	m := c.m
	z := elem.NormalQuantile(1 - backlogTail)
	for i := range m.streams {
		s := &m.streams[i]
		s.first = m.acts - s.delay.at(z)
	}
}
