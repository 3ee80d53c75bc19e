package figure

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// History is one replicate in its arms, as lanes of a timeline: plain data, which
// whoever observed the replicate fills in.
type History struct {
	Draw, Replicate int
	HorizonDays     float64 // length of the axis; the summary's window where 0
	Diverges        float64 // [d] the first step that differs between the arms; 0 without one
	Finding         string  // what it shows, in a sentence or two; of arms that are alike, that they are
	Typical         string  // how many futures are like it; empty where unknown
	Arms            []HistoryArm
}

// HistoryArm is what happened in one arm.
type HistoryArm struct {
	Name  string
	Lanes []timeline.Lane
}

type history struct {
	in      *input
	h       *History
	arms    []HistoryArm // with finite days inside the window only
	horizon float64
}

func newHistory(in *input) picture {
	c := &history{in: in, h: in.h, horizon: in.horizon()}
	if c.h == nil {
		c.h = new(History)
	}
	c.horizon = cmp.Or(c.h.HorizonDays, c.horizon)
	for _, a := range c.h.Arms[:min(len(c.h.Arms), 2)] {
		kept := HistoryArm{Name: a.Name}
		for _, l := range a.Lanes {
			kept.Lanes = append(kept.Lanes, l.Inside(c.horizon))
		}
		c.arms = append(c.arms, kept)
	}
	w, t := words{title: "One future, played twice from the same chance"}, c.table()
	if len(c.arms) == 0 {
		w.subtitle = []string{"no history"}
		const none = "No history was kept in this run: choose a replicate to see one future in full."
		return nothing(w, cmp.Or(c.h.Finding, none), t.head...)
	}
	w.lead = c.h.Finding
	w.subtitle = []string{fmt.Sprintf("draw %d, replicate %d, seed %d", c.h.Draw, c.h.Replicate, in.s.Run.Seed)}
	if c.h.Typical != "" {
		w.subtitle = append(w.subtitle, c.h.Typical)
	}
	var parts []string
	for _, a := range c.arms {
		w.arms = append(w.arms, in.lookOf(a.Name))
		acts, missteps := 0, 0
		for _, l := range a.Lanes {
			for _, e := range l.Events {
				if l.Kind == timeline.Acts || l.Kind == timeline.Replies {
					acts++
					missteps += map[bool]int{true: 1}[e.Misstep]
				}
			}
		}
		parts = append(parts, fmt.Sprintf("%s: %d steps, %d of them missteps", in.label(a.Name), acts, missteps))
	}
	w.alt = strings.TrimSpace("Timeline of one replicate. "+c.h.Finding) + " " + strings.Join(parts, "; ") + "."
	return picture{words: w, numbers: t, rows: c.rows(), key: c.key()}
}

func (c *history) table() table {
	t := newTable("arm lane lane_kind day day_to kind actor target rung label belief misstep avoidable induced")
	for _, a := range c.arms {
		for _, l := range a.Lanes {
			for _, u := range l.Up {
				t.add(a.Name, l.Name, l.Kind.String(), u.From, u.To, "up", "", "", "", "", "", "", "", "")
			}
			for _, e := range l.Steps() {
				t.add(a.Name, l.Name, l.Kind.String(), e.Day, "", e.Kind, e.Actor, e.Target, timeline.RungCode(e.Rung), e.Label,
					e.Belief, e.Misstep, e.Avoidable, e.Induced)
			}
		}
	}
	return t
}

// rows has the lanes of each arm below its name; years and the day on which the arms part run through all.
func (c *history) rows() *chart.Table {
	t := &chart.Table{Step: 14, Columns: []chart.Column{{Most: 116}, {Plot: true}}}
	lines := 0
	for _, a := range c.arms {
		look := c.in.lookOf(a.Name)
		t.Rows = append(t.Rows, chart.Heading(chart.Plain.Heavy().In(look.Color), say.Capital(look.Label)))
		lines++
		for i, l := range a.Lanes {
			row := chart.Row{Lines: 1, Cells: chart.Texts(chart.Plain, l.Name), Draw: func(p *chart.Page, at []chart.Rect) {
				if i%2 == 0 {
					p.Fill(at[1].Inset(-4, .5, 0, .5), chart.Tint(chart.Unclear, .1))
				}
				x, _ := c.years(at[1])
				l.Draw(p, at[1], x)
			}}
			if l.Kind != timeline.Channel { // labels stand below their marks
				row.Lines = 2
			}
			lines += row.Lines
			t.Rows = append(t.Rows, row)
		}
	}
	axis := chart.Row{Draw: func(p *chart.Page, at []chart.Rect) {
		x, years := c.years(at[1])
		p.Under(at[1], x, years, lines)
		if d := c.h.Diverges; d > 0 && d <= c.horizon {
			p.Line(x.At(d), at[1].Bottom(), x.At(d), at[1].Bottom()+chart.Multiple(lines, at[1].H), 1.1, chart.Ink, 1.5, 2)
		}
	}}
	t.Rows = append([]chart.Row{axis}, t.Rows...)
	return t
}

func (c *history) years(plot chart.Rect) (chart.Scale, []chart.Tick) {
	return chart.Years(c.in.begin, c.horizon, plot.X, plot.Right()-34)
}

func (c *history) key() chart.Key {
	var lanes []timeline.Lane
	for _, a := range c.arms {
		lanes = append(lanes, a.Lanes...)
	}
	k := timeline.Key(lanes)
	if c.h.Diverges > 0 {
		k.Item(8, "the two part", func(p *chart.Page, x, y float64) { p.Line(x+4, y-6, x+4, y+6, 1.1, chart.Ink, 1.5, 2) })
	}
	return k
}
