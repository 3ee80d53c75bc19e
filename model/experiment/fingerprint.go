package experiment

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/misstep/misstep/model/scenario"
)

// ModelVersion changes whenever the same inputs would give other numbers.
const ModelVersion = "2"

func writePlan(w io.Writer, p *Plan) {
	fmt.Fprintf(w, "model %s\n%s %d %d×%d in %d\n", ModelVersion, p.Generator, p.Seed, p.Draws, p.Replicates, p.BlockSize)
	structure := *p.Scenario
	structure.Slots = nil
	structure.Expect = nil
	structure.Card = scenario.Card{}
	if err := json.NewEncoder(w).Encode(structure); err != nil {
		panic("experiment: a valid scenario encodes: " + err.Error())
	}
	for i := range p.Scenario.Slots {
		s := &p.Scenario.Slots[i]
		fmt.Fprintf(w, "%s %v %v %v %v %v\n", s.Path, s.Dist.Family, s.Dist.A, s.Dist.B, s.Dist.Lo, s.Dist.Hi)
	}
	if j := p.Scenario.Joint; j != nil {
		fmt.Fprintf(w, "joint %016x\n", j.Hash)
		for _, i := range j.Slots {
			fmt.Fprintln(w, p.Scenario.Slots[i].Path)
		}
	}
}
