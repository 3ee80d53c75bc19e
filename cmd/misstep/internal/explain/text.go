package explain

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/narrative"
)

// sideBySide is the least width in which two arms stand side by side.
const sideBySide = 96

// dateWidth is the width of a date with the space behind it.
const dateWidth = 13

// teller writes a story in words.
type teller struct {
	strings.Builder
	s     *narrative.Story
	width int
}

// tell writes the cases of a story that are worth it, or all.
func tell(s *narrative.Story, all bool, width int) string {
	t := &teller{s: s, width: width}
	t.head()
	hidden := 0
	for i := range s.Cases {
		c := &s.Cases[i]
		if !all && !c.Public && !c.Misstep && (s.Diverges == nil || s.Diverges.Case != c.Number) {
			hidden++
			continue
		}
		t.tellCase(c)
	}
	t.foot(hidden)
	return t.String()
}

func (t *teller) paragraph(indent, text string) {
	for _, l := range say.Folded(t.width, indent, indent, text) {
		t.WriteString(l + "\n")
	}
}

func (t *teller) head() {
	s := t.s
	t.paragraph("", s.Title)
	played := "One future, played twice from the same chance"
	if len(s.Arms) == 1 {
		played = "One future"
	}
	t.paragraph("", fmt.Sprintf("%s: draw %d, replicate %d, seed %d; %s from %s.", played, s.Draw, s.Replicate, s.Seed,
		say.Span(s.Horizon), s.Day(0)))
	for i := range s.Arms {
		a := &s.Arms[i]
		t.paragraph("  ", fmt.Sprintf("%s: %s discovered and followed to their end; %s made public, %s with a misstep%s.",
			a.Name, say.Counted(a.Discovered, "case"), say.OrNone(a.Public), say.OrNone(a.Missteps), lifeOf(s, a)))
	}
	if types := typesOf(s); types != "" {
		t.paragraph("", "What nobody in it knows for certain: "+types+".")
	}
	switch {
	case s.Diverges != nil:
		t.paragraph("", fmt.Sprintf("The two part on %s, in case %d, at the step marked ►.", s.Day(s.Diverges.Day),
			s.Diverges.Case))
	case len(s.Arms) > 1:
		t.paragraph("", "Both arms take the same steps.")
	}
}

// typesOf says what kinds of states there are in this future.
func typesOf(s *narrative.Story) string {
	var parts []string
	for _, content := range []bool{true, false} {
		var names []string
		for _, k := range s.Types {
			if k.StatusQuo == content {
				names = append(names, narrative.The(k.State))
			}
		}
		kind := map[bool]string{true: "content with the status quo", false: "out to change the status quo"}[content]
		switch {
		case len(names) == 1:
			parts = append(parts, names[0]+" is "+kind)
		case len(names) > 1:
			parts = append(parts, say.And(names)+" are "+kind)
		}
	}
	return say.And(parts)
}

// lifeOf says how the channels fared that not all arms have.
func lifeOf(s *narrative.Story, a *narrative.Arm) string {
	forum := map[string]bool{}
	var names []string
	for _, c := range a.Channels {
		if c.Forum && !forum[c.Channel] {
			forum[c.Channel] = true
			names = append(names, c.Channel)
		}
	}
	var out []string
	for _, n := range names {
		meetings := 0
		var turns []string
		for _, e := range a.Life {
			if e.Detail != n || e.Day < 0 || e.Day > s.Horizon {
				continue
			}
			switch e.Kind {
			case "meeting":
				meetings++
			case "suspension":
				turns = append(turns, fmt.Sprintf("suspended %s by %s", s.Day(e.Day),
					map[string]string{"accusation": "an accusation", "shock": "a shock"}[e.Cause]))
			case "lapse":
				turns = append(turns, "lapsed in silence "+s.Day(e.Day))
			case "restoration":
				turns = append(turns, "restored "+s.Day(e.Day))
			}
		}
		turns = append([]string{say.Counted(meetings, "meeting")}, turns...)
		out = append(out, fmt.Sprintf("; %s: %s", narrative.The(n), strings.Join(turns, ", ")))
	}
	return strings.Join(out, "")
}

func (t *teller) tellCase(c *narrative.Case) {
	title := fmt.Sprintf("Case %d", c.Number)
	if c.Name != "" {
		title += ", " + c.Name
	}
	t.WriteString("\n")
	for _, l := range say.Folded(t.width, title+" · ", "  ", "What really happened: "+t.s.Truth(c)) {
		t.WriteString(l + "\n")
	}
	shared, own := t.s.Parts(c)
	t.block(shared)
	switch {
	case len(own) == 1:
		t.block(own[0])
	case len(own[0]) == 0 && len(own[1]) == 0:
		t.WriteString("  The same in both arms.\n")
	case t.width >= sideBySide:
		t.beside(c, own[0], own[1])
	default:
		for a, lines := range own {
			t.WriteString("  " + strings.ToUpper(t.s.Arms[a].Name) + "\n")
			t.block(t.orNothing(c, a, lines))
		}
	}
}

// orNothing says why an arm has no lines of its own.
func (t *teller) orNothing(c *narrative.Case, arm int, lines []narrative.Line) []narrative.Line {
	if len(lines) > 0 {
		return lines
	}
	if c.Tracks[arm] == nil {
		return []narrative.Line{{Text: "The incident is not discovered in this arm."}}
	}
	return []narrative.Line{{Text: "Nothing more."}}
}

func (t *teller) block(lines []narrative.Line) {
	for _, l := range t.lines(lines, t.width-2) {
		t.WriteString("  " + l + "\n")
	}
}

// beside writes two arms in two columns.
func (t *teller) beside(c *narrative.Case, left, right []narrative.Line) {
	const rule = " │ "
	w := (t.width - 2 - 3) / 2
	l := append([]string{strings.ToUpper(t.s.Arms[0].Name)}, t.lines(t.orNothing(c, 0, left), w)...)
	r := append([]string{strings.ToUpper(t.s.Arms[1].Name)}, t.lines(t.orNothing(c, 1, right), w)...)
	for i := range max(len(l), len(r)) {
		var x, y string
		if i < len(l) {
			x = l[i]
		}
		if i < len(r) {
			y = r[i]
		}
		t.WriteString(strings.TrimRight("  "+say.PadRight(x, w)+rule+y, " ") + "\n")
	}
}

// lines writes events as lines of a width: date, text, and below it the notes.
func (t *teller) lines(events []narrative.Line, width int) []string {
	var out []string
	for _, e := range events {
		mark := ""
		if e.Diverges {
			mark = "► "
		}
		out = append(out, say.Folded(width, say.PadRight(e.Date, dateWidth)+mark, strings.Repeat(" ", dateWidth), e.Text)...)
		for _, n := range e.Notes {
			out = append(out, say.Folded(width, strings.Repeat(" ", dateWidth)+"– ", strings.Repeat(" ", dateWidth+2), n)...)
		}
	}
	return out
}

func (t *teller) foot(hidden int) {
	t.WriteString("\n")
	if hidden > 0 {
		cases := say.Counted(hidden, "case differs", "cases differ")
		t.paragraph("", fmt.Sprintf("Not told: %s in private steps only (--all tells them).", cases))
	}
	t.paragraph("", "A misstep is a step that its author, had it known the whole truth, would have kept lower, by the "+
		"same roll of the dice. "+
		"It is avoidable when a sound reading of the same evidence would have kept it lower too; else it is bad luck. "+
		"Hostile intent is to disrupt, or to prepare for it. Rungs go from R0, nothing, to R9, force; R3 is the first "+
		"public step.")
}
