package narrative

import (
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// Stream says whose incidents an onset stream brings, whom they hit and what
// for, by name.
type Stream struct {
	Source, Victim string
	Intent         scenario.Intent
}

func streamsOf(m *sim.Model) []Stream {
	out := make([]Stream, m.Streams())
	for i := range out {
		source, victim, intent := m.Stream(i)
		out[i] = Stream{m.SourceName(source), m.StateName(victim), intent}
	}
	return out
}
