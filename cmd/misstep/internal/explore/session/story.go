package session

import (
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/story"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/narrative"
)

// Story tells one future of a state in words.
func (s *Session) Story(state State, draw, replicate int) (*Story, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	told, err := narrative.Tell(&o.plan, experiment.Cell{Draw: draw, Replicate: replicate})
	if err != nil {
		return nil, problemsOf(err)
	}
	out := &Story{Title: told.Title, Draw: draw, Number: replicate, Parted: story.Cause(told), Cases: []StoryCase{}}
	for i := range told.Arms {
		out.Arms[i] = told.Arms[i].Name
	}
	out.Sides, out.Why = story.Parting(told)
	for i := range told.Cases {
		out.Cases = append(out.Cases, caseOf(told, &told.Cases[i]))
	}
	return out, nil
}

func caseOf(s *narrative.Story, c *narrative.Case) StoryCase {
	shared, own := story.Parts(s, c)
	out := StoryCase{Title: say.Capital(story.Title(c)), Truth: story.Truth(s, c), Shared: linesOf(shared),
		Parts: s.Diverges != nil && s.Diverges.Case == c.Number}
	for arm := range own {
		out.Own[arm], out.Found[arm] = linesOf(own[arm]), c.Tracks[arm] != nil
		for _, l := range append(out.Shared[:len(out.Shared):len(out.Shared)], out.Own[arm]...) {
			if out.Found[arm] && l.Mistake && out.Errors[arm] == "" {
				out.Errors[arm] = l.Belief
			}
		}
	}
	return out
}

func linesOf(lines []story.Line) []Line {
	out := []Line{}
	for _, l := range lines {
		out = append(out, Line{Date: l.Date, Day: l.Day, Text: l.Text, Notes: append([]string{}, l.Notes...),
			Mistake: l.Misstep, Belief: l.Behind, Parts: l.Diverges})
	}
	return out
}
