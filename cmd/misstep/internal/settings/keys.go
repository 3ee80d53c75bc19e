package settings

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

// key is a setting of the program: everything in config.yaml but the model's
// parameters, which have their own registry.
type key struct {
	name string                                // run.seed
	def  string                                // as it stands in config.yaml
	doc  string                                // what it is, for the comment there
	take func(s *Settings, text string) string // stores it, or says what it must be
}

// keys are the settings, in the order of config.yaml.
var keys = []key{
	{"run.seed", "1", "where chance starts; another seed, another sample", takeSeed},
	{"run.draws", "200", "parameter draws: how many worlds that the sources allow",
		whole(1, 10_000, func(s *Settings) *int { return &s.Run.Draws })},
	{"run.replicates", "12", "futures per draw, each played in every arm",
		whole(1, 1_000_000, func(s *Settings) *int { return &s.Run.Replicates })},
	{"run.workers", "0", "parallel workers, 0 for all processors; never changes a result",
		whole(0, 1024, func(s *Settings) *int { return &s.Run.Workers })},
	{"run.precision", "0",
		"add replicates until the 95 % Monte Carlo half-width of the headline difference is below this; 0 for off",
		decimal(0, math.MaxFloat64, func(s *Settings) *float64 { return &s.Run.Precision })},
	{"run.generator", "mix", "mix, or philox to check that nothing hangs on the generator", takeGenerator},
	{"run.posterior", "shipped",
		"what the record taught of the priors: shipped, none for the priors alone, or a file of misstep calibrate",
		named("shipped, none or the name of a file", func(s *Settings) *string { return &s.Run.Posterior })},
	{"run.out", "outputs", "folder under which run folders are written",
		named("the name of a folder", func(s *Settings) *string { return &s.Run.Out })},
	{"plot.formats", "[svg, png, pdf]", "figure formats; each figure has a CSV file of its numbers too", takeFormats},
	{"plot.width", "8", "[in] figure width",
		decimal(1, 100, func(s *Settings) *float64 { return &s.Plot.Width })},
	{"plot.dpi", "200", "dots per inch of PNG", whole(20, 1200, func(s *Settings) *int { return &s.Plot.DPI })},
}

func takeSeed(s *Settings, text string) string {
	x, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return "a whole number, 0 to 18446744073709551615"
	}
	s.Run.Seed = x
	return ""
}

func takeGenerator(s *Settings, text string) string {
	g, ok := random.ParseGenerator(text)
	if !ok {
		return "mix or philox"
	}
	s.Run.Generator = g
	return ""
}

// named reads a name that the system could take for a file's.
func named(must string, at func(*Settings) *string) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		if strings.TrimSpace(text) == "" || strings.ContainsRune(text, 0) {
			return must
		}
		*at(s) = text
		return ""
	}
}

// Formats are the figure formats that can be asked for.
var Formats = []string{"svg", "png", "pdf"}

func takeFormats(s *Settings, text string) string {
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "["), "]")
	out := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	sorted := slices.Compact(slices.Sorted(slices.Values(out)))
	if len(out) == 0 || len(sorted) < len(out) ||
		slices.ContainsFunc(out, func(f string) bool { return !slices.Contains(Formats, f) }) {
		return "one or more of svg, png, pdf, each once"
	}
	s.Plot.Formats = out
	return ""
}

// whole reads a whole number of [low, high].
func whole(low, high int, at func(*Settings) *int) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		x, err := strconv.Atoi(text)
		if err != nil || x < low || x > high {
			return fmt.Sprintf("a whole number, %d to %d", low, high)
		}
		*at(s) = x
		return ""
	}
}

// decimal reads a finite number of [low, high].
func decimal(low, high float64, at func(*Settings) *float64) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		x, err := strconv.ParseFloat(text, 64)
		switch {
		case err == nil && x >= low && x <= high:
			*at(s) = x
			return ""
		case high < math.MaxFloat64:
			return fmt.Sprintf("a number, %v to %v", low, high)
		}
		return fmt.Sprintf("a number, %v or more", low)
	}
}

// modelPrefix stands before the name of a parameter in config.yaml.
const modelPrefix = "model."

// known lists every key of config.yaml.
func known() []string {
	var out []string
	for _, k := range keys {
		out = append(out, k.name)
	}
	for _, p := range param.All() {
		out = append(out, modelPrefix+p.Name)
	}
	return out
}

// sections are the mappings of config.yaml.
func sections() []string {
	out := []string{"run", "plot", "model"}
	for _, g := range param.Groups() {
		out = append(out, modelPrefix+g)
	}
	return out
}

const head = `# Settings of misstep. Precedence, lowest first: the default or prior of a parameter,
# the scenario, this file, the environment (MISSTEP_RUN_SEED=2,
# MISSTEP_MODEL_CHOICE_RATIONALITY=30), flags (--seed 2, --set choice.rationality=30).
# Unknown keys are refused.
`

const modelHead = `
# Parameters of the model, each at its default. Remove the # before a line, and before
# model: and the group, to set it for everyone in every scenario: a number pins the
# parameter, an interval (25 to 75, the central 90 %) or a family (uniform(0, 1))
# replaces its prior. [unit] domain; prior where there is one. What it rests on:
# misstep params NAME.
#model:
`

// ConfigFile is the shipped config.yaml, made from the registry.
func ConfigFile() []byte {
	var b strings.Builder
	b.WriteString(head)
	section := ""
	for _, k := range keys {
		s, leaf, _ := strings.Cut(k.name, ".")
		if s != section {
			fmt.Fprintf(&b, "\n%s:\n", s)
			section = s
		}
		fmt.Fprintf(&b, "  %-26s # %s\n", leaf+": "+k.def, k.doc)
	}
	b.WriteString(modelHead)
	group := ""
	for _, p := range param.All() {
		if p.Group() != group {
			group = p.Group()
			fmt.Fprintf(&b, "#  %s:\n", group)
		}
		writeParam(&b, p)
	}
	return []byte(b.String())
}

func writeParam(b *strings.Builder, p param.Param) {
	note := fmt.Sprintf("[%s] %s", p.Unit, p.Domain.Text)
	if p.Prior != "" {
		note += "; prior " + p.Prior
	}
	line := fmt.Sprintf("%s: %s", p.Short(), param.FormatNumber(p.Default, p.Domain.Duration))
	fmt.Fprintf(b, "#    %-30s # %s. %s\n", line, note, p.Doc)
}
