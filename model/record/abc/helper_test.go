package abc

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// dataKey is the stream of the toy data sets.
var dataKey = random.Stream(random.NameHash("toy"), random.World)

// toy is a problem made of a function, which writes the statistics.
type toy struct {
	dims, stats int
	simulate    func(rep *random.Replicate, z, s []float64) bool
}

func (p toy) Dims() int               { return p.dims }
func (p toy) Stats() int              { return p.stats }
func (p toy) NewSimulator() Simulator { return p }

func (p toy) Simulate(rep random.Replicate, z, s []float64) bool { return p.simulate(&rep, z, s) }

// normalMean has z_0 as the mean of a normal with the given standard deviation, the
// statistic; the other coordinates are silent.
func normalMean(dims int, sd float64) toy {
	return toy{dims: dims, stats: 1, simulate: func(rep *random.Replicate, z, s []float64) bool {
		s[0] = z[0] + sd*rep.Normal(dataKey, 0)
		return true
	}}
}

// poisson returns a Poisson number, of mean below 700, by inversion of ordinal n.
func poisson(rep *random.Replicate, n int, mean float64) float64 {
	count, p := 0.0, math.Exp(-mean)
	for u := rep.Uniform(dataKey, n) - p; u > 0 && p > 0; u -= p {
		count++
		p *= mean / count
	}
	return count
}

// rugged has everything that a problem may do: silent coordinates, undefined
// statistics, failures, a constant.
func rugged() toy {
	return toy{dims: 4, stats: 4, simulate: func(rep *random.Replicate, z, s []float64) bool {
		s[0] = z[0] + 0.3*rep.Normal(dataKey, 0)
		s[1] = poisson(rep, 100, min(500, 5*math.Exp(0.9*z[1]))) // more variable where it is observed: the scale grows
		s[2] = 7
		s[3] = 10 * z[0] / s[1]
		if s[1] == 0 {
			s[3] = math.NaN()
		}
		return rep.Uniform(dataKey, 99) > 0.1
	}}
}

func ruggedOptions() Options {
	return Options{Seed: 4, Particles: 60, Pilot: 150, Adapt: 2, MaxMoves: 6, MaxSimulations: 3000, Workers: 1,
		Coordinates: []int{0, 1}}
}

var ruggedObserved = []float64{0.5, 30, 7, 1}

func run(t testing.TB, p Problem, observed []float64, o Options) *Result {
	t.Helper()
	r, err := Run(context.Background(), p, observed, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// asText writes a result with every bit of every number.
func asText(r *Result) string { return fmt.Sprintf("%v", *r) }

// column returns coordinate j of the distinct particles.
func (r *Result) column(j int) []float64 {
	x := make([]float64, len(r.Particles))
	for i := range x {
		x[i] = r.Particles[i][j]
	}
	return x
}

func normalCDF(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// quantile returns the weighted quantile of x.
func quantile(x, w []float64, q float64) float64 {
	order := upTo(len(x))
	slices.SortFunc(order, func(a, b int) int {
		if x[a] < x[b] {
			return -1
		}
		return 1
	})
	sum := 0.0
	for _, i := range order {
		if sum += w[i]; sum >= q {
			return x[i]
		}
	}
	return x[order[len(order)-1]]
}

func ones(n int) []float64 { return slices.Repeat([]float64{1}, n) }
