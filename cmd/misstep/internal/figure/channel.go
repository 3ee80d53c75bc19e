package figure

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// channel shows whether the forum is there when it is needed: its availability at
// moments of need by tension, and the uptime of every channel beside it.
type channel struct {
	forums []forumArm // arms that have what the arms differ in
	names  []string   // of channels
	uptime map[string][]chart.ArmSpan
}

type forumArm struct {
	chart.Arm
	uptime, need chart.Span
	bins         []summary.NeedBin
}

func newChannel(in *input) picture {
	c := &channel{uptime: map[string][]chart.ArmSpan{}}
	w := words{title: "Is the channel there when it is needed?", alt: "No arm of this run has a forum."}
	t := newTable("arm quantity channel tension_from tension_to moments share mc_half_width parameter_low parameter_high")
	row := func(arm, quantity, channel string, s chart.Span) []any {
		low, high := s.Ends()
		return []any{arm, quantity, channel, "", "", "", s.Value, s.Half(), low, high}
	}
	var uptimes [][]any // below the rows on forums
	for _, a := range in.first(mostRows) {
		d := in.armOf(a.Name)
		for _, u := range d.Channels {
			if u.Forum && u.Uptime.Value == 0 && u.Uptime.MC == 0 { // this arm lacks it
				continue
			}
			if c.uptime[u.Name] == nil {
				c.names = append(c.names, u.Name)
			}
			s := spanOf(u.Uptime).Within(0, 1)
			c.uptime[u.Name] = append(c.uptime[u.Name], chart.ArmSpan{Arm: a, Span: s})
			uptimes = append(uptimes, row(a.Name, "channel uptime", u.Name, s))
		}
		if d.Forum.Exists {
			c.forums = append(c.forums, forumArm{Arm: a, uptime: spanOf(d.Forum.Uptime).Within(0, 1),
				need: spanOf(d.Forum.AtNeed).Within(0, 1), bins: binsOf(d.Forum.ByTension)})
		}
	}
	var parts []string
	for i, f := range c.forums {
		parts = append(parts, f.says())
		t.add(row(f.Name, "forum uptime", "", f.uptime)...)
		t.add(row(f.Name, "forum at need", "", f.need)...)
		for _, b := range f.bins {
			t.add(f.Name, "forum at need by tension", "", b.From, b.To, b.Moments, b.Available, b.MC, "", "")
		}
		if i == 0 { // of others the list has the uptime
			w.lead = fmt.Sprintf("%s: up on %s of all days, and at %s of the moments of need", say.Capital(f.Label),
				chart.Share(f.uptime.Value), chart.Share(f.need.Value))
		}
	}
	if len(parts) > 0 {
		w.alt = say.Capital(strings.Join(parts, "; ")) + "." + chart.InParentheses
	}
	for _, u := range uptimes {
		t.add(u...)
	}
	var k chart.Key
	k.Marks(in.first(mostRows))
	k.Intervals(chart.OfSampling, c.shown())
	return picture{words: w, numbers: t, rows: c.rows(), key: k}
}

func binsOf(bins []summary.NeedBin) []summary.NeedBin {
	return slices.DeleteFunc(slices.Clone(bins), func(b summary.NeedBin) bool { return b.Moments == 0 })
}

// fewMoments is the number of moments of need below which a share says nothing.
const fewMoments = 10

func binSpan(b summary.NeedBin) chart.Span {
	return chart.NewSpan(b.Available, b.MC, b.Available, b.Available).Within(0, 1)
}

func (f forumArm) says() string {
	s := fmt.Sprintf("%s: up %s of the time, at %s of the moments of need", f.Label,
		chart.Ranged(f.uptime, chart.Share), chart.Ranged(f.need, chart.Share))
	for _, b := range f.bins {
		up := chart.Ranged(binSpan(b), chart.Share)
		if b.Moments < fewMoments {
			up = "too few moments"
		}
		s += fmt.Sprintf(", %s at tension %s to %s", up, chart.Number(b.From), chart.Number(b.To))
	}
	return s
}

// rows are tensions at which the forum was needed, then channels, on one scale.
func (c *channel) rows() *chart.Table {
	t := &chart.Table{Step: 11.5, Columns: []chart.Column{{}, {Plot: true}, {To: chart.End}}}
	heading := "Up at moments of need, by tension between the two from 0 to 1"
	if len(c.forums) > 1 { // each has its own, about as many
		heading += "; moments " + under(c.forums[0].Arm)
	}
	t.Rows = []chart.Row{{}, chart.Heading(chart.Plain.Heavy(), heading)}
	bins, marks := c.bins()
	for _, b := range bins {
		t.Rows = append(t.Rows, armRow(chart.Number(b.From)+" to "+chart.Number(b.To), say.Number(b.Moments, 0)+" moments",
			marks[b.From]))
	}
	if len(bins) == 0 {
		why := "no moment of need was counted"
		if len(c.forums) == 0 {
			why = "no forum exists in any arm of this run"
		}
		t.Rows = append(t.Rows, chart.Heading(chart.Quiet, why))
	}
	t.Rows = append(t.Rows, chart.Heading(chart.Plain.Heavy(), "Uptime of each channel"))
	for _, name := range c.names {
		t.Rows = append(t.Rows, armRow(readable(name), "", c.uptime[name]))
	}
	lines := t.Lines() - 1
	t.Rows[0].Draw = func(p *chart.Page, at []chart.Rect) {
		p.Under(at[1], shareScale(at[1]), chart.Ticks([]float64{0, .25, .5, .75, 1}, chart.Percent), lines)
	}
	return t
}

// shown are what the figure draws.
func (c *channel) shown() (spans []chart.Span) {
	_, marks := c.bins()
	for _, of := range []iter.Seq[[]chart.ArmSpan]{maps.Values(marks), maps.Values(c.uptime)} {
		for arms := range of {
			for _, a := range arms {
				spans = append(spans, a.Span)
			}
		}
	}
	return spans
}

// bins are the bins of tension with the moments of the first forum that has any, and the availability of each.
func (c *channel) bins() (bins []summary.NeedBin, marks map[float64][]chart.ArmSpan) {
	marks = map[float64][]chart.ArmSpan{}
	for _, f := range c.forums {
		for _, b := range f.bins {
			if !slices.ContainsFunc(bins, func(x summary.NeedBin) bool { return x.From == b.From }) {
				bins = append(bins, b)
			}
			if b.Moments >= fewMoments { // of fewer a share says nothing
				marks[b.From] = append(marks[b.From], chart.ArmSpan{Arm: f.Arm, Span: binSpan(b)})
			}
		}
	}
	slices.SortFunc(bins, func(x, y summary.NeedBin) int { return cmp.Compare(x.From, y.From) })
	return bins, marks
}

func shareScale(plot chart.Rect) chart.Scale {
	return chart.Scale{Hi: 1, From: plot.X, To: plot.Right() - 16}
}

func armRow(label, value string, arms []chart.ArmSpan) chart.Row {
	return chart.Row{Lines: 2 + len(arms), Cells: chart.Texts(chart.Plain, label, "", value),
		Draw: func(p *chart.Page, at []chart.Rect) { p.Levelled(at[1], shareScale(at[1]), arms, chart.Share) }}
}
