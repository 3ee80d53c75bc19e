package imports

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/misstep/misstep/"

// allowed lists, for each package, the packages of the project that it may
// import. The order is the flow of the data; nothing points back. All may import
// model/elem, which imports nothing.
var allowed = map[string][]string{
	"model/elem":                          {},
	"model/param":                         {},
	"model/random":                        {},
	"model/ladder":                        {},
	"model/record/evidence":               {"internal/nearest"},
	"model/decide":                        {"model/ladder"},
	"model/scenario":                      {"model/param", "internal/nearest"},
	"model/sim":                           {"model/param", "model/random", "model/ladder", "model/decide", "model/scenario"},
	"model/experiment":                    {"model/param", "model/random", "model/ladder", "model/scenario", "model/sim"},
	"model/record/posterior":              {"model/param", "model/random", "model/scenario", "model/experiment", "model/record/evidence", "internal/nearest"},
	"model/record/abc":                    {"model/random"},
	"model/record/calibrate":              {"model/param", "model/random", "model/ladder", "model/scenario", "model/sim", "model/experiment", "model/record/evidence", "model/record/abc"},
	"model/record/backtest":               {"model/param", "model/random", "model/scenario", "model/experiment", "model/record/evidence", "model/record/posterior", "model/record/abc", "model/record/calibrate"},
	"model/summary":                       {"model/ladder", "model/scenario", "model/sim", "model/experiment"},
	"model/study/sensitivity":             {"model/param", "model/random", "model/scenario", "model/experiment"},
	"model/study/decompose":               {"model/param", "model/random", "model/ladder", "model/scenario", "model/sim", "model/experiment", "model/summary"},
	"model/record/patterns":               {"model/param", "model/ladder", "model/scenario", "model/sim", "model/experiment"},
	"model/narrative":                     {"model/param", "model/ladder", "model/decide", "model/scenario", "model/sim", "model/experiment"},
	"scenarios":                           {},
	"cmd/misstep/internal/say":            {"model/param", "model/scenario", "model/experiment", "model/summary", "model/record/evidence"},
	"cmd/misstep/internal/cli":            {"model/scenario", "model/record/evidence", "model/record/posterior", "internal/nearest", "cmd/misstep/internal/settings", "cmd/misstep/internal/say"},
	"cmd/misstep/internal/report":         {},
	"cmd/misstep/internal/report/browser": {},
	"cmd/misstep/internal/runfolder":      {"model/summary"},
	"cmd/misstep/internal/settings":       {"model/param", "model/random", "model/scenario", "internal/nearest"},
	"cmd/misstep/internal/figure":         {"model/ladder", "model/sim", "model/summary"},
}

// onlyIn lists who may import a library: where it is kept, it can be replaced.
var onlyIn = map[string][]string{
	"github.com/spf13/viper": {"cmd/misstep/internal/settings"},
	"gonum.org/v1/plot":      {"cmd/misstep/internal/figure"},
	"github.com/spf13/cobra": {"cmd/misstep", "cmd/misstep/internal/cli", "cmd/misstep/internal/cli/clitest"},
	"go.yaml.in/yaml/v4":     {"model/scenario", "model/ladder", "model/record/patterns", "model/record/evidence", "cmd/misstep/internal/settings"},
}

// forbiddenInModel are packages that a model/ package must not need: paths,
// clocks, the environment and printing belong to the command.
var forbiddenInModel = []string{"os", "time/tzdata", "log", "log/slog", "flag", "os/signal", "net/http", "path/filepath"}

type pkg struct {
	ImportPath string
	Imports    []string
}

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("go list is not available: %v", err)
	}
	var all []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for dec.More() {
		var p pkg
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func TestImportsPointOneWay(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		may, ruled := allowed[name]
		if !ruled {
			if strings.HasPrefix(name, "model/") {
				t.Errorf("package %s has no rule here: say what it may import", name)
			}
			continue
		}
		for _, imp := range p.Imports {
			if own, ok := strings.CutPrefix(imp, module); ok && own != "model/elem" && !slices.Contains(may, own) {
				t.Errorf("%s imports %s, which is not among %v", name, own, may)
			}
		}
	}
}

func TestLibrariesStayInTheirPlace(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, imp := range p.Imports {
			for lib, homes := range onlyIn {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !slices.Contains(homes, name) {
					t.Errorf("%s imports %s, which is kept in %v", name, imp, homes)
				}
			}
		}
	}
}

func TestModelReadsNoClockPathOrFlag(t *testing.T) {
	for _, p := range list(t) {
		if !strings.HasPrefix(p.ImportPath, module+"model/") {
			continue
		}
		for _, imp := range p.Imports {
			if slices.Contains(forbiddenInModel, imp) {
				t.Errorf("%s imports %s: model/ computes and the command talks", p.ImportPath, imp)
			}
		}
	}
}
