package say

import (
	"strings"

	"github.com/misstep/misstep/model/scenario"
)

// plainWords are parameters as somebody reads them who does not know the model.
var plainWords = map[string]string{
	"type.status_quo":              "probability that a state seeks no change",
	"type.hostile_status_quo":      "how often a state that seeks no change plans harm (1 = as often as states do)",
	"type.hostile_revisionist":     "how often a state that seeks change plans harm (1 = as often as states do)",
	"type.reply_status_quo":        "how strongly a state that seeks no change strikes back (1 = like for like)",
	"type.reply_revisionist":       "how strongly a state that seeks change strikes back (1 = like for like)",
	"onset.contagion":              "how much tension raises the number of operations",
	"onset.deterrence":             "how much public responses lower the number of operations",
	"onset.deterrence_halflife":    "how long public responses deter (half of it is gone after this time)",
	"severity.espionage":           "typical severity of espionage (0 to 10)",
	"severity.prepositioning":      "typical severity of prepositioning (0 to 10)",
	"severity.disruption":          "typical severity of disruption (0 to 10)",
	"severity.crime":               "typical severity of crime (0 to 10)",
	"severity.spread":              "how much incidents of a kind differ in severity",
	"discovery.stealthy":           "typical time until espionage and prepositioning are discovered",
	"discovery.stealthy_spread":    "how much the time until espionage and prepositioning are discovered varies",
	"discovery.overt":              "typical time until disruption and crime are discovered",
	"discovery.overt_spread":       "how much the time until disruption and crime are discovered varies",
	"disclosure.delay":             "typical time from discovery until an incident is public",
	"disclosure.spread":            "how much the time until an incident is public varies",
	"disclosure.share":             "share of discovered incidents that become public",
	"evidence.gap":                 "average time between clues while a case is open",
	"evidence.burst":               "number of clues that come at once after the discovery",
	"evidence.burst_gap":           "average time between the first clues, which come fast",
	"evidence.case":                "how long a case stays open, on average",
	"evidence.skill":               "probability that a clue points at the true culprit",
	"evidence.confidence":          "how far analysts trust each clue (1 = rightly, more = too far)",
	"evidence.signal":              "probability that a clue looks hostile when harm is intended",
	"evidence.false_alarm":         "probability that a clue looks hostile when no harm is intended",
	"evidence.signal_belief":       "how well analysts think they see hostile intent (1 = as well as they do)",
	"evidence.false_alarm_belief":  "how often analysts think they raise a false alarm (1 = as often as they do)",
	"evidence.severity_noise":      "how far a victim misjudges how severe an incident is",
	"evidence.flag_rate":           "probability that an operation is made to look like somebody else's",
	"evidence.flag_hit":            "probability that a clue of such an operation points at who is framed",
	"belief.initial":               "belief at the beginning that the rival seeks no change",
	"belief.long_run":              "belief about the rival to which opinion drifts back",
	"belief.reversion":             "how fast opinion about the rival drifts back",
	"belief.limit":                 "how sure a state can become of the rival, one way or the other",
	"tension.halflife":             "how long tension lasts (half of it is gone after this time)",
	"tension.private":              "how much a private step adds to tension (1 = as much as a public one)",
	"tension.disclosure":           "how much tension rises when an incident becomes public",
	"choice.rationality":           "how consistently governments do what serves them best",
	"choice.goal":                  "how much it matters to answer as strongly as one wants to",
	"choice.innocence":             "how much it matters not to hit an innocent",
	"choice.lookahead":             "how much the rival's expected reply counts",
	"choice.cost":                  "how much the cost of a step itself counts",
	"choice.price":                 "what it costs to go public",
	"choice.thaw":                  "what it costs more to go public while relations thaw",
	"choice.audience":              "what silence costs at home once a severe incident is public",
	"choice.private_cost":          "what it costs to raise a case in private",
	"choice.covert":                "what a covert counter-operation costs",
	"choice.operation":             "what a disruptive operation costs",
	"choice.firebreak_a":           "what it costs to go as far as disruption",
	"choice.firebreak_b":           "what it costs to cross the military threshold",
	"choice.climbdown":             "what it costs to take a public step back",
	"choice.review":                "how often a state looks at an open case again (0 = at events alone)",
	"choice.desire_espionage":      "how strong an answer espionage calls for",
	"choice.desire_prepositioning": "how strong an answer prepositioning calls for",
	"choice.desire_disruption":     "how strong an answer disruption calls for",
	"choice.tension":               "how much tension makes a state want a stronger answer",
	"stakes.gain":                  "what it brings to escalate against a hostile rival",
	"stakes.loss":                  "what it costs to escalate against anyone else",
	"stakes.cost":                  "what it costs to escalate at all",
	"reply.price":                  "what a public reply costs on top",
	"reply.tension":                "how much tension makes replies stronger",
	"coalition.share":              "share of the cost of going public that partners take over",
	"coalition.boost":              "how much a step weighs more when partners join",
	"life.gap":                     "typical time between meetings",
	"life.gap_spread":              "how irregular meetings are (0 = at equal intervals)",
	"life.first":                   "typical time until the first meeting",
	"life.lapse":                   "how often the channel falls asleep",
	"life.restore":                 "average time until an interrupted channel works again",
	"life.suspend":                 "how readily a public accusation interrupts the channel (0 = never)",
	"life.contact":                 "probability that a call is answered when there is no tension",
	"life.contact_decay":           "how fast tension makes calls go unanswered",
	"clarify.rationality":          "how consistently the accused says what serves it best",
	"strength.clarify":             "how well an automatic question on a new case works" + zeroToOne,
	"strength.delay":               "how surely a state waits for a contact before it acts" + zeroToOne,
	"strength.private_option":      "how much the channel makes private steps easier than public ones" + zeroToOne,
	"strength.commitments":         "how well agreed limits on hostile operations work" + zeroToOne,
	"strength.notification":        "how well the announcement of exercises and scans works" + zeroToOne,
	"strength.trust":               "how well meetings change what the sides believe of each other" + zeroToOne,
	"strength.red_lines":           "how well agreed thresholds become known" + zeroToOne,
	"strength.fragility":           "how easily an accusation interrupts the channel" + zeroToOne,
	"strength.leaks":               "how easily private contacts become public" + zeroToOne,
	"strength.moral_hazard":        "how much the channel invites more operations" + zeroToOne,
	"effect.delay_limit":           "how long an act waits for a contact at most",
	"effect.private_cut":           "share of the cost of raising a case in private that the channel saves",
	"effect.private_hostage":       "how much live talks raise the cost of going public (talks are hostage)",
	"effect.commitments":           "share of hostile operations that agreed limits prevent",
	"effect.breach":                "how much more a breach of agreed limits tells about the rival",
	"effect.notification_alarm":    "share of false alarms that announcements prevent",
	"effect.notification_signal":   "share of missed hostile signs that announcements bring out",
	"effect.trust":                 "how much a meeting changes what one side believes of the other",
	"effect.red_line":              "severity at which the agreed threshold stands",
	"effect.red_line_cut":          "probability that an incident above the threshold is kept just under it",
	"effect.red_line_bunch":        "probability that an incident below the threshold rises to just under it",
	"effect.leak":                  "probability that one private contact becomes public",
	"effect.moral_hazard":          "share by which operations become more frequent",
}

