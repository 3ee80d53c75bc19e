package intake

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/field"
	"github.com/spf13/cobra"
)

func call(args ...string) (status int, out, errs string) {
	return clitest.Call([]func(*cli.App) *cobra.Command{New}, args...)
}

// given is a made-up file of attributions in an empty folder.
func given(t *testing.T) {
	t.Helper()
	data, err := os.ReadFile("testdata/attribution.csv")
	if err != nil {
		t.Fatal(err)
	}
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("a.csv", data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestImport: the folder holds what --with takes and the report, and the screen says what was left out and why.
func TestImport(t *testing.T) {
	given(t)
	status, out, errs := call("import", "eurepoc", "a.csv", "--pair", "CN,GB", "--write", "mine")
	if status != 0 {
		t.Fatal(errs)
	}
	for _, want := range []string{"China and United Kingdom: 0 events, 1 accusation",
		"1 row not taken over: is dated to a year", "1 row not taken over: accuses neither of the pair",
		"misstep evidence --with mine --checked imported"} {
		if !strings.Contains(out, want) {
			t.Errorf("the screen lacks %q:\n%s", want, out)
		}
	}
	if have := strings.Join(clitest.Names(t, "mine"), " "); have != ". accusations.csv import.json" {
		t.Error(have)
	}
	if tables, err := evidence.Read(os.DirFS("mine")); err != nil || tables.Imported() != 1 {
		t.Errorf("%v", err)
	}
	data, err := os.ReadFile(filepath.Join("mine", "import.json"))
	var report field.Import
	if err == nil {
		err = json.Unmarshal(data, &report)
	}
	if err != nil || len(report.Sources) != 1 || len(report.Sources[0].SHA256) != 64 || len(report.Origins) != 1 ||
		len(report.Dropped) != 2 {
		t.Errorf("%v: %s", err, data)
	}
}

// TestImportRefused: what is wrong is said with the remedy, and nothing is written.
func TestImportRefused(t *testing.T) {
	given(t)
	if err := os.Mkdir("there", 0o700); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string]string{
		"name a data set and its files":                         "",
		`"eurepok" is no data set that is known; did you mean`:  "eurepok a.csv",
		"name a file of dcid":                                   "dcid",
		"--pair is missing":                                     "eurepoc a.csv --write mine",
		"--write is missing":                                    "eurepoc a.csv --pair CN,GB",
		"--write there: there is something already":             "eurepoc a.csv --pair CN,GB --write there",
		`--pair: "Atlantis" is no state that is known`:          "eurepoc a.csv --pair CN,Atlantis --write mine",
		"b.csv: no such file":                                   "eurepoc b.csv --pair CN,GB --write mine",
		"there: not a file but a folder":                        "eurepoc there --pair CN,GB --write mine",
		"this is EuRepoC attribution 1.3":                       "dcid a.csv --pair CN,GB --write mine",
		"nothing about India and Pakistan is left to take over": "eurepoc a.csv --pair IN,PK --write mine",
	} {
		errs := clitest.Refused(t, call, append([]string{"import"}, strings.Fields(args)...)...)
		if !strings.Contains(errs, want) {
			t.Errorf("%s: %s, want %s", args, errs, want)
		}
	}
	if have := strings.Join(clitest.Names(t, "."), " "); have != ". a.csv there" {
		t.Errorf("left behind: %s", have)
	}
}
