package study

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/table"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// NewElicit is the command misstep elicit.
func NewElicit(a *cli.App) *cobra.Command {
	write := ""
	cmd := &cobra.Command{
		Use:   "elicit SCENARIO",
		Short: "Ask experts for the numbers that decide and that no data inform",
		Long: `elicit writes a form for experts, as a page that works without a network (form.html) and as a
table (form.csv). It asks for the ten numbers that move the headline difference most when held
at either end of what is believed of them, in short runs over the same futures: of those that
rest on an assumption, are uncertain, and on which the record is silent. Of each it asks the
lowest, the highest and the best value and the confidence, as the IDEA protocol does.

elicit read makes priors of the answers.`,
		Example: `  misstep elicit uk-china-dialogue-2026 --write form
  misstep elicit read answers-anna.csv answers-ben.csv --write priors.yaml --play uk-china-dialogue-2026
  misstep run uk-china-dialogue-2026 --config priors.yaml`,
		Args:              cli.Exactly(1, "a scenario: a file, or the name of a shipped one"),
		ValidArgsFunction: run.CompleteScenario,
		RunE:              func(cmd *cobra.Command, args []string) error { return ask(cmd.Context(), a, args[0], write) },
	}
	cmd.Flags().StringVar(&write, "write", "", "write the form into this new `FOLDER`")
	a.ScenarioFlags(cmd)
	a.SampleFlags(cmd)
	cmd.AddCommand(newElicitRead(a))
	return cmd
}

// form asks for numbers of a scenario.
type form struct {
	ID        string // covers scenario and questions
	Scenario  string // its name, and how its text begins as a hash
	Questions []question
}

type question struct {
	Name       string // in the registry
	Title      string // in a few words
	Meaning    string
	Unit       string
	Scale      string // what a value of the unit means
	Domain     string
	Low, High  string // bounds of the domain, of a duration in days; "" for none
	Whole      bool   // whole numbers only
	Duration   bool
	Documented []string
	moves      float64 // the headline difference between its ends, in the unit of the outcome
}

// More reports whether the meaning says more than the title.
func (q *question) More() bool { return strings.TrimSuffix(q.Meaning, ".") != q.Title }

// mostQuestions is how many numbers a form asks for.
const mostQuestions = 10

