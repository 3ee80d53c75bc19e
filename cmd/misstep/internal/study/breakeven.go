package study

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/random"
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
	cmd := &cobra.Command{
		Use:   "breakeven SCENARIO|RUN",
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
		Args:              cli.Exactly(1, "a scenario or a run: a file, the name of a shipped scenario, or a run folder"),
		ValidArgsFunction: run.CompleteScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runBreakeven(cmd.Context(), a, args[0], f)
		},
	}
	cmd.Flags().StringArrayVar(&f.vary, "vary", nil, "move this number: `PATH`, PATH=lo:hi or PATH=lo:hi:n; once or twice")
	cmd.Flags().StringVar(&f.outcome, "outcome", "", "the effect on this `MEASURE` (the scenario's headline)")
	f.declare(cmd)
	a.AnalysisFlags(cmd)
	return cmd
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
	run     *run.Run
	vary    []varied
	outcome string
	design  *sensitivity.Sweep
	work    *runfolder.Work
	stream  *stream
	began   time.Time
	draws   []sensitivity.Draws // by point
}

// breakevenPoint is a line of the stream.
type breakevenPoint struct {
	Point int               `json:"point"`
	Draws sensitivity.Draws `json:"draws"`
}

func runBreakeven(ctx context.Context, a *cli.App, arg string, f breakevenFlags) error {
	w, err := openBreakeven(ctx, a, arg, f)
	if err != nil {
		return err
	}
	if err := playBreakeven(ctx, a, w); err != nil {
		halted(ctx, a, w.stream, "breakeven", w.design.Points())
		return err
	}
	r := w.result()
	return conclude(a, &analysis{run: w.run, began: w.began, work: w.work, report: r, stream: w.stream,
		tables:  []runfolder.File{runfolder.NewFile("effect.csv", r.csv(), false)},
		picture: func(o figure.Options) ([]figure.File, error) { return figure.Breakeven(w.picture(r), o) },
		screen:  w.screen(r)})
}

func openBreakeven(ctx context.Context, a *cli.App, arg string, f breakevenFlags) (*breakingEven, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if len(j.Scenario.Arms) < 2 {
		return nil, errors.New("breakeven compares arms, and there is one; leave out --arm")
	}
	w := &breakingEven{run: j, outcome: headlineOutcome(j), began: time.Now()}
	if f.outcome != "" {
		w.outcome = f.outcome
	}
	if _, err := measureNamed(w.outcome); err != nil {
		return nil, err
	}
	if n := len(f.vary); n < 1 || n > 2 {
		return nil, fmt.Errorf("breakeven moves one number or two, not %d; for example --vary strength.fragility", n)
	}
	if w.vary, err = vary(j.Scenario, f.vary, ranges{optional: true,
		values: []int{valuesAlone, valuesPair}[len(f.vary)-1]}); err != nil {
		return nil, err
	}
	if w.design, err = sensitivity.NewGrid(axesOf(w.vary)); err != nil {
		return nil, fmt.Errorf("--vary: %w", err)
	}
	for _, at := range []int{0, w.design.Points() - 1} {
		if _, err := moved(j, w.vary, w.design.At(at)); err != nil {
			return nil, err
		}
	}
	parent := j.Folder()
	if err := run.Writable(parent); err != nil {
		return nil, err
	}
	if err := affordable(ctx, a, j, w.design.Points(), f.longFlags); err != nil {
		return nil, err
	}
	w.work = runfolder.NewWork(run.Program(), "breakeven",
		breakevenInputs{Run: j.Inputs(), Vary: w.vary, Outcome: w.outcome})
	w.stream, err = openStream(streamFile(parent, "breakeven"), "breakeven", w.work.Inputs, f.resume)
	return w, err
}

// playBreakeven plays the points that the stream lacks, and reads all of them.
func playBreakeven(ctx context.Context, a *cli.App, w *breakingEven) error {
	bar := a.NewProgress()
	defer bar.Stop()
	per := w.run.Plan.Draws * w.run.Plan.Replicates
	measure := outcome.Index(w.outcome)
	n := 0
	for at := range w.design.Order() {
		if n++; n <= w.stream.have {
			continue
		}
		j, err := moved(w.run, w.vary, w.design.At(at))
		if err != nil {
			return err
		}
		sums, err := experiment.Run(ctx, j.Plan, j.Workers(), func(done, _ int) {
			bar.Update((n-1)*per+done, w.design.Points()*per)
		})
		if err != nil {
			return err
		}
		p := breakevenPoint{Point: at}
		for d := range sums.Draws {
			p.Draws = append(p.Draws, sensitivity.Sums(sums.Draws[d].Contrasts[0].Measures[measure].Sum))
		}
		if err := w.stream.add(&p); err != nil {
			return err
		}
	}
	return w.read()
}

// read takes every point off the stream.
func (w *breakingEven) read() error {
	w.draws = make([]sensitivity.Draws, w.design.Points())
	err := w.stream.each(func(line []byte) error {
		var p breakevenPoint
		if err := json.Unmarshal(line, &p); err != nil || p.Point < 0 || p.Point >= len(w.draws) ||
			len(p.Draws) != w.run.Plan.Draws {
			return errors.New("no point of this breakeven")
		}
		w.draws[p.Point] = p.Draws
		return nil
	})
	for _, d := range w.draws {
		if err == nil && d == nil {
			err = fmt.Errorf("%s: a point is missing; delete the file to begin again", w.stream.path)
		}
	}
	return err
}

