package experiment

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// Moments are the sums of a four-vector over replicates: numerator and
// denominator in the baseline, numerator and denominator in the other arm.
type Moments struct {
	N   float64
	Sum [4]float64
	Sq  [4][4]float64 // upper triangle
}

func (m *Moments) add(x [4]float64) {
	m.N++
	for i := range x {
		m.Sum[i] += x[i]
		for j := i; j < 4; j++ {
			m.Sq[i][j] += float64(x[i] * x[j])
		}
	}
}

// Merge adds other replicates.
func (m *Moments) Merge(o *Moments) {
	m.N += o.N
	addAll(m.Sum[:], o.Sum[:])
	for i := range m.Sq {
		addAll(m.Sq[i][i:], o.Sq[i][i:])
	}
}

// Size returns the number of replicates.
func (m *Moments) Size() float64 { return m.N }

// Mean returns the means over the replicates.
func (m *Moments) Mean() [4]float64 {
	out, by := m.Sum, 1/m.N
	for i := range out {
		out[i] *= by
	}
	return out
}

// Cov returns the covariance of two components within these replicates.
func (m *Moments) Cov(i, j int) float64 {
	if m.N < 2 {
		return 0
	}
	if i > j {
		i, j = j, i
	}
	return (m.Sq[i][j] - m.Sum[i]*m.Sum[j]/m.N) / (m.N - 1)
}

// Quadratic returns gᵀ C g with C the covariance. Where equal arms make its terms
// cancel, what rounding leaves is no variance.
func (m *Moments) Quadratic(g [4]float64) float64 {
	const rounding = 1e-12
	sum, size := 0.0, 0.0
	for i := range g {
		for j := range g {
			if g[i] != 0 && g[j] != 0 {
				x := float64(g[i] * g[j] * m.Cov(i, j))
				sum += x
				size += math.Abs(x)
			}
		}
	}
	if sum <= rounding*size {
		return 0
	}
	return sum
}

// Series are the counts of first crossings by time in one arm.
type Series struct {
	First    [sim.NumClasses][sim.NumCauses][sim.Bins]float64
	Cut      [sim.NumClasses][sim.Bins]float64
	Expected [sim.NumClasses][sim.Bins]float64 // of the classes that are too rare to count, as the next two
	ExpTotal [sim.NumClasses]float64           // per replicate, by the horizon
	ExpSq    [sim.NumClasses]float64
	Stood    [len(Ranges)][sim.Bins]float64 // first steps, as they showed, on rungs of [Ranges]
}

// Ranges are the rungs, from the first to the last, of which the first step is followed over time by
// itself: public steps, and covert ones, of which nobody knows.
var Ranges = [...][2]int8{{ladder.Public, ladder.ReduceRelations}, {ladder.CounterOperation, ladder.CounterOperation}}

// ArmSums are the sums of one arm in one draw.
type ArmSums struct {
	N        float64 // replicates
	Series   Series
	Peaks    [10]Moments           // cases with that highest rung, and cases, per replicate
	Known    float64               // cases that a state caused and the public knows of
	PerCase  [NumBeliefs]Moments   // numerator and cases, for Monte Carlo errors
	Uptime   []Moment              // by channel
	Forum    Moment                // share of the window with a forum channel up
	Need     [sim.NeedBins]float64 // moments of need, by tension in equal steps of [0, 1]
	NeedUp   [sim.NeedBins]float64 // those of them with a forum channel up
	AtNeed   Moments               // moments with a forum channel up, and moments, per replicate
	Brier    float64               // sum of squared errors of the belief in the suspect's guilt
	Suspects float64               // cases with a suspect, of which Brier is the sum
	Bins     [10][3]float64        // belief, guilty, count
	Counts   [numCounts]Moment
	Levels   [len(outcome.Levels)]Moments // numerator and denominator

	// Tension are cases by step of tension, then those that each shown outcome counts.
	Tension []float64

	shown []int // outcomes
}

// The parts of Beliefs, in the order of ArmSums.PerCase.
const (
	BeliefCulprit = iota
	BeliefIntent
	BeliefSeverity
	BeliefRival
	BeliefAvoidable
	BeliefIrreducible
	BeliefMissed
	BeliefRegret
	NumBeliefs
)

// Moment is a sum and a sum of squares.
type Moment struct{ Sum, Sq float64 }

func (m *Moment) add(x float64) { m.Sum += x; m.Sq += float64(x * x) }

