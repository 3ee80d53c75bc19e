package params

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

type learned struct {
	Low         float64  `json:"low"` // central 90 %
	Median      float64  `json:"median"`
	High        float64  `json:"high"`
	Contraction float64  `json:"contraction"`
	Silent      bool     `json:"silent"`
	InformedBy  []string `json:"informed_by"`
	Before      string   `json:"before"` // the layer of the distribution that it updates

	after belief
}

// learnedOf is what is learned of a number, nil where it is drawn on its own.
func learnedOf(v *scenario.Scenario, slot int) *learned {
	l := v.Learned(slot)
	if l == nil {
		return nil
	}
	out := &learned{Low: v.Quantile(slot, 0.05), Median: v.Quantile(slot, 0.5), High: v.Quantile(slot, 0.95),
		Contraction: l.Contraction, Silent: l.Silent, InformedBy: append([]string{}, l.InformedBy...),
		Before: string(l.Prior)}
	out.after = beliefOf(func(u float64) float64 { return v.Quantile(slot, u) }, v.Slots[slot].Domain.Duration)
	return out
}

// belief is the central 90 % of an uncertain number and its median, as people read it.
type belief struct{ low, median, high string }

func beliefOf(quantile func(float64) float64, duration bool) belief {
	at := func(u float64) string { return say.Short(quantile(u), duration) }
	return belief{at(0.05), at(0.5), at(0.95)}
}

func (b belief) String() string {
	return fmt.Sprintf("median %s, 90 %% between %s and %s", b.median, b.low, b.high)
}

// inWords says how far the record narrows the prior, and by what.
func (l *learned) inWords() string {
	if l == nil {
		return ""
	}
	text := "the spread narrows by " + say.Percent(l.Contraction)
	switch {
	case l.Silent:
		return "next to nothing: " + text
	case len(l.InformedBy) == 0:
		return text + ", by no single target"
	}
	return text + ", informed by " + say.And(l.InformedBy)
}

// link is a key that a number rests on, with what that rests on in turn: parameter, target, event, source.
type link struct {
	evidence.Entry
	RestsOn []link `json:"rests_on"`
}

// chainOf follows the targets that inform a number, then the keys in its source.
func chainOf(informed []string, source string) []link {
	out := []link{}
	for _, key := range append(slices.Clone(informed), say.KeysIn(source)...) {
		if slices.ContainsFunc(out, func(l link) bool { return l.Key == key }) {
			continue
		}
		e, known := evidence.Lookup(key)
		if !known {
			continue
		}
		l := link{e, []link{}}
		if e.Kind == evidence.KindTarget {
			for _, row := range say.KeysIn(e.Address) {
				if e, known := evidence.Lookup(row); known {
					l.RestsOn = append(l.RestsOn, link{e, []link{}})
				}
			}
		}
		out = append(out, l)
	}
	return out
}

const shownRows = 6

func chainLines(s *say.Screen, chain []link) {
	entry := func(indent string, l *link) {
		text := l.Text
		if l.Date != "" {
			text = l.Date + ": " + text
		}
		if l.Checked != "" {
			text += " (checked: " + l.Checked + ")"
		}
		if l.Address != "" {
			text += " ← " + l.Address
		}
		s.Field(indent, l.Key, 6, text)
	}
	if len(chain) > 0 {
		s.Add("  rests on")
	}
	for i := range chain {
		entry("    ", &chain[i])
		rows := chain[i].RestsOn
		for k := range rows[:min(len(rows), shownRows)] {
			entry("      ", &rows[k])
		}
		if more := len(rows) - shownRows; more > 0 {
			s.Add("      and " + say.Counted(more, "row") + " more (--json has all)")
		}
	}
}

// inUse says which parts of the model the two arms of a headline set in motion.
type inUse struct {
	mechanisms [scenario.NumMechanisms]bool
	channels   []string // open in one of the arms
	closed     []string // open in neither
	meets      bool
	coalition  bool
	core       bool
	rule       string
}

// usedBy looks at the arms that the headline compares.
func usedBy(v *scenario.Scenario) inUse {
	u := inUse{rule: v.Model.Rule}
	for i := range v.Arms {
		arm := &v.Arms[i]
		if h := v.Headline; h.Treatment != "" && arm.Name != h.Baseline && arm.Name != h.Treatment {
			continue
		}
		for _, c := range arm.Levers.Channels {
			if !c.Open {
				u.closed = append(u.closed, c.Name)
				continue
			}
			u.channels = append(u.channels, c.Name)
			u.meets = u.meets || c.Meets
			for m, on := range c.Mandate {
				u.mechanisms[m] = u.mechanisms[m] || on
			}
		}
		for _, c := range arm.Levers.Coalitions {
			u.coalition = u.coalition || c.Open
			u.core = u.core || c.Open && c.Core != ""
		}
	}
	u.closed = slices.DeleteFunc(u.closed, func(name string) bool { return slices.Contains(u.channels, name) })
	return u
}

// effectOf names the mechanism that a coefficient belongs to.
var effectOf = map[param.ID]scenario.Mechanism{
	param.EffectDelayLimit: scenario.Delay, param.EffectPrivateCut: scenario.PrivateOption,
	param.EffectPrivateHostage: scenario.PrivateOption,
	param.EffectCommitments:    scenario.Commitments, param.EffectBreach: scenario.Commitments,
	param.EffectNotificationAlarm: scenario.Notification, param.EffectNotificationSignal: scenario.Notification,
	param.EffectTrust: scenario.Trust, param.EffectRedLine: scenario.RedLines, param.EffectRedLineCut: scenario.RedLines,
	param.EffectRedLineBunch: scenario.RedLines, param.EffectLeak: scenario.Leaks,
	param.EffectMoralHazard: scenario.MoralHazard,
	param.LifeSuspend:       scenario.Fragility,
}

// holds reports whether a number can move the headline, and errs on the side of yes.
func (u inUse) holds(v *scenario.Scenario, p *parameter) bool {
	for _, name := range u.closed {
		if strings.HasPrefix(p.Path, "assumptions.channels."+scenario.Quoted(name)+".") {
			return false
		}
	}
	def, ok := param.ByName(p.Name)
	if !ok {
		return true
	}
	if m, ok := effectOf[def.ID]; ok && !u.mechanisms[m] {
		return false
	}
	if m := def.ID - param.StrengthClarify; m >= 0 && m < scenario.NumMechanisms && !u.mechanisms[m] {
		return false
	}
	switch def.Group() {
	case "stakes":
		return u.rule == "stakes"
	case "clarify":
		return u.mechanisms[scenario.Clarify] && (def.ID != param.ClarifyRationality || v.Model.Answers == "strategic")
	case "coalition":
		return u.coalition && (u.core || def.ID != param.CoalitionCore)
	case "life":
		return len(u.channels) > 0 && (u.meets || def.ID != param.LifeGap && def.ID != param.LifeGapSpread &&
			def.ID != param.LifeFirst)
	}
	return def.ID != param.ChoiceClimbdown || v.Model.Retraction
}
