package main

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/model/scenario"
)

// settlers say, for a kind of number, what evidence would narrow it and who has it.
var settlers = []struct {
	what   string
	groups []string
}{
	{"How states choose is seen in what they did about operations they had traced, silence included: their own files would tell, public statements only over many years.",
		[]string{"choice", "prices", "reply", "belief", "stakes", "tension", "thaws"}},
	{"What a channel does is seen in what was said over it and done after it, and the states keep that to themselves; interviews with those who took part come nearest.",
		[]string{"strength", "effect", "clarify"}},
	{"How long channels last would be told by more of them: two to five comparable ones are on record.", []string{"life", "random_shocks"}},
	{"How good evidence is would be told by investigations whose first findings are compared with what was established later.",
		[]string{"evidence", "severity", "type", "groups"}},
	{"How much there is to find would be told by what victims have discovered and not published.", []string{"onset", "discovery", "disclosure"}},
	{"Who joins whom would be told by more joint statements, and by those who were asked and declined.", []string{"coalition"}},
}

// settled says what evidence would narrow the numbers at these paths, each kind once, ""
// for none.
func settled(paths []string) string {
	var said []string
	for _, path := range paths {
		for _, s := range settlers {
			if slices.Contains(s.groups, numberGroup(path)) && !slices.Contains(said, s.what) {
				said = append(said, s.what)
			}
		}
	}
	return strings.Join(said, " ")
}

// numberGroup is the group of the registry that a number belongs to; of one that belongs
// to the structure of a scenario, the part of the scenario.
func numberGroup(path string) string {
	parts := strings.Split(scenario.ShortPath(path), ".")
	if parameterWords(strings.Join(parts[max(0, len(parts)-2):], ".")) != "" {
		return parts[max(0, len(parts)-2)]
	}
	return parts[0]
}
