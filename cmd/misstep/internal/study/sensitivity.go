package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/spf13/cobra"
)

type sensitivityFlags struct {
	longFlags
	sensitivity.Options
	outcomes []string
	screen   bool
}

// NewSensitivity is the command misstep sensitivity.
func NewSensitivity(a *cli.App) *cobra.Command {
	cli.Printing[sensitivity.Report](a, "sensitivity")
	var f sensitivityFlags
	cmd := &cobra.Command{Use: "sensitivity",
		Short: "Find which uncertain numbers move the outcome and the effect",
		Long: `sensitivity screens every uncertain number (Morris), then splits the variance of the outcome
in both headline arms, and of their paired difference, among the most important ones
(Sobol'; all others form one group), without Monte Carlo noise. Numbers that a posterior
ties together move one by one, each by its own distribution in it. --draws and
--replicates of a run do not matter here.`,
		Example: `  misstep sensitivity uk-china-dialogue-2026 --screen
  misstep sensitivity uk-china-dialogue-2026 --outcome missteps --outcome forgone
  misstep sensitivity outputs/uk-china-dialogue-2026-3f9c1ab --resume`,
	}
	cmd.Flags().StringArrayVar(&f.outcomes, "outcome", nil, "what this `OUTCOME` is sensitive to; repeatable (the "+
		"scenario's headline)")
	cmd.Flags().IntVar(&f.Trajectories, "trajectories", 12, "trajectories of the screening")
	cmd.Flags().IntVar(&f.Rows, "rows", 1024, "rows of the analysis of variance; a power of two is best")
	cmd.Flags().IntVar(&f.Leading, "leading", 10, "numbers that have indices of their own")
	cmd.Flags().IntVar(&f.Replicates, "point-replicates", 16, "replicates at a point")
	cmd.Flags().BoolVar(&f.screen, "screen", false, "stop after the screening")
	f.declare(cmd)
	return command(a, shared(cmd), f.find)
}

// Sensitivity plays misstep sensitivity.
func Sensitivity(ctx context.Context, a *cli.App, arg string, size sensitivity.Options) (*Analysis, error) {
	return (&sensitivityFlags{Options: size}).find(ctx, a, arg)
}

// sensitivityInputs are what a study depends on.
type sensitivityInputs struct {
	Run      runfolder.Inputs `json:"run"`
	Outcomes []string         `json:"outcomes"`
	sensitivity.Options
}

// studying is a study under way.
type studying struct {
	run    *run.Run
	study  *sensitivity.Study
	inputs sensitivityInputs
	points *points.Stream
}

func (f *sensitivityFlags) find(ctx context.Context, a *cli.App, arg string) (*Analysis, error) {
	w, err := f.open(ctx, a, arg)
	if err != nil {
		return nil, err
	}
	result, err := w.play(ctx, a)
	if err != nil {
		return nil, err
	}
	r := w.study.Report(result)
	out := found(w.run, "sensitivity", w.inputs, w.screen(r), figure.Sensitivity(w.picture(r))).
		reporting(r, "screening.csv", screeningCSV(r)).keeping(w.points)
	if w.inputs.Rows > 0 {
		out.Files = append(out.Files, runfolder.NewFile("indices.csv", indicesCSV(r), false))
	}
	return out, nil
}

func (f *sensitivityFlags) open(ctx context.Context, a *cli.App, arg string) (*studying, error) {
	j, err := run.Open(a, arg)
	if err != nil {
		return nil, err
	}
	if j.Plan.Draws < 2 {
		return nil, errors.New("with one draw every number stands at its default; leave out --draws 1")
	}
	w := &studying{run: j, inputs: sensitivityInputs{Run: j.Inputs(), Options: f.Options}}
	o := &w.inputs
	if o.Levels = sensitivity.Levels; f.screen {
		o.Rows = 0
	}
	if len(f.outcomes) == 0 {
		f.outcomes = []string{headlineOutcome(j)}
	}
	for _, id := range f.outcomes {
		if _, err := measureNamed(id); err != nil {
			return nil, err
		}
		if !slices.Contains(o.Outcomes, id) {
			o.Outcomes, o.Measures = append(o.Outcomes, id), append(o.Measures, outcome.Index(id))
		}
	}
	if max(o.Replicates, o.Trajectories, o.Rows) > model.MaxFutures {
		return nil, fmt.Errorf("--trajectories, --rows and --point-replicates go up to %s", say.Thousands(model.MaxFutures))
	}
	if w.study, err = sensitivity.NewStudy(j.Plan, o.Options); err != nil {
		return nil, err
	}
	w.points, err = f.begin(ctx, a, j, "sensitivity", w.inputs, w.study.Stages(), func(trial run.Probed) float64 {
		// Of all arms the study plays two; laying out a point takes a quarter more.
		perReplicate := trial.Took.Seconds() / float64(trial.Replicates) * 2 / float64(len(j.Scenario.Arms)) * 1.25
		return perReplicate * float64(o.Replicates)
	})
	return w, err
}

