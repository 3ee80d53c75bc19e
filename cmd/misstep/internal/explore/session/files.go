package session

import "github.com/misstep/misstep/cmd/misstep/internal/answer"

// Files are what can be downloaded of a state.
func (s *Session) Files(state State) (*Files, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	f := &Files{}
	if s.last != nil && s.last.key == o.key {
		f.Rows = string(answer.Table(s.last.summary))
	}
	return f, nil
}
