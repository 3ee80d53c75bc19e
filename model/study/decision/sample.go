package decision

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
)

// Weight says what one case of an outcome is worth [missteps].
type Weight struct {
	Outcome string  `json:"outcome"`
	Weight  float64 `json:"weight"` // ≥ 0
}

// Sample is what each draw says of the outcomes that count, by contrast with the baseline.
type Sample struct {
	Baseline   string
	Treatments []string
	Replicates float64     // of each draw, 2 or more
	Numbers    []string    // paths of what varies
	Theta      [][]float64 // by number, then by draw

	contrasts []contrast
}

// contrast has, by draw, two weighted sums of changes for the better, per 100 cases of the mean draw:
// that of the outcomes whose weights stay, and the one whose weight varies, with the covariance of their
// noise.
type contrast struct {
	cases         float64 // hundreds of cases in a draw, on the mean
	fixed, varied []float64
	noise         [][3]float64 // of fixed, of both together, of varied
}

// SampleOf takes a sample out of a run: fixed are the outcomes whose weights stay, varied is the one whose
// does not. All have to be in the table, to count cases and to be for the better or the worse: see
// [Decidable]. Cases are counted per 100 of the mean draw, so that the mean over draws is the difference
// of the run, and a draw with twice the cases weighs twice as much.
func SampleOf(t *draws.Table, fixed []Weight, varied string) *Sample {
	s := &Sample{Baseline: t.Baseline, Treatments: t.Treatments, Numbers: t.Numbers,
		Theta: make([][]float64, len(t.Numbers)), contrasts: make([]contrast, len(t.Treatments))}
	for c := range t.Treatments {
		total := experiment.NewJointMoments(len(t.Joint.Names))
		for i := c; i < len(t.Rows); i += len(t.Treatments) {
			total.Merge(&t.Rows[i].Sums)
		}
		g := gradient(t.Joint, &total, fixed)
		alone := []Weight{{varied, 1}}
		h := gradient(t.Joint, &total, alone)
		s.contrasts[c].cases = casesOf(t.Joint, &total, append(slices.Clip(fixed), alone...)) * t.Rows[c].Sums.N / 100
		for i := c; i < len(t.Rows); i += len(t.Treatments) {
			s.contrasts[c].add(&t.Rows[i].Sums, g, h)
		}
	}
	for i := 0; i < len(t.Rows) && len(t.Treatments) > 0; i += len(t.Treatments) {
		s.Replicates = t.Rows[i].Sums.N
		for k, x := range t.Rows[i].Theta {
			s.Theta[k] = append(s.Theta[k], x)
		}
	}
	return s
}

// Decidable reports whether an outcome can be weighed: it counts cases, and fewer or more of them is
// better.
func Decidable(o *outcome.Outcome) bool {
	part := o.Part()
	return o.Direction != 0 && o.Flag && (part == outcome.OfCases || part == outcome.OfBaseline)
}

// casesOf is how many cases a future has, on the mean, of those that the first outcome counts.
func casesOf(j *outcome.Joint, total *experiment.JointMoments, weights []Weight) float64 {
	for k, m := range j.Outcomes {
		if outcome.All[m].ID == weights[0].Outcome {
			return total.Mean(j.At[k][1])
		}
	}
	return 0
}

// gradient is what each number of a joint adds to the weighted change for the better.
func gradient(j *outcome.Joint, total *experiment.JointMoments, weights []Weight) []float64 {
	g := make([]float64, len(j.Names))
	for k, m := range j.Outcomes {
		o := &outcome.All[m]
		for _, w := range weights {
			if w.Outcome != o.ID {
				continue
			}
			by := float64(w.Weight * o.Factor * float64(o.Direction))
			if below := total.Mean(j.At[k][1]); below > 0 {
				g[j.At[k][0]] -= by / below
			}
			if below := total.Mean(j.At[k][3]); below > 0 {
				g[j.At[k][2]] += by / below
			}
		}
	}
	return g
}

func (c *contrast) add(m *experiment.JointMoments, g, h []float64) {
	c.fixed, c.varied = append(c.fixed, along(m, g)), append(c.varied, along(m, h))
	both := make([]float64, len(g))
	for i := range g {
		both[i] = g[i] + h[i]
	}
	a, b, ab := m.Quadratic(g)/m.N, m.Quadratic(h)/m.N, m.Quadratic(both)/m.N
	c.noise = append(c.noise, [3]float64{a, (ab - a - b) / 2, b})
}

// along is a weighted sum of means.
func along(m *experiment.JointMoments, g []float64) (sum float64) {
	for i, w := range g {
		if w != 0 {
			sum += float64(w * m.Mean(i))
		}
	}
	return sum
}

// benefit is the net benefit of an arm, by draw, with the variance that chance within the draw adds.
type benefit struct {
	value, noise []float64
	cases, delta float64 // hundreds of cases in a draw, and what counts as none: see benefit.rates
}

// under are the net benefits where the outcome that varies has a weight.
func (s *Sample) under(w, delta float64) (list []benefit) {
	for c := range s.contrasts {
		b := s.contrasts[c].under(w)
		b.delta = delta
		list = append(list, b)
	}
	return list
}

// under is the net benefit where the outcome that varies has a weight.
func (c *contrast) under(w float64) (b benefit) {
	b.cases = c.cases
	for d := range c.fixed {
		b.value = append(b.value, c.fixed[d]+float64(w*c.varied[d]))
		x := c.noise[d]
		b.noise = append(b.noise, x[0]+float64(2*w*x[1])+float64(w*w*x[2]))
	}
	return b
}

// Benefit is the net benefit of a treatment against the baseline at a weight, on the mean over draws, with
// the half-width of its 95 % interval [per 100 cases].
func (s *Sample) Benefit(treatment int, weight float64) (value, half float64) {
	b := s.contrasts[treatment].under(weight)
	return average(b.value), b.half()
}

func (b benefit) of(list []int) benefit {
	out := benefit{cases: b.cases, delta: b.delta}
	for _, d := range list {
		out.value, out.noise = append(out.value, b.value[d]), append(out.noise, b.noise[d])
	}
	return out
}

// moments are the mean over draws, their variance, and the part of it that is no noise, τ².
func (b benefit) moments() (mean, variance, between float64) {
	mean, variance = spread(b.value)
	return mean, variance, max(0, variance-average(b.noise))
}

// resolution is the least τ² that the draws can tell from none: a standard error of it where there is
// none.
func (b benefit) resolution() float64 {
	return float64(math.Sqrt(2/float64(len(b.value)-1)) * average(b.noise))
}

// half is the half-width of the 95 % interval of the mean: draws and futures are as many as they are.
func (b benefit) half() float64 {
	_, variance := spread(b.value)
	return float64(z95 * math.Sqrt(variance/float64(len(b.value))))
}

func average(x []float64) (mean float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	return mean
}

// spread is the mean and the variance, with n − 1 below the bar.
func spread(x []float64) (mean, variance float64) {
	mean = average(x)
	return mean, covariance(x, x)
}

// covariance is that of two samples, with n − 1 below the bar; 0 for one value.
func covariance(x, y []float64) (sum float64) {
	if len(x) < 2 {
		return 0
	}
	a, b := average(x), average(y)
	for i := range x {
		sum += float64((x[i] - a) * (y[i] - b))
	}
	return sum / float64(len(x)-1)
}