// Breakeven is the content of breakeven.json.
type Breakeven struct {
	Baseline  string            `json:"baseline"`
	Treatment string            `json:"treatment"`
	Outcome   string            `json:"outcome"`
	Unit      string            `json:"unit"`
	Numbers   []breakevenNumber `json:"numbers"`
	Effects   []BreakevenEffect `json:"effects"`
	Crossings []BreakevenZero   `json:"crossings"` // along one number
	Contour   [][4]float64      `json:"contour"`   // over two: pieces of the line of zero effect, x and y of their ends
	// over two: share of what is believed of them where the effect is above zero
	Above    *Span95 `json:"above"`
	Sentence string  `json:"sentence"`

	measure outcome.Outcome
}

type breakevenNumber struct {
	Path  string  `json:"path"`
	Unit  string  `json:"unit"`
	Today float64 `json:"today"` // the median of what is believed, or the fixed value
	Fixed bool    `json:"fixed"` // nothing but today's value is believed
}

// BreakevenEffect is the effect at one point.
type BreakevenEffect struct {
	Values []float64 `json:"values"`
	Span95
}

// BreakevenZero is a crossing.
type BreakevenZero struct {
	Span95          // an end beyond the range is null
	Rising  bool    `json:"rising"`  // the effect goes from below zero to above
	Within  float64 `json:"within"`  // share of resamples that cross inside the range
	Below   Span95  `json:"below"`   // share of what is believed of the number that lies below the crossing
	NoPrior bool    `json:"noprior"` // the number is fixed: there is no such share
}

// Span95 is a value with its 95 % interval.
type Span95 struct {
	Value float64  `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

func spanOf(x sensitivity.Index) Span95 {
	end := func(v float64) *float64 {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return nil
		}
		return &v
	}
	return Span95{Value: say.Finite(x.Value), Low: end(x.Low), High: end(x.High)}
}

// result finds zeros and masses.
func (w *breakingEven) result() *Breakeven {
	h := w.run.Scenario.Headline
	m, _ := measureNamed(w.outcome)
	r := &Breakeven{Baseline: h.Baseline, Treatment: h.Treatment, Outcome: m.ID, Unit: m.Unit, measure: m,
		Crossings: []BreakevenZero{}, Contour: [][4]float64{}}
	for i := range w.vary {
		v := &w.vary[i]
		r.Numbers = append(r.Numbers, breakevenNumber{scenario.ShortPath(v.Path), v.unit, v.today, v.prior == nil})
	}
	rep := random.NewSource(w.run.Plan.Generator, w.run.Plan.Seed).Replicate(sweepDomain)
	if len(w.vary) == 1 {
		w.along(r, rep)
	} else {
		w.over(r, rep)
	}
	r.Sentence = w.sentence(r)
	return r
}

func (r *Breakeven) add(values []float64, e sensitivity.Index) {
	f := r.measure.Factor
	r.Effects = append(r.Effects, BreakevenEffect{values,
		spanOf(sensitivity.Index{Value: f * e.Value, Low: f * e.Low, High: f * e.High})})
}

func (w *breakingEven) along(r *Breakeven, rep random.Replicate) {
	v := &w.vary[0]
	c := sensitivity.Curve{Draws: w.draws}
	for i := range v.Values {
		c.X = append(c.X, v.axis().At(i))
	}
	z := c.Zeros(rep)
	for i, e := range z.Effect {
		r.add([]float64{c.X[i]}, e)
	}
	for _, k := range z.Crossings {
		zero := BreakevenZero{Span95: spanOf(k.At), Rising: k.Rising, Within: k.Within, NoPrior: v.prior == nil}
		if v.prior != nil {
			zero.Below = spanOf(sensitivity.Index{Value: v.prior.CDF(k.At.Value), Low: v.prior.CDF(k.At.Low),
				High: v.prior.CDF(k.At.High)})
		}
		r.Crossings = append(r.Crossings, zero)
	}
}

// massGrid is the number of quantiles of each of two numbers at which the sign is read.
const massGrid = 40

func (w *breakingEven) over(r *Breakeven, rep random.Replicate) {
	x, y := &w.vary[0], &w.vary[1]
	s := sensitivity.Surface{}
	for i := range x.Values {
		s.X = append(s.X, x.axis().At(i))
	}
	for k := range y.Values {
		s.Y = append(s.Y, y.axis().At(k))
		row := make([]sensitivity.Draws, x.Values)
		for i := range row {
			row[i] = w.draws[i*y.Values+k]
		}
		s.Draws = append(s.Draws, row)
	}
	var points [][2]float64
	if x.prior != nil && y.prior != nil {
		for i := range massGrid {
			for k := range massGrid {
				points = append(points, [2]float64{x.prior.Quantile((float64(i) + 0.5) / massGrid),
					y.prior.Quantile((float64(k) + 0.5) / massGrid)})
			}
		}
	}
	z := s.Sides(points, rep)
	for k := range s.Y {
		for i := range s.X {
			r.add([]float64{s.X[i], s.Y[k]}, z.Effect[k][i])
		}
	}
	for _, c := range z.Contour {
		r.Contour = append(r.Contour, [4]float64{c.X1, c.Y1, c.X2, c.Y2})
	}
	if points != nil {
		above := spanOf(z.Above)
		r.Above = &above
	}
}
