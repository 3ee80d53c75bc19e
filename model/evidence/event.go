package evidence

// Event is one documented event.
type Event struct {
	ID        string
	Date      string // its first day, as precise as Precision says: 2014-05-19, 2014-05, 2014
	Precision string // "day", "month" or "year"
	Actors    string // separated by "; "
	Target    string
	Type      string // one of [Types]
	Text      string
	Address   string // where it can be read, several separated by " ; "
	Checked   string // one of [Checks]
}

// Types are the kinds of events, each with its meaning.
var Types = map[string]string{
	"incident":                "an operation begins, or its victim finds it",
	"disclosure":              "victim, firm or press makes an incident public",
	"leak":                    "what was secret comes out against the will of its owner",
	"firm-attribution":        "a firm names a state",
	"attribution":             "a government names a state, alone or nearly so",
	"coordinated-attribution": "several governments name a state together",
	"penalty":                 "charges, sanctions, closed offices",
	"threat":                  "a penalty is announced or reported as near",
	"restraint":               "a penalty that was ready is withheld",
	"counter-operation":       "an operation against the tools of an intruder",
	"denial":                  "the accused rejects an accusation",
	"counter-accusation":      "the accused accuses in turn",
	"demand":                  "a public demand to stop",
	"warning":                 "a public warning without a case",
	"protest":                 "a diplomat is summoned",
	"private-step":            "a case is put in private, or knowledge shared in private",
	"trade":                   "a measure of trade or procurement",
	"authority":               "a law or order that allows measures",
	"commitment":              "a promise between states",
	"concession":              "one side grants what the other wants",
	"dialogue-proposed":       "a dialogue is asked for",
	"dialogue-opened":         "a dialogue is set up",
	"dialogue-meeting":        "a dialogue meets",
	"dialogue-broken":         "a dialogue or visit is broken off",
	"dialogue-resumed":        "a dialogue is set up again or meets again",
	"summit":                  "leaders or ministers meet about everything",
	"measurement":             "a count of operations, with its change",
}

// Checks says how an event was checked.
var Checks = map[string]string{
	"source":   "read at the address",
	"document": "stated in one of the press texts that the scenarios start from",
	"memory":   "not looked up: to be checked before anything rests on it alone",
}

var events = readEvents()

// Events returns the documented events in the order of their keys. The slice must
// not be changed.
func Events() []Event { return events }

func readEvents() []Event {
	var out []Event
	for _, r := range read("evidence.csv", "id,date,precision,actors,target,type,text,source_address,checked") {
		out = append(out, Event{ID: r["id"], Date: r["date"], Precision: r["precision"], Actors: r["actors"], Target: r["target"],
			Type: r["type"], Text: r["text"], Address: r["source_address"], Checked: r["checked"]})
	}
	return out
}
