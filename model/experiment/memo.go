package experiment

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"

	"github.com/misstep/misstep/model/sim"
)

// Memo keeps what arms brought, so that plans which share it play an arm once: whatever else was changed, it is
// played again only where a number that it is made of was. What is kept is found by a digest of everything that goes
// into the outcomes, so that what is found is what would be played, bit for bit. What is kept stays; once
// it takes more than [Memo.Most], no more is. Plans may use it at the same time.
type Memo struct {
	Most int    // [bytes]; 0 keeps nothing
	Keep []bool // by arm, whether what it brings may be asked for again, and not of arms beyond; nil for all

	mu     sync.Mutex
	kept   map[memoKey]*memoEntry
	size   int
	played int
}

// memoKey is a block of one arm.
type memoKey struct {
	made  [sha256.Size]byte
	block Block
}

// memoEntry are the outcomes of a block in one arm: nil until they are there, or where nobody could play them.
type memoEntry struct {
	out  []sim.Outcome
	done chan struct{}
}

// Played is how many replicates were played, each arm by itself.
func (m *Memo) Played() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.played
}

// Size is how much the memo keeps [bytes], at most [Memo.Most].
func (m *Memo) Size() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.size
}

// claim says of every arm what is kept of a block, and which of the others is the caller's to play and to settle.
// What somebody else is about to play was claimed before: so nobody waits in a circle.
func (m *Memo) claim(b Block, made [][sha256.Size]byte) (known, own []*memoEntry) {
	known, own = make([]*memoEntry, len(made)), make([]*memoEntry, len(made))
	m.mu.Lock()
	defer m.mu.Unlock()
	for a := range made {
		key := memoKey{made[a], b}
		switch e := m.kept[key]; {
		case e != nil:
			known[a] = e
		case (m.Keep == nil || a < len(m.Keep) && m.Keep[a]) && m.size < m.Most:
			if m.kept == nil {
				m.kept = map[memoKey]*memoEntry{}
			}
			own[a] = &memoEntry{done: make(chan struct{})}
			m.kept[key] = own[a]
		}
	}
	return known, own
}

// settle ends what was claimed: with its outcomes or, where it was not played to its end, without.
func (c *recall) settle(w *player, b Block, whole bool) {
	m := w.plan.Memo
	m.mu.Lock()
	defer m.mu.Unlock()
	m.played += c.played
	for a, e := range c.own {
		if e == nil {
			continue
		}
		size := 0
		for i := range e.out {
			size += sizeOfOutcome(&e.out[i])
		}
		if !whole {
			e.out = nil
		}
		if e.out == nil || m.size+size > m.Most {
			delete(m.kept, memoKey{w.made[a], b})
		} else {
			m.size += size
		}
		close(e.done)
	}
}

func sizeOfOutcome(o *sim.Outcome) int {
	return sizeOf[sim.Outcome]() + cap(o.Cases)*sizeOf[sim.CaseOutcome]() + cap(o.Steps)*sizeOf[sim.Step]() +
		cap(o.Uptime)*sizeOf[float64]()
}

func sizeOf[T any]() int { return int(reflect.TypeFor[T]().Size()) }

// cloned is an outcome that no runner writes to.
func cloned(o *sim.Outcome) sim.Outcome {
	out := *o
	out.Cases, out.Steps, out.Uptime = slices.Clone(o.Cases), slices.Clone(o.Steps), slices.Clone(o.Uptime)
	return out
}

// recall is what a player has of a memo in one block.
type recall struct {
	known, own []*memoEntry
	arms       sim.Arms // that are played
	at         []int    // their places
	out        []sim.Outcome
	played     int // replicates, each arm by itself
}

