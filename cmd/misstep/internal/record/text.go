package record

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

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
	s, kind := &say.Screen{}, ""
	for i := range list {
		if r := &list[i]; r.kind != kind {
			if kind != "" {
				s.Add("")
			}
			kind = r.kind
			s.Add(kind)
		}
		s.Add(evidenceLine(&list[i]))
	}
	s.Add("", say.Counted(len(list), "row")+"; misstep evidence KEY tells all about one")
	return s.String()
}

// evidenceLine is a row in a line: key, date, type (of a target its value), text, check.
func evidenceLine(r *evidenceRow) string {
	line := "  " + say.PadRight(r.Key+" ", 6)
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

func evidenceInFull(t *evidence.Tables, r *evidenceRow) string {
	s := &say.Screen{Columns: say.NarrowWidth}
	put := func(label, text string) { s.Field("  ", label, 11, text) }
	s.Add(r.Key + ", " + r.Kind)
	s.Put("  ", "  ", "%s", r.Text)
	label := "source"
	switch r.kind {
	case "events", "dyads":
		put("date", dated(r.when))
		put("type", r.Type+": "+evidence.StepTypes.Means(r.Type).Means)
		put("stands", placeOf(r.Type))
		if r.kind == "events" {
			label = "address"
		}
	case "accusations", "beliefs":
		put("date", dated(r.when))
	case "targets":
		targetInFull(put, r)
	}
	for _, f := range r.Facts {
		put(f.Name, f.Value)
	}
	put(label, strings.ReplaceAll(r.Address, " ; ", "; "))
	if r.Checked != "" {
		put("checked", r.Checked+": "+evidence.Checks.Means(r.Checked))
	}
	put("targets", strings.Join(r.Targets, ", "))
	for _, c := range r.Scenarios {
		put("scenario", c.Scenario+", "+linesOf(c.Lines))
	}
	if len(r.Values) > 0 {
		rowsOfTarget(s, t, r)
	}
	return s.String()
}

// targetInFull tells value, interval, method and cases of a target and its parts.
func targetInFull(put func(label, text string), r *evidenceRow) {
	v, interval := &r.Values[0], ""
	switch {
	case v.Value == nil:
	case v.High == nil:
		interval = ", a one-sided or open bound"
	case v.Method == evidence.MethodRange:
		interval = fmt.Sprintf(", range, which covers %.0f %%", 100*v.Coverage)
	case v.Coverage > 0:
		interval = ", 95 %"
	}
	put("value", v.inWords()+interval)
	put("method", v.Method+", "+v.basis())
	if v.NMemory > 0 {
		put("memory", say.Counted(v.NMemory, "case")+" from memory left out")
	}
	put("unit", strings.ReplaceAll(v.Unit, "–", "none"))
	parts := r.Values[1:]
	for i := range parts[:min(maxParts, len(parts))] {
		p, left := &parts[i], ""
		if p.NMemory > 0 {
			left = fmt.Sprintf("; %d from memory left out", p.NMemory)
		}
		put("part", fmt.Sprintf("%s: %s, %s%s", p.Part, p.inWords(), p.basis(), left))
	}
	if more := len(parts) - maxParts; more > 0 {
		put("", fmt.Sprintf("… and %s; --json has all", say.Counted(more, "more part")))
	}
}

const maxParts = 16

func rowsOfTarget(s *say.Screen, t *evidence.Tables, r *evidenceRow) {
	head := []string{"", "  rests on"}
	for _, key := range r.Values[0].Rows {
		if e, ok := t.Lookup(key); ok {
			line := "    " + say.PadRight(e.Key+" ", 6) + say.PadRight(e.Date, 11)
			s.Add(append(head, strings.TrimRight(line+say.Clipped(e.Text, say.NarrowWidth-len([]rune(line))), " "))...)
			head = nil
		}
	}
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

// placeOf writes where events of a type stand: rungs with their codes, or an event of the model.
func placeOf(kind string) string {
	scale, err := ladder.Named("standard")
	if err != nil {
		panic(err) // shipped
	}
	place := evidence.StepTypes.Means(kind)
	byRung := map[int][]string{}
	for _, code := range place.Codes {
		rung, err := scale.Rung(code)
		if err != nil {
			panic(err) // tested
		}
		byRung[rung] = append(byRung[rung], code)
	}
	out := say.Each(slices.Sorted(maps.Keys(byRung)), func(rung int) string {
		return fmt.Sprintf("R%d (%s)", rung, strings.Join(byRung[rung], ", "))
	})
	if place.Event != "" {
		out = append(out, "event "+place.Event)
	}
	if len(out) == 0 {
		return "context: the model has nothing like it"
	}
	return strings.Join(out, "; ")
}

func linesOf(list []int) string {
	words := strings.ReplaceAll(strings.Trim(fmt.Sprint(list), "[]"), " ", ", ")
	if len(list) == 1 {
		return "line " + words
	}
	return "lines " + words
}
