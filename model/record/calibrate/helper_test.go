package calibrate

import (
	"cmp"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// seed is the seed of all statistical tests. Nobody changes it to make one pass.
const seed = 20261121

// level is the probability that a statistical test fails on a correct program.
const level = 1e-6

// zLevel is what a standard normal exceeds with that probability, both tails together.
const zLevel = 4.89

var (
	americanText = sync.OnceValue(func() string { return mustRead("../../../scenarios/history/us-china-history.yaml") })
	britishText  = sync.OnceValue(func() string { return mustRead("../../../scenarios/history/uk-china-history.yaml") })
	american     = sync.OnceValue(func() *scenario.Scenario { return mustParse("us-china-history", americanText()) })
	britishPast  = sync.OnceValue(func() *scenario.Scenario { return mustParse("uk-china-history", britishText()) })
	full         = sync.OnceValue(func() *Problem { return mustProblem(date(2026, 6, 30)) })
	short        = sync.OnceValue(func() *Problem { return mustProblem(date(2017, 1, 31)) })
)

func mustRead(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func parse(name, text string) (*scenario.Scenario, error) {
	return scenario.Load(name, []byte(text), scenario.Options{UsePriors: true})
}

func mustParse(name, text string) *scenario.Scenario {
	v, err := parse(name, text)
	if err != nil {
		panic(err)
	}
	return v
}

// edited parses a history with one passage replaced.
func edited(t testing.TB, name, text, old, with string) *scenario.Scenario {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	v, err := parse(name, strings.Replace(text, old, with, 1))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustProblem(until time.Time) *Problem {
	h, err := NewHistories(american(), britishPast(), until)
	if err != nil {
		panic(err)
	}
	p, err := NewProblem(h, evidence.Shipped())
	if err != nil {
		panic(err)
	}
	return p
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func replicate(n int) random.Replicate {
	return random.NewSource(random.Mix, seed).Replicate(truthDomain + uint64(n))
}

// drawn returns coordinates from the prior.
func drawn(p *Problem, rep random.Replicate) []float64 {
	z := make([]float64, p.Dims())
	fromPrior(&rep, z)
	return z
}

// statistic finds one of all statistics by its name.
func statistic(t testing.TB, id string) *Statistic {
	t.Helper()
	for _, s := range Statistics() {
		if s.ID == id {
			return &s
		}
	}
	t.Fatalf("no statistic %s", id)
	return nil
}

// history is one simulated history with its whole log, the past included.
type history struct {
	model *sim.Model
	v     *scenario.Scenario
	log   []sim.Event
}

// simulated plays both histories of a problem at a draw from the prior.
func simulated(p *Problem, n int) [2]history {
	rep := replicate(n)
	values := make([]float64, p.Dims())
	p.Space.Values(drawn(p, rep), values)
	var out [2]history
	for h, v := range p.Histories.pair() {
		theta := make([]float64, len(v.Slots))
		p.Space.Theta(h, values, &rep, theta)
		arms := &sim.Arms{History: sim.Compile(v, theta, sim.History), Arms: []*sim.Model{sim.Compile(v, theta, 0)}}
		x := &out[h]
		x.model, x.v = arms.Arms[0], v
		var r sim.Runner
		r.Run(arms, rep, []sim.Observer{func(e *sim.Event) { x.log = append(x.log, *e) }})
	}
	return out
}

// correlation is Pearson's.
func correlation(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

// farFrom reports whether the correlation r of n pairs lies further from rho than
// level allows, by Fisher's transform.
func farFrom(r, rho float64, n int) bool {
	return math.Abs(math.Atanh(r)-math.Atanh(rho))*math.Sqrt(float64(n-3)) > zLevel
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

func sorted[T cmp.Ordered](x []T) []T {
	x = slices.Clone(x)
	slices.Sort(x)
	return x
}

// near compares up to rounding.
func near(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*(1+math.Abs(a)+math.Abs(b))
}
