package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
)

// takesMinutes are commands whose documents are held against their schemas where they are made, in package fit.
var takesMinutes = map[string]bool{"calibrate": true, "backtest": true, "verify": true}

// TestEverySchema: what each command prints with --json fits the schema that misstep schema has under
// its name, and a document with a member more does not. Catches a type that is declared for another.
func TestEverySchema(t *testing.T) {
	made := absolute(t, "internal/intake/testdata/attribution.csv")
	clitest.InSmallFolder(t)
	small := []string{"--draws", "3", "--replicates", "4", "--json", "--quiet"}
	for _, more := range [][]string{nil, {"--set", "choice.rationality=30"}} {
		args := append([]string{"run", "tiny.yaml", "--draws", "3", "--replicates", "4", "--no-figures", "--quiet"}, more...)
		if status, _, errs := call(args...); status != 0 {
			t.Fatal(errs)
		}
	}
	runs, _ := filepath.Glob("outputs/tiny-*")
	plays := func(command string, args ...string) [][]string {
		return [][]string{append(append([]string{command, "tiny.yaml", "--no-figures"}, small...), args...)}
	}
	calls := map[string][][]string{
		"run": plays("run"),
		"check": {append([]string{"check", "tiny.yaml"}, small...),
			append([]string{"check", "uk-china-dialogue-2026"}, small...)},
		"explain": {append([]string{"explain", "tiny.yaml", "--draw", "0", "--replicate", "0"}, small...),
			{"explain", "uk-china-dialogue-2026", "--draw", "3", "--replicate", "1", "--json"}}, // one arm takes no step
		"params": {{"params", "--json"}, {"params", "uk-china-dialogue-2026", "--json"}},
		"evidence": {{"evidence", "--json"}, {"evidence", "T1", "--json"}, {"evidence", "E001", "--json"},
			{"evidence", "--types", "--json"}},
		"compare": {append([]string{"compare", "--json", "--no-figures"}, runs...),
			append([]string{"compare", "--json", "--no-figures", "--paired", "--quiet"}, runs...)},
		"import":      {{"import", "eurepoc", made, "--pair", "CN,GB", "--write", "imported", "--json"}},
		"why":         plays("why"),
		"multiverse":  plays("multiverse"),
		"sensitivity": plays("sensitivity", "--trajectories", "2", "--rows", "4", "--point-replicates", "2"),
		"breakeven": append(plays("breakeven", "--vary", "choice.rationality=10:40:3"),
			plays("breakeven", "--vary", "choice.rationality=10:40:3", "--vary", "choice.goal=0.1:0.9:3")...),
		"decide": {{"decide", "tiny.yaml", "--draws", "20", "--replicates", "4", "--no-figures", "--quiet", "--json"}},
		"levers": plays("levers", "--designs", "6"),
		"score": {{"score", written(t, "hub.csv", "output_type,output_type_id,value\npmf,a,.7\npmf,b,.3\n"), "--json",
			"--outcomes", written(t, "came.csv", "oracle_value\na\n")}},
		"sweep": plays("sweep", "--vary", "choice.rationality=10:40:3"),
	}
	for _, c := range cli.Root(&cli.App{}, commands).Commands() {
		name := c.Name()
		if c.Flag("json") == nil || name == "merge" { // which prints what the command does that it joins
			continue
		}
		status, schema, errs := call("schema", name)
		if status == 0 && takesMinutes[name] {
			continue
		}
		if status != 0 || len(calls[name]) == 0 {
			t.Errorf("%s: %d calls, %s", name, len(calls[name]), errs)
			continue
		}
		for i, args := range calls[name] {
			status, out, errs := call(args...)
			if status != 0 && status != cli.StatusMissed {
				t.Errorf("%v: %s", args, errs)
				continue
			}
			keep(t, name, i, schema, out)
			if err := clitest.Conforms(t, []byte(schema), []byte(out)); err != nil {
				t.Errorf("%v: %.2000v", args, err)
			}
			more := strings.Replace(out, "{", `{"never_heard_of": 1,`, 1)
			if clitest.Conforms(t, []byte(schema), []byte(more)) == nil {
				t.Errorf("%v: a member that nobody knows passes", args)
			}
		}
	}
}

// written is the name of a file with this text.
func written(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// keep writes schema and document into the folder SCHEMAS, where another validator may read them.
func keep(t *testing.T, name string, i int, schema, out string) {
	dir := os.Getenv("SCHEMAS")
	if dir == "" {
		return
	}
	for file, text := range map[string]string{name + ".schema.json": schema,
		name + "-" + string(rune('0'+i)) + ".json": out} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
