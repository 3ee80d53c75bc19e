package session

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// Command is the command line whose summary.json has the bytes of the fine answer of a state. A posterior of the
// user's own stands in it as FILE.
func (s *Session) Command(state State) (string, error) {
	layers, err := s.layers(state)
	if err != nil {
		return "", problemsOf(err)
	}
	words := append([]string{"misstep", "run", s.source.File}, s.sampleFlags(state)...)
	var sets, contrast []string
	for _, l := range slices.Concat(s.source.Layers, layers) {
		if l.Where != "--contrast" {
			sets = append(sets, "--set", l.Path+"="+l.Value)
			continue
		}
		name, err := strconv.Unquote(l.Value)
		if err != nil {
			name = l.Value
		}
		contrast = append(contrast, scenario.Quoted(name))
	}
	if n := len(contrast); n >= 2 { // the last two: baseline, treatment
		words = append(words, "--contrast", contrast[n-2]+","+contrast[n-1])
	}
	words = append(words, "--arm", state.Arms[0], "--arm", state.Arms[1], "--no-side-runs")
	return strings.Join(inShell(append(words, sets...)), " "), nil
}

// sampleFlags are the flags of a sample that is not the default.
func (s *Session) sampleFlags(state State) (out []string) {
	src := &s.source
	add := func(flag, value string) { out = append(out, flag, value) }
	if state.Seed != model.DefaultSeed {
		add("--seed", strconv.FormatUint(state.Seed, 10))
	}
	if src.Draws != model.DefaultDraws {
		add("--draws", strconv.Itoa(src.Draws))
	}
	if src.Replicates != model.DefaultReplicates {
		add("--replicates", strconv.Itoa(src.Replicates))
	}
	if src.Generator != "mix" {
		add("--generator", src.Generator)
	}
	switch {
	case src.Prior:
		out = append(out, "--prior")
	case src.Posterior != "":
		add("--posterior", "FILE")
	case src.Asked:
		add("--posterior", "shipped")
	}
	if src.Delta != 0 && src.Delta != experiment.DefaultDelta {
		add("--set", "run.delta="+strconv.FormatFloat(src.Delta, 'g', -1, 64))
	}
	return out
}

var plain = regexp.MustCompile(`^[A-Za-z0-9_./:=,@%+-]+$`)

// inShell writes words so that a shell takes each as one.
func inShell(words []string) (out []string) {
	for _, w := range words {
		if !plain.MatchString(w) {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		out = append(out, w)
	}
	return out
}
