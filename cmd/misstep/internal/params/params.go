// Package params is the command misstep params: every number, who set it, and what it
// rests on.
package params

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// New is the command misstep params.
func New(a *cli.App) *cobra.Command {
	var f paramFilter
	cmd := &cobra.Command{
		Use:   "params [NAME|GROUP] [SCENARIO]",
		Short: "List the numbers of the model: value, origin, source",
		Long: `params lists every parameter of the model with its value and where that comes from:
default < prior < scenario < config < environment < flag; the last one that says something
wins. A posterior updates a number that has the prior it was made for. With a scenario it
lists the scenario's own numbers too. A name shows all there is to know about one number,
down to the targets, events and sources it rests on, a group (such as choice) its parameters.`,
		Example: `  misstep params choice
  misstep params choice.rationality uk-china-dialogue-2026
  misstep params uk-china-dialogue-2026 --headline --assumed`,
		ValidArgsFunction: completeParams,
		RunE:              func(_ *cobra.Command, args []string) error { return runParams(a, args, f) },
	}
	cmd.Flags().BoolVar(&f.headline, "headline", false, "only numbers that can move the headline: mechanisms and rules "+
		"that are in use")
	cmd.Flags().BoolVar(&f.assumed, "assumed", false, "only numbers that rest on an assumption")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print as JSON")
	a.ScenarioFlags(cmd)
	return cmd
}

// paramFilter says which numbers are listed.
type paramFilter struct {
	headline, assumed bool
	name              string // a parameter, a group, or a path; "" for all
}

// parameter is one number with all that is known about it.
type parameter struct {
	Path    string `json:"path"`
	Name    string `json:"name"` // in the registry; "" for a number of the scenario's own
	Value   string `json:"value"`
	Origin  string `json:"origin"` // default, prior, scenario, config, environment, flag, posterior
	Line    int    `json:"line"`   // in the scenario; 0 elsewhere
	Unit    string `json:"unit"`
	Domain  string `json:"domain"`
	Default string `json:"default"`
	Prior   string `json:"prior"`
	Scope   string `json:"scope"`
	Source  string `json:"source"`
	Meaning string `json:"meaning"`
	Assumed bool   `json:"assumed"`

	Posterior *learned `json:"posterior,omitempty"` // absent for a number that no posterior updates
	RestsOn   []link   `json:"rests_on"`            // what its source leads to

	before belief // of an uncertain value, before the record
	global bool
}

func runParams(a *cli.App, args []string, f paramFilter) error {
	arg, name, err := splitParamsArgs(args)
	if err != nil {
		return err
	}
	f.name = name
	v, err := paramScenario(a, arg)
	if err != nil {
		return err
	}
	all := parametersIn(v, arg != "")
	if f.headline && arg == "" {
		return fmt.Errorf("--headline is about the contrast of a scenario; name one, as in misstep params " +
			"uk-china-dialogue-2026 --headline")
	}
	var in inUse
	if f.headline {
		in = usedBy(v)
	}
	kept := slices.DeleteFunc(all, func(p parameter) bool {
		return f.name != "" && !p.called(f.name) || f.assumed && !p.Assumed || f.headline && !in.holds(v, &p)
	})
	if len(kept) == 0 && f.name != "" && !f.assumed && !f.headline {
		return fmt.Errorf("unknown parameter or group %q; %s", name, nearest.Remedy(name, paramWords()))
	}
	if a.Flags.JSON {
		_, err = a.Out.Write(say.JSON(append([]parameter{}, kept...)))
		return err
	}
	_, err = fmt.Fprint(a.Out, paramsText(kept, f, arg))
	return err
}

// splitParamsArgs tells the scenario from the name.
func splitParamsArgs(args []string) (file, name string, err error) {
	if len(args) > 2 {
		return "", "", fmt.Errorf("misstep params takes a name and a scenario only; what is %q?", args[2])
	}
	for _, arg := range args {
		switch {
		case name == "" && slices.Contains(paramWords(), arg):
			name = arg
		case file == "" && isScenario(arg):
			file = arg
		case name == "":
			name = arg
		default:
			return "", "", fmt.Errorf("misstep params takes one name and one scenario; %q is no scenario, and %q is a name "+
				"already", arg, name)
		}
	}
	if name != "" && file == "" && !slices.Contains(paramWords(), name) {
		return "", "", fmt.Errorf("%q is no parameter, group or scenario; %s", name,
			nearest.Remedy(name, append(paramWords(), run.ShippedNames()...)))
	}
	return file, name, nil
}