// identify gives a form the identity that its scenario and questions have.
func identify(scenario string, rows [][3]string) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q\n", scenario)
	for _, r := range rows {
		fmt.Fprintf(sum, "%q\n", r)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

func (f *form) identify() {
	var rows [][3]string
	for _, q := range f.Questions {
		rows = append(rows, [3]string{q.Name, q.Unit, q.Domain})
	}
	f.ID = identify(f.Scenario, rows)
}

func ask(ctx context.Context, a *cli.App, arg, write string) error {
	if err := cli.Unused(write, "folder that the form is written into"); err != nil {
		return err
	}
	j, err := run.Open(a, arg)
	if err != nil {
		return err
	}
	f := &form{Scenario: scenarioMark(j)}
	if f.Questions, err = decisive(ctx, a, j); err != nil {
		return err
	}
	f.identify()
	page, err := f.page(j.Scenario.Title)
	if err != nil {
		return err
	}
	err = runfolder.CreateFolder(filepath.Clean(write), []runfolder.File{runfolder.NewFile("form.html", page, false),
		runfolder.NewFile("form.csv", f.table(), false)})
	if err != nil {
		return cli.Unwritten(write, err)
	}
	_, err = fmt.Fprint(a.Out, f.screen(j, write))
	return err
}

// scenarioMark names a scenario, with the beginning of the hash of its text.
func scenarioMark(j *run.Run) string { return j.Name + " " + runfolder.Sum(j.Text)[:7] }

// The size of the short runs in which a number is held at an end.
const askDraws, askReplicates = 100, 2

// decisive finds the questions: of the candidates, those that move the headline difference most.
func decisive(ctx context.Context, a *cli.App, j *run.Run) ([]question, error) {
	v := j.Scenario
	slots := candidates(j)
	if len(slots) == 0 {
		return nil, fmt.Errorf("%s: every number is fixed, informed by data or without a say; there is nothing to ask",
			j.Name)
	}
	if len(v.Arms) < 2 {
		return nil, fmt.Errorf("%s: no two arms are compared, so no number decides between them", j.Name)
	}
	bar := a.NewProgress()
	defer bar.Stop()
	short := j.Plan.PairOnly()
	short.Draws, short.Replicates = min(short.Draws, askDraws), min(short.Replicates, askReplicates)
	short.BlockSize = short.Replicates
	var out []question
	for i, slot := range slots {
		var ends [2]float64
		for k, u := range [2]float64{.05, .95} {
			sums, err := experiment.Run(ctx, short.Holding(slot, v.Quantile(slot, u)), j.Workers(), nil)
			if err != nil {
				return nil, err
			}
			ends[k] = summary.HeadlineOf(sums).Headline.Difference.Value
		}
		bar.Line(i+1 == len(slots), "%d of %d numbers held at their ends", i+1, len(slots))
		q := questionOf(&v.Slots[slot])
		q.moves = math.Abs(ends[1] - ends[0])
		out = append(out, q)
	}
	slices.SortStableFunc(out, func(a, b question) int {
		return cmp.Or(cmp.Compare(b.moves, a.moves), strings.Compare(a.Name, b.Name))
	})
	return out[:min(len(out), mostQuestions)], nil
}

// candidates are the numbers for everyone that have a say, are uncertain, rest on an assumption, and on which the
// record is silent.
func candidates(j *run.Run) (slots []int) {
	v := j.Scenario
	read := sim.Reads(v, j.Plan.Theta(0))
	for i := range v.Slots {
		s := &v.Slots[i]
		forAll := s.Param >= 0 && v.Param(s.Param, "") == scenario.Num(i)
		learned := v.Learned(i)
		if forAll && read[i] && !s.Dist.IsPoint() && strings.Contains(s.Source, "assumption") &&
			(learned == nil || learned.Silent) {
			slots = append(slots, i)
		}
	}
	return slots
}

func questionOf(s *scenario.Slot) question {
	p := param.Get(s.Param)
	words, _ := say.Plain(p.Name)
	words, _, _ = strings.Cut(words, " (") // of a scale, which is told below
	q := question{Name: p.Name, Title: say.Capital(words), Meaning: p.Doc, Unit: p.Unit, Domain: p.Domain.Text,
		Low: bound(p.Domain.Lo), High: bound(p.Domain.Hi), Whole: p.Domain.Integer, Duration: p.Domain.Duration}
	switch {
	case p.Domain.Duration:
		q.Unit = "days"
	case p.Unit == "–":
		q.Unit = ""
	}
	q.Scale = scaleWords(q.Unit)
	switch {
	case p.Group() == "strength":
		q.Scale = "At 0 it does nothing; at 1 it acts with all the force that it can have."
	case strings.Contains(p.Doc, "strength 1"):
		q.Scale = strings.TrimSpace(q.Scale + " Strength 1 is the forum at all the force that it can have.")
	}
	for _, key := range say.KeysIn(s.Source) {
		if e, ok := evidence.Lookup(key); ok {
			q.Documented = append(q.Documented, say.Capital(e.Text)+valueOf(key)+" ("+key+")")
		}
	}
	return q
}

// bound is a bound of a domain, "" for none.
func bound(x float64) string {
	if math.IsInf(x, 0) {
		return ""
	}
	return param.FormatNumber(x, false)
}

// scaleWords says what a value of a unit means, "" where the unit speaks for itself.
func scaleWords(unit string) string {
	switch unit {
	case "U":
		goal := param.Get(param.ChoiceGoal)
		return "U is the unit of what a state weighs: the wish to answer as hard as it was hit weighs " +
			param.FormatNumber(goal.Default, false) + " (" + goal.Name + ")."
	case "ln":
		return "A spread of 0.3 means that two in three values lie within a third of the middle one."
	case "×":
		return "A factor: 1 changes nothing, 2 doubles."
	case "logit":
		return "Of log-odds: 1 makes odds about three times as high."
	}
	return ""
}

// valueOf is the value of a target with its range, "" for any other key.
func valueOf(key string) string {
	all := evidence.Targets()
	i := slices.IndexFunc(all, func(t evidence.Target) bool { return t.ID == key })
	if i < 0 {
		return ""
	}
	t, short := &all[i], func(x float64) string { return say.Short(x, false) }
	text := ": " + short(t.Value)
	if t.HasHigh {
		text += " [" + short(t.Low) + ", " + short(t.High) + "]"
	}
	return strings.TrimSuffix(text+" "+t.Unit, " –")
}

const answerColumns = "form,scenario,expert,number,question,unit,domain,lowest,highest,best,confidence"

// fields are what is asked of a number.
var fields = []string{"lowest", "highest", "best", "confidence"}

func (f *form) table() []byte {
	rows := [][]string{strings.Split(answerColumns, ",")}
	for _, q := range f.Questions {
		rows = append(rows, []string{f.ID, f.Scenario, "", q.Name, table.Cell(q.Meaning), q.Unit, q.Domain, "", "", "", ""})
	}
	return say.CSV(rows)
}

//go:embed elicit.html.tmpl
var elicitPage string

//go:embed elicit.css
var elicitStyle string

//go:embed elicit.js
var elicitScript string

var elicitSheet = template.Must(template.New("form").Parse(elicitPage))

// page is the form as one file, in which nothing loads and nothing runs but its own style and script.
func (f *form) page(title string) ([]byte, error) {
	digest := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	var asked []*question
	for i := range f.Questions {
		asked = append(asked, &f.Questions[i])
	}
	policy := "default-src 'none'; img-src data:; style-src " + digest(elicitStyle) + "; script-src " +
		digest(elicitScript) + "; base-uri 'none'; form-action 'none'"
	var labels []struct{ Name, Label string }
	for i, label := range []string{"Lowest", "Highest", "Best", "How sure, %"} {
		labels = append(labels, struct{ Name, Label string }{fields[i], label})
	}
	var b bytes.Buffer
	err := elicitSheet.Execute(&b, struct {
		Title, Policy string
		Style         template.CSS
		Script        template.JS
		Form          *form
		Questions     []*question
		Fields        []struct{ Name, Label string }
	}{title, policy, template.CSS(elicitStyle), template.JS(elicitScript), //nolint:gosec // the page's own
		f, asked, labels})
	return b.Bytes(), err
}

func (f *form) screen(j *run.Run, folder string) string {
	s := &say.Screen{}
	s.Add(j.Scenario.Title, "")
	o, _ := outcome.Named(headlineOutcome(j)) // checked when it was read
	rows := [][]string{{"asked for", "", "moves " + say.Measure(o.ID) + " by"}}
	for _, q := range f.Questions {
		rows = append(rows, []string{"  " + q.Name, say.Clipped(q.Title, 44), say.Number(say.Factor(o.Unit)*q.moves, 2)})
	}
	s.Table("llr", rows...)
	s.Add("", "  form "+f.ID+": "+filepath.Join(folder, "form.html")+", "+filepath.Join(folder, "form.csv"),
		"  misstep elicit read FILE… --write priors.yaml makes priors of the answers")
	return s.String()
}
