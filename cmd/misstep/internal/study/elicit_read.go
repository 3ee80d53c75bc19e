package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/readfile"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/elicit"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/table"
	"github.com/spf13/cobra"
)

func newElicitRead(a *cli.App) *cobra.Command {
	write, play := "", ""
	cmd := &cobra.Command{
		Use:   "read FILE…",
		Short: "Make priors of the answers of experts",
		Long: `read makes priors for --config of filled-in forms, a file an expert. An answer is brought to a
confidence of 90 % as the IDEA protocol does, a family is fitted to it by least squares as SHELF
does, with the best answer as the median, and experts are pooled linearly with equal weights. A
pool is a mixture: the file has the family nearest to it, and says how far the two are apart.

With --play every expert's priors and those of the pool are played over the same futures, to
see whose beliefs oppose the forum; a number that an expert left empty stays as it is.`,
		Example: `  misstep elicit read answers-anna.csv answers-ben.csv --write priors.yaml
  misstep elicit read answers-*.csv --write priors.yaml --play uk-china-dialogue-2026`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("misstep elicit read needs a filled-in form, such as answers-anna.csv")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return readAnswers(cmd.Context(), a, args, write, play)
		},
	}
	cmd.Flags().StringVar(&write, "write", "", "write the priors into this new `FILE`")
	cmd.Flags().StringVar(&play, "play", "", "play the priors of each expert on this `SCENARIO`")
	_ = cmd.RegisterFlagCompletionFunc("play", run.CompleteScenario)
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	a.SettingFlag(cmd, "run.out")
	cmd.Flags().BoolVar(&a.Flags.NoFigures, "no-figures", false, "draw no figures")
	return cmd
}

type expert struct {
	name, form, scenario, file string
	priors                     map[string]elicit.Fitted // by the name of the number
}

// belief is a number after the pooling.
type belief struct {
	param.Param
	experts []string
	fits    []elicit.Fitted
	prior   elicit.Fitted
	apart   float64 // at most between prior and pool, as a probability
}

func readAnswers(ctx context.Context, a *cli.App, paths []string, write, play string) error {
	if err := cli.Unused(write, "file that the priors are written into"); err != nil {
		return err
	}
	if flag := a.SampleGiven(); flag != "" && play == "" {
		return fmt.Errorf("%s is about what --play plays; name a scenario with --play, or leave %s out", flag, flag)
	}
	experts, err := openAnswers(a, paths)
	if err != nil {
		return err
	}
	beliefs, err := pooled(experts)
	if err != nil {
		return err
	}
	text := priorsYAML(experts, beliefs)
	if _, err := settings.Load(settings.Input{File: write, Data: text}); err != nil {
		return fmt.Errorf("the priors cannot be a setting, and nothing is written: %w", err)
	}
	var show func() error
	if play != "" {
		if show, err = playBeliefs(ctx, a, play, experts, beliefs); err != nil {
			return err
		}
	}
	err = cli.Unwritten(write, runfolder.CreateFile(write, text))
	if err == nil {
		_, err = fmt.Fprint(a.Out, beliefScreen(experts, beliefs, write))
	}
	if err != nil || show == nil {
		return err
	}
	return show()
}

// mostAnswers bounds a file of answers [bytes].
const mostAnswers = 1 << 20

// openAnswers reads the files; every mistake is told at its place.
func openAnswers(a *cli.App, paths []string) ([]expert, error) {
	var out []expert
	var problems table.Problems
	for _, path := range paths {
		data, err := readfile.All(path, mostAnswers)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(data)), []byte("<!doctype html")) {
			return nil, fmt.Errorf("%s: a page; read the table that its button saves, whose name ends in .csv", path)
		}
		x := expert{file: path, priors: map[string]elicit.Fitted{}}
		text := &table.Text{File: path}
		x.read(text, text.CSV(strings.Split(answerColumns, ","), data))
		problems = append(problems, text.Problems.Sorted()...)
		out = append(out, x)
	}
	for _, p := range problems {
		fmt.Fprintln(a.Err, p.Error())
	}
	if len(problems) > 0 {
		return nil, cli.ErrReported
	}
	for i, x := range out[1:] {
		if x.form != out[0].form {
			return nil, fmt.Errorf("%s: answers form %s, and %s answers form %s; read the answers to one form at a time", x.file,
				x.form, out[0].file, out[0].form)
		}
		if at := slices.IndexFunc(out[:i+1], func(y expert) bool { return y.name == x.name }); at >= 0 {
			return nil, fmt.Errorf("%s: %s is the name in %s too; give each expert a name of their own", x.file, x.name,
				out[at].file)
		}
	}
	return out, nil
}

