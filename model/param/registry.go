package param

// The parameters of the model, in the order of the flow of an incident: what each is called, its unit, domain,
// default, prior, scope and source, and what it means.

// Types, onset, severity, discovery and disclosure: what happens before anyone
// forms a belief.
var (
	TypeStatusQuo = declare("type.status_quo", "–", Probability, 0.5, "0.3 to 0.7", State,
		"assumption: no record reveals a type; the range keeps both readings of a rival alive",
		"Probability that the state is of the status-quo type; the type is drawn once per replicate.")
	TypeHostileS = declare("type.hostile_status_quo", "×", NonNegative, 0.6, "0.4 to 1", State,
		"assumption: a status-quo state mixes fewer hostile operations into the same total",
		"Factor on the rate of hostile operations by a status-quo state; its other operations make up the total.")
	TypeHostileE = declare("type.hostile_revisionist", "×", NonNegative, 1.6, "1 to 2.5", State,
		"assumption: a revisionist state mixes more hostile operations into the same total",
		"Factor on the rate of hostile operations by a revisionist state; its other operations make up the total.")
	TypeReplyS = declare("type.reply_status_quo", "–", NonNegative, 0.35, "0.2 to 0.5", State, "T7, T19",
		"Reply ratio of a status-quo state: the level it wants to answer with, per level suffered.")
	TypeReplyE = declare("type.reply_revisionist", "–", NonNegative, 0.65, "0.4 to 1.1", State,
		"T7, T19; assumption: mass above 1 is allowed, chains that do not settle are counted",
		"Reply ratio of a revisionist state.")
	OnsetContagion = declare("onset.contagion", "–", NonNegative, 0.5, "uniform(0, 1)", State,
		"T7; assumption: zero passes T7 as well",
		"Rise of a source's onset toward a victim per unit of tension that the source feels toward it.")
	OnsetDeterrence = declare("onset.deterrence", "–", Signed, 0, "uniform(-0.2, 0.5)", State,
		"assumption: whether public responses deter is disputed; the prior includes none and backlash",
		"Fall of a source's onset toward a victim per unit of recent public response suffered from it.")
	OnsetDeterrenceHalflife = declare("onset.deterrence_halflife", "d", Span, 365.25, "180d to 730d", Global,
		"assumption: a lesson fades within one to a few years; exposed units were back within weeks (E001)",
		"Half-life of the memory of public responses suffered.")
	SeverityEspionage = declare("severity.espionage", "0–10", SeverityUnit, 3, "", Global, "T5",
		"Median severity of espionage on the DCID scale.")
	SeverityPrepositioning = declare("severity.prepositioning", "0–10", SeverityUnit, 3.5, "", Global,
		"T5; assumption: access to infrastructure is coded a little higher than theft of data",
		"Median severity of prepositioning.")
	SeverityDisruption = declare("severity.disruption", "0–10", SeverityUnit, 4, "", Global,
		"T5; assumption: the upper part of the observed range", "Median severity of disruption.")
	SeverityCrime = declare("severity.crime", "0–10", SeverityUnit, 3, "", Global,
		"assumption: as espionage, so that severity alone does not give criminals away", "Median severity of crime.")
	SeveritySpread = declare("severity.spread", "ln", Positive, 0.3, "", Global, "T5",
		"Standard deviation of the logarithm of severity; severities are capped at 10.")
	DiscoveryShare = declare("discovery.share", "–", OpenUnit, 0.8, "0.5 to 0.95", Stream,
		"assumption: only the product with disclosure is seen", "Share of incidents ever discovered by the victim.")
	DiscoveryStealthy = declare("discovery.stealthy", "d", Span, 365, "60d to 1500d", Stream,
		"assumption: months to years; calibration narrows it", "Median delay to discovery of espionage and prepositioning.")
	DiscoveryStealthySpread = declare("discovery.stealthy_spread", "ln d", NonNegative, 1.6, "0.8 to 2.5", Stream,
		"assumption: heavy-tailed; calibration narrows it",
		"Spread of the delay to discovery of espionage and prepositioning: standard deviation of its logarithm.")
	DiscoveryOvert = declare("discovery.overt", "d", Span, 7, "", Stream,
		"assumption: disruption and crime announce themselves within about a week",
		"Median delay to discovery of disruption and crime.")
	DiscoveryOvertSpread = declare("discovery.overt_spread", "ln d", NonNegative, 1, "", Stream,
		"assumption: days to a month",
		"Spread of the delay to discovery of disruption and crime: standard deviation of its logarithm.")
	DisclosureShare = declare("disclosure.share", "–", OpenUnit, 0.5, "0.3 to 0.7", Stream,
		"assumption: only the product with discovery is seen",
		"Share of discovered incidents that become public: by vendors, press or leaks.")
	DisclosureDelay = declare("disclosure.delay", "d", Span, 53, "15d to 250d", Stream,
		"assumption: weeks to most of a year; calibration narrows it", "Median delay from discovery to disclosure.")
	DisclosureSpread = declare("disclosure.spread", "ln d", NonNegative, 1.05, "0.5 to 2", Stream,
		"assumption: as wide as delays of organisations are; calibration narrows it",
		"Spread of the delay from discovery to disclosure: standard deviation of its logarithm.")
)

