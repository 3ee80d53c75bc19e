package evidence

import (
	"slices"
	"time"
)

// Event is one documented event.
type Event struct {
	ID        string
	Date      string // its first day, as precise as Precision says: 2014-05-19, 2014-05, 2014
	Precision string // one of [Precisions]
	Actors    string // separated by "; "
	Target    string
	Type      string // one of [Types]
	Text      string
	Address   string // where it can be read, several separated by " ; "
	Checked   string // one of [Checks]
}

// When is the date with its precision.
func (e Event) When() Date { return Date{e.Date, e.Precision} }

// Checks says how an event was checked.
var Checks = Words[string]{map[string]string{
	"source":   "read at the address",
	"document": "stated in one of the press texts that the scenarios start from",
	"memory":   "not looked up: to be checked before anything rests on it alone",
	"imported": "taken over from a data set of others, and read by nobody here",
}}

// Memory and Imported mark rows that no number rests on unless asked.
const (
	Memory   = "memory"
	Imported = "imported"
)

// Counts reports whether what is computed may rest on a row, by how it was checked.
func Counts(checked string) bool { return checked != Memory && checked != Imported }

// Event finds an event by its key.
func (t *Tables) Event(key string) (Event, bool) {
	i := slices.IndexFunc(t.Events, func(e Event) bool { return e.ID == key })
	if i < 0 {
		return Event{}, false
	}
	return t.Events[i], true
}

// Day is the day that stands for an event; before all others where there is no such event.
func (t *Tables) Day(key string) time.Time {
	e, ok := t.Event(key)
	if !ok {
		return time.Time{}
	}
	return e.When().Middle()
}

const eventColumns = "id,date,precision,actors,target,type,text,source_address,checked"

func readEvent(r *row) Event {
	e := Event{ID: r.id("E"), Precision: r.Get("precision"), Actors: r.Need("actors"), Target: r.Need("target"),
		Type: oneOf(r, "type", Types), Text: r.Need("text"), Address: r.Get("source_address"),
		Checked: oneOf(r, "checked", Checks)}
	e.Date = r.date("date", e.Precision).Text
	switch {
	case e.Checked != Memory && e.Address == "":
		r.Say("source_address", "is empty; write where the event can be read, or mark the row memory")
	case e.Checked == Memory && e.Address != "":
		r.Say("checked", "is memory, though the row has an address; read it and write source, or remove the address")
	}
	return e
}
