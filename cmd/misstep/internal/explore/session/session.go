package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// Bounds on what a page may hand in.
const (
	maxText = 1 << 20 // [bytes] of a scenario, as of the command
	maxSets = 100
	maxSet  = 4 << 10 // [bytes]
)

// Session answers for one scenario. It does one thing at a time.
type Session struct {
	source    Source
	generator random.Generator
	sample    *posterior.Posterior // nil for none
	base      *scenario.Scenario   // as the source has it, in all its arms
	plan      experiment.Plan      // of it
	shipped   State
	described *Description
	opened    []*opened // states, the one that was used last at the end
	last      *folded   // the last fine answer
}

// opened is a state that was loaded.
type opened struct {
	key      string
	state    State
	plan     experiment.Plan // of a fine answer
	prepared map[string]*experiment.Sums
	drafted  *drafted // the draft, where others count from there; nil until one does
}

// folded is a fine answer with what it was made of.
type folded struct {
	key     string
	sums    *experiment.Sums
	summary *summary.Summary
}

// mostOpened is how many states are kept loaded.
const mostOpened = 6

// Open loads a source. Its error is [Problems].
func Open(source Source) (*Session, error) {
	if source.Format != Format {
		return nil, problem("the page is of format %d, and this engine reads format %d; reload the page", source.Format,
			Format)
	}
	if len(source.Text) > maxText {
		return nil, problem("the scenario is larger than %d bytes, which no scenario is; choose another file", maxText)
	}
	s := &Session{source: source}
	var ok bool
	if s.generator, ok = random.ParseGenerator(source.Generator); !ok {
		return nil, problem("unknown generator %q; take mix or philox", source.Generator)
	}
	if err := s.learn(); err != nil {
		return nil, problemsOf(err)
	}
	v, p, err := s.load(nil)
	if err != nil {
		return nil, problemsOf(err)
	}
	if v.Headline.Treatment == "" {
		return nil, problem("a scenario of one arm has nothing to compare; give it a second arm and a headline")
	}
	s.base, s.plan = v, p
	s.shipped = State{Format: Format, Sets: []string{}, Arms: [2]string{v.Headline.Baseline, v.Headline.Treatment},
		Seed: source.Seed}
	return s, nil
}

// learn finds the posterior.
func (s *Session) learn() (err error) {
	switch {
	case s.source.Prior:
	case s.source.Posterior != "":
		s.sample, err = posterior.Parse("posterior", []byte(s.source.Posterior))
	default:
		s.sample, err = posterior.ReadShipped()
	}
	return err
}

// load reads the scenario with further layers, and makes the plan of all its arms.
func (s *Session) load(layers []scenario.Layer) (*scenario.Scenario, experiment.Plan, error) {
	const few = 100 // draws, up to which nobody has to be asked whether there is room for them
	p := experiment.Plan{Generator: s.generator, Seed: s.source.Seed, Draws: min(s.source.Draws, few),
		Replicates: s.source.Replicates, BlockSize: s.source.BlockSize, Delta: s.source.Delta}
	o := model.Options{File: s.source.File, Layers: slices.Concat(s.source.Layers, layers)}
	if s.source.Posterior != "" || s.source.Asked {
		o.Posterior = s.sample
	}
	m, err := model.Ready(s.source.Name, []byte(s.source.Text), o, p, s.sample)
	if err != nil {
		return nil, p, err
	}
	p = m.Plan
	p.Draws = s.source.Draws
	return m.Plan.Scenario, p, p.Check()
}

// reading is how the scenario is read with further layers.
func (s *Session) reading(layers []scenario.Layer) scenario.Options {
	return model.LoadOptions(s.source.File, slices.Concat(s.source.Layers, layers), s.source.Draws > 1)
}

// open loads a state, or finds it among those that were.
func (s *Session) open(state State) (*opened, error) {
	data, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	key := string(data)
	if i := slices.IndexFunc(s.opened, func(o *opened) bool { return o.key == key }); i >= 0 {
		o := s.opened[i]
		s.opened = append(slices.Delete(s.opened, i, i+1), o)
		return o, nil
	}
	layers, err := s.layers(state)
	if err != nil {
		return nil, err
	}
	v, p := s.base, s.plan
	if len(layers) > 0 {
		if v, p, err = s.load(layers); err != nil {
			return nil, err
		}
	}
	if p.Scenario, err = v.Keep(state.Arms[:]); err != nil {
		return nil, err
	}
	p.Seed = state.Seed
	o := &opened{key: key, state: state, plan: p, prepared: map[string]*experiment.Sums{}}
	if s.opened = append(s.opened, o); len(s.opened) > mostOpened {
		s.opened = slices.Delete(s.opened, 0, 1)
	}
	return o, nil
}

// layers are what a state sets, as run would read it off its flags.
func (s *Session) layers(state State) (out []scenario.Layer, err error) {
	if state.Format != Format {
		return nil, problem("the link is of format %d, and this page reads format %d; start from what ships", state.Format,
			Format)
	}
	if len(state.Sets) > maxSets {
		return nil, problem("%d settings are more than %d; leave some out", len(state.Sets), maxSets)
	}
	if state.Arms[0] == state.Arms[1] {
		return nil, problem("arm %q is compared with itself; choose another", state.Arms[0])
	}
	for _, text := range state.Sets {
		path, value, ok := scenario.Cut(text, '=')
		path = strings.TrimSpace(path)
		switch {
		case len(text) > maxSet:
			return nil, problem("a setting of %d bytes is longer than %d; leave it out", len(text), maxSet)
		case !ok || path == "" || value == "":
			return nil, problem("%q is not PATH=VALUE; for example choice.rationality=30", text)
		case isSetting(path):
			return nil, Problems{{Message: "a setting of the program, not of the scenario; leave it out", Path: path}}
		}
		out = append(out, scenario.Layer{Origin: scenario.FromFlag, Path: strings.TrimPrefix(path, "model."), Value: value,
			Where: "--set"})
	}
	if h := s.base.Headline; state.Arms != [2]string{h.Baseline, h.Treatment} {
		for i, key := range [2]string{"headline.baseline", "headline.treatment"} {
			out = append(out, scenario.Layer{Origin: scenario.FromFlag, Path: key, Value: strconv.Quote(state.Arms[i]),
				Where: "--contrast"})
		}
	}
	return out, nil
}

// isSetting reports whether a path is none of a scenario.
func isSetting(path string) bool {
	section, _, _ := strings.Cut(path, ".")
	return section == "run" || section == "plot" || section == "decide"
}

// Problems are what is wrong with what was handed in, or why it cannot be played.
type Problems []Problem

// Error lists them, one a line.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps {
		line := p.Message
		if p.Path != "" {
			line = p.Path + ": " + line
		}
		if p.Line > 0 {
			line = fmt.Sprintf("%d:%d: %s", p.Line, p.Column, line)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func problem(format string, args ...any) Problems {
	return Problems{{Message: fmt.Sprintf(format, args...)}}
}

// mostProblems is how many are handed out.
const mostProblems = 50

// problemsOf are the problems of an error, nil for none.
func problemsOf(err error) error {
	var ours Problems
	var theirs scenario.Problems
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		return ours
	case errors.As(err, &theirs):
		for _, p := range theirs[:min(len(theirs), mostProblems)] {
			text := p.What
			if p.Hint != "" {
				text += "; " + p.Hint
			}
			ours = append(ours, Problem{Message: text, Path: p.Path, Line: p.Line, Column: p.Column})
		}
		return ours
	}
	return Problems{{Message: err.Error()}}
}