// Evidence, beliefs about incidents and rivals, and tension.
var (
	EvidenceGap = declare("evidence.gap", "d", Span, 180, "60d to 365d", State, "T10",
		"Mean gap between pieces of evidence while a case is open.")
	EvidenceBurst = declare("evidence.burst", "pieces", Moves, 0, "", Stream,
		"assumption: evidence comes at its own pace; a scenario with a crisis says how much comes at once",
		"Pieces of evidence that come in a burst after the discovery, before the others come at `evidence.gap`.")
	EvidenceBurstGap = declare("evidence.burst_gap", "d", Span, 1, "", Stream,
		"assumption: about a day apart, where there is a burst", "Mean gap between the pieces of a burst.")
	EvidenceCase = declare("evidence.case", "d", Span, 900, "500d to 2000d", State, "T10",
		"Mean time from discovery until a case is closed.")
	EvidenceSkill = declare("evidence.skill", "–", OpenUnit, 0.75, "0.6 to 0.9", State,
		"assumption: no public record scores attribution against truth",
		"Probability that a piece indicates the true culprit; the rest is spread evenly over the other candidates.")
	EvidenceConfidence = declare("evidence.confidence", "–", NonNegative, 1, "0.67 to 1.5", State,
		"[MandelBarnes2014]; assumption: centred on calibrated, since 1,514 forecasts of analysts leaned to "+
			"under-confidence; the width, as far to either side",
		"Exponent on each likelihood; above 1 is over-confidence.")
	EvidenceSignal = declare("evidence.signal", "–", Probability, 0.6, "0.4 to 0.8", State,
		"[Buchanan2016]; assumption: the size",
		"Probability that a piece looks hostile when the intent is prepositioning or disruption.")
	EvidenceFalseAlarm = declare("evidence.false_alarm", "–", Probability, 0.25, "0.1 to 0.4", State,
		"[Buchanan2016]; assumption: the size",
		"Probability that a piece looks hostile when the intent is espionage or crime: espionage read as preparation.")
	EvidenceSignalBelief = declare("evidence.signal_belief", "×", Positive, 1, "0.8 to 1.25", State,
		"assumption: the victim knows the signal's quality only roughly",
		"Believed over true signal probability; the product is capped below 1.")
	EvidenceFalseAlarmBelief = declare("evidence.false_alarm_belief", "×", Positive, 1, "0.7 to 1.4", State,
		"assumption: the victim knows the rate of false alarms only roughly",
		"Believed over true false-alarm probability; the product is capped below 1.")
	EvidenceSeverityNoise = declare("evidence.severity_noise", "ln", NonNegative, 0.25, "0.1 to 0.5", State,
		"assumption: damage assessments are off by a quarter or so",
		"Standard deviation of the logarithm of perceived severity.")
	EvidenceFlagRate = declare("evidence.flag_rate", "–", Probability, 0.04, "uniform(0, 0.15)", Source,
		"assumption: none of 39 coded accusations is known to be false; P12 bounds the consequence",
		"Probability that an incident flies a false flag (used for non-state groups, and for states that set it).")
	EvidenceFlagHit = declare("evidence.flag_hit", "–", Probability, 0.7, "0.4 to 0.9", Source,
		"assumption: a good flag fools most, not all, evidence",
		"Probability that a piece of a flagged incident points at the framed state.")
	BeliefInitial = declare("belief.initial", "–", OpenUnit, 0.5, "0.3 to 0.7", Global,
		"assumption: symmetric ignorance", "Belief that a rival is status quo when acts begin; a pair may hold its own.")
	BeliefLongRun = declare("belief.long_run", "–", OpenUnit, 0.5, "", Global, "assumption: as the initial belief",
		"Belief to which opinion drifts back.")
	BeliefReversion = declare("belief.reversion", "1/y", NonNegative, 0.5, "0.1 to 1", Global,
		"assumption: governments and analysts change; it de-escalates by itself, so it is reported",
		"Rate at which the logit of the belief returns to its long-run value.")
	BeliefLimit = declare("belief.limit", "logit", Positive, 5, "", Global, "assumption: nobody is surer than 150 to 1",
		"Bound on the absolute logit of a belief about a rival.")
	TensionInitial = declare("tension.initial", "–", Probability, 0.2, "", Global,
		"assumption: relations start cool; a pair may hold its own", "Tension when acts begin.")
	TensionHalflife = declare("tension.halflife", "d", Span, 180, "60d to 365d", Global,
		"T23; assumption: ruptures heal in months to a year and a half", "Half-life of tension.")
	TensionPrivate = declare("tension.private", "×", Probability, 0.3, "", Global,
		"assumption: a private step stings less",
		"Weight of a private act in tension, relative to a public one of its level.")
	TensionDisclosure = declare("tension.disclosure", "–", Probability, 0.03, "", Global,
		"assumption: small beside a government's own act",
		"Tension that a disclosure adds in the victim, times its belief that the rival did it.")
)