// read takes in the rows of a form.
func (x *expert) read(text *table.Text, rows []*table.Row) {
	if len(text.Problems) > 0 {
		return
	}
	var numbers [][3]string
	for _, r := range rows {
		if name := r.Get("expert"); name != "" && x.name != "" && name != x.name {
			r.Say("expert", "%q stands here and %q above; write one expert's answers into a file", name, x.name)
		} else if name != "" {
			x.name = name
		}
		if len(numbers) == 0 {
			x.form, x.scenario = r.Get("form"), r.Get("scenario")
		} else if r.Get("form") != x.form || r.Get("scenario") != x.scenario {
			r.Say("form", "%q is another form than %q above; read the answers to one form at a time", r.Get("form"), x.form)
		}
		numbers = append(numbers, [3]string{r.Get("number"), r.Get("unit"), r.Get("domain")})
		x.take(r)
	}
	switch {
	case len(text.Problems) > 0:
	case len(rows) == 0 || identify(x.scenario, numbers) != x.form:
		text.Say(1, 1, "these are not the numbers that form %q asks for; fill in the form as it was written", x.form)
	case x.name == "":
		rows[0].Say("expert", "is empty in every row; write a name, or a word that stands for the expert")
	case len(x.priors) == 0:
		rows[0].Say("lowest", "no number is answered; fill in lowest, highest, best and confidence of one at least")
	}
}

// take fits what is said of a number.
func (x *expert) take(r *table.Row) {
	p, known := param.ByName(r.Get("number"))
	if !known {
		all := say.Each(param.All(), func(p param.Param) string { return p.Name })
		r.Say("number", "%q is no number of the model; %s", r.Get("number"), nearest.Remedy(r.Get("number"), all))
		return
	}
	if _, twice := x.priors[p.Name]; twice {
		r.Say("number", "%s stands above already; answer it once", p.Name)
		return
	}
	given := say.Each(fields, r.Get)
	if strings.Join(given, "") == "" {
		return
	}
	var v [4]float64
	for i, text := range given {
		if text == "" {
			r.Say(fields[i], "is empty; fill in all four, or none")
			return
		}
		var err error
		if v[i], err = answered(text, fields[i], p.Domain.Duration); err != nil {
			r.Say(fields[i], "%v", err)
			return
		}
	}
	answer := elicit.Answer{Lowest: v[0], Highest: v[1], Best: v[2], Confidence: v[3]}
	if which, why := answer.Check(p.Domain); which != "" {
		r.Say(which, "%s %s; correct it", given[slices.Index(fields, which)], why)
		return
	}
	fit, err := answer.Fit(p.Domain)
	if err != nil {
		r.Say("lowest", "%v", err)
		return
	}
	x.priors[p.Name] = fit
}

// answered reads a number; a confidence may have its sign, and a duration without a unit is in days.
func answered(text, field string, duration bool) (float64, error) {
	if field == "confidence" {
		return param.ParseNumber(strings.TrimSpace(strings.TrimSuffix(text, "%")), false)
	}
	if x, err := param.ParseNumber(text, false); err == nil || !duration {
		if err != nil {
			return 0, fmt.Errorf("%q is no number", text)
		}
		return x, nil
	}
	return param.ParseNumber(text, true)
}

