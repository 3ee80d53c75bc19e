package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/spf13/cobra"
)

// breakevenFlags are the flags of breakeven that are no settings.
type breakevenFlags struct {
	longFlags
	vary    []string
	outcome string
}

// NewBreakeven is the command misstep breakeven.
func NewBreakeven(a *cli.App) *cobra.Command {
	var f breakevenFlags
	cmd := &cobra.Command{Use: "breakeven",
		Short: "Find where along one number or two the effect changes its sign",
		Long: `breakeven plays a scenario along one number, or over a grid of two, with all others drawn
as in the plan, and finds where the paired effect crosses zero. Its interval comes from
resampling draws, the same at every point: how well the crossing of the mean effect is
known, not how far it lies apart in single draws. Beside it stands how much of what is
believed of the number lies on either side. Without a range the central 95 % of that is
taken.

It writes the folder breakeven in that of the run, or where that of the run would be.`,
		Example: `  misstep breakeven uk-china-dialogue-2026 --vary strength.fragility
  misstep breakeven uk-china-dialogue-2026 --vary "onset.China>United Kingdom.rate=0.5:6:9" --outcome missteps_future
  misstep breakeven uk-china-dialogue-2026 --vary strength.clarify=0:1:6 --vary strength.fragility=0:1:6`,
	}
	cmd.Flags().StringArrayVar(&f.vary, "vary", nil, "move this number: `PATH`, PATH=lo:hi or PATH=lo:hi:n; once or twice")
	cmd.Flags().StringVar(&f.outcome, "outcome", "", "the effect on this `MEASURE` (the scenario's headline)")
	f.declare(cmd)
	return command(a, cmd, f.find)
}

// BreakevenPicture plays misstep breakeven along some numbers, and returns the run and
// what the figure is drawn from; nothing is stored.
func BreakevenPicture(ctx context.Context, a *cli.App, arg, outcome string, vary []string) (*run.Run,
	*figure.BreakevenInput, error) {
	f := breakevenFlags{longFlags: longFlags{anyway: true}, vary: vary, outcome: outcome}
	return pictured(f.find(ctx, a, arg))
}

// Values along a number where none are asked for, alone and in a pair.
const (
	valuesAlone = 9
	valuesPair  = 6
)

// breakevenInputs are what a breakeven depends on.
type breakevenInputs struct {
	Run     runfolder.Inputs `json:"run"`
	Vary    []varied         `json:"vary"`
	Outcome string           `json:"outcome"`
}

// breakingEven is a breakeven under way.
type breakingEven struct {
	*scan
	measure *outcome.Outcome
	inputs  breakevenInputs
}

// breakevenPoint is a line of the stream.
type breakevenPoint struct {
	Point int               `json:"point"`
	Draws sensitivity.Draws `json:"draws"`
}

func (f *breakevenFlags) find(ctx context.Context, a *cli.App, arg string) (*analysis[figure.BreakevenInput], error) {
	w, err := f.open(ctx, a, arg)
	if err != nil {
		return nil, err
	}
	if err := w.play(ctx, a, w.pointOf); err != nil {
		return nil, err
	}
	draws, err := w.draws()
	if err != nil {
		return nil, err
	}
	r := w.result(draws)
	return &analysis[figure.BreakevenInput]{run: w.run, inputs: w.inputs, report: r,
		tables:  []runfolder.File{runfolder.NewFile("effect.csv", breakevenCSV(r), false)},
		picture: w.picture(r), draw: figure.Breakeven, screen: w.screen(r), kept: w.points, replace: true}, nil
}

func (f *breakevenFlags) open(ctx context.Context, a *cli.App, arg string) (*breakingEven, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	w := &breakingEven{}
	if w.measure, err = measureNamed(cmp.Or(f.outcome, headlineOutcome(j))); err != nil {
		return nil, err
	}
	n := len(f.vary)
	if n < 1 || n > 2 {
		return nil, fmt.Errorf("breakeven moves one number or two, not %d; for example --vary strength.fragility", n)
	}
	free := ranges{optional: true, values: [...]int{valuesAlone, valuesPair}[n-1]}
	if w.scan, err = openScan(j, "breakeven", f.vary, free, 0); err != nil {
		return nil, err
	}
	w.inputs = breakevenInputs{Run: j.Inputs(), Vary: w.vary, Outcome: w.measure.ID}
	return w, w.begin(ctx, a, "breakeven", w.inputs, &f.longFlags)
}

// headlineOutcome is the measure that the headline is about.
func headlineOutcome(j *run.Run) string { return cmp.Or(j.Scenario.Headline.Outcome, outcome.Default) }

// measureNamed finds a measure by its id.
func measureNamed(id string) (*outcome.Outcome, error) {
	if m, ok := outcome.Named(id); ok {
		return m, nil
	}
	return nil, fmt.Errorf("--outcome: unknown measure %q; %s", id, nearest.Remedy(id, outcome.IDs()))
}

// pointOf is what is kept of a point.
func (w *breakingEven) pointOf(at int, _ []float64, sums *experiment.Sums) any {
	p := breakevenPoint{Point: at}
	for d := range sums.Draws {
		p.Draws = append(p.Draws, sensitivity.Sums(sums.Draws[d].Contrasts[0].Measures[outcome.Index(w.measure.ID)].Sum))
	}
	return p
}

// draws takes every point off the stream.
func (w *breakingEven) draws() ([]sensitivity.Draws, error) {
	out := make([]sensitivity.Draws, w.design.Points())
	is := func(p *breakevenPoint) bool {
		return p.Point >= 0 && p.Point < len(out) && len(p.Draws) == w.run.Plan.Draws
	}
	err := eachPoint(w.points, is, func(p *breakevenPoint) error {
		out[p.Point] = p.Draws
		return nil
	})
	for _, d := range out {
		if err == nil && d == nil {
			err = errors.New(w.points.path + ": a point is missing; delete the file to begin again")
		}
	}
	return out, err
}

// result finds zeros and masses, and says them.
func (w *breakingEven) result(draws []sensitivity.Draws) *sensitivity.Breakeven {
	h := w.run.Scenario.Headline
	r := &sensitivity.Breakeven{Baseline: h.Baseline, Treatment: h.Treatment, Outcome: w.measure.ID, Unit: w.measure.Unit}
	for i := range w.vary {
		v := &w.vary[i]
		r.Numbers = append(r.Numbers, sensitivity.Moved{Path: scenario.ShortPath(v.Path), Unit: v.unit, Today: v.today,
			Fixed: v.prior == nil, Axis: v.axis(), Prior: v.prior})
	}
	r.Find(draws, w.measure.Factor, w.chance())
	r.Sentence = w.sentence(r, (*varied).label)
	return r
}

// breakevenCSV is the effect at every point.
func breakevenCSV(r *sensitivity.Breakeven) []byte {
	var head []string
	for _, n := range r.Numbers {
		head = append(head, n.Path)
	}
	rows := [][]string{append(head, "effect", "low", "high")}
	for _, e := range r.Effects {
		rows = append(rows, say.Cells(e.Values, e.Value, e.Low, e.High))
	}
	return say.CSV(rows)
}
