package experiment

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// literalArm computes the sums of one arm in one draw, field by field.
func literalArm(all []played, d, a int, p *Plan, channels int) ArmSums {
	horizon := p.Scenario.Horizon
	sum := func(of func(*sim.Outcome) float64) float64 {
		return total(all, d, func(out []sim.Outcome) float64 { return of(&out[a]) })
	}
	moment := func(of func(*sim.Outcome) float64) Moment {
		return momentOf(each(all, d, func(out []sim.Outcome) float64 { return of(&out[a]) }))
	}
	pairs := func(of func(*sim.Outcome) (num, den float64)) Moments {
		return momentsOf(each(all, d, func(out []sim.Outcome) [4]float64 {
			num, den := of(&out[a])
			return [4]float64{num, den}
		}))
	}
	x := ArmSums{N: sum(func(*sim.Outcome) float64 { return 1 }), Series: literalSeries(all, d, a, horizon),
		Tension: literalTension(all, d, a)}
	x.Known = sum(overCases(func(c sim.CaseOutcome) float64 { return number(c.Known) }))
	x.Forum = moment(func(o *sim.Outcome) float64 { return o.ForumUptime / horizon })
	for c := range channels {
		x.Uptime = append(x.Uptime, moment(func(o *sim.Outcome) float64 { return o.Uptime[c] / horizon }))
	}
	for b := range x.Need {
		x.Need[b] = sum(func(o *sim.Outcome) float64 { return float64(o.Need[b]) })
		x.NeedUp[b] = sum(func(o *sim.Outcome) float64 { return float64(o.NeedUp[b]) })
	}
	x.AtNeed = pairs(func(o *sim.Outcome) (up, n float64) {
		for b := range o.Need {
			up, n = up+float64(o.NeedUp[b]), n+float64(o.Need[b])
		}
		return up, n
	})
	for r := range x.Peaks {
		x.Peaks[r] = pairs(perCaseOf(func(c sim.CaseOutcome) float64 { return number(int(c.Peak) == r) }))
	}
	for k, of := range literalBeliefs() {
		x.PerCase[k] = pairs(perCaseOf(of))
	}
	for i := range Counts {
		x.Counts[i] = moment(literalCounts[Counts[i].ID])
	}
	x.Levels[0] = pairs(func(o *sim.Outcome) (num, den float64) {
		return overCases(func(c sim.CaseOutcome) float64 { return number(c.Falsely) })(o),
			overCases(func(c sim.CaseOutcome) float64 { return number(c.Falsely || c.Rightly) })(o)
	})
	x.Suspects = sum(overCases(func(c sim.CaseOutcome) float64 { return number(c.HasTarget) }))
	x.Brier = sum(overCases(func(c sim.CaseOutcome) float64 {
		return number(c.HasTarget) * math.Pow(c.Belief-number(c.Guilty), 2)
	}))
	for b := range x.Bins {
		in := func(c sim.CaseOutcome) float64 {
			low, high := float64(b)/10, float64(b+1)/10
			return number(c.HasTarget && c.Belief >= low && (c.Belief < high || b == 9))
		}
		x.Bins[b][0] = sum(overCases(func(c sim.CaseOutcome) float64 { return in(c) * c.Belief }))
		x.Bins[b][1] = sum(overCases(func(c sim.CaseOutcome) float64 { return in(c) * number(c.Guilty) }))
		x.Bins[b][2] = sum(overCases(in))
	}
	return x
}

// literalTension counts the cases of an arm in a draw, and those that outcomes count.
func literalTension(all []played, d, a int) []float64 {
	const size = outcome.TensionBins + 1
	ids := []string{"missteps", "who_or_why", "false_accusations", "missed"}
	out := make([]float64, size*(1+len(ids)))
	for _, f := range all {
		if f.cell.Draw != d {
			continue
		}
		for _, c := range f.out[a].Cases {
			bin := outcome.TensionBins
			if c.Tension >= 0 {
				bin = min(outcome.TensionBins-1, int(math.Sqrt(c.Tension)*outcome.TensionBins))
			}
			out[bin]++
			for k, id := range ids {
				is, _ := counted[id](c)
				out[(k+1)*size+bin] += number(is)
			}
		}
	}
	return out
}

// overCases sums a number over the cases of an outcome.
func overCases(of func(sim.CaseOutcome) float64) func(*sim.Outcome) float64 {
	return func(o *sim.Outcome) (x float64) {
		for _, c := range o.Cases {
			x += of(c)
		}
		return x
	}
}

// perCaseOf puts the number of cases beside it.
func perCaseOf(of func(sim.CaseOutcome) float64) func(*sim.Outcome) (num, den float64) {
	return func(o *sim.Outcome) (num, den float64) { return overCases(of)(o), float64(len(o.Cases)) }
}

// literalBeliefs are the parts of beliefs in their documented order.
func literalBeliefs() (out [NumBeliefs]func(sim.CaseOutcome) float64) {
	for k, part := range []int{BeliefCulprit, BeliefIntent, BeliefSeverity, BeliefRival} {
		out[part] = func(c sim.CaseOutcome) float64 { return c.Shares[k] }
	}
	out[BeliefAvoidable] = func(c sim.CaseOutcome) float64 { return number(c.Avoidable&1 == 1) }
	out[BeliefIrreducible] = func(c sim.CaseOutcome) float64 { return number(c.Missteps&1 == 1 && c.Avoidable&1 == 0) }
	out[BeliefMissed] = func(c sim.CaseOutcome) float64 { return number(c.Missed) }
	out[BeliefRegret] = func(c sim.CaseOutcome) float64 { return c.Regret }
	return out
}

