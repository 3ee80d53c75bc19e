package sim

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// mainScenario is the text of the main scenario, or its copy of test size.
func mainScenario(tb testing.TB) string {
	if data, err := os.ReadFile("../../scenarios/uk-china-dialogue-2026.yaml"); err == nil {
		return string(data)
	}
	return read(tb, "testdata/main.yaml")
}

// benchmark plays replicates and reports what an event costs.
func benchmark(b *testing.B, a *Arms) {
	var r Runner
	for n := range 100 {
		r.Run(a, replicate(n), nil) // warm up
	}
	b.ReportAllocs()
	count, n := 0, 0
	for b.Loop() {
		for _, o := range r.Run(a, replicate(n%1000), nil) {
			count += o.Events
		}
		count += r.lost.Events
		n++
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(count), "ns/event")
	b.ReportMetric(float64(count)/float64(n), "events/replicate")
}

// BenchmarkReplicate plays the main scenario: the past once, then every arm.
func BenchmarkReplicate(b *testing.B) { benchmark(b, arms(b, mainScenario(b))) }

// ring is a scenario of n states of which each meets the next, with one forum a
// pair, of the first 64 as there may be no more, and onset rates times factor.
func ring(n int, factor float64) string {
	var s strings.Builder
	s.WriteString(`misstep: 1
title: A ring of states
start: 2026-01-01
horizon: 5y
card: {question: How does the cost grow?, shows: Events., try: [x], limits: No finding., sources: ["model: section 9"]}
assumptions:
  model: {max_events: 200000}
  states:
`)
	name := func(i int) string { return "S" + strconv.Itoa(100+i%n) }
	for i := range n {
		fmt.Fprintf(&s, "    %s: {}\n", name(i))
	}
	s.WriteString("  groups: {criminals: {}}\n  onset:\n")
	for i := range n {
		fmt.Fprintf(&s, "    - {source: %s, victim: %s, rate: %g, mix: {espionage: 0.8, prepositioning: 0.2}}\n", name(i),
			name(i+1), 0.5*factor)
		fmt.Fprintf(&s, "    - {source: criminals, victim: %s, rate: %g, mix: {crime: 1}}\n", name(i), 0.3*factor)
	}
	s.WriteString("levers:\n  channels:\n")
	forums := min(n, 64)
	for i := range forums {
		fmt.Fprintf(&s, "    forum-%d: {members: [%s, %s], opens: 2026-01-01, mandate: [clarify, delay, trust, fragility]}\n",
			i, name(i), name(i+1))
	}
	s.WriteString("arms:\n  without: {")
	for i := range forums {
		fmt.Fprintf(&s, "channels.forum-%d.open: false, ", i)
	}
	s.WriteString("}\n  with: {}\nheadline: {outcome: missteps, baseline: without, treatment: with}\n")
	return s.String()
}

// BenchmarkStates shows how the cost grows with states and with onset: by events.
func BenchmarkStates(b *testing.B) {
	for _, n := range []int{2, 10, 40, 100} {
		for _, factor := range []float64{1, 2, 4} {
			b.Run(fmt.Sprintf("states=%d/onset=%g", n, factor), func(b *testing.B) { benchmark(b, arms(b, ring(n, factor))) })
		}
	}
}

// TestNoAllocations: a warm runner plays replicates without allocating.
//
// Mutation that it catches: a rule's arguments that escape to the heap.
func TestNoAllocations(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage allocates")
	}
	for name, text := range map[string]string{"main": mainScenario(t), "every feature": read(t, "testdata/dyad.yaml"),
		"ring": ring(4, 1)} {
		for _, coupling := range []string{"quantile", "gumbel"} {
			a := arms(t, text, set{"assumptions.model.coupling", coupling}, set{"assumptions.model.retraction", "true"})
			var r Runner
			for n := range 40 {
				r.Run(a, replicate(n), nil)
			}
			n := 0
			if allocations := testing.AllocsPerRun(39, func() { r.Run(a, replicate(n%40), nil); n++ }); allocations != 0 {
				t.Errorf("%s, %s: %v allocations a replicate", name, coupling, allocations)
			}
		}
	}
}
