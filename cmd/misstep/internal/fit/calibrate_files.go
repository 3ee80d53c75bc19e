package fit

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/calibrate"
)

// calibrationReport is the content of calibration.json.
type calibrationReport struct {
	Inputs       calibrationInputs `json:"inputs"`
	Simulations  int               `json:"simulations"`
	Generations  int               `json:"generations"`
	Epsilon      float64           `json:"epsilon"`
	End          string            `json:"end"`
	ESS          float64           `json:"ess"`
	FamilyMedian float64           `json:"ess_family_median"`
	FamilyMin    float64           `json:"ess_family_min"`
	Score        calibrate.Score   `json:"score"`
	Targets      []targetReport    `json:"targets"`
	Parameters   []learnedReport   `json:"parameters"`
}

type targetReport struct {
	ID        string     `json:"id"`
	Target    string     `json:"target"`
	Label     string     `json:"label"`
	Unit      string     `json:"unit"`
	Use       string     `json:"use"`
	N         int        `json:"n"`
	Rows      []string   `json:"rows"`
	Observed  float64    `json:"observed"`
	OneSided  bool       `json:"one_sided"`
	Prior     [3]float64 `json:"prior"`
	Posterior [3]float64 `json:"posterior"`
	Width     float64    `json:"width_ratio"`
	Narrowed  float64    `json:"width_ratio_compared"`
	Inside    bool       `json:"inside"`
	PriorTail float64    `json:"prior_tail"`
	Conflict  bool       `json:"conflict"`
	Why       string     `json:"why,omitempty"`
}

type learnedReport struct {
	Path        string     `json:"path"`
	Unit        string     `json:"unit"`
	PriorText   string     `json:"prior_text"`
	Prior       [5]float64 `json:"prior"`
	Posterior   [5]float64 `json:"posterior"`
	Contraction float64    `json:"contraction"`
	Silent      bool       `json:"silent"`
	InformedBy  []string   `json:"informed_by"`
	Record      bool       `json:"record"`
}

func (c *calibration) report() *calibrationReport {
	r := c.result
	out := &calibrationReport{Inputs: c.inputs, Simulations: r.Simulations, Generations: len(r.Generations),
		Epsilon: r.Epsilon, End: string(r.End),
		ESS: r.ESS, FamilyMedian: r.FamilyESS.Median, FamilyMin: r.FamilyESS.Min, Score: calibrate.ScoreOf(c.fit)}
	for i := range c.fit {
		p := &c.fit[i]
		out.Targets = append(out.Targets, targetReport{ID: p.Statistic.ID, Target: p.Statistic.Target,
			Label: p.Statistic.Label, Unit: p.Statistic.Unit,
			Use: string(p.Statistic.Use), N: p.Observed.N, Rows: append([]string{}, p.Observed.Rows...),
			Observed: p.Observed.Value, OneSided: p.Statistic.Low,
			Prior: known(p.Prior), Posterior: known(p.Posterior), Width: say.Finite(p.Width), Narrowed: say.Finite(p.Narrowed),
			Inside: p.Inside, PriorTail: p.Tail, Conflict: p.Conflict(), Why: p.Why()})
	}
	for _, l := range c.learned {
		out.Parameters = append(out.Parameters, learnedReport{Path: l.Path, Unit: l.Unit, PriorText: l.Prior, Prior: l.Before,
			Posterior:   l.After,
			Contraction: l.Contraction, Silent: l.Silent(), InformedBy: append([]string{}, l.InformedBy...), Record: l.Record})
	}
	return out
}

// known replaces what no history defined by zero, which JSON can hold.
func known(x [3]float64) [3]float64 {
	for i := range x {
		x[i] = say.Finite(x[i])
	}
	return x
}

// calibrationFiles are the files of a calibration's folder.
func calibrationFiles(a *cli.App, c *calibration) ([]runfolder.File, error) {
	files := []runfolder.File{
		runfolder.NewFile("posterior.txt", c.sample.Bytes(), false),
		runfolder.NewFile("calibration.json", say.JSON(c.report()), false),
		runfolder.NewFile("fit.csv", fitCSV(c.fit), false),
		runfolder.NewFile("learned.csv", learnedCSV(c.learned), false),
	}
	if a.Flags.NoFigures {
		return files, nil
	}
	options := run.FigureOptions(c.settings.Plot)
	for _, draw := range []func() ([]figure.File, error){
		func() ([]figure.File, error) { return figure.Fit(c.fitInput(), options) },
		func() ([]figure.File, error) { return figure.Learned(c.learnedInput(), options) },
	} {
		drawn, err := draw()
		if err != nil {
			return nil, err
		}
		for _, f := range drawn {
			files = append(files, runfolder.NewFile(f.Name, f.Data, true))
		}
	}
	return files, nil
}

