package compare

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
)

// inputDifference is one input in which a run differs from the reference. Values are
// as they are shown: what is not printable is escaped, and empty stands for none.
type inputDifference struct {
	Kind          string `json:"kind"` // model, program, scenario, arms, sample, setting, parameter, posterior, structure
	Name          string `json:"name"`
	Reference     string `json:"reference"`
	Other         string `json:"other"`
	ReferenceFrom string `json:"reference_from,omitempty"` // origin and source
	OtherFrom     string `json:"other_from,omitempty"`
}

// inputDifferences lists what differs in the inputs of two runs, from the program to
// the numbers. Parameters are compared as they were resolved, whatever set them.
func inputDifferences(a, b *runfolder.Manifest) []inputDifference {
	out := []inputDifference{}
	add := func(kind, name, was, now string) {
		if was != now {
			out = append(out, inputDifference{Kind: kind, Name: name, Reference: say.Visible(was), Other: say.Visible(now)})
		}
	}
	x, y := &a.Inputs, &b.Inputs
	add("model", "model version", x.ModelVersion, y.ModelVersion)
	add("program", "program", programText(a.Program), programText(b.Program))
	add("scenario", "name", x.Name, y.Name)
	if x.SHA256 != y.SHA256 {
		removed, added := changedLines(scenarioEdits(x, y))
		out = append(out, inputDifference{Kind: "scenario", Name: "text",
			Other: fmt.Sprintf("%s out, %s in", say.Counted(removed, "line"), say.Counted(added, "line"))})
	}
	add("arms", "arms played", strings.Join(x.Arms, ", "), strings.Join(y.Arms, ", "))
	add("sample", "seed", strconv.FormatUint(x.Seed, 10), strconv.FormatUint(y.Seed, 10))
	add("sample", "generator", x.Generator, y.Generator)
	add("sample", "draws", strconv.Itoa(x.Draws), strconv.Itoa(y.Draws))
	add("sample", "replicates", strconv.Itoa(x.Replicates), strconv.Itoa(y.Replicates))
	add("sample", "block size", strconv.Itoa(x.BlockSize), strconv.Itoa(y.BlockSize))
	add("sample", "side runs", sideRuns[x.Alone], sideRuns[y.Alone])
	add("posterior", "posterior", posteriorText(x.Posterior), posteriorText(y.Posterior))
	out = append(out, settingDifferences(x.Layers, y.Layers)...)
	out = append(out, parameterDifferences(a.Parameters, b.Parameters)...)
	if len(out) == 0 {
		add("structure", "how the program reads the scenario", x.Structure, y.Structure)
	}
	return out
}

var sideRuns = map[bool]string{false: "played", true: "left out"}

func programText(p runfolder.Program) string {
	return strings.Join([]string{p.Name, p.Version, p.Go, p.GOARCH}, " ")
}

func posteriorText(p *runfolder.Posterior) string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf("%s (sha256 %.12s)", p.Name, p.SHA256)
}

// scenarioEdits is the edit between the texts of two scenarios.
func scenarioEdits(a, b *runfolder.Inputs) []edit {
	lines := func(s string) []string { return strings.Split(strings.TrimSuffix(s, "\n"), "\n") }
	return lineDiff(lines(a.Scenario), lines(b.Scenario))
}

// byPath pairs what two lists have under a path, in the order in which paths come up; of
// several entries of a path the last one holds.
func byPath[T any](a, b []T, path func(T) string) (paths []string, was, now map[string]T) {
	was, now = map[string]T{}, map[string]T{}
	for i, x := range slices.Concat(a, b) {
		p, side := path(x), was
		if !slices.Contains(paths, p) {
			paths = append(paths, p)
		}
		if i >= len(a) {
			side = now
		}
		side[p] = x
	}
	return paths, was, now
}

// settingDifferences compares what was set from outside of the scenarios.
func settingDifferences(a, b []scenario.Layer) (out []inputDifference) {
	paths, was, now := byPath(a, b, func(l scenario.Layer) string { return l.Path })
	slices.Sort(paths)
	for _, path := range paths {
		if x, y := was[path], now[path]; x.Value != y.Value {
			out = append(out, inputDifference{"setting", say.Visible(path), say.Visible(x.Value), say.Visible(y.Value),
				say.Visible(x.Where), say.Visible(y.Where)})
		}
	}
	return out
}

// parameterDifferences compares the numbers: value or distribution, what a posterior made
// of it, and which layer decided.
func parameterDifferences(a, b []runfolder.Parameter) (out []inputDifference) {
	paths, was, now := byPath(a, b, func(p runfolder.Parameter) string { return p.Path })
	for _, path := range paths {
		p, q := was[path], now[path]
		d := inputDifference{"parameter", say.Visible(path), parameterText(p), parameterText(q), fromText(p), fromText(q)}
		if d.Reference != d.Other || p.Origin != q.Origin {
			out = append(out, d)
		}
	}
	return out
}

// parameterText is a number as it was used, empty for none.
func parameterText(p runfolder.Parameter) string {
	text := p.Value
	if p.Unit != "" && p.Unit != "–" && p.Unit != "d" { // a duration is written with its unit
		text += " " + p.Unit
	}
	if p.Posterior != "" {
		text += ", by the posterior " + p.Posterior
	}
	return say.Visible(text)
}

func fromText(p runfolder.Parameter) string {
	switch {
	case p.Origin == "":
		return ""
	case p.Source == "" || p.Source == p.Origin:
		return say.Visible(p.Origin)
	}
	return say.Visible(p.Origin + ": " + p.Source)
}
