package study

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decision"
	"github.com/misstep/misstep/model/study/levers"
)

// shownDesigns have a row on the screen.
const shownDesigns = 4

// leversFound is what the sentences about a search are made of.
type leversFound struct {
	Lever, Stands, Designs               string // the forum; as it stands; 63 other designs
	Helps, Kept                          bool   // the winner does; what stands was the best
	Seemed, Value, Half, Winner, Weights string
	Futures, Better, Worse, Delta        string
	Brings                               string // to what is weighed, each with its change
	Told                                 bool   // of the shares of draws
}

// screen is what levers prints, but for where it is stored.
func (w *searching) screen(r *Levers) *say.Screen {
	s := &say.Screen{Columns: say.NarrowWidth}
	s.Put("", "", "%s: what would make %s better? (%s, %s × 2 to %s, seed %d)", w.run.Scenario.Title,
		say.Arm(r.Treatment), say.Counted(len(r.Designs), "design"), say.Counted(w.run.Plan.Draws, "draw"),
		say.Counted(r.Designs[0].Futures/w.run.Plan.Draws, "future"), w.run.Plan.Seed)
	s.Add("")
	found := w.found(r)
	text := sentences("levers", found)
	s.Put("  ", "  ", "%s", text[0])
	s.Add("")
	digits := say.Decimals(r.Winner.Net.Half)
	if len(r.Winner.Changes) == 0 {
		digits = say.Decimals(r.Designs[0].Half)
	}
	rows := [][]string{{"the best where they were chosen", "net benefit", "futures"}}
	for i, d := range r.Designs {
		if i < shownDesigns || d.Words == w.space.Words(nil) {
			rows = append(rows, []string{" " + say.Clipped(d.Words, 70),
				say.Signed(d.Net, digits) + " ±" + say.Number(d.Half, digits), say.Thousands(d.Futures)})
		}
	}
	s.Table("lrr", rows...)
	s.Add("")
	if len(r.Winner.Changes) > 0 {
		w.prices(s, r)
	}
	s.Put(" ", "   ", "%s", text[1])
	return s
}

func (w *searching) found(r *Levers) *leversFound {
	n := &r.Winner.Net
	digits := say.Decimals(n.Half)
	f := &leversFound{Lever: say.Arm(r.Treatment), Stands: "as it stands",
		Designs: say.Counted(len(r.Designs)-1, "other design"), Helps: r.Helps, Kept: len(r.Winner.Changes) == 0,
		Seemed: say.Signed(r.Seemed, digits), Value: say.Signed(n.Value, digits), Half: say.Number(n.Half, digits),
		Winner: r.Winner.Words, Weights: weighing(r.Weights), Brings: bringing(r),
		Futures: say.Thousands(r.Winner.Draws * r.Winner.Replicates), Delta: say.Number(w.run.Plan.NoDifference(), 2)}
	if say.Plural(f.Lever) {
		f.Stands = "as they stand"
	}
	if n.Shares != nil {
		f.Told, f.Better, f.Worse = true, say.Number(100*n.Shares.Better.Value, 0), say.Number(100*n.Shares.Worse.Value, 0)
	}
	return f
}

// weighing says what counts how much.
func weighing(list []decision.Weight) string {
	return say.And(say.Each(list, func(x decision.Weight) string {
		return say.Measure(x.Outcome) + " " + say.Short(x.Weight, false)
	}))
}

// bringing says what the winner changes of each outcome that counts: a better sum may hide a worse part.
func bringing(r *Levers) string {
	var out []string
	for _, x := range r.Weights {
		for _, p := range r.Winner.Outcomes {
			if p.Outcome == x.Outcome && x.Weight > 0 {
				change, _ := changeOf(&p)
				out = append(out, say.Measure(x.Outcome)+" "+change)
			}
		}
	}
	return say.And(out)
}

// prices are what the winner does to each outcome, and the arm to copy.
func (w *searching) prices(s *say.Screen, r *Levers) {
	rows := [][]string{{"the first, on fresh futures", "without", "as it stands", "design", "change"}}
	for _, x := range r.Winner.Outcomes {
		rows = append(rows, priceRow(&x))
	}
	s.Table("lrrrr", rows...)
	s.Add("")
	s.Add("  As an arm of the scenario:")
	for _, c := range r.Winner.Changes {
		s.Add("    " + c.Path + ": " + c.Value)
	}
	s.Add("")
}

func priceRow(x *levers.Price) []string {
	label := say.Measure(x.Outcome)
	if x.Unit == outcome.Probability {
		label += ", %"
	}
	change, value := changeOf(x)
	return []string{" " + label, value(x.Baseline), value(x.Stands), value(x.Design), change}
}

// changeOf writes the change of an outcome, and says how values beside it are written: probabilities per 100 futures,
// as many digits as its error allows.
func changeOf(x *levers.Price) (change string, value func(float64) string) {
	by := say.Factor(x.Unit)
	digits := say.Decimals(by * x.Half)
	value = func(v float64) string { return say.Number(by*v, digits) }
	change = fmt.Sprintf("%s ±%s", say.Signed(by*x.Change, digits), value(x.Half))
	if math.Abs(x.Change) <= x.Half {
		change += " ~"
	}
	return change, value
}