// recalling is how the n-th replicate of a block is played, with what the plan's memo has of it, and what is to be
// called once the block is played, or broken off. Who looks on sees every replicate played.
func (w *player) recalling(ctx context.Context, b Block, observers []sim.Observer) (run func(n int) []sim.Outcome,
	end func(whole bool)) {
	if w.plan.Memo == nil || observers != nil {
		return func(n int) []sim.Outcome {
			return w.runner.Run(w.arms, w.plan.Replicate(b.Draw, b.From+n), observers)
		}, func(bool) {}
	}
	c := w.recalled(ctx, b)
	return func(n int) []sim.Outcome { return c.run(w, n, b) }, func(whole bool) { c.settle(w, b, whole) }
}

// recalled claims a block, and waits for what others are playing of it.
func (w *player) recalled(ctx context.Context, b Block) *recall {
	c := &recall{arms: sim.Arms{History: w.arms.History}, out: make([]sim.Outcome, len(w.arms.Arms))}
	c.known, c.own = w.plan.Memo.claim(b, w.made)
	for a, e := range c.known {
		if e != nil {
			select {
			case <-e.done:
			case <-ctx.Done():
			}
		}
		if e == nil || ctx.Err() != nil || e.out == nil {
			c.known[a], c.at = nil, append(c.at, a)
			c.arms.Arms = append(c.arms.Arms, w.arms.Arms[a])
		}
	}
	return c
}

// run plays what is not known of the n-th replicate of the block, and returns the outcomes of all arms.
func (c *recall) run(w *player, n int, b Block) []sim.Outcome {
	if len(c.at) > 0 {
		c.played += len(c.at)
		for i, out := range w.runner.Run(&c.arms, w.plan.Replicate(b.Draw, b.From+n), nil) {
			c.out[c.at[i]] = out
		}
	}
	for a, e := range c.known {
		switch {
		case e != nil:
			c.out[a] = e.out[n]
		case c.own[a] != nil:
			c.own[a].out = append(c.own[a].out, cloned(&c.out[a]))
		}
	}
	return c.out
}

// compile compiles a draw; for a memo with digests of what the outcomes of every arm are made of.
func (w *player) compile(d int) {
	w.draw = d
	if w.plan.Memo == nil {
		w.arms = w.plan.Compile(d)
		return
	}
	theta := w.plan.Theta(d)
	var read [][]bool
	w.arms, read = sim.Reading(w.plan.Scenario, theta)
	w.made = w.made[:0]
	for a := range read {
		w.made = append(w.made, made(w.structure, theta, a, read[a]))
	}
}

// made digests what an arm is made of: all of the scenario that its numbers are not, the numbers that go into the
// model of the arm or of the past, and where chance starts. A replicate's outcome is a function of these and of its
// address alone.
func made(structure [sha256.Size]byte, theta []float64, arm int, read []bool) [sha256.Size]byte {
	data := append(structure[:], binary.LittleEndian.AppendUint64(nil, uint64(arm))...)
	for i, is := range read {
		if is {
			data = binary.LittleEndian.AppendUint64(data, uint64(i))
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(theta[i]))
		}
	}
	return sha256.Sum256(data)
}

// structure digests what all arms of a plan are made of in every draw.
func (p *Plan) structure() (sum [sha256.Size]byte) {
	h := sha256.New()
	fmt.Fprintf(h, "model %s\n%s %d\n", ModelVersion, p.Generator, p.Seed)
	writeStructure(h, p.Scenario)
	for i := range p.Scenario.Slots {
		fmt.Fprintln(h, p.Scenario.Slots[i].Path)
	}
	h.Sum(sum[:0])
	return sum
}

// Alike says of every arm whether another plan of the same scenario, at other numbers, plays it alike in its first
// draw: a guess of what [Memo] is to keep, on which no result hangs.
func (p *Plan) Alike(o *Plan) []bool {
	var alike []bool
	first, second := p.firstDraw(), o.firstDraw()
	for a := range first {
		alike = append(alike, a < len(second) && first[a] == second[a])
	}
	return alike
}

func (p *Plan) firstDraw() [][sha256.Size]byte {
	q := *p
	q.Memo = &Memo{}
	w := player{plan: &q, structure: q.structure()}
	w.compile(0)
	return w.made
}
