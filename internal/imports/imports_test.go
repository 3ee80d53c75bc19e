package imports

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/misstep/misstep/"

// allowed lists, for each package, the packages of the project that it may
// import, the tools apart. The order is the flow of the data; nothing points back.
var allowed = map[string][]string{
	"model/elem":    {},
	"model/ordered": {},
	"model/stat":    {},
	"model": {"internal/nearest", "model/cases", "model/experiment", "model/outcome", "model/random",
		"model/record/evidence", "model/record/posterior", "model/record/calibrate", "model/record/patterns",
		"model/scenario", "model/summary", "scenarios"},
	"model/param":           {},
	"model/random":          {},
	"model/ladder":          {},
	"model/record/table":    {"internal/nearest"},
	"model/record/evidence": {"internal/nearest", "model/record/table"},
	"model/record/field":    {"internal/nearest", "model/record/evidence"},
	"model/elicit":          {"model/param"},
	"model/decide":          {"model/ladder"},
	"model/scenario":        {"model/param", "model/ladder", "internal/nearest"},
	"model/sim": {"model/param", "model/random", "model/ladder", "model/decide",
		"model/scenario"},
	"model/outcome": {"model/ladder", "model/param", "model/sim"},
	"model/experiment": {"model/outcome", "model/param", "model/random", "model/ladder",
		"model/scenario", "model/sim"},
	"model/cases": {"model/experiment", "model/ladder", "model/record/table", "model/sim"},
	"model/draws": {"model/experiment", "model/outcome", "model/record/table"},
	"model/record/posterior": {"model/param", "model/random", "model/scenario", "model/experiment",
		"model/record/table", "model/record/evidence", "internal/nearest"},
	"model/record/abc": {"model/random"},
	"model/record/calibrate": {"model/param", "model/random", "model/ladder", "model/scenario", "model/sim",
		"model/experiment", "model/record/evidence", "model/record/abc"},
	"model/record/backtest": {"model/param", "model/random", "model/scenario", "model/experiment",
		"model/record/evidence", "model/record/posterior", "model/record/abc", "model/record/calibrate"},
	"model/summary": {"model/outcome", "model/ladder", "model/scenario", "model/sim",
		"model/experiment", "model/record/patterns"},
	"model/study/sensitivity": {"model/outcome", "model/param", "model/random", "model/scenario",
		"model/experiment"},
	"model/study/decision": {"model/draws", "model/experiment", "model/outcome", "model/random"},
	"model/study/levers": {"model/draws", "model/experiment", "model/ordered", "model/outcome", "model/random",
		"model/scenario", "model/sim", "model/study/decision"},
	"model/study/decompose": {"model/outcome", "model/param", "model/random", "model/ladder",
		"model/scenario", "model/sim", "model/experiment", "model/summary"},
	"model/record/hub": {"model/record/backtest", "model/record/table"},
	"model/record/patterns": {"model/outcome", "model/param", "model/ladder", "model/scenario", "model/sim",
		"model/experiment"},
	"model/narrative": {"model/param", "model/ladder", "model/decide", "model/scenario", "model/sim",
		"model/experiment", "model/study/decompose"},
	"internal/mutants":              {},
	"scenarios":                     {},
	"cmd/misstep/internal/markdown": {},
	"cmd/misstep/internal/readfile": {},
	"cmd/misstep/internal/runfolder": {"cmd/misstep/internal/readfile", "cmd/misstep/internal/say",
		"cmd/misstep/internal/schema", "cmd/misstep/internal/settings", "model/scenario", "model/summary"},
	"cmd/misstep/internal/settings": {"model/outcome", "model/param", "model/random", "model/scenario",
		"model/study/decision", "internal/nearest"},
	"cmd/misstep/internal/figure": {"cmd/misstep/internal/figure/chart", "cmd/misstep/internal/figure/forest",
		"cmd/misstep/internal/figure/surface", "cmd/misstep/internal/figure/timeline", "cmd/misstep/internal/say",
		"model/ladder", "model/outcome", "model/summary"},
	"cmd/misstep/internal/figure/forest": {"cmd/misstep/internal/figure/chart", "cmd/misstep/internal/say",
		"model/summary"},
	"cmd/misstep/internal/figure/timeline": {"cmd/misstep/internal/figure/chart", "cmd/misstep/internal/say",
		"model/ladder", "model/summary"},
	"cmd/misstep/internal/figure/chart":   {"cmd/misstep/internal/figure/surface", "cmd/misstep/internal/say"},
	"cmd/misstep/internal/figure/surface": {},
	// what runs in a page, too: no files, no flags, no figures
	"cmd/misstep/internal/explore/session": {"cmd/misstep/internal/answer", "cmd/misstep/internal/say",
		"cmd/misstep/internal/story", "model", "model/draws", "model/experiment", "model/narrative", "model/outcome",
		"model/param", "model/random", "model/record/posterior", "model/scenario", "model/sim", "model/study/decision",
		"model/summary"},
	"cmd/misstep/internal/explore/assets": {},
}

// tools may be imported by all, and import nothing.
var tools = []string{"model/elem", "model/ordered", "model/stat"}

