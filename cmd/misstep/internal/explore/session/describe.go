package session

import (
	"cmp"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// Describe says what can be moved in a state.
func (s *Session) Describe(state State) (*Description, error) {
	if _, err := s.open(state); err != nil {
		return nil, problemsOf(err)
	}
	if s.described == nil {
		d, err := s.describe()
		if err != nil {
			return nil, problemsOf(err)
		}
		s.described = d
	}
	out := *s.described
	out.Decided = decided(s.base, state.Arms)
	return &out, nil
}

// Shipped is the state in which everything stands as the source has it.
func (s *Session) Shipped() State { return s.shipped }

func (s *Session) describe() (*Description, error) {
	v := s.base
	command, err := s.Command(s.shipped)
	if err != nil {
		return nil, err
	}
	d := &Description{Title: v.Title, Question: v.Card.Question, Limits: v.Card.Limits, Start: say.Day(v.Start),
		Horizon: v.Horizon, Shipped: s.shipped, Assumed: s.assumed(), Numbers: len(v.Slots),
		Turns: summary.TurnsOf(v), Outcome: v.Headline.Outcome, Weighed: weighed(), Command: command}
	for i := range v.Arms {
		d.Arms = append(d.Arms, Arm{v.Arms[i].Name, say.InArm(v.Arms[i].Name)})
	}
	for i := range v.Slots {
		if say.Assumed(v.Slots[i].Source) {
			d.Guessed++
		}
	}
	for level, size := range map[string]*Size{Draft: &d.Draft, Fine: &d.Fine} {
		p, err := s.Plan(s.shipped, level)
		if err != nil {
			return nil, err
		}
		*size = p.Size
	}
	return d, nil
}

// pair are the two arms by name.
func pair(v *scenario.Scenario, names [2]string) (out [2]*scenario.Arm) {
	for i := range v.Arms {
		for k, name := range names {
			if v.Arms[i].Name == name {
				out[k] = &v.Arms[i]
			}
		}
	}
	return out
}

// first orders by a rank.
func first[T any](list []T, rank func(*T) int) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(rank(&a), rank(&b)) })
}