// pooled pools what the experts say of each number that one of them answered, in the order of the registry.
func pooled(experts []expert) ([]belief, error) {
	var out []belief
	for _, p := range param.All() {
		b := belief{Param: p}
		var pool elicit.Pool
		for _, x := range experts {
			if f, ok := x.priors[p.Name]; ok {
				b.experts, b.fits, pool = append(b.experts, x.name), append(b.fits, f), append(pool, f.Dist)
			}
		}
		if len(pool) == 0 {
			continue
		}
		var err error
		if b.prior, b.apart, err = pool.Prior(p.Domain); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		out = append(out, b)
	}
	return out, nil
}

// farApart is from which difference on a prior no longer stands for its pool.
const farApart = .1

// farOff is from which miss on a fit is said not to hold what an expert answered, as a probability. A fit that ignores
// an end of the interval is 0.05 off.
const farOff = .03

// missing says how far a fit is from what an expert answered, "" where it is near.
func missing(f elicit.Fitted) string {
	if f.Miss <= farOff {
		return ""
	}
	return say.Number(f.Miss, 2) + " off the answers"
}

// priorsYAML is the file for --config, with what each expert holds as comments.
func priorsYAML(experts []expert, beliefs []belief) []byte {
	var b strings.Builder
	names := say.Each(experts, func(x expert) string { return say.Visible(x.name) })
	fmt.Fprintf(&b, "# Priors from %s: %s.\n# Form %s for %s.\n", say.Counted(len(experts), "expert"),
		strings.Join(names, ", "),
		experts[0].form, say.Visible(experts[0].scenario))
	b.WriteString("# Use: misstep run SCENARIO --config THIS-FILE. Each answer was brought to a confidence of 90 % and\n" +
		"# fitted by least squares; experts are pooled linearly. \"apart\" is how far the prior is from the pool at\n" +
		"# most, \"off\" how far a fit is from what it was fitted to, as probabilities.\n" +
		"model:\n")
	group := ""
	for _, x := range beliefs {
		if g := x.Group(); g != group {
			group = g
			fmt.Fprintf(&b, "  %s:\n", g)
		}
		for i, f := range x.fits {
			line := say.Visible(x.experts[i]) + ": " + f.Text
			if off := missing(f); off != "" {
				line += ", " + off
			}
			b.WriteString("    # " + line + "\n")
		}
		why := fmt.Sprintf("assumption: what %s believe, pooled linearly, %s apart at most",
			say.Counted(len(x.experts), "expert"), say.Number(x.apart, 3))
		if len(x.experts) == 1 {
			why = "assumption: what one expert believes"
		}
		fmt.Fprintf(&b, "    %s: {value: %s, source: %s}\n", x.Short(), strconv.Quote(x.prior.Text),
			strconv.Quote(why+", form "+experts[0].form))
	}
	return []byte(b.String())
}

func beliefScreen(experts []expert, beliefs []belief, file string) string {
	s := &say.Screen{}
	s.Add(say.Counted(len(experts), "expert") + " on " + say.Counted(len(beliefs), "number") + " of " +
		experts[0].scenario)
	var far []string
	span := func(f elicit.Fitted, d param.Domain) string {
		at := func(u float64) string { return say.Short(f.Quantile(u), d.Duration) }
		return at(.5) + " [" + at(.05) + ", " + at(.95) + "]"
	}
	for _, x := range beliefs {
		s.Add("", "  "+x.Name)
		rows := [][]string{}
		for i, f := range x.fits {
			rows = append(rows, []string{"    " + say.Clipped(x.experts[i], 24), span(f, x.Domain), f.Text, missing(f)})
		}
		if len(x.fits) > 1 {
			rows = append(rows, []string{"    pool", span(x.prior, x.Domain), x.prior.Text, say.Number(x.apart, 2) + " apart"})
			if x.apart > farApart {
				far = append(far, x.Name)
			}
		}
		s.Table("llll", rows...)
	}
	s.Add("")
	if len(far) > 0 {
		s.Put("  ", "  ", "The experts are so far apart on %s that no family holds their pool; play each expert's priors "+
			"beside it.",
			say.And(far))
	}
	s.Add("  median [90 %]; apart: prior and pool, off: a fit and its three points, at most, as a probability",
		"  misstep run SCENARIO --config "+file)
	return s.String() + "\n"
}
