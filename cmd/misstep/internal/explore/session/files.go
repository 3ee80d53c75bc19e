package session

import (
	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/model/scenario"
)

// Files are what can be downloaded of a state.
func (s *Session) Files(state State) (*Files, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	layers, err := s.layers(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	text, err := scenario.Rewrite(s.source.Name, []byte(s.source.Text), s.reading(layers))
	if err != nil {
		return nil, problemsOf(err)
	}
	f := &Files{Scenario: string(text)}
	if len(layers)+len(s.source.Layers) == 0 {
		f.Scenario = s.source.Text
	}
	if s.last != nil && s.last.key == o.key {
		f.Rows = string(answer.Table(s.last.summary))
	}
	return f, nil
}
