package experiment

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// TestMemoryIsWhatSumsTake: of every scenario that ships, in few and in many futures a draw, the sums that live after
// a run grow with the draws as the plan says, within 30 %. Catches sums that lie open for every draw, which take ten
// times as much, and an estimate that forgets the futures.
func TestMemoryIsWhatSumsTake(t *testing.T) {
	const few, many = 10, 40
	for _, name := range scenarios.Names() {
		text, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		v, err := scenario.Load(name, text, scenario.Options{UsePriors: true, Outcomes: outcome.IDs(),
			KnownSource: func(string) bool { return true }})
		if err != nil {
			t.Fatal(err)
		}
		for _, replicates := range []int{2, 12} {
			p := Plan{Scenario: v, Seed: 1, Draws: many, Replicates: replicates}
			said, _ := p.packed()
			took := liveSums(t, p)
			p.Draws = few
			took = (took - liveSums(t, p)) / (many - few)
			if ratio := float64(said) / float64(took); math.Abs(ratio-1) > 0.3 {
				t.Errorf("%s, %d replicates: %d bytes a draw, %d are said", name, replicates, took, said)
			}
		}
	}
}

// liveSums is how much lives after a run [bytes] that did not before.
func liveSums(t *testing.T, p Plan) int {
	t.Helper()
	before := live()
	s := run(t, p, 2)
	after := live()
	runtime.KeepAlive(s)
	return after - before
}

func live() int {
	runtime.GC()
	runtime.GC() // what pools hold goes in the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

type edgy struct{ Numbers [3][40]float64 }

func (e *edgy) numbers() (out []*float64) {
	return places(out, e.Numbers[0][:], e.Numbers[1][:], e.Numbers[2][:])
}

// TestPackedNumbersAreTheSame: to the last bit, whatever they are and whatever stood there before.
func TestPackedNumbersAreTheSame(t *testing.T) {
	edges := []float64{1, 14, 15, 16, -1, -7, 1 << 20, 1 << 53, 1<<62 + 4096, 1 << 63, -1 << 63, 1e300, 0.5, -0.25,
		math.Pi, math.Copysign(0, -1), math.Inf(1), math.NaN(), math.SmallestNonzeroFloat64, math.MaxFloat64}
	b := newByDraw(3, func() sheet[edgy] { return newSheet(&edgy{}) })
	fill := func(d int, s *edgy) {
		for i := range s.Numbers {
			for k := range s.Numbers[i] {
				if s.Numbers[i][k] = 0; (i+k+d)%(3+d) == 0 { // with gaps of 2 to 4, and longer at the end
					s.Numbers[i][k] = edges[(7*i+k+d)%len(edges)]
				}
			}
		}
		s.Numbers[2] = [40]float64{39: float64(d)}
	}
	for _, d := range []int{2, 0, 1} {
		fill(d, b.At(d))
	}
	same := func(d int, x *edgy) bool {
		var want edgy
		fill(d, &want)
		for i := range want.Numbers {
			if !slices.EqualFunc(x.Numbers[i][:], want.Numbers[i][:],
				func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
				return false
			}
		}
		return true
	}
	for d, x := range b.All() {
		if !same(d, x) {
			t.Errorf("draw %d: %v", d, x)
		}
	}
	for _, d := range []int{1, 2, 0} {
		if !same(d, b.At(d)) {
			t.Errorf("draw %d, opened: %v", d, b.At(d))
		}
	}
}
