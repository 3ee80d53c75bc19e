package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/spf13/cobra"
)

type breakevenFlags struct {
	longFlags
	vary    []string
	outcome string
}

// NewBreakeven is the command misstep breakeven.
func NewBreakeven(a *cli.App) *cobra.Command {
	cli.Printing[sensitivity.Breakeven](a, "breakeven")
	var f breakevenFlags
	cmd := &cobra.Command{Use: "breakeven",
		Short: "Find where along one number or two the effect changes its sign",
		Long: `breakeven plays a scenario along one number, or over a grid of two, and finds where the
paired effect crosses zero. The interval, from resampled draws, says how well the crossing
of the mean effect is known, not how far it lies apart in single draws. Beside it stands
how much of what is believed of the number lies on either side; without a range the
central 95 % of that is taken.`,
		Example: `  misstep breakeven uk-china-dialogue-2026 --vary strength.fragility
  misstep breakeven uk-china-dialogue-2026 --vary "onset.China>United Kingdom.rate=0.5:6:9" --outcome missteps_decade
  misstep breakeven uk-china-dialogue-2026 --vary strength.clarify=0:1:6 --vary strength.fragility=0:1:6`,
	}
	cmd.Flags().StringArrayVar(&f.vary, "vary", nil, "move this number: `PATH`, PATH=lo:hi or PATH=lo:hi:n; once or "+
		"twice")
	cmd.Flags().StringVar(&f.outcome, "outcome", "", "the effect on this `OUTCOME` (the scenario's headline)")
	f.declare(cmd)
	return command(a, shared(cmd), f.find)
}

// Breakeven plays misstep breakeven along some numbers, of the effect on an outcome, "" for the scenario's headline.
func Breakeven(ctx context.Context, a *cli.App, arg, outcome string, vary ...string) (*Analysis, error) {
	return (&breakevenFlags{vary: vary, outcome: outcome}).find(ctx, a, arg)
}

// Values along a number where none are asked for, alone and in a pair.
const (
	valuesAlone = 9
	valuesPair  = 6
)

type breakevenInputs struct {
	Run     runfolder.Inputs `json:"run"`
	Vary    []varied         `json:"vary"`
	Outcome string           `json:"outcome"`
}

// breakingEven is a breakeven under way.
type breakingEven struct {
	*scan
	measure *outcome.Outcome
}

// breakevenPoint is a line of the stream.
type breakevenPoint struct {
	Point int               `json:"point"`
	Draws sensitivity.Draws `json:"draws"`
}

