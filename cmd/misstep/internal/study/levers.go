package study

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/study/decision"
	"github.com/misstep/misstep/model/study/levers"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

type leversFlags struct {
	longFlags
	weights []string
	designs int
	given   func() bool // designs was said
}

// NewLevers is the command misstep levers.
func NewLevers(a *cli.App) *cobra.Command {
	cli.Printing[Levers](a, "levers")
	var f leversFlags
	cmd := &cobra.Command{Use: "levers",
		Short: "Search for a design of the forum that pays more",
		Long: `levers changes what is decided of the forum: what it may do, how often it meets, who its
members are, when it opens, whether a second channel stands beside it or opens once it breaks.
How strongly a mechanism acts is assumed, and stays. It plays designs on the same futures, the
better half on twice as many, and so on; the best of many is the luckiest, so what is quoted
of it comes from fresh futures. Outcomes weigh as misstep decide has it (decide.weights); of
several weights of an outcome the middle one counts.`,
		Example: `  misstep levers uk-china-dialogue-2026
  misstep levers uk-china-dialogue-2026 --designs 128 --weight forgone=0
  misstep levers uk-china-dialogue-2026 --contrast without-forum,with-crisis-line`,
	}
	cmd.Flags().IntVar(&f.designs, "designs", 0, "begin with `N` designs, 2 to "+strconv.Itoa(levers.MaxDesigns)+
		" (64, or what two minutes on two processors allow)")
	cmd.Flags().StringArrayVar(&f.weights, "weight", nil,
		"what a case counts for: `OUTCOME=WEIGHT`; repeatable (decide.weights)")
	f.given = func() bool { return cmd.Flags().Changed("designs") }
	f.declare(cmd)
	return command(a, cmd, f.find)
}

// Levers are what the search found.
type Levers struct {
	Treatment string            `json:"treatment"` // the arm that is improved
	Weights   []decision.Weight `json:"weights"`
	Levers    []string          `json:"levers"`  // what was moved
	Designs   []Design          `json:"designs"` // the best first, what stands among them
	Helps     bool              `json:"helps"`   // the error of the winner allows a sign, for the better
	Seemed    float64           `json:"seemed"`  // the winner's net benefit where it was chosen
	Winner    *levers.Winner    `json:"winner"`  // on fresh futures
}

// Design is a design that was tried.
type Design struct {
	Words   string  `json:"words"`
	Futures int     `json:"futures"` // of the last stage that it reached
	Net     float64 `json:"net_benefit"`
	Half    float64 `json:"half_width"`
}

// leversInputs are what a search depends on.
type leversInputs struct {
	Run     runfolder.Inputs `json:"run"`
	Options levers.Options   `json:"options"`
}

// searching is a search under way.
type searching struct {
	run    *run.Run
	space  *levers.Space
	inputs leversInputs
	tried  []levers.Design // that a search begins with
	points *points.Stream
}

func (f *leversFlags) find(ctx context.Context, a *cli.App, arg string) (*Analysis, error) {
	w, err := f.open(ctx, a, arg)
	if err != nil {
		return nil, err
	}
	j := w.run
	futures := levers.Futures(&j.Plan, len(w.tried))
	w.points, err = f.begin(ctx, a, j, "levers", w.inputs, []int{len(w.tried)}, func(trial run.Probed) float64 {
		each := trial.Expected(j).Seconds() / float64(j.Plan.Draws*j.Plan.Replicates*len(j.Scenario.Arms))
		return each * float64(futures) / float64(len(w.tried))
	})
	if err != nil {
		return nil, err
	}
	r, err := w.search(ctx, a)
	if err != nil {
		w.points.Halted(ctx, a, bits.Len(uint(len(w.tried)-1))) // stages, each of half as many
		return nil, err
	}
	return found(j, "levers", w.inputs, w.screen(r), figure.Levers(w.picture(r))).
		reporting(r, "designs.csv", leversCSV(r)).keeping(w.points), nil
}

