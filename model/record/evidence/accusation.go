package evidence

// Accusation is one coded accusation of China by a government.
type Accusation struct {
	ID           string
	Date         string // a day
	Lead         string // one of [Leads]
	Kind         string // one of [AccusationKinds]
	Statement    string
	States       int     // that took part
	British      bool    // the United Kingdom took part
	PenaltySame  Answer  // charges or sanctions the same day
	PenaltyDays  float64 // [d] to the penalty; −1: none found
	Denial       Answer  // within a week
	Counter      Answer  // counter-accusation within a week
	CounterDays  float64 // [d] to a formal technical counter-report; −1: none found
	Trade        Answer  // trade measure within 30 days
	Dialogue     Answer  // a cyber dialogue was alive
	Suspended    Answer  // it was suspended within 30 days
	Source       string  // keys of events, addresses
	Checked      string  // one of [Checks], of the coding as a whole
	EuropeanBloc bool    // the European Union, counted as one state
}

// AccusationKinds are the ways in which a government speaks, and whether one is an accusation
// by the rule of inclusion: a formal statement of a government or its agencies that names the
// state as author of intrusions into a victim or a campaign, or charges or sanctions against
// those who did it for the state. What no case is named in, what an official says in passing
// and what names no state is listed, and nothing rests on it.
var AccusationKinds = Words[bool]{map[string]bool{
	"statement": true, "advisory": true, "charges": true, "sanctions": true,
	"technique": false, "remark": false, "unnamed": false}}

// Formal reports whether the rule of inclusion takes the accusation in.
func (a *Accusation) Formal() bool { return AccusationKinds.Means(a.Kind) }

// When is the day of the accusation.
func (a Accusation) When() Date { return Date{a.Date, "day"} }

// Joint reports whether three states or more took part, the European Union counted as one.
func (a *Accusation) Joint() bool { return a.States >= 3 && !a.EuropeanBloc }

// PenaltyWithin reports whether charges or sanctions came within so many days.
func (a *Accusation) PenaltyWithin(days float64) bool {
	return a.PenaltyDays >= 0 && a.PenaltyDays <= days
}

// Followed reports whether somebody looked for what came after the accusation: a penalty, a counter-report, a
// suspension. Where nobody did, none that is coded does not mean that none came.
func (a *Accusation) Followed() bool { return a.PenaltySame != NotCoded }

// Answer is a coded answer.
type Answer string

// The answers; the zero value means that nobody coded it.
const (
	NotCoded  Answer = ""
	Yes       Answer = "yes"
	No        Answer = "no"
	Contested Answer = "contested"
)

// The states that lead accusations, as counts by lead need them.
const (
	UnitedStates  = "United States"
	UnitedKingdom = "United Kingdom"
	European      = "European Union or a member"
	AnotherState  = "another state"
)

// Leads lists them.
var Leads = []string{UnitedStates, UnitedKingdom, European, AnotherState}

// europeanStates is how many states are coded for the European Union as a whole.
const europeanStates = 27

const accusationColumns = "id,date,lead,statement,states,british,penalty_same_day,penalty_days,denial,counter," +
	"counter_report_days,trade,dialogue_alive,dialogue_suspended,kind,source,checked"

func readAccusation(r *row) Accusation {
	answer := func(column string) Answer {
		return Answer(r.Word(column, string(Yes), string(No), string(Contested), string(NotCoded)))
	}
	a := Accusation{ID: r.id("G"), Date: r.date("date", "day").Text, Lead: r.Word("lead", Leads...),
		Kind: oneOf(r, "kind", AccusationKinds), Source: r.Need("source"),
		Statement: r.Need("statement"), States: r.Whole("states", 1, 200, 0),
		British:     r.Word("british", "yes", "no") == "yes",
		PenaltySame: answer("penalty_same_day"), PenaltyDays: float64(r.Whole("penalty_days", 0, maxDays, -1)),
		Denial: answer("denial"), Counter: answer("counter"),
		CounterDays: float64(r.Whole("counter_report_days", 0, maxDays, -1)), Trade: answer("trade"),
		Dialogue: answer("dialogue_alive"), Suspended: answer("dialogue_suspended"), Checked: oneOf(r, "checked", Checks)}
	a.EuropeanBloc = a.States == europeanStates
	a.agrees(r)
	return a
}

// maxDays is the longest delay that is believed: a century.
const maxDays = 36525

// agrees notes answers of a row that contradict each other.
func (a *Accusation) agrees(r *row) {
	switch {
	case r.Get("states") == "":
		r.Say("states", "is empty; write how many states took part")
	case a.PenaltySame == Yes && a.PenaltyDays != 0:
		r.Say("penalty_days", "is not 0, though the penalty came the same day; correct one of the two")
	case a.PenaltySame == No && a.PenaltyDays == 0:
		r.Say("penalty_days", "is 0, though no penalty came the same day; correct one of the two")
	case a.Dialogue == No && a.Suspended == Yes:
		r.Say("dialogue_suspended", "is yes, though no dialogue was alive; correct one of the two")
	case a.Lead == UnitedKingdom && !a.British:
		r.Say("british", "is no, though the United Kingdom leads; correct one of the two")
	}
}
