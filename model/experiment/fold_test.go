package experiment

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/sim"
)

// witness keeps what a visitor is shown.
type witness struct {
	block  Block
	resets int
	seen   []int
	events []int
	arms   int
}

func (w *witness) Reset(b Block, arms *sim.Arms) {
	w.block, w.arms, w.seen, w.events = b, len(arms.Arms), nil, make([]int, len(arms.Arms))
	w.resets++
}

func (w *witness) Observers() []sim.Observer {
	out := make([]sim.Observer, w.arms)
	for a := range out {
		out[a] = func(*sim.Event) { w.events[a]++ }
	}
	return out
}

func (w *witness) Visit(r int, out []sim.Outcome) { w.seen = append(w.seen, r) }

// eventsOf counts the log of a block, with a runner of its own.
func eventsOf(p *Plan, b Block) []int {
	arms := p.Compile(b.Draw)
	n := make([]int, len(arms.Arms))
	var r sim.Runner
	for k := b.From; k < b.To; k++ {
		var observers []sim.Observer
		for a := range n {
			observers = append(observers, func(*sim.Event) { n[a]++ })
		}
		r.Run(arms, p.Replicate(b.Draw, k), observers)
	}
	return n
}

// A replicate that is skipped or visited twice, an observer that is handed to the
// wrong arm, and blocks that are taken out of order would show here.
func TestVisitorsSeeEveryReplicateAndEventOnce(t *testing.T) {
	p := plan(t, 3, 0)
	p.BlockSize = 4
	blocks := p.Blocks(2, 13)
	for _, workers := range []int{0, 1, 3, 16} {
		var taken []Block
		err := Fold(context.Background(), &p, blocks, workers, func() *witness { return &witness{} },
			func(b Block, w *witness) {
				taken = append(taken, b)
				if b != w.block {
					t.Errorf("%v is taken with the visitor of %v", b, w.block)
				}
				var want []int
				for r := b.From; r < b.To; r++ {
					want = append(want, r)
				}
				if !slices.Equal(w.seen, want) || !slices.Equal(w.events, eventsOf(&p, b)) {
					t.Errorf("%v: visited %v, events %v, want %v, %v", b, w.seen, w.events, want, eventsOf(&p, b))
				}
			})
		if err != nil || !slices.Equal(taken, blocks) {
			t.Errorf("%d workers took %v, %v; want %v", workers, taken, err, blocks)
		}
	}
}

// Visitors that are made anew for each block instead of reused would show here.
func TestVisitorsAreReused(t *testing.T) {
	p := plan(t, 2, 0)
	p.BlockSize = 1
	made, resets := 0, map[*witness]int{}
	err := Fold(context.Background(), &p, p.Blocks(0, 100), 1, func() *witness { made++; return &witness{} },
		func(_ Block, w *witness) { resets[w] = w.resets })
	if most := slices.Max(slices.Collect(maps.Values(resets))); err != nil || made > 100 || most < 2 {
		t.Errorf("%d visitors made for 200 blocks, the oldest for %d, %v", made, most, err)
	}
}

// mark is a visitor that only says when its block begins; the first block waits.
type mark struct {
	started *atomic.Int32
	hold    func(Block)
}

func (m *mark) Reset(b Block, _ *sim.Arms)     { m.started.Add(1); m.hold(b) }
func (m *mark) Observers() []sim.Observer      { return nil }
func (m *mark) Visit(_ int, out []sim.Outcome) {}

// A window that does not hold workers back while the first block is unfinished, so
// that memory grows with the number of blocks, would show here.
func TestTheWindowHoldsWorkersBack(t *testing.T) {
	p := plan(t, 1, 0)
	p.BlockSize = 1
	const workers = 2
	const window = 4*workers + 1 // those that wait, and the first
	var started atomic.Int32
	var stalled int32
	hold := func(b Block) {
		if b.From != 0 {
			return
		}
		for deadline := time.Now().Add(2 * time.Second); started.Load() < window && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(20 * time.Millisecond) // time enough to run ahead
		stalled = started.Load()
	}
	taken := 0
	err := Fold(context.Background(), &p, p.Blocks(0, 60), workers,
		func() *mark { return &mark{&started, hold} }, func(Block, *mark) { taken++ })
	if err != nil || stalled != window || taken != 60 {
		t.Errorf("%d blocks had begun before the first was done, want %d; %d taken, %v", stalled, window, taken, err)
	}
}

