package screen

import (
	_ "embed"
	"fmt"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

//go:embed shares.tmpl
var sharesText string

var sharesLines = template.Must(template.New("").Parse(sharesText))

// shared is what the templates know of the shares of draws.
type shared struct {
	Treatment, Outcome, Unit, Delta string
	Worse, Within, Better           string
	Neutral, Shares                 bool
	From                            int      // replicates a draw from which shares are told
	Elsewhere                       []string // worse and better in other outcomes
}

// neutrality says in how many draws the treatment does harm, in the headline's outcome and in others,
// and what decides it.
func (v *View) neutrality(c *summary.Contrast) []string {
	h := &v.Summary.Headline
	m := c.Measure(h.Measure)
	if m == nil || !v.uncertain() || c.Pairing.Identical {
		return nil
	}
	x := shared{Treatment: c.Treatment, Outcome: say.Measure(m.ID), Neutral: m.Goodness == 0,
		Unit: "per\u00a0100 cases", Elsewhere: elsewhere(c, h.Measure)}
	if s := m.Shares; s != nil {
		x.Shares, x.Worse, x.Within, x.Better = true, share(s.Worse), share(s.Within), share(s.Better)
		x.Delta = say.Short(say.Factor(m.Unit)*s.Delta, false)
		if !m.Paired {
			x.Unit = "of\u00a0100 futures"
		}
	} else if o, ok := outcome.Named(m.ID); ok && o.Flag && c.SharesFrom(v.Summary.Run.Delta) > v.Summary.Run.Replicates {
		x.From = c.SharesFrom(v.Summary.Run.Delta)
	}
	return append(say.Lines(sharesLines, "shares", &x), v.decidedBy(h.Deciding, m.Goodness)...)
}

// share writes a share of draws with its interval.
func share(s summary.Share) string {
	return unbroken(say.Percent(s.Value)) + "\u00a0" +
		answer.Bracketed([2]string{say.Number(100*s.Low, 0), say.Number(100*s.High, 0)})
}

// elsewhere are the shares in other outcomes of which there is one.
func elsewhere(c *summary.Contrast, headline string) (out []string) {
	for i := range outcome.All {
		o := &outcome.All[i]
		m := c.Measure(o.ID)
		if !o.Key || !o.Paired() || o.ID == headline || m == nil || m.Shares == nil || m.Verdict == summary.Same {
			continue
		}
		out = append(out, say.Measure(m.ID)+"\u00a0"+
			unbroken(say.Percent(m.Shares.Worse.Value)+" and "+say.Percent(m.Shares.Better.Value)))
	}
	return out
}

// mostDeciding is how many deciding numbers the screen names.
const mostDeciding = 3

// decided is what the templates know of the numbers that decide.
type decided struct {
	Draws, Candidates, Level, Threshold, Ties string
	Few, Powerless                            bool
	Named                                     []string
	More, Ten                                 int
}

// decidedBy says which numbers the effect of a draw goes along with; nothing where it was not looked at.
func (v *View) decidedBy(d *summary.Deciding, goodness int) []string {
	if d == nil {
		return nil
	}
	x := decided{Draws: say.Counted(d.Draws, "draw"), Candidates: say.Counted(d.Candidates, "number"),
		Level: unbroken(say.Percent(d.Level)), Threshold: say.Number(d.Threshold, 2), Ties: unbroken(say.Percent(d.Ties)),
		Few: d.Threshold >= 1, Powerless: d.Powerless(), More: len(d.Numbers) - min(mostDeciding, len(d.Numbers)),
		Ten: 10 * v.Summary.Run.Replicates}
	for _, n := range d.Numbers[:min(mostDeciding, len(d.Numbers))] {
		strength := "rank correlation " + say.Signed(n.Correlation, 2)
		if n.Corrected != 0 {
			strength = "rank correlation " + say.Signed(n.Corrected, 2) + " without noise"
		}
		x.Named = append(x.Named, fmt.Sprintf("%s (%s)", deciding(&n, goodness), unbroken(strength)))
	}
	return say.Lines(sharesLines, "deciding", &x)
}

// deciding says where the effect is for the worse, or higher where no side is worse.
func deciding(n *summary.Number, goodness int) string {
	at, what := n.Worse, "less good"
	if goodness == 0 {
		at, what = "high", "a higher effect"
		if n.Correlation < 0 {
			at = "low"
		}
	}
	return fmt.Sprintf("%s where “%s”\u00a0(%s) is %s", what, say.NumberAt(n.Path),
		unbroken(say.ShortPath(scenario.ShortPath(n.Path))), at)
}