// Counts are the means per replicate that are shown beside the measures.
var Counts = [...]struct {
	ID, Label string
	of        func(*sim.Outcome) float64
}{
	{"events", "events", func(o *sim.Outcome) float64 { return float64(o.Events) }},
	{"cases", "cases discovered", func(o *sim.Outcome) float64 { return float64(o.Discovered) }},
	{"questions", "questions put", func(o *sim.Outcome) float64 { return float64(o.Questions) }},
	{"denied", "questions denied", func(o *sim.Outcome) float64 { return float64(o.Answers[0]) }},
	{"silent", "questions met with silence", func(o *sim.Outcome) float64 { return float64(o.Answers[1]) }},
	{"admitted", "questions admitted", func(o *sim.Outcome) float64 { return float64(o.Answers[2]) }},
	{"waits", "acts that waited for contact", func(o *sim.Outcome) float64 { return float64(o.Waits) }},
	{"joint", "joint public steps", func(o *sim.Outcome) float64 { return float64(o.Joint) }},
	{"replies", "replies", func(o *sim.Outcome) float64 { return float64(o.Replies) }},
	{"cut_chains", "chains of replies cut", func(o *sim.Outcome) float64 { return float64(o.CutChains) }},
	{"slips", "slips", func(o *sim.Outcome) float64 { return float64(o.Slips) }},
	{"withdrawn", "public steps withdrawn", func(o *sim.Outcome) float64 { return float64(o.Withdrawn) }},
	{"denials", "public denials", func(o *sim.Outcome) float64 { return float64(o.Denials) }},
	{"counters", "counter-accusations", func(o *sim.Outcome) float64 { return float64(o.Counters) }},
	{"suspensions", "suspensions of the forum", func(o *sim.Outcome) float64 { return float64(o.Suspensions) }},
	{"meetings", "meetings of the forum", func(o *sim.Outcome) float64 { return float64(o.Meetings) }},
}

// Count returns the sum of one of the [Counts].
func (s *ArmSums) Count(id string) float64 {
	for i := range Counts {
		if Counts[i].ID == id {
			return s.Counts[i].Sum
		}
	}
	return 0
}

// numCounts is the number of counts.
const numCounts = len(Counts)

func newArmSums(channels int, shown []int) *ArmSums {
	return &ArmSums{Uptime: make([]Moment, channels), shown: shown,
		Tension: make([]float64, (1+len(shown))*(outcome.TensionBins+1))}
}

// add takes one replicate of the arm.
func (s *ArmSums) add(o *sim.Outcome, horizon float64) {
	s.N++
	s.Series.add(o, horizon)
	for c := range o.Uptime {
		s.Uptime[c].add(o.Uptime[c] / horizon)
	}
	s.Forum.add(o.ForumUptime / horizon)
	up, all := 0.0, 0.0
	for b := range o.Need {
		s.Need[b] += float64(o.Need[b])
		s.NeedUp[b] += float64(o.NeedUp[b])
		up += float64(o.NeedUp[b])
		all += float64(o.Need[b])
	}
	s.AtNeed.add([4]float64{up, all, 0, 0})
	for i := range Counts {
		s.Counts[i].add(Counts[i].of(o))
	}
	for i := range outcome.Levels {
		num, den := outcome.Levels[i].ReadLevel(o)
		s.Levels[i].add([4]float64{num, den, 0, 0})
	}
	s.addCases(o)
}

// addCases takes the replicate's cases: peaks, the split of missteps, and the
// quality of attribution.
func (s *ArmSums) addCases(o *sim.Outcome) {
	var per [NumBeliefs]float64
	var peaks [10]float64
	for i := range o.Cases {
		c := &o.Cases[i]
		peaks[c.Peak]++
		s.Known += outcome.One(c.Known)
		s.byTension(c)
		for k, x := range c.Shares {
			per[k] += x
		}
		mis, avoid := outcome.Bit(c.Missteps, sim.ClassPublic), outcome.Bit(c.Avoidable, sim.ClassPublic)
		per[BeliefAvoidable] += avoid
		per[BeliefIrreducible] += mis - float64(mis*avoid)
		per[BeliefMissed] += outcome.One(c.Missed)
		per[BeliefRegret] += c.Regret
		if c.HasTarget {
			g := outcome.One(c.Guilty)
			s.Brier += float64((c.Belief - g) * (c.Belief - g))
			s.Suspects++
			b := min(9, int(c.Belief*10))
			s.Bins[b][0] += c.Belief
			s.Bins[b][1] += g
			s.Bins[b][2]++
		}
	}
	n := float64(len(o.Cases))
	for k := range per {
		s.PerCase[k].add([4]float64{per[k], n, 0, 0})
	}
	for r := range peaks {
		s.Peaks[r].add([4]float64{peaks[r], n, 0, 0})
	}
}

// addAll adds numbers one by one.
func addAll(sums, xs []float64) {
	for i, x := range xs {
		sums[i] += x
	}
}

// binOf is the step of the window in which a day falls.
func binOf(t, horizon float64) int { return min(sim.Bins-1, int(t/horizon*sim.Bins)) }

func (s *Series) add(o *sim.Outcome, horizon float64) {
	at := func(t float64) int { return binOf(t, horizon) }
	for c := range o.First {
		for k, t := range o.First[c] {
			if !math.IsInf(t, 1) {
				s.First[c][k][at(t)]++
			}
		}
		if t := o.FirstCut[c]; !math.IsInf(t, 1) {
			s.Cut[c][at(t)]++
		}
		if sim.Classes[c] < ladder.Disruptive {
			continue
		}
		total := 0.0
		for b, p := range o.Expected[c] {
			if p != 0 {
				s.Expected[c][b] += p
				total += p
			}
		}
		s.ExpTotal[c] += total
		s.ExpSq[c] += float64(total * total)
	}
	for i, rungs := range Ranges {
		for _, step := range o.Steps { // in time
			if step.Rung >= rungs[0] && step.Rung <= rungs[1] {
				if step.Time <= horizon {
					s.Stood[i][at(step.Time)]++
				}
				break
			}
		}
	}
}
