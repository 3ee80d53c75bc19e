package scenario

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// crossPairs: a belief is about another, a thaw ends after it begins.
func (c *checker) crossPairs(v *Scenario) {
	for _, b := range v.Beliefs {
		if b.State != "" && b.State == b.About {
			c.problemAt("assumptions.beliefs."+b.State+">"+b.About, b.State+" holds a belief about itself", "name another state")
		}
	}
	for _, t := range v.Thaws {
		if t.Between[0] == "" || v.Start.IsZero() || t.Until > t.From {
			continue
		}
		path := "assumptions.thaws." + t.Between[0] + "&" + t.Between[1] + "@" + v.dateOf(t.From)
		if c.refused(path + ".until") {
			continue
		}
		c.problemAt(path, "the thaw ends on "+v.dateOf(t.Until)+", not after it begins", "let until be later than from")
	}
	for _, s := range v.States {
		if menu := "assumptions.states." + s.Name + ".menu"; s.Menu != nil && !slices.Contains(s.Menu, 0) && !c.refused(menu) {
			c.problemAt(menu, "the menu lacks R0", "a state can always do nothing; add R0")
		}
		if slices.Contains(s.Menu, 4) {
			c.problemAt("assumptions.states."+s.Name+".menu", "R4 cannot be chosen", "it is R3 joined by partners; leave it out")
		}
	}
}

func (v *Scenario) dateOf(day float64) string {
	return v.Start.Add(time.Duration(day*24) * time.Hour).Format(dateLayout)
}

// crossDates: what is scheduled happens while states act.
func (c *checker) crossDates(v *Scenario) {
	if v.Start.IsZero() || v.Horizon <= 0 || c.refused("assumptions.model.backlog") {
		return
	}
	for _, s := range v.Shocks {
		c.within(v, s.At, "assumptions.shocks."+s.Name+".at")
	}
	for _, in := range v.Incidents {
		c.within(v, in.At, "assumptions.incidents."+in.Name+".at")
	}
	for _, a := range v.Arms {
		for _, s := range a.Levers.Summits {
			c.within(v, s.At, "levers.summits."+s.Name+".at")
		}
	}
}

func (c *checker) within(v *Scenario, day float64, path string) {
	first, last := -v.Model.Backlog, v.Horizon
	switch {
	case day < first:
		c.problemAt(path, v.dateOf(day)+" is before states begin to act, on "+v.dateOf(math.Ceil(first)), "raise assumptions.model.backlog, or choose a later day")
	case day > last:
		c.problemAt(path, v.dateOf(day)+" is after the horizon ends, on "+v.dateOf(math.Floor(last)), "raise the horizon, or choose an earlier day")
	}
}

// crossObservers: who takes no part, takes no part.
func (c *checker) crossObservers(v *Scenario) {
	observer := map[string]bool{}
	for _, s := range v.States {
		observer[s.Name] = s.Observer
	}
	report := func(name, path, role string) {
		if observer[name] {
			c.problemAt(path, name+" is an observer and cannot be "+role, "remove it here, or remove observer: true")
		}
	}
	for _, o := range v.Onset {
		report(o.Source, o.path()+".source", "the source of a stream")
		report(o.Victim, o.path()+".victim", "the victim of a stream")
	}
	for _, a := range v.Arms {
		for _, ch := range a.Levers.Channels {
			for _, m := range ch.Members {
				report(m, c.leverPath(a.Name, "channels."+ch.Name+".members"), "a member of a channel")
			}
		}
		for _, co := range a.Levers.Coalitions {
			report(co.Lead, c.leverPath(a.Name, "coalitions."+co.Name+".lead"), "the lead of a coalition")
			for _, p := range co.Partners {
				if p.Name == co.Lead && co.Lead != "" {
					c.problemAt(c.leverPath(a.Name, "coalitions."+co.Name+".partners."+p.Name), p.Name+" leads the coalition and is its partner", "remove it from the partners")
				}
			}
		}
	}
}

// leverPath is the path of a lever: that of the arm where the arm changed it.
func (c *checker) leverPath(arm, below string) string {
	own, shared := "arms."+arm+"."+below, "levers."+below
	if n := c.at[shared]; n != nil && c.at[own] != nil && n.line == c.at[own].line && n.column == c.at[own].column {
		return shared
	}
	return own
}

// crossMethod: choices of method that exclude each other.
func (c *checker) crossMethod(v *Scenario) {
	if !slices.IsSorted(v.Model.PieceTimes) {
		c.problemAt("assumptions.model.piece_times", "the times do not rise", "list them in order")
	}
}

// crossHeadline: two arms or more are compared.
func (c *checker) crossHeadline(v *Scenario) {
	h := v.Headline
	n := c.root.get("headline")
	arms := c.root.get("arms")
	several := arms != nil && len(arms.entries) > 1
	if several && n == nil {
		c.problem(c.root, "", `key "headline" is missing`, "with several arms it names the two that are compared: headline: {baseline: "+
			arms.keys()[0]+", treatment: "+arms.keys()[1]+"}")
	}
	if several && n != nil {
		for _, key := range []string{"baseline", "treatment"} {
			if n.get(key) == nil {
				c.problemAt("headline", "key "+quote(key)+" is missing", "with several arms the headline names the two that are compared; "+oneOf(arms.keys()))
			}
		}
	}
	if h.Baseline != "" && h.Baseline == h.Treatment {
		c.problemAt("headline.treatment", "baseline and treatment are the same arm", "name two arms")
	}
	if h.Horizon > v.Horizon && v.Horizon > 0 {
		c.problemAt("headline.horizon", "the headline reaches beyond the horizon", "shorten it, or raise the horizon")
	}
	if c.opts.Outcomes != nil && !slices.Contains(c.opts.Outcomes, h.Outcome) {
		c.problemAt("headline.outcome", "unknown outcome "+quote(h.Outcome), didYouMean(h.Outcome, c.opts.Outcomes))
	}
}

// crossExpect: each expectation can be computed.
func (c *checker) crossExpect(v *Scenario) {
	for _, e := range v.Expect {
		path := "expect." + e.ID
		at := c.at[path+".statistic"]
		if arms := c.root.get("arms"); e.Arm == "" && arms != nil && len(arms.entries) > 1 && c.at[path].get("arm") == nil {
			c.problemAt(path, `key "arm" is missing`, "with several arms an expectation names the one that stands for the record; "+oneOf(arms.keys()))
		}
		if at == nil {
			continue
		}
		s := e.Statistic
		switch {
		case s.Measure == "uptime" && at.get("channel") == nil:
			c.problemAt(path+".statistic", `key "channel" is missing`, "uptime is that of a channel")
		case s.Measure == "uptime" && at.get("event") != nil:
			c.problemAt(path+".statistic.event", "uptime has no event", "remove it")
		case s.Measure != "uptime" && s.Measure != "" && at.get("event") == nil:
			c.problemAt(path+".statistic", `key "event" is missing`, fmt.Sprintf("%s is computed from events of one kind", s.Measure))
		}
		if s.FromRung > s.ToRung && !c.refused(path+".statistic.to") {
			c.problemAt(path+".statistic", fmt.Sprintf("from R%d to R%d holds no rung", s.FromRung, s.ToRung), "swap them")
		}
		s.Before = min(s.Before, v.Headline.Horizon) // where the window ends
		if !v.Start.IsZero() && v.Horizon > 0 && s.After >= s.Before && !c.refused(path+".statistic.after") {
			c.problemAt(path+".statistic", "no day lies after "+v.dateOf(s.After)+" and before "+v.dateOf(s.Before), "widen the window")
		}
	}
}
