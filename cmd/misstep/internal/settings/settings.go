// Package settings reads what a user sets outside of a scenario: config.yaml, the
// environment and flags. It is the only importer of viper.
//
// Settings of the program (run.*, plot.*, decide.*) end in [Settings]. Values for the
// model's parameters (model.*) are not interpreted here: they become layers that
// the scenario package checks like any number of a scenario, so that there is one
// place that knows what a number may be.
package settings

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/viper"
)

// Settings is what holds for a command.
type Settings struct {
	Run    Run
	Plot   Plot
	Decide Decide
	Layers []scenario.Layer // parameters from config.yaml, then from the environment
}

// Run are the settings of a run.
type Run struct {
	Seed       uint64
	Draws      int // parameter draws
	Replicates int // per draw
	Workers    int // 0: one for each processor
	Precision  float64
	Delta      float64 // per 100 cases
	Generator  random.Generator
	Posterior  string // [Shipped], [None] or the path of a file
	Out        string
	Alone      bool // without side runs, which tell how much the answer hangs on what
	BOM        bool // tables of a run begin with a byte-order mark
}

// What run.posterior may say beside the path of a file.
const (
	Shipped = "shipped" // the posterior of the program, where it has one
	None    = "none"    // the priors alone
)

// Plot are the settings of figures; no number depends on them.
type Plot struct {
	Formats []string `json:"formats"`
	Width   float64  `json:"width_cm,omitempty"` // [cm]
	DPI     int      `json:"dpi"`
	Bare    bool     `json:"bare,omitempty"`
	Grey    bool     `json:"grey,omitempty"`
	Serif   bool     `json:"serif,omitempty"`
	Font    string   `json:"-"`               // file of a font for letters that the shipped ones lack; "" for none
	Inches  float64  `json:"width,omitempty"` // [in] what older manifests have in place of Width
}

// Input is where settings come from.
type Input struct {
	File    string            // shown in messages; "" without a file
	Data    []byte            // its content
	Environ []string          // NAME=value
	Flags   map[string]Option // by key; what a flag says wins
}

// Option is the value of a flag.
type Option struct {
	Flag string // --seed, for messages
	Text string
}

// Load merges default < file < environment < flags, and checks every value. The
// error lists all that is wrong.
func Load(in Input) (*Settings, error) {
	l := &loader{in: in, viper: viper.New(), where: map[string]string{}, first: map[string]int{}, known: known(),
		sections: sections()}
	for _, k := range keys {
		l.viper.SetDefault(k.name, k.def)
		l.where[k.name] = "default"
	}
	l.file()
	l.environment()
	l.flags()
	s := &Settings{Layers: l.layers}
	for _, k := range keys {
		text := l.viper.GetString(k.name)
		if must := k.take(s, text); must != "" {
			l.problem(l.where[k.name], "%s: %q is not %s", k.name, clip(text), must)
		}
	}
	l.dots(s)
	return s, errors.Join(l.problems...)
}

// mostDots is how wide a picture may be, so that it and its neighbours have room in memory: 25 cm
// at 600 dots per inch.
const mostDots = 6000

// dots refuses a PNG of too many.
func (l *loader) dots(s *Settings) {
	const cm = 2.54 // of an inch
	dots := s.Plot.Width / cm * float64(s.Plot.DPI)
	if dots <= mostDots || !slices.Contains(s.Plot.Formats, "png") {
		return
	}
	key := "plot.dpi"
	if l.where[key] == "default" {
		key = "plot.width"
	}
	l.problem(l.where[key], "%s: %v cm at %d dots per inch are %.0f dots, more than %d; take at most %.0f dots per inch, "+
		"or plot.formats without png", key, s.Plot.Width, s.Plot.DPI, dots, mostDots, math.Floor(mostDots*cm/s.Plot.Width))
}

func clip(s string) string {
	if r := []rune(s); len(r) > 48 {
		return string(r[:47]) + "…"
	}
	return s
}

type loader struct {
	in       Input
	viper    *viper.Viper
	where    map[string]string // which place won a key, for messages
	layers   []scenario.Layer
	problems []error
	ours     int // keys of the file that are ours, or near to one

	first           map[string]int // line of each key of the file
	known, sections []string
}

// set takes what a place says of a key: a setting, or a parameter, whose place results may keep in short.
func (l *loader) set(key, text, where, short string, origin scenario.Origin) {
	if name, ok := strings.CutPrefix(key, modelPrefix); ok {
		l.layers = append(l.layers, scenario.Layer{Origin: origin, Path: name, Value: text, Where: short})
		return
	}
	l.viper.Set(key, text)
	l.where[key] = where
}

// Problem is a mistake in a setting, with the place where it stands.
type Problem struct{ Where, What string }

func (p *Problem) Error() string { return p.Where + ": " + p.What }

func (l *loader) problem(where, format string, args ...any) {
	l.problems = append(l.problems, &Problem{where, fmt.Sprintf(format, args...)})
}

// envPrefix begins every variable of the program.
const envPrefix = "MISSTEP_"

// EnvName is the variable that sets a key: MISSTEP_RUN_SEED.
func EnvName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// remedyForEnv names the variable that ends as the unknown one does, or else the nearest.
func remedyForEnv(name string, names []string) string {
	short := strings.TrimPrefix(name, envPrefix)
	for _, n := range names {
		if strings.HasSuffix(n, "_"+short) {
			return nearest.Remedy(n, []string{n})
		}
	}
	for _, section := range []string{"RUN_", "MODEL_", "PLOT_", "DECIDE_"} {
		if w, ok := nearest.Word(envPrefix+section+short, names); ok {
			return nearest.Remedy(w, []string{w})
		}
	}
	return nearest.Remedy(name, names)
}