// floors are those of the command's rooms below cmd/misstep/internal, the lowest first. A
// room may import the floors below its own, and all that computes (model/); only
// cmd/misstep knows all of them. Rooms of one floor do not know each other.
var floors = [][]string{
	{"say"},
	{"cli", "story", "answer"},
	{"points"},
	{"run", "explore/session", "explore/assets"},
	{"failif", "screen"},
	{"record", "intake", "params", "explain", "study", "decide", "compare", "fit", "shards", "explore"},
	{"gallery", "report"},
}

// furniture are the packages that every room may use; they have rules of their own above.
var furniture = []string{"figure", "figure/timeline", "markdown", "readfile", "runfolder", "schema", "settings"}

// forTests are the packages that only tests may import.
var forTests = []string{"internal/small", "internal/kolmogorov", "internal/reference", "internal/enumerate",
	"internal/browser", "cmd/misstep/internal/cli/clitest", "cmd/misstep/internal/run/runtest"}

// onlyIn lists who may import a library: where it is kept, it can be replaced.
var onlyIn = map[string][]string{
	"github.com/gofrs/flock":     {"cmd/misstep/internal/runfolder"},
	"github.com/spf13/viper":     {"cmd/misstep/internal/settings"},
	"gonum.org/v1/plot":          {"cmd/misstep/internal/figure/surface", "cmd/misstep/internal/figure/chart"},
	"github.com/spf13/cobra":     {"cmd/misstep"},
	"github.com/yuin/goldmark":   {"cmd/misstep/internal/report"},
	"github.com/chromedp":        {"internal/browser"},
	"golang.org/x/net/websocket": {"internal/browser"},
	"github.com/xuri/excelize":   {"model/record/field"},
	"go.yaml.in/yaml/v4": {"model/scenario", "model/ladder", "model/record/patterns", "model/record/evidence",
		"cmd/misstep/internal/settings"},
}

// forbiddenInModel are packages that a model/ package must not need: paths,
// clocks, the environment and printing belong to the command.
var forbiddenInModel = []string{"os", "time/tzdata", "log", "log/slog", "flag", "os/signal", "net/http",
	"path/filepath"}

type pkg struct {
	ImportPath string
	Imports    []string
}

// listed are the packages of the module, asked for once.
var listed = sync.OnceValues(func() (all []pkg, err error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	for dec := json.NewDecoder(bytes.NewReader(out)); err == nil && dec.More(); {
		var p pkg
		err = dec.Decode(&p)
		all = append(all, p)
	}
	return all, err
})

func list(t *testing.T) []pkg {
	t.Helper()
	all, err := listed()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
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
			if own, ok := strings.CutPrefix(imp, module); ok && !slices.Contains(tools, own) && !slices.Contains(may, own) {
				t.Errorf("%s imports %s, which is not among %v", name, own, may)
			}
		}
	}
}

// floorOf is the floor of a package below cmd/misstep/internal.
func floorOf(name string) (int, bool) {
	i := slices.IndexFunc(floors, func(rooms []string) bool { return slices.Contains(rooms, name) })
	return i, i >= 0
}

// TestRoomsStandOnFloors: a room of the command imports lower floors only.
func TestRoomsStandOnFloors(t *testing.T) {
	for _, p := range list(t) {
		name, isRoom := strings.CutPrefix(p.ImportPath, module+"cmd/misstep/internal/")
		if !isRoom || slices.Contains(furniture, name) || slices.Contains(forTests, "cmd/misstep/internal/"+name) {
			continue
		}
		if _, ruled := allowed["cmd/misstep/internal/"+name]; ruled {
			continue
		}
		floor, known := floorOf(name)
		if !known {
			t.Errorf("package %s stands on no floor: say which", name)
		}
		for _, imp := range p.Imports {
			other, isRoom := strings.CutPrefix(imp, module+"cmd/misstep/internal/")
			if !isRoom || slices.Contains(furniture, other) {
				continue
			}
			if below, known := floorOf(other); !known || below >= floor {
				t.Errorf("%s imports %s, which is on no lower floor", name, other)
			}
		}
	}
}

// TestTestsKeepTheirHelpers: nothing but a test imports what is there for tests.
func TestTestsKeepTheirHelpers(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, imp := range p.Imports {
			own := strings.TrimPrefix(imp, module)
			if slices.Contains(forTests, own) && !slices.Contains(forTests, name) {
				t.Errorf("%s imports %s, which is there for tests", name, own)
			}
		}
	}
}

// TestArchitectureNamesEveryPackage: docs/ARCHITECTURE.md says of each package once what it is for, and of none that
// there is not.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	page, err := os.ReadFile("../../docs/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		times[m[1]]++
		if info, err := os.Stat("../../" + m[1]); err != nil || !info.IsDir() {
			t.Errorf("%s: %v", m[1], err)
		}
	}
	for _, p := range list(t) {
		if name := strings.TrimPrefix(p.ImportPath, module); times[name] != 1 {
			t.Errorf("%s stands in %d rows", name, times[name])
		}
	}
}

func TestLibrariesStayInTheirPlace(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, imp := range p.Imports {
			for lib, homes := range onlyIn {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) &&
					!slices.ContainsFunc(homes, func(home string) bool { return within(name, home) }) {
					t.Errorf("%s imports %s, which is kept in %v", name, imp, homes)
				}
			}
		}
	}
}

// within reports whether a package is a home or, where the home is the command, one of
// its rooms.
func within(name, home string) bool {
	return name == home || home == "cmd/misstep" && strings.HasPrefix(name, "cmd/misstep/internal/")
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
