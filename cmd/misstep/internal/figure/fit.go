package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// fit shows what the model says of every target beside what the record says.
type fit struct {
	in     *FitInput
	groups []fitGroup
}

// fitGroup is the targets of one use.
type fitGroup struct {
	heading, short string
	rows           []fitRow
}

func newFit(in *FitInput) *fit {
	if in == nil {
		in = &FitInput{}
	}
	f := &fit{in: in}
	for _, u := range fitUses {
		g := fitGroup{heading: u.heading, short: u.short}
		for _, t := range in.Targets {
			if fitUse(t.Use) == u.use {
				g.rows = append(g.rows, newFitRow(t))
			}
		}
		if len(g.rows) > 0 {
			f.groups = append(f.groups, g)
		}
	}
	return f
}

// fitUse is the use of a group, empty for one that the figure has no name for.
func fitUse(use string) string {
	for _, u := range fitUses {
		if u.use == use {
			return use
		}
	}
	return ""
}

// tally counts the targets whose standing is known, and those inside.
func (g fitGroup) tally() (in, of int) {
	for _, r := range g.rows {
		if r.standing != unknown {
			of++
		}
		if r.standing == inside {
			in++
		}
	}
	return
}

// verdict says how many are inside; unknown ones are counted apart.
func (g fitGroup) verdict() string {
	in, of := g.tally()
	s := fmt.Sprintf("%d of %d inside", in, of)
	if n := len(g.rows) - of; n > 0 {
		s += fmt.Sprintf(", %d not known", n)
	}
	return s
}

// result is the line above the rows. The targets that were used come first and are
// the only ones whose share is a result of the fit.
func (f *fit) result() string {
	for _, g := range f.groups {
		if g.short == fitUses[0].short {
			in, of := g.tally()
			s := fmt.Sprintf("%d of %d used targets inside the model’s 90\u00a0%% interval", in, of)
			if n := len(g.rows) - of; n > 0 {
				s += fmt.Sprintf("; %d not known", n)
			}
			return s
		}
	}
	return "No target was used to calibrate"
}

func (f *fit) words() words {
	w := words{title: f.in.Title, detail: append([]string(nil), f.in.Subtitle...), source: f.in.Source}
	if w.title == "" {
		w.title = "What the record says, and what the fitted model says"
	}
	w.detail = append(w.detail, "90\u00a0% predictive intervals")
	if w.source == "" {
		w.source = "Source: observed: the public record of misstep’s targets; intervals: misstep, model output."
	}
	if len(f.groups) == 0 {
		w.alt = "No target in this fit."
		return w
	}
	parts := []string{f.result()}
	for _, g := range f.groups {
		if g.short != fitUses[0].short {
			parts = append(parts, g.short+": "+g.verdict())
		}
		for _, r := range g.rows {
			if r.standing == outside {
				s := fmt.Sprintf("%s %s: observed %s, predicted %s, outside", r.ID, r.Label, r.seen(), r.predicted())
				if r.Why != "" {
					s += " (" + r.Why + ")"
				}
				parts = append(parts, s)
			}
		}
	}
	w.alt = strings.Join(parts, "; ") + "."
	return w
}

func (f *fit) table() table {
	t := newTable("id", "label", "use", "unit", "observed", "low", "high", "one_sided", "prior_p5", "prior_p50", "prior_p95",
		"posterior_p5", "posterior_p50", "posterior_p95", "standing", "why", "log_scale")
	for _, g := range f.groups {
		for _, r := range g.rows {
			t.add(r.ID, r.Label, r.Use, r.Unit, r.Observed, r.Low, r.High, r.OneSided, r.Prior[0], r.Prior[1], r.Prior[2],
				r.Post[0], r.Post[1], r.Post[2], r.standing.String(), r.Why, r.Log)
		}
	}
	return t
}

// lines is how many lines a row takes: one more where it says why.
func (r fitRow) lines() int {
	switch {
	case r.left:
		return 0
	case r.Why != "":
		return 2
	default:
		return 1
	}
}

// lines is how many lines a group takes with its heading.
func (g fitGroup) lines() int {
	n := 0
	for _, r := range g.rows {
		n += r.lines()
	}
	if n > 0 {
		n++
	}
	return n
}

func (f *fit) lines() int {
	n := 0
	for _, g := range f.groups {
		n += g.lines()
	}
	return n
}

// Heights of the figure [pt]: the lines above and below its rows, and a row that has
// the room it wants.
const (
	fitHead = 2*chart.LineStep + 4
	fitFoot = chart.LineStep + 6
	fitStep = 14.5
)

// want is the height that all rows want [pt].
func (f *fit) want() float64 {
	return math.Ceil(frameHeight + fitHead + fitFoot + chart.Multiple(f.lines(), fitStep))
}

// shown is the groups in at most so many lines. Rows inside give way first, from
// the end, so that what disagrees stays; left says how many the CSV has alone.
func (f *fit) shown(most int) (shown *fit, left int) {
	shown = &fit{in: f.in}
	for _, g := range f.groups {
		g.rows = append([]fitRow(nil), g.rows...)
		shown.groups = append(shown.groups, g)
	}
	for _, last := range []bool{false, true} {
		for i := len(shown.groups) - 1; i >= 0; i-- {
			rows := shown.groups[i].rows
			for j := len(rows) - 1; j >= 0 && shown.lines() > most; j-- {
				if !rows[j].left && (last || rows[j].standing != outside) {
					rows[j].left = true
					left++
				}
			}
		}
	}
	return shown, left
}
