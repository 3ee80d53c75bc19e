package fit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/scenario"
)

// maxQuestions bounds a file of questions [bytes].
const maxQuestions = 1 << 20

type questionsDocument struct {
	Made       string           `json:"made"`
	Questions  string           `json:"questions_sha256"` // of the file that asks
	Forecast   string           `json:"forecast_sha256"`  // of the model output beside it
	Model      string           `json:"model"`
	Scenario   string           `json:"scenario"`
	Run        string           `json:"run"` // the hash that misstep run would give a run of the same inputs
	Set        []string         `json:"set"` // what flags changed, as PATH=VALUE
	Seed       uint64           `json:"seed"`
	Draws      int              `json:"draws"`
	Replicates int              `json:"replicates"`
	Answers    []questionAnswer `json:"answers"`
}

// questionAnswer is the probability of yes: (futures that say so + 1/2) / (futures + 1), so that nothing is impossible.
type questionAnswer struct {
	ID    string  `json:"id"`
	Ends  string  `json:"target_end_date"`
	Yes   float64 `json:"yes"`
	Error float64 `json:"standard_error"` // of yes, over draws
	Says  string  `json:"says"`
}

// runQuestions plays a scenario for the questions of a file, and writes what it answers as a hub's model output.
func runQuestions(ctx context.Context, a *cli.App, arg, file, made string) error {
	at := time.Now().UTC()
	if made != "" {
		var err error
		if at, err = day("--made", made, "2026-12-31"); err != nil {
			return err
		}
	}
	if _, stored := run.ManifestPath(arg); stored {
		return errors.New("--questions asks a scenario; name its file, or a shipped one, in place of a stored run")
	}
	j, err := run.Open(a, arg)
	if err != nil {
		return err
	}
	asked, err := cli.ReadSmall(file, maxQuestions)
	if err != nil {
		return err
	}
	questions, err := readQuestions(j, say.Visible(file), asked)
	if err != nil {
		return err
	}
	if err := begun(questions, j.Scenario.Start, at, say.Visible(file)); err != nil {
		return err
	}
	if err := run.Writable(a, j.Settings.Run.Out); err != nil {
		return err
	}
	in := j.Inputs()
	d := &questionsDocument{Made: say.Day(at), Questions: runfolder.Sum(asked), Model: experiment.ModelVersion,
		Scenario: j.Name, Run: in.HashInputs(), Set: append([]string{}, a.Flags.Set...), Seed: j.Plan.Seed,
		Draws: j.Plan.Draws, Replicates: j.Plan.Replicates}
	v := *j.Plan.Scenario
	v.Expect = questions
	j.Plan.Scenario = &v
	bar := a.NewProgress()
	r, err := patterns.Run(ctx, j.Plan, nil, j.Workers(), bar.Update)
	bar.Stop()
	if err != nil {
		return err
	}
	d.answer(&v, r)
	output := d.output()
	d.Forecast = runfolder.Sum(output)
	path := filepath.Join(j.Settings.Run.Out, "questions-"+strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
	word, err := keepAll("", []fileOf{{Path: path + ".csv", Data: output}, {Path: path + ".json", Data: say.JSON(d)}})
	if err != nil {
		return err
	}
	return a.Print(d, func() string { return d.screen(word, path).String() })
}

// expectations is where the expectations of a scenario begin, and the next key, or the end.
var expectations = regexp.MustCompile(`(?ms)^expect:.*?(\n[^ \t\r\n#-]|\z)`)

// readQuestions reads questions as the expectations of a scenario, whose own are left out: what they name has to be in
// it. Lines of messages are those of the file, since it stands first.
func readQuestions(j *run.Run, file string, asked []byte) ([]scenario.Expectation, error) {
	own := expectations.ReplaceAll(append([]byte("\n"), bytes.TrimPrefix(j.Text, []byte("\ufeff"))...), []byte("$1"))
	text := append(bytes.TrimSuffix(asked, []byte("\n")), own...)
	v, err := scenario.Load(j.Name, text, model.LoadOptions(file, j.Layers, true))
	if err != nil {
		return nil, err
	}
	if len(v.Expect) == 0 {
		return nil, fmt.Errorf("%s: asks nothing; it is a list under expect:, as in a scenario", file)
	}
	for i := range v.Expect {
		if e := &v.Expect[i]; e.Tail != "high" {
			return nil, fmt.Errorf("%s:%d: question %s has the tail %s; a question asks whether a number reaches observed: "+
				"write tail: high", file, e.Line, e.ID, e.Tail)
		}
	}
	return v.Expect, nil
}

// begun says that a question is of days that have begun when it is answered.
func begun(questions []scenario.Expectation, start, made time.Time, file string) error {
	for i := range questions {
		q := &questions[i]
		if opens := start.AddDate(0, 0, int(max(q.Statistic.After, 0))); !made.Before(opens) {
			return fmt.Errorf("%s:%d: question %s is of the days from %s on, which have begun on %s, when it is answered; ask "+
				"for later days with after:, or name an earlier day with --made", file, q.Line, q.ID, say.Day(opens), say.Day(made))
		}
	}
	return nil
}

func (d *questionsDocument) answer(v *scenario.Scenario, r *patterns.Result) {
	n := float64(float64(r.Draws) * float64(r.Replicates))
	for i := range r.Expectations {
		e := &r.Expectations[i]
		last := v.Start.AddDate(0, 0, int(v.Expect[i].Statistic.Before)-1)
		d.Answers = append(d.Answers, questionAnswer{ID: e.ID, Ends: say.Day(last),
			Yes: (float64(e.Tail*n) + 0.5) / (n + 1), Error: e.TailSE, Says: e.Says})
	}
}

// output is the forecast as model output of a hub.
func (d *questionsDocument) output() []byte {
	rows := [][]string{{"origin_date", "target", "target_end_date", "output_type", "output_type_id", "value"}}
	for _, x := range d.Answers {
		for _, o := range [2]struct {
			id string
			p  float64
		}{{"no", 1 - x.Yes}, {"yes", x.Yes}} {
			rows = append(rows, []string{d.Made, x.ID, x.Ends, "pmf", o.id, say.Exact(o.p)})
		}
	}
	return say.CSV(rows)
}

func (d *questionsDocument) screen(word, path string) *say.Screen {
	s := &say.Screen{Columns: say.NarrowWidth}
	s.Put("", "", "%s of %s, made on %s: model %s, %d draws × %d replicates, seed %d",
		say.Counted(len(d.Answers), "question"), d.Scenario, d.Made, d.Model, d.Draws, d.Replicates, d.Seed)
	s.Add("")
	rows := [][]string{{"  question", "until", "yes"}}
	for _, x := range d.Answers {
		rows = append(rows, []string{"  " + say.Clipped(x.ID, 40), x.Ends, fmt.Sprintf("%s ±%s", say.Percent(x.Yes),
			say.Number(200*x.Error, 1))})
	}
	s.Rows("llr", rows, func(i int) { s.Put("    ", "    ", "%s", d.Answers[i].Says) })
	s.Add("")
	s.Put(" ", " ", "Under the assumptions of the scenario; ± is twice the standard error, over draws. misstep score "+
		"holds it against what comes.")
	s.Add(" " + word + " " + path + ".csv and .json; run " + d.Run[:7])
	return s
}
