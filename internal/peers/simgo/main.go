// Command simgo plays the reduced model of internal/peers with simgo: each source, each incident and each reply
// is a process that waits for timeouts. The clock of a simulation begins at 0, when onset does.
package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"

	"github.com/fschuetz04/simgo"
)

// world is one replicate in one arm.
type world struct {
	rand  *rand.Rand
	forum bool
	out   []float64
}

// source starts incidents.
func (w *world) source(culprit int) func(simgo.Process) {
	return func(proc simgo.Process) {
		for {
			proc.Wait(proc.Timeout(w.exponential(1 / p.rate[culprit])))
			if proc.Now()+p.first >= p.horizon {
				return
			}
			if w.rand.Float64() >= p.discovered {
				continue
			}
			hidden := w.lognormal(p.delay)
			if found := proc.Now() + p.first + hidden; found >= 0 && found <= p.horizon {
				proc.Process(w.incident(culprit, hidden))
			}
		}
	}
}

// incident is one incident from its onset to the close of its case.
func (w *world) incident(culprit int, hidden float64) func(simgo.Process) {
	return func(proc simgo.Process) {
		proc.Wait(proc.Timeout(hidden))
		w.out[incidents]++
		k := w.newCase(culprit, proc.Now())
		for question := w.forum; ; question = false {
			w.piece(&k)
			if question {
				w.ask(&k)
			}
			if step := w.decide(&k); step > 0 {
				proc.Process(w.reply(step))
			}
			gap := w.exponential(p.gap)
			if proc.Now()+gap >= k.closes {
				return
			}
			proc.Wait(proc.Timeout(gap))
		}
	}
}

// reply is the accused's answer to a step, after a while.
func (w *world) reply(step int) func(simgo.Process) {
	return func(proc simgo.Process) {
		proc.Wait(proc.Timeout(w.exponential(p.pause)))
		if w.replyTo(step) >= public {
			w.out[replies]++
		}
	}
}

func play(seed, replicate uint64, forum bool, out []float64) {
	w := world{rand.New(rand.NewPCG(seed, replicate)), forum, out}
	sim := simgo.NewSimulation()
	for culprit := range sources {
		sim.Process(w.source(culprit))
	}
	sim.Run()
	sim.Shutdown()
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: simgo PARAMETERS REPLICATES SEED")
		os.Exit(1)
	}
	err := readParameters(os.Args[1])
	replicates, wrong := strconv.ParseUint(os.Args[2], 10, 64)
	seed, bad := strconv.ParseUint(os.Args[3], 10, 64)
	for _, err := range []error{err, wrong, bad} {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	run(seed, replicates)
}

// run plays replicates, both arms of one with the same seed, and prints sums and sums of products.
func run(seed, replicates uint64) {
	const n = 2 * outcomes
	var sum [n]float64
	var product [n][n]float64
	for r := range replicates {
		var out [n]float64
		play(seed, r, false, out[:outcomes])
		play(seed, r, true, out[outcomes:])
		for i := range n {
			sum[i] += out[i]
			for j := i; j < n; j++ {
				product[i][j] += out[i] * out[j]
			}
		}
	}
	fmt.Print(replicates)
	for _, s := range sum {
		fmt.Printf(" %.0f", s)
	}
	for i := range product {
		for _, x := range product[i][i:] {
			fmt.Printf(" %.0f", x)
		}
	}
	fmt.Println()
}
