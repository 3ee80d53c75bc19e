package evidence

// Belief is what somebody held of an incident, and what came out. Those that were wrong or
// disputed (FB, and NM outside cyberspace) were chosen because they were, those that were right
// (CT) because they were: no share of the two says how often a first suspicion errs.
type Belief struct {
	ID          string
	Incident    string
	Date        Date // of the incident
	Victim      string
	Holder      string // one of [Holders]
	Who         string // believed it, in words
	Believed    string
	Established string // "" while nothing is
	Error       string // one of [Errors]
	Outcome     string // one of [Outcomes]
	Rung        string // the highest that an answer to the belief reached, R0 to R9; "" where nobody coded it
	BelievedOn  Date   // zero: not known
	CorrectedOn Date   // zero: never, or not known
	Certainty   string // one of [Certainties]
	Note        string
	Source      string // keys, addresses and publications, separated by ";"
	Checked     string // one of [Checks]
}

// Lag is the days from the belief to its correction, by the middles of the two dates; ok is false
// without both. A lag exists because a correction came: their median says nothing of errors that
// nobody corrected.
func (b *Belief) Lag() (lag float64, ok bool) {
	if b.BelievedOn.IsZero() || b.CorrectedOn.IsZero() {
		return 0, false
	}
	return days(b.BelievedOn, b.CorrectedOn), true
}

// Holders says who held a belief. States of the model hold what a state or its services do.
var Holders = Words[string]{map[string]string{
	"state":   "a government, its officials, a court or a party in it",
	"service": "its intelligence services, investigators or armed forces",
	"press":   "newspapers and broadcasters",
	"firm":    "vendors, operators and analysts",
	"market":  "traders and investors",
	"public":  "anybody else, parties and victims among them",
}}

// Errors says what of a belief was wrong.
var Errors = Words[string]{map[string]string{
	"culprit":   "who did it",
	"intent":    "what it was for, or whether it was meant",
	"severity":  "how much of it there was",
	"existence": "whether anybody attacked at all",
	"none":      "nothing",
}}

// Outcomes says what became of a belief.
var Outcomes = Words[string]{map[string]string{
	"wrong":      "something else was true",
	"missed":     "no state, or no attack, was believed, and there was one",
	"partly":     "part of it was wrong",
	"disputed":   "somebody with a voice holds to it, or proof is missing",
	"unresolved": "nothing came out",
	"right":      "it was borne out",
}}

// Certainties lists how sure the coding of a row is, whatever its source.
var Certainties = []string{"sure", "likely", "unsure"}

// rungs are the steps of the standard scale, in its order; "" is none.
var rungs = []string{"", "R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9"}

const beliefColumns = "id,incident,date,victim,holder,who,believed,established,error,outcome,rung,believed_on," +
	"corrected_on,certainty,note,source,checked"

func readBelief(r *row) Belief {
	b := Belief{ID: r.id("FB", "NM", "CT"), Incident: r.Need("incident"), Date: r.when("date"), Victim: r.Need("victim"),
		Holder: oneOf(r, "holder", Holders), Who: r.Need("who"), Believed: r.Need("believed"),
		Established: r.Get("established"), Error: oneOf(r, "error", Errors), Outcome: oneOf(r, "outcome", Outcomes),
		Rung: r.Word("rung", rungs...), BelievedOn: r.when("believed_on"), CorrectedOn: r.when("corrected_on"),
		Certainty: r.Word("certainty", Certainties...), Note: r.Get("note")}
	b.Checked, b.Source = r.backed()
	r.after("believed_on", b.BelievedOn, "date", b.Date)
	r.after("corrected_on", b.CorrectedOn, "believed_on", b.BelievedOn)
	open := b.Outcome == "unresolved"
	switch {
	case r.Get("date") == "":
		r.Say("date", "is empty; write when the incident was, at least its year")
	case (b.Outcome == "right") != (b.Error == "none"):
		r.Say("error", "is %s, though the outcome is %s; none goes with right, and only with it", b.Error, b.Outcome)
	case open == (b.Established != ""):
		r.Say("established", "goes with any outcome but unresolved, and not with that; write what came out, or correct the "+
			"outcome")
	case !b.CorrectedOn.IsZero() && (open || b.Outcome == "right"):
		r.Say("corrected_on", "is there, though the outcome is %s; remove it, or correct the outcome", b.Outcome)
	}
	return b
}
