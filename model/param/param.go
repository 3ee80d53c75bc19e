package param

import (
	"fmt"
	"sort"
	"strings"
)

// Scope says which kind of entity may hold its own value of a parameter; the
// others use the global one.
type Scope uint8

// The scopes. Every parameter may be set globally, under its group in
// `assumptions`; a parameter of another scope may be set at such an entity too.
const (
	Global  Scope = iota
	State         // under assumptions.states.NAME
	Source        // a state or a non-state group: assumptions.states or assumptions.groups
	Stream        // an entry of assumptions.onset
	Channel       // under assumptions.channels.NAME
)

var scopeNames = [...]string{"global", "state", "source", "onset", "channel"}

func (s Scope) String() string { return scopeNames[s] }

// ID is the index of a parameter in the registry.
type ID int

// Param is the one declaration of a model parameter.
type Param struct {
	ID      ID
	Name    string // group.name, lower case
	Unit    string // "1/y", "d", "–"
	Domain  Domain
	Default float64 // the value used where uncertainty is switched off
	Prior   string  // in the notation of a scenario; empty means the default is exact
	Scope   Scope
	Source  string // target ids, reference keys, or "assumption: why"
	Doc     string // one sentence: what the number means
}

// Group is the part of the name before the dot.
func (p Param) Group() string { g, _, _ := strings.Cut(p.Name, "."); return g }

// Short is the part of the name after the dot.
func (p Param) Short() string { _, s, _ := strings.Cut(p.Name, "."); return s }

// PriorDist returns the prior, or the default as a point where there is none.
func (p Param) PriorDist() Dist {
	if p.Prior == "" {
		return Dist{Family: Point, A: p.Default, Text: FormatNumber(p.Default, p.Domain.Duration)}
	}
	d, err := ParseDist(p.Prior, p.Domain)
	if err != nil {
		panic(fmt.Sprintf("param: prior of %s: %v", p.Name, err))
	}
	return d
}

var (
	registry = buildRegistry()
	byName   = indexByName(registry)
)

// All returns every parameter, ordered by ID. The slice must not be changed.
func All() []Param { return registry }

// Get returns the parameter with the id.
func Get(id ID) Param { return registry[id] }

// ByName finds a parameter by its full name.
func ByName(name string) (Param, bool) {
	id, ok := byName[name]
	if !ok {
		return Param{}, false
	}
	return registry[id], true
}

// Groups returns the names of the parameter groups, sorted.
func Groups() []string {
	seen := map[string]bool{}
	var out []string
	for _, p := range registry {
		if !seen[p.Group()] {
			seen[p.Group()] = true
			out = append(out, p.Group())
		}
	}
	sort.Strings(out)
	return out
}

// Count is the number of parameters.
func Count() int { return len(registry) }

func indexByName(ps []Param) map[string]ID {
	m := make(map[string]ID, len(ps))
	for _, p := range ps {
		if _, dup := m[p.Name]; dup {
			panic("param: declared twice: " + p.Name)
		}
		m[p.Name] = p.ID
	}
	return m
}

func buildRegistry() []Param {
	parts := [][]Param{incidentParams, evidenceParams, choiceParams, channelParams}
	out := make([]Param, lastID)
	for _, part := range parts {
		for _, p := range part {
			if out[p.ID].Name != "" {
				panic("param: id declared twice: " + p.Name)
			}
			out[p.ID] = p
		}
	}
	for id, p := range out {
		if p.Name == "" {
			panic(fmt.Sprintf("param: id %d has no declaration", id))
		}
		if err := p.Domain.Check(p.Default); err != nil {
			panic(fmt.Sprintf("param: default of %s: %v", p.Name, err))
		}
	}
	return out
}
