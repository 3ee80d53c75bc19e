package patterns

import "math"

// patternStatistic is one number computed from the logs, with what a value below
// or above its thresholds means.
type patternStatistic struct {
	name, unit         string
	of                 func(*group) float64
	below, above, none string
	signed             bool // can be negative; others begin at 0
}

// patternStatistics are the numbers behind the patterns P1 to P12.
var patternStatistics = []patternStatistic{
	{name: "share_cases_public", unit: "share of states' cases", of: ratio(ratioPublic),
		below: "hardly any case is made public: the public record of accusations would be emptier than it is",
		above: "too many cases are made public: in the record most discovered incidents draw no public response",
		none:  noCases},
	{name: "share_first_steps_at_or_below_severity", unit: "share of cases with a step", of: ratio(ratioLevel),
		below: "responses are often harder than the incident: in the record they stay at or below its level",
		above: "responses are never harder than the incident", none: noCases},
	{name: "firebreak_a_per_case", unit: "share of cases", of: ratio(ratioFirebreak),
		below: "no step ever crosses firebreak A, not even rarely",
		above: "disruptive operations or force answer too many incidents: the record has none between these states",
		none:  noCases},
	{name: "discovery_delay_median_days", unit: "d", of: quantile(delayDiscovery, 0.5),
		below: "incidents are found too soon", above: "incidents are found too late", none: noCases},
	{name: "discovery_delay_p90_days", unit: "d", of: quantile(delayDiscovery, 0.9),
		below: "the tail of discovery delays is too short: some incidents take years to be found",
		above: "the tail of discovery delays is too long", none: noCases},
	{name: "public_delay_median_days", unit: "d", of: quantile(delayPublic, 0.5),
		below: "public steps come too soon after discovery: in the record they take months to years",
		above: "public steps come too late after discovery", none: noPublic},
	{name: "share_never_public", unit: "share of states' cases",
		of:    func(g *group) float64 { return 1 - ratio(ratioPublic)(g) },
		below: "too few cases stay unpublished: in the record attribution often never comes",
		above: "almost every case stays unpublished", none: noCases},
	{name: "share_public_with_penalty", unit: "share of public cases", of: ratio(ratioPenalty),
		below: "too few public attributions carry charges, sanctions or more",
		above: "too many public attributions carry charges, sanctions or more", none: noPublic},
	{name: "penalty_gap_median_days", unit: "d", of: quantile(delayPenalty, 0.5),
		below: "penalties come sooner after the accusation than in the record",
		above: "accusation and penalty come apart: in the record they are one package",
		none:  "no public case carries a penalty"},
	{name: "denial_share", unit: "share of public cases", of: ratio(ratioDenial), below: "the accused denies too seldom",
		above: "the accused denies too often", none: noPublic},
	{name: "tit_for_tat_excess_90d", signed: true, unit: "share of incidents, less chance", of: ratio(ratioTitForTat),
		below: "an incident is followed by one from the other side less often than by chance",
		above: "operations answer operations within 90 days more often than the record shows",
		none:  "no incidents between states, or too short a log"},
	{name: "suspension_by_accusation_share", unit: "share of ruptures of the forum", of: ratio(ratioAccusation),
		below: "accusations break a forum too seldom",
		above: "accusations break a forum too often: one such case is on record", none: noForum},
	{name: "lapse_share", unit: "share of ruptures of the forum", of: ratio(ratioLapse),
		below: "too few forums lapse in silence: in the record most do", above: "too many forums lapse in silence",
		none: noForum},
	{name: "uptime_low_tension_minus_high", signed: true, unit: "share of moments of need",
		of:    availability,
		below: "the forum is as available under tension as without: in the record it is least there when most needed",
		above: "the forum all but vanishes under tension",
		none:  "nothing suspends the forum, or no moments of need lie on one side of a tension of .2"},
	{name: "thaw_public_ratio", unit: "share public in a thaw over that outside",
		of:    func(g *group) float64 { return ratio(ratioThaw)(g) / ratio(ratioFrost)(g) },
		below: "a thaw silences accusations more than in the record",
		above: "a thaw does not hold back accusations: in the record it does",
		none:  "the scenario has no thaw that ends or begins in it"},
	{name: "false_share_public", unit: "share of public cases", of: ratio(ratioFalse),
		below: "hardly any public accusation hits an innocent",
		above: "too many public accusations hit an innocent: none of 39 on record is known to be wrong, and at least one " +
			"in five errors would have come out", none: noPublic},
}

const (
	noCases  = "no case was discovered"
	noPublic = "no case became public"
	noForum  = "no forum was broken off, or there is none"
)

func ratio(r int) func(*group) float64 {
	return func(g *group) float64 {
		if g.ratios[r][1] == 0 {
			return math.NaN()
		}
		return g.ratios[r][0] / g.ratios[r][1]
	}
}

// availability is how much oftener the forum is up at low tension than at high, where anything but silence ends it.
func availability(g *group) float64 {
	if ends := g.ratios[ratioLapse]; ends[0] == ends[1] {
		return math.NaN()
	}
	return ratio(ratioCalm)(g) - ratio(ratioTense)(g)
}

func quantile(d int, u float64) func(*group) float64 {
	return func(g *group) float64 { return g.delays[d].quantile(u) }
}
