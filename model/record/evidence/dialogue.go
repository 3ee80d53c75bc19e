package evidence

import "strings"

// Dialogue is one formal dialogue about cyberspace, told by keys of events.
type Dialogue struct {
	ID       string // a short name
	Name     string
	Parties  []string
	Opened   string   // event that set it up
	Meetings []string // events, in order
	Last     string   // event of its suspension, its last meeting, or the last that is known of it
	Ending   string   // suspended, lapsed, or alive
}

// Endings of a dialogue.
const (
	Suspended = "suspended" // broken off, at Last
	Lapsed    = "lapsed"    // no meeting follows; dated LapseAfter days after Last
	Alive     = "alive"     // at Last, the last day of knowledge
)

// LapseAfter dates the end of a dialogue that no meeting followed, in days after the
// last one. It is the lower median of the gaps of T24; a convention, since nobody
// announces a lapse.
const LapseAfter = 196

// Rupture is a channel that was broken off, and how it came back, by keys of events.
type Rupture struct {
	ID        string // a short name
	Event     string // that broke it off
	Cause     string // accusation, or other
	Between   []string
	Agreement string // event that ended the rupture politically; "" if none did
	Meeting   string // first event in which the channel worked again; "" if none
}

const (
	dialogueColumns = "id,name,parties,opened,meetings,last,ending"
	ruptureColumns  = "id,rupture,cause,between,agreement,meeting"
)

func (l *loader) dialogues(rows []*row) {
	for _, r := range rows {
		d := Dialogue{ID: r.need("id"), Name: r.need("name"), Parties: list(r.need("parties")), Opened: r.need("opened"),
			Meetings: list(r.get("meetings")), Last: r.need("last"),
			Ending: r.word("ending", []string{Suspended, Lapsed, Alive})}
		for _, column := range []string{"opened", "meetings", "last"} {
			l.points(r, column)
		}
		if l.unique(r, "id", d.ID) {
			l.tables.Dialogues = append(l.tables.Dialogues, d)
			l.lives = append(l.lives, life{r, append(append([]string{d.Opened}, d.Meetings...), d.Last)})
		}
	}
}

func (l *loader) ruptures(rows []*row) {
	for _, r := range rows {
		x := Rupture{ID: r.need("id"), Event: r.need("rupture"), Cause: r.word("cause", []string{"accusation", "other"}),
			Between: list(r.need("between")), Agreement: r.get("agreement"), Meeting: r.get("meeting")}
		for _, column := range []string{"rupture", "agreement", "meeting"} {
			l.points(r, column)
		}
		if l.unique(r, "id", x.ID) {
			l.tables.Ruptures = append(l.tables.Ruptures, x)
			l.lives = append(l.lives, life{r, []string{x.Event, x.Agreement, x.Meeting}})
		}
	}
}

// list cuts a cell at its semicolons.
func list(cell string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
