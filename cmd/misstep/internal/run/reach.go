package run

import (
	"cmp"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// unreached says of every number that was set from outside of the scenario and has no say, or none for some, what does
// instead.
func (j *Run) unreached(a *cli.App) {
	v := j.Scenario
	read := sim.Reads(v, j.Plan.Theta(0))
	for i := range v.Slots {
		s := &v.Slots[i]
		outside := s.Origin == scenario.FromConfig || s.Origin == scenario.FromEnv || s.Origin == scenario.FromFlag
		forAll := s.Param >= 0 && v.Param(s.Param, "") == scenario.Num(i)
		if !outside || read[i] && !forAll {
			continue
		}
		var own []string
		for k := range v.Slots {
			if x := &v.Slots[k]; k != i && read[k] && x.Param == s.Param && x.Param >= 0 {
				own = append(own, scenario.ShortPath(x.Path))
			}
		}
		own = inForce(v, own)
		switch {
		case read[i] && len(own) > 0:
			a.Note("%s (%s) does not reach who has a number of their own: set %s, too, if they are meant",
				scenario.ShortPath(s.Path), s.Source, say.And(quotedAll(own)))
		case read[i]:
		case len(own) == 0:
			a.Note("%s (%s) reaches nothing: the scenario has nothing that it is about", scenario.ShortPath(s.Path), s.Source)
		default:
			a.Note("%s (%s) reaches nothing: whoever it is about has a number of their own; set %s instead",
				scenario.ShortPath(s.Path), s.Source, say.And(quotedAll(own)))
		}
	}
}

// NoteTwins says which names of a scenario differ in case only.
func NoteTwins(a *cli.App, v *scenario.Scenario) {
	for _, pair := range v.Twins() {
		a.Note("%q and %q differ in case only, and are two names", pair[0], pair[1])
	}
}

// inForce puts the last step of a state's series of prices in the place of the price that the series goes on from.
func inForce(v *scenario.Scenario, paths []string) []string {
	last := map[string]string{}
	for i := range v.Slots {
		path := scenario.ShortPath(v.Slots[i].Path)
		if rest, ok := strings.CutPrefix(path, "prices."); ok {
			state, _, _ := strings.Cut(rest, "@")
			last["states."+state+".choice.price"] = max(path, last["states."+state+".choice.price"])
		}
	}
	return say.Each(paths, func(path string) string { return cmp.Or(last[path], path) })
}

// quotedAll puts paths with blanks into quotes, as a shell takes them.
func quotedAll(paths []string) []string {
	return say.Each(paths, func(path string) string {
		if strings.Contains(path, `"`) {
			return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
		}
		if strings.ContainsAny(path, " >'&()") {
			return `"` + path + `"`
		}
		return path
	})
}
