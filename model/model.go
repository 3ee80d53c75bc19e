// Package model is the front door of misstep as a library: load a scenario, condition
// it on the record that ships, play it, and summarise. The zero [Options] mean what the
// command does, so that the numbers are its numbers to the last bit.
//
//	m, err := model.Shipped("uk-china-dialogue-2026", model.Options{})
//	if err != nil { … }
//	r, err := m.Run(ctx)
//	fmt.Println(r.Summary.Headline.Difference.Value)
//
// What lies behind the door has packages of its own: scenario reads files, experiment
// plays, summary estimates, study asks what moves the answer, record holds what is
// documented and what was learned from it, narrative tells one future.
package model

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// What zero options stand for.
const (
	DefaultSeed       = 1
	DefaultDraws      = 200
	DefaultReplicates = 12

	// BlockSize is the number of replicates in a block, unless a draw has fewer. It is a
	// part of the plan: the order in which sums are folded hangs on it.
	BlockSize = 20
)

// Options say how a scenario is loaded and played. The zero value is what the command
// does without flags.
type Options struct {
	File      string               // of the scenario, for messages; "": its name with .yaml
	Layers    []scenario.Layer     // settings from outside the file, later ones win; see [Set]
	Posterior *posterior.Posterior // that priors are conditioned on; nil: the one that ships, if it is about these states
	Prior     bool                 // draw from the priors alone
	Arms      []string             // that are played; nil: all

	Generator  random.Generator // the zero value is the command's, Mix
	Seed       uint64           // where chance starts; 0: [DefaultSeed]. To play seed 0 set [Model.Plan]
	Draws      int              // parameter vectors; 0: [DefaultDraws]; 1: at the defaults, without a posterior
	Replicates int              // per draw; 0: [DefaultReplicates]
	Precision  float64          // > 0: add replicates until the headline's Monte Carlo half-width is below it
	Delta      float64          // per 100 cases, up to which a draw shows no difference; 0: [experiment.DefaultDelta]
	Workers    int              // in parallel, 0: all processors; never changes a result
	Alone      bool             // leave out the side runs (other coupling, priors, held numbers) and the tests

	Progress experiment.Progress // is told how far the main run is; nil for none
	Cases    io.Writer           // gets every case of every future as CSV, see package cases; nil for none
}

// Set is a layer that sets the number or the word at a path: "choice.rationality" and
// "25 to 75", "assumptions.channels.cyber-dialogue.strength.clarify" and "0".
func Set(path, value string) scenario.Layer {
	return scenario.Layer{Origin: scenario.FromFlag, Path: path, Value: value, Where: "set by the program"}
}

// Model is a scenario that is ready to be played. Its fields may be changed before it is.
type Model struct {
	Plan experiment.Plan // what [Model.Run] plays, of a scenario that is checked and conditioned on the posterior

	Precision float64 // as in [Options], and so the others
	Workers   int
	Alone     bool
	Progress  experiment.Progress
	Cases     io.Writer

	// Taking hands over the pieces that [Pieces.Play] played, in their order, in place of playing them; nil for none.
	Taking func() ([]byte, error)
}

// Names lists the scenarios that ship.
func Names() []string { return scenarios.Names() }

// Shipped loads a scenario that ships, by its name.
func Shipped(name string, o Options) (*Model, error) {
	text, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil || !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no scenario %q ships; %s", name, nearest.Remedy(name, Names()))
	}
	return Load(name, text, o)
}

// Load reads a scenario with its settings and checks all of it. The error may be
// [scenario.Problems], with every mistake that was found.
func Load(name string, text []byte, o Options) (*Model, error) {
	sample, err := o.sample()
	if err != nil {
		return nil, err
	}
	p := experiment.Plan{Generator: o.Generator, Seed: cmp.Or(o.Seed, DefaultSeed), Draws: cmp.Or(o.Draws, DefaultDraws),
		Replicates: cmp.Or(o.Replicates, DefaultReplicates), Delta: o.Delta}
	p.BlockSize = min(p.Replicates, BlockSize)
	m, err := Ready(name, text, o, p, sample)
	if err != nil {
		return nil, err
	}
	m.Precision, m.Workers, m.Alone, m.Progress, m.Cases = o.Precision, o.Workers, o.Alone, o.Progress, o.Cases
	return m, nil
}

// Ready is [Load] where the plan and the posterior are known, as those of a stored run:
// of the options File, Layers and Arms count, and whether the sample is the one that they name. A nil sample is none.
func Ready(name string, text []byte, o Options, p experiment.Plan, sample *posterior.Posterior) (*Model, error) {
	if p.Draws < 1 || p.Replicates < 1 {
		return nil, fmt.Errorf("%d draws × %d replicates are no future; take at least one of each", p.Draws, p.Replicates)
	}
	if p.Draws > MaxFutures/p.Replicates {
		return nil, fmt.Errorf("%d draws × %d replicates are more than %d futures; take fewer of them", p.Draws,
			p.Replicates,
			MaxFutures)
	}
	v, err := scenario.Load(name, text, LoadOptions(o.File, o.Layers, p.Draws > 1))
	if err != nil {
		return nil, err
	}
	if sample != nil && p.Draws > 1 && (sample == o.Posterior || sample.Covers(v)) {
		v = sample.Condition(v)
	}
	if v, err = v.Keep(o.Arms); err != nil {
		return nil, err
	}
	p.Scenario = v
	if err := p.Check(); err != nil {
		return nil, err
	}
	if err := fits(&p); err != nil {
		return nil, err
	}
	return &Model{Plan: p}, nil
}

// fits says where a plan would take more than [MaxMemory]. To tell takes a few futures, which are nothing beside the
// many draws that can be too many.
func fits(p *experiment.Plan) error {
	const few = 100
	if p.Draws <= few {
		return nil
	}
	run, draw := p.Memory()
	if most := (MaxMemory - run) / draw; p.Draws > most {
		return fmt.Errorf("%d draws of %d arms take about %d MB of memory, more than %d; take at most %d draws, and more "+
			"replicates", p.Draws, len(p.Scenario.Arms), (run+p.Draws*draw)>>20, MaxMemory>>20, max(few, most))
	}
	return nil
}

// LoadOptions are what the program knows and a scenario file does not. A single draw
// stands for the defaults: one vector out of the priors would be nobody's best guess.
func LoadOptions(file string, layers []scenario.Layer, priors bool) scenario.Options {
	return scenario.Options{File: file, Layers: layers, UsePriors: priors, Outcomes: outcome.IDs(),
		KnownSource: evidence.Known}
}

func (o *Options) sample() (*posterior.Posterior, error) {
	if o.Prior || o.Posterior != nil {
		if o.Prior && o.Posterior != nil {
			return nil, fmt.Errorf("a posterior is given, and Prior asks for none; leave one out")
		}
		return o.Posterior, nil
	}
	return posterior.ReadShipped()
}

// MaxMemory bounds what a run takes [bytes]; see [experiment.Plan.Memory].
const MaxMemory = 1 << 30

// MaxFutures bounds the futures of a run: days of work on one machine.
const MaxFutures = 100_000_000

// workers is the number of parallel workers to use.
func (m *Model) workers() int {
	if m.Workers > 0 {
		return m.Workers
	}
	return runtime.GOMAXPROCS(0)
}
