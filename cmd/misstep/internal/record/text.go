package record

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/scenarios"
)

// evidenceText lists rows, one in a line, under their kinds.
func evidenceText(list []evidenceRow) string {
	if len(list) == 0 {
		return "No row is left by these filters.\n"
	}
	var b strings.Builder
	kind := ""
	for i := range list {
		r := &list[i]
		if r.kind != kind {
			if kind != "" {
				b.WriteString("\n")
			}
			kind = r.kind
			b.WriteString(kind + "\n")
		}
		b.WriteString(evidenceLine(r) + "\n")
	}
	b.WriteString("\n" + say.Counted(len(list), "row") + "; misstep evidence KEY tells all about one\n")
	return b.String()
}

// evidenceLine is a row in a line: key, date, type, text, check. A target has its
// value in place of date and type.
func evidenceLine(r *evidenceRow) string {
	line := "  " + say.PadRight(r.Key, 6)
	switch r.kind {
	case "targets":
		line += say.PadRight(r.Type, 3) + say.PadRight(say.Clipped(r.Values[0].inWords(), 26), 27) +
			say.PadRight(say.Clipped(r.Values[0].basis(), 15), 16)
	case "covert":
		line += say.PadRight(r.Type, 11) + say.PadRight(say.Clipped(r.Facts[0].Value, 26), 27)
	case "patterns":
	case "references":
		line = "  " + say.PadRight(r.Key, 24)
	default:
		line += say.PadRight(r.Date, 11) + say.PadRight(say.Clipped(r.Type, 26), 27)
	}
	room := say.NarrowWidth - len([]rune(line))
	if r.Checked != "" {
		line += say.PadRight(say.Clipped(r.Text, room-9), room-8) + r.Checked
	} else {
		line += say.Clipped(r.Text, room)
	}
	return strings.TrimRight(line, " ")
}

// evidenceOne prints one row in full.
func evidenceOne(a *cli.App, t *evidence.Tables, r *evidenceRow) error {
	r.Targets, r.Scenarios = restingOn(t, r.Key), citing(r.Key)
	var err error
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(r))
	} else {
		_, err = fmt.Fprint(a.Out, evidenceInFull(t, r))
	}
	return err
}

// evidenceInFull tells all about one row.
func evidenceInFull(t *evidence.Tables, r *evidenceRow) string {
	var b strings.Builder
	b.WriteString(r.Key + ", " + r.Kind + "\n")
	for _, l := range say.Folded(say.NarrowWidth, "  ", "  ", r.Text) {
		b.WriteString(l + "\n")
	}
	put := func(label, text string) {
		if text == "" {
			return
		}
		for _, l := range say.Folded(say.NarrowWidth, "  "+say.PadRight(label, 11), strings.Repeat(" ", 13), text) {
			b.WriteString(l + "\n")
		}
	}
	acts := r.kind == "events" || r.kind == "dyads"
	if acts || r.kind == "accusations" || r.kind == "beliefs" {
		put("date", dated(r.when))
	}
	if acts {
		put("type", r.Type+": "+evidence.StepTypes[r.Type].Means)
		put("stands", placeOf(r.Type))
	}
	if len(r.Values) > 0 {
		targetInFull(put, r)
	}
	for _, f := range r.Facts {
		put(f.Name, f.Value)
	}
	label := "source"
	if r.kind == "events" {
		label = "address"
	}
	put(label, strings.ReplaceAll(r.Address, " ; ", "; "))
	if r.Checked != "" {
		put("checked", r.Checked+": "+evidence.Checks[r.Checked])
	}
	put("targets", strings.Join(r.Targets, ", "))
	for _, c := range r.Scenarios {
		put("scenario", c.Scenario+", "+linesOf(c.Lines))
	}
	if len(r.Values) > 0 {
		b.WriteString(rowsOfTarget(t, r))
	}
	return b.String()
}

