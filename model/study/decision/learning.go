package decision

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/stat"
)

// Learning is what it is worth to know a number, or all numbers of a group, before deciding: by how much
// the best arm given them is better than the choice without, on the mean over draws, in the unit of the
// net benefit.
type Learning struct {
	Name    string  `json:"name"` // a path, or a group
	Numbers int     `json:"numbers"`
	Value   float64 `json:"value"`
	Half    float64 `json:"half_width"`
	Told    bool    `json:"told"` // what it explains is more than luck among so many would
}

// smoother is a linear regression on draws.
type smoother interface {
	// predicted are the fitted values of y, each without the draw itself.
	predicted(y []float64) []float64
	// smooth are the fitted values of x, with it.
	smooth(x []float64) []float64
	// biased reports whether fitted values are nearer to 0 than what they are fitted to.
	biased() bool
}

// prediction is what a smoother predicts of the net benefit of an arm, in each draw by the others.
type prediction struct {
	smoother
	believed []float64 // of the net benefit, less its mean
	sure     float64   // correlation of what came with what was predicted, times the root of the draws
}

// predict says how far to believe what is predicted of b. The prediction of a regression without a penalty
// is the truth and an error, and by the root of the slope of what came on it it varies as the truth does:
// by that part of its variance which what came confirms. A biased one is believed by the slope, which
// leaves its value a little low.
func predict(by smoother, b benefit) *prediction {
	p := &prediction{smoother: by, believed: centred(by.predicted(b.value))}
	square, slope := dot(p.believed, p.believed), 0.0
	if square > 0 {
		slope = max(0, dot(p.believed, b.value)/square)
		p.sure = float64(slope * math.Sqrt(square/covariance(b.value, b.value)))
	}
	if !by.biased() {
		slope = math.Sqrt(slope)
	}
	for d := range p.believed {
		p.believed[d] *= slope
	}
	return p
}

// worth is the value of knowing what predicts the net benefit of arms, by regression on draws
// [Strong2014]. Each prediction is of a draw that had no say in it, so that chance within draws, which no
// other draw shares, has no share in the value either. sure is by arm: see prediction.
func worth(list []benefit, by smoother) (value, half float64, sure []float64) {
	n := len(list[0].value)
	all, rest := [][]float64{make([]float64, n)}, make([][]float64, len(list))
	for a, b := range list {
		p, mean, believed := predict(by, b), average(b.value), make([]float64, n)
		rest[a] = make([]float64, n)
		for d, x := range p.believed {
			believed[d] = mean + x
			rest[a][d] = b.value[d] - believed[d]
		}
		all, sure = append(all, believed), append(sure, p.sure)
	}
	best, top := chosen(all), most(all)
	pull := make([]float64, n) // of each draw on the value
	for d := range pull {
		pull[d] = top[d] - all[best][d]
	}
	value = average(pull)
	for a := range list {
		x := make([]float64, n) // how the value changes with what is believed of a draw
		for d := range x {
			if all[a+1][d] == top[d] && top[d] > all[0][d] {
				x[d]++
			}
			if a+1 == best {
				x[d]--
			}
		}
		share := average(x)
		for d, y := range by.smooth(centred(x)) {
			pull[d] += float64(rest[a][d] * (share + y)) // through the mean, and through the fit
		}
	}
	return value, float64(z95 * math.Sqrt(covariance(pull, pull)/float64(n))), sure
}

// shuffles are the orders in which the draws are dealt to the numbers anew, to see what luck explains.
const shuffles = 99

type learner struct {
	paths   []string
	columns []projector // by number
	theta   [][]float64
	orders  [][]int
}

func newLearner(s *Sample) *learner {
	l := &learner{}
	for k, path := range s.Numbers {
		if q := orthonormal(basis(s.Theta[k], 4)); len(q) > 0 {
			l.paths, l.columns, l.theta = append(l.paths, path), append(l.columns, q), append(l.theta, s.Theta[k])
		}
	}
	rep := random.NewSource(random.Mix, 0).Replicate(0)
	for i := range shuffles {
		key := random.Stream(random.Entity(random.NameHash("decision"), i), random.Shuffle)
		l.orders = append(l.orders, shuffled(len(s.contrasts[0].fixed), &rep, key))
	}
	return l
}

// shuffled is an order of n things.
func shuffled(n int, rep *random.Replicate, key random.Key) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	for i := n - 1; i > 0; i-- {
		k := int(float64(rep.Uniform(key, i) * float64(i+1)))
		out[i], out[k] = out[k], out[i]
	}
	return out
}

// explained is the part of the sum of squares of y that each number explains.
func (l *learner) explained(y []float64) []float64 {
	out := make([]float64, len(l.columns))
	for k, columns := range l.columns {
		for _, q := range columns {
			x := dot(q, y)
			out[k] += float64(x * x)
		}
	}
	return out
}

// luck is what the luckiest number explains in 95 of 100 shuffles at most.
func (l *learner) luck(y []float64) float64 {
	var top []float64
	shuffled := make([]float64, len(y))
	for _, order := range l.orders {
		for d, k := range order {
			shuffled[d] = y[k]
		}
		top = append(top, slices.Max(l.explained(shuffled)))
	}
	slices.Sort(top)
	return stat.Quantile(top, 0.95)
}

// numbers are the values of knowing single numbers, the highest first; of those that are told.
func (l *learner) numbers(list []benefit) []Learning {
	out := make([]Learning, len(l.paths))
	if len(out) == 0 {
		return out
	}
	for k, path := range l.paths {
		out[k] = Learning{Name: path, Numbers: 1}
	}
	for _, b := range list {
		y := centred(b.value)
		luck := l.luck(y)
		for k, x := range l.explained(y) {
			out[k].Told = out[k].Told || x > luck
		}
	}
	for k := range out {
		if out[k].Told { // the others are luck
			out[k].Value, out[k].Half, _ = worth(list, l.columns[k])
		}
	}
	slices.SortStableFunc(out, func(a, b Learning) int { return cmp.Compare(b.Value, a.Value) })
	return out
}

// perDraw is how many columns a group may have for each draw.
const perDraw = 1.0 / 15

// group is the ridge regression on the numbers that belong to a group: a spline of four columns of each
// where there are draws enough, else of two, else a straight line in its ranks.
func (l *learner) group(belongs func(path string) bool) (r *ridge, numbers int) {
	var members [][]float64
	for k, path := range l.paths {
		if belongs(path) {
			members = append(members, l.theta[k])
		}
	}
	if len(members) == 0 {
		return nil, 0
	}
	columns, each := [][]float64{}, 1
	for _, more := range []int{4, 2} {
		if float64(more*len(members)) <= float64(perDraw*float64(len(members[0]))) {
			each = more
			break
		}
	}
	for _, x := range members {
		columns = append(columns, orthonormal(basis(x, each))...)
	}
	return newRidge(columns), len(members)
}

// worth is what knowing a group is worth. It is told where what came follows what was predicted by more
// than it would by luck among so many groups.
func (r *ridge) worth(list []benefit, groups int) (value, half float64, told bool) {
	value, half, sure := worth(list, r)
	return value, half, slices.Max(sure) > elem.NormalQuantile(1-0.05/float64(groups*len(list)))
}