func isScenario(arg string) bool {
	_, ok := run.Shipped(arg)
	return ok || filepath.Ext(arg) == ".yaml" || filepath.Ext(arg) == ".json" || cli.Exists(arg)
}

// paramWords are the names and groups of the registry.
func paramWords() []string {
	var out []string
	for _, p := range param.All() {
		out = append(out, p.Name)
	}
	return append(out, param.Groups()...)
}

func completeParams(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return append(paramWords(), run.ShippedNames()...), cobra.ShellCompDirectiveDefault
}

// paramScenario loads the scenario with all settings. Without one, the settings
// are applied to the starter, of which only the parameters for everyone are shown.
func paramScenario(a *cli.App, arg string) (*scenario.Scenario, error) {
	if arg != "" {
		j, err := run.Open(a, arg)
		if err != nil {
			return nil, err
		}
		return j.Scenario, nil
	}
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	flagged, err := a.Layers()
	if err != nil {
		return nil, err
	}
	learned, err := run.SampleOf(s.Run.Posterior)
	if err != nil {
		return nil, err
	}
	v, err := scenario.Load("starter", scenario.Starter(),
		model.LoadOptions("starter.yaml", slices.Concat(s.Layers, flagged), true))
	if err != nil {
		return nil, err
	}
	return learned.Condition(v, s.Run.Draws), nil
}

// called reports whether a name, a group or a path means the number.
func (p *parameter) called(name string) bool {
	group, _, _ := strings.Cut(p.Name, ".")
	return p.Name == name || group == name && p.Name != "" || p.Path == name || p.Path == "assumptions."+name
}

// parametersIn lists the registry in its order, each parameter followed by what
// single entities hold of it, then the scenario's own numbers.
func parametersIn(v *scenario.Scenario, own bool) []parameter {
	byID := map[param.ID][]int{}
	var structural []int
	for i := range v.Slots {
		if id := v.Slots[i].Param; id >= 0 {
			byID[id] = append(byID[id], i)
		} else {
			structural = append(structural, i)
		}
	}
	var out []parameter
	for _, p := range param.All() {
		global := int(v.Param(p.ID, ""))
		out = append(out, describeNumber(v, global, true))
		for _, i := range byID[p.ID] {
			if own && i != global {
				out = append(out, describeNumber(v, i, false))
			}
		}
	}
	if own {
		for _, i := range structural {
			out = append(out, describeNumber(v, i, false))
		}
	}
	return out
}

// describeNumber is all that is known about a number of a scenario.
func describeNumber(v *scenario.Scenario, slot int, global bool) parameter {
	p := describeSlot(&v.Slots[slot], global)
	p.Posterior = learnedOf(v, slot)
	informed := []string{}
	if p.Posterior != nil {
		informed = p.Posterior.InformedBy
	}
	p.RestsOn = chainOf(informed, p.Source)
	return p
}

func describeSlot(s *scenario.Slot, global bool) parameter {
	p := parameter{Path: s.Path, Value: s.Dist.Text, Origin: string(s.Origin), Line: s.Line, Domain: s.Domain.Text,
		Source: s.Source, global: global,
		Assumed: strings.Contains(s.Source, "assumption")}
	if p.Value == "" {
		p.Value = param.FormatNumber(s.Dist.A, s.Domain.Duration)
	}
	if !s.Dist.IsPoint() {
		p.before = beliefOf(s.Dist.Quantile, s.Domain.Duration)
	}
	if s.Param >= 0 {
		def := param.Get(s.Param)
		p.Name, p.Unit, p.Prior, p.Scope, p.Meaning = def.Name, def.Unit, def.Prior, def.Scope.String(), def.Doc
		p.Default = param.FormatNumber(def.Default, def.Domain.Duration)
	}
	return p
}