// play reads the points that are known and plays the others.
func (w *studying) play(ctx context.Context, a *cli.App) (*sensitivity.Result, error) {
	bar := a.NewProgress()
	defer bar.Stop()
	per := w.inputs.Replicates
	keep := func(r []sensitivity.Response) error {
		err := w.points.Put(r)
		bar.Update(w.points.Have*per, (w.points.To-w.points.From)*per)
		return err
	}
	result, err := w.result(ctx, keep)
	if err != nil {
		w.points.Halted(ctx, a, w.study.Points())
	}
	return result, err
}

// result is that of all points; a shard has none, and plays its own.
func (w *studying) result(ctx context.Context, keep func([]sensitivity.Response) error) (*sensitivity.Result, error) {
	known, err := w.known()
	if err == nil && !w.points.Shard() {
		return w.study.Run(ctx, w.run.Workers(), known, keep)
	}
	if err == nil {
		err = w.study.Play(ctx, w.run.Workers(), known, w.points.Known(), w.points.To, keep)
	}
	return nil, cmp.Or(err, w.points.Apart())
}

// known reads the points of an interrupted study, or those of the screening that a shard goes on from.
func (w *studying) known() (out [][]sensitivity.Response, err error) {
	is := func(r *[]sensitivity.Response) bool {
		return len(*r) == len(w.study.Evaluator.Outputs) && len(out) < w.study.Points() &&
			!slices.ContainsFunc(*r, func(x sensitivity.Response) bool { return len(x) != w.inputs.Replicates })
	}
	take := func(r *[]sensitivity.Response) error {
		out = append(out, *r)
		return nil
	}
	if w.points.Shard() {
		return out, points.EachEarlier(w.points, is, take)
	}
	return out, points.Each(w.points, is, take)
}

func screeningCSV(r *sensitivity.Report) []byte {
	s := say.NewSheet(say.Exact, "rank path outcome quantity mu mu_star sigma rms noise")
	for _, o := range r.Outputs {
		for i, e := range o.Screening {
			s.Row(i+1, r.Numbers[i].Path, o.Outcome, o.Quantity, e.Mean, e.MeanAbs, e.SD, e.RMS, e.Noise)
		}
	}
	return s.CSV()
}

func indicesCSV(r *sensitivity.Report) []byte {
	sheet := say.NewSheet(say.Exact, "outcome quantity rows group first first_low first_high total total_low total_high "+
		"variance noise")
	for _, o := range r.Outputs {
		for _, s := range o.Steps {
			for g, group := range r.Groups {
				shares := make([]string, 6)
				if s.Resolved {
					first, total := &s.First[g], &s.Total[g]
					shares = say.Cells(first.Value, first.Low, first.High, total.Value, total.Low, total.High)
				}
				sheet.Row(o.Outcome, o.Quantity, s.Rows, group.Label, shares, s.Variance.Value, s.Noise)
			}
		}
	}
	return sheet.CSV()
}

// outputLabel names an output: the effect on missteps, missteps in without-forum.
func outputLabel(r *sensitivity.Report, o *sensitivity.OutputReport) string {
	switch what := say.Measure(o.Outcome); o.Quantity {
	case sensitivity.Baseline:
		return what + ", " + r.Baseline
	case sensitivity.Treatment:
		return what + ", " + r.Treatment
	default:
		return "effect on " + what
	}
}

// Of every measure the screen and the figure show the effect and the baseline; the
// treatment, much like it, is in the tables.
func shownOutputs(r *sensitivity.Report) (out []*sensitivity.OutputReport) {
	for k := 0; k < len(r.Outputs); k += 3 {
		out = append(out, &r.Outputs[k+2], &r.Outputs[k])
	}
	return out
}

// screenRows is how many numbers the screen lists after a screening alone, labelWidth how
// wide their column is.
const (
	screenRows = 15
	labelWidth = 50
)

