package scenario

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/param"
)

// scenario reads the tree, twice: the first reading finds every mistake and every
// number, the second writes the numbers' places and days from the start. It is nil
// when the tree is no mapping. With problems it lacks what was refused.
func (c *checker) scenario(name string) *Scenario {
	if c.first = c.read(); c.first == nil {
		return nil
	}
	slots := c.allSlots()
	c.places = make(map[string]Num, len(slots))
	for i, s := range slots {
		c.places[s.Path] = Num(i)
	}
	v := &c.read().Scenario
	c.places = nil
	v.Name, v.Slots = name, slots
	v.findParams()
	v.fillIn()
	return v
}

// read reads the file and then the levers of each arm.
func (c *checker) read() *draft {
	d, ok := c.check(format, c.root, "").(*draft)
	if !ok {
		return nil
	}
	for _, change := range d.changes {
		if levers, ok := c.armLevers(change.arm, change.node); ok {
			d.Arms = append(d.Arms, Arm{change.arm, levers})
		}
	}
	return d
}

// allSlots returns all numbers by path, with the registry's value of each parameter
// that nobody set.
func (c *checker) allSlots() []Slot {
	for _, p := range param.All() {
		path := globalPath(p)
		if _, set := c.slots[path]; set {
			continue
		}
		s := Slot{Path: path, Dist: p.DefaultDist(), Domain: p.Domain, Param: p.ID, Source: p.Source, Origin: FromDefault}
		if c.opts.UsePriors && p.Prior != "" {
			s.Dist, s.Origin = p.PriorDist(), FromPrior
		}
		c.slots[path] = s
	}
	var out []Slot
	for _, path := range slices.Sorted(maps.Keys(c.slots)) {
		out = append(out, c.slots[path])
	}
	return out
}

// globalPath is where a parameter is set for everyone, also when nobody does: a
// number keeps its path, and with it its draws, when its default is written out.
func globalPath(p param.Param) string { return "assumptions." + p.Name }

func (v *Scenario) findParams() {
	v.global, v.overridden = make([]Num, param.Count()), map[override]Num{}
	for i, s := range v.Slots {
		if s.Param == structural {
			continue
		}
		name := param.Get(s.Param).Name
		entity := strings.TrimPrefix(strings.TrimSuffix(s.Path, name), "assumptions.")
		if entity == "" {
			v.global[s.Param] = Num(i)
		} else {
			v.overridden[override{s.Param, Unquoted(strings.TrimSuffix(entity, "."))}] = Num(i)
		}
	}
}

// fillIn adds what holds by default and depends on other keys.
func (v *Scenario) fillIn() {
	h := &v.Headline
	h.Outcome, h.Horizon = cmp.Or(h.Outcome, "missteps"), cmp.Or(h.Horizon, v.Horizon)
	if len(v.Arms) != 1 {
		return
	}
	h.Baseline = cmp.Or(h.Baseline, v.Arms[0].Name)
	for i := range v.Expect {
		v.Expect[i].Arm = cmp.Or(v.Expect[i].Arm, v.Arms[0].Name)
	}
}
