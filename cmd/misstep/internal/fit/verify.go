package fit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/spf13/cobra"
)

type verifyFlags struct {
	fits          int
	quick, resume bool
}

// The checks of verify.
const (
	recovery = "recovery"
	sbc      = "sbc"
	without  = "without"
)

var checks = []string{recovery, sbc, without}

// Fits of a check where nothing is said.
const (
	defaultRecovery = 20
	defaultSBC      = 300
	mostFits        = 100000
)

// NewVerify is the command misstep verify.
func NewVerify(a *cli.App) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Annotations: map[string]string{cli.SharesOut: "verify"},

		Use:   "verify CHECK",
		Short: "Check the calibration itself, by whole fits",
		Long: `verify fits again and again, to see whether fits can be believed:

  recovery  to histories made from known numbers: how often an interval holds the number
  sbc       the same many times with 400 particles: the ranks of the numbers among the particles
            are uniform where a fit draws from the posterior (simulation-based calibration)
  without   to the record without one target, for each target: is what was left out predicted

At full size a fit takes a quarter of an hour of one processor, or more, and so a check hours:
misstep plan --write shares out its fits among machines.`,
		Example: `  misstep verify recovery --quick --fits 2
  misstep plan --write truths verify recovery --fits 20
  misstep plan --write ranks verify sbc --fits 300`,
		Args:      cli.Exactly(1, "a check: "+strings.Join(checks, ", ")),
		ValidArgs: checks,
		RunE:      func(cmd *cobra.Command, args []string) error { return runVerify(cmd.Context(), a, args[0], f) },
	}
	cmd.Flags().IntVar(&f.fits, "fits", 0, fmt.Sprintf("make `N` fits, of recovery and sbc (%d and %d)", defaultRecovery,
		defaultSBC))
	cmd.Flags().BoolVar(&f.quick, "quick", false, "fits of 400 particles, as sbc has them")
	cmd.Flags().BoolVar(&f.resume, "resume", false, "go on where an interruption of the same inputs stopped")
	cli.Printing[verifyDocument](a, "verify")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print the results as JSON in place of the screen")
	a.SettingFlag(cmd, "run.seed", "run.generator", "run.workers", "run.out")
	return cmd
}

// VerifyQuick is the size of sbc and of verify --quick, the smallest at which fits are corrected as the one that
// ships; tests put a smaller one in place.
var VerifyQuick = calibrate.Options{Particles: 400, Pilot: 1200, MaxSimulations: 9200}

// verification is a check under way.
type verification struct {
	run.Results
	check   string
	problem *calibrate.Problem
	options calibrate.Options
	targets []string // that are left out, one a fit; nil but of without
	fits    int
	head    []byte
	points  *points.Stream
}

func runVerify(ctx context.Context, a *cli.App, check string, f verifyFlags) error {
	v, err := openVerification(a, check, f)
	if err != nil {
		return err
	}
	if err := v.begin(a, f.resume); err != nil {
		return err
	}
	if err := v.play(ctx, a); err != nil {
		v.points.Halted(ctx, a, v.fits)
		return err
	}
	defer v.points.Close()
	if err := v.found(); err != nil {
		return err
	}
	v.Stored = v.points.Done
	return v.Conclude(a)
}

func openVerification(a *cli.App, check string, f verifyFlags) (*verification, error) {
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	until, err := CutOff("")
	if err != nil {
		return nil, err
	}
	v := &verification{check: check, options: calibrate.Thorough, fits: f.fits}
	if f.quick || check == sbc {
		v.options = VerifyQuick
	}
	switch {
	case check == without && f.fits != 0:
		return nil, errors.New("--fits: without has one for each target; leave it out")
	case f.fits < 0 || f.fits > mostFits:
		return nil, fmt.Errorf("--fits %d; give a number up to %s", f.fits, say.Thousands(mostFits))
	case check == without:
		v.targets = calibrate.Targets()
		v.fits = len(v.targets)
	case check == recovery && f.fits == 0:
		v.fits = defaultRecovery
	case check == sbc && f.fits == 0:
		v.fits = defaultSBC
	case check != recovery && check != sbc:
		return nil, fmt.Errorf("unknown check %q; %s", check, nearest.Remedy(check, checks))
	}
	if v.problem, err = model.Calibration(nil, until); err != nil {
		return nil, err
	}
	inputs := append(sized(&v.options, s, v.problem.Inputs(), say.Day(until)), "fits", v.fits, "targets", v.targets)
	v.Results = run.Results{Settings: s, Began: time.Now(),
		Work: runfolder.NewWork(run.Program(), "verify-"+check, inputs)}
	v.head = points.Head("verify "+check, inputs)
	return v, nil
}

