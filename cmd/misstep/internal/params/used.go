package params

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// inUse says which parts of the model the two arms of a headline set in motion.
type inUse struct {
	mechanisms [scenario.NumMechanisms]bool
	channels   []string // open in one of the arms
	closed     []string // open in neither
	meets      bool
	coalition  bool
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

// holds reports whether a number can move the headline: that what it belongs to is
// in use there. It errs on the side of yes.
func (u inUse) holds(v *scenario.Scenario, p *parameter) bool {
	for _, name := range u.closed {
		if strings.HasPrefix(p.Path, "assumptions.channels."+name+".") {
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
		return u.coalition
	case "life":
		return len(u.channels) > 0 && (u.meets || def.ID != param.LifeGap && def.ID != param.LifeGapSpread &&
			def.ID != param.LifeFirst)
	}
	return def.ID != param.ChoiceClimbdown || v.Model.Retraction
}