// Choosing a response, replies and coalitions. Utilities are scaled so that
// their range at a reference incident is 1; weights matter relative to each other.
var (
	ChoiceRationality = declare("choice.rationality", "1/range", NonNegative, 50, "15 to 120", State,
		"assumption: from hardly better than chance to nearly exact; calibration narrows it",
		"Rationality λ of the logit, per utility range of the reference incident.")
	ChoiceGoal = declare("choice.goal", "U", NonNegative, 0.6, "", State,
		"assumption: the unit of the other weights (weights and λ are not separately identified)",
		"Weight of the distance between a response and the desired level.")
	ChoiceInnocence = declare("choice.innocence", "U", NonNegative, 0.5, "0.25 to 0.75", State,
		"assumption: states shun false accusations (none of 39 known)", "Weight of the harm of hitting an innocent.")
	ChoiceLookahead = declare("choice.lookahead", "U", NonNegative, 0.3, "0.15 to 0.45", State,
		"assumption: the expected reply matters about half as much as the goal",
		"Weight of the expected level of the rival's reply.")
	ChoiceCost = declare("choice.cost", "U", NonNegative, 0.3, "0.1 to 0.6", State,
		"assumption: from a fifth of the goal to all of it; calibration narrows it", "Weight of a rung's own cost.")
	ChoicePrice = declare("choice.price", "U", NonNegative, 0.12, "0.08 to 0.2", State,
		"T26; assumption: a policy, fitted to the count of accusations",
		"Price of a public step; a policy path may replace it from a date on.")
	ChoiceThaw = declare("choice.thaw", "U", NonNegative, 0.06, "uniform(0, 0.12)", State, "T31",
		"Extra price of a public step at full political thaw.")
	ChoiceAudience = declare("choice.audience", "U", NonNegative, 0.13, "0.04 to 0.4", State,
		"[Fearon1994]; assumption: the size, wide; calibration narrows it",
		"What public silence costs at home on a disclosed incident of severity 4 or more: the audience cost.")
	ChoicePrivateCost = declare("choice.private_cost", "U", NonNegative, 0.08, "0.04 to 0.12", State,
		"T28; assumption: the size", "Cost of finding a private ear: R1 and R2.")
	ChoiceCovert = declare("choice.covert", "U", NonNegative, 0.2, "0.05 to 0.8", State,
		"assumption: from what a disruptive operation costs at least to more than the goal is worth; calibration narrows it",
		"Cost of a covert counter-operation that can be undone: R7.")
	ChoiceOperation = declare("choice.operation", "U", NonNegative, 0.12, "0.05 to 0.2", State,
		"assumption: risk of discovery and loss of tools; no precedent to learn from",
		"Cost of a disruptive operation: R8 and above.")
	ChoiceFirebreakA = declare("choice.firebreak_a", "U", NonNegative, 0.05, "uniform(0, 0.15)", State,
		"assumption: no precedent", "Cost of crossing firebreak A: R8 and above.")
	ChoiceFirebreakB = declare("choice.firebreak_b", "U", NonNegative, 0.3, "0.1 to 0.5", State,
		"assumption: no precedent", "Cost of crossing firebreak B, the military threshold: R9.")
	ChoiceClimbdown = declare("choice.climbdown", "U", NonNegative, 0.1, "0.05 to 0.2", State,
		"[Fearon1994]; assumption: the size", "Cost of withdrawing a public step; used when retraction is on.")
	ChoiceReview = declare("choice.review", "d", SpanOrZero, 0, "", State,
		"assumption: a review without news changes nothing (property 9 of docs/MODEL.md), so none is scheduled",
		"Interval of an incident's own review clock; 0 means none.")
	DesireEspionage = declare("choice.desire_espionage", "level", NonNegative, 0.045, "0.025 to 0.08", State,
		"P2, T13; assumption: from a quarter of severity/10 to nearly all of it; calibration narrows it",
		"Desired response level per unit of severity of espionage, at most 0.25.")
	DesirePrepositioning = declare("choice.desire_prepositioning", "level", NonNegative, 0.065, "0.045 to 0.095", State,
		"P2; assumption: between espionage and disruption",
		"Desired response level per unit of severity of prepositioning, at most 0.6.")
	DesireDisruption = declare("choice.desire_disruption", "level", NonNegative, 0.09, "0.065 to 0.125", State,
		"P2; assumption: close to proportional", "Desired response level per unit of severity of disruption, at most 1.")
	ChoiceTension = declare("choice.tension", "–", NonNegative, 0.5, "uniform(0, 2)", State,
		"assumption: from none to three times at full tension; whether anger raises what a state wants is open, so none "+
			"is in",
		"Rise of the desired level per unit of the state's own tension toward the target.")
	StakesGain = declare("stakes.gain", "U", NonNegative, 1, "", State, "assumption: unit of the textbook rule",
		"Rule stakes: gain G of escalating against the hostile rival.")
	StakesLoss = declare("stakes.loss", "U", NonNegative, 1, "", State, "assumption: symmetric stakes",
		"Rule stakes: loss L of escalating against anyone else.")
	StakesCost = declare("stakes.cost", "U", Real, 0, "", State, "assumption: none",
		"Rule stakes: cost C of escalating.")
	ReplyPrice = declare("reply.price", "U", NonNegative, 0.07, "0.02 to 0.2", State,
		"assumption: a factor of ten; calibration narrows it", "Extra price of a public reply.")
	ReplyTension = declare("reply.tension", "–", NonNegative, 0.5, "uniform(0, 1)", State,
		"assumption: tempers raise the reply ratio, by up to half or all", "Rise of the reply ratio per unit of tension.")
	ReplyDelay    = declare("reply.delay", "d", Span, 7, "", State, "T15, E044", "Mean delay of a reply.")
	ReplyMaxMoves = declare("reply.max_moves", "moves", Moves, 8, "", Global,
		"assumption: a bound that is reached only by chains that do not settle; those are counted",
		"Moves after which a chain of replies is cut.")
	ReplyDenial = declare("reply.denial", "–", Probability, 1, "uniform(0.87, 1)", State, "T15",
		"Probability that the accused denies publicly within a week.")
	ReplyCounter = declare("reply.counter", "–", Probability, 0.1, "", State,
		"T16; assumption: about .9 toward the United States, .1 toward others, set per state",
		"Probability that an accusation led by this state is answered by a counter-accusation.")
	CoalitionJoin = declare("coalition.join", "–", Probability, 0.2, "0.05 to 0.6", Global,
		"assumption: from hardly ever to more often than not; calibration narrows it",
		"Probability that a partner joins a public step when the evidence is certain; times the square of the lead's "+
			"belief.")
	CoalitionCore = declare("coalition.core", "–", Probability, 0.7, "uniform(0.4, 1)", Global,
		"G04, G09, G11, G13, G14, G17, G24, G34, G38, G43; assumption: London was in seven of these ten American-led "+
			"statements that another state joined; wide, since T34 counts them too",
		"Probability that the core partner joins a public step that another partner has joined.")
	CoalitionBoost = declare("coalition.boost", "×", NonNegative, 0.2, "", Global,
		"assumption: a joint statement weighs as the scale says (R4 over R3)",
		"Share by which joining raises the level that the accused suffers.")
	CoalitionShare = declare("coalition.share", "–", Probability, 0.3, "", Global,
		"assumption: partners carry part of the price",
		"Share of the price of publishing that expected partners take over.")
)

