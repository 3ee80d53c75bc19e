package patterns

import (
	"context"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// Result is what a check found.
type Result struct {
	Scenario     string        `json:"scenario"`
	Title        string        `json:"title"`
	Seed         uint64        `json:"seed"`
	Draws        int           `json:"draws"`
	Replicates   int           `json:"replicates"` // per draw
	Expectations []Expectation `json:"expectations"`
	Patterns     []Pattern     `json:"patterns"`
	Baseline     string        `json:"baseline"`  // the arm of patterns that name the baseline
	Treatment    string        `json:"treatment"` // the arm of those that name the treatment
}

// Misses counts the expectations that are missed and not known to be.
func (r *Result) Misses() int {
	n := 0
	for i := range r.Expectations {
		if r.Expectations[i].Verdict == Miss {
			n++
		}
	}
	return n
}

// Verdict is how an expectation or a pattern came out.
type Verdict string

// The verdicts.
const (
	Pass      Verdict = "pass"
	Miss      Verdict = "miss"
	KnownMiss Verdict = "known miss"    // missed, with a reason that the scenario accepts
	Surprise  Verdict = "passes anyway" // a known miss that does not miss
	NotHere   Verdict = "not here"      // the scenario has nothing to compute it from
)

// Run plays the plan and evaluates its scenario's expectations and the patterns.
func Run(ctx context.Context, p experiment.Plan, patterns []Threshold, workers int,
	progress experiment.Progress) (*Result, error) {
	s := newSetup(&p)
	total := newSums(s, p.Draws)
	done, all := 0, p.Draws*p.Replicates
	err := experiment.Fold(ctx, &p, p.Blocks(0, p.Replicates), workers, func() *visitor { return newVisitor(s) },
		func(b experiment.Block, v *visitor) {
			total.merge(b.Draw, v.sums)
			done += b.To - b.From
			if progress != nil {
				progress(done, all)
			}
		})
	if err != nil {
		return nil, err
	}
	r := &Result{Scenario: p.Scenario.Name, Title: p.Scenario.Title, Seed: p.Seed, Draws: p.Draws,
		Replicates: p.Replicates, Expectations: []Expectation{}, Patterns: []Pattern{},
		Baseline: p.Scenario.Arms[s.roles[baseline]].Name, Treatment: p.Scenario.Arms[s.roles[treatment]].Name}
	for i := range s.stats {
		r.Expectations = append(r.Expectations, judge(&p.Scenario.Expect[i], s.stats[i].arm, &total.tallies[i]))
	}
	for _, t := range patterns {
		r.Patterns = append(r.Patterns, t.judge(total))
	}
	return r, nil
}

// setup is what all workers share: the scenario's names as the engine's indices.
type setup struct {
	plan     *experiment.Plan
	valid    *scenario.Scenario
	stats    []statistic
	roles    [numRoles]int // arms of the headline
	observed []bool
	forum    []bool // channels that the patterns are about
}

// The roles of arms that a pattern may name.
const (
	baseline = iota
	treatment
	numRoles
)

func newSetup(p *experiment.Plan) *setup {
	v := p.Scenario
	s := &setup{plan: p, valid: v, observed: make([]bool, len(v.Arms))}
	s.roles[baseline] = max(0, p.Arm(v.Headline.Baseline))
	if s.roles[treatment] = p.Arm(v.Headline.Treatment); s.roles[treatment] < 0 {
		s.roles[treatment] = mostChannels(v, s.roles[baseline])
	}
	m := p.Compile(0).Arms[0]
	names := newIndex(v, m)
	for i := range v.Expect {
		arm := 0
		if name := v.Expect[i].Arm; name != "" {
			arm = p.Arm(name)
		}
		s.stats = append(s.stats, names.compile(&v.Expect[i].Statistic, arm))
		if arm >= 0 {
			s.observed[arm] = true
		}
	}
	for _, a := range s.roles {
		s.observed[a] = true
	}
	s.forum = make([]bool, m.Channels())
	for c := range s.forum {
		s.forum[c] = m.IsForum(c)
	}
	if !slices.Contains(s.forum, true) { // then all channels are
		s.forum = slices.Repeat([]bool{true}, m.Channels())
	}
	return s
}

// mostChannels returns the arm with the most open channels, the preferred one among equals.
func mostChannels(v *scenario.Scenario, preferred int) int {
	open := func(arm int) int {
		n := 0
		for _, c := range v.Arms[arm].Levers.Channels {
			if c.Open {
				n++
			}
		}
		return n
	}
	best := preferred
	for a := range v.Arms {
		if open(a) > open(best) {
			best = a
		}
	}
	return best
}

type visitor struct {
	*setup
	sums      *sums
	group     func(replicate int) int
	observers []sim.Observer
	logs      []recorder
	cases     caseBook
	stream    streamOf
}

func newVisitor(s *setup) *visitor {
	v := &visitor{setup: s, logs: make([]recorder, len(s.observed)), observers: make([]sim.Observer, len(s.observed))}
	for a, on := range s.observed {
		if on {
			v.observers[a] = v.logs[a].take
		}
	}
	return v
}

// Reset prepares for a block.
func (v *visitor) Reset(b experiment.Block, arms *sim.Arms) {
	v.sums = newSums(v.setup, 1)
	v.stream = arms.History.Stream
	v.cases.group = func(stream int32) bool {
		source, _, _ := v.stream(int(stream))
		return source >= arms.History.States()
	}
	v.group = func(int) int { return b.Draw % groups }
	if v.plan.Draws == 1 {
		v.group = func(replicate int) int { return replicate % groups }
	}
	for a := range v.logs {
		v.logs[a].clear()
	}
}

// Observers returns the recorders of the arms that are looked at.
func (v *visitor) Observers() []sim.Observer { return v.observers }

// Visit computes every statistic of one replicate.
func (v *visitor) Visit(replicate int, out []sim.Outcome) {
	for i := range v.stats {
		st := &v.stats[i]
		if st.arm < 0 {
			continue // the arm is not played
		}
		v.sums.tallies[i].add(0, st.of(&v.logs[st.arm]))
	}
	for role, a := range v.roles {
		g, log := &v.sums.groups[role][v.group(replicate)], &v.logs[a]
		scale := scaleOf(v.valid)
		v.cases.read(log, v.valid.Horizon, scale)
		g.addCases(v.cases.list, scale)
		g.addTitForTat(log, v.stream, v.valid)
		g.addThaw(&v.cases, v.valid)
		g.addChannels(log, v.forum, v.valid.Horizon)
		g.addNeed(&out[a])
	}
	for a := range v.logs {
		v.logs[a].clear()
	}
}
