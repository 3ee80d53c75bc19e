package fit

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/record/hub"
)

// asks is a question about the small scenario.
const asks = `expect:
  - id: names
    says: Somebody is named.
    source: "assumption: a test"
    arm: without
    statistic: {measure: any, event: act, from: R3}
    observed: 1
    tail: high
`

// TestQuestions: the answers are those of a check, written as model output that can be scored, and are not replaced.
func TestQuestions(t *testing.T) {
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("tiny.yaml", small.YAML, 0o644); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile("q.yaml", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"check", "tiny.yaml", "--questions", "q.yaml", "--draws", "3", "--replicates", "5", "--made",
		"2025-12-31", "--quiet"}
	write(asks)
	status, out, errs := call(args...)
	for _, want := range []string{"1 question of tiny, made on 2025-12-31: model ", "\n   names ",
		"\n wrote outputs/questions-q.csv and .json; run "} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s%s", want, out, errs)
		}
	}
	status, out, errs = call(append(args, "--json")...)
	if status != 0 {
		t.Fatal(errs)
	}
	conforms[questionsDocument](t, []byte(out))
	var d questionsDocument
	if err := json.Unmarshal([]byte(out), &d); err != nil || len(d.Answers) != 1 || d.Answers[0].Yes < 0.5/16 {
		t.Errorf("%v %+v", err, d)
	}
	if n := d.Answers[0].Yes*16 - 0.5; n < -1e-9 || n > 15+1e-9 || n-float64(int(n+0.5)) > 1e-9 {
		t.Errorf("%v is no share of 15 futures and one that is torn", d.Answers[0].Yes)
	}
	data, err := os.ReadFile("outputs/questions-q.csv")
	if err != nil || runfolder.Sum(data) != d.Forecast || runfolder.Sum([]byte(asks)) != d.Questions {
		t.Errorf("%v: hashes", err)
	}
	if status, _, errs = call(append(args, "--seed", "2")...); status != 1 || !strings.Contains(errs, "is not replaced") {
		t.Error(status, errs)
	}
	late := slices.Clone(args)
	late[len(late)-2] = "2026-01-01"
	if status, _, errs = call(late...); status == 0 || !strings.Contains(errs, "q.yaml:2: question names is of the days "+
		"from 2026-01-01 on, which have begun on 2026-01-01") {
		t.Error(status, errs)
	}
	for text, want := range map[string]string{
		strings.Replace(asks, "high", "both", 1):                "q.yaml:2: question names has the tail both",
		strings.Replace(asks, "arm: without", "arm: nobody", 1): "q.yaml:5:10:",
		strings.Replace(asks, "from: R3", "by: Nowhere", 1):     "q.yaml:6:",
		"expect: []\n":        "q.yaml: asks nothing",
		"title: x\n" + asks:   "title",
		"":                    "q.yaml: asks nothing",
		asks + "\xff\xfe\x00": "",
	} {
		write(text)
		if status, _, errs := call(args...); status == 0 || !strings.Contains(errs, want) {
			t.Errorf("%q: %d %s, want %s", text, status, errs, want)
		}
	}
}

// TestCommittedQuestions: the forecast that ships is of the questions that ship, as both were when it was made, before
// their year began.
func TestCommittedQuestions(t *testing.T) {
	const folder = "../../../../scenarios/questions/"
	read := func(name string) []byte {
		data, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var d questionsDocument
	if err := json.Unmarshal(read("questions-2027.json"), &d); err != nil {
		t.Fatal(err)
	}
	output := read("questions-2027.csv")
	if d.Questions != runfolder.Sum(read("2027.yaml")) || d.Forecast != runfolder.Sum(output) || d.Made >= "2027" {
		t.Errorf("a file was changed after the forecast was made: %+v", d)
	}
	out, err := hub.Read("questions-2027.csv", output)
	if err != nil || len(out.Predictions) != 5 {
		t.Fatalf("%v", err)
	}
	for i, p := range out.Predictions {
		a := d.Answers[i]
		if p.Task[1] != a.ID || p.Values[1] != a.Yes || !strings.Contains(string(read("2027.yaml")), a.ID) {
			t.Errorf("%+v", p)
		}
	}
}