// open reads what is searched, and what counts.
func (f *leversFlags) open(ctx context.Context, a *cli.App, arg string) (*searching, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if j.Plan.Draws < 2 {
		return nil, errors.New("one draw tells no interval of a net benefit; run with --draws 2 or more")
	}
	worth, err := settings.Weighed(j.Settings.Decide.Weights, f.weights)
	if err != nil {
		return nil, err
	}
	w := &searching{run: j, inputs: leversInputs{Run: j.Inputs(), Options: levers.Options{Designs: f.designs}}}
	for _, x := range worth {
		w.inputs.Options.Weights = append(w.inputs.Options.Weights,
			decision.Weight{Outcome: x.Outcome, Weight: x.Weights[len(x.Weights)/2]})
	}
	if w.space, err = levers.SpaceOf(j.Scenario); err != nil {
		return nil, fmt.Errorf("levers: %w", err)
	}
	o := &w.inputs.Options
	if !f.given() {
		if o.Designs, err = levers.Affordable(ctx, j.Plan, j.Workers()); err != nil {
			return nil, err
		}
	}
	if err := o.Check(); err != nil {
		return nil, fmt.Errorf("--designs, --weight: %w", err)
	}
	w.tried = w.space.Designs(o.Designs, j.Plan.Source())
	return w, nil
}

// search plays the stages that are not kept yet, and the winner on fresh futures.
func (w *searching) search(ctx context.Context, a *cli.App) (*Levers, error) {
	var have []levers.Stage
	err := points.Each(w.points, func(g *levers.Stage) bool { return len(g.Standing) > 0 }, func(g *levers.Stage) error {
		have = append(have, *g)
		return nil
	})
	if err != nil {
		return nil, err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	p, o := w.run.Plan, w.inputs.Options
	chosen := levers.Futures(&p, len(w.tried))
	all := chosen + chosen/len(w.tried) // with the winner anew, about
	stages, err := w.space.Search(ctx, p, o, w.tried, have, w.run.Workers(), func(k, _ int) { bar.Update(k, all) },
		func(g levers.Stage) error { return w.points.Put(g) })
	if err != nil {
		return nil, err
	}
	r := &Levers{Treatment: w.space.Treatment.Name, Weights: o.Weights, Levers: say.Each(w.space.Levers,
		func(l levers.Lever) string { return l.Name }), Designs: w.standings(stages)}
	r.Seemed = r.Designs[0].Net
	r.Winner, err = w.space.Confirm(ctx, p, o, w.tried, stages, w.run.Workers(),
		func(k, _ int) { bar.Update(min(all, chosen+k), all) })
	if err == nil {
		r.Helps = r.Winner.Net.Value > 0 && r.Winner.Net.Sign()
	}
	return r, err
}

// standings are all designs where they stood at last, the best first.
func (w *searching) standings(stages []levers.Stage) []Design {
	var out []Design
	seen := map[int]bool{}
	for n := len(stages) - 1; n >= 0; n-- {
		for _, x := range stages[n].Standing {
			if !seen[x.Design] {
				seen[x.Design] = true
				out = append(out, Design{w.space.Words(w.tried[x.Design]), stages[n].Futures, x.Net, x.Half})
			}
		}
	}
	return out
}

func leversCSV(r *Levers) []byte {
	s := say.NewSheet(say.Exact, "design futures net_benefit half_width")
	for _, d := range r.Designs {
		s.Row(d.Words, d.Futures, d.Net, d.Half)
	}
	return s.CSV()
}

// pictured designs have a row in the figure.
const picturedDesigns = 12

// picture has the winner on fresh futures, and the designs that stood longest.
func (w *searching) picture(r *Levers) *figure.WhyInput {
	in := &figure.WhyInput{Title: "What would make " + say.Arm(r.Treatment) + " better", Lead: sentences("levers-lead",
		w.found(r))[0], Subtitle: subtitle(w.run, fmt.Sprintf("%d designs",
		len(r.Designs))), Rests: rests(w.run), Outcome: "net benefit", Unit: "per 100 cases", Long: true}
	row := func(label string, net, half float64, verdict summary.Verdict) {
		in.Rows = append(in.Rows, figure.WhyRow{Label: label, Verdict: verdict, Total: verdict != figure.Chosen,
			Estimate: summary.Estimate{Value: net, MC: half, Low: net, High: net}})
	}
	for _, d := range r.Designs[:min(picturedDesigns, len(r.Designs))] {
		row(d.Words, d.Net, d.Half, figure.Chosen)
	}
	if n := &r.Winner.Net; len(r.Winner.Changes) > 0 {
		verdict := summary.Unclear
		switch {
		case n.Value > n.Half:
			verdict = summary.Better
		case n.Value < -n.Half:
			verdict = summary.Worse
		}
		row("the first, on fresh futures", n.Value, n.Half, verdict)
	}
	return in
}
