package explain

import (
	_ "embed"
	"slices"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/story"
	"github.com/misstep/misstep/model/narrative"
)

//go:embed screen.tmpl
var text string

var screen = template.Must(template.New("").Parse(text))

// sideBySide is the least width in which two arms stand side by side.
const sideBySide = 96

// dateWidth is the width of a date with the space behind it.
const dateWidth = 13

type teller struct {
	strings.Builder
	s     *narrative.Story
	width int
}

func tell(s *narrative.Story, all bool, width int) string {
	t := &teller{s: s, width: width}
	t.head()
	private, same := 0, 0
	for i := range s.Cases {
		switch c := &s.Cases[i]; {
		case all || s.Diverges != nil && s.Diverges.Case == c.Number ||
			(c.Public || c.Misstep) && (c.Differs || len(s.Arms) < 2):
			t.tellCase(c)
		case c.Differs:
			private++
		default:
			same++
		}
	}
	var untold []string
	if private > 0 {
		untold = append(untold, say.Counted(private, "case differs", "cases differ")+" in private steps only")
	}
	if same > 0 {
		untold = append(untold, say.Counted(same, "case with a public step or a misstep goes",
			"cases with a public step or a misstep go")+" the same way in both arms")
	}
	t.WriteString("\n")
	t.say("foot", "", struct{ Untold string }{strings.Join(untold, "; ")})
	return t.String()
}

func (t *teller) say(name, indent string, data any) {
	for _, line := range say.Lines(screen, name, data) {
		t.put("", say.Folded(t.width, indent, indent, line))
	}
}

func (t *teller) put(indent string, lines []string) {
	for _, l := range lines {
		t.WriteString(strings.TrimRight(indent+l, " ") + "\n")
	}
}

// whole is what the templates know of a story.
type whole struct {
	*narrative.Story
	Two               bool
	Span, From        string
	Content, Revising string // states, by what they want in truth
	Parts             string // the day on which the arms part, "" if they do not
	Late              bool   // that day lies beyond the window
	Sides, Why        string // what each does there, and which mechanism made it so
}

func (t *teller) head() {
	states := func(content bool) string {
		var names []string
		for _, k := range t.s.Types {
			if k.StatusQuo == content {
				names = append(names, say.State(k.State))
			}
		}
		return say.And(names)
	}
	w := &whole{Story: t.s, Two: len(t.s.Arms) > 1, Span: say.Span(t.s.Horizon), From: story.Day(t.s, 0),
		Content: states(true), Revising: states(false)}
	if t.s.Diverges != nil {
		w.Parts, w.Late = story.Day(t.s, t.s.Diverges.Day), t.s.Diverges.Day > t.s.Horizon
		w.Sides, w.Why = story.Parting(t.s)
	}
	t.say("head", "", w)
	for i := range t.s.Arms {
		a := &t.s.Arms[i]
		t.say("arm", "  ", struct {
			Name, Cases, Public, Missteps, Life, Span string
			Open, Later                               int
		}{a.Name, say.Counted(a.Discovered, "case"), say.OrNone(a.Public), say.OrNone(a.Missteps), t.lives(a), w.Span, a.Open,
			a.Later})
	}
	t.say("rest", "", w)
}

// lives says how the channels fared that not all arms have.
func (t *teller) lives(a *narrative.Arm) string {
	var forums []string
	add := func(name string) {
		if !slices.Contains(forums, name) {
			forums = append(forums, name)
		}
	}
	for _, c := range a.Channels {
		if c.Forum {
			add(c.Channel)
		}
	}
	for _, e := range a.Life {
		if e.Kind == "trigger" && e.Day <= t.s.Horizon {
			add(e.Detail)
		}
	}
	life := ""
	for _, name := range forums {
		meetings, turns, waited := 0, "", false
		for _, e := range a.Life {
			switch {
			case e.Detail != name || e.Day < 0 || e.Day > t.s.Horizon || e.Kind == "opening" && !waited:
			case e.Kind == "meeting":
				meetings++
			default:
				waited = waited || e.Kind == "trigger"
				turns += ", " + say.Text(screen, e.Kind, map[string]any{"Day": story.Day(t.s, e.Day), e.Cause: true})
			}
		}
		life += "; " + say.State(name) + ": " + say.Counted(meetings, "meeting") + turns
	}
	return life
}

func (t *teller) tellCase(c *narrative.Case) {
	t.WriteString("\n")
	t.put("", say.Folded(t.width, story.Title(c)+" · ", "  ", "What really happened: "+story.Truth(t.s, c)))
	shared, own := story.Parts(t.s, c)
	whole := t.width - 2
	t.put("  ", t.lines(shared, whole))
	switch {
	case len(own) == 1:
		t.put("  ", t.lines(own[0], whole))
	case len(own[0]) == 0 && len(own[1]) == 0:
		t.put("  ", []string{"The same in both arms."})
	case t.width >= sideBySide:
		half := (whole - len(" | ")) / 2
		t.put("  ", beside(t.column(c, 0, own[0], half), t.column(c, 1, own[1], half), half))
	default:
		for a := range own {
			t.put("  ", t.column(c, a, own[a], whole))
		}
	}
}

// column is what an arm has of its own, under its name.
func (t *teller) column(c *narrative.Case, a int, own []story.Line, width int) []string {
	switch {
	case c.Tracks[a] == nil:
		own = []story.Line{{Text: "The incident is not discovered in this arm."}}
	case len(own) == 0:
		own = []story.Line{{Text: "Nothing more."}}
	}
	return append([]string{strings.ToUpper(t.s.Arms[a].Name)}, t.lines(own, width)...)
}

// beside sets two columns side by side, the left one of a width.
func beside(left, right []string, width int) []string {
	n := max(len(left), len(right))
	left = append(left, make([]string, n-len(left))...)
	right = append(right, make([]string, n-len(right))...)
	for i := range left {
		left[i] = say.PadRight(left[i], width) + " │ " + right[i]
	}
	return left
}

// lines writes events as lines of a width: date, text, and below it the notes.
func (t *teller) lines(events []story.Line, width int) []string {
	var out []string
	under := strings.Repeat(" ", dateWidth)
	for _, e := range events {
		mark := ""
		if e.Diverges {
			mark = "► "
		}
		out = append(out, say.Folded(width, say.PadRight(e.Date, dateWidth)+mark, under, e.Text)...)
		for _, n := range e.Notes {
			out = append(out, say.Folded(width, under+"– ", under+"  ", n)...)
		}
	}
	return out
}