// environment takes the variables, parameters in the order of their registry.
func (l *loader) environment() {
	byEnv := map[string]string{}
	for _, k := range l.known {
		byEnv[EnvName(k)] = k
	}
	from := len(l.layers)
	for _, pair := range slices.Sorted(slices.Values(l.in.Environ)) {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, envPrefix) || value == "" {
			continue
		}
		if k, ok := byEnv[name]; ok {
			l.set(k, value, name, name, scenario.FromEnv)
		} else {
			l.problem(name, "unknown environment variable; %s", remedyForEnv(name, slices.Sorted(maps.Keys(byEnv))))
		}
	}
	slices.SortStableFunc(l.layers[from:], func(a, b scenario.Layer) int { return int(idOf(a.Path) - idOf(b.Path)) })
}

func idOf(name string) param.ID {
	p, _ := param.ByName(name)
	return p.ID
}

// flags come last, so that what they set stays.
func (l *loader) flags() {
	for _, name := range slices.Sorted(maps.Keys(l.in.Flags)) {
		o := l.in.Flags[name]
		if !slices.ContainsFunc(keys, func(k key) bool { return k.name == name }) {
			l.problem(o.Flag, "unknown setting %q; %s", name, nearest.Remedy(name, l.known))
			continue
		}
		l.set(name, o.Text, o.Flag, o.Flag, scenario.FromFlag)
	}
}

// key is a setting of the program; the model's parameters have their own registry.
type key struct {
	name  string                                // run.seed
	value string                                // what stands for one in the help of its flag
	def   string                                // as it stands in config.yaml
	doc   string                                // what it is, for the comment there and the help
	take  func(s *Settings, text string) string // stores it, or says what it must be
}

// keys are the settings, in the order of config.yaml.
var keys = []key{
	{"run.seed", "N", "1", "where chance starts; another seed, another sample", takeSeed},
	{"run.draws", "N", "200", "parameter draws: how many worlds that the sources allow",
		whole(1, 10_000, func(s *Settings) *int { return &s.Run.Draws })},
	{"run.replicates", "N", "12", "futures per draw, each played in every arm",
		whole(1, 1_000_000, func(s *Settings) *int { return &s.Run.Replicates })},
	{"run.workers", "N", "0", "parallel workers, 0 for all processors; never changes a result",
		whole(0, 1024, func(s *Settings) *int { return &s.Run.Workers })},
	{"run.precision", "X", "0",
		"add replicates until the 95 % Monte Carlo half-width of the headline difference is below this; 0 for off",
		decimal(0, math.MaxFloat64, func(s *Settings) *float64 { return &s.Run.Precision })},
	{"run.delta", "X", "0.05",
		"per 100 cases: a difference up to this counts as none where the draws with one are counted",
		decimal(0.001, 100, func(s *Settings) *float64 { return &s.Run.Delta })},
	{"run.generator", "NAME", "mix", "mix, or philox to check that nothing hangs on the generator", takeGenerator},
	{"run.posterior", "FILE", "shipped",
		"what the record taught of the priors: shipped, none for the priors alone, or a file of misstep calibrate",
		named("shipped, none or the name of a file", func(s *Settings) *string { return &s.Run.Posterior })},
	{"run.out", "DIR", "outputs", "folder under which run folders are written",
		named("the name of a folder", func(s *Settings) *string { return &s.Run.Out })},
	{"run.no_side_runs", "", "false",
		"leave out the runs beside the main one (another coupling, the priors alone, numbers held at their ends) and the " +
			"scenario's tests", boolean(func(s *Settings) *bool { return &s.Run.Alone })},
	{"run.bom", "", "false",
		"begin the CSV tables of a run with a byte-order mark, by which spreadsheets know letters beyond English",
		boolean(func(s *Settings) *bool { return &s.Run.BOM })},
	{"plot.formats", "LIST", "[svg, png, pdf]",
		"figure formats; each figure has a CSV file of its numbers too", takeFormats},
	{"plot.width", "CM", "20", "[cm] figure width; letters print as large from 8 to 12, and grow beyond", takeWidth},
	{"plot.dpi", "N", "200", "dots per inch of PNG", whole(20, 1200, func(s *Settings) *int { return &s.Plot.DPI })},
	{"plot.bare", "", "false", "figures without title, subtitle and source line, for a paper that says these itself",
		boolean(func(s *Settings) *bool { return &s.Plot.Bare })},
	{"plot.grey", "", "false", "figures in shades of grey", boolean(func(s *Settings) *bool { return &s.Plot.Grey })},
	{"plot.font", "NAME", "sans",
		"sans or serif: the widths of Arial or of Times; or a font file for letters that sans lacks", takeFont},
	{"decide.weights", "LIST", "[missteps=1, missed=1, forgone=0:0.5:1]",
		"what a case of an outcome weighs for misstep decide; several weights of one are compared. assumption: both kinds " +
			"of error count alike, and whether accountability counts is what people differ on", takeWeights},
}

// Flag is what the help of a setting's flag says: what stands for its value, and what it is.
func Flag(name string) (value, doc string) {
	k := keys[slices.IndexFunc(keys, func(k key) bool { return k.name == name })]
	return k.value, k.doc + " (" + k.def + ")"
}

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

func sections() []string {
	out := []string{"run", "plot", "decide", "model"}
	for _, g := range param.Groups() {
		out = append(out, modelPrefix+g)
	}
	return out
}
