package scenario

import (
	"slices"
	"strconv"
	"strings"
)

// Options are what a caller knows and the file does not.
type Options struct {
	File        string            // shown in messages; default NAME.yaml
	Layers      []Layer           // settings from outside, ascending precedence
	KnownSource func(string) bool // whether E001, T5 or Fearon1994 exists; nil accepts all
	Outcomes    []string          // what can be the headline's outcome; nil accepts all
	UsePriors   bool              // parameters that nobody set: true their prior, false their default
}

// Layer is one setting from outside the file.
type Layer struct {
	Origin Origin `json:"origin"`
	Path   string `json:"path"`  // "choice.rationality", "levers.channels.forum.open", "assumptions.onset.A>B.rate"
	Value  string `json:"value"` // as it would stand in the file: 30, 25 to 75, [R0, R1]
	Where  string `json:"where"` // for messages and as the source: "config.yaml:12", "--set"
}

// Load reads a scenario, applies the layers and checks everything. The error,
// if any, is [Problems] with every mistake that was found. The name is that of
// the file without extension.
func Load(name string, data []byte, opts Options) (*Scenario, error) {
	if opts.File == "" {
		opts.File = clip(name) + ".yaml"
	}
	c := newChecker(opts)
	if !isSlug(name) {
		c.problem(&node{}, "", "scenario name "+quote(name)+" is no lower-case name",
			"name the file with lower-case letters, digits and hyphens, 80 at most")
	}
	c.root = reader{refuse: c.refuse}.read(data)
	if c.root == nil || len(c.problems) > 0 {
		c.blanks(data)
		return nil, c.problems.sorted()
	}
	c.apply(opts.Layers)
	v := c.scenario(name)
	c.cross(v)
	if len(c.problems) > 0 {
		c.blanks(data)
		return nil, c.problems.sorted()
	}
	v.shorten()
	return v, nil
}

// shorten ends the window where the headline's horizon does.
func (v *Scenario) shorten() {
	h := v.Headline.Horizon
	if h <= 0 || h >= v.Horizon {
		return
	}
	v.Horizon = h
	for i := range v.Expect {
		s := &v.Expect[i].Statistic
		s.Before = min(s.Before, h)
	}
}

// checker walks a tree along its shape and collects what it finds.
type checker struct {
	opts     Options
	root     *node
	arm      string // the arm whose levers are being checked, "" for the file itself
	names    map[role]declared
	at       map[string]*node // where each path stands
	slots    map[string]Slot
	problems Problems

	into   any            // what the mapping that is being read writes into
	entry  string         // the name under which the item that is being read stands in a table
	first  *draft         // what the first reading gave; empty during it
	places map[string]Num // of the slots by path, during the second reading; else nil
}

func newChecker(opts Options) *checker {
	return &checker{opts: opts, names: map[role]declared{}, at: map[string]*node{}, slots: map[string]Slot{},
		first: &draft{}}
}

func (c *checker) check(s shape, n *node, path string) any {
	c.at[c.shownPath(path)] = n
	return s.check(c, n, path)
}

// shownPath is the path that a reader sees: levers of an arm stand under it.
func (c *checker) shownPath(path string) string {
	if c.arm == "" || len(path) < len("levers") {
		return path
	}
	return "arms." + Quoted(c.arm) + path[len("levers"):]
}

// problem reports a mistake at a node; the second reading finds none that are new.
func (c *checker) problem(n *node, path, what, hint string) {
	if c.places != nil || len(c.problems) >= maxKept {
		return
	}
	p := Problem{File: c.opts.File, Line: n.line, Column: n.column, Path: c.shownPath(path), What: what, Hint: hint}
	if n.layer != nil {
		p.File, p.Line, p.Column = n.layer.Where, 0, 0
	}
	c.problems = append(c.problems, p)
}

// refused reports whether a mistake was found at a path or below it.
func (c *checker) refused(path string) bool {
	return slices.ContainsFunc(c.problems, func(p Problem) bool {
		below, ok := strings.CutPrefix(p.Path, path)
		return ok && (below == "" || below[0] == '.' || below[0] == '[')
	})
}

// refuse reports what no scenario has, wherever it stands.
func (c *checker) refuse(n *node, what, hint string) { c.problem(n, "", what, hint) }

// problemAt reports a mistake at a path that was checked before, or where the
// nearest part above it stands, if it is there by default.
func (c *checker) problemAt(path, what, hint string) {
	n := c.root
	for at := path; at != ""; at = at[:max(0, strings.LastIndexAny(at, ".["))] {
		if found := c.at[at]; found != nil && (found.line > 0 || found.layer != nil) {
			n = found
			break
		}
	}
	c.problem(n, path, what, hint)
}

// firstAt is the remedy for a repetition.
func firstAt(n *node) string {
	if n.layer != nil || n.line == 0 {
		return "remove one of them"
	}
	return "first on line " + strconv.Itoa(n.line)
}

// count reports a list or table that is too short or too long.
func (c *checker) count(n *node, path, what string, have, low, high int) bool {
	switch {
	case have < low:
		c.problem(n, path, "at least "+plural(low, what)+" needed, "+strconv.Itoa(have)+" given", "")
	case high > 0 && have > high:
		c.problem(n, path, "at most "+plural(high, what)+" allowed, "+strconv.Itoa(have)+" given", "remove some")
	default:
		return true
	}
	return false
}

// addSlot remembers a number under its path, with the layer that decided it.
func (c *checker) addSlot(s Slot, n *node) {
	s.Origin, s.Line = FromScenario, n.line
	if n.layer != nil {
		s.Origin, s.Line = n.layer.Origin, 0
		if s.Source == "" {
			s.Source = n.layer.Where
		}
	}
	if _, known := c.slots[s.Path]; !known {
		c.slots[s.Path] = s
	}
}
