package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// pictureName is the figure that the page shows, among the formats that are drawn.
func pictureName(formats []string) string {
	for _, f := range []string{"svg", "png"} {
		if len(formats) == 0 || slices.Contains(formats, f) {
			return "compare." + f
		}
	}
	return ""
}

// files are the files of the comparison's folder.
func (c *comparison) files() ([]runfolder.File, error) {
	in := c.figureInput()
	files := []runfolder.File{
		runfolder.NewFile("compare.csv", c.csv(), false),
		runfolder.NewFile("compare.md", []byte(strings.Join(c.page(figure.CompareAlt(in)), "\n")+"\n"), false),
	}
	if !c.figures {
		return files, nil
	}
	drawn, err := figure.Compare(in, run.FigureOptions(c.settings.Plot))
	if err != nil {
		return nil, err
	}
	for _, f := range drawn {
		files = append(files, runfolder.NewFile(f.Name, f.Data, true))
	}
	return files, nil
}

// csv has a row for every quantity of every outcome of every contrast that the runs
// share. The parameter interval of a change is empty where stored totals do not tell it.
func (c *comparison) csv() []byte {
	header := []string{"reference", "run", "method", "baseline", "treatment", "run_baseline", "run_treatment", "measure",
		"label", "unit", "quantity"}
	for _, part := range []string{"reference", "run"} {
		for _, number := range []string{"value", "mc", "low", "high"} {
			header = append(header, part+"_"+number)
		}
	}
	rows := [][]string{append(header, "change", "change_half_width", "change_low", "change_high", "verdict")}
	for _, v := range c.others {
		for k, m := range v.matches {
			for i := range v.changes[k] {
				x := &v.changes[k][i]
				row := []string{c.runs[0].name, v.run.name, c.method(), m.Baseline, m.Treatment, m.OtherBaseline, m.OtherTreatment,
					x.Measure, x.Label, x.Unit, string(x.Quantity)}
				for _, e := range []summary.Estimate{x.Reference, x.Other} {
					row = append(row, say.Exact(e.Value), say.Exact(e.MC), say.Exact(e.Low), say.Exact(e.High))
				}
				change := []string{"", "", "", ""}
				if x.Defined {
					change[0], change[1] = say.Exact(x.Change.Value), say.Exact(x.Change.MC)
				}
				if x.Defined && c.paired {
					change[2], change[3] = say.Exact(x.Change.Low), say.Exact(x.Change.High)
				}
				rows = append(rows, append(append(row, change...), string(x.Verdict)))
			}
		}
	}
	return say.CSV(rows)
}

// method names how the runs are compared.
func (c *comparison) method() string {
	if c.paired {
		return "paired"
	}
	return "unpaired"
}

// compareReport is the comparison as JSON. In an unpaired change low and high are the
// value: stored totals do not tell its parameter interval.
type compareReport struct {
	Format      int            `json:"format"` // version of this layout: 1
	Method      string         `json:"method"` // paired or unpaired
	Runs        []runReport    `json:"runs"`   // the reference first
	Comparisons []versusReport `json:"comparisons"`
}

type runReport struct {
	Letter       string `json:"letter"`
	Run          string `json:"run"`
	Title        string `json:"title"`
	ModelVersion string `json:"model_version"`
	Baseline     string `json:"baseline"`
	Treatment    string `json:"treatment"`
	Seed         uint64 `json:"seed"`
	Draws        int    `json:"draws"`
	Replicates   int    `json:"replicates"`
}

type versusReport struct {
	Letter        string            `json:"letter"`
	WhyNotPaired  string            `json:"why_not_paired"` // empty where the runs can be paired
	SameResults   bool              `json:"same_results"`   // the stored results are the same bytes
	Inputs        []inputDifference `json:"inputs"`
	Scenario      []string          `json:"scenario_diff"`
	OnlyReference []string          `json:"only_in_reference"` // outcomes
	OnlyRun       []string          `json:"only_in_run"`
	Contrasts     []contrastReport  `json:"contrasts"`
}

type contrastReport struct {
	summary.Match
	Changes []summary.Change `json:"changes"`
}