func (f *breakevenFlags) find(ctx context.Context, a *cli.App, arg string) (*Analysis, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if j.Plan.Draws < 2 {
		return nil, errors.New("one draw tells no interval of an effect, which comes from resampled draws; run with " +
			"--draws 2 or more")
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
	w.pair = true
	inputs := breakevenInputs{Run: j.Inputs(), Vary: w.vary, Outcome: w.measure.ID}
	if err = w.play(ctx, a, &f.longFlags, "breakeven", inputs, w.pointOf); err != nil {
		return nil, err
	}
	draws, err := w.draws()
	if err != nil {
		return nil, err
	}
	r := w.result(draws)
	return found(j, "breakeven", inputs, w.screen(r), figure.Breakeven(w.picture(r))).
		reporting(r, "effect.csv", breakevenCSV(r)).keeping(w.points), nil
}

// headlineOutcome is the measure that the headline is about.
func headlineOutcome(j *run.Run) string { return cmp.Or(j.Scenario.Headline.Outcome, outcome.Default) }

func measureNamed(id string) (*outcome.Outcome, error) {
	if m, ok := outcome.Named(id); ok {
		return m, nil
	}
	return nil, fmt.Errorf("--outcome: unknown outcome %q; %s", id, nearest.Remedy(id, outcome.IDs()))
}

func (w *breakingEven) pointOf(at int, _ []float64, sums *experiment.Sums) any {
	p := breakevenPoint{Point: at}
	for _, x := range sums.Contrasts[0].All() {
		p.Draws = append(p.Draws, sensitivity.Sums(x.Measures[outcome.Index(w.measure.ID)].Sum))
	}
	return p
}

// draws takes every point off the stream.
func (w *breakingEven) draws() ([]sensitivity.Draws, error) {
	out := make([]sensitivity.Draws, w.design.Points())
	is := func(p *breakevenPoint) bool {
		return p.Point >= 0 && p.Point < len(out) && out[p.Point] == nil && len(p.Draws) == w.run.Plan.Draws
	}
	err := points.Each(w.points, is, func(p *breakevenPoint) error {
		out[p.Point] = p.Draws
		return nil
	})
	return out, err
}

// result finds zeros and masses, and says them.
func (w *breakingEven) result(draws []sensitivity.Draws) *sensitivity.Breakeven {
	h := w.run.Scenario.Headline
	r := &sensitivity.Breakeven{Baseline: h.Baseline, Treatment: h.Treatment, Outcome: w.measure.ID, Unit: w.measure.Unit}
	for i := range w.vary {
		r.Numbers = append(r.Numbers, w.vary[i].number)
	}
	r.Find(w.design.Axes, draws, w.measure.Factor, w.chance())
	r.Sentence = w.sentence(r, (*varied).label)
	return r
}

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

// finding is what the sentence about a breakeven is made of.
type finding struct {
	Subject, Verb, Outcome, Place string // the forum, lowers, missteps, strength.delay
	From, To, Start               string // the range; its lower end with its unit

	Two, Nowhere, OneSign              bool // over two numbers; without any effect; one of one sign
	Points, Some, Below, Above, Clear  int  // points: with an effect, by its sign, with zero outside the interval
	Lowest, Highest, First, Last       string
	Gaps                               bool   // points without an effect
	Unclear                            int    // points with an effect, and zero inside the interval
	Share                              string // of what is believed with an effect above zero
	Anywhere, Exceeds, Higher, Several bool   // of the crossing: it may lie anywhere; it is above the assumed value
	Holds                              bool   // its interval holds the assumed value
	Zero, Interval, By, Today          string
	Changes                            int
}

// sentence says the finding in words, with numbers called by their label or a noun.
func (w *breakingEven) sentence(r *sensitivity.Breakeven, called func(*varied) string) string {
	v := &w.vary[0]
	f := finding{Subject: say.Lever(r.Treatment), Outcome: w.measure.Words.Name, Place: called(v), From: v.text(v.Lo),
		To: v.with(v.Hi), Start: v.with(v.Lo), Two: len(w.vary) == 2, Points: len(r.Effects)}
	if f.Two {
		f.Place += " and " + called(&w.vary[1])
	}
	f.Below, f.Above, f.Clear = r.Signs()
	f.Some = f.Below + f.Above
	f.Nowhere, f.OneSign, f.Gaps = f.Some == 0, f.Below == 0 || f.Above == 0, f.Some < f.Points
	first, last := r.Effects[0].Index, r.Effects[f.Points-1].Index
	f.First, f.Last, f.Unclear = effect(first), effect(last), f.Some-f.Clear
	low, high := r.Extremes()
	f.Lowest, f.Highest = effect(low), effect(high)
	if r.Above != nil {
		f.Share = share(*r.Above)
	}
	lowers := f.OneSign && f.Below > 0
	if zero, today := r.Main(), v.number.Today; zero != nil {
		f.Anywhere, f.Zero, f.Interval = zero.Anywhere(), v.with(zero.Value), v.between(zero.Index)
		f.Exceeds, f.Higher = zero.Value >= today, zero.Value/today >= 1
		f.Holds = zero.Low.Or(v.Lo) <= today && today <= zero.High.Or(v.Hi)
		if today != 0 {
			f.By = say.Percent(math.Abs(zero.Value/today - 1))
		}
		f.Today = v.text(today)
		f.Changes, f.Several = len(r.Crossings), len(r.Crossings) > 1
		lowers = zero.Rising == (today < zero.Value) // the effect is below zero at the assumed value
	}
	verb := map[bool]string{true: "lower", false: "raise"}[lowers]
	if f.Nowhere {
		verb = "change"
	}
	f.Verb = say.Does(f.Subject, verb)
	return sentences("breakeven", &f)[0]
}

// between writes the interval of a crossing; an open end is that of the range.
func (x *varied) between(zero sensitivity.Index) string {
	end := func(e sensitivity.End, edge float64, beyond string) string {
		if e.Open() {
			return beyond + " " + x.text(edge)
		}
		return x.text(float64(e))
	}
	return "(" + end(zero.Low, x.Lo, "below") + " to " + end(zero.High, x.Hi, "above") + ")"
}

func share(s sensitivity.Index) string {
	if s.Low.Open() || s.High.Open() {
		return say.Percent(s.Value)
	}
	return say.Percent(s.Value) + " (" + say.Percent(float64(s.Low)) + " to " + say.Percent(float64(s.High)) + ")"
}

// effect writes an effect with its interval, to the digit at which that shows.
func effect(e sensitivity.Index) string {
	low, high := e.Low.Or(e.Value), e.High.Or(e.Value)
	digits := say.Decimals((high - low) / 2)
	return say.Signed(e.Value, digits) + " (" + say.Signed(low, digits) + " to " + say.Signed(high, digits) + ")"
}

// screen shows the effect along the number, the crossings and the sentence.
func (w *breakingEven) screen(r *sensitivity.Breakeven) *say.Screen {
	s := &say.Screen{}
	s.Put("", "", "%s", w.run.Scenario.Title)
	s.Put(" ", " ", "%s, %s minus %s, %s", w.measure.Words.Name, r.Treatment, r.Baseline, r.Unit)
	s.Add("")
	if v := &w.vary[0]; len(w.vary) == 1 {
		rows := [][]string{{v.label(), "effect, 95 % of resampled draws"}}
		for _, e := range r.Effects {
			rows = append(rows, []string{v.with(e.Values[0]), effect(e.Index)})
		}
		s.Table("rl", rows...)
		s.Add("")
		for _, z := range r.Crossings {
			below := ""
			if !z.NoPrior {
				below = "; " + share(z.Below) + " of what is believed of it lies below"
			}
			s.Put(" ", "   ", "zero at %s %s%s", v.with(z.Value), v.between(z.Index), below)
		}
	}
	s.Put(" ", " ", "%s.", say.Capital(r.Sentence))
	return s
}

// gridPicture is the figure of an effect over one number or two, the first of which runs
// first.
func (s *scan) gridPicture(m *outcome.Outcome, effects []figure.Ranged) *figure.BreakevenInput {
	in := &figure.BreakevenInput{Rests: rests(s.run), Outcome: m.Words.Name, Unit: m.Unit, Goodness: m.Direction,
		Subtitle: subtitle(s.run, "at each point "+figure.Played(s.run.Plan.Draws, s.run.Plan.Replicates))}
	for i := range s.vary {
		v := &s.vary[i]
		axis := figure.BreakevenAxis{Label: v.label(), Plain: say.NumberAt(v.Path), Unit: strings.Trim(v.number.Unit, "–"),
			Today: v.number.Today, Low: nan, High: nan}
		for k := range v.Values {
			axis.Values = append(axis.Values, v.At(k))
		}
		if p := v.number.Prior; p != nil {
			axis.Low, axis.High = p.Quantile(0.05), p.Quantile(0.95)
		}
		in.Axes = append(in.Axes, axis)
	}
	in.Effects = slices.Collect(slices.Chunk(effects, s.vary[0].Values))
	return in
}

var nan = math.NaN()

// drawn is an index in a figure, with what stands for its open ends.
func drawn(x sensitivity.Index, low, high float64) figure.Ranged {
	return figure.Ranged{Value: x.Value, Low: x.Low.Or(low), High: x.High.Or(high)}
}

// picture is the figure of a breakeven.
func (w *breakingEven) picture(r *sensitivity.Breakeven) *figure.BreakevenInput {
	v := &w.vary[0]
	var effects []figure.Ranged
	for _, e := range r.Effects {
		effects = append(effects, drawn(e.Index, nan, nan))
	}
	in := w.gridPicture(w.measure, effects)
	in.Intervals = "95\u00a0% of resampled draws"
	in.Finding = say.Capital(w.sentence(r, (*varied).noun))
	for _, z := range r.Crossings {
		if !z.Anywhere() { // else a mark would claim a place
			in.Crossings = append(in.Crossings, drawn(z.Index, v.Lo, v.Hi))
		}
	}
	in.Contour = r.Contour
	if len(in.Crossings)+len(in.Contour) == 0 { // nothing to show that the standard title promises
		in.Title = "The effect on " + in.Outcome + " along one number"
		if len(w.vary) == 2 {
			in.Title = "The effect on " + in.Outcome + " over two numbers"
		}
	}
	return in
}
