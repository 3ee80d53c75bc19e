package handover

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
)

// settlers say, for a kind of number, what evidence would narrow it and who has it.
var settlers = []struct {
	what   string
	groups []string
}{
	{"the states' own files on what they did about operations they had traced, silence included; public statements " +
		"tell only over many years.",
		[]string{"choice", "prices", "reply", "belief", "stakes", "tension", "thaws"}},
	{"records of what was said over such channels and done after it, which states keep to themselves; interviews with " +
		"those who took part come nearest.",
		[]string{"strength", "effect", "clarify"}},
	{"more such channels, and how they ended: two to five comparable ones are on record.",
		[]string{"life", "random_shocks"}},
	{"investigations whose first findings can be compared with what was established later.",
		[]string{"evidence", "severity", "type", "groups"}},
	{"what victims have discovered and not published.", []string{"onset", "discovery", "disclosure"}},
	{"more joint statements, and who was asked and declined.", []string{"coalition"}},
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
	for i := range said[:max(len(said)-1, 0)] {
		said[i] = strings.TrimSuffix(said[i], ".")
	}
	return strings.Join(said, "; and ")
}

// numberGroup is the group of the registry that a number belongs to; of one that belongs
// to the structure of a scenario, the part of the scenario.
func numberGroup(path string) string {
	parts := strings.Split(scenario.ShortPath(path), ".")
	if _, ok := say.Parameter(strings.Join(parts[max(0, len(parts)-2):], ".")); ok {
		return parts[max(0, len(parts)-2)]
	}
	return parts[0]
}
