package scenario

import (
	"slices"
	"strings"
	"unicode"

	"github.com/misstep/misstep/internal/nearest"
)

// role is what a name stands for.
type role uint8

const (
	roleNew       role = iota // a name that is declared here, or that nothing refers to
	roleState                 // a state of assumptions.states
	roleGroup                 // a group of assumptions.groups
	roleSource                // a state or a group
	roleActor                 // a state, a group or a partner of a coalition
	roleChannel               // a channel of levers.channels
	roleCoalition             // a coalition of levers.coalitions
	roleIncident              // an entry of assumptions.incidents
	roleArm                   // an arm
)

func (r role) String() string {
	return [...]string{"name", "state", "group", "state or group", "state, group or partner",
		"channel", "coalition", "incident", "arm"}[r]
}

// name is the name of something: declared here, or elsewhere in a role; or one of
// the extra words that are allowed besides.
func name(r role, extra ...string) scalar {
	says := strings.Join(append([]string{"name of a " + r.String()}, extra...), " or ")
	if r == roleNew {
		says = "name: 1 to 40 letters, digits, spaces, hyphens"
	}
	return scalar{says: says, shared: "name", json: matching(namePattern), read: func(c *checker, n *node) (any, *wrong) {
		if n.kind != scalarNode {
			return nil, &wrong{"a name is needed, not " + n.kind.String(), ""}
		}
		if slices.Contains(extra, n.text) {
			return n.text, nil
		}
		if r == roleNew {
			if what := badName(n.text); what != "" {
				return nil, &wrong{"name " + quote(n.text) + " " + what, "use 1 to 40 letters, digits, spaces and hyphens"}
			}
			return n.text, nil
		}
		known, complete := c.known(r)
		switch {
		case slices.Contains(known, n.text):
			return n.text, nil
		case complete:
			return nil, &wrong{"unknown " + r.String() + " " + quote(n.text),
				nearest.Remedy(n.text, append(slices.Clone(known), extra...))}
		}
		return nil, nil // where their declaration is broken, which was reported
	}}
}

// reserved words cannot be names, since they mean something where a name could
// stand.
var reserved = []string{"drawn", "all", "none", "any", "null", "true", "false"}

// badName says what is wrong with the name of an entity.
func badName(s string) string {
	letters := 0
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '-' {
			return "has the sign " + quote(string(r))
		}
		letters++
	}
	switch {
	case letters == 0:
		return "is empty"
	case letters > 40:
		return "is too long"
	case strings.TrimSpace(s) != s || strings.Contains(s, "  "):
		return "has a space too many"
	case slices.Contains(reserved, strings.ToLower(s)):
		return "is a reserved word"
	}
	return ""
}

// declared are the names of one role, sorted; complete is false where their
// declaration is broken, so that one mistake does not bring a hundred.
type declared struct {
	list     []string
	complete bool
}

// known lists the declared names of a role.
func (c *checker) known(r role) (names []string, complete bool) {
	got, ok := c.names[r]
	if !ok {
		got = c.collect(r)
		slices.Sort(got.list)
		c.names[r] = got
	}
	return got.list, got.complete
}

// declaredAt is where the names of a role are keys.
var declaredAt = map[role][]string{
	roleState: {"assumptions", "states"}, roleGroup: {"assumptions", "groups"}, roleArm: {"arms"},
	roleChannel: {"levers", "channels"}, roleCoalition: {"levers", "coalitions"},
}

func (c *checker) collect(r role) declared {
	switch r {
	case roleSource:
		return both(c.collect(roleState), c.collect(roleGroup))
	case roleActor:
		return both(c.collect(roleSource), c.partners())
	case roleIncident:
		out := declared{complete: true}
		if n := c.root.at("assumptions", "incidents"); n != nil {
			for _, item := range n.items {
				out.list = append(out.list, item.get("name").word())
			}
		}
		out.list = slices.DeleteFunc(out.list, func(name string) bool { return name == "" })
		return out
	}
	n := c.root.at(declaredAt[r]...)
	return declared{n.keys(), n == nil || n.kind == mappingNode || n.kind == nullNode}
}

func both(a, b declared) declared {
	return declared{slices.Concat(a.list, b.list), a.complete && b.complete}
}

// partners are those of all coalitions.
func (c *checker) partners() declared {
	coalitions, names := c.root.at("levers", "coalitions"), []string{}
	for _, name := range coalitions.keys() {
		names = append(names, coalitions.at(name, "partners").keys()...)
	}
	slices.Sort(names)
	return declared{slices.Compact(names), true}
}

// BadName says what is wrong with the name of an arm, a state or a channel, "" where nothing is.
func BadName(s string) string { return badName(s) }