func (c *calibration) subtitle() []string {
	return []string{
		"record to " + c.inputs.Until,
		fmt.Sprintf("%d particles (effective %.0f, kinship allowed for %.0f)", c.options.Particles, c.result.ESS,
			c.result.FamilyESS.Median),
		fmt.Sprintf("%s simulated histories, seed %d", say.Thousands(c.result.Simulations), c.inputs.Seed),
	}
}

func (c *calibration) fitInput() *figure.FitInput {
	in := &figure.FitInput{Subtitle: c.subtitle()}
	for i := range c.fit {
		p := &c.fit[i]
		unit := p.Statistic.Unit
		if p.Statistic.Kind == calibrate.Count {
			unit = "" // the label says what is counted
		}
		in.Targets = append(in.Targets, figure.FitTarget{ID: p.Statistic.Target, Label: p.Statistic.Short, Unit: unit,
			Observed: p.Observed.Value,
			Low:      p.Observed.Low, High: p.Observed.High, OneSided: p.Statistic.Low, Prior: p.Prior, Post: p.Posterior,
			Use:    string(p.Statistic.Use),
			Inside: p.Inside, Why: p.Why(), Log: p.Statistic.Kind == calibrate.Duration})
	}
	return in
}

func (c *calibration) learnedInput() *figure.LearnedInput {
	in := &figure.LearnedInput{Subtitle: c.subtitle()}
	for n, l := range c.learned {
		x := figure.LearnedParameter{Name: l.Path, Label: say.ShortPath(l.Path), Contraction: l.Contraction,
			InformedBy: l.InformedBy}
		for i, v := range l.After {
			x.Percentile[i] = c.problem.Space.Coordinates[n].Dist.CDF(v)
		}
		in.Parameters = append(in.Parameters, x)
	}
	return in
}

func fitCSV(fit []calibrate.Prediction) []byte {
	rows := [][]string{{"id", "target", "statistic", "unit", "use", "n", "observed", "one_sided", "prior_5", "prior_50",
		"prior_95",
		"posterior_5", "posterior_50", "posterior_95", "width_ratio", "width_ratio_compared", "inside", "prior_tail", "why",
		"rows"}}
	for i := range fit {
		p := &fit[i]
		row := []string{p.Statistic.ID, p.Statistic.Target, p.Statistic.Label, p.Statistic.Unit, string(p.Statistic.Use),
			strconv.Itoa(p.Observed.N),
			say.SixDigits(p.Observed.Value), strconv.FormatBool(p.Statistic.Low)}
		for _, x := range append(p.Prior[:], p.Posterior[:]...) {
			row = append(row, say.SixDigits(x))
		}
		rows = append(rows, append(row, say.SixDigits(p.Width), say.SixDigits(p.Narrowed), strconv.FormatBool(p.Inside),
			say.SixDigits(p.Tail), p.Why(), strings.Join(p.Observed.Rows, " ")))
	}
	return say.CSV(rows)
}

func learnedCSV(learned []calibrate.Learned) []byte {
	rows := [][]string{{"path", "unit", "prior", "prior_5", "prior_50", "prior_95", "posterior_5", "posterior_25",
		"posterior_50", "posterior_75", "posterior_95",
		"contraction", "silent", "informed_by", "observation_model"}}
	for _, l := range learned {
		row := []string{l.Path, l.Unit, l.Prior, say.SixDigits(l.Before[0]), say.SixDigits(l.Before[2]),
			say.SixDigits(l.Before[4])}
		for _, x := range l.After {
			row = append(row, say.SixDigits(x))
		}
		rows = append(rows, append(row, say.SixDigits(l.Contraction), strconv.FormatBool(l.Silent()),
			strings.Join(l.InformedBy, " "), strconv.FormatBool(l.Record)))
	}
	return say.CSV(rows)
}
