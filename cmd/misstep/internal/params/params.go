// Package params is the command misstep params: every number, who set it, and what it rests on.
package params

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/elem"
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
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return append(paramWords(), run.ShippedNames()...), cobra.ShellCompDirectiveDefault
		},
		RunE: func(_ *cobra.Command, args []string) error { return runParams(a, args, f) },
	}
	cmd.Flags().BoolVar(&f.headline, "headline", false, "only numbers that can move the headline: mechanisms and rules "+
		"that are in use")
	cmd.Flags().BoolVar(&f.assumed, "assumed", false, "only numbers that rest on an assumption")
	cli.Printing[[]parameter](a, "params")
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
	Family  string `json:"family"` // of an uncertain value, and what cuts it; "" for a point
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
	var j *run.Run
	if arg == "" { // the settings on the starter, of which the parameters for everyone are shown
		j, err = run.OpenText(a, run.Text{File: "starter.yaml", Name: "starter", Bytes: scenario.Starter()})
	} else {
		j, err = run.Open(a, arg)
	}
	if err != nil {
		return err
	}
	v := j.Scenario
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
	return a.Print(append([]parameter{}, kept...), func() string { return paramsText(kept, f, arg) })
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
	return ok || arg == "-" || filepath.Ext(arg) == ".yaml" || filepath.Ext(arg) == ".json" || cli.Exists(arg) ||
		cli.Exists(arg+".yaml")
}

// paramWords are the names and groups of the registry.
func paramWords() []string {
	return append(say.Each(param.All(), func(p param.Param) string { return p.Name }), param.Groups()...)
}

// called reports whether a name, a group or a path means the number.
func (p *parameter) called(name string) bool {
	group, _, _ := strings.Cut(p.Name, ".")
	return p.Name == name || group == name && p.Name != "" || p.Path == name || p.Path == scenario.FullPath(name)
}

