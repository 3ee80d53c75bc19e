package scenario

import (
	"slices"
	"strings"
	"unicode"
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

// name is the name of something: declared here or elsewhere.
type name struct {
	role  role
	extra []string // words that are allowed besides
}

func (s name) describe() string {
	if s.role == roleNew {
		return "name: 1 to 40 letters, digits, spaces, hyphens"
	}
	return strings.Join(append([]string{"name of a " + s.role.String()}, s.extra...), " or ")
}

func (s name) check(c *checker, n *node, path string) any {
	if n.kind != scalarNode {
		c.problem(n, path, "a name is needed, not "+n.kind.String(), "")
		return nil
	}
	if !c.nameAllowed(s, n, path) {
		return nil
	}
	return n.text
}

// nameAllowed reports a name that is ill-formed or unknown.
func (c *checker) nameAllowed(s name, n *node, path string) bool {
	if slices.Contains(s.extra, n.text) {
		return true
	}
	if s.role == roleNew {
		if what := badName(n.text); what != "" {
			c.problem(n, path, "name "+quote(n.text)+" "+what, "use 1 to 40 letters, digits, spaces and hyphens")
			return false
		}
		return true
	}
	known, complete := c.known(s.role)
	if slices.Contains(known, n.text) {
		return true
	}
	if complete {
		c.problem(n, path, "unknown "+s.role.String()+" "+quote(n.text),
			didYouMean(n.text, append(slices.Clone(known), s.extra...)))
	}
	return false
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

// known lists the declared names of a role, sorted; complete is false where
// their declaration is broken, so that one mistake does not bring a hundred.
func (c *checker) known(r role) (names []string, complete bool) {
	if got, ok := c.names[r]; ok {
		return got.list, got.complete
	}
	got := c.collect(r)
	slices.Sort(got.list)
	c.names[r] = got
	return got.list, got.complete
}

// declared are the names of one role.
type declared struct {
	list     []string
	complete bool
}

func (c *checker) collect(r role) declared {
	keysOf := func(path ...string) declared {
		n := c.root.at(path...)
		return declared{n.keys(), n == nil || n.kind == mappingNode || n.kind == nullNode}
	}
	switch r {
	case roleState:
		return keysOf("assumptions", "states")
	case roleGroup:
		return keysOf("assumptions", "groups")
	case roleSource:
		return both(c.collect(roleState), c.collect(roleGroup))
	case roleActor:
		return both(c.collect(roleSource), c.partners())
	case roleChannel:
		return keysOf("levers", "channels")
	case roleCoalition:
		return keysOf("levers", "coalitions")
	case roleArm:
		return keysOf("arms")
	case roleIncident:
		return c.incidentNames()
	}
	return declared{}
}

func both(a, b declared) declared {
	return declared{append(slices.Clone(a.list), b.list...), a.complete && b.complete}
}

func (c *checker) partners() declared {
	out := declared{complete: true}
	for _, coalition := range c.root.at("levers", "coalitions").keys() {
		out.list = append(out.list, c.root.at("levers", "coalitions", coalition, "partners").keys()...)
	}
	slices.Sort(out.list)
	out.list = slices.Compact(out.list)
	return out
}

func (c *checker) incidentNames() declared {
	out := declared{complete: true}
	n := c.root.at("assumptions", "incidents")
	if n == nil {
		return out
	}
	for _, item := range n.items {
		if word := item.get("name").word(); word != "" {
			out.list = append(out.list, word)
		}
	}
	return out
}