// screen shows the effects, or the indices where there are any.
func (w *studying) screen(r *sensitivity.Report) *say.Screen {
	s := &say.Screen{}
	s.Put("", "", "%s", w.run.Scenario.Title)
	learned := ""
	if r.Learned > 0 {
		learned = fmt.Sprintf("; %d move by their own distribution in the posterior, not together", r.Learned)
	}
	s.Put(" ", " ", "%s, of which %d move the most; %s of %s%s", say.Counted(r.Uncertain, "uncertain number"),
		min(w.inputs.Leading, r.Uncertain), say.Counted(r.Points, "point"), say.Counted(w.inputs.Replicates, "replicate"),
		learned)
	for _, o := range shownOutputs(r) {
		s.Add("")
		if len(r.Groups) > 0 {
			showIndices(s, r, o)
		} else {
			showScreening(s, r, o)
		}
	}
	s.Add("")
	return s
}

func showScreening(s *say.Screen, r *sensitivity.Report, o *sensitivity.OutputReport) {
	rows := [][]string{{outputLabel(r, o) + ", " + o.Unit, "rms", "μ*", "σ", "noise in μ*"}}
	for i, e := range o.Screening[:min(len(o.Screening), screenRows)] {
		rows = append(rows, []string{"  " + say.Clipped(say.ShortPath(r.Numbers[i].Path), labelWidth), say.Number(e.RMS, 2),
			say.Number(e.MeanAbs, 2), say.Number(e.SD, 2), say.Number(e.Noise, 2)})
	}
	s.Table("lrrrr", rows...)
}

func showIndices(s *say.Screen, r *sensitivity.Report, o *sensitivity.OutputReport) {
	last, head := o.Last(), outputLabel(r, o)+", "+o.Unit
	if !last.Resolved {
		s.Put(" ", "   ", "%s: the numbers move it by less than the Monte Carlo error shows; take more "+
			"--point-replicates or --rows", head)
		return
	}
	index := func(x sensitivity.Index) string {
		return fmt.Sprintf("%s [%s, %s]", say.Number(x.Value, 2), say.Number(float64(x.Low), 2),
			say.Number(float64(x.High), 2))
	}
	rows := [][]string{{say.Clipped(head, labelWidth+2), "alone (first order)", "in all (total)"}}
	for g, group := range r.Groups {
		rows = append(rows, []string{"  " + say.Clipped(say.ShortPath(group.Label), labelWidth), index(last.First[g]),
			index(last.Total[g])})
	}
	s.Table("lll", rows...)
	text := fmt.Sprintf("noise is %s of the variance between points, and taken out", say.Percent(last.NoiseShare()))
	if most, from := o.Moved(); most >= 0 {
		text += fmt.Sprintf("; from %s to %s rows no index moves by more than %.2f", say.Thousands(from),
			say.Thousands(last.Rows), most)
	}
	if r.OthersLead(last) {
		text += "; the others together move it more than any number listed, so that more --leading numbers, or " +
			"--trajectories to find them, are worth their time"
	}
	s.Put("   ", "   ", "%s", text)
}

// picture is the figure of a study: the effect and the baseline of the first outcome.
func (w *studying) picture(r *sensitivity.Report) *figure.SensitivityInput {
	in := &figure.SensitivityInput{Rests: rests(w.run), Screening: len(r.Groups) == 0,
		Subtitle: subtitle(w.run, figure.Played(r.Points, w.inputs.Replicates))}
	panels := shownOutputs(r)[:2]
	for _, o := range panels {
		p := figure.SensitivityPanel{Label: outputLabel(r, o), Unit: o.Unit, Resolved: true}
		if last := o.Last(); last != nil {
			p.Resolved, p.Noise = last.Resolved, last.NoiseShare()
			p.Moved, _ = o.Moved()
		}
		in.Panels = append(in.Panels, p)
	}
	groups := r.Groups
	if in.Screening {
		for _, n := range r.Numbers[:min(len(r.Numbers), screenRows)] {
			groups = append(groups, sensitivity.Group{Label: n.Path, Numbers: 1})
		}
	}
	for g, group := range groups {
		row := figure.SensitivityRow{Label: say.ShortPath(group.Label), Group: group.Numbers > 1}
		if !row.Group {
			row.Plain = say.NumberAt(group.Label)
		}
		for _, o := range panels {
			var first, total figure.Ranged
			if last := o.Last(); in.Screening {
				rms := o.Screening[g].RMS
				total = figure.Ranged{Value: rms, Low: rms, High: rms}
			} else if last.Resolved {
				first, total = drawn(last.First[g], nan, nan), drawn(last.Total[g], nan, nan)
			}
			row.First, row.Total = append(row.First, first), append(row.Total, total)
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}
