package evidence

// Accusation is one coded accusation of China by a government: a statement, an
// advisory that names a state, charges or sanctions.
type Accusation struct {
	ID           string
	Date         string
	Lead         string
	Statement    string
	States       int     // that took part
	PenaltySame  Answer  // charges or sanctions the same day
	PenaltyDays  float64 // [d] to the penalty; −1: none found
	Denial       Answer  // within a week
	Counter      Answer  // counter-accusation within a week
	CounterDays  float64 // [d] to a formal technical counter-report; −1: none found
	Trade        Answer  // trade measure within 30 days
	Dialogue     Answer  // a cyber dialogue was alive
	Suspended    Answer  // it was suspended within 30 days
	Checked      string  // one of [Checks], of the coding as a whole
	EuropeanBloc bool    // the European Union, counted as one state
}

// Answer is a coded answer.
type Answer string

// The answers; the zero value means that nobody coded it.
const (
	NotCoded  Answer = ""
	Yes       Answer = "yes"
	No        Answer = "no"
	Contested Answer = "contested"
)

var accusations = readAccusations()

// Accusations returns the coded accusations in order of time. The slice must not
// be changed.
func Accusations() []Accusation { return accusations }

func readAccusations() []Accusation {
	var out []Accusation
	for _, r := range read("accusations.csv", "id,date,lead,statement,states,penalty_same_day,penalty_days,denial,counter,counter_report_days,trade,dialogue_alive,dialogue_suspended,checked") {
		days := func(column string) float64 {
			x, ok := r.number(column)
			if !ok {
				return -1
			}
			return x
		}
		a := Accusation{ID: r["id"], Date: r["date"], Lead: r["lead"], Statement: r["statement"],
			PenaltySame: Answer(r["penalty_same_day"]), PenaltyDays: days("penalty_days"),
			Denial: Answer(r["denial"]), Counter: Answer(r["counter"]), CounterDays: days("counter_report_days"),
			Trade: Answer(r["trade"]), Dialogue: Answer(r["dialogue_alive"]), Suspended: Answer(r["dialogue_suspended"]), Checked: r["checked"]}
		states, _ := r.number("states")
		a.States = int(states)
		a.EuropeanBloc = a.States == 27
		out = append(out, a)
	}
	return out
}