func (c *comparison) report() *compareReport {
	out := &compareReport{Format: 1, Method: c.method()}
	for _, r := range c.runs {
		s := &r.Summary.Run
		out.Runs = append(out.Runs, runReport{r.letter, r.name, s.Title, r.Manifest.Inputs.ModelVersion, s.Baseline,
			s.Treatment, s.Seed, s.Draws, s.Replicates})
	}
	for _, v := range c.others {
		r := versusReport{Letter: v.run.letter, WhyNotPaired: v.unpairable, SameResults: v.run.Results == c.runs[0].Results,
			Inputs: orEmpty(v.differences), Scenario: orEmpty(v.diff), OnlyReference: orEmpty(v.unshared[0]),
			OnlyRun: orEmpty(v.unshared[1])}
		for k := range v.matches {
			r.Contrasts = append(r.Contrasts, contrastReport{v.matches[k], orEmpty(v.changes[k])})
		}
		out.Comparisons = append(out.Comparisons, r)
	}
	return out
}

// orEmpty gives a list its brackets.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// figureInput shows how the difference between the arms changes.
func (c *comparison) figureInput() *figure.CompareInput {
	first := &c.others[0].matches[0]
	in := &figure.CompareInput{Reference: c.runs[0].letter, Paired: c.paired, Uncertain: c.uncertain(),
		Subtitle: []string{say.Visible(c.runs[0].Summary.Run.Title), say.Visible(first.Treatment) + " against " +
			say.Visible(first.Baseline)}}
	names := []string{}
	for _, r := range c.runs {
		names = append(names, r.letter+" "+r.name)
	}
	in.Subtitle = append(in.Subtitle, strings.Join(names, ", "))
	in.Source = "Source: misstep, model output, no forecast; " + c.standing() + "."
	for _, v := range c.others {
		in.Runs = append(in.Runs, v.run.letter)
	}
	for _, id := range c.measures() {
		var row figure.CompareRow
		for _, v := range c.others {
			x := v.change(id, summary.OfDifference)
			if x == nil || !x.Defined {
				row.Changes = append(row.Changes, figure.CompareChange{})
				continue
			}
			factor := changeFactor(x.Unit, c.levels(id))
			row.Label, row.Unit = outcomeLabel(id, x.Label), changeUnit(x.Unit, factor)
			row.Changes = append(row.Changes, figure.CompareChange{Known: true, Estimate: say.Scaled(x.Change, factor),
				Verdict: x.Verdict})
		}
		if row.Label != "" {
			in.Rows = append(in.Rows, row)
		}
	}
	return in
}

// standing says what the numbers rest on.
func (c *comparison) standing() string {
	n := 0
	for _, r := range c.runs {
		if r.Summary.Headline.Calibrated {
			n++
		}
	}
	switch n {
	case 0:
		return "not calibrated: rests on assumptions"
	case len(c.runs):
		return "calibrated"
	}
	return fmt.Sprintf("%d of %d runs calibrated", n, len(c.runs))
}

// measures lists the outcomes of the comparisons in the order of the reference.
func (c *comparison) measures() []string {
	var out []string
	for _, m := range c.runs[0].Summary.Contrasts[0].Measures {
		if slices.ContainsFunc(c.others, func(v *versus) bool { return v.change(m.ID, summary.OfDifference) != nil }) {
			out = append(out, m.ID)
		}
	}
	return out
}

// levels is the largest level of an outcome in any run and arm.
func (c *comparison) levels(id string) float64 {
	most := 0.0
	for _, v := range c.others {
		for _, q := range []summary.Quantity{summary.OfBaseline, summary.OfTreatment} {
			if x := v.change(id, q); x != nil {
				most = max(most, x.Reference.Value, x.Other.Value)
			}
		}
	}
	return most
}

// perMillion is the level below which probabilities are compared per million futures.
const perMillion = 1e-3

// changeFactor writes probabilities of 100 futures, those of rare things of a million.
func changeFactor(unit string, level float64) float64 {
	if unit == "probability" && level > 0 && level < perMillion {
		return 1e6
	}
	return say.Factor(unit)
}

func changeUnit(unit string, factor float64) string {
	switch {
	case unit != "probability":
		return unit
	case factor == 100:
		return "of 100 futures"
	}
	return "of a million futures"
}

// outcomeLabel is the label of an outcome that stands by itself.
func outcomeLabel(id, label string) string {
	if o, ok := outcome.Named(id); ok {
		return o.Words.Name
	}
	return say.Visible(strings.TrimPrefix(label, "… "))
}