// Half a block in the sums after an interrupt, or a draw that runs ahead of the
// others by more than a block, would show here.
func TestAnInterruptLeavesWholeBlocks(t *testing.T) {
	p := plan(t, 3, 200)
	ctx, cancel := context.WithCancel(context.Background())
	folded := 0
	s := NewSums(p)
	err := s.Extend(ctx, 0, 200, 4, func(done, _ int) {
		if folded = done; done >= 70 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	blocks := p.Blocks(0, 200)[:folded/p.BlockSize]
	want := map[int]float64{}
	for _, b := range blocks {
		want[b.Draw] += float64(b.To - b.From)
	}
	for d := range p.Draws {
		for _, n := range []float64{s.Arms[0].At(d).N, s.Arms[1].At(d).N, s.Contrasts[0].At(d).Measures[0].N} {
			if n != want[d] {
				t.Errorf("draw %d has %v replicates, want %v", d, n, want[d])
			}
		}
	}
	again := NewSums(p)
	if err := Fold(context.Background(), &p, blocks, 1, again.newVisitor, again.take); err != nil {
		t.Fatal(err)
	}
	if asText(t, again) != asText(t, s) {
		t.Error("the interrupted sums are not those of their blocks")
	}
}

// Replicates that are counted twice or skipped where a step ends within a block
// would show here.
func TestExtendInOddSteps(t *testing.T) {
	s := NewSums(plan(t, 3, 0))
	at := 0
	for _, to := range []int{1, 8, 8, 19, 33} {
		if err := s.Extend(context.Background(), at, to, 2, nil); err != nil {
			t.Fatal(err)
		}
		if at = to; s.Plan.Replicates != to {
			t.Errorf("%d replicates, want %d", s.Plan.Replicates, to)
		}
	}
	whole := run(t, plan(t, 3, 33), 2)
	for d := range whole.Plan.Draws {
		same(t, "arm", whole.Arms[1].At(d), s.Arms[1].At(d))
		same(t, "contrast", whole.Contrasts[0].At(d), s.Contrasts[0].At(d))
	}
	same(t, "lowest", whole.Lowest, s.Lowest)
	slices.Sort(whole.FirstDiff)
	slices.Sort(s.FirstDiff)
	same(t, "first differences", whole.FirstDiff, s.FirstDiff)
}

// A progress that begins at 0 when a run is extended would show here.
func TestProgressOfAnExtension(t *testing.T) {
	s := NewSums(plan(t, 2, 0))
	var first, last, total int
	if err := s.Extend(context.Background(), 10, 25, 2, func(d, n int) {
		if first == 0 {
			first = d
		}
		last, total = d, n
	}); err != nil {
		t.Fatal(err)
	}
	if first != 30 || last != 50 || total != 50 {
		t.Errorf("from %d to %d of %d, want 30 to 50 of 50", first, last, total)
	}
}

// An unbounded sample of days, or one that panics once it is full, would show here.
func TestFirstDifferencesAreBounded(t *testing.T) {
	s := NewSums(plan(t, 1, 0))
	s.FirstDiff = make([]float64, maxDivergences-2, maxDivergences)
	for _, diffs := range [][]float64{{1, 2, 3}, {4}} {
		v := s.newVisitor()
		v.diffs = diffs
		s.take(Block{}, v)
	}
	if n := len(s.FirstDiff); n != maxDivergences || s.FirstDiff[n-1] != 2 {
		t.Errorf("%d days, the last %v", n, s.FirstDiff[n-1])
	}
}

// A generator that the plan does not hand to its parameters, a parameter that leaves
// its bounds, and draws that repeat would show here.
func TestThetaUnderBothGenerators(t *testing.T) {
	p, q := plan(t, 1, 1), plan(t, 1, 1)
	q.Generator = random.Philox
	moved := 0
	for d := range 40 {
		a, b, again := p.Theta(d), q.Theta(d), q.Theta(d)
		for i, s := range p.Scenario.Slots {
			if b[i] != again[i] || s.Dist.IsPoint() && (a[i] != s.Dist.A || b[i] != s.Dist.A) {
				t.Errorf("%s: %v, %v, %v", s.Path, a[i], b[i], again[i])
			}
			if (s.Dist.Lo != 0 || s.Dist.Hi != 0) && (b[i] < s.Dist.Lo || b[i] > s.Dist.Hi) {
				t.Errorf("%s: %v is outside of [%v, %v]", s.Path, b[i], s.Dist.Lo, s.Dist.Hi)
			}
			if !s.Dist.IsPoint() && a[i] != b[i] {
				moved++
			}
		}
	}
	if moved < 39*p.Free() {
		t.Errorf("%d of %d numbers differ between the generators", moved, 40*p.Free())
	}
}

// A block size that depends on what remains, or a last block that reaches beyond the
// end, would show here.
func TestBlockArithmetic(t *testing.T) {
	for _, c := range []struct {
		draws, size, from, to int
		want                  []Block
	}{
		{2, 5, 0, 0, nil},
		{1, 5, 7, 7, nil},
		{1, 0, 0, 60, []Block{{0, 0, 50}, {0, 50, 60}}},
		{1, -3, 0, 2, []Block{{0, 0, 2}}},
		{2, 5, 3, 9, []Block{{0, 3, 8}, {1, 3, 8}, {0, 8, 9}, {1, 8, 9}}},
		{1, 3, 0, 6, []Block{{0, 0, 3}, {0, 3, 6}}},
	} {
		p := Plan{Draws: c.draws, BlockSize: c.size}
		if have := p.Blocks(c.from, c.to); !slices.Equal(have, c.want) {
			t.Errorf("%+v: %v", c, have)
		}
	}
}

// An order by replicate before draw would show here.
func TestCellsAreOrderedByDraw(t *testing.T) {
	order := []Cell{{0, 0}, {0, 7}, {1, 0}, {1, 3}, {4, 1}}
	for i, x := range order {
		for j, y := range order {
			if x.before(y) != (i < j) {
				t.Errorf("%v before %v: %v", x, y, x.before(y))
			}
		}
	}
}
