// Package param declares every parameter of the model once: name, unit, domain,
// default, prior, scope and source. Configuration keys, `misstep params`, the JSON
// Schema and the documentation table are all made from this one list.
//
// A number in a scenario is a [Dist]: a point, or a distribution that says how
// uncertain the number is. A distribution is sampled by its quantile at one
// addressed uniform per parameter and draw, so that adding or removing a
// parameter never moves the value of another.
package param

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
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

// DefaultDist returns the default as a point.
func (p Param) DefaultDist() Dist {
	return Dist{Family: Point, A: p.Default, Text: FormatNumber(p.Default, p.Domain.Duration)}
}

// PriorDist returns the prior, or the default as a point where there is none.
func (p Param) PriorDist() Dist {
	if p.Prior == "" {
		return p.DefaultDist()
	}
	d, err := ParseDist(p.Prior, p.Domain)
	if err != nil {
		panic(fmt.Sprintf("param: prior of %s: %v", p.Name, err))
	}
	return d
}

// registry holds the declarations by ID, byName their ids.
var (
	registry []Param
	byName   = map[string]ID{}
)

// declare enters a parameter into the registry. It panics where a name comes twice
// or a default lies outside its domain.
func declare(name, unit string, domain Domain, def float64, prior string, scope Scope, source, doc string) ID {
	p := Param{ID(len(registry)), name, unit, domain, def, prior, scope, source, doc}
	if _, twice := byName[name]; twice {
		panic("param: declared twice: " + name)
	}
	if err := domain.Check(def); err != nil {
		panic(fmt.Sprintf("param: default of %s: %v", name, err))
	}
	registry, byName[name] = append(registry, p), p.ID
	return p.ID
}

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

// Groups returns the names of the parameter groups, sorted; they are not to be changed.
var Groups = sync.OnceValue(func() (out []string) {
	for _, p := range registry {
		out = append(out, p.Group())
	}
	slices.Sort(out)
	return slices.Compact(out)
})

// Count is the number of parameters.
func Count() int { return len(registry) }

// Domain is the set of values that a parameter may take.
type Domain struct {
	Lo, Hi         float64 // bounds, possibly infinite
	OpenLo, OpenHi bool    // whether a bound is excluded
	Integer        bool    // whole numbers only
	Duration       bool    // a time span in days; written 196d, 5y
	Text           string  // as people read it: "(0, 1)", "days > 0"
}

// The domains in use. A new one needs a reason.
var (
	Real         = Domain{Lo: math.Inf(-1), Hi: math.Inf(1), Text: "any number"}
	Positive     = Domain{Lo: 0, OpenLo: true, Hi: math.Inf(1), Text: "> 0"}
	NonNegative  = Domain{Lo: 0, Hi: math.Inf(1), Text: "≥ 0"}
	Probability  = Domain{Lo: 0, Hi: 1, Text: "0 to 1"}
	OpenUnit     = Domain{Lo: 0, OpenLo: true, Hi: 1, OpenHi: true, Text: "between 0 and 1"}
	Signed       = Domain{Lo: -1, Hi: 1, Text: "−1 to 1"}
	Span         = Domain{Lo: 0, OpenLo: true, Hi: math.Inf(1), Duration: true, Text: "a duration > 0"}
	SpanOrZero   = Domain{Lo: 0, Hi: math.Inf(1), Duration: true, Text: "a duration ≥ 0"}
	SeverityUnit = Domain{Lo: 0, OpenLo: true, Hi: 10, Text: "0 to 10"}
	Moves        = Domain{Lo: 0, Hi: 64, Integer: true, Text: "a whole number, 0 to 64"}
)

// Contains reports whether x lies in the domain; NaN and infinities never do.
func (d Domain) Contains(x float64) bool {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return false
	}
	if x < d.Lo || (d.OpenLo && x == d.Lo) || x > d.Hi || (d.OpenHi && x == d.Hi) {
		return false
	}
	return !d.Integer || x == math.Trunc(x)
}

// Check returns an error that names the domain when x lies outside of it.
func (d Domain) Check(x float64) error {
	if d.Contains(x) {
		return nil
	}
	return fmt.Errorf("%v is outside the domain: %s", FormatNumber(x, d.Duration), d.Text)
}
