package peers

import (
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// Load reads the reduced model as the engine has it, every number at its one value.
func Load(replicates int, seed uint64) (*model.Model, error) {
	return model.Load("world", World, model.Options{Draws: 1, Replicates: replicates, Seed: seed, Alone: true, Workers: 1})
}

// Play plays the replicates of a loaded model by the engine alone, without the sums and summaries of a run.
func Play(m *model.Model) Tally {
	var t Tally
	var runner sim.Runner
	arms := m.Plan.Compile(0)
	victim := stateNamed(arms.Arms[0], "Victim")
	for n := range m.Plan.Replicates {
		var row Row
		for arm, o := range runner.Run(arms, m.Plan.Replicate(0, n), nil) {
			count(&o, victim, row[arm*Outcomes:])
		}
		t.Add(&row)
	}
	return t
}

// count reads the outcomes of one arm.
func count(o *sim.Outcome, victim int16, row []float64) {
	row[0] = float64(len(o.Cases))
	for i := range o.Steps {
		switch s := &o.Steps[i]; {
		case s.Rung < ladder.Public:
		case s.Actor == victim:
			row[1]++
		default:
			row[3]++
		}
	}
	for i := range o.Cases {
		row[2] += outcome.Bit(o.Cases[i].Missteps, sim.ClassPublic)
	}
}

func stateNamed(m *sim.Model, name string) int16 {
	for i := range m.States() {
		if m.StateName(i) == name {
			return int16(i)
		}
	}
	panic("peers: world.yaml has no state " + name)
}
