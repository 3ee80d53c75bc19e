package evidence

// Delay is one hand-coded case with the dates of its life. The cases were chosen
// because they are famous.
type Delay struct {
	ID         string
	Case       string
	Victim     string
	Start      Date   // of the operation; zero: not known
	Detected   Date   // by the victim or for it; zero: not known
	Disclosed  Date   // to the public; zero: not known, or with the attribution only
	Attributed Date   // by a government; zero: never, up to Censored
	Censored   Date   // last day of knowledge of a case that is not attributed; else zero
	Intent     string // one of [Intents]
	Source     string // keys, addresses and remarks in parentheses, separated by ";"
	Checked    string // one of [Checks], of the coding as a whole
}

// Public is when the case became public: disclosed, or else attributed; zero if never.
func (d *Delay) Public() Date {
	if d.Disclosed.IsZero() {
		return d.Attributed
	}
	return d.Disclosed
}

// Intents says what the operation of a case was for.
var Intents = Words[string]{map[string]string{
	"espionage":      "to know",
	"prepositioning": "to be able to disrupt later",
	"unknown":        "nobody says",
}}

const delayColumns = "id,case,victim,start,start_precision,detected,detected_precision,disclosed," +
	"disclosed_precision,attributed,attributed_precision,censored_at,intent,source,checked"

func readDelay(r *row) Delay {
	d := Delay{ID: r.id("D"), Case: r.Need("case"), Victim: r.Need("victim"), Start: r.stage("start"),
		Detected: r.stage("detected"), Disclosed: r.stage("disclosed"), Attributed: r.stage("attributed"),
		Intent: oneOf(r, "intent", Intents), Source: r.cites("source"), Checked: oneOf(r, "checked", Checks)}
	if r.Get("censored_at") != "" {
		d.Censored = r.date("censored_at", "day")
	}
	d.inOrder(r)
	return d
}

// stage reads a date that may be missing; without a precision it is a day.
func (r *row) stage(column string) Date {
	precision := r.Get(column + "_precision")
	if r.Get(column) == "" {
		if precision != "" {
			r.Say(column+"_precision", "has no date beside it; write the date, or remove the precision")
		}
		return Date{}
	}
	if precision == "" {
		precision = "day"
	}
	return r.date(column, precision)
}

// inOrder notes dates that cannot follow each other.
func (d *Delay) inOrder(r *row) {
	type stage struct {
		column string
		at     Date
	}
	var known []stage
	for _, s := range []stage{{"start", d.Start}, {"detected", d.Detected}, {"disclosed", d.Disclosed},
		{"attributed", d.Attributed}, {"censored_at", d.Censored}} {
		if s.at.IsZero() || s.at.check() != nil {
			continue
		}
		for _, before := range known {
			if s.at.Last().Before(before.at.First()) {
				r.Say(s.column, "%s lies before %s, %s; correct one of the two", s.at.Text, before.column, before.at.Text)
			}
		}
		known = append(known, s)
	}
	switch {
	case d.Attributed.IsZero() && d.Censored.IsZero():
		r.Say("censored_at", "is empty, though no government attributed the case; write the last day on which that was known")
	case !d.Attributed.IsZero() && !d.Censored.IsZero():
		r.Say("censored_at", "is there, though the case is attributed; remove it")
	case len(known) < 2:
		r.Say("start", "the case has fewer than two dates; a delay needs two")
	}
}