const zeroToOne = " (0 not at all, 1 fully)"

// ofEvent are the numbers of a dated or random event.
var ofEvent = map[string]string{
	"severity":   "how severe it is (0 to 10)",
	"discovered": "when it is discovered",
	"disclosed":  "how long after its discovery it becomes public",
	"burst":      "number of clues that come at once",
	"burst_gap":  "average time between the first clues",
	"tension":    "how much tension it adds",
	"breaks":     "probability that it interrupts the channels",
	"per_year":   "how often it happens a year",
	"relief":     "share of tension that it takes away",
	"restores":   "probability that it brings channels back",
}

// Plain is what a parameter means to somebody who does not know the model, and false for a name that is none; what has
// no plain words is said as [Parameter] does.
func Plain(name string) (string, bool) {
	if words, ok := plainWords[name]; ok {
		return words, true
	}
	return Parameter(name)
}

// PlainNumberAt says what the number at a path is, and whose, to somebody who does not know the model.
func PlainNumberAt(path string) string {
	parts := scenario.SplitPath(strings.TrimPrefix(scenario.ShortPath(path), "levers."))
	last, who := parts[len(parts)-1], ""
	words, ok := plainWords[strings.Join(parts[max(0, len(parts)-2):], ".")]
	if len(parts) > 2 {
		who = parts[1]
	}
	switch parts[0] {
	case "incidents", "shocks", "random_shocks", "summits":
		if words, ok = ofEvent[last]; ok {
			who = "event “" + strings.ReplaceAll(who, "-", " ") + "”"
		}
	case "onset":
		if source, victim, stream := strings.Cut(who, ">"); stream && ok {
			return Capital(words) + ", in operations of " + State(source) + " against " + State(victim)
		}
	}
	switch {
	case !ok:
		return Capital(NumberAt(path))
	case who != "":
		return Capital(strings.ReplaceAll(who, "-", " ")) + ": " + words
	}
	return Capital(words)
}
