package record

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
)

// evidenceRow is one row of the evidence with all that is known about it.
type evidenceRow struct {
	Key       string             `json:"key"`
	Kind      string             `json:"kind"`
	Date      string             `json:"date,omitempty"`
	Precision string             `json:"precision,omitempty"`
	Type      string             `json:"type,omitempty"`
	Text      string             `json:"text"`
	Address   string             `json:"address,omitempty"`
	Checked   string             `json:"checked,omitempty"`
	Facts     []evidenceFact     `json:"facts,omitempty"`
	Values    []evidenceEstimate `json:"values,omitempty"` // of a target: itself, then its parts
	Targets   []string           `json:"targets,omitempty"`
	Scenarios []evidenceCiting   `json:"scenarios,omitempty"`

	kind string        // the word of --kind
	when evidence.Date // zero for what has none
}

// evidenceFact is a column of a row that has no place of its own.
type evidenceFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// evidenceEstimate is an [evidence.Observed]; null is what is no number.
type evidenceEstimate struct {
	Part     string   `json:"part"`
	Value    *float64 `json:"value"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	Coverage float64  `json:"coverage"`
	Unit     string   `json:"unit"`
	N        int      `json:"n"`
	NMemory  int      `json:"n_memory"`
	Hits     int      `json:"hits"`
	Years    float64  `json:"years"`
	Method   string   `json:"method"`
	Dated    bool     `json:"dated"`
	Rows     []string `json:"rows"`
}

func valueOf(o evidence.Observed) evidenceEstimate {
	return evidenceEstimate{o.Part, say.OrNull(o.Value), say.OrNull(o.Low), say.OrNull(o.High), o.Coverage, o.Unit, o.N,
		o.NMemory, o.Hits, o.Years, o.Method, o.Dated, append([]string{}, o.Rows...)}
}

// evidenceCiting is a scenario that names a row, with the lines.
type evidenceCiting struct {
	Scenario string `json:"scenario"`
	Lines    []int  `json:"lines"`
}

// has reports whether a word stands anywhere in a row.
func (r *evidenceRow) has(word string) bool {
	in := func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(word)) }
	for _, f := range r.Facts {
		if in(f.Value) {
			return true
		}
	}
	return in(r.Key) || in(r.Type) || in(r.Text) || in(r.Address)
}

// evidenceRows lists all rows by kind and key, targets as of a day.
func evidenceRows(t *evidence.Tables, until time.Time) []evidenceRow {
	var out []evidenceRow
	add := func(r evidenceRow, kind evidence.Kind) {
		r.Kind, r.kind = kind.String(), evidenceKinds[kind]
		r.Date, r.Precision = r.when.Text, r.when.Precision
		out = append(out, r)
	}
	for _, e := range t.Events {
		add(evidenceRow{Key: e.ID, Type: e.Type, Text: e.Text, Address: e.Address, Checked: e.Checked, when: e.When(),
			Facts: facts("actors", e.Actors, "target", e.Target)}, evidence.KindEvent)
	}
	for _, a := range t.Accusations {
		add(accusationRow(a), evidence.KindAccusation)
	}
	for _, d := range t.Delays {
		add(delayRow(d), evidence.KindDelay)
	}
	for _, b := range t.Beliefs {
		add(beliefRow(&b), evidence.KindBelief)
	}
	for _, c := range t.Channels {
		add(channelRow(&c), evidence.KindChannel)
	}
	for _, x := range t.Steps {
		add(evidenceRow{Key: x.ID, Type: x.Type, Text: x.Text, Address: x.Source, Checked: x.Checked, when: x.When(),
			Facts: facts("parties", strings.Join(x.Parties, "; "), "actors", x.Actors, "target", x.Target, "rung", x.Rung,
				"certainty", x.Certainty)}, evidence.KindStep)
	}
	for _, c := range t.Covert {
		add(covertRow(&c), evidence.KindCovert)
	}
	asOf := ""
	if !until.IsZero() {
		asOf = until.Format(time.DateOnly) + "; the note is about the whole record"
	}
	values, says := map[string][]evidenceEstimate{}, map[string]string{}
	for _, o := range t.Compute(until) {
		if o.Part == "" {
			says[o.ID] = o.Statistic // names the period, which moves with the day
		}
		values[o.ID] = append(values[o.ID], valueOf(o))
	}
	for _, x := range t.Targets {
		add(evidenceRow{Key: x.ID, Type: x.Use, Text: says[x.ID], Address: x.Source, Values: values[x.ID],
			Facts: facts("as of", asOf, "use", x.Use+": "+evidence.Uses.Means(x.Use),
				"years", fmt.Sprintf("%d to %d", x.From, x.To),
				"note", x.Note)}, evidence.KindTarget)
	}
	for _, p := range t.Patterns {
		add(evidenceRow{Key: p.ID, Text: p.Says}, evidence.KindPattern)
	}
	for _, r := range t.References {
		add(evidenceRow{Key: r.Key, Text: r.Citation, Facts: facts("used for", r.About)}, evidence.KindReference)
	}
	place := map[string]int{}
	for i, e := range t.All() {
		place[e.Key] = i
	}
	slices.SortFunc(out, func(a, b evidenceRow) int { return cmp.Compare(place[a.Key], place[b.Key]) })
	return out
}

func facts(pairs ...string) []evidenceFact {
	var out []evidenceFact
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, evidenceFact{pairs[i], pairs[i+1]})
		}
	}
	return out
}

func accusationRow(a evidence.Accusation) evidenceRow {
	part, kind := "without", a.Kind
	if a.British {
		part = "with"
	}
	if !a.Formal() {
		kind += ": listed, and does not count"
	}
	return evidenceRow{Key: a.ID, Type: a.Lead, Text: a.Statement, Address: a.Source, Checked: a.Checked, when: a.When(),
		Facts: facts(
			"led by", a.Lead, "kind", kind, "states", say.Counted(a.States, "state")+", "+part+" the United Kingdom",
			"penalty", cameOf(&a, a.PenaltyDays), "denial", answerOf(a.Denial, "within a week"),
			"counter", answerOf(a.Counter, "within a week"), "report", cameOf(&a, a.CounterDays),
			"trade", answerOf(a.Trade, "within 30 days"), "dialogue", answerOf(a.Dialogue, "one was alive"),
			"suspended", answerOf(a.Suspended, "within 30 days"))}
}

// answerOf writes a coded answer, with what it means when it is no no.
func answerOf(x evidence.Answer, what string) string {
	switch x {
	case evidence.NotCoded:
		return "not coded"
	case evidence.No:
		return "no"
	}
	return string(x) + ", " + what
}

// cameOf says after how many days something followed an accusation, where somebody looked for it.
func cameOf(a *evidence.Accusation, days float64) string {
	if days < 0 && !a.Followed() {
		return "not coded"
	}
	return daysAfter(days)
}

func daysAfter(x float64) string {
	switch {
	case x < 0:
		return "none found"
	case x == 0:
		return "the same day"
	}
	return "after " + say.Counted(int(x), "day")
}

func delayRow(d evidence.Delay) evidenceRow {
	first := d.Start
	for _, at := range []evidence.Date{d.Detected, d.Disclosed, d.Attributed} {
		if first.IsZero() {
			first = at
		}
	}
	attributed := dated(d.Attributed)
	if d.Attributed.IsZero() {
		attributed = "never, up to " + d.Censored.Text
	}
	return evidenceRow{Key: d.ID, Type: d.Intent, Text: d.Case, Address: d.Source, Checked: d.Checked, when: first,
		Facts: facts(
			"victim", d.Victim, "start", dated(d.Start), "detected", dated(d.Detected), "disclosed", dated(d.Disclosed),
			"attributed", attributed, "intent", d.Intent+": "+evidence.Intents.Means(d.Intent))}
}

func beliefRow(b *evidence.Belief) evidenceRow {
	lag := ""
	if days, ok := b.Lag(); ok {
		lag = strings.TrimPrefix(daysAfter(days), "after ")
	}
	return evidenceRow{Key: b.ID, Type: b.Error, Text: b.Incident, Address: b.Source, Checked: b.Checked, when: b.Date,
		Facts: facts("victim", b.Victim, "held by", b.Holder+": "+b.Who, "believed", b.Believed,
			"came out", b.Established, "error", b.Error+": "+evidence.Errors.Means(b.Error),
			"outcome", b.Outcome+": "+evidence.Outcomes.Means(b.Outcome), "rung", b.Rung, "since", dated(b.BelievedOn),
			"corrected", dated(b.CorrectedOn), "lag", lag, "certainty", b.Certainty, "note", b.Note)}
}

func channelRow(c *evidence.Channel) evidenceRow {
	rounds, share, counts := "", "", "no"
	if c.Rounds >= 0 {
		rounds = strconv.Itoa(c.Rounds)
	}
	if c.Share != "" {
		share = c.Share + ": " + evidence.Shares.Means(c.Share)
	}
	if c.Counts {
		counts = "yes"
	}
	pairs := []string{"level", c.Level, "track", c.Track, "cyberspace", share, "agreed", dated(c.Agreed),
		"first", dated(c.First), "rounds", rounds, "last", dated(c.Last),
		"ending", c.Ending + ": " + evidence.States.Means(c.Ending)}
	for _, e := range c.Ends {
		text := dated(e.On) + ", " + e.Cause
		if e.Shock != "own" {
			text += "; a shock to several: " + e.Shock
		}
		pairs = append(pairs, "ended", text, "restored", dated(e.Restored))
	}
	parties := strings.Join(c.Parties, "; ")
	return evidenceRow{Key: c.ID, Type: parties, Text: c.Name, Address: c.Source, Checked: c.Checked, when: c.Began(),
		Facts: facts(append([]string{"parties", parties}, append(pairs, "counts", counts, "certainty", c.Certainty,
			"note", c.Note)...)...)}
}

func covertRow(c *evidence.Covert) evidenceRow {
	v := valueOf(evidence.Observed{Value: c.Value, Low: c.Low, High: c.High, Unit: c.Unit})
	value, n := v.inWords(), ""
	if !c.HasRange {
		value = strings.Replace(value, " [0, 0]", "", 1)
	}
	if c.N >= 0 {
		n = strconv.Itoa(c.N)
	}
	return evidenceRow{Key: c.ID, Type: c.Use, Text: c.Statistic, Address: c.Source, Checked: c.Checked,
		Facts: facts("value", value, "n", n, "use", c.Use+": "+evidence.CovertUses.Means(c.Use),
			"years", fmt.Sprintf("%d to %d", c.From, c.To), "parties", c.Parties, "certainty", c.Certainty, "note", c.Note)}
}

// dated writes a date with its precision, "" without one.
func dated(d evidence.Date) string {
	switch {
	case d.IsZero() || d.Precision == "day":
		return d.Text
	case d.Precision == "about":
		return "about " + d.Text
	}
	return d.Text + " (the " + d.Precision + ")"
}

// inWords writes a value with its interval: 0.33 [0.15, 0.57].
func (v *evidenceEstimate) inWords() string {
	if v.Value == nil {
		return "no row bears on it"
	}
	return strings.TrimSuffix(figureOf(v.Value)+" ["+figureOf(v.Low)+", "+figureOf(v.High)+"] "+v.Unit, " –")
}

// figureOf writes three digits, and the half that a median of days may have.
func figureOf(x *float64) string {
	switch {
	case x == nil:
		return "…"
	case *x >= 100:
		return strings.TrimSuffix(say.Number(*x, 1), ".0")
	}
	return say.Short(*x, false)
}

// basis writes what a value was computed from: 7 of 21, 11 in 2 years, 9 cases.
func (v *evidenceEstimate) basis() string {
	switch v.Method {
	case evidence.MethodBinomial, evidence.MethodSurvival:
		return fmt.Sprintf("%d of %d", v.Hits, v.N)
	case evidence.MethodPoisson:
		return fmt.Sprintf("%d in %s years", v.Hits, strconv.FormatFloat(v.Years, 'f', 1, 64))
	}
	return "n = " + say.Thousands(v.N)
}