// begin makes sure that results can be kept, and opens what there is of the fits.
func (v *verification) begin(a *cli.App, resume bool) (err error) {
	out := v.Settings.Run.Out
	if a.Part == nil {
		if err := run.Writable(a, out); err != nil {
			return err
		}
	}
	v.points, err = points.Open(a, whole(&cli.Points{Command: "verify", Head: v.head,
		Log: filepath.Join(out, v.Work.Folder()+".state"), Ends: []int{v.fits}}, v.Settings, v.problem.Trial,
		v.options.MaxSimulations), resume)
	return err
}

// aFit is what a fit comes to; a line of the stream.
type aFit struct {
	Fit         int            `json:"fit"` // from 1
	Without     string         `json:"without,omitempty"`
	Corrected   bool           `json:"corrected"`
	ESS         float64        `json:"ess"`
	Epsilon     float64        `json:"epsilon"`
	Simulations int            `json:"simulations"`
	Below       []float64      `json:"below,omitempty"` // by number: weight of the posterior below the true value
	Predicted   []fittedTarget `json:"predicted,omitempty"`
}

func (v *verification) play(ctx context.Context, a *cli.App) error {
	for n := v.points.Known(); n < v.points.To; n++ {
		if err := v.fit(ctx, a, n); err != nil {
			return err
		}
	}
	return v.points.Apart()
}

// fit makes one, or goes on with one that was interrupted, and keeps it; until then what there is of it stays.
func (v *verification) fit(ctx context.Context, a *cli.App, n int) error {
	path := fmt.Sprintf("%s.fit%d", v.points.Path, n+1)
	kept, err := runfolder.HoldState(path)
	if err != nil {
		return err
	}
	defer func() { _ = kept.Close() }()
	state, err := cli.ReadSmall(path, maxState)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	bar := a.NewProgress()
	defer bar.Stop()
	o := v.options
	o.Checkpoint = kept.Keep
	o.Progress = func(p abc.Progress) {
		bar.Line(false, "fit %d of %d: %s of at most %s histories", n+1, v.fits,
			say.Thousands(p.Simulations+p.Done*max(1, p.Moves)), say.Thousands(o.MaxSimulations))
	}
	var f *aFit
	if v.check == without {
		f, err = v.leftOut(ctx, n, o, state)
	} else {
		f, err = v.recovered(ctx, n, o, state)
	}
	if err != nil {
		return fmt.Errorf("fit %d: %w", n+1, err)
	}
	if err := v.points.Put(f); err != nil {
		return err
	}
	return kept.Done()
}

func (v *verification) recovered(ctx context.Context, n int, o calibrate.Options, state []byte) (*aFit, error) {
	r, err := calibrate.Recover(ctx, v.problem, n, o, state)
	if err != nil {
		return nil, err
	}
	return &aFit{Fit: n + 1, Corrected: r.Corrected, ESS: r.ESS, Epsilon: r.Epsilon, Simulations: r.Simulations,
		Below: r.Below}, nil
}

// leftOut fits without a target, and predicts it.
func (v *verification) leftOut(ctx context.Context, n int, o calibrate.Options, state []byte) (*aFit, error) {
	p, err := model.Calibration(nil, v.problem.Histories.Until, v.targets[n])
	if err != nil {
		return nil, err
	}
	r, err := calibrate.Run(ctx, p, o, state)
	if err != nil {
		return nil, err
	}
	all, _, err := calibrate.Predict(ctx, p, r, o)
	if err != nil {
		return nil, err
	}
	f := &aFit{Fit: n + 1, Without: v.targets[n], Corrected: r.Corrected, ESS: r.ESS, Epsilon: r.Epsilon,
		Simulations: r.Simulations}
	for i := range all {
		if all[i].Statistic.Use == calibrate.LeftOut {
			f.Predicted = append(f.Predicted, fittedTargetOf(&all[i]))
		}
	}
	return f, nil
}

// eachFit reads the fits, in order.
func (v *verification) eachFit(do func(*aFit) error) error {
	is := func(f *aFit) bool {
		return f.Fit >= 1 && f.Fit <= v.fits && (v.check == without) == (f.Below == nil) &&
			(f.Below == nil || len(f.Below) == v.problem.Dims())
	}
	return points.Each(v.points, is, do)
}