// literalCounts are the counts by their ids.
var literalCounts = map[string]func(*sim.Outcome) float64{
	"events":      func(o *sim.Outcome) float64 { return float64(o.Events) },
	"cases":       func(o *sim.Outcome) float64 { return float64(o.Discovered) },
	"questions":   func(o *sim.Outcome) float64 { return float64(o.Questions) },
	"denied":      func(o *sim.Outcome) float64 { return float64(o.Answers[0]) },
	"silent":      func(o *sim.Outcome) float64 { return float64(o.Answers[1]) },
	"admitted":    func(o *sim.Outcome) float64 { return float64(o.Answers[2]) },
	"waits":       func(o *sim.Outcome) float64 { return float64(o.Waits) },
	"joint":       func(o *sim.Outcome) float64 { return float64(o.Joint) },
	"replies":     func(o *sim.Outcome) float64 { return float64(o.Replies) },
	"cut_chains":  func(o *sim.Outcome) float64 { return float64(o.CutChains) },
	"slips":       func(o *sim.Outcome) float64 { return float64(o.Slips) },
	"withdrawn":   func(o *sim.Outcome) float64 { return float64(o.Withdrawn) },
	"denials":     func(o *sim.Outcome) float64 { return float64(o.Denials) },
	"counters":    func(o *sim.Outcome) float64 { return float64(o.Counters) },
	"suspensions": func(o *sim.Outcome) float64 { return float64(o.Suspensions) },
	"meetings":    func(o *sim.Outcome) float64 { return float64(o.Meetings) },
}

// literalSeries counts first crossings by the interval in which they fall.
func literalSeries(all []played, d, a int, horizon float64) (s Series) {
	in := func(t float64, b int) float64 {
		width := horizon / sim.Bins
		return number(t >= float64(b)*width && (t < float64(b+1)*width || b == sim.Bins-1 && t <= horizon))
	}
	for class := range sim.NumClasses {
		byBin := func(of func(*sim.Outcome) float64, b int) float64 {
			return total(all, d, func(out []sim.Outcome) float64 { return in(of(&out[a]), b) })
		}
		for b := range sim.Bins {
			for cause := range sim.NumCauses {
				s.First[class][cause][b] = byBin(func(o *sim.Outcome) float64 { return o.First[class][cause] }, b)
			}
			s.Cut[class][b] = byBin(func(o *sim.Outcome) float64 { return o.FirstCut[class] }, b)
		}
		if class < 3 { // R3, R5, R6 are counted
			continue
		}
		for b := range sim.Bins {
			s.Expected[class][b] = total(all, d, func(out []sim.Outcome) float64 { return out[a].Expected[class][b] })
		}
		m := momentOf(each(all, d, func(out []sim.Outcome) (x float64) {
			for _, p := range out[a].Expected[class] {
				x += p
			}
			return x
		}))
		s.ExpTotal[class], s.ExpSq[class] = m.Sum, m.Sq
	}
	for i, rungs := range [][2]int8{{3, 6}, {7, 7}} {
		for b := range sim.Bins {
			s.Stood[i][b] = total(all, d, func(out []sim.Outcome) float64 {
				first := math.Inf(1)
				for _, step := range out[a].Steps {
					if step.Rung >= rungs[0] && step.Rung <= rungs[1] {
						first = min(first, step.Time)
					}
				}
				return in(first, b)
			})
		}
	}
	return s
}

// A field that is left out of add, reset or merge, or a bin that is off by one,
// would show here.
func TestArmsEqualALiteralReading(t *testing.T) {
	p := plan(t, 3, 25)
	all, s := playAll(&p), run(t, p, 3)
	for d := range p.Draws {
		for a := range p.Scenario.Arms {
			same(t, p.Scenario.Arms[a].Name, literalArm(all, d, a, &p, len(s.Channels)), *s.Arms[a].At(d))
		}
	}
	seen := s.Arms[1].At(0)
	if seen.Suspects == 0 || seen.Forum.Sum == 0 || seen.AtNeed.Sum[1] == 0 {
		t.Errorf("the scenario is too quiet to tell: %+v", seen)
	}
}

// A count that is declared and not looked for here would go unread.
func TestEveryCountHasALiteralReading(t *testing.T) {
	for i := range Counts {
		if literalCounts[Counts[i].ID] == nil {
			t.Errorf("count %s has none", Counts[i].ID)
		}
	}
	if len(literalCounts) != numCounts {
		t.Errorf("%d counts are read, %d declared", len(literalCounts), numCounts)
	}
}

// A time at the horizon that opens a bin beyond the last, or one at an inner edge
// that falls into the bin before, would show here.
func TestSeriesAtTheEdgesOfBins(t *testing.T) {
	const horizon = 600.0
	never := func() *sim.Outcome {
		o := &sim.Outcome{}
		for c := range o.First {
			o.FirstCut[c] = math.Inf(1)
			for k := range o.First[c] {
				o.First[c][k] = math.Inf(1)
			}
		}
		return o
	}
	for _, c := range []struct {
		at  float64
		bin int
	}{{0, 0}, {9.999, 0}, {10, 1}, {305, 30}, {590, 59}, {599.999, 59}, {600, 59}} {
		var s Series
		o := never()
		o.First[2][sim.Induced], o.FirstCut[4] = c.at, c.at
		s.add(o, horizon)
		var want Series
		want.First[2][sim.Induced][c.bin], want.Cut[4][c.bin] = 1, 1
		same(t, "series", want, s)
	}
}