// parametersIn lists the registry in its order, each parameter followed by what entities hold of it,
// then the scenario's own numbers.
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
	p := parameter{Path: s.Path, Value: s.Dist.Text, Family: familyOf(s.Dist, s.Domain), Origin: string(s.Origin),
		Line: s.Line, Domain: s.Domain.Text, Source: s.Source, global: global,
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

// familyOf says what distribution an uncertain value is, "" for a point.
func familyOf(d param.Dist, domain param.Domain) string {
	number := func(x float64) string { return say.Short(x, domain.Duration) }
	words := ""
	switch d.Family {
	case param.Point:
		return ""
	case param.Uniform:
		words = fmt.Sprintf("uniform, %s to %s", number(d.A), number(d.B))
	case param.Normal:
		words = fmt.Sprintf("normal, mean %s, standard deviation %s", number(d.A), number(d.B))
	case param.LogNormal:
		words = fmt.Sprintf("lognormal, median %s, spread of the logarithm %s", number(elem.Exp(d.A)), say.Short(d.B, false))
	case param.LogitNormal:
		words = fmt.Sprintf("logit-normal, median %s, spread of the logit %s", number(elem.Logistic(d.A)),
			say.Short(d.B, false))
	case param.Beta:
		words = fmt.Sprintf("beta, shapes %s and %s", say.Short(d.A, false), say.Short(d.B, false))
	}
	if d.Lo != 0 || d.Hi != 0 {
		words += "; truncated to its domain, " + domain.Text
	}
	return words
}

// paramsText lists numbers, or tells all about one.
func paramsText(list []parameter, f paramFilter, file string) string {
	if len(list) == 0 {
		return "No number is left by these filters.\n"
	}
	if _, one := param.ByName(f.name); one || len(list) == 1 && f.name != "" {
		return paramInFull(list, file)
	}
	s, last := &say.Screen{}, ""
	for i := range list {
		group, _, _ := strings.Cut(list[i].Name, ".")
		group = cmp.Or(group, "the scenario's own numbers")
		switch last {
		case group:
		case "":
			s.Add(group)
		default:
			s.Add("", group)
		}
		last = group
		s.Add(paramRow(&list[i], f.assumed))
	}
	s.Add("", say.Counted(len(list), "number")+"; misstep params NAME tells all about one")
	return s.String()
}

// paramRow is a number in a line: name, value, unit, origin, source; with reasons the source follows in
// full.
func paramRow(p *parameter, reasons bool) string {
	name := p.Name
	if !p.global {
		name = strings.TrimPrefix(p.Path, "assumptions.")
	}
	if p.Name != "" && !p.global {
		name = "  " + name
	}
	head := say.PadRight("  "+name, paramName+1)
	if len([]rune(name))+2 > paramName {
		head = "  " + name + "\n" + strings.Repeat(" ", paramName+1)
	}
	line := say.PadRight(shownValue(p), 27) + " " + say.PadRight(p.Origin, 9)
	if !reasons {
		line += " " + say.Clipped(p.Source, say.Width-paramName-1-len([]rune(line))-1)
		return strings.TrimRight(head+line, " ")
	}
	lines := append([]string{strings.TrimRight(head+line, " ")}, say.Wrapped("      ", "      ", p.Source)...)
	return strings.Join(lines, "\n")
}

// paramName is the width of the column of names.
const paramName = 35

// shownValue is the value in a list: of a number that the record updated, where its posterior lies.
func shownValue(p *parameter) string {
	if p.Posterior == nil {
		return valueWithUnit(p)
	}
	after := *p
	after.Value = p.Posterior.after.low + " to " + p.Posterior.after.high
	return valueWithUnit(&after)
}

// valueWithUnit writes a value with its unit, unless the value says it itself.
func valueWithUnit(p *parameter) string {
	if p.Unit == "–" || p.Unit == "d" {
		return p.Value
	}
	return strings.TrimSpace(p.Value + " " + p.Unit)
}

// paramInFull tells all about one parameter, with what single entities hold.
func paramInFull(list []parameter, file string) string {
	s := &say.Screen{}
	put := func(label, text string) { s.Field("  ", label, 9, text) }
	for i := range list {
		p := &list[i]
		if i > 0 {
			s.Add("", "  at "+p.Path)
		} else {
			s.Add(cmp.Or(p.Name, p.Path))
			s.Field("  ", "", 0, p.Meaning)
		}
		before := p.Value
		if p.before.median != "" {
			before += ": " + p.before.String()
		}
		if p.Posterior != nil {
			put("value", "posterior: "+p.Posterior.after.String())
			put("before", before)
		} else {
			put("value", before)
		}
		put("family", p.Family)
		put("from", originInFull(p, file))
		put("learned", p.Posterior.inWords())
		if i == 0 {
			put("unit", strings.ReplaceAll(p.Unit, "–", "none"))
			put("domain", p.Domain)
			put("default", p.Default)
			if p.Name != "" {
				put("prior", cmp.Or(p.Prior, "none: the default is taken as exact"))
			}
			put("scope", scopeInFull(p.Scope))
		}
		put("source", p.Source)
		chainLines(s, p.RestsOn)
	}
	return s.String()
}

// originInFull says which layer won, and where it is.
func originInFull(p *parameter, file string) string {
	if p.Posterior != nil {
		before := *p
		before.Origin, before.Posterior = p.Posterior.Before, nil
		return "the posterior, which updates " + strings.TrimSuffix(originInFull(&before, file), ": nobody says otherwise")
	}
	switch p.Origin {
	case "default":
		return "the default: nobody says otherwise"
	case "prior":
		return "the prior: nobody says otherwise"
	case "scenario":
		return fmt.Sprintf("the scenario, %s:%d", file, p.Line)
	}
	return map[string]string{"config": "the settings file", "environment": "the environment", "flag": "a flag"}[p.Origin]
}

func scopeInFull(scope string) string {
	switch scope {
	case "":
		return ""
	case "global":
		return "one value for everyone"
	case "onset":
		return "an entry of onset may hold its own value"
	}
	return "a " + scope + " may hold its own value"
}
