package evidence

import "slices"

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

// LapseAfter dates the end of a dialogue that no meeting followed, in days after the last one: the
// lower median of the gaps of T24, a convention, since nobody announces a lapse.
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

func readDialogue(r *row) Dialogue {
	d := Dialogue{ID: r.Need("id"), Name: r.Need("name"), Parties: list(r.Need("parties")),
		Opened:   r.events("opened", r.Need("opened")),
		Meetings: list(r.events("meetings", r.Get("meetings"))), Last: r.events("last", r.Need("last")),
		Ending: r.Word("ending", Suspended, Lapsed, Alive)}
	r.follow(slices.Concat([]string{d.Opened}, d.Meetings, []string{d.Last})...)
	return d
}

func readRupture(r *row) Rupture {
	x := Rupture{ID: r.Need("id"), Event: r.events("rupture", r.Need("rupture")),
		Cause: r.Word("cause", "accusation", "other"), Between: list(r.Need("between")),
		Agreement: r.events("agreement", r.Get("agreement")), Meeting: r.events("meeting", r.Get("meeting"))}
	r.follow(x.Event, x.Agreement, x.Meeting)
	return x
}
