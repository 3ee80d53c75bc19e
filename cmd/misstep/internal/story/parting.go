package story

import (
	_ "embed"
	"slices"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/narrative"
)

//go:embed parting.tmpl
var partings string

func init() { template.Must(sentences.Parse(partings)) }

// Cause names in short what parted the arms; "" where they do not part.
func Cause(s *narrative.Story) string {
	d := s.Diverges
	switch {
	case d == nil:
		return ""
	case len(d.Needed) == 1:
		return say.Mechanism(d.Needed[0])
	case len(d.Needed) > 1:
		return say.And(mechanisms(d.Needed)) + " together"
	case len(d.Enough) > 0:
		return say.And(mechanisms(d.Enough))
	}
	return "several mechanisms"
}

func mechanisms(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, say.Mechanism(n))
	}
	return out
}

// Parting says what each arm does where the two part, and which mechanism made it so;
// nothing where they do not part.
func Parting(s *narrative.Story) (sides, why string) {
	if s.Diverges == nil {
		return "", ""
	}
	c := &s.Cases[s.Diverges.Case-1]
	var both struct{ Sides []*side }
	for a := range s.Diverges.Sides {
		both.Sides = append(both.Sides, newSide(s, c, a))
	}
	return told("sides", &both)[0], strings.Join(told("why", newReason(s, c)), " ")
}

// Finding says in two sentences what a picture of the story shows.
func Finding(s *narrative.Story) string {
	var f struct {
		Sides           []*side
		Cause, Late, On string // On is the day of both
		Misstep         *struct {
			Case int
			In   string
		}
	}
	if s.Diverges != nil {
		c := &s.Cases[s.Diverges.Case-1]
		var erred []string
		for a, t := range c.Tracks {
			f.Sides = append(f.Sides, newSide(s, c, a))
			if t.Misstep() {
				erred = append(erred, say.InArm(s.Arms[a].Name))
			}
		}
		if len(erred) == 1 {
			f.Misstep = &struct {
				Case int
				In   string
			}{c.Number, erred[0]}
		}
		if f.Sides[0].On == f.Sides[1].On {
			f.On = f.Sides[0].On
		}
		if f.Cause = Cause(s); s.Diverges.Day > s.Horizon {
			f.Late = say.Span(s.Horizon)
		}
	}
	return told("finding", &f)[0]
}

// side is what the templates know of an arm where the two part.
type side struct {
	*event
	Arm, In, On, Late           string // Late is the window, of a step beyond it
	Nobody, Found, Again, Reply bool
}

func newSide(s *narrative.Story, c *narrative.Case, a int) *side {
	e, t := s.Diverges.Sides[a], c.Tracks[a]
	in := say.InArm(s.Arms[a].Name)
	v := &side{Arm: say.Capital(in), In: in, Nobody: e == nil, Found: t != nil}
	if e == nil {
		v.event = newEvent(c, &narrative.Entry{})
		v.Again = t != nil && slices.ContainsFunc(t.Entries, func(e narrative.Entry) bool { return e.Judged != nil })
		return v
	}
	v.event, v.On, v.Reply = newEvent(c, e), Day(s, e.Day), e.Kind == "reply"
	if e.Day > s.Horizon {
		v.Late = say.Span(s.Horizon)
	}
	return v
}

// reason is what the templates know of what parted the arms.
type reason struct {
	Needed, Enough []string
	Cause          string
	Wait           *waited   // nil unless delay had a part
	Answer         *answered // nil unless clarify had
	Channels       []channel // that the two differ in
}

type waited struct {
	Who, From, Days, Channel string
	Lapsed                   bool
}

type answered struct {
	*event
	Before string // belief
}

type channel struct {
	Channel    string
	Up, Plural bool
}

func newReason(s *narrative.Story, c *narrative.Case) *reason {
	d := s.Diverges
	r := &reason{Needed: d.Needed, Enough: d.Enough, Cause: Cause(s)}
	named := func(m string) bool { return slices.Contains(d.Needed, m) || slices.Contains(d.Enough, m) }
	if w := d.Delay; w != nil && named("delay") {
		r.Wait = &waited{Who: say.State(c.Victim), From: Day(s, w.From), Channel: say.State(w.Channel), Lapsed: w.Lapsed,
			Days: say.Counted(int(w.Days+.5), "day")}
	}
	if named("clarify") {
		r.Answer = answerOf(c)
	}
	for _, span := range s.Arms[1].Channels {
		if !span.Forum {
			continue
		}
		name := say.State(span.Channel)
		i := slices.IndexFunc(r.Channels, func(x channel) bool { return x.Channel == name })
		if i < 0 {
			i, r.Channels = len(r.Channels), append(r.Channels, channel{name, false, say.Plural("the " + name)})
		}
		r.Channels[i].Up = r.Channels[i].Up || span.From <= d.Day && d.Day <= span.To
	}
	return r
}

// answerOf is the answer that the treatment alone has, with the belief before it; nil for none.
func answerOf(c *narrative.Case) *answered {
	t := c.Tracks[1]
	if t == nil {
		return nil
	}
	for i := c.Shared(); i < len(t.Entries); i++ {
		if e := &t.Entries[i]; e.Kind == "answer" && i > 0 {
			return &answered{newEvent(c, e), surely(t.Entries[i-1].Belief)}
		}
	}
	return nil
}
