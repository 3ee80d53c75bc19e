package calibrate

import (
	"fmt"
	"slices"
	"time"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// Histories are the simulated pasts that are compared with the record.
type Histories struct {
	American, British *scenario.Scenario // the United States and China, the United Kingdom and China
	Until             time.Time          // the cut-off: nothing later is used
}

// The names that the histories must hold.
const (
	america, britain, china = "United States", "United Kingdom", "China"
)

// wests are the western states of the histories, with the channel names of their formal dialogues.
var wests = [2]struct {
	state     string
	dialogues []string
}{{america, []string{"cyber-dialogue"}}, {britain, []string{"security-dialogue", "cyber-dialogue"}}}

// NewHistories checks that two scenarios can serve as histories, and shortens them to the cut-off.
func NewHistories(american, british *scenario.Scenario, until time.Time) (*Histories, error) {
	h := &Histories{Until: until}
	var err error
	if h.American, err = shorten(american, 0, until); err != nil {
		return nil, err
	}
	h.British, err = shorten(british, 1, until)
	return h, err
}

// shorten returns a history, of the two, up to the end of a day.
func shorten(v *scenario.Scenario, history int, until time.Time) (*scenario.Scenario, error) {
	west := wests[history].state
	if len(v.Arms) != 1 {
		return nil, fmt.Errorf("%s is no history: it has %d arms, and what happened has one", v.Name, len(v.Arms))
	}
	for _, name := range []string{west, china} {
		if !slices.ContainsFunc(v.States, func(s scenario.State) bool { return s.Name == name }) {
			return nil, fmt.Errorf("%s is no history of %s and %s: state %s is missing", v.Name, west, china, name)
		}
	}
	for _, name := range wests[history].dialogues {
		if !slices.ContainsFunc(v.Arms[0].Levers.Channels, func(c scenario.Channel) bool { return c.Name == name }) {
			return nil, fmt.Errorf("%s lacks the channel %s, whose life is compared with the record", v.Name, name)
		}
	}
	for _, co := range v.Arms[0].Levers.Coalitions {
		if west == america && co.Core != britain {
			return nil, fmt.Errorf("coalition %s of %s has no core: %s to tell accusations with British part from others, "+
				"write core: %s", co.Name, v.Name, britain, britain)
		}
	}
	end := day(v, until) + 1
	if end <= 2*param.DaysPerYear {
		return nil, fmt.Errorf("the cut-off %s leaves less than two years of %s; take a later one",
			until.Format(time.DateOnly), v.Name)
	}
	if end > v.Horizon+1 {
		return nil, fmt.Errorf("the cut-off %s lies after the end of %s, %s; take an earlier one",
			until.Format(time.DateOnly), v.Name, v.Start.Add(time.Duration(v.Horizon*24)*time.Hour).Format(time.DateOnly))
	}
	out := *v
	out.Horizon = min(v.Horizon, end)
	out.Headline.Horizon = out.Horizon
	return &out, nil
}

// day is the number of days from the start of a history to a date.
func day(v *scenario.Scenario, t time.Time) float64 { return daysFrom(v.Start, t) }

func daysFrom(from, to time.Time) float64 { return to.Sub(from).Hours() / 24 }

func newYear(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

func (h *Histories) pair() [2]*scenario.Scenario { return [2]*scenario.Scenario{h.American, h.British} }
