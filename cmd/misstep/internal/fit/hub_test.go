package fit

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/hub"
)

var hubOnce struct {
	sync.Once
	forecast *backtest.Forecast
	files    []hub.File
}

// smallHub is a forecast of few futures, and its hub, made once for all tests.
func smallHub(t *testing.T) (*backtest.Forecast, []hub.File) {
	t.Helper()
	hubOnce.Do(func() {
		in, err := input()
		if err != nil {
			t.Fatal(err)
		}
		hubOnce.forecast, err = backtest.MakeForecast(context.Background(), in, priorPosterior(t),
			backtest.ForecastOptions{First: 2027, Last: 2028, Futures: 6, Seed: 3, Workers: 1,
				Made: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if hubOnce.files, err = hub.Files(hubOnce.forecast); err != nil {
			t.Fatal(err)
		}
	})
	return hubOnce.forecast, hubOnce.files
}

// hubTasks is what tasks.json says of a model task, as far as a test needs it.
type hubTasks struct {
	Rounds []struct {
		Due   struct{ Start, End string } `json:"submissions_due"`
		Tasks []struct {
			IDs   map[string]struct{ Required []any } `json:"task_ids"`
			Types map[string]struct {
				ID struct{ Required []any } `json:"output_type_id"`
			} `json:"output_type"`
		} `json:"model_tasks"`
	} `json:"rounds"`
}

// TestHubFolder: a forecast becomes the configuration of a hub and four outputs that fit it, with the numbers of the
// forecast, and says nothing twice. With the folder SCHEMAS the configuration is left there for another validator.
func TestHubFolder(t *testing.T) {
	f, files := smallHub(t)
	if len(files) != 6 {
		t.Fatalf("%d files", len(files))
	}
	var tasks hubTasks
	for _, file := range files[:2] {
		if dir := os.Getenv("SCHEMAS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "hub-"+filepath.Base(file.Path)), file.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := json.Unmarshal(file.Data, &tasks); err != nil {
			t.Errorf("%s: %v", file.Path, err)
		}
	}
	r := tasks.Rounds[0]
	if r.Due.Start != "2026-11-21" || r.Due.End != "2026-12-31" || len(r.Tasks) != 2 {
		t.Errorf("%+v", r)
	}
	for _, file := range files[2:] {
		out, err := hub.Read(file.Path, file.Data)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Predictions) != 2*len(f.Rows) || out.Skipped != 0 {
			t.Errorf("%s: %d predictions", file.Path, len(out.Predictions))
		}
		for i := range out.Predictions {
			fitsTasks(t, out, &out.Predictions[i], &tasks)
		}
	}
	main, _ := hub.Read("main", files[2].Data)
	if p := main.Predictions[1]; p.Values[0] != f.Rows[0].Mass[0] || p.Values[16] != f.Rows[0].More ||
		p.IDs[16] != "16 or more" {
		t.Errorf("%+v", p)
	}
	if p := main.Predictions[0]; p.Values[4] != float64(f.Rows[0].Quantiles[4]) || p.Task[2] != "13" {
		t.Errorf("%+v", p)
	}
}

// fitsTasks holds a prediction against the tasks of its target: every value is one that is required there.
func fitsTasks(t *testing.T, out *hub.Output, p *hub.Prediction, tasks *hubTasks) {
	t.Helper()
	text := func(list []any) (words []string) {
		for _, x := range list {
			if n, ok := x.(float64); ok {
				x = strconv.FormatFloat(n, 'g', -1, 64)
			}
			words = append(words, x.(string))
		}
		return words
	}
	for _, task := range tasks.Rounds[0].Tasks {
		if !slices.Contains(text(task.IDs["target"].Required), p.Task[1]) {
			continue
		}
		for i, c := range out.Tasks {
			if !slices.Contains(text(task.IDs[c].Required), p.Task[i]) {
				t.Errorf("%s %q is not among %v", c, p.Task[i], task.IDs[c].Required)
			}
		}
		if want := text(task.Types[p.Type].ID.Required); !slices.Equal(want, p.IDs) {
			t.Errorf("%s: %v, want %v", p.Type, p.IDs, want)
		}
		return
	}
	t.Errorf("no task has the target %s", p.Task[1])
}

// TestHubIsNotReplaced: made again it is unchanged; where one file of another forecast stands, none is written.
func TestHubIsNotReplaced(t *testing.T) {
	clitest.InEmptyFolder(t)
	_, files := smallHub(t)
	for _, want := range []string{"wrote", "unchanged"} {
		if word, err := keepAll("a", files); word != want || err != nil {
			t.Errorf("%s, %v", word, err)
		}
	}
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := createAll([]fileOf{{Path: "c", Data: nil}, {Path: "file/d"}}); err == nil || cli.Exists("c") {
		t.Error("a half of it is left", err)
	}
	if err := createAll([]fileOf{{Path: "c"}, {Path: "file", Data: []byte("x")}}); err == nil || cli.Exists("c") ||
		!strings.Contains(err.Error(), "is not replaced") {
		t.Error("a file is replaced", err)
	}
	last := filepath.Join("b", filepath.FromSlash(files[5].Path))
	if err := os.MkdirAll(filepath.Dir(last), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(last, []byte("another"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := keepAll("b", files); err == nil || !strings.Contains(err.Error(), "a forecast is not replaced") {
		t.Error(err)
	}
	if _, err := os.Stat("b/hub-config"); err == nil {
		t.Error("a part of it is written")
	}
}

// TestScoreCommand: a hub's own output against outcomes and a baseline, in words and as JSON that fits its schema.
func TestScoreCommand(t *testing.T) {
	clitest.InEmptyFolder(t)
	_, files := smallHub(t)
	if _, err := keepAll("hub", files); err != nil {
		t.Fatal(err)
	}
	const came = "target,location,target_end_date,oracle_value\naccusations,GB,2027-12-31,1\n" +
		"accusations class,GB,2027-12-31,1\n"
	if err := os.WriteFile("came.csv", []byte(came), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"score", "hub/" + files[2].Path, "--outcomes", "came.csv"}
	status, out, errs := call(args...)
	for _, want := range []string{": 8 predictions, 2 with an outcome\n", "\n   accusations class      1 ",
		"\n     baseline ",
		"accusations: of 1 outcome the central intervals hold: 50 % ", "6 predictions without an outcome.",
		"equal probabilities."} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s%s", want, out, errs)
		}
	}
	status, out, errs = call(append(args, "--baseline", "hub/"+files[3].Path, "--json")...)
	if status != 0 {
		t.Fatal(errs)
	}
	conforms[scoringDocument](t, []byte(out))
	if !strings.Contains(out, `"of_baseline": {`) || !strings.Contains(out, `"compared": 1,`) {
		t.Error(out)
	}
	status, _, errs = call("score", "hub/"+files[2].Path)
	if status == 0 || !strings.Contains(errs, "add --outcomes FILE") {
		t.Error(errs)
	}
	if err := os.WriteFile("came.csv", []byte("location,oracle_value\nNowhere,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, _, errs = call(args...); status != 1 || !strings.Contains(errs, "none of the 8 predictions") {
		t.Error(status, errs)
	}
}

// TestScoreSays: the screen and the JSON say what was called impossible, of how many outcomes an interval is, and of
// how many tasks a baseline.
func TestScoreSays(t *testing.T) {
	clitest.InEmptyFolder(t)
	const head = "target,n,output_type,output_type_id,value\n"
	for name, text := range map[string]string{
		"ours.csv": head +
			"a,1,pmf,yes,0\na,1,pmf,no,1\na,2,pmf,yes,.5\na,2,pmf,no,.5\nb,1,quantile,.25,1\nb,1,quantile,.75,3\n" +
			"b,2,quantile,.5,1\n",
		"base.csv": head + "a,2,pmf,no,.2\na,2,pmf,yes,.8\n",
		"came.csv": "target,n,oracle_value\na,1,yes\na,2,yes\nb,1,2\nb,2,2\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"score", "ours.csv", "--outcomes", "came.csv", "--baseline", "base.csv"}
	status, out, errs := call(args...)
	for _, want := range []string{"  −∞ ", "a: 1 outcome called impossible.", "50 % 1 of 1.", "1 of 4 tasks compared:"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s%s", want, out, errs)
		}
	}
	_, out, _ = call(append(args, "--json")...)
	conforms[scoringDocument](t, []byte(out))
	for _, want := range []string{`"log_score": null,`, `"impossible": 1,`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}
