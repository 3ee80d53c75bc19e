package scenario

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/ladder"
)

// crossBeliefs: a belief is about another.
func (c *checker) crossBeliefs(v *Scenario) {
	for _, b := range v.Beliefs {
		if b.State != "" && b.State == b.About {
			c.problemAt("assumptions.beliefs."+Quoted(b.State)+">"+Quoted(b.About), b.State+" holds a belief about itself",
				"name another state")
		}
	}
}

// crossThaws: a thaw ends after it begins.
func (c *checker) crossThaws(v *Scenario) {
	for _, t := range v.Thaws {
		path := "assumptions.thaws." + Quoted(t.Between[0]) + "&" + Quoted(t.Between[1]) + "@" + v.dateOf(t.From)
		if t.Between[0] == "" || v.Start.IsZero() || t.Until > t.From || c.refused(path+".until") {
			continue
		}
		c.problemAt(path, "the thaw ends on "+v.dateOf(t.Until)+", not after it begins", "let until be later than from")
	}
}

// crossMenus: a state can always do nothing, and joins by invitation only.
func (c *checker) crossMenus(v *Scenario) {
	for _, s := range v.States {
		menu := "assumptions.states." + Quoted(s.Name) + ".menu"
		if s.Menu != nil && !slices.Contains(s.Menu, 0) && !c.refused(menu) {
			c.problemAt(menu, "the menu lacks R0", "a state can always do nothing; add R0")
		}
		if slices.Contains(s.Menu, 4) {
			c.problemAt(menu, "R4 cannot be chosen", "it is R3 joined by partners; leave it out")
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
		c.within(v, s.At, "assumptions.shocks."+Quoted(s.Name)+".at")
	}
	for _, in := range v.Incidents {
		c.within(v, in.At, "assumptions.incidents."+Quoted(in.Name)+".at")
	}
	for _, a := range v.Arms {
		for _, s := range a.Levers.Summits {
			c.within(v, s.At, "levers.summits."+Quoted(s.Name)+".at")
		}
	}
}

func (c *checker) within(v *Scenario, day float64, path string) {
	switch first, last := -v.Model.Backlog, v.Horizon; {
	case day < first:
		c.problemAt(path, v.dateOf(day)+" is before states begin to act, on "+v.dateOf(math.Ceil(first)),
			"raise assumptions.model.backlog, or choose a later day")
	case day > last:
		c.problemAt(path, v.dateOf(day)+" is after the horizon ends, on "+v.dateOf(math.Floor(last)),
			"raise the horizon, or choose an earlier day")
	}
}

// crossObservers: who takes no part, takes no part; who leads, does not join.
func (c *checker) crossObservers(v *Scenario) {
	no := func(name, path, role string) {
		if slices.ContainsFunc(v.States, func(s State) bool { return s.Name == name && s.Observer }) {
			c.problemAt(path, name+" is an observer and cannot be "+role, "remove it here, or remove observer: true")
		}
	}
	for _, o := range v.Onset {
		no(o.Source, o.path()+".source", "the source of a stream")
		no(o.Victim, o.path()+".victim", "the victim of a stream")
	}
	for _, a := range v.Arms {
		for _, ch := range a.Levers.Channels {
			for _, m := range ch.Members {
				no(m, c.leverPath(a.Name, ch.Entity()+".members"), "a member of a channel")
			}
		}
		for _, co := range a.Levers.Coalitions {
			at := "coalitions." + Quoted(co.Name)
			no(co.Lead, c.leverPath(a.Name, at+".lead"), "the lead of a coalition")
			if slices.ContainsFunc(co.Partners, func(p Partner) bool { return p.Name == co.Lead }) && co.Lead != "" {
				c.problemAt(c.leverPath(a.Name, at+".partners."+Quoted(co.Lead)),
					co.Lead+" leads the coalition and is its partner", "remove it from the partners")
			}
			if co.Core != "" && !slices.ContainsFunc(co.Partners, func(p Partner) bool { return p.Name == co.Core }) {
				c.problemAt(c.leverPath(a.Name, at+".core"), co.Core+" is the core of the coalition and none of its partners",
					"name one of its partners, or add it to them")
			}
		}
	}
}

// leverPath is the path of a lever: that of the arm where the arm changed it.
func (c *checker) leverPath(arm, below string) string {
	own, shared := "arms."+Quoted(arm)+"."+below, "levers."+below
	if n := c.at[shared]; n != nil && c.at[own] != nil && n.line == c.at[own].line && n.column == c.at[own].column {
		return shared
	}
	return own
}

// crossPieces: times rise.
func (c *checker) crossPieces(v *Scenario) {
	if !slices.IsSorted(v.Model.PieceTimes) {
		c.problemAt("assumptions.model.piece_times", "the times do not rise", "list them in order")
	}
}

// crossHeadline: two arms or more are compared.
func (c *checker) crossHeadline(v *Scenario) {
	h, n, arms := v.Headline, c.root.get("headline"), c.root.get("arms").keys()
	if len(arms) > 1 && n == nil {
		c.problem(c.root, "", `key "headline" is missing`, "with several arms it names the two that are compared: "+
			"headline: {baseline: "+arms[0]+", treatment: "+arms[1]+"}")
	}
	for _, key := range []string{"baseline", "treatment"} {
		if len(arms) > 1 && n != nil && n.get(key) == nil {
			c.missing("headline", key, "with several arms the headline names the two that are compared; "+nearest.List(arms))
		}
	}
	if h.Baseline != "" && h.Baseline == h.Treatment {
		c.problemAt("headline.treatment", "baseline and treatment are the same arm", "name two arms")
	}
	if h.Horizon > v.Horizon && v.Horizon > 0 {
		c.problemAt("headline.horizon", "the headline reaches beyond the horizon", "shorten it, or raise the horizon")
	}
	if c.opts.Outcomes != nil && !slices.Contains(c.opts.Outcomes, h.Outcome) {
		c.problemAt("headline.outcome", "unknown outcome "+quote(h.Outcome), nearest.Remedy(h.Outcome, c.opts.Outcomes))
	}
}

// crossExpect: each expectation can be computed.
func (c *checker) crossExpect(v *Scenario) {
	arms := c.root.get("arms").keys()
	for _, e := range v.Expect {
		path := "expect." + Quoted(e.ID)
		if e.Arm == "" && len(arms) > 1 && c.at[path].get("arm") == nil {
			c.missing(path, "arm",
				"with several arms an expectation names the one that stands for the record; "+nearest.List(arms))
		}
		if at := c.at[path+".statistic"]; at != nil {
			c.statistic(v, e.Statistic, at, path+".statistic")
		}
		if what, fits := observable(e.Statistic.Measure, e.Observed); !fits && !c.refused(path+".observed") {
			c.problemAt(path+".observed", e.Statistic.Measure+fmt.Sprintf(" is never %v", e.Observed), "it is "+what)
		}
	}
}

// observable says what a measure can be, and whether a number is that.
func observable(measure string, x float64) (what string, fits bool) {
	whole := x == math.Trunc(x)
	switch measure {
	case "any":
		return "1 where it happened, and 0 where not", x == 0 || x == 1
	case "uptime":
		return "a share of the time, from 0 to 1", x >= 0 && x <= 1
	case "max_rung":
		return "a rung, 0 to 9", whole && x >= 0 && x < ladder.Rungs
	case "count", "max_partners":
		return "a whole number from 0 on", whole && x >= 0
	case "first_day":
		return "a day from 0 on", x >= 0
	}
	return "", true
}

func (c *checker) statistic(v *Scenario, s Statistic, at *node, path string) {
	switch event := at.get("event"); {
	case s.Measure == "uptime" && at.get("channel") == nil:
		c.missing(path, "channel", "uptime is that of a channel")
	case s.Measure == "uptime" && event != nil:
		c.problemAt(path+".event", "uptime has no event", "remove it")
	case s.Measure != "uptime" && s.Measure != "" && event == nil:
		c.missing(path, "event", s.Measure+" is computed from events of one kind")
	}
	if s.FromRung > s.ToRung && !c.refused(path+".to") {
		c.problemAt(path, fmt.Sprintf("from R%d to R%d holds no rung", s.FromRung, s.ToRung), "swap them")
	}
	before := min(s.Before, v.Headline.Horizon) // where the window ends
	if !v.Start.IsZero() && v.Horizon > 0 && s.After >= before && !c.refused(path+".after") {
		c.problemAt(path, "no day lies after "+v.dateOf(s.After)+" and before "+v.dateOf(before), "widen the window")
	}
}
