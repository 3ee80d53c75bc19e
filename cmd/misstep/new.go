package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/spf13/cobra"
)

// fresh is what misstep new was given.
type fresh struct {
	states, from string
	force        bool
}

func newNew(a *cli.App) *cobra.Command {
	var f fresh
	cmd := &cobra.Command{
		Use:   "new NAME",
		Short: "Write a scenario to start from: a pair of your own, or a copy",
		Long: `new writes NAME.yaml into the current folder, a commented scenario that runs as it is. With
--states both of two states act, and what has no evidence yet is marked; with --from it is a
copy of a scenario. It never overwrites a file, unless with --force.`,
		Example: `  misstep new india-pakistan --states India,Pakistan
  misstep new my-dialogue --from uk-china-dialogue-2026
  misstep new my-scenario`,
		Args: cli.Exactly(1, "a name for the scenario, such as my-scenario"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := f.text(a, cmd.Flags().Changed("states"))
			if err != nil {
				return err
			}
			return create(a, args[0], text, f.force)
		},
	}
	cmd.Flags().StringVar(&f.states, "states", "", "write a scenario of these two: `STATE,STATE`")
	cmd.Flags().StringVar(&f.from, "from", "", "copy this `SCENARIO`: a file, or the name of a shipped one")
	cmd.Flags().BoolVar(&f.force, "force", false, "replace a file that is there already")
	_ = cmd.RegisterFlagCompletionFunc("from", run.CompleteScenario)
	return cmd
}

// text is the scenario to write.
func (f *fresh) text(a *cli.App, pair bool) ([]byte, error) {
	switch {
	case pair && f.from != "":
		return nil, fmt.Errorf("--states with --from: numbers, sources and words of %s are about its own states and would "+
			"be wrong of others; leave --from out to begin with two states, or --states to copy", f.from)
	case pair:
		return pairOf(f.states)
	case f.from != "":
		t, err := run.ReadScenario(a, f.from)
		if err == nil {
			_, err = scenario.Load(t.Name, t.Bytes, scenario.Options{})
		}
		return t.Bytes, err
	}
	return scenario.Starter(), nil
}

//go:embed pair.yaml.tmpl
var pairText string

var pairTemplate = template.Must(template.New("pair").Funcs(template.FuncMap{"quoted": quoted}).Parse(pairText))

// pairOf is a scenario of two states, of which each can hit the other.
func pairOf(list string) ([]byte, error) {
	const as = "write two, as in --states India,Pakistan"
	names := scenario.SplitList(list)
	for i, name := range names {
		if name == "" {
			return nil, fmt.Errorf("--states %q: state %d has no name; %s", list, i+1, as)
		}
	}
	switch {
	case len(names) == 1:
		return nil, fmt.Errorf("--states %q is one state; %s", list, as)
	case len(names) > 2:
		return nil, fmt.Errorf("--states %q are %d states; %s, one with a comma in its name in double quotes, and add "+
			"others to the file", list, len(names), as)
	case names[0] == names[1]:
		return nil, fmt.Errorf("--states %q is the same state twice; %s", list, as)
	}
	type onset struct{ Source, Victim string }
	a, b := quoted(names[0]), quoted(names[1])
	var out strings.Builder
	err := pairTemplate.Execute(&out, struct {
		A, B, Title string
		States      []string
		Pairs       []onset
	}{a, b, quoted(names[0] + " and " + names[1] + ": a forum, a crisis line, or neither"), []string{a, b},
		[]onset{{b, a}, {a, b}}})
	if err != nil {
		return nil, err
	}
	_, err = scenario.Load("pair", []byte(out.String()), scenario.Options{})
	var problems scenario.Problems
	if errors.As(err, &problems) { // of a name, for the rest loads
		return nil, fmt.Errorf("--states %q: %s", list, strings.Trim(problems[0].What+"; "+problems[0].Hint, "; "))
	}
	return []byte(out.String()), err
}

// plain is what YAML reads as text, whatever the reader's version.
var plain = regexp.MustCompile(`^\p{L}[\p{L}\p{Nd} -]*$`)

// quoted is a name as YAML needs it.
func quoted(s string) string {
	words := []string{"y", "n", "yes", "no", "on", "off", "null", "true", "false"}
	if plain.MatchString(s) && !slices.Contains(words, strings.ToLower(s)) {
		return s
	}
	return strconv.Quote(s)
}

func create(a *cli.App, arg string, text []byte, force bool) error {
	name := strings.TrimSuffix(arg, ".yaml")
	if strings.ContainsAny(name, `/\`) {
		return fmt.Errorf("%q is a path; new writes into the current folder, so give a name such as my-scenario", arg)
	}
	// The file that is written must load under this name.
	if _, err := scenario.Load(name, text, scenario.Options{}); err != nil {
		return fmt.Errorf("%q cannot be the name of a scenario; "+
			"use lower-case letters, digits and hyphens, as in my-scenario", arg)
	}
	path := name + ".yaml"
	if err := write(path, text, force); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.Out, "%s\n", path)
	a.Note("edit it, then: misstep run %s", path)
	return err
}

// write makes a file of which there is none, unless it may be replaced.
func write(path string, text []byte, force bool) error {
	if force {
		return runfolder.WriteFile(path, text)
	}
	err := runfolder.CreateFile(path, text)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; choose another name, or replace it with --force", path)
	}
	return err
}
