package scenario

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/model/param"
)

// builder turns checked records into a Scenario. It never reports anything: what
// was refused is left out, and a Scenario with problems is thrown away.
type builder struct {
	c     *checker
	v     *Scenario
	index map[string]Num // by slot path
	start time.Time
}

// valid checks the tree and builds what it says; nil when it is no mapping.
func (c *checker) valid(name string) *Scenario {
	r, ok := c.check(format, c.root, "").(*record)
	if !ok {
		return nil
	}
	arms := c.allArms(r)
	b := builder{c: c, v: &Scenario{Name: name}, start: get[time.Time](r, "start")}
	b.slots()
	b.head(r)
	b.assumptions(r.rec("assumptions"))
	for _, a := range arms {
		b.v.Arms = append(b.v.Arms, Arm{Name: a.name, Levers: b.levers(a.value.(*record))})
	}
	b.headline(r)
	b.expect(r)
	return b.v
}

// allArms checks the levers of each arm.
func (c *checker) allArms(r *record) []named {
	var out []named
	for _, a := range get[[]named](r, "arms") {
		if edits, ok := a.value.(*node); ok {
			if levers := c.armLevers(a.name, edits); levers != nil {
				out = append(out, named{a.name, levers})
			}
		}
	}
	return out
}

// slots adds the registry's value of each parameter that nobody set, sorts all
// numbers by path and indexes the parameters.
func (b *builder) slots() {
	c := b.c
	for _, p := range param.All() {
		path := globalPath(p)
		if _, set := c.slots[path]; set {
			continue
		}
		s := Slot{Path: path, Dist: param.Fixed(p.Default), Domain: p.Domain, Param: p.ID, Source: p.Source, Origin: FromDefault}
		s.Dist.Text = param.FormatNumber(p.Default, p.Domain.Duration)
		if c.opts.UsePriors && p.Prior != "" {
			s.Dist, s.Origin = p.PriorDist(), FromPrior
		}
		c.slots[path] = s
	}
	b.index = map[string]Num{}
	b.v.global = make([]Num, param.Count())
	b.v.overridden = map[override]Num{}
	for i, path := range sortedKeys(c.slots) {
		s := c.slots[path]
		b.index[path] = Num(i)
		b.v.Slots = append(b.v.Slots, s)
		if s.Param == structural {
			continue
		}
		p := param.Get(s.Param)
		if path == globalPath(p) {
			b.v.global[p.ID] = Num(i)
			continue
		}
		entity := strings.TrimSuffix(strings.TrimPrefix(path, "assumptions."), "."+p.Name)
		b.v.overridden[override{p.ID, entity}] = Num(i)
	}
}

// globalPath is where a parameter is set for everyone, also when nobody does: a
// number keeps its path, and with it its draws, when its default is written out.
func globalPath(p param.Param) string { return "assumptions." + p.Name }

// num is the number under a key, or -1.
func (b *builder) num(r *record, key string) Num {
	return b.numOf(r.values[key])
}

func (b *builder) numOf(value any) Num {
	w, ok := value.(written)
	if !ok {
		return -1
	}
	return b.index[w.path]
}

// day is the date under a key in days from the start.
func (b *builder) day(r *record, key string, otherwise float64) float64 {
	t, ok := r.values[key].(time.Time)
	if !ok {
		return otherwise
	}
	return t.Sub(b.start).Hours() / 24
}

// pair is the sorted pair under a key.
func pair(r *record) [2]string {
	names := texts(r, "between")
	slices.Sort(names)
	if len(names) != 2 {
		return [2]string{}
	}
	return [2]string{names[0], names[1]}
}

// texts returns the words of a list, or nothing when it is empty or absent.
func texts(r *record, key string) []string {
	words := values[string](r, key)
	if len(words) == 0 {
		return nil
	}
	return words
}

// sortedNames is a list of names in order.
func sortedNames(r *record, key string) []string {
	names := texts(r, key)
	slices.Sort(names)
	return names
}

func (b *builder) head(r *record) {
	v := b.v
	v.Title = get[string](r, "title")
	v.Start = b.start
	v.Horizon = get[float64](r, "horizon")
	v.Scale = get[string](r, "scale")
	card := r.rec("card")
	v.Card = Card{
		Question: get[string](card, "question"),
		Shows:    get[string](card, "shows"),
		Try:      texts(card, "try"),
		Limits:   get[string](card, "limits"),
		Sources:  texts(card, "sources"),
	}
}

func (b *builder) headline(r *record) {
	h := r.rec("headline")
	b.v.Headline = Headline{
		Outcome:   cmp.Or(get[string](h, "outcome"), "missteps"),
		Baseline:  get[string](h, "baseline"),
		Treatment: get[string](h, "treatment"),
		Horizon:   cmp.Or(get[float64](h, "horizon"), b.v.Horizon),
	}
	if len(b.v.Arms) == 1 && b.v.Headline.Baseline == "" {
		b.v.Headline.Baseline = b.v.Arms[0].Name
	}
}

func (b *builder) expect(r *record) {
	for _, e := range r.recs("expect") {
		x := Expectation{
			ID:        get[string](e, "id"),
			Says:      get[string](e, "says"),
			Source:    get[string](e, "source"),
			Arm:       get[string](e, "arm"),
			Statistic: b.statistic(e.rec("statistic")),
			Observed:  get[float64](e, "observed"),
			Level:     get[float64](e, "level"),
			Tail:      get[string](e, "tail"),
			KnownMiss: get[string](e, "known_miss"),
			Line:      lineOf(e.at),
		}
		if x.Arm == "" && len(b.v.Arms) == 1 {
			x.Arm = b.v.Arms[0].Name
		}
		b.v.Expect = append(b.v.Expect, x)
	}
	slices.SortFunc(b.v.Expect, func(x, y Expectation) int { return cmp.Compare(x.ID, y.ID) })
}

func (b *builder) statistic(s *record) Statistic {
	return Statistic{
		Measure:  get[string](s, "measure"),
		Event:    get[string](s, "event"),
		By:       get[string](s, "by"),
		Against:  get[string](s, "against"),
		Incident: get[string](s, "incident"),
		Channel:  get[string](s, "channel"),
		Cause:    get[string](s, "cause"),
		FromRung: get[int](s, "from"),
		ToRung:   get[int](s, "to"),
		After:    b.day(s, "after", 0),
		Before:   b.day(s, "before", b.v.Horizon),
		SameDay:  get[bool](s, "same_day"),
	}
}

func lineOf(n *node) int {
	if n.layer != nil {
		return 0
	}
	return n.line
}
