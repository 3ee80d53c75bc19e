package levers

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/scenario"
)

// Space is what may be decided otherwise in the treatment of a headline.
type Space struct {
	Levers    []Lever
	Baseline  scenario.Arm
	Treatment scenario.Arm // as it stands
}

// Lever is one thing that is decided.
type Lever struct {
	Name  string // "cyber-dialogue: cadence"
	Moves []Move // which exclude each other

	channel string // that is decided about, with whose name the words of each move begin
}

// Move is another decision than that of the treatment.
type Move struct {
	Words string // "meets every 45 days"
	apply func(*scenario.Levers)
}

// decided are the mechanisms that a mandate may add or leave out. Fragility, leaks and moral hazard come with a
// channel and are nobody's choice.
var decided = []scenario.Mechanism{scenario.Clarify, scenario.Delay, scenario.PrivateOption, scenario.Commitments,
	scenario.Notification, scenario.Trust, scenario.RedLines}

// Cadences that are tried [d], and how much later a channel may open [d].
var (
	cadences = []float64{30, 91, 182, 365}
	later    = 365.0
)

// SpaceOf lists the levers of a scenario: of the channels in which the arms of its headline differ, and of those that
// stand by, closed in both. Channels that the two share are the world in which the arms are compared.
func SpaceOf(v *scenario.Scenario) (*Space, error) {
	arm := func(name string) scenario.Arm {
		return v.Arms[slices.IndexFunc(v.Arms, func(a scenario.Arm) bool { return a.Name == name })]
	}
	if v.Headline.Treatment == "" {
		return nil, errors.New("a scenario of one arm has nothing to compare a design with; give it a second arm and a " +
			"headline")
	}
	s := &Space{Baseline: arm(v.Headline.Baseline), Treatment: arm(v.Headline.Treatment)}
	var forums []string
	for i := range s.Treatment.Levers.Channels {
		c := &s.Treatment.Levers.Channels[i]
		base := channelOf(&s.Baseline.Levers, c.Name)
		if c.Open && (base == nil || !base.Open || !same(base, c)) {
			s.ofForum(v, c)
			forums = append(forums, c.Name)
		}
	}
	if len(forums) == 0 {
		return nil, fmt.Errorf("arm %q opens no channel that %q lacks, so that there is nothing to decide about; name "+
			"others with --contrast", s.Treatment.Name, s.Baseline.Name)
	}
	for i := range s.Treatment.Levers.Channels {
		c := &s.Treatment.Levers.Channels[i]
		if base := channelOf(&s.Baseline.Levers, c.Name); !c.Open && (base == nil || !base.Open) {
			s.ofSecond(c, forums)
		}
	}
	return s, nil
}

// ofForum adds the levers of a channel that the treatment has.
func (s *Space) ofForum(v *scenario.Scenario, c *scenario.Channel) {
	name := c.Name
	add := func(what string, moves ...Move) {
		if len(moves) > 0 {
			s.Levers = append(s.Levers, Lever{name + ": " + what, moves, name})
		}
	}
	set := func(words string, change func(*scenario.Channel)) Move {
		return Move{words, func(l *scenario.Levers) { change(channelOf(l, name)) }}
	}
	for _, m := range decided {
		words := map[bool]string{false: name + " with ", true: name + " without "}[c.Mandate[m]]
		words += strings.ReplaceAll(m.String(), "_", " ")
		add(m.String(), set(words, func(c *scenario.Channel) { c.Mandate[m] = !c.Mandate[m] }))
	}
	if c.Meets {
		var moves []Move
		for _, days := range cadences {
			if days != c.Cadence {
				moves = append(moves, set(fmt.Sprintf("%s meets every %.0f days", name, days),
					func(c *scenario.Channel) { c.Cadence = days }))
			}
		}
		add("cadence", moves...)
	}
	if c.Mandate[scenario.Clarify] {
		to := map[string]string{"culprit": "culprit-and-intent", "culprit-and-intent": "culprit"}[c.Question]
		add("question", set(name+" asks for "+strings.ReplaceAll(to, "-", " "),
			func(c *scenario.Channel) { c.Question = to }))
	}
	if opens := max(0, c.Opens) + later; c.OpensAfter == nil && opens < v.Horizon {
		add("opening", set(name+" opens a year later", func(c *scenario.Channel) { c.Opens = opens }))
	}
	for _, state := range v.States {
		if !state.Observer && !slices.Contains(c.Members, state.Name) {
			add("member "+state.Name, set(name+" with "+state.Name+" as a member", func(c *scenario.Channel) {
				c.Members = append(c.Members, state.Name)
				slices.Sort(c.Members)
			}))
		}
	}
}

// ofSecond adds a channel that stands by: beside the forums, or once one of them breaks off.
func (s *Space) ofSecond(c *scenario.Channel, forums []string) {
	name := c.Name
	moves := []Move{{name + " beside it", func(l *scenario.Levers) { channelOf(l, name).Open = true }}}
	for _, f := range forums {
		if channelOf(&s.Treatment.Levers, f).Mandate[scenario.Fragility] {
			moves = append(moves, Move{name + " once " + f + " is suspended", func(l *scenario.Levers) {
				c := channelOf(l, name)
				c.Open, c.OpensAfter = true, &scenario.Trigger{After: scenario.AfterSuspension, Channel: f}
			}})
		}
	}
	s.Levers = append(s.Levers, Lever{name, moves, name})
}

func channelOf(l *scenario.Levers, name string) *scenario.Channel {
	i := slices.IndexFunc(l.Channels, func(c scenario.Channel) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &l.Channels[i]
}
