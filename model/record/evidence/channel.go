package evidence

import "slices"

// Channel is a dialogue or a line between states, or beside them. Those of dialogues.csv are among
// them, told there by their events.
type Channel struct {
	ID        string
	Parties   []string
	Name      string
	Level     string // who meets: one of [Levels]
	Track     string // official, or experts: officials as private persons among them
	Share     string // of cyberspace in it: one of [Shares]
	Agreed    Date   // zero: not known
	First     Date   // meeting or use; zero: none is known
	Rounds    int    // known; −1: not known
	Last      Date   // known meeting or use
	Ending    string // what it is in 2026: one of [States]
	Ends      []End
	Counts    bool // a rate of lapses may be computed from it, by the rule of [Channel.MayCount]
	Certainty string
	Note      string
	Source    string
	Checked   string
}

// End is a dated end of a channel, and its return.
type End struct {
	On       Date
	Cause    string
	Shock    string // one of [Shocks]: ends of one shock are one event and not several
	Restored Date   // zero: never
}

// Began is when the channel was agreed, or else when it first met; zero where neither is known.
func (c *Channel) Began() Date {
	if c.Agreed.IsZero() {
		return c.First
	}
	return c.Agreed
}

// MayCount reports whether the channel is one of those that a rate of lapses is about: official,
// all or half about cyberspace, of two parties both of which are states, and set up to go on, so
// neither a single talk nor a plan that came to nothing. Partners count like rivals.
func (c *Channel) MayCount() bool {
	return c.Track == "official" && (c.Share == "all" || c.Share == "half") && len(c.Parties) == 2 &&
		!slices.ContainsFunc(c.Parties, func(p string) bool { return slices.Contains(blocs, p) }) &&
		!slices.Contains([]string{"single", "plan", "none"}, c.Ending)
}

// blocs are parties that are no state.
var blocs = []string{"European Union", "European states", "ASEAN", "NATO"}

// Levels lists who meets.
var Levels = []string{"leaders", "ministers", "deputies", "ambassadors", "officials", "officers", "experts", "line"}

// Shares says how much of a channel is about cyberspace.
var Shares = Words[string]{map[string]string{
	"all": "all of it", "half": "one subject of two", "part": "one subject of many",
	"near": "a neighbouring subject", "none": "nothing"}}

// States says what a channel is in 2026.
var States = Words[string]{map[string]string{
	"alive":   "it meets or is used",
	"lapsed":  "no meeting follows, whether or not somebody said why",
	"ended":   "broken off or closed",
	"down":    "a line that nobody answers",
	"merged":  "gone into another",
	"single":  "talks that were meant for once",
	"plan":    "announced or proposed, and given up before it met",
	"none":    "there never was one: a control",
	"unknown": "nothing public says",
}}

// Shocks are blows that ended several channels at once; own is a cause of the channel's own.
var Shocks = Words[string]{map[string]string{
	"Crimea": "the annexation of 2014", "Ukraine": "the invasion of 2022", "own": "none"}}

const channelColumns = "id,parties,name,level,track,share,agreed,first,rounds,last,ending,ended,cause,shock,restored," +
	"counts,certainty,note,source,checked"

func readChannel(r *row) Channel {
	c := Channel{ID: r.id("CH"), Parties: list(r.Need("parties")), Name: r.Need("name"), Agreed: r.when("agreed"),
		First: r.when("first"), Rounds: r.Whole("rounds", 0, 1000, -1), Last: r.when("last"),
		Ending: oneOf(r, "ending", States), Counts: r.Word("counts", "yes", "no") == "yes",
		Certainty: r.Word("certainty", Certainties...), Note: r.Get("note")}
	c.Checked, c.Source = r.backed()
	if c.Ending != "none" {
		c.Level, c.Track = r.Word("level", Levels...), r.Word("track", "official", "experts")
		c.Share = oneOf(r, "share", Shares)
	}
	r.after("first", c.First, "agreed", c.Agreed)
	r.after("last", c.Last, "first", c.First)
	c.readEnds(r)
	back := len(c.Ends) == 0 || !c.Ends[len(c.Ends)-1].Restored.IsZero()
	switch {
	case c.Counts != c.MayCount():
		r.Say("counts", "is %s against the rule (official, all or half about cyberspace, two states, set up to go on); "+
			"correct it, or what it follows from", r.Get("counts"))
	case c.Ending == "alive" && !back:
		r.Say("ending", "is alive, though the last end has no return; write when it was restored, or how it ended")
	case c.Ending == "ended" && len(c.Ends) == 0 && r.Get("ended") == "":
		r.Say("ended", "is empty, though the channel ended; write when, or another ending")
	case !back:
		r.after("ended", c.Ends[len(c.Ends)-1].On, "last", c.Last)
	}
	return c
}

// readEnds reads the ends, in order of time, with cause, shock and return of each.
func (c *Channel) readEnds(r *row) {
	ended, restored := r.dates("ended"), r.dates("restored")
	causes, shocks := list(r.Get("cause")), list(r.Get("shock"))
	switch n := len(ended); {
	case len(causes) != n:
		r.Say("cause", "tells %d causes of %d ends; tell one for each, in the same order", len(causes), n)
		return
	case len(shocks) != n:
		r.Say("shock", "names %d shocks for %d ends; name one for each, own if it is none", len(shocks), n)
		return
	case len(restored) > n:
		r.Say("restored", "tells %d returns from %d ends; a return needs its end", len(restored), n)
		return
	}
	last, column := c.Began(), "agreed"
	for i, on := range ended {
		e := End{On: on, Cause: causes[i], Shock: shocks[i]}
		if Shocks.Means(e.Shock) == "" {
			r.Say("shock", "%q is not known; known: Crimea, Ukraine, own", e.Shock)
		}
		r.after("ended", on, column, last)
		last, column = on, "ended"
		if i < len(restored) {
			e.Restored = restored[i]
			r.after("restored", e.Restored, column, last)
			last, column = e.Restored, "restored"
		}
		c.Ends = append(c.Ends, e)
	}
}
