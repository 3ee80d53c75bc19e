package study

import (
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/summary"
	"github.com/spf13/cobra"
)

// elicits runs a program that asks and reads.
func elicits(args ...string) (status int, out, errs string) {
	return clitest.Call([]func(*cli.App) *cobra.Command{NewElicit, runtest.Command}, append(args, "--quiet")...)
}

var small3 = []string{"--draws", "3", "--replicates", "2"}

// asked is a form for the tiny scenario, in a folder of its own; its rows begin with the head.
func asked(t *testing.T) [][]string {
	t.Helper()
	clitest.InSmallFolder(t)
	if status, _, errs := elicits(append([]string{"elicit", "tiny.yaml", "--write", "form"}, small3...)...); status != 0 {
		t.Fatal(errs)
	}
	f, err := os.Open(filepath.Join("form", "form.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// filled writes a form with the answers to its first questions, and returns the file.
func filled(t *testing.T, rows [][]string, name string, answers ...[]string) string {
	t.Helper()
	out := [][]string{slices.Clone(rows[0])}
	for i, r := range rows[1:] {
		r = slices.Clone(r)
		if i == 0 {
			r[2] = name
		}
		if i < len(answers) {
			copy(r[7:], answers[i])
		}
		out = append(out, r)
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(out); err != nil {
		t.Fatal(err)
	}
	file := name + ".csv"
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// answerTo are four answers inside the domain of a number, low or high.
func answerTo(t *testing.T, number string, high bool) []string {
	t.Helper()
	p, ok := param.ByName(number)
	if !ok {
		t.Fatal(number)
	}
	lo, hi := max(p.Domain.Lo, -1), min(p.Domain.Hi, 1)
	at := func(u float64) string {
		if high {
			u = 1 - u
		}
		return param.FormatNumber(lo+(hi-lo)*u, false)
	}
	if high {
		return []string{at(.3), at(.05), at(.1), "80%"}
	}
	return []string{at(.05), at(.3), at(.1), "80"}
}

// TestElicit: a form asks at most ten numbers, by how far they move the difference; opposed answers become priors that
// a run takes, and are played beside those of the pool. Two who say the same are their pool, to the last bit.
func TestElicit(t *testing.T) {
	rows := asked(t)
	if n := len(rows) - 1; n < 5 || n > mostQuestions {
		t.Fatalf("%d questions", n)
	}
	var low, high [][]string
	for _, r := range rows[1:4] {
		low, high = append(low, answerTo(t, r[3], false)), append(high, answerTo(t, r[3], true))
	}
	files := []string{filled(t, rows, "anna", low...), filled(t, rows, "ben", high...)}
	status, out, errs := elicits(append(append([]string{"elicit", "read", "--write", "priors.yaml", "--play", "tiny.yaml",
		"--no-figures"}, files...), small3...)...)
	if status != 0 {
		t.Fatal(errs)
	}
	for _, want := range []string{"2 experts on 3 numbers of tiny ", "anna", "ben", "pool", "apart",
		"the scenario as it stands"} {
		if !strings.Contains(out, want) {
			t.Errorf("the screen lacks %q:\n%s", want, out)
		}
	}
	status, _, errs = elicits(append([]string{"run", "tiny.yaml", "--config", "priors.yaml", "--no-figures"},
		small3...)...)
	if status != 0 {
		t.Errorf("the priors are no setting: %s", errs)
	}
	files[1] = filled(t, rows, "carl", low...)
	status, _, errs = elicits(append(append([]string{"elicit", "read", "--write", "agreed.yaml", "--play", "tiny.yaml",
		"--no-figures", "--out", "agreed"}, files...), small3...)...)
	if status != 0 {
		t.Fatal(errs)
	}
	found, _ := filepath.Glob("agreed/*/elicit/experts.csv")
	if len(found) != 1 {
		t.Fatal(found)
	}
	data, _ := os.ReadFile(found[0])
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) != 5 {
		t.Fatalf("%s", data)
	}
	after := func(line string) string { _, rest, _ := strings.Cut(line, ","); return rest }
	if after(lines[2]) != after(lines[3]) || after(lines[2]) != after(lines[4]) || after(lines[2]) == after(lines[1]) {
		t.Errorf("two who agree are not their pool, or are as the scenario stands:\n%s", data)
	}
}

// TestQuestionsByRule: the questions are candidates, none informed by the record, in the order of what they move.
func TestQuestionsByRule(t *testing.T) {
	j := tinyJob(t)
	list, err := decisive(context.Background(), &cli.App{Out: io.Discard, Err: io.Discard}, j)
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range list {
		if i > 0 && q.moves > list[i-1].moves {
			t.Errorf("%s moves more than %s before it", q.Name, list[i-1].Name)
		}
	}
	for _, slot := range candidates(j) {
		if s := &j.Scenario.Slots[slot]; s.Dist.IsPoint() || !strings.Contains(s.Source, "assumption") {
			t.Errorf("%s is asked for", s.Path)
		}
	}
}

// TestOpposed: experts stand under what comes of their beliefs; the scenario as it stands and the pool are nobody.
func TestOpposed(t *testing.T) {
	have := opposed([]camp{{Name: "as it stands", Verdict: summary.Worse}, {Name: "Ada", Verdict: summary.Unclear},
		{Name: "Ben", Verdict: summary.Worse}, {Name: "Cleo", Verdict: summary.Better}, {Name: "Dan", Verdict: summary.Worse},
		{Name: "pool", Verdict: summary.Worse, pool: true}}, "with-forum")
	if want := "Opposed to the forum: Ben and Dan. In favour: Cleo. No clear difference: Ada."; have != want {
		t.Errorf("%s, want %s", have, want)
	}
	if have := opposed([]camp{{}, {Name: "Ada", Verdict: summary.Unknown}, {Name: "Ben", Verdict: summary.Unknown}},
		"with-forum"); have != "Not told by one replicate a draw: Ada and Ben." {
		t.Error(have)
	}
}

// TestFormLoadsNothing: the page's policy names its own style and script, and nothing else is loaded or sent.
func TestFormLoadsNothing(t *testing.T) {
	f := &form{Scenario: "x", Questions: []question{{Name: "choice.cost", Title: `<b>"&`, Meaning: "</script>",
		Domain: "≥ 0"}}}
	f.identify()
	page, err := f.page("A <i>title</i>")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, want := range []string{"default-src &#39;none&#39;", "form-action &#39;none&#39;", elicitScript, elicitStyle,
		"A &lt;i&gt;title", "&lt;b&gt;"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %.60q", want)
		}
	}
	for _, never := range []string{" src=", "http:", "https:", "@import", "fetch(", "XMLHttpRequest"} {
		if strings.Contains(text, never) {
			t.Errorf("the page has %q", never)
		}
	}
}

// TestAnswersRefused: each mistake is named with row and column, and nothing is written.
func TestAnswersRefused(t *testing.T) {
	clitest.InEmptyFolder(t)
	f := &form{Scenario: "made-up 1234567"}
	for _, name := range []string{"choice.operation", "strength.delay", "discovery.share"} {
		p, _ := param.ByName(name)
		f.Questions = append(f.Questions, question{Name: name, Meaning: p.Doc, Unit: p.Unit, Domain: p.Domain.Text})
	}
	f.identify()
	rows, err := csv.NewReader(strings.NewReader(string(f.table()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := rows[1][3]
	right := answerTo(t, number, false)
	but := func(i int, text string) []string {
		out := slices.Clone(right)
		out[i] = text
		return out
	}
	refused := func(want string, files ...string) {
		t.Helper()
		before := strings.Join(clitest.Names(t, "."), " ")
		status, out, errs := elicits(append([]string{"elicit", "read", "--write", "priors.yaml"}, files...)...)
		if status == 0 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("want %s; status %d: %s", want, status, errs)
		}
		if after := strings.Join(clitest.Names(t, "."), " "); after != before {
			t.Errorf("%s: files were %s and are %s", want, before, after)
		}
	}
	refused("dan.csv:2:", filled(t, rows, "dan"))
	refused("no number is answered", filled(t, rows, "dan"))
	refused("dan.csv:2:", filled(t, rows, "dan", but(0, "2")))
	refused("lowest: 0.9 is not below the highest", filled(t, rows, "dan", but(0, "0.9")))
	refused("lies outside the domain", filled(t, rows, "dan", but(0, "-7")))
	refused("best: is empty; fill in all four, or none", filled(t, rows, "dan", but(2, "")))
	refused(`highest: "much" is no number`, filled(t, rows, "dan", but(1, "much")))
	refused("best: 0.05 is an end of the interval", filled(t, rows, "dan", but(2, "0.05")))
	refused(`highest: "1,000" is no number`, filled(t, rows, "dan", but(1, "1,000")))
	refused("confidence: 50 must be above 50", filled(t, rows, "dan", but(3, "50")))
	refused("expert: is empty in every row", filled(t, rows, "", right))
	dan := filled(t, rows, "dan", right)
	if err := os.WriteFile("dan2.csv", []byte(mustRead(t, dan)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("dan is the name in dan.csv too", dan, "dan2.csv")
	other := slices.Clone(rows[:len(rows)-1]) // a question less: another form under the same name
	refused("these are not the numbers that form", filled(t, other, "eve", right))
	f = &form{Scenario: "other 1234567", Questions: []question{{Name: number, Unit: rows[1][5], Domain: rows[1][6]}}}
	f.identify()
	one := [][]string{rows[0], {f.ID, f.Scenario, "", number, "", rows[1][5], rows[1][6], "", "", "", ""}}
	refused("answers form", dan, filled(t, one, "eve", right))
	refused("no such file", "nobody.csv")
	if err := os.WriteFile("form.html", []byte("<!DOCTYPE html>\n<p class=\"x\">"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("form.html: a page; read the table that its button saves", "form.html")
	if err := os.WriteFile("binary.csv", []byte("\x00\xff"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("binary.csv:1:", "binary.csv")
	refused("--draws is about what --play plays", dan, "--draws", "3")
	if err := os.WriteFile("priors.yaml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("--write priors.yaml: there is something already", dan)
}

func mustRead(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
