package decide

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/decision"
)

// columns is how wide the screen is.
const columns = 80

// nameWidth is what an arm's name has of a label.
const nameWidth = 17

// shown are the weights that have room on a screen: the first, one in the middle, the last.
const shown = 3

func (d *decided) at() (out []*decision.At) {
	r := d.report
	if len(r.At) <= shown {
		for i := range r.At {
			out = append(out, &r.At[i])
		}
		return out
	}
	return []*decision.At{&r.At[0], r.middle(), &r.At[len(r.At)-1]}
}

// lines is how many the screen may have, with the one that says where it is stored.
const lines = 24

// screen is what decide prints, but for where it is stored. Where it would be too long, the regret of arms
// beyond the headline's is left to the table.
func (d *decided) screen() *say.Screen {
	s := d.set(len(d.report.At[0].Arms))
	if len(s.Lines()) >= lines {
		s = d.set(2)
	}
	return s
}

func (d *decided) set(regrets int) *say.Screen {
	r, s := d.report, &say.Screen{Columns: columns}
	s.Put("", "", "%s: which arm pays? (%s\u00a0×\u00a0%d\u00a0futures, seed\u00a0%d)", r.Title, say.Thousands(r.Draws),
		r.Replicates, r.Seed)
	s.Add("")
	s.Put("  ", "  ", "%s", r.Answer)
	s.Add("")
	s.Table("l"+strings.Repeat("r", len(d.at())), d.rows(regrets)...)
	s.Put(" ", "   ", "%s", strings.Join(say.Lines(sentences, "legend", map[string]any{"Baseline": r.Baseline,
		"Unit": d.unit()}), " "))
	if open := d.unresolved(); open != "" {
		s.Put(" ", "   ", "%s", open)
	}
	return s
}

// unit says what weighs how much.
func (d *decided) unit() string {
	return say.And(say.Each(d.report.Weights, func(w decision.Weight) string {
		name := say.Measure(w.Outcome)
		if w.Weight == 1 {
			return name
		}
		return name + "\u00a0×\u00a0" + weight(w.Weight)
	}))
}

// rows are the table: a column for each weight.
func (d *decided) rows(regrets int) [][]string {
	r := d.report
	rows := [][]string{{say.Measure(r.Varied) + " counts"}}
	line := func(label string, of func(a *decision.At) string) {
		row := []string{label}
		for _, a := range d.at() {
			row = append(row, of(a))
		}
		rows = append(rows, row)
	}
	for _, a := range d.at() {
		rows[0] = append(rows[0], weight(a.Weight))
	}
	for k := 1; k < len(r.At[0].Arms); k++ {
		d.arm(line, k)
	}
	for k := range regrets {
		n := d.digits(func(a *decision.At) float64 { return a.Arms[k].Regret.Half })
		line("regret of "+say.Clipped(r.At[0].Arms[k].Name, nameWidth), func(a *decision.At) string {
			x := &a.Arms[k].Regret
			return told(a, say.Number(x.Mean, n)+", "+say.Number(x.Worst, n))
		})
	}
	line("best arm", func(a *decision.At) string {
		name := strings.TrimPrefix(say.Lever(a.Choice), "the ") // so that it has room
		if !a.Clear {
			return say.Clipped(name, 13) + " ~"
		}
		return say.Clipped(name, 15)
	})
	n := d.digits(func(a *decision.At) float64 { return a.Everything.Half })
	line("worth of knowing everything", func(a *decision.At) string {
		if x := &a.Everything; x.Sign() {
			return say.Number(x.Value, n) + " ±" + say.Number(x.Half, n)
		}
		return "~"
	})
	return rows
}

// digits are those of a row.
func (d *decided) digits(half func(a *decision.At) float64) int {
	most := 0.0
	for _, a := range d.at() {
		most = max(most, half(a))
	}
	return digits(most)
}

// arm adds the rows of an arm; of the first what the assumptions leave open, too.
func (d *decided) arm(line func(string, func(*decision.At) string), k int) {
	n := d.digits(func(a *decision.At) float64 { return a.Arms[k].Half })
	line("benefit of "+say.Clipped(say.Arm(d.report.At[0].Arms[k].Name), nameWidth), func(a *decision.At) string {
		if x := &a.Arms[k]; x.Sign() {
			return say.Signed(x.Value, n) + " ±" + say.Number(x.Half, n)
		}
		return "~"
	})
	if k > 1 {
		return
	}
	line("  95 % of assumptions", func(a *decision.At) string {
		x := &a.Arms[k]
		return told(a, say.Signed(x.Low, 2)+" to "+say.Signed(x.High, 2))
	})
	line("  of 100 sets it pays, costs", func(a *decision.At) string {
		x := a.Arms[k].Shares
		if x == nil {
			return "~"
		}
		return say.Number(100*x.Better.Value, 0) + ", " + say.Number(100*x.Worse.Value, 0)
	})
}

// told is a cell where the draws differ by more than chance.
func told(a *decision.At, cell string) string {
	if !a.Told {
		return "~"
	}
	return cell
}

// unresolved says what is not, and what would resolve it; "" where all is.
func (d *decided) unresolved() string {
	r := d.report
	open, turn := 0, !r.Turns[0].Resolved
	for _, a := range d.at() {
		if !a.Arms[1].Sign() {
			open++
		}
	}
	if open == 0 && !turn || r.Needs == 0 && !turn {
		return ""
	}
	x := map[string]any{"Turn": turn, "Draws": r.Needs, "Command": d.command(), "Took": ""}
	if d.more > 0 {
		x["Took"] = say.Seconds(d.more)
	}
	return strings.Join(say.Lines(sentences, "needs", x), " ")
}

// command is what would play the run at the size that is needed.
func (d *decided) command() string {
	text, shipped := run.Shipped(d.inputs.Name)
	if !shipped || string(text) != d.inputs.Scenario || len(d.inputs.Layers) > 0 {
		return fmt.Sprintf("The same run with --draws %d --replicates %d", d.report.Needs, d.report.Replicates)
	}
	return fmt.Sprintf("misstep run %s --draws %d --replicates %d", d.inputs.Name, d.report.Needs, d.report.Replicates)
}
