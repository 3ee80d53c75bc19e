package narrative

import (
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/study/decompose"
)

// Divergence is where the sequences of steps part, and what made them.
type Divergence struct {
	Day  float64 `json:"day"`
	Date string  `json:"date"`
	Case int     `json:"case"` // number of the case
	// Needed are the mechanisms, as in a mandate, without any one of which, in the
	// treatment, the arms do not part here: all others in force, the same chance.
	Needed []string `json:"needed"`
	// Enough are those of which one alone, added to the baseline, makes the treatment's
	// sequence up to this step.
	Enough []string `json:"enough"`
	// Sides are the first steps of the case that differ, by arm; nil where the arm takes
	// no further step in it.
	Sides [2]*Entry `json:"sides"`
	// Delay is the wait of the treatment before its side; nil where it did not wait, or
	// both arms did alike.
	Delay *Wait `json:"delay,omitempty"`
}

// Wait is how long a step waited for a contact.
type Wait struct {
	From    float64 `json:"from_day"`
	Days    float64 `json:"days"`              // 0 where it lapsed
	Lapsed  bool    `json:"lapsed"`            // the wait ended without a step
	Channel string  `json:"channel,omitempty"` // that met at its end, "" where the limit of the wait came first
}

// causes replays the replicate with each mechanism left out of the treatment, then with
// each alone added to the baseline, and says which of them undo the parting and which
// make it. Where the arms are alike it says nothing.
func causes(r *sim.Runner, p *experiment.Plan, c experiment.Cell, arms *sim.Arms) (needed, enough []string, err error) {
	split, err := decompose.NewSplit(p.Scenario)
	if err != nil { // the arms differ in nothing that could act
		return nil, nil, nil
	}
	v := *p.Scenario
	last := len(v.Arms)
	v.Arms = append(slices.Clone(v.Arms), scenario.Arm{})
	theta := p.Theta(c.Draw)
	all := &sim.Arms{History: arms.History, Arms: slices.Clone(arms.Arms)}
	everyone := decompose.Set(1)<<len(split.Players) - 1
	for k := range 2 * len(split.Players) {
		one := decompose.Set(1) << (k / 2)
		if k%2 == 0 {
			one = everyone &^ one
		}
		v.Arms[last] = split.Arm(one)
		all.Arms = append(all.Arms, sim.Compile(&v, theta, last))
	}
	out, err := play(r, p, all, c, nil)
	if err != nil {
		return nil, nil, err
	}
	at := experiment.Parting(out[0].Steps, out[1].Steps)
	beyond := func(like, arm int) bool {
		n := experiment.Parting(out[like].Steps, out[arm].Steps)
		return n < 0 || n > at
	}
	for k, player := range split.Players {
		if beyond(0, 2+2*k) {
			needed = append(needed, player.String())
		}
		if beyond(1, 3+2*k) {
			enough = append(enough, player.String())
		}
	}
	return needed, enough, nil
}

// sides are the first steps of a case that differ between its arms, by rung, author or
// day, and the wait of the treatment that led to its side.
func (c *Case) sides() (sides [2]*Entry, delay *Wait) {
	var steps [2][]Entry
	for a := range sides {
		steps[a] = c.Tracks[a].steps()
	}
	n := 0
	for n < len(steps[0]) && n < len(steps[1]) && sameStep(steps[0][n], steps[1][n]) {
		n++
	}
	for a := range sides {
		if n < len(steps[a]) {
			sides[a] = &steps[a][n]
		}
	}
	if t := c.Tracks[1]; t != nil {
		delay = waitOf(t.Entries[c.Shared():], sides[1])
	}
	return sides, delay
}

// waitOf is the wait before a step, or before the end of the case where that is nil. A
// step that comes with a new trace, or none, says that the wait ended without one.
func waitOf(entries []Entry, step *Entry) (delay *Wait) {
	for _, e := range entries {
		switch {
		case step != nil && e.Judged == step.Judged:
			if delay != nil && !delay.Lapsed {
				delay.Days = step.Day - delay.From
			}
			return delay
		case e.Kind == sim.EventWait.String():
			delay = &Wait{From: e.Day, Lapsed: step == nil}
		case delay == nil || step == nil || e.Day < step.Day:
		case e.Kind == sim.EventMeeting.String():
			delay.Channel = e.Detail
		case e.Kind == sim.EventPiece.String():
			delay.Lapsed = true
		}
	}
	return delay
}

func sameStep(a, b Entry) bool { return a.Who == b.Who && a.Rung == b.Rung && a.Date == b.Date }