// The life of a channel, the answers to a question, the strength of each
// mechanism and the coefficient that gives strength 1 a scale.
var (
	LifeGap       = declare("life.gap", "d", Span, 196, "120d to 280d", Channel, "T24", "Median gap between meetings.")
	LifeGapSpread = declare("life.gap_spread", "ln d", NonNegative, 0.4, "", Channel, "T24",
		"Standard deviation of the logarithm of the gap; 0 makes meetings regular.")
	LifeFirst = declare("life.first", "d", Span, 86, "", Channel, "T24",
		"Median time from the opening or restoration to the first meeting.")
	LifeLapse = declare("life.lapse", "1/y", NonNegative, 0.38, "0.05 to 2", Channel,
		"assumption: from one in twenty years to two a year; calibration narrows it", "Hazard of a silent lapse.")
	LifeRestore = declare("life.restore", "d", Span, 500, "200d to 4000d", Channel,
		"assumption: from most of a year to a decade, since some dialogues never came back; calibration narrows it",
		"Mean time from a rupture or lapse until the channel works again.")
	LifeSuspend = declare("life.suspend", "–", Probability, 0.17, "uniform(0, 1)", Channel,
		"assumption: any; one event among two or three exposures (T20) narrows it little",
		"Scale of the probability that a public accusation suspends the channel, at full fragility.")
	LifeContact = declare("life.contact", "–", Probability, 0.6, "0.2 to 0.9", Channel,
		"assumption: no data on unanswered calls between these states",
		"Probability that an ad-hoc contact is answered at no tension.")
	LifeContactDecay = declare("life.contact_decay", "–", NonNegative, 2, "uniform(0, 4)", Channel,
		"P10; assumption: the size", "Exponential fall of that probability with the tension of the one who answers.")
	ClarifyDenyGuilty = declare("clarify.deny_guilty", "–", Probability, 0.85, "", Channel,
		"T15; assumption: a private denial is nearly as likely as a public one", "Probability that the guilty denies.")
	ClarifySilentGuilty = declare("clarify.silent_guilty", "–", Probability, 0.1, "", Channel,
		"assumption: some questions are left unanswered", "Probability that the guilty, asked and reached, stays silent.")
	ClarifyDenyInnocent = declare("clarify.deny_innocent", "–", Probability, 0.93, "", Channel,
		"assumption: the innocent nearly always denies", "Probability that the innocent denies.")
	ClarifySilentInnocent = declare("clarify.silent_innocent", "–", Probability, 0.06, "", Channel,
		"assumption: the innocent may find the question beneath an answer",
		"Probability that the innocent, asked and reached, stays silent.")
	ClarifyDenyGuiltyBelief = declare("clarify.deny_guilty_belief", "–", Probability, 0.8, "", Channel,
		"assumption: askers hope for a little more candour than there is",
		"What the asker believes of the guilty's denial.")
	ClarifySilentGuiltyBelief = declare("clarify.silent_guilty_belief", "–", Probability, 0.15, "", Channel,
		"assumption: silence is read as guilt", "What the asker believes of the guilty's silence.")
	ClarifyDenyInnocentBelief = declare("clarify.deny_innocent_belief", "–", Probability, 0.95, "", Channel,
		"assumption: as the truth, nearly", "What the asker believes of the innocent's denial.")
	ClarifySilentInnocentBelief = declare("clarify.silent_innocent_belief", "–", Probability, 0.04, "", Channel,
		"assumption: silence is read as guilt", "What the asker believes of the innocent's silence.")
	ClarifyRationality = declare("clarify.rationality", "1/level", NonNegative, 20, "", Channel,
		"assumption: a twentieth of a level sways an answer",
		"Rationality of strategic answers: denial with probability σ(λ[K(admit) − K(deny)]).")
	StrengthClarify       = strength("clarify", "an automatic question on a new case")
	StrengthDelay         = strength("delay", "an act waits for a pending contact")
	StrengthPrivateOption = strength("private_option", "private steps cheaper, public ones dearer")
	StrengthCommitments   = strength("commitments", "agreed limits on hostile operations")
	StrengthNotification  = strength("notification", "exercises and scans announced")
	StrengthTrust         = strength("trust", "meetings move the belief about the rival")
	StrengthRedLines      = strength("red_lines", "thresholds become known")
	StrengthFragility     = strength("fragility", "an accusation can suspend the channel")
	StrengthLeaks         = strength("leaks", "private contact can become public")
	StrengthMoralHazard   = strength("moral_hazard", "a fixed rise of onset")
	EffectDelayLimit      = declare("effect.delay_limit", "d", Span, 60, "30d to 120d", Channel,
		"assumption: no government holds an act for more than a few months for a meeting",
		"Longest wait of an act for a contact.")
	EffectPrivateCut = declare("effect.private_cut", "–", Probability, 0.6, "uniform(0, 1)", Channel,
		"assumption: a channel saves most of the cost of finding a private ear",
		"Share of the private cost saved at strength 1.")
	EffectPrivateHostage = declare("effect.private_hostage", "–", NonNegative, 0.25, "uniform(0, 0.5)", Channel,
		"T31; assumption: the size",
		"Share by which live talks raise the price of publishing at strength 1: talks are hostage.")
	EffectCommitments = declare("effect.commitments", "–", Probability, 0.3, "uniform(0, 0.6)", Channel,
		"T25 (one treaty; stays a prior)", "Share by which agreed limits lower hostile onset at strength 1.")
	EffectBreach = declare("effect.breach", "–", NonNegative, 0.5, "uniform(0, 1)", Channel,
		"assumption: a broken promise says more than an act without one",
		"Share by which evidence against a bound rival weighs more on the belief about its type.")
	EffectNotificationAlarm = declare("effect.notification_alarm", "–", Probability, 0.5, "uniform(0, 1)", Channel,
		"assumption: half of the false alarms come from scans and exercises that can be announced",
		"Share of false alarms that notification removes at strength 1.")
	EffectNotificationSignal = declare("effect.notification_signal", "–", Probability, 0.15, "uniform(0, 0.3)", Channel,
		"assumption: what is not announced looks worse",
		"Share of missed hostile signals that notification turns into seen ones at strength 1.")
	EffectTrust = declare("effect.trust", "logit", Real, 0.25, "normal(0.1, 0.15)", Channel,
		"assumption: meetings may build or disappoint trust; the prior includes both",
		"Shift of the logit of the belief about the rival per meeting at strength 1.")
	EffectRedLine = declare("effect.red_line", "0–10", SeverityUnit, 5, "", Channel,
		"T5 (nothing at 5 or above between these states)", "Severity at which the agreed threshold stands.")
	EffectRedLineCut = declare("effect.red_line_cut", "–", Probability, 0.5, "uniform(0, 1)", Channel,
		"assumption: half of the crossings are accidental",
		"Probability at strength 1 that an incident above the line is kept just under it.")
	EffectRedLineBunch = declare("effect.red_line_bunch", "–", Probability, 0.15, "uniform(0, 0.3)", Channel,
		"assumption: what is allowed is used",
		"Probability at strength 1 that an incident below the line rises to just under it.")
	EffectLeak = declare("effect.leak", "–", Probability, 0.05, "uniform(0, 0.1)", Channel,
		"assumption: few private exchanges leak (E074 and E089 did)",
		"Probability at strength 1 that one private contact becomes public.")
	EffectMoralHazard = declare("effect.moral_hazard", "–", NonNegative, 0.3, "uniform(0, 0.6)", Channel,
		"assumption: a comparison for learned deterrence; off unless the mandate lists moral_hazard",
		"Share by which onset rises at strength 1.")
)

// strength declares the strength of a mechanism. All are drawn from 0 to 1: no
// record identifies any of them.
func strength(mechanism, doc string) ID {
	return declare("strength."+mechanism, "–", Probability, 0.5, "uniform(0, 1)", Channel,
		"assumption: no record identifies the strength of a mechanism; every strength is equally likely",
		"Strength of "+mechanism+": "+doc+".")
}