// targetInFull tells value, interval, method and cases of a target and its parts.
func targetInFull(put func(label, text string), r *evidenceRow) {
	v := &r.Values[0]
	interval := ""
	switch {
	case v.Value == nil:
	case v.High == nil:
		interval = ", a one-sided or open bound"
	case v.Coverage >= 0.9:
		interval = ", 95 %"
	case v.Coverage > 0:
		interval = fmt.Sprintf(", range, which covers %.0f %%", 100*v.Coverage)
	}
	put("value", v.inWords()+interval)
	put("method", v.Method+", "+v.basis())
	if v.NMemory > 0 {
		put("memory", say.Counted(v.NMemory, "case")+" from memory left out")
	}
	put("unit", strings.ReplaceAll(v.Unit, "–", "none"))
	for i := range r.Values[1:] {
		p := &r.Values[1+i]
		if i == maxParts {
			put("", fmt.Sprintf("… and %s; --json has all", say.Counted(len(r.Values)-1-maxParts, "more part")))
			break
		}
		left := ""
		if p.NMemory > 0 {
			left = fmt.Sprintf("; %d from memory left out", p.NMemory)
		}
		put("part", fmt.Sprintf("%s: %s, %s%s", p.Part, p.inWords(), p.basis(), left))
	}
}

// maxParts is how many parts of a target are listed.
const maxParts = 16

// rowsOfTarget lists the rows that a target rests on.
func rowsOfTarget(t *evidence.Tables, r *evidenceRow) string {
	var b strings.Builder
	for _, key := range r.Values[0].Rows {
		e, ok := t.Lookup(key)
		if !ok {
			continue
		}
		if b.Len() == 0 {
			b.WriteString("\n  rests on\n")
		}
		line := "    " + say.PadRight(e.Key, 6) + say.PadRight(e.Date, 11)
		b.WriteString(strings.TrimRight(line+say.Clipped(e.Text, say.NarrowWidth-len([]rune(line))), " ") + "\n")
	}
	return b.String()
}

// restingOn lists the targets that are computed from a row, or name it.
func restingOn(t *evidence.Tables, key string) []string {
	var out []string
	for _, o := range t.Compute(time.Time{}) {
		if slices.Contains(o.Rows, key) || keyPattern(key).MatchString(o.Source) && !strings.HasPrefix(key, "T") {
			out = append(out, o.ID)
		}
	}
	return slices.Compact(out)
}

// citing lists the shipped scenarios and histories that name a key.
func citing(key string) []evidenceCiting {
	var out []evidenceCiting
	pattern := keyPattern(key)
	for _, name := range slices.Concat(run.ShippedNames(), scenarios.Histories()) {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			panic(err) // the file is part of the program
		}
		c := evidenceCiting{Scenario: name}
		for i, line := range strings.Split(string(data), "\n") {
			if pattern.MatchString(line) {
				c.Lines = append(c.Lines, i+1)
			}
		}
		if len(c.Lines) > 0 {
			out = append(out, c)
		}
	}
	return out
}

func keyPattern(key string) *regexp.Regexp {
	return regexp.MustCompile(`(^|[^A-Za-z0-9-])` + regexp.QuoteMeta(key) + `($|[^A-Za-z0-9-])`)
}

// placeOf writes where events of a type stand: rungs with their codes, or an event of
// the model.
func placeOf(kind string) string {
	scale, err := ladder.Named("standard")
	if err != nil {
		panic(err) // shipped
	}
	place := evidence.StepTypes[kind]
	byRung := map[int][]string{}
	for _, code := range place.Codes {
		rung, err := scale.Rung(code)
		if err != nil {
			panic(err) // tested
		}
		byRung[rung] = append(byRung[rung], code)
	}
	var out []string
	for _, rung := range slices.Sorted(maps.Keys(byRung)) {
		out = append(out, fmt.Sprintf("R%d (%s)", rung, strings.Join(byRung[rung], ", ")))
	}
	if place.Event != "" {
		out = append(out, "event "+place.Event)
	}
	if len(out) == 0 {
		return "context: the model has nothing like it"
	}
	return strings.Join(out, "; ")
}
